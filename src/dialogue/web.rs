//! The dialogue as pages: questions, responses, outcome, attachments.
use super::store::Received;
use super::{AttachmentId, NewFile, NewResponse, Outcome, OutcomeKind, Question, QuestionId, Response, ResponseId};
use super::{policy, store};
use crate::needs::{self, Need, NeedId, Status};
use crate::op::Op;
use crate::platform::config;
use crate::platform::db::types::Timestamp;
use crate::platform::language::Language;
use crate::platform::wording;
use crate::suppliers::SupplierKind;
use crate::web::form::{Choice, Errors};
use crate::web::view::{NeedHead, When, need_url, with_parameter};
use crate::web::{Field, Fields, Flash, Page, Posted, Upload, Visitor, download, page, page_with_status, see_other};
use crate::{App, Error, FieldError, Result, api, notifications, tenancy};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use serde::Serialize;

/// So many responses stand on a page.
const PAGE: usize = 50;
/// So many files can be sent with a response; more can be added through the API.
const FILES: usize = 3;

/// Where a page is seen from: what its links begin with, and its language.
#[derive(Debug, Clone, Copy)]
struct Seen {
    root: &'static str,
    language: Language,
}

impl Seen {
    fn by(visitor: &Visitor) -> Self {
        Self { root: visitor.root, language: visitor.language() }
    }
    fn need(self, need: &Need) -> String {
        need_url(self.root, &need.reference)
    }
    fn when(self, at: Timestamp) -> When {
        When::at(at, self.language)
    }
}

/// A thing of another need than the address says is not there.
fn belongs(to: NeedId, need: &Need, what: &'static str) -> Result<()> {
    if to == need.id { Ok(()) } else { Err(Error::NotFound(what)) }
}

fn head(op: &mut Op<'_>, need: &Need, seen: Seen) -> Result<NeedHead> {
    let buyer = tenancy::organisation(op.db(), need.tenant_id)?;
    Ok(NeedHead::new(need, &buyer.name, seen.root, op.now(), seen.language))
}

/// The fields of a form have other names than those of the thing.
fn renamed(mut errors: Vec<FieldError>, from: &str, to: &'static str) -> Vec<FieldError> {
    for error in errors.iter_mut().filter(|e| e.field == from) {
        error.field = to.into();
    }
    errors
}

// ---- questions ---------------------------------------------------------------------------------------------------

/// `POST /behov/{reference}/sporsmal`
pub async fn ask(app: Data<App>, visitor: Visitor, path: Path<String>, posted: Posted) -> crate::web::Result {
    let reference = path.into_inner();
    let typed = posted.fields.get("text").to_owned();
    let (of_need, text) = (reference.clone(), typed.clone());
    let asked = app.write(visitor.caller(), move |op| {
        op.member()?;
        let need = needs::find_by_reference(op.db(), &of_need)?;
        let permit = policy::ask(op.actor(), need)?;
        let text = super::question_text(&text)?;
        super::ask(op, permit, text)
    });
    match asked.await {
        Ok(_) => {
            let to = format!("{}#questions", need_url("", &reference));
            Ok(see_other(&visitor, &to, Flash::success("question-asked")))
        }
        Err(Error::Invalid(errors)) => needs::web::show_with(app, visitor, reference, Some((typed, errors))).await,
        Err(e) => Err(e.into()),
    }
}

#[derive(Serialize)]
struct AnswerPage {
    need: NeedHead,
    question: QuestionView,
    action: String,
    edit_url: String,
    /// How many get a mail.
    told: usize,
    errors: Errors,
    form: AnswerForm,
}

#[derive(Serialize)]
struct QuestionView {
    text: String,
    asked: When,
}

#[derive(Serialize)]
struct AnswerForm {
    answer: Field,
}

impl Page for AnswerPage {
    const TEMPLATE: &'static str = "web/dialogue/answer";
    fn title(&self, language: Language) -> String {
        language.text("dialogue-answer-heading")
    }
}

/// The question in the address, if it may be answered.
fn to_answer(op: &mut Op<'_>, path: &(String, String)) -> Result<(Need, tenancy::Permit<policy::Answer, Question>)> {
    op.member()?;
    let need = needs::find_by_reference(op.db(), &path.0)?;
    let id: QuestionId = api::id(&path.1, "the question")?;
    let question = super::find_question(op.db(), id)?;
    belongs(question.need_id, &need, "the question")?;
    let permit = policy::answer(op.actor(), question, &need)?;
    Ok((need, permit))
}

