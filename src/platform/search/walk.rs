//! Carries out a plan: walks the lists of documents its terms stand in, and keeps the best.
//!
//! By relevance, the short lists of titles come first ([`titled`]). Once a page is full, only what
//! could still rise onto it is looked at: a block of a list is passed over by one comparison of its
//! strengths with what a document would need. By publication or deadline, the blocks of documents
//! are visited from the best on, until no block can hold anything better.
//!
//! All of it is exact: a document is left out only if it cannot be on the page.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use anyhow::Result;
use tantivy::postings::{BlockSegmentPostings, Postings, SegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, InvertedIndexReader, TERMINATED, Term};

use super::index::{BLOCK, Picture, Segment};
use super::query::{Key, Matched, Order, Total};
use super::terms::{BELOW_TITLED, STRONGEST, titled};

/// Documents looked at to count the hits of a query, in all segments together.
const COUNTED: u64 = 10_000;
/// Documents looked at to count in a segment, however small a part of the index it is.
const COUNTED_AT_LEAST: u64 = 1_000;
/// A filter this many times shorter than the words' lists leads the walk.
const SELECTIVE: u64 = 4;

/// What a search has to do, with everything decided that a picture of the index decides.
pub(super) struct Plan {
    pub groups: Vec<Group>,
    /// Whether a document needs all groups or any.
    pub matched: Matched,
    /// Of each list, a document needs one.
    pub filters: Vec<Vec<Term>>,
    /// From (inclusive) and before (exclusive).
    pub deadline: Option<(i64, i64)>,
}

/// A word of the query: a document has it if it has any of its terms.
pub(super) struct Group {
    pub terms: Vec<String>,
    pub weight: i64,
}

/// The first `limit` keys in order, after the key `after`.
pub(super) fn best(
    picture: &Picture,
    plan: &Plan,
    order: Order,
    after: Option<Key>,
    limit: usize,
) -> Result<Vec<Key>> {
    let mut page = Page {
        limit,
        after,
        keys: BTreeSet::new(),
    };
    let segments = opened(picture, plan)?;
    match (order, plan.matched) {
        (Order::Relevance, _) if plan.groups.is_empty() => newest(plan, &segments, &mut page)?,
        (Order::Relevance, Matched::All) => relevant_all(plan, &segments, &mut page)?,
        (Order::Relevance, Matched::Any) => relevant_any(plan, &segments, &mut page)?,
        (Order::Newest, _) => newest(plan, &segments, &mut page)?,
        (Order::Deadline, _) => nearest(plan, &segments, &mut page)?,
    }
    Ok(page.keys.into_iter().rev().collect())
}

/// How many documents match.
pub(super) fn count(picture: &Picture, plan: &Plan) -> Result<Total> {
    let all: u64 = picture
        .segments
        .iter()
        .map(|segment| u64::from(segment.reader.max_doc()))
        .sum();
    let mut total = Total {
        count: 0,
        exact: true,
    };
    for segment in opened(picture, plan)? {
        let budget = COUNTED * u64::from(segment.segment.reader.max_doc()) / all.max(1);
        let part = segment.count(plan, budget.max(COUNTED_AT_LEAST))?;
        total.count += part.count;
        total.exact &= part.exact;
    }
    Ok(total)
}

/// The best keys so far.
struct Page {
    limit: usize,
    after: Option<Key>,
    /// A set, so that what is met twice counts once.
    keys: BTreeSet<Key>,
}

impl Page {
    fn offer(&mut self, key: Key) {
        if self.after.is_some_and(|after| key >= after) {
            return;
        }
        self.keys.insert(key);
        if self.keys.len() > self.limit {
            self.keys.pop_first();
        }
    }

    /// What a key must begin with at least to come onto the page.
    fn floor(&self) -> i64 {
        match self.keys.first() {
            Some(last) if self.keys.len() >= self.limit => last.first,
            _ => i64::MIN,
        }
    }
}

/// A segment with the lists of a plan looked up.
struct Opened<'a> {
    segment: &'a Segment,
    groups: Vec<Lists>,
    /// The same groups in titles.
    titled: Vec<Lists>,
    filters: Vec<Lists>,
}

