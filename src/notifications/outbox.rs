//! A mail that waits, is being sent, was sent, or failed.
use crate::audit::EventId;
use crate::identity::{Secret, UserId};
use crate::platform::db::schema::messages;
use crate::platform::db::types::{Id, Json, Timestamp};
use crate::platform::language::Language;
use crate::tenancy::OrganisationId;
use crate::text_enum;
use diesel::prelude::*;

text_enum! {
    /// `sending` lasts as long as the conversation with the mail server.
    #[derive(utoipa::ToSchema)]
    pub enum MessageStatus { Waiting = "waiting", Sending = "sending", Sent = "sent", Failed = "failed" }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = messages, treat_none_as_default_value = false)]
pub struct OutboxMessage {
    pub id: Id<OutboxMessage>,
    pub event_id: EventId,
    /// The organisation that the recipient belongs to in this matter.
    pub organisation_id: Option<OrganisationId>,
    pub user_id: Option<UserId>,
    pub email: String,
    /// `<slice>/<message>` below `templates/mail`.
    pub template: String,
    pub language: Language,
    /// What the template shows, as it was when the event happened.
    pub payload: Json<serde_json::Value>,
    pub status: MessageStatus,
    pub attempts: i32,
    pub next_attempt_at: Timestamp,
    pub sent_at: Option<Timestamp>,
    /// Why the last attempt failed.
    pub failure: Option<String>,
    pub created_at: Timestamp,
}

impl OutboxMessage {
    pub(super) const INVITATION: &str = "tenancy/invitation";

    /// Is it the mail of the invitation whose secret has this hash?
    pub(super) fn invites_by(&self, hash: &str) -> bool {
        let secret = self.payload.0["url"].as_str().and_then(|url| url.strip_prefix("/invitasjon/"));
        secret.is_some_and(|secret| Secret::presented(secret).hash() == hash)
    }

    /// Does it hold a secret that must not lie in the database longer than needed?
    pub fn holds_secret(&self) -> bool {
        self.template.starts_with("identity/") || self.template == Self::INVITATION
    }
}
