//! Where notices lie: files, folders of files, and archives of files, one document at a time.
//!
//! Nobody knows who made an archive. Nothing is written where it says, so its names can lead nowhere; what it unpacks to is
//! bounded, in memory and in all, so that it cannot be a bomb; and what is wrong with it is told by the name of the archive
//! or of what is in it. Archives in an archive are opened (a year of months), archives in those are not, and that is told too.
use crate::MOST_BYTES;
use flate2::read::MultiGzDecoder;
use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::Path;
use tar::EntryType;
use walkdir::WalkDir;
use zip::read::ZipReadOptions;
use zip::unstable::read::ZipIterable;

/// A file unpacks to at most so many times its size. Archives of notices that are nearly the same come to a fifth of it.
const MOST_TIMES: u64 = 200;

/// A small file may unpack to so much whatever its size.
const LEAST_ROOM: u64 = 2 * MOST_BYTES as u64;

/// A name in an archive is not longer than this, nor what stands beside it.
const LONGEST_NAME: u64 = 64 * 1024;

/// How much of a file says what it is.
const HEAD: u64 = 512;

/// Why nothing was read.
const NOTHING: &str = "there is no file in it whose name ends with .xml, .xml.gz, .zip, .tar, .tar.gz or .tgz";

/// Why a file was passed over.
const OTHER: &str = "its name does not end with .xml, .xml.gz, .zip, .tar, .tar.gz or .tgz";

/// Why a link or a pipe was not read.
const NO_FILE: &str = "it is no file";

/// An XML document, and where it was found: the path, and within an archive its name there.
#[derive(Debug, PartialEq, Eq)]
pub struct Document {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// A file that was not read, and why.
#[derive(Debug, PartialEq, Eq)]
pub struct Unopened {
    pub name: String,
    pub reason: String,
    pub how_come: HowCome,
}

/// Whether something should have been read that was not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HowCome {
    /// It should, and could not be.
    Failed,
    /// It is called neither as a notice nor as an archive, and stands where there are such: it was not looked at.
    PassedOver,
    /// It is a folder or an archive with nothing in it that is called as a notice.
    Empty,
}

type Found = Result<Document, Unopened>;

/// Whoever takes the documents says whether to go on.
type Take<'a> = &'a mut dyn FnMut(Found) -> bool;

/// What a file is, by its first bytes: names lie.
enum Kind {
    Gzip,
    Zip,
    Tar,
    Document,
    /// Packed in a way that is not opened here.
    Foreign(&'static str),
}

/// How what else people pack with begins.
const PACKERS: [(&[u8], &str); 6] = [
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"\x04\x22\x4d\x18", "LZ4"),
];

/// Reads every document at `path`. In folders and archives only what has the name of a notice or of an archive is looked
/// at; a file that is named itself is read whatever it is called. That there is nothing is told. Gives whether to go on.
pub fn read(path: &Path, take: Take<'_>) -> bool {
    let mut is_empty = true;
    let go_on = read_each(path, &mut |found| {
        is_empty &= is_passed_over(&found);
        take(found)
    });
    if is_empty { take(Err(empty(name_of(path)))) } else { go_on }
}

/// Reads every document in what comes once and cannot be gone back in: a document, or an archive of any kind. It is kept in a
/// temporary file first. Gives whether to go on.
pub fn read_stream(name: &str, mut from: impl Read, take: Take<'_>) -> bool {
    let kept = tempfile::tempfile().and_then(|mut file| {
        io::copy(&mut from, &mut file)?;
        file.rewind()?;
        Ok(file)
    });
    match kept {
        Ok(file) => read_file(name, file, take),
        Err(e) => take(Err(unopened(name.to_owned(), e))),
    }
}

fn read_each(path: &Path, take: Take<'_>) -> bool {
    if !path.is_dir() {
        return read_path(path, take);
    }
    for entry in WalkDir::new(path).sort_by_file_name() {
        let go_on = match entry {
            Ok(entry) if entry.file_type().is_dir() => true,
            Ok(entry) if !is_wanted(&entry.path().to_string_lossy()) => {
                pass_over(&entry.file_name().to_string_lossy(), name_of(entry.path()), take)
            }
            // A pipe that nobody writes to would be waited for without end.
            Ok(entry) if !entry.path().metadata().is_ok_and(|file| file.is_file()) => {
                take(Err(unopened(name_of(entry.path()), NO_FILE)))
            }
            Ok(entry) => read_path(entry.path(), take),
            Err(e) => take(Err(unopened(name_of(e.path().unwrap_or(path)), plain(&e.to_string())))),
        };
        if !go_on {
            return false;
        }
    }
    true
}

