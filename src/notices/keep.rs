//! Keeping notices that were read: new ones are added, better ones replace what is there, and of the versions of a notice
//! one counts. What is kept does not depend on the order in which notices come.
use super::store::{self, Known, Version};
use super::{Stored, StoredId};
use crate::Result;
use crate::audit::Event;
use crate::op::Op;
use crate::platform::db;
use crate::tenancy::Permit;
use std::collections::{BTreeMap, HashMap};

/// What became of notices that were read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kept {
    /// New ones.
    pub stored: u64,
    /// Those that were here, with other facts.
    pub updated: u64,
    /// Those that were here already, or for which a better document is here.
    pub unchanged: u64,
}

/// Of two documents that say they are the same version of the same notice, the one that follows the later rules (SDK) is
/// kept; of two that follow the same, the one that tells where it was published (OPP-010); else the one with the larger
/// digest: any rule will do that does not ask which came first.
fn rank(row: &Known) -> (i32, bool, [u8; 16]) {
    (row.sdk, row.publication_id.is_some(), row.digest.uuid().into_bytes())
}

fn known(row: &Stored) -> Known {
    let publication_id = row.publication_id.clone();
    Known { id: row.id, sdk: row.sdk, publication_id, digest: row.digest, facts_digest: row.facts_digest }
}

/// Whether `new` takes the place of `old`: it is better, or the same document read anew with another result.
fn replaces(new: &Known, old: &Known) -> bool {
    rank(new) > rank(old) || (new.digest == old.digest && new.facts_digest != old.facts_digest)
}

/// Keeps a batch, in one transaction.
///
/// # Errors
/// When the database refuses.
pub fn keep(op: &mut Op<'_>, _permit: Permit<super::policy::Import, ()>, batch: Vec<Stored>) -> Result<Kept> {
    let mut kept = Kept::default();
    let best = best_of_each(batch, &mut kept);
    if !differ(op, &best)? {
        kept.unchanged += count(best.len());
        return Ok(kept);
    }
    // Whoever else keeps notices waits here until we have committed, and sees what we wrote.
    let room = i64::try_from(best.len() * 2).unwrap_or(i64::MAX);
    let mut position = db::next_numbers(op.db(), db::CHANGES, room)? - room;
    let here = here(op, best.keys())?;
    let (mut rows, mut replaced) = (Vec::new(), Vec::new());
    for (id, row) in best {
        match here.get(&id) {
            None => kept.stored += 1,
            Some(old) if replaces(&known(&row), old) => {
                kept.updated += 1;
                replaced.push(id);
            }
            Some(_) => {
                kept.unchanged += 1;
                continue;
            }
        }
        rows.push(row);
    }
    if !replaced.is_empty() {
        store::remove(op.db(), &replaced)?;
    }
    for (id, is_newest) in choose_newest(op, &mut rows)? {
        position += 1;
        store::set_newest(op.db(), id, is_newest, position)?;
    }
    for row in &mut rows {
        position += 1;
        row.position = position;
    }
    store::insert(op.db(), &rows)?;
    if !rows.is_empty() {
        op.record(Event::NoticesImported { stored: kept.stored, updated: kept.updated, position })?;
    }
    Ok(kept)
}

/// A batch may have the same version twice. In the order of ids, which is the order of the index they go into.
fn best_of_each(batch: Vec<Stored>, kept: &mut Kept) -> BTreeMap<StoredId, Stored> {
    let mut best: BTreeMap<StoredId, Stored> = BTreeMap::new();
    for row in batch {
        match best.get(&row.id) {
            Some(other) if rank(&known(other)) >= rank(&known(&row)) => kept.unchanged += 1,
            other => {
                kept.unchanged += u64::from(other.is_some());
                best.insert(row.id, row);
            }
        }
    }
    best
}

/// Whether any of them is not here as it is. Importing again what is here writes nothing.
fn differ(op: &mut Op<'_>, best: &BTreeMap<StoredId, Stored>) -> Result<bool> {
    let here = here(op, best.keys())?;
    Ok(best.iter().any(|(id, row)| here.get(id).is_none_or(|old| replaces(&known(row), old))))
}

fn here<'a>(op: &mut Op<'_>, ids: impl Iterator<Item = &'a StoredId>) -> Result<HashMap<StoredId, Known>> {
    let ids: Vec<StoredId> = ids.copied().collect();
    Ok(store::known(op.db(), &ids)?.into_iter().map(|known| (known.id, known)).collect())
}

/// Says of each of the new rows whether it is the newest of its notice, and gives the rows in the database of which the
/// answer is another now.
fn choose_newest(op: &mut Op<'_>, rows: &mut [Stored]) -> Result<Vec<(StoredId, bool)>> {
    let mut names: Vec<&str> = rows.iter().filter_map(|row| row.notice_id.as_deref()).collect();
    names.sort_unstable();
    names.dedup();
    let before: Vec<Version> = store::versions(op.db(), &names)?;
    let mut newest: HashMap<String, (Order, StoredId)> = HashMap::new();
    let of_rows = rows.iter().filter(|row| !row.is_change).map(|row| (&row.notice_id, &row.version, row.id));
    let of_before = before.iter().filter(|v| !v.is_change).map(|v| (&v.notice_id, &v.version, v.id));
    for (notice_id, version, id) in of_rows.chain(of_before) {
        let Some(notice_id) = notice_id else { continue };
        let this = (order(version.as_deref()), id);
        newest
            .entry(notice_id.clone())
            .and_modify(|best| {
                if this > *best {
                    best.clone_from(&this);
                }
            })
            .or_insert(this);
    }
    let is_newest = |notice_id: &Option<String>, id: StoredId| {
        notice_id.as_ref().and_then(|name| newest.get(name)).is_none_or(|(_, best)| *best == id)
    };
    for row in rows.iter_mut() {
        row.is_newest = !row.is_change && is_newest(&row.notice_id, row.id);
    }
    let now = |v: &Version| !v.is_change && is_newest(&v.notice_id, v.id);
    Ok(before.iter().filter(|v| now(v) != v.is_newest).map(|v| (v.id, now(v))).collect())
}

/// Versions are written `01`, `02`; by their number, and what is no number before all that are.
type Order = (Option<u32>, String);

fn order(version: Option<&str>) -> Order {
    let text = version.unwrap_or_default();
    (text.parse().ok(), text.to_owned())
}

fn count(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}
