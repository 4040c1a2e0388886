//! Reads eForms: the notices that TED and Doffin publish, of every subtype and version from SDK 1.3 on. A document in, a
//! [`Notice`](facts::Notice) out: typed facts, and with them everything that is wrong.
//!
//! ```text
//! files, folders, archives ── sources::read ──▶ documents ── read, read_all ──▶ Notice: facts and flags
//!             │                                                 │
//!             └──▶ Unopened: name and reason                    └──▶ Unreadable: XPath and reason
//! ```
//!
//! A fact is what the notice says. What it leaves out is `None` or empty, what it says wrongly is a [`Flag`](facts::Flag), and nothing
//! is filled in.
mod document; // the pass over a document
pub mod facts; // what a notice says, and what is wrong with it
pub mod sources; // where documents lie: files, folders, archives

pub use document::{MOST_BYTES, Reason, Unreadable, read, read_all};
