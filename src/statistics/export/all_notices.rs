//! All notices as a file of Parquet that is kept ready, so that whoever fetches it, or only parts of it as DuckDB does, waits for
//! nobody to write it.
use super::parquet::write_notices;
use crate::Result;
use crate::platform::db::Db;
use crate::platform::db::types::Timestamp;
use anyhow::Context;
use chrono::TimeDelta;
use std::io::BufWriter;
use std::sync::{Arc, Mutex, PoisonError};
use tempfile::NamedTempFile;

/// How old the file may be while notices come in. Writing a million takes some seconds.
const AGE: TimeDelta = TimeDelta::minutes(10);

/// The file, once somebody has asked for it.
#[derive(Default)]
pub struct AllNotices {
    ready: Mutex<Option<Ready>>,
    /// Whoever waits for another to write it waits here first, before taking a connection to the database.
    turn: tokio::sync::Mutex<()>,
}

struct Ready {
    file: Arc<NamedTempFile>,
    /// Of the last notice in the feed of changes when it was written.
    position: i64,
    written_at: Timestamp,
}

impl AllNotices {
    /// Waits while somebody writes the file.
    pub async fn turn(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.turn.lock().await
    }

    /// The file with everything up to this position, or at most ten minutes old. Written by the first who asks; others wait. It is
    /// removed when it is neither ready nor held any more.
    ///
    /// # Errors
    /// When the database or the disk refuses.
    pub fn current(&self, db: &mut Db, position: i64, now: Timestamp, is_invented: bool) -> Result<Arc<NamedTempFile>> {
        let mut ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(ready) = &*ready
            && (ready.position == position || ready.written_at + AGE > now)
        {
            return Ok(ready.file.clone());
        }
        let mut file = NamedTempFile::with_suffix(".parquet").context("a file for Parquet")?;
        write_notices(db, BufWriter::new(&mut file), is_invented)?;
        let file = Arc::new(file);
        *ready = Some(Ready { file: file.clone(), position, written_at: now });
        Ok(file)
    }
}
