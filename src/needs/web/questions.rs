//! The questions about a need, as its page shows them.
use crate::Result;
use crate::dialogue::{self, Question};
use crate::needs::Need;
use crate::op::Op;
use crate::platform::language::Language;
use crate::tenancy::{self, Actor};
use crate::web::Field;
use crate::web::view::When;
use serde::Serialize;
use std::collections::HashMap;

#[derive(Serialize)]
pub(super) struct QuestionView {
    text: String,
    own: bool,
    asked_at: When,
    answer: String,
    answered_at: When,
}

#[derive(Serialize)]
pub(super) struct UnansweredView {
    text: String,
    asker: Option<String>,
    asked_at: When,
    answer_url: Option<String>,
}

#[derive(Serialize)]
pub(super) struct AskForm {
    pub text: Field,
}

pub(super) fn answered(actor: &Actor, questions: Vec<Question>, language: Language) -> Vec<QuestionView> {
    let asker = actor.member().map(|m| m.user).ok();
    questions
        .into_iter()
        .filter_map(|q| {
            Some(QuestionView {
                own: Some(q.asked_by) == asker,
                asked_at: When::day(q.asked_at, language),
                answered_at: When::day(q.answered_at?, language),
                answer: q.answer?,
                text: q.text,
            })
        })
        .collect()
}

/// The buyer sees what waits for an answer, and who asks; a supplier what its own people wait for.
pub(super) fn unanswered(
    op: &mut Op<'_>,
    need: &Need,
    questions: &[Question],
    root: &str,
    language: Language,
) -> Result<Vec<UnansweredView>> {
    let (buyer, may_answer) = (op.actor().belongs_to(need.tenant_id), op.actor().buys_for(need.tenant_id));
    let waiting: Vec<&Question> =
        questions.iter().filter(|q| q.answered_at.is_none() && dialogue::policy::knows_asker(op.actor(), q)).collect();
    let askers: Vec<_> = waiting.iter().map(|q| q.organisation_id).collect();
    let names = if buyer { tenancy::names_of(op.db(), &askers)? } else { HashMap::new() };
    Ok(waiting
        .into_iter()
        .map(|q| UnansweredView {
            text: q.text.clone(),
            asker: names.get(&q.organisation_id).cloned(),
            asked_at: When::day(q.asked_at, language),
            answer_url: may_answer.then(|| format!("{root}/behov/{}/sporsmal/{}", need.reference, q.id)),
        })
        .collect())
}

pub(super) fn unanswered_title(actor: &Actor, need: &Need, count: usize, language: Language) -> Option<String> {
    let count = i64::try_from(count).ok().filter(|n| *n > 0)?;
    Some(if actor.belongs_to(need.tenant_id) {
        language.text_with("needs-show-unanswered", [("count", count.into())])
    } else {
        language.text("needs-show-unanswered-own")
    })
}
