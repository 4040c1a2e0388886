//! Every SQL statement about questions, responses, attachments and outcomes.
use super::attach::{Attachment, AttachmentId};
use super::policy::Reach;
use super::{Outcome, OutcomeKind, Question, QuestionId, Response, ResponseId};
use crate::identity::UserId;
use crate::needs::{NeedId, Status};
use crate::platform::db::schema::{
    attachments, needs, organisations, outcomes, questions, responses, supplier_profiles, version_attachments,
};
use crate::platform::db::types::Timestamp;
use crate::platform::db::{Db, MultiBackend, Row, among};
use crate::suppliers::SupplierKind;
use crate::tenancy::OrganisationId;
use crate::{Error, Result};
use diesel::dsl::exists;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{QueryFragment, QueryId};
use diesel::sqlite::Sqlite;
use std::collections::HashMap;
use std::ops::RangeInclusive;

// ---- questions ---------------------------------------------------------------------------------------------------

pub(super) fn insert_question(db: &mut Db, question: &Question) -> Result<()> {
    diesel::insert_into(questions::table).values(question).execute(db)?;
    Ok(())
}

pub fn find_question(db: &mut Db, id: QuestionId) -> Result<Question> {
    let found = questions::table.find(id).select(Question::as_select()).first(db).optional()?;
    found.ok_or(Error::NotFound("the question"))
}

pub(super) fn update_answer(db: &mut Db, question: &Question) -> Result<()> {
    diesel::update(questions::table.find(question.id))
        .set((
            questions::answer.eq(&question.answer),
            questions::answered_by.eq(question.answered_by),
            questions::answered_at.eq(question.answered_at),
        ))
        .execute(db)?;
    Ok(())
}

/// The questions about a need, in the order they were asked.
pub fn questions_of(db: &mut Db, need: NeedId) -> Result<Vec<Question>> {
    Ok(questions::table
        .filter(questions::need_id.eq(need))
        .select(Question::as_select())
        .order(questions::id)
        .limit(1_000)
        .load(db)?)
}

/// The answered questions about these needs, in the order they were asked.
pub fn answered_of(db: &mut Db, needs: &[NeedId]) -> Result<Vec<Question>> {
    Ok(questions::table
        .filter(among(questions::need_id, needs))
        .filter(questions::answered_at.is_not_null())
        .select(Question::as_select())
        .order(questions::id)
        .load(db)?)
}

/// A question with who asked it.
#[derive(Debug, Clone, Queryable)]
pub struct Asked {
    pub question: Question,
    pub asker_number: String,
    pub asker_name: String,
}

pub(super) fn asked(db: &mut Db, id: QuestionId) -> Result<Asked> {
    let found = questions::table
        .inner_join(organisations::table.on(organisations::id.eq(questions::organisation_id)))
        .filter(questions::id.eq(id))
        .select((Question::as_select(), organisations::number, organisations::name))
        .first(db)
        .optional()?;
    found.ok_or(Error::NotFound("the question"))
}

/// The answered questions, and as many of the others as `reach` says.
macro_rules! seen {
    ($query:expr, $need:expr, $reach:expr) => {{
        let query = $query.filter(questions::need_id.eq($need));
        match $reach {
            Reach::Everything => query,
            Reach::Own(own) => {
                query.filter(questions::answered_at.is_not_null().or(questions::organisation_id.eq(own)))
            }
            Reach::Nothing => query.filter(questions::answered_at.is_not_null()),
        }
    }};
}

/// The questions about a need that someone sees, in the order they were asked, after `after`.
pub(super) fn questions_seen(
    db: &mut Db,
    need: NeedId,
    reach: Reach,
    after: Option<QuestionId>,
    limit: i64,
) -> Result<Vec<Asked>> {
    let asked = questions::table
        .inner_join(organisations::table.on(organisations::id.eq(questions::organisation_id)))
        .select((Question::as_select(), organisations::number, organisations::name))
        .into_boxed::<MultiBackend>();
    let mut query = seen!(asked, need, reach);
    if let Some(after) = after {
        query = query.filter(questions::id.gt(after));
    }
    Ok(query.order(questions::id).limit(limit).load(db)?)
}