fn answer_page(
    op: &mut Op<'_>,
    path: &(String, String),
    seen: Seen,
    typed: Option<String>,
    errors: &[FieldError],
) -> Result<AnswerPage> {
    let (need, permit) = to_answer(op, path)?;
    let question = permit.into_inner();
    let url = seen.need(&need);
    let errors = Errors::new(errors, seen.language);
    let answer = typed.or(question.answer).unwrap_or_default();
    Ok(AnswerPage {
        need: head(op, &need, seen)?,
        question: QuestionView { text: question.text, asked: seen.when(question.asked_at) },
        action: format!("{url}/sporsmal/{}", question.id),
        edit_url: format!("{url}/rediger"),
        told: notifications::everyone_in(op, &need)?.len(),
        form: AnswerForm { answer: errors.field("answer", answer) },
        errors,
    })
}

/// `GET /behov/{reference}/sporsmal/{id}`
pub async fn answer_form(app: Data<App>, visitor: Visitor, path: Path<(String, String)>) -> crate::web::Result {
    let seen = Seen::by(&visitor);
    page(&app, visitor, move |op| answer_page(op, &path, seen, None, &[])).await
}

/// `POST /behov/{reference}/sporsmal/{id}`
pub async fn answer(
    app: Data<App>,
    visitor: Visitor,
    path: Path<(String, String)>,
    posted: Posted,
) -> crate::web::Result {
    let path = path.into_inner();
    let typed = posted.fields.get("answer").to_owned();
    let (at, text) = (path.clone(), typed.clone());
    let answered = app.write(visitor.caller(), move |op| {
        let (_, permit) = to_answer(op, &at)?;
        let text = super::answer_text(&text)?;
        super::answer(op, permit, text)
    });
    match answered.await {
        Ok(_) => {
            let to = format!("{}#questions", need_url("", &path.0));
            Ok(see_other(&visitor, &to, Flash::success("question-answered")))
        }
        Err(Error::Invalid(errors)) => {
            let (seen, errors) = (Seen::by(&visitor), renamed(errors, "text", "answer"));
            let again = move |op: &mut Op<'_>| answer_page(op, &path, seen, Some(typed), &errors);
            page_with_status(&app, visitor, StatusCode::UNPROCESSABLE_ENTITY, again).await
        }
        Err(e) => Err(e.into()),
    }
}

// ---- a response is written ---------------------------------------------------------------------------------------

#[derive(Serialize)]
struct RespondPage {
    need: NeedHead,
    organisation: String,
    action: String,
    errors: Errors,
    form: RespondForm,
    open_confidential: bool,
    open_files: bool,
    files: Vec<FileSlot>,
    max_text: String,
}

#[derive(Serialize)]
struct RespondForm {
    text: Field,
    confidential_text: Field,
    confidential_reason: Field,
}

#[derive(Serialize)]
struct FileSlot {
    index: usize,
    number: usize,
    confidential: bool,
    error: Option<String>,
}

impl Page for RespondPage {
    const TEMPLATE: &'static str = "web/dialogue/respond";
    fn title(&self, language: Language) -> String {
        language.text("dialogue-respond-heading")
    }
}

/// What stands in the form of a response.
#[derive(Debug, Clone, Default)]
struct ResponseWords {
    text: String,
    confidential_text: String,
    confidential_reason: String,
    confidential_files: [bool; FILES],
}

impl ResponseWords {
    fn of(fields: &Fields) -> Self {
        Self {
            text: fields.get("text").to_owned(),
            confidential_text: fields.get("confidential_text").to_owned(),
            confidential_reason: fields.get("confidential_reason").to_owned(),
            confidential_files: std::array::from_fn(|i| fields.get(&format!("file_{i}_confidential")) == "yes"),
        }
    }

