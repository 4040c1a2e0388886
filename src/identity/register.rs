//! A new user: through the registration of a supplier, an invitation, or a command.
use super::throttle::{self, Attempt, What};
use super::{Email, Password, Passwords, Secret, User, UserId, store};
use crate::audit::Event;
use crate::op::Op;
use crate::platform::config;
use crate::platform::db::Database;
use crate::platform::db::types::Timestamp;
use crate::platform::language::Language;
use crate::tenancy::{self, NewOrganisation, OrganisationId, Role};
use crate::{Error, Result};
use chrono::TimeDelta;

/// How long the link in the mail works.
pub const CONFIRMATION_LASTS: TimeDelta = TimeDelta::hours(48);

pub struct NewUser {
    pub name: String,
    pub email: Email,
    pub language: Language,
    pub password_hash: String,
}

/// What came of a registration. The visitor is told the same in both cases, so that nobody can find out by it who
/// has a login here; the mail tells the rest.
#[derive(Debug, PartialEq)]
pub enum Registered {
    New(OrganisationId),
    /// The address has a login already: its owner is told by mail, and nothing was entered.
    KnownAddress,
}

/// Hashes the password of someone who registers. Counts and hashes outside of any transaction, as `prove` does.
///
/// # Errors
/// `TooMany` after too many registrations with this address or from there; whether the address is known or not.
pub fn hash_new(
    db: &Database,
    registrant: (&Email, &str),
    password: &Password,
    passwords: &Passwords,
    rules: &config::Identity,
    now: Timestamp,
) -> Result<String> {
    let attempt = Attempt { what: What::Registration, email: registrant.0, address: registrant.1 };
    db.transaction(|db| {
        throttle::check(db, attempt, now, rules)?;
        throttle::count(db, attempt, now)
    })?;
    passwords.hash(password)
}

/// Enters a supplier and its first user, who administers it once the address is confirmed.
///
/// # Errors
/// `Invalid` (`organisation_number`, `taken`) if the organisation is here already.
pub fn register_supplier(op: &mut Op<'_>, organisation: NewOrganisation, new: NewUser) -> Result<Registered> {
    if tenancy::find_by_number(op.db(), &organisation.number)?.is_some() {
        return Err(Error::field("organisation_number", "taken"));
    }
    if let Some(known) = store::find_by_email(op.db(), new.email.as_str())? {
        op.record(Event::RegisteredAgain { user: known.id })?;
        return Ok(Registered::KnownAddress);
    }
    let organisation = tenancy::add(op, organisation)?;
    let user = add_user(op, new, false)?;
    tenancy::join(op, &organisation, user, Role::Admin)?;
    let secret = Secret::generate();
    let now = op.now();
    store::insert_email_token(op.db(), &secret.hash(), user, store::Purpose::Confirm, now, now + CONFIRMATION_LASTS)?;
    op.record(Event::UserRegistered { user, secret: secret.into_string() })?;
    Ok(Registered::New(organisation.id))
}

/// Enters a user. `confirmed`: the address has been shown to be theirs, by an invitation or by an operator's word.
pub fn add_user(op: &mut Op<'_>, new: NewUser, confirmed: bool) -> Result<UserId> {
    let now = op.now();
    let user = User {
        id: UserId::new(),
        email: new.email.into_string(),
        name: new.name,
        language: new.language,
        password_hash: new.password_hash,
        email_confirmed_at: confirmed.then_some(now),
        created_at: now,
    };
    store::insert_user(op.db(), &user)?;
    Ok(user.id)
}

/// Confirms the address that the secret was sent to. Doing it twice changes nothing: mail scanners open links too.
///
/// # Errors
/// `NotFound` if there is no such secret; `Conflict` (`link-expired`) if it has run out.
pub fn confirm(op: &mut Op<'_>, secret: &Secret) -> Result<()> {
    let now = op.now();
    let token = store::find_email_token(op.db(), &secret.hash(), store::Purpose::Confirm)?;
    if token.used_at.is_some() {
        return Ok(());
    }
    if token.expires_at < now {
        return Err(Error::Conflict("link-expired"));
    }
    store::mark_email_token_used(op.db(), &token.token_hash, now)?;
    store::mark_confirmed(op.db(), token.user_id, now)?;
    op.record(Event::UserConfirmed { user: token.user_id })
}
