//! Deeds that come at the same time share a transaction, on PostgreSQL.
//!
//! Not the commit alone, as with SQLite's one writer, but the statements as well (`together`).
use super::Db;
use super::crowd::Crowd;
use super::pool::{Manager, in_transaction};
use super::together::{Deed, insert_together};
use crate::{Error, Result};
use diesel::r2d2::Pool;

pub(super) struct SharedInsert(Crowd<Deed, ()>);

impl SharedInsert {
    /// # Errors
    /// If no thread can be started.
    pub(super) fn start(pool: Pool<Manager>) -> Result<Self> {
        let answer = move |deeds: &[Deed]| match pool.get() {
            Ok(mut db) => insert(&mut db, deeds),
            Err(_) => deeds.iter().map(|_| Err(Error::Unavailable("database"))).collect(),
        };
        Ok(Self(Crowd::start("inserts", answer)?))
    }

    /// Writes all of it, or nothing, and comes back when it is committed.
    ///
    /// # Errors
    /// When the database refuses it, or does not answer.
    pub(super) async fn insert(&self, deed: Deed) -> Result<()> {
        self.0.ask(deed).await
    }
}

/// All of them at once; if the database refuses, each alone, so that only those hear of it whom it is about.
fn insert(db: &mut Db, deeds: &[Deed]) -> Vec<Result<()>> {
    match in_transaction(db, |db| insert_together(db, deeds)) {
        Ok(()) => deeds.iter().map(|_| Ok(())).collect(),
        // Whether it was committed, nobody knows.
        Err(_) if db.is_lost() => deeds.iter().map(|_| Err(Error::Unavailable("database"))).collect(),
        Err(failure) if deeds.len() == 1 => vec![Err(failure)],
        Err(_) => deeds.chunks(1).flat_map(|alone| insert(db, alone)).collect(),
    }
}
