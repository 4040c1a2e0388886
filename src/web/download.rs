//! A file that is kept, never shown: whatever is in it, it does not run here.
use crate::Result;
use actix_files::NamedFile;
use actix_web::http::header::{self, Charset, ContentDisposition, DispositionParam, DispositionType, ExtendedValue};
use actix_web::{HttpRequest, HttpResponse};
use anyhow::Context;
use std::path::Path;

/// The file under its own name (RFC 6266, with the name once more as RFC 5987 has it).
pub fn download(name: &str, media_type: &str, content: Vec<u8>) -> HttpResponse {
    let plain = name.chars().map(|c| if c.is_ascii_graphic() || c == ' ' { c } else { '_' }).collect();
    let extended = ExtendedValue {
        charset: Charset::Ext("UTF-8".to_owned()),
        language_tag: None,
        value: name.as_bytes().to_vec(),
    };
    let disposition = ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(plain), DispositionParam::FilenameExt(extended)],
    };
    HttpResponse::Ok()
        .insert_header(disposition)
        .insert_header((header::CONTENT_TYPE, media_type))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"))
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .body(content)
}

/// A large file from the disk that everybody may have, whole or in the parts that are asked for (RFC 9110, section 14).
///
/// # Errors
/// When it is gone.
pub fn download_parts(request: &HttpRequest, file: &Path, name: &str, media_type: &str) -> Result<HttpResponse> {
    let file = NamedFile::open(file).with_context(|| format!("{} cannot be opened", file.display()))?;
    let file = file
        .set_content_type(media_type.parse().context("a media type")?)
        .set_content_disposition(ContentDisposition::attachment(name));
    let mut answer = file.into_response(request);
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static("public, no-cache"));
    Ok(answer)
}
