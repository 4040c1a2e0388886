//! The best hits by relevance, without reading what cannot be among them.
//!
//! A document scores, for each word, the weight of the word times a [`worth`] that rises with the
//! word's strength in it. Whole numbers throughout: sums do not depend on their order, so a document
//! scores the same in every walk and on every node.
//!
//! The short lists of titles come first. Once a page is full, only what could still rise onto it is
//! looked at: a block of a list is passed over by one comparison of its strengths with what a document
//! would need.

use anyhow::Result;
use tantivy::DocId;

use super::cursor::Key;
use super::lists::{AnyOf, Lists, Together};
use super::terms::{BELOW_TITLED, STRONGEST};
use super::walk::{Opened, Page, Plan};

/// A filter this many times shorter than the words' lists leads the walk.
const SELECTIVE: u64 = 2;

/// Documents that have all words.
pub(super) fn all(plan: &Plan, segments: &[Opened], page: &mut Page) -> Result<()> {
    for pass in passes(plan) {
        if pass.most.iter().sum::<i64>() < page.floor() {
            continue;
        }
        for segment in segments {
            segment.walk(plan, &pass, page)?;
        }
    }
    Ok(())
}

/// Documents that have any of the words. Rare words first: when the common ones are reached, only what is strong in them can still win,
/// because what also has a rare word has been met.
pub(super) fn any(plan: &Plan, segments: &[Opened], page: &mut Page) -> Result<()> {
    let mut order: Vec<usize> = (0..plan.groups.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(plan.groups[*at].weight));
    for (place, leader) in order.iter().enumerate() {
        let most = |at: &usize| plan.groups[*at].weight * worth(STRONGEST);
        let later = &order[place + 1..];
        if most(leader) + later.iter().map(most).sum::<i64>() < page.floor() {
            break;
        }
        for segment in segments {
            let voice = |at: &usize| Voice {
                lists: &segment.groups[*at],
                weight: plan.groups[*at].weight,
                // What has one of the words before has been met.
                most: if later.contains(at) { most(at) } else { 0 },
            };
            let others: Vec<Voice> = order.iter().filter(|at| *at != leader).map(voice).collect();
            segment.follow(plan, &voice(leader), &others, Need::Any, page)?;
        }
    }
    Ok(())
}

/// What strength is worth: it rises ever more slowly.
fn worth(strength: u32) -> i64 {
    const HALF: i64 = 6;
    let strength = i64::from(strength);
    strength * 1024 / (strength + HALF)
}

/// One of the walks that together meet every document that can come onto the page.
struct Pass {
    /// Of each group, whether only titles are read.
    titles: Vec<bool>,
    /// What a document not yet met can have from each group at most.
    most: Vec<i64>,
}

/// First what has all words in the title, then what has one of them there, then the rest.
fn passes(plan: &Plan) -> Vec<Pass> {
    let groups = plan.groups.len();
    let most = |at: usize, strength: u32| plan.groups[at].weight * worth(strength);
    let in_titles = (0..groups).map(|at| most(at, STRONGEST)).collect();
    let elsewhere: Vec<i64> = (0..groups).map(|at| most(at, BELOW_TITLED)).collect();
    let mut passes = vec![Pass { titles: vec![true; groups], most: in_titles }];
    if groups > 1 {
        for leader in 0..groups {
            // What has a word before this one in the title has been met, and what has all of them.
            let most = |at| match at {
                at if at < leader || (groups == 2 && at != leader) => elsewhere[at],
                at => most(at, STRONGEST),
            };
            let mut titles = vec![false; groups];
            titles[leader] = true;
            passes.push(Pass { titles, most: (0..groups).map(most).collect() });
        }
    }
    passes.push(Pass { titles: vec![false; groups], most: elsewhere });
    passes
}

impl Opened<'_> {
    fn walk(&self, plan: &Plan, pass: &Pass, page: &mut Page) -> Result<()> {
        let voice = |at: usize| Voice {
            lists: if pass.titles[at] { &self.titled[at] } else { &self.groups[at] },
            weight: plan.groups[at].weight,
            most: pass.most[at],
        };
        let mut voices: Vec<Voice> = (0..plan.groups.len()).map(voice).collect();
        voices.sort_by_key(|voice| voice.lists.documents);
        let Some((leader, others)) = voices.split_first() else {
            return Ok(());
        };
        let filter = self.filters.iter().map(|filter| filter.documents).min();
        match filter {
            _ if !leader.lists.any() => Ok(()),
            Some(filter) if filter * SELECTIVE < leader.lists.documents => self.follow_filters(plan, &voices, page),
            _ => self.follow(plan, leader, others, Need::All, page),
        }
    }

    /// Offers every document that has all words and passes the filters.
    fn follow_filters(&self, plan: &Plan, voices: &[Voice], page: &mut Page) -> Result<()> {
        let lists = self.filters.iter().chain(voices.iter().map(|voice| voice.lists));
        let sets = lists.map(Lists::open).collect::<Result<_>>()?;
        let mut documents = Together::new(sets, self.segment.reader.max_doc());
        let mut gate = self.gate_without_filters(plan);
        let mut words = voices.iter().map(Word::open).collect::<Result<Vec<_>>>()?;
        let mut doc = documents.seek(0);
        while doc < self.segment.reader.max_doc() {
            let score = words.iter_mut().map(|word| word.score(doc)).sum();
            if score >= page.floor() && gate.open_for(doc) {
                self.offer(doc, score, page);
            }
            doc = documents.seek(doc + 1);
        }
        Ok(())
    }

    /// Offers every document of the leader's list that can come onto the page.
    fn follow(&self, plan: &Plan, leader: &Voice, others: &[Voice], need: Need, page: &mut Page) -> Result<()> {
        let most: i64 = others.iter().map(|other| other.most).sum();
        let mut needed = Needed::new(leader, most);
        let mut others = others.iter().map(Word::open).collect::<Result<Vec<_>>>()?;
        let mut gate = self.gate(plan)?;
        leader.lists.each_block(&mut |documents, strengths| {
            let least = needed.strength(page.floor());
            if !strengths.iter().any(|strength| *strength >= least) {
                return Ok(());
            }
            for (&doc, &strength) in documents.iter().zip(strengths) {
                if strength < needed.strength(page.floor()) {
                    continue;
                }
                let own = leader.score(strength);
                let short = page.floor().saturating_sub(own);
                if let Some(score) = score(&mut others, doc, need, most, short)
                    && gate.open_for(doc)
                {
                    self.offer(doc, own + score, page);
                }
            }
            Ok(())
        })
    }

    fn offer(&self, doc: DocId, score: i64, page: &mut Page) {
        let (second, id) = (self.segment.order.get_val(doc), self.segment.id(doc));
        page.offer(Key { first: score, second, id });
    }
}

