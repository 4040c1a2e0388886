//! The buyer tells what became of the need.
use crate::dialogue::{self, OutcomeKind, policy};
use crate::needs::web::{NeedHead, need_url};
use crate::needs::{self, Need};
use crate::op::Op;
use crate::platform::language::Language;
use crate::tenancy::Permit;
use crate::web::form::{self, Choice, Choices, Errors, Field, Onward};
use crate::web::view::Seen;
use crate::web::{self, Page, Posted, Visitor, page};
use crate::{App, FieldError, Result, notifications};
use actix_web::web::{Data, Path};
use serde::Serialize;

#[derive(Serialize)]
struct OutcomePage {
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

/// What stands in the form.
#[derive(Clone, Default)]
struct Typed {
    kind: String,
    text: String,
}

/// `GET /behov/{reference}/utfall`
pub async fn outcome_form(app: Data<App>, visitor: Visitor, path: Path<String>) -> web::Result {
    let seen = Seen::by(&visitor);
    page(&app, visitor, move |op| outcome_page(op, &path, seen, Typed::default(), &[])).await
}

/// `POST /behov/{reference}/utfall`
pub async fn conclude(app: Data<App>, visitor: Visitor, path: Path<String>, posted: Posted) -> web::Result {
    let (reference, seen) = (path.into_inner(), Seen::by(&visitor));
    let typed = Typed { kind: posted.fields.get("kind").to_owned(), text: posted.fields.get("text").to_owned() };
    let (of_need, words) = (reference.clone(), typed.clone());
    let concluded = form::once(&app, visitor.caller(), posted.key, move |op| {
        let permit = to_conclude(op, &of_need)?;
        let (kind, text) = dialogue::outcome_words(&words.kind, &words.text)?;
        dialogue::conclude(op, permit, kind, text)?;
        Ok(Onward::to(need_url("", &of_need)).saying("outcome-told"))
    });
    form::answer(&app, visitor, concluded.await, move |op, errors| outcome_page(op, &reference, seen, typed, errors))
        .await
}

fn to_conclude(op: &mut Op<'_>, reference: &str) -> Result<Permit<policy::Conclude, Need>> {
    op.member()?;
    let need = needs::find_by_reference(op.db(), reference)?;
    policy::conclude(op.actor(), need)
}

fn outcome_page(
    op: &mut Op<'_>,
    reference: &str,
    seen: Seen,
    typed: Typed,
    errors: &[FieldError],
) -> Result<OutcomePage> {
    let need = to_conclude(op, reference)?.into_inner();
    // Says why not, if the outcome cannot be told any more, or not yet.
    let need = need.clone().conclude(op.now()).map(|_| need)?;
    let errors = Errors::new(errors, seen.language);
    let options = (OutcomeKind::ALL.iter())
        .map(|k| Choice {
            value: k.as_str().to_owned(),
            text: seen.language.text(&format!("dialogue-outcome-kind-{}", k.as_str().replace('_', "-"))),
            selected: k.as_str() == typed.kind,
        })
        .collect();
    Ok(OutcomePage {
        need: needs::web::head(op, &need, seen)?,
        told: notifications::everyone_in(op, &need)?.len(),
        action: format!("{}/utfall", need_url(seen.root, &need.reference)),
        form: OutcomeForm { kind: errors.choices("kind", options), text: errors.field("text", typed.text) },
        errors,
    })
}
