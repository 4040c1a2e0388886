//! From text to terms: cut into words, fold the spelling, stem, join bokmål with nynorsk.
//!
//! The steps, in order, the same for a document and for a query:
//!
//! 1. **Cut** at everything that is not a letter or digit. Soft hyphens and other invisible
//!    characters vanish; an apostrophe inside a word too (*kommunen's*). A hyphen keeps its word
//!    together and counts as the joint of a compound (*e-helse* is *ehelse*, *e* and *helse*).
//! 2. **Fold** the spelling: lower case, no accents, å = aa = a, æ = ae = a, ø = oe = o, so that
//!    *rådgivning*, *raadgivning* and *radgivning* are one word. A few words that would then
//!    collide with another ordinary word keep apart ([`KEPT_APART`]: *mål* is not *mal*).
//! 3. **Bokmål and nynorsk** share one spelling: `NYNORSK` in `stem.rs` replaces what differs inside words
//!    (*skule* → *skole*, *-heit* → *-het*), `NYNORSK_ENDS` what differs at the end of a word (*gangveg* → *gangvei*),
//!    and `variants.txt` joins whole words (*korleis* → *hvordan*) and forms (*bodde* → *bo*, *netter* → *natt*). What they join is
//!    told by `pairs.txt`, which a test holds. A word that means two in the other language is a part of the second (`also`).
//! 4. **Stem** with the Norwegian Snowball stemmer, which knows the endings of both (*-ene*,
//!    *-ane*, *-er*, *-ar*), and then take off *-ing* and *-ning* too, so that *parkering* and
//!    *parkere* meet, and give back the e of `CONTRACTED` (*midler* → *middel*).
//!
//! Every change here changes the terms: raise [`super::index`]'s `ANALYSIS` with it.

use std::collections::HashSet;
use std::ops::{Deref, Range};
use std::sync::{Arc, LazyLock};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use quick_cache::sync::Cache;

use super::compounds::{self, Split};
use super::cut::{is_hyphen, places};
use super::fold::{LONGEST_WORD, fold};
use super::stem::{SHARED, also, common_letters, is_plain, part_term, term, without_nynorsk};

/// Words that keep their letter, because without it they are another ordinary word.
const KEPT_APART: &[(&str, &str)] = &[
    ("mål", "maal"),
    ("målet", "maal"),
    ("måla", "maal"),
    ("målene", "maal"),
    ("maal", "maal"),
    ("maalet", "maal"),
    ("maalene", "maal"),
    ("kø", "koe"),
    ("køen", "koe"),
    ("køer", "koe"),
    ("køene", "koe"),
    ("koe", "koe"),
    ("koeen", "koe"),
    ("koeer", "koe"),
    // The weather is not what was.
    ("vær", "vaer"),
    ("været", "vaer"),
    ("vaer", "vaer"),
    ("vaeret", "vaer"),
    // What one should do is not where one lives.
    ("bør", "boer"),
    // Nobody's father.
    ("får", "fa"),
    ("faar", "fa"),
];

/// What is dropped from a query as long as anything else is left.
const STOP_WORDS: &str = "\
    alle alt andre at av bare ble blei blir bli blitt vart vert verte vore både båe da de deg dei deira \
    deires dem den denne der dere dykk dykkar deres det dette di din dine disse ditt du dåden då eg ei ein \
    eit eitt eller elles en enn er et ett etter for fordi fra frå før ha hadde han hans har hennar \
    henne hennes her hjå ho hun hva kva hvem kven hver kvar hverandre hvilke hvilken hvilket kva hvis \
    hvor hvordan korleis hvorfor kvifor i ikke ikkje ikkj ingen ingi inkje inn inni ja jeg kan kom \
    kunne korso kun man mange me med medan meg meget mellom men mens mer meir mest mi min mine mitt \
    mot mye mykje må måtte ned no nokon noka nokor noko nokre noe noen nå når når og også om opp oss over \
    på samme samt seg selv sia si sidan sin sine sitt sjøl skal skulle slik slike so som somme somt så \
    sånn sjølv berre til um upp pa na nar under ut uten utan var vår våre vårt varte ved vere vær være vært verta vi vil ville vore vors \
    vort a an and are as in it of on or the to with that this from";

