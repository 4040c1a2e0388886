//! What is answered when something cannot be done: a page, or a problem at the JSON door. Both are made here, as the
//! last step, where language and request are known.
use super::page::{common, frame_of};
use super::posted::{ORGANISATION, OTHER_ORGANISATION, Typed, is_secret};
use super::{Page, Visitor};
use crate::api::{self, Problem};
use crate::error::{Only, Refusal};
use crate::identity::Credentials;
use crate::platform::language::Language;
use crate::platform::wording;
use crate::{App, Error};
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode, header};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{HttpMessage, HttpResponse, ResponseError};
use serde::Serialize;
use serde_json::Value;
use std::fmt;

/// Longer than what any choice of a form stands for; an id has 36 characters.
const LONGEST_CODE: usize = 40;

/// An error at the HTML door.
#[derive(Debug)]
pub struct Failure(pub Error);

impl<E: Into<Error>> From<E> for Failure {
    fn from(e: E) -> Self {
        Self(e.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl ResponseError for Failure {
    fn status_code(&self) -> StatusCode {
        api::status(&self.0)
    }
    fn error_response(&self) -> HttpResponse {
        HttpResponse::build(self.status_code()).finish()
    }
}

/// Also the page that explains a problem.
#[derive(Serialize)]
pub(super) struct FailurePage {
    code: String,
    title: String,
    text: String,
    action_url: Option<String>,
    action_text: Option<String>,
    /// Of a form that could not be taken.
    kept: Option<Kept>,
    request_id: Option<String>,
}

impl Page for FailurePage {
    const TEMPLATE: &'static str = "web/failure";
    fn title(&self, _: Language) -> String {
        self.title.clone()
    }
}

impl FailurePage {
    /// What a code means, with the way on: address and text.
    pub fn about(code: String, title: String, text: String, (url, action): (String, String)) -> Self {
        Self { code, title, text, action_url: Some(url), action_text: Some(action), kept: None, request_id: None }
    }
}

/// Turns every error into an answer that people or programs can read. Errors of ours are logged here, once.
pub async fn render<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    // A NUL is no text to PostgreSQL, and no address of ours has one.
    if request.uri().path_and_query().is_some_and(|address| address.as_str().contains("%00")) {
        let (request, _) = request.into_parts();
        let visitor = Visitor::of(&request);
        let answer = answer(&foreign(StatusCode::BAD_REQUEST), &request, &visitor, frame_of(&visitor, Value::Null));
        return Ok(ServiceResponse::new(request, answer));
    }
    let response = next.call(request).await?;
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return Ok(response.map_into_boxed_body());
    }
    let has_body = response.response().error().is_none()
        && !matches!(
            response.response().body().size(),
            actix_web::body::BodySize::None | actix_web::body::BodySize::Sized(0)
        );
    if has_body {
        return Ok(response.map_into_boxed_body());
    }
    let visitor = Visitor::of(response.request());
    let frame = frame(response.request(), &visitor, status).await;
    let error = response.response().error();
    let ours =
        error.and_then(|e| e.as_error::<Failure>().map(|f| &f.0).or_else(|| e.as_error::<Problem>().map(|p| &p.0)));
    let answer = match ours {
        Some(error) => answer(error, response.request(), &visitor, frame),
        None => answer(&foreign(status), response.request(), &visitor, frame),
    };
    let allow = response.headers().get(header::ALLOW).cloned();
    let request = response.into_parts().0;
    let mut answer = answer;
    if let Some(allow) = allow {
        answer.headers_mut().insert(header::ALLOW, allow);
    }
    Ok(ServiceResponse::new(request, answer))
}

/// What stands around it: whoever is logged in should not look as if they were not, where the database can still be asked.
async fn frame(request: &actix_web::HttpRequest, visitor: &Visitor, status: StatusCode) -> Value {
    let is_page = !request.path().starts_with("/api/v1") && status.is_client_error();
    let nobodys = || frame_of(visitor, Value::Null);
    match request.app_data::<Data<App>>().filter(|_| is_page) {
        Some(app) if !matches!(visitor.caller.credentials, Credentials::None) => {
            let asker = visitor.clone();
            app.read(visitor.caller(), move |op| common(op, &asker)).await.unwrap_or_else(|_| nobodys())
        }
        _ => nobodys(),
    }
}

/// An error of the framework in our words.
fn foreign(status: StatusCode) -> Error {
    match status {
        StatusCode::NOT_FOUND => Error::NotFound("the page"),
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Error::UnsupportedMedia(String::new()),
        StatusCode::METHOD_NOT_ALLOWED => Error::Malformed { code: "method-not-allowed", detail: String::new() },
        status if status.is_client_error() => Error::Malformed { code: "malformed", detail: String::new() },
        status => Error::Internal(anyhow::anyhow!("answered {status}")),
    }
}

fn answer(error: &Error, request: &actix_web::HttpRequest, visitor: &Visitor, frame: Value) -> HttpResponse {
    if matches!(error, Error::Internal(_)) {
        tracing::error!(error = error.in_full(), request_id = visitor.caller.request_id, "A request failed");
    }
    let wanted_status = api::status(error);
    let mut response = if request.path().starts_with("/api/v1") {
        api::respond(error, visitor.language(), &visitor.caller.request_id)
    } else if matches!(error, Error::Unauthenticated) {
        return log_in_and_send(request, visitor).unwrap_or_else(|| log_in_first(request, visitor));
    } else if matches!(error, Error::Conflict(OTHER_ORGANISATION)) {
        let kept = switch_and_send(request, visitor, frame.clone());
        kept.unwrap_or_else(|| page(error, wanted_status, request, visitor, frame))
    } else {
        page(error, wanted_status, request, visitor, frame)
    };
    *response.status_mut() = wanted_status;
    response
}

/// A form that was sent after the session had ended: what was typed stands on the page that asks to log in beside it, and can then be
/// sent as it was. None if nothing was.
fn log_in_and_send(request: &actix_web::HttpRequest, visitor: &Visitor) -> Option<HttpResponse> {
    let fields = typed(request)?;
    // What says only where it was meant for is nothing to keep.
    if fields.iter().all(|field| field.name == ORGANISATION) {
        return None;
    }
    let page = SendAgainPage {
        action: format!("{}{}", visitor.root, visitor.path),
        login_url: Some(format!("{}/logg-inn", visitor.root)),
        switch: None,
        fields,
    };
    send_again(&page, StatusCode::UNAUTHORIZED, request, visitor, frame_of(visitor, Value::Null))
}

/// A form that was opened for another organisation than its sender acts for now: the same, with the way back to the first one.
fn switch_and_send(request: &actix_web::HttpRequest, visitor: &Visitor, mut frame: Value) -> Option<HttpResponse> {
    let fields = typed(request)?;
    let number = fields.iter().find(|field| field.name == ORGANISATION)?.value.clone();
    let known = frame["user"]["organisations"].as_array()?.iter().find(|known| known["number"] == number.as_str());
    let name = known.and_then(|known| known["name"].as_str()).unwrap_or(&number).to_owned();
    let now = frame["user"]["organisation"]["name"].as_str()?.to_owned();
    // What is sent again is for the organisation that it was opened for, as its own field says.
    frame["organisation"] = Value::Null;
    let page = SendAgainPage {
        action: format!("{}{}", visitor.root, visitor.path),
        login_url: None,
        switch: Some(Switch { number, name, now, url: format!("{}/min-side/organisasjon", visitor.root) }),
        fields,
    };
    send_again(&page, StatusCode::CONFLICT, request, visitor, frame)
}

/// By which the form that was sent is known.
fn form_key(request: &actix_web::HttpRequest) -> Option<String> {
    let extensions = request.extensions();
    let Typed(fields) = extensions.get::<Typed>()?;
    Some(fields.get("_key").to_owned()).filter(|key| !key.is_empty())
}

/// What was typed into the form, if anything was and it could be read.
fn typed(request: &actix_web::HttpRequest) -> Option<Vec<Hidden>> {
    let extensions = request.extensions();
    let Typed(fields) = extensions.get::<Typed>()?;
    // These stand in every form of ours; the answer has its own.
    let is_ours = |name: &str| matches!(name, "_csrf" | "_key");
    let typed: Vec<Hidden> = fields
        .pairs()
        .filter(|(name, _)| !is_ours(name) && !is_secret(name))
        .map(|(name, value)| Hidden { name: name.to_owned(), value: value.to_owned() })
        .collect();
    (!typed.is_empty()).then_some(typed)
}

fn send_again(
    page: &SendAgainPage,
    status: StatusCode,
    request: &actix_web::HttpRequest,
    visitor: &Visitor,
    frame: Value,
) -> Option<HttpResponse> {
    let app = request.app_data::<Data<App>>()?;
    let html = app.pages.whole(page, frame, visitor).ok()?;
    let mut response = HttpResponse::build(status);
    for cookie in visitor.cookies() {
        response.cookie(cookie);
    }
    Some(
        response.insert_header((header::CACHE_CONTROL, "no-store")).content_type("text/html; charset=utf-8").body(html),
    )
}

/// What was typed, for whoever must log in before it can be sent, or change back to another organisation.
#[derive(Serialize)]
struct SendAgainPage {
    action: String,
    login_url: Option<String>,
    switch: Option<Switch>,
    fields: Vec<Hidden>,
}

/// From the organisation that someone acts for now to the one that a form was opened for.
#[derive(Serialize)]
struct Switch {
    number: String,
    name: String,
    now: String,
    url: String,
}

#[derive(Serialize)]
struct Hidden {
    name: String,
    value: String,
}

/// What was typed into a form that could not be taken: to be read and copied, and to be sent again where that may help.
#[derive(Serialize)]
struct Kept {
    texts: Vec<KeptText>,
    /// Where it can be sent again as it was.
    action: Option<String>,
    fields: Vec<Hidden>,
}

#[derive(Serialize)]
struct KeptText {
    label: Option<String>,
    text: String,
}

impl Kept {
    /// None if nothing was typed that people can read.
    fn of(error: &Error, request: &actix_web::HttpRequest, visitor: &Visitor) -> Option<Self> {
        let fields = typed(request)?;
        let app = request.app_data::<Data<App>>()?;
        let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
        let labels = app.pages.labels_of(&names, visitor.language());
        let texts: Vec<KeptText> = fields
            .iter()
            .filter_map(|field| {
                let known = labels.iter().find(|(name, ..)| *name == field.name);
                let is_written = known.map_or_else(|| !field.is_code(), |(.., is_choice)| !is_choice);
                let is_shown = is_written && field.name != ORGANISATION && !field.value.trim().is_empty();
                let label = known.map(|(_, label, _)| label.clone());
                is_shown.then(|| KeptText { label, text: field.value.clone() })
            })
            .collect();
        if texts.is_empty() {
            return None;
        }
        // A password is not kept, and without it the form is not what it was.
        let action = can_help(error) && !has_secret(request);
        Some(Self { texts, action: action.then(|| format!("{}{}", visitor.root, visitor.path)), fields })
    }
}

impl Hidden {
    /// What a choice or a button stands for (`1103`, `save`) tells people nothing.
    fn is_code(&self) -> bool {
        let is_of_a_code = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-' | ':' | '.');
        self.value.len() <= LONGEST_CODE && self.value.chars().all(is_of_a_code)
    }
}

/// Whether the same form may be taken a moment later.
fn can_help(error: &Error) -> bool {
    matches!(
        error,
        Error::TooMany { .. }
            | Error::Unavailable(_)
            | Error::Internal(_)
            | Error::Conflict("form-expired" | "already-there")
    )
}

fn has_secret(request: &actix_web::HttpRequest) -> bool {
    request.extensions().get::<Typed>().is_some_and(|Typed(fields)| fields.names().any(is_secret))
}

impl Page for SendAgainPage {
    const TEMPLATE: &'static str = "web/send_again";
    fn title(&self, language: Language) -> String {
        language.text(if self.switch.is_some() { "pages-other-title" } else { "pages-again-title" })
    }
}

/// To the login page, and back here afterwards.
fn log_in_first(request: &actix_web::HttpRequest, visitor: &Visitor) -> HttpResponse {
    // A form cannot be posted again after the login; the page that it stands on can be seen again.
    let looked_at = matches!(*request.method(), Method::GET | Method::HEAD);
    let back = if looked_at { visitor.path.as_str() } else { "/min-side" };
    let next: String = url::form_urlencoded::byte_serialize(back.as_bytes()).collect();
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, format!("{}/logg-inn?neste={next}", visitor.root)))
        .finish()
}

