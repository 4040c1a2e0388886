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
//! 3. **Bokmål and nynorsk** share one spelling: [`NYNORSK`] replaces what differs inside words
//!    (*skule* → *skole*, *-heit* → *-het*), and `variants.txt` joins whole words
//!    (*korleis* → *hvordan*).
//! 4. **Stem** with the Norwegian Snowball stemmer, which knows the endings of both (*-ene*,
//!    *-ane*, *-er*, *-ar*), and then take off *-ing* and *-ning* too, so that *parkering* and
//!    *parkere* meet.
//!
//! Every change here changes the terms: raise [`super::index`]'s `ANALYSIS` with it.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::{Deref, Range};
use std::sync::{Arc, LazyLock};

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use quick_cache::sync::Cache;
use rust_stemmers::{Algorithm, Stemmer};

use super::compounds;

/// Letters of a word that are looked at. Longer "words" are tables, keys and noise.
const LONGEST_WORD: usize = 64;

/// Words joining whole bokmål and nynorsk words, one canonical form a line.
pub(super) const VARIANTS: &str = include_str!("variants.txt");

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
];

/// Nynorsk (and older) spellings inside words, after folding, with their bokmål counterpart.
/// Only strings that no other Norwegian word contains. Longer ones first where they overlap.
const NYNORSK: &[(&str, &str)] = &[
    ("skul", "skol"),
    ("hogskole", "hoyskole"),
    ("tenest", "tjenest"),
    ("loysing", "losning"),
    ("heimeside", "hjemmeside"),
    ("heime", "hjemme"),
    ("heim", "hjem"),
    ("sjuke", "syke"),
    ("rettleiing", "veiledning"),
    ("vegleiing", "veiledning"),
    ("rettleiar", "veileder"),
    ("vegleiar", "veileder"),
    ("pleiar", "pleier"),
    ("leiar", "leder"),
    ("byggj", "bygg"),
    ("leiing", "ledelse"),
    ("verksemd", "virksomhet"),
    ("berekraft", "barekraft"),
    ("gjeving", "givning"),
    ("giving", "givning"),
    ("gjevar", "giver"),
    ("handsaming", "behandling"),
    ("mogeleg", "mulig"),
    ("mogleg", "mulig"),
    ("tryggleik", "trygghet"),
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
    ("innhald", "innhold"),
    ("vedlikehald", "vedlikehold"),
    ("forhald", "forhold"),
    ("kjelde", "kilde"),
    ("opplysingar", "opplysninger"),
    ("samfunnstryggje", "samfunnssikkerhet"),
    ("likskap", "likhet"),
    ("arbeidstakar", "arbeidstaker"),
    ("skilnad", "forskjell"),
    ("auking", "okning"),
    ("heit", "het"),
];

/// The ends of words for people and things that do something: their plural *-ere*, *-erne* (*-arar*, *-arane*) is
/// taken for the singular *-er*, which the stemmer alone does not do. Only these, because
/// *-ere* is also the ending of verbs: *parkere*.
const DOERS: &[&str] = &[
    "arbeid", "bak", "bed", "behandl", "besok", "bestill", "borg", "bruk", "bygg", "design", "driv", "ei", "elektrik",
    "for", "formidl", "forsk", "giv", "grund", "handl", "hav", "hjelp", "hold", "kjop", "kunstn", "lar", "led", "legg",
    "les", "mal", "motstand", "mur", "musik", "pend", "planlegg", "plei", "politik", "reis", "rens", "selg", "send",
    "skann", "skriv", "snekk", "sok", "spill", "stott", "tak", "test", "tilbyd", "tjen", "tomr", "tren", "utred",
    "utvikl", "var", "vekt", "velg", "vinn", "yt",
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
    sånn til um upp pa na nar under ut uten utan var vår våre vårt varte ved vere vær være vært verta vi vil ville vore vors \
    vort a an and are as in it of on or the to with that this from";

static STOPS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| STOP_WORDS.split_whitespace().collect());

/// The same without å, æ and ø, as they are written out. Not folded: *vare* is not *være*.
static STOPS_WRITTEN_OUT: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let written_out = |word: &str| word.replace('å', "aa").replace('æ', "ae").replace('ø', "oe");
    STOP_WORDS.split_whitespace().map(written_out).collect()
});