fn read_path(path: &Path, take: Take<'_>) -> bool {
    let name = name_of(path);
    match File::open(path) {
        Ok(mut file) => match file.stream_position() {
            Ok(_) => read_file(&name, file, take),
            // A pipe, such as a shell makes of a program, comes once.
            Err(_) => read_stream(&name, file, take),
        },
        Err(e) => take(Err(unopened(name, e))),
    }
}

/// Reads every document in a file: one, or those of an archive. Gives whether to go on.
pub fn read_file(name: &str, file: impl Read + Seek, take: Take<'_>) -> bool {
    match open(file, name, take) {
        Ok(go_on) => go_on,
        Err(e) => take(Err(unopened(name.to_owned(), e))),
    }
}

/// What macOS keeps about a file beside it is called as the file is, with this before it.
const ASIDE: &str = "._";

fn is_passed_over(found: &Found) -> bool {
    found.as_ref().is_err_and(|unopened| unopened.how_come == HowCome::PassedOver)
}

/// Tells of a file that is not looked at; what is hidden nobody asks for. Gives whether to go on.
fn pass_over(name: &str, full_name: String, take: Take<'_>) -> bool {
    let is_hidden = name.rsplit(['/', '\\']).next().is_none_or(|last| last.is_empty() || last.starts_with('.'));
    is_hidden || take(Err(Unopened { name: full_name, reason: OTHER.to_owned(), how_come: HowCome::PassedOver }))
}

fn is_wanted(name: &str) -> bool {
    is_document(name) || is_archive(name)
}

fn is_document(name: &str) -> bool {
    has_ending(name, &[".xml", ".xml.gz"])
}

fn is_archive(name: &str) -> bool {
    has_ending(name, &[".tar.gz", ".tgz", ".tar", ".zip"])
}

fn has_ending(name: &str, endings: &[&str]) -> bool {
    let name = name.to_ascii_lowercase();
    let is_aside = name.rsplit(['/', '\\']).next().is_some_and(|last| last.starts_with(ASIDE));
    !is_aside && endings.iter().any(|ending| name.ends_with(ending))
}

fn unopened(name: String, reason: impl ToString) -> Unopened {
    Unopened { name, reason: reason.to_string(), how_come: HowCome::Failed }
}

fn empty(name: String) -> Unopened {
    Unopened { name, reason: NOTHING.to_owned(), how_come: HowCome::Empty }
}

fn open(mut file: impl Read + Seek, name: &str, take: Take<'_>) -> io::Result<bool> {
    let kind = kind(&head(&mut file)?);
    let room = Room::of(file.seek(SeekFrom::End(0))?);
    file.seek(SeekFrom::Start(0))?;
    let mut archive = Archive { name, room: &room, is_inner: false, take };
    match kind {
        Kind::Zip => archive.told(|archive| archive.read_zip(BufReader::new(file))),
        Kind::Tar => archive.told(|archive| archive.read_tar(BufReader::new(file))),
        Kind::Document => Ok((archive.take)(document(name.to_owned(), file))),
        Kind::Foreign(packer) => {
            let reason = format!(
                "it is packed with {packer}, which is not opened here: unpack it, or pack it as .zip or .tar.gz"
            );
            Ok((archive.take)(Err(unopened(name.to_owned(), reason))))
        }
        Kind::Gzip => {
            let mut unpacked = room.counted(MultiGzDecoder::new(BufReader::new(file)));
            let head = head(&mut unpacked)?;
            let is_tar = is_tar(&head);
            let unpacked = Cursor::new(head).chain(BufReader::with_capacity(64 * 1024, unpacked));
            if is_tar {
                archive.told(|archive| archive.read_tar(unpacked))
            } else {
                Ok((archive.take)(document(name.to_owned(), unpacked)))
            }
        }
    }
}

/// The first bytes, however few of them come at a time.
fn head(from: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    from.by_ref().take(HEAD).read_to_end(&mut head)?;
    Ok(head)
}

fn kind(head: &[u8]) -> Kind {
    match head {
        [0x1f, 0x8b, ..] => Kind::Gzip,
        [b'P', b'K', 3 | 5, 4 | 6, ..] => Kind::Zip,
        head if is_tar(head) => Kind::Tar,
        head => match PACKERS.iter().find(|(beginning, _)| head.starts_with(beginning)) {
            Some((_, packer)) => Kind::Foreign(packer),
            None => Kind::Document,
        },
    }
}

/// POSIX tar has its name in the head of its first entry, older tar only the sum of its bytes.
fn is_tar(head: &[u8]) -> bool {
    head.get(257..262) == Some(b"ustar") || is_head_of_old_tar(head)
}