pub(super) fn count_questions_seen(db: &mut Db, need: NeedId, reach: Reach) -> Result<i64> {
    let all = questions::table.select(diesel::dsl::count_star()).into_boxed::<MultiBackend>();
    Ok(seen!(all, need, reach).first(db)?)
}

/// A question with the reference and the title of its need.
pub type Titled<T> = (T, String, String);

/// What `user` has asked for `organisation`, the newest first, before `before`.
pub fn questions_asked_by(
    db: &mut Db,
    user: UserId,
    organisation: OrganisationId,
    before: Option<QuestionId>,
    limit: i64,
) -> Result<Vec<Titled<Question>>> {
    let mut query = questions::table
        .inner_join(needs::table)
        .filter(questions::asked_by.eq(user))
        .filter(questions::organisation_id.eq(organisation))
        .select((Question::as_select(), needs::reference, crate::needs::told_title()))
        .into_boxed::<MultiBackend>();
    if let Some(before) = before {
        query = query.filter(questions::id.lt(before));
    }
    Ok(query.order(questions::id.desc()).limit(limit).load(db)?)
}

pub(super) fn count_asked_by(db: &mut Db, user: UserId, organisation: OrganisationId) -> Result<i64> {
    let own = questions::table.filter(questions::asked_by.eq(user));
    Ok(own.filter(questions::organisation_id.eq(organisation)).count().get_result(db)?)
}

/// The tenant's unanswered questions, the oldest first.
pub fn unanswered_of(db: &mut Db, tenant: OrganisationId, limit: i64) -> Result<Vec<Titled<Question>>> {
    Ok(questions::table
        .inner_join(needs::table)
        .filter(questions::tenant_id.eq(tenant))
        .filter(questions::answered_at.is_null())
        .filter(needs::status.eq(Status::Published))
        .select((Question::as_select(), needs::reference, needs::title))
        .order(questions::id)
        .limit(limit)
        .load(db)?)
}

// ---- responses ---------------------------------------------------------------------------------------------------

/// With what the supplier calls itself now, and how large it says it is: later it may be something else. (A function would have to
/// write out what Diesel calls the type of this.)
macro_rules! with_profile {
    ($response:expr) => {{
        let profile = supplier_profiles::table.filter(supplier_profiles::organisation_id.eq($response.organisation_id));
        let kind = responses::supplier_kind.eq(profile.select(supplier_profiles::kind).single_value());
        let size = responses::supplier_size.eq(profile.select(supplier_profiles::employees).single_value());
        ($response, kind, size)
    }};
}

impl Row for Response {
    fn one(&self) -> impl QueryFragment<Sqlite> + QueryId {
        diesel::insert_into(responses::table).values(with_profile!(self))
    }
    fn several<const N: usize>(rows: [Self; N]) -> impl QueryFragment<Pg> + QueryId {
        diesel::insert_into(responses::table).values(rows.map(|row| with_profile!(row)))
    }
}

pub fn find_response(db: &mut Db, id: ResponseId) -> Result<Response> {
    let found = responses::table.find(id).select(Response::as_select()).first(db).optional()?;
    found.ok_or(Error::NotFound("the response"))
}

pub(super) fn set_reason(db: &mut Db, id: ResponseId, reason: &str) -> Result<()> {
    diesel::update(responses::table.find(id)).set(responses::confidential_reason.eq(reason)).execute(db)?;
    Ok(())
}

/// Whether nobody had read it: of two who do at the same moment one is the first.
pub(super) fn mark_read(db: &mut Db, id: ResponseId, by: UserId, at: Timestamp) -> Result<bool> {
    let unread = responses::table.find(id).filter(responses::read_at.is_null());
    let read = (responses::read_by.eq(Some(by)), responses::read_at.eq(Some(at)));
    Ok(diesel::update(unread).set(read).execute(db)? > 0)
}