static STOPS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| STOP_WORDS.split_whitespace().collect());

/// The same without å, æ and ø, as they are written out. Not folded: *vare* is not *være*.
static STOPS_WRITTEN_OUT: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let written_out = |word: &str| word.replace('å', "aa").replace('æ', "ae").replace('ø', "oe");
    STOP_WORDS.split_whitespace().map(written_out).collect()
});

/// Words whose meaning is remembered: a language uses the same ones again and again, and a list of hits marks hundreds.
const REMEMBERED: usize = 20_000;

/// As written → what it is searched as.
static MEANINGS: LazyLock<Cache<Box<str>, Arc<Meaning>>> = LazyLock::new(|| Cache::new(REMEMBERED));

/// One word of a text: where it stands and what it is searched as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Its place in the text, in bytes.
    pub range: Range<usize>,
    meaning: Arc<Meaning>,
}

impl Meaning {
    /// What of a compound that nobody has written a text must have: what stands before a general word, or all of its words.
    pub fn essential(&self) -> &[String] {
        match &self.front {
            Some(front) => std::slice::from_ref(front),
            None => &self.parts[..self.pieces.min(self.parts.len())],
        }
    }

    /// The same of a compound of which only one side is known, too.
    pub fn needed(&self) -> &[String] {
        if self.pieces == 0 && self.front.is_none() { &self.guess } else { self.essential() }
    }

    /// Of a word that is searched as it is, whatever it is made of.
    fn alone(folded: String, term: String, stop: bool) -> Self {
        Self { folded, term, parts: Vec::new(), pieces: 0, front: None, guess: Vec::new(), stop }
    }
}

impl Deref for Word {
    type Target = Meaning;
    fn deref(&self) -> &Meaning {
        &self.meaning
    }
}

/// What a word is searched as, wherever it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Meaning {
    /// Lower case, without accents; what a prefix is compared with.
    pub folded: String,
    /// The term of the whole word.
    pub term: String,
    /// The terms of the words it is made of, if it is a compound, and of runs of them.
    pub parts: Vec<String>,
    /// How many of the parts, from the first, make up the whole word; the others are runs.
    pub pieces: usize,
    /// Of a compound that ends in a word that says little, the term of all before it.
    pub front: Option<String>,
    /// Of a word of which only one side is known, the terms of both sides, if it is a compound.
    pub guess: Vec<String>,
    /// Too common to search for.
    pub stop: bool,
}

/// All words of a text, in order.
pub(super) fn words(text: &str) -> Vec<Word> {
    places(text).filter_map(|range| word(text, range)).collect()
}

/// What words have in them that may match, to look for in many texts.
pub(super) struct Traces {
    all: Vec<String>,
    finder: AhoCorasick,
}

impl Traces {
    /// None if they are too many to look for.
    pub fn of<'a>(traces: impl Iterator<Item = &'a str>) -> Option<Self> {
        let all: Vec<String> = traces.map(str::to_owned).collect();
        let kind = Some(AhoCorasickKind::NoncontiguousNFA);
        let finder = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostFirst)
            .kind(kind)
            .build(&all)
            .ok()?;
        Some(Self { all, finder })
    }

    fn are_in(&self, written: &str) -> bool {
        if written.contains(is_hyphen) {
            return true;
        }
        let folded = fold(written);
        let bokmal = without_nynorsk(&folded);
        self.all.iter().any(|trace| bokmal.contains(trace) || folded.contains(trace))
    }

    /// The words of a text that have one of them, in order: most are passed over without being understood.
    pub fn words(&self, text: &str) -> Vec<Word> {
        // A trace is all letters, so that it lies in one word; and which of several there does not matter.
        let mut found = self.finder.find_iter(text).peekable();
        let worth = |range: &Range<usize>| {
            while found.next_if(|found| found.end() <= range.start).is_some() {}
            found.peek().is_some_and(|found| found.start() < range.end) || !is_plain(&text[range.clone()])
        };
        let places = places(text).filter(worth);
        places.filter_map(|range| known_or(text, range, |written| self.are_in(written))).collect()
    }
}

