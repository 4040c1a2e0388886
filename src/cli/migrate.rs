//! `brobygger migrate`
use super::{Everywhere, Failure, say};
use crate::platform::db::Database;

pub fn run(everywhere: &Everywhere) -> Result<(), Failure> {
    let config = everywhere.config()?.database;
    Database::open(&config.url, config.connections, config.synchronous)?;
    say("The database is up to date.");
    Ok(())
}
