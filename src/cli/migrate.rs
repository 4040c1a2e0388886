//! `brobygger migrate`
use super::{Everywhere, Failure, answer, say};
use crate::platform::db::Database;

pub fn run(everywhere: &Everywhere) -> Result<(), Failure> {
    let config = everywhere.config()?.database;
    let applied = Database::migrate(&config.url, config.synchronous)?;
    if everywhere.json {
        answer(&serde_json::json!({"applied": applied}).to_string())?;
    }
    say("The database is up to date.");
    Ok(())
}
