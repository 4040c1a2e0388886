//! Carries out a plan: walks the lists of documents its terms stand in, and keeps the best.
//!
//! By publication or deadline, blocks of documents are visited from the best on, until none can hold
//! anything better; by relevance, see [`relevance`].
//!
//! All of it is exact: a document is left out only if it cannot be on the page.

use std::collections::BTreeSet;
use std::ops::Range;

use anyhow::Result;
use tantivy::{DocId, Term};

use super::cursor::Key;
use super::lists::{AnyOf, Lists, Together};
use super::picture::{BLOCK, Picture, Segment};
use super::query::{Matched, Order, Total};
use super::relevance;

/// Documents looked at to count the hits of a query, in all segments together.
const COUNTED: u64 = 10_000;
/// Documents looked at to count in a segment, however small a part of the index it is.
const COUNTED_AT_LEAST: u64 = 1_000;

/// What a search has to do, with everything decided that a picture of the index decides.
pub(super) struct Plan {
    pub groups: Vec<Group>,
    /// Whether a document needs all groups or any.
    pub matched: Matched,
    /// Of each list, a document needs one.
    pub filters: Vec<Vec<Term>>,
    /// From (inclusive) and before (exclusive).
    pub deadline: Option<(i64, i64)>,
    /// Deadlines before this have passed.
    pub now: i64,
}

/// A word of the query: a document has it if it has any of its terms.
pub(super) struct Group {
    pub terms: Vec<String>,
    pub weight: i64,
    /// It must have all of them.
    pub together: bool,
}

impl Group {
    pub(super) fn any(terms: Vec<String>, weight: i64) -> Self {
        Self { terms, weight, together: false }
    }
}

/// The first `limit` keys in order, after the key `after`.
pub(super) fn best(
    segments: &[Opened],
    plan: &Plan,
    order: Order,
    after: Option<Key>,
    limit: usize,
) -> Result<Vec<Key>> {
    let mut page = Page { limit, after, keys: BTreeSet::new() };
    match (order, plan.matched) {
        (Order::Relevance, _) if plan.groups.is_empty() => newest(plan, segments, &mut page)?,
        (Order::Relevance, Matched::All) => relevance::all(plan, segments, &mut page)?,
        (Order::Relevance, Matched::Any) => relevance::any(plan, segments, &mut page)?,
        (Order::Newest, _) => newest(plan, segments, &mut page)?,
        (Order::Deadline, _) => nearest(plan, segments, &mut page)?,
    }
    Ok(page.keys.into_iter().rev().collect())
}

/// How many documents match: counted, or estimated from [`COUNTED`] of those that may.
pub(super) fn count(segments: &[Opened], plan: &Plan) -> Result<Total> {
    let all: u64 = segments.iter().map(|segment| segment.due(plan)).sum();
    let mut total = Total { count: 0, exact: true };
    for segment in segments {
        let budget = COUNTED * segment.due(plan) / all.max(1);
        let part = segment.count(plan, budget.max(COUNTED_AT_LEAST))?;
        total.count += part.count;
        total.exact &= part.exact;
    }
    Ok(total)
}

/// The best keys so far.
pub(super) struct Page {
    limit: usize,
    after: Option<Key>,
    /// A set, so that what is met twice counts once.
    keys: BTreeSet<Key>,
}

impl Page {
    pub(super) fn offer(&mut self, key: Key) {
        if self.after.is_some_and(|after| key >= after) {
            return;
        }
        self.keys.insert(key);
        if self.keys.len() > self.limit {
            self.keys.pop_first();
        }
    }

    /// What a key must begin with at least to come onto the page.
    pub(super) fn floor(&self) -> i64 {
        match self.keys.first() {
            Some(last) if self.keys.len() >= self.limit => last.first,
            _ => i64::MIN,
        }
    }
}

/// A segment with the lists of a plan looked up.
pub(super) struct Opened<'a> {
    pub segment: &'a Segment,
    /// Of each word of the query, the documents that have it.
    pub groups: Vec<Lists>,
    /// Those that have it in the title.
    pub titled: Vec<Lists>,
    pub filters: Vec<Lists>,
}

