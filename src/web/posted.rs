//! What a form posted: its fields, its files, and the proof that it is a form of ours.
use super::{Failure, Visitor, csrf};
use crate::identity::Secret;
use crate::platform::config::Config;
use crate::tenancy::Actor;
use crate::{App, Error, FieldError, once};
use actix_multipart::{Multipart, MultipartError};
use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header::{self, ContentDisposition};
use actix_web::web::{self, Bytes, Data};
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use futures_util::TryStreamExt;
use futures_util::future::LocalBoxFuture;
use sha2::{Digest, Sha256};
use std::convert::Infallible;
use std::future::{Ready, ready};
use std::time::Duration;
use tokio::time::{Instant, timeout, timeout_at};

/// The field of every form that says for which organisation it was opened.
pub(super) const ORGANISATION: &str = "_organisation";
/// Someone acts for another organisation than the form was opened for.
pub(super) const OTHER_ORGANISATION: &str = "other-organisation";
/// More fields than any form of ours has.
const MAX_FIELDS: usize = 500;
/// What a browser sends a form as.
const FORM: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

/// The fields of a form, in the order they came.
#[derive(Debug, Clone, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// From a query or a body; what cannot be decoded becomes `U+FFFD`.
    pub fn parse(text: &[u8]) -> Self {
        Self(
            url::form_urlencoded::parse(text)
                .take(MAX_FIELDS + 1)
                .map(|(k, v)| (k.into_owned(), v.into_owned()))
                .collect(),
        )
    }
    /// More than are looked at: what comes after them is unknown.
    pub fn are_too_many(&self) -> bool {
        self.0.len() > MAX_FIELDS
    }
    /// The first value, or nothing typed.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(k, _)| k == name).map_or("", |(_, v)| v)
    }
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(k, v)| k == name && !v.is_empty()).map(|(_, v)| v.as_str())
    }
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(k, _)| k == name)
    }
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(k, _)| k.as_str())
    }
    /// The fields but this one.
    pub fn without(&self, name: &str) -> Self {
        Self(self.0.iter().filter(|(k, _)| k != name).cloned().collect())
    }
    /// All of them, as they came.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
    /// A filter of the address that is not empty.
    pub fn filter(&self, name: &str) -> Option<String> {
        Some(self.get(name).trim().to_owned()).filter(|v| !v.is_empty())
    }
}

/// What mail programs, newsletters and social media hang on a link that is passed on. It says nothing about the page.
fn is_of_the_link(name: &str) -> bool {
    const NAMES: [&str; 14] = [
        "fbclid",
        "gclid",
        "gbraid",
        "wbraid",
        "dclid",
        "msclkid",
        "mc_cid",
        "mc_eid",
        "igshid",
        "ttclid",
        "twclid",
        "yclid",
        "li_fat_id",
        "_hsenc",
    ];
    name.starts_with("utm_") || NAMES.contains(&name)
}

/// The query of the address. Pages pass over what is of the link; a program means what it writes.
impl FromRequest for Fields {
    type Error = std::convert::Infallible;
    type Future = std::future::Ready<Result<Self, Self::Error>>;
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let mut fields = Self::parse(request.query_string().as_bytes());
        if !request.path().starts_with("/api/") {
            fields.0.retain(|(name, _)| !is_of_the_link(name));
        }
        std::future::ready(Ok(fields))
    }
}

/// A file as it was sent.
#[derive(Debug, Clone)]
pub struct Upload {
    pub field: String,
    pub name: String,
    pub content: Vec<u8>,
}

/// What came as a form, whoever sent it: read by both doors, within the limits of the configuration.
#[derive(Debug, Clone)]
pub struct Sent {
    pub fields: Fields,
    pub files: Vec<Upload>,
    /// Of what was sent, not of how: the boundary between the parts is another one at every attempt.
    pub fingerprint: String,
}

