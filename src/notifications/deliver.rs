//! Sending what waits in the outbox, after the transaction that queued it.
use super::{MessageStatus, OutboxMessage, store};
use crate::App;
use crate::Result;
use crate::platform::mail::{self, Outcome};
use chrono::TimeDelta;
use std::time::Duration;
use tracing::{info, warn};

/// The counter of attempts, by what came of them.
pub const ATTEMPTS: &str = "mails_total";
/// A conversation with a mail server that lasts longer has been abandoned.
const ABANDONED_AFTER: TimeDelta = TimeDelta::seconds(mail::LONGEST.as_secs().cast_signed() + 60);
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
/// tried again. Ends between two mails when the process is told to stop.
pub async fn run(app: App) {
    let pause = Duration::from_millis(app.config.mail.poll_milliseconds);
    while !app.is_stopping() {
        if let Err(e) = deliver_due(&app).await {
            warn!(error = %e, "The outbox could not be delivered; trying again later");
        }
        tokio::select! {
            _ = tokio::time::timeout(pause, app.mail_queued.notified()) => {}
            () = app.stopping() => {}
        }
    }
}

/// Sends everything that is due, one mail after the other: what is written down as being sent is what is being sent, so
/// whatever happens to this process, nobody has to wonder about another mail. Gives how many attempts were made.
///
/// # Errors
/// When the database refuses; a mail that cannot be sent is no error, it is written down.
pub async fn deliver_due(app: &App) -> Result<usize> {
    let mut attempts = 0;
    let lost = "the server stopped while it was sending; it may have arrived";
    let mut last: Option<OutboxMessage> = None;
    loop {
        let (now, stops) = (app.clock.now(), app.is_stopping());
        let settled = last.take();
        let next = app
            .db
            .write(move |db| {
                match &settled {
                    Some(message) => store::settle(db, message)?,
                    None => drop(store::fail_abandoned(db, now, lost)?),
                }
                if stops { Ok(None) } else { store::claim(db, now, now + ABANDONED_AFTER) }
            })
            .await?;
        let Some(message) = next else { return Ok(attempts) };
        attempts += 1;
        let outcome = app.post.send(&message).await;
        last = Some(settle(message, outcome, app));
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
