//! What is sent twice happens once and is answered the same: by a program with its `Idempotency-Key`, or by a form with
//! the key that stands in it.
mod store;

use crate::identity::{Secret, UserId};
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
    let (user, now) = (op.person()?.user, op.now());
    if !store::claim(op.db(), user, &key, now)? {
        return answered(op, user, &key)?.ok_or(Error::Conflict("already-there"));
    }
    let answer = f(op)?;
    store::keep(op.db(), user, &key.key, &answer)?;
    Ok(answer)
}

/// What `user` was answered to this key, if it has come before.
///
/// # Errors
/// `Conflict` (`idempotency-key-reused`) if the key came with something else before.
pub fn answered(op: &mut Op<'_>, user: UserId, key: &Key) -> Result<Option<Answer>> {
    let Some((fingerprint, answer)) = store::find(op.db(), user, &key.key)? else { return Ok(None) };
    if fingerprint == key.fingerprint { Ok(Some(answer)) } else { Err(Error::Conflict("idempotency-key-reused")) }
}

/// Of what came from someone who may be nobody yet, all of it: where it was sent, its key, and what else was in it. Kept
/// as a hash, as there may be a password in it; whoever knows it has seen what was sent.
#[derive(Debug, Clone)]
pub struct Whole(String);

impl Whole {
    /// Of where it was sent, its key and what else was in it.
    pub fn of(parts: &[&str]) -> Self {
        Self(Secret::presented(&parts.join(" ")).hash())
    }
}

/// Runs `f` the first time that this comes, whoever sends it. Of two that come at the same time, the second waits for the
/// first.
///
/// # Errors
/// Whatever `f` refuses; then it has not come.
pub fn by_anyone(op: &mut Op<'_>, sent: Option<&Whole>, f: impl FnOnce(&mut Op<'_>) -> Result<()>) -> Result<()> {
    let now = op.now();
    match sent {
        Some(sent) if !store::claim_form(op.db(), &sent.0, now)? => Ok(()),
        _ => f(op),
    }
}

/// Has this come before, and was it taken?
pub fn has_come(op: &mut Op<'_>, sent: Option<&Whole>) -> Result<bool> {
    match sent {
        Some(sent) => store::is_claimed(op.db(), &sent.0),
        None => Ok(false),
    }
}

/// Takes away answers that nobody asks for again.
///
/// # Errors
/// When the database refuses.
pub fn forget_answers(db: &mut Db, now: Timestamp, batch: usize) -> Result<usize> {
    store::forget_before(db, now - LASTS, batch)
}

/// Takes away what this person was answered.
///
/// # Errors
/// When the database refuses.
pub fn forget_answers_to(db: &mut Db, user: UserId) -> Result<()> {
    store::forget_of(db, user)
}

/// Takes away what is known of forms that nobody sends again.
///
/// # Errors
/// When the database refuses.
pub fn forget_forms(db: &mut Db, now: Timestamp, batch: usize) -> Result<usize> {
    store::forget_forms_before(db, now - LASTS, batch)
}
