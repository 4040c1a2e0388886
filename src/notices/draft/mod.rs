//! A draft of a notice: what a need knows, and what someone adds to it, as eForms.
//!
//! Brobygger sends no notices. Whoever buys takes the draft into the tool that does.
pub mod api;
mod case;
mod facts;
mod fields;
mod order;
pub mod web;

pub use case::{Said, said};
pub use order::{Draft, MAX_FACTS, Order, Source, draft, suggestions};
