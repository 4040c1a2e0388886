//! Every SQL statement about users, their sessions and their secrets.
use super::{Session, SessionId, User, UserId};
use crate::platform::db::schema::{
    email_tokens, login_failures, memberships, organisations, refresh_tokens, sessions, signing_keys, users,
};
use crate::platform::db::types::{Id, Timestamp};
use crate::platform::db::{Db, among};
use crate::platform::language::Language;
use crate::tenancy::{Member, OrganisationId, OrganisationKind, Person, Role};
use crate::{Error, Result};
use diesel::prelude::*;
use std::collections::HashMap;

// ---- users -------------------------------------------------------------------------------------------------------

pub fn find_user(db: &mut Db, id: UserId) -> Result<User> {
    let user = users::table.find(id).select(User::as_select()).first(db).optional()?;
    user.ok_or(Error::NotFound("the user"))
}

pub fn find_by_email(db: &mut Db, email: &str) -> Result<Option<User>> {
    let living = users::table.filter(users::email.eq(email)).filter(users::deleted_at.is_null());
    Ok(living.select(User::as_select()).first(db).optional()?)
}

/// Until this transaction ends nobody else who holds the user gets on.
///
/// # Errors
/// `Unauthenticated` if the account has been deleted.
pub fn hold_user(db: &mut Db, id: UserId) -> Result<()> {
    let living = users::table.find(id).filter(users::deleted_at.is_null()).select(users::id);
    let found: Option<UserId> = match db {
        Db::Postgres(c) => living.for_no_key_update().first(c).optional()?,
        // SQLite has one writer.
        Db::Sqlite(c) => living.first(c).optional()?,
    };
    found.map(|_| ()).ok_or(Error::Unauthenticated)
}

/// The users with these ids, in no order.
pub fn people_of(db: &mut Db, ids: &[UserId]) -> Result<Vec<User>> {
    Ok(users::table.filter(among(users::id, ids)).select(User::as_select()).load(db)?)
}

pub(super) fn insert_user(db: &mut Db, user: &User) -> Result<()> {
    diesel::insert_into(users::table).values(user).execute(db)?;
    Ok(())
}

pub(super) fn mark_confirmed(db: &mut Db, user: UserId, now: Timestamp) -> Result<()> {
    diesel::update(users::table.find(user))
        .filter(users::email_confirmed_at.is_null())
        .set(users::email_confirmed_at.eq(Some(now)))
        .execute(db)?;
    Ok(())
}

pub(super) fn set_password(db: &mut Db, user: UserId, hash: &str) -> Result<()> {
    diesel::update(users::table.find(user)).set(users::password_hash.eq(hash)).execute(db)?;
    Ok(())
}

pub(super) fn set_name_and_language(db: &mut Db, user: UserId, name: &str, language: Language) -> Result<()> {
    diesel::update(users::table.find(user)).set((users::name.eq(name), users::language.eq(language))).execute(db)?;
    Ok(())
}

/// Takes away everything that they can show to be let in with.
pub(super) fn delete_secrets_of(db: &mut Db, user: UserId) -> Result<()> {
    let theirs = sessions::table.filter(sessions::user_id.eq(user));
    let ids: Vec<SessionId> = theirs.select(sessions::id).load(db)?;
    diesel::delete(refresh_tokens::table.filter(among(refresh_tokens::session_id, &ids))).execute(db)?;
    diesel::delete(sessions::table.filter(sessions::user_id.eq(user))).execute(db)?;
    diesel::delete(email_tokens::table.filter(email_tokens::user_id.eq(user))).execute(db)?;
    Ok(())
}

/// Leaves nothing of the user but the id. The address is one that no mail server has (RFC 2606), and another for each.
pub(super) fn empty(db: &mut Db, user: UserId, now: Timestamp) -> Result<()> {
    diesel::update(users::table.find(user))
        .set((
            users::email.eq(format!("{user}@deleted.invalid")),
            users::name.eq(""),
            users::password_hash.eq(""),
            users::email_confirmed_at.eq(None::<Timestamp>),
            users::deleted_at.eq(Some(now)),
        ))
        .execute(db)?;
    Ok(())
}

// ---- who is asking -----------------------------------------------------------------------------------------------

/// A session, its user, and one of the user's organisations.
#[derive(Clone, Queryable)]
pub struct MemberRow {
    session: SessionId,
    chosen: Option<OrganisationId>,
    user: UserId,
    name: String,
    email: String,
    language: Language,
    role: Role,
    organisation: OrganisationId,
    organisation_name: String,
    organisation_number: String,
    kind: OrganisationKind,
}

impl MemberRow {
    pub fn is_of(&self, user: UserId) -> bool {
        self.user == user
    }

