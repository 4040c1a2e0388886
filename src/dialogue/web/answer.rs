//! The buyer answers a question, for everybody to read.
use super::{belongs, questions_of, text_is};
use crate::dialogue::{self, Question, QuestionId, policy};
use crate::fields::Fields;
use crate::needs::web::NeedHead;
use crate::needs::{self, Need, Status};
use crate::op::Op;
use crate::platform::language::Language;
use crate::tenancy::Permit;
use crate::web::Page;
use crate::web::form::{Errors, Field, Form, Onward};
use crate::web::view::{Seen, When};
use crate::{FieldError, Result, api, notifications};
use serde::Serialize;

/// The question, and the form for its answer.
#[derive(Serialize)]
pub struct AnswerPage {
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

/// What was typed; None if nobody has yet.
#[derive(Clone, Default)]
pub struct Answer {
    text: Option<String>,
}

/// `/behov/{reference}/sporsmal/{id}`
impl Form for Answer {
    type At = (String, String);
    type Page = AnswerPage;

    fn of(fields: &Fields) -> Self {
        Self { text: Some(fields.get("answer").to_owned()) }
    }

    fn write(self, op: &mut Op<'_>, path: &(String, String)) -> Result<Onward> {
        let (_, permit) = to_answer(op, path)?;
        let text = dialogue::answer_text(&self.text.unwrap_or_default())?;
        // Whoever sees no answer to the form opens it again and sends the same: it is published, and those who follow were told.
        dialogue::answer(op, permit, text)?;
        Ok(Onward::to(questions_of(&path.0)).saying("question-answered"))
    }

    fn page(self, op: &mut Op<'_>, path: &(String, String), seen: Seen, errors: &[FieldError]) -> Result<AnswerPage> {
        let (need, permit) = to_answer(op, path)?;
        let question = permit.into_inner();
        let errors = Errors::new(&text_is("answer", errors), seen.language);
        let answer = self.text.or(question.answer).unwrap_or_default();
        let head = needs::web::head(op, &need, seen)?;
        Ok(AnswerPage {
            question: QuestionView { text: question.text, asked: seen.when(question.asked_at) },
            action: format!("{}/sporsmal/{}", head.url, question.id),
            edit_url: (need.status == Status::Published).then(|| format!("{}/rediger", head.url)),
            told: notifications::everyone_in(op, &need)?.len(),
            form: AnswerForm { answer: errors.field("answer", answer) },
            errors,
            need: head,
        })
    }
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
