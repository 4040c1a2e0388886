//! Finding public needs, and keeping the search index in step with them.
use super::newest::Newest;
use super::{Description, Listed, Need, NeedId, Status, store};
use crate::op::Op;
use crate::platform::db::Db;
use crate::platform::db::types::Timestamp;
use crate::platform::search::{Change, Cursor, Document, Index, Matched, Order, Query};
use crate::{Error, Result, text_enum};
use anyhow::Context;
use serde::{Deserialize, Serialize};
use std::path::Path;
use uuid::Uuid;

text_enum! {
    /// The best match first (only with words to match), the newest first, or the nearest deadline that is to come first.
    #[derive(utoipa::ToSchema)]
    pub enum Sort { Relevance = "relevance", Newest = "newest", Deadline = "deadline" }
}

/// What public needs are found with. A clone is the same one.
#[derive(Clone)]
pub struct Finder {
    index: Index,
    newest: Newest,
}

impl Finder {
    /// With the index in this folder; it is made if it is not there.
    ///
    /// # Errors
    /// When the index cannot be opened.
    pub fn open(path: &Path) -> Result<Self> {
        let index =
            Index::open(path).with_context(|| format!("the search index in {} cannot be opened", path.display()))?;
        Ok(Self { index, newest: Newest::default() })
    }

    /// One that knows nothing.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn empty() -> Result<Self> {
        Ok(Self { index: Index::in_memory()?, newest: Newest::default() })
    }

    /// How many needs it knows.
    pub fn documents(&self) -> u64 {
        self.index.documents()
    }

    /// Of the last public change that it knows.
    pub fn position(&self) -> i64 {
        self.index.position()
    }
}

/// What someone looks for among the public needs.
#[derive(Debug, Clone, Default)]
pub struct Search {
    pub words: String,
    /// Published unless said otherwise. Only public states find anything.
    pub statuses: Vec<Status>,
    /// Beginnings of CPV codes.
    pub cpv: Vec<String>,
    /// Numbers of counties or municipalities.
    pub regions: Vec<String>,
    pub areas: Vec<String>,
    /// Organisation number.
    pub buyer: Option<String>,
    pub deadline_before: Option<Timestamp>,
    pub deadline_after: Option<Timestamp>,
    pub sort: Option<Sort>,
    pub after: Option<Place>,
    pub limit: usize,
    /// The position of the last public change, if it has been asked for together with others.
    pub as_of: Option<i64>,
}

/// Where a list goes on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    Newest(Timestamp, NeedId),
    Ranked(Cursor),
}

#[derive(Default)]
pub struct Found {
    pub needs: Vec<Listed>,
    pub total: u64,
    pub next: Option<Place>,
    /// No need has all the words; these have some.
    pub some_words_only: bool,
}

/// The needs that fit. Two statements at most, whatever is looked for: the index finds, the database shows.
///
/// # Errors
/// `Malformed` (`bad-cursor`) if the place belongs to another kind of list.
pub fn find(op: &mut Op<'_>, finder: &Finder, search: &Search) -> Result<Found> {
    if search.is_everything() {
        return everything(op, finder, search);
    }
    let after = match &search.after {
        None => None,
        Some(Place::Ranked(cursor)) => Some(cursor.clone()),
        Some(Place::Newest(..)) => return Err(bad_cursor()),
    };
    let hits = finder.index.search(&search.query(after, op.now())).map_err(refused)?;
    let ids: Vec<NeedId> = hits.ids.iter().map(|id| Uuid::from_bytes(*id).into()).collect();
    let actor = op.actor().clone();
    let needs = store::listed_in_order(op.db(), &actor, &ids)?;
    Ok(Found {
        needs,
        total: hits.total.count,
        next: hits.next.map(Place::Ranked),
        some_words_only: hits.matched == Matched::Any,
    })
}

/// Only which needs fit, at most 1,000 of them.
///
/// # Errors
/// When the index refuses.
pub fn find_ids(op: &Op<'_>, finder: &Finder, search: &Search) -> Result<Vec<NeedId>> {
    let hits = finder.index.search(&search.query(None, op.now())).map_err(refused)?;
    Ok(hits.ids.iter().map(|id| Uuid::from_bytes(*id).into()).collect())
}

/// The plain list, which most visitors ask for: one statement that walks an index.
fn everything(op: &mut Op<'_>, finder: &Finder, search: &Search) -> Result<Found> {
    let after = match &search.after {
        None => None,
        Some(Place::Newest(at, id)) => Some((*at, *id)),
        Some(Place::Ranked(_)) => return Err(bad_cursor()),
    };
    let limit = search.limit.saturating_add(1);
    let mut needs = match after {
        None => finder.newest.first(op.db(), search.as_of, limit)?,
        Some(after) => store::newest(op.db(), Some(after), limit)?,
    };
    let more = needs.len() > search.limit;
    needs.truncate(search.limit);
    let next = needs.last().filter(|_| more).and_then(|n| Some(Place::Newest(n.published_at?, n.id)));
    let total = finder.index.documents_with(&facet("status", Status::Published.as_str()))?;
    Ok(Found { needs, total, next, some_words_only: false })
}