static ANY_NYNORSK: LazyLock<AhoCorasick> = LazyLock::new(|| any_of(NYNORSK.iter().map(|(nynorsk, _)| *nynorsk)));

/// What folding looks at in a word of small letters without accents.
static FOLDED: LazyLock<AhoCorasick> =
    LazyLock::new(|| any_of(NYNORSK.iter().map(|(nynorsk, _)| *nynorsk).chain(["aa", "ae", "oe"])));

fn any_of(patterns: impl Iterator<Item = &'static str>) -> AhoCorasick {
    #[expect(clippy::expect_used, reason = "the patterns are part of the program, and few")]
    AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).build(patterns).expect("an automaton of a few patterns")
}

static STEMMER: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::Norwegian));

/// The stem of a variant → the stem it is searched as.
static SAME_WORD: LazyLock<HashMap<String, String>> = LazyLock::new(read_variants);

/// The terms that stand for other words too, with the stems of those.
static SHARED: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut shared: HashMap<&str, Vec<&str>> = HashMap::new();
    SAME_WORD.iter().for_each(|(stem, term)| shared.entry(term).or_default().push(stem));
    shared
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
    /// Too common to search for.
    pub stop: bool,
}

/// All words of a text, in order.
pub(super) fn words(text: &str) -> Vec<Word> {
    places(text).filter_map(|range| word(text, range)).collect()
}

/// Where the words of a text stand, in bytes.
pub(super) fn places(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    runs(text).into_iter().flat_map(|run| split_numbers(text, run))
}

/// The term of one folded word.
pub(super) fn term(folded: &str) -> String {
    let bokmal = without_nynorsk(folded);
    let stem = stem(&bokmal);
    match SAME_WORD.get(stem.as_ref()) {
        Some(canonical) => canonical.clone(),
        None => stem.into_owned(),
    }
}

/// Lower case, without accents, and with one spelling for å, æ and ø.
pub(super) fn fold(word: &str) -> String {
    let letters = letters(word);
    let mut folded = String::with_capacity(letters.len());
    let mut at = 0;
    while let Some(&letter) = letters.get(at) {
        at += 1;
        match letter {
            'a' if letters.get(at) == Some(&'a') => {
                folded.push('a');
                at += 1;
            }
            'a' | 'o' if letters.get(at) == Some(&'e') && !is_ending(&letters[at..]) => {
                folded.push(letter);
                at += 1;
            }
            'å' | 'æ' => folded.push('a'),
            'ø' => folded.push('o'),
            other => folded.push(other),
        }
    }
    folded
}

/// `video|er`, `miljo|et`: here the e belongs to the ending and not to an ø written oe.
fn is_ending(rest: &[char]) -> bool {
    matches!(
        rest,
        ['e'] | ['e', 'n' | 'r' | 't'] | ['e', 'n' | 'r' | 't', 's'] | ['e', 'n', 'e'] | ['e', 'n', 'e', 's']
    )
}

/// The lower-case letters and digits of a word, at most [`LONGEST_WORD`], å, æ and ø kept.
fn letters(word: &str) -> Vec<char> {
    let mut letters = Vec::with_capacity(word.len().min(LONGEST_WORD));
    for char in word.chars().flat_map(char::to_lowercase) {
        if letters.len() >= LONGEST_WORD {
            break;
        }
        match char {
            '\u{30a}' => replace_last(&mut letters, 'a', 'å'),
            '\u{308}' => {
                replace_last(&mut letters, 'a', 'æ');
                replace_last(&mut letters, 'o', 'ø');
            }
            'ß' => letters.extend(['s', 's']),
            _ if char.is_alphanumeric() => letters.push(plain(char)),
            _ => {}
        }
    }
    letters
}

fn replace_last(letters: &mut [char], from: char, to: char) {
    if let Some(last) = letters.last_mut()
        && *last == from
    {
        *last = to;
    }
}

