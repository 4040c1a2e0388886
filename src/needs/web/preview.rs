//! How a draft will look to the market, and publishing it.
use super::need_url;
use super::show::{AttachmentView, NeedView, attachments, need_view, receivers};
use super::write::{Missing, editable, missing};
use crate::needs::{self, Status, policy, store};
use crate::op::Op;
use crate::platform::language::Language;
use crate::tenancy;
use crate::web::form::{self, Onward, Refused};
use crate::web::view::Seen;
use crate::web::{self, Page, Posted, Visitor, page};
use crate::{App, Error, Result};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use serde::Serialize;

#[derive(Serialize)]
struct PreviewPage {
    need: NeedView,
    /// Nobody has seen it yet.
    counts: Option<()>,
    attachments: Vec<AttachmentView>,
    missing: Vec<Missing>,
    receivers: usize,
    publish_url: String,
    edit_url: String,
    revision: i32,
}

impl Page for PreviewPage {
    const TEMPLATE: &'static str = "web/needs/preview";
    fn title(&self, language: Language) -> String {
        language.text("needs-preview-heading")
    }
}

/// `GET /behov/{reference}/forhandsvis`
pub async fn preview(app: Data<App>, visitor: Visitor, reference: Path<String>) -> web::Result {
    let seen = Seen::by(&visitor);
    page(&app, visitor, move |op| preview_page(op, &reference, seen)).await
}

fn preview_page(op: &mut Op<'_>, reference: &str, seen: Seen) -> Result<PreviewPage> {
    let language = seen.language;
    let need = editable(op, reference)?;
    if need.status == Status::Published {
        return Err(Error::Conflict("need-already-published"));
    }
    let buyer = tenancy::organisation(op.db(), need.tenant_id)?;
    let url = need_url(seen.root, &need.reference);
    Ok(PreviewPage {
        missing: missing(&need.content(), op, language),
        receivers: receivers(op, &need)?,
        publish_url: format!("{url}/forhandsvis"),
        edit_url: format!("{url}/rediger"),
        revision: need.revision,
        counts: None,
        attachments: attachments(op, &need, seen.root, language)?,
        need: need_view(&need, &buyer, op.now(), seen.root, language),
    })
}

/// `POST /behov/{reference}/forhandsvis`
pub async fn publish(app: Data<App>, visitor: Visitor, reference: Path<String>, posted: Posted) -> web::Result {
    let (reference, seen) = (reference.into_inner(), Seen::by(&visitor));
    let revision: Option<i32> = posted.fields.get("revision").parse().ok();
    let of_need = reference.clone();
    let made = form::once(&app, visitor.caller(), posted.key, move |op| {
        let need = store::find_by_reference(op.db(), &of_need)?;
        let shown = revision.is_none_or(|r| r == need.revision);
        let permit = policy::publish(op.actor(), need)?;
        // What is published is what the buyer saw in the preview.
        let need = if shown { needs::publish(op, permit)? } else { return Err(Error::Stale) };
        Ok(Onward::to(need_url("", &need.reference)).saying("need-published"))
    });
    let refused = match made.await {
        Ok(onward) => return Ok(onward.go(&visitor)),
        // What has changed, as what is missing, the preview itself shows.
        Err(Error::Stale) => Refused::with(StatusCode::UNPROCESSABLE_ENTITY, Vec::new()),
        Err(e) => Refused::of(e)?,
    };
    form::show(&app, visitor, refused, move |op, _| preview_page(op, &reference, seen)).await
}
