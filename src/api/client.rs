//! Who is at the JSON door: the token, the organisation that they pick, and what they ask of this request.
use super::endpoint::Access;
use super::{Problem, routes};
use crate::app::Caller;
use crate::fields::Parameter;
use crate::identity::Credentials;
use crate::platform::language::Language;
use crate::regulations::OrganisationNumber;
use crate::web::whole_body;
use crate::{App, Error, Result};
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::{Bytes, Data};
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use futures_util::future::LocalBoxFuture;
use serde_json::{Value, json};
use std::future::{Ready, ready};
use tracing_actix_web::RequestId;

/// A key that makes a POST safe to repeat has at most so many characters.
pub(super) const KEY: usize = 200;

/// Who calls an endpoint, and what the headers of the request ask.
#[derive(Debug, Clone)]
pub struct Client {
    caller: Caller,
    pub idempotency_key: Option<String>,
    if_match: IfMatch,
    if_none_match: Option<String>,
    /// What a key is for: method and address. Empty without a key.
    pub(super) target: String,
}

/// The tags of `If-Match` (RFC 9110, 13.1.1), of which one must be that of the thing.
#[derive(Debug, Clone)]
pub struct IfMatch(Option<String>);

impl IfMatch {
    /// Lets anything pass without the header, and whatever there is for `*`. A weak tag is taken too: proxies that compress an
    /// answer weaken its tag.
    ///
    /// # Errors
    /// `Stale` if no tag is that of the present revision; what is no tag of ours cannot be.
    pub fn check(&self, revision: i32) -> Result<()> {
        let Some(tags) = self.0.as_deref().filter(|tags| tags.trim() != "*") else { return Ok(()) };
        let present = revision.to_string();
        // What stands after the point is not the revision's.
        let is_present = |tag: &str| opaque(tag).split('.').next() == Some(present.as_str());
        if tags.split(',').any(is_present) { Ok(()) } else { Err(Error::Stale) }
    }

    /// The same where what is asked may be done already: then the tag may be that of the revision that it was done to, since whoever
    /// lost the answer knows no other (RFC 9110, 13.1.1).
    ///
    /// # Errors
    /// `Stale`
    pub fn check_or_done(&self, revision: i32, is_done: bool) -> Result<()> {
        self.check(revision).or_else(|e| if is_done { self.check(revision - 1) } else { Err(e) })
    }
}

/// What stands in a tag, weak or not.
fn opaque(tag: &str) -> &str {
    let tag = tag.trim().trim_start_matches("W/");
    tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"')).unwrap_or(tag)
}

impl Client {
    /// As whom `App` reads and writes.
    pub fn caller(&self) -> Caller {
        self.caller.clone()
    }
    pub fn language(&self) -> Language {
        self.caller.language
    }

    /// What the client believes to change.
    pub fn if_match(&self) -> IfMatch {
        self.if_match.clone()
    }

    /// Does the client have what has this tag already? (`If-None-Match`; RFC 9110, 13.1.2)
    pub fn has(&self, tag: &str) -> bool {
        let known = self.if_none_match.as_deref();
        known.is_some_and(|tags| tags.trim() == "*" || tags.split(',').any(|known| opaque(known) == opaque(tag)))
    }

    /// Is there a token, and is it one of ours? What it is worth is seen where the database is read.
    pub(super) fn logged_in(request: &HttpRequest) -> Result<Self> {
        let client = Self::of(request)?;
        if client.is_logged_in() { Ok(client) } else { Err(Error::Unauthenticated) }
    }

    fn is_logged_in(&self) -> bool {
        !matches!(self.caller.credentials, Credentials::None)
    }

    fn of(request: &HttpRequest) -> Result<Self> {
        Self::with(request, credentials(request)?)
    }

