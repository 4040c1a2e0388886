//! Responses as the buyer receives them, and as the supplier sees its own again.
use super::{belongs, text_is};
use crate::dialogue::store::{self, Received};
use crate::dialogue::{self, Outcome, Response, ResponseId, policy};
use crate::fields::Fields;
use crate::needs::web::{NeedHead, need_url};
use crate::needs::{self, Status};
use crate::op::Op;
use crate::platform::config;
use crate::platform::language::Language;
use crate::platform::wording;
use crate::suppliers::SupplierKind;
use crate::tenancy::Permit;
use crate::web::form::{self, Errors, Field, Onward};
use crate::web::view::{Seen, When, with_parameter};
use crate::web::{self, Page, Posted, Visitor, page};
use crate::{App, FieldError, Result, api};
use actix_web::web::{Data, Path};
use serde::Serialize;

/// So many responses stand on a page.
const PAGE: usize = 50;

// ---- all of them -------------------------------------------------------------------------------------------------

#[derive(Serialize)]
struct ResponsesPage {
    need: NeedHead,
    counts: Counts,
    responses: Vec<ResponseRow>,
    next_url: Option<String>,
    outcome_url: Option<String>,
    /// Whether this reader may thank for them.
    thanks: bool,
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
pub async fn responses(app: Data<App>, visitor: Visitor, path: Path<String>, query: Fields) -> web::Result {
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
        let url = need_url(seen.root, &need.reference);
        let page = api::Page::cut(found, PAGE, total, |r| r.response.id, |r| row(r, &url, seen));
        let can_conclude = need.status == Status::Published && policy::conclude(op.actor(), need.clone()).is_ok();
        Ok(ResponsesPage {
            need: needs::web::head(op, &need, seen)?,
            counts: Counts { total, unread: total - read, unthanked: total - thanked },
            responses: page.items,
            next_url: page.next.map(|cursor| with_parameter(&here, "cursor", &cursor)),
            outcome_url: can_conclude.then(|| format!("{url}/utfall")),
            thanks: op.actor().buys_for(need.tenant_id),
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

// ---- one of them -------------------------------------------------------------------------------------------------

#[derive(Serialize)]
pub(super) struct ResponsePage {
    is_buyer: bool,
    /// The need is not there for the market any more.
    is_withdrawn: bool,
    need: NeedHead,
    response: ResponseView,
    outcome: Option<OutcomeView>,
    read_url: Option<String>,
    thank_url: Option<String>,
    list_url: Option<String>,
    supplement: Option<Supplement>,
    errors: Errors,
    form: ThanksForm,
}

/// Where one more file can be added.
#[derive(Serialize)]
struct Supplement {
    url: String,
    max_text: String,
    /// Something was wrong with it.
    open: bool,
    file_error: Option<String>,
    confidential: bool,
    /// Why the file is confidential; none where the response says it already.
    reason: Option<Field>,
}

/// What stands in the forms of the page.
#[derive(Debug, Clone, Default)]
pub(super) struct Typed {
    pub thanks: String,
    pub confidential: bool,
    pub reason: String,
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

pub(super) fn response_page(
    op: &mut Op<'_>,
    path: &(String, String),
    seen: Seen,
    typed: Typed,
    errors: &[FieldError],
    rules: &config::Attachments,
) -> Result<ResponsePage> {
    op.member()?;
    let need = needs::find_by_reference(op.db(), &path.0)?;
    let id: ResponseId = api::id(&path.1, "the response")?;
    let Received { response, supplier_number, supplier_name, kind } = store::received(op.db(), id)?;
    belongs(response.need_id, &need, "the response")?;
    let response = policy::read_response(op.actor(), response)?.into_inner();
    let is_buyer = op.actor().belongs_to(need.tenant_id);
    let may_receive = policy::receive(op.actor(), response.clone()).is_ok();
    let url = need_url(seen.root, &need.reference);
    let own = format!("{url}/svar/{}", response.id);
    let attachments = dialogue::attachments_of_responses(op.db(), &[response.id])?;
    let may_supplement = policy::supplement(op.actor(), response.clone()).is_ok()
        && need.open_for_dialogue(op.now()).is_ok()
        && attachments.len() < rules.max_files;
    let attachments = attachments
        .into_iter()
        .map(|a| AttachmentView {
            url: format!("{url}/vedlegg/{}", a.id),
            size_text: wording::size(a.bytes, seen.language),
            name: a.name,
            confidential: a.confidential,
        })
        .collect();
    let errors = Errors::new(&text_is("thanks", errors), seen.language).renamed(|field| match field {
        "attachments" => "file".to_owned(),
        other => other.to_owned(),
    });
    let supplement = may_supplement.then(|| Supplement {
        url: format!("{own}/vedlegg"),
        max_text: rules.largest(seen.language),
        open: !errors.is_empty(),
        file_error: errors.of("file"),
        confidential: typed.confidential,
        reason: response.confidential_reason.is_empty().then(|| errors.field("confidential_reason", typed.reason)),
    });
    let thanked = response.thanked_at.zip(response.thanks);
    Ok(ResponsePage {
        is_buyer,
        is_withdrawn: need.status == Status::Withdrawn,
        need: needs::web::head(op, &need, seen)?,
        outcome: dialogue::outcome(op.db(), need.id)?.map(|outcome| outcome_view(outcome, seen)),
        read_url: (may_receive && response.read_at.is_none()).then(|| format!("{own}/lest")),
        thank_url: (may_receive && thanked.is_none()).then(|| format!("{own}/takk")),
        supplement,
        list_url: is_buyer.then(|| format!("{url}/svar")),
        form: ThanksForm { thanks: errors.field("thanks", typed.thanks) },
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
pub async fn response(app: Data<App>, visitor: Visitor, path: Path<(String, String)>) -> web::Result {
    let (seen, rules) = (Seen::by(&visitor), app.config.attachments.clone());
    page(&app, visitor, move |op| response_page(op, &path, seen, Typed::default(), &[], &rules)).await
}

/// The response in the address, if it may be marked and thanked for.
fn to_receive(op: &mut Op<'_>, path: &(String, String)) -> Result<Permit<policy::Receive, Response>> {
    op.member()?;
    let need = needs::find_by_reference(op.db(), &path.0)?;
    let id: ResponseId = api::id(&path.1, "the response")?;
    let response = dialogue::find_response(op.db(), id)?;
    belongs(response.need_id, &need, "the response")?;
    policy::receive(op.actor(), response)
}

/// `POST /behov/{reference}/svar/{id}/lest`. Thanks that stand on the page, and have not been sent, stand there still.
pub async fn mark_read(app: Data<App>, visitor: Visitor, path: Path<(String, String)>, posted: Posted) -> web::Result {
    let (path, seen) = (path.into_inner(), Seen::by(&visitor));
    let typed = Typed { thanks: posted.fields.get("thanks").to_owned(), ..Typed::default() };
    let at = path.clone();
    let read = form::once(&app, visitor.caller(), posted.key, move |op| {
        let permit = to_receive(op, &at)?;
        dialogue::mark_read(op, permit)?;
        Ok(Onward::to(place(&at)).saying("response-read"))
    });
    let read = read.await?;
    if typed.thanks.is_empty() {
        return Ok(read.go(&visitor));
    }
    let rules = app.config.attachments.clone();
    page(&app, read.said_to(visitor), move |op| response_page(op, &path, seen, typed, &[], &rules)).await
}

/// `POST /behov/{reference}/svar/{id}/takk`
pub async fn thank(app: Data<App>, visitor: Visitor, path: Path<(String, String)>, posted: Posted) -> web::Result {
    let (path, seen) = (path.into_inner(), Seen::by(&visitor));
    let typed = Typed { thanks: posted.fields.get("thanks").to_owned(), ..Typed::default() };
    let (at, text) = (path.clone(), typed.thanks.clone());
    let thanked = form::once(&app, visitor.caller(), posted.key, move |op| {
        let permit = to_receive(op, &at)?;
        let text = dialogue::thanks_text(&text)?;
        dialogue::thank(op, permit, text)?;
        Ok(Onward::to(place(&at)).saying("response-thanked"))
    });
    let rules = app.config.attachments.clone();
    let again = move |op: &mut Op<'_>, errors: &[FieldError]| response_page(op, &path, seen, typed, errors, &rules);
    form::answer(&app, visitor, thanked.await, again).await
}

/// The page of a response.
pub(super) fn place(path: &(String, String)) -> String {
    format!("{}/svar/{}", need_url("", &path.0), path.1)
}
