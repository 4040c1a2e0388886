//! Every SQL statement about the outbox.
use super::{MessageStatus, OutboxMessage};
use crate::identity::UserId;
use crate::needs::NeedId;
use crate::platform::db::schema::{events, messages};
use crate::platform::db::types::{Id, Json, Timestamp, sql};
use crate::platform::db::{Db, DialectExt, MultiBackend, Row, among, literal};
use crate::tenancy::{Invitation, OrganisationId};
use crate::{Error, Result};
use chrono::TimeDelta;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{QueryFragment, QueryId};
use diesel::sqlite::Sqlite;
use std::collections::HashSet;

impl Row for OutboxMessage {
    fn one(&self) -> impl QueryFragment<Sqlite> + QueryId {
        diesel::insert_into(messages::table).values(self)
    }
    fn several<const N: usize>(rows: [Self; N]) -> impl QueryFragment<Pg> + QueryId {
        diesel::insert_into(messages::table).values(rows)
    }
}

/// Takes the message that has been due longest. Workers and nodes beside each other never get the same one.
pub(super) fn claim(db: &mut Db, now: Timestamp, until: Timestamp) -> Result<Option<OutboxMessage>> {
    // SQLite has one writer, so only PostgreSQL needs (and knows) row locks.
    let lock = match db {
        Db::Postgres(_) => "FOR UPDATE SKIP LOCKED",
        Db::Sqlite(_) => "",
    };
    let claimed: Option<IdRow> = diesel::sql_query(format!(
        "UPDATE messages SET status = 'sending', surely_unsent = TRUE, attempts = attempts + 1, next_attempt_at = $1 WHERE id = (
             SELECT id FROM messages WHERE status = 'waiting' AND next_attempt_at <= $2
             ORDER BY next_attempt_at, id LIMIT 1 {lock})
         RETURNING id"
    ))
    .bind::<sql::Instant, _>(until)
    .bind::<sql::Instant, _>(now)
    .get_result(db)
    .optional()?;
    claimed.map(|row| find(db, row.id)).transpose()
}

#[derive(QueryableByName)]
struct IdRow {
    #[diesel(sql_type = sql::Uid)]
    id: Id<OutboxMessage>,
}

/// Marks that it is about to leave us. False if this attempt is not that of the row any more: it took so long that others hold
/// it for abandoned, or the mail was taken away.
pub(super) fn hand_over(db: &mut Db, id: Id<OutboxMessage>, attempts: i32, until: Timestamp) -> Result<bool> {
    let ours = messages::table.filter(messages::id.eq(id)).filter(messages::attempts.eq(attempts));
    let still = ours.filter(messages::status.eq(literal(MessageStatus::Sending.as_str())));
    let marked = diesel::update(still.filter(messages::surely_unsent))
        .set((messages::surely_unsent.eq(false), messages::next_attempt_at.eq(until)))
        .execute(db)?;
    Ok(marked == 1)
}

/// Messages whose sender vanished before they left us wait again, unless that was the last of so many attempts.
pub(super) fn release_abandoned(db: &mut Db, now: Timestamp, most: i32) -> Result<usize> {
    let abandoned = messages::table
        .filter(messages::status.eq(literal(MessageStatus::Sending.as_str())))
        .filter(messages::next_attempt_at.le(now));
    Ok(diesel::update(abandoned.filter(messages::surely_unsent).filter(messages::attempts.lt(most)))
        .set((messages::status.eq(MessageStatus::Waiting), messages::surely_unsent.eq(false)))
        .execute(db)?)
}

/// The other messages whose sender vanished while it sent. Whether they arrived nobody knows, so they are not sent again by
/// themselves: twice is worse than a line in the outbox that someone can act on.
pub(super) fn fail_abandoned(db: &mut Db, now: Timestamp, reason: &str) -> Result<usize> {
    Ok(diesel::update(
        messages::table
            .filter(messages::status.eq(literal(MessageStatus::Sending.as_str())))
            .filter(messages::next_attempt_at.le(now)),
    )
    .set((
        messages::status.eq(MessageStatus::Failed),
        messages::failure.eq(Some(reason)),
        messages::surely_unsent.eq(false),
    ))
    .execute(db)?)
}

/// What became of an attempt. Nothing, if another attempt has begun since: that one tells.
pub(super) fn settle(db: &mut Db, message: &OutboxMessage) -> Result<()> {
    diesel::update(messages::table.find(message.id).filter(messages::attempts.eq(message.attempts)))
        .set((
            messages::status.eq(message.status),
            messages::next_attempt_at.eq(message.next_attempt_at),
            messages::sent_at.eq(message.sent_at),
            messages::failure.eq(&message.failure),
            messages::payload.eq(&message.payload),
            messages::surely_unsent.eq(false),
        ))
        .execute(db)?;
    Ok(())
}

/// Takes away what was to be sent to a member of `organisation`, also what failed and could be sent again.
pub(super) fn drop_unsent(db: &mut Db, user: UserId, organisation: OrganisationId) -> Result<()> {
    let theirs = messages::table.filter(messages::user_id.eq(user)).filter(messages::organisation_id.eq(organisation));
    let unsent = messages::status.eq(MessageStatus::Waiting).or(messages::status.eq(MessageStatus::Failed));
    diesel::delete(theirs.filter(unsent)).execute(db)?;
    Ok(())
}

