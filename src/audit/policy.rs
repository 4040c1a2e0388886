//! Who may read the trail: the members of the organisation that it is about.
use crate::Result;
use crate::tenancy::{Actor, OrganisationId, Permit};

/// Reading the trail.
pub struct ReadTrail;

pub fn read(actor: &Actor) -> Result<Permit<ReadTrail, OrganisationId>> {
    let own = actor.member()?.organisation;
    Permit::check(actor, own, true, true, "the trail", "read it")
}
