//! One term for the forms of a word, in bokmål and nynorsk.
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use rust_stemmers::{Algorithm, Stemmer};

use super::fold::fold;

/// Words joining whole bokmål and nynorsk words, one canonical form a line.
pub(super) const VARIANTS: &str = include_str!("variants.txt");

/// Nynorsk (and older) spellings inside words, after folding, with their bokmål counterpart.
/// Only strings that no other Norwegian word contains. Longer ones first where they overlap.
const NYNORSK: &[(&str, &str)] = &[
    ("skul", "skol"),
    ("hogskole", "hoyskole"),
    ("tenest", "tjenest"),
    ("loysing", "losning"),
    ("heimeside", "hjemmeside"),
    ("buande", "boende"),
    ("bebuar", "beboer"),
    ("heime", "hjemme"),
    ("heim", "hjem"),
    ("sjuk", "syk"),
    ("rettleiing", "veiledning"),
    ("vegleiing", "veiledning"),
    ("rettleiar", "veileder"),
    ("vegleiar", "veileder"),
    ("pleiar", "pleier"),
    ("leiar", "leder"),
    ("byggj", "bygg"),
    ("innleiing", "innledning"),
    ("leiing", "ledelse"),
    ("verksemd", "virksomhet"),
    ("berekraft", "barekraft"),
    ("gjeving", "givning"),
    ("giving", "givning"),
    ("gjevar", "giver"),
    ("handsam", "behandl"),
    ("mogeleg", "mulig"),
    ("mogleg", "mulig"),
    ("tryggleiksalarm", "trygghetsalarm"),
    ("tryggleiks", "sikkerhets"),
    ("kjarleik", "kjarlighet"),
    ("utslepp", "utslipp"),
    ("tilbod", "tilbud"),
    ("anbod", "anbud"),
    ("bustad", "bolig"),
    ("eigedom", "eiendom"),
    ("rekneskap", "regnskap"),
    ("verknad", "virkning"),
    ("reinhald", "renhold"),
    ("reingjer", "rengjor"),
    ("omsyn", "hensyn"),
    ("saman", "sammen"),
    ("straum", "strom"),
    ("vatn", "vann"),
    ("mjolk", "melk"),
    ("oppehald", "opphold"),
    ("hald", "hold"),
    ("kjelde", "kilde"),
    ("opplysingar", "opplysninger"),
    ("samfunnstryggje", "samfunnssikkerhet"),
    ("likskap", "likhet"),
    ("arbeidstakar", "arbeidstaker"),
    ("skilnad", "forskjell"),
    ("auking", "okning"),
    ("heit", "het"),
    ("aleine", "alene"),
    ("koyr", "kjor"),
    ("loys", "los"),
    ("hoyring", "horing"),
    ("hoyrsel", "horsel"),
    ("hoyreapp", "horeapp"),
    ("kyrk", "kirk"),
    ("sjolv", "selv"),
    ("heiltid", "heltid"),
    ("meining", "mening"),
    ("breiband", "bredband"),
    ("breidband", "bredband"),
    ("fleir", "fler"),
    ("teikn", "tegn"),
    ("rekn", "regn"),
    ("vaksen", "voksen"),
    ("vaksn", "voksn"),
    ("leikeplass", "lekeplass"),
    ("leikeapparat", "lekeapparat"),
    ("hogde", "hoyde"),
    ("slokk", "slukk"),
    ("mjuk", "myk"),
    ("djup", "dyp"),
    ("golv", "gulv"),
    ("sommar", "sommer"),
    ("haust", "host"),
    ("setj", "sett"),
    ("velj", "velg"),
    ("telj", "tell"),
    ("selj", "selg"),
    ("sporj", "sporr"),
    ("symj", "svomm"),
    ("krevj", "krev"),
    ("attvinning", "gjenvinning"),
    ("attbruk", "gjenbruk"),
    ("eigar", "eier"),
    ("medverk", "medvirk"),
    ("paverk", "pavirk"),
    ("verkemid", "virkemid"),
    ("leidning", "ledning"),
    ("vassverk", "vannverk"),
    ("vassforsyning", "vannforsyning"),
    ("vassledning", "vannledning"),
    ("einsam", "ensom"),
    ("lonsam", "lonnsom"),
    ("manad", "maned"),
    ("ferje", "ferge"),
    ("hovud", "hoved"),
    ("fylkesveg", "fylkesvei"),
    ("riksveg", "riksvei"),
    ("sykkelveg", "sykkelvei"),
    ("byrj", "begynn"),
    ("einsemd", "ensomhet"),
    ("oppmerksemd", "oppmerksomhet"),
    ("merksemd", "oppmerksomhet"),
    ("verkeleg", "virkelig"),
    ("utgrei", "utred"),
    ("leige", "leie"),
    ("leigar", "leier"),
    ("avgjer", "avgjor"),
    ("utgjer", "utgjor"),
    ("oppgjer", "oppgjor"),
    ("kunngjer", "kunngjor"),
    ("lonsemd", "lonnsomhet"),
    ("tilskot", "tilskudd"),
    ("overskot", "overskudd"),
    ("underskot", "underskudd"),
    ("sykmeld", "sykemeld"),
    ("teieplikt", "taushetsplikt"),
    ("forespurnad", "foresporsel"),
    ("foremal", "formal"),
    ("likn", "lign"),
    ("forbetr", "forbedr"),
    ("truverd", "troverd"),
    ("fridom", "frihet"),
    ("heilskap", "helhet"),
    ("heil", "hel"),
    ("einskild", "enkelt"),
    ("einsleg", "enslig"),
    ("einig", "enig"),
    ("utanfor", "utenfor"),
    ("foreining", "forening"),
    ("retningsline", "retningslinje"),
    ("namn", "navn"),
    ("jamn", "jevn"),
    ("stemne", "stevne"),
    ("gloym", "glemm"),
    ("goym", "gjemm"),
    ("stroym", "stromm"),
    ("droym", "dromm"),
    ("draum", "drom"),
    ("onskj", "onsk"),
    ("ynskj", "onsk"),
    ("fylgj", "folg"),
    ("spel", "spill"),
    ("mangfald", "mangfold"),
    ("marknad", "marked"),
    ("sarskild", "sarskilt"),
    ("forurein", "forurens"),
    ("butilb", "botilb"),
    ("bufellesskap", "bofellesskap"),
    ("busett", "bosett"),
    ("busetnad", "bosetning"),
    ("bustott", "bostott"),
    ("bumilj", "bomilj"),
    ("meistr", "mestr"),
    ("meister", "mester"),
    ("sysken", "sosken"),
    ("tillitsvald", "tillitsvalgt"),
    ("folkevald", "folkevalgt"),
    ("valds", "volds"),
    ("ulukk", "ulykk"),
    ("frukost", "frokost"),
    ("gronsak", "gronnsak"),
    ("morgon", "morgen"),
    ("kvardag", "hverdag"),
    ("drikkevass", "drikkevanns"),
    ("overvass", "overvanns"),
    ("grunnvass", "grunnvanns"),
    ("vasskraft", "vannkraft"),
    ("vasskvalitet", "vannkvalitet"),
    ("vassmal", "vannmal"),
    ("vasslekk", "vannlekk"),
    ("royr", "ror"),
    ("reinse", "rense"),
    ("reinsing", "rensing"),
    ("flaum", "flom"),
    ("kunstgras", "kunstgress"),
    ("lauvtre", "lovtre"),
    ("lauvskog", "lovskog"),
    ("opning", "apning"),
    ("vindaug", "vindu"),
    ("kjoken", "kjokken"),
    ("nykel", "nokkel"),
    ("nykl", "nokl"),
    ("hamn", "havn"),
    ("strend", "strand"),
    ("veglys", "veilys"),
    ("cafe", "kafe"),
    ("konteiner", "container"),
    ("botn", "bunn"),
    ("eingong", "engang"),
];

