//! Inviting a person into an organisation, and accepting.
use super::{Organisation, OrganisationId, Permit, Role, policy, store};
use crate::audit::Event;
use crate::identity::{self, Email, NewUser, Secret, UserId};
use crate::input::Input;
use crate::op::Op;
use crate::platform::db::schema::invitations;
use crate::platform::db::types::{Id, Timestamp};
use crate::platform::language::Language;
use crate::{Error, FieldError, Result};
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

impl NewInvitation {
    /// # Errors
    /// `Invalid` with everything that cannot be taken.
    pub fn parse(email: &str, role: &str) -> Result<Self> {
        let mut input = Input::default();
        let email = input.required_email("email", email);
        let role = input.parse("role", parse_role(role));
        input.finish()?;
        email.zip(role).map(|(email, role)| Self { email, role }).ok_or_else(|| Error::field("role", "required"))
    }
}

/// A role as it is written.
pub(super) fn parse_role(text: &str) -> Result<Role, &'static str> {
    match text.trim() {
        "" => Err("required"),
        role => role.parse().map_err(|_| "unknown"),
    }
}

/// Invitations of an organisation that nobody has accepted yet. Anybody may register a company and name it; without a bound its
/// invitations would carry those words to whomever they like.
const MOST_OPEN: usize = 50;

/// Invites someone; the secret goes out by mail only.
///
/// # Errors
/// `Invalid` if the role does not exist there, the person is a member already, or too many have been invited and not come.
pub fn invite(op: &mut Op<'_>, at: Permit<policy::Administer, Organisation>, new: NewInvitation) -> Result<Invitation> {
    let organisation = at.into_inner();
    if !organisation.kind.roles().contains(&new.role) {
        return Err(Error::field("role", "unknown"));
    }
    if store::has_member_with(op.db(), organisation.id, new.email.as_str())? {
        return Err(Error::field("email", "already-member"));
    }
    let now = op.now();
    // Others may invite at the same time.
    store::hold(op.db(), organisation.id)?;
    if store::invitations_of(op.db(), organisation.id, now)?.len() >= MOST_OPEN {
        return Err(Error::Invalid(vec![FieldError::new("email", "too-many-invitations").with("max", MOST_OPEN)]));
    }
    let secret = Secret::generate();
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
        email: invitation.email.clone(),
        role: invitation.role,
        secret: secret.into_string(),
    })?;
    Ok(invitation)
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

/// What whoever opens the link of an invitation can do with it.
pub enum Opened {
    /// It is for the person who is logged in.
    ForYou(Invitation),
    /// The invited address has a login: its owner must show that it is them.
    LogInFirst(Invitation),
    /// The invited address has no login yet: its owner chooses a name and a password.
    Newcomer(Invitation),
}

/// Opens the invitation that the secret was sent for.
///
/// # Errors
/// `NotFound` if there is none, or it is for someone else than the person who is logged in; `Conflict` if it was
/// accepted or has run out.
pub fn open(op: &mut Op<'_>, secret: &Secret) -> Result<Opened> {
    let now = op.now();
    let invitation = store::find_invitation(op.db(), &secret.hash())?;
    if let Ok(person) = op.person() {
        if person.email != invitation.email {
            return Err(Error::NotFound("the invitation"));
        }
        return invitation.open(now).map(Opened::ForYou);
    }
    let invitation = invitation.open(now)?;
    let known = identity::find_by_email(op.db(), &invitation.email)?;
    Ok(if known.is_some() { Opened::LogInFirst(invitation) } else { Opened::Newcomer(invitation) })
}

/// The person who is logged in accepts, and acts for the organisation from now on.
///
/// # Errors
/// Those of `open` and `accept`; `Unauthenticated` if nobody is logged in.
pub fn accept_as_member(op: &mut Op<'_>, secret: &Secret) -> Result<()> {
    let person = op.person()?;
    let Opened::ForYou(invitation) = open(op, secret)? else { return Err(Error::Unauthenticated) };
    let organisation = accept(op, invitation, person.user, &person.name)?;
    identity::switch(op, organisation.id)
}

/// What a newcomer chooses.
pub struct Newcomer {
    pub name: String,
    pub language: Language,
    pub password_hash: String,
}

/// Someone without a login accepts and gets one. The address is theirs: the invitation came there.
///
/// # Errors
/// Those of `open` and `accept`; `Unauthenticated` if the address has got a login in the meantime.
pub fn accept_as_newcomer(op: &mut Op<'_>, secret: &Secret, new: Newcomer) -> Result<UserId> {
    let Opened::Newcomer(invitation) = open(op, secret)? else { return Err(Error::Unauthenticated) };
    let email = Email::parse(&invitation.email).map_err(|e| anyhow::anyhow!("an invitation has a bad address: {e}"))?;
    let Newcomer { name, language, password_hash } = new;
    let user = identity::add_user(op, NewUser { name: name.clone(), email, language, password_hash })?;
    accept(op, invitation, user, &name)?;
    Ok(user)
}

/// Takes the invitation into use for `user`, whose address has been shown to be the invited one. What else invited them to the
/// same organisation is over with it.
///
/// # Errors
/// `Conflict` if it was accepted, has run out, or the person is a member already.
pub fn accept(op: &mut Op<'_>, invitation: Invitation, user: UserId, name: &str) -> Result<Organisation> {
    let now = op.now();
    let invitation = invitation.open(now)?;
    let organisation = store::organisation(op.db(), invitation.organisation_id)?;
    super::join(op, &organisation, user, invitation.role)?;
    if !store::mark_accepted(op.db(), invitation.id, now)? {
        return Err(Error::Conflict("invitation-used"));
    }
    let over = store::other_invitations(op.db(), &invitation)?;
    for other in &over {
        store::delete_unused(op.db(), other.id)?;
    }
    op.record(Event::MemberJoined {
        organisation: organisation.id,
        member: user,
        over,
        name: name.to_owned(),
        role: invitation.role,
    })?;
    Ok(organisation)
}
