//! All that is public, batch by batch: first needs, then notices, each in the order in which they came.
use super::need::{Told, releases_of as releases_of_need};
use super::notice::{Origin, changed_by, releases_of as releases_of_notice};
use super::{Published, Settings};
use crate::Result;
use crate::dialogue;
use crate::needs::{self, NeedId};
use crate::notices;
use crate::op::Op;
use crate::platform::db::Db;
use crate::platform::db::types::Timestamp;
use chrono::DateTime;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Where one goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// After this need; None before the first.
    Need(Option<NeedId>),
    /// After the notice at this position of the feed of changes.
    Notice(i64),
}

impl Place {
    pub const BEGINNING: Self = Self::Need(None);
}

/// Some releases, and where the next ones are.
#[derive(Debug, Clone)]
pub struct Batch {
    pub releases: Vec<Published>,
    /// None at the end.
    pub next: Option<Place>,
}

/// The releases of the next `limit` needs or notices; those dated before `since` are left out.
///
/// # Errors
/// When the database does not answer.
pub fn next_batch(
    op: &mut Op<'_>,
    place: &Place,
    limit: usize,
    since: Option<Timestamp>,
    settings: &Settings,
    public_url: &str,
) -> Result<Batch> {
    let rows = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut batch = match place {
        Place::Need(after) => of_needs(op, *after, rows, settings, public_url)?,
        Place::Notice(after) => of_notices(op, *after, rows, settings)?,
    };
    if let Some(since) = since {
        let late = |release: &Published| DateTime::parse_from_rfc3339(release.date()).is_ok_and(|at| at >= since.utc());
        batch.releases.retain(late);
    }
    Ok(batch)
}

/// Five statements, however many needs.
fn of_needs(
    op: &mut Op<'_>,
    after: Option<NeedId>,
    limit: i64,
    settings: &Settings,
    public_url: &str,
) -> Result<Batch> {
    let found = needs::public_after(op.db(), after, limit)?;
    let Some(last) = found.last().map(|(need, _)| need.id) else {
        return Ok(Batch { releases: Vec::new(), next: Some(Place::Notice(0)) });
    };
    let ids: Vec<NeedId> = found.iter().map(|(need, _)| need.id).collect();
    let mut versions = needs::versions_of(op.db(), &ids)?;
    let mut questions = dialogue::answered_of(op.db(), &ids)?;
    let mut outcomes = dialogue::told_outcomes(op.db(), &ids)?;
    let mut releases = Vec::new();
    for (need, buyer) in found {
        let id = need.id;
        let told = Told {
            versions: versions.extract_if(.., |version| version.need_id == id).collect(),
            questions: questions.extract_if(.., |question| question.need_id == id).collect(),
            outcome: outcomes.iter().position(|outcome| outcome.need_id == id).map(|at| outcomes.swap_remove(at)),
            need,
            buyer,
        };
        releases.extend(releases_of_need(&told, settings, public_url)?);
    }
    Ok(Batch { releases, next: Some(Place::Need(Some(last))) })
}

fn of_notices(op: &mut Op<'_>, after: i64, limit: i64, settings: &Settings) -> Result<Batch> {
    let found = notices::store::changed_after(op.db(), after, limit)?;
    let next = found.last().map(|stored| Place::Notice(stored.position));
    let read = found.into_iter().map(|stored| stored.notice().map(|notice| (stored.id, stored.imported_at, notice)));
    let read = read.collect::<Result<Vec<_>>>()?;
    let changed: Vec<String> = read.iter().filter_map(|(.., notice)| Some(changed_by(notice)?.to_owned())).collect();
    let firsts = firsts(op.db(), changed)?;
    let mut releases = Vec::new();
    for (id, read_at, notice) in read {
        let id = id.to_string();
        let first = changed_by(&notice).map(|changed| firsts.get(changed).map_or(changed, String::as_str));
        let of_notice = releases_of_notice(&notice, Origin { id: &id, first, read_at }, settings);
        releases.extend(of_notice.into_iter().map(|release| Published::Release(Box::new(release))));
    }
    Ok(Batch { releases, next })
}

/// How often one follows from a change to what it changes.
const MOST_CHANGES: usize = 20;

/// For each of these notices that changes another itself: the notice that it all began with. A statement for each change of a
/// change, and one to know that there are none.
fn firsts(db: &mut Db, notices: Vec<String>) -> Result<HashMap<String, String>> {
    let mut changed: HashMap<String, String> = HashMap::new();
    let mut wanted = notices.clone();
    for _ in 0..MOST_CHANGES {
        wanted.retain(|id| !changed.contains_key(id));
        if wanted.is_empty() {
            break;
        }
        let ids: Vec<&str> = wanted.iter().map(String::as_str).collect();
        let mut further = Vec::new();
        for stored in notices::store::changes_among(db, &ids)? {
            let notice = stored.notice()?;
            if let (Some(id), Some(before)) = (&stored.notice_id, changed_by(&notice)) {
                further.push(before.to_owned());
                changed.insert(id.clone(), before.to_owned());
            }
        }
        wanted = further;
    }
    let first = |id: &String| {
        let mut at = changed.get(id)?;
        for _ in 0..MOST_CHANGES {
            at = changed.get(at).unwrap_or(at);
        }
        Some((id.clone(), at.clone()))
    };
    Ok(notices.iter().filter_map(first).collect())
}