    /// Everything that is wrong with words and files at once.
    fn parse(&self, uploads: Vec<Upload>, rules: &config::Attachments) -> Result<(NewResponse, Vec<NewFile>)> {
        let (mut files, mut errors) = (Vec::new(), Vec::new());
        for upload in uploads {
            let Some(index) = (0..FILES).find(|i| upload.field == format!("file_{i}")) else { continue };
            let confidential = self.confidential_files.get(index).copied().unwrap_or(false);
            match NewFile::parse(&upload.name, upload.content, confidential, rules) {
                Ok(file) => files.push(file),
                Err(e) => errors.push(FieldError { field: upload.field.into(), ..e }),
            }
        }
        match NewResponse::parse(&self.text, &self.confidential_text, &self.confidential_reason, &files) {
            Ok(new) if errors.is_empty() => return Ok((new, files)),
            Ok(_) => {}
            Err(Error::Invalid(wrong)) => {
                errors.splice(..0, wrong);
            }
            Err(e) => return Err(e),
        }
        Err(Error::Invalid(errors))
    }
}

fn respond_page(
    op: &mut Op<'_>,
    need: &Need,
    seen: Seen,
    words: ResponseWords,
    errors: &[FieldError],
    rules: &config::Attachments,
) -> Result<RespondPage> {
    let errors = Errors::new(errors, seen.language).renamed(|field| match field {
        "body" => "text".to_owned(),
        "confidential" => "confidential_text".to_owned(),
        "attachments" => "file_0".to_owned(),
        other => other.to_owned(),
    });
    let files: Vec<FileSlot> = (words.confidential_files.iter().enumerate())
        .map(|(index, confidential)| FileSlot {
            index,
            number: index + 1,
            confidential: *confidential,
            error: errors.of(&format!("file_{index}")),
        })
        .collect();
    let form = RespondForm {
        text: errors.field("text", words.text),
        confidential_text: errors.field("confidential_text", words.confidential_text),
        confidential_reason: errors.field("confidential_reason", words.confidential_reason),
    };
    let filled = |field: &Field| !field.value.is_empty() || field.error.is_some();
    Ok(RespondPage {
        need: head(op, need, seen)?,
        organisation: op.member()?.organisation_name,
        action: format!("{}/svar/nytt", seen.need(need)),
        open_confidential: filled(&form.confidential_text) || filled(&form.confidential_reason),
        // A browser forgets the files: whoever had some must see that they are gone.
        open_files: files.iter().any(|f| f.confidential || f.error.is_some()),
        form,
        files,
        errors,
        max_text: rules.largest(seen.language),
    })
}

fn to_respond(op: &mut Op<'_>, reference: &str) -> Result<tenancy::Permit<policy::Respond, Need>> {
    op.member()?;
    let need = needs::find_by_reference(op.db(), reference)?;
    policy::respond(op.actor(), need)
}

/// `GET /behov/{reference}/svar/nytt`
pub async fn respond_form(app: Data<App>, visitor: Visitor, path: Path<String>) -> crate::web::Result {
    let seen = Seen::by(&visitor);
    let rules = app.config.attachments.clone();
    page(&app, visitor, move |op| {
        let need = to_respond(op, &path)?.into_inner();
        need.open_for_dialogue(op.now())?;
        respond_page(op, &need, seen, ResponseWords::default(), &[], &rules)
    })
    .await
}

/// `POST /behov/{reference}/svar/nytt`
pub async fn respond(app: Data<App>, visitor: Visitor, path: Path<String>, posted: Posted) -> crate::web::Result {
    let reference = path.into_inner();
    let words = ResponseWords::of(&posted.fields);
    let had_files = !posted.files.is_empty();
    let parsed = words.parse(posted.files, app.attachments.rules());
    let (of_need, attachments) = (reference.clone(), app.attachments.clone());
    let sent = app.write(visitor.caller(), move |op| {
        let permit = to_respond(op, &of_need)?;
        let (new, files) = parsed?;
        super::respond(op, permit, new, files, &attachments)
    });
    let (status, errors) = match sent.await {
        Ok(response) => {
            let to = format!("{}/svar/{}", need_url("", &reference), response.id);
            return Ok(see_other(&visitor, &to, Flash::success("response-sent")));
        }
        Err(Error::Invalid(errors)) => (StatusCode::UNPROCESSABLE_ENTITY, errors),
        // Too late; but what was written should not be lost with it.
        Err(Error::Conflict(code)) => (StatusCode::CONFLICT, vec![FieldError::new("body", code)]),
        Err(e) => return Err(e.into()),
    };
    let seen = Seen::by(&visitor);
    let rules = app.config.attachments.clone();
    page_with_status(&app, visitor, status, move |op| {
        let need = to_respond(op, &reference)?.into_inner();
        let mut page = respond_page(op, &need, seen, words, &errors, &rules)?;
        page.open_files |= had_files;
        Ok(page)
    })
    .await
}

