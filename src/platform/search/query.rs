//! A search: what is asked for, and how its words are understood.
//!
//! **Understanding.** Every word must match ([`Matched::All`]). A word that few documents contain
//! also stands for the words that begin with it, and a compound nobody has written for its parts: all of them, or what stands
//! before a last one that says little. If nothing matches all words, what matches any of them is shown, and said so
//! ([`Matched::Any`]); a compound is one word then too: one of its parts alone is something else.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use tantivy::Term;

use super::cursor::{Cursor, Decision, Key, Mark, Meaning, WrongCursor};
use super::picture::Picture;
use super::stem;
use super::terms::one_line;
use super::walk::{self, Group, Opened, Plan};
use super::words::{self, Word};

/// Words of a query that are looked at; further ones are passed over.
pub(super) const MOST_WORDS: usize = 16;
/// Bytes of a query that are looked at.
pub(super) const LONGEST_QUERY: usize = 4_000;
/// A page never holds more.
const LARGEST_PAGE: usize = 1_000;
/// A word that fewer documents contain also stands for the words that begin with it.
const FEW: u64 = 20;
/// Letters a word needs to stand for others.
const SHORTEST_PREFIX: usize = 3;
/// So many words it may stand for: the shortest.
const MOST_EXPANSIONS: usize = 48;
/// Words of the dictionary looked through for them.
const MOST_LOOKED_AT: usize = 20_000;

/// A search.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// What somebody typed. Empty finds everything the filters let through, newest first.
    pub text: String,
    /// Filters: of each inner list, a document must have at least one facet. An empty inner list
    /// lets nothing through.
    pub all: Vec<Vec<String>>,
    /// Only documents with a deadline, and not before this (microseconds).
    pub deadline_from: Option<i64>,
    /// Only documents with a deadline, and before this (microseconds).
    pub deadline_before: Option<i64>,
    /// What comes first.
    pub order: Order,
    /// Which deadlines have passed (microseconds): those before this. The pages after the first go by what it was then.
    pub now: i64,
    /// Continue after the page this came from. The rest of the query must be the same.
    pub after: Option<Cursor>,
    /// Ids on a page, at most 1,000. With 0 only the total is found.
    pub limit: usize,
}

/// What comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The best match; among equals the newest. Without text the same as `Newest`.
    #[default]
    Relevance,
    /// The newest.
    Newest,
    /// The nearest deadline that is to come; then what has none, newest first; then what has passed, the latest first.
    Deadline,
}

/// A page of what was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// In order.
    pub ids: Vec<[u8; 16]>,
    /// How many there are on all pages, as the first page counted them.
    pub total: Total,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
    /// Whether all words of the query matched.
    pub matched: Matched,
}

/// How many documents match.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// How many.
    pub count: u64,
    /// Counted; otherwise estimated from a part, because there are many thousands.
    pub exact: bool,
}

/// How the words of the query had to match.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Matched {
    /// Each hit has all of them.
    #[default]
    All,
    /// Nothing has all of them; each hit has some.
    Any,
}

/// Carries out a search on one picture of the index.
pub(super) fn search(picture: &Picture, query: &Query) -> Result<Hits> {
    let words = understood(&query.text);
    let name = name_of(query, &words);
    match &query.after {
        None => first_page(picture, query, &words, name),
        Some(Cursor(mark)) if mark.query == name && mark.words.len() == words.len() => {
            next_page(picture, query, &words, mark)
        }
        Some(_) => Err(WrongCursor.into()),
    }
}

fn first_page(picture: &Picture, query: &Query, words: &[Word], name: u64) -> Result<Hits> {
    let decisions = words.iter().map(|word| decide(picture, word)).collect::<Result<Vec<_>>>()?;
    let mut plan = plan(picture, query, groups_of(picture, words, &decisions, Matched::All)?);
    let mut found = find(picture, query, &plan)?;
    if found.total.count == 0 && words.len() > 1 {
        let groups = groups_of(picture, words, &decisions, Matched::Any)?;
        plan = Plan { groups, matched: Matched::Any, ..plan };
        found = find(picture, query, &plan)?;
    }
    let mark =
        |key| Mark { query: name, key, now: query.now, total: found.total, matched: plan.matched, words: decisions };
    Ok(hits(&found, plan.matched, mark))
}

fn next_page(picture: &Picture, query: &Query, words: &[Word], mark: &Mark) -> Result<Hits> {
    let groups = groups_of(picture, words, &mark.words, mark.matched)?;
    let plan = Plan { matched: mark.matched, now: mark.now, ..plan(picture, query, groups) };
    let segments = walk::opened(picture, &plan)?;
    let found = Found { total: mark.total, ..page(&segments, query, &plan, Some(mark.key))? };
    Ok(hits(&found, plan.matched, |key| Mark { key, ..mark.clone() }))
}

