//! Publishing a need to the market, and withdrawing it.
use super::{Need, Status, changes, policy, store};
use crate::Result;
use crate::audit::{self, Event};
use crate::op::Op;
use crate::platform::db::types::Json;
use crate::tenancy::Permit;

/// Characters of why a need is taken back.
pub const REASON: usize = 2_000;
/// Characters of what was changed in a published need, and why.
pub const CHANGE_NOTE: usize = 2_000;

/// From now on everybody can read it, and suppliers whose profile fits are told. Publishing twice changes nothing: whoever does may
/// have lost the answer.
///
/// # Errors
/// `Invalid` with all that is missing; `Conflict` if it is concluded.
pub fn publish(op: &mut Op<'_>, need: Permit<policy::Publish, Need>) -> Result<Need> {
    let need = need.into_inner();
    if need.status == Status::Published {
        return Ok(need);
    }
    let need = need.publish(op.now())?;
    store::update(op.db(), &need)?;
    keep_version(op, &need, "")?;
    changes::announce(op, need.id)?;
    op.record(Event::NeedPublished { tenant: need.tenant_id, need: need.id, version: need.version })?;
    Ok(need)
}

/// Takes it back: only the tenant can read it from now on, and those who took part are told why. For the same reason twice changes
/// nothing.
///
/// # Errors
/// `Conflict` unless it is published.
pub fn withdraw(op: &mut Op<'_>, need: Permit<policy::Publish, Need>, cause: &str) -> Result<Need> {
    let need = need.into_inner();
    if need.status == Status::Withdrawn && audit::withdrawal(op.db(), need.id)?.is_some_and(|(_, told)| told == cause) {
        return Ok(need);
    }
    let need = need.withdraw(op.now())?;
    store::update(op.db(), &need)?;
    changes::announce(op, need.id)?;
    op.record(Event::NeedWithdrawn { tenant: need.tenant_id, need: need.id, cause: cause.to_owned() })?;
    Ok(need)
}

/// Sets the need to concluded; the dialogue does this when it tells the outcome.
///
/// # Errors
/// `Conflict` unless it is published.
pub fn conclude(op: &mut Op<'_>, need: Need) -> Result<Need> {
    let need = need.conclude(op.now())?;
    store::update(op.db(), &need)?;
    changes::announce(op, need.id)?;
    Ok(need)
}

/// Keeps what the market can read now, with the files that are there, for ever.
pub(super) fn keep_version(op: &mut Op<'_>, need: &Need, note: &str) -> Result<()> {
    let version = store::Version {
        need_id: need.id,
        version: need.version,
        content: Json(need.content()),
        change_note: note.to_owned(),
        published_by: op.member()?.user,
        published_at: op.now(),
    };
    store::insert_version(op.db(), &version)?;
    store::insert_files_of_version(op.db(), need.id, need.version)
}
