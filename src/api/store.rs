//! Every SQL statement about answers that are kept for repeated requests.
use crate::Result;
use crate::identity::UserId;
use crate::platform::db::Db;
use crate::platform::db::schema::idempotency_keys;
use crate::platform::db::types::Timestamp;
use diesel::prelude::*;

/// What was answered to a key.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = idempotency_keys, treat_none_as_default_value = false)]
pub(super) struct Kept {
    pub user_id: UserId,
    pub key: String,
    pub fingerprint: String,
    pub status: i32,
    pub location: Option<String>,
    pub body: String,
    pub created_at: Timestamp,
}

pub(super) fn find(db: &mut Db, user: UserId, key: &str) -> Result<Option<Kept>> {
    Ok(idempotency_keys::table.find((user, key)).select(Kept::as_select()).first(db).optional()?)
}

pub(super) fn keep(db: &mut Db, kept: &Kept) -> Result<()> {
    diesel::insert_into(idempotency_keys::table).values(kept).execute(db)?;
    Ok(())
}

/// Takes away at most `batch` of what was kept before then, and those of the same instant.
pub(super) fn forget_before(db: &mut Db, before: Timestamp, batch: usize) -> Result<usize> {
    let old = idempotency_keys::table.filter(idempotency_keys::created_at.lt(before));
    let times: Vec<Timestamp> = old
        .select(idempotency_keys::created_at)
        .order(idempotency_keys::created_at)
        .limit(i64::try_from(batch).unwrap_or(i64::MAX))
        .load(db)?;
    let Some(last) = times.last().copied() else { return Ok(0) };
    Ok(diesel::delete(idempotency_keys::table.filter(idempotency_keys::created_at.le(last))).execute(db)?)
}
