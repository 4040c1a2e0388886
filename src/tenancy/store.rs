//! Every SQL statement about organisations and their members.
use super::{Invitation, Membership, Organisation, OrganisationId, OrganisationKind, Role};
use crate::identity::UserId;
use crate::platform::db::schema::{invitations, memberships, organisations, users};
use crate::platform::db::types::{Id, Timestamp};
use crate::platform::db::{Db, among};
use crate::platform::language::Language;
use crate::{Error, Result};
use diesel::prelude::*;
use std::collections::{HashMap, HashSet};

pub fn organisation(db: &mut Db, id: OrganisationId) -> Result<Organisation> {
    organisations::table
        .find(id)
        .select(Organisation::as_select())
        .first(db)
        .optional()?
        .ok_or(Error::NotFound("the organisation"))
}

/// The names of organisations.
pub fn names_of(db: &mut Db, ids: &[OrganisationId]) -> Result<HashMap<OrganisationId, String>> {
    let rows: Vec<(OrganisationId, String)> = organisations::table
        .filter(among(organisations::id, ids))
        .select((organisations::id, organisations::name))
        .load(db)?;
    Ok(rows.into_iter().collect())
}

pub fn find_by_number(db: &mut Db, number: &str) -> Result<Option<Organisation>> {
    Ok(organisations::table
        .filter(organisations::number.eq(number))
        .select(Organisation::as_select())
        .first(db)
        .optional()?)
}

pub(super) fn insert(db: &mut Db, organisation: &Organisation) -> Result<()> {
    diesel::insert_into(organisations::table).values(organisation).execute(db)?;
    Ok(())
}

pub(super) fn insert_membership(
    db: &mut Db,
    organisation: &Organisation,
    user: UserId,
    role: Role,
    now: Timestamp,
) -> Result<()> {
    diesel::insert_into(memberships::table)
        .values((
            memberships::user_id.eq(user),
            memberships::organisation_id.eq(organisation.id),
            memberships::organisation_kind.eq(organisation.kind),
            memberships::role.eq(role),
            memberships::created_at.eq(now),
        ))
        .execute(db)?;
    Ok(())
}

/// The role of `user` in `organisation`, if they are a member.
pub fn member_of(db: &mut Db, user: UserId, organisation: OrganisationId) -> Result<Option<Role>> {
    Ok(memberships::table.find((user, organisation)).select(memberships::role).first(db).optional()?)
}

#[diesel::dsl::auto_type]
fn whole_memberships() -> _ {
    memberships::table.inner_join(users::table).select((
        users::id,
        users::name,
        users::email,
        memberships::organisation_id,
        memberships::organisation_kind,
        memberships::role,
        memberships::created_at,
    ))
}

/// What `user` is in `organisation`.
pub(super) fn membership(db: &mut Db, organisation: OrganisationId, user: UserId) -> Result<Membership> {
    whole_memberships()
        .filter(memberships::organisation_id.eq(organisation))
        .filter(memberships::user_id.eq(user))
        .first(db)
        .optional()?
        .ok_or(Error::NotFound("the member"))
}

/// All that `user` is anywhere, in the same order whoever asks: of two who leave the same ones, neither waits for the other for
/// ever.
pub(super) fn memberships_in_order(db: &mut Db, user: UserId) -> Result<Vec<Membership>> {
    Ok(whole_memberships().filter(memberships::user_id.eq(user)).order(memberships::organisation_id).load(db)?)
}

/// The organisation that `user` has belonged to longest: the one that they act for when they have chosen none.
pub(super) fn longest_membership(db: &mut Db, user: UserId) -> Result<Option<OrganisationId>> {
    Ok(memberships::table
        .filter(memberships::user_id.eq(user))
        .select(memberships::organisation_id)
        .order((memberships::created_at, memberships::organisation_id))
        .first(db)
        .optional()?)
}

