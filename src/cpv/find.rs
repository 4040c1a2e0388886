//! From what someone would call a thing to the codes that may mean it.
use crate::platform::search::{Named, Spoken, named, spoken};
use crate::regulations::{CpvEntry, cpv_beginning, cpv_list};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Codes that were found, the best first, and how many there are in all.
#[derive(Debug, Default)]
pub struct Found {
    pub entries: Vec<&'static CpvEntry>,
    pub total: usize,
}

/// Finds codes by the beginning of their digits, or by words; all of them in order when nothing is asked for. `skip` of
/// them are passed over, and at most `limit` given.
pub fn find(text: &str, skip: usize, limit: usize) -> Found {
    let text = text.trim();
    // A check digit says nothing: see `Cpv::parse`.
    let digits = text.split('-').next().unwrap_or_default();
    if digits.bytes().all(|b| b.is_ascii_digit()) {
        let found = cpv_beginning(digits);
        return Found { total: found.len(), entries: found.iter().skip(skip).take(limit).collect() };
    }
    let found = by_words(&spoken(text));
    Found { total: found.len(), entries: found.into_iter().skip(skip).take(limit).collect() }
}

/// What people call things for which the list has other words: bokmål, which nynorsk meets as in a search, and the codes.
const CALLED: &[(&str, &[&str])] = &[
    ("skyss", &["60130000", "60120000", "60112000"]),
    ("skoleskyss", &["60130000", "60112000", "60172000"]),
    ("skolebuss", &["60130000", "60172000"]),
    ("pasientreiser", &["60130000", "60120000", "85143000"]),
    ("persontransport", &["60130000", "60140000"]),
    ("drosje", &["60120000"]),
    ("sykebil", &["34114121", "85143000"]),
    ("matavfall", &["90511000", "90513000"]),
    ("søppeltømming", &["90511300", "90511000"]),
    ("bosstømming", &["90511300", "90511000"]),
    ("søppelhenting", &["90511300", "90511000"]),
    ("renovasjon", &["90511000", "90513000"]),
    ("barnevern", &["85311300"]),
    ("barnehage", &["80110000", "85312110"]),
    ("tannlege", &["85130000"]),
    ("svømmehall", &["45212212"]),
    ("lekeapparat", &["37535200"]),
    ("gatelys", &["34928500", "34928530", "34993000"]),
    ("veilys", &["34993000", "50232100"]),
    ("kafé", &["55330000"]),
    ("vikar", &["79620000"]),
];

/// A code with the words of its names.
struct Name {
    entry: &'static CpvEntry,
    words: Vec<Named>,
    /// The terms of [`CALLED`] that are names of it too.
    called: Vec<&'static str>,
}

static NAMES: LazyLock<Vec<Name>> = LazyLock::new(|| {
    let words = |entry: &CpvEntry| [entry.nb, entry.en].into_iter().flat_map(named).collect();
    let mut called: HashMap<&str, Vec<&str>> = HashMap::new();
    for (word, codes) in CALLED_TERMS.iter() {
        codes.iter().for_each(|code| called.entry(code).or_default().push(word));
    }
    let called = |entry: &CpvEntry| called.get(entry.code).cloned().unwrap_or_default();
    cpv_list().iter().map(|entry| Name { entry, words: words(entry), called: called(entry) }).collect()
});

/// The same as terms.
static CALLED_TERMS: LazyLock<Vec<(String, &[&str])>> = LazyLock::new(|| {
    let terms = |(word, codes): &(&str, &'static [&'static str])| {
        spoken(word).into_iter().map(|word| (word.term, *codes)).collect::<Vec<_>>()
    };
    CALLED.iter().flat_map(terms).collect()
});