/// The letters of which every word has some in it that is searched as `term`, or of which a part is: stemming takes from
/// the end, or puts *er* or a lost e there. None if other words may have the term too.
pub(super) fn traces(term: &str) -> Option<Vec<&str>> {
    let kept_apart = KEPT_APART.iter().any(|(_, kept)| *kept == term);
    // Inside a compound *framtid* is still written with an a.
    if kept_apart || term.starts_with('\u{2}') || term.starts_with("frem") {
        return None;
    }
    let stems = SHARED.get(term).into_iter().flatten().copied();
    Some(stems.chain([term]).map(common_letters).collect())
}

/// The word at a place. None if nothing is left of it.
pub(super) fn word(text: &str, range: Range<usize>) -> Option<Word> {
    known_or(text, range, |_| true)
}

/// The word at a place if it is remembered, or is worth to be understood.
fn known_or(text: &str, range: Range<usize>, worth: impl FnOnce(&str) -> bool) -> Option<Word> {
    let written = &text[range.clone()];
    if let Some(meaning) = MEANINGS.get(written) {
        return Some(Word { range, meaning });
    }
    if !worth(written) {
        return None;
    }
    let meaning = Arc::new(meaning(written)?);
    // What is longer is no word that comes again.
    if written.len() <= LONGEST_WORD {
        MEANINGS.insert(written.into(), meaning.clone());
    }
    Some(Word { range, meaning })
}

fn meaning(written: &str) -> Option<Meaning> {
    let folded = fold(written);
    if folded.is_empty() {
        return None;
    }
    let stop = is_stop_word(written);
    if let Some(kept) = kept_apart(written) {
        return Some(Meaning::alone(folded, kept.to_owned(), stop));
    }
    if stop {
        // Of their own kind, so that *vare* does not find every *var*.
        let term = format!("\u{2}{}", term(&folded));
        return Some(Meaning::alone(folded, term, stop));
    }
    let whole = term(&folded);
    let Split { terms: mut parts, pieces, front, plain, guess } = parts(written, &folded);
    parts.extend(also(&folded).map(str::to_owned));
    // With an s between its words and without, a compound is one term. Who types its beginning may have typed the s.
    let term = match plain {
        Some(plain) => {
            parts.push(whole);
            plain
        }
        None => whole,
    };
    let parts = without_doubles(parts, &term);
    Some(Meaning { folded, term, parts, pieces, front, guess, stop })
}

/// The words inside a word, between hyphens and inside compounds.
fn parts(written: &str, folded: &str) -> Split {
    let hyphened: Vec<String> = match written.contains(is_hyphen) {
        true => written.split(is_hyphen).map(fold).filter(|piece| !piece.is_empty()).collect(),
        false => Vec::new(),
    };
    if hyphened.len() < 2 {
        return compounds::split(&without_nynorsk(folded));
    }
    let mut terms: Vec<String> = hyphened.iter().map(|piece| part_term(piece)).collect();
    let pieces = terms.len();
    for piece in &hyphened {
        terms.extend(compounds::split(&without_nynorsk(piece)).terms);
    }
    let whole = compounds::split(&without_nynorsk(folded));
    let (fronts, end) = written.split_at(written.rfind(is_hyphen).unwrap_or_default());
    let joint = |piece: &str| compounds::ends_in_joint(&fold(piece));
    let without = |piece: &str| piece.strip_suffix(['s', 'S']).filter(|_| joint(piece)).unwrap_or(piece).to_owned();
    let front: String = fronts.split(is_hyphen).map(without).collect();
    let is_general = terms.get(pieces - 1).is_some_and(|last| compounds::is_general(last));
    Split {
        terms,
        pieces,
        plain: whole
            .plain
            .or_else(|| fronts.split(is_hyphen).any(joint).then(|| term(&fold(&format!("{front}{end}"))))),
        front: whole.front.or_else(|| is_general.then(|| part_term(&fold(&front)))),
        guess: Vec::new(),
    }
}

