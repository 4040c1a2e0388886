//! Files that belong to a need or a response. They lie outside everything that is served, under names of our own, and
//! are what their bytes say they are, whatever their name claims.
use super::{Response, ResponseId, policy, store};
use crate::audit::Event;
use crate::needs::{self, Need, NeedId};
use crate::op::Op;
use crate::platform::config;
use crate::platform::db::schema::attachments;
use crate::platform::db::types::{Id, Timestamp};
use crate::tenancy::{OrganisationId, Permit};
use crate::{Error, FieldError, Result};
use anyhow::Context;
use diesel::prelude::*;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

pub type AttachmentId = Id<Attachment>;

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = attachments, treat_none_as_default_value = false)]
pub struct Attachment {
    pub id: AttachmentId,
    pub need_id: NeedId,
    pub response_id: Option<ResponseId>,
    pub organisation_id: OrganisationId,
    pub name: String,
    pub media_type: String,
    pub bytes: i64,
    /// In hexadecimal.
    pub sha256: String,
    pub confidential: bool,
    pub created_by: crate::identity::UserId,
    pub created_at: Timestamp,
}

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

/// What we take, by what the bytes say: endings, and the type that it is served as. Nothing here runs in a browser.
const TAKEN: [(&str, &[&str]); 12] = [
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
    ("application/zip", &["zip"]),
];
/// Text has no signature: it is text if it reads as UTF-8 without control characters.
const TEXTS: [(&str, &[&str]); 3] = [("text/plain", &["txt"]), ("text/csv", &["csv"]), ("text/markdown", &["md"])];

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
    let invisible = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    !name.is_empty()
        && name.chars().count() <= 150
        && name == name.trim()
        && !name.starts_with('.')
        && !name.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|', '\0'])
        && !name.chars().any(invisible)
}

fn printable(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(60).collect()
}

/// The type that the bytes and the ending agree on.
fn media_type(content: &[u8], ending: &str) -> Option<&'static str> {
    let by_ending = |list: &'static [(&'static str, &'static [&'static str])]| {
        list.iter().find(|(_, endings)| endings.contains(&ending)).map(|(kind, _)| *kind)
    };
    if let Some(text) = by_ending(&TEXTS) {
        let reads = std::str::from_utf8(content).ok()?;
        let odd = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
        return (!reads.contains(odd)).then_some(text);
    }
    let claimed = by_ending(&TAKEN)?;
    let found = infer::get(content)?.mime_type();
    (found == claimed).then_some(claimed)
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

    /// # Errors
    /// `Internal` if the file is gone.
    pub fn read(&self, attachment: &Permit<policy::Download, Attachment>) -> Result<Vec<u8>> {
        let path = self.path(attachment.subject().id);
        Ok(std::fs::read(&path).with_context(|| format!("attachment {} cannot be read", attachment.subject().id))?)
    }

    fn check_number(&self, number: usize) -> Result<()> {
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

    /// Written and synchronised before the transaction commits. If the transaction fails, a file that nobody knows of
    /// is left; never a row without its file.
    fn write(&self, id: AttachmentId, content: &[u8]) -> Result<()> {
        let path = self.path(id);
        let write = || -> std::io::Result<()> {
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder)?;
            }
            let mut file = std::fs::File::create_new(&path)?;
            std::io::Write::write_all(&mut file, content)?;
            file.sync_all()
        };
        Ok(write().context("an attachment could not be written")?)
    }
}

/// Attaches files to a need. Whoever reads the need reads them.
///
/// # Errors
/// `Invalid` if there would be too many, or one is said to be confidential.
pub fn attach(
    op: &mut Op<'_>,
    need: Permit<policy::Attach, Need>,
    files: Vec<NewFile>,
    attachments: &Attachments,
) -> Result<Vec<Attachment>> {
    let need = need.into_inner();
    if files.iter().any(NewFile::is_confidential) {
        return Err(Error::field("confidential", "not-here"));
    }
    let there = store::attachments_of_need(op.db(), need.id)?.len();
    attachments.check_number(there + files.len())?;
    let kept = keep(op, &need, None, files, attachments)?;
    for attachment in &kept {
        op.record(Event::AttachmentAdded { tenant: need.tenant_id, need: need.id, attachment: attachment.id })?;
    }
    Ok(kept)
}

/// Adds files to a response that has been sent, as long as the market has time. What was sent stays as it was.
///
/// # Errors
/// `Conflict` if the need is not open, or its deadline has passed; `Invalid` if there would be too many.
pub fn supplement(
    op: &mut Op<'_>,
    response: Permit<policy::Supplement, Response>,
    files: Vec<NewFile>,
    attachments: &Attachments,
) -> Result<Vec<Attachment>> {
    let response = response.into_inner();
    let need = needs::find(op.db(), response.need_id)?;
    need.open_for_dialogue(op.now())?;
    let there = store::attachments_of_responses(op.db(), &[response.id])?.len();
    attachments.check_number(there + files.len())?;
    let kept = keep(op, &need, Some(response.id), files, attachments)?;
    for attachment in &kept {
        op.record(Event::AttachmentAdded { tenant: need.tenant_id, need: need.id, attachment: attachment.id })?;
    }
    Ok(kept)
}

/// Takes a file away from a need. Its bytes stay, as the archive must be able to show what once was public.
///
/// # Errors
/// `NotFound` unless it belongs to this need.
pub fn detach(op: &mut Op<'_>, need: Permit<policy::Attach, Need>, id: AttachmentId) -> Result<()> {
    let need = need.into_inner();
    if !store::delete_attachment_of_need(op.db(), need.id, id)? {
        return Err(Error::NotFound("the attachment"));
    }
    op.record(Event::AttachmentRemoved { tenant: need.tenant_id, need: need.id, attachment: id })
}

pub(super) fn keep(
    op: &mut Op<'_>,
    need: &Need,
    response: Option<ResponseId>,
    files: Vec<NewFile>,
    attachments: &Attachments,
) -> Result<Vec<Attachment>> {
    if files.is_empty() {
        return Ok(Vec::new());
    }
    attachments.check_number(files.len())?;
    let member = op.member()?;
    let mut kept = Vec::with_capacity(files.len());
    for file in files {
        let attachment = Attachment {
            id: AttachmentId::new(),
            need_id: need.id,
            response_id: response,
            organisation_id: member.organisation,
            name: file.name,
            media_type: file.media_type.to_owned(),
            bytes: i64::try_from(file.content.len()).unwrap_or(i64::MAX),
            sha256: Sha256::digest(&file.content).iter().map(|b| format!("{b:02x}")).collect(),
            confidential: file.confidential,
            created_by: member.user,
            created_at: op.now(),
        };
        attachments.write(attachment.id, &file.content)?;
        store::insert_attachment(op.db(), &attachment)?;
        kept.push(attachment);
    }
    Ok(kept)
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
        assert_eq!(code("plan.pdf", b"<html><script>"), Some("file-type"));
        assert_eq!(code("side.html", b"<html>"), Some("file-type"));
        assert_eq!(code("bilde.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), Some("file-type"));
        assert_eq!(code("program.pdf.exe", b"MZ\x90\0"), Some("file-type"));
        assert_eq!(code("notat.txt", b"a\0b"), Some("file-type"));
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