    /// The member, and whether this organisation is the one chosen in the session.
    pub fn into_member(self) -> (Member, bool) {
        let chosen = self.chosen == Some(self.organisation);
        let member = Member {
            user: self.user,
            name: self.name,
            email: self.email,
            language: self.language,
            session: self.session,
            organisation: self.organisation,
            organisation_name: self.organisation_name,
            organisation_number: self.organisation_number,
            kind: self.kind,
            role: self.role,
        };
        (member, chosen)
    }
}

#[diesel::dsl::auto_type]
fn living_members(now: Timestamp) -> _ {
    sessions::table
        .inner_join(users::table.on(users::id.eq(sessions::user_id)))
        .inner_join(memberships::table.on(memberships::user_id.eq(users::id)))
        .inner_join(organisations::table.on(organisations::id.eq(memberships::organisation_id)))
        .filter(sessions::revoked_at.is_null())
        .filter(sessions::expires_at.gt(now))
        .select((
            sessions::id,
            sessions::organisation_id,
            users::id,
            users::name,
            users::email,
            users::language,
            memberships::role,
            organisations::id,
            organisations::name,
            organisations::number,
            organisations::kind,
        ))
        // Whoever has chosen none acts for the one that they have belonged to longest: an invitation changes nothing.
        .order((memberships::created_at, organisations::id))
}

pub(super) fn members_by_cookie(db: &mut Db, token_hash: &str, now: Timestamp) -> Result<Vec<MemberRow>> {
    Ok(living_members(now).filter(sessions::token_hash.eq(token_hash)).load(db)?)
}

/// Those of these sessions, in one statement.
pub fn members_by_sessions(
    db: &mut Db,
    ids: &[SessionId],
    now: Timestamp,
) -> Result<HashMap<SessionId, Vec<MemberRow>>> {
    let rows: Vec<MemberRow> = living_members(now).filter(among(sessions::id, ids)).load(db)?;
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        found.entry(row.session).or_default().push(row);
    }
    Ok(found)
}

/// Whose living session it is, for those who belong to no organisation.
#[diesel::dsl::auto_type]
fn living_people(now: Timestamp) -> _ {
    sessions::table
        .inner_join(users::table.on(users::id.eq(sessions::user_id)))
        .filter(users::deleted_at.is_null())
        .filter(sessions::revoked_at.is_null())
        .filter(sessions::expires_at.gt(now))
        .select((sessions::id, users::id, users::name, users::email, users::language))
}

pub(super) fn person_by_cookie(db: &mut Db, token_hash: &str, now: Timestamp) -> Result<Option<Person>> {
    Ok(living_people(now).filter(sessions::token_hash.eq(token_hash)).first(db).optional()?)
}

pub(super) fn person_by_session(
    db: &mut Db,
    session: SessionId,
    user: UserId,
    now: Timestamp,
) -> Result<Option<Person>> {
    let of_user = living_people(now).filter(sessions::id.eq(session)).filter(sessions::user_id.eq(user));
    Ok(of_user.first(db).optional()?)
}

// ---- sessions ----------------------------------------------------------------------------------------------------

pub(super) fn insert_session(db: &mut Db, session: &Session) -> Result<()> {
    diesel::insert_into(sessions::table).values(session).execute(db)?;
    Ok(())
}

/// Is there one that was opened at this moment and lasts?
pub(super) fn has_session_since(db: &mut Db, user: UserId, opened: Timestamp, now: Timestamp) -> Result<bool> {
    let lasting = sessions::table
        .filter(sessions::user_id.eq(user).and(sessions::created_at.eq(opened)))
        .filter(sessions::revoked_at.is_null().and(sessions::expires_at.gt(now)));
    Ok(diesel::select(diesel::dsl::exists(lasting)).get_result(db)?)
}

pub(super) fn set_organisation(db: &mut Db, session: SessionId, organisation: OrganisationId) -> Result<()> {
    diesel::update(sessions::table.find(session)).set(sessions::organisation_id.eq(Some(organisation))).execute(db)?;
    Ok(())
}

pub(super) fn extend(db: &mut Db, session: SessionId, until: Timestamp) -> Result<()> {
    diesel::update(sessions::table.find(session)).set(sessions::expires_at.eq(until)).execute(db)?;
    Ok(())
}

pub(super) fn revoke(db: &mut Db, session: SessionId, now: Timestamp) -> Result<()> {
    diesel::update(sessions::table.find(session)).set(sessions::revoked_at.eq(Some(now))).execute(db)?;
    Ok(())
}

