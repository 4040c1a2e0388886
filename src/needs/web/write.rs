//! Writing a need: the form of a new one, and of one that is there.
use super::form::{EffectRow, NeedForm, REMOVE, Typed, form_field};
use super::need_url;
use crate::dialogue::{self, FileChanges};
use crate::identity::shown_name;
use crate::input::{Input, both};
use crate::needs::{self, Content, Need, Status, Words, policy, store};
use crate::op::Op;
use crate::platform::config;
use crate::platform::language::Language;
use crate::platform::wording;
use crate::tenancy::{self, Organisation};
use crate::web::form::{self, Errors, Onward, Refused};
use crate::web::view::{Seen, When};
use crate::web::{self, Page, Posted, Unread, Visitor, page};
use crate::{App, Error, FieldError, Result, api, audit, notifications};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use serde::Serialize;

/// So many files can be sent with the form at once, in this field.
const FILES: usize = 5;
const FILE: &str = "file";
/// The button that uploads files to a need that is not published.
const ATTACH: &str = "attach";

#[derive(Serialize)]
struct FormPage {
    is_new: bool,
    is_published: bool,
    is_withdrawn: bool,
    action: String,
    need: Option<FormHead>,
    revision: i32,
    saved: Option<When>,
    conflict: Option<Conflict>,
    errors: Errors,
    missing: Vec<Missing>,
    advice: Vec<Missing>,
    attachments: Option<Attachments>,
    form: NeedForm,
    effects: Vec<EffectRow>,
    /// The row that the button adds, if there may be one more.
    next_effect: Option<usize>,
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
    /// How many get a mail when it is corrected.
    told: usize,
}

/// Someone else saved while this one was being written.
#[derive(Serialize)]
struct Conflict {
    who: String,
    when: When,
    url: String,
}

/// What a need must have before it can be published.
#[derive(Serialize)]
pub(super) struct Missing {
    field: String,
    message: String,
}

#[derive(Serialize)]
struct Attachments {
    items: Vec<AttachmentItem>,
    error: Option<String>,
    max_text: String,
    max_files: usize,
}

#[derive(Serialize)]
struct AttachmentItem {
    name: String,
    size_text: String,
    url: String,
    id: String,
    /// It is to go with the correction.
    removed: bool,
}

/// `GET /behov/nytt`
pub async fn new(app: Data<App>, visitor: Visitor) -> web::Result {
    let seen = Seen::by(&visitor);
    page(&app, visitor, move |op| {
        let own = own_organisation(op)?;
        let typed = Typed::empty(&op.member()?, &own);
        Ok(new_page(op, &typed, &[], &own, seen))
    })
    .await
}

fn own_organisation(op: &mut Op<'_>) -> Result<Organisation> {
    let tenant = policy::describe(op.actor())?.into_inner();
    tenancy::organisation(op.db(), tenant)
}

fn new_page(op: &Op<'_>, typed: &Typed, errors: &[FieldError], own: &Organisation, seen: Seen) -> FormPage {
    let Seen { root, language } = seen;
    let errors = Errors::new(errors, language).renamed(form_field);
    let effects = typed.effect_rows(&errors);
    FormPage {
        is_new: true,
        is_published: false,
        is_withdrawn: false,
        action: format!("{root}/behov/nytt"),
        need: None,
        revision: 0,
        saved: None,
        conflict: None,
        missing: Vec::new(),
        advice: Vec::new(),
        attachments: None,
        form: typed.form(&errors, own.municipality.as_deref(), wording::day_of(op.now()), language),
        next_effect: Typed::next_effect(&effects),
        effects,
        errors,
        title: language.text("needs-form-heading-new"),
    }
}

