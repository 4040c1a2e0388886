//! Someone is taken out of an organisation, or leaves it.
use super::{Membership, Others, Permit, policy, store};
use crate::audit::Event;
use crate::identity::UserId;
use crate::op::Op;
use crate::{Error, Result, needs};

/// Takes a member out. From now on they see nothing of the organisation, whatever they are logged in with, since every request
/// asks for the membership anew. What they follow they follow for themselves: they go on as one of another organisation of theirs,
/// and without one they hear of nothing more. What they wrote stays the organisation's, with their name. Whoever is alone may leave: what was done stays, and the operator can let someone in.
///
/// # Errors
/// `Conflict` (`last-administrator`) if the others would have nobody who administers; `NotFound` if someone else was faster.
pub fn remove(op: &mut Op<'_>, who: Permit<policy::Remove, Membership>) -> Result<()> {
    let who = who.into_inner();
    take_out(op, &who)?;
    let (organisation, member) = (who.organisation, who.user);
    op.record(if op.actor().is_member(member, organisation) {
        Event::MemberLeft { organisation, member, name: who.name }
    } else {
        Event::MemberRemoved { organisation, member }
    })
}

/// Whoever deletes their account leaves every organisation.
///
/// # Errors
/// `Conflict` (`last-administrator`) if others somewhere would have nobody who administers.
pub fn leave_all(op: &mut Op<'_>, user: UserId) -> Result<()> {
    for who in store::memberships_in_order(op.db(), user)? {
        take_out(op, &who)?;
        op.record(Event::MemberLeft { organisation: who.organisation, member: user, name: who.name })?;
    }
    Ok(())
}

fn take_out(op: &mut Op<'_>, who: &Membership) -> Result<()> {
    let others = Others::hold(op, who)?;
    if who.role.administers() && others == Others::NeedAnAdministrator {
        return Err(Error::Conflict("last-administrator"));
    }
    if !store::delete_membership(op.db(), who.organisation, who.user)? {
        return Err(Error::NotFound("the member"));
    }
    let another = store::longest_membership(op.db(), who.user)?;
    needs::follow_elsewhere(op.db(), who.user, who.organisation, another)
}