/// The segments in which anything can match.
fn opened<'a>(picture: &'a Picture, plan: &Plan) -> Result<Vec<Opened<'a>>> {
    let mut opened = Vec::with_capacity(picture.segments.len());
    for segment in &picture.segments {
        let open = Opened::new(picture, segment, plan)?;
        if open.can_match(plan) {
            opened.push(open);
        }
    }
    Ok(opened)
}

impl<'a> Opened<'a> {
    fn new(picture: &Picture, segment: &'a Segment, plan: &Plan) -> Result<Self> {
        let fields = picture.fields;
        let groups = |name: fn(&str) -> String| -> Result<Vec<Lists>> {
            let lists = |group: &Group| {
                let terms = group
                    .terms
                    .iter()
                    .map(|term| Term::from_field_text(fields.text, &name(term)));
                Lists::find(segment, fields.text, terms)
            };
            plan.groups.iter().map(lists).collect()
        };
        let titles = |mut lists: Vec<Lists>| {
            lists.iter_mut().for_each(|lists| lists.base = BELOW_TITLED);
            lists
        };
        let filter = |any: &Vec<Term>| Lists::find(segment, fields.facet, any.iter().cloned());
        Ok(Self {
            segment,
            groups: groups(str::to_owned)?,
            titled: titles(groups(titled)?),
            filters: plan.filters.iter().map(filter).collect::<Result<_>>()?,
        })
    }

    fn can_match(&self, plan: &Plan) -> bool {
        let words = match plan.matched {
            Matched::All => self.groups.iter().all(Lists::any),
            Matched::Any => self.groups.iter().any(Lists::any),
        };
        words && self.filters.iter().all(Lists::any)
    }

    /// Everything a document must be in. Empty if nothing restricts it.
    fn conditions(&self, plan: &Plan) -> Result<Together> {
        let mut sets = Vec::with_capacity(self.groups.len() + self.filters.len());
        match plan.matched {
            Matched::All => {
                for group in &self.groups {
                    sets.push(group.any_of()?);
                }
            }
            Matched::Any => {
                let cursors = self
                    .groups
                    .iter()
                    .map(Lists::cursors)
                    .collect::<Result<Vec<_>>>()?;
                sets.push(AnyOf::new(cursors.into_iter().flatten().collect()));
            }
        }
        for filter in &self.filters {
            sets.push(filter.any_of()?);
        }
        Ok(Together::new(sets, self.segment.reader.max_doc()))
    }

    fn gate(&self, plan: &Plan) -> Result<Gate<'a>> {
        Ok(Gate {
            segment: self.segment,
            filters: self
                .filters
                .iter()
                .map(Lists::any_of)
                .collect::<Result<_>>()?,
            deadline: plan.deadline,
        })
    }

    fn count(&self, plan: &Plan, budget: u64) -> Result<Total> {
        if let Some(count) = self.known_count(plan) {
            return Ok(Total { count, exact: true });
        }
        let mut documents = self.conditions(plan)?;
        let mut gate = Gate {
            segment: self.segment,
            filters: Vec::new(),
            deadline: plan.deadline,
        };
        let due = self.due_blocks(plan);
        let due_documents: u64 = due.iter().map(|block| self.documents_of(*block).len() as u64).sum();
        let (mut count, mut looked_at, mut passed) = (0, 0, 0);
        for block in due {
            let Range { start, end } = self.documents_of(block);
            let mut doc = documents.seek(start);
            while doc < end {
                if looked_at >= budget {
                    let seen = f64::from(passed + doc - start) / due_documents as f64;
                    let estimate = (f64::from(count) / seen).round() as u64;
                    return Ok(Total { count: estimate, exact: false });
                }
                looked_at += 1;
                count += u32::from(gate.open_for(doc));
                doc = documents.seek(doc + 1);
            }
            passed += end - start;
        }
        Ok(Total { count: u64::from(count), exact: true })
    }

    fn documents_of(&self, block: usize) -> Range<DocId> {
        let start = block as DocId * BLOCK;
        start..(start + BLOCK).min(self.segment.reader.max_doc())
    }

    /// The blocks that may hold a document with the right deadline.
    fn due_blocks(&self, plan: &Plan) -> Vec<usize> {
        let blocks = 0..self.segment.blocks.len();
        blocks
            .filter(|block| may_be_due(self.segment, *block, plan.deadline))
            .collect()
    }

    /// The count where it can be read off.
    fn known_count(&self, plan: &Plan) -> Option<u64> {
        if plan.deadline.is_some() {
            return None;
        }
        if self.groups.is_empty() && self.filters.is_empty() {
            return Some(u64::from(self.segment.reader.num_docs()));
        }
        let lists: Vec<&Lists> = self.groups.iter().chain(&self.filters).collect();
        match lists.as_slice() {
            [only] if only.infos.len() == 1 && !self.segment.reader.has_deletes() => {
                Some(only.documents)
            }
            _ => None,
        }
    }
}

