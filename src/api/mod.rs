//! The JSON door: what all endpoints share, and the table of every endpoint (`routes`).
mod body;
mod client;
pub mod docs;
pub mod endpoint;
mod form;
mod idempotency;
pub mod openapi;
mod paging;
mod problem;
pub mod routes;

pub use body::{Body, Patch, Taken};
pub use client::{Client, IfMatch, Stranger};
pub use form::Form;
pub use idempotency::{Created, create, insert};
pub use paging::{PAGING, Page, Paging, decode, encode, limit, one_beyond};
pub use problem::{Problem, ProblemBody, code, respond, status, title};

use actix_web::HttpResponse;
use actix_web::http::header;

/// What an endpoint comes to: an answer, or a problem.
pub type Result<T = HttpResponse> = std::result::Result<T, Problem>;

/// A thing with its tag; only the tag to whoever has it already.
pub fn tagged(client: &Client, tag: String, body: &impl serde::Serialize) -> HttpResponse {
    if client.has(&tag) {
        return HttpResponse::NotModified().insert_header((header::ETAG, tag)).finish();
    }
    HttpResponse::Ok().insert_header((header::ETAG, tag)).json(body)
}

/// The id in a path. What is no id names nothing.
///
/// # Errors
/// `NotFound`
pub fn id<T>(text: &str, what: &'static str) -> crate::Result<crate::platform::db::types::Id<T>> {
    text.parse().map_err(|_| crate::Error::NotFound(what))
}