impl Sent {
    /// Reads `multipart/form-data` with at most `max_files` files, or a plain form; anything else is `UnsupportedMedia`. What says
    /// that it is too large is not read at all, and what proves to be is not read to its end.
    pub fn read(
        request: &HttpRequest,
        payload: &mut Payload,
        max_files: usize,
    ) -> LocalBoxFuture<'static, crate::Result<Self>> {
        Self::read_to(request, payload, max_files, Files::Read)
    }

    fn read_to(
        request: &HttpRequest,
        payload: &mut Payload,
        max_files: usize,
        of_files: Files,
    ) -> LocalBoxFuture<'static, crate::Result<Self>> {
        let multipart = is_multipart(request);
        let limits = request.app_data::<Data<App>>().map(|app| Limits::new(&app.config, max_files));
        let request = request.clone();
        let mut payload = payload.take();
        Box::pin(async move {
            let limits = limits.ok_or(Error::Unavailable("server"))?;
            let (fields, files) = if multipart {
                if length(&request).is_some_and(|length| length > limits.whole()) {
                    return Err(Error::TooLarge);
                }
                let form = Multipart::from_request(&request, &mut payload).await.map_err(|_| broken())?;
                read_multipart(form, limits, of_files).await?
            } else {
                if media_type(&request) != FORM {
                    return Err(Error::UnsupportedMedia(format!("{FORM}, {MULTIPART}")));
                }
                let body = whole_body(Bytes::from_request(&request, &mut payload)).await?;
                (Fields::parse(&body), Vec::new())
            };
            if files.is_empty() {
                return Ok(Self { fingerprint: fingerprint(&fields, &files), fields, files });
            }
            // Files are large; others wait for this thread.
            let hashed = web::block(move || Self { fingerprint: fingerprint(&fields, &files), fields, files });
            hashed.await.map_err(|_| Error::Unavailable("worker"))
        })
    }
}

/// How long a body may take to come.
const PATIENCE: Duration = Duration::from_secs(60);
/// Bytes in a millisecond. Files may take longer as long as they come as fast as this, which a slow telephone does.
const SLOWEST: usize = 50;

fn malformed(detail: &str) -> Error {
    Error::Malformed { code: "malformed", detail: detail.to_owned() }
}

fn too_late() -> Error {
    malformed("the body did not come in time")
}

/// What is sent, when all of it has come.
pub async fn whole_body(body: impl Future<Output = Result<Bytes, actix_web::Error>>) -> crate::Result<Bytes> {
    match timeout(PATIENCE, body).await {
        Err(_) => Err(too_late()),
        Ok(Ok(body)) => Ok(body),
        Ok(Err(e)) => Err(match e.as_error::<PayloadError>() {
            Some(PayloadError::Incomplete(_) | PayloadError::EncodingCorrupted | PayloadError::Io(_)) => {
                malformed("the body cannot be read")
            }
            _ => Error::TooLarge,
        }),
    }
}

fn fingerprint(fields: &Fields, files: &[Upload]) -> String {
    let mut hash = Sha256::new();
    let mut add = |part: &[u8]| {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    };
    for (name, value) in &fields.0 {
        add(name.as_bytes());
        add(value.as_bytes());
    }
    for file in files {
        add(file.field.as_bytes());
        add(file.name.as_bytes());
        add(&file.content);
    }
    hash.finalize().iter().map(|b| format!("{b:02x}")).collect()
}

/// What becomes of the files of a form: they are read, or passed over without being kept.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Files {
    Read,
    Left,
}

/// How much is read of a form with files, and for how long.
#[derive(Debug, Clone, Copy)]
struct Limits {
    /// Until the first byte, and beyond what `SLOWEST` gives for those that have come.
    patience: Duration,
    /// Bytes of all that is typed.
    typed: usize,
    /// Bytes of a file.
    file: usize,
    files: usize,
}

impl Limits {
    fn new(config: &Config, max_files: usize) -> Self {
        let rules = &config.attachments;
        let typed = config.server.max_body_bytes;
        Self { patience: PATIENCE, typed, file: rules.max_bytes, files: rules.max_files.min(max_files) }
    }

    /// How long so many bytes may take to come.
    fn time_for(self, bytes: usize) -> Duration {
        self.patience + Duration::from_millis(u64::try_from(bytes / SLOWEST).unwrap_or(u64::MAX))
    }

    /// One file too many is still read, and so is one that is somewhat too large, so that it can be told by its name.
    fn whole(self) -> usize {
        let files = if self.files == 0 { 0 } else { self.files + 1 };
        self.typed.saturating_add(self.file.saturating_mul(files))
    }
}