pub(super) fn revoke_all(db: &mut Db, user: UserId, now: Timestamp) -> Result<()> {
    diesel::update(sessions::table.filter(sessions::user_id.eq(user)).filter(sessions::revoked_at.is_null()))
        .set(sessions::revoked_at.eq(Some(now)))
        .execute(db)?;
    Ok(())
}

/// All sessions of the user but one.
pub(super) fn revoke_others(db: &mut Db, user: UserId, except: SessionId, now: Timestamp) -> Result<()> {
    let others = sessions::table.filter(sessions::user_id.eq(user)).filter(sessions::id.ne(except));
    diesel::update(others.filter(sessions::revoked_at.is_null()))
        .set(sessions::revoked_at.eq(Some(now)))
        .execute(db)?;
    Ok(())
}

pub(super) fn insert_refresh_token(
    db: &mut Db,
    token_hash: &str,
    session: SessionId,
    now: Timestamp,
    expires: Timestamp,
) -> Result<()> {
    diesel::insert_into(refresh_tokens::table)
        .values((
            refresh_tokens::token_hash.eq(token_hash),
            refresh_tokens::session_id.eq(session),
            refresh_tokens::issued_at.eq(now),
            refresh_tokens::expires_at.eq(expires),
        ))
        .execute(db)?;
    Ok(())
}

/// The session of a refresh token, when the token runs out, and when it was used.
pub(super) fn find_refresh_token(
    db: &mut Db,
    token_hash: &str,
) -> Result<Option<(Session, Timestamp, Option<Timestamp>)>> {
    Ok(refresh_tokens::table
        .inner_join(sessions::table)
        .filter(refresh_tokens::token_hash.eq(token_hash))
        .select((Session::as_select(), refresh_tokens::expires_at, refresh_tokens::used_at))
        .first(db)
        .optional()?)
}

/// Whether it had not been used: of two who come at the same moment one has it.
pub(super) fn mark_refresh_used(db: &mut Db, token_hash: &str, now: Timestamp) -> Result<bool> {
    let unused = refresh_tokens::table.find(token_hash).filter(refresh_tokens::used_at.is_null());
    Ok(diesel::update(unused).set(refresh_tokens::used_at.eq(Some(now))).execute(db)? > 0)
}

// ---- what is past its use ----------------------------------------------------------------------------------------

fn rows(batch: usize) -> i64 {
    i64::try_from(batch).unwrap_or(i64::MAX)
}

/// Takes away sessions that are over, with their tokens.
pub fn forget_sessions(db: &mut Db, now: Timestamp, batch: usize) -> Result<usize> {
    let over = sessions::expires_at.le(now).or(sessions::revoked_at.is_not_null());
    let ids: Vec<SessionId> = sessions::table.filter(over).select(sessions::id).limit(rows(batch)).load(db)?;
    diesel::delete(refresh_tokens::table.filter(among(refresh_tokens::session_id, &ids))).execute(db)?;
    Ok(diesel::delete(sessions::table.filter(among(sessions::id, &ids))).execute(db)?)
}

/// Takes away refresh tokens that have run out. Until then a used one is kept: it tells that somebody has a copy.
pub fn forget_refresh_tokens(db: &mut Db, now: Timestamp, batch: usize) -> Result<usize> {
    let old = refresh_tokens::table.filter(refresh_tokens::expires_at.lt(now)).select(refresh_tokens::token_hash);
    let hashes: Vec<String> = old.limit(rows(batch)).load(db)?;
    Ok(diesel::delete(refresh_tokens::table.filter(refresh_tokens::token_hash.eq_any(hashes))).execute(db)?)
}

/// Takes away the links of mails that have run out.
pub fn forget_links(db: &mut Db, now: Timestamp, batch: usize) -> Result<usize> {
    let old = email_tokens::table.filter(email_tokens::expires_at.lt(now)).select(email_tokens::token_hash);
    let hashes: Vec<String> = old.limit(rows(batch)).load(db)?;
    Ok(diesel::delete(email_tokens::table.filter(email_tokens::token_hash.eq_any(hashes))).execute(db)?)
}

// ---- secrets sent by mail ----------------------------------------------------------------------------------------

/// What a link is for. The table knows `confirm` as well, of the time before registrations waited.
const RESET: &str = "reset";

#[derive(Queryable)]
pub(super) struct EmailToken {
    pub token_hash: String,
    pub user_id: UserId,
    pub expires_at: Timestamp,
    pub used_at: Option<Timestamp>,
}

