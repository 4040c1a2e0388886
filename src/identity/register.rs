//! A new user: through the registration of a supplier, an invitation, or a command.
use super::throttle::{self, Attempt, What};
use super::{Email, Password, Passwords, User, UserId, store};
use crate::Result;
use crate::op::Op;
use crate::platform::config;
use crate::platform::db::Database;
use crate::platform::db::types::Timestamp;
use crate::platform::language::Language;

pub struct NewUser {
    pub name: String,
    pub email: Email,
    pub language: Language,
    pub password_hash: String,
}

/// Hashes the password of someone who registers. Counts and hashes outside of any transaction, as `prove` does.
///
/// # Errors
/// `TooMany` after too many registrations with this address or from there; whether the address is known or not.
pub fn hash_new(
    db: &Database,
    registrant: (&Email, &str),
    password: &Password,
    passwords: &Passwords,
    rules: &config::Identity,
    now: Timestamp,
) -> Result<String> {
    let attempt = Attempt { what: What::Registration, email: registrant.0, address: registrant.1 };
    db.transaction(|db| throttle::count(db, attempt, now, rules))?;
    passwords.hash(password)
}

/// Enters a user, whose address has been shown to be theirs: by a link that came there, or by an operator's word.
///
/// # Errors
/// `Conflict` (`already-there`) if somebody has the address.
pub fn add_user(op: &mut Op<'_>, new: NewUser) -> Result<UserId> {
    let now = op.now();
    let user = User {
        id: UserId::new(),
        email: new.email.into_string(),
        name: new.name,
        language: new.language,
        password_hash: new.password_hash,
        email_confirmed_at: Some(now),
        created_at: now,
        deleted_at: None,
    };
    store::insert_user(op.db(), &user)?;
    Ok(user.id)
}