/// Whether nobody had thanked for it.
pub(super) fn mark_thanked(db: &mut Db, id: ResponseId, text: &str, by: UserId, at: Timestamp) -> Result<bool> {
    let unthanked = responses::table.find(id).filter(responses::thanked_at.is_null());
    let thanks =
        (responses::thanks.eq(Some(text)), responses::thanked_by.eq(Some(by)), responses::thanked_at.eq(Some(at)));
    Ok(diesel::update(unthanked).set(thanks).execute(db)? > 0)
}

/// A response with who sent it.
#[derive(Debug, Clone, Queryable)]
pub struct Received {
    pub response: Response,
    pub supplier_number: String,
    pub supplier_name: String,
    /// As the profile says, if there is one.
    pub kind: Option<SupplierKind>,
}

#[diesel::dsl::auto_type]
fn received_responses() -> _ {
    let response: diesel::dsl::AsSelect<Response, MultiBackend> = Response::as_select();
    responses::table.inner_join(organisations::table.left_join(supplier_profiles::table)).select((
        response,
        organisations::number,
        organisations::name,
        supplier_profiles::kind.nullable(),
    ))
}

pub(super) fn received(db: &mut Db, id: ResponseId) -> Result<Received> {
    let found = received_responses().filter(responses::id.eq(id)).first(db).optional()?;
    found.ok_or(Error::NotFound("the response"))
}

/// The responses to a need that someone sees, in the order they came, after `after`.
pub(super) fn received_of(
    db: &mut Db,
    need: NeedId,
    reach: Reach,
    after: Option<ResponseId>,
    limit: i64,
) -> Result<Vec<Received>> {
    let mut query = received_responses().filter(responses::need_id.eq(need)).into_boxed::<MultiBackend>();
    match reach {
        Reach::Everything => {}
        Reach::Own(own) => query = query.filter(responses::organisation_id.eq(own)),
        Reach::Nothing => return Ok(Vec::new()),
    }
    if let Some(after) = after {
        query = query.filter(responses::id.gt(after));
    }
    Ok(query.order(responses::id).limit(limit).load(db)?)
}

/// All the responses to a need, the newest first, before `before`.
pub(super) fn newest_received(
    db: &mut Db,
    need: NeedId,
    before: Option<ResponseId>,
    limit: i64,
) -> Result<Vec<Received>> {
    let mut query = received_responses().filter(responses::need_id.eq(need)).into_boxed::<MultiBackend>();
    if let Some(before) = before {
        query = query.filter(responses::id.lt(before));
    }
    Ok(query.order(responses::id.desc()).limit(limit).load(db)?)
}

pub(super) fn count_received(db: &mut Db, need: NeedId, reach: Reach) -> Result<i64> {
    let all = responses::table.filter(responses::need_id.eq(need));
    Ok(match reach {
        Reach::Everything => all.count().get_result(db)?,
        Reach::Own(own) => all.filter(responses::organisation_id.eq(own)).count().get_result(db)?,
        Reach::Nothing => 0,
    })
}

/// How many responses to a need there are, are read, and are thanked for.
pub(super) fn progress(db: &mut Db, need: NeedId) -> Result<(i64, i64, i64)> {
    use diesel::dsl::{count, count_star};
    Ok(responses::table
        .filter(responses::need_id.eq(need))
        .select((count_star(), count(responses::read_at), count(responses::thanked_at)))
        .first(db)?)
}

/// The latest response of a supplier to a need.
pub fn response_of(db: &mut Db, need: NeedId, supplier: OrganisationId) -> Result<Option<Response>> {
    Ok(responses::table
        .filter(responses::need_id.eq(need))
        .filter(responses::organisation_id.eq(supplier))
        .select(Response::as_select())
        .order(responses::id.desc())
        .first(db)
        .optional()?)
}

