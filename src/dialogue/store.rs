//! Every SQL statement about questions, responses, attachments and outcomes.
use super::attach::{Attachment, AttachmentId};
use super::{Outcome, OutcomeKind, Question, QuestionId, Response, ResponseId};
use crate::identity::UserId;
use crate::needs::{NeedId, Status};
use crate::platform::db::Db;
use crate::platform::db::schema::{attachments, needs, organisations, outcomes, questions, responses};
use crate::platform::db::types::Timestamp;
use crate::tenancy::OrganisationId;
use crate::{Error, Result, on_each};
use diesel::prelude::*;
use std::collections::HashMap;

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

/// A question with the reference and the title of its need.
pub type Titled<T> = (T, String, String);

pub fn questions_asked_by(db: &mut Db, user: UserId, limit: i64) -> Result<Vec<Titled<Question>>> {
    Ok(questions::table
        .inner_join(needs::table)
        .filter(questions::asked_by.eq(user))
        .select((Question::as_select(), needs::reference, needs::title))
        .order(questions::id.desc())
        .limit(limit)
        .load(db)?)
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

pub(super) fn insert_response(db: &mut Db, response: &Response) -> Result<()> {
    diesel::insert_into(responses::table).values(response).execute(db)?;
    Ok(())
}

/// Many at once; for demo data and the benchmark.
pub fn insert_responses(db: &mut Db, batch: &[Response]) -> Result<()> {
    on_each!(db, |c| diesel::insert_into(responses::table).values(batch).execute(c))?;
    Ok(())
}

pub fn find_response(db: &mut Db, id: ResponseId) -> Result<Response> {
    let found = responses::table.find(id).select(Response::as_select()).first(db).optional()?;
    found.ok_or(Error::NotFound("the response"))
}

pub(super) fn update_received(db: &mut Db, response: &Response) -> Result<()> {
    diesel::update(responses::table.find(response.id))
        .set((
            responses::read_by.eq(response.read_by),
            responses::read_at.eq(response.read_at),
            responses::thanks.eq(&response.thanks),
            responses::thanked_by.eq(response.thanked_by),
            responses::thanked_at.eq(response.thanked_at),
        ))
        .execute(db)?;
    Ok(())
}

/// The responses to a need with the number and name of the supplier, in the order they came, after `after`.
pub fn responses_of(
    db: &mut Db,
    need: NeedId,
    after: Option<ResponseId>,
    limit: i64,
) -> Result<Vec<(Response, String, String)>> {
    let mut query = responses::table
        .inner_join(organisations::table)
        .filter(responses::need_id.eq(need))
        .select((Response::as_select(), organisations::number, organisations::name))
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(responses::id.gt(after));
    }
    Ok(query.order(responses::id).limit(limit).load(db)?)
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

/// What a supplier has sent, the newest first.
pub fn responses_by(db: &mut Db, supplier: OrganisationId, limit: i64) -> Result<Vec<Titled<Response>>> {
    Ok(responses::table
        .inner_join(needs::table)
        .filter(responses::organisation_id.eq(supplier))
        .select((Response::as_select(), needs::reference, needs::title))
        .order(responses::id.desc())
        .limit(limit)
        .load(db)?)
}

/// The tenant's unread responses, the oldest first.
pub fn unread_of(db: &mut Db, tenant: OrganisationId, limit: i64) -> Result<Vec<Titled<Response>>> {
    Ok(responses::table
        .inner_join(needs::table)
        .filter(responses::tenant_id.eq(tenant))
        .filter(responses::read_at.is_null())
        .select((Response::as_select(), needs::reference, needs::title))
        .order(responses::id)
        .limit(limit)
        .load(db)?)
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

/// Who has asked or responded, each person once, with the organisation that they acted for.
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
    people.dedup_by_key(|(user, _)| *user);
    Ok(people)
}

// ---- attachments -------------------------------------------------------------------------------------------------

pub(super) fn insert_attachment(db: &mut Db, attachment: &Attachment) -> Result<()> {
    diesel::insert_into(attachments::table).values(attachment).execute(db)?;
    Ok(())
}

pub fn attachment(db: &mut Db, id: AttachmentId) -> Result<Attachment> {
    let found = attachments::table.find(id).select(Attachment::as_select()).first(db).optional()?;
    found.ok_or(Error::NotFound("the attachment"))
}

/// What belongs to the need itself.
pub fn attachments_of_need(db: &mut Db, need: NeedId) -> Result<Vec<Attachment>> {
    Ok(attachments::table
        .filter(attachments::need_id.eq(need))
        .filter(attachments::response_id.is_null())
        .select(Attachment::as_select())
        .order(attachments::id)
        .load(db)?)
}

pub fn attachments_of_responses(db: &mut Db, responses: &[ResponseId]) -> Result<Vec<Attachment>> {
    Ok(attachments::table
        .filter(attachments::response_id.eq_any(responses.iter().map(|id| Some(*id))))
        .select(Attachment::as_select())
        .order(attachments::id)
        .load(db)?)
}

/// `false` if there is none at this need.
pub(super) fn delete_attachment_of_need(db: &mut Db, need: NeedId, id: AttachmentId) -> Result<bool> {
    Ok(diesel::delete(
        attachments::table
            .find(id)
            .filter(attachments::need_id.eq(need))
            .filter(attachments::response_id.is_null()),
    )
    .execute(db)?
        == 1)
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
    let rows: Vec<(NeedId, OutcomeKind)> = outcomes::table
        .filter(outcomes::need_id.eq_any(needs))
        .select((outcomes::need_id, outcomes::kind))
        .load(db)?;
    Ok(rows.into_iter().collect())
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
