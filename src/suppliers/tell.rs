//! Whether one of a supplier's people hears of new needs. Whether anybody of it does stands in its profile.
use super::policy;
use crate::Result;
use crate::audit::Event;
use crate::identity::UserId;
use crate::op::Op;
use crate::tenancy::{self, OrganisationId, Permit};

/// This person gets no more mail about new needs for `organisation`; their colleagues do as before. Who it is has been shown by a
/// link of a mail that was sent to them. Nothing to stop is no error.
pub fn stop_telling(op: &mut Op<'_>, organisation: OrganisationId, member: UserId) -> Result<()> {
    let now = op.now();
    if tenancy::stop_new_needs(op.db(), organisation, member, now)? {
        op.record(Event::NewNeedsStopped { organisation, member })?;
    }
    Ok(())
}

/// Whoever asks hears of new needs again.
pub fn tell_again(op: &mut Op<'_>, own: Permit<policy::Edit, OrganisationId>) -> Result<()> {
    let (organisation, member) = (own.into_inner(), op.member()?.user);
    if tenancy::want_new_needs(op.db(), organisation, member)? {
        op.record(Event::NewNeedsWanted { organisation, member })?;
    }
    Ok(())
}
