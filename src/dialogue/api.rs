//! The dialogue as JSON.
mod body;

pub use body::{
    AttachmentBody, AttachmentForm, NewOutcomeBody, NewResponseBody, OutcomeBody, ParticipantBody, QuestionBody,
    ResponseBody, SupplementForm, TextBody,
};

use super::store::{Asked, Received};
use super::{Attachment, AttachmentId, NewFile, NewResponse};
use super::{Question, QuestionId, Response, ResponseId, policy, store};
use crate::api::{self, Body, Client, Created, Form, Paging};
use crate::fields::{Fields, Parameter};
use crate::input::{Input, both};
use crate::needs::api::CHANGE_NOTE;
use crate::needs::{self, Need, NeedId};
use crate::op::Op;
use crate::platform::config;
use crate::tenancy::{Member, Permit};
use crate::web::Upload;
use crate::{App, Error, FieldError, Result};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

/// The two ids of an address.
fn ids<T>(path: &(String, String), what: &'static str) -> Result<(NeedId, crate::platform::db::types::Id<T>)> {
    Ok((api::id(&path.0, "the need")?, api::id(&path.1, what)?))
}

/// A thing of another need than the address says is not there.
fn belongs(to: NeedId, need: NeedId, what: &'static str) -> Result<()> {
    if to == need { Ok(()) } else { Err(Error::NotFound(what)) }
}

// ---- questions ---------------------------------------------------------------------------------------------------

