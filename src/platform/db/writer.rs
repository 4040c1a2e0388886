//! SQLite's one writer: transactions that wait for it share a commit.
//!
//! What a commit costs is the wait for the disk. So a thread of its own takes what has gathered meanwhile, runs each in a
//! savepoint of one transaction, and commits for all. Nobody gets an answer before that, and if it fails, it fails for all
//! of them. Those who may wait themselves (commands, the demo) take the connection in between and commit alone.
use super::Db;
use super::pool::Target;
use crate::{Error, Result};
use anyhow::{Context, anyhow};
use diesel::Connection;
use diesel::connection::{AnsiTransactionManager, TransactionManager};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use tokio::sync::oneshot;

type Transactions = <Db as Connection>::TransactionManager;

/// Transactions that share one commit, at most.
const LARGEST: usize = 64;

pub(super) struct Writer {
    desk: Arc<Mutex<Desk>>,
    /// The way to the thread; gone when the writer is dropped, and then the thread ends.
    jobs: Option<mpsc::Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

/// A transaction that waits for its turn.
type Job = Box<dyn FnOnce(&mut Db) -> Done + Send>;

/// A transaction that waits for the commit.
struct Done {
    end: End,
    /// Tells whoever sent it whether it was committed.
    tell: Box<dyn FnOnce(bool) + Send>,
}

/// How the work of a transaction ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Kept,
    Refused,
    /// Who knows in what state it left the connection.
    Panicked,
}

impl Writer {
    pub(super) fn start(target: Target) -> Result<Self> {
        let db = target.connect_writer().context("the database does not answer")?;
        let desk = Arc::new(Mutex::new(Desk { db, target }));
        let (jobs, waiting) = mpsc::channel();
        let at_desk = desk.clone();
        let thread = thread::Builder::new()
            .name("sqlite-writer".to_owned())
            .spawn(move || work(&at_desk, &waiting))
            .context("the writer's thread cannot be started")?;
        Ok(Self { desk, jobs: Some(jobs), thread: Some(thread) })
    }

    /// Runs `f` in a transaction on the thread, and comes back when it is committed or undone.
    pub(super) async fn write<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut Db) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |db| {
            let outcome = catch_unwind(AssertUnwindSafe(|| f(db)));
            let end = match &outcome {
                Ok(Ok(_)) => End::Kept,
                Ok(Err(_)) => End::Refused,
                Err(_) => End::Panicked,
            };
            // A refusal waits too: it may be about something that the others have written.
            let tell = Box::new(move |committed: bool| {
                let outcome = match outcome {
                    Err(_) => Err(anyhow!("a transaction panicked").into()),
                    Ok(Ok(_)) if !committed => Err(not_committed()),
                    Ok(outcome) => outcome,
                };
                // Whoever asked may have hung up; what was written stays.
                let _ = answer.send(outcome);
            });
            Done { end, tell }
        });
        let jobs = self.jobs.as_ref().ok_or(Error::Unavailable("database"))?;
        jobs.send(job).map_err(|_| Error::Unavailable("database"))?;
        answered.await.map_err(|_| Error::Unavailable("database"))?
    }

    /// Runs `f` in a transaction of its own, on this thread.
    pub(super) fn transaction<T>(&self, f: impl FnOnce(&mut Db) -> Result<T>) -> Result<T> {
        let mut desk = open(&self.desk);
        desk.begin()?;
        let outcome = catch_unwind(AssertUnwindSafe(|| f(&mut desk.db)));
        match outcome {
            Ok(Ok(value)) if desk.end(true) => Ok(value),
            Ok(Ok(_)) => Err(not_committed()),
            Ok(Err(e)) => {
                desk.end(false);
                Err(e)
            }
            Err(panic) => {
                desk.replace();
                drop(desk);
                std::panic::resume_unwind(panic)
            }
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.jobs.take());
        // What has been taken in is finished first. A job may itself hold the last of the database.
        if let Some(thread) = self.thread.take().filter(|t| t.thread().id() != thread::current().id()) {
            let _ = thread.join();
        }
    }
}

fn not_committed() -> Error {
    anyhow!("the transaction could not be committed").into()
}

fn open(desk: &Mutex<Desk>) -> MutexGuard<'_, Desk> {
    desk.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes jobs, as many at once as there are, until nobody can send one any more.
fn work(desk: &Mutex<Desk>, waiting: &Receiver<Job>) {
    while let Ok(first) = waiting.recv() {
        let mut done = Vec::new();
        let committed = open(desk).together(first, waiting, &mut done);
        for Done { tell, .. } in done {
            tell(committed);
        }
    }
}

