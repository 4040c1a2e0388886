//! Every SQL statement about what is sent twice.
use super::{Answer, Key};
use crate::Result;
use crate::identity::UserId;
use crate::platform::db::schema::idempotency_keys::{self, dsl};
use crate::platform::db::schema::sent_forms;
use crate::platform::db::types::Timestamp;
use crate::platform::db::{Db, DialectExt};
use diesel::prelude::*;

/// A key that is new is this request's from now on, and the transaction's to answer. Waits for whoever holds it.
pub(super) fn claim(db: &mut Db, user: UserId, key: &Key, now: Timestamp) -> Result<bool> {
    let row = (
        dsl::user_id.eq(user),
        dsl::key.eq(&key.key),
        dsl::fingerprint.eq(&key.fingerprint),
        dsl::status.eq(0),
        dsl::body.eq(""),
        dsl::created_at.eq(now),
    );
    let new =
        diesel::insert_into(idempotency_keys::table).values(row).on_conflict_do_nothing().dialect().execute(db)?;
    Ok(new == 1)
}

pub(super) fn keep(db: &mut Db, user: UserId, key: &str, answer: &Answer) -> Result<()> {
    diesel::update(idempotency_keys::table.find((user, key)))
        .set((dsl::status.eq(i32::from(answer.status)), dsl::location.eq(&answer.location), dsl::body.eq(&answer.body)))
        .execute(db)?;
    Ok(())
}

/// The fingerprint of what came with the key, and what was answered.
pub(super) fn find(db: &mut Db, user: UserId, key: &str) -> Result<Option<(String, Answer)>> {
    let kept: Option<(String, i32, Option<String>, String)> = idempotency_keys::table
        .find((user, key))
        .select((dsl::fingerprint, dsl::status, dsl::location, dsl::body))
        .first(db)
        .optional()?;
    Ok(kept.map(|(fingerprint, status, location, body)| {
        (fingerprint, Answer { status: u16::try_from(status).unwrap_or_default(), location, body })
    }))
}

/// Takes away at most `batch` of what was kept before then, and those of the same instant.
pub(super) fn forget_before(db: &mut Db, before: Timestamp, batch: usize) -> Result<usize> {
    let old = idempotency_keys::table.filter(dsl::created_at.lt(before));
    let times: Vec<Timestamp> =
        old.select(dsl::created_at).order(dsl::created_at).limit(i64::try_from(batch).unwrap_or(i64::MAX)).load(db)?;
    let Some(last) = times.last().copied() else { return Ok(0) };
    Ok(diesel::delete(idempotency_keys::table.filter(dsl::created_at.le(last))).execute(db)?)
}

pub(super) fn forget_of(db: &mut Db, user: UserId) -> Result<()> {
    diesel::delete(idempotency_keys::table.filter(dsl::user_id.eq(user))).execute(db)?;
    Ok(())
}

// ---- of whoever may be nobody yet --------------------------------------------------------------------------------

/// A key that is new is this request's from now on. Waits for whoever holds it.
pub(super) fn claim_form(db: &mut Db, key: &str, now: Timestamp) -> Result<bool> {
    let row = (sent_forms::key.eq(key), sent_forms::created_at.eq(now));
    let new = diesel::insert_into(sent_forms::table).values(row).on_conflict_do_nothing().dialect().execute(db)?;
    Ok(new == 1)
}

pub(super) fn is_claimed(db: &mut Db, key: &str) -> Result<bool> {
    Ok(diesel::select(diesel::dsl::exists(sent_forms::table.find(key))).get_result(db)?)
}

/// Takes away at most `batch` of what came before then.
pub(super) fn forget_forms_before(db: &mut Db, before: Timestamp, batch: usize) -> Result<usize> {
    let old = sent_forms::table.filter(sent_forms::created_at.lt(before)).select(sent_forms::key);
    let keys: Vec<String> = old.limit(i64::try_from(batch).unwrap_or(i64::MAX)).load(db)?;
    Ok(diesel::delete(sent_forms::table.filter(sent_forms::key.eq_any(keys))).execute(db)?)
}
