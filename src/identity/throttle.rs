//! Too many wrong passwords: the account and the address must wait.
use super::{Email, store};
use crate::platform::config;
use crate::platform::db::Db;
use crate::platform::db::types::{Id, Timestamp};
use crate::{Error, Result};
use chrono::TimeDelta;

/// Failures older than this are forgotten.
const WINDOW: TimeDelta = TimeDelta::minutes(15);

/// # Errors
/// `TooMany` while the account or the address has failed too often.
pub fn check(db: &mut Db, email: &Email, address: &str, now: Timestamp, rules: &config::Identity) -> Result<()> {
    let since = now - WINDOW;
    let account = store::failures_of_account(db, email.as_str(), since)?;
    let from = store::failures_of_address(db, address, since)?;
    let oldest = [(account, rules.failures_per_account), (from, rules.failures_per_address)]
        .into_iter()
        .filter(|((count, _), limit)| count >= limit)
        .filter_map(|((_, oldest), _)| oldest)
        .max();
    match oldest {
        Some(oldest) => {
            let wait = ((oldest + WINDOW).utc() - now.utc()).num_seconds().max(1);
            Err(Error::TooMany { retry_after_seconds: wait })
        }
        None => Ok(()),
    }
}

pub fn failed(db: &mut Db, email: &Email, address: &str, now: Timestamp) -> Result<()> {
    store::insert_failure(db, Id::new(), email.as_str(), address, now)?;
    store::forget_failures_before(db, now - WINDOW)
}
