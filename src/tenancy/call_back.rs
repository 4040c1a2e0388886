//! An invitation that nobody has accepted is called back.
use super::{Invitation, Permit, policy, store};
use crate::audit::Event;
use crate::op::Op;
use crate::{Error, Result};

/// Calls the invitation back. Its link leads to the same page as one that is over; if its mail waits still, it is not sent.
///
/// # Errors
/// `Conflict` (`invitation-used`) if it was accepted: then there is a member to take out.
pub fn call_back(op: &mut Op<'_>, invitation: Permit<policy::CallBack, Invitation>) -> Result<()> {
    let invitation = invitation.into_inner();
    if !store::delete_unused(op.db(), invitation.id)? {
        return Err(Error::Conflict("invitation-used"));
    }
    let (organisation, role) = (invitation.organisation_id, invitation.role);
    op.record(Event::InvitationCalledBack { organisation, role, over: vec![invitation] })
}