/// `GET /api/v1/needs/{id}/questions`: the answered ones; the others only to the buyer and to those who asked.
pub async fn questions(app: Data<App>, client: Client, path: Path<String>, query: Fields) -> api::Result {
    let Paging { limit, after } = Paging::<QuestionId>::parse(&query)?;
    let id = api::id(&path, "the need")?;
    let page = app
        .read(client.caller(), move |op| {
            let need = needs::find(op.db(), id)?;
            let need = needs::policy::read(op.actor(), need)?.into_inner();
            let reach = policy::unanswered(op.actor(), &need);
            let found = store::questions_seen(op.db(), need.id, reach, after, api::one_beyond(limit))?;
            let total = store::count_questions_seen(op.db(), need.id, reach)?;
            Ok(api::Page::cut(found, limit, total, |q| q.question.id, |q| QuestionBody::new(q, op)))
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}

/// `GET /api/v1/me/questions`: what one has asked oneself, for the organisation that one acts for, the newest first.
pub async fn own_questions(app: Data<App>, client: Client, query: Fields) -> api::Result {
    let Paging { limit, after } = Paging::<QuestionId>::parse(&query)?;
    let page = app
        .read(client.caller(), move |op| {
            let member = op.member()?;
            let (user, own) = (member.user, member.organisation);
            let found = store::questions_asked_by(op.db(), user, own, after, api::one_beyond(limit))?;
            let total = store::count_asked_by(op.db(), user, own)?;
            let body = |(question, ..): (Question, String, String)| {
                let (asker_number, asker_name) = (member.organisation_number.clone(), member.organisation_name.clone());
                QuestionBody::new(Asked { question, asker_number, asker_name }, op)
            };
            Ok(api::Page::cut(found, limit, total, |(question, ..)| question.id, body))
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}

/// `POST /api/v1/needs/{id}/questions`
pub async fn ask(app: Data<App>, client: Client, path: Path<String>, body: Body<TextBody>) -> api::Result {
    let id = api::id(&path, "the need")?;
    let created = api::create(&app, &client, body.fingerprint, move |op| {
        op.member()?;
        let need = needs::find(op.db(), id)?;
        let permit = policy::ask(op.actor(), need)?;
        let text = body.value.read(|body| super::question_text(&body.text))?;
        let question = super::ask(op, permit, text)?;
        let member = op.member()?;
        let asked = Asked { question, asker_number: member.organisation_number, asker_name: member.organisation_name };
        Created::at(format!("/api/v1/needs/{id}/questions"), &QuestionBody::new(asked, op))
    });
    Ok(created.await?)
}

/// `PUT /api/v1/needs/{id}/questions/{question}/answer`
pub async fn answer(app: Data<App>, client: Client, path: Path<(String, String)>, body: Body<TextBody>) -> api::Result {
    let (need, id) = ids(&path, "the question")?;
    let body = app
        .write(client.caller(), move |op| {
            op.member()?;
            let asked = store::asked(op.db(), id)?;
            belongs(asked.question.need_id, need, "the question")?;
            let need = needs::find(op.db(), need)?;
            let permit = policy::answer(op.actor(), asked.question.clone(), &need)?;
            let text = body.value.read(|body| super::answer_text(&body.text))?;
            let question = super::answer(op, permit, text)?;
            Ok(QuestionBody::new(Asked { question, ..asked }, op))
        })
        .await?;
    Ok(HttpResponse::Ok().json(body))
}

// ---- responses ---------------------------------------------------------------------------------------------------

/// `GET /api/v1/needs/{id}/responses`: all of them to the buyer, to a supplier its own.
pub async fn responses(app: Data<App>, client: Client, path: Path<String>, query: Fields) -> api::Result {
    let Paging { limit, after } = Paging::<ResponseId>::parse(&query)?;
    let id = api::id(&path, "the need")?;
    let page = app
        .read(client.caller(), move |op| {
            let own = policy::Reach::Own(op.member()?.organisation);
            let need = needs::find(op.db(), id)?;
            let has_responded = store::count_received(op.db(), need.id, own)? > 0;
            let (need, reach) = policy::list_responses(op.actor(), need, has_responded)?.into_inner();
            let found = store::received_of(op.db(), need.id, reach, after, api::one_beyond(limit))?;
            let total = store::count_received(op.db(), need.id, reach)?;
            with_attachments(op, api::Page::cut(found, limit, total, |r| r.response.id, |r| r))
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}

/// `GET /api/v1/me/responses`: what one's own organisation has sent to whatever need, the newest first.
pub async fn own_responses(app: Data<App>, client: Client, query: Fields) -> api::Result {
    let Paging { limit, after } = Paging::<ResponseId>::parse(&query)?;
    let page = app
        .read(client.caller(), move |op| {
            let Member { organisation, organisation_number, organisation_name, .. } = op.member()?;
            let found = store::responses_by(op.db(), organisation, after, api::one_beyond(limit))?;
            let total = store::count_by(op.db(), organisation)?;
            let received = |(response, ..): (Response, String, String)| Received {
                response,
                supplier_number: organisation_number.clone(),
                supplier_name: organisation_name.clone(),
                kind: None,
            };
            with_attachments(op, api::Page::cut(found, limit, total, |(response, ..)| response.id, received))
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}

fn with_attachments(op: &mut Op<'_>, page: api::Page<Received>) -> Result<api::Page<ResponseBody>> {
    let ids: Vec<ResponseId> = page.items.iter().map(|r| r.response.id).collect();
    let attachments = super::attachments_of_responses(op.db(), &ids)?;
    let items = page.items.into_iter().map(|received| {
        let own = attachments.iter().filter(|a| a.response_id == Some(received.response.id)).cloned().collect();
        body_of(op, received, own)
    });
    Ok(api::Page { items: items.collect::<Result<Vec<_>>>()?, next: page.next, total: page.total })
}

fn body_of(op: &Op<'_>, received: Received, attachments: Vec<Attachment>) -> Result<ResponseBody> {
    let response = policy::read_response(op.actor(), received.response)?;
    let supplier = ParticipantBody { organisation_number: received.supplier_number, name: received.supplier_name };
    Ok(ResponseBody::new(response, supplier, attachments))
}

/// The same with its attachments, which are looked up.
fn whole_body_of(op: &mut Op<'_>, received: Received) -> Result<ResponseBody> {
    let attachments = super::attachments_of_responses(op.db(), &[received.response.id])?;
    body_of(op, received, attachments)
}

/// `POST /api/v1/needs/{id}/responses`
///
/// Everybody comes just before the deadline, so it costs few statements: who is asking, the need and who is told, all read
/// together with others; and the response with its event and mails, written together. More with an `Idempotency-Key`.
pub async fn respond(app: Data<App>, client: Client, path: Path<String>, body: Body<NewResponseBody>) -> api::Result {
    let id = api::id(&path, "the need")?;
    let need = app.needs.get(id).await?;
    let receiver = match &need {
        Some((_, buyer)) => app.receivers.get(buyer.id).await?,
        None => None,
    };
    let created = api::insert(&app, &client, body.fingerprint, move |op| {
        let member = op.member()?;
        let ((need, _), receiver) = need.zip(receiver).ok_or(Error::NotFound("the need"))?;
        let permit = policy::respond(op.actor(), need)?;
        let new = body.value.read(|NewResponseBody { body, confidential, confidential_reason }| {
            let [confidential, reason] = [confidential, confidential_reason].map(Option::unwrap_or_default);
            NewResponse::parse(&body, &confidential, &reason, &[])
        })?;
        let (response, deed) = super::respond_in_words(op, permit, receiver, new)?;
        let location = format!("/api/v1/needs/{id}/responses/{}", response.id);
        let response = policy::read_response(op.actor(), response)?;
        Ok((Created::at(location, &ResponseBody::new(response, member.into(), Vec::new()))?, deed))
    });
    Ok(created.await?)
}

/// The response in the address.
fn received(op: &mut Op<'_>, need: NeedId, id: ResponseId) -> Result<Received> {
    op.member()?;
    let received = store::received(op.db(), id)?;
    belongs(received.response.need_id, need, "the response")?;
    Ok(received)
}

/// `GET /api/v1/needs/{id}/responses/{response}`
pub async fn response(app: Data<App>, client: Client, path: Path<(String, String)>) -> api::Result {
    let (need, id) = ids(&path, "the response")?;
    let body = app
        .read(client.caller(), move |op| {
            let received = received(op, need, id)?;
            whole_body_of(op, received)
        })
        .await?;
    Ok(HttpResponse::Ok().json(body))
}

/// `PUT /api/v1/needs/{id}/responses/{response}/reading`
pub async fn mark_read(app: Data<App>, client: Client, path: Path<(String, String)>) -> api::Result {
    let (need, id) = ids(&path, "the response")?;
    let body = app
        .write(client.caller(), move |op| {
            let received = received(op, need, id)?;
            let permit = policy::receive(op.actor(), received.response.clone())?;
            let response = super::mark_read(op, permit)?;
            whole_body_of(op, Received { response, ..received })
        })
        .await?;
    Ok(HttpResponse::Ok().json(body))
}

/// `PUT /api/v1/needs/{id}/responses/{response}/thanks`
pub async fn thank(app: Data<App>, client: Client, path: Path<(String, String)>, body: Body<TextBody>) -> api::Result {
    let (need, id) = ids(&path, "the response")?;
    let body = app
        .write(client.caller(), move |op| {
            let received = received(op, need, id)?;
            let permit = policy::receive(op.actor(), received.response.clone())?;
            let text = body.value.read(|body| super::thanks_text(&body.text))?;
            let response = super::thank(op, permit, text)?;
            whole_body_of(op, Received { response, ..received })
        })
        .await?;
    Ok(HttpResponse::Ok().json(body))
}

// ---- the outcome -------------------------------------------------------------------------------------------------

/// `GET /api/v1/needs/{id}/outcome`
pub async fn outcome(app: Data<App>, client: Client, path: Path<String>) -> api::Result {
    let id = api::id(&path, "the need")?;
    let body = app
        .read(client.caller(), move |op| {
            let need = needs::find(op.db(), id)?;
            let need = needs::policy::read(op.actor(), need)?.into_inner();
            super::outcome(op.db(), need.id)?.map(OutcomeBody::from).ok_or(Error::NotFound("the outcome"))
        })
        .await?;
    Ok(HttpResponse::Ok().json(body))
}

/// `PUT /api/v1/needs/{id}/outcome`
pub async fn conclude(app: Data<App>, client: Client, path: Path<String>, body: Body<NewOutcomeBody>) -> api::Result {
    let id = api::id(&path, "the need")?;
    let body = app
        .write(client.caller(), move |op| {
            op.member()?;
            let need = needs::find(op.db(), id)?;
            let permit = policy::conclude(op.actor(), need)?;
            let (kind, text) = body.value.read(|body| super::outcome_words(&body.kind, &body.text))?;
            super::conclude(op, permit, kind, text).map(OutcomeBody::from)
        })
        .await?;
    Ok(HttpResponse::Ok().json(body))
}

// ---- attachments -------------------------------------------------------------------------------------------------

/// `GET /api/v1/needs/{id}/attachments`: those of the need itself.
pub async fn attachments(app: Data<App>, client: Client, path: Path<String>, query: Fields) -> api::Result {
    let id = api::id(&path, "the need")?;
    let paging = Paging::<AttachmentId>::parse(&query)?;
    let page = app
        .read(client.caller(), move |op| {
            let need = needs::find(op.db(), id)?;
            let need = needs::policy::read(op.actor(), need)?.into_inner();
            let attachments = super::attachments_of_need(op.db(), need.id)?;
            Ok(api::Page::of_all(attachments, &paging, |a| a.id, AttachmentBody::from))
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}

/// `POST /api/v1/needs/{id}/attachments`. A published need is corrected by it, and `change_note` says how.
pub async fn attach(app: Data<App>, client: Client, path: Path<String>, form: Form) -> api::Result {
    let id = api::id(&path, "the need")?;
    let need = app.read(client.caller(), move |op| Ok(to_attach(op, id)?.into_inner())).await?;
    let confidential = is_confidential(&form.fields, &[CHANGE_NOTE.0])?;
    let file = one_file(form.files, confidential, app.attachments.rules());
    let (file, note) = both(file, change_note(&need, &form.fields))?;
    let files = app.blocking(move |app| app.attachments.write(vec![file])).await?;
    let attachments = app.attachments.clone();
    let created = api::create(&app, &client, form.fingerprint, move |op| {
        let permit = to_attach(op, id)?;
        created(super::attach(op, permit, files, &note, &attachments)?)
    });
    Ok(created.await?)
}

fn to_attach(op: &mut Op<'_>, need: NeedId) -> Result<Permit<needs::policy::Edit, Need>> {
    op.member()?;
    let need = needs::find(op.db(), need)?;
    needs::policy::edit(op.actor(), need)
}

pub const OF_DETACHING: [Parameter; 1] = [CHANGE_NOTE];

/// What says why a published need has other files.
fn change_note(need: &Need, fields: &Fields) -> Result<String> {
    let mut input = Input::default();
    let note = needs::change_note(&mut input, fields.get(CHANGE_NOTE.0), need.status == needs::Status::Published);
    input.finish()?;
    Ok(note)
}

/// `DELETE /api/v1/needs/{id}/attachments/{attachment}`. A published need is corrected by it, as by `attach`.
pub async fn detach(app: Data<App>, client: Client, path: Path<(String, String)>, query: Fields) -> api::Result {
    let (need, id) = ids(&path, "the attachment")?;
    app.write(client.caller(), move |op| {
        let permit = to_attach(op, need)?;
        let note = change_note(permit.subject(), &query)?;
        super::detach(op, permit, id, &note)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// `POST /api/v1/needs/{id}/responses/{response}/attachments`
pub async fn supplement(app: Data<App>, client: Client, path: Path<(String, String)>, form: Form) -> api::Result {
    let (need, id) = ids(&path, "the response")?;
    let response = app.read(client.caller(), move |op| Ok(to_supplement(op, need, id)?.into_inner())).await?;
    let confidential = is_confidential(&form.fields, &["confidential_reason"])?;
    let reason = form.fields.get("confidential_reason").to_owned();
    let file = one_file(form.files, confidential, app.attachments.rules());
    let (file, _) = both(file, response.reason_with(&reason, confidential))?;
    let files = app.blocking(move |app| app.attachments.write(vec![file])).await?;
    let attachments = app.attachments.clone();
    let created = api::create(&app, &client, form.fingerprint, move |op| {
        let permit = to_supplement(op, need, id)?;
        created(super::supplement(op, permit, files, &reason, &attachments)?)
    });
    Ok(created.await?)
}

fn to_supplement(op: &mut Op<'_>, need: NeedId, id: ResponseId) -> Result<Permit<policy::Supplement, Response>> {
    op.member()?;
    let response = super::find_response(op.db(), id)?;
    belongs(response.need_id, need, "the response")?;
    policy::supplement(op.actor(), response)
}

fn created(kept: Vec<Attachment>) -> Result<Created> {
    let attachment = kept.into_iter().next().ok_or(Error::NotFound("the attachment"))?;
    Created::at(body::location_of(attachment.id), &AttachmentBody::from(attachment))
}

/// Is the file of the form confidential? `more`: what else may stand in the form.
fn is_confidential(fields: &Fields, more: &[&str]) -> Result<bool> {
    let malformed = |detail: String| Error::Malformed { code: "broken-form", detail };
    let known: Vec<&str> = std::iter::once("confidential").chain(more.iter().copied()).collect();
    if fields.names().any(|name| !known.contains(&name)) {
        let known: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
        return Err(malformed(format!("beside the file the form may have {}", known.join(" and "))));
    }
    if let Some(name) = known.iter().find(|known| fields.names().filter(|name| name == *known).count() > 1) {
        return Err(malformed(format!("{name} is said more than once")));
    }
    match fields.get("confidential") {
        "true" => Ok(true),
        "false" | "" => Ok(false),
        _ => Err(malformed("confidential must be `true` or `false`".to_owned())),
    }
}

/// The file of the form.
fn one_file(files: Vec<Upload>, confidential: bool, rules: &config::Attachments) -> Result<NewFile> {
    let mut files = files.into_iter();
    let (file, more) = (files.next(), files.next());
    if more.is_some() {
        return Err(Error::Invalid(vec![FieldError::new("file", "too-many").with("max", 1)]));
    }
    let file = file.filter(|f| f.field == "file").ok_or_else(|| Error::field("file", "required"))?;
    NewFile::parse(&file.name, file.content, confidential, rules)
        .map_err(|e| Error::Invalid(vec![FieldError { field: "file".into(), ..e }]))
}

/// `GET /api/v1/attachments/{attachment}`
pub async fn attachment(request: HttpRequest, app: Data<App>, client: Client, path: Path<String>) -> api::Result {
    let id: AttachmentId = api::id(&path, "the attachment")?;
    let permit = app
        .read(client.caller(), move |op| {
            let attachment = super::attachment(op.db(), id)?;
            let need = needs::find(op.db(), attachment.need_id)?;
            policy::download(op.actor(), attachment, &need)
        })
        .await?;
    Ok(super::web::file(&app, &request, permit)?)
}
