//! How a draft will look to the market, and publishing it.
use super::show::{attachments, receivers};
use super::write::{Missing, editable, missing};
use crate::cpv::web::{Named, named};
use crate::needs::{self, policy, store};
use crate::op::Op;
use crate::platform::language::Language;
use crate::platform::wording;
use crate::tenancy;
use crate::web::form::{self, Onward, Refused};
use crate::web::view::{self, Deadline, Seen, When, need_url};
use crate::web::{self, Page, Posted, Visitor, page};
use crate::{App, Error, Result};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use serde::Serialize;

#[derive(Serialize)]
struct PreviewPage {
    need: PreviewNeed,
    missing: Vec<Missing>,
    receivers: usize,
    publish_url: String,
    revision: i32,
}

impl Page for PreviewPage {
    const TEMPLATE: &'static str = "web/needs/preview";
    fn title(&self, language: Language) -> String {
        language.text("needs-preview-heading")
    }
}

/// Empty is `null` here: the template says that it is not written yet.
#[derive(Serialize)]
struct PreviewNeed {
    reference: String,
    url: String,
    edit_url: String,
    buyer: String,
    title: String,
    summary: Option<String>,
    problem: Option<String>,
    affected: Option<String>,
    current_situation: Option<String>,
    constraints: Option<String>,
    tried: Option<String>,
    undecided: Option<String>,
    effects: Vec<PreviewEffect>,
    area_tags: Vec<String>,
    region_text: Option<String>,
    innovation_kind_text: Option<String>,
    cpv: Vec<Named>,
    budget_text: Option<String>,
    deadline: Option<Deadline>,
    contact: Option<PreviewContact>,
    attachments: Vec<PreviewAttachment>,
}

#[derive(Serialize)]
struct PreviewEffect {
    metric: String,
    baseline: String,
    target: String,
    by: Option<When>,
}

#[derive(Serialize)]
struct PreviewContact {
    name: String,
    email: String,
    phone: String,
}

#[derive(Serialize)]
struct PreviewAttachment {
    name: String,
    size_text: String,
    url: String,
}

/// `GET /behov/{reference}/forhandsvis`
pub async fn preview(app: Data<App>, visitor: Visitor, reference: Path<String>) -> web::Result {
    let seen = Seen::by(&visitor);
    page(&app, visitor, move |op| preview_page(op, &reference, seen)).await
}

fn preview_page(op: &mut Op<'_>, reference: &str, seen: Seen) -> Result<PreviewPage> {
    let language = seen.language;
    let need = editable(op, reference)?;
    let buyer = tenancy::organisation(op.db(), need.tenant_id)?;
    let url = seen.need(&need);
    let d = &need.description.0;
    let text = |t: &str| Some(t.to_owned()).filter(|t| !t.is_empty());
    Ok(PreviewPage {
        missing: missing(&need.content(), op, language),
        receivers: receivers(op, &need)?,
        publish_url: format!("{url}/forhandsvis"),
        revision: need.revision,
        need: PreviewNeed {
            reference: need.reference.clone(),
            edit_url: format!("{url}/rediger"),
            buyer: buyer.name,
            title: need.title.clone(),
            summary: text(&need.summary),
            problem: text(&d.problem),
            affected: text(&d.affected),
            current_situation: text(&d.current_situation),
            constraints: text(&d.constraints),
            tried: text(&d.tried),
            undecided: text(&d.undecided),
            effects: d
                .desired_effects
                .iter()
                .map(|e| PreviewEffect {
                    metric: e.metric.clone(),
                    baseline: e.baseline.clone(),
                    target: e.target.clone(),
                    by: e.by.map(|day| When::date(day, language)),
                })
                .collect(),
            area_tags: need.areas.0.iter().map(|a| view::area_text(*a, language)).collect(),
            region_text: text(&wording::regions(&need.region.0)),
            innovation_kind_text: need
                .innovation_kind
                .map(|k| language.text(&format!("needs-innovation-{}", k.as_str()))),
            cpv: named(&need.cpv.0, language),
            budget_text: d.budget.as_ref().map(|b| wording::amount(b.amount, &b.currency, language)),
            deadline: need.response_deadline.map(|at| Deadline::new(at, op.now(), language)),
            contact: (!d.contact.email.is_empty()).then(|| PreviewContact {
                name: d.contact.name.clone(),
                email: d.contact.email.clone(),
                phone: d.contact.phone.clone(),
            }),
            attachments: attachments(op, &need, seen.root, language)?
                .into_iter()
                .map(|a| PreviewAttachment { name: a.name, size_text: a.size, url: a.url })
                .collect(),
            url,
        },
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
