//! The files themselves: what is taken, how they lie in their folder, and what becomes of those that nobody knows. They
//! lie outside everything that is served, under names of our own, and are what their bytes say they are, whatever their
//! name claims.
use super::{Attachment, AttachmentId, policy, store};
use crate::input::is_invisible;
use crate::platform::config;
use crate::platform::db::Db;
use crate::platform::db::types::Timestamp;
use crate::tenancy::Permit;
use crate::{Error, FieldError, Result};
use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// A file that no row knows gets none after a minute. It is kept for longer, because a database that was restored from
/// a copy does not know the latest files either, and whoever took the wrong copy must be able to take the right one.
const SETTLED: TimeDelta = TimeDelta::days(30);
/// Files that are looked up at once.
const BATCH: usize = 500;

/// The folder of the attachments, and its limits.
#[derive(Debug, Clone)]
pub struct Attachments {
    rules: config::Attachments,
}

/// A file that someone sends, checked.
#[derive(Debug, Clone)]
pub struct NewFile {
    name: String,
    media_type: &'static str,
    content: Vec<u8>,
    confidential: bool,
}

/// What we take, by what the bytes say: endings, and the type that it is served as. Nothing here runs in a browser. Archives
/// are not on the list: what is in them is of any type. The texts for people name the same kinds.
const TAKEN: [(&str, &[&str]); 11] = [
    ("application/pdf", &["pdf"]),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", &["docx"]),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", &["xlsx"]),
    ("application/vnd.openxmlformats-officedocument.presentationml.presentation", &["pptx"]),
    ("application/vnd.oasis.opendocument.text", &["odt"]),
    ("application/vnd.oasis.opendocument.spreadsheet", &["ods"]),
    ("application/vnd.oasis.opendocument.presentation", &["odp"]),
    ("image/png", &["png"]),
    ("image/jpeg", &["jpg", "jpeg"]),
    ("image/webp", &["webp"]),
    ("video/mp4", &["mp4"]),
];
/// Text has no signature: it is text if it reads as UTF-8 or Windows-1252 without control characters. What is no UTF-8 says what it
/// was read as: it would be taken for UTF-8.
const TEXTS: [(&str, &str, &[&str]); 3] = [
    ("text/plain", "text/plain; charset=windows-1252", &["txt"]),
    ("text/csv", "text/csv; charset=windows-1252", &["csv"]),
    ("text/markdown", "text/markdown; charset=windows-1252", &["md"]),
];

impl NewFile {
    /// # Errors
    /// The code of what is wrong with the name, the type or the size.
    pub fn parse(
        name: &str,
        content: Vec<u8>,
        confidential: bool,
        rules: &config::Attachments,
    ) -> Result<Self, FieldError> {
        let refuse = |code| FieldError::new("attachments", code).with("name", printable(name));
        let ending = name.rsplit_once('.').map(|(_, e)| e.to_lowercase()).unwrap_or_default();
        if !is_harmless(name) {
            return Err(refuse("file-name"));
        }
        if content.is_empty() {
            return Err(refuse("file-empty"));
        }
        if content.len() > rules.max_bytes {
            return Err(refuse("file-too-large").with(FieldError::MAX_BYTES, rules.max_bytes));
        }
        let media_type = media_type(&content, &ending).ok_or_else(|| refuse("file-type"))?;
        Ok(Self { name: name.to_owned(), media_type, content, confidential })
    }
}

impl NewFile {
    pub fn is_confidential(&self) -> bool {
        self.confidential
    }
}

/// A plain name: no path, nothing invisible, nothing that a file system or a shell takes for something else.
fn is_harmless(name: &str) -> bool {
    !name.is_empty()
        && name.chars().count() <= 150
        && name == name.trim()
        && !name.starts_with('.')
        && !name.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|', '\0'])
        && !name.chars().any(is_invisible)
}

fn printable(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(60).collect()
}

/// The type that the bytes and the ending agree on.
fn media_type(content: &[u8], ending: &str) -> Option<&'static str> {
    if let Some((utf8, windows_1252, _)) = TEXTS.iter().find(|(.., endings)| endings.contains(&ending)) {
        let kind = match std::str::from_utf8(content) {
            Ok(text) => (!text.contains(is_odd)).then_some(*utf8),
            Err(_) => reads_as_windows_1252(content).then_some(*windows_1252),
        };
        return kind.filter(|_| !infer::text::is_html(content));
    }
    let (claimed, _) = TAKEN.iter().find(|(_, endings)| endings.contains(&ending))?;
    let found = infer::get(content)?.mime_type();
    (found == *claimed).then_some(*claimed)
}

