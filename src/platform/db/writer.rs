//! SQLite's one writer: transactions that wait for it share a commit.
//!
//! What a commit costs is the wait for the disk. So whoever finishes while others wait leaves the commit to them: each
//! runs in a savepoint of one transaction, and the last one, or the [`LARGEST`]th, commits for all. Nobody gets an
//! answer before that, and if it fails, it fails for all of them.
use super::Db;
use super::pool::Target;
use crate::Result;
use anyhow::anyhow;
use diesel::Connection;
use diesel::connection::{AnsiTransactionManager, TransactionManager};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

type Transactions = <Db as Connection>::TransactionManager;

/// Transactions that share one commit, at most.
const LARGEST: usize = 64;

pub(super) struct Writer {
    target: Target,
    desk: Mutex<Desk>,
    /// Those who wait for the desk.
    waiting: AtomicUsize,
}

struct Desk {
    db: Db,
    /// What has been written and not committed.
    open: Option<(Arc<Batch>, usize)>,
}

/// Transactions that are committed together.
#[derive(Default)]
struct Batch {
    /// Nothing until the commit; then whether it succeeded.
    done: Mutex<Option<bool>>,
    changed: Condvar,
}

impl Writer {
    pub(super) fn new(target: Target, db: Db) -> Self {
        Self { target, desk: Mutex::new(Desk { db, open: None }), waiting: AtomicUsize::new(0) }
    }

    /// Runs `f` in a transaction, and comes back when it is committed or undone.
    pub(super) fn transaction<T>(&self, f: impl FnOnce(&mut Db) -> Result<T>) -> Result<T> {
        let (outcome, batch) = {
            let mut desk = self.desk();
            let batch = desk.join(&self.target)?;
            let outcome = catch_unwind(AssertUnwindSafe(|| f(&mut desk.db)));
            let whole = match &outcome {
                Ok(Ok(_)) => Transactions::commit_transaction(&mut desk.db).is_ok(),
                Ok(Err(_)) => Transactions::rollback_transaction(&mut desk.db).is_ok(),
                // Who knows in what state it left the connection.
                Err(_) => false,
            };
            let full = desk.open.as_ref().is_none_or(|(_, size)| *size >= LARGEST);
            // Whoever waits now will come to the desk, and then it is up to them.
            if !whole || full || self.waiting.load(Ordering::SeqCst) == 0 {
                desk.commit(whole, &self.target);
            }
            (outcome, batch)
        };
        // A refusal waits too: it may be about something that the others have written.
        let committed = batch.wait();
        match outcome {
            Err(panic) => resume_unwind(panic),
            Ok(Ok(_)) if !committed => Err(anyhow!("the transaction could not be committed").into()),
            Ok(outcome) => outcome,
        }
    }

    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.waiting.fetch_add(1, Ordering::SeqCst);
        let desk = self.desk.lock().unwrap_or_else(PoisonError::into_inner);
        self.waiting.fetch_sub(1, Ordering::SeqCst);
        desk
    }
}

impl Desk {
    /// Opens a savepoint in the transaction that is under way, or in a new one. It takes the write lock at once.
    fn join(&mut self, target: &Target) -> Result<Arc<Batch>> {
        if self.open.is_none() {
            let Db::Sqlite(c) = &mut self.db else { return Err(anyhow!("only SQLite has one writer").into()) };
            AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE")?;
            self.open = Some((Arc::default(), 0));
        }
        if let Err(e) = Transactions::begin_transaction(&mut self.db) {
            self.commit(false, target);
            return Err(e.into());
        }
        let (batch, size) = self.open.get_or_insert_default();
        *size += 1;
        Ok(batch.clone())
    }

    /// Commits for all who wrote. A connection that lost its transaction (the disk is full, say) is replaced.
    fn commit(&mut self, whole: bool, target: &Target) {
        let Some((batch, _)) = self.open.take() else { return };
        let committed = whole && Transactions::commit_transaction(&mut self.db).is_ok();
        if !committed {
            tracing::error!("A commit failed; everything in it was undone");
            if let Ok(db) = target.connect() {
                self.db = db;
            }
        }
        batch.finish(committed);
    }
}

impl Batch {
    fn finish(&self, committed: bool) {
        *self.done.lock().unwrap_or_else(PoisonError::into_inner) = Some(committed);
        self.changed.notify_all();
    }

    fn wait(&self) -> bool {
        let done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        let done = self.changed.wait_while(done, |done| done.is_none()).unwrap_or_else(PoisonError::into_inner);
        done.unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Database, Synchronous};
    use super::*;
    use diesel::prelude::*;
    use diesel::sql_types::BigInt;

    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        n: i64,
    }

    fn insert(db: &mut Db, n: i64) -> Result<()> {
        diesel::sql_query("INSERT INTO counters (name, value) VALUES ($1, 0)")
            .bind::<diesel::sql_types::Text, _>(format!("test-{n}"))
            .execute(db)?;
        Ok(())
    }

    fn count(db: &mut Db) -> i64 {
        let counts: Vec<Count> =
            diesel::sql_query("SELECT count(*) AS n FROM counters WHERE name LIKE 'test-%'").load(db).unwrap();
        counts[0].n
    }

    fn database(folder: &tempfile::TempDir) -> Database {
        let url = format!("sqlite://{}", folder.path().join("test.db").display());
        Database::open(&url, 4, Synchronous::Normal).unwrap()
    }

    #[test]
    fn those_who_share_a_commit_succeed_and_fail_each_for_themselves() {
        let folder = tempfile::tempdir().unwrap();
        let database = database(&folder);
        std::thread::scope(|threads| {
            for thread in 0..8 {
                let database = &database;
                threads.spawn(move || {
                    for n in 0..50 {
                        let number = thread * 1_000 + n;
                        let done = database.transaction(|db| {
                            insert(db, number)?;
                            if n % 5 == 0 { Err(crate::Error::Conflict("refused")) } else { Ok(()) }
                        });
                        assert_eq!(done.is_ok(), n % 5 != 0);
                        // What was answered is there for everybody.
                        let there = database.reader().map(|mut db| count(&mut db)).unwrap();
                        assert!(there > 0 || n == 0);
                    }
                });
            }
        });
        assert_eq!(count(&mut database.reader().unwrap()), 8 * 40);
    }

    #[test]
    fn a_panic_is_undone_and_leaves_the_writer_to_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let database = database(&folder);
        let panicked = catch_unwind(AssertUnwindSafe(|| {
            database.transaction(|db| {
                insert(db, 1)?;
                if count(db) == 1 {
                    panic!("on purpose")
                }
                Ok(())
            })
        }));
        assert!(panicked.is_err());
        database.transaction(|db| insert(db, 2)).unwrap();
        assert_eq!(count(&mut database.reader().unwrap()), 1);
    }
}