/// Nynorsk ends of words, before an ending of [`AFTER_NYNORSK`]. Inside a word other words have them: *bevege*, *klausul*.
const NYNORSK_ENDS: &[(&str, &str)] = &[
    ("stad", "sted"),
    ("menn", "mann"),
    // In compounds; alone it is *trygghet* too, see [`ALSO`].
    ("tryggleik", "sikkerhet"),
    ("veg", "vei"),
    ("laus", "los"),
    ("brot", "brudd"),
    ("kkj", "kk"),
    ("nkj", "nk"),
    ("rkj", "rk"),
    ("lkj", "lk"),
    ("okj", "ok"),
    ("oykj", "oyk"),
    ("ggj", "gg"),
    ("folgj", "folg"),
    ("bolgj", "bolg"),
    ("ringj", "ring"),
    ("trengj", "treng"),
    ("hengj", "heng"),
    ("sprengj", "spreng"),
    ("sorgj", "sorg"),
];
const AFTER_NYNORSK: &[&str] =
    &["", "e", "a", "s", "t", "en", "ens", "er", "ers", "ar", "ane", "anes", "ene", "enes", "ande", "ing", "inga"];

/// Words that lose the e of their last syllable, and may be the end of longer ones. Longer ones stand before those they
/// end in. Snowball sees two words in each, or cuts the *-er* or *-en* off.
const CONTRACTED: &[(&str, &str)] = &[
    // Another word: *formidle*.
    ("formidl", "formidl"),
    // These keep it, but Snowball takes the -en for an ending.
    ("eksamen", "eksamen"),
    ("fenomen", "fenomen"),
    ("kjokken", "kjokken"),
    ("vapen", "vapen"),
    ("vesen", "vesen"),
    ("abl", "abel"),
    ("aldr", "alder"),
    ("angl", "angel"),
    ("apn", "apen"),
    ("artikl", "artikkel"),
    ("disipl", "disippel"),
    ("dobl", "dobbel"),
    ("eksempl", "eksempel"),
    ("engl", "engel"),
    ("enkl", "enkel"),
    ("erfarn", "erfaren"),
    ("fakl", "fakkel"),
    ("fibr", "fiber"),
    ("filtr", "filter"),
    ("fingr", "finger"),
    ("frosn", "frossen"),
    ("gafl", "gaffel"),
    ("gaml", "gammel"),
    ("hamr", "hammer"),
    ("helikoptr", "helikopter"),
    ("himl", "himmel"),
    ("hindr", "hinder"),
    ("hybl", "hybel"),
    ("ibl", "ibel"),
    ("kalendr", "kalender"),
    ("kamr", "kammer"),
    ("kapitl", "kapittel"),
    ("katetr", "kateter"),
    ("kjertl", "kjertel"),
    ("kristn", "kristen"),
    ("kupl", "kuppel"),
    ("lagr", "lager"),
    ("matrikl", "matrikkel"),
    ("midl", "middel"),
    ("ministr", "minister"),
    ("mobl", "mobel"),
    ("modn", "moden"),
    ("monstr", "monster"),
    ("muskl", "muskel"),
    ("nakn", "naken"),
    ("nokl", "nokkel"),
    ("numr", "nummer"),
    ("ofr", "offer"),
    ("ometr", "ometer"),
    ("onkl", "onkel"),
    ("opn", "open"),
    ("orkestr", "orkester"),
    ("parametr", "parameter"),
    ("pensl", "pensel"),
    ("plastr", "plaster"),
    ("regl", "regel"),
    ("registr", "register"),
    ("sedl", "seddel"),
    ("semestr", "semester"),
    ("sentr", "senter"),
    ("sifr", "siffer"),
    ("sikr", "sikker"),
    ("sirkl", "sirkel"),
    ("sjeldn", "sjelden"),
    ("skuldr", "skulder"),
    ("sokl", "sokkel"),
    ("somr", "sommer"),
    ("sostr", "soster"),
    ("spektr", "spekter"),
    ("stovl", "stovel"),
    ("striml", "strimmel"),
    ("sultn", "sulten"),
    ("sykl", "sykkel"),
    ("sylindr", "sylinder"),
    ("teatr", "teater"),
    ("templ", "tempel"),
    ("terskl", "terskel"),
    ("tigr", "tiger"),
    ("titl", "tittel"),
    ("toml", "tommel"),
    ("troml", "trommel"),
    ("trusl", "trussel"),
    ("tvungn", "tvungen"),
    ("vakr", "vakker"),
    ("vinkl", "vinkel"),
    ("vintr", "vinter"),
    ("virvl", "virvel"),
    ("voksn", "voksen"),
];

