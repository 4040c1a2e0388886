//! The events: the table of contents of what can happen.
use crate::identity::UserId;
use crate::platform::db::types::Id;
use crate::platform::language::Language;
use crate::tenancy::{Invitation, OrganisationId, Receiver, Role};
use serde::Serialize;

pub type EventId = Id<Event>;
// The slices' own things, known here by their names only.
type RegistrationId = Id<crate::suppliers::Registration>;
type NeedId = Id<crate::needs::Need>;
type QuestionId = Id<crate::dialogue::Question>;
type ResponseId = Id<crate::dialogue::Response>;
type AttachmentId = Id<crate::dialogue::Attachment>;

/// What happened. `name` is what the trail and the statistics know it by; secrets are never stored.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum Event {
    OrganisationAdded {
        organisation: OrganisationId,
        number: String,
    },
    SupplierRegistered {
        organisation: OrganisationId,
    },
    /// Someone wants to register a supplier.
    RegistrationAsked {
        registration: RegistrationId,
        #[serde(skip)]
        secret: String,
    },
    /// Someone wants to register an organisation that is here already.
    RegisteredAgain {
        organisation: OrganisationId,
        #[serde(skip)]
        email: String,
        #[serde(skip)]
        language: Language,
    },
    /// They have shown that the address is theirs.
    UserRegistered {
        user: UserId,
    },
    ResetAsked {
        user: UserId,
        #[serde(skip)]
        secret: String,
    },
    PasswordReset {
        user: UserId,
    },
    SessionRevoked {
        user: UserId,
    },
    AccountDeleted {
        user: UserId,
        #[serde(skip)]
        email: String,
    },
    MemberInvited {
        organisation: OrganisationId,
        #[serde(skip)]
        email: String,
        role: Role,
        #[serde(skip)]
        secret: String,
    },
    MemberJoined {
        organisation: OrganisationId,
        member: UserId,
        /// What else invited them there. Its mail is not sent any more.
        #[serde(skip)]
        over: Vec<Invitation>,
        #[serde(skip)]
        name: String,
        role: Role,
    },
    /// Someone whom nobody had invited: who registered the organisation, or was entered by a command.
    MemberAdded {
        organisation: OrganisationId,
        member: UserId,
        role: Role,
    },
    MemberRemoved {
        organisation: OrganisationId,
        member: UserId,
    },
    MemberLeft {
        organisation: OrganisationId,
        member: UserId,
        #[serde(skip)]
        name: String,
    },
    RoleChanged {
        organisation: OrganisationId,
        member: UserId,
        role: Role,
    },
    InvitationCalledBack {
        organisation: OrganisationId,
        role: Role,
        /// It. Its mail is not sent any more.
        #[serde(skip)]
        over: Vec<Invitation>,
    },
    SupplierProfileEdited {
        organisation: OrganisationId,
    },
    /// One of its people wants no more mail about new needs, and says so by the link of one.
    NewNeedsStopped {
        organisation: OrganisationId,
        member: UserId,
    },
    /// They want it again.
    NewNeedsWanted {
        organisation: OrganisationId,
        member: UserId,
    },
    NeedDescribed {
        tenant: OrganisationId,
        need: NeedId,
    },
    NeedEdited {
        tenant: OrganisationId,
        need: NeedId,
        revision: i32,
    },
    NeedPublished {
        tenant: OrganisationId,
        need: NeedId,
        version: i32,
    },
    NeedCorrected {
        tenant: OrganisationId,
        need: NeedId,
        version: i32,
        note: String,
    },
    NeedWithdrawn {
        tenant: OrganisationId,
        need: NeedId,
        cause: String,
    },
    /// A draft that had never been published.
    NeedDeleted {
        tenant: OrganisationId,
        need: NeedId,
    },
    NeedFollowed {
        tenant: OrganisationId,
        need: NeedId,
    },
    NeedUnfollowed {
        tenant: OrganisationId,
        need: NeedId,
        /// Who stopped by the link of a mail, and for which organisation they followed.
        #[serde(skip)]
        by_mail: Option<(UserId, OrganisationId)>,
    },
    NeedJoined {
        tenant: OrganisationId,
        need: NeedId,
        joiner: OrganisationId,
        volume: String,
    },
    QuestionAsked {
        tenant: OrganisationId,
        need: NeedId,
        question: QuestionId,
    },
    QuestionAnswered {
        tenant: OrganisationId,
        need: NeedId,
        question: QuestionId,
        /// It had been answered otherwise before.
        changed: bool,
    },
    /// What the mails say, and who gets them, comes along: all who respond read it together.
    ResponseSent {
        tenant: OrganisationId,
        need: NeedId,
        response: ResponseId,
        attachments: usize,
        #[serde(skip)]
        reference: String,
        #[serde(skip)]
        title: String,
        #[serde(skip)]
        receiver: Receiver,
    },
    /// A file came after the response, before the deadline.
    ResponseSupplemented {
        tenant: OrganisationId,
        need: NeedId,
        response: ResponseId,
        attachment: AttachmentId,
    },
    ResponseRead {
        tenant: OrganisationId,
        need: NeedId,
        response: ResponseId,
    },
    ResponseThanked {
        tenant: OrganisationId,
        need: NeedId,
        response: ResponseId,
    },
    OutcomeTold {
        tenant: OrganisationId,
        need: NeedId,
    },
    AttachmentAdded {
        tenant: OrganisationId,
        need: NeedId,
        attachment: AttachmentId,
    },
    AttachmentRemoved {
        tenant: OrganisationId,
        need: NeedId,
        attachment: AttachmentId,
    },
    MessageRetried {
        message: Id<crate::notifications::OutboxMessage>,
    },
    /// A batch of notices was brought in. The position is that of the last.
    NoticesImported {
        stored: u64,
        updated: u64,
        position: i64,
    },
}

