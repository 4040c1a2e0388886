//! What a form posted: its fields, its files, and the proof that it is a form of ours.
use super::{Failure, Visitor, csrf};
use crate::{App, Error, FieldError};
use actix_multipart::Multipart;
use actix_web::dev::Payload;
use actix_web::http::header::{self, ContentDisposition};
use actix_web::web::{Bytes, Data};
use actix_web::{FromRequest, HttpRequest};
use futures_util::TryStreamExt;
use futures_util::future::LocalBoxFuture;

/// More fields than any form of ours has.
const MAX_FIELDS: usize = 500;

/// The fields of a form, in the order they came.
#[derive(Debug, Clone, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// From a query or a body; what cannot be decoded becomes `U+FFFD`.
    pub fn parse(text: &[u8]) -> Self {
        Self(
            url::form_urlencoded::parse(text).take(MAX_FIELDS).map(|(k, v)| (k.into_owned(), v.into_owned())).collect(),
        )
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
    /// A filter of the address that is not empty.
    pub fn filter(&self, name: &str) -> Option<String> {
        Some(self.get(name).trim().to_owned()).filter(|v| !v.is_empty())
    }
}

/// The query of the address.
impl FromRequest for Fields {
    type Error = std::convert::Infallible;
    type Future = std::future::Ready<Result<Self, Self::Error>>;
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        std::future::ready(Ok(Self::parse(request.query_string().as_bytes())))
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
}

impl Sent {
    /// Reads `multipart/form-data` with at most `max_files` files, or a plain form.
    pub fn read(
        request: &HttpRequest,
        payload: &mut Payload,
        max_files: usize,
    ) -> LocalBoxFuture<'static, crate::Result<Self>> {
        let multipart = is_multipart(request);
        let limits =
            request.app_data::<Data<App>>().map(|a| (a.config.attachments.clone(), a.config.server.max_body_bytes));
        let request = request.clone();
        let mut payload = payload.take();
        Box::pin(async move {
            let (attachments, max_body) = limits.ok_or(Error::Unavailable("server"))?;
            if multipart {
                let form = Multipart::from_request(&request, &mut payload).await.map_err(|_| broken())?;
                read_multipart(form, max_body, attachments.max_bytes, attachments.max_files.min(max_files)).await
            } else {
                let body = Bytes::from_request(&request, &mut payload).await.map_err(|_| Error::TooLarge)?;
                Ok(Self { fields: Fields::parse(&body), files: Vec::new() })
            }
        })
    }
}

pub fn is_multipart(request: &HttpRequest) -> bool {
    let sent = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    sent.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("multipart/form-data"))
}

/// A posted form whose token was right.
#[derive(Debug, Clone)]
pub struct Posted {
    pub fields: Fields,
    pub files: Vec<Upload>,
}

impl FromRequest for Posted {
    type Error = Failure;
    type Future = LocalBoxFuture<'static, Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let visitor = Visitor::of(request);
        let origin_is_ours = origin_is_ours(request);
        let sent = Sent::read(request, payload, usize::MAX);
        Box::pin(async move {
            let Sent { fields, files } = sent.await?;
            if !origin_is_ours || !csrf::same(fields.get("_csrf"), &visitor.csrf) {
                return Err(Error::Conflict("form-expired").into());
            }
            Ok(Self { fields, files })
        })
    }
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

async fn read_multipart(
    mut form: Multipart,
    max_body: usize,
    max_bytes: usize,
    max_files: usize,
) -> crate::Result<Sent> {
    let mut fields = Vec::new();
    let mut files: Vec<Upload> = Vec::new();
    let mut typed = 0;
    while let Some(mut part) = form.try_next().await.map_err(|_| broken())? {
        let field = part.name().unwrap_or_default().to_owned();
        let name = part.content_disposition().and_then(file_name);
        let limit = if name.is_some() { max_bytes } else { max_body };
        let mut content = Vec::new();
        while let Some(chunk) = part.try_next().await.map_err(|_| broken())? {
            // One byte too many is kept, so that the check of the file tells about it by name.
            if content.len() <= limit {
                content.extend_from_slice(&chunk);
            }
        }
        match name {
            // A file field that was left empty.
            Some(name) if name.is_empty() && content.is_empty() => {}
            Some(name) => {
                if files.len() > max_files {
                    let error = FieldError::new("attachments", "too-many").with("max", max_files);
                    return Err(Error::Invalid(vec![error]));
                }
                files.push(Upload { field, name, content });
            }
            None => {
                typed += content.len();
                if typed > max_body || fields.len() >= MAX_FIELDS {
                    return Err(Error::TooLarge);
                }
                fields.push((field, String::from_utf8_lossy(&content).into_owned()));
            }
        }
    }
    Ok(Sent { fields: Fields(fields), files })
}

/// Browsers send `filename="…"`; some programs send `filename*=UTF-8''…` (RFC 5987), which then is the better of the two.
fn file_name(disposition: &ContentDisposition) -> Option<String> {
    let extended = disposition.get_filename_ext().map(|name| String::from_utf8_lossy(&name.value).into_owned());
    extended.or_else(|| disposition.get_filename().map(str::to_owned))
}