/// The lists of some terms of one field in one segment.
struct Lists {
    index: Arc<InvertedIndexReader>,
    infos: Vec<TermInfo>,
    /// Their lengths together.
    documents: u64,
    /// Added to the strengths in them.
    base: u32,
}

impl Lists {
    fn find(segment: &Segment, field: Field, terms: impl Iterator<Item = Term>) -> Result<Self> {
        let index = segment.reader.inverted_index(field)?;
        let mut infos = Vec::new();
        for term in terms {
            infos.extend(index.get_term_info(&term)?);
        }
        let documents = infos.iter().map(|info| u64::from(info.doc_freq)).sum();
        Ok(Self {
            index,
            infos,
            documents,
            base: 0,
        })
    }

    fn any(&self) -> bool {
        !self.infos.is_empty()
    }

    fn cursors(&self) -> Result<Vec<SegmentPostings>> {
        let open = |info| {
            Ok(self
                .index
                .read_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?)
        };
        self.infos.iter().map(open).collect()
    }

    fn any_of(&self) -> Result<AnyOf> {
        Ok(AnyOf::new(self.cursors()?))
    }

    fn blocks(&self, info: &TermInfo) -> Result<BlockSegmentPostings> {
        Ok(self
            .index
            .read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?)
    }
}

/// The documents in any of some lists; only ever moves forward.
struct AnyOf {
    cursors: Vec<SegmentPostings>,
    length: u64,
}

impl AnyOf {
    fn new(cursors: Vec<SegmentPostings>) -> Self {
        let length = cursors
            .iter()
            .map(|cursor| u64::from(cursor.doc_freq()))
            .sum();
        Self { cursors, length }
    }

    /// The first document from `target` on.
    fn seek(&mut self, target: DocId) -> DocId {
        let mut first = TERMINATED;
        for cursor in &mut self.cursors {
            first = first.min(sought(cursor, target));
        }
        first
    }

    /// The greatest strength of `doc`; 0 if it is in none of the lists.
    fn strength(&mut self, doc: DocId) -> u32 {
        let mut strength = 0;
        for cursor in &mut self.cursors {
            if sought(cursor, doc) == doc {
                strength = strength.max(cursor.term_freq());
            }
        }
        strength
    }
}

fn sought(cursor: &mut SegmentPostings, target: DocId) -> DocId {
    match cursor.doc() {
        doc if doc >= target => doc,
        _ => cursor.seek(target),
    }
}

/// The documents that are in all of some sets, the shortest set leading.
struct Together {
    sets: Vec<AnyOf>,
    documents: DocId,
}

impl Together {
    fn new(mut sets: Vec<AnyOf>, documents: DocId) -> Self {
        sets.sort_by_key(|set| set.length);
        Self { sets, documents }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let Some((leader, others)) = self.sets.split_first_mut() else {
            return if target < self.documents {
                target
            } else {
                TERMINATED
            };
        };
        let mut doc = leader.seek(target);
        'leader: while doc != TERMINATED {
            for other in &mut *others {
                let found = other.seek(doc);
                if found != doc {
                    doc = if found == TERMINATED {
                        TERMINATED
                    } else {
                        leader.seek(found)
                    };
                    continue 'leader;
                }
            }
            return doc;
        }
        TERMINATED
    }
}

/// Lets documents through that are not removed and pass the filters; asked in ascending order.
struct Gate<'a> {
    segment: &'a Segment,
    filters: Vec<AnyOf>,
    deadline: Option<(i64, i64)>,
}

impl Gate<'_> {
    fn open_for(&mut self, doc: DocId) -> bool {
        !self.segment.reader.is_deleted(doc)
            && self.deadline.is_none_or(|(from, before)| {
                (from..before).contains(&self.segment.deadline.get_val(doc))
            })
            && self
                .filters
                .iter_mut()
                .all(|filter| filter.seek(doc) == doc)
    }
}

