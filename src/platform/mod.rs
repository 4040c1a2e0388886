//! The ground that everything stands on. Knows nothing of needs and suppliers.
pub mod area;
pub mod clock;
pub mod config;
pub mod db;
pub mod language;
pub mod machine;
pub mod mail;
pub mod search;
pub mod telemetry;
pub mod wording;