fn length(request: &HttpRequest) -> Option<usize> {
    request.headers().get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

pub fn is_multipart(request: &HttpRequest) -> bool {
    media_type(request) == MULTIPART
}

/// Without its parameters, in lower case; empty if the request does not say.
fn media_type(request: &HttpRequest) -> String {
    let sent = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    sent.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// A posted form whose token was right.
#[derive(Debug, Clone)]
pub struct Posted {
    pub fields: Fields,
    pub files: Vec<Upload>,
    /// None when the form carried none: it is then taken each time that it is sent.
    pub key: Option<FormKey>,
}

/// By what a form is known that is sent again: the key that stood in it, where it was sent, and all that was in it.
/// Whoever goes back and writes something else, sends something else.
#[derive(Debug, Clone)]
pub struct FormKey {
    key: String,
    fingerprint: String,
}

impl FormKey {
    fn new(address: &str, fields: &Fields, fingerprint: String) -> Option<Self> {
        let key = fields.get("_key");
        (!key.is_empty()).then(|| Self { key: format!("{address} {key}"), fingerprint })
    }

    /// As it is kept, which is without what stood in the form. Whoever acts for another organisation sends another form.
    ///
    /// # Errors
    /// `Unauthenticated` if nobody is logged in.
    pub(super) fn of(&self, actor: &Actor) -> crate::Result<once::Key> {
        actor.person()?;
        let organisation = actor.member().map(|member| member.organisation.to_string()).unwrap_or_default();
        let whole = [self.key.as_str(), &self.fingerprint, &organisation].join(" ");
        let key = format!("form {}", Secret::presented(&whole).hash());
        Ok(once::Key { key, fingerprint: self.fingerprint.clone() })
    }

    /// Of someone who may be nobody when the form is sent first, and someone the second time.
    pub fn of_anyone(&self) -> once::Whole {
        once::Whole::of(&[&self.key, &self.fingerprint])
    }
}

impl FromRequest for Posted {
    type Error = Failure;
    type Future = LocalBoxFuture<'static, Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let form = Unread { request: request.clone(), payload: payload.take() };
        Box::pin(async move { Ok(form.read(0).await?) })
    }
}

/// A form with files of which nothing has been read: what is large is read only for those who may send it, and it is the
/// handler that knows.
pub struct Unread {
    request: HttpRequest,
    payload: Payload,
}

impl FromRequest for Unread {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        ready(Ok(Self { request: request.clone(), payload: payload.take() }))
    }
}

/// What was typed into a form of ours, for whoever answers that its sender is not logged in any more.
pub(super) struct Typed(pub Fields);

impl Unread {
    /// Before a form may be read it is asked who sends it. Where that is nobody any more, or someone who acts for another
    /// organisation by now, what was typed is kept all the same; files are not. Gives the error to answer with. `max_files`: as
    /// `read`.
    pub async fn keep_typed(self, error: Error, max_files: usize) -> Error {
        if !matches!(error, Error::Unauthenticated | Error::NotFound(_) | Error::Forbidden(_)) {
            return error;
        }
        match self.read_to(max_files, Files::Left).await {
            Err(other @ Error::Conflict(OTHER_ORGANISATION)) => other,
            // What cannot be read cannot be kept, and the error is the same.
            _ => error,
        }
    }

    /// Reads it, with at most `max_files` files.
    ///
    /// # Errors
    /// `Conflict`: `form-expired` unless it is a form of ours, `other-organisation` if it was opened for another one than its
    /// sender acts for now; `TooLarge`; `UnsupportedMedia`.
    pub async fn read(self, max_files: usize) -> crate::Result<Posted> {
        self.read_to(max_files, Files::Read).await
    }

    async fn read_to(mut self, max_files: usize, files: Files) -> crate::Result<Posted> {
        let not_ours = || Error::Conflict("form-expired");
        if !origin_is_ours(&self.request) {
            return Err(not_ours());
        }
        let sent = Sent::read_to(&self.request, &mut self.payload, max_files, files).await?;
        if !csrf::same(sent.fields.get("_csrf"), &Visitor::of(&self.request).csrf) {
            return Err(not_ours());
        }
        self.request.extensions_mut().insert(Typed(sent.fields.clone()));
        self.is_for_the_same_organisation(&sent.fields).await?;
        let key = FormKey::new(self.request.path(), &sent.fields, sent.fingerprint);
        Ok(Posted { fields: sent.fields, files: sent.files, key })
    }
}

impl Unread {
    /// Whoever has changed over to another organisation in another window would write there what was meant for the first. What has a
    /// password in it is a person's own, and cannot be kept.
    async fn is_for_the_same_organisation(&self, fields: &Fields) -> crate::Result<()> {
        let opened_for = fields.get(ORGANISATION);
        if opened_for.is_empty() || fields.names().any(is_secret) {
            return Ok(());
        }
        let app = self.request.app_data::<Data<App>>().ok_or(Error::Unavailable("server"))?;
        match app.actor(Visitor::of(&self.request).caller()).await? {
            Actor::Member(member) if member.organisation_number != opened_for => {
                Err(Error::Conflict(OTHER_ORGANISATION))
            }
            _ => Ok(()),
        }
    }
}

/// What is never shown again.
pub(super) fn is_secret(field: &str) -> bool {
    field.contains("password")
}

