//! Deleting a draft.
use super::{NeedHead, head};
use crate::needs::{Need, policy, store};
use crate::op::Op;
use crate::platform::language::Language;
use crate::web::form::{self, Onward};
use crate::web::view::Seen;
use crate::web::{self, Page, Posted, Visitor, page};
use crate::{App, Error, Result, dialogue};
use actix_web::web::{Data, Path};
use serde::Serialize;

#[derive(Serialize)]
struct DeletePage {
    need: NeedHead,
    action: String,
    revision: i32,
    files: usize,
}

impl Page for DeletePage {
    const TEMPLATE: &'static str = "web/needs/delete";
    fn title(&self, language: Language) -> String {
        language.text("needs-delete-heading")
    }
}

/// `GET /behov/{reference}/slett`
pub async fn delete_form(app: Data<App>, visitor: Visitor, reference: Path<String>) -> web::Result {
    let seen = Seen::by(&visitor);
    page(&app, visitor, move |op| {
        let need = store::find_by_reference(op.db(), &reference)?;
        // Says why not, if it is no draft.
        let need = policy::delete(op.actor(), need)?.into_inner().deletable()?;
        delete_page(op, &need, seen)
    })
    .await
}

fn delete_page(op: &mut Op<'_>, need: &Need, seen: Seen) -> Result<DeletePage> {
    let need_head = head(op, need, seen)?;
    Ok(DeletePage {
        action: format!("{}/slett", need_head.url),
        revision: need.revision,
        files: dialogue::attachments_of_need(op.db(), need.id)?.len(),
        need: need_head,
    })
}

/// `POST /behov/{reference}/slett`
pub async fn delete(app: Data<App>, visitor: Visitor, reference: Path<String>, posted: Posted) -> web::Result {
    let revision: Option<i32> = posted.fields.get("revision").parse().ok();
    let deleted = form::once(&app, visitor.caller(), posted.key, move |op| {
        let need = store::find_by_reference(op.db(), &reference)?;
        let permit = policy::delete(op.actor(), need)?;
        // What is deleted is what the buyer was asked about.
        if revision.is_some_and(|seen| seen != permit.subject().revision) {
            return Err(Error::Stale);
        }
        dialogue::delete_draft(op, permit)?;
        Ok(Onward::to("/min-side").saying("need-deleted"))
    });
    Ok(deleted.await?.go(&visitor))
}
