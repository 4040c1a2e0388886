//! Writing a need: the form, the preview, publishing, withdrawing, joining.
use super::show::{CpvView, attachments, cpv_views, receivers};
use crate::dialogue;
use crate::needs::form::{EffectRow, NeedForm, Typed, form_field, today};
use crate::needs::{Content, Need, Status, Words, policy, store};
use crate::op::Op;
use crate::platform::config;
use crate::platform::language::Language;
use crate::platform::wording;
use crate::tenancy::{self, Organisation};
use crate::web::form::{Errors, Field, Posted, sentence};
use crate::web::view::{self, Deadline, NeedHead, When};
use crate::web::{Flash, Page, Visitor, page, page_with_status, see_other};
use crate::{App, Error, FieldError, Result};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use serde::Serialize;

const UNPROCESSABLE: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

// ---- the form ----------------------------------------------------------------------------------------------------

#[derive(Serialize)]
struct FormPage {
    is_new: bool,
    is_published: bool,
    action: String,
    need: Option<FormHead>,
    version: i32,
    saved: Option<When>,
    conflict: Option<Conflict>,
    errors: Errors,
    missing: Vec<Missing>,
    advice: Vec<Missing>,
    attachments: Option<Attachments>,
    form: NeedForm,
    effects: Vec<EffectRow>,
    #[serde(skip)]
    title: String,
}

impl Page for FormPage {
    const TEMPLATE: &'static str = "web/needs/form";
    fn title(&self, _: Language) -> String {
        self.title.clone()
    }
}

#[derive(Serialize)]
struct FormHead {
    reference: String,
    title: String,
    url: String,
    withdraw_url: String,
    followers: i64,
}

/// Someone else saved while this one was being written.
#[derive(Serialize)]
struct Conflict {
    who: String,
    when: When,
    url: String,
}

#[derive(Serialize)]
struct Missing {
    field: String,
    message: String,
}

#[derive(Serialize)]
struct Attachments {
    items: Vec<AttachmentItem>,
    upload_url: String,
    error: Option<String>,
    max_text: String,
}

#[derive(Serialize)]
struct AttachmentItem {
    name: String,
    size_text: String,
    url: String,
    remove_url: String,
}

/// What stands in the form when it is shown.
struct Shown {
    typed: Typed,
    errors: Vec<FieldError>,
    /// Another version than the one that was edited is in force.
    stale: bool,
}

impl Shown {
    fn fresh(typed: Typed) -> Self {
        Self { typed, errors: Vec::new(), stale: false }
    }
}

/// `GET /behov/nytt`
pub async fn new(app: Data<App>, visitor: Visitor) -> crate::web::Result {
    let (root, language) = (visitor.root, visitor.language());
    page(&app, visitor, move |op| {
        let own = own_organisation(op)?;
        let typed = Typed::empty(&op.member()?, &own);
        Ok(new_page(op, Shown::fresh(typed), &own, root, language))
    })
    .await
}

fn own_organisation(op: &mut Op<'_>) -> Result<Organisation> {
    let tenant = policy::describe(op.actor())?.into_inner();
    tenancy::organisation(op.db(), tenant)
}

fn new_page(op: &Op<'_>, shown: Shown, own: &Organisation, root: &str, language: Language) -> FormPage {
    let errors = Errors::new(&shown.errors, language).renamed(form_field);
    FormPage {
        is_new: true,
        is_published: false,
        action: format!("{root}/behov/nytt"),
        need: None,
        version: 0,
        saved: None,
        conflict: None,
        missing: Vec::new(),
        advice: Vec::new(),
        attachments: None,
        form: shown.typed.form(&errors, own.municipality.as_deref(), today(op.now()), language),
        effects: shown.typed.effect_rows(&errors),
        errors,
        title: language.text("needs-form-heading-new"),
    }
}

/// `POST /behov/nytt`
pub async fn create(app: Data<App>, visitor: Visitor, posted: Posted) -> crate::web::Result {
    let (root, language) = (visitor.root, visitor.language());
    let typed = Typed::of_form(&posted.fields);
    let (words, unreadable) = typed.words(None);
    let action = posted.fields.get("action").to_owned();
    let made = app
        .write(visitor.caller(), move |op| {
            let tenant = policy::describe(op.actor())?;
            let content = parse(&words, unreadable, language, op)?;
            crate::needs::describe(op, tenant, content)
        })
        .await;
    match made {
        Ok(need) => Ok(saved(&visitor, &need, &action)),
        Err(Error::Invalid(errors)) => {
            page_with_status(&app, visitor, UNPROCESSABLE, move |op| {
                let own = own_organisation(op)?;
                Ok(new_page(op, Shown { typed, errors, stale: false }, &own, root, language))
            })
            .await
        }
        Err(e) => Err(e.into()),
    }
}

