//! Inviting a person into an organisation, and accepting.
use super::{Member, Organisation, OrganisationId, Permit, Role, policy, store};
use crate::audit::Event;
use crate::identity::{Email, Secret, UserId};
use crate::op::Op;
use crate::platform::db::schema::invitations;
use crate::platform::db::types::{Id, Timestamp};
use crate::{Error, Result};
use chrono::TimeDelta;
use diesel::prelude::*;

/// How long an invitation can be accepted.
pub const LASTS: TimeDelta = TimeDelta::days(14);

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = invitations, treat_none_as_default_value = false)]
pub struct Invitation {
    pub id: Id<Invitation>,
    pub organisation_id: OrganisationId,
    pub email: String,
    pub role: Role,
    pub token_hash: String,
    pub invited_by: Option<UserId>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub accepted_at: Option<Timestamp>,
}

pub struct NewInvitation {
    pub email: Email,
    pub role: Role,
}

/// Invites someone; the secret goes out by mail only.
///
/// # Errors
/// `Invalid` if the role does not exist there, or the person is a member already.
pub fn invite(op: &mut Op<'_>, at: Permit<policy::Administer, Organisation>, new: NewInvitation) -> Result<()> {
    let organisation = at.into_inner();
    if !organisation.kind.roles().contains(&new.role) {
        return Err(Error::field("role", "unknown"));
    }
    if store::has_member_with(op.db(), organisation.id, new.email.as_str())? {
        return Err(Error::field("email", "already-member"));
    }
    let secret = Secret::generate();
    let now = op.now();
    let invitation = Invitation {
        id: Id::new(),
        organisation_id: organisation.id,
        email: new.email.into_string(),
        role: new.role,
        token_hash: secret.hash(),
        invited_by: op.actor().member().ok().map(|m| m.user),
        created_at: now,
        expires_at: now + LASTS,
        accepted_at: None,
    };
    store::insert_invitation(op.db(), &invitation)?;
    op.record(Event::MemberInvited {
        organisation: organisation.id,
        email: invitation.email,
        role: invitation.role,
        secret: secret.into_string(),
    })
}

impl Invitation {
    /// # Errors
    /// `Conflict` if it was accepted or has run out.
    pub fn open(self, now: Timestamp) -> Result<Self> {
        if self.accepted_at.is_some() {
            return Err(Error::Conflict("invitation-used"));
        }
        if self.expires_at < now {
            return Err(Error::Conflict("invitation-expired"));
        }
        Ok(self)
    }
}

/// Takes the invitation into use for `user`, whose address has been shown to be the invited one.
///
/// # Errors
/// `Conflict` if it was accepted, has run out, or the person is a member already.
pub fn accept(op: &mut Op<'_>, invitation: Invitation, user: UserId, name: &str) -> Result<Organisation> {
    let now = op.now();
    let invitation = invitation.open(now)?;
    let organisation = store::organisation(op.db(), invitation.organisation_id)?;
    super::join(op, &organisation, user, invitation.role)?;
    store::mark_accepted(op.db(), invitation.id, now)?;
    op.record(Event::MemberJoined {
        organisation: organisation.id,
        member: user,
        name: name.to_owned(),
        role: invitation.role,
    })?;
    Ok(organisation)
}

/// May the person act on this invitation? Only the one it was sent to.
pub fn is_for(invitation: &Invitation, member: &Member) -> bool {
    invitation.email == member.email
}
