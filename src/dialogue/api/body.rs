//! The dialogue as it is written in JSON.
use crate::dialogue::store::Asked;
use crate::dialogue::{Attachment, AttachmentId, Outcome, OutcomeKind, Response, policy};
use crate::op::Op;
use crate::platform::wording::rfc3339;
use crate::tenancy::{Member, Permit};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An organisation that takes part in a dialogue.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ParticipantBody {
    pub organisation_number: String,
    pub name: String,
}

impl From<Member> for ParticipantBody {
    fn from(member: Member) -> Self {
        Self { organisation_number: member.organisation_number, name: member.organisation_name }
    }
}

/// Text and nothing else: a question, an answer, a thank-you.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct TextBody {
    /// At most 5,000 characters of a question or thanks, and 20,000 of an answer.
    #[schema(required = true, max_length = 20000)]
    pub text: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct QuestionBody {
    #[schema(format = "uuid")]
    pub id: String,
    /// The id of the need.
    #[schema(format = "uuid")]
    pub need: String,
    pub text: String,
    #[schema(format = DateTime)]
    pub asked_at: String,
    /// Did one's own organisation ask it?
    pub asked_by_us: bool,
    /// Told to the buyer only.
    pub asker: Option<ParticipantBody>,
    pub answer: Option<String>,
    #[schema(format = DateTime)]
    pub answered_at: Option<String>,
}

#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewResponseBody {
    /// `text` means the same.
    #[schema(required = true, max_length = 50000)]
    #[serde(alias = "text")]
    pub body: String,
    /// What the supplier holds to be a trade secret. Read by the same people; marked for when someone asks for access.
    #[schema(max_length = 50000)]
    pub confidential: Option<String>,
    /// Why; must be there when `confidential` is.
    #[schema(max_length = 2000)]
    pub confidential_reason: Option<String>,
}

/// A response. Only the buyer and the supplier who sent it ever get one.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResponseBody {
    #[schema(format = "uuid")]
    pub id: String,
    /// The id of the need.
    #[schema(format = "uuid")]
    pub need: String,
    pub supplier: ParticipantBody,
    pub body: String,
    pub confidential: Option<String>,
    pub confidential_reason: Option<String>,
    #[schema(format = DateTime)]
    pub sent_at: String,
    #[schema(format = DateTime)]
    pub read_at: Option<String>,
    pub thanks: Option<String>,
    #[schema(format = DateTime)]
    pub thanked_at: Option<String>,
    pub attachments: Vec<AttachmentBody>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AttachmentBody {
    #[schema(format = "uuid")]
    pub id: String,
    pub name: String,
    pub media_type: String,
    pub bytes: i64,
    /// In hexadecimal.
    pub sha256: String,
    pub confidential: bool,
    pub url: String,
    #[schema(format = DateTime)]
    pub created_at: String,
}

/// A form with one file.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "describes the form; the file itself is read as it arrives")]
pub struct AttachmentForm {
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// `false`, if anything: whoever reads the need reads its files.
    confidential: Option<bool>,
    /// What changed and why; a file is not attached to a published need without it.
    change_note: Option<String>,
}

/// A form with one more file of a response.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "describes the form; the file itself is read as it arrives")]
pub struct SupplementForm {
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// Holds trade secrets.
    confidential: Option<bool>,
    /// Why; must be there when the file is confidential, unless the response says it already.
    #[schema(max_length = 2000)]
    confidential_reason: Option<String>,
}

#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewOutcomeBody {
    #[schema(required = true, value_type = OutcomeKind)]
    pub kind: String,
    #[schema(required = true, max_length = 20000)]
    pub text: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct OutcomeBody {
    pub kind: OutcomeKind,
    pub text: String,
    #[schema(format = DateTime)]
    pub told_at: String,
}

impl QuestionBody {
    pub(super) fn new(asked: Asked, op: &Op<'_>) -> Self {
        let question = asked.question;
        let asker = ParticipantBody { organisation_number: asked.asker_number, name: asked.asker_name };
        Self {
            id: question.id.to_string(),
            need: question.need_id.to_string(),
            asked_at: rfc3339(question.asked_at),
            asked_by_us: op.actor().member().is_ok_and(|m| m.organisation == question.organisation_id),
            asker: policy::sees_askers(op.actor(), &question).then_some(asker),
            text: question.text,
            answer: question.answer,
            answered_at: question.answered_at.map(rfc3339),
        }
    }
}

impl ResponseBody {
    pub(super) fn new(
        response: Permit<policy::ReadResponse, Response>,
        supplier: ParticipantBody,
        attachments: Vec<Attachment>,
    ) -> Self {
        let response = response.into_inner();
        let some = |text: String| Some(text).filter(|t| !t.is_empty());
        Self {
            id: response.id.to_string(),
            need: response.need_id.to_string(),
            supplier,
            body: response.body,
            confidential: some(response.confidential),
            confidential_reason: some(response.confidential_reason),
            sent_at: rfc3339(response.sent_at),
            read_at: response.read_at.map(rfc3339),
            thanks: response.thanks,
            thanked_at: response.thanked_at.map(rfc3339),
            attachments: attachments.into_iter().map(AttachmentBody::from).collect(),
        }
    }
}

impl From<Attachment> for AttachmentBody {
    fn from(a: Attachment) -> Self {
        Self {
            url: location_of(a.id),
            id: a.id.to_string(),
            name: a.name,
            media_type: a.media_type,
            bytes: a.bytes,
            sha256: a.sha256,
            confidential: a.confidential,
            created_at: rfc3339(a.created_at),
        }
    }
}

impl From<Outcome> for OutcomeBody {
    fn from(outcome: Outcome) -> Self {
        Self { kind: outcome.kind, text: outcome.text, told_at: rfc3339(outcome.told_at) }
    }
}

pub(super) fn location_of(attachment: AttachmentId) -> String {
    format!("/api/v1/attachments/{attachment}")
}
