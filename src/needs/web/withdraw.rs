//! Taking a need back.
use super::{NeedHead, head, need_url};
use crate::fields::Fields;
use crate::input::Input;
use crate::needs::{self, policy, store};
use crate::op::Op;
use crate::platform::language::Language;
use crate::web::Page;
use crate::web::form::{Errors, Field, Form, Onward};
use crate::web::view::Seen;
use crate::{FieldError, Result, notifications};
use serde::Serialize;

/// Who will be told, and the form for the reason.
#[derive(Serialize)]
pub struct WithdrawPage {
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

/// What was typed.
#[derive(Clone, Default)]
pub struct Withdraw {
    reason: String,
}

/// `/behov/{reference}/trekk`
impl Form for Withdraw {
    type At = String;
    type Page = WithdrawPage;

    fn of(fields: &Fields) -> Self {
        Self { reason: fields.get("reason").to_owned() }
    }

    fn write(self, op: &mut Op<'_>, reference: &String) -> Result<Onward> {
        let need = store::find_by_reference(op.db(), reference)?;
        let permit = policy::publish(op.actor(), need)?;
        let mut input = Input::default();
        let reason = input.required_text("reason", &self.reason, needs::REASON);
        input.finish()?;
        needs::withdraw(op, permit, &reason)?;
        Ok(Onward::to(need_url("", reference)).saying("need-withdrawn"))
    }

    fn page(self, op: &mut Op<'_>, reference: &String, seen: Seen, errors: &[FieldError]) -> Result<WithdrawPage> {
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
            form: WithdrawForm { reason: errors.field("reason", self.reason) },
            errors,
            need: head,
        })
    }
}
