//! Proving who one is with e-mail and password.
use super::throttle::{self, Attempt, What};
use super::{Email, Passwords, User, UserId, store};
use crate::op::Op;
use crate::platform::config;
use crate::platform::db::Database;
use crate::platform::db::types::Timestamp;
use crate::{Error, Result, suppliers};

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

    /// The user, held until the transaction ends: meanwhile the password may have become another, or the account deleted, and
    /// whoever did that expects to be alone.
    ///
    /// # Errors
    /// `Invalid` (`password`, `wrong-login`) if it is not their password any more.
    pub fn still(&self, op: &mut Op<'_>) -> Result<UserId> {
        let wrong = || Error::field("password", "wrong-login");
        match store::hold_user(op.db(), self.0.id) {
            Err(Error::Unauthenticated) => return Err(wrong()),
            held => held?,
        }
        let now = store::find_user(op.db(), self.0.id)?;
        if now.password_hash == self.0.password_hash { Ok(now.id) } else { Err(wrong()) }
    }
}

/// Checks e-mail and password. Three steps, so that the slow hash is never computed inside a transaction.
///
/// # Errors
/// `Invalid` (`password`, `wrong-login`) if they do not fit, whichever of them is wrong; `TooMany` after too many tries;
/// `Conflict` (`email-not-confirmed`) if they are those of a registration whose address was not confirmed yet.
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
    let (user, chosen) = {
        let mut db = db.reader()?;
        throttle::check(&mut db, attempt, now, rules)?;
        let user = store::find_by_email(&mut db, email.as_str())?;
        let chosen = if user.is_none() { suppliers::chosen_password(&mut db, email.as_str(), now)? } else { None };
        (user, chosen)
    };
    let hash = user.as_ref().map(|u| u.password_hash.as_str()).or(chosen.as_deref());
    if !is_right(db, attempt, &login.password, hash, passwords, rules, now)? {
        return Err(wrong());
    }
    // They registered, and have not opened the link yet.
    let user = user.ok_or(Error::Conflict("email-not-confirmed"))?;
    // From before registrations waited; a new password confirms the address too.
    if user.email_confirmed_at.is_none() {
        return Err(Error::Conflict("email-not-confirmed"));
    }
    Ok(Proven(user))
}

/// A password that someone chose when they registered, and has shown to know. Only `prove_chosen` makes one.
pub struct ChosenPassword(String);

impl ChosenPassword {
    /// Is it the one with this hash?
    pub fn is_of(&self, hash: &str) -> bool {
        self.0 == hash
    }
}

/// Checks the password that was chosen at a registration. Wrong ones count as failed logins.
///
/// # Errors
/// `Invalid` (`password`, `wrong`) if it is another; `TooMany` after too many tries.
pub fn prove_chosen(
    db: &Database,
    login: &Login,
    hash: &str,
    passwords: &Passwords,
    rules: &config::Identity,
    now: Timestamp,
) -> Result<ChosenPassword> {
    let wrong = || Error::field("password", "wrong");
    let email = Email::parse(&login.email).map_err(|_| wrong())?;
    let attempt = Attempt { what: What::Login, email: &email, address: &login.address };
    throttle::check(&mut *db.reader()?, attempt, now, rules)?;
    if !is_right(db, attempt, &login.password, Some(hash), passwords, rules, now)? {
        return Err(wrong());
    }
    Ok(ChosenPassword(hash.to_owned()))
}

/// Is it the password with this hash? A try that is under way counts as one that was wrong, until it turns out to be right.
fn is_right(
    db: &Database,
    attempt: Attempt<'_>,
    password: &str,
    hash: Option<&str>,
    passwords: &Passwords,
    rules: &config::Identity,
    now: Timestamp,
) -> Result<bool> {
    let counted = db.transaction(|db| throttle::count(db, attempt, now, rules))?;
    let right = passwords.verify(password, hash);
    if right {
        db.transaction(|db| throttle::take_back(db, counted))?;
    }
    Ok(right)
}
