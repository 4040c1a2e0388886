//! Attaching files to a need or a response.
use super::files::{Attachments, Written};
use super::{Response, ResponseId, policy, store};
use crate::audit::Event;
use crate::needs::{self, Need, NeedId};
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

/// Attaches files to a need. Whoever reads the need reads them.
///
/// # Errors
/// `Conflict` once the need is concluded; `Invalid` if there would be too many, or one is said to be confidential.
pub fn attach(
    op: &mut Op<'_>,
    need: Permit<policy::Attach, Need>,
    files: Vec<Written>,
    attachments: &Attachments,
) -> Result<Vec<Attachment>> {
    // Others may attach, or conclude, at the same time.
    let need = not_concluded(needs::hold(op.db(), need.into_inner().id)?)?;
    if files.iter().any(Written::is_confidential) {
        return Err(Error::field("confidential", "not-here"));
    }
    let there = store::attachments_of_need(op.db(), need.id)?.len();
    attachments.check_number(there + files.len())?;
    let kept = keep(op, &need, None, files)?;
    announce(op, &need)?;
    for attachment in &kept {
        op.record(Event::AttachmentAdded { tenant: need.tenant_id, need: need.id, attachment: attachment.id })?;
    }
    Ok(kept)
}

/// What the outcome was told of stays as it was.
fn not_concluded(need: Need) -> Result<Need> {
    if need.status == needs::Status::Concluded { Err(Error::Conflict("need-concluded")) } else { Ok(need) }
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

/// Takes a file away from a need. Its bytes and its row stay, as the archive must be able to show what once was public.
///
/// # Errors
/// `Conflict` once the need is concluded; `NotFound` unless it belongs to this need.
pub fn detach(op: &mut Op<'_>, need: Permit<policy::Attach, Need>, id: AttachmentId) -> Result<()> {
    // Others may conclude at the same time.
    let need = not_concluded(needs::hold(op.db(), need.into_inner().id)?)?;
    let (by, now) = (op.member()?.user, op.now());
    if !store::mark_removed(op.db(), need.id, id, by, now)? {
        return Err(Error::NotFound("the attachment"));
    }
    announce(op, &need)?;
    op.record(Event::AttachmentRemoved { tenant: need.tenant_id, need: need.id, attachment: id })
}

/// What is attached to a draft is nobody's business yet.
fn announce(op: &mut Op<'_>, need: &Need) -> Result<()> {
    if need.status.is_public() { needs::announce_change(op, need.id) } else { Ok(()) }
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
