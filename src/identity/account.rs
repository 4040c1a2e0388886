//! What users change about themselves.
use super::{Proven, store};
use crate::audit::Event;
use crate::input::Input;
use crate::op::Op;
use crate::platform::language::Language;
use crate::{Error, Result};

/// Longer than any name.
pub const NAME: usize = 100;

/// Name and language as they are written in the form.
#[derive(Debug, Clone, Default)]
pub struct ProfileWords {
    pub name: String,
    pub language: String,
}

/// # Errors
/// `Invalid` with everything that cannot be taken.
pub fn edit_profile(op: &mut Op<'_>, words: &ProfileWords) -> Result<Language> {
    let person = op.person()?;
    let mut input = Input::default();
    let name = input.required_line("name", &words.name, NAME);
    let language = input.parse("language", words.language.parse::<Language>().map_err(|_| "unknown"));
    input.finish()?;
    let language = language.unwrap_or(person.language);
    store::set_name_and_language(op.db(), person.user, &name, language)?;
    Ok(language)
}

/// Sets a new password for whoever has just proven that they know the present one, and ends their other sessions and the links to
/// choose one: should
/// someone else know it too, they are out.
///
/// # Errors
/// `Forbidden` if it was another user who proved it.
pub fn change_password(op: &mut Op<'_>, proven: &Proven, password_hash: &str) -> Result<()> {
    let person = op.person()?;
    if proven.user().id != person.user {
        return Err(Error::Forbidden("change the password of someone else".into()));
    }
    let now = op.now();
    store::set_password(op.db(), person.user, password_hash)?;
    store::spend_email_tokens(op.db(), person.user, now)?;
    store::revoke_others(op.db(), person.user, person.session, now)?;
    op.record(Event::PasswordReset { user: person.user })
}
