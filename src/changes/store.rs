//! Every SQL statement about the feed.
use super::{Became, Change, Kind};
use crate::Result;
use crate::needs::{NeedId, Status};
use crate::notices::StoredId;
use crate::platform::db::schema::{changes, counters, needs, notices, organisations, supplier_profiles};
use crate::platform::db::types::Timestamp;
use crate::platform::db::{CHANGES, Db};
use diesel::prelude::*;

/// The last position that has been committed.
pub(super) fn last(db: &mut Db) -> Result<i64> {
    let last: Option<i64> = counters::table.find(CHANGES).select(counters::value).first(db).optional()?;
    Ok(last.unwrap_or(0))
}

pub(super) fn of_needs(db: &mut Db, after: i64, last: i64, limit: i64) -> Result<Vec<Change>> {
    let rows: Vec<(i64, NeedId, Timestamp, Status)> = changes::table
        .inner_join(needs::table)
        .filter(changes::position.gt(after).and(changes::position.le(last)))
        .order(changes::position)
        .limit(limit)
        .select((changes::position, changes::need_id, changes::at, needs::status))
        .load(db)?;
    let change = |(position, id, at, status): (i64, NeedId, Timestamp, Status)| {
        let became = if status.is_public() { Became::Changed } else { Became::Removed };
        Change { position, kind: Kind::Need, id: id.to_string(), became, at }
    };
    Ok(rows.into_iter().map(change).collect())
}

pub(super) fn of_suppliers(db: &mut Db, after: i64, last: i64, limit: i64) -> Result<Vec<Change>> {
    let rows: Vec<(i64, String, Timestamp)> = supplier_profiles::table
        .inner_join(organisations::table)
        .filter(supplier_profiles::position.gt(after).and(supplier_profiles::position.le(last)))
        .order(supplier_profiles::position)
        .limit(limit)
        .select((supplier_profiles::position, organisations::number, supplier_profiles::updated_at))
        .load(db)?;
    let change = |(position, id, at): (i64, String, Timestamp)| Change {
        position,
        kind: Kind::Supplier,
        id,
        became: Became::Changed,
        at,
    };
    Ok(rows.into_iter().map(change).collect())
}

pub(super) fn of_notices(db: &mut Db, after: i64, last: i64, limit: i64) -> Result<Vec<Change>> {
    let rows: Vec<(i64, StoredId, Timestamp)> = notices::table
        .filter(notices::position.gt(after).and(notices::position.le(last)))
        .order(notices::position)
        .limit(limit)
        .select((notices::position, notices::id, notices::imported_at))
        .load(db)?;
    let change = |(position, id, at): (i64, StoredId, Timestamp)| Change {
        position,
        kind: Kind::Notice,
        id: id.to_string(),
        became: Became::Changed,
        at,
    };
    Ok(rows.into_iter().map(change).collect())
}