struct Desk {
    db: Db,
    target: Target,
}

impl Desk {
    /// Runs `first` and whatever waits in one transaction. Was it committed?
    fn together(&mut self, first: Job, waiting: &Receiver<Job>, done: &mut Vec<Done>) -> bool {
        let mut whole = self.begin().is_ok();
        let mut next = Some(first);
        while let Some(job) = next {
            whole = whole && Transactions::begin_transaction(&mut self.db).is_ok();
            if !whole {
                // It is dropped untried, and with it the channel on which its sender waits.
                break;
            }
            let one = job(&mut self.db);
            whole = match one.end {
                End::Kept => Transactions::commit_transaction(&mut self.db).is_ok(),
                End::Refused => Transactions::rollback_transaction(&mut self.db).is_ok(),
                End::Panicked => false,
            };
            done.push(one);
            next = if whole && done.len() < LARGEST { waiting.try_recv().ok() } else { None };
        }
        if whole {
            return self.end(true);
        }
        self.replace();
        false
    }

    /// Takes the write lock at once.
    fn begin(&mut self) -> Result<()> {
        let Db::Sqlite(c) = &mut self.db else { return Err(anyhow!("only SQLite has one writer").into()) };
        let begun = AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE");
        if begun.is_err() {
            self.replace();
        }
        Ok(begun?)
    }

    /// Commits, or undoes. Did it succeed?
    fn end(&mut self, commit: bool) -> bool {
        let ended = if commit {
            Transactions::commit_transaction(&mut self.db)
        } else {
            Transactions::rollback_transaction(&mut self.db)
        };
        if ended.is_err() {
            self.replace();
        }
        ended.is_ok()
    }

    /// A connection that lost its transaction (the disk is full, say) makes room for a new one.
    fn replace(&mut self) {
        tracing::error!("A transaction was lost; everything in it was undone");
        if let Ok(db) = self.target.connect_writer() {
            self.db = db;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Database, Synchronous};
    use super::*;
    use diesel::prelude::*;
    use diesel::sql_types::BigInt;
    use tokio::task::JoinSet;

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

    fn there(db: &mut Db, n: i64) -> bool {
        let named: Vec<Count> = diesel::sql_query("SELECT count(*) AS n FROM counters WHERE name = $1")
            .bind::<diesel::sql_types::Text, _>(format!("test-{n}"))
            .load(db)
            .unwrap();
        named[0].n == 1
    }

    fn run<T>(work: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(work)
    }

    fn database(folder: &tempfile::TempDir) -> Database {
        let url = format!("sqlite://{}", folder.path().join("test.db").display());
        Database::open(&url, 4, Synchronous::Normal).unwrap()
    }

    #[test]
    fn those_who_share_a_commit_succeed_and_fail_each_for_themselves() {
        let folder = tempfile::tempdir().unwrap();
        let database = database(&folder);
        run(async {
            let mut writing = JoinSet::new();
            for number in 0..400 {
                let database = database.clone();
                writing.spawn(async move {
                    let refused = number % 5 == 0;
                    let done = database.write(move |db| {
                        insert(db, number)?;
                        if refused { Err(Error::Conflict("refused")) } else { Ok(()) }
                    });
                    assert_eq!(done.await.is_ok(), !refused);
                    // What was answered is there for everybody.
                    assert_eq!(there(&mut database.reader().unwrap(), number), !refused);
                });
            }
            while let Some(done) = writing.join_next().await {
                done.unwrap();
            }
        });
        // And those who wait themselves come in between.
        database.transaction(|db| insert(db, 1_000)).unwrap();
        assert!(database.transaction(|db| insert(db, 1_000)).is_err());
        assert_eq!(count(&mut database.reader().unwrap()), 321);
    }

    #[test]
    fn a_panic_is_undone_and_leaves_the_writer_to_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let database = database(&folder);
        let panic = |db: &mut Db| -> Result<()> {
            insert(db, 1)?;
            panic!("on purpose, with {} rows", count(db))
        };
        assert!(run(database.write(panic)).is_err());
        assert!(catch_unwind(AssertUnwindSafe(|| database.transaction(panic))).is_err());
        run(database.write(|db| insert(db, 2))).unwrap();
        database.transaction(|db| insert(db, 3)).unwrap();
        assert_eq!(count(&mut database.reader().unwrap()), 2);
    }
}
