//! The HTML door: what all pages share, and the table of every page (`routes`).
mod address;
pub mod assets;
mod csrf;
pub mod datasets;
mod download;
pub mod failure;
mod flash;
pub mod form;
pub mod health;
mod labels;
mod language;
pub mod page;
pub mod pages;
mod piece;
mod posted;
mod query;
pub mod resource;
pub mod routes;
mod security;
mod sent;
mod span;
mod templates;
mod unchanged;
pub mod view;
mod visitor;
mod watcher;

pub use address::ClientAddress;
pub use download::{PRIVATE, PUBLIC, download, download_parts, download_stream};
pub use failure::Failure;
pub use flash::Flash;
pub use form::Field;
pub use language::from_path as language_from_path;
pub use page::{Page, Preview, framed, page, page_with_status};
pub use posted::{FormKey, Posted, Unread};
pub use security::headers;
pub use sent::{Sent, Upload, is_multipart, media_type, whole_body};
pub use span::RequestSpan;
pub use templates::Pages;
pub use unchanged::unchanged;
pub use visitor::{Visitor, clear_session, see_other, session_cookie};
pub use watcher::Watcher;

/// What a page comes to: an answer, or what `failure` makes a page of.
pub type Result<T = actix_web::HttpResponse> = std::result::Result<T, Failure>;
