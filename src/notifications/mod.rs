//! Who is told what, when and how.
pub mod api;
mod deliver;
mod outbox;
mod policy;
mod post;
mod recipients;
mod retry;
mod stop;
mod store;
pub mod web;

pub use deliver::{ATTEMPTS, deliver_due, run};
pub use outbox::{MessageStatus, OutboxMessage};
pub use post::Post;
pub use recipients::{announce, everyone_in};
pub use retry::retry;
pub use store::{count, counts, forget_messages, next_due, oldest_waiting, sent_since};