// ── by relevance ────────────────────────────────────────────────────────────────────────────────

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
    let mut passes = vec![Pass {
        titles: vec![true; groups],
        most: in_titles,
    }];
    if groups > 1 {
        for leader in 0..groups {
            // What has a word before this one in the title has been met, and what has all of them.
            let most = |at| match at {
                at if at < leader || (groups == 2 && at != leader) => elsewhere[at],
                at => most(at, STRONGEST),
            };
            let mut titles = vec![false; groups];
            titles[leader] = true;
            passes.push(Pass {
                titles,
                most: (0..groups).map(most).collect(),
            });
        }
    }
    passes.push(Pass {
        titles: vec![false; groups],
        most: elsewhere,
    });
    passes
}

fn relevant_all(plan: &Plan, segments: &[Opened], page: &mut Page) -> Result<()> {
    if is_filter_selective(segments) {
        for segment in segments {
            segment.relevant_led_by_filter(plan, page)?;
        }
        return Ok(());
    }
    for pass in passes(plan) {
        if pass.most.iter().sum::<i64>() < page.floor() {
            continue;
        }
        for segment in segments {
            segment.relevant_all(plan, &pass, page)?;
        }
    }
    Ok(())
}

/// Whether the shortest filter is much shorter than the words' shortest list.
fn is_filter_selective(segments: &[Opened]) -> bool {
    let filters = shortest(segments.iter().map(|segment| segment.filters.as_slice()));
    let words = shortest(segments.iter().map(|segment| segment.groups.as_slice()));
    filters
        .zip(words)
        .is_some_and(|(filters, words)| filters * SELECTIVE < words)
}

/// The length of the shortest list over all segments.
fn shortest<'a>(segments: impl Iterator<Item = &'a [Lists]>) -> Option<u64> {
    let mut lengths: Vec<u64> = Vec::new();
    for lists in segments {
        lengths.resize(lists.len(), 0);
        for (length, list) in lengths.iter_mut().zip(lists) {
            *length += list.documents;
        }
    }
    lengths.into_iter().min()
}

impl Opened<'_> {
    fn relevant_led_by_filter(&self, plan: &Plan, page: &mut Page) -> Result<()> {
        let mut documents = self.conditions(plan)?;
        let mut gate = Gate {
            segment: self.segment,
            filters: Vec::new(),
            deadline: plan.deadline,
        };
        let voices = self.groups.iter().zip(&plan.groups);
        let mut words = voices
            .map(|(lists, group)| {
                Word::open(&Voice {
                    lists,
                    weight: group.weight,
                    most: 0,
                })
            })
            .collect::<Result<Vec<_>>>()?;
        let mut doc = documents.seek(0);
        while doc != TERMINATED {
            if gate.open_for(doc) {
                let score = words.iter_mut().map(|word| word.score(doc)).sum();
                self.offer(doc, score, page);
            }
            doc = documents.seek(doc + 1);
        }
        Ok(())
    }

    fn relevant_all(&self, plan: &Plan, pass: &Pass, page: &mut Page) -> Result<()> {
        let lists = |at: usize| {
            if pass.titles[at] {
                &self.titled[at]
            } else {
                &self.groups[at]
            }
        };
        let groups = 0..plan.groups.len();
        let Some(leader) = groups.clone().min_by_key(|at| lists(*at).documents) else {
            return Ok(());
        };
        let mut others: Vec<usize> = groups.filter(|at| *at != leader).collect();
        others.sort_by_key(|at| lists(*at).documents);
        let voice = |at: &usize| Voice {
            lists: lists(*at),
            weight: plan.groups[*at].weight,
            most: pass.most[*at],
        };
        let others: Vec<Voice> = others.iter().map(voice).collect();
        self.follow(plan, &voice(&leader), &others, Need::All, page)
    }

    /// Offers every document of the leader's lists that can come onto the page.
    fn follow(
        &self,
        plan: &Plan,
        leader: &Voice,
        others: &[Voice],
        need: Need,
        page: &mut Page,
    ) -> Result<()> {
        let others_most: i64 = others.iter().map(|other| other.most).sum();
        for info in &leader.lists.infos {
            let mut list = leader.lists.blocks(info)?;
            let mut gate = self.gate(plan)?;
            let mut own = match leader.lists.infos.len() {
                1 => None,
                _ => Some(Word::open(leader)?),
            };
            let mut others = others.iter().map(Word::open).collect::<Result<Vec<_>>>()?;
            let mut needed = Needed::new(leader, others_most);
            while !list.docs().is_empty() {
                let least = needed.strength(page.floor());
                if list.freqs().iter().any(|strength| *strength >= least) {
                    for (&doc, &strength) in list.docs().iter().zip(list.freqs()) {
                        if strength < needed.strength(page.floor()) {
                            continue;
                        }
                        let own = match &mut own {
                            None => leader.score(strength),
                            Some(word) => word.score(doc),
                        };
                        let short = page.floor().saturating_sub(own);
                        if let Some(score) = score(&mut others, doc, need, others_most, short)
                            && score >= short
                            && gate.open_for(doc)
                        {
                            self.offer(doc, own + score, page);
                        }
                    }
                }
                list.advance();
            }
        }
        Ok(())
    }

    fn offer(&self, doc: DocId, score: i64, page: &mut Page) {
        let (second, id) = (self.segment.order.get_val(doc), self.segment.id(doc));
        page.offer(Key {
            first: score,
            second,
            id,
        });
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
        let scores = (1..=STRONGEST - leader.lists.base)
            .map(|strength| leader.score(strength) + others_most);
        Self {
            scores: scores.collect(),
            floor: i64::MIN,
            strength: 1,
        }
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
        let Voice {
            lists,
            weight,
            most,
        } = *voice;
        Ok(Self {
            documents: lists.any_of()?,
            base: lists.base,
            weight,
            most,
        })
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
    Some(sum)
}

