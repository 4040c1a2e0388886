//! Proving who one is with e-mail and password.
use super::throttle::{self, Attempt, What};
use super::{Email, Passwords, User, store};
use crate::platform::config;
use crate::platform::db::Database;
use crate::platform::db::types::Timestamp;
use crate::{Error, Result};

pub struct Login {
    pub email: String,
    pub password: String,
    /// Where it comes from, for the throttle.
    pub address: String,
}

/// A user whose password was right a moment ago. Only `prove` makes one.
pub struct Proven(User);

impl Proven {
    pub fn user(&self) -> &User {
        &self.0
    }
}

/// Checks e-mail and password. Three steps, so that the slow hash is never computed inside a transaction.
///
/// # Errors
/// `Invalid` (`password`, `wrong-login`) if they do not fit, whichever of them is wrong; `TooMany` after too many tries;
/// `Conflict` (`email-not-confirmed`) if they fit but the address was never confirmed.
pub fn prove(
    db: &Database,
    login: &Login,
    passwords: &Passwords,
    rules: &config::Identity,
    now: Timestamp,
) -> Result<Proven> {
    let wrong = || Error::field("password", "wrong-login");
    let email = Email::parse(&login.email).map_err(|_| wrong())?;
    let attempt = Attempt { what: What::Login, email: &email, address: &login.address };
    let user = {
        let mut db = db.reader()?;
        throttle::check(&mut db, attempt, now, rules)?;
        store::find_by_email(&mut db, email.as_str())?
    };
    if !passwords.verify(&login.password, user.as_ref().map(|u| u.password_hash.as_str())) {
        db.transaction(|db| throttle::count(db, attempt, now))?;
        return Err(wrong());
    }
    let user = user.ok_or_else(wrong)?;
    if user.email_confirmed_at.is_none() {
        return Err(Error::Conflict("email-not-confirmed"));
    }
    Ok(Proven(user))
}
