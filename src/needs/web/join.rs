//! Another buyer joins a need with its own volume.
use super::{NeedHead, head, need_url};
use crate::fields::Fields;
use crate::needs::{self, policy, store};
use crate::op::Op;
use crate::platform::language::Language;
use crate::web::Page;
use crate::web::form::{Errors, Field, Form, Onward};
use crate::web::view::Seen;
use crate::{Error, FieldError, Result};
use serde::Serialize;

/// Who has joined, and the form to do so.
#[derive(Serialize)]
pub struct JoinPage {
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

/// What was typed.
#[derive(Clone, Default)]
pub struct Join {
    volume: String,
}

/// `/behov/{reference}/bli-med`
impl Form for Join {
    type At = String;
    type Page = JoinPage;

    fn of(fields: &Fields) -> Self {
        Self { volume: fields.get("volume").to_owned() }
    }

    fn write(self, op: &mut Op<'_>, reference: &String) -> Result<Onward> {
        let need = store::find_by_reference(op.db(), reference)?;
        let permit = policy::join(op.actor(), need)?;
        needs::join(op, permit, &needs::volume(&self.volume)?)?;
        Ok(Onward::to(need_url("", reference)).saying("need-joined"))
    }

    fn page(self, op: &mut Op<'_>, reference: &String, seen: Seen, errors: &[FieldError]) -> Result<JoinPage> {
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
            form: JoinForm { volume: errors.field("volume", self.volume) },
            errors,
            need: head,
        })
    }
}
