//! Getting no more mail of a kind, by the link that stands in each of them: without a login, and with one click in mail programs
//! that know how (RFC 8058).
use super::OutboxMessage;
use crate::Result;
use crate::identity::{Keys, UserId};
use crate::needs::{self, NeedId};
use crate::op::Op;
use crate::platform::language::Language;
use crate::suppliers;
use crate::tenancy::OrganisationId;
use serde::{Deserialize, Serialize};

/// What the token of the link can be used as.
const PURPOSE: &str = "stop-mail";

/// The field that is posted to the link, and what it says (RFC 8058, 3.2).
pub(super) const FIELD: &str = "List-Unsubscribe";
pub(super) const VALUE: &str = "One-Click";

/// What somebody has chosen to get mail about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Subject {
    /// New needs that fit this supplier.
    NewNeeds(OrganisationId),
    /// A need that they follow.
    Followed(NeedId),
}

impl Subject {
    /// The field of what a mail says that has it.
    pub const FIELD: &str = "stop";
}

/// Who can stop what, as a link says that we have signed: it is as good as the mail it stands in, and can be used for nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stop {
    #[serde(rename = "sub")]
    user: UserId,
    #[serde(flatten)]
    pub subject: Subject,
}

impl Stop {
    /// # Errors
    /// `Unauthenticated` unless it is a token that we have made for this.
    pub fn read(keys: &Keys, token: &str) -> Result<Self> {
        keys.read_link(PURPOSE, token)
    }
}

/// Where the recipient of this mail can stop what it is about, if they chose it. It is made while the mail is sent, so the secret in
/// it lies nowhere here. The page is in the language of the mail, whatever that of the browser is.
///
/// # Errors
/// When it cannot be signed.
pub(super) fn path(keys: &Keys, message: &OutboxMessage) -> Result<Option<String>> {
    let subject = message.payload.0.get(Subject::FIELD).cloned().and_then(|it| serde_json::from_value(it).ok());
    let (Some(user), Some(subject)) = (message.user_id, subject) else { return Ok(None) };
    let token = keys.link(PURPOSE, Stop { user, subject })?;
    // The other languages get theirs as all addresses in mails do (`Letters`).
    let root = if message.language == Language::Nb { "/nb" } else { "" };
    Ok(Some(format!("{root}/stopp-epost/{token}")))
}

/// From now on; also of those who have stopped before, have left, have deleted their account, or follow a need that was taken back:
/// they get no more of it.
pub(super) fn stop(op: &mut Op<'_>, stop: Stop) -> Result<()> {
    match stop.subject {
        Subject::NewNeeds(organisation) => suppliers::stop_telling(op, organisation, stop.user),
        Subject::Followed(need) => needs::unfollow_by_mail(op, need, stop.user),
    }
}