/// `POST /behov/nytt`
pub async fn create(app: Data<App>, visitor: Visitor, posted: Posted) -> web::Result {
    let seen = Seen::by(&visitor);
    let typed = Typed::of_form(&posted.fields);
    if typed.is_not_ready(&posted.fields) {
        return page(&app, visitor, move |op| {
            let own = own_organisation(op)?;
            Ok(new_page(op, &typed, &[], &own, seen))
        })
        .await;
    }
    let (words, unreadable) = typed.words(None);
    let action = posted.fields.get("action").to_owned();
    let made = form::once(&app, visitor.caller(), posted.key, move |op| {
        let tenant = policy::describe(op.actor())?;
        let content = parse(&words, unreadable, &action, seen.language, op)?;
        let need = needs::describe(op, tenant, content)?;
        saved(op, &need, None, &action)
    });
    let again = move |op: &mut Op<'_>, errors: &[FieldError]| {
        let own = own_organisation(op)?;
        Ok(new_page(op, &typed, errors, &own, seen))
    };
    form::answer(&app, visitor, made.await, again).await
}

/// Everything that is wrong, with what could not be read and with what was read. Whoever wants to publish is told at once what is
/// missing too: a draft may lack it.
fn parse(words: &Words, unreadable: Vec<FieldError>, action: &str, language: Language, op: &Op<'_>) -> Result<Content> {
    let (content, mut errors) = words.read(language, op.now());
    errors.extend(unreadable);
    if errors.is_empty() {
        return Ok(content);
    }
    if matches!(action, "preview" | "publish") {
        let is_told =
            |field: &str, errors: &[FieldError]| errors.iter().any(|e| e.field.split('.').next() == Some(field));
        let missing = content.missing(op.now()).into_iter().filter(|e| !is_told(&e.field, &errors));
        let missing: Vec<FieldError> = missing.collect();
        errors.extend(missing);
    }
    Err(Error::Invalid(errors))
}

/// Where the button leads that was pressed. `before`: the version that was there, if there was one.
fn saved(op: &mut Op<'_>, need: &Need, before: Option<i32>, action: &str) -> Result<Onward> {
    let base = need_url("", &need.reference);
    let rewritten = Onward::to(format!("{base}/rediger"));
    Ok(match action {
        _ if need.status == Status::Published => match before {
            Some(version) if version == need.version => rewritten.warning("need-unchanged"),
            _ if notifications::everyone_in(op, need)?.is_empty() => Onward::to(base).saying("need-corrected-alone"),
            _ => Onward::to(base).saying("need-corrected"),
        },
        "preview" | "publish" => Onward::to(format!("{base}/forhandsvis")),
        _ => rewritten.saying("need-saved"),
    })
}

/// `GET /behov/{reference}/rediger`
pub async fn edit(app: Data<App>, visitor: Visitor, reference: Path<String>) -> web::Result {
    let seen = Seen::by(&visitor);
    let rules = app.config.attachments.clone();
    page(&app, visitor, move |op| {
        let need = editable(op, &reference)?;
        let typed = Typed::of_content(&need.content());
        edit_page(op, &need, &typed, &[], &rules, seen)
    })
    .await
}

/// The need, unless nothing can be written of it any more.
pub(super) fn editable(op: &mut Op<'_>, reference: &str) -> Result<Need> {
    let need = store::find_by_reference(op.db(), reference)?;
    let need = policy::edit(op.actor(), need)?.into_inner();
    if need.status == Status::Concluded {
        return Err(Error::Conflict("need-concluded"));
    }
    Ok(need)
}

fn edit_page(
    op: &mut Op<'_>,
    need: &Need,
    typed: &Typed,
    errors: &[FieldError],
    rules: &config::Attachments,
    seen: Seen,
) -> Result<FormPage> {
    let language = seen.language;
    let own = tenancy::organisation(op.db(), need.tenant_id)?;
    let errors = Errors::new(errors, language).renamed(form_field);
    let published = need.status == Status::Published;
    let told = if published { notifications::everyone_in(op, need)?.len() } else { 0 };
    let url = need_url(seen.root, &need.reference);
    let effects = typed.effect_rows(&errors);
    // Of what stands in the form, whether it could be saved or not.
    let (content, _) = typed.words(Some(&need.content())).0.read(language, op.now());
    let wrong = |missing: &Missing| errors.of(&missing.field).is_some();
    let missing = if published { Vec::new() } else { missing(&content, op, language) };
    let missing = missing.into_iter().filter(|missing| !wrong(missing)).collect();
    Ok(FormPage {
        is_new: false,
        is_published: published,
        is_withdrawn: need.status == Status::Withdrawn,
        action: format!("{url}/rediger"),
        revision: need.revision,
        saved: Some(When::at(need.updated_at, language)),
        conflict: None,
        missing,
        advice: Vec::new(),
        attachments: Some(form_attachments(op, need, typed, &url, &errors, rules, language)?),
        form: typed.form(&errors, own.municipality.as_deref(), wording::day_of(op.now()), language),
        next_effect: Typed::next_effect(&effects),
        effects,
        errors,
        title: language.text(match need.status {
            Status::Published => "needs-form-heading-published",
            Status::Withdrawn => "needs-form-heading-withdrawn",
            Status::Draft | Status::Concluded => "needs-form-heading-draft",
        }),
        need: Some(FormHead {
            reference: need.reference.clone(),
            title: need.title.clone(),
            withdraw_url: format!("{url}/trekk"),
            url,
            told,
        }),
    })
}