/// What no text has in it.
fn is_odd(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t')
}

/// As older Norwegian programs write. Five bytes mean nothing there; the others from 128 on are letters and signs.
fn reads_as_windows_1252(content: &[u8]) -> bool {
    content.iter().all(|byte| match byte {
        0x81 | 0x8d | 0x8f | 0x90 | 0x9d => false,
        0x80.. => true,
        ascii => !is_odd(char::from(*ascii)),
    })
}

impl Attachments {
    /// # Errors
    /// When the folder cannot be made.
    pub fn open(rules: config::Attachments) -> Result<Self> {
        std::fs::create_dir_all(&rules.path)
            .with_context(|| format!("cannot make the folder of the attachments, {}", rules.path.display()))?;
        Ok(Self { rules })
    }

    pub fn rules(&self) -> &config::Attachments {
        &self.rules
    }

    /// Where it lies, for whoever may download it.
    pub fn place(&self, attachment: &Permit<policy::Download, Attachment>) -> PathBuf {
        self.path(attachment.subject().id)
    }

    pub(super) fn check_number(&self, number: usize) -> Result<()> {
        let max = self.rules.max_files;
        if number <= max {
            return Ok(());
        }
        Err(Error::Invalid(vec![FieldError::new("attachments", "too-many").with("max", max)]))
    }

    fn path(&self, id: AttachmentId) -> PathBuf {
        let id = id.to_string();
        // Spread over folders by the last digits, which are random.
        let folder = id.get(id.len().saturating_sub(2)..).unwrap_or("00");
        Path::new(&self.rules.path).join(folder).join(&id)
    }

    /// Writes the files and waits until the disk has them: before the transaction that tells of them begins, as a disk
    /// is slow and SQLite has one writer. If that transaction fails, the files go with what this gives; if the machine
    /// does, `remove_orphans` finds them. There is never a row without its file.
    ///
    /// # Errors
    /// `Invalid` if there are more than there may be of them.
    pub fn write(&self, files: Vec<NewFile>) -> Result<Vec<Written>> {
        self.check_number(files.len())?;
        files.into_iter().map(|file| self.write_one(file)).collect()
    }

    fn write_one(&self, file: NewFile) -> Result<Written> {
        let id = AttachmentId::new();
        let path = self.path(id);
        let sha256 = Sha256::digest(&file.content).iter().map(|b| format!("{b:02x}")).collect();
        // From here on, whatever fails leaves nothing behind.
        let written = Written { id, path, sha256, known: false, file };
        let write = || -> std::io::Result<()> {
            let folder = written.path.parent().unwrap_or(&self.rules.path);
            std::fs::create_dir_all(folder)?;
            let mut file = std::fs::File::create_new(&written.path)?;
            file.write_all(&written.file.content)?;
            file.sync_all()?;
            // The name of the file is in the folder.
            std::fs::File::open(folder)?.sync_all()
        };
        write().context("an attachment could not be written")?;
        Ok(written)
    }

    /// What lies in the folder.
    fn all(&self) -> std::io::Result<Vec<Lying>> {
        let mut found = Vec::new();
        for folder in std::fs::read_dir(&self.rules.path)? {
            let folder = folder?;
            if !folder.file_type()?.is_dir() {
                continue;
            }
            for file in std::fs::read_dir(folder.path())? {
                let file = file?;
                // What has no name of ours is none of ours.
                let Some(id) = file.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
                let since = DateTime::<Utc>::from(file.metadata()?.modified()?).into();
                found.push(Lying { id, path: file.path(), since });
            }
        }
        Ok(found)
    }
}

/// A file that lies in the folder.
struct Lying {
    id: AttachmentId,
    path: PathBuf,
    since: Timestamp,
}

/// A file that lies in the folder and that no row knows yet. Unless one comes to know it, it is removed.
#[derive(Debug)]
pub struct Written {
    id: AttachmentId,
    path: PathBuf,
    /// In hexadecimal.
    sha256: String,
    known: bool,
    file: NewFile,
}

impl Written {
    pub(super) fn id(&self) -> AttachmentId {
        self.id
    }
    pub(super) fn name(&self) -> &str {
        &self.file.name
    }
    pub(super) fn media_type(&self) -> &'static str {
        self.file.media_type
    }
    pub(super) fn bytes(&self) -> i64 {
        i64::try_from(self.file.content.len()).unwrap_or(i64::MAX)
    }
    pub(super) fn sha256(&self) -> &str {
        &self.sha256
    }
    pub(super) fn is_confidential(&self) -> bool {
        self.file.confidential
    }
    /// There is a row. Whether it comes to stay is seen when the transaction ends.
    pub(super) fn keep(mut self) {
        self.known = true;
    }
}