/// Whether it has the sum of its bytes, in which the sum itself counts as spaces.
fn is_head_of_old_tar(head: &[u8]) -> bool {
    let sum = 148..156;
    let Some(written) = head.get(sum.clone()).and_then(|sum| std::str::from_utf8(sum).ok()) else { return false };
    let bytes = head.iter().enumerate().map(|(at, byte)| if sum.contains(&at) { b' ' } else { *byte });
    let digits = written.trim_matches(['\0', ' ']);
    head.len() as u64 == HEAD && u32::from_str_radix(digits, 8) == Ok(bytes.map(u32::from).sum())
}

/// Reads a document to its end, or one byte further than the reader of eForms goes.
fn document(name: String, from: impl Read) -> Found {
    let mut bytes = Vec::new();
    match from.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes) {
        Ok(_) => Ok(Document { name, bytes }),
        Err(e) => Err(unopened(name, e)),
    }
}

/// An archive that is being read.
struct Archive<'a> {
    name: &'a str,
    room: &'a Room,
    /// It lies in another one.
    is_inner: bool,
    take: Take<'a>,
}

impl Archive<'_> {
    /// Reads it, and tells if nothing was in it.
    fn told(&mut self, read: impl FnOnce(&mut Archive<'_>) -> io::Result<bool>) -> io::Result<bool> {
        let mut is_empty = true;
        let mut take = |found: Found| {
            is_empty &= is_passed_over(&found);
            (self.take)(found)
        };
        let go_on = read(&mut Archive { name: self.name, room: self.room, is_inner: self.is_inner, take: &mut take })?;
        Ok(if is_empty { (self.take)(Err(empty(self.name.to_owned()))) } else { go_on })
    }

    /// One entry at a time, as it is written: `tar` would read long names to their end, wherever that is.
    fn read_tar(&mut self, from: impl Read) -> io::Result<bool> {
        let mut archive = tar::Archive::new(from);
        let mut next = Described::default();
        for found in archive.entries()?.raw(true) {
            let mut found = found?;
            match found.header().entry_type() {
                EntryType::GNULongName => next.name = Some(described(&mut found)?),
                EntryType::XHeader => next.describe(&described(&mut found)?),
                EntryType::GNULongLink | EntryType::XGlobalHeader => {}
                kind => {
                    let described = std::mem::take(&mut next);
                    if described.size.is_some_and(|size| found.header().entry_size().ok() != Some(size)) {
                        return Err(io::Error::other("an entry has two sizes"));
                    }
                    let name = described.name.unwrap_or_else(|| found.path_bytes().into_owned());
                    let name = String::from_utf8_lossy(&name);
                    let left = found.header().entry_size()?;
                    let whole = || Ok(Whole { from: found, left });
                    let go_on = match kind {
                        EntryType::Regular | EntryType::Continuous => self.read_entry(&name, whole)?,
                        // A link: `tar` writes one for a file that it has written before under another name.
                        _ if is_wanted(&name) && kind != EntryType::Directory => {
                            (self.take)(Err(unopened(format!("{}!{}", self.name, plain(&name)), NO_FILE)))
                        }
                        _ => true,
                    };
                    if !go_on {
                        return Ok(false);
                    }
                }
            }
        }
        Ok(true)
    }

    /// One entry at a time. `ZipArchive` would know the names of all of them, and of two with the same name one.
    fn read_zip(&mut self, file: impl Read + Seek) -> io::Result<bool> {
        let room = self.room;
        let mut zip = ZipIterable::try_new(file, zip::read::Config::default())?;
        let entries = zip.files()?;
        while let Some(entry) = entries.next() {
            let entry = entry?;
            let name = entry.name().unwrap_or_else(|_| String::from_utf8_lossy(entry.name_raw())).into_owned();
            let unpack = || {
                let inside = entry.with_reader(entries.reader_mut(), ZipReadOptions::new())?;
                Ok(room.counted(inside))
            };
            if !self.read_entry(&name, unpack)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Reads an archive that lies in this one. Gives whether to go on. What it is read from is no type of its own, for it would be
    /// one of itself.
    fn read_inner(&mut self, name: &str, full_name: &str, from: &mut dyn Read) -> io::Result<bool> {
        let mut inner = Archive { name: full_name, room: self.room, is_inner: true, take: &mut *self.take };
        if has_ending(name, &[".zip"]) {
            // One must be able to go back in it.
            let mut file = tempfile::tempfile()?;
            io::copy(&mut self.room.counted(from), &mut file)?;
            file.rewind()?;
            inner.told(|archive| archive.read_zip(BufReader::new(file)))
        } else if has_ending(name, &[".tar"]) {
            inner.told(|archive| archive.read_tar(from))
        } else {
            let unpacked = self.room.counted(MultiGzDecoder::new(from));
            inner.told(|archive| archive.read_tar(unpacked))
        }
    }

    /// Reads an entry if it is a document, or an archive of documents. Gives whether to go on.
    fn read_entry<R: Read>(&mut self, name: &str, unpack: impl FnOnce() -> io::Result<R>) -> io::Result<bool> {
        let full_name = format!("{}!{}", self.name, plain(name));
        let found = if is_archive(name) && self.is_inner {
            Err(unopened(full_name, "an archive in an archive in an archive is not opened"))
        } else if is_archive(name) {
            match unpack().and_then(|mut from| self.read_inner(name, &full_name, &mut from)) {
                Ok(true) => return self.room.check().map(|()| true),
                Ok(false) => return Ok(false),
                Err(e) => Err(unopened(full_name, e)),
            }
        } else if is_document(name) {
            match unpack() {
                Ok(from) if has_ending(name, &[".gz"]) => {
                    document(full_name, self.room.counted(MultiGzDecoder::new(from)))
                }
                Ok(from) => document(full_name, from),
                Err(e) => Err(unopened(full_name, e)),
            }
        } else {
            return Ok(pass_over(name, full_name, self.take));
        };
        let go_on = (self.take)(found);
        // What is one too many is told once, and not of everything after it.
        if go_on { self.room.check().map(|()| true) } else { Ok(false) }
    }
}

/// Of a file, as it is told.
fn name_of(path: &Path) -> String {
    plain(&path.to_string_lossy())
}

/// A name as it is told: nothing in it moves the cursor of whoever reads it.
fn plain(name: &str) -> String {
    let shown: String = name.chars().take(1_000).collect();
    shown.replace(char::is_control, "\u{fffd}")
}

/// What entries of a tar say of the entry after them.
#[derive(Default)]
struct Described {
    name: Option<Vec<u8>>,
    size: Option<u64>,
}

impl Described {
    /// Takes in records such as `22 path=kunngjøring.xml`, of which each ends with the line.
    fn describe(&mut self, records: &[u8]) {
        for record in records.split(|byte| *byte == b'\n') {
            let record = record.iter().position(|byte| *byte == b' ').map_or(record, |space| &record[space + 1..]);
            if let Some(path) = record.strip_prefix(b"path=") {
                self.name = Some(path.to_owned());
            } else if let Some(size) = record.strip_prefix(b"size=") {
                self.size = std::str::from_utf8(size).ok().and_then(|size| size.parse().ok());
            }
        }
    }
}

/// What stands in an entry of a tar that describes another.
fn described(entry: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    entry.take(LONGEST_NAME + 1).read_to_end(&mut text)?;
    if text.len() as u64 > LONGEST_NAME {
        return Err(io::Error::other("an entry has a name that is longer than any"));
    }
    // GNU ends it as C does.
    text.truncate(text.iter().position(|byte| *byte == 0).unwrap_or(text.len()));
    Ok(text)
}

/// Room for what a file unpacks to.
struct Room {
    left: Cell<u64>,
}

impl Room {
    /// For a file of so many bytes.
    fn of(size: u64) -> Self {
        Self { left: Cell::new(size.saturating_mul(MOST_TIMES).max(LEAST_ROOM)) }
    }

    /// The same, until there is no room.
    fn counted<R: Read>(&self, from: R) -> Counted<'_, R> {
        Counted { from, room: self }
    }

    fn check(&self) -> io::Result<()> {
        if self.left.get() > 0 {
            return Ok(());
        }
        Err(io::Error::other(format!("it unpacks to more than {MOST_TIMES} times its size; the rest was left")))
    }
}

/// What is unpacked from a file.
struct Counted<'a, R> {
    from: R,
    room: &'a Room,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.room.check()?;
        let read = self.from.read(buffer)?;
        self.room.left.set(self.room.left.get().saturating_sub(read as u64));
        Ok(read)
    }
}

/// An entry that must not end before it has so many bytes. `tar` tells of the end of the archive only afterwards.
struct Whole<R> {
    from: R,
    left: u64,
}

impl<R: Read> Read for Whole<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(buffer)?;
        if read == 0 && self.left > 0 && !buffer.is_empty() {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the archive ends in the middle of it"));
        }
        self.left = self.left.saturating_sub(read as u64);
        Ok(read)
    }
}