/// What has all the words; if nothing has, what has most of them.
fn by_words(asked: &[Spoken]) -> Vec<&'static CpvEntry> {
    let mut found: Vec<(usize, usize, &Name)> = Vec::new();
    for name in NAMES.iter() {
        let fits: Vec<usize> = asked.iter().map(|word| fit(word, name)).collect();
        let matched = fits.iter().filter(|fit| **fit > 0).count();
        if matched > 0 {
            found.push((matched, fits.iter().sum(), name));
        }
    }
    let most = found.iter().map(|(matched, ..)| *matched).max().unwrap_or_default();
    found.retain(|(matched, ..)| *matched == most);
    // The better the words fit, the shorter the name and the more general the code, the more likely it is what is meant.
    found.sort_by_key(|(_, fit, name)| {
        let zeroes = name.entry.code.len() - name.entry.code.trim_end_matches('0').len();
        (Reverse(*fit), name.words.len(), Reverse(zeroes), name.entry.code)
    });
    found.into_iter().map(|(.., name)| name.entry).collect()
}

/// How well a word fits the best of the words of a name.
fn fit(word: &Spoken, name: &Name) -> usize {
    const CALLED_SO: usize = 5;
    // A *barnevernstjeneste* by what is called *barnevern*.
    let is = |called: &&str| *called == word.term || word.is_front && word.parts.iter().any(|part| part == called);
    if name.called.iter().any(is) {
        return CALLED_SO;
    }
    let name = &name.words;
    let whole = name.iter().map(|named| place(&word.stem, &word.term, named)).max().unwrap_or_default();
    if whole > 0 || word.parts.is_empty() {
        return whole;
    }
    // A compound that no name has: what it is made of, or at least what it is: a *personheis* is a *heis*.
    let has = |part: &String| name.iter().any(|named| place(part, part, named) > 0);
    match word.parts.last() {
        _ if word.parts.iter().all(has) => 2,
        Some(head) if !word.is_front && has(head) => 1,
        _ => 0,
    }
}