/// Everything that is wrong, with what could not be read and with what was read.
fn parse(words: &Words, unreadable: Vec<FieldError>, language: Language, op: &Op<'_>) -> Result<Content> {
    match words.parse(language, op.now()) {
        Ok(content) if unreadable.is_empty() => Ok(content),
        Ok(_) => Err(Error::Invalid(unreadable)),
        Err(Error::Invalid(mut errors)) => {
            errors.extend(unreadable);
            Err(Error::Invalid(errors))
        }
        Err(e) => Err(e),
    }
}

fn saved(visitor: &Visitor, need: &Need, action: &str) -> actix_web::HttpResponse {
    let base = format!("/behov/{}", need.reference);
    match action {
        _ if need.status == Status::Published => see_other(visitor, &base, Flash::success("need-corrected")),
        "preview" | "publish" => see_other(visitor, &format!("{base}/forhandsvis"), None),
        _ => see_other(visitor, &format!("{base}/rediger"), Flash::success("need-saved")),
    }
}

/// `GET /behov/{reference}/rediger`
pub async fn edit(app: Data<App>, visitor: Visitor, reference: Path<String>) -> crate::web::Result {
    let (root, language) = (visitor.root, visitor.language());
    let rules = app.config.attachments.clone();
    page(&app, visitor, move |op| {
        let need = editable(op, &reference)?;
        let typed = Typed::of_content(&need.content());
        edit_page(op, &need, Shown::fresh(typed), &rules, root, language)
    })
    .await
}

fn editable(op: &mut Op<'_>, reference: &str) -> Result<Need> {
    let need = store::find_by_reference(op.db(), reference)?;
    Ok(policy::edit(op.actor(), need)?.into_inner())
}

fn edit_page(
    op: &mut Op<'_>,
    need: &Need,
    shown: Shown,
    rules: &config::Attachments,
    root: &str,
    language: Language,
) -> Result<FormPage> {
    let own = tenancy::organisation(op.db(), need.tenant_id)?;
    let errors = Errors::new(&shown.errors, language).renamed(form_field);
    let published = need.status == Status::Published;
    let counts = store::counts(op.db(), &[need.id])?.remove(&need.id).unwrap_or_default();
    let url = view::need_url(root, &need.reference);
    let missing = if published { Vec::new() } else { missing(&need.content(), op, language) };
    let conflict = shown.stale.then(|| conflict(op, need, &url, language)).transpose()?;
    Ok(FormPage {
        is_new: false,
        is_published: published,
        action: format!("{url}/rediger"),
        version: need.version,
        saved: Some(When::at(need.updated_at, language)),
        conflict,
        missing,
        advice: Vec::new(),
        attachments: Some(form_attachments(op, need, &url, rules, language)?),
        form: shown.typed.form(&errors, own.municipality.as_deref(), today(op.now()), language),
        effects: shown.typed.effect_rows(&errors),
        errors,
        title: language.text(if published { "needs-form-heading-published" } else { "needs-form-heading-draft" }),
        need: Some(FormHead {
            reference: need.reference.clone(),
            title: need.title.clone(),
            withdraw_url: format!("{url}/trekk"),
            url,
            followers: counts.followers,
        }),
    })
}

fn conflict(op: &mut Op<'_>, need: &Need, url: &str, language: Language) -> Result<Conflict> {
    Ok(Conflict {
        who: crate::audit::last_editor(op.db(), need.id)?.unwrap_or_default(),
        when: When::at(need.updated_at, language),
        url: url.to_owned(),
    })
}

fn missing(content: &Content, op: &Op<'_>, language: Language) -> Vec<Missing> {
    content
        .missing(op.now())
        .iter()
        .map(|e| Missing { field: form_field(&e.field), message: sentence(e, language) })
        .collect()
}

fn form_attachments(
    op: &mut Op<'_>,
    need: &Need,
    url: &str,
    rules: &config::Attachments,
    language: Language,
) -> Result<Attachments> {
    let items = dialogue::attachments_of_need(op.db(), need.id)?
        .into_iter()
        .map(|a| AttachmentItem {
            size_text: wording::size(a.bytes, language),
            url: format!("{url}/vedlegg/{}", a.id),
            remove_url: format!("{url}/vedlegg/{}/fjern", a.id),
            name: a.name,
        })
        .collect();
    Ok(Attachments { items, upload_url: format!("{url}/vedlegg"), error: None, max_text: rules.largest(language) })
}

