//! Bringing notices in: one thread finds documents, several read them, and one keeps what was read, in batches. What waits
//! between them is bounded, so that memory does not grow with what is imported.
use super::keep::{self, Kept};
use super::policy;
use super::stored::{Stored, beginning};
use crate::app::Caller;
use crate::platform::db::types::Timestamp;
use crate::{App, Result};
use eforms_read::facts::Flag;
use eforms_read::sources::{self, Document, HowCome, Unopened};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// Notices that share a transaction. What is read meanwhile waits; what a commit costs is shared, and so is a page of an index that
/// several of them change.
const BATCH: usize = 2_000;
/// Bytes of facts that share one: mostly less than a tenth of it.
const BATCH_BYTES: usize = 8 * 1024 * 1024;
/// Documents, or notices, that wait between two threads.
const QUEUE: usize = 64;
/// Bytes of documents that are in memory at a time, but for one that is larger by itself.
const IN_MEMORY: usize = 48 * 1024 * 1024;
/// A document of so many bytes is in memory alone: its facts, and what is written of them, take twice as much once more.
const LARGE: usize = 8 * 1024 * 1024;

/// What stands for the standard input among paths.
pub const STANDARD_INPUT: &str = "-";

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
    /// Folders and archives with nothing in them that is called as a notice.
    pub empty: u64,
    /// Of the notices that were read, those with something wrong in them.
    pub flagged: u64,
    /// What is wrong in them, by its kind ([`eforms_read::facts::FlagKind`]).
    pub flags: BTreeMap<&'static str, u64>,
    /// Of documents, unpacked.
    pub bytes: u64,
}

/// Something that was not kept: which document, or where there was none, and why, with the XPath where there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    pub name: String,
    pub reason: String,
}

/// What an import tells while it runs.
pub enum Progress<'a> {
    Failed(&'a Failed),
    PassedOver(&'a Failed),
    Empty(&'a Failed),
    /// What is wrong in a notice that was read: of the document with this name.
    Flagged(&'a str, &'a [Flag]),
    Kept(&'a Summary),
}

/// One document, read.
struct Read {
    bytes: usize,
    notices: Result<Vec<Stored>, (HowCome, Failed)>,
    flags: BTreeMap<&'static str, u64>,
}

/// Imports everything at `paths`, of which [`STANDARD_INPUT`] is one, with so many threads that read. A document that cannot be read
/// is told of and stops nothing. What is told comes from several threads, one at a time: what is wrong in notices as they are read,
/// so that none of it waits in memory.
///
/// # Errors
/// When the database refuses.
pub fn import(
    app: &App,
    caller: &Caller,
    paths: &[PathBuf],
    jobs: NonZeroUsize,
    tell: impl FnMut(Progress<'_>) + Send,
) -> Result<Summary> {
    let tell = Mutex::new(tell);
    let tell = |progress: Progress<'_>| (*open(&tell))(progress);
    let now = app.clock.now();
    let room = Room::default();
    let (documents, to_read) = mpsc::sync_channel::<Result<Document, Unopened>>(QUEUE);
    let (read, to_keep) = mpsc::sync_channel::<Read>(QUEUE);
    let to_read = Mutex::new(to_read);
    thread::scope(|scope| {
        let room = &room;
        let (to_read, tell) = (&to_read, &tell);
        scope.spawn(move || find(paths, &documents, room));
        for _ in 0..jobs.get() {
            let read = read.clone();
            scope.spawn(move || read_all(to_read, &read, now, tell));
        }
        drop(read);
        let summary = keep_all(app, caller, &to_keep, room, tell);
        // If keeping stopped early, those who still send must not wait for ever.
        drop(to_keep);
        room.close();
        while open(to_read).recv().is_ok() {}
        summary
    })
}

fn find(paths: &[PathBuf], documents: &SyncSender<Result<Document, Unopened>>, room: &Room) {
    let mut take = |found: Result<Document, Unopened>| {
        let size = found.as_ref().map_or(0, |document| document.bytes.len());
        room.take(size);
        let is_wanted = documents.send(found).is_ok();
        if size >= LARGE {
            room.wait_until_empty();
        }
        is_wanted
    };
    for path in paths {
        let go_on = if path.as_os_str() == STANDARD_INPUT {
            sources::read_stream(STANDARD_INPUT, io::stdin().lock(), &mut take)
        } else {
            sources::read(path, &mut take)
        };
        if !go_on {
            return;
        }
    }
}

fn read_all(
    to_read: &Mutex<Receiver<Result<Document, Unopened>>>,
    read: &SyncSender<Read>,
    now: Timestamp,
    tell: &impl Fn(Progress<'_>),
) {
    loop {
        let Ok(found) = open(to_read).recv() else { return };
        let mut flags = BTreeMap::new();
        let (bytes, notices) = match found {
            Err(Unopened { name, reason, how_come }) => (0, Err((how_come, Failed { name, reason }))),
            Ok(Document { name, bytes }) => (bytes.len(), read_one(&name, bytes, now, &mut flags, tell)),
        };
        if read.send(Read { bytes, notices, flags }).is_err() {
            return;
        }
    }
}

/// Tells what is wrong, and counts it in `flags`.
fn read_one(
    name: &str,
    bytes: Vec<u8>,
    now: Timestamp,
    flags: &mut BTreeMap<&'static str, u64>,
    tell: &impl Fn(Progress<'_>),
) -> Result<Vec<Stored>, (HowCome, Failed)> {
    let failed = |reason: String| (HowCome::Failed, Failed { name: name.to_owned(), reason });
    let notices = eforms_read::read_all(&bytes).map_err(|unreadable| failed(unreadable.to_string()))?;
    let of_document = Sha256::digest(&bytes);
    // The facts have what they need of it.
    drop(bytes);
    let mut rows = Vec::with_capacity(notices.len());
    for (number, notice) in notices.into_iter().enumerate() {
        for flag in &notice.flags {
            *flags.entry(flag.kind.as_str()).or_default() += 1;
        }
        if !notice.flags.is_empty() {
            tell(Progress::Flagged(name, &notice.flags));
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
    room: &Room,
    tell: &impl Fn(Progress<'_>),
) -> Result<Summary> {
    let mut summary = Summary::default();
    let (mut batch, mut batch_bytes) = (Vec::with_capacity(BATCH), 0);
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
                batch_bytes += rows.iter().map(|row| row.facts.len()).sum::<usize>();
                batch.extend(rows);
            }
            Err((HowCome::PassedOver, other)) => {
                summary.passed_over += 1;
                tell(Progress::PassedOver(&other));
            }
            Err((HowCome::Empty, empty)) => {
                summary.empty += 1;
                tell(Progress::Empty(&empty));
            }
            Err((HowCome::Failed, failed)) => {
                summary.read += 1;
                summary.failed += 1;
                tell(Progress::Failed(&failed));
            }
        }
        if batch.len() >= BATCH || batch_bytes >= BATCH_BYTES {
            keep(&mut batch, &mut summary)?;
            batch_bytes = 0;
            tell(Progress::Kept(&summary));
        }
        // Its facts are in the database, or few.
        room.give_back(read.bytes);
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

    /// Waits until nothing is in memory.
    fn wait_until_empty(&self) {
        let mut taken = open(&self.state);
        while !taken.closed && taken.bytes > 0 {
            taken = self.given_back.wait(taken).unwrap_or_else(PoisonError::into_inner);
        }
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
