//! A login that lasts: in a browser by a cookie, in the API by tokens that change at every use.
use super::{Keys, Secret, UserId, store};
use crate::audit::Event;
use crate::op::Op;
use crate::platform::config;
use crate::platform::db::schema::sessions;
use crate::platform::db::types::{Id, Timestamp};
use crate::tenancy::{OrganisationId, member_of};
use crate::{Error, Result, text_enum};
use chrono::TimeDelta;
use diesel::prelude::*;
use serde::Serialize;

pub type SessionId = Id<Session>;

text_enum! { pub enum SessionKind { Browser = "browser", Api = "api" } }

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = sessions, treat_none_as_default_value = false)]
pub struct Session {
    pub id: SessionId,
    pub user_id: UserId,
    /// The organisation that the user acts for; chosen when there are several.
    pub organisation_id: Option<OrganisationId>,
    pub kind: SessionKind,
    pub token_hash: Option<String>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
}

/// What the API answers to a login.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Tokens {
    pub access_token: String,
    /// Always `Bearer`.
    pub token_type: &'static str,
    /// Seconds.
    pub expires_in: i64,
    /// To be used once; the answer holds the next one.
    pub refresh_token: String,
}

fn session(op: &Op<'_>, user: UserId, kind: SessionKind, token_hash: Option<String>, lasts: TimeDelta) -> Session {
    let now = op.now();
    Session {
        id: SessionId::new(),
        user_id: user,
        organisation_id: None,
        kind,
        token_hash,
        created_at: now,
        expires_at: now + lasts,
        revoked_at: None,
    }
}

/// Opens a session for a browser; gives the value of its cookie. The session that the browser had before ends.
pub fn open_browser(op: &mut Op<'_>, user: UserId, rules: &config::Identity) -> Result<Secret> {
    if let Ok(before) = op.person() {
        end(op, before.session)?;
    }
    let secret = Secret::generate();
    let lasts = TimeDelta::hours(rules.session_hours);
    let session = session(op, user, SessionKind::Browser, Some(secret.hash()), lasts);
    store::insert_session(op.db(), &session)?;
    Ok(secret)
}

/// Does the session last that a newcomer got when their login was made?
pub fn is_as_it_came(op: &mut Op<'_>, email: &str) -> Result<bool> {
    let now = op.now();
    match store::find_by_email(op.db(), email)? {
        Some(user) => store::has_session_since(op.db(), user.id, user.created_at, now),
        None => Ok(false),
    }
}

/// Opens a session for the API.
pub fn open_api(op: &mut Op<'_>, user: UserId, keys: &Keys, rules: &config::Identity) -> Result<Tokens> {
    let lasts = TimeDelta::days(rules.refresh_token_days);
    let session = session(op, user, SessionKind::Api, None, lasts);
    store::insert_session(op.db(), &session)?;
    issue(op, &session, keys, lasts)
}

fn issue(op: &mut Op<'_>, session: &Session, keys: &Keys, lasts: TimeDelta) -> Result<Tokens> {
    let refresh = Secret::generate();
    let now = op.now();
    store::insert_refresh_token(op.db(), &refresh.hash(), session.id, now, now + lasts)?;
    Ok(Tokens {
        access_token: keys.issue(session.user_id, session.id, now)?,
        token_type: "Bearer",
        expires_in: keys.seconds(),
        refresh_token: refresh.into_string(),
    })
}

/// The answer to a refresh token.
pub enum Refreshed {
    Tokens(Tokens),
    /// It had been used before: someone has a copy. The session is over for both, and that must be committed.
    Reused,
}

/// Exchanges a refresh token for new tokens.
///
/// # Errors
/// `Unauthenticated` if there is no such token, or it or its session has run out.
pub fn refresh(op: &mut Op<'_>, presented: &Secret, keys: &Keys, rules: &config::Identity) -> Result<Refreshed> {
    let now = op.now();
    let found = store::find_refresh_token(op.db(), &presented.hash())?;
    let (session, expires_at, used_at) = found.ok_or(Error::Unauthenticated)?;
    if session.revoked_at.is_some() || expires_at < now {
        return Err(Error::Unauthenticated);
    }
    if used_at.is_some() || !store::mark_refresh_used(op.db(), &presented.hash(), now)? {
        store::revoke(op.db(), session.id, now)?;
        op.record(Event::SessionRevoked { user: session.user_id })?;
        return Ok(Refreshed::Reused);
    }
    let lasts = TimeDelta::days(rules.refresh_token_days);
    // Whoever comes back in time stays logged in.
    store::extend(op.db(), session.id, now + lasts)?;
    issue(op, &session, keys, lasts).map(Refreshed::Tokens)
}

/// Ends a session: its cookie and its tokens are worth nothing from now on.
pub fn end(op: &mut Op<'_>, session: SessionId) -> Result<()> {
    let now = op.now();
    store::revoke(op.db(), session, now)
}

/// Acts for another of one's organisations from now on.
///
/// # Errors
/// `NotFound` unless the user is a member there.
pub fn switch(op: &mut Op<'_>, to: OrganisationId) -> Result<()> {
    let person = op.person()?;
    member_of(op.db(), person.user, to)?.ok_or(Error::NotFound("the organisation"))?;
    store::set_organisation(op.db(), person.session, to)
}
