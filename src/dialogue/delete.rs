//! Deleting a draft, with its files.
use super::store;
use crate::needs::{self, Need};
use crate::op::Op;
use crate::tenancy::Permit;
use crate::{Error, Result};

/// Nothing of it can be read any more. The bytes of its files go when they are a month old (`upkeep.rs`).
///
/// # Errors
/// `Conflict` once the need has been published; `Stale` if someone has changed it in the meantime.
pub fn delete_draft(op: &mut Op<'_>, need: Permit<needs::policy::Delete, Need>) -> Result<()> {
    let seen = need.into_inner();
    // Others may write, attach or publish at the same time.
    let need = needs::hold(op.db(), seen.id)?;
    if need.revision != seen.revision {
        return Err(Error::Stale);
    }
    store::empty_attachments(op.db(), need.id)?;
    needs::delete(op, need)
}
