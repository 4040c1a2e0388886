//! One connection type for both databases.
//!
//! Business code sees `&mut Db` and ordinary diesel. What differs between SQLite and PostgreSQL lives only here:
//! how values are represented (`types`), what the two spell differently (`dialect`), pools, transactions and statements that
//! several share (`pool`, `writer`, `shared_read`, `shared_insert`, `together`).
mod address;
mod counters;
mod crowd;
mod dialect;
mod pool;
pub mod schema;
mod shared_insert;
mod shared_read;
mod together;
pub mod types;
mod writer;

pub use counters::{CHANGES, next_number, next_numbers};
pub use dialect::{Dialect, DialectExt, among, json_begins, json_has, literal, text_has};
pub use pool::{Database, Engine, Reader, Synchronous};
pub use shared_read::SharedRead;
pub use together::{Deed, Part, Row, Rows, insert_together};

/// A connection to either database, which Diesel takes as one of its own.
#[derive(diesel::MultiConnection)]
pub enum Db {
    Postgres(diesel::PgConnection),
    Sqlite(diesel::SqliteConnection),
}

/// Compile `$body` once per engine. For the few statements that the derived connection cannot express:
/// batch inserts and `ON CONFLICT`.
#[macro_export]
macro_rules! on_each {
    ($conn:expr, |$c:ident| $body:expr) => {
        match $conn {
            $crate::platform::db::Db::Postgres($c) => $body,
            $crate::platform::db::Db::Sqlite($c) => $body,
        }
    };
}
