//! Reads by key that are asked for at the same time share one statement.
//!
//! A statement on PostgreSQL is two switches between processes away, which take longer than the statement itself. So threads
//! of its own take all keys that have gathered meanwhile, and read them in one go. A read begins after all that it answers
//! have asked: nobody gets what was true before they asked, and whoever is alone waits for nobody.
use super::{Database, Db};
use crate::{Error, Result};
use anyhow::{Context, anyhow};
use std::collections::HashMap;
use std::hash::Hash;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use tokio::sync::oneshot;

/// Keys that share one statement, at most.
const LARGEST: usize = 64;
/// Reads of one kind that are under way at once, so that one that hangs does not hold up all. The more there are, the
/// fewer share a statement.
const THREADS: usize = 2;

/// What belongs to the keys: nothing to those that are not there.
type Read<K, V> = dyn Fn(&mut Db, &[K]) -> Result<HashMap<K, V>> + Send + Sync;

/// Somebody who waits for what belongs to a key.
struct Asked<K, V> {
    key: K,
    tell: oneshot::Sender<Result<Option<V>>>,
}

pub struct SharedRead<K, V> {
    /// The way to the threads; when it is dropped, they end.
    asked: mpsc::Sender<Asked<K, V>>,
}

impl<K, V> SharedRead<K, V>
where
    K: Clone + Eq + Hash + Send + 'static,
    V: Clone + Send + 'static,
{
    /// Starts the threads, and names them.
    ///
    /// # Errors
    /// If none can be started.
    pub fn start(
        name: &str,
        database: &Database,
        read: impl Fn(&mut Db, &[K]) -> Result<HashMap<K, V>> + Send + Sync + 'static,
    ) -> Result<Self> {
        let (asked, waiting) = mpsc::channel();
        let (waiting, read) = (Arc::new(Mutex::new(waiting)), Arc::new(read));
        for _ in 0..THREADS {
            let (database, waiting, read) = (database.clone(), waiting.clone(), read.clone());
            thread::Builder::new()
                .name(name.to_owned())
                .spawn(move || work(&database, &waiting, &*read))
                .context("a thread that reads cannot be started")?;
        }
        Ok(Self { asked })
    }

    /// What belongs to `key`, if there is anything.
    ///
    /// # Errors
    /// A database that does not answer.
    pub async fn get(&self, key: K) -> Result<Option<V>> {
        let (tell, told) = oneshot::channel();
        self.asked.send(Asked { key, tell }).map_err(|_| Error::Unavailable("database"))?;
        told.await.map_err(|_| Error::Unavailable("database"))?
    }
}

/// Answers, as many at once as have asked, until nobody can ask any more.
fn work<K: Clone + Eq + Hash, V: Clone>(
    database: &Database,
    waiting: &Mutex<Receiver<Asked<K, V>>>,
    read: &Read<K, V>,
) {
    while let Some(asked) = next(waiting) {
        let keys: Vec<K> = asked.iter().map(|one| one.key.clone()).collect();
        let found = catch_unwind(AssertUnwindSafe(|| read(&mut *database.reader()?, &keys)))
            .unwrap_or_else(|_| Err(anyhow!("it panicked").into()));
        for Asked { key, tell } in asked {
            // Whoever asked may have hung up.
            let _ = tell.send(match &found {
                Ok(found) => Ok(found.get(&key).cloned()),
                Err(Error::Unavailable(what)) => Err(Error::Unavailable(what)),
                Err(e) => Err(anyhow!("a shared read failed: {e:?}").into()),
            });
        }
    }
}

/// Waits until somebody asks, and takes those who have asked meanwhile as well. `None` when nobody can any more.
fn next<K, V>(waiting: &Mutex<Receiver<Asked<K, V>>>) -> Option<Vec<Asked<K, V>>> {
    let waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
    let first = waiting.recv().ok()?;
    Some(std::iter::once(first).chain(waiting.try_iter().take(LARGEST - 1)).collect())
}

#[cfg(test)]
mod tests {
    use super::super::Synchronous;
    use super::*;
    use diesel::prelude::*;
    use diesel::sql_types::{BigInt, Text};
    use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
    use std::sync::{Condvar, MutexGuard};
    use tokio::task::JoinSet;

    #[derive(QueryableByName)]
    struct Counter {
        #[diesel(sql_type = Text)]
        name: String,
        #[diesel(sql_type = BigInt)]
        value: i64,
    }

    fn set(database: &Database, name: &str, value: i64) {
        let set = |db: &mut Db| {
            diesel::sql_query("INSERT INTO counters VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = $2")
                .bind::<Text, _>(name)
                .bind::<BigInt, _>(value)
                .execute(db)?;
            Ok(())
        };
        database.transaction(set).unwrap();
    }

