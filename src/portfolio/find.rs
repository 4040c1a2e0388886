//! Finding needs across all tenants, with what the market makes of them.
use super::{policy, store};
use crate::fields::{Fields, Parameter, bad_parameter};
use crate::needs::{self, Counts, Finder, Listed, NeedId, Place, Search, Sort, Status};
use crate::op::Op;
use crate::platform::db::types::Timestamp;
use crate::platform::wording;
use crate::tenancy::Permit;
use crate::{Result, input, text_enum};
use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

pub const FILTERS: [Parameter; 7] = [
    ("q", "Norwegian full-text search."),
    ("buyer", "The organisation number of the buyer."),
    ("region", "The number of a county or municipality."),
    ("area", "`smidig`, `samskapende`, `smart`, `gront_skifte` or `helse_i_alt`."),
    ("status", "`open`, `closed` (the deadline has passed), `published` (both) or `concluded`."),
    ("without", "`responses`, `answers` (a question waits) or `outcome` (the deadline has passed)."),
    ("deadline_before", "A day or an instant: needs whose deadline is before it."),
];

/// The best matches that a filter on `without` looks among when there are words or regions too.
const AMONG: usize = 1_000;
/// A deadline is near for this long.
const SOON: TimeDelta = TimeDelta::days(7);

text_enum! {
    /// What a need lacks.
    #[derive(utoipa::ToSchema)]
    pub enum Without { Responses = "responses", Answers = "answers", Outcome = "outcome" }
}

text_enum! {
    /// A published need is open until its deadline, and then closed until the outcome is told.
    #[derive(utoipa::ToSchema)]
    pub enum Stage { Open = "open", Closed = "closed", Published = "published", Concluded = "concluded" }
}

/// What an adviser looks for.
pub struct Filters {
    pub search: Search,
    pub stage: Option<Stage>,
    pub without: Option<Without>,
    /// When the first page was asked for: what was open then stays on the list while its pages are turned.
    pub as_of: Timestamp,
    after: Option<Goes>,
}

/// Where the list goes on.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Cursor {
    as_of: Timestamp,
    goes: Goes,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
enum Goes {
    Found { found: Place },
    Lacking { lacking: (Timestamp, NeedId) },
}

impl Filters {
    /// # Errors
    /// `Malformed` for a value that cannot be understood.
    pub fn parse(query: &Fields, after: Option<Cursor>, limit: usize, now: Timestamp) -> Result<Self> {
        let stage: Option<Stage> =
            query.filter("status").map(|s| s.parse().map_err(|_| bad_parameter("status"))).transpose()?;
        let without: Option<Without> =
            query.filter("without").map(|s| s.parse().map_err(|_| bad_parameter("without"))).transpose()?;
        let as_of = after.as_ref().map_or(now, |cursor| cursor.as_of);
        let after = after.map(|cursor| cursor.goes);
        let place = match &after {
            Some(Goes::Found { found }) if without.is_none() => Some(found.clone()),
            Some(Goes::Lacking { .. }) if without.is_some() => None,
            None => None,
            Some(_) => return Err(needs::bad_cursor()),
        };
        let (mut search, _) = needs::search_of(&query.without("status"), place, limit)?;
        search.statuses = match stage {
            None => vec![Status::Published, Status::Concluded],
            Some(Stage::Open | Stage::Closed | Stage::Published) => vec![Status::Published],
            Some(Stage::Concluded) => vec![Status::Concluded],
        };
        match stage {
            Some(Stage::Open) => search.deadline_after = Some(as_of),
            Some(Stage::Closed) => {
                search.deadline_before = Some(search.deadline_before.map_or(as_of, |before| before.min(as_of)));
            }
            Some(Stage::Published | Stage::Concluded) | None => {}
        }
        Ok(Self { search, stage, without, as_of, after })
    }
}

/// A need with what the market makes of it.
pub struct Row {
    pub need: Listed,
    pub counts: Counts,
    pub unanswered: i64,
}

pub struct Found {
    pub rows: Vec<Row>,
    pub total: i64,
    pub next: Option<Cursor>,
}

/// How many needs there are in each stage.
#[derive(Debug, Clone, Copy, Default)]
pub struct Totals {
    pub open: i64,
    pub closed: i64,
    pub concluded: i64,
    pub withdrawn: i64,
}

