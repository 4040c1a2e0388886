//! A search: what is asked for, how its words are understood, and how its pages follow each other.
//!
//! **Understanding.** Every word must match ([`Matched::All`]). A word that few documents contain
//! also stands for the words that begin with it, and a compound nobody has written for its parts. If
//! nothing matches all words, what matches any of them is shown, and said so ([`Matched::Any`]).
//!
//! **Pages.** Hits have a fixed order: a [`Key`] of what they are sorted by, then publication, then
//! id, no two alike; a page continues strictly after the last key of the page before. The keys of
//! documents that stay as they are must therefore not move while somebody walks the pages, although
//! other documents come and go. Publication, deadline and id do not; for the relevance the first page
//! decides what each word weighs and stands for, and the [`Cursor`] carries that decision along. So
//! whoever walks to the end sees every document that was there at the start exactly once. (A document
//! whose text changes under way may change its place, like any list would show it.)

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use anyhow::Result;
use serde::{Deserialize, Serialize};
use tantivy::Term;

use super::index::Picture;
use super::terms::one_line;
use super::walk::{self, Group, Plan};
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
    /// The nearest deadline, from the earliest on; what has none comes last, newest first.
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

/// The place between two pages. Opaque: a string of letters and digits, fit for an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Cursor(Mark);

/// The cursor is damaged or belongs to another query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrongCursor;

/// What a hit is sorted by: greater comes first. Never the same for two documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub first: i64,
    pub second: i64,
    pub id: u128,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Mark {
    /// Of the query, to notice a cursor that belongs to another.
    query: u64,
    key: Key,
    total: Total,
    matched: Matched,
    words: Vec<Decision>,
}

/// What the first page decided about one word.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Decision {
    meaning: Meaning,
    /// What it weighs, or each of its parts.
    weights: Vec<u16>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    Itself,
    /// Also the words that begin with it and have at most so many letters more.
    ///
    /// A rule and not a list of words, and still the same documents on every page: a word that comes
    /// into the index later stands only in documents that come later.
    Beginning(u8),
    Parts,
}

/// Carries out a search on one picture of the index.
pub(super) fn search(picture: &Picture, query: &Query) -> Result<Hits> {
    let words = understood(&query.text);
    let name = name_of(query, &words);
    let Some(Cursor(mark)) = &query.after else {
        return first_page(picture, query, &words, name);
    };
    if mark.query != name || mark.words.len() != words.len() {
        return Err(WrongCursor.into());
    }
    let groups = groups_of(picture, &words, &mark.words)?;
    let plan = plan(picture, query, groups, mark.matched);
    page(
        picture,
        query,
        &plan,
        |key, _| Mark {
            key,
            ..mark.clone()
        },
        mark.total,
    )
}

fn first_page(picture: &Picture, query: &Query, words: &[Word], name: u64) -> Result<Hits> {
    let decisions = words
        .iter()
        .map(|word| decide(picture, word))
        .collect::<Result<Vec<_>>>()?;
    let groups = groups_of(picture, words, &decisions)?;
    let mut plan = plan(picture, query, groups, Matched::All);
    let mark = |plan: &Plan| {
        let (matched, words) = (plan.matched, decisions.clone());
        move |key, total| Mark {
            query: name,
            key,
            total,
            matched,
            words,
        }
    };
    let total = walk::count(picture, &plan)?;
    let hits = page(picture, query, &plan, mark(&plan), total)?;
    if hits.total.count > 0 || plan.groups.len() < 2 {
        return Ok(hits);
    }
    plan.matched = Matched::Any;
    let total = walk::count(picture, &plan)?;
    page(picture, query, &plan, mark(&plan), total)
}

fn page(
    picture: &Picture,
    query: &Query,
    plan: &Plan,
    mark: impl FnOnce(Key, Total) -> Mark,
    total: Total,
) -> Result<Hits> {
    let nothing = Hits {
        total,
        matched: plan.matched,
        ..Hits::default()
    };
    let limit = query.limit.min(LARGEST_PAGE);
    if limit == 0 || (total.count == 0 && total.exact) {
        return Ok(nothing);
    }
    let after = query.after.as_ref().map(|Cursor(mark)| mark.key);
    // One more than the page holds, to know whether there is another.
    let mut keys = walk::best(picture, plan, query.order, after, limit + 1)?;
    let has_more = keys.len() > limit;
    keys.truncate(limit);
    let total = match after {
        // All there is stands on the first page: no need to estimate.
        None if !has_more => Total {
            count: keys.len() as u64,
            exact: true,
        },
        // An estimate may say less than what is seen.
        _ => Total {
            count: total.count.max((keys.len() + usize::from(has_more)) as u64),
            ..total
        },
    };
    Ok(Hits {
        ids: keys.iter().map(|key| key.id.to_be_bytes()).collect(),
        total,
        next: keys
            .last()
            .filter(|_| has_more)
            .map(|key| Cursor(mark(*key, total))),
        matched: plan.matched,
    })
}