fn conflict(op: &mut Op<'_>, need: &Need, seen: Seen) -> Result<Conflict> {
    let who = audit::last_editor(op.db(), need.id)?.unwrap_or_default();
    Ok(Conflict {
        who: shown_name(who, seen.language),
        when: seen.when(need.updated_at),
        url: need_url(seen.root, &need.reference),
    })
}

pub(super) fn missing(content: &Content, op: &Op<'_>, language: Language) -> Vec<Missing> {
    content
        .missing(op.now())
        .iter()
        .map(|e| Missing { field: form_field(&e.field), message: wording::sentence(e, language) })
        .collect()
}

fn form_attachments(
    op: &mut Op<'_>,
    need: &Need,
    typed: &Typed,
    url: &str,
    errors: &Errors,
    rules: &config::Attachments,
    language: Language,
) -> Result<Attachments> {
    let items = dialogue::attachments_of_need(op.db(), need.id)?
        .into_iter()
        .map(|a| AttachmentItem {
            size_text: wording::size(a.bytes, language),
            url: format!("{url}/vedlegg/{}", a.id),
            id: a.id.to_string(),
            removed: typed.removed.contains(&a.id.to_string()),
            name: a.name,
        })
        .collect();
    let max_files = FILES.min(rules.max_files);
    Ok(Attachments { items, error: errors.of(FILE), max_text: rules.largest(language), max_files })
}

