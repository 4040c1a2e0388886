//! A new supplier: the organisation and its profile together, so that none is without.
use super::{Profile, SupplierKind, store};
use crate::Result;
use crate::audit::Event;
use crate::op::Op;
use crate::tenancy::{self, NewOrganisation, Organisation, OrganisationKind};

/// Enters a supplier with a profile that its own people will write. It is in the directory at once, and hears of every
/// need in its county, or everywhere if nobody has said where it lies.
///
/// # Errors
/// `Invalid` (`organisation_number`, `taken`) if the organisation is here already.
pub fn add(op: &mut Op<'_>, new: NewOrganisation, kind: SupplierKind, county: Option<String>) -> Result<Organisation> {
    let organisation = tenancy::add(op, NewOrganisation { kind: OrganisationKind::Supplier, ..new })?;
    let now = op.now();
    enter(op, &Profile::new(organisation.id, kind, county.into_iter().collect(), now))?;
    Ok(organisation)
}

/// Enters the profile of a supplier that has none.
pub fn enter(op: &mut Op<'_>, profile: &Profile) -> Result<()> {
    store::insert(op.db(), profile)?;
    op.record(Event::SupplierRegistered { organisation: profile.organisation_id })
}
