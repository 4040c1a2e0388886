//! The feed of everything public that changes: needs that are published, corrected and withdrawn, what is asked, answered
//! and attached there, profiles of suppliers, and notices that are brought in. Whoever has read it to a position has seen all before it, and nothing comes before it later: positions are taken
//! under a lock that is held until the commit (`platform/db/counters.rs`).
pub mod api;
mod store;

use crate::Result;
use crate::platform::db::Db;
use crate::platform::db::types::Timestamp;
use crate::text_enum;

text_enum! {
    /// What changed.
    #[derive(utoipa::ToSchema)]
    pub enum Kind { Need = "need", Supplier = "supplier", Notice = "notice" }
}

text_enum! {
    /// What became of it.
    #[derive(utoipa::ToSchema)]
    pub enum Became {
        /// It can be read as it is now.
        Changed = "changed",
        /// It is no longer public.
        Removed = "removed",
    }
}

/// Something that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub position: i64,
    pub kind: Kind,
    /// By which it is found; the number of the organisation for a supplier.
    pub id: String,
    pub became: Became,
    pub at: Timestamp,
}

/// The changes after a position, in order: `limit` of them at most. Four statements, each along an index.
///
/// # Errors
/// When the database refuses.
pub fn after(db: &mut Db, position: i64, limit: usize) -> Result<Vec<Change>> {
    // What is committed between the two readings waits for the next time: else a later notice could be told of and an
    // earlier need passed over.
    let last = store::last(db)?;
    let rows = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut changes = store::of_needs(db, position, last, rows)?;
    changes.extend(store::of_suppliers(db, position, last, rows)?);
    changes.extend(store::of_notices(db, position, last, rows)?);
    changes.sort_by_key(|change| change.position);
    changes.truncate(limit);
    Ok(changes)
}
