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

static ANY_NYNORSK: LazyLock<AhoCorasick> = LazyLock::new(|| any_of(NYNORSK.iter().map(|(nynorsk, _)| *nynorsk)));

/// What folding looks at in a word of small letters without accents.
static FOLDED: LazyLock<AhoCorasick> =
    LazyLock::new(|| any_of(NYNORSK.iter().map(|(nynorsk, _)| *nynorsk).chain(["aa", "ae", "oe"])));

fn any_of(patterns: impl Iterator<Item = &'static str>) -> AhoCorasick {
    #[expect(clippy::expect_used, reason = "the patterns are part of the program, and few")]
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .kind(Some(AhoCorasickKind::DFA))
        .build(patterns)
        .expect("an automaton of a few patterns")
}

static STEMMER: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::Norwegian));

/// The stem of a variant → the stem it is searched as.
static SAME_WORD: LazyLock<HashMap<String, String>> = LazyLock::new(read_variants);

/// The terms that stand for other words too, with the stems of those.
pub(super) static SHARED: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut shared: HashMap<&str, Vec<&str>> = HashMap::new();
    SAME_WORD.iter().for_each(|(stem, term)| shared.entry(term).or_default().push(stem));
    shared
});

/// The term of one folded word.
pub(super) fn term(folded: &str) -> String {
    let bokmal = without_nynorsk(folded);
    let stem = stem(&bokmal);
    match SAME_WORD.get(stem.as_ref()) {
        Some(canonical) => canonical.clone(),
        None => stem.into_owned(),
    }
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
