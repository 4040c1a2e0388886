//! Forgetting what is past its use: answers kept for repeated requests, sessions, secrets, attempts, and files that
//! nobody can read any more.
use crate::platform::db::Db;
use crate::platform::db::types::Timestamp;
use crate::{App, Result, dialogue, identity, notifications, once, suppliers, tenancy};
use std::time::Duration;
use tracing::{info, warn};

/// What is past its use is gone so long after at the latest, while a worker runs.
const EVERY: Duration = Duration::from_secs(60 * 60);
/// The folder of the attachments is looked through once in so many rounds: what is looked for there is a month old.
const ROUNDS_PER_DAY: u64 = 24;
/// Rows that one transaction takes away: others write in between.
const BATCH: usize = 1_000;
/// Any number will do, as long as every node asks for the same one.
const TURN: i64 = 7_103_302;

/// Takes away at most so many rows of one kind that are past their use at this time; gives how many they were.
type Forget = fn(&mut Db, Timestamp, usize) -> Result<usize>;

const ALL: [Forget; 9] = [
    once::forget_answers,
    once::forget_forms,
    identity::forget_sessions,
    identity::forget_refresh_tokens,
    identity::forget_links,
    identity::forget_attempts,
    suppliers::forget_registrations,
    tenancy::forget_invitations,
    notifications::forget_messages,
];

/// Forgets now and then. Never returns.
pub async fn run(app: App) {
    for round in 0_u64.. {
        match sweep(&app).await {
            Ok(0) => {}
            Ok(rows) => info!(rows, "Forgot what was past its use"),
            Err(e) => warn!(error = e.in_full(), "What is past its use could not be forgotten; trying again later"),
        }
        if round.is_multiple_of(ROUNDS_PER_DAY) {
            match remove_orphans(&app).await {
                Ok(0) => {}
                Ok(files) => info!(files, "Removed files that nobody can read any more"),
                Err(e) => {
                    warn!(
                        error = e.in_full(),
                        "Files that nobody can read any more could not be removed; trying again tomorrow"
                    )
                }
            }
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// Removes the files that nobody can read any more, when they are a month old. Gives how many.
///
/// # Errors
/// When the database does not answer, or the folder of the attachments cannot be read or is that of another database.
pub async fn remove_orphans(app: &App) -> Result<usize> {
    app.blocking(|app| dialogue::remove_orphans(&mut *app.db.reader()?, &app.attachments, app.clock.now())).await
}

/// Forgets everything that is past its use now. Gives how many rows. While another node is at it, this one leaves it to
/// that one.
///
/// # Errors
/// When the database refuses.
pub async fn sweep(app: &App) -> Result<usize> {
    let mut all = 0;
    for forget in ALL {
        loop {
            let gone = app.blocking(move |app| batch(app, forget)).await?;
            all += gone;
            if gone < BATCH {
                break;
            }
        }
    }
    Ok(all)
}

fn batch(app: &App, forget: Forget) -> Result<usize> {
    let now = app.clock.now();
    app.db.transaction(|db| if db.takes_turn(TURN)? { forget(db, now, BATCH) } else { Ok(0) })
}
