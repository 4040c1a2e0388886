//! Everything that happened, append-only.
pub mod api;
mod event;
mod policy;
mod record;
mod store;
pub mod web;

pub use event::{Event, EventId};
pub use store::{Entry, Recorded, last_editor, withdrawal};