/// `POST /behov/{reference}/rediger`. Saves a draft, or corrects a published need, with the files that are in the form; or does something
/// to the files of a draft alone, or to the form itself: then what was typed stands in the form still.
pub async fn save(app: Data<App>, visitor: Visitor, reference: Path<String>, form: Unread) -> web::Result {
    let (reference, seen) = (reference.into_inner(), Seen::by(&visitor));
    let of_need = reference.clone();
    let may_write = move |op: &mut Op<'_>| {
        op.member()?;
        Ok(editable(op, &of_need)?.status == Status::Published)
    };
    let is_published = match app.read(visitor.caller(), may_write).await {
        Ok(is_published) => is_published,
        Err(e) => return Err(form.keep_typed(e, FILES).await.into()),
    };
    let posted = form.read(FILES).await?;
    let typed = Typed::of_form(&posted.fields);
    let revision: Option<i32> = posted.fields.get("revision").parse().ok();
    let action = posted.fields.get("action").to_owned();
    // Of a published need everybody reads the files: they come and go with the correction, and are told of with it.
    let is_of_files = action == ATTACH || (posted.fields.has(REMOVE) && !is_published);
    if is_of_files || typed.is_not_ready(&posted.fields) {
        return not_saved(&app, visitor, reference, posted, typed, revision, is_published).await;
    }
    let chosen = names_of(&posted);
    let written = if chosen.is_empty() { Ok(Vec::new()) } else { dialogue::web::written(&app, posted.files).await };
    let (files, unfit) = match written {
        Ok(files) => (files, Vec::new()),
        Err(Error::Invalid(errors)) => (Vec::new(), errors),
        Err(e) => return Err(e.into()),
    };
    let rules = app.config.attachments.clone();
    let (of_need, words, attachments) = (reference.clone(), typed.clone(), app.attachments.clone());
    let made = form::once(&app, visitor.caller(), posted.key, move |op| {
        let need = store::find_by_reference(op.db(), &of_need)?;
        let (before, version, status) = (need.content(), need.version, need.status);
        let permit = policy::edit(op.actor(), need)?;
        let (content, mut unreadable) = words.words(Some(&before));
        unreadable.extend(unfit);
        let content = parse(&content, unreadable, &action, seen.language, op);
        let mut input = Input::default();
        // What cannot be taken was to be a correction; of what can, the verb knows whether it is one.
        let is_correction = status == Status::Published && content.is_err();
        let note = needs::change_note(&mut input, &words.change_note, is_correction);
        let (content, note) = both(content, input.finish().map(|()| note))?;
        let removed = words.removed.iter().map(|id| api::id(id, "the attachment")).collect::<Result<_>>()?;
        let files = FileChanges { added: files, removed };
        let need = dialogue::edit_with_files(op, permit, revision, content, files, &note, &attachments)?;
        saved(op, &need, Some(version), &action)
    });
    let (refused, stale) = match made.await {
        Ok(onward) => return Ok(onward.go(&visitor)),
        // Someone else has saved since the form was opened: both are shown.
        Err(Error::Stale) => (Refused::with(StatusCode::CONFLICT, Vec::new()), true),
        Err(e) => (Refused::of(e)?, false),
    };
    // Whoever has seen what a colleague saved may replace it; whoever must mend something first has not seen it.
    let revision = revision.filter(|_| !stale);
    let again = move |op: &mut Op<'_>, errors: &[FieldError]| {
        let need = editable(op, &reference)?;
        let conflict = stale.then(|| conflict(op, &need, seen)).transpose()?;
        let revision = revision.unwrap_or(need.revision);
        let errors = told_of_files(errors, &chosen, "file-again");
        Ok(FormPage { conflict, revision, ..edit_page(op, &need, &typed, &errors, &rules, seen)? })
    };
    form::show(&app, visitor, refused, again).await
}

fn names_of(posted: &Posted) -> Vec<String> {
    posted.files.iter().map(|file| file.name.clone()).collect()
}

/// A browser forgets the files that were `chosen`.
fn told_of_files(errors: &[FieldError], chosen: &[String], code: &'static str) -> Vec<FieldError> {
    let mut errors = errors.to_vec();
    if !errors.iter().any(|error| form_field(&error.field) == FILE) {
        errors.extend(chosen.iter().map(|name| FieldError::new(FILE, code).with("name", name)));
    }
    errors
}

/// The form as it was typed, once its files are seen to: those that are in it are attached to a draft, since a browser would forget
/// them. Of a published need they must be chosen again, when it is corrected.
async fn not_saved(
    app: &App,
    visitor: Visitor,
    reference: String,
    posted: Posted,
    typed: Typed,
    revision: Option<i32>,
    is_published: bool,
) -> web::Result {
    let (seen, of_need, rules) = (Seen::by(&visitor), reference.clone(), app.config.attachments.clone());
    let lost = if is_published { names_of(&posted) } else { Vec::new() };
    let removed = posted.fields.filter(REMOVE);
    let done = match removed {
        _ if is_published => None,
        Some(id) => Some(dialogue::web::detach(app, &visitor, of_need, &id, posted.key).await),
        None if posted.files.is_empty() && posted.fields.get("action") != ATTACH => None,
        None => Some(dialogue::web::attach(app, &visitor, of_need, posted.files, posted.key).await),
    };
    let (visitor, refused) = match done {
        Some(Ok(done)) => (done.said_to(visitor), Refused::not_yet()),
        // A colleague was first to take it away.
        None | Some(Err(Error::NotFound(_))) => (visitor, Refused::not_yet()),
        Some(Err(e)) => (visitor, Refused::of(e)?),
    };
    form::show(app, visitor, refused, move |op, errors| {
        let need = editable(op, &reference)?;
        let errors = told_of_files(errors, &lost, "file-not-yet");
        let shown = edit_page(op, &need, &typed, &errors, &rules, seen)?;
        Ok(FormPage { revision: revision.unwrap_or(need.revision), ..shown })
    })
    .await
}
