//! Every SQL statement about needs.
use super::{Content, Description, InnovationKind, Need, NeedId, Status};
use crate::identity::UserId;
use crate::platform::db::schema::{
    attachments, changes, followers, joiners, need_versions, needs, organisations, questions, responses,
    version_attachments,
};
use crate::platform::db::types::{Json, Timestamp};
use crate::platform::db::{CHANGES, Db, DialectExt, MultiBackend, Part, among, literal, next_numbers};
use crate::platform::language::Language;
use crate::regulations::StrategicArea;
use crate::tenancy::{Actor, Member, Organisation, OrganisationId};
use crate::{Error, Result, on_each};
use diesel::dsl::case_when;
use diesel::prelude::*;
use diesel::sql_types::Integer;
use std::any::Any;
use std::collections::HashMap;

// ---- one need ----------------------------------------------------------------------------------------------------

pub fn find(db: &mut Db, id: NeedId) -> Result<Need> {
    let there = needs::table.find(id).filter(needs::deleted_at.is_null());
    there.select(Need::as_select()).first(db).optional()?.ok_or(Error::NotFound("the need"))
}

/// The need as it is now; until this transaction ends nobody else who holds or changes it gets on.
pub fn hold(db: &mut Db, id: NeedId) -> Result<Need> {
    // SQLite has one writer.
    if let Db::Postgres(c) = db {
        needs::table.find(id).select(needs::id).for_no_key_update().first::<NeedId>(c).optional()?;
    }
    find(db, id)
}

/// The market may speak about this need, until the transaction ends: whoever concludes, withdraws or corrects it meanwhile waits,
/// and then tells those too who spoke. They do not wait for each other.
pub struct StaysOpen(pub NeedId);

impl Part for StaysOpen {
    /// # Errors
    /// `Conflict` (`need-not-open`) unless all of them are published.
    fn do_with(&self, others: &[&dyn Any], db: &mut Db) -> Result<()> {
        let others = others.iter().filter_map(|other| other.downcast_ref::<Self>());
        let mut ids: Vec<NeedId> = std::iter::once(self).chain(others).map(|need| need.0).collect();
        ids.sort_unstable();
        ids.dedup();
        let open =
            needs::table.filter(among(needs::id, &ids)).filter(needs::status.eq(Status::Published)).select(needs::id);
        let open: Vec<NeedId> = match db {
            Db::Postgres(c) => open.for_share().load(c)?,
            // SQLite has one writer.
            Db::Sqlite(c) => open.load(c)?,
        };
        if open.len() == ids.len() { Ok(()) } else { Err(Error::Conflict("need-not-open")) }
    }
}

/// These needs with their buyers, in one statement.
pub fn with_buyers(db: &mut Db, ids: &[NeedId]) -> Result<HashMap<NeedId, (Need, Organisation)>> {
    let found: Vec<(Need, Organisation)> = needs::table
        .inner_join(organisations::table)
        .filter(among(needs::id, ids))
        .filter(needs::deleted_at.is_null())
        .select((Need::as_select(), Organisation::as_select()))
        .load(db)?;
    Ok(found.into_iter().map(|found| (found.0.id, found)).collect())
}

pub fn find_by_reference(db: &mut Db, reference: &str) -> Result<Need> {
    let there = needs::table.filter(needs::reference.eq(reference)).filter(needs::deleted_at.is_null());
    there.select(Need::as_select()).first(db).optional()?.ok_or(Error::NotFound("the need"))
}

pub(super) fn insert(db: &mut Db, need: &Need) -> Result<()> {
    diesel::insert_into(needs::table).values(need).execute(db)?;
    Ok(())
}

