//! Whoever registered shows that the address is theirs, and the supplier is here.
use super::{Registration, add, store};
use crate::audit::Event;
use crate::identity::{self, ChosenPassword, NewUser, Secret, UserId};
use crate::op::Op;
use crate::tenancy::{self, Organisation, Role};
use crate::{Error, Result};

/// What whoever opens the link of a registration can do with it.
pub enum Opened {
    /// The address has no login: whoever knows the password that was chosen gets one.
    Newcomer(Registration),
    /// The address has a login, and its owner is logged in: the organisation becomes one more of theirs.
    ForYou(Registration),
    /// The address has a login: its owner must show that it is them. What was chosen at the registration counts for
    /// nothing.
    LogInFirst(Registration),
    /// It was confirmed before.
    Confirmed(Registration),
    /// The organisation has come here in the meantime.
    Taken(Registration),
}

/// Opens the registration that the secret was sent for.
///
/// # Errors
/// `NotFound` if there is none; `Conflict` (`link-expired`) if it has run out.
pub fn open(op: &mut Op<'_>, secret: &Secret) -> Result<Opened> {
    let now = op.now();
    let registration = store::registration_of(op.db(), &secret.hash())?;
    if registration.confirmed_at.is_some() {
        return Ok(Opened::Confirmed(registration));
    }
    if registration.expires_at < now {
        return Err(Error::Conflict("link-expired"));
    }
    if tenancy::find_by_number(op.db(), &registration.organisation_number)?.is_some() {
        return Ok(Opened::Taken(registration));
    }
    Ok(match op.person() {
        Ok(person) if person.email == registration.email => Opened::ForYou(registration),
        _ => match identity::find_by_email(op.db(), &registration.email)? {
            Some(_) => Opened::LogInFirst(registration),
            None => Opened::Newcomer(registration),
        },
    })
}

/// Someone without a login confirms and gets one. Two things show that it is them: the link came to the address, and they
/// know the password; so whoever registers with the address of another gets nothing when that person opens the link.
///
/// # Errors
/// Those of `open`; `Conflict` (`registration-changed`) unless it can still be confirmed so.
pub fn confirm_as_newcomer(op: &mut Op<'_>, secret: &Secret, chosen: &ChosenPassword) -> Result<UserId> {
    let Opened::Newcomer(registration) = open(op, secret)? else { return Err(changed()) };
    if !chosen.is_of(&registration.password_hash) {
        return Err(changed());
    }
    let new = NewUser {
        name: registration.name.clone(),
        email: registration.address()?,
        language: registration.language,
        password_hash: registration.password_hash.clone(),
    };
    let user = identity::add_user(op, new)?;
    op.record(Event::UserRegistered { user })?;
    enter(op, registration, user)?;
    Ok(user)
}

/// Whoever is logged in confirms, and acts for the supplier from now on.
///
/// # Errors
/// Those of `open`; `Unauthenticated` if nobody is logged in; `Conflict` (`registration-changed`) unless it can still be
/// confirmed so.
pub fn confirm_as_member(op: &mut Op<'_>, secret: &Secret) -> Result<()> {
    let user = op.person()?.user;
    let Opened::ForYou(registration) = open(op, secret)? else { return Err(changed()) };
    let organisation = enter(op, registration, user)?;
    identity::switch(op, organisation.id)
}

/// Someone else was faster, while the page was looked at. It shows how things stand when it is opened again.
fn changed() -> Error {
    Error::Conflict("registration-changed")
}

fn enter(op: &mut Op<'_>, registration: Registration, user: UserId) -> Result<Organisation> {
    let now = op.now();
    let organisation = add(op, registration.organisation(), registration.kind, Some(registration.region))?;
    tenancy::enter(op, &organisation, user, Role::Admin)?;
    store::mark_confirmed(op.db(), registration.id, now)?;
    Ok(organisation)
}