/// What is on a page.
struct Found {
    keys: Vec<Key>,
    /// Whether another page follows.
    more: bool,
    total: Total,
}

/// The first page of a plan, with the total.
fn find(picture: &Picture, query: &Query, plan: &Plan) -> Result<Found> {
    let segments = walk::opened(picture, plan)?;
    let total = walk::count(&segments, plan)?;
    let found = page(&segments, query, plan, None)?;
    let seen = found.keys.len() as u64;
    let total = match (query.limit, found.more) {
        (0, _) => total,
        // All there is stands on this page: no need to estimate.
        (_, false) => Total { count: seen, exact: true },
        // An estimate may say less than what is seen.
        (_, true) => Total { count: total.count.max(seen + 1), ..total },
    };
    Ok(Found { total, ..found })
}

fn page(segments: &[Opened], query: &Query, plan: &Plan, after: Option<Key>) -> Result<Found> {
    let limit = query.limit.min(LARGEST_PAGE);
    let mut keys = match limit {
        0 => Vec::new(),
        // One more than the page holds, to know whether there is another.
        _ => walk::best(segments, plan, query.order, after, limit + 1)?,
    };
    let more = keys.len() > limit;
    keys.truncate(limit);
    Ok(Found { keys, more, total: Total::default() })
}

fn hits(found: &Found, matched: Matched, mark: impl FnOnce(Key) -> Mark) -> Hits {
    let last = found.keys.last().filter(|_| found.more);
    Hits {
        ids: found.keys.iter().map(|key| key.id.to_be_bytes()).collect(),
        total: found.total,
        next: last.map(|key| Cursor(mark(*key))),
        matched,
    }
}

/// The words of the query that are searched for: each once, without stop words if others are left.
pub(super) fn understood(text: &str) -> Vec<Word> {
    let text = &text[..text.floor_char_boundary(LONGEST_QUERY)];
    let mut words = words::words(text);
    if words.iter().any(|word| !word.stop) {
        words.retain(|word| !word.stop);
    }
    let mut kept: Vec<Word> = Vec::new();
    for word in words {
        if kept.len() < MOST_WORDS && kept.iter().all(|other| other.term != word.term) {
            kept.push(word);
        }
    }
    kept
}

fn plan(picture: &Picture, query: &Query, groups: Vec<Group>) -> Plan {
    let facet = |facet: &String| Term::from_field_text(picture.fields.facet, &one_line(facet));
    let any = |any: &Vec<String>| any.iter().map(facet).collect();
    Plan {
        groups,
        matched: Matched::All,
        filters: query.all.iter().map(any).collect(),
        deadline: deadline_range(query),
        now: query.now,
    }
}

/// From (inclusive) and before (exclusive).
fn deadline_range(query: &Query) -> Option<(i64, i64)> {
    match (query.deadline_from, query.deadline_before) {
        (None, None) => None,
        // What has no deadline is stored as `i64::MAX` and so never before anything.
        (from, before) => Some((from.unwrap_or(i64::MIN), before.unwrap_or(i64::MAX))),
    }
}

/// What a word of the query stands for, and what it weighs.
fn decide(picture: &Picture, word: &Word) -> Result<Decision> {
    let itself = documents_with(picture, &word.term)?;
    if itself >= FEW {
        return Ok(decision(picture, Meaning::Itself, &[itself]));
    }
    let letters = letters_more(picture, word)?;
    if let Some(letters) = letters {
        let meaning = Meaning::Beginning(letters);
        let mut documents = 0;
        for term in terms_of(picture, word, meaning)? {
            documents += documents_with(picture, &term)?;
        }
        if documents > 0 {
            return Ok(decision(picture, meaning, &[documents]));
        }
    }
    if itself == 0 && word.pieces != 1 && word.parts.len() >= word.pieces && !word.needed().is_empty() {
        let parts = word.needed().iter();
        let documents = parts.map(|part| documents_with(picture, part)).collect::<Result<Vec<_>>>()?;
        return Ok(decision(picture, Meaning::Parts, &documents));
    }
    Ok(decision(picture, Meaning::Itself, &[itself]))
}

fn decision(picture: &Picture, meaning: Meaning, documents: &[u64]) -> Decision {
    let weights = documents.iter().map(|with| weight(picture.documents, *with)).collect();
    Decision { meaning, weights }
}

