//! A question from the market, asked on the page of the need.
use super::questions_of;
use crate::dialogue::{self, policy};
use crate::web::form::{self, Onward};
use crate::web::view::Seen;
use crate::web::{self, Posted, Visitor};
use crate::{App, needs};
use actix_web::web::{Data, Path};

/// `POST /behov/{reference}/sporsmal`
pub async fn ask(app: Data<App>, visitor: Visitor, path: Path<String>, posted: Posted) -> web::Result {
    let (reference, seen) = (path.into_inner(), Seen::by(&visitor));
    let typed = posted.fields.get("text").to_owned();
    let (of_need, text) = (reference.clone(), typed.clone());
    let asked = form::once(&app, visitor.caller(), posted.key, move |op| {
        op.member()?;
        let need = needs::find_by_reference(op.db(), &of_need)?;
        let permit = policy::ask(op.actor(), need)?;
        let text = dialogue::question_text(&text)?;
        dialogue::ask(op, permit, text)?;
        Ok(Onward::to(questions_of(&of_need)).saying("question-asked"))
    });
    form::answer(&app, visitor, asked.await, move |op, errors| {
        needs::web::with_question(op, &reference, typed, errors, seen)
    })
    .await
}
