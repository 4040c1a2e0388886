//! Questions from the market, and answers for everybody.
use super::{Question, QuestionId, policy, store};
use crate::audit::Event;
use crate::input::Input;
use crate::needs::{self, Need, StaysOpen};
use crate::op::Op;
use crate::platform::db::Part;
use crate::tenancy::Permit;
use crate::{Error, Result};

/// Characters of a question.
const QUESTION: usize = 5_000;
/// Characters of an answer.
const ANSWER: usize = 20_000;

/// # Errors
/// `Invalid` (`text`): it says nothing, or is too long.
pub fn question_text(typed: &str) -> Result<String> {
    text(typed, QUESTION)
}

/// # Errors
/// `Invalid` (`text`): it says nothing, or is too long.
pub fn answer_text(typed: &str) -> Result<String> {
    text(typed, ANSWER)
}

fn text(typed: &str, max: usize) -> Result<String> {
    let mut input = Input::default();
    let text = input.required_text("text", typed, max);
    input.finish()?;
    Ok(text)
}

/// # Errors
/// `Conflict` if the need is not open, or its deadline has passed.
pub fn ask(op: &mut Op<'_>, need: Permit<policy::Ask, Need>, text: String) -> Result<Question> {
    let need = need.into_inner();
    need.open_for_dialogue(op.now())?;
    // Whoever concludes at the same time tells this one too, or it is not taken.
    StaysOpen(need.id).do_with(&[], op.db())?;
    let member = op.member()?;
    let question = Question {
        id: QuestionId::new(),
        tenant_id: need.tenant_id,
        need_id: need.id,
        organisation_id: member.organisation,
        asked_by: member.user,
        text,
        asked_at: op.now(),
        answer: None,
        answered_by: None,
        answered_at: None,
    };
    store::insert_question(op.db(), &question)?;
    op.record(Event::QuestionAsked { tenant: need.tenant_id, need: need.id, question: question.id })?;
    Ok(question)
}

/// From now on everybody can read question and answer, without who asked. A second answer replaces the first, and is
/// told like the first: everyone must know the same. One that says the same changes nothing.
///
/// # Errors
/// `Conflict` while the need is withdrawn: nobody could read it.
pub fn answer(op: &mut Op<'_>, question: Permit<policy::Answer, Question>, text: String) -> Result<Question> {
    let question = question.into_inner();
    if needs::hold(op.db(), question.need_id)?.status == needs::Status::Withdrawn {
        return Err(Error::Conflict("need-withdrawn"));
    }
    // A colleague may have answered meanwhile.
    let question = store::find_question(op.db(), question.id)?;
    if question.answer.as_deref() == Some(text.as_str()) {
        return Ok(question);
    }
    let changed = question.answer.is_some();
    let answered =
        Question { answer: Some(text), answered_by: Some(op.member()?.user), answered_at: Some(op.now()), ..question };
    store::update_answer(op.db(), &answered)?;
    needs::announce_change(op, answered.need_id)?;
    op.record(Event::QuestionAnswered {
        tenant: answered.tenant_id,
        need: answered.need_id,
        question: answered.id,
        changed,
    })?;
    Ok(answered)
}