fn without_doubles(parts: Vec<String>, whole: &str) -> Vec<String> {
    let mut kept: Vec<String> = Vec::with_capacity(parts.len());
    for part in parts {
        if part != whole && !kept.contains(&part) {
            kept.push(part);
        }
    }
    kept
}

fn is_stop_word(written: &str) -> bool {
    // The longest of them has nine letters.
    if written.len() > 12 {
        return false;
    }
    let lower = written.to_lowercase();
    STOPS.contains(lower.as_str()) || STOPS_WRITTEN_OUT.contains(&lower)
}

fn kept_apart(written: &str) -> Option<&'static str> {
    // The longest of them has seven letters.
    if written.len() > 10 {
        return None;
    }
    let lower = written.to_lowercase();
    KEPT_APART.iter().find(|(word, _)| *word == lower).map(|(_, kept)| *kept)
}

#[cfg(test)]
mod tests {
    use super::super::stem::completions;
    use super::*;

    fn terms(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.term.clone()).collect()
    }

    /// Whether a search for one word finds the other.
    fn same(one: &str, other: &str) -> bool {
        terms(one) == terms(other)
    }

    #[test]
    fn every_spelling_of_a_word_is_one_word() {
        for spellings in [
            &["rådgivning", "raadgivning", "radgivning", "RÅDGIVNING", "ra\u{30a}dgivning"][..],
            &["oppfølging", "oppfoelging", "oppfolging", "oppfölging"],
            &["bærekraft", "baerekraft", "barekraft"],
            &["idé", "ide", "idè"],
            &["miljøet", "miljoeet", "miljoet"],
            &["videoer", "video"],
            &["snø", "snoe", "sno"],
            &["sjø", "sjoe"],
            &["miljø", "miljoe", "miljøet", "miljoeet"],
            &["vær", "vaer", "været", "vaeret"],
            &["fravær", "fravaer", "fraværet", "fravaeret"],
            &["kø", "koe", "køen", "koeen"],
            &["leverandør", "leverandoer", "leverandoerer"],
            &["tema", "temaer", "temaet", "temaene"],
            &["poet", "poeten", "poeter"],
            &["nabo", "naboer"],
            &["beboer", "beboere", "beboerne"],
            &["høringssvar", "hoeringssvar", "horingssvar"],
            &["Tromsø", "Tromsoe", "tromso"],
            &["kom\u{ad}mune", "kommune", "kom\u{200b}mune", "Kommune"],
            &["kommunen's", "kommunens", "kommunen’s"],
            &["e-helse", "ehelse", "E‑helse"],
        ] {
            for spelling in spellings {
                assert!(same(spellings[0], spelling), "{spellings:?}: {spelling} is {:?}", terms(spelling));
            }
        }
    }

    #[test]
    fn inflected_forms_meet() {
        for forms in [
            &["kommune", "kommunen", "kommuner", "kommunene", "kommunar", "kommunane", "kommunenes"][..],
            &["parkering", "parkere", "parkeringen", "parkeringer"],
            &["utvikling", "utvikle", "utviklingen"],
            &["anskaffelse", "anskaffelser", "anskaffelsen", "anskaffing"],
            &["tjeneste", "tjenester", "tjenestene", "teneste", "tenester", "tenestene"],
            &["leverandør", "leverandører", "leverandørar", "leverandørane"],
            &["innbygger", "innbyggere", "innbyggeren", "innbyggerne", "innbyggernes", "innbyggjarane"],
            &["sykepleier", "sykepleiere", "sjukepleiarar"],
            &["sluttbruker", "sluttbrukerne", "sluttbrukar", "sluttbrukarane"],
            &["arbeidsgiver", "arbeidsgivere", "arbeidsgjevarar"],
            &["vannmåler", "vannmålere"],
            &["forskning", "forsking", "forske"],
            &["program", "programmet", "programmer", "programmene", "program"],
            &["middel", "middelet", "midlet", "midler", "midlene", "middelets", "midlar", "midlane"],
            &["hjelpemiddel", "hjelpemidler", "hjelpemiddelet", "hjelpemidlene", "hjelpemidla"],
            &["sykkel", "sykler", "sykkelen", "syklene", "syklar", "syklane", "sykle", "sykling"],
            &["regel", "regler", "reglene", "reglar"],
            &["artikkel", "artikler", "artiklene"],
            &["nøkkel", "nøkler", "nøklene", "nøklar", "noekler"],
            &["kjøkken", "kjøkkenet", "kjøkkener", "kjøkkenene"],
            &["veivesen", "veivesenet", "vegvesen", "vegvesenet"],
            &["himmel", "himler"],
            &["teater", "teatre", "teateret", "teatret", "teatra"],
            &["senter", "sentre", "sentra", "senteret", "sentret", "sentrene"],
            &["helsesenter", "helsesentre", "helsesenteret"],
            &["register", "registre", "registeret", "registret", "registrene"],
            &["filter", "filtre", "filteret", "filtrene"],
            &["eksempel", "eksempler", "eksemplet", "eksempelet"],
            &["kapittel", "kapitler", "kapitlene"],
            &["vinter", "vintre", "vinteren", "vintrene", "vintrar"],
            &["søster", "søstre", "søsteren"],
            &["gammel", "gamle", "gammelt", "gamal"],
            &["enkel", "enkle", "enkelt"],
            &["sikker", "sikre", "sikkert", "sikret", "sikring", "sikkerhet"],
            &["åpen", "åpne", "åpent", "åpner", "open", "opne", "opent"],
            &["fleksibel", "fleksible", "fleksibelt"],
            &["måned", "måneder", "månad", "månader"],
            &["voksen", "voksne", "vaksen", "vaksne"],
            &["lager", "lagre", "lageret", "lagring"],
            &["hinder", "hindre", "hindringer"],
            &["parameter", "parametre", "parameteren"],
            &["møbel", "møbler", "møblene"],
            &["varsel", "varsler", "varselet", "varsling"],
            &["kriterium", "kriterier", "kriteriet", "kriteriene"],
            &["museum", "museer", "museet", "museene"],
            &["bo", "bor", "bodde", "bodd", "bu", "bur", "budde"],
            &["gå", "går", "gikk", "gått", "gjekk"],
            &["få", "får", "fikk", "fått", "fekk"],
            &["se", "ser", "sjå"],
            &["foregå", "foregår", "foregikk"],
            &["bidra", "bidrar", "bidro", "bidratt"],
            &["forstå", "forstår", "forsto", "forstod", "forstått"],
            &["bok", "boken", "bøker", "bøkene"],
        ] {
            for form in forms {
                assert!(same(forms[0], form), "{} is {:?}, {form} is {:?}", forms[0], terms(forms[0]), terms(form));
            }
        }
    }

    #[test]
    fn bokmal_and_nynorsk_meet() {
        for (bokmal, nynorsk) in [
            ("ikke", "ikkje"),
            ("hvordan", "korleis"),
            ("skole", "skule"),
            ("renhold", "reinhald"),
            ("rengjøring", "reingjering"),
            ("skoler", "skular"),
            ("grunnskolen", "grunnskulen"),
            ("uke", "veke"),
            ("uker", "veker"),
            ("melk", "mjølk"),
            ("bygge", "byggje"),
            ("løsning", "løysing"),
            ("løsninger", "løysingar"),
            ("mulighet", "moglegheit"),
            ("muligheter", "moglegheiter"),
            ("tilgjengelighet", "tilgjengelegheit"),
            ("virksomhet", "verksemd"),
            ("virksomheter", "verksemder"),
            ("bærekraftig", "berekraftig"),
            ("saksbehandling", "sakshandsaming"),
            ("arbeidsgiver", "arbeidsgjevar"),
            ("rådgivning", "rådgjeving"),
            ("hjemmetjeneste", "heimeteneste"),
            ("sykehus", "sjukehus"),
            ("sykehjem", "sjukeheim"),
            ("fremtid", "framtid"),
            ("utslipp", "utslepp"),
            ("tilbud", "tilbod"),
            ("bolig", "bustad"),
            ("boliger", "bustader"),
            ("eiendom", "eigedom"),
            ("veiledning", "rettleiing"),
            ("medvirkning", "medverknad"),
            ("sammenheng", "samanheng"),
            ("vann", "vatn"),
            ("drikkevann", "drikkevatn"),
            ("høyskole", "høgskule"),
            ("leder", "leiar"),
            ("vei", "veg"),
            ("veier", "vegar"),
            ("høy", "høg"),
            ("barna", "borna"),
            ("undervisning", "undervising"),
            ("omsorg", "omsorg"),
            ("trygghet", "tryggleik"),
            ("syk", "sjuk"),
            ("sykt", "sjukt"),
            ("sykefravær", "sjukefråvær"),
            ("gangvei", "gangveg"),
            ("gangveier", "gangvegar"),
            ("gangveien", "gangvegen"),
            ("grusvei", "grusveg"),
            ("veibelysning", "vegbelysning"),
            ("alene", "aleine"),
            ("alene", "åleine"),
            ("ringe", "ringje"),
            ("ringer", "ringjer"),
            ("følge", "følgje"),
            ("tenke", "tenkje"),
            ("søke", "søkje"),
            ("innbyggere", "innbyggjarar"),
            ("fra", "frå"),
            ("høre", "høyre"),
            ("høring", "høyring"),
            ("kjøre", "køyre"),
            ("kjøretøy", "køyretøy"),
            ("løse", "løyse"),
            ("arbeidsløs", "arbeidslaus"),
            ("kirke", "kyrkje"),
            ("selvstendig", "sjølvstendig"),
            ("velge", "velje"),
            ("huseier", "huseigar"),
            ("ledning", "leidning"),
            ("hovedvei", "hovudveg"),
            ("regne", "rekne"),
            ("tegning", "teikning"),
            ("bredbånd", "breiband"),
            ("ferge", "ferje"),
            ("bro", "bru"),
            ("svømmehall", "symjehall"),
        ] {
            assert!(same(bokmal, nynorsk), "{bokmal} is {:?}, {nynorsk} is {:?}", terms(bokmal), terms(nynorsk));
        }
    }

    #[test]
    fn the_pairs_meet_both_ways() {
        let lines = include_str!("pairs.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let groups: Vec<Vec<&str>> = lines.map(|line| line.split_whitespace().collect()).collect();
        assert!(groups.len() > 250, "{}", groups.len());
        let apart = |group: &Vec<&str>| group.iter().any(|word| !same(group[0], word));
        let apart = groups.iter().filter(|group| apart(group));
        let apart = apart.map(|group| group.iter().map(|word| (*word, terms(word))).collect::<Vec<_>>());
        let apart: Vec<_> = apart.map(|group| format!("{group:?}")).collect();
        assert!(apart.is_empty(), "{}", apart.join("\n"));
    }

    #[test]
    fn different_words_stay_apart() {
        for (one, other) in [
            ("mål", "mal"),
            ("hår", "har"),
            ("mening", "men"),
            ("bygning", "by"),
            ("leie", "leder"),
            ("by", "bygg"),
            ("kommune", "kommunikasjon"),
            ("parkering", "park"),
            ("arbeid", "samarbeid"),
            ("organ", "organisasjon"),
            ("vare", "var"),
            ("uke", "bruke"),
            ("parkere", "parkene"),
            ("varer", "var"),
            ("helse", "hel"),
            ("grense", "gren"),
            ("bord", "bor"),
            ("bore", "bor"),
            ("bore", "bo"),
            ("bør", "bor"),
            ("by", "byr"),
            ("veg", "vegg"),
            ("veier", "vegger"),
            ("bevege", "vei"),
            ("sel", "se"),
            ("regel", "regn"),
            ("handel", "handling"),
            ("formidler", "midler"),
            ("utvikle", "vinkel"),
            ("lager", "lag"),
            ("filter", "filt"),
            ("sentral", "senter"),
            ("registrere", "register"),
            ("sykdom", "sykkel"),
            ("halder", "alder"),
            ("kunnskapen", "åpen"),
            ("vær", "var"),
            ("vær", "være"),
            ("får", "far"),
            ("forstå", "først"),
            ("klausul", "løs"),
            ("krefter", "kreft"),
            ("bruker", "bru"),
            ("tak", "ta"),
            ("natt", "nett"),
            ("nettverk", "natt"),
            ("hånd", "hendelse"),
            ("tann", "tenne"),
            ("øy", "øye"),
            ("menneske", "mann"),
            ("bonde", "boende"),
            ("kvittering", "hvit"),
            ("stadig", "sted"),
            ("stadion", "sted"),
            ("arena", "år"),
            ("rente", "ren"),
            ("sone", "sønn"),
            ("trygghet", "sikkerhet"),
            ("sikre", "tryggleik"),
            ("hald", "hull"),
            ("likestilling", "ligning"),
            ("valg", "vold"),
            ("mester", "mestring"),
        ] {
            assert!(!same(one, other), "{one} and {other} are {:?}", terms(one));
        }
    }

    #[test]
    fn hyphens_numbers_and_signs_are_cut_where_people_expect_it() {
        assert_eq!(terms("Parkerings- og trafikkplan"), ["parker", "\u{2}og", "trafikkplan"]);
        assert_eq!(
            terms("FOA § 12-2, 2024–2025 og 2024-2025"),
            ["foa", "12", "2", "2024", "2025", "\u{2}og", "2024", "2025"]
        );
        assert_eq!(terms("post@oslo.kommune.no"), ["post", "oslo", "kommun", "\u{2}no"]);
        assert_eq!(terms("-- 'Nord-Norge' --"), ["nordnorg"]);
        assert_eq!(terms("covid-19"), ["covid", "19"]);
        assert_eq!(terms(" \u{ad}\u{200b}'-- "), Vec::<String>::new());
        let word = &words("IT-tjenester")[0];
        assert_eq!(
            (word.term.as_str(), word.parts.clone()),
            ("ittjenest", vec!["it".to_owned(), "tjenest".to_owned()])
        );
    }

    #[test]
    fn stop_words_are_known_in_every_spelling() {
        let stops = |text| words(text).iter().all(|word| word.stop);
        assert!(stops("og på paa pa ikkje ikke Hvordan korleis være vaere"));
        assert!(!words("hår vår").iter().all(|word| word.stop));
        assert!(!stops("kommune"));
    }

    #[test]
    fn a_word_that_is_being_typed_leads_to_its_stem() {
        for typed in ["parkeri", "parkerin"] {
            assert!(completions(typed).contains(&term("parkering")), "{typed}");
        }
        assert!(completions("tilgjengeligh").contains(&term("tilgjengelighet")));
    }

    #[test]
    fn places_are_those_of_the_words() {
        let text = "  «Blåbær-\u{ad}saft», 100 % — e\u{301}te\u{301}!";
        let found: Vec<&str> = words(text).into_iter().map(|word| &text[word.range]).collect();
        assert_eq!(found, ["Blåbær-\u{ad}saft", "100", "e\u{301}te"]);
    }
}