// ---- responses are received --------------------------------------------------------------------------------------

#[derive(Serialize)]
struct ResponsesPage {
    need: NeedHead,
    counts: Counts,
    responses: Vec<ResponseRow>,
    next_url: Option<String>,
    outcome_url: Option<String>,
}

#[derive(Serialize)]
struct Counts {
    total: i64,
    unread: i64,
    unthanked: i64,
}

#[derive(Serialize)]
struct ResponseRow {
    url: String,
    supplier: String,
    kind_text: String,
    sent: When,
    read: Option<When>,
    thanked: Option<When>,
    /// Does it have a confidential part?
    confidential: bool,
}

impl Page for ResponsesPage {
    const TEMPLATE: &'static str = "web/dialogue/responses";
    fn title(&self, language: Language) -> String {
        language.text("dialogue-responses-heading")
    }
}

fn kind_text(kind: Option<SupplierKind>, language: Language) -> String {
    kind.map(|kind| language.text(&format!("suppliers-kind-{}", kind.as_str()))).unwrap_or_default()
}

/// `GET /behov/{reference}/svar`
pub async fn responses(app: Data<App>, visitor: Visitor, path: Path<String>, query: Fields) -> crate::web::Result {
    let seen = Seen::by(&visitor);
    let here = format!("{}{}", visitor.root, visitor.path);
    page(&app, visitor, move |op| {
        op.member()?;
        let need = needs::find_by_reference(op.db(), &path)?;
        let need = policy::read_responses(op.actor(), need)?.into_inner();
        let before = query.filter("cursor").map(|cursor| api::decode::<ResponseId>(&cursor)).transpose()?;
        let rows = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
        let found = store::newest_received(op.db(), need.id, before, rows)?;
        let (total, read, thanked) = store::progress(op.db(), need.id)?;
        let url = seen.need(&need);
        let page = api::Page::cut(found, PAGE, total, |r| r.response.id, |r| row(r, &url, seen));
        let can_conclude = need.status == Status::Published && policy::conclude(op.actor(), need.clone()).is_ok();
        Ok(ResponsesPage {
            need: head(op, &need, seen)?,
            counts: Counts { total, unread: total - read, unthanked: total - thanked },
            responses: page.items,
            next_url: page.next.map(|cursor| with_parameter(&here, "cursor", &cursor)),
            outcome_url: can_conclude.then(|| format!("{url}/utfall")),
        })
    })
    .await
}

fn row(received: Received, need_url: &str, seen: Seen) -> ResponseRow {
    let response = received.response;
    ResponseRow {
        url: format!("{need_url}/svar/{}", response.id),
        supplier: received.supplier_name,
        kind_text: kind_text(received.kind, seen.language),
        sent: seen.when(response.sent_at),
        read: response.read_at.map(|at| seen.when(at)),
        thanked: response.thanked_at.map(|at| seen.when(at)),
        confidential: !response.confidential.is_empty(),
    }
}

#[derive(Serialize)]
struct ResponsePage {
    is_buyer: bool,
    need: NeedHead,
    response: ResponseView,
    outcome: Option<OutcomeView>,
    read_url: Option<String>,
    thank_url: Option<String>,
    list_url: Option<String>,
    errors: Errors,
    form: ThanksForm,
}

#[derive(Serialize)]
struct ResponseView {
    supplier: String,
    supplier_url: String,
    kind_text: String,
    sent: When,
    read: Option<When>,
    thanked: Option<ThanksView>,
    text: String,
    confidential_text: Option<String>,
    confidential_reason: Option<String>,
    attachments: Vec<AttachmentView>,
}

#[derive(Serialize)]
struct ThanksView {
    when: When,
    text: String,
}

#[derive(Serialize)]
struct AttachmentView {
    name: String,
    size_text: String,
    url: String,
    confidential: bool,
}

