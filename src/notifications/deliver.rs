//! Sending what waits in the outbox, after the transaction that queued it.
//!
//! Several mails are on their way at the same time, so that one that the mail server is slow to take holds up no other. What
//! is being sent is written down, and what may have left us too (`hand_over`): whatever happens to this process, what surely
//! has not arrived is sent again, and nobody has to wonder about another mail than those that were being handed over.
use super::{MessageStatus, OutboxMessage, store};
use crate::App;
use crate::Result;
use crate::platform::db::Db;
use crate::platform::mail::{self, Outcome};
use crate::platform::telemetry::Tried;
use chrono::TimeDelta;
use std::future::pending;
use std::sync::OnceLock;
use std::time::Duration;
use tokio::task::JoinSet;
use tracing::{info, warn};

/// The counter of attempts, by what came of them.
pub const ATTEMPTS: &str = "mails_total";
/// A conversation with a mail server that lasts longer has been abandoned: until the mail is handed over, and after it.
const ABANDONED: [TimeDelta; 2] = [
    TimeDelta::seconds(mail::BEFORE_HANDING_OVER.as_secs().cast_signed() + 60),
    TimeDelta::seconds(mail::TAKING_OVER.as_secs().cast_signed() + 60),
];
/// The pause after each failed attempt.
const PAUSES: [TimeDelta; 6] = [
    TimeDelta::minutes(1),
    TimeDelta::minutes(5),
    TimeDelta::minutes(20),
    TimeDelta::hours(1),
    TimeDelta::hours(3),
    TimeDelta::hours(6),
];

/// Delivers whenever something is queued here, and looks now and then for what other nodes queued or what is to be
/// tried again. When the process is told to stop, it ends after the mails that are being handed over.
pub async fn run(app: App) {
    let pause = Duration::from_millis(app.config.mail.poll_milliseconds);
    let mut delivery = Delivery::new(&app);
    let mut tried = Tried::new("Delivering the outbox");
    loop {
        tried.tell(&delivery.go_on().await);
        if app.is_stopping() && delivery.under_way.is_empty() {
            return;
        }
        tokio::select! {
            () = delivery.one_ends(), if !delivery.under_way.is_empty() => {}
            _ = tokio::time::timeout(pause, app.mail_queued.notified()) => {}
            () = app.stopping(), if !app.is_stopping() => {}
        }
    }
}

/// Sends everything that is due. Gives how many attempts were made.
///
/// # Errors
/// When the database refuses; a mail that cannot be sent is no error, it is written down.
pub async fn deliver_due(app: &App) -> Result<usize> {
    let mut delivery = Delivery::new(app);
    loop {
        delivery.go_on().await?;
        if delivery.under_way.is_empty() {
            return Ok(delivery.attempts);
        }
        delivery.one_ends().await;
    }
}

/// The mails that are on their way from here.
struct Delivery {
    app: App,
    under_way: JoinSet<OutboxMessage>,
    /// What became of them is not written down yet.
    ended: Vec<OutboxMessage>,
    attempts: usize,
}

impl Delivery {
    fn new(app: &App) -> Self {
        Self { app: app.clone(), under_way: JoinSet::new(), ended: Vec::new(), attempts: 0 }
    }

    /// Writes down what became of those that ended, and begins with as many others as are due and may be on their way.
    ///
    /// # Errors
    /// When the database refuses. What is to be written down is kept for the next time.
    async fn go_on(&mut self) -> Result<()> {
        loop {
            let has_room = self.under_way.len() < self.app.config.mail.connections && !self.app.is_stopping();
            let ended = self.ended.last().cloned();
            if ended.is_none() && !has_room {
                return Ok(());
            }
            let next = turn(&self.app, ended, has_room).await?;
            self.ended.pop();
            match next {
                Some(message) => {
                    self.attempts += 1;
                    self.under_way.spawn(attempt(self.app.clone(), message));
                }
                None if self.ended.is_empty() => return Ok(()),
                None => {}
            }
        }
    }

