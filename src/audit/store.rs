//! Every SQL statement about the trail.
use super::EventId;
use crate::Result;
use crate::identity::{UserId, shown_name};
use crate::needs::Status;
use crate::platform::db::schema::{events, needs, users};
use crate::platform::db::types::{Id, Json, Timestamp};
use crate::platform::db::{Db, Row};
use crate::platform::language::Language;
use crate::tenancy::OrganisationId;
use diesel::dsl::case_when;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{QueryFragment, QueryId};
use diesel::sqlite::Sqlite;

#[derive(Debug, Clone, Insertable, Queryable, Selectable)]
#[diesel(table_name = events, treat_none_as_default_value = false)]
pub struct Recorded {
    pub id: EventId,
    pub at: Timestamp,
    pub name: String,
    pub tenant_id: Option<OrganisationId>,
    pub organisation_id: Option<OrganisationId>,
    pub user_id: Option<UserId>,
    pub need_id: Option<Id<crate::needs::Need>>,
    pub reason: Option<String>,
    pub request_id: String,
    pub payload: Json<serde_json::Value>,
}

/// A line of the trail as people read it.
#[derive(Debug, Clone, Queryable)]
pub struct Entry {
    pub id: EventId,
    pub at: Timestamp,
    pub name: String,
    pub organisation_id: Option<OrganisationId>,
    /// Who did it.
    pub person: Option<String>,
    /// Or why it was done without one: a `tenancy::Reason`.
    pub reason: Option<String>,
    /// What it is about.
    pub need: Option<(String, String)>,
    /// That was deleted.
    pub need_deleted_at: Option<Timestamp>,
}

impl Entry {
    /// Who did it: a person, or how it came about.
    pub fn who(&self, language: Language) -> String {
        match (&self.person, &self.reason) {
            (Some(person), _) => shown_name(person.clone(), language),
            (None, Some(reason)) => language.text(&format!("audit-by-{reason}")),
            (None, None) => language.text("audit-by-command-line"),
        }
    }

    /// What happened, in words.
    pub fn sentence(&self, language: Language) -> String {
        let key = format!("audit-event-{}", self.name);
        match &self.need {
            Some((_, title)) if !title.is_empty() => language.text_with(&key, [("subject", title.as_str().into())]),
            Some((reference, _)) => language.text_with(&key, [("subject", reference.as_str().into())]),
            None => language.text(&key),
        }
    }
}

impl Row for Recorded {
    fn one(&self) -> impl QueryFragment<Sqlite> + QueryId {
        diesel::insert_into(events::table).values(self)
    }
    fn several<const N: usize>(rows: [Self; N]) -> impl QueryFragment<Pg> + QueryId {
        diesel::insert_into(events::table).values(rows)
    }
}

/// What happened in `organisation`'s cases and by its people, the newest first, after `before`.
pub(super) fn trail(
    db: &mut Db,
    organisation: OrganisationId,
    before: Option<EventId>,
    limit: i64,
) -> Result<Vec<Entry>> {
    // What has been written since it was withdrawn is the buyer's own.
    let is_theirs = needs::status.eq(Status::Withdrawn).and(needs::tenant_id.ne(organisation));
    let title = case_when(is_theirs, needs::reference).otherwise(needs::title);
    let mut query = events::table
        .left_join(users::table)
        .left_join(needs::table)
        .filter(events::tenant_id.eq(organisation).or(events::organisation_id.eq(organisation)))
        .select((
            events::id,
            events::at,
            events::name,
            events::organisation_id,
            users::name.nullable(),
            events::reason,
            (needs::reference, title).nullable(),
            needs::deleted_at.nullable(),
        ))
        .into_boxed();
    if let Some(before) = before {
        query = query.filter(events::id.lt(before));
    }
    Ok(query.order(events::id.desc()).limit(limit).load(db)?)
}

pub(super) fn count(db: &mut Db, organisation: OrganisationId) -> Result<i64> {
    Ok(events::table
        .filter(events::tenant_id.eq(organisation).or(events::organisation_id.eq(organisation)))
        .count()
        .get_result(db)?)
}

/// Who changed a need last.
pub fn last_editor(db: &mut Db, need: Id<crate::needs::Need>) -> Result<Option<String>> {
    Ok(events::table
        .inner_join(users::table)
        .filter(events::need_id.eq(need))
        .filter(events::name.eq_any(["need-described", "need-edited", "need-corrected", "need-published"]))
        .select(users::name)
        .order(events::id.desc())
        .first(db)
        .optional()?)
}

/// When a need was last withdrawn, and why.
pub fn withdrawal(db: &mut Db, need: Id<crate::needs::Need>) -> Result<Option<(Timestamp, String)>> {
    let found: Option<(Timestamp, Json<serde_json::Value>)> = events::table
        .filter(events::need_id.eq(need))
        .filter(events::name.eq("need-withdrawn"))
        .select((events::at, events::payload))
        .order(events::id.desc())
        .first(db)
        .optional()?;
    Ok(found.map(|(at, payload)| (at, payload.0["cause"].as_str().unwrap_or_default().to_owned())))
}