    fn with(request: &HttpRequest, credentials: Credentials) -> Result<Self> {
        routes::check_query(request)?;
        let text = |name| text(request, name);
        let idempotency_key = text(header::HeaderName::from_static("idempotency-key"));
        let is_key =
            |key: &String| (1..=KEY).contains(&key.chars().count()) && !key.contains(char::REPLACEMENT_CHARACTER);
        if idempotency_key.as_ref().is_some_and(|key| !is_key(key)) {
            return Err(Error::Malformed {
                code: "bad-idempotency-key",
                detail: format!("Idempotency-Key must have 1 to {KEY} characters"),
            });
        }
        let language = text(header::ACCEPT_LANGUAGE).and_then(|l| Language::accepted(&l)).unwrap_or_default();
        let request_id = request.extensions().get::<RequestId>().map(|id| id.to_string()).unwrap_or_default();
        let target = match idempotency_key {
            Some(_) => format!("{} {}", request.method(), request.path()),
            None => String::new(),
        };
        Ok(Self {
            caller: Caller { credentials, language, request_id },
            idempotency_key,
            if_match: IfMatch(text(header::IF_MATCH)),
            if_none_match: text(header::IF_NONE_MATCH),
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
        .map_err(|_| Error::Forbidden("act for that organisation".into()))?;
    Ok(Credentials::Token { claims, organisation_number })
}

/// What a header says; several of one name are one with commas between (RFC 9110, 5.3). What is no UTF-8 becomes `U+FFFD`: the
/// header is there, and what it says is wrong.
fn text(request: &HttpRequest, name: header::HeaderName) -> Option<String> {
    let values: Vec<_> = request.headers().get_all(name).map(|v| String::from_utf8_lossy(v.as_bytes())).collect();
    (!values.is_empty()).then(|| values.join(", "))
}

impl FromRequest for Client {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, std::result::Result<Self, Problem>>;
    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let client = Self::of(request);
        let needless = match (&client, &*payload, routes::found(request)) {
            // Whoever must log in first is told that.
            (Ok(client), Payload::H1 { .. } | Payload::Stream { .. }, Some(known))
                if !known.takes_body && (known.access == Access::Anyone || client.is_logged_in()) =>
            {
                Some((Bytes::from_request(request, payload), known))
            }
            _ => None,
        };
        Box::pin(async move {
            let client = client?;
            if let Some((body, known)) = needless {
                no_body(&whole_body(body).await?, &known.parameters)?;
            }
            Ok(client)
        })
    }
}

/// What stands in a body that nobody reads would be lost in silence. An empty object says nothing; many programs send it.
fn no_body(body: &[u8], parameters: &[Parameter]) -> Result<()> {
    if body.is_empty() || serde_json::from_slice::<Value>(body).is_ok_and(|body| body == json!({})) {
        return Ok(());
    }
    let parameters: Vec<String> = parameters.iter().map(|(name, _)| format!("`{name}`")).collect();
    let query = match parameters.as_slice() {
        [] => String::new(),
        some => format!("; what it takes stands in the query: {}", some.join(", ")),
    };
    Err(Error::Malformed { code: "unexpected-body", detail: format!("the endpoint takes no body{query}") })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_tag_of_several_is_enough() {
        let allows = |tags: Option<&str>| IfMatch(tags.map(str::to_owned)).check(5).is_ok();
        for good in ["\"5\"", "*", " * ", "\"4\", \"5\"", "\"5\",\"6\"", "W/\"5\"", "\"x\" , W/\"5\""] {
            assert!(allows(Some(good)), "{good}");
        }
        for bad in ["", "\"\"", "\"4\"", "\"55\"", "\"4\", \"6\"", "5\"", "\"5", "\u{fffd}"] {
            assert!(!allows(Some(bad)), "{bad}");
        }
        assert!(allows(None));
    }

    #[test]
    fn what_is_done_may_have_the_tag_from_before() {
        let allows = |tag: &str, is_done| IfMatch(Some(tag.to_owned())).check_or_done(5, is_done).is_ok();
        assert!(allows("\"5\"", false) && allows("\"5\"", true) && allows("\"4\"", true));
        assert!(!allows("\"4\"", false) && !allows("\"3\"", true) && !allows("\"6\"", true));
    }
}
