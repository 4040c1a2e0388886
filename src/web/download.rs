//! A file that is kept, never shown: whatever is in it, it does not run here.
use crate::Result;
use actix_files::NamedFile;
use actix_web::http::header::{self, Charset, ContentDisposition, DispositionParam, DispositionType, ExtendedValue};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use anyhow::Context;
use futures_util::{Stream, StreamExt};
use std::path::Path;

/// Whoever passes it on may keep it, and asks each time whether it is still right.
pub const PUBLIC: &str = "public, no-cache";
/// Only whoever asked may keep it.
pub const PRIVATE: &str = "private, no-cache";
/// Should a browser show it in spite of everything: it may do nothing.
const SANDBOX: &str = "sandbox; default-src 'none'";

/// The file under its own name (RFC 6266, with the name once more as RFC 5987 has it).
pub fn download(name: &str, media_type: &str, content: Vec<u8>) -> HttpResponse {
    kept(name, media_type).body(content)
}

/// The same, part by part as it is made.
pub fn download_stream(
    name: &str,
    media_type: &str,
    parts: impl Stream<Item = Result<Vec<u8>>> + 'static,
) -> HttpResponse {
    let parts = parts.map(|part| match part {
        Ok(part) => Ok(Bytes::from(part)),
        Err(e) => {
            tracing::warn!(error = %e, "A file broke off while it was made");
            Err(std::io::Error::other(e))
        }
    });
    kept(name, media_type).streaming(parts)
}

fn kept(name: &str, media_type: &str) -> HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    response
        .insert_header(disposition(name))
        .insert_header((header::CONTENT_TYPE, media_type))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CONTENT_SECURITY_POLICY, SANDBOX))
        .insert_header((header::CACHE_CONTROL, PRIVATE));
    response
}

fn disposition(name: &str) -> ContentDisposition {
    let plain = name.chars().map(|c| if c.is_ascii_graphic() || c == ' ' { c } else { '_' }).collect();
    let extended = ExtendedValue {
        charset: Charset::Ext("UTF-8".to_owned()),
        language_tag: None,
        value: name.as_bytes().to_vec(),
    };
    ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(plain), DispositionParam::FilenameExt(extended)],
    }
}

/// A file from the disk as it is read, whole or in the parts that are asked for (RFC 9110, section 14). `cache`: [`PUBLIC`] if
/// everybody may have it, else [`PRIVATE`].
///
/// # Errors
/// When it is gone.
pub fn download_parts(
    request: &HttpRequest,
    file: &Path,
    name: &str,
    media_type: &str,
    cache: &'static str,
) -> Result<HttpResponse> {
    let file = NamedFile::open(file).with_context(|| format!("{} cannot be opened", file.display()))?;
    let file =
        file.set_content_type(media_type.parse().context("a media type")?).set_content_disposition(disposition(name));
    let mut answer = file.into_response(request);
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static(cache));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, header::HeaderValue::from_static("nosniff"));
    headers.insert(header::CONTENT_SECURITY_POLICY, header::HeaderValue::from_static(SANDBOX));
    Ok(answer)
}