/// # Errors
/// `Stale` unless it is at the revision before this one.
pub(super) fn update(db: &mut Db, need: &Need) -> Result<()> {
    let before = need.revision - 1;
    let changed = diesel::update(needs::table.find(need.id)).filter(needs::version.eq(before)).set(need).execute(db)?;
    if changed == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Takes every word of a draft away. Only the reference stays, and who began when.
///
/// # Errors
/// `Stale` if it has another revision than this one.
pub(super) fn empty(db: &mut Db, need: &Need, now: Timestamp) -> Result<()> {
    let nothing = (
        needs::title.eq(""),
        needs::summary.eq(""),
        needs::cpv.eq(Json(Vec::<String>::new())),
        needs::region.eq(Json(Vec::<String>::new())),
        needs::areas.eq(Json(Vec::<StrategicArea>::new())),
        needs::innovation_kind.eq(None::<InnovationKind>),
        needs::response_deadline.eq(None::<Timestamp>),
        needs::description.eq(Json(Description::default())),
        needs::version.eq(needs::version + 1),
        needs::updated_at.eq(now),
        needs::deleted_at.eq(Some(now)),
    );
    let there = needs::table.find(need.id).filter(needs::version.eq(need.revision));
    if diesel::update(there).set(nothing).execute(db)? == 1 { Ok(()) } else { Err(Error::Stale) }
}

// ---- versions ----------------------------------------------------------------------------------------------------

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = need_versions)]
pub struct Version {
    pub need_id: NeedId,
    pub version: i32,
    pub content: Json<Content>,
    /// What changed, and why. Empty for the first.
    pub change_note: String,
    pub published_by: UserId,
    pub published_at: Timestamp,
}

pub(super) fn insert_version(db: &mut Db, version: &Version) -> Result<()> {
    diesel::insert_into(need_versions::table).values(version).execute(db)?;
    Ok(())
}

/// The version shows the files that the need has now.
pub(super) fn insert_files_of_version(db: &mut Db, need: NeedId, version: i32) -> Result<()> {
    let there = attachments::table
        .filter(attachments::need_id.eq(need))
        .filter(attachments::response_id.is_null())
        .filter(attachments::removed_at.is_null())
        .select((attachments::need_id, version.into_sql::<Integer>(), attachments::id));
    let columns = (version_attachments::need_id, version_attachments::version, version_attachments::attachment_id);
    on_each!(db, |c| diesel::insert_into(version_attachments::table).values(there).into_columns(columns).execute(c))?;
    Ok(())
}

/// The published versions before one, the newest first.
pub(super) fn versions(db: &mut Db, need: NeedId, before: Option<i32>, limit: i64) -> Result<Vec<Version>> {
    Ok(need_versions::table
        .filter(need_versions::need_id.eq(need))
        .filter(need_versions::version.lt(before.unwrap_or(i32::MAX)))
        .select(Version::as_select())
        .order(need_versions::version.desc())
        .limit(limit)
        .load(db)?)
}

/// The published versions of these needs, the oldest first.
pub fn versions_of(db: &mut Db, needs: &[NeedId]) -> Result<Vec<Version>> {
    Ok(need_versions::table
        .filter(among(need_versions::need_id, needs))
        .select(Version::as_select())
        .order((need_versions::need_id, need_versions::version))
        .load(db)?)
}

pub fn version(db: &mut Db, need: NeedId, version: i32) -> Result<Version> {
    let found = need_versions::table.find((need, version)).select(Version::as_select()).first(db).optional()?;
    found.ok_or(Error::NotFound("the version"))
}

// ---- lists -------------------------------------------------------------------------------------------------------

/// A need as lists show it.
#[derive(Debug, Clone, Queryable)]
pub struct Listed {
    pub id: NeedId,
    pub tenant_id: OrganisationId,
    pub reference: String,
    pub status: Status,
    pub title: String,
    pub summary: String,
    pub cpv: Json<Vec<String>>,
    pub region: Json<Vec<String>>,
    pub areas: Json<Vec<StrategicArea>>,
    pub language: Language,
    pub response_deadline: Option<Timestamp>,
    pub joiners: i32,
    pub version: i32,
    pub published_at: Option<Timestamp>,
    pub updated_at: Timestamp,
    pub buyer_number: String,
    pub buyer_name: String,
}

#[diesel::dsl::auto_type]
fn listed() -> _ {
    needs::table.inner_join(organisations::table).select((
        needs::id,
        needs::tenant_id,
        needs::reference,
        needs::status,
        needs::title,
        needs::summary,
        needs::cpv,
        needs::region,
        needs::areas,
        needs::language,
        needs::response_deadline,
        needs::joiners,
        needs::published_version,
        needs::published_at,
        needs::updated_at,
        organisations::number,
        organisations::name,
    ))
}

/// Published needs, the newest first, after `(published_at, id)`. Walks the index `needs_public`; a page costs the same
/// wherever it is.
pub(super) fn newest(db: &mut Db, after: Option<(Timestamp, NeedId)>, limit: usize) -> Result<Vec<Listed>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut query = listed().filter(needs::status.eq(literal(Status::Published.as_str()))).into_boxed::<MultiBackend>();
    if let Some((at, id)) = after {
        query =
            query.filter(needs::published_at.le(Some(at)).and(needs::published_at.lt(Some(at)).or(needs::id.lt(id))));
    }
    Ok(query.order((needs::published_at.desc(), needs::id.desc())).limit(limit).load(db)?)
}

