//! Bringing notices in: one thread finds documents, several read them, and one keeps what was read, in batches. What waits
//! between them is bounded, so that memory does not grow with what is imported.
use super::keep::{self, Kept};
use super::policy;
use super::stored::{Stored, beginning};
use crate::app::Caller;
use crate::platform::db::types::Timestamp;
use crate::{App, Result};
use eforms_read::sources::{self, Document, Unopened};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// Notices that share a transaction. What is read meanwhile waits; what a commit costs is shared.
const BATCH: usize = 2_000;
/// Documents, or notices, that wait between two threads.
const QUEUE: usize = 64;
/// Bytes of documents that are in memory at a time, but for one that is larger by itself.
const IN_MEMORY: usize = 48 * 1024 * 1024;

/// What became of everything that was found.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Summary {
    /// Notices, and documents that turned out to be none.
    pub read: u64,
    pub stored: u64,
    pub updated: u64,
    pub unchanged: u64,
    pub failed: u64,
    /// Files that are called neither as notices nor as archives: not among those that were read.
    pub passed_over: u64,
    /// Of the notices that were read, those with something wrong in them.
    pub flagged: u64,
    /// What is wrong in them, by its kind ([`eforms_read::facts::FlagKind`]).
    pub flags: BTreeMap<&'static str, u64>,
    /// Of documents, unpacked.
    pub bytes: u64,
}

/// Something that was not kept: which document, and why, with the XPath where there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    pub name: String,
    pub reason: String,
}

