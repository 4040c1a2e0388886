//! Pools of connections, and the two ways to use one: to read, and to write all or nothing.
use super::Db;
use super::address::{self, Address};
use super::shared_insert::SharedInsert;
use super::together::{Deed, insert_together};
use super::writer::Writer;
use crate::{Error, Result};
use anyhow::{Context, anyhow};
use diesel::connection::{Instrumentation, InstrumentationEvent, SimpleConnection, TransactionManager};
use diesel::migration::MigrationVersion;
use diesel::r2d2::{ManageConnection, NopErrorHandler, Pool, PooledConnection, R2D2Connection};
use diesel::result::DatabaseErrorKind::{ClosedConnection, UnableToSendCommand};
use diesel::result::Error::DatabaseError;
use diesel::sql_types::{BigInt, Bool, Text};
use diesel::{Connection as _, PgConnection, QueryableByName, RunQueryDsl, SqliteConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use std::path::Path;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");
/// Any number will do, as long as every node asks for the same one.
const MIGRATION_LOCK: i64 = 7_103_301;

/// Which database it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Postgres,
    Sqlite,
}

/// How a commit on SQLite meets a power cut: `Normal` may lose the last instant, `Full` loses nothing and is slower.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Synchronous {
    Normal,
    Full,
}

/// A page found by an index costs hardly more than the next one, on disks without a turning plate and in memory. By the
/// default (4) small tables are read whole for each row that is wanted of them, which makes a response a tenth dearer.
const POSTGRES_SETUP: &str = "SET random_page_cost = 1.1";

#[derive(Clone)]
pub(super) enum Target {
    Postgres(String),
    Sqlite { path: String, setup: String },
}

impl Target {
    fn parse(url: &str, synchronous: Synchronous) -> Result<Self> {
        let path = match address::read(url).map_err(|problems| anyhow!(problems.join("; ")))? {
            Address::Postgres(url) => return Ok(Self::Postgres(url.into())),
            Address::Sqlite(path) => path,
        };
        let level = match synchronous {
            Synchronous::Normal => "NORMAL",
            Synchronous::Full => "FULL",
        };
        // Up to a gigabyte of the file is read where the kernel keeps it, by all connections the same, instead of being
        // copied: a tenth faster, and 25 MB less of our own. The price: a disk that fails while it is read ends the program
        // instead of one request.
        let setup = format!(
            "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = {level}; \
             PRAGMA foreign_keys = ON; PRAGMA cache_size = -4000; PRAGMA mmap_size = 1073741824; \
             PRAGMA temp_store = MEMORY;"
        );
        Ok(Self::Sqlite { path: path.into(), setup })
    }

    pub(super) fn connect(&self) -> Result<Db, diesel::ConnectionError> {
        Ok(match self {
            Self::Postgres(url) => {
                let mut c = PgConnection::establish(url)?;
                c.batch_execute(POSTGRES_SETUP).map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
                Db::Postgres(c)
            }
            Self::Sqlite { path, setup } => {
                let mut c = SqliteConnection::establish(path)?;
                let taught = c.batch_execute(setup).and_then(|()| super::dialect::teach(&mut c));
                taught.map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
                Db::Sqlite(c)
            }
        })
    }

    fn bring_up_to_date(&self) -> Result<Vec<String>> {
        if let Self::Sqlite { path, .. } = self
            && let Some(folder) = Path::new(path).parent()
        {
            std::fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
        }
        migrate(&mut self.connect().context("the database does not answer")?)
    }

    /// The connection of SQLite's writer: it keeps more pages at hand, for it walks every index, and carries them over from
    /// the log (WAL) to the database less often, for what is written once may be written again before.
    pub(super) fn connect_writer(&self) -> Result<Db, diesel::ConnectionError> {
        let mut db = self.connect()?;
        let setup = "PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 4000;";
        db.batch_execute(setup).map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
        Ok(db)
    }
}

/// Makes connections for the pool, and tells when none can be made, and when they can again: once, however often it is tried.
pub struct Manager {
    target: Target,
    /// What was told last, while it lasts.
    told: Mutex<Option<String>>,
    losses: Arc<Losses>,
}

/// When a connection was lost: the others may be lost too, and whoever is given one may be the first to use it since.
struct Losses {
    begun: Instant,
    /// Milliseconds after `begun`; 0 if none has been lost.
    last: AtomicU64,
}

impl Losses {
    /// For so long after a loss, connections are tried before they are given to somebody and when they come back.
    const SUSPECTED: Duration = Duration::from_secs(60);

    fn since_begun(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn note(&self) {
        self.last.store(self.since_begun().max(1), Relaxed);
    }

    fn are_recent(&self) -> bool {
        let last = self.last.load(Relaxed);
        last > 0 && u128::from(self.since_begun() - last) < Self::SUSPECTED.as_millis()
    }
}

/// Hears how each statement of a connection ends. The connection itself does not notice its loss when that is found while a
/// statement is prepared, and would be given to one after the other.
struct Listener(Arc<Losses>);

impl Instrumentation for Listener {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        if let InstrumentationEvent::FinishQuery { error: Some(DatabaseError(kind, _)), .. } = event
            && matches!(kind, ClosedConnection | UnableToSendCommand)
        {
            self.0.note();
        }
    }
}