/// Whether a document must have all words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Need {
    All,
    Any,
}

/// A group as it takes part in a walk.
struct Voice<'a> {
    lists: &'a Lists,
    weight: i64,
    /// What a document not yet met can score for it at most.
    most: i64,
}

impl Voice<'_> {
    fn score(&self, strength: u32) -> i64 {
        self.weight * worth(strength + self.lists.base)
    }
}

/// The strength a leader's document needs, worked out again only when the floor rises.
struct Needed {
    /// The scores of the strengths, from 1.
    scores: Vec<i64>,
    floor: i64,
    strength: u32,
}

impl Needed {
    fn new(leader: &Voice, others_most: i64) -> Self {
        let scores = (1..=STRONGEST - leader.lists.base).map(|strength| leader.score(strength) + others_most);
        Self { scores: scores.collect(), floor: i64::MIN, strength: 1 }
    }

    fn strength(&mut self, floor: i64) -> u32 {
        if floor > self.floor {
            self.floor = floor;
            self.strength = 1 + self.scores.partition_point(|score| *score < floor) as u32;
        }
        self.strength
    }
}

/// The documents of a group with what they score for it; asked in ascending order.
struct Word {
    documents: AnyOf,
    base: u32,
    weight: i64,
    most: i64,
}

impl Word {
    fn open(voice: &Voice) -> Result<Self> {
        let Voice { lists, weight, most } = *voice;
        Ok(Self { documents: lists.open()?, base: lists.base, weight, most })
    }

    /// 0 if the document does not have the word.
    fn score(&mut self, doc: DocId) -> i64 {
        match self.documents.strength(doc) {
            0 => 0,
            strength => self.weight * worth(strength + self.base),
        }
    }
}

/// What a document scores for some words; None if it lacks one it needs, or can no longer reach
/// `least`.
fn score(words: &mut [Word], doc: DocId, need: Need, mut most: i64, least: i64) -> Option<i64> {
    let mut sum = 0;
    for word in words {
        if need == Need::All && sum + most < least {
            return None;
        }
        match word.score(doc) {
            0 if need == Need::All => return None,
            score => sum += score,
        }
        most -= word.most;
    }
    (sum >= least).then_some(sum)
}

#[cfg(test)]
mod tests {
    use super::super::random::Random;
    use super::super::{Change, Document, Index, Query};

    /// The best page must be the beginning of the full list, which is found without passing anything
    /// over, in an index large enough for many blocks.
    #[test]
    fn the_best_are_the_best_whatever_is_passed_over() {
        let words = ["parkering", "skole", "lading", "omsorg", "bolig", "vei", "park", "strøm", "snø", "lys"];
        let mut random = Random(17);
        let index = Index::in_memory().unwrap();
        for batch in 0..4_u64 {
            let changes = (0..1_500).map(|number| {
                let mut text = |longest: u64| {
                    let word = |random: &mut Random| {
                        let common = random.below(10) * random.below(10) / 10;
                        words[common as usize]
                    };
                    (0..random.below(longest)).map(|_| word(&mut random)).collect::<Vec<_>>().join(" ")
                };
                Change::Put(Document {
                    id: u128::from(batch * 1_400 + number).to_be_bytes(),
                    title: text(3),
                    summary: text(5),
                    body: text(30),
                    order: number as i64 / 3,
                    facets: vec![format!("cpv:{}", number % 7), format!("buyer:{}", number % 300)],
                    ..Document::default()
                })
            });
            index.apply(changes.collect(), 1).unwrap();
        }
        for text in ["parkering", "lys", "parkering skole", "skole lys snø", "lys snø finnesikke", "par", "par vei"] {
            for facet in [None, Some("cpv:3"), Some("buyer:77")] {
                let all = facet.into_iter().map(|facet| vec![facet.to_owned()]).collect();
                let query = Query { text: text.to_owned(), all, limit: 0, ..Query::default() };
                let full = index.search(&Query { limit: 1_000, ..query.clone() }).unwrap().ids;
                for limit in [1, 10, 100] {
                    let best = index.search(&Query { limit, ..query.clone() }).unwrap().ids;
                    assert_eq!(best, full[..limit.min(full.len())], "{text} {facet:?} {limit}");
                }
            }
        }
    }
}
