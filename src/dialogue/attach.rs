//! Attaching files to a need or a response, and taking them away.
use super::files::{Attachments, Written};
use super::{Response, ResponseId, policy, store};
use crate::audit::Event;
use crate::needs::{self, Content, Need, NeedId};
use crate::op::Op;
use crate::platform::db::schema::attachments;
use crate::platform::db::types::{Id, Timestamp};
use crate::tenancy::{OrganisationId, Permit};
use crate::{Error, Result};
use chrono::TimeDelta;
use diesel::prelude::*;

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

/// What is to become of the files of a need.
#[derive(Debug, Default)]
pub struct FileChanges {
    pub added: Vec<Written>,
    pub removed: Vec<AttachmentId>,
}

/// New words for a need and other files, at once: of a published need that is one correction, which makes one version and is told of
/// once. What is taken away keeps its row and its bytes: earlier versions show it, and the archive must be able to.
///
/// # Errors
/// Those of `needs::edit`; `Invalid` if there would be too many files, or one is said to be confidential; `NotFound` for a file that
/// is not one of this need.
pub fn edit_with_files(
    op: &mut Op<'_>,
    need: Permit<needs::policy::Edit, Need>,
    expected_revision: Option<i32>,
    content: Content,
    files: FileChanges,
    note: &str,
    attachments: &Attachments,
) -> Result<Need> {
    let seen = need.into_inner();
    // Others may write, attach, publish or conclude at the same time.
    let need = needs::hold(op.db(), seen.id)?;
    if need.revision != seen.revision || expected_revision.is_some_and(|expected| expected != need.revision) {
        return Err(Error::Stale);
    }
    for id in &files.removed {
        remove(op, &need, *id)?;
    }
    let is_same = files.added.is_empty() && files.removed.is_empty();
    add(op, &need, files.added, attachments)?;
    needs::rewrite(op, need, content, if is_same { needs::Files::AsTheyWere } else { needs::Files::Changed }, note)
}

/// Attaches files to a need. Whoever reads the need reads them; of a published need it is a correction, of which `note` says what
/// it is for.
///
/// # Errors
/// `Conflict` once the need is concluded; `Invalid` if there would be too many, one is said to be confidential, or (`change_note`)
/// nothing says why a published need is corrected.
pub fn attach(
    op: &mut Op<'_>,
    need: Permit<needs::policy::Edit, Need>,
    files: Vec<Written>,
    note: &str,
    attachments: &Attachments,
) -> Result<Vec<Attachment>> {
    // Others may attach, publish or conclude at the same time.
    let need = not_concluded(needs::hold(op.db(), need.into_inner().id)?)?;
    let kept = add(op, &need, files, attachments)?;
    let content = need.content();
    needs::rewrite(op, need, content, needs::Files::Changed, note)?;
    Ok(kept)
}

/// Takes a file away from a need. Its bytes and its row stay: whoever could read it in a version that was published still can.
///
/// # Errors
/// `Conflict` once the need is concluded; `NotFound` unless it belongs to this need; `Invalid` (`change_note`) as `attach`.
pub fn detach(op: &mut Op<'_>, need: Permit<needs::policy::Edit, Need>, id: AttachmentId, note: &str) -> Result<()> {
    // Others may publish or conclude at the same time.
    let need = not_concluded(needs::hold(op.db(), need.into_inner().id)?)?;
    remove(op, &need, id)?;
    let content = need.content();
    needs::rewrite(op, need, content, needs::Files::Changed, note)?;
    Ok(())
}

/// What the outcome was told of stays as it was.
fn not_concluded(need: Need) -> Result<Need> {
    if need.status == needs::Status::Concluded { Err(Error::Conflict("need-concluded")) } else { Ok(need) }
}