impl Manager {
    fn new(target: Target) -> Self {
        let losses = Arc::new(Losses { begun: Instant::now(), last: AtomicU64::new(0) });
        Self { target, told: Mutex::default(), losses }
    }

    fn tell(&self, connected: &Result<Db, diesel::ConnectionError>) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        match connected {
            Ok(_) if told.take().is_some() => tracing::info!("The database answers again"),
            Ok(_) => {}
            Err(e) => {
                let reason = in_one_line(e);
                if told.as_ref() != Some(&reason) {
                    tracing::warn!(reason, "The database does not let us in; trying again until it does");
                    *told = Some(reason);
                }
            }
        }
    }
}

/// Without where the database was looked for: that stands in the configuration.
fn in_one_line(e: &diesel::ConnectionError) -> String {
    let whole = e.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
    match whole.split_once(" failed: ") {
        Some((_, reason)) => reason.to_owned(),
        None => whole,
    }
}

impl ManageConnection for Manager {
    type Connection = Db;
    type Error = diesel::r2d2::Error;
    fn connect(&self) -> Result<Db, Self::Error> {
        let mut connected = self.target.connect();
        self.tell(&connected);
        if let Ok(Db::Postgres(c)) = &mut connected {
            c.set_instrumentation(Listener(self.losses.clone()));
        }
        connected.map_err(diesel::r2d2::Error::ConnectionError)
    }
    fn is_valid(&self, c: &mut Db) -> Result<(), Self::Error> {
        if self.losses.are_recent() { c.ping().map_err(diesel::r2d2::Error::QueryError) } else { Ok(()) }
    }
    fn has_broken(&self, c: &mut Db) -> bool {
        std::thread::panicking() || c.is_broken() || self.is_valid(c).is_err()
    }
}

/// A connection of the pool, which comes back to it.
pub type Reader = PooledConnection<Manager>;

/// The database: a pool of connections, and whoever writes for many at once.
#[derive(Clone)]
pub struct Database {
    pool: Pool<Manager>,
    writes: Writes,
}

#[derive(Clone)]
enum Writes {
    Postgres(Arc<SharedInsert>),
    /// It has one writer.
    Sqlite(Arc<Writer>),
}

impl Database {
    /// The file of an address that names one. Nobody is asked whether they answer there.
    ///
    /// # Errors
    /// All that is wrong with the address, each in a sentence that says how to write it.
    pub fn check_address(url: &str) -> Result<Option<&Path>, Vec<String>> {
        Ok(match address::read(url)? {
            Address::Postgres(_) => None,
            Address::Sqlite(path) => Some(Path::new(path)),
        })
    }

    /// Brings the tables up to date, and tells which migrations that took.
    ///
    /// # Errors
    /// Those of `open`.
    pub fn migrate(url: &str, synchronous: Synchronous) -> Result<Vec<String>> {
        Target::parse(url, synchronous)?.bring_up_to_date()
    }

    /// Opens the pools, and brings the tables up to date.
    ///
    /// # Errors
    /// An address that is neither `sqlite://` nor `postgres://`; a database that does not answer; a failed migration.
    pub fn open(url: &str, connections: u32, synchronous: Synchronous) -> Result<Self> {
        let target = Target::parse(url, synchronous)?;
        target.bring_up_to_date()?;
        let writer = match &target {
            Target::Sqlite { .. } => Some(Writer::start(target.clone())?),
            Target::Postgres(_) => None,
        };
        let pool = Pool::builder()
            .max_size(connections)
            .min_idle(Some(1))
            .test_on_check_out(true)
            .connection_timeout(Duration::from_secs(10))
            // The manager tells.
            .error_handler(Box::new(NopErrorHandler))
            .build(Manager::new(target))
            .context("the database does not answer")?;
        let writes = match writer {
            Some(writer) => Writes::Sqlite(Arc::new(writer)),
            None => Writes::Postgres(Arc::new(SharedInsert::start(pool.clone())?)),
        };
        Ok(Self { pool, writes })
    }

    /// Which database it is.
    pub fn engine(&self) -> Engine {
        match self.writes {
            Writes::Postgres(_) => Engine::Postgres,
            Writes::Sqlite(_) => Engine::Sqlite,
        }
    }

    /// A connection for reading.
    pub fn reader(&self) -> Result<Reader> {
        self.pool.get().map_err(|_| Error::Unavailable("database"))
    }

