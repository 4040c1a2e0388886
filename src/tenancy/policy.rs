//! Who may do what to an organisation.
use super::{Actor, Organisation, Permit};
use crate::Result;

pub struct Administer;
pub struct SeeMembers;

fn belongs(actor: &Actor, organisation: &Organisation) -> bool {
    actor.member().is_ok_and(|m| m.organisation == organisation.id) || actor.is_system()
}

/// Invite people.
pub fn administer(actor: &Actor, organisation: Organisation) -> Result<Permit<Administer, Organisation>> {
    let allowed = actor.administers(organisation.id) || actor.is_system();
    let visible = belongs(actor, &organisation);
    Permit::check(actor, organisation, visible, allowed, "the organisation", "administer it")
}

/// See who the members are.
pub fn see_members(actor: &Actor, organisation: Organisation) -> Result<Permit<SeeMembers, Organisation>> {
    let visible = belongs(actor, &organisation);
    Permit::check(actor, organisation, visible, visible, "the organisation", "see its members")
}
