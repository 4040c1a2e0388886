//! Deleting a draft that only those who write it have seen.
use super::{Need, store};
use crate::Result;
use crate::audit::Event;
use crate::op::Op;

/// Nothing of what was written stays, and nobody follows it; the dialogue does this when it takes the files away. What is left is its
/// reference, for the trail.
///
/// # Errors
/// `Conflict` once it has been published; `Stale` if someone else has changed it.
pub fn delete(op: &mut Op<'_>, need: Need) -> Result<()> {
    let need = need.deletable()?;
    let now = op.now();
    store::empty(op.db(), &need, now)?;
    store::unfollow_need(op.db(), need.id)?;
    op.record(Event::NeedDeleted { tenant: need.tenant_id, need: need.id })
}