    /// Runs `f` in a transaction where waiting for the database hurts nobody: everything it writes happens, or none of it
    /// does. On SQLite those who write at the same time share a commit.
    ///
    /// # Errors
    /// Whatever `f` refuses; a database that does not answer.
    pub async fn write<T: Send + 'static>(&self, f: impl FnOnce(&mut Db) -> Result<T> + Send + 'static) -> Result<T> {
        if let Writes::Sqlite(writer) = &self.writes {
            return writer.write(f).await;
        }
        let database = self.clone();
        let done = tokio::task::spawn_blocking(move || database.transaction(f)).await;
        done.map_err(|_| Error::Unavailable("worker"))?
    }

    /// Runs `f`, which reads and writes nothing, and then writes what it wants done: all of it, or nothing. The same as a
    /// transaction to those beside it, as PostgreSQL's sees at each statement what others have committed; but those who come
    /// at the same time share the statements. For what comes in crowds.
    ///
    /// # Errors
    /// Whatever `f` refuses; a database that does not answer.
    pub async fn insert<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut Db) -> Result<(T, Deed)> + Send + 'static,
    ) -> Result<T> {
        let shared = match &self.writes {
            Writes::Postgres(shared) => shared,
            Writes::Sqlite(writer) => {
                let whole = |db: &mut Db| {
                    let (value, deed) = f(db)?;
                    insert_together(db, &[deed])?;
                    Ok(value)
                };
                return writer.write(whole).await;
            }
        };
        let database = self.clone();
        let reading = tokio::task::spawn_blocking(move || only_reading(&mut *database.reader()?, f));
        let (value, deed) = reading.await.map_err(|_| Error::Unavailable("worker"))??;
        shared.insert(deed).await?;
        Ok(value)
    }

    /// The same as `write` for those who are allowed to wait themselves. SQLite takes its write lock at once (`BEGIN IMMEDIATE`), so
    /// a transaction that reads first can never fail half-way with `database is locked`.
    pub fn transaction<T>(&self, f: impl FnOnce(&mut Db) -> Result<T>) -> Result<T> {
        if let Writes::Sqlite(writer) = &self.writes {
            return writer.transaction(f);
        }
        in_transaction(&mut *self.reader()?, f)
    }
}

/// Runs `f`, which must not write. In a build for testing the database refuses it if it does.
fn only_reading<T>(db: &mut Db, f: impl FnOnce(&mut Db) -> Result<T>) -> Result<T> {
    if cfg!(debug_assertions) {
        db.batch_execute("SET default_transaction_read_only = on")?;
    }
    let read = f(db);
    if cfg!(debug_assertions) {
        db.batch_execute("SET default_transaction_read_only = off")?;
    }
    read
}

pub(super) fn in_transaction<T>(db: &mut Db, f: impl FnOnce(&mut Db) -> Result<T>) -> Result<T> {
    <Db as diesel::Connection>::TransactionManager::begin_transaction(db)?;
    match f(db) {
        Ok(v) => {
            <Db as diesel::Connection>::TransactionManager::commit_transaction(db)?;
            Ok(v)
        }
        Err(e) => {
            // Why it is undone is what matters; a connection that cannot undo is not given to anybody else.
            if let Err(undone) = <Db as diesel::Connection>::TransactionManager::rollback_transaction(db) {
                tracing::error!(error = %undone, "A transaction could not be rolled back");
            }
            Err(e)
        }
    }
}

impl Db {
    /// Has the connection been lost, so that nobody knows what became of what was asked last?
    pub(super) fn is_lost(&mut self) -> bool {
        self.ping().is_err()
    }

    /// Is this transaction the only one that does what `key` stands for, on whatever node? If so, until it ends. On SQLite
    /// no two write at once anyway.
    pub fn takes_turn(&mut self, key: i64) -> Result<bool> {
        match self {
            Self::Postgres(c) => {
                // The server's locks are those of the whole database, where another schema may be another Brobygger.
                let turn: Turn = diesel::sql_query(
                    "SELECT pg_try_advisory_xact_lock(hashtextextended(current_schema(), $1)) AS taken",
                )
                .bind::<BigInt, _>(key)
                .get_result(c)?;
                Ok(turn.taken)
            }
            Self::Sqlite(_) => Ok(true),
        }
    }

    /// Waits until nobody else, on whatever node, does what `key` stands for, and has the turn until this transaction ends. On SQLite
    /// no two write at once anyway.
    pub fn waits_for_turn(&mut self, key: &str) -> Result<()> {
        if let Self::Postgres(c) = self {
            diesel::sql_query("SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || ' ' || $1, 0))")
                .bind::<Text, _>(key)
                .execute(c)?;
        }
        Ok(())
    }
}

#[derive(QueryableByName)]
struct Turn {
    #[diesel(sql_type = Bool)]
    taken: bool,
}

/// The stamps of the migrations that were done.
fn migrate(db: &mut Db) -> Result<Vec<String>> {
    let told = |versions: Vec<MigrationVersion<'_>>| versions.iter().map(ToString::to_string).collect();
    let done = match db {
        Db::Postgres(c) => {
            // Two nodes may start at once.
            let lock = format!("hashtextextended(current_schema(), {MIGRATION_LOCK})");
            c.batch_execute(&format!("SELECT pg_advisory_lock({lock})"))?;
            let done = c.run_pending_migrations(POSTGRES).map(told);
            c.batch_execute(&format!("SELECT pg_advisory_unlock({lock})"))?;
            done
        }
        Db::Sqlite(c) => c.run_pending_migrations(SQLITE).map(told),
    };
    done.map_err(|e| anyhow::anyhow!("the database could not be brought up to date: {e}").into())
}
