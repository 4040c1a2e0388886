//! The adviser's desk: the public needs of all tenants, and how the market meets them. Reading only, and nothing that
//! is confidential.
pub mod api;
mod find;
mod policy;
mod store;
pub mod web;

pub use find::{FILTERS, Figures, Stage, Without, figures};
pub use policy::{Read, read};
