//! Who may do what to a supplier's profile. It is public; only its own people write it.
use crate::Result;
use crate::error::Only;
use crate::tenancy::{Actor, OrganisationId, Permit};

/// Writing the profile.
pub struct Edit;

pub fn edit(actor: &Actor) -> Result<Permit<Edit, OrganisationId>> {
    let own = actor.member()?.organisation;
    Permit::check(
        actor,
        own,
        true,
        actor.is_supplier(),
        "the profile",
        Only::Suppliers.may("edit a supplier's profile"),
    )
}