fn page(
    error: &Error,
    status: StatusCode,
    request: &actix_web::HttpRequest,
    visitor: &Visitor,
    mut frame: Value,
) -> HttpResponse {
    let language = visitor.language();
    let unexpected = status.is_server_error();
    let kept = Kept::of(error, request, visitor);
    let was_kept = kept.is_some();
    if was_kept {
        // What is sent again is for the organisation that it was written for, and the same form as before.
        frame["organisation"] = Value::Null;
        if let Some(key) = form_key(request) {
            frame["form_key"] = key.into();
        }
    }
    let title = language.text(&format!("pages-failure-{}-title", kind(status)));
    let page = FailurePage {
        code: status.as_u16().to_string(),
        text: match error {
            Error::Conflict(_) => api::title(error, language),
            Error::Forbidden(refusal) => forbidden(*refusal, &frame, language),
            Error::TooLarge => too_large(request, language),
            Error::NotFound(_) if was_kept => language.text("pages-failure-404-form"),
            _ => language.text(&format!("pages-failure-{}-text", kind(status))),
        },
        title,
        // The page itself leads to the needs.
        action_url: None,
        action_text: None,
        kept,
        request_id: unexpected.then(|| visitor.caller.request_id.clone()),
    };
    let html = request
        .app_data::<Data<App>>()
        .and_then(|app| app.pages.whole(&page, frame, visitor).ok())
        // The last resort, should the template itself be what is broken.
        .unwrap_or_else(|| format!("<!doctype html><meta charset=utf-8><title>{0}</title><h1>{0}</h1>", page.code));
    let mut response = HttpResponse::build(status);
    if let Error::TooMany { retry_after_seconds } = error {
        response.insert_header((header::RETRY_AFTER, retry_after_seconds.to_string()));
    }
    for cookie in visitor.cookies() {
        response.cookie(cookie);
    }
    if was_kept {
        response.insert_header((header::CACHE_CONTROL, "no-store"));
    }
    response.content_type("text/html; charset=utf-8").body(html)
}

