//! One unit of work: who does it, when, and on which connection. Every verb takes it first.
use crate::Result;
use crate::audit::{Event, EventId};
use crate::platform::db::types::Timestamp;
use crate::platform::db::{Db, Deed};
use crate::tenancy::Actor;

/// The mails about an event, to be queued as it is written. `app.rs` fills it in, so that the audit trail need not know
/// who is told of what.
pub type Announce = fn(&mut Op<'_>, EventId, &Event) -> Result<Deed>;

/// Whoever works has one, for as long as the work takes.
pub struct Op<'a> {
    pub(crate) db: &'a mut Db,
    pub(crate) actor: Actor,
    pub(crate) now: Timestamp,
    pub(crate) request_id: &'a str,
    pub(crate) announce: Announce,
    pub(crate) wake: Wake,
}

/// What waits for this transaction to be committed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Wake {
    pub mail: bool,
    /// The last change of something public, as a position in `changes`.
    pub change: Option<i64>,
}

impl<'a> Op<'a> {
    pub fn new(db: &'a mut Db, actor: Actor, now: Timestamp, request_id: &'a str, announce: Announce) -> Self {
        Self { db, actor, now, request_id, announce, wake: Wake::default() }
    }
    /// The connection, in a transaction where something is written.
    pub fn db(&mut self) -> &mut Db {
        self.db
    }
    /// Who does it.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }
    /// When it is done: the same time for all of it.
    pub fn now(&self) -> Timestamp {
        self.now
    }
    /// The person who asks.
    ///
    /// # Errors
    /// `Unauthenticated` if nobody is logged in; `Conflict` (`no-organisation`) if they act for no organisation.
    pub fn member(&self) -> Result<crate::tenancy::Member> {
        self.actor.member().cloned()
    }
    /// The same, whether they act for an organisation or not.
    ///
    /// # Errors
    /// `Unauthenticated` if nobody is logged in.
    pub fn person(&self) -> Result<crate::tenancy::Person> {
        self.actor.person()
    }
}
