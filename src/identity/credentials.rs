//! From what a request carries to who is asking.
use super::{Claims, Secret, store};
use crate::platform::db::Db;
use crate::platform::db::types::Timestamp;
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
            let rows = store::members_by_session(db, claims.sid, claims.sub, now)?;
            if rows.is_empty() {
                let person = store::person_by_session(db, claims.sid, claims.sub, now)?;
                return Ok(Actor::Alone(Box::new(person.ok_or(Error::Unauthenticated)?)));
            }
            pick(rows, organisation_number.as_deref())
                .map(Actor::Member)
                .ok_or(Error::Forbidden("act for that organisation"))
        }
    }
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