impl Drop for Written {
    fn drop(&mut self) {
        if self.known {
            return;
        }
        match std::fs::remove_file(&self.path) {
            Ok(()) => {}
            Err(e) if e.kind() == ErrorKind::NotFound => {}
            Err(e) => {
                tracing::warn!(error = %e, attachment = %self.id, "A file that nobody knows could not be removed")
            }
        }
    }
}

/// Removes the files that nobody can read any more, when they are a month old: those that no row knows, of transactions that never came
/// to their end, and those of deleted drafts. Gives how many.
///
/// # Errors
/// When the folder cannot be read, a file not removed, or no row knows any of the files: then this is the folder of
/// another database.
pub fn remove_orphans(db: &mut Db, attachments: &Attachments, now: Timestamp) -> Result<usize> {
    let all = attachments.all().context("the folder of the attachments cannot be read")?;
    let (mut orphans, mut is_ours) = (Vec::new(), false);
    // New ones too: they may be all that says whose folder this is.
    for batch in all.chunks(BATCH) {
        let ids: Vec<AttachmentId> = batch.iter().map(|file| file.id).collect();
        let known = store::known_attachments(db, &ids)?;
        is_ours |= !known.is_empty();
        orphans.extend(batch.iter().filter(|file| {
            let is_read = known.get(&file.id).is_some_and(|deleted_at| deleted_at.is_none());
            !is_read && file.since < now - SETTLED
        }));
    }
    if !orphans.is_empty() && !is_ours {
        return Err(anyhow::anyhow!("the database knows none of the attachments: do the two belong together?").into());
    }
    for Lying { id, path, .. } in &orphans {
        std::fs::remove_file(path).with_context(|| format!("the file {id} could not be removed"))?;
    }
    Ok(orphans.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> config::Attachments {
        config::Attachments { path: PathBuf::new(), max_bytes: 1_000, max_files: 3 }
    }

    fn code(name: &str, content: &[u8]) -> Option<&'static str> {
        NewFile::parse(name, content.to_vec(), false, &rules()).err().map(|e| e.code)
    }

    #[test]
    fn a_file_is_what_its_bytes_say() {
        assert_eq!(code("plan.pdf", b"%PDF-1.7 ..."), None);
        assert_eq!(code("notat.txt", "Blåbær".as_bytes()), None);
        assert_eq!(code("tall.csv", b"Bl\xe5b\xe6r;12\r\n"), None);
        assert_eq!(code("plan.pdf", b"<html><script>"), Some("file-type"));
        assert_eq!(code("side.html", b"<html>"), Some("file-type"));
        assert_eq!(code("bilde.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), Some("file-type"));
        assert_eq!(code("program.pdf.exe", b"MZ\x90\0"), Some("file-type"));
        assert_eq!(code("alt.zip", b"PK\x03\x04\x14\0\0\0\0\0"), Some("file-type"));
        assert_eq!(code("notat.txt", b"a\0b"), Some("file-type"));
        assert_eq!(code("notat.txt", b"\xe5\0b"), Some("file-type"));
        assert_eq!(code("notat.txt", b"\xff\xfeH\0e\0i\0"), Some("file-type"));
        assert_eq!(code("notat.txt", b"Bl\x8fb\xe6r"), Some("file-type"));
        assert_eq!(code("notat.txt", b"\x1b[31mr\xf8d"), Some("file-type"));
        assert_eq!(code("notat.txt", b"<!DOCTYPE html>\xe5<script>"), Some("file-type"));
        assert_eq!(code("notat.txt", b"<!DOCTYPE html><script>"), Some("file-type"));
        assert_eq!(code("tom.txt", b""), Some("file-empty"));
        assert_eq!(code("stor.txt", &[b'a'; 1_001]), Some("file-too-large"));
    }

    #[test]
    fn a_hostile_name_is_refused() {
        for name in [
            "",
            "..",
            "../../etc/passwd.txt",
            "a/b.txt",
            "C:\\x.txt",
            ".skjult.txt",
            "a\u{202e}txt.pdf",
            "a\u{2028}b.txt",
            "a\nb.txt",
            " a.txt",
        ] {
            assert_eq!(code(name, b"hei"), Some("file-name"), "{name:?}");
        }
        assert_eq!(code(&format!("{}.txt", "a".repeat(150)), b"hei"), Some("file-name"));
    }

    proptest::proptest! {
        #[test]
        fn nothing_panics(name in ".*", content in proptest::collection::vec(0u8.., 0..64)) {
            let _ = NewFile::parse(&name, content, true, &rules());
        }
    }
}
