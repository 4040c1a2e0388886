//! The place between two pages, and what makes it a steady place.
//!
//! Hits have a fixed order: a [`Key`] of what they are sorted by, then publication, then
//! id, no two alike; a page continues strictly after the last key of the page before. The keys of
//! documents that stay as they are must therefore not move while somebody walks the pages, although
//! other documents come and go. Publication, deadline and id do not; for the relevance the first page
//! decides what each word weighs and stands for, and for deadlines which have passed, and the [`Cursor`]
//! carries that decision along. So
//! whoever walks to the end sees every document that was there at the start exactly once.
//!
//! A document whose text changes under way may change its place, and be met twice or not at all. The
//! cursor cannot help it: to tell on which side of the key it stood before, and so whether it was seen,
//! one would need its old terms, which the index no longer has, or the ids of all that was seen. A list
//! by publication is not touched by it, since a correction leaves that as it is; docs/api-design.md
//! says so to those who walk.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::query::{Matched, Total};

/// The place between two pages. Opaque: a string of letters and digits, fit for an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Cursor(pub(super) Mark);

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

/// Where a page ended, and what the first page decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// Of the query, to notice a cursor that belongs to another.
    pub query: u64,
    pub key: Key,
    /// Which deadlines had passed.
    pub now: i64,
    pub total: Total,
    pub matched: Matched,
    pub words: Vec<Decision>,
}

/// What the first page decided about one word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decision {
    pub meaning: Meaning,
    /// What it weighs, or each of its parts.
    pub weights: Vec<u16>,
}

/// What a word stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Itself,
    /// Also the words that begin with it and have at most so many letters more.
    ///
    /// A rule and not a list of words, and still the same documents on every page: a word that comes
    /// into the index later stands only in documents that come later.
    Beginning(u8),
    Parts,
}

impl fmt::Display for WrongCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this place in the list belongs to another search")
    }
}

