//! What came as a form, read within limits: its fields and its files, and nothing without end.
use crate::fields::{Fields, MAX_FIELDS};
use crate::platform::config::Config;
use crate::{App, Error, FieldError};
use actix_multipart::{Multipart, MultipartError};
use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header::{self, ContentDisposition};
use actix_web::web::{self, Bytes, Data};
use actix_web::{FromRequest, HttpRequest};
use futures_util::TryStreamExt;
use futures_util::future::LocalBoxFuture;
use sha2::{Digest, Sha256};
use std::time::Duration;
use tokio::time::{Instant, timeout, timeout_at};

/// What a browser sends a form as.
const FORM: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";
/// How long a body may take to come.
const PATIENCE: Duration = Duration::from_secs(60);
/// Bytes in a millisecond. Files may take longer as long as they come as fast as this, which a slow telephone does.
const SLOWEST: usize = 50;

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

    pub(super) fn read_to(
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
    for (name, value) in fields.pairs() {
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
pub(super) enum Files {
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

/// Is it a form with files?
pub fn is_multipart(request: &HttpRequest) -> bool {
    media_type(request) == MULTIPART
}

/// Without its parameters, in lower case; empty if the request does not say.
pub fn media_type(request: &HttpRequest) -> String {
    let sent = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    sent.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
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
    Ok((Fields::of(fields), files))
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
        read_multipart(form(sent.to_owned()), limits, Files::Read).await.map(|(fields, _)| fields.names().count())
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