/// The letter without its accent. Swedish ä and ö are æ and ø; the Sámi letters lose their marks.
fn plain(letter: char) -> char {
    match letter {
        'a'..='z' | '0'..='9' | 'å' | 'æ' | 'ø' => letter,
        'ä' => 'æ',
        'ö' | 'œ' => 'ø',
        'à' | 'á' | 'â' | 'ã' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' | 'ĉ' | 'ċ' => 'c',
        'ð' | 'đ' | 'ď' => 'd',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ğ' | 'ǥ' | 'ǧ' | 'ģ' => 'g',
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => 'i',
        'ķ' | 'ǩ' => 'k',
        'ł' | 'ļ' | 'ľ' => 'l',
        'ñ' | 'ń' | 'ň' | 'ņ' | 'ŋ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ō' | 'ő' => 'o',
        'ř' | 'ŕ' => 'r',
        'ś' | 'š' | 'ş' | 'ș' => 's',
        'ť' | 'ŧ' | 'ț' | 'ţ' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' | 'ų' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' | 'ʒ' | 'ǯ' => 'z',
        other => other,
    }
}

/// The words of a text that have one of these traces, in order: most are passed over without being understood.
pub(super) fn words_with(text: &str, traces: &[&str]) -> Vec<Word> {
    let worth = |range: &Range<usize>| {
        let written = &text[range.clone()];
        !is_plain(written) || traces.iter().any(|trace| written.contains(trace))
    };
    let places = places(text).filter(worth);
    places.filter_map(|range| known_or(text, range, |written| has_any(written, traces))).collect()
}

/// Whether folding leaves it as it is written. Most words are plain.
fn is_plain(written: &str) -> bool {
    written.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        && !written.starts_with("fram")
        && !FOLDED.is_match(written)
}

/// The letters of which every word has some in it that is searched as `term`, or of which a part is: stemming takes from
/// the end, or puts *er* there. None if other words may have the term too.
pub(super) fn traces(term: &str) -> Option<Vec<&str>> {
    let kept_apart = KEPT_APART.iter().any(|(_, kept)| *kept == term);
    // Inside a compound *framtid* is still written with an a.
    if kept_apart || term.starts_with('\u{2}') || term.starts_with("frem") {
        return None;
    }
    let stems = SHARED.get(term).into_iter().flatten().copied();
    Some(stems.chain([term]).map(|stem| stem.strip_suffix("er").unwrap_or(stem)).collect())
}

fn has_any(written: &str, traces: &[&str]) -> bool {
    if written.contains(is_hyphen) {
        return true;
    }
    let folded = fold(written);
    let bokmal = without_nynorsk(&folded);
    traces.iter().any(|trace| bokmal.contains(trace) || folded.contains(trace))
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
        return Some(Meaning { folded, term: kept.to_owned(), parts: Vec::new(), pieces: 0, stop });
    }
    if stop {
        // Of their own kind, so that *vare* does not find every *var*.
        let term = format!("\u{2}{}", term(&folded));
        return Some(Meaning { folded, term, parts: Vec::new(), pieces: 0, stop });
    }
    let term = term(&folded);
    let (parts, pieces) = parts(written, &folded, &term);
    Some(Meaning { folded, term, parts, pieces, stop })
}

