//! Sending what waits in the outbox, after the transaction that queued it.
use super::{MessageStatus, OutboxMessage, store};
use crate::App;
use crate::Result;
use crate::platform::mail::Outcome;
use chrono::TimeDelta;
use std::time::Duration;
use tracing::{info, warn};

/// Messages taken at once.
const BATCH: i64 = 50;
/// A conversation with a mail server that lasts longer has been abandoned.
const ABANDONED_AFTER: TimeDelta = TimeDelta::minutes(10);
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
/// tried again. Never returns.
pub async fn run(app: App) {
    let pause = Duration::from_millis(app.config.mail.poll_milliseconds);
    loop {
        if let Err(e) = deliver_due(&app).await {
            warn!(error = %e, "The outbox could not be delivered; trying again later");
        }
        let _ = tokio::time::timeout(pause, app.mail_queued.notified()).await;
    }
}

/// Sends everything that is due. Gives how many attempts were made.
///
/// # Errors
/// When the database refuses; a mail that cannot be sent is no error, it is written down.
pub async fn deliver_due(app: &App) -> Result<usize> {
    let mut attempts = 0;
    loop {
        let now = app.clock.now();
        let claimed = app
            .db
            .write(move |db| {
                store::fail_abandoned(db, now, "the server stopped while it was sending; it may have arrived")?;
                store::claim(db, now, now + ABANDONED_AFTER, BATCH)
            })
            .await?;
        if claimed.is_empty() {
            return Ok(attempts);
        }
        attempts += claimed.len();
        for message in claimed {
            let outcome = app.post.send(&message).await;
            let settled = settle(message, outcome, app);
            app.db.write(move |db| store::settle(db, &settled)).await?;
        }
    }
}

/// The message after an attempt.
fn settle(message: OutboxMessage, outcome: Outcome, app: &App) -> OutboxMessage {
    let (id, to) = (message.id, crate::identity::mask(&message.email));
    let now = app.clock.now();
    let last = message.attempts >= app.config.mail.max_attempts;
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
        Outcome::Later(reason) | Outcome::Never(reason) => {
            warn!(message.id = %id, message.to = to, reason, "Gave up sending `{}`", message.template);
            OutboxMessage { status: MessageStatus::Failed, failure: Some(reason), ..message }
        }
    };
    if message.holds_secret() && message.status == MessageStatus::Sent {
        message.payload = store::nothing();
    }
    message
}
