//! Who is at the JSON door: the token, the organisation that they pick, and what they ask of this request.
use super::{Problem, routes};
use crate::app::Caller;
use crate::identity::Credentials;
use crate::platform::language::Language;
use crate::regulations::OrganisationNumber;
use crate::{App, Error, Result};
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use std::future::{Ready, ready};
use tracing_actix_web::RequestId;

/// A key that makes a POST safe to repeat has at most so many characters.
const KEY: usize = 200;

#[derive(Debug, Clone)]
pub struct Client {
    caller: Caller,
    pub idempotency_key: Option<String>,
    if_match: Option<String>,
    /// What a key is for: method, address, and the organisation that it acts for. Empty without a key.
    pub(super) target: String,
}

impl Client {
    pub fn caller(&self) -> Caller {
        self.caller.clone()
    }
    pub fn language(&self) -> Language {
        self.caller.language
    }

    /// The revision that the client believes to edit.
    ///
    /// # Errors
    /// `Stale` if the header is no tag of ours: it cannot be the present revision.
    pub fn expected_revision(&self) -> Result<Option<i32>> {
        let Some(tag) = self.if_match.as_deref().filter(|tag| *tag != "*") else { return Ok(None) };
        let revision = tag.trim().trim_start_matches("W/").trim_matches('"').parse();
        revision.map(Some).map_err(|_| Error::Stale)
    }

    /// Is there a token, and is it one of ours? What it is worth is seen where the database is read.
    pub(super) fn logged_in(request: &HttpRequest) -> Result<Self> {
        let client = Self::of(request)?;
        if matches!(client.caller.credentials, Credentials::None) { Err(Error::Unauthenticated) } else { Ok(client) }
    }

    fn of(request: &HttpRequest) -> Result<Self> {
        Self::with(request, credentials(request)?)
    }

    fn with(request: &HttpRequest, credentials: Credentials) -> Result<Self> {
        routes::check_query(request)?;
        let text = |name| text(request, name);
        let idempotency_key = text(header::HeaderName::from_static("idempotency-key"));
        if idempotency_key.as_ref().is_some_and(|key| key.is_empty() || key.len() > KEY) {
            return Err(Error::Malformed {
                code: "bad-idempotency-key",
                detail: format!("Idempotency-Key must have 1 to {KEY} characters"),
            });
        }
        let language = text(header::ACCEPT_LANGUAGE).and_then(|l| Language::accepted(&l)).unwrap_or_default();
        let request_id = request.extensions().get::<RequestId>().map(|id| id.to_string()).unwrap_or_default();
        let organisation = || text(header::HeaderName::from_static("x-organisation")).unwrap_or_default();
        let target = match idempotency_key {
            Some(_) => format!("{} {} {}", request.method(), request.path(), organisation()),
            None => String::new(),
        };
        Ok(Self {
            caller: Caller { credentials, language, request_id },
            idempotency_key,
            if_match: text(header::IF_MATCH),
            target,
        })
    }
}

fn credentials(request: &HttpRequest) -> Result<Credentials> {
    let app = request.app_data::<Data<App>>().ok_or(Error::Unavailable("server"))?;
    let Some(value) = text(request, header::AUTHORIZATION) else { return Ok(Credentials::None) };
    let token = value
        .get(..7)
        .filter(|scheme| scheme.eq_ignore_ascii_case("bearer "))
        .and_then(|_| value.get(7..))
        .ok_or(Error::Unauthenticated)?;
    let claims = app.keys.verify(token.trim(), app.clock.now())?;
    let organisation_number = text(request, header::HeaderName::from_static("x-organisation"))
        .map(|n| OrganisationNumber::parse(&n).map(|n| n.as_str().to_owned()))
        .transpose()
        .map_err(|_| Error::Forbidden("act for that organisation"))?;
    Ok(Credentials::Token { claims, organisation_number })
}

fn text(request: &HttpRequest, name: header::HeaderName) -> Option<String> {
    request.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned)
}

impl FromRequest for Client {
    type Error = Problem;
    type Future = Ready<std::result::Result<Self, Problem>>;
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(request).map_err(Problem::from))
    }
}

/// A client where tokens are handed out. The one that it may send along is not looked at: libraries send the old token
/// with the request for a new one.
pub struct Stranger(pub Client);

impl FromRequest for Stranger {
    type Error = Problem;
    type Future = Ready<std::result::Result<Self, Problem>>;
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Client::with(request, Credentials::None).map(Self).map_err(Problem::from))
    }
}