    /// Waits until one of them ends, of which there must be one.
    async fn one_ends(&mut self) {
        match self.under_way.join_next().await {
            Some(Ok(message)) => self.ended.push(message),
            // It is found abandoned in a while, by whoever looks.
            Some(Err(e)) => warn!(error = %e, "An attempt to send a mail broke off"),
            None => {}
        }
    }
}

/// Writes down what became of one mail, and claims the next if there is room for it: in one transaction.
async fn turn(app: &App, ended: Option<OutboxMessage>, has_room: bool) -> Result<Option<OutboxMessage>> {
    let now = app.clock.now();
    let most = app.config.mail.max_attempts;
    let lost = "the server stopped while it was sending; it may have arrived";
    let turn = move |db: &mut Db| {
        match &ended {
            Some(message) => store::settle(db, message)?,
            None => {
                store::release_abandoned(db, now, most)?;
                store::fail_abandoned(db, now, lost)?;
            }
        }
        if has_room { store::claim(db, now, now + ABANDONED[0]) } else { Ok(None) }
    };
    app.db.write(turn).await
}

/// Sends it. Gives the message as it is then.
async fn attempt(app: App, message: OutboxMessage) -> OutboxMessage {
    let has_left = OnceLock::new();
    let handing_over = async {
        has_left.get_or_init(|| ());
        hand_over(&app, &message).await
    };
    let told_to_stop = async {
        app.stopping().await;
        if has_left.get().is_some() {
            pending::<()>().await;
        }
    };
    let outcome = tokio::select! {
        outcome = app.post.send(&message, handing_over) => outcome,
        () = told_to_stop => {
            // The next server sends it, as it does those that nobody has begun with.
            return OutboxMessage { status: MessageStatus::Waiting, next_attempt_at: app.clock.now(), ..message };
        }
    };
    settle(message, outcome, &app)
}

/// Writes down that the mail is about to leave us, so that it may have arrived from here on.
///
/// # Errors
/// Why it must not leave: the database does not answer, or somebody else took the mail for abandoned, or took it away.
async fn hand_over(app: &App, message: &OutboxMessage) -> Result<(), String> {
    let until = app.clock.now() + ABANDONED[1];
    let (id, attempts) = (message.id, message.attempts);
    let elsewhere = "it was no longer to be sent from here";
    match app.db.write(move |db| store::hand_over(db, id, attempts, until)).await {
        Ok(true) => Ok(()),
        Ok(false) => Err(elsewhere.to_owned()),
        Err(e) => Err(format!("it was not sent: {e}")),
    }
}

/// The message after an attempt.
fn settle(message: OutboxMessage, outcome: Outcome, app: &App) -> OutboxMessage {
    let (id, to) = (message.id, crate::identity::mask(&message.email));
    let now = app.clock.now();
    let last = message.attempts >= app.config.mail.max_attempts;
    let outcome = match outcome {
        // Twice is worse than a line that someone can act on.
        Outcome::Unknown(reason) => Outcome::Never(format!("{reason}; it may have arrived")),
        known => known,
    };
    let mut message = match outcome {
        Outcome::Sent => {
            info!(message.id = %id, message.to = to, "Sent `{}`", message.template);
            OutboxMessage { status: MessageStatus::Sent, sent_at: Some(now), failure: None, ..message }
        }
        Outcome::Later(reason) if !last => {
            warn!(message.id = %id, message.to = to, reason, "Could not send `{}` yet", message.template);
            let pause = usize::try_from(message.attempts - 1).ok().and_then(|n| PAUSES.get(n)).unwrap_or(&PAUSES[5]);
            let next = now + *pause;
            OutboxMessage { status: MessageStatus::Waiting, next_attempt_at: next, failure: Some(reason), ..message }
        }
        Outcome::Later(reason) | Outcome::Never(reason) | Outcome::Unknown(reason) => {
            warn!(message.id = %id, message.to = to, reason, "Gave up sending `{}`", message.template);
            OutboxMessage { status: MessageStatus::Failed, failure: Some(reason), ..message }
        }
    };
    metrics::counter!(ATTEMPTS, "status" => message.status.as_str()).increment(1);
    if message.holds_secret() && message.status == MessageStatus::Sent {
        message.payload = store::nothing();
    }
    message
}