/// A cursor of another search is the client's mistake; everything else is ours.
fn refused(e: anyhow::Error) -> Error {
    if e.is::<crate::platform::search::WrongCursor>() { bad_cursor() } else { e.into() }
}

pub fn bad_cursor() -> Error {
    Error::Malformed { code: "bad-cursor", detail: "the cursor does not belong to this list".to_owned() }
}

fn facet(kind: &str, value: &str) -> String {
    format!("{kind}:{value}")
}

impl Search {
    /// Whether the newest needs may answer it, which are remembered.
    pub fn begins_with_the_newest(&self) -> bool {
        self.after.is_none() && self.is_everything()
    }

    fn is_everything(&self) -> bool {
        self.words.trim().is_empty()
            && (self.statuses.is_empty() || self.statuses == [Status::Published])
            && self.cpv.is_empty()
            && self.regions.is_empty()
            && self.areas.is_empty()
            && self.buyer.is_none()
            && self.deadline_before.is_none()
            && self.deadline_after.is_none()
            && self.sort.is_none_or(|sort| sort != Sort::Deadline)
    }

    fn query(&self, after: Option<Cursor>, now: Timestamp) -> Query {
        let any = |kind: &str, values: &[String]| values.iter().map(|v| facet(kind, v)).collect::<Vec<_>>();
        let statuses = match self.statuses.as_slice() {
            [] => vec![facet("status", Status::Published.as_str())],
            statuses => statuses.iter().map(|s| facet("status", s.as_str())).collect(),
        };
        let buyer: Vec<String> = self.buyer.iter().map(|b| facet("buyer", b)).collect();
        let all = [statuses, any("cpv", &self.cpv), any("region", &self.regions), any("area", &self.areas), buyer];
        let words = self.words.trim();
        let order = match self.sort {
            Some(Sort::Deadline) => Order::Deadline,
            Some(Sort::Newest) => Order::Newest,
            Some(Sort::Relevance) | None if words.is_empty() => Order::Newest,
            Some(Sort::Relevance) | None => Order::Relevance,
        };
        Query {
            text: words.to_owned(),
            all: all.into_iter().filter(|any| !any.is_empty()).collect(),
            deadline_from: self.deadline_after.map(Timestamp::micros),
            deadline_before: self.deadline_before.map(Timestamp::micros),
            order,
            now: now.micros(),
            after,
            limit: self.limit,
        }
    }
}

/// How many changes the index takes in at once: enough to be quick, few enough to stay small.
const BATCH: i64 = 2_000;

/// Brings the index up to the last change. Gives its position.
///
/// # Errors
/// When the database or the index refuses; what was taken in before stays.
pub fn follow_changes(db: &mut Db, finder: &Finder) -> Result<i64> {
    let index = &finder.index;
    loop {
        let position = index.position();
        let changes = store::changes_after(db, position, BATCH)?;
        let Some((last, _)) = changes.last().copied() else { return Ok(position) };
        let mut ids: Vec<NeedId> = changes.into_iter().map(|(_, id)| id).collect();
        ids.sort();
        ids.dedup();
        let needs = store::with_buyer(db, &ids)?;
        let changes = needs.into_iter().map(|(need, number, name)| change(need, &number, &name)).collect();
        index.apply(changes, last)?;
    }
}

fn change(need: Need, buyer_number: &str, buyer_name: &str) -> Change {
    let id = need.id.uuid().into_bytes();
    if need.status.is_public() { Change::Put(document(id, need, buyer_number, buyer_name)) } else { Change::Remove(id) }
}

/// All that a description tells, as it is searched.
pub(super) fn told(d: Description) -> String {
    let effects = d.desired_effects.into_iter().map(|e| format!("{} {} {}", e.metric, e.baseline, e.target));
    let all = [d.problem, d.affected, d.current_situation, d.constraints, d.tried, d.undecided];
    let all: Vec<String> = all.into_iter().chain(effects).filter(|text| !text.is_empty()).collect();
    all.join("\n")
}

fn document(id: [u8; 16], need: Need, buyer_number: &str, buyer_name: &str) -> Document {
    let mut facets = vec![facet("status", need.status.as_str()), facet("buyer", buyer_number)];
    for code in &need.cpv.0 {
        // Every beginning, so that a search for a division finds what lies below it.
        facets.extend((2..=code.len()).filter_map(|n| code.get(..n)).map(|start| facet("cpv", start)));
    }
    for region in &need.region.0 {
        facets.push(facet("region", region));
        // A municipality lies in its county.
        if let Some(county) = region.get(..2).filter(|_| region.len() == 4) {
            facets.push(facet("region", county));
        }
    }
    facets.extend(need.areas.0.iter().map(|area| facet("area", area.as_str())));
    facets.sort();
    facets.dedup();
    let body = [told(need.description.0), buyer_name.to_owned(), need.reference];
    Document {
        id,
        title: need.title,
        summary: need.summary,
        body: body.join("\n"),
        order: need.published_at.map_or(0, Timestamp::micros),
        facets,
        deadline: need.response_deadline.map(Timestamp::micros),
    }
}