/// Verbs of one syllable with their other forms, all folded.
const SHORT_VERBS: &[(&str, &[&str])] = &[
    ("dra", &["drar", "drog", "dro", "dratt"]),
    ("ga", &["gar", "gikk", "gjekk", "gatt"]),
    ("gi", &["gir", "gav", "gitt"]),
    ("na", &["nar", "nadde", "nadd"]),
    ("se", &["ser", "sa"]),
    ("sla", &["slar", "slo", "slatt"]),
    ("sta", &["star", "sto", "stod", "statt"]),
    ("ta", &["tar", "tok", "tatt"]),
];

/// What stands before them.
const BEFORE_SHORT_VERBS: &[&str] = &[
    "an", "av", "be", "bi", "del", "etter", "for", "fore", "forut", "fram", "frem", "gjennom", "igjen", "inn", "ivare",
    "med", "mot", "ned", "om", "opp", "over", "pa", "til", "under", "unn", "ut", "ved",
];

/// The ends of words for people and things that do something: their plural *-ere*, *-erne* (*-arar*, *-arane*) is
/// taken for the singular *-er*, which the stemmer alone does not do. Only these, because
/// *-ere* is also the ending of verbs: *parkere*.
const DOERS: &[&str] = &[
    "arbeid", "bak", "bebo", "bed", "behandl", "besok", "bestill", "borg", "bruk", "bygg", "design", "driv", "ei",
    "elektrik", "for", "formidl", "forsk", "giv", "grund", "handl", "hav", "hjelp", "hold", "kjop", "kunstn", "lar",
    "led", "legg", "les", "mal", "motstand", "mur", "musik", "pend", "planlegg", "plei", "politik", "reis", "rens",
    "selg", "send", "skann", "skriv", "snekk", "sok", "spill", "stott", "tak", "test", "tilbyd", "tjen", "tomr",
    "tren", "utred", "utvikl", "var", "vekt", "velg", "vinn", "yt",
];