    fn counters(db: &mut Db, names: &[String]) -> Result<HashMap<String, i64>> {
        let all: Vec<Counter> = diesel::sql_query("SELECT name, value FROM counters").load(db)?;
        Ok(all.into_iter().filter(|c| names.contains(&c.name)).map(|c| (c.name, c.value)).collect())
    }

    fn database(folder: &tempfile::TempDir) -> Database {
        let url = format!("sqlite://{}", folder.path().join("test.db").display());
        Database::open(&url, 4, Synchronous::Normal).unwrap()
    }

    fn run<T>(work: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(work)
    }

    /// More than share a statement.
    const MANY: usize = LARGEST + 6;

    /// Holds up reads, and knows what they read.
    #[derive(Default)]
    struct Gate {
        open: Mutex<bool>,
        changed: Condvar,
        begun: AtomicUsize,
        sizes: Mutex<Vec<usize>>,
    }

    impl Gate {
        fn lock(&self) -> MutexGuard<'_, bool> {
            self.open.lock().unwrap()
        }
        fn open(&self) {
            *self.lock() = true;
            self.changed.notify_all();
        }
        fn pass(&self, keys: usize) {
            self.sizes.lock().unwrap().push(keys);
            self.begun.fetch_add(1, SeqCst);
            drop(self.changed.wait_while(self.lock(), |open| !*open).unwrap());
        }
    }

    fn gated(database: &Database) -> (Arc<Gate>, Arc<SharedRead<String, i64>>) {
        let gate = Arc::new(Gate::default());
        let passed = gate.clone();
        let read = SharedRead::start("counters", database, move |db, names: &[String]| {
            let found = counters(db, names);
            passed.pass(names.len());
            found
        });
        (gate, Arc::new(read.unwrap()))
    }

    async fn until(what: impl Fn() -> bool) {
        while !what() {
            tokio::task::yield_now().await;
        }
    }

    #[test]
    fn those_who_ask_meanwhile_share_a_statement_and_see_what_was_committed_before_they_asked() {
        let folder = tempfile::tempdir().unwrap();
        let database = database(&folder);
        (0..30).for_each(|n| set(&database, &n.to_string(), n));
        let (gate, counters) = gated(&database);
        run(async {
            let mut asking = JoinSet::new();
            let asked = Arc::new(AtomicUsize::new(0));
            let ask = |name: String| {
                let (counters, asked) = (counters.clone(), asked.clone());
                async move {
                    asked.fetch_add(1, SeqCst);
                    (name.clone(), counters.get(name).await.unwrap())
                }
            };
            // Each of the threads has a read under way, and has seen the counters as they are.
            for begun in 1..=THREADS {
                asking.spawn(ask("0".to_owned()));
                until(|| gate.begun.load(SeqCst) == begun).await;
            }
            (0..30).for_each(|n| set(&database, &n.to_string(), n + 100));
            for n in 0..MANY {
                asking.spawn(ask(n.to_string()));
            }
            until(|| asked.load(SeqCst) == THREADS + MANY).await;
            gate.open();
            let mut answers = asking.join_all().await;
            answers.sort();
            let mut expected: Vec<_> = (0..THREADS).map(|_| ("0".to_owned(), Some(0))).collect();
            expected.extend((0..MANY as i64).map(|n| (n.to_string(), (n < 30).then_some(n + 100))));
            expected.sort();
            assert_eq!(answers, expected);
        });
        let sizes = gate.sizes.lock().unwrap();
        let mut sizes = sizes.clone();
        sizes.sort_unstable();
        assert_eq!(sizes, [1, 1, MANY - LARGEST, LARGEST]);
    }

    #[test]
    fn a_read_that_fails_or_panics_fails_for_those_who_share_it_and_for_nobody_after_them() {
        let folder = tempfile::tempdir().unwrap();
        let database = database(&folder);
        set(&database, "good", 1);
        let read = |db: &mut Db, names: &[String]| {
            assert!(!names.contains(&"panic".to_owned()), "on purpose");
            if names.contains(&"away".to_owned()) { Err(Error::Unavailable("database")) } else { counters(db, names) }
        };
        let counters = SharedRead::start("counters", &database, read).unwrap();
        run(async {
            for _ in 0..2 * THREADS {
                assert!(matches!(counters.get("panic".to_owned()).await, Err(Error::Internal(_))));
                assert!(matches!(counters.get("away".to_owned()).await, Err(Error::Unavailable("database"))));
                assert_eq!(counters.get("good".to_owned()).await.unwrap(), Some(1));
                assert_eq!(counters.get("missing".to_owned()).await.unwrap(), None);
            }
        });
    }
}
