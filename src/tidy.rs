//! What is done at the start and once a day, beside everything else: taking away what nobody knows of or asks for.
use crate::{App, Result, dialogue, once};
use std::time::Duration;

const PAUSE: Duration = Duration::from_secs(24 * 60 * 60);

/// How much there was of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tidied {
    /// Files that no row knows.
    pub files: usize,
    /// Keys of requests that nobody repeats any more.
    pub keys: usize,
}

/// Never returns. Several servers may do it beside each other.
pub async fn run(app: App) {
    loop {
        match app.blocking(tidy).await {
            Ok(Tidied { files: 0, keys: 0 }) => {}
            Ok(Tidied { files, keys }) => tracing::info!(files, keys, "Took away what nobody needs"),
            Err(e) => tracing::warn!(error = %e, "Could not tidy up; trying again tomorrow"),
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// # Errors
/// When the database does not answer, or the folder of the attachments cannot be read.
pub fn tidy(app: &App) -> Result<Tidied> {
    let now = app.clock.now();
    Ok(Tidied {
        files: dialogue::remove_orphans(&mut *app.db.reader()?, &app.attachments, now)?,
        keys: app.db.transaction(|db| once::forget(db, now - once::LASTS))?,
    })
}
