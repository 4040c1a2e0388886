//! Someone deletes their own account.
use super::{Proven, store};
use crate::audit::Event;
use crate::op::Op;
use crate::tenancy::{self, Actor};
use crate::{Error, Result, needs, once, suppliers};

/// Takes away what is theirs: name, address, password, sessions, tokens, what they follow, and that they belong anywhere; the
/// mails to them go with the event (`notifications/recipients.rs`). What others rely on stays: needs, questions, responses, and
/// the trail that says that somebody did it. Those refer to the row of the user, which stays without a name.
///
/// # Errors
/// `Conflict` (`last-administrator`) if others of an organisation would have nobody who administers it; `Forbidden` if it was
/// another user who proved the password.
pub fn delete_account(op: &mut Op<'_>, proven: &Proven) -> Result<()> {
    let person = op.person()?;
    if proven.user().id != person.user {
        return Err(Error::Forbidden("delete the account of someone else".into()));
    }
    let (user, email, now) = (person.user, person.email.clone(), op.now());
    // Whoever accepts an invitation at the same time is a member before this, and leaves; or comes after, and is nobody.
    store::hold_user(op.db(), user)?;
    // They do it for themselves, not for the organisation that they act for: each sees its own of this in its trail.
    op.actor = Actor::Alone(Box::new(person));
    tenancy::leave_all(op, user)?;
    needs::unfollow_everything(op.db(), user)?;
    once::forget_answers_to(op.db(), user)?;
    suppliers::forget_registrations_of(op.db(), &email)?;
    tenancy::forget_used_invitations_of(op.db(), &email)?;
    store::delete_secrets_of(op.db(), user)?;
    op.record(Event::AccountDeleted { user, email })?;
    store::empty(op.db(), user, now)
}