/// The words inside a word, between hyphens and inside compounds, and how many of them make it up.
fn parts(written: &str, folded: &str, whole: &str) -> (Vec<String>, usize) {
    let hyphened: Vec<String> = match written.contains(is_hyphen) {
        true => written.split(is_hyphen).map(fold).filter(|piece| !piece.is_empty()).collect(),
        false => Vec::new(),
    };
    if hyphened.len() < 2 {
        let split = compounds::split(&without_nynorsk(folded));
        let pieces = split.pieces;
        return (without_doubles(split.terms, whole), pieces);
    }
    let mut parts: Vec<String> = hyphened.iter().map(|piece| part_term(piece)).collect();
    let pieces = parts.len();
    for piece in &hyphened {
        parts.extend(compounds::split(&without_nynorsk(piece)).terms);
    }
    (without_doubles(parts, whole), pieces)
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

/// The term of a part. There the letters that [`KEPT_APART`] looks at are folded away already, and
/// its words are by far the more common in compounds: *delmål*, *køordning*.
pub(super) fn part_term(folded: &str) -> String {
    match folded {
        "mal" => "maal".to_owned(),
        "ko" => "koe".to_owned(),
        _ => term(folded),
    }
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
    match word.strip_prefix("fram") {
        // framtid = fremtid, but not framme, and not words of five letters.
        Some(rest) if rest.len() > 2 => Cow::Owned(format!("frem{rest}")),
        _ => word,
    }
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
    terms.retain(|term| term.len() < folded.len());
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// Snowball, and after it what it leaves: -ing and -ning where a stem of four letters is left, the s
/// of *ressurs*, and the second m of *programm*.
pub(super) fn stem(folded: &str) -> Cow<'_, str> {
    let folded = without_article(folded);
    if let Some(doer) = doer(folded) {
        return Cow::Owned(STEMMER.stem(&doer).into_owned());
    }
    let stem = STEMMER.stem(folded);
    let kept = without_rest(&stem).len();
    match stem {
        Cow::Borrowed(stem) => Cow::Borrowed(&stem[..kept]),
        Cow::Owned(mut stem) => {
            stem.truncate(kept);
            Cow::Owned(stem)
        }
    }
}

/// *ansvaret* → *ansvar*, *senteret* → *senter*: the stemmer takes -ar and -er for endings, but only one
/// ending off a word, so that it would not find the one by the other.
fn without_article(folded: &str) -> &str {
    const SHORTEST: usize = 5;
    const ARTICLES: &[&str] = &["ets", "ens", "et", "en"];
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
    // No Norwegian word ends in mm, but *programmet* leaves *programm*.
    if stem.ends_with("mm") {
        return &stem[..stem.len() - 1];
    }
    match stem.strip_suffix("ing") {
        Some(rest) if rest.len() >= SHORTEST => rest,
        _ => stem,
    }
}

fn read_variants() -> HashMap<String, String> {
    let mut same = HashMap::new();
    for line in VARIANTS.lines().filter(|line| !line.starts_with('#')) {
        let Some((canonical, variants)) = line.split_once(':') else {
            continue;
        };
        let canonical = bare_term(canonical.trim());
        for variant in variants.split_whitespace() {
            same.insert(bare_term(variant), canonical.clone());
        }
    }
    same.retain(|variant, canonical| variant != canonical);
    same
}

/// The term of a word before variants are joined.
fn bare_term(word: &str) -> String {
    stem(&without_nynorsk(&fold(word))).into_owned()
}

/// The stretches of a text that hang together: letters and digits, with invisible characters,
/// and hyphens and apostrophes between two of them.
fn runs(text: &str) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut start = None;
    let mut end = 0;
    let mut joint = false;
    for (at, char) in text.char_indices() {
        if char.is_alphanumeric() {
            if start.is_none() {
                start = Some(at);
            }
            end = at + char.len_utf8();
            joint = false;
        } else if start.is_some() && is_invisible(char) {
            // Belongs to the word if more of it follows.
        } else if start.is_some() && !joint && (is_hyphen(char) || is_apostrophe(char)) {
            joint = true;
        } else if let Some(start) = start.take() {
            runs.push(start..end);
            joint = false;
        }
    }
    if let Some(start) = start {
        runs.push(start..end);
    }
    runs
}

/// *2024-2025* and *12-2* are two numbers, not one word: there the hyphen separates.
fn split_numbers(text: &str, run: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let (whole, pieces) = match number_pieces(text, run.clone()) {
        Some(pieces) => (None, pieces),
        None => (Some(run), Vec::new()),
    };
    whole.into_iter().chain(pieces)
}

/// None where the run is one word, as nearly all are.
fn number_pieces(text: &str, run: Range<usize>) -> Option<Vec<Range<usize>>> {
    let pieces = || text[run.clone()].split(is_hyphen);
    let number = |piece: &str| piece.chars().all(|c| c.is_numeric() || is_invisible(c));
    if !text[run.clone()].contains(is_hyphen) || !pieces().any(number) {
        return None;
    }
    let place = |piece: &str| {
        let start = piece.as_ptr() as usize - text.as_ptr() as usize;
        start..start + piece.len()
    };
    Some(pieces().map(place).collect())
}

fn is_hyphen(char: char) -> bool {
    matches!(char, '-' | '\u{2010}' | '\u{2011}')
}

fn is_apostrophe(char: char) -> bool {
    matches!(char, '\'' | '\u{2019}' | '\u{2bc}' | '`' | '\u{b4}')
}

/// Soft hyphens, zero-width characters and combining accents.
fn is_invisible(char: char) -> bool {
    matches!(char, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
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
        ] {
            assert!(same(bokmal, nynorsk), "{bokmal} is {:?}, {nynorsk} is {:?}", terms(bokmal), terms(nynorsk));
        }
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
