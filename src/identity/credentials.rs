//! From what a request carries to who is asking.
use super::{Claims, Secret, SessionId, store};
use crate::platform::clock::Clock;
use crate::platform::db::types::Timestamp;
use crate::platform::db::{Database, Db, SharedRead};
use crate::tenancy::{Actor, Member};
use crate::{Error, Result};

/// What a request carries to show who sends it.
#[derive(Debug, Clone)]
pub enum Credentials {
    None,
    /// The cookie of a browser session.
    Cookie(String),
    /// A verified access token, and the organisation that the caller picks.
    Token {
        claims: Claims,
        organisation_number: Option<String>,
    },
    /// A command on the machine itself.
    System(crate::tenancy::Reason),
}

/// Who is asking. A cookie that is worth nothing any more makes an anonymous visitor; a token must be good. Whoever was taken
/// out of the organisation that they acted for acts for another of theirs from now on, or for none.
///
/// # Errors
/// `Unauthenticated` if the session of the token is over; `Forbidden` if the user is no member of the organisation
/// that they picked.
pub fn authenticate(db: &mut Db, credentials: &Credentials, now: Timestamp) -> Result<Actor> {
    match credentials {
        Credentials::None => Ok(Actor::Anonymous),
        Credentials::System(reason) => Ok(Actor::System(*reason)),
        Credentials::Cookie(cookie) => {
            let hash = Secret::presented(cookie).hash();
            if let Some(member) = pick(store::members_by_cookie(db, &hash, now)?, None) {
                return Ok(Actor::Member(member));
            }
            let person = store::person_by_cookie(db, &hash, now)?;
            Ok(person.map_or(Actor::Anonymous, |person| Actor::Alone(Box::new(person))))
        }
        Credentials::Token { claims, organisation_number } => {
            let rows = store::members_by_sessions(db, &[claims.sid], now)?.remove(&claims.sid);
            if let Some(member) = member(rows.unwrap_or_default(), claims, organisation_number.as_deref())? {
                return Ok(member);
            }
            let person = store::person_by_session(db, claims.sid, claims.sub, now)?;
            Ok(Actor::Alone(Box::new(person.ok_or(Error::Unauthenticated)?)))
        }
    }
}

/// Whom the sessions of tokens belong to. Those who ask at the same time share a statement.
pub struct Sessions(SharedRead<SessionId, Vec<store::MemberRow>>);

impl Sessions {
    /// # Errors
    /// If no thread that reads can be started.
    pub fn start(database: &Database, clock: Clock) -> Result<Self> {
        let read = move |db: &mut Db, ids: &[SessionId]| store::members_by_sessions(db, ids, clock.now());
        Ok(Self(SharedRead::start("sessions", database, read)?))
    }

    /// The same as `authenticate`, for the token of somebody who belongs to an organisation; nothing for everybody else.
    ///
    /// # Errors
    /// `Forbidden` if they are no member of the organisation that they picked; a database that does not answer.
    pub async fn recognise(&self, credentials: &Credentials) -> Result<Option<Actor>> {
        let Credentials::Token { claims, organisation_number } = credentials else { return Ok(None) };
        let rows = self.0.get(claims.sid).await?;
        member(rows.unwrap_or_default(), claims, organisation_number.as_deref())
    }
}

/// Nothing for those who belong to no organisation, or whose session is over.
fn member(mut rows: Vec<store::MemberRow>, claims: &Claims, number: Option<&str>) -> Result<Option<Actor>> {
    rows.retain(|row| row.is_of(claims.sub));
    if rows.is_empty() {
        return Ok(None);
    }
    let member = pick(rows, number).ok_or(Error::Forbidden("act for that organisation".into()))?;
    Ok(Some(Actor::Member(member)))
}

/// The organisation asked for, else the one chosen in the session, else the first.
fn pick(rows: Vec<store::MemberRow>, number: Option<&str>) -> Option<Box<Member>> {
    let mut members: Vec<(Member, bool)> = rows.into_iter().map(store::MemberRow::into_member).collect();
    let position = match number {
        Some(number) => members.iter().position(|(m, _)| m.organisation_number == number)?,
        None => members.iter().position(|(_, chosen)| *chosen).unwrap_or(0),
    };
    (position < members.len()).then(|| Box::new(members.swap_remove(position).0))
}
