//! Errors as RFC 9457 problems.
use crate::Error;
use crate::platform::language::Language;
use crate::platform::wording;
use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use std::fmt;
use utoipa::ToSchema;

/// An error at the JSON door.
#[derive(Debug)]
pub struct Problem(pub Error);

impl<E: Into<Error>> From<E> for Problem {
    fn from(e: E) -> Self {
        Self(e.into())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        status(&self.0)
    }
    fn error_response(&self) -> HttpResponse {
        // Rendered by `web::failure`, which knows the language and the id of the request.
        HttpResponse::build(self.status_code()).finish()
    }
}

/// What is answered when something cannot be done: `application/problem+json` (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemBody {
    /// What kind of problem: `/problems/<code>`. Stable.
    #[serde(rename = "type")]
    pub kind: String,
    /// In the language of the client.
    pub title: String,
    pub status: u16,
    /// More about this one; for developers, in English.
    pub detail: Option<String>,
    /// The id of the request, as the log knows it.
    pub instance: String,
    /// What is wrong with each field.
    pub errors: Vec<FieldProblem>,
}

/// What is wrong with one field.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldProblem {
    pub field: String,
    pub code: &'static str,
    pub message: String,
}

/// The status of HTTP that an error is answered with.
pub fn status(error: &Error) -> StatusCode {
    match error {
        Error::Unauthenticated => StatusCode::UNAUTHORIZED,
        Error::NotFound(_) => StatusCode::NOT_FOUND,
        Error::Forbidden(_) => StatusCode::FORBIDDEN,
        // A file is judged by its bytes and its name before anything is read as a field: the request itself is bad.
        Error::Invalid(errors) if errors.iter().all(|e| e.code.starts_with("file-")) => StatusCode::BAD_REQUEST,
        error if is_wrong_login(error) => StatusCode::UNAUTHORIZED,
        Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Error::Malformed { code: "method-not-allowed", .. } => StatusCode::METHOD_NOT_ALLOWED,
        Error::Malformed { .. } => StatusCode::BAD_REQUEST,
        Error::Conflict(_) => StatusCode::CONFLICT,
        Error::Stale => StatusCode::PRECONDITION_FAILED,
        Error::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Error::UnsupportedMedia(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Error::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        Error::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// E-mail and password do not fit: nobody is authenticated, but not for want of a token.
fn is_wrong_login(error: &Error) -> bool {
    matches!(error, Error::Invalid(errors) if errors.iter().any(|e| e.code == "wrong-login"))
}

/// The stable code of an error.
pub fn code(error: &Error) -> &'static str {
    match error {
        Error::Unauthenticated => "unauthenticated",
        Error::NotFound(_) => "not-found",
        Error::Forbidden(_) => "forbidden",
        error if is_wrong_login(error) => "wrong-login",
        Error::Invalid(_) => "invalid",
        Error::Malformed { code, .. } => code,
        Error::Conflict(code) => code,
        Error::Stale => "stale",
        Error::TooLarge => "too-large",
        Error::UnsupportedMedia(_) => "unsupported-media-type",
        Error::TooMany { .. } => "too-many-attempts",
        Error::Unavailable(_) => "unavailable",
        Error::Internal(_) => "internal",
    }
}

/// The sentence that people read about an error.
pub fn title(error: &Error, language: Language) -> String {
    language.text(&format!("problem-{}", code(error)))
}

/// The answer, in the language of the client.
pub fn respond(error: &Error, language: Language, request_id: &str) -> HttpResponse {
    let status = status(error);
    let errors = match error {
        Error::Invalid(errors) => errors
            .iter()
            .map(|e| FieldProblem { field: e.field.to_string(), code: e.code, message: wording::sentence(e, language) })
            .collect(),
        _ => Vec::new(),
    };
    let detail = match error {
        Error::Malformed { detail, .. } => Some(detail.clone()).filter(|detail| !detail.is_empty()),
        Error::UnsupportedMedia(expected) => Some(format!("expected {expected}")),
        _ => None,
    };
    let body = ProblemBody {
        kind: format!("/problems/{}", code(error)),
        title: title(error, language),
        status: status.as_u16(),
        detail,
        instance: request_id.to_owned(),
        errors,
    };
    let mut response = HttpResponse::build(status);
    match error {
        _ if status == StatusCode::UNAUTHORIZED => response.insert_header((header::WWW_AUTHENTICATE, "Bearer")),
        Error::TooMany { retry_after_seconds } => {
            response.insert_header((header::RETRY_AFTER, retry_after_seconds.to_string()))
        }
        _ => &mut response,
    };
    response
        .insert_header((header::CONTENT_LANGUAGE, language.as_str()))
        .content_type("application/problem+json")
        .body(serde_json::to_string(&body).unwrap_or_default())
}
