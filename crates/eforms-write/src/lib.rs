//! Writes eForms: the facts of a purchase in, a notice that is valid out.
//!
//! ```text
//! facts (JSON, or made by a slice) ── check(dispatch) ──▶ Notice ── write_to(out) ──▶ XML
//!                                          │
//!                                          └──▶ every Problem, with its place and a stable code
//! ```
//!
//! Four forms, each above and below the thresholds of the EEA: a consultation (E1), a plan (4, E2), a competition (16,
//! E3) and its result (29, E4). Each for Doffin, by the rules of DFØ, or plain. What the types cannot keep from being
//! told wrong, the check does; what it lets through is valid by the schemas and the Schematron of the EU and by DFØ's
//! rules, which `tests/validate.sh` asks them about random facts of every kind.
mod check; // every problem at once
pub mod codes; // the code lists
pub mod dispatch; // how a notice is sent: identity, time, profile
mod document; // facts as the elements of eForms
pub mod facts; // what there is to tell
mod form; // facts that can be checked and published
mod gather; // from JSON, with all that is missing
pub mod languages; // texts in several languages
pub mod suggest; // which codes fit a case
mod xml; // elements

pub use check::Problem;
pub use dispatch::{Dispatch, Profile, Subtype, Tailoring};
pub use facts::{Competition, Consultation, ContractResult, Planning};
pub use form::{Facts, FormName, Notice};
