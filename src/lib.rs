//! The map. First what users talk about, then the law as data, then who is who, then the doors, then the ground.

// The domain.
pub mod changes;
pub mod cpv;
pub mod dialogue;
pub mod needs;
pub mod notices;
pub mod notifications;
pub mod ocds;
pub mod portfolio;
pub mod statistics;
pub mod suppliers;

// The law, as data.
pub use regulations; // a crate of its own

// Who is who, and what they did.
pub mod audit;
pub mod identity;
pub mod tenancy;

// The doors.
pub mod api;
pub mod cli;
pub mod me;
pub mod web;

// What every verb needs.
pub mod app;
pub mod error;
pub mod fields;
pub mod input;
pub mod once;
pub mod op;
pub mod serve;
pub mod upkeep;

// The ground.
pub mod platform;

pub use app::App;
pub use error::{Error, FieldError, Result};