/// Rare words weigh more: the logarithm that BM25 uses, in 256ths.
fn weight(all: u64, with: u64) -> u16 {
    let (all, with) = (all.max(with) as f64, with as f64);
    let rarity = (1.0 + (all - with + 0.5) / (with + 0.5)).ln();
    (rarity * 256.0).round().clamp(1.0, 10_000.0) as u16
}

fn groups_of(picture: &Picture, words: &[Word], decisions: &[Decision], matched: Matched) -> Result<Vec<Group>> {
    let mut groups = Vec::with_capacity(words.len());
    for (word, decision) in words.iter().zip(decisions) {
        let weights = decision.weights.iter().map(|weight| i64::from(*weight));
        match (decision.meaning, matched) {
            (Meaning::Parts, Matched::All) => {
                let parts = word.needed().iter().zip(weights);
                groups.extend(parts.map(|(part, weight)| Group::any(vec![part.clone()], weight)));
            }
            // Of a cursor made by hand: the word has none.
            (Meaning::Parts, Matched::Any) if word.needed().is_empty() => {}
            (Meaning::Parts, Matched::Any) => {
                let terms = word.needed().to_vec();
                groups.push(Group { terms, weight: weights.sum(), together: true });
            }
            (meaning, _) => {
                groups.push(Group::any(terms_of(picture, word, meaning)?, weights.clone().next().unwrap_or(1)));
            }
        }
    }
    Ok(groups)
}

/// The term of the word itself, and then those it also stands for.
fn terms_of(picture: &Picture, word: &Word, meaning: Meaning) -> Result<Vec<String>> {
    let mut terms = vec![word.term.clone()];
    if let Meaning::Beginning(letters) = meaning {
        let prefix = stem::without_nynorsk(&word.folded);
        let longest = prefix.len() + usize::from(letters);
        let mut others = beginning_with(picture, &prefix, longest)?;
        others.extend(stem::completions(&prefix));
        others.remove(&word.term);
        // A cursor made by hand must not open a whole dictionary.
        terms.extend(others.into_iter().take(4 * MOST_EXPANSIONS));
    }
    Ok(terms)
}

/// How many letters longer the words may be that this one stands for; None if it stands for itself.
fn letters_more(picture: &Picture, word: &Word) -> Result<Option<u8>> {
    let prefix = stem::without_nynorsk(&word.folded);
    if prefix.len() < SHORTEST_PREFIX || prefix.starts_with(|c: char| c.is_numeric()) {
        return Ok(None);
    }
    let begun = beginning_with(picture, &prefix, usize::MAX)?;
    if begun.len() >= MOST_LOOKED_AT {
        return Ok(Some(0));
    }
    let mut of_length: BTreeMap<usize, usize> = BTreeMap::new();
    for term in &begun {
        *of_length.entry(term.len() - prefix.len()).or_default() += 1;
    }
    let mut words = 0;
    let mut letters = 0;
    for (more, count) in of_length {
        words += count;
        if words > MOST_EXPANSIONS || more > 60 {
            break;
        }
        letters = more as u8;
    }
    Ok(Some(letters))
}

/// The terms that begin with `prefix`, up to a length.
fn beginning_with(picture: &Picture, prefix: &str, longest: usize) -> Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for segment in &picture.segments {
        let index = segment.reader.inverted_index(picture.fields.text)?;
        let mut terms = index.terms().range().ge(prefix.as_bytes()).into_stream()?;
        let mut looked_at = 0;
        while let Some((term, _)) = terms.next() {
            looked_at += 1;
            if !term.starts_with(prefix.as_bytes()) || looked_at > MOST_LOOKED_AT {
                break;
            }
            if term.len() <= longest
                && let Ok(term) = std::str::from_utf8(term)
            {
                found.insert(term.to_owned());
            }
        }
    }
    Ok(found)
}

fn documents_with(picture: &Picture, term: &str) -> Result<u64> {
    let term = Term::from_field_text(picture.fields.text, term);
    let mut documents = 0;
    for segment in &picture.segments {
        let index = segment.reader.inverted_index(picture.fields.text)?;
        documents += u64::from(index.doc_freq(&term)?);
    }
    Ok(documents)
}

/// What the query is, apart from the page.
fn name_of(query: &Query, words: &[Word]) -> u64 {
    let mut name = format!("{:?} {:?}", query.order, deadline_range(query));
    for word in words {
        name.push('\n');
        name.push_str(&word.term);
    }
    for any in &query.all {
        name.push_str("\n\n");
        name.push_str(&any.join("\n"));
    }
    fnv(name.bytes())
}

/// FNV-1a: a number that stands for some bytes, the same on every node and in every version.
pub(super) fn fnv(bytes: impl IntoIterator<Item = u8>) -> u64 {
    bytes
        .into_iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}