#[derive(Serialize)]
struct OutcomeView {
    kind_text: String,
    text: String,
    when: When,
}

#[derive(Serialize)]
struct ThanksForm {
    thanks: Field,
}

impl Page for ResponsePage {
    const TEMPLATE: &'static str = "web/dialogue/response";
    fn title(&self, language: Language) -> String {
        if self.is_buyer {
            let supplier = self.response.supplier.as_str().into();
            return language.text_with("dialogue-response-heading-buyer", [("supplier", supplier)]);
        }
        language.text("dialogue-response-heading-supplier")
    }
}

fn outcome_view(outcome: Outcome, seen: Seen) -> OutcomeView {
    OutcomeView {
        kind_text: seen.language.text(&format!("needs-outcome-{}", outcome.kind.as_str())),
        text: outcome.text,
        when: seen.when(outcome.told_at),
    }
}

fn some(text: String) -> Option<String> {
    Some(text).filter(|t| !t.is_empty())
}

fn response_page(
    op: &mut Op<'_>,
    path: &(String, String),
    seen: Seen,
    typed: String,
    errors: &[FieldError],
) -> Result<ResponsePage> {
    op.member()?;
    let need = needs::find_by_reference(op.db(), &path.0)?;
    let id: ResponseId = api::id(&path.1, "the response")?;
    let Received { response, supplier_number, supplier_name, kind } = store::received(op.db(), id)?;
    belongs(response.need_id, &need, "the response")?;
    let response = policy::read_response(op.actor(), response)?.into_inner();
    let is_buyer = op.actor().belongs_to(need.tenant_id);
    let may_receive = policy::receive(op.actor(), response.clone()).is_ok();
    let url = seen.need(&need);
    let own = format!("{url}/svar/{}", response.id);
    let attachments = super::attachments_of_responses(op.db(), &[response.id])?
        .into_iter()
        .map(|a| AttachmentView {
            url: format!("{url}/vedlegg/{}", a.id),
            size_text: wording::size(a.bytes, seen.language),
            name: a.name,
            confidential: a.confidential,
        })
        .collect();
    let errors = Errors::new(errors, seen.language);
    let thanked = response.thanked_at.zip(response.thanks);
    Ok(ResponsePage {
        is_buyer,
        need: head(op, &need, seen)?,
        outcome: super::outcome(op.db(), need.id)?.map(|outcome| outcome_view(outcome, seen)),
        read_url: (may_receive && response.read_at.is_none()).then(|| format!("{own}/lest")),
        thank_url: (may_receive && thanked.is_none()).then(|| format!("{own}/takk")),
        list_url: is_buyer.then(|| format!("{url}/svar")),
        form: ThanksForm { thanks: errors.field("thanks", typed) },
        errors,
        response: ResponseView {
            supplier: supplier_name,
            supplier_url: format!("{}/leverandorer/{supplier_number}", seen.root),
            kind_text: kind_text(kind, seen.language),
            sent: seen.when(response.sent_at),
            read: response.read_at.map(|at| seen.when(at)),
            thanked: thanked.map(|(at, text)| ThanksView { when: seen.when(at), text }),
            text: response.body,
            confidential_text: some(response.confidential),
            confidential_reason: some(response.confidential_reason),
            attachments,
        },
    })
}

/// `GET /behov/{reference}/svar/{id}`
pub async fn response(app: Data<App>, visitor: Visitor, path: Path<(String, String)>) -> crate::web::Result {
    let seen = Seen::by(&visitor);
    page(&app, visitor, move |op| response_page(op, &path, seen, String::new(), &[])).await
}

/// The response in the address, if it may be marked and thanked for.
fn to_receive(op: &mut Op<'_>, path: &(String, String)) -> Result<tenancy::Permit<policy::Receive, Response>> {
    op.member()?;
    let need = needs::find_by_reference(op.db(), &path.0)?;
    let id: ResponseId = api::id(&path.1, "the response")?;
    let response = super::find_response(op.db(), id)?;
    belongs(response.need_id, &need, "the response")?;
    policy::receive(op.actor(), response)
}