/// Takes away the mails of these invitations that were not sent, also what failed and could be sent again.
pub(super) fn drop_invitations(db: &mut Db, over: &[Invitation]) -> Result<()> {
    let is_unsent = || messages::status.eq(MessageStatus::Waiting).or(messages::status.eq(MessageStatus::Failed));
    for invitation in over {
        let unsent: Vec<OutboxMessage> = messages::table
            .filter(messages::email.eq(&invitation.email))
            .filter(messages::template.eq(OutboxMessage::INVITATION))
            .filter(is_unsent())
            .select(OutboxMessage::as_select())
            .load(db)?;
        let of_it = unsent.into_iter().filter(|message| message.invites_by(&invitation.token_hash));
        let ids: Vec<Id<OutboxMessage>> = of_it.map(|message| message.id).collect();
        diesel::delete(messages::table.filter(among(messages::id, &ids)).filter(is_unsent())).execute(db)?;
    }
    Ok(())
}

/// Takes away every mail to this user, and to this address before it was a user's.
pub(super) fn drop_all(db: &mut Db, user: UserId, email: &str) -> Result<()> {
    diesel::delete(messages::table.filter(messages::user_id.eq(user).or(messages::email.eq(email)))).execute(db)?;
    Ok(())
}

/// Who has been told of this need in a mail of this template, as far back as the outbox remembers.
pub(super) fn told(db: &mut Db, need: NeedId, template: &str) -> Result<HashSet<UserId>> {
    let about_it = events::table.filter(events::need_id.eq(need)).select(events::id);
    let mails = messages::table.filter(messages::event_id.eq_any(about_it)).filter(messages::template.eq(template));
    let users: Vec<Option<UserId>> = mails.select(messages::user_id).load(db)?;
    Ok(users.into_iter().flatten().collect())
}

/// An empty payload, for a message that held a secret.
pub(super) fn nothing() -> Json<serde_json::Value> {
    Json(serde_json::json!({}))
}

pub(super) fn find(db: &mut Db, id: Id<OutboxMessage>) -> Result<OutboxMessage> {
    let found = messages::table.find(id).select(OutboxMessage::as_select()).first(db).optional()?;
    found.ok_or(Error::NotFound("the message"))
}

/// The outbox, the newest first.
pub(super) fn list(
    db: &mut Db,
    status: Option<MessageStatus>,
    before: Option<Id<OutboxMessage>>,
    limit: i64,
) -> Result<Vec<OutboxMessage>> {
    let mut query = messages::table.select(OutboxMessage::as_select()).into_boxed::<MultiBackend>();
    if let Some(status) = status {
        query = query.filter(messages::status.eq(status));
    }
    if let Some(before) = before {
        query = query.filter(messages::id.lt(before));
    }
    Ok(query.order(messages::id.desc()).limit(limit).load(db)?)
}

/// How long a message can be seen in the outbox: longer than any question about whether it was sent, and not for ever, as
/// it holds addresses.
const KEPT: TimeDelta = TimeDelta::days(180);

/// Takes away messages that were sent, or given up, long ago. The trail knows what they were about.
pub fn forget_messages(db: &mut Db, now: Timestamp, batch: usize) -> Result<usize> {
    let limit = i64::try_from(batch).unwrap_or(i64::MAX);
    let mut old: Vec<Id<OutboxMessage>> = Vec::new();
    for status in [MessageStatus::Sent, MessageStatus::Failed] {
        // The first ones only, whether they are old or not: no index knows when a message was made.
        let first: Vec<(Id<OutboxMessage>, Timestamp)> = messages::table
            .filter(messages::status.eq(literal(status.as_str())))
            .select((messages::id, messages::created_at))
            .order(messages::id)
            .limit(limit)
            .load(db)?;
        old.extend(first.into_iter().filter(|(_, made)| *made < now - KEPT).map(|(id, _)| id));
    }
    old.truncate(batch);
    Ok(diesel::delete(messages::table.filter(among(messages::id, &old))).execute(db)?)
}

/// How many messages are in this state.
pub fn count(db: &mut Db, status: MessageStatus) -> Result<i64> {
    let all = messages::table.filter(messages::status.eq(literal(status.as_str())));
    Ok(all.count().get_result(db)?)
}

/// How many messages there are in each state.
pub fn counts(db: &mut Db) -> Result<Vec<(MessageStatus, i64)>> {
    Ok(messages::table
        .group_by(messages::status)
        .select((messages::status, diesel::dsl::count_star()))
        .order(messages::status)
        .dialect()
        .load(db)?)
}

/// When the next message is due, if one waits.
pub fn next_due(db: &mut Db) -> Result<Option<Timestamp>> {
    Ok(messages::table
        .filter(messages::status.eq(literal(MessageStatus::Waiting.as_str())))
        .select(messages::next_attempt_at)
        .order(messages::next_attempt_at)
        .first(db)
        .optional()?)
}

/// Since when the message that was queued first has waited.
pub fn oldest_waiting(db: &mut Db) -> Result<Option<Timestamp>> {
    Ok(messages::table
        .filter(messages::status.eq(literal(MessageStatus::Waiting.as_str())))
        .select(diesel::dsl::min(messages::created_at))
        .first(db)?)
}

pub fn sent_since(db: &mut Db, at: Timestamp) -> Result<i64> {
    Ok(messages::table
        .filter(messages::status.eq(MessageStatus::Sent))
        .filter(messages::sent_at.ge(Some(at)))
        .count()
        .get_result(db)?)
}
