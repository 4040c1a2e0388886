//! A new organisation, and a person who becomes a member of one.
use super::{Organisation, OrganisationId, OrganisationKind, Role, store};
use crate::audit::Event;
use crate::identity::{self, UserId};
use crate::op::Op;
use crate::platform::language::Language;
use crate::{Error, Result};

pub struct NewOrganisation {
    /// Nine digits, already checked.
    pub number: String,
    pub name: String,
    pub kind: OrganisationKind,
    pub municipality: Option<String>,
    pub language: Language,
}

/// Enters an organisation.
///
/// # Errors
/// `Invalid` (`organisation_number`, `taken`) if it is here already.
pub fn add(op: &mut Op<'_>, new: NewOrganisation) -> Result<Organisation> {
    if store::find_by_number(op.db(), &new.number)?.is_some() {
        return Err(Error::field("organisation_number", "taken"));
    }
    let organisation = Organisation {
        id: OrganisationId::new(),
        number: new.number,
        name: new.name,
        kind: new.kind,
        municipality: new.municipality,
        language: new.language,
        created_at: op.now(),
    };
    store::insert(op.db(), &organisation)?;
    op.record(Event::OrganisationAdded { organisation: organisation.id, number: organisation.number.clone() })?;
    Ok(organisation)
}

/// Makes `user` a member of `organisation`.
///
/// # Errors
/// `Conflict` (`already-member`) if they are one; `Invalid` (`role`) if there is no such role there; `Unauthenticated` if they
/// have just deleted their account.
pub fn join(op: &mut Op<'_>, organisation: &Organisation, user: UserId, role: Role) -> Result<()> {
    if !organisation.kind.roles().contains(&role) {
        return Err(Error::field("role", "unknown"));
    }
    identity::hold_user(op.db(), user)?;
    if store::member_of(op.db(), user, organisation.id)?.is_some() {
        return Err(Error::Conflict("already-member"));
    }
    let now = op.now();
    store::insert_membership(op.db(), organisation, user, role, now)
}

/// The same for those whom nobody has invited: who registered the organisation, or was entered by a command.
///
/// # Errors
/// Those of `join`.
pub fn enter(op: &mut Op<'_>, organisation: &Organisation, member: UserId, role: Role) -> Result<()> {
    join(op, organisation, member, role)?;
    op.record(Event::MemberAdded { organisation: organisation.id, member, role })
}