/// `POST /behov/{reference}/rediger`. Saves a draft, or corrects a published need.
pub async fn save(app: Data<App>, visitor: Visitor, reference: Path<String>, posted: Posted) -> crate::web::Result {
    let (root, language) = (visitor.root, visitor.language());
    let reference = reference.into_inner();
    let typed = Typed::of_form(&posted.fields);
    let version: Option<i32> = posted.fields.get("version").parse().ok();
    let action = posted.fields.get("action").to_owned();
    let made = {
        let (typed, reference) = (typed.clone(), reference.clone());
        app.write(visitor.caller(), move |op| {
            let need = store::find_by_reference(op.db(), &reference)?;
            let before = need.content();
            let permit = policy::edit(op.actor(), need)?;
            let (words, unreadable) = typed.words(Some(&before));
            let content = parse(&words, unreadable, language, op)?;
            let mut input = crate::input::Input::default();
            let note = input.text("change_note", &typed.change_note, 2_000);
            input.finish()?;
            crate::needs::edit(op, permit, version, content, &note)
        })
        .await
    };
    let (errors, stale) = match made {
        Ok(need) => return Ok(saved(&visitor, &need, &action)),
        Err(Error::Invalid(errors)) => (errors, false),
        Err(Error::Stale) => (Vec::new(), true),
        Err(e) => return Err(e.into()),
    };
    let status = if stale { StatusCode::CONFLICT } else { UNPROCESSABLE };
    let rules = app.config.attachments.clone();
    page_with_status(&app, visitor, status, move |op| {
        let need = editable(op, &reference)?;
        edit_page(op, &need, Shown { typed, errors, stale }, &rules, root, language)
    })
    .await
}

// ---- the preview, and publishing ---------------------------------------------------------------------------------

#[derive(Serialize)]
struct PreviewPage {
    need: PreviewNeed,
    missing: Vec<Missing>,
    receivers: usize,
    publish_url: String,
    version: i32,
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
    cpv: Vec<CpvView>,
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
pub async fn preview(app: Data<App>, visitor: Visitor, reference: Path<String>) -> crate::web::Result {
    let (root, language) = (visitor.root, visitor.language());
    page(&app, visitor, move |op| preview_page(op, &reference, root, language)).await
}

fn preview_page(op: &mut Op<'_>, reference: &str, root: &str, language: Language) -> Result<PreviewPage> {
    let need = editable(op, reference)?;
    let buyer = tenancy::organisation(op.db(), need.tenant_id)?;
    let url = view::need_url(root, &need.reference);
    let d = &need.description.0;
    let text = |t: &str| Some(t.to_owned()).filter(|t| !t.is_empty());
    Ok(PreviewPage {
        missing: missing(&need.content(), op, language),
        receivers: receivers(op, &need)?,
        publish_url: format!("{url}/forhandsvis"),
        version: need.version,
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
            cpv: cpv_views(&need.cpv.0, language),
            budget_text: d.budget.as_ref().map(|b| wording::amount(b.amount, &b.currency, language)),
            deadline: need.response_deadline.map(|at| Deadline::new(at, op.now(), language)),
            contact: (!d.contact.email.is_empty()).then(|| PreviewContact {
                name: d.contact.name.clone(),
                email: d.contact.email.clone(),
                phone: d.contact.phone.clone(),
            }),
            attachments: attachments(op, &need, root, language)?
                .into_iter()
                .map(|a| PreviewAttachment { name: a.name, size_text: a.size, url: a.url })
                .collect(),
            url,
        },
    })
}

/// `POST /behov/{reference}/forhandsvis`
pub async fn publish(app: Data<App>, visitor: Visitor, reference: Path<String>, posted: Posted) -> crate::web::Result {
    let (root, language) = (visitor.root, visitor.language());
    let reference = reference.into_inner();
    let version: Option<i32> = posted.fields.get("version").parse().ok();
    let made = {
        let reference = reference.clone();
        app.write(visitor.caller(), move |op| {
            let need = store::find_by_reference(op.db(), &reference)?;
            let seen = version.is_none_or(|v| v == need.version);
            let permit = policy::publish(op.actor(), need)?;
            // What is published is what the buyer saw in the preview.
            if seen { crate::needs::publish(op, permit) } else { Err(Error::Stale) }
        })
        .await
    };
    match made {
        Ok(need) => Ok(see_other(&visitor, &format!("/behov/{}", need.reference), Flash::success("need-published"))),
        Err(Error::Invalid(_) | Error::Stale) => {
            page_with_status(&app, visitor, UNPROCESSABLE, move |op| preview_page(op, &reference, root, language)).await
        }
        Err(e) => Err(e.into()),
    }
}

// ---- withdrawing -------------------------------------------------------------------------------------------------

