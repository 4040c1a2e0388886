//! All that is public, batch by batch: first needs, then notices, each in the order in which they came.
use super::need::{Told, releases_of as releases_of_need};
use super::notice::{Origin, releases_of as releases_of_notice};
use super::{Release, Settings};
use crate::Result;
use crate::dialogue;
use crate::needs::{self, NeedId};
use crate::notices;
use crate::op::Op;
use crate::platform::db::types::Timestamp;
use chrono::DateTime;
use serde::{Deserialize, Serialize};

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
    pub releases: Vec<Release>,
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
        let late = |release: &Release| DateTime::parse_from_rfc3339(&release.date).is_ok_and(|at| at >= since.utc());
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
        releases.extend(releases_of_need(&told, settings, public_url));
    }
    Ok(Batch { releases, next: Some(Place::Need(Some(last))) })
}

fn of_notices(op: &mut Op<'_>, after: i64, limit: i64, settings: &Settings) -> Result<Batch> {
    let found = notices::store::changed_after(op.db(), after, limit)?;
    let next = found.last().map(|stored| Place::Notice(stored.position));
    let mut releases = Vec::new();
    for stored in found {
        let id = stored.id.to_string();
        let origin = Origin { id: &id, read_at: stored.imported_at };
        releases.extend(releases_of_notice(&stored.notice()?, origin, settings));
    }
    Ok(Batch { releases, next })
}