/// Words with two meanings in the other language, folded, and the term that they are found by beside their own: what is
/// *tryggleik* in nynorsk is *trygghet* or *sikkerhet*, and those two are not the same.
const ALSO: &[(&str, &str)] = &[("tryggleik", "sikker"), ("sikkerhet", "trygg"), ("sikkerheit", "trygg")];

/// The term that a folded word is found by beside its own.
pub(super) fn also(folded: &str) -> Option<&'static str> {
    const ENDINGS: &[&str] = &["", "s", "en", "ens", "a", "er", "ene"];
    let is = |word: &str| folded.strip_prefix(word).is_some_and(|ending| ENDINGS.contains(&ending));
    ALSO.iter().find(|(word, _)| is(word)).map(|(_, term)| *term)
}

static ANY_NYNORSK: LazyLock<AhoCorasick> = LazyLock::new(|| any_of(NYNORSK.iter().map(|(nynorsk, _)| *nynorsk)));

static ANY_NYNORSK_END: LazyLock<AhoCorasick> =
    LazyLock::new(|| any_of(NYNORSK_ENDS.iter().map(|(nynorsk, _)| *nynorsk)));

/// What folding looks at in a word of small letters without accents.
static FOLDED: LazyLock<AhoCorasick> =
    LazyLock::new(|| any_of(NYNORSK.iter().chain(NYNORSK_ENDS).map(|(nynorsk, _)| *nynorsk).chain(["aa", "ae", "oe"])));

fn any_of(patterns: impl Iterator<Item = &'static str>) -> AhoCorasick {
    #[expect(clippy::expect_used, reason = "the patterns are part of the program, and few")]
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .kind(Some(AhoCorasickKind::DFA))
        .build(patterns)
        .expect("an automaton of a few patterns")
}

static STEMMER: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::Norwegian));

static VARIANTS_READ: LazyLock<Variants> = LazyLock::new(Variants::read);

