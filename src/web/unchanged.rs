//! What may be kept, and by whom. What everybody may keep is sent once: whoever has it already is told that nothing has changed
//! (RFC 9110, 13.1.2).
use crate::platform::language::Language;
use actix_web::body::{self, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{
    ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_TYPE, ETAG, EntityTag, Header as _, HeaderMap,
    HeaderValue, IfNoneMatch, TryIntoHeaderValue as _, VARY,
};
use actix_web::middleware::Next;
use sha2::{Digest, Sha256};

/// Gives every answer that is marked `public` the digest of its content as its tag, and leaves the content out for whoever
/// has it. What is streamed is sent as it is.
pub async fn unchanged<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let known = IfNoneMatch::parse(&request);
    let mut response = next.call(request).await?.map_into_boxed_body();
    let is_api = response.request().path().starts_with("/api/v1/");
    if is_api && !response.headers().contains_key(CACHE_CONTROL) {
        own(&mut response);
    }
    if response.status() != StatusCode::OK || !is_public(response.headers()) {
        return Ok(response);
    }
    let (request, answer) = response.into_parts();
    let (mut answer, content) = answer.into_parts();
    let content = match content.try_into_bytes() {
        Ok(content) => content,
        Err(stream) => return Ok(ServiceResponse::new(request, answer.set_body(stream))),
    };
    let digest: String = Sha256::digest(&content).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    // Weak: whatever it is compressed with, it is the same.
    let tag = EntityTag::new_weak(digest);
    let has_it = match known {
        Ok(IfNoneMatch::Any) => true,
        Ok(IfNoneMatch::Items(tags)) => tags.iter().any(|known| known.weak_eq(&tag)),
        Err(_) => false,
    };
    answer.headers_mut().insert(ETAG, tag.try_into_value()?);
    if has_it {
        *answer.status_mut() = StatusCode::NOT_MODIFIED;
        answer.headers_mut().remove(CONTENT_TYPE);
        return Ok(ServiceResponse::new(request, answer.set_body(BoxBody::new(body::None::new()))));
    }
    Ok(ServiceResponse::new(request, answer.set_body(BoxBody::new(content))))
}

/// What the API answers is the client's own unless it says otherwise: it depends on who asks, for whom, and in which language.
fn own(response: &mut ServiceResponse<BoxBody>) {
    let accepted = response.request().headers().get(ACCEPT_LANGUAGE).and_then(|accepted| accepted.to_str().ok());
    let language = accepted.and_then(Language::accepted).unwrap_or_default();
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.append(VARY, HeaderValue::from_static("Authorization, X-Organisation, Accept-Language"));
    if !headers.contains_key(CONTENT_LANGUAGE) {
        headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.as_str()));
    }
}

fn is_public(headers: &HeaderMap) -> bool {
    headers.get(CACHE_CONTROL).is_some_and(|cache| cache.as_bytes().starts_with(b"public"))
}