/// The needs with these ids that `actor` may see, in the order of the ids.
pub fn listed_in_order(db: &mut Db, actor: &Actor, ids: &[NeedId]) -> Result<Vec<Listed>> {
    let rows: Vec<Listed> = listed().filter(among(needs::id, ids)).load(db)?;
    let mut rows: HashMap<NeedId, Listed> = rows
        .into_iter()
        .filter(|row| row.status.is_public() || actor.belongs_to(row.tenant_id))
        .map(|row| (row.id, row))
        .collect();
    Ok(ids.iter().filter_map(|id| rows.remove(id)).collect())
}

/// What these needs tell beside title and summary. For ids that the reader was shown.
pub(super) fn descriptions(db: &mut Db, ids: &[NeedId]) -> Result<HashMap<NeedId, Description>> {
    let rows: Vec<(NeedId, Json<Description>)> =
        needs::table.filter(among(needs::id, ids)).select((needs::id, needs::description)).load(db)?;
    Ok(rows.into_iter().map(|(id, description)| (id, description.0)).collect())
}

/// The needs of one tenant in one state, the newest first.
pub fn of_tenant(
    db: &mut Db,
    tenant: OrganisationId,
    status: Option<Status>,
    before: Option<NeedId>,
    limit: i64,
) -> Result<Vec<Listed>> {
    let own = listed().filter(needs::tenant_id.eq(tenant)).filter(needs::deleted_at.is_null());
    let mut query = own.into_boxed::<MultiBackend>();
    if let Some(status) = status {
        query = query.filter(needs::status.eq(status));
    }
    if let Some(before) = before {
        query = query.filter(needs::id.lt(before));
    }
    Ok(query.order(needs::id.desc()).limit(limit).load(db)?)
}

/// The tenant's drafts with all their words, the latest written on first.
pub fn drafts_of(db: &mut Db, tenant: OrganisationId, limit: i64) -> Result<Vec<Need>> {
    Ok(needs::table
        .filter(needs::tenant_id.eq(tenant))
        .filter(needs::status.eq(Status::Draft))
        .filter(needs::deleted_at.is_null())
        .select(Need::as_select())
        .order((needs::updated_at.desc(), needs::id))
        .limit(limit)
        .load(db)?)
}

pub fn count_of_tenant(db: &mut Db, tenant: OrganisationId, status: Status) -> Result<i64> {
    let own = needs::table.filter(needs::tenant_id.eq(tenant)).filter(needs::deleted_at.is_null());
    Ok(own.filter(needs::status.eq(status)).count().get_result(db)?)
}

/// The needs that `user` follows, the newest first, before `before`.
pub fn followed_by(db: &mut Db, user: UserId, before: Option<NeedId>, limit: i64) -> Result<Vec<Listed>> {
    let followed = followers::table.filter(followers::user_id.eq(user)).select(followers::need_id);
    let mut query = listed()
        .filter(needs::id.eq_any(followed))
        .filter(needs::status.ne(Status::Draft))
        .into_boxed::<MultiBackend>();
    if let Some(before) = before {
        query = query.filter(needs::id.lt(before));
    }
    Ok(query.order(needs::id.desc()).limit(limit).load(db)?)
}

pub(super) fn count_followed(db: &mut Db, user: UserId) -> Result<i64> {
    let followed = followers::table.filter(followers::user_id.eq(user)).select(followers::need_id);
    let there = needs::table.filter(needs::id.eq_any(followed)).filter(needs::status.ne(Status::Draft));
    Ok(there.count().get_result(db)?)
}

/// How many follow, ask and respond.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Counts {
    pub followers: i64,
    pub questions: i64,
    pub responses: i64,
}

