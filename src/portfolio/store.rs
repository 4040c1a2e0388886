//! Every SQL statement of the portfolio.
use super::find::{Filters, Without};
use crate::Result;
use crate::needs::{NeedId, Status};
use crate::platform::db::schema::{needs, organisations, outcomes, questions, responses};
use crate::platform::db::types::Timestamp;
use crate::platform::db::{Db, MultiBackend, among, json_has, literal};
use crate::tenancy::OrganisationId;
use diesel::dsl::{count, count_star, exists, not};
use diesel::prelude::*;
use std::collections::HashMap;

macro_rules! lacking {
    ($query:expr, $without:expr, $filters:expr, $among:expr) => {{
        let filters: &Filters = $filters;
        let statuses: Vec<Status> = filters.search.statuses.clone();
        let mut query = $query.filter(needs::status.eq_any(statuses));
        query = match $without {
            Without::Responses => query.filter(not(exists(responses::table.filter(responses::need_id.eq(needs::id))))),
            Without::Answers => query.filter(exists(
                questions::table.filter(questions::need_id.eq(needs::id)).filter(questions::answered_at.is_null()),
            )),
            Without::Outcome => query
                .filter(needs::response_deadline.lt(Some(filters.as_of)))
                .filter(not(exists(outcomes::table.filter(outcomes::need_id.eq(needs::id))))),
        };
        if let Some(buyer) = &filters.search.buyer {
            query = query.filter(organisations::number.eq(buyer.clone()));
        }
        // Of several areas one is enough; the index has seen to that.
        if let [area] = filters.search.areas.as_slice() {
            query = query.filter(json_has(needs::areas, area));
        }
        if let Some(at) = filters.search.deadline_after {
            query = query.filter(needs::response_deadline.ge(Some(at)));
        }
        if let Some(at) = filters.search.deadline_before {
            query = query.filter(needs::response_deadline.lt(Some(at)));
        }
        if let Some(ids) = $among {
            let ids: &[NeedId] = ids;
            query = query.filter(among(needs::id, ids));
        }
        query
    }};
}

/// Public needs that lack something, the newest first, after `(published_at, id)`. `among`: only these.
pub(super) fn lacking(
    db: &mut Db,
    without: Without,
    filters: &Filters,
    among: Option<&[NeedId]>,
    after: Option<(Timestamp, NeedId)>,
    limit: i64,
) -> Result<Vec<NeedId>> {
    let all = needs::table.inner_join(organisations::table).select(needs::id).into_boxed::<MultiBackend>();
    let mut query = lacking!(all, without, filters, among);
    if let Some((at, id)) = after {
        query =
            query.filter(needs::published_at.le(Some(at)).and(needs::published_at.lt(Some(at)).or(needs::id.lt(id))));
    }
    Ok(query.order((needs::published_at.desc(), needs::id.desc())).limit(limit).load(db)?)
}

pub(super) fn count_lacking(db: &mut Db, without: Without, filters: &Filters, among: Option<&[NeedId]>) -> Result<i64> {
    let all = needs::table.inner_join(organisations::table).select(count_star()).into_boxed::<MultiBackend>();
    Ok(lacking!(all, without, filters, among).first(db)?)
}

/// How many questions about each of these needs have no answer yet.
pub(super) fn unanswered(db: &mut Db, ids: &[NeedId]) -> Result<HashMap<NeedId, i64>> {
    let rows: Vec<(NeedId, i64)> = questions::table
        .filter(among(questions::need_id, ids))
        .filter(questions::answered_at.is_null())
        .group_by(questions::need_id)
        .select((questions::need_id, count_star()))
        .load(db)?;
    Ok(rows.into_iter().collect())
}

/// How many published needs have their deadline from `from` on, and before `before`.
pub(super) fn published_between(db: &mut Db, from: Option<Timestamp>, before: Option<Timestamp>) -> Result<i64> {
    let mut query = needs::table
        .filter(needs::status.eq(literal(Status::Published.as_str())))
        .select(count_star())
        .into_boxed::<MultiBackend>();
    if let Some(from) = from {
        query = query.filter(needs::response_deadline.ge(Some(from)));
    }
    if let Some(before) = before {
        query = query.filter(needs::response_deadline.lt(Some(before)));
    }
    Ok(query.first(db)?)
}

/// How many questions about public needs wait for an answer.
pub(super) fn all_unanswered(db: &mut Db) -> Result<i64> {
    Ok(questions::table
        .inner_join(needs::table)
        .filter(questions::answered_at.is_null())
        .filter(needs::status.eq_any([Status::Published, Status::Concluded]))
        .select(count_star())
        .first(db)?)
}

/// How many organisations have a public need.
pub(super) fn count_buyers(db: &mut Db) -> Result<i64> {
    Ok(needs::table
        .filter(needs::status.eq_any([Status::Published, Status::Concluded]))
        .select(count(needs::tenant_id).aggregate_distinct())
        .first(db)?)
}

/// The organisations with a public need, by name: number and name.
pub(super) fn buyers(db: &mut Db) -> Result<Vec<(String, String)>> {
    let with_needs =
        needs::table.filter(needs::status.eq_any([Status::Published, Status::Concluded])).select(needs::tenant_id);
    let rows: Vec<(OrganisationId, String, String)> = organisations::table
        .filter(organisations::id.eq_any(with_needs))
        .select((organisations::id, organisations::number, organisations::name))
        .order((organisations::name, organisations::number))
        .limit(1_000)
        .load(db)?;
    Ok(rows.into_iter().map(|(_, number, name)| (number, name)).collect())
}