/// Nobody else who holds it gets on before this transaction has ended.
pub(super) fn hold(db: &mut Db, organisation: OrganisationId) -> Result<()> {
    match db {
        Db::Postgres(c) => {
            let row = organisations::table.find(organisation).select(organisations::id).for_no_key_update();
            row.first::<OrganisationId>(c).optional()?;
        }
        // SQLite has one writer.
        Db::Sqlite(_) => {}
    }
    Ok(())
}

pub(super) fn roles_of_others(db: &mut Db, organisation: OrganisationId, than: UserId) -> Result<Vec<Role>> {
    let others = memberships::table.filter(memberships::organisation_id.eq(organisation));
    Ok(others.filter(memberships::user_id.ne(than)).select(memberships::role).distinct().load(db)?)
}

/// Whether there was one.
pub(super) fn delete_membership(db: &mut Db, organisation: OrganisationId, user: UserId) -> Result<bool> {
    Ok(diesel::delete(memberships::table.find((user, organisation))).execute(db)? == 1)
}

/// Whether there was one.
pub(super) fn set_role(db: &mut Db, organisation: OrganisationId, user: UserId, role: Role) -> Result<bool> {
    let who = memberships::table.find((user, organisation));
    Ok(diesel::update(who).set(memberships::role.eq(role)).execute(db)? == 1)
}

/// All the memberships of these people.
pub fn members_among(db: &mut Db, users: &[UserId]) -> Result<HashSet<(UserId, OrganisationId)>> {
    let rows: Vec<(UserId, OrganisationId)> = memberships::table
        .filter(among(memberships::user_id, users))
        .select((memberships::user_id, memberships::organisation_id))
        .load(db)?;
    Ok(rows.into_iter().collect())
}

/// Those who administer these organisations.
pub fn administrators_of(db: &mut Db, organisations: &[OrganisationId]) -> Result<Vec<(UserId, OrganisationId)>> {
    Ok(memberships::table
        .filter(among(memberships::organisation_id, organisations))
        .filter(memberships::role.eq_any(Role::ADMINISTERING.iter().copied()))
        .select((memberships::user_id, memberships::organisation_id))
        .order((memberships::organisation_id, memberships::user_id))
        .load(db)?)
}

/// The organisations of `user`, by name.
pub fn memberships_of(db: &mut Db, user: UserId) -> Result<Vec<(Organisation, Role)>> {
    Ok(memberships::table
        .inner_join(organisations::table)
        .filter(memberships::user_id.eq(user))
        .select((Organisation::as_select(), memberships::role))
        .order(organisations::name)
        .load(db)?)
}

/// A member as their colleagues see them, and as a mail needs them.
#[derive(Debug, Clone, Queryable)]
pub struct Colleague {
    pub user: UserId,
    pub name: String,
    pub email: String,
    pub language: Language,
    pub role: Role,
}

/// The members of each of `organisations` who want to hear of new needs, in one go.
pub fn told_of_new_needs(
    db: &mut Db,
    organisations: &[OrganisationId],
) -> Result<HashMap<OrganisationId, Vec<Colleague>>> {
    let rows: Vec<(OrganisationId, Colleague)> = memberships::table
        .inner_join(users::table)
        .filter(among(memberships::organisation_id, organisations))
        .filter(memberships::no_new_needs_since.is_null())
        .select((
            memberships::organisation_id,
            (users::id, users::name, users::email, users::language, memberships::role),
        ))
        .order((users::name, users::id))
        .load(db)?;
    let mut all: HashMap<OrganisationId, Vec<Colleague>> = HashMap::new();
    for (organisation, colleague) in rows {
        all.entry(organisation).or_default().push(colleague);
    }
    Ok(all)
}

/// Has this member said that they want to hear of no new needs?
pub fn wants_no_new_needs(db: &mut Db, organisation: OrganisationId, user: UserId) -> Result<bool> {
    let since = memberships::table.find((user, organisation)).select(memberships::no_new_needs_since);
    Ok(since.first::<Option<Timestamp>>(db).optional()?.flatten().is_some())
}