/// How much may be sent.
fn too_large(request: &actix_web::HttpRequest, language: Language) -> String {
    let (file, typed) = match request.app_data::<Data<App>>() {
        Some(app) => {
            let typed = i64::try_from(app.config.server.max_body_bytes).unwrap_or(i64::MAX);
            (app.config.attachments.largest(language), wording::size(typed, language))
        }
        None => Default::default(),
    };
    language.text_with("pages-failure-413-text", [("file", file.into()), ("typed", typed.into())])
}

/// Who may do it, and as what the visitor came.
fn forbidden(refusal: Refusal, frame: &Value, language: Language) -> String {
    let needed = match refusal.who_may {
        Some(Only::Buyers) => language.text("pages-failure-403-buyer"),
        Some(Only::Administrators) => language.text("pages-failure-403-admin"),
        Some(Only::Suppliers) => language.text("pages-failure-403-supplier"),
        Some(Only::Advisers) => language.text("pages-failure-403-adviser"),
        None => language.text("pages-failure-403-text"),
    };
    let (user, text) = (&frame["user"], |value: &Value| value.as_str().unwrap_or_default().to_owned());
    let role = user["role"].as_str().map(|role| language.text(&format!("role-{role}")));
    let Some(role) = role else { return needed };
    let args = [("organisation", text(&user["organisation"]["name"]).into()), ("role", role.into())];
    format!("{needed} {}", language.text_with("pages-failure-403-you", args))
}

fn kind(status: StatusCode) -> u16 {
    match status.as_u16() {
        code @ (400 | 403 | 404 | 405 | 409 | 412 | 413 | 429 | 500 | 503) => code,
        code if code < 500 => 400,
        _ => 500,
    }
}