/// A browser says where a post comes from. A request without the header is judged by its token alone.
fn origin_is_ours(request: &HttpRequest) -> bool {
    match request.headers().get("sec-fetch-site").and_then(|v| v.to_str().ok()) {
        Some(site) => matches!(site, "same-origin" | "none"),
        None => true,
    }
}

fn broken() -> Error {
    Error::Malformed { code: "broken-form", detail: "the form cannot be read".to_owned() }
}

/// What comes next of a form, if it comes by then.
async fn in_time<T>(until: Instant, coming: impl Future<Output = Result<T, MultipartError>>) -> crate::Result<T> {
    timeout_at(until, coming).await.map_err(|_| too_late())?.map_err(|_| broken())
}

async fn read_multipart(mut form: Multipart, limits: Limits, of_files: Files) -> crate::Result<(Fields, Vec<Upload>)> {
    let mut fields = Vec::new();
    let mut files: Vec<Upload> = Vec::new();
    let (mut typed, mut whole) = (0, 0);
    let begun = Instant::now();
    let until = |whole: usize| begun + limits.time_for(whole);
    while let Some(mut part) = in_time(until(whole), form.try_next()).await? {
        let field = part.name().unwrap_or_default().to_owned();
        let name = part.content_disposition().and_then(file_name);
        let is_left = name.is_some() && of_files == Files::Left;
        let limit = if name.is_some() { limits.file } else { limits.typed };
        let mut content = Vec::new();
        while let Some(chunk) = in_time(until(whole), part.try_next()).await? {
            whole += chunk.len();
            if whole > limits.whole() {
                return Err(Error::TooLarge);
            }
            // One byte too many is kept, so that the check of the file tells about it by name.
            if content.len() <= limit && !is_left {
                content.extend_from_slice(&chunk);
            }
        }
        match name {
            Some(_) if is_left => {}
            // A file field that was left empty.
            Some(name) if name.is_empty() && content.is_empty() => {}
            Some(_) if limits.files == 0 => return Err(broken()),
            Some(name) => {
                if files.len() > limits.files {
                    let error = FieldError::new("attachments", "too-many").with("max", limits.files);
                    return Err(Error::Invalid(vec![error]));
                }
                files.push(Upload { field, name, content });
            }
            None => {
                typed += content.len();
                if typed > limits.typed || fields.len() >= MAX_FIELDS {
                    return Err(Error::TooLarge);
                }
                fields.push((field, String::from_utf8_lossy(&content).into_owned()));
            }
        }
    }
    Ok((Fields(fields), files))
}

/// Browsers send `filename="…"`; some programs send `filename*=UTF-8''…` (RFC 5987), which then is the better of the two.
fn file_name(disposition: &ContentDisposition) -> Option<String> {
    let extended = disposition.get_filename_ext().map(|name| String::from_utf8_lossy(&name.value).into_owned());
    extended.or_else(|| disposition.get_filename().map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::{HeaderMap, HeaderValue};
    use futures_util::{StreamExt, stream};

    /// A form of which no more comes than this, though nobody hangs up.
    fn form(sent: String) -> Multipart {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("multipart/form-data; boundary=x"));
        let sent = stream::once(async { Ok::<_, PayloadError>(Bytes::from(sent)) });
        Multipart::new(&headers, sent.chain(stream::pending()))
    }

    async fn outcome(sent: &str, patience: Duration) -> crate::Result<usize> {
        let limits = Limits { patience, typed: 1_000, file: 1_000, files: 1 };
        read_multipart(form(sent.to_owned()), limits, Files::Read).await.map(|(fields, _)| fields.0.len())
    }

    #[actix_web::test]
    async fn a_form_that_stops_coming_is_refused_wherever_it_stops() {
        let whole = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nHei\r\n--x--\r\n";
        assert_eq!(outcome(whole, PATIENCE).await.unwrap(), 1);
        for end in [0, 2, 30, 55, whole.len() - 8] {
            let refused = outcome(&whole[..end], Duration::from_millis(5)).await;
            let Err(Error::Malformed { code: "malformed", detail }) = refused else { panic!("{end}: {refused:?}") };
            assert_eq!(detail, "the body did not come in time", "{end}");
        }
    }

    #[test]
    fn files_that_come_slowly_have_more_time_and_never_without_end() {
        let limits = Limits { patience: PATIENCE, typed: 1 << 20, file: 20 << 20, files: 10 };
        assert_eq!(limits.time_for(0), PATIENCE);
        assert_eq!(limits.time_for(5_000_000), PATIENCE + Duration::from_secs(100));
        assert!(limits.time_for(limits.whole()) < Duration::from_secs(2 * 60 * 60));
    }
}