/// `false` if they are no member, or have said so before.
pub fn stop_new_needs(db: &mut Db, organisation: OrganisationId, user: UserId, now: Timestamp) -> Result<bool> {
    let told = memberships::table.find((user, organisation)).filter(memberships::no_new_needs_since.is_null());
    Ok(diesel::update(told).set(memberships::no_new_needs_since.eq(Some(now))).execute(db)? == 1)
}

/// `false` if they are no member, or hear of them already.
pub fn want_new_needs(db: &mut Db, organisation: OrganisationId, user: UserId) -> Result<bool> {
    let silent = memberships::table.find((user, organisation)).filter(memberships::no_new_needs_since.is_not_null());
    Ok(diesel::update(silent).set(memberships::no_new_needs_since.eq(None::<Timestamp>)).execute(db)? == 1)
}

/// The members of `organisation` by name, and since when they have been there.
pub(super) fn roster(db: &mut Db, organisation: OrganisationId) -> Result<Vec<(Colleague, Timestamp)>> {
    Ok(memberships::table
        .inner_join(users::table)
        .filter(memberships::organisation_id.eq(organisation))
        .select(((users::id, users::name, users::email, users::language, memberships::role), memberships::created_at))
        .order((users::name, users::id))
        .load(db)?)
}

/// A buyer as it receives what the market says: its name, and those who act on it.
#[derive(Debug, Clone)]
pub struct Receiver {
    pub name: String,
    pub acting: Vec<Colleague>,
}

/// Each of `organisations` as it receives what the market says, in one go.
pub fn receivers(db: &mut Db, organisations: &[OrganisationId]) -> Result<HashMap<OrganisationId, Receiver>> {
    // Not a list, which would be another statement for each length: this one is planned once.
    let [one, other] = Role::ACTING;
    let is_acting = memberships::role.eq(one).or(memberships::role.eq(other));
    let here = memberships::organisation_id.eq(organisations::id);
    let rows: Vec<(OrganisationId, String, Option<Colleague>)> = organisations::table
        .left_join(memberships::table.inner_join(users::table).on(here.and(is_acting)))
        .filter(among(organisations::id, organisations))
        .select((
            organisations::id,
            organisations::name,
            (users::id, users::name, users::email, users::language, memberships::role).nullable(),
        ))
        .order((organisations::id, users::id))
        .load(db)?;
    let mut all: HashMap<OrganisationId, Receiver> = HashMap::new();
    for (organisation, name, colleague) in rows {
        let receiver = all.entry(organisation).or_insert_with(|| Receiver { name, acting: Vec::new() });
        receiver.acting.extend(colleague);
    }
    Ok(all)
}

/// # Errors
/// `NotFound` if there is no such organisation.
pub fn receiver(db: &mut Db, organisation: OrganisationId) -> Result<Receiver> {
    receivers(db, &[organisation])?.remove(&organisation).ok_or(Error::NotFound("the organisation"))
}

/// The members of `organisation` with one of `roles`.
pub fn colleagues_with(db: &mut Db, organisation: OrganisationId, roles: &[Role]) -> Result<Vec<Colleague>> {
    Ok(memberships::table
        .inner_join(users::table)
        .filter(memberships::organisation_id.eq(organisation))
        .filter(memberships::role.eq_any(roles.iter().copied()))
        .select((users::id, users::name, users::email, users::language, memberships::role))
        .order(users::id)
        .load(db)?)
}

pub(super) fn has_member_with(db: &mut Db, organisation: OrganisationId, email: &str) -> Result<bool> {
    let members = memberships::table
        .inner_join(users::table)
        .filter(memberships::organisation_id.eq(organisation))
        .filter(users::email.eq(email));
    Ok(diesel::select(diesel::dsl::exists(members)).get_result(db)?)
}