#[derive(Serialize)]
struct WithdrawPage {
    need: NeedHead,
    action: String,
    outcome_url: String,
    version: i32,
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
pub async fn withdraw_form(app: Data<App>, visitor: Visitor, reference: Path<String>) -> crate::web::Result {
    let (root, language) = (visitor.root, visitor.language());
    page(&app, visitor, move |op| withdraw_page(op, &reference, String::new(), &[], root, language)).await
}

fn withdraw_page(
    op: &mut Op<'_>,
    reference: &str,
    reason: String,
    errors: &[FieldError],
    root: &str,
    language: Language,
) -> Result<WithdrawPage> {
    let need = store::find_by_reference(op.db(), reference)?;
    let need = policy::publish(op.actor(), need)?.into_inner();
    let buyer = tenancy::organisation(op.db(), need.tenant_id)?;
    let errors = Errors::new(errors, language);
    let head = NeedHead::new(&need, &buyer.name, root, op.now(), language);
    Ok(WithdrawPage {
        action: format!("{}/trekk", head.url),
        outcome_url: format!("{}/utfall", head.url),
        version: need.version,
        told: crate::notifications::everyone_in(op, &need)?.len(),
        form: WithdrawForm { reason: errors.field("reason", reason) },
        errors,
        need: head,
    })
}

/// `POST /behov/{reference}/trekk`
pub async fn withdraw(app: Data<App>, visitor: Visitor, reference: Path<String>, posted: Posted) -> crate::web::Result {
    let (root, language) = (visitor.root, visitor.language());
    let reference = reference.into_inner();
    let reason = posted.fields.get("reason").to_owned();
    let made = {
        let (reference, reason) = (reference.clone(), reason.clone());
        app.write(visitor.caller(), move |op| {
            let need = store::find_by_reference(op.db(), &reference)?;
            let permit = policy::publish(op.actor(), need)?;
            let mut input = crate::input::Input::default();
            let reason = input.required_text("reason", &reason, 2_000);
            input.finish()?;
            crate::needs::withdraw(op, permit, &reason)
        })
        .await
    };
    match made {
        Ok(need) => Ok(see_other(&visitor, &format!("/behov/{}", need.reference), Flash::success("need-withdrawn"))),
        Err(Error::Invalid(errors)) => {
            page_with_status(&app, visitor, UNPROCESSABLE, move |op| {
                withdraw_page(op, &reference, reason, &errors, root, language)
            })
            .await
        }
        Err(e) => Err(e.into()),
    }
}

// ---- joining -----------------------------------------------------------------------------------------------------

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
pub async fn join_form(app: Data<App>, visitor: Visitor, reference: Path<String>) -> crate::web::Result {
    let (root, language) = (visitor.root, visitor.language());
    page(&app, visitor, move |op| join_page(op, &reference, String::new(), &[], root, language)).await
}

fn join_page(
    op: &mut Op<'_>,
    reference: &str,
    volume: String,
    errors: &[FieldError],
    root: &str,
    language: Language,
) -> Result<JoinPage> {
    let need = store::find_by_reference(op.db(), reference)?;
    let need = policy::join(op.actor(), need)?.into_inner();
    let buyer = tenancy::organisation(op.db(), need.tenant_id)?;
    let errors = Errors::new(errors, language);
    let head = NeedHead::new(&need, &buyer.name, root, op.now(), language);
    Ok(JoinPage {
        organisation: op.member()?.organisation_name,
        joiners: store::joiners_of(op.db(), need.id)?
            .into_iter()
            .map(|j| JoinerItem { name: j.name, volume: j.volume })
            .collect(),
        action: format!("{}/bli-med", head.url),
        form: JoinForm { volume: errors.field("volume", volume) },
        errors,
        need: head,
    })
}

/// `POST /behov/{reference}/bli-med`
pub async fn join(app: Data<App>, visitor: Visitor, reference: Path<String>, posted: Posted) -> crate::web::Result {
    let (root, language) = (visitor.root, visitor.language());
    let reference = reference.into_inner();
    let volume = posted.fields.get("volume").to_owned();
    let made = {
        let (reference, volume) = (reference.clone(), volume.clone());
        app.write(visitor.caller(), move |op| {
            let need = store::find_by_reference(op.db(), &reference)?;
            let permit = policy::join(op.actor(), need)?;
            let mut input = crate::input::Input::default();
            let volume = input.required_line("volume", &volume, 300);
            input.finish()?;
            crate::needs::join(op, permit, &volume)
        })
        .await
    };
    match made {
        Ok(need) => Ok(see_other(&visitor, &format!("/behov/{}", need.reference), Flash::success("need-joined"))),
        Err(Error::Invalid(errors)) => {
            page_with_status(&app, visitor, UNPROCESSABLE, move |op| {
                join_page(op, &reference, volume, &errors, root, language)
            })
            .await
        }
        Err(e) => Err(e.into()),
    }
}
