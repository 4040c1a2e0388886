//! The buyer answers a question, for everybody to read.
use super::{belongs, questions_of, text_is};
use crate::dialogue::{self, Question, QuestionId, policy};
use crate::needs::web::{NeedHead, need_url};
use crate::needs::{self, Need, Status};
use crate::op::Op;
use crate::platform::language::Language;
use crate::tenancy::Permit;
use crate::web::form::{self, Errors, Field, Onward};
use crate::web::view::{Seen, When};
use crate::web::{self, Page, Posted, Visitor, page};
use crate::{App, FieldError, Result, api, notifications};
use actix_web::web::{Data, Path};
use serde::Serialize;

#[derive(Serialize)]
struct AnswerPage {
    need: NeedHead,
    question: QuestionView,
    action: String,
    /// As long as the need can be corrected.
    edit_url: Option<String>,
    /// How many get a mail.
    told: usize,
    errors: Errors,
    form: AnswerForm,
}

#[derive(Serialize)]
struct QuestionView {
    text: String,
    asked: When,
}

#[derive(Serialize)]
struct AnswerForm {
    answer: Field,
}

impl Page for AnswerPage {
    const TEMPLATE: &'static str = "web/dialogue/answer";
    fn title(&self, language: Language) -> String {
        language.text("dialogue-answer-heading")
    }
}

/// `GET /behov/{reference}/sporsmal/{id}`
pub async fn answer_form(app: Data<App>, visitor: Visitor, path: Path<(String, String)>) -> web::Result {
    let seen = Seen::by(&visitor);
    page(&app, visitor, move |op| answer_page(op, &path, seen, None, &[])).await
}

/// `POST /behov/{reference}/sporsmal/{id}`
pub async fn answer(app: Data<App>, visitor: Visitor, path: Path<(String, String)>, posted: Posted) -> web::Result {
    let (path, seen) = (path.into_inner(), Seen::by(&visitor));
    let typed = posted.fields.get("answer").to_owned();
    let (at, text) = (path.clone(), typed.clone());
    let answered = form::once(&app, visitor.caller(), posted.key, move |op| {
        let (_, permit) = to_answer(op, &at)?;
        let text = dialogue::answer_text(&text)?;
        // Whoever sees no answer to the form opens it again and sends the same: it is published, and those who follow were told.
        dialogue::answer(op, permit, text)?;
        Ok(Onward::to(questions_of(&at.0)).saying("question-answered"))
    });
    form::answer(&app, visitor, answered.await, move |op, errors| answer_page(op, &path, seen, Some(typed), errors))
        .await
}

/// The question in the address, if it may be answered.
fn to_answer(op: &mut Op<'_>, path: &(String, String)) -> Result<(Need, Permit<policy::Answer, Question>)> {
    op.member()?;
    let need = needs::find_by_reference(op.db(), &path.0)?;
    let id: QuestionId = api::id(&path.1, "the question")?;
    let question = dialogue::find_question(op.db(), id)?;
    belongs(question.need_id, &need, "the question")?;
    let permit = policy::answer(op.actor(), question, &need)?;
    Ok((need, permit))
}

fn answer_page(
    op: &mut Op<'_>,
    path: &(String, String),
    seen: Seen,
    typed: Option<String>,
    errors: &[FieldError],
) -> Result<AnswerPage> {
    let (need, permit) = to_answer(op, path)?;
    let question = permit.into_inner();
    let url = need_url(seen.root, &need.reference);
    let errors = Errors::new(&text_is("answer", errors), seen.language);
    let answer = typed.or(question.answer).unwrap_or_default();
    Ok(AnswerPage {
        need: needs::web::head(op, &need, seen)?,
        question: QuestionView { text: question.text, asked: seen.when(question.asked_at) },
        action: format!("{url}/sporsmal/{}", question.id),
        edit_url: (need.status == Status::Published).then(|| format!("{url}/rediger")),
        told: notifications::everyone_in(op, &need)?.len(),
        form: AnswerForm { answer: errors.field("answer", answer) },
        errors,
    })
}