/// What a supplier has sent, the newest first, before `before`.
pub fn responses_by(
    db: &mut Db,
    supplier: OrganisationId,
    before: Option<ResponseId>,
    limit: i64,
) -> Result<Vec<Titled<Response>>> {
    let mut query = responses::table
        .inner_join(needs::table)
        .filter(responses::organisation_id.eq(supplier))
        .select((Response::as_select(), needs::reference, crate::needs::told_title()))
        .into_boxed::<MultiBackend>();
    if let Some(before) = before {
        query = query.filter(responses::id.lt(before));
    }
    Ok(query.order(responses::id.desc()).limit(limit).load(db)?)
}

pub(super) fn count_by(db: &mut Db, supplier: OrganisationId) -> Result<i64> {
    Ok(responses::table.filter(responses::organisation_id.eq(supplier)).count().get_result(db)?)
}

/// How many responses to each of the tenant's needs are unread, with the reference and the title of the need; the one
/// that has waited longest first.
pub fn unread_by_need(db: &mut Db, tenant: OrganisationId) -> Result<Vec<(i64, String, String)>> {
    use diesel::dsl::{count_star, min};
    let rows: Vec<(i64, Option<Timestamp>, String, String)> = responses::table
        .inner_join(needs::table)
        .filter(responses::tenant_id.eq(tenant))
        .filter(responses::read_at.is_null())
        .group_by((needs::reference, needs::title))
        .select((count_star(), min(responses::sent_at), needs::reference, needs::title))
        .order(min(responses::sent_at))
        .limit(100)
        .load(db)?;
    Ok(rows.into_iter().map(|(n, _, reference, title)| (n, reference, title)).collect())
}

/// Who has asked or responded, once for each organisation that they acted for.
pub fn participants_of(db: &mut Db, need: NeedId) -> Result<Vec<(UserId, OrganisationId)>> {
    let mut people: Vec<(UserId, OrganisationId)> = questions::table
        .filter(questions::need_id.eq(need))
        .select((questions::asked_by, questions::organisation_id))
        .distinct()
        .load(db)?;
    people.extend(
        responses::table
            .filter(responses::need_id.eq(need))
            .select((responses::sent_by, responses::organisation_id))
            .distinct()
            .load::<(UserId, OrganisationId)>(db)?,
    );
    people.sort();
    people.dedup();
    Ok(people)
}

// ---- attachments -------------------------------------------------------------------------------------------------

pub(super) fn insert_attachment(db: &mut Db, attachment: &Attachment) -> Result<()> {
    diesel::insert_into(attachments::table).values(attachment).execute(db)?;
    Ok(())
}

/// What was taken away is there still if a published version shows it.
pub fn attachment(db: &mut Db, id: AttachmentId) -> Result<Attachment> {
    let shown = version_attachments::table.filter(version_attachments::attachment_id.eq(id));
    let found = attachments::table
        .find(id)
        .filter(attachments::removed_at.is_null().or(exists(shown)))
        .select(Attachment::as_select())
        .first(db)
        .optional()?;
    found.ok_or(Error::NotFound("the attachment"))
}

/// What belongs to the need itself.
pub fn attachments_of_need(db: &mut Db, need: NeedId) -> Result<Vec<Attachment>> {
    Ok(attachments::table
        .filter(attachments::need_id.eq(need))
        .filter(attachments::response_id.is_null())
        .filter(attachments::removed_at.is_null())
        .select(Attachment::as_select())
        .order(attachments::id)
        .load(db)?)
}

/// What these published versions of a need show, by their numbers.
pub fn files_of_versions(
    db: &mut Db,
    need: NeedId,
    versions: RangeInclusive<i32>,
) -> Result<HashMap<i32, Vec<Attachment>>> {
    let (first, last) = versions.into_inner();
    let rows: Vec<(i32, Attachment)> = version_attachments::table
        .inner_join(attachments::table)
        .filter(version_attachments::need_id.eq(need))
        .filter(version_attachments::version.between(first, last))
        .select((version_attachments::version, Attachment::as_select()))
        .order((version_attachments::version, version_attachments::attachment_id))
        .load(db)?;
    let mut files: HashMap<i32, Vec<Attachment>> = HashMap::new();
    for (version, attachment) in rows {
        files.entry(version).or_default().push(attachment);
    }
    Ok(files)
}

