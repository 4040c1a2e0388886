//! Too many attempts: the account and the address must wait.
use super::Email;
use super::store::{self, Failure};
use crate::platform::config;
use crate::platform::db::Db;
use crate::platform::db::types::{Id, Timestamp};
use crate::{Error, Result};
use chrono::TimeDelta;

/// Attempts older than this count no more.
const WINDOW: TimeDelta = TimeDelta::minutes(15);

/// What can be tried too often. Each is counted for itself: whoever cannot log in can still ask for a new password.
#[derive(Debug, Clone, Copy)]
pub enum What {
    /// A login with the wrong password.
    Login,
    /// A request for a new password, which sends a mail.
    Reset,
    /// A registration, which sends a mail and computes a slow hash.
    Registration,
}

/// Someone tries something.
#[derive(Clone, Copy)]
pub struct Attempt<'a> {
    pub what: What,
    pub email: &'a Email,
    /// Where it comes from (`ClientAddress`).
    pub address: &'a str,
}

impl Attempt<'_> {
    /// What the account and the address are counted as.
    fn keys(&self) -> (String, String) {
        let prefix = match self.what {
            What::Login => "",
            What::Reset => "reset ",
            What::Registration => "registration ",
        };
        (format!("{prefix}{}", self.email), format!("{prefix}{}", self.address))
    }
}

/// Turns away whoever has tried too often, before anything is written.
///
/// # Errors
/// `TooMany` while the account or the address has tried too often.
pub fn check(db: &mut Db, attempt: Attempt<'_>, now: Timestamp, rules: &config::Identity) -> Result<()> {
    let since = now - WINDOW;
    let (account, address) = attempt.keys();
    let account = store::failures_of_account(db, &account, since)?;
    let from = store::failures_of_address(db, &address, since)?;
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

/// Counts a try, before anybody looks whether it is right: of many that come at the same time no more get on than may.
///
/// # Errors
/// `TooMany` while the account or the address has tried too often.
pub fn count(db: &mut Db, attempt: Attempt<'_>, now: Timestamp, rules: &config::Identity) -> Result<Id<Failure>> {
    let (account, address) = attempt.keys();
    // In this order, so that no two wait for each other.
    db.waits_for_turn(&account)?;
    db.waits_for_turn(&address)?;
    check(db, attempt, now, rules)?;
    let id = Id::new();
    store::insert_failure(db, id, &account, &address, now)?;
    Ok(id)
}

/// A try that was right does not count.
pub fn take_back(db: &mut Db, counted: Id<Failure>) -> Result<()> {
    store::delete_failure(db, counted)
}

/// Takes away attempts that count no more.
///
/// # Errors
/// When the database refuses.
pub fn forget(db: &mut Db, now: Timestamp, batch: usize) -> Result<usize> {
    store::forget_failures_before(db, now - WINDOW, batch)
}