/// The words of the query that are searched for: each once, without stop words if others are left.
fn understood(text: &str) -> Vec<Word> {
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

fn plan(picture: &Picture, query: &Query, groups: Vec<Group>, matched: Matched) -> Plan {
    let facet = |facet: &String| Term::from_field_text(picture.fields.facet, &one_line(facet));
    Plan {
        groups,
        matched,
        filters: query
            .all
            .iter()
            .map(|any| any.iter().map(facet).collect())
            .collect(),
        deadline: deadline_range(query),
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
    if itself == 0 && word.pieces > 1 && word.parts.len() >= word.pieces {
        let parts = word.parts[..word.pieces].iter();
        let documents = parts
            .map(|part| documents_with(picture, part))
            .collect::<Result<Vec<_>>>()?;
        return Ok(decision(picture, Meaning::Parts, &documents));
    }
    Ok(decision(picture, Meaning::Itself, &[itself]))
}

fn decision(picture: &Picture, meaning: Meaning, documents: &[u64]) -> Decision {
    let weights = documents
        .iter()
        .map(|with| weight(picture.documents, *with))
        .collect();
    Decision { meaning, weights }
}

/// Rare words weigh more: the logarithm that BM25 uses, in 256ths.
fn weight(all: u64, with: u64) -> u16 {
    let (all, with) = (all.max(with) as f64, with as f64);
    let rarity = (1.0 + (all - with + 0.5) / (with + 0.5)).ln();
    (rarity * 256.0).round().clamp(1.0, 10_000.0) as u16
}

fn groups_of(picture: &Picture, words: &[Word], decisions: &[Decision]) -> Result<Vec<Group>> {
    let mut groups = Vec::with_capacity(words.len());
    for (word, decision) in words.iter().zip(decisions) {
        match decision.meaning {
            Meaning::Parts => {
                let parts = word.parts.iter().take(word.pieces);
                groups.extend(parts.zip(&decision.weights).map(|(part, weight)| Group {
                    terms: vec![part.clone()],
                    weight: i64::from(*weight),
                }));
            }
            meaning => groups.push(Group {
                terms: terms_of(picture, word, meaning)?,
                weight: decision
                    .weights
                    .first()
                    .map_or(1, |weight| i64::from(*weight)),
            }),
        }
    }
    Ok(groups)
}

fn terms_of(picture: &Picture, word: &Word, meaning: Meaning) -> Result<Vec<String>> {
    let mut terms = vec![word.term.clone()];
    if let Meaning::Beginning(letters) = meaning {
        let prefix = words::without_nynorsk(&word.folded);
        let longest = prefix.len() + usize::from(letters);
        let begun = beginning_with(picture, &prefix, longest)?;
        // A cursor made by hand must not open a whole dictionary.
        terms.extend(begun.into_iter().take(4 * MOST_EXPANSIONS));
        terms.extend(words::completions(&prefix));
        terms.sort_unstable();
        terms.dedup();
    }
    Ok(terms)
}

/// How many letters longer the words may be that this one stands for; None if it stands for itself.
fn letters_more(picture: &Picture, word: &Word) -> Result<Option<u8>> {
    let prefix = words::without_nynorsk(&word.folded);
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
    bytes.into_iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

impl fmt::Display for WrongCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this place in the list belongs to another search")
    }
}

impl std::error::Error for WrongCursor {}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .bytes()
            .iter()
            .try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl From<Cursor> for String {
    fn from(cursor: Cursor) -> Self {
        cursor.to_string()
    }
}

impl TryFrom<String> for Cursor {
    type Error = WrongCursor;

    fn try_from(text: String) -> Result<Self, WrongCursor> {
        text.parse()
    }
}

impl std::str::FromStr for Cursor {
    type Err = WrongCursor;

    fn from_str(text: &str) -> Result<Self, WrongCursor> {
        const LONGEST: usize = 2_000;
        if text.len() > LONGEST || !text.len().is_multiple_of(2) || !text.is_ascii() {
            return Err(WrongCursor);
        }
        let bytes: Option<Vec<u8>> = (0..text.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok())
            .collect();
        let mark = bytes.and_then(|bytes| Mark::read(&mut bytes.as_slice()));
        mark.map(Cursor).ok_or(WrongCursor)
    }
}

impl Mark {
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(64);
        bytes.extend(self.query.to_be_bytes());
        bytes.extend(self.key.first.to_be_bytes());
        bytes.extend(self.key.second.to_be_bytes());
        bytes.extend(self.key.id.to_be_bytes());
        bytes.extend(self.total.count.to_be_bytes());
        bytes.push(u8::from(self.total.exact));
        bytes.push(u8::from(self.matched == Matched::Any));
        for word in &self.words {
            bytes.push(word.meaning.byte());
            bytes.push(word.weights.len() as u8);
            word.weights
                .iter()
                .for_each(|weight| bytes.extend(weight.to_be_bytes()));
        }
        bytes
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        let query = u64::from_be_bytes(take(bytes)?);
        let key = Key {
            first: i64::from_be_bytes(take(bytes)?),
            second: i64::from_be_bytes(take(bytes)?),
            id: u128::from_be_bytes(take(bytes)?),
        };
        let count = u64::from_be_bytes(take(bytes)?);
        let [exact, any] = take(bytes)?;
        let mut words = Vec::new();
        while !bytes.is_empty() {
            let [meaning, weights] = take(bytes)?;
            let weights = (0..weights).map(|_| take(bytes).map(u16::from_be_bytes));
            words.push(Decision {
                meaning: Meaning::of(meaning),
                weights: weights.collect::<Option<_>>()?,
            });
        }
        Some(Self {
            query,
            key,
            total: Total {
                count,
                exact: exact == 1,
            },
            matched: if any == 1 { Matched::Any } else { Matched::All },
            words,
        })
    }
}

impl Meaning {
    const ITSELF: u8 = 254;
    const PARTS: u8 = 255;

    fn byte(self) -> u8 {
        match self {
            Self::Itself => Self::ITSELF,
            Self::Parts => Self::PARTS,
            Self::Beginning(letters) => letters,
        }
    }

    fn of(byte: u8) -> Self {
        match byte {
            Self::ITSELF => Self::Itself,
            Self::PARTS => Self::Parts,
            letters => Self::Beginning(letters),
        }
    }
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, rest) = bytes.split_first_chunk::<N>()?;
    *bytes = rest;
    Some(*taken)
}