/// Where what is looked for stands in the word: 4 it is the word, but for an ending; 3 at its beginning; 2 at its end, where
/// a compound says what it is; 1 at the beginning of another of its parts. Nowhere else: a *krydder* has nothing to do
/// with *rydding*.
fn place(stem: &str, term: &str, word: &Named) -> usize {
    const ENDING: usize = 4;
    const SHORT: usize = 4;
    /// So long a stem is at the end of a word that is not known to be a compound, behind so many letters, hardly by chance.
    const LONG: usize = 6;
    const FRONT: usize = 3;
    let letters = word.letters.as_str();
    let begins_part = |looked_for: &str| word.parts.iter().any(|part| part.starts_with(looked_for));
    let by_letters = |looked_for: &str| {
        if letters.starts_with(looked_for) {
            return if letters.len() <= looked_for.len() + ENDING { 4 } else { 3 };
        }
        let Some(at) = letters.rfind(looked_for).filter(|_| looked_for.len() >= SHORT) else { return 0 };
        match at + looked_for.len() + ENDING >= letters.len() {
            true if begins_part(looked_for) || looked_for.len() >= LONG && at >= FRONT => 2,
            false if begins_part(looked_for) => 1,
            _ => 0,
        }
    };
    // The letters of a *sykkel* are not in *sykler*.
    let by_term = match word.parts[..word.pieces].last() {
        _ if word.term == term => 4,
        Some(head) if head == term => 2,
        _ if term.len() >= SHORT && word.parts.iter().any(|part| part == term) => 1,
        _ => 0,
    };
    let others = [stem, if term == stem { "" } else { term }].into_iter().filter(|letters| !letters.is_empty());
    others.map(by_letters).max().unwrap_or_default().max(by_term)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(text: &str) -> Vec<&'static str> {
        find(text, 0, 3).entries.into_iter().map(|entry| entry.code).collect()
    }

    #[test]
    fn digits_find_what_begins_with_them() {
        assert_eq!(best("8531110"), ["85311100"]);
        assert_eq!(best("85311100-4"), ["85311100"]);
        assert_eq!(find("", 0, 20).total, 9_454);
        assert_eq!(find("99", 0, 20).total, 0);
        let (all, rest) = (find("853", 0, 100).entries, find("853", 2, 100).entries);
        assert_eq!(all[2..], rest[..]);
    }

    #[test]
    fn a_thing_is_found_by_what_people_call_it() {
        for (words, code) in [
            ("rullestol", "33193120"),
            ("rullestoler", "33193120"),
            ("personheis", "42416100"),
            ("omsorg eldre", "85311100"),
            ("omsorg for eldre", "85311100"),
            ("elderly welfare", "85311100"),
            ("skolemøbler", "39160000"),
        ] {
            assert!(best(words).contains(&code), "{words}: {:?}", find(words, 0, 5).entries);
        }
    }

    #[test]
    fn a_part_is_found_where_a_word_or_a_part_begins_and_not_in_the_middle() {
        let names = |text| find(text, 0, 200).entries.into_iter().map(|entry| entry.nb).collect::<Vec<_>>();
        assert_eq!(best("snørydding").first(), Some(&"90620000"));
        for text in ["snørydding", "rydding"] {
            for name in names(text) {
                let wrong = ["krydder", "smak", "utryddelse"].iter().any(|other| name.to_lowercase().contains(other));
                assert!(!wrong, "{text}: {name}");
            }
        }
        for (text, name) in [("sykkel", "Sykler"), ("sykler", "Sykler"), ("hjelpemiddel", "hjelpemidler")] {
            let found = names(text).iter().any(|found| found.to_lowercase().contains(&name.to_lowercase()));
            assert!(found, "{text}: {:?}", names(text));
        }
    }

    #[test]
    fn nynorsk_words_find_bokmal_names() {
        for (nn, nb) in [
            ("vedlikehaldstenester", "vedlikeholdstjenester"),
            ("skulebøker", "skolebøker"),
            ("reinhald", "renhold"),
            ("reingjering", "rengjøring"),
            ("renhald", "renhold"),
            ("skuleskyss", "skoleskyss"),
            ("straumforsyning", "strømforsyning"),
            ("drikkevatn", "drikkevann"),
            ("rekneskap", "regnskap"),
            ("grønsaker", "grønnsaker"),
            ("attvinning", "gjenvinning"),
            ("reinseanlegg", "renseanlegg"),
            ("tryggleik", "sikkerhet"),
            ("vindauge", "vindu"),
            ("høyreapparat", "høreapparat"),
        ] {
            assert!(!best(nn).is_empty(), "{nn}");
            let names = |text| find(text, 0, 50).entries;
            assert!(names(nn).iter().any(|entry| names(nb).contains(entry)), "{nn}, {nb}");
        }
    }

    #[test]
    fn what_people_call_a_thing_is_found_first_and_a_general_word_finds_nothing_alone() {
        for (words, code) in [
            ("skuleskyss", "60130000"),
            ("matavfall", "90511000"),
            ("barnevernstenester", "85311300"),
            ("drosje", "60120000"),
        ] {
            assert_eq!(best(words).first(), Some(&code), "{words}");
        }
        let names = |text| find(text, 0, 1_000).entries.into_iter().map(|entry| entry.nb).collect::<Vec<_>>();
        assert_eq!(names("barnevernstenester"), ["Barne- og ungdomsomsorg"]);
        assert!(names("tolketenester").iter().all(|name| name.contains("olk")), "{:?}", names("tolketenester"));
        for (word, codes) in CALLED {
            assert!(codes.iter().all(|code| crate::regulations::cpv_entry(code).is_some()), "{word}");
        }
    }

    #[test]
    fn what_nobody_sells_finds_nothing() {
        assert_eq!(find("kvalpelort zzyzx", 0, 5).total, 0);
        assert_eq!(find("-", 0, 5).total, 9_454);
    }

    #[test]
    fn of_many_words_those_count_that_a_search_looks_at() {
        let first: String = (b'a'..=b'p').map(|letter| format!("{}zzyzx ", char::from(letter))).collect();
        assert_eq!(find(&format!("{first} rullestol"), 0, 5).total, 0);
        assert!(find(&"rullestol ".repeat(100_000), 0, 5).total > 0);
    }

    proptest::proptest! {
        #[test]
        fn nothing_panics(text in ".*") {
            let found = find(&text, 0, 5);
            proptest::prop_assert!(found.entries.len() <= 5 && found.entries.len() <= found.total);
        }
    }
}