pub(super) fn insert_invitation(db: &mut Db, invitation: &Invitation) -> Result<()> {
    diesel::insert_into(invitations::table).values(invitation).execute(db)?;
    Ok(())
}

pub fn find_invitation(db: &mut Db, token_hash: &str) -> Result<Invitation> {
    invitations::table
        .filter(invitations::token_hash.eq(token_hash))
        .select(Invitation::as_select())
        .first(db)
        .optional()?
        .ok_or(Error::NotFound("the invitation"))
}

/// Invitations that nobody has accepted yet, the newest first.
pub fn invitations_of(db: &mut Db, organisation: OrganisationId, now: Timestamp) -> Result<Vec<Invitation>> {
    Ok(invitations::table
        .filter(invitations::organisation_id.eq(organisation))
        .filter(invitations::accepted_at.is_null())
        .filter(invitations::expires_at.ge(now))
        .select(Invitation::as_select())
        .order(invitations::created_at.desc())
        .limit(100)
        .load(db)?)
}

/// An invitation of `organisation` that nobody has accepted yet, and that can still be.
pub(super) fn open_invitation(
    db: &mut Db,
    organisation: OrganisationId,
    id: Id<Invitation>,
    now: Timestamp,
) -> Result<Invitation> {
    invitations::table
        .find(id)
        .filter(invitations::organisation_id.eq(organisation))
        .filter(invitations::accepted_at.is_null())
        .filter(invitations::expires_at.ge(now))
        .select(Invitation::as_select())
        .first(db)
        .optional()?
        .ok_or(Error::NotFound("the invitation"))
}

/// Invitations of the same address to the same organisation that nobody has accepted.
pub(super) fn other_invitations(db: &mut Db, than: &Invitation) -> Result<Vec<Invitation>> {
    Ok(invitations::table
        .filter(invitations::organisation_id.eq(than.organisation_id))
        .filter(invitations::email.eq(&than.email))
        .filter(invitations::accepted_at.is_null())
        .filter(invitations::id.ne(than.id))
        .select(Invitation::as_select())
        .load(db)?)
}

/// Whether it was there still, and unused: it may be called back, or accepted elsewhere, at the same moment.
pub(super) fn mark_accepted(db: &mut Db, id: Id<Invitation>, now: Timestamp) -> Result<bool> {
    let unused = invitations::table.find(id).filter(invitations::accepted_at.is_null());
    Ok(diesel::update(unused).set(invitations::accepted_at.eq(Some(now))).execute(db)? == 1)
}

/// Whether it was there still, and unused.
pub(super) fn delete_unused(db: &mut Db, id: Id<Invitation>) -> Result<bool> {
    let unused = invitations::table.find(id).filter(invitations::accepted_at.is_null());
    Ok(diesel::delete(unused).execute(db)? == 1)
}

/// Takes away invitations that this address has accepted. Those that wait for it are the organisation's, and run out.
pub fn forget_used_invitations_of(db: &mut Db, email: &str) -> Result<()> {
    let used = invitations::table.filter(invitations::email.eq(email)).filter(invitations::accepted_at.is_not_null());
    diesel::delete(used).execute(db)?;
    Ok(())
}

/// Takes away invitations that have run out, whether they were accepted or not: the trail knows of both.
pub fn forget_invitations(db: &mut Db, now: Timestamp, batch: usize) -> Result<usize> {
    let old = invitations::table.filter(invitations::expires_at.lt(now)).select(invitations::id);
    let ids: Vec<Id<Invitation>> = old.limit(i64::try_from(batch).unwrap_or(i64::MAX)).load(db)?;
    Ok(diesel::delete(invitations::table.filter(among(invitations::id, &ids))).execute(db)?)
}

/// How many organisations of each kind there are.
pub fn counts(db: &mut Db) -> Result<Vec<(OrganisationKind, i64)>> {
    Ok(organisations::table
        .group_by(organisations::kind)
        .select((organisations::kind, diesel::dsl::count_star()))
        .order(organisations::kind)
        .load(db)?)
}