/// Three statements, however many needs.
pub fn counts(db: &mut Db, ids: &[NeedId]) -> Result<HashMap<NeedId, Counts>> {
    use diesel::dsl::count_star;
    let mut counts: HashMap<NeedId, Counts> = HashMap::new();
    let rows: Vec<(NeedId, i64)> = followers::table
        .filter(among(followers::need_id, ids))
        .group_by(followers::need_id)
        .select((followers::need_id, count_star()))
        .load(db)?;
    for (id, n) in rows {
        counts.entry(id).or_default().followers = n;
    }
    let rows: Vec<(NeedId, i64)> = questions::table
        .filter(among(questions::need_id, ids))
        .group_by(questions::need_id)
        .select((questions::need_id, count_star()))
        .load(db)?;
    for (id, n) in rows {
        counts.entry(id).or_default().questions = n;
    }
    let rows: Vec<(NeedId, i64)> = responses::table
        .filter(among(responses::need_id, ids))
        .group_by(responses::need_id)
        .select((responses::need_id, count_star()))
        .load(db)?;
    for (id, n) in rows {
        counts.entry(id).or_default().responses = n;
    }
    Ok(counts)
}

/// How many needs there are in each state, drafts left out.
pub fn totals(db: &mut Db) -> Result<Vec<(Status, i64)>> {
    Ok(needs::table
        .filter(needs::status.ne(Status::Draft))
        .group_by(needs::status)
        .select((needs::status, diesel::dsl::count_star()))
        .load(db)?)
}

// ---- followers and joiners ---------------------------------------------------------------------------------------

/// `false` if the user followed already.
pub(super) fn follow(
    db: &mut Db,
    need: NeedId,
    user: UserId,
    organisation: OrganisationId,
    now: Timestamp,
) -> Result<bool> {
    let row = (
        followers::need_id.eq(need),
        followers::user_id.eq(user),
        followers::organisation_id.eq(organisation),
        followers::created_at.eq(now),
    );
    let new = diesel::insert_into(followers::table).values(row).on_conflict_do_nothing().dialect().execute(db)?;
    Ok(new == 1)
}

/// `false` if the user did not follow.
pub(super) fn unfollow(db: &mut Db, need: NeedId, user: UserId) -> Result<bool> {
    Ok(diesel::delete(followers::table.find((need, user))).execute(db)? == 1)
}

/// Nobody follows the need any more.
pub(super) fn unfollow_need(db: &mut Db, need: NeedId) -> Result<()> {
    diesel::delete(followers::table.filter(followers::need_id.eq(need))).execute(db)?;
    Ok(())
}

/// What the user follows as one of this organisation they follow as one of `another` from now on; without one, not at all.
pub fn follow_elsewhere(
    db: &mut Db,
    user: UserId,
    organisation: OrganisationId,
    another: Option<OrganisationId>,
) -> Result<()> {
    let theirs = followers::user_id.eq(user).and(followers::organisation_id.eq(organisation));
    match another {
        Some(another) => {
            diesel::update(followers::table.filter(theirs)).set(followers::organisation_id.eq(another)).execute(db)?
        }
        None => diesel::delete(followers::table.filter(theirs)).execute(db)?,
    };
    Ok(())
}

pub fn unfollow_everything(db: &mut Db, user: UserId) -> Result<()> {
    diesel::delete(followers::table.filter(followers::user_id.eq(user))).execute(db)?;
    Ok(())
}

pub(super) fn follows(db: &mut Db, need: NeedId, user: UserId) -> Result<bool> {
    Ok(diesel::select(diesel::dsl::exists(followers::table.find((need, user)))).get_result(db)?)
}

/// The organisation that `user` follows the need for, if they follow it.
pub(super) fn followed_for(db: &mut Db, need: NeedId, user: UserId) -> Result<Option<OrganisationId>> {
    Ok(followers::table.find((need, user)).select(followers::organisation_id).first(db).optional()?)
}

/// Who follows: the person, and the organisation that they hear of it for: the one that they acted for when they began, while they
/// belong to it.
pub fn followers_of(db: &mut Db, need: NeedId) -> Result<Vec<(UserId, OrganisationId)>> {
    Ok(followers::table
        .filter(followers::need_id.eq(need))
        .select((followers::user_id, followers::organisation_id))
        .order(followers::user_id)
        .load(db)?)
}

#[derive(Debug, Clone, Queryable)]
pub struct Joiner {
    pub organisation: OrganisationId,
    pub number: String,
    pub name: String,
    pub volume: String,
    pub joined_at: Timestamp,
}

pub fn joiners_of(db: &mut Db, need: NeedId) -> Result<Vec<Joiner>> {
    Ok(joiners::table
        .inner_join(organisations::table)
        .filter(joiners::need_id.eq(need))
        .select((organisations::id, organisations::number, organisations::name, joiners::volume, joiners::joined_at))
        .order((joiners::joined_at, organisations::id))
        .load(db)?)
}

