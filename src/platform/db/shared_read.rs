//! Reads by key that are asked for at the same time share one statement.
use super::crowd::{Crowd, same};
use super::{Database, Db};
use crate::Result;
use std::collections::HashMap;
use std::hash::Hash;

/// What belongs to a key.
pub struct SharedRead<K, V>(Crowd<K, Option<V>>);

impl<K, V> SharedRead<K, V>
where
    K: Eq + Hash + Send + 'static,
    V: Clone + Send + 'static,
{
    /// `read` gives what belongs to the keys: nothing to those that are not there. `name` is that of the threads.
    ///
    /// # Errors
    /// If no thread can be started.
    pub fn start(
        name: &str,
        database: &Database,
        read: impl Fn(&mut Db, &[K]) -> Result<HashMap<K, V>> + Send + Sync + 'static,
    ) -> Result<Self> {
        let database = database.clone();
        let answer = move |keys: &[K]| match database.reader().and_then(|mut db| read(&mut db, keys)) {
            Ok(found) => keys.iter().map(|key| Ok(found.get(key).cloned())).collect(),
            Err(failure) => keys.iter().map(|_| Err(same(&failure))).collect(),
        };
        Ok(Self(Crowd::start(name, answer)?))
    }

    /// What belongs to `key`, if there is anything.
    ///
    /// # Errors
    /// A database that does not answer.
    pub async fn get(&self, key: K) -> Result<Option<V>> {
        self.0.ask(key).await
    }
}

#[cfg(test)]
mod tests {
    use super::super::Synchronous;
    use super::super::crowd::{LARGEST, THREADS};
    use super::*;
    use crate::Error;
    use diesel::prelude::*;
    use diesel::sql_types::{BigInt, Text};
    use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
    use std::sync::{Arc, Condvar, Mutex, MutexGuard};
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
