//! Taking a need back.
use super::{NeedHead, head, need_url};
use crate::input::Input;
use crate::needs::{self, policy, store};
use crate::op::Op;
use crate::platform::language::Language;
use crate::web::form::{self, Errors, Field, Onward};
use crate::web::view::Seen;
use crate::web::{self, Page, Posted, Visitor, page};
use crate::{App, FieldError, Result, notifications};
use actix_web::web::{Data, Path};
use serde::Serialize;

#[derive(Serialize)]
struct WithdrawPage {
    need: NeedHead,
    action: String,
    outcome_url: String,
    revision: i32,
    told: usize,
    errors: Errors,
    form: WithdrawForm,
}

#[derive(Serialize)]
struct WithdrawForm {
    reason: Field,
}

impl Page for WithdrawPage {
    const TEMPLATE: &'static str = "web/needs/withdraw";
    fn title(&self, language: Language) -> String {
        language.text("needs-withdraw-heading")
    }
}

/// `GET /behov/{reference}/trekk`
pub async fn withdraw_form(app: Data<App>, visitor: Visitor, reference: Path<String>) -> web::Result {
    let seen = Seen::by(&visitor);
    page(&app, visitor, move |op| withdraw_page(op, &reference, seen, String::new(), &[])).await
}

/// `POST /behov/{reference}/trekk`
pub async fn withdraw(app: Data<App>, visitor: Visitor, reference: Path<String>, posted: Posted) -> web::Result {
    let (reference, seen) = (reference.into_inner(), Seen::by(&visitor));
    let typed = posted.fields.get("reason").to_owned();
    let (of_need, reason) = (reference.clone(), typed.clone());
    let made = form::once(&app, visitor.caller(), posted.key, move |op| {
        let need = store::find_by_reference(op.db(), &of_need)?;
        let permit = policy::publish(op.actor(), need)?;
        let mut input = Input::default();
        let reason = input.required_text("reason", &reason, needs::REASON);
        input.finish()?;
        needs::withdraw(op, permit, &reason)?;
        Ok(Onward::to(need_url("", &of_need)).saying("need-withdrawn"))
    });
    form::answer(&app, visitor, made.await, move |op, errors| withdraw_page(op, &reference, seen, typed, errors)).await
}

fn withdraw_page(
    op: &mut Op<'_>,
    reference: &str,
    seen: Seen,
    reason: String,
    errors: &[FieldError],
) -> Result<WithdrawPage> {
    let need = store::find_by_reference(op.db(), reference)?;
    let need = policy::publish(op.actor(), need)?.into_inner();
    // Says why not, if there is nothing to take back.
    let need = need.clone().withdraw(op.now()).map(|_| need)?;
    let errors = Errors::new(errors, seen.language);
    let head = head(op, &need, seen)?;
    Ok(WithdrawPage {
        action: format!("{}/trekk", head.url),
        outcome_url: format!("{}/utfall", head.url),
        revision: need.revision,
        told: notifications::everyone_in(op, &need)?.len(),
        form: WithdrawForm { reason: errors.field("reason", reason) },
        errors,
        need: head,
    })
}