/// `false` if the organisation has joined already.
pub(super) fn join(db: &mut Db, need: NeedId, member: &Member, volume: &str, now: Timestamp) -> Result<bool> {
    let row = (
        joiners::need_id.eq(need),
        joiners::organisation_id.eq(member.organisation),
        joiners::volume.eq(volume),
        joiners::joined_by.eq(member.user),
        joiners::joined_at.eq(now),
    );
    let new = diesel::insert_into(joiners::table).values(row).on_conflict_do_nothing().dialect().execute(db)?;
    if new == 1 {
        diesel::update(needs::table.find(need)).set(needs::joiners.eq(needs::joiners + 1)).execute(db)?;
    }
    Ok(new == 1)
}

// ---- the order of changes ----------------------------------------------------------------------------------------

pub(super) fn insert_change(db: &mut Db, position: i64, need: NeedId, now: Timestamp) -> Result<()> {
    diesel::insert_into(changes::table)
        .values((changes::position.eq(position), changes::need_id.eq(need), changes::at.eq(now)))
        .execute(db)?;
    Ok(())
}

/// What others than the buyer call a need: what was written since it was withdrawn is the buyer's own.
#[diesel::dsl::auto_type]
pub fn told_title() -> _ {
    let withdrawn: Status = Status::Withdrawn;
    case_when(needs::status.eq(withdrawn), needs::reference).otherwise(needs::title)
}

/// The position of the last change, and 0 before the first.
pub fn last_change(db: &mut Db) -> Result<i64> {
    Ok(changes::table.select(diesel::dsl::max(changes::position)).first::<Option<i64>>(db)?.unwrap_or(0))
}

/// When the first change after `position` was made.
pub fn change_after(db: &mut Db, position: i64) -> Result<Option<Timestamp>> {
    Ok(changes::table
        .filter(changes::position.gt(position))
        .select(changes::at)
        .order(changes::position)
        .first(db)
        .optional()?)
}

/// The next changes after `position`.
pub(super) fn changes_after(db: &mut Db, position: i64, limit: i64) -> Result<Vec<(i64, NeedId)>> {
    Ok(changes::table
        .filter(changes::position.gt(position))
        .select((changes::position, changes::need_id))
        .order(changes::position)
        .limit(limit)
        .load(db)?)
}

/// Whole needs with the number of their buyer, in no order; for the search index.
pub(super) fn with_buyer(db: &mut Db, ids: &[NeedId]) -> Result<Vec<(Need, String, String)>> {
    Ok(needs::table
        .inner_join(organisations::table)
        .filter(among(needs::id, ids))
        .select((Need::as_select(), organisations::number, organisations::name))
        .load(db)?)
}

/// Public needs with their buyers, in the order in which they were begun, after `after`.
pub fn public_after(db: &mut Db, after: Option<NeedId>, limit: i64) -> Result<Vec<(Need, Organisation)>> {
    let public: Vec<Status> = Status::ALL.iter().copied().filter(|status| status.is_public()).collect();
    let mut query = needs::table
        .inner_join(organisations::table)
        .filter(needs::status.eq_any(public))
        .select((Need::as_select(), Organisation::as_select()))
        .into_boxed::<MultiBackend>();
    if let Some(after) = after {
        query = query.filter(needs::id.gt(after));
    }
    Ok(query.order(needs::id).limit(limit).load(db)?)
}

// ---- many at once ------------------------------------------------------------------------------------------------

/// Enters many published needs and their changes in a few statements; for the benchmark and imports, which bring their
/// own transaction.
pub fn insert_published(db: &mut Db, batch: &[Need], now: Timestamp) -> Result<()> {
    let Some(last) = batch.len().checked_sub(1) else { return Ok(()) };
    let last = i64::try_from(last).unwrap_or(i64::MAX);
    on_each!(db, |c| diesel::insert_into(needs::table).values(batch).execute(c))?;
    let end = next_numbers(db, CHANGES, last + 1)?;
    let rows: Vec<_> = batch
        .iter()
        .zip(end - last..)
        .map(|(need, position)| (changes::position.eq(position), changes::need_id.eq(need.id), changes::at.eq(now)))
        .collect();
    on_each!(db, |c| diesel::insert_into(changes::table).values(&rows).execute(c))?;
    Ok(())
}
