//! The buyer tells what became of the need.
use crate::dialogue::{self, OutcomeKind, policy};
use crate::fields::Fields;
use crate::needs::web::{NeedHead, need_url};
use crate::needs::{self, Need};
use crate::op::Op;
use crate::platform::language::Language;
use crate::tenancy::Permit;
use crate::web::Page;
use crate::web::form::{Choice, Choices, Errors, Field, Form, Onward};
use crate::web::view::Seen;
use crate::{FieldError, Result, notifications};
use serde::Serialize;

/// The form for the outcome.
#[derive(Serialize)]
pub struct OutcomePage {
    need: NeedHead,
    /// How many get a mail.
    told: usize,
    action: String,
    errors: Errors,
    form: OutcomeForm,
}

#[derive(Serialize)]
struct OutcomeForm {
    kind: Choices,
    text: Field,
}

impl Page for OutcomePage {
    const TEMPLATE: &'static str = "web/dialogue/outcome";
    fn title(&self, language: Language) -> String {
        language.text("dialogue-outcome-heading")
    }
}

/// What was typed.
#[derive(Clone, Default)]
pub struct Conclude {
    kind: String,
    text: String,
}

/// `/behov/{reference}/utfall`
impl Form for Conclude {
    type At = String;
    type Page = OutcomePage;

    fn of(fields: &Fields) -> Self {
        Self { kind: fields.get("kind").to_owned(), text: fields.get("text").to_owned() }
    }

    fn write(self, op: &mut Op<'_>, reference: &String) -> Result<Onward> {
        let permit = to_conclude(op, reference)?;
        let (kind, text) = dialogue::outcome_words(&self.kind, &self.text)?;
        dialogue::conclude(op, permit, kind, text)?;
        Ok(Onward::to(need_url("", reference)).saying("outcome-told"))
    }

    fn page(self, op: &mut Op<'_>, reference: &String, seen: Seen, errors: &[FieldError]) -> Result<OutcomePage> {
        let need = to_conclude(op, reference)?.into_inner();
        // Says why not, if the outcome cannot be told any more, or not yet.
        let need = need.clone().conclude(op.now()).map(|_| need)?;
        let errors = Errors::new(errors, seen.language);
        let options = (OutcomeKind::ALL.iter())
            .map(|k| Choice {
                value: k.as_str().to_owned(),
                text: seen.language.text(&format!("dialogue-outcome-kind-{}", k.as_str().replace('_', "-"))),
                selected: k.as_str() == self.kind,
            })
            .collect();
        let head = needs::web::head(op, &need, seen)?;
        Ok(OutcomePage {
            told: notifications::everyone_in(op, &need)?.len(),
            action: format!("{}/utfall", head.url),
            form: OutcomeForm { kind: errors.choices("kind", options), text: errors.field("text", self.text) },
            errors,
            need: head,
        })
    }
}

fn to_conclude(op: &mut Op<'_>, reference: &str) -> Result<Permit<policy::Conclude, Need>> {
    op.member()?;
    let need = needs::find_by_reference(op.db(), reference)?;
    policy::conclude(op.actor(), need)
}