/// Rare words first: when the common ones are reached, only what is strong in them can still win,
/// because what also has a rare word has been met.
fn relevant_any(plan: &Plan, segments: &[Opened], page: &mut Page) -> Result<()> {
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

// ── by publication and by deadline ──────────────────────────────────────────────────────────────

fn newest(plan: &Plan, segments: &[Opened], page: &mut Page) -> Result<()> {
    sorted(
        plan,
        segments,
        page,
        |segment, block| segment.blocks[block].newest,
        |segment, doc| (segment.order.get_val(doc), 0),
    )
}

fn nearest(plan: &Plan, segments: &[Opened], page: &mut Page) -> Result<()> {
    // Not `-deadline`: the least number has no opposite.
    sorted(
        plan,
        segments,
        page,
        |segment, block| !segment.blocks[block].first_deadline,
        |segment, doc| (!segment.deadline.get_val(doc), segment.order.get_val(doc)),
    )
}

/// Visits the blocks in the order of the best they could hold.
fn sorted(
    plan: &Plan,
    segments: &[Opened],
    page: &mut Page,
    best: impl Fn(&Segment, usize) -> i64,
    key: impl Fn(&Segment, DocId) -> (i64, i64),
) -> Result<()> {
    let mut blocks = Vec::new();
    for opened in segments {
        for block in opened.due_blocks(plan) {
            blocks.push((best(opened.segment, block), opened, block as DocId * BLOCK));
        }
    }
    blocks.sort_by_key(|(best, _, start)| std::cmp::Reverse((*best, *start)));
    for (best, opened, start) in blocks {
        if best < page.floor() {
            break;
        }
        let mut documents = opened.conditions(plan)?;
        let mut gate = Gate {
            segment: opened.segment,
            filters: Vec::new(),
            deadline: plan.deadline,
        };
        let mut doc = documents.seek(start);
        while doc < start.saturating_add(BLOCK) {
            let (first, second) = key(opened.segment, doc);
            if first >= page.floor() && gate.open_for(doc) {
                page.offer(Key {
                    first,
                    second,
                    id: opened.segment.id(doc),
                });
            }
            doc = documents.seek(doc + 1);
        }
    }
    Ok(())
}

fn may_be_due(segment: &Segment, block: usize, deadline: Option<(i64, i64)>) -> bool {
    let bounds = segment.blocks[block];
    deadline
        .is_none_or(|(from, before)| bounds.last_deadline >= from && bounds.first_deadline < before)
}
