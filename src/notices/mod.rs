//! Notices of public procurement: what Doffin and TED publish, brought in and kept. Reading them is `eforms_read`'s, and
//! so are the facts of a [`Notice`], which are named here as ours.
pub mod api;
pub mod draft;
pub mod import;
mod keep;
mod outcome;
mod packed;
pub mod policy;
pub mod store;
mod stored;

pub use eforms_read::facts::*;
pub use keep::{Kept, keep};
pub use outcome::Outcome;
pub use stored::{Stored, StoredId, names_procedure};