pub fn attachments_of_responses(db: &mut Db, responses: &[ResponseId]) -> Result<Vec<Attachment>> {
    Ok(attachments::table
        .filter(among(attachments::response_id, responses))
        .select(Attachment::as_select())
        .order(attachments::id)
        .load(db)?)
}

/// `false` if there is none at this need.
pub(super) fn mark_removed(db: &mut Db, need: NeedId, id: AttachmentId, by: UserId, at: Timestamp) -> Result<bool> {
    let there = attachments::table
        .find(id)
        .filter(attachments::need_id.eq(need))
        .filter(attachments::response_id.is_null())
        .filter(attachments::removed_at.is_null());
    let set = (attachments::removed_by.eq(Some(by)), attachments::removed_at.eq(Some(at)));
    Ok(diesel::update(there).set(set).execute(db)? == 1)
}

/// Of a draft, which nobody has responded to: what the files were called, and what was in them. The rows stay, for the trail to refer
/// to, and to tell whose files they are that lie in the folder.
pub(super) fn empty_attachments(db: &mut Db, need: NeedId) -> Result<()> {
    let nothing = (attachments::name.eq("-"), attachments::media_type.eq(""), attachments::sha256.eq(""));
    diesel::update(attachments::table.filter(attachments::need_id.eq(need))).set(nothing).execute(db)?;
    Ok(())
}

/// Those of `ids` that have a row, whether the file can still be read or not; and when the draft that it belonged to was deleted.
pub(super) fn known_attachments(db: &mut Db, ids: &[AttachmentId]) -> Result<HashMap<AttachmentId, Option<Timestamp>>> {
    let rows: Vec<(AttachmentId, Option<Timestamp>)> = attachments::table
        .inner_join(needs::table)
        .filter(among(attachments::id, ids))
        .select((attachments::id, needs::deleted_at))
        .load(db)?;
    Ok(rows.into_iter().collect())
}

// ---- outcomes ----------------------------------------------------------------------------------------------------

pub(super) fn insert_outcome(db: &mut Db, outcome: &Outcome) -> Result<()> {
    diesel::insert_into(outcomes::table).values(outcome).execute(db)?;
    Ok(())
}

pub fn outcome(db: &mut Db, need: NeedId) -> Result<Option<Outcome>> {
    Ok(outcomes::table.find(need).select(Outcome::as_select()).first(db).optional()?)
}

/// What became of these needs, where it has been told.
pub fn outcomes_of(db: &mut Db, needs: &[NeedId]) -> Result<HashMap<NeedId, OutcomeKind>> {
    let rows: Vec<(NeedId, OutcomeKind)> =
        outcomes::table.filter(among(outcomes::need_id, needs)).select((outcomes::need_id, outcomes::kind)).load(db)?;
    Ok(rows.into_iter().collect())
}

/// What became of these needs, in whole.
pub fn told_outcomes(db: &mut Db, needs: &[NeedId]) -> Result<Vec<Outcome>> {
    Ok(outcomes::table.filter(among(outcomes::need_id, needs)).select(Outcome::as_select()).load(db)?)
}

/// Published needs of the tenant whose deadline has passed, so that those who took part wait to hear.
pub fn outcomes_awaited(
    db: &mut Db,
    tenant: OrganisationId,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(NeedId, String, String, Timestamp)>> {
    let rows: Vec<(NeedId, String, String, Option<Timestamp>)> = needs::table
        .filter(needs::tenant_id.eq(tenant))
        .filter(needs::status.eq(Status::Published))
        .filter(needs::response_deadline.lt(Some(now)))
        .select((needs::id, needs::reference, needs::title, needs::response_deadline))
        .order(needs::response_deadline)
        .limit(limit)
        .load(db)?;
    Ok(rows.into_iter().filter_map(|(id, r, t, deadline)| Some((id, r, t, deadline?))).collect())
}
