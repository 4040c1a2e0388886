//! Who may do what to an organisation.
use super::{Actor, Invitation, Membership, Organisation, OrganisationId, Permit};
use crate::Result;
use crate::error::Only;

/// Inviting people.
pub struct Administer;
/// Seeing who the members are.
pub struct SeeMembers;
/// Taking a member out.
pub struct Remove;
/// Giving a member another role.
pub struct ChangeRole;
/// Calling an invitation back.
pub struct CallBack;

fn belongs(actor: &Actor, organisation: OrganisationId) -> bool {
    actor.member().is_ok_and(|m| m.organisation == organisation) || actor.is_system()
}

/// Invite people.
pub fn administer(actor: &Actor, organisation: Organisation) -> Result<Permit<Administer, Organisation>> {
    let allowed = actor.administers(organisation.id) || actor.is_system();
    let visible = belongs(actor, organisation.id);
    Permit::check(actor, organisation, visible, allowed, "the organisation", Only::Administrators.may("administer it"))
}

/// See who the members are.
pub fn see_members(actor: &Actor, organisation: Organisation) -> Result<Permit<SeeMembers, Organisation>> {
    let visible = belongs(actor, organisation.id);
    Permit::check(actor, organisation, visible, visible, "the organisation", "see its members")
}

/// Take someone out: whoever administers the organisation, and everybody themselves.
pub fn remove(actor: &Actor, who: Membership) -> Result<Permit<Remove, Membership>> {
    let visible = belongs(actor, who.organisation);
    let allowed = actor.administers(who.organisation) || actor.is_member(who.user, who.organisation);
    Permit::check(actor, who, visible, allowed, "the member", Only::Administrators.may("take them out"))
}

/// Give someone another role.
pub fn change_role(actor: &Actor, who: Membership) -> Result<Permit<ChangeRole, Membership>> {
    let visible = belongs(actor, who.organisation);
    let allowed = actor.administers(who.organisation);
    Permit::check(actor, who, visible, allowed, "the member", Only::Administrators.may("change their role"))
}

/// Call an invitation back.
pub fn call_back(actor: &Actor, invitation: Invitation) -> Result<Permit<CallBack, Invitation>> {
    let visible = belongs(actor, invitation.organisation_id);
    let allowed = actor.administers(invitation.organisation_id);
    Permit::check(actor, invitation, visible, allowed, "the invitation", Only::Administrators.may("call it back"))
}
