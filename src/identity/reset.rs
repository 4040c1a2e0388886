//! A forgotten password.
use super::throttle::{self, Attempt, What};
use super::{Email, Secret, User, UserId, store};
use crate::audit::Event;
use crate::op::Op;
use crate::platform::config;
use crate::{Error, Result};
use chrono::TimeDelta;

/// How long the link in the mail works.
pub const LASTS: TimeDelta = TimeDelta::minutes(60);

/// Sends a link to choose a new password, if there is such a user. The answer is the same if there is not, and nearly
/// as slow: both write.
///
/// # Errors
/// `TooMany` after too many requests; whether there is such a user or not.
pub fn ask(op: &mut Op<'_>, email: &Email, address: &str, rules: &config::Identity) -> Result<()> {
    let attempt = Attempt { what: What::Reset, email, address };
    let now = op.now();
    throttle::count(op.db(), attempt, now, rules)?;
    let Some(user) = store::find_by_email(op.db(), email.as_str())? else { return Ok(()) };
    let secret = Secret::generate();
    store::insert_email_token(op.db(), &secret.hash(), user.id, now, now + LASTS)?;
    op.record(Event::ResetAsked { user: user.id, secret: secret.into_string() })
}

/// Whose password the secret can set.
///
/// # Errors
/// `NotFound` if there is no such secret; `Conflict` (`link-expired`) if it was used or has run out.
pub fn whose(op: &mut Op<'_>, secret: &Secret) -> Result<User> {
    let token = living(op, secret)?;
    store::find_user(op.db(), token.user_id)
}

/// Sets the new password, confirms the address (the link came there), and ends every session of the user and every other link.
///
/// # Errors
/// `NotFound` if there is no such secret; `Conflict` (`link-expired`) if it was used or has run out.
pub fn finish(op: &mut Op<'_>, secret: &Secret, password_hash: &str) -> Result<UserId> {
    let now = op.now();
    let token = living(op, secret)?;
    if !store::mark_email_token_used(op.db(), &token.token_hash, now)? {
        return Err(Error::Conflict("link-expired"));
    }
    store::set_password(op.db(), token.user_id, password_hash)?;
    store::spend_email_tokens(op.db(), token.user_id, now)?;
    store::mark_confirmed(op.db(), token.user_id, now)?;
    store::revoke_all(op.db(), token.user_id, now)?;
    op.record(Event::PasswordReset { user: token.user_id })?;
    Ok(token.user_id)
}

fn living(op: &mut Op<'_>, secret: &Secret) -> Result<store::EmailToken> {
    let now = op.now();
    let token = store::find_email_token(op.db(), &secret.hash())?;
    if token.used_at.is_some() || token.expires_at < now {
        return Err(Error::Conflict("link-expired"));
    }
    Ok(token)
}
