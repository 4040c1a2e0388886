//! What is sent twice happens once and is answered the same: by a program with its `Idempotency-Key`, or by a form with
//! the key that stands in it.
mod store;

use crate::identity::UserId;
use crate::op::Op;
use crate::platform::db::Db;
use crate::platform::db::types::Timestamp;
use crate::{Error, Result};
use chrono::TimeDelta;

/// For how long at least what is repeated gets its answer again (docs/api-design.md).
const LASTS: TimeDelta = TimeDelta::hours(24);

/// By what a repeated request is known.
#[derive(Debug, Clone)]
pub struct Key {
    pub key: String,
    /// Of what was sent: the same key with something else is no repetition.
    pub fingerprint: String,
}

/// What was answered, to be answered again.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub status: u16,
    pub location: Option<String>,
    pub body: String,
}

/// Runs `f` once for each key of the person who asks. The answer is kept in the same transaction as what it answers for;
/// of two that come at the same time, the second waits for the first.
///
/// # Errors
/// `Conflict` (`idempotency-key-reused`) if the key came with something else before; whatever `f` refuses.
pub fn once(op: &mut Op<'_>, key: Key, f: impl FnOnce(&mut Op<'_>) -> Result<Answer>) -> Result<Answer> {
    let (user, now) = (op.member()?.user, op.now());
    if !store::claim(op.db(), user, &key, now)? {
        return answered(op, user, &key)?.ok_or(Error::Conflict("already-there"));
    }
    let answer = f(op)?;
    store::keep(op.db(), user, &key.key, &answer)?;
    Ok(answer)
}

/// What `user` was answered to this key, if it has come before. For those who are nobody yet when they first ask.
///
/// # Errors
/// `Conflict` (`idempotency-key-reused`) if the key came with something else before.
pub fn answered(op: &mut Op<'_>, user: UserId, key: &Key) -> Result<Option<Answer>> {
    let Some((fingerprint, answer)) = store::find(op.db(), user, &key.key)? else { return Ok(None) };
    if fingerprint == key.fingerprint { Ok(Some(answer)) } else { Err(Error::Conflict("idempotency-key-reused")) }
}

/// Keeps what `user`, who was nobody before, was answered.
pub fn keep(op: &mut Op<'_>, user: UserId, key: &Key, answer: &Answer) -> Result<()> {
    let now = op.now();
    store::claim(op.db(), user, key, now)?;
    store::keep(op.db(), user, &key.key, answer)
}

/// Takes away answers that nobody asks for again.
///
/// # Errors
/// When the database refuses.
pub fn forget_answers(db: &mut Db, now: Timestamp, batch: usize) -> Result<usize> {
    store::forget_before(db, now - LASTS, batch)
}