pub(super) fn insert_email_token(
    db: &mut Db,
    token_hash: &str,
    user: UserId,
    now: Timestamp,
    expires: Timestamp,
) -> Result<()> {
    diesel::insert_into(email_tokens::table)
        .values((
            email_tokens::token_hash.eq(token_hash),
            email_tokens::user_id.eq(user),
            email_tokens::purpose.eq(RESET),
            email_tokens::created_at.eq(now),
            email_tokens::expires_at.eq(expires),
        ))
        .execute(db)?;
    Ok(())
}

pub(super) fn find_email_token(db: &mut Db, token_hash: &str) -> Result<EmailToken> {
    email_tokens::table
        .find(token_hash)
        .filter(email_tokens::purpose.eq(RESET))
        .select((email_tokens::token_hash, email_tokens::user_id, email_tokens::expires_at, email_tokens::used_at))
        .first(db)
        .optional()?
        .ok_or(Error::NotFound("the link"))
}

/// Whether it had not been used: of two who come at the same moment one has it.
pub(super) fn mark_email_token_used(db: &mut Db, token_hash: &str, now: Timestamp) -> Result<bool> {
    let unused = email_tokens::table.find(token_hash).filter(email_tokens::used_at.is_null());
    Ok(diesel::update(unused).set(email_tokens::used_at.eq(Some(now))).execute(db)? > 0)
}

/// No link that was asked for before is good any more.
pub(super) fn spend_email_tokens(db: &mut Db, user: UserId, now: Timestamp) -> Result<()> {
    let unused = email_tokens::table.filter(email_tokens::user_id.eq(user).and(email_tokens::used_at.is_null()));
    diesel::update(unused).set(email_tokens::used_at.eq(Some(now))).execute(db)?;
    Ok(())
}

// ---- failed logins -----------------------------------------------------------------------------------------------

/// How many since then, and the oldest of them.
pub(super) fn failures_of_account(db: &mut Db, account: &str, since: Timestamp) -> Result<(i64, Option<Timestamp>)> {
    let times: Vec<Timestamp> = login_failures::table
        .filter(login_failures::account.eq(account))
        .filter(login_failures::at.gt(since))
        .select(login_failures::at)
        .order(login_failures::at)
        .limit(1000)
        .load(db)?;
    Ok((i64::try_from(times.len()).unwrap_or(i64::MAX), times.first().copied()))
}

/// How many since then, and the oldest of them.
pub(super) fn failures_of_address(db: &mut Db, address: &str, since: Timestamp) -> Result<(i64, Option<Timestamp>)> {
    let times: Vec<Timestamp> = login_failures::table
        .filter(login_failures::address.eq(address))
        .filter(login_failures::at.gt(since))
        .select(login_failures::at)
        .order(login_failures::at)
        .limit(1000)
        .load(db)?;
    Ok((i64::try_from(times.len()).unwrap_or(i64::MAX), times.first().copied()))
}

pub(super) fn insert_failure(db: &mut Db, id: Id<Failure>, account: &str, address: &str, now: Timestamp) -> Result<()> {
    diesel::insert_into(login_failures::table)
        .values((
            login_failures::id.eq(id),
            login_failures::account.eq(account),
            login_failures::address.eq(address),
            login_failures::at.eq(now),
        ))
        .execute(db)?;
    Ok(())
}

pub(super) fn delete_failure(db: &mut Db, id: Id<Failure>) -> Result<()> {
    diesel::delete(login_failures::table.find(id)).execute(db)?;
    Ok(())
}

/// Names the rows of `login_failures`.
pub struct Failure;

pub(super) fn forget_failures_before(db: &mut Db, before: Timestamp, batch: usize) -> Result<usize> {
    let old = login_failures::table.filter(login_failures::at.lt(before)).order(login_failures::at);
    let ids: Vec<Id<Failure>> = old.select(login_failures::id).limit(rows(batch)).load(db)?;
    Ok(diesel::delete(login_failures::table.filter(among(login_failures::id, &ids))).execute(db)?)
}

// ---- keys --------------------------------------------------------------------------------------------------------

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = signing_keys)]
pub(super) struct SigningKey {
    pub id: Id<SigningKey>,
    pub pkcs8: String,
    pub public_key: String,
    pub created_at: Timestamp,
}

/// The newest first.
pub(super) fn signing_keys(db: &mut Db) -> Result<Vec<SigningKey>> {
    Ok(signing_keys::table.select(SigningKey::as_select()).order(signing_keys::id.desc()).load(db)?)
}

pub(super) fn insert_signing_key(db: &mut Db, key: &SigningKey) -> Result<()> {
    diesel::insert_into(signing_keys::table).values(key).execute(db)?;
    Ok(())
}

/// How many users there are.
pub fn count(db: &mut Db) -> Result<i64> {
    Ok(users::table.filter(users::deleted_at.is_null()).count().get_result(db)?)
}