/// What words are searched as that have another term of their own.
#[derive(Default)]
struct Variants {
    /// Folded words in bokmål, as they stand, of which other words have the stem: *bor*, and not *bore*.
    forms: HashMap<String, String>,
    stems: HashMap<String, String>,
}

/// The terms that stand for other words too, with the stems of those.
pub(super) static SHARED: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut shared: HashMap<&str, Vec<&str>> = HashMap::new();
    let all = VARIANTS_READ.stems.iter().chain(&VARIANTS_READ.forms);
    all.for_each(|(variant, term)| shared.entry(term).or_default().push(variant));
    // As it stands in front: *vegbelysning*.
    shared.entry("vei").or_default().push("veg");
    ALSO.iter().for_each(|(word, term)| shared.entry(term).or_default().push(word));
    shared
});

/// The term of one folded word.
pub(super) fn term(folded: &str) -> String {
    let bokmal = without_nynorsk(folded);
    if let Some(canonical) = VARIANTS_READ.forms.get(bokmal.as_ref()) {
        return canonical.clone();
    }
    let stem = stem(&bokmal);
    match VARIANTS_READ.stems.get(stem.as_ref()) {
        Some(canonical) => canonical.clone(),
        None => stem.into_owned(),
    }
}

/// The term of a part. There the letters that `KEPT_APART` of `words.rs` looks at are folded away already, and
/// its words are by far the more common in compounds: *delmål*, *køordning*.
pub(super) fn part_term(folded: &str) -> String {
    match folded {
        "mal" => "maal".to_owned(),
        "ko" => "koe".to_owned(),
        "var" => "vaer".to_owned(),
        _ => term(folded),
    }
}

/// Whether folding leaves it as it is written, but for capitals. Most words are plain.
pub(super) fn is_plain(written: &str) -> bool {
    written.bytes().all(|b| b.is_ascii_alphanumeric())
        && !written.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("fram"))
        && !FOLDED.is_match(written)
}

pub(super) fn without_nynorsk(folded: &str) -> Cow<'_, str> {
    let mut word = Cow::Borrowed(folded);
    // Few words have any of them, so all are looked for at once first.
    if ANY_NYNORSK.is_match(folded) {
        for (nynorsk, bokmal) in NYNORSK {
            if word.contains(nynorsk) && word.as_ref() != "heite" {
                word = Cow::Owned(word.replace(nynorsk, bokmal));
            }
        }
    }
    if let Some(bokmal) = without_nynorsk_end(&word) {
        word = Cow::Owned(bokmal);
    }
    match word.strip_prefix("fram") {
        // framtid = fremtid, but not framme, and not words of five letters.
        Some(rest) if rest.len() > 2 => Cow::Owned(format!("frem{rest}")),
        _ => word,
    }
}

/// *gangvegar* → *gangveiar*, *ringjer* → *ringer*; and *vegbelysning* → *veibelysning*.
fn without_nynorsk_end(word: &str) -> Option<String> {
    if let Some(rest) = word.strip_prefix("veg")
        && rest.len() > 3
        && !rest.starts_with(['a', 'e', 'g', 'i', 'u'])
    {
        return Some(format!("vei{rest}"));
    }
    if !ANY_NYNORSK_END.is_match(word) {
        return None;
    }
    for ending in AFTER_NYNORSK {
        let Some(start) = word.strip_suffix(ending) else { continue };
        let found = NYNORSK_ENDS.iter().find_map(|(nynorsk, bokmal)| Some((start.strip_suffix(nynorsk)?, bokmal)));
        match found {
            // *bevege* is no *-veg*.
            Some((before, _)) if before.ends_with("be") => return None,
            Some(("", &"sikkerhet")) => return None,
            Some((before, bokmal)) => return Some(format!("{before}{bokmal}{ending}")),
            None => {}
        }
    }
    None
}