/// The segments in which anything can match.
pub(super) fn opened<'a>(picture: &'a Picture, plan: &Plan) -> Result<Vec<Opened<'a>>> {
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
        let words = plan.groups.iter().map(|group| match group.together {
            true => Lists::of_compound(segment, fields.text, &group.terms),
            false => Lists::of_word(segment, fields.text, &group.terms),
        });
        let (groups, titled) = words.collect::<Result<Vec<_>>>()?.into_iter().unzip();
        let filter = |any: &Vec<Term>| Lists::find(segment, fields.facet, any.iter().cloned());
        let filters = plan.filters.iter().map(filter).collect::<Result<_>>()?;
        Ok(Self { segment, groups, titled, filters })
    }

    fn can_match(&self, plan: &Plan) -> bool {
        let words = match plan.matched {
            Matched::All => self.groups.iter().all(Lists::any),
            Matched::Any => self.groups.iter().any(Lists::any),
        };
        words && self.filters.iter().all(Lists::any)
    }

    /// The documents that have the words and pass the filters.
    fn conditions(&self, plan: &Plan) -> Result<Together> {
        let mut sets = self.groups.iter().map(Lists::open).collect::<Result<Vec<_>>>()?;
        if plan.matched == Matched::Any {
            sets = vec![AnyOf::joined(sets)];
        }
        for filter in &self.filters {
            sets.push(filter.open()?);
        }
        Ok(Together::new(sets, self.segment.reader.max_doc()))
    }

    /// Asks for everything but the words.
    pub(super) fn gate(&self, plan: &Plan) -> Result<Gate<'a>> {
        let filters = self.filters.iter().map(Lists::open).collect::<Result<_>>()?;
        Ok(Gate { filters, ..self.gate_without_filters(plan) })
    }

    /// The same where the filters are among the conditions already.
    pub(super) fn gate_without_filters(&self, plan: &Plan) -> Gate<'a> {
        Gate { segment: self.segment, filters: Vec::new(), deadline: plan.deadline }
    }

    fn count(&self, plan: &Plan, budget: u64) -> Result<Total> {
        if let Some(count) = self.known_count(plan) {
            return Ok(Total { count, exact: true });
        }
        let mut documents = self.conditions(plan)?;
        let mut gate = self.gate_without_filters(plan);
        let due = self.due_blocks(plan);
        let all = self.due(plan) as f64;
        let (mut count, mut looked_at, mut passed) = (0, 0, 0);
        for block in due {
            let Range { start, end } = self.documents_of(block);
            let mut doc = documents.seek(start);
            while doc < end {
                if looked_at >= budget {
                    let seen = f64::from(passed + doc - start) / all;
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

    /// Documents in those blocks.
    fn due(&self, plan: &Plan) -> u64 {
        let blocks = self.due_blocks(plan).into_iter();
        blocks.map(|block| self.documents_of(block).len() as u64).sum()
    }

    fn documents_of(&self, block: usize) -> Range<DocId> {
        let start = block as DocId * BLOCK;
        start..(start + BLOCK).min(self.segment.reader.max_doc())
    }

    /// The blocks that may hold a document with the right deadline.
    fn due_blocks(&self, plan: &Plan) -> Vec<usize> {
        let blocks = 0..self.segment.blocks.len();
        blocks.filter(|block| may_be_due(self.segment, *block, plan.deadline)).collect()
    }

    /// The count where it can be read off.
    fn known_count(&self, plan: &Plan) -> Option<u64> {
        if plan.deadline.is_some() {
            return None;
        }
        if self.groups.is_empty() && self.filters.is_empty() {
            return Some(u64::from(self.segment.reader.num_docs()));
        }
        if self.segment.reader.has_deletes() {
            return None;
        }
        match (self.groups.as_slice(), self.filters.as_slice()) {
            ([only], []) | ([], [only]) => only.known_documents(),
            _ => None,
        }
    }
}

/// Lets documents through that are not removed and pass the filters; asked in ascending order.
pub(super) struct Gate<'a> {
    segment: &'a Segment,
    filters: Vec<AnyOf>,
    deadline: Option<(i64, i64)>,
}

impl Gate<'_> {
    pub(super) fn open_for(&mut self, doc: DocId) -> bool {
        !self.segment.reader.is_deleted(doc)
            && self.deadline.is_none_or(|(from, before)| (from..before).contains(&self.segment.deadline.get_val(doc)))
            && self.filters.iter_mut().all(|filter| filter.seek(doc) == doc)
    }
}

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
    let from = plan.deadline.map_or(i64::MIN, |(from, _)| from);
    sorted(
        plan,
        segments,
        page,
        |segment, block| {
            let bounds = segment.blocks[block];
            // The nearest that is to come, which may be none of this block's, or what has passed last.
            let best = if bounds.last_deadline < plan.now {
                bounds.last_deadline
            } else {
                bounds.first_deadline.max(plan.now)
            };
            nearness(best.max(from), plan.now)
        },
        |segment, doc| (nearness(segment.deadline.get_val(doc), plan.now), segment.order.get_val(doc)),
    )
}

/// Greater the nearer a deadline is, from `now` on; less than nothing if it has passed.
fn nearness(deadline: i64, now: i64) -> i64 {
    let away = deadline.saturating_sub(now);
    // The complement and not the opposite: what is to come now comes before what has passed just now.
    if away < 0 { away } else { i64::MAX - away }
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
        let mut gate = opened.gate_without_filters(plan);
        let mut doc = documents.seek(start);
        while doc < start.saturating_add(BLOCK) {
            let (first, second) = key(opened.segment, doc);
            if first >= page.floor() && gate.open_for(doc) {
                page.offer(Key { first, second, id: opened.segment.id(doc) });
            }
            doc = documents.seek(doc + 1);
        }
    }
    Ok(())
}

fn may_be_due(segment: &Segment, block: usize, deadline: Option<(i64, i64)>) -> bool {
    let bounds = segment.blocks[block];
    deadline.is_none_or(|(from, before)| bounds.last_deadline >= from && bounds.first_deadline < before)
}
