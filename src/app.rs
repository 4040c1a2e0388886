//! Everything that a request needs, built once and passed down.
use crate::dialogue::Attachments;
use crate::identity::{Credentials, Keys, Passwords, Sessions, authenticate};
use crate::needs::{Finder, Need, NeedId, Search};
use crate::notifications::{self, Post};
use crate::op::{Op, Wake};
use crate::platform::clock::Clock;
use crate::platform::config::{Config, Environment};
use crate::platform::db::{Database, Db, Deed, SharedRead};
use crate::platform::language::Language;
use crate::platform::mail::{Letters, Route, Transport};
use crate::platform::telemetry::Tried;
use crate::statistics::Statistics;
use crate::tenancy::{Actor, Organisation, OrganisationId, Receiver};
use crate::web::Pages;
use crate::{Error, Result, needs, tenancy};
use anyhow::Context;
use chrono::TimeDelta;
use std::collections::HashMap;
use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, Notify, watch};

/// What everybody who works on a request holds. Clones are the same one.
#[derive(Clone)]
pub struct App(Arc<Inner>);

/// What an [`App`] has.
pub struct Inner {
    pub config: Config,
    pub clock: Clock,
    pub db: Database,
    /// One need with its buyer, draft or published: who may see it is asked afterwards.
    pub needs: SharedRead<NeedId, (Need, Organisation)>,
    /// Each buyer as it receives what the market says.
    pub receivers: SharedRead<OrganisationId, Receiver>,
    /// The position of the last public change.
    last_change: SharedRead<(), i64>,
    sessions: Sessions,
    pub keys: Keys,
    pub passwords: Passwords,
    pub attachments: Attachments,
    pub finder: Finder,
    pub statistics: Statistics,
    pub pages: Pages,
    pub post: Post,
    /// Something waits in the outbox.
    pub mail_queued: Notify,
    /// Something public has changed.
    public_changed: Notify,
    /// Whoever holds it brings the index up to date.
    following: Mutex<()>,
    /// The last public change that this process has committed.
    committed: watch::Sender<i64>,
    /// The process has been told to stop.
    stop: watch::Sender<bool>,
}

impl Deref for App {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}

/// Who sends a request, and how they want to be answered. Made by the doors.
#[derive(Debug, Clone)]
pub struct Caller {
    pub credentials: Credentials,
    pub language: Language,
    pub request_id: String,
}

impl Caller {
    /// The same, as anybody: for what is the same for all, and may be kept by those who pass it on.
    pub fn anonymous(self) -> Self {
        Self { credentials: Credentials::None, ..self }
    }

    /// The system itself, for a stated reason.
    pub fn system(reason: crate::tenancy::Reason) -> Self {
        Self {
            credentials: Credentials::System(reason),
            language: Language::Nb,
            request_id: reason.as_str().to_owned(),
        }
    }
}

impl App {
    /// Opens the database, the index, the templates and the way out for mail.
    ///
    /// # Errors
    /// Whatever cannot be opened, with the way to mend it where there is one.
    pub fn open(config: Config, clock: Clock) -> Result<Self> {
        let finder = Finder::open(&config.search.path)?;
        Self::with(config, clock, finder)
    }

    /// The same for commands and workers, which look for nothing: the index of a server that runs is not touched.
    ///
    /// # Errors
    /// Those of `open`.
    pub fn without_search(config: Config, clock: Clock) -> Result<Self> {
        Self::with(config, clock, Finder::empty()?)
    }

    fn with(config: Config, clock: Clock, finder: Finder) -> Result<Self> {
        let db = Database::open(&config.database.url, config.database.connections, config.database.synchronous)?;
        let now = clock.now();
        let lasts = TimeDelta::minutes(config.identity.access_token_minutes);
        let keys = db.transaction(|db| Keys::load(db, now, lasts))?;
        let statistics = db.transaction(|db| Statistics::open(db, config.environment == Environment::Demo))?;
        let route = Route::parse(&config.mail.url).map_err(anyhow::Error::msg)?;
        let letters = Letters::load(config.server.public_url.clone())?;
        let from = config.mail.from.parse().context("mail.from")?;
        let inner = Inner {
            needs: SharedRead::start("needs", &db, needs::with_buyers)?,
            receivers: SharedRead::start("receivers", &db, tenancy::receivers)?,
            last_change: SharedRead::start("changes", &db, |db, _| Ok(HashMap::from([((), needs::last_change(db)?)])))?,
            sessions: Sessions::start(&db, clock.clone())?,
            keys: keys.clone(),
            passwords: Passwords::new(config.identity.password_memory_kib)?,
            attachments: Attachments::open(config.attachments.clone())?,
            finder,
            statistics,
            pages: Pages::load()?,
            post: Post::new(keys, letters, Transport::open(&route)?, from),
            mail_queued: Notify::new(),
            public_changed: Notify::new(),
            following: Mutex::new(()),
            committed: watch::Sender::new(0),
            stop: watch::Sender::new(false),
            config,
            clock,
            db,
        };
        Ok(Self(Arc::new(inner)))
    }