/// `POST /behov/{reference}/svar/{id}/lest`
pub async fn mark_read(
    app: Data<App>,
    visitor: Visitor,
    path: Path<(String, String)>,
    _posted: Posted,
) -> crate::web::Result {
    let path = path.into_inner();
    let to = format!("{}/svar/{}", need_url("", &path.0), path.1);
    app.write(visitor.caller(), move |op| {
        let permit = to_receive(op, &path)?;
        super::mark_read(op, permit)
    })
    .await?;
    Ok(see_other(&visitor, &to, Flash::success("response-read")))
}

/// `POST /behov/{reference}/svar/{id}/takk`
pub async fn thank(
    app: Data<App>,
    visitor: Visitor,
    path: Path<(String, String)>,
    posted: Posted,
) -> crate::web::Result {
    let path = path.into_inner();
    let typed = posted.fields.get("thanks").to_owned();
    let (at, text) = (path.clone(), typed.clone());
    let thanked = app.write(visitor.caller(), move |op| {
        let permit = to_receive(op, &at)?;
        let text = super::thanks_text(&text)?;
        super::thank(op, permit, text)
    });
    match thanked.await {
        Ok(_) => {
            let to = format!("{}/svar/{}", need_url("", &path.0), path.1);
            Ok(see_other(&visitor, &to, Flash::success("response-thanked")))
        }
        Err(Error::Invalid(errors)) => {
            let (seen, errors) = (Seen::by(&visitor), renamed(errors, "text", "thanks"));
            let again = move |op: &mut Op<'_>| response_page(op, &path, seen, typed, &errors);
            page_with_status(&app, visitor, StatusCode::UNPROCESSABLE_ENTITY, again).await
        }
        Err(e) => Err(e.into()),
    }
}

// ---- the outcome -------------------------------------------------------------------------------------------------

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

#[derive(Serialize)]
struct Choices {
    options: Vec<Choice>,
    error: Option<String>,
}

impl Page for OutcomePage {
    const TEMPLATE: &'static str = "web/dialogue/outcome";
    fn title(&self, language: Language) -> String {
        language.text("dialogue-outcome-heading")
    }
}

fn outcome_page(
    op: &mut Op<'_>,
    reference: &str,
    seen: Seen,
    kind: &str,
    text: String,
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
            selected: k.as_str() == kind,
        })
        .collect();
    Ok(OutcomePage {
        need: head(op, &need, seen)?,
        told: notifications::everyone_in(op, &need)?.len(),
        action: format!("{}/utfall", seen.need(&need)),
        form: OutcomeForm { kind: Choices { options, error: errors.of("kind") }, text: errors.field("text", text) },
        errors,
    })
}

fn to_conclude(op: &mut Op<'_>, reference: &str) -> Result<tenancy::Permit<policy::Conclude, Need>> {
    op.member()?;
    let need = needs::find_by_reference(op.db(), reference)?;
    policy::conclude(op.actor(), need)
}

/// `GET /behov/{reference}/utfall`
pub async fn outcome_form(app: Data<App>, visitor: Visitor, path: Path<String>) -> crate::web::Result {
    let seen = Seen::by(&visitor);
    page(&app, visitor, move |op| outcome_page(op, &path, seen, "", String::new(), &[])).await
}

/// `POST /behov/{reference}/utfall`
pub async fn conclude(app: Data<App>, visitor: Visitor, path: Path<String>, posted: Posted) -> crate::web::Result {
    let reference = path.into_inner();
    let (kind, text) = (posted.fields.get("kind").to_owned(), posted.fields.get("text").to_owned());
    let typed = (reference.clone(), kind.clone(), text.clone());
    let concluded = app.write(visitor.caller(), move |op| {
        let (reference, kind, text) = typed;
        let permit = to_conclude(op, &reference)?;
        let (kind, text) = super::outcome_words(&kind, &text)?;
        super::conclude(op, permit, kind, text)
    });
    match concluded.await {
        Ok(_) => Ok(see_other(&visitor, &need_url("", &reference), Flash::success("outcome-told"))),
        Err(Error::Invalid(errors)) => {
            let seen = Seen::by(&visitor);
            let again = move |op: &mut Op<'_>| outcome_page(op, &reference, seen, &kind, text, &errors);
            page_with_status(&app, visitor, StatusCode::UNPROCESSABLE_ENTITY, again).await
        }
        Err(e) => Err(e.into()),
    }
}

