//! A member gets another role.
use super::{Membership, Others, Permit, Role, policy, store};
use crate::audit::Event;
use crate::op::Op;
use crate::{Error, Result};

/// Gives the member this role, from their next request on. The same role changes nothing, and nobody hears of it.
///
/// # Errors
/// `Invalid` (`role`) if there is no such role there; `Conflict` (`last-administrator`) if nobody would administer the
/// organisation; `NotFound` if someone else took the member out just now.
pub fn change_role(op: &mut Op<'_>, who: Permit<policy::ChangeRole, Membership>, role: Role) -> Result<Membership> {
    let before = who.into_inner();
    if before.role == role {
        return Ok(before);
    }
    let was_administrator = before.role.administers();
    let changed = before.with_role(role)?;
    let others = Others::hold(op, &changed)?;
    if was_administrator && !role.administers() && others != Others::Administer {
        return Err(Error::Conflict("last-administrator"));
    }
    if !store::set_role(op.db(), changed.organisation, changed.user, role)? {
        return Err(Error::NotFound("the member"));
    }
    op.record(Event::RoleChanged { organisation: changed.organisation, member: changed.user, role })?;
    Ok(changed)
}