    /// Runs `f` where waiting for the database hurts nobody.
    pub async fn blocking<T: Send + 'static>(&self, f: impl FnOnce(&Self) -> Result<T> + Send + 'static) -> Result<T> {
        let app = self.clone();
        actix_web::web::block(move || f(&app)).await.map_err(|_| Error::Unavailable("worker"))?
    }

    /// Who the caller is: for what is then read together with others. Nobody's credentials need no database.
    pub async fn actor(&self, caller: Caller) -> Result<Actor> {
        if matches!(caller.credentials, Credentials::None) {
            return Ok(Actor::Anonymous);
        }
        match self.sessions.recognise(&caller.credentials).await? {
            Some(member) => Ok(member),
            None => self.read(caller, |op| Ok(op.actor().clone())).await,
        }
    }

    /// Reads, as the caller.
    pub async fn read<T: Send + 'static>(
        &self,
        caller: Caller,
        f: impl FnOnce(&mut Op<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.blocking(move |app| {
            let mut connection = app.db.reader()?;
            app.as_caller(&mut connection, &caller, f).map(|(value, _)| value)
        })
        .await
    }

    /// The same as `read`, for those who are allowed to wait: commands.
    pub fn read_now<T>(&self, caller: &Caller, f: impl FnOnce(&mut Op<'_>) -> Result<T>) -> Result<T> {
        let mut connection = self.db.reader()?;
        self.as_caller(&mut connection, caller, f).map(|(value, _)| value)
    }

    /// Writes, as the caller: everything that `f` writes happens, or none of it does.
    pub async fn write<T: Send + 'static>(
        &self,
        caller: Caller,
        f: impl FnOnce(&mut Op<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let app = self.clone();
        let (value, wake) = self.db.write(move |db| app.as_caller(db, &caller, f)).await?;
        self.wake(wake);
        Ok(value)
    }

    /// Reads, as the caller, and then writes what `f` wants done: all of it, or nothing (`Database::insert`).
    pub async fn insert<T: Send + 'static>(
        &self,
        caller: Caller,
        f: impl FnOnce(&mut Op<'_>) -> Result<(T, Deed)> + Send + 'static,
    ) -> Result<T> {
        let member = self.sessions.recognise(&caller.credentials).await?;
        let app = self.clone();
        let inserted = self.db.insert(move |db| {
            let ((value, deed), wake) = match member {
                Some(member) => app.as_actor(db, member, &caller, f)?,
                None => app.as_caller(db, &caller, f)?,
            };
            Ok(((value, wake), deed))
        });
        let (value, wake) = inserted.await?;
        self.wake(wake);
        Ok(value)
    }

    /// The same as `write`, for those who are allowed to wait: commands and demo data.
    pub fn write_now<T>(&self, caller: &Caller, f: impl FnOnce(&mut Op<'_>) -> Result<T>) -> Result<T> {
        let (value, wake) = self.db.transaction(|db| self.as_caller(db, caller, f))?;
        self.wake(wake);
        Ok(value)
    }

    /// Writes as `actor`, as if it were `at`; for the demo, which tells what happened before today.
    pub(crate) fn write_as<T>(
        &self,
        actor: Actor,
        at: crate::platform::db::types::Timestamp,
        request_id: &str,
        f: impl FnOnce(&mut Op<'_>) -> Result<T>,
    ) -> Result<T> {
        let (value, wake) = self.db.transaction(|db| {
            let mut op = Op::new(db, actor, at, request_id, notifications::announce);
            let value = f(&mut op)?;
            Ok((value, op.wake))
        })?;
        self.wake(wake);
        Ok(value)
    }

    fn as_caller<T>(
        &self,
        db: &mut Db,
        caller: &Caller,
        f: impl FnOnce(&mut Op<'_>) -> Result<T>,
    ) -> Result<(T, Wake)> {
        let actor = authenticate(db, &caller.credentials, self.clock.now())?;
        self.as_actor(db, actor, caller, f)
    }

    fn as_actor<T>(
        &self,
        db: &mut Db,
        actor: Actor,
        caller: &Caller,
        f: impl FnOnce(&mut Op<'_>) -> Result<T>,
    ) -> Result<(T, Wake)> {
        let mut op = Op::new(db, actor, self.clock.now(), &caller.request_id, notifications::announce);
        let value = f(&mut op)?;
        Ok((value, op.wake))
    }

    fn wake(&self, wake: Wake) {
        if wake.mail {
            self.mail_queued.notify_one();
        }
        if let Some(position) = wake.change {
            self.committed.send_modify(|last| *last = position.max(*last));
            self.public_changed.notify_one();
        }
    }

    /// Waits until the index has what this process has committed, so that whoever publishes finds it at once. If it cannot
    /// follow, a list that is a little old is better than none.
    pub async fn index_is_current(&self) {
        if self.finder.position() < *self.committed.borrow()
            && let Err(e) = self.update_index().await
        {
            tracing::warn!(error = e.in_full(), "The search index could not follow; answering with what it has");
        }
    }

    /// The same, before this is looked for: with what is then read together with others.
    ///
    /// # Errors
    /// A database that does not answer.
    pub async fn ready_for(&self, mut search: Search) -> Result<Search> {
        self.index_is_current().await;
        if search.begins_with_the_newest() {
            search.as_of = self.last_change.get(()).await?;
        }
        Ok(search)
    }

    /// Takes public changes into the index; one at a time does it, the others wait for it.
    pub async fn update_index(&self) -> Result<()> {
        let _turn = self.following.lock().await;
        self.blocking(|app| needs::follow_changes(&mut *app.db.reader()?, &app.finder)).await?;
        Ok(())
    }

    /// Whoever works beside the requests ends when what it is doing now is done.
    pub fn stop(&self) {
        self.stop.send_replace(true);
    }

    /// Has the process been told to stop?
    pub fn is_stopping(&self) -> bool {
        *self.stop.borrow()
    }

    /// Waits until the process is told to stop.
    pub async fn stopping(&self) {
        // Never an error: the sender lives as long as this.
        let _ = self.stop.subscribe().wait_for(|stop| *stop).await;
    }

    /// Follows the public changes of this node at once and those of others within a second. Never returns.
    pub async fn follow_changes(self) {
        let mut tried = Tried::new("Following the public changes with the search index");
        loop {
            tried.tell(&self.update_index().await);
            let _ = tokio::time::timeout(Duration::from_secs(1), self.public_changed.notified()).await;
        }
    }
}
