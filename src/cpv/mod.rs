//! Finding the code for what is bought: by its digits, or by Norwegian or English words.
pub mod api;
mod find;
mod take;
pub mod web;

pub use find::{Found, find};
pub use take::{beginning, beginning_of_query, take};
