//! The pages of logging in, registering, and one's own account.
mod account;
mod delete;
mod login;
mod register;
mod reset;

pub use account::{account, edit_account};
pub use delete::{delete, delete_form};
pub use login::{Entered, come_in_again, logged_in, login, login_form, logout, open_newcomer};
pub use register::{check_mail, confirm, confirm_form, register, register_form};
pub use reset::{forgot, forgot_form, reset, reset_form};

pub(super) use login::prove;
pub(super) use register::take_registration;

use crate::web::form::Refused;
use crate::{Error, FieldError, Result};
use actix_web::http::StatusCode;

/// What cannot be done, told at the fields of a form. Whoever must wait reads so at `field`.
///
/// # Errors
/// Those that no form tells come back.
fn refused(error: Error, field: &'static str) -> Result<Refused> {
    match error {
        Error::Conflict("email-not-confirmed") => {
            Ok(Refused::with(StatusCode::CONFLICT, vec![FieldError::new("email", "not-confirmed")]))
        }
        Error::TooMany { retry_after_seconds } => {
            let wait = FieldError::new(field, "wait").with("minutes", minutes(retry_after_seconds));
            Ok(Refused::with(StatusCode::TOO_MANY_REQUESTS, vec![wait]).until(retry_after_seconds))
        }
        error => Refused::of(error),
    }
}

/// Begun minutes: whoever waits so long has waited long enough.
fn minutes(seconds: i64) -> i64 {
    seconds.div_euclid(60) + i64::from(seconds % 60 > 0)
}

/// Nothing if the link was never one of ours, was used, or has run out: the visitor is told the same.
fn is_good_link<T>(found: Result<T>) -> Result<Option<T>> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(Error::NotFound(_) | Error::Conflict("link-expired")) => Ok(None),
        Err(e) => Err(e),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::{Password, RESET_LASTS};
    use crate::platform::language::Language;
    use crate::suppliers::REGISTRATION_LASTS;
    use crate::tenancy::INVITATION_LASTS;

    #[test]
    fn whoever_waits_the_minutes_that_are_told_has_waited_long_enough() {
        assert_eq!([1, 59, 60, 61, 900].map(minutes), [1, 1, 1, 2, 15]);
    }

    #[test]
    fn only_what_a_form_can_tell_is_told_there() {
        let status = |e| refused(e, "email").map(|r| r.status().as_u16()).ok();
        assert_eq!(status(Error::field("password", "wrong-login")), Some(422));
        assert_eq!(status(Error::Conflict("email-not-confirmed")), Some(409));
        assert_eq!(status(Error::TooMany { retry_after_seconds: 61 }), Some(429));
        assert_eq!(status(Error::Conflict("stale")), None);
        assert_eq!(status(Error::Unauthenticated), None);
    }

    /// The pages promise for how long links work and how long passwords are; the rules stand in the code.
    #[test]
    fn the_texts_promise_what_the_code_does() {
        for language in Language::ALL.iter().copied() {
            for (key, promised) in [
                ("identity-check-mail-text", REGISTRATION_LASTS.num_hours()),
                ("identity-forgot-sent", RESET_LASTS.num_minutes()),
                ("desk-members-invite-text", INVITATION_LASTS.num_days()),
                ("identity-new-password-hint", 12),
            ] {
                let text = language.text(key);
                let numbers: Vec<i64> =
                    text.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
                assert_eq!(numbers, [promised], "{key}: {text}");
            }
        }
        assert!(Password::parse("password", "tolv tegn ja").is_ok());
        assert!(Password::parse("password", "elleve tegn").is_err());
    }
}
