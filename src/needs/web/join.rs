//! Another buyer joins a need with its own volume.
use super::{NeedHead, head, need_url};
use crate::needs::{self, policy, store};
use crate::op::Op;
use crate::platform::language::Language;
use crate::web::form::{self, Errors, Field, Onward};
use crate::web::view::Seen;
use crate::web::{self, Page, Posted, Visitor, page};
use crate::{App, Error, FieldError, Result};
use actix_web::web::{Data, Path};
use serde::Serialize;

#[derive(Serialize)]
struct JoinPage {
    need: NeedHead,
    organisation: String,
    joiners: Vec<JoinerItem>,
    action: String,
    errors: Errors,
    form: JoinForm,
}

#[derive(Serialize)]
struct JoinerItem {
    name: String,
    volume: String,
}

#[derive(Serialize)]
struct JoinForm {
    volume: Field,
}

impl Page for JoinPage {
    const TEMPLATE: &'static str = "web/needs/join";
    fn title(&self, language: Language) -> String {
        language.text("needs-join-heading")
    }
}

/// `GET /behov/{reference}/bli-med`
pub async fn join_form(app: Data<App>, visitor: Visitor, reference: Path<String>) -> web::Result {
    let seen = Seen::by(&visitor);
    page(&app, visitor, move |op| join_page(op, &reference, seen, String::new(), &[])).await
}

/// `POST /behov/{reference}/bli-med`
pub async fn join(app: Data<App>, visitor: Visitor, reference: Path<String>, posted: Posted) -> web::Result {
    let (reference, seen) = (reference.into_inner(), Seen::by(&visitor));
    let typed = posted.fields.get("volume").to_owned();
    let (of_need, volume) = (reference.clone(), typed.clone());
    let made = form::once(&app, visitor.caller(), posted.key, move |op| {
        let need = store::find_by_reference(op.db(), &of_need)?;
        let permit = policy::join(op.actor(), need)?;
        needs::join(op, permit, &needs::volume(&volume)?)?;
        Ok(Onward::to(need_url("", &of_need)).saying("need-joined"))
    });
    form::answer(&app, visitor, made.await, move |op, errors| join_page(op, &reference, seen, typed, errors)).await
}

fn join_page(op: &mut Op<'_>, reference: &str, seen: Seen, volume: String, errors: &[FieldError]) -> Result<JoinPage> {
    let need = store::find_by_reference(op.db(), reference)?;
    let need = policy::join(op.actor(), need)?.into_inner();
    let errors = Errors::new(errors, seen.language);
    let head = head(op, &need, seen)?;
    let joiners = store::joiners_of(op.db(), need.id)?;
    let own = op.member()?;
    if joiners.iter().any(|joiner| joiner.organisation == own.organisation) {
        return Err(Error::Conflict("already-joined"));
    }
    Ok(JoinPage {
        organisation: own.organisation_name,
        joiners: joiners.into_iter().map(|j| JoinerItem { name: j.name, volume: j.volume }).collect(),
        action: format!("{}/bli-med", head.url),
        form: JoinForm { volume: errors.field("volume", volume) },
        errors,
        need: head,
    })
}