// ---- attachments -------------------------------------------------------------------------------------------------

/// `POST /behov/{reference}/vedlegg`: attaches what is in the form, or takes away (`action=remove`, `id`).
pub async fn attach(app: Data<App>, visitor: Visitor, path: Path<String>, posted: Posted) -> crate::web::Result {
    let reference = path.into_inner();
    if posted.fields.get("action") == "remove" {
        return remove(&app, &visitor, reference, posted.fields.get("id")).await;
    }
    let (of_need, attachments) = (reference.clone(), app.attachments.clone());
    let attached = app.write(visitor.caller(), move |op| {
        let permit = to_attach(op, &of_need)?;
        let files = public_files(posted.files, attachments.rules())?;
        super::attach(op, permit, files, &attachments)
    });
    let flash = match attached.await {
        Ok(_) => Flash::success("attachment-added"),
        // There is one file and nothing else in the form, so a word about it is enough.
        Err(Error::Invalid(errors)) => Flash::warning(refused(errors.first().map_or("", |e| e.code))),
        Err(e) => return Err(e.into()),
    };
    Ok(see_other(&visitor, &attachments_of(&reference), flash))
}

/// `POST /behov/{reference}/vedlegg/{id}/fjern`
pub async fn detach(
    app: Data<App>,
    visitor: Visitor,
    path: Path<(String, String)>,
    _posted: Posted,
) -> crate::web::Result {
    let (reference, id) = path.into_inner();
    remove(&app, &visitor, reference, &id).await
}

async fn remove(app: &App, visitor: &Visitor, reference: String, id: &str) -> crate::web::Result {
    let (to, id) = (attachments_of(&reference), api::id(id, "the attachment")?);
    app.write(visitor.caller(), move |op| {
        let permit = to_attach(op, &reference)?;
        super::detach(op, permit, id)
    })
    .await?;
    Ok(see_other(visitor, &to, Flash::success("attachment-removed")))
}

/// Where the attachments of a need are edited.
fn attachments_of(reference: &str) -> String {
    format!("{}/rediger#attachments", need_url("", reference))
}

fn to_attach(op: &mut Op<'_>, reference: &str) -> Result<tenancy::Permit<policy::Attach, Need>> {
    op.member()?;
    let need = needs::find_by_reference(op.db(), reference)?;
    policy::attach(op.actor(), need)
}

fn public_files(uploads: Vec<Upload>, rules: &config::Attachments) -> Result<Vec<NewFile>> {
    if uploads.is_empty() {
        return Err(Error::field("file", "required"));
    }
    let files = uploads.into_iter().map(|u| NewFile::parse(&u.name, u.content, false, rules));
    files.collect::<Result<_, FieldError>>().map_err(|e| Error::Invalid(vec![e]))
}

fn refused(code: &str) -> &'static str {
    match code {
        "required" => "attachment-missing",
        "file-empty" => "attachment-empty",
        "file-name" => "attachment-name",
        "file-too-large" => "attachment-too-large",
        "too-many" => "attachment-too-many",
        _ => "attachment-type",
    }
}

/// `GET /behov/{reference}/vedlegg/{id}`
pub async fn attachment(app: Data<App>, visitor: Visitor, path: Path<(String, String)>) -> crate::web::Result {
    let (reference, id) = path.into_inner();
    let id: AttachmentId = api::id(&id, "the attachment")?;
    let permit = app
        .read(visitor.caller(), move |op| {
            let need = needs::find_by_reference(op.db(), &reference)?;
            let attachment = super::attachment(op.db(), id)?;
            belongs(attachment.need_id, &need, "the attachment")?;
            policy::download(op.actor(), attachment, &need)
        })
        .await?;
    file(&app, permit).await.map_err(Into::into)
}

/// The bytes; no connection to the database waits while they are read.
pub(super) async fn file(
    app: &App,
    permit: tenancy::Permit<policy::Download, super::Attachment>,
) -> Result<HttpResponse> {
    let (attachment, content) = app
        .blocking(move |app| {
            let content = app.attachments.read(&permit)?;
            Ok((permit.into_inner(), content))
        })
        .await?;
    Ok(download(&attachment.name, &attachment.media_type, content))
}
