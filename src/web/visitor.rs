//! Who is at the HTML door: their cookies, their language, and where they are.
use super::csrf;
use super::flash::Flash;
use super::language::FromPath;
use crate::App;
use crate::app::Caller;
use crate::identity::{Credentials, Secret};
use crate::platform::language::Language;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, CookieBuilder, SameSite};
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse};
use std::borrow::Cow;
use std::convert::Infallible;
use std::future::{Ready, ready};
use tracing_actix_web::RequestId;

const LANGUAGE: &str = "bb_language";

/// Who is at the door. Whether the cookie is worth anything is seen where the database is read.
#[derive(Debug, Clone)]
pub struct Visitor {
    pub caller: Caller,
    /// What internal links begin with: empty, or the prefix of the language in the address.
    pub root: &'static str,
    /// Without the prefix, with the query.
    pub path: String,
    pub csrf: String,
    pub flash: Option<Flash>,
    csrf_is_new: bool,
    pub(super) secure: bool,
}

impl Visitor {
    pub fn language(&self) -> Language {
        self.caller.language
    }
    /// As whom `App` reads and writes.
    pub fn caller(&self) -> Caller {
        self.caller.clone()
    }
    /// The same visitor, logged in a moment ago.
    pub fn logged_in(mut self, session: &Secret) -> Self {
        self.caller.credentials = Credentials::Cookie(session.as_str().to_owned());
        self
    }

    pub(super) fn of(request: &HttpRequest) -> Self {
        let secure = request.app_data::<Data<App>>().is_some_and(|a| a.config.server.public_url.scheme() == "https");
        let from_path = request.extensions().get::<FromPath>().copied();
        let cookie = |name: &str| request.cookie(name).map(|c| c.value().to_owned());
        let chosen = cookie(LANGUAGE).and_then(|l| l.parse().ok());
        let accepted = || {
            let header = request.headers().get(header::ACCEPT_LANGUAGE)?;
            Language::accepted(header.to_str().ok()?)
        };
        let language = from_path.map(|l| l.0).or(chosen).or_else(accepted).unwrap_or_default();
        let credentials = match cookie(session_name(secure)) {
            Some(value) => Credentials::Cookie(value),
            None => Credentials::None,
        };
        let (csrf, csrf_is_new) = match cookie(csrf::cookie_name(secure)).filter(|v| csrf::is_token(v)) {
            Some(token) => (token, false),
            None => (Secret::generate().into_string(), true),
        };
        let request_id = request.extensions().get::<RequestId>().map(|id| id.to_string()).unwrap_or_default();
        Self {
            caller: Caller { credentials, language, request_id },
            root: from_path.map_or("", FromPath::root),
            path: request.uri().path_and_query().map_or("/", |p| p.as_str()).to_owned(),
            csrf,
            flash: cookie(super::flash::COOKIE).and_then(|v| Flash::read(&v)),
            csrf_is_new,
            secure,
        }
    }

    /// The cookies that go with a page.
    pub(super) fn cookies(&self) -> Vec<Cookie<'static>> {
        let mut cookies = Vec::new();
        if self.csrf_is_new {
            let token = cookie(csrf::cookie_name(self.secure), self.csrf.clone(), self.secure);
            cookies.push(token.same_site(SameSite::Strict).finish());
        }
        if self.flash.is_some() {
            cookies.push(removed(super::flash::COOKIE, self.secure));
        }
        cookies
    }

    /// Keeps the language that the visitor has chosen.
    pub fn language_cookie(&self, language: Language) -> Cookie<'static> {
        cookie(LANGUAGE, language.as_str(), self.secure).max_age(Duration::days(365)).finish()
    }
}

impl FromRequest for Visitor {
    type Error = Infallible;
    type Future = Ready<std::result::Result<Self, Infallible>>;
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(request)))
    }
}

/// As that of the token of forms (`csrf`): with https, only this host can have set it.
fn session_name(secure: bool) -> &'static str {
    if secure { "__Host-bb_session" } else { "bb_session" }
}

/// Keeps the visitor logged in.
pub fn session_cookie(visitor: &Visitor, session: Secret, hours: i64) -> Cookie<'static> {
    let name = session_name(visitor.secure);
    cookie(name, session.into_string(), visitor.secure).max_age(Duration::hours(hours)).finish()
}

/// Logs the visitor out.
pub fn clear_session(visitor: &Visitor) -> Cookie<'static> {
    removed(session_name(visitor.secure), visitor.secure)
}

/// As all of ours are: for every address here, out of reach of scripts, and left out of what other sites post.
pub(super) fn cookie(name: &'static str, value: impl Into<Cow<'static, str>>, secure: bool) -> CookieBuilder<'static> {
    Cookie::build(name, value).path("/").http_only(true).secure(secure).same_site(SameSite::Lax)
}

fn removed(name: &'static str, secure: bool) -> Cookie<'static> {
    let mut removed = cookie(name, "", secure).finish();
    removed.make_removal();
    removed
}

/// On to another page, with a word about what was done.
pub fn see_other(visitor: &Visitor, path: &str, flash: Option<Flash>) -> HttpResponse {
    let mut response = HttpResponse::SeeOther();
    response.insert_header((header::LOCATION, format!("{}{path}", visitor.root)));
    if let Some(flash) = flash {
        response.cookie(flash.cookie(visitor.secure));
    }
    response.finish()
}
