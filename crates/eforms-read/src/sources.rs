//! Where notices come from: files, folders of files, and archives of files, one document at a time.
use crate::MOST_BYTES;
use flate2::read::MultiGzDecoder;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use walkdir::WalkDir;

/// An XML document, and where it was found: the path, and within an archive its name there.
pub struct Document {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// A file that could not be read, and why.
pub struct Unopened {
    pub name: String,
    pub reason: String,
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
}

/// Reads every document at `path`. In folders and archives only what has the name of a notice or of an archive is looked
/// at; a file that is named itself is read whatever it is called. Gives whether to go on.
pub fn read(path: &Path, take: Take<'_>) -> bool {
    if !path.is_dir() {
        return read_file(path, take);
    }
    for entry in WalkDir::new(path).sort_by_file_name() {
        let go_on = match entry {
            Ok(entry) if entry.file_type().is_dir() || !is_wanted(&entry.path().to_string_lossy()) => true,
            Ok(entry) => read_file(entry.path(), take),
            Err(e) => {
                let name = e.path().unwrap_or(path).display().to_string();
                take(Err(Unopened { name, reason: e.to_string() }))
            }
        };
        if !go_on {
            return false;
        }
    }
    true
}

fn is_wanted(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    is_document(&name) || [".tar.gz", ".tgz", ".tar", ".zip"].iter().any(|end| name.ends_with(end))
}

fn is_document(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with(".xml") || name.ends_with(".xml.gz")
}

fn read_file(path: &Path, take: Take<'_>) -> bool {
    let name = path.display().to_string();
    match open(path, &name, take) {
        Ok(go_on) => go_on,
        Err(e) => take(Err(Unopened { name, reason: e.to_string() })),
    }
}

fn open(path: &Path, name: &str, take: Take<'_>) -> io::Result<bool> {
    let mut file = File::open(path)?;
    let kind = kind(&mut file)?;
    file.seek(SeekFrom::Start(0))?;
    match kind {
        Kind::Zip => read_zip(file, name, take),
        Kind::Tar => read_tar(BufReader::new(file), name, take),
        Kind::Document => Ok(take(document(name.to_owned(), file))),
        Kind::Gzip => {
            let mut unpacked = BufReader::with_capacity(64 * 1024, MultiGzDecoder::new(BufReader::new(file)));
            let is_tar = is_tar(io::BufRead::fill_buf(&mut unpacked)?);
            if is_tar { read_tar(unpacked, name, take) } else { Ok(take(document(name.to_owned(), unpacked))) }
        }
    }
}

fn kind(file: &mut File) -> io::Result<Kind> {
    let mut head = Vec::with_capacity(512);
    file.take(512).read_to_end(&mut head)?;
    Ok(match head.as_slice() {
        [0x1f, 0x8b, ..] => Kind::Gzip,
        [b'P', b'K', 3 | 5, 4 | 6, ..] => Kind::Zip,
        head if is_tar(head) => Kind::Tar,
        _ => Kind::Document,
    })
}

/// POSIX tar has its name in the head of its first entry.
fn is_tar(head: &[u8]) -> bool {
    head.get(257..262) == Some(b"ustar")
}

/// Reads a document to its end, or one byte further than the reader of eForms goes.
fn document(name: String, from: impl Read) -> Found {
    let mut bytes = Vec::new();
    match from.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes) {
        Ok(_) => Ok(Document { name, bytes }),
        Err(e) => Err(Unopened { name, reason: e.to_string() }),
    }
}

fn entry(name: String, from: impl Read) -> Found {
    if name.to_ascii_lowercase().ends_with(".gz") {
        document(name, MultiGzDecoder::new(from))
    } else {
        document(name, from)
    }
}

fn read_tar(from: impl Read, archive: &str, take: Take<'_>) -> io::Result<bool> {
    let mut archive_reader = tar::Archive::new(from);
    for found in archive_reader.entries()? {
        let found = found?;
        let inside = found.path_bytes();
        let inside = String::from_utf8_lossy(&inside).into_owned();
        if found.header().entry_type().is_file()
            && is_document(&inside)
            && !take(entry(format!("{archive}!{inside}"), found))
        {
            return Ok(false);
        }
    }
    Ok(true)
}

fn read_zip(file: File, archive: &str, take: Take<'_>) -> io::Result<bool> {
    let mut zip = zip::ZipArchive::new(BufReader::new(file))?;
    for index in 0..zip.len() {
        let found = match zip.by_index(index) {
            Ok(inside) => {
                let name = String::from_utf8_lossy(inside.name_raw()).into_owned();
                if !inside.is_file() || !is_document(&name) {
                    continue;
                }
                entry(format!("{archive}!{name}"), inside)
            }
            Err(e) => Err(Unopened { name: format!("{archive}!{index}"), reason: e.to_string() }),
        };
        if !take(found) {
            return Ok(false);
        }
    }
    Ok(true)
}