fn add(op: &mut Op<'_>, need: &Need, files: Vec<Written>, attachments: &Attachments) -> Result<Vec<Attachment>> {
    if files.is_empty() {
        return Ok(Vec::new());
    }
    if files.iter().any(Written::is_confidential) {
        return Err(Error::field("confidential", "not-here"));
    }
    let there = store::attachments_of_need(op.db(), need.id)?.len();
    attachments.check_number(there + files.len())?;
    let kept = keep(op, need, None, files)?;
    for attachment in &kept {
        op.record(Event::AttachmentAdded { tenant: need.tenant_id, need: need.id, attachment: attachment.id })?;
    }
    Ok(kept)
}

fn remove(op: &mut Op<'_>, need: &Need, id: AttachmentId) -> Result<()> {
    let (by, now) = (op.member()?.user, op.now());
    if !store::mark_removed(op.db(), need.id, id, by, now)? {
        return Err(Error::NotFound("the attachment"));
    }
    op.record(Event::AttachmentRemoved { tenant: need.tenant_id, need: need.id, attachment: id })
}

/// Adds files to a response that has been sent, as long as the market has time. What was sent stays as it was; why something is
/// confidential is added where it was not said.
///
/// # Errors
/// `Conflict` if the need is not open, or its deadline has passed; `Invalid` if there would be too many, or (`confidential_reason`)
/// as `Response::reason_with` says.
pub fn supplement(
    op: &mut Op<'_>,
    response: Permit<policy::Supplement, Response>,
    files: Vec<Written>,
    reason: &str,
    attachments: &Attachments,
) -> Result<Vec<Attachment>> {
    let response = response.into_inner();
    let need = needs::hold(op.db(), response.need_id)?;
    need.open_for_dialogue(op.now())?;
    // A colleague may have said it just now.
    let response = store::find_response(op.db(), response.id)?;
    let reason = response.reason_with(reason, files.iter().any(Written::is_confidential))?;
    if reason != response.confidential_reason {
        store::set_reason(op.db(), response.id, &reason)?;
    }
    let there = store::attachments_of_responses(op.db(), &[response.id])?.len();
    attachments.check_number(there + files.len())?;
    let kept = keep(op, &need, Some(response.id), files)?;
    for attachment in &kept {
        op.record(Event::ResponseSupplemented {
            tenant: need.tenant_id,
            need: need.id,
            response: response.id,
            attachment: attachment.id,
        })?;
    }
    Ok(kept)
}

/// For so long a mail about a response, or about a file of it, is recent: it leads to where the next files are seen too.
const RECENT: TimeDelta = TimeDelta::hours(1);

impl Response {
    /// Is the buyer told that this file came? Not while the response is unread and was sent less than an hour ago, and not within an
    /// hour of another file that was told of. `files` are those of the response.
    pub fn is_news(&self, file: AttachmentId, mut files: Vec<Attachment>) -> bool {
        files.sort_by_key(|file| (file.created_at, file.id));
        let mut told: Option<Timestamp> = None;
        for Attachment { id, created_at: at, .. } in files {
            let unread = self.read_at.is_none_or(|read| at <= read);
            let waits = (unread && at < self.sent_at + RECENT) || told.is_some_and(|told| at < told + RECENT);
            if id == file {
                return !waits;
            }
            if !waits {
                told = Some(at);
            }
        }
        false
    }
}

/// Writes down what lies in the folder.
pub(super) fn keep(
    op: &mut Op<'_>,
    need: &Need,
    response: Option<ResponseId>,
    files: Vec<Written>,
) -> Result<Vec<Attachment>> {
    let member = op.member()?;
    let mut kept = Vec::with_capacity(files.len());
    for file in files {
        let attachment = Attachment {
            id: file.id(),
            need_id: need.id,
            response_id: response,
            organisation_id: member.organisation,
            name: file.name().to_owned(),
            media_type: file.media_type().to_owned(),
            bytes: file.bytes(),
            sha256: file.sha256().to_owned(),
            confidential: file.is_confidential(),
            created_by: member.user,
            created_at: op.now(),
        };
        store::insert_attachment(op.db(), &attachment)?;
        file.keep();
        kept.push(attachment);
    }
    Ok(kept)
}