impl std::error::Error for WrongCursor {}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.bytes().iter().try_for_each(|byte| write!(f, "{byte:02x}"))
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
        let bytes: Option<Vec<u8>> =
            (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect();
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
        bytes.extend(self.now.to_be_bytes());
        bytes.extend(self.total.count.to_be_bytes());
        bytes.push(u8::from(self.total.exact));
        bytes.push(u8::from(self.matched == Matched::Any));
        for word in &self.words {
            bytes.push(word.meaning.byte());
            bytes.push(word.weights.len() as u8);
            word.weights.iter().for_each(|weight| bytes.extend(weight.to_be_bytes()));
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
        let now = i64::from_be_bytes(take(bytes)?);
        let count = u64::from_be_bytes(take(bytes)?);
        let [exact, any] = take(bytes)?;
        let mut words = Vec::new();
        while !bytes.is_empty() {
            let [meaning, weights] = take(bytes)?;
            let weights = (0..weights).map(|_| take(bytes).map(u16::from_be_bytes));
            words.push(Decision { meaning: Meaning::of(meaning), weights: weights.collect::<Option<_>>()? });
        }
        Some(Self {
            query,
            key,
            now,
            total: Total { count, exact: exact == 1 },
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::random::Random;
    use super::super::{Change, Cursor, Document, Index, Order, Query, WrongCursor};

    const WORDS: &[&str] = &[
        "parkering",
        "parkeringsplass",
        "sykkelparkering",
        "sykkel",
        "skole",
        "skular",
        "kommune",
        "lading",
        "ladestasjon",
        "velferd",
        "velferdsteknologi",
        "bil",
        "elbil",
        "teknologi",
        "park",
        "parker",
        "omsorg",
    ];

    fn document(random: &mut Random, number: u64) -> Document {
        let mut text = |words: u64| {
            let words = (0..random.below(words)).map(|_| WORDS[random.below(WORDS.len() as u64) as usize]);
            words.collect::<Vec<_>>().join(" ")
        };
        Document {
            id: u128::from(number).to_be_bytes(),
            title: text(4),
            summary: text(6),
            body: text(60),
            // Many at the same time, and new ones among the old.
            order: random.below(20) as i64,
            facets: vec![format!("region:{}", random.below(3))],
            deadline: (random.below(2) == 0).then(|| random.below(10) as i64),
        }
    }

    fn queries() -> Vec<Query> {
        let texts = [
            "",
            "parkering",
            "sykkel skole",
            "velferd omsorg bil",
            "parkering nirgends",
            "nirgends sykkel lading",
            "parke",
            "ladest velf",
            "sykkelbil",
            "og i på",
        ];
        let mut queries = Vec::new();
        for text in texts {
            for order in [Order::Relevance, Order::Newest, Order::Deadline] {
                // Every second one.
                let filtered = queries.len() % 2 == 1;
                let all = if filtered { vec![vec!["region:1".to_owned()]] } else { Vec::new() };
                let deadline_from = (filtered && order == Order::Deadline).then_some(3);
                // In the middle of the deadlines there are.
                queries.push(Query {
                    text: text.to_owned(),
                    all,
                    order,
                    now: 5,
                    deadline_from,
                    limit: 20,
                    ..Query::default()
                });
            }
        }
        queries
    }

    #[test]
    fn walking_the_pages_while_documents_come_shows_each_old_one_exactly_once() {
        let mut random = Random(11);
        for query in queries() {
            let index = Index::in_memory().unwrap();
            let mut count = 0;
            let mut add = |index: &Index, documents: u64| {
                let changes = (0..documents).map(|_| {
                    count += 1;
                    Change::Put(document(&mut random, count))
                });
                let changes = changes.collect();
                index.apply(changes, 1).unwrap();
            };
            add(&index, 50);
            add(&index, 40);
            let everything = Query { limit: 1_000, ..query.clone() };
            let before: Vec<_> = index.search(&everything).unwrap().ids;

            let mut walked = Vec::new();
            let mut next = query.clone();
            loop {
                let hits = index.search(&next).unwrap();
                walked.extend(hits.ids);
                add(&index, 15);
                let Some(cursor) = hits.next else { break };
                // As it travels through an address.
                next.after = Some(cursor.to_string().parse().unwrap());
            }
            let known: BTreeSet<_> = before.iter().collect();
            let old: Vec<_> = walked.iter().filter(|id| known.contains(id)).copied().collect();
            assert_eq!(old, before, "{query:?}");
            let once: BTreeSet<_> = walked.iter().collect();
            assert_eq!(once.len(), walked.len(), "{query:?}");
        }
    }

    #[test]
    fn pages_together_are_the_whole_list() {
        let mut random = Random(5);
        let index = Index::in_memory().unwrap();
        for _ in 0..5 {
            let put = |number| Change::Put(document(&mut random, number));
            index.apply((1..=80).map(put).collect(), 1).unwrap();
            let put = |number| Change::Put(document(&mut random, number));
            index.apply((81..=300).map(put).collect(), 1).unwrap();
        }
        for query in queries() {
            let whole = index.search(&Query { limit: 1_000, ..query.clone() }).unwrap();
            assert_eq!((whole.total.count, whole.total.exact), (whole.ids.len() as u64, true), "{query:?}");
            let mut pages = Vec::new();
            let mut next = query.clone();
            loop {
                let hits = index.search(&next).unwrap();
                assert_eq!((hits.total, hits.matched), (whole.total, whole.matched));
                pages.extend(hits.ids);
                let Some(cursor) = hits.next else { break };
                next.after = Some(cursor);
            }
            assert_eq!(pages, whole.ids, "{query:?}");
        }
    }

    #[test]
    fn a_cursor_is_good_for_its_own_query_only_and_damage_is_noticed() {
        let mut random = Random(3);
        let index = Index::in_memory().unwrap();
        let put = |number| Change::Put(document(&mut random, number));
        index.apply((1..=100).map(put).collect(), 1).unwrap();
        let query = Query { text: "parkering".into(), limit: 5, ..Query::default() };
        let cursor = index.search(&query).unwrap().next.unwrap();

        let json = serde_json::to_string(&cursor).unwrap();
        assert_eq!(serde_json::from_str::<Cursor>(&json).unwrap(), cursor);
        let other = Query { text: "skole".into(), after: Some(cursor.clone()), ..query.clone() };
        let error = index.search(&other).unwrap_err();
        assert_eq!(error.downcast_ref(), Some(&WrongCursor));

        let text = cursor.to_string();
        for end in 0..text.len() {
            // Nothing but an error or a page.
            if let Ok(cursor) = text[..end].parse::<Cursor>() {
                index.search(&Query { after: Some(cursor), ..query.clone() }).ok();
            }
        }
        for at in 0..text.len() {
            let mut bent = text.clone().into_bytes();
            bent[at] = b'f';
            if let Ok(cursor) = String::from_utf8(bent).unwrap().parse::<Cursor>() {
                index.search(&Query { after: Some(cursor), ..query.clone() }).ok();
            }
        }
        assert!("xyz".parse::<Cursor>().is_err() && "é".parse::<Cursor>().is_err() && "".parse::<Cursor>().is_err());
    }
}