/// What an import tells while it runs.
pub enum Progress<'a> {
    Failed(&'a Failed),
    PassedOver(&'a Failed),
    Kept(&'a Summary),
}

/// One document, read.
struct Read {
    bytes: usize,
    notices: Result<Vec<Stored>, Failed>,
    flags: BTreeMap<&'static str, u64>,
    is_passed_over: bool,
}

/// Imports everything at `paths` with so many threads that read. A document that cannot be read is told of and stops
/// nothing.
///
/// # Errors
/// When the database refuses.
pub fn import(
    app: &App,
    caller: &Caller,
    paths: &[PathBuf],
    jobs: NonZeroUsize,
    mut tell: impl FnMut(Progress<'_>),
) -> Result<Summary> {
    let now = app.clock.now();
    let room = Room::default();
    let (documents, to_read) = mpsc::sync_channel::<Result<Document, Unopened>>(QUEUE);
    let (read, to_keep) = mpsc::sync_channel::<Read>(QUEUE);
    let to_read = Mutex::new(to_read);
    thread::scope(|scope| {
        let room = &room;
        let to_read = &to_read;
        scope.spawn(move || find(paths, &documents, room));
        for _ in 0..jobs.get() {
            let read = read.clone();
            scope.spawn(move || read_all(to_read, &read, room, now));
        }
        drop(read);
        let summary = keep_all(app, caller, &to_keep, &mut tell);
        // If keeping stopped early, those who still send must not wait for ever.
        drop(to_keep);
        room.close();
        while open(to_read).recv().is_ok() {}
        summary
    })
}

fn find(paths: &[PathBuf], documents: &SyncSender<Result<Document, Unopened>>, room: &Room) {
    for path in paths {
        let go_on = sources::read(path, &mut |found| {
            if let Ok(document) = &found {
                room.take(document.bytes.len());
            }
            documents.send(found).is_ok()
        });
        if !go_on {
            return;
        }
    }
}

fn read_all(
    to_read: &Mutex<Receiver<Result<Document, Unopened>>>,
    read: &SyncSender<Read>,
    room: &Room,
    now: Timestamp,
) {
    loop {
        let Ok(found) = open(to_read).recv() else { return };
        let done = match found {
            Err(Unopened { name, reason, is_passed_over }) => {
                Read { bytes: 0, notices: Err(Failed { name, reason }), flags: BTreeMap::new(), is_passed_over }
            }
            Ok(Document { name, bytes }) => {
                let mut flags = BTreeMap::new();
                let notices = read_one(&name, &bytes, now, &mut flags);
                let size = bytes.len();
                drop(bytes);
                room.give_back(size);
                Read { bytes: size, notices, flags, is_passed_over: false }
            }
        };
        if read.send(done).is_err() {
            return;
        }
    }
}

/// Counts in `flags` what is wrong.
fn read_one(
    name: &str,
    bytes: &[u8],
    now: Timestamp,
    flags: &mut BTreeMap<&'static str, u64>,
) -> Result<Vec<Stored>, Failed> {
    let failed = |reason: String| Failed { name: name.to_owned(), reason };
    let notices = eforms_read::read_all(bytes).map_err(|unreadable| failed(unreadable.to_string()))?;
    let mut hash = Sha256::new();
    hash.update(bytes);
    let of_document = hash.finalize();
    let mut rows = Vec::with_capacity(notices.len());
    for (number, notice) in notices.iter().enumerate() {
        for flag in &notice.flags {
            *flags.entry(flag.kind.as_str()).or_default() += 1;
        }
        // Several notices may share a document.
        let mut hash = Sha256::new();
        hash.update(of_document.as_slice());
        hash.update(u64::try_from(number).unwrap_or(u64::MAX).to_be_bytes());
        let row = Stored::of(notice, beginning(hash.finalize().as_slice()), now);
        rows.push(row.map_err(|e| failed(e.to_string()))?);
    }
    Ok(rows)
}

fn keep_all(
    app: &App,
    caller: &Caller,
    to_keep: &Receiver<Read>,
    tell: &mut impl FnMut(Progress<'_>),
) -> Result<Summary> {
    let mut summary = Summary::default();
    let mut batch = Vec::with_capacity(BATCH);
    let keep = |batch: &mut Vec<Stored>, summary: &mut Summary| -> Result<()> {
        let rows = std::mem::replace(batch, Vec::with_capacity(BATCH));
        let kept = app.write_now(caller, |op| keep::keep(op, policy::import(op.actor())?, rows))?;
        summary.add(kept);
        Ok(())
    };
    for read in to_keep {
        summary.bytes += u64::try_from(read.bytes).unwrap_or(u64::MAX);
        match read.notices {
            Ok(rows) => {
                summary.read += u64::try_from(rows.len()).unwrap_or(u64::MAX);
                let wrong = rows.iter().filter(|row| row.flags > 0).count();
                summary.flagged += u64::try_from(wrong).unwrap_or(u64::MAX);
                for (kind, count) in read.flags {
                    *summary.flags.entry(kind).or_default() += count;
                }
                batch.extend(rows);
            }
            Err(other) if read.is_passed_over => {
                summary.passed_over += 1;
                tell(Progress::PassedOver(&other));
            }
            Err(failed) => {
                summary.read += 1;
                summary.failed += 1;
                tell(Progress::Failed(&failed));
            }
        }
        if batch.len() >= BATCH {
            keep(&mut batch, &mut summary)?;
            tell(Progress::Kept(&summary));
        }
    }
    if !batch.is_empty() {
        keep(&mut batch, &mut summary)?;
    }
    tell(Progress::Kept(&summary));
    Ok(summary)
}

impl Summary {
    fn add(&mut self, kept: Kept) {
        self.stored += kept.stored;
        self.updated += kept.updated;
        self.unchanged += kept.unchanged;
    }
}

/// Room for documents in memory.
#[derive(Default)]
struct Room {
    state: Mutex<Taken>,
    given_back: Condvar,
}

#[derive(Default)]
struct Taken {
    bytes: usize,
    closed: bool,
}

impl Room {
    /// Waits until there is room. A document that is larger than all room waits until it is alone.
    fn take(&self, bytes: usize) {
        let mut taken = open(&self.state);
        while !taken.closed && taken.bytes > 0 && taken.bytes.saturating_add(bytes) > IN_MEMORY {
            taken = self.given_back.wait(taken).unwrap_or_else(PoisonError::into_inner);
        }
        taken.bytes = taken.bytes.saturating_add(bytes);
    }

    fn give_back(&self, bytes: usize) {
        let mut taken = open(&self.state);
        taken.bytes = taken.bytes.saturating_sub(bytes);
        self.given_back.notify_all();
    }

    /// Nobody waits any more.
    fn close(&self) {
        open(&self.state).closed = true;
        self.given_back.notify_all();
    }
}

/// Whoever held it and panicked has taken the import down with it.
fn open<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