/// The terms a word would have once it is typed to the end, where its term is shorter than what is
/// typed already: *parkeri* will be *parkering*, whose term is *parker*.
pub(super) fn completions(folded: &str) -> Vec<String> {
    const ENDINGS: &[&str] = &[
        "ing", "inger", "ingen", "ning", "ninger", "ningen", "else", "elsen", "elser", "het", "heten", "lig", "elig",
        "lighet", "elighet", "ene", "ane", "er", "ar", "en", "et", "ende", "ande", "ere",
    ];
    const SHORTEST: usize = 4;
    let mut terms = Vec::new();
    for ending in ENDINGS {
        for typed in 1..ending.len() {
            match folded.strip_suffix(&ending[..typed]) {
                Some(start) if start.len() >= SHORTEST => {
                    terms.push(term(&format!("{start}{ending}")));
                }
                _ => {}
            }
        }
    }
    // The others are found by their beginning.
    terms.retain(|term| !term.starts_with(folded));
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// Snowball, and after it what it leaves: -ing and -ning where a stem of four letters is left, the s
/// of *ressurs*, the second m of *programm*, and the e that *midler* has lost.
pub(super) fn stem(folded: &str) -> Cow<'_, str> {
    if let Some(full) = uncontracted(folded) {
        return Cow::Borrowed(full);
    }
    let folded = without_article(folded);
    if let Some(doer) = doer(folded) {
        return Cow::Owned(with_its_e(&STEMMER.stem(&doer)).into_owned());
    }
    match STEMMER.stem(folded) {
        Cow::Borrowed(stem) => with_its_e(without_rest(stem)),
        Cow::Owned(stem) => Cow::Owned(with_its_e(without_rest(&stem)).into_owned()),
    }
}

/// *vinteren* → *vinter*, of which Snowball would leave *vint*; *sikkert* → *sikker*.
fn uncontracted(folded: &str) -> Option<&str> {
    const ENDINGS: &[&str] = &["", "s", "t", "en", "ens", "et", "ets"];
    /// *kunnskapen* is not *åpen*.
    const ALONE: &[&str] = &["apen", "open"];
    /// *halder* is no *alder*.
    const OTHERS: &[&str] = &["halder"];
    // Most words are told apart by one letter.
    let third_from_behind = |word: &str| word.len().checked_sub(3).map(|at| word.as_bytes()[at]);
    let full = |start: &str| {
        let letter = third_from_behind(start);
        let is_full = |full: &&str| {
            third_from_behind(full) == letter
                && start
                    .strip_suffix(full)
                    .is_some_and(|before| before.is_empty() || before.len() > 1 && !ALONE.contains(full))
        };
        let (Some([.., b'e', last]), true) = (start.as_bytes().get(1..), start.len() > 3) else { return false };
        matches!(last, b'l' | b'n' | b'r')
            && CONTRACTED.iter().map(|(_, full)| *full).any(|full| is_full(&full))
            && !OTHERS.iter().any(|other| start.ends_with(other))
    };
    ENDINGS.iter().filter_map(|ending| folded.strip_suffix(ending)).find(|start| full(start))
}

/// *hjelpemidl* → *hjelpemiddel*, *fodsl* → *fodsel*.
fn with_its_e(stem: &str) -> Cow<'_, str> {
    let mut behind = stem.bytes().rev();
    let (last, before) = (behind.next(), behind.next());
    let is_vowel = |letter| matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    if !matches!(last, Some(b'l' | b'n' | b'r')) || before.is_none_or(is_vowel) || !stem.is_ascii() {
        return Cow::Borrowed(stem);
    }
    for (contracted, full) in CONTRACTED {
        if contracted.bytes().rev().nth(1) == before
            && let Some(start) = stem.strip_suffix(contracted)
            && start.len() != 1
        {
            return Cow::Owned(format!("{start}{full}"));
        }
    }
    match stem.strip_suffix("sl") {
        Some(start) if start.len() > 2 && !start.ends_with('s') && !start.bytes().last().is_none_or(is_vowel) => {
            Cow::Owned(format!("{start}sel"))
        }
        _ => Cow::Borrowed(stem),
    }
}

/// The letters that a stem has in each of its forms: *syk* of *sykkel* and *sykler*, *skole* of *skolevei* and *skoleveg*.
pub(super) fn common_letters(stem: &str) -> &str {
    if let Some((before, after)) = stem.split_once("vei")
        && before.len().max(after.len()) > 1
    {
        return common_letters(if before.len() > after.len() { before } else { after });
    }
    let Some(start) = ["el", "en", "er"].iter().find_map(|ending| stem.strip_suffix(ending)) else { return stem };
    match start.as_bytes() {
        [] | [_] => stem,
        [.., one, other] if one == other => &start[..start.len() - 1],
        _ => start,
    }
}

