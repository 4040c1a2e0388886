//! The order in which public things changed: what the search index follows, on this node and on others.
use super::{NeedId, store};
use crate::Result;
use crate::op::Op;
use crate::platform::db;

/// Enters a change of what everybody can read: the need itself, or what is answered or attached there.
pub fn announce(op: &mut Op<'_>, need: NeedId) -> Result<()> {
    let now = op.now();
    // Other writers of public changes wait here until we have committed. That is what makes the positions appear in
    // order; publishing is rare, so nobody waits long.
    let position = db::next_number(op.db(), db::CHANGES)?;
    store::insert_change(op.db(), position, need, now)?;
    op.wake.change = Some(position);
    Ok(())
}