impl Event {
    pub fn name(&self) -> &'static str {
        match self {
            Self::OrganisationAdded { .. } => "organisation-added",
            Self::SupplierRegistered { .. } => "supplier-registered",
            Self::RegistrationAsked { .. } => "registration-asked",
            Self::RegisteredAgain { .. } => "registered-again",
            Self::UserRegistered { .. } => "user-registered",
            Self::ResetAsked { .. } => "reset-asked",
            Self::PasswordReset { .. } => "password-reset",
            Self::SessionRevoked { .. } => "session-revoked",
            Self::AccountDeleted { .. } => "account-deleted",
            Self::MemberInvited { .. } => "member-invited",
            Self::MemberJoined { .. } => "member-joined",
            Self::MemberAdded { .. } => "member-added",
            Self::MemberRemoved { .. } => "member-removed",
            Self::MemberLeft { .. } => "member-left",
            Self::RoleChanged { .. } => "role-changed",
            Self::InvitationCalledBack { .. } => "invitation-called-back",
            Self::SupplierProfileEdited { .. } => "supplier-profile-edited",
            Self::NewNeedsStopped { .. } => "new-needs-stopped",
            Self::NewNeedsWanted { .. } => "new-needs-wanted",
            Self::NeedDescribed { .. } => "need-described",
            Self::NeedEdited { .. } => "need-edited",
            Self::NeedPublished { .. } => "need-published",
            Self::NeedCorrected { .. } => "need-corrected",
            Self::NeedWithdrawn { .. } => "need-withdrawn",
            Self::NeedDeleted { .. } => "need-deleted",
            Self::NeedFollowed { .. } => "need-followed",
            Self::NeedUnfollowed { .. } => "need-unfollowed",
            Self::NeedJoined { .. } => "need-joined",
            Self::QuestionAsked { .. } => "question-asked",
            Self::QuestionAnswered { .. } => "question-answered",
            Self::ResponseSent { .. } => "response-sent",
            Self::ResponseSupplemented { .. } => "response-supplemented",
            Self::ResponseRead { .. } => "response-read",
            Self::ResponseThanked { .. } => "response-thanked",
            Self::OutcomeTold { .. } => "outcome-told",
            Self::AttachmentAdded { .. } => "attachment-added",
            Self::AttachmentRemoved { .. } => "attachment-removed",
            Self::MessageRetried { .. } => "message-retried",
            Self::NoticesImported { .. } => "notices-imported",
        }
    }

    /// The tenant whose case it belongs to, and the need.
    pub fn case(&self) -> Option<(OrganisationId, NeedId)> {
        match self {
            Self::NeedDescribed { tenant, need }
            | Self::NeedEdited { tenant, need, .. }
            | Self::NeedPublished { tenant, need, .. }
            | Self::NeedCorrected { tenant, need, .. }
            | Self::NeedWithdrawn { tenant, need, .. }
            | Self::NeedDeleted { tenant, need }
            | Self::NeedFollowed { tenant, need }
            | Self::NeedUnfollowed { tenant, need, .. }
            | Self::NeedJoined { tenant, need, .. }
            | Self::QuestionAsked { tenant, need, .. }
            | Self::QuestionAnswered { tenant, need, .. }
            | Self::ResponseSent { tenant, need, .. }
            | Self::ResponseSupplemented { tenant, need, .. }
            | Self::ResponseRead { tenant, need, .. }
            | Self::ResponseThanked { tenant, need, .. }
            | Self::OutcomeTold { tenant, need }
            | Self::AttachmentAdded { tenant, need, .. }
            | Self::AttachmentRemoved { tenant, need, .. } => Some((*tenant, *need)),
            Self::OrganisationAdded { .. }
            | Self::SupplierRegistered { .. }
            | Self::RegistrationAsked { .. }
            | Self::RegisteredAgain { .. }
            | Self::UserRegistered { .. }
            | Self::ResetAsked { .. }
            | Self::PasswordReset { .. }
            | Self::SessionRevoked { .. }
            | Self::AccountDeleted { .. }
            | Self::MemberInvited { .. }
            | Self::MemberJoined { .. }
            | Self::MemberAdded { .. }
            | Self::MemberRemoved { .. }
            | Self::MemberLeft { .. }
            | Self::RoleChanged { .. }
            | Self::InvitationCalledBack { .. }
            | Self::SupplierProfileEdited { .. }
            | Self::NewNeedsStopped { .. }
            | Self::NewNeedsWanted { .. }
            | Self::MessageRetried { .. }
            | Self::NoticesImported { .. } => None,
        }
    }

    /// The organisation that it is about where there is no case: its trail shows it, whoever did it.
    pub fn concerns(&self) -> Option<OrganisationId> {
        match self {
            Self::OrganisationAdded { organisation, .. }
            | Self::SupplierRegistered { organisation }
            | Self::MemberInvited { organisation, .. }
            | Self::MemberJoined { organisation, .. }
            | Self::MemberAdded { organisation, .. }
            | Self::MemberRemoved { organisation, .. }
            | Self::MemberLeft { organisation, .. }
            | Self::RoleChanged { organisation, .. }
            | Self::InvitationCalledBack { organisation, .. }
            | Self::SupplierProfileEdited { organisation }
            | Self::NewNeedsStopped { organisation, .. }
            | Self::NewNeedsWanted { organisation, .. } => Some(*organisation),
            _ => None,
        }
    }

    /// Whose mail had the link that did it, and for which organisation they got it: of what can be done so, without a login.
    pub fn by_mail(&self) -> Option<(UserId, OrganisationId)> {
        match self {
            Self::NeedUnfollowed { by_mail, .. } => *by_mail,
            Self::NewNeedsStopped { organisation, member } => Some((*member, *organisation)),
            _ => None,
        }
    }

    /// Does the tenant see it in its own trail? Who follows a need, or reads about it, is the follower's business
    /// alone, and who asked is not to be told from a list of names and times.
    pub fn tenant_may_see(&self) -> bool {
        !matches!(self, Self::NeedFollowed { .. } | Self::NeedUnfollowed { .. })
    }
}

#[cfg(test)]
mod tests {
    use crate::platform::language::Language;

    #[test]
    fn every_event_has_a_text_in_every_language() {
        let source = include_str!("event.rs");
        let (_, names) = source.split_once("pub fn name(").unwrap();
        let (names, _) = names.split_once("pub fn case(").unwrap();
        let names: Vec<&str> = names.lines().filter_map(|l| l.split_once("=> \"")?.1.strip_suffix("\",")).collect();
        assert_eq!(names.len(), names.iter().collect::<std::collections::HashSet<_>>().len());
        assert!(names.len() >= 28, "{names:?}");
        for name in names {
            for language in Language::ALL {
                assert!(language.has(&format!("audit-event-{name}")), "{name} has no text in {language:?}");
            }
        }
    }
}
