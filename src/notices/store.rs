//! Every SQL statement about notices.
use super::{Stored, StoredId};
use crate::platform::db::schema::notices;
use crate::platform::db::types::Id;
use crate::platform::db::{Db, among};
use crate::{Error, Result};
use diesel::dsl::sql;
use diesel::expression::SqlLiteral;
use diesel::prelude::*;
use diesel::sql_types::Nullable;
use std::collections::BTreeSet;

/// How many rows of notices one statement inserts on PostgreSQL: its columns are bound one by one, and there may be
/// 65,535 of them.
const ROWS: usize = 500;

/// What decides whether a notice that is read again is the same.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = notices)]
pub(super) struct Known {
    pub id: StoredId,
    pub sdk: i32,
    pub publication_id: Option<String>,
    pub digest: Id<[u8; 16]>,
    pub facts_digest: i64,
}

/// A version of a notice.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = notices)]
pub(super) struct Version {
    pub id: StoredId,
    pub notice_id: Option<String>,
    pub version: Option<String>,
    pub is_change: bool,
    pub is_newest: bool,
}

/// # Errors
/// `NotFound`
pub fn find(db: &mut Db, id: StoredId) -> Result<Stored> {
    let found = notices::table.find(id).select(Stored::as_select()).first(db).optional()?;
    found.ok_or(Error::NotFound("the notice"))
}

pub(super) fn known(db: &mut Db, ids: &[StoredId]) -> Result<Vec<Known>> {
    Ok(notices::table.filter(among(notices::id, ids)).select(Known::as_select()).load(db)?)
}

/// All versions of these notices, and of the few whose identifiers begin as one of theirs.
pub(super) fn versions(db: &mut Db, notice_ids: &[&str]) -> Result<Vec<Version>> {
    Ok(notices::table.filter(beginning().eq_any(beginnings(notice_ids))).select(Version::as_select()).load(db)?)
}

/// Characters of an identifier that the index of notices has.
const BEGINNING: usize = 8;

/// What the index of notices has of an identifier, written as it is there.
fn beginning() -> SqlLiteral<Nullable<diesel::sql_types::Text>> {
    sql("substr(notice_id, 1, 8)")
}

fn beginnings(notice_ids: &[&str]) -> Vec<String> {
    let beginnings: BTreeSet<String> = notice_ids.iter().map(|id| id.chars().take(BEGINNING).collect()).collect();
    beginnings.into_iter().collect()
}

pub(super) fn remove(db: &mut Db, ids: &[StoredId]) -> Result<()> {
    diesel::delete(notices::table.filter(among(notices::id, ids))).execute(db)?;
    Ok(())
}

pub(super) fn set_newest(db: &mut Db, id: StoredId, is_newest: bool, position: i64) -> Result<()> {
    diesel::update(notices::table.find(id))
        .set((notices::is_newest.eq(is_newest), notices::position.eq(position)))
        .execute(db)?;
    Ok(())
}

pub(super) fn insert(db: &mut Db, rows: &[Stored]) -> Result<()> {
    match db {
        // One trip for many.
        Db::Postgres(c) => {
            for rows in rows.chunks(ROWS) {
                diesel::insert_into(notices::table).values(rows).execute(c)?;
            }
        }
        // There is no trip; and one row at a time is one statement that is kept ready.
        Db::Sqlite(c) => {
            for row in rows {
                diesel::insert_into(notices::table).values(row).execute(c)?;
            }
        }
    }
    Ok(())
}

/// The notices that changed after a position, in the order of their positions: `limit` of them at most.
///
/// # Errors
/// When the database refuses.
pub fn changed_after(db: &mut Db, position: i64, limit: i64) -> Result<Vec<Stored>> {
    Ok(notices::table
        .filter(notices::position.gt(position))
        .order(notices::position)
        .limit(limit)
        .select(Stored::as_select())
        .load(db)?)
}

/// Of these notices those that change others, every version of each.
///
/// # Errors
/// When the database refuses.
pub fn changes_among(db: &mut Db, notice_ids: &[&str]) -> Result<Vec<Stored>> {
    Ok(notices::table
        .filter(beginning().eq_any(beginnings(notice_ids)))
        .filter(notices::notice_id.eq_any(notice_ids).and(notices::is_change))
        .select(Stored::as_select())
        .load(db)?)
}