/// A page of needs. The number of statements does not depend on how many.
///
/// # Errors
/// `Malformed` (`bad-cursor`) if the place belongs to another list.
pub fn find(op: &mut Op<'_>, permit: &Permit<policy::Read, ()>, finder: &Finder, filters: &Filters) -> Result<Found> {
    let (needs, total, next) = match filters.without {
        None => found(op, finder, filters)?,
        Some(without) => lacking(op, permit, finder, filters, without)?,
    };
    let ids: Vec<NeedId> = needs.iter().map(|n| n.id).collect();
    let counts = needs::counts(op.db(), &ids)?;
    let unanswered = store::unanswered(op.db(), &ids)?;
    let rows = needs
        .into_iter()
        .map(|need| Row {
            counts: counts.get(&need.id).copied().unwrap_or_default(),
            unanswered: unanswered.get(&need.id).copied().unwrap_or_default(),
            need,
        })
        .collect();
    Ok(Found { rows, total, next: next.map(|goes| Cursor { as_of: filters.as_of, goes }) })
}

fn found(op: &mut Op<'_>, finder: &Finder, filters: &Filters) -> Result<(Vec<Listed>, i64, Option<Goes>)> {
    let found = needs::search(op, finder, &filters.search)?;
    let total = i64::try_from(found.total).unwrap_or(i64::MAX);
    Ok((found.needs, total, found.next.map(|found| Goes::Found { found })))
}

/// What lacks something is known to the database alone, words and places to the index alone: where both are asked for,
/// the index says among which needs to look.
fn lacking(
    op: &mut Op<'_>,
    _: &Permit<policy::Read, ()>,
    finder: &Finder,
    filters: &Filters,
    without: Without,
) -> Result<(Vec<Listed>, i64, Option<Goes>)> {
    let search = &filters.search;
    let among = if search.words.trim().is_empty() && search.regions.is_empty() && search.areas.len() < 2 {
        None
    } else {
        Some(needs::search_ids(
            op,
            finder,
            &Search { limit: AMONG, sort: None::<Sort>, after: None, ..search.clone() },
        )?)
    };
    let after = match &filters.after {
        Some(Goes::Lacking { lacking }) => Some(*lacking),
        Some(Goes::Found { .. }) | None => None,
    };
    let rows = i64::try_from(search.limit).unwrap_or(100);
    let mut ids = store::lacking(op.db(), without, filters, among.as_deref(), after, rows + 1)?;
    let more = ids.len() > search.limit;
    ids.truncate(search.limit);
    let total = store::count_lacking(op.db(), without, filters, among.as_deref())?;
    let actor = op.actor().clone();
    let needs = needs::listed_in_order(op.db(), &actor, &ids)?;
    let next = needs.last().filter(|_| more).and_then(|n| Some(Goes::Lacking { lacking: (n.published_at?, n.id) }));
    Ok((needs, total, next))
}

pub fn totals(op: &mut Op<'_>, _: &Permit<policy::Read, ()>) -> Result<Totals> {
    let now = op.now();
    let closed = store::published_between(op.db(), None, Some(now))?;
    let mut totals = Totals { closed, ..Totals::default() };
    for (status, n) in needs::totals(op.db())? {
        match status {
            Status::Published => totals.open = n - closed,
            Status::Concluded => totals.concluded = n,
            Status::Withdrawn => totals.withdrawn = n,
            Status::Draft => {}
        }
    }
    Ok(totals)
}

/// The organisations that have published: number and name.
pub fn buyers(op: &mut Op<'_>, _: &Permit<policy::Read, ()>) -> Result<Vec<(String, String)>> {
    store::buyers(op.db())
}

/// What an adviser sees first.
#[derive(Debug, Clone, Copy)]
pub struct Figures {
    pub buyers: i64,
    pub open: i64,
    pub closing_soon: i64,
    /// The first day that is not soon any more.
    pub soon_until: NaiveDate,
    pub without_responses: i64,
    pub without_outcome: i64,
    pub unanswered: i64,
}

/// Each figure counts what the list behind it shows.
pub fn figures(op: &mut Op<'_>, _: Permit<policy::Read, ()>) -> Result<Figures> {
    let now = op.now();
    let soon_until = wording::day_of(now + SOON) + TimeDelta::days(1);
    let until = input::instant(&soon_until.to_string());
    let open = Filters::parse(&Fields::parse(b"status=open"), None, 1, now)?;
    let all = Filters::parse(&Fields::default(), None, 1, now)?;
    Ok(Figures {
        buyers: store::count_buyers(op.db())?,
        open: store::published_between(op.db(), Some(now), None)?,
        closing_soon: store::published_between(op.db(), Some(now), until)?,
        soon_until,
        without_responses: store::count_lacking(op.db(), Without::Responses, &open, None)?,
        without_outcome: store::count_lacking(op.db(), Without::Outcome, &all, None)?,
        unanswered: store::all_unanswered(op.db())?,
    })
}