/// *ansvaret* → *ansvar*, *senteret* → *senter*: the stemmer takes -ar and -er for endings, but only one
/// ending off a word, so that it would not find the one by the other.
fn without_article(folded: &str) -> &str {
    const SHORTEST: usize = 5;
    const ARTICLES: &[&str] = &["ets", "ens", "et", "en"];
    const AFTER_A: &[&str] = &["aets", "aens", "aenes", "aene", "aet", "aen"];
    // *temaet*, *kameraene*: the a goes too, as in *tema* alone.
    if folded.contains("ae")
        && let Some(rest) = AFTER_A.iter().find_map(|ending| folded.strip_suffix(ending))
    {
        return &folded[..=rest.len()];
    }
    let rest = ARTICLES.iter().find_map(|article| folded.strip_suffix(article));
    match rest {
        Some(rest) if rest.len() >= SHORTEST && (rest.ends_with("er") || rest.ends_with("ar")) => rest,
        _ => folded,
    }
}

/// *innbyggerne* → *innbygger*.
fn doer(folded: &str) -> Option<String> {
    const ENDINGS: &[&str] = &["ernes", "eres", "erne", "ere", "arane", "arar", "erane", "erar"];
    let start = ENDINGS.iter().find_map(|ending| folded.strip_suffix(ending))?;
    DOERS.iter().any(|doer| start.ends_with(doer)).then(|| format!("{start}er"))
}

fn without_rest(stem: &str) -> &str {
    const SHORTEST: usize = 4;
    if let Some(rest) = stem.strip_suffix("ning")
        && rest.len() >= SHORTEST
        && !rest.ends_with(['a', 'e', 'i', 'o', 'u', 'y'])
    {
        return rest;
    }
    // It takes the s of *ressurs* for a genitive, but leaves *ressurs* of *ressurser*.
    if let Some(rest) = stem.strip_suffix('s')
        && rest.len() >= 5
        && !rest.ends_with(['a', 'e', 'i', 'k', 'q', 's', 'u', 'x'])
    {
        return rest;
    }
    // *kriterium*, *museum*: the other forms are *kriteriet*, *museer*.
    if let Some(rest) = stem.strip_suffix("um")
        && rest.len() >= SHORTEST
        && rest.ends_with(['e', 'i'])
    {
        return rest;
    }
    // No Norwegian word ends in mm, but *programmet* leaves *programm*.
    if stem.ends_with("mm") {
        return &stem[..stem.len() - 1];
    }
    match stem.strip_suffix("ing") {
        Some(rest) if rest.len() >= SHORTEST => rest,
        _ => stem,
    }
}

impl Variants {
    fn read() -> Self {
        let mut read = Self::default();
        for line in VARIANTS.lines().filter(|line| !line.starts_with('#')) {
            let Some((canonical, variants)) = line.split_once(':') else {
                continue;
            };
            let canonical = bare_term(canonical.trim());
            for variant in variants.split_whitespace() {
                match variant.strip_prefix('=') {
                    Some(form) => read.forms.insert(without_nynorsk(&fold(form)).into_owned(), canonical.clone()),
                    None => read.stems.insert(bare_term(variant), canonical.clone()),
                };
            }
        }
        for before in BEFORE_SHORT_VERBS {
            for (verb, forms) in SHORT_VERBS {
                // Not shortened: *forstå* is not *først*.
                let whole = without_nynorsk(&format!("{before}{verb}")).into_owned();
                for form in forms.iter().chain([verb]) {
                    let form = without_nynorsk(&format!("{before}{form}")).into_owned();
                    read.forms.entry(form).or_insert_with(|| whole.clone());
                }
            }
        }
        read.stems.retain(|variant, canonical| variant != canonical);
        read
    }
}

/// The term of a word before variants are joined.
fn bare_term(word: &str) -> String {
    stem(&without_nynorsk(&fold(word))).into_owned()
}
