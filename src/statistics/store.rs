//! What statistics read: every SQL statement of theirs.
use crate::needs::{NeedId, Status};
use crate::notices::{Outcome, StoredId};
use crate::platform::db::Db;
use crate::platform::db::schema::{needs, notices, organisations, questions, responses, secrets, supplier_profiles};
use crate::platform::db::types::{Json, Timestamp};
use crate::suppliers::{Employees, SupplierKind};
use crate::tenancy::OrganisationId;
use crate::{Result, on_each};
use chrono::NaiveDate;
use diesel::dsl::{count_star, min};
use diesel::prelude::*;
use rand::Rng;
use std::collections::HashMap;

/// The columns of a notice that are counted. [`Stored`](crate::notices::Stored) names them too, with all others, and says what each is:
/// it is written and told one at a time, with the facts, and this is read a million at a time, without. Had it these in it as one, whoever
/// tells a notice would have to know what is counted. Diesel holds both against the table.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = notices)]
pub struct Row {
    pub id: StoredId,
    pub position: i64,
    pub notice_id: Option<String>,
    pub procedure_id: Option<String>,
    pub publication_id: Option<String>,
    pub form: Option<String>,
    pub procedure_type: Option<String>,
    pub issued_on: Option<NaiveDate>,
    pub country: Option<String>,
    pub buyer_number: Option<String>,
    pub buyer_type: Option<String>,
    pub buyer_nuts: Option<String>,
    pub nature: Option<String>,
    pub cpv: Option<String>,
    pub estimated_value: Option<i64>,
    pub estimated_currency: Option<String>,
    pub awarded_value: Option<i64>,
    pub awarded_currency: Option<String>,
    pub lots: i32,
    pub innovation: Json<Vec<String>>,
    pub aims: Json<Vec<String>>,
    pub is_change: bool,
    pub is_newest: bool,
    pub follows_notice: bool,
    pub previous_notices: Json<Vec<String>>,
    pub tender_deadline_on: Option<NaiveDate>,
    pub decided_on: Option<NaiveDate>,
    pub outcome: Json<Outcome>,
    pub winner_numbers: Json<Vec<String>>,
}

/// The columns of a notice that are given to those who count themselves.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = notices)]
pub struct Exported {
    pub version: Option<String>,
    pub subtype: Option<String>,
    pub buyer_name: Option<String>,
    #[diesel(embed)]
    pub row: Row,
}

/// The rows that changed after a position, in the order of their positions.
pub fn changed_after(db: &mut Db, position: i64, limit: i64) -> Result<Vec<Row>> {
    Ok(notices::table
        .filter(notices::position.gt(position))
        .order(notices::position)
        .limit(limit)
        .select(Row::as_select())
        .load(db)?)
}

/// Whether any row changed after a position.
pub fn has_changed(db: &mut Db, position: i64) -> Result<bool> {
    let later = notices::table.filter(notices::position.gt(position)).select(notices::position);
    Ok(later.order(notices::position).first::<i64>(db).optional()?.is_some())
}

/// The same, with what only files have.
pub fn exported_after(db: &mut Db, position: i64, limit: i64) -> Result<Vec<Exported>> {
    Ok(notices::table
        .filter(notices::position.gt(position))
        .order(notices::position)
        .limit(limit)
        .select(Exported::as_select())
        .load(db)?)
}

/// The municipalities of the buyers that are here, by organisation number.
pub fn homes(db: &mut Db) -> Result<HashMap<String, u16>> {
    let found: Vec<(String, Option<String>)> = organisations::table
        .filter(organisations::kind.eq("buyer").and(organisations::municipality.is_not_null()))
        .select((organisations::number, organisations::municipality))
        .load(db)?;
    Ok(found.into_iter().filter_map(|(number, municipality)| Some((number, municipality?.parse().ok()?))).collect())
}

/// A supplier in the directory.
#[derive(Debug, Queryable)]
pub struct Registered {
    pub position: i64,
    pub number: String,
    pub kind: SupplierKind,
}

/// Whether any supplier registered, or changed its profile, after a position.
pub(super) fn has_registered(db: &mut Db, position: i64) -> Result<bool> {
    let later = supplier_profiles::table.filter(supplier_profiles::position.gt(position));
    Ok(later
        .select(supplier_profiles::position)
        .order(supplier_profiles::position)
        .first::<i64>(db)
        .optional()?
        .is_some())
}

/// The suppliers whose profiles changed after a position, in the order of their positions. None is ever taken out of the directory.
pub(super) fn registered_after(db: &mut Db, position: i64, limit: i64) -> Result<Vec<Registered>> {
    Ok(supplier_profiles::table
        .inner_join(organisations::table)
        .filter(supplier_profiles::position.gt(position))
        .order(supplier_profiles::position)
        .limit(limit)
        .select((supplier_profiles::position, organisations::number, supplier_profiles::kind))
        .load(db)?)
}

// ---- cases -------------------------------------------------------------------------------------------------------

/// A need that the public can read.
#[derive(Debug, Queryable)]
pub struct Published {
    pub id: NeedId,
    pub status: Status,
    pub published_at: Option<Timestamp>,
    pub response_deadline: Option<Timestamp>,
    pub joiners: i32,
    pub cpv: Json<Vec<String>>,
    pub buyer_number: String,
    pub municipality: Option<String>,
}

impl Published {
    pub fn is_concluded(&self) -> bool {
        self.status == Status::Concluded
    }
}

/// All public needs with their buyers.
pub(super) fn published(db: &mut Db) -> Result<Vec<Published>> {
    let public: Vec<Status> = Status::ALL.iter().copied().filter(|status| status.is_public()).collect();
    Ok(needs::table
        .inner_join(organisations::table)
        .filter(needs::status.eq_any(public))
        .select((
            needs::id,
            needs::status,
            needs::published_at,
            needs::response_deadline,
            needs::joiners,
            needs::cpv,
            organisations::number,
            organisations::municipality,
        ))
        .load(db)?)
}

/// What the organisations that have responded to each need called themselves when they first did, and how large they said they were.
/// Each once for each need.
pub(super) fn responders(db: &mut Db) -> Result<Vec<(NeedId, SupplierKind, Option<Employees>)>> {
    let kind = responses::supplier_kind.assume_not_null();
    let of = (responses::need_id, responses::organisation_id, responses::supplier_kind, responses::supplier_size);
    let mut responded: Vec<Responded> = responses::table
        .filter(responses::supplier_kind.is_not_null())
        .group_by(of)
        .select((
            responses::need_id,
            responses::organisation_id,
            kind,
            responses::supplier_size,
            min(responses::sent_at),
        ))
        .load(db)?;
    // The last that is put in stays.
    responded.sort_by_key(|(.., sent_at)| std::cmp::Reverse(*sent_at));
    let first: HashMap<(NeedId, OrganisationId), (SupplierKind, Option<Employees>)> =
        responded.into_iter().map(|(need, who, kind, size, _)| ((need, who), (kind, size))).collect();
    Ok(first.into_iter().map(|((need, _), (kind, size))| (need, kind, size)).collect())
}

/// A need, who responded to it, as what and how large, and when.
type Responded = (NeedId, OrganisationId, SupplierKind, Option<Employees>, Option<Timestamp>);

/// How many questions were answered about each need.
pub(super) fn answered(db: &mut Db) -> Result<Vec<(NeedId, i64)>> {
    Ok(questions::table
        .filter(questions::answered_at.is_not_null())
        .group_by(questions::need_id)
        .select((questions::need_id, count_star()))
        .load(db)?)
}

/// Random bytes of this installation, made the first time they are asked for.
pub(super) fn secret(db: &mut Db, name: &str) -> Result<[u8; 32]> {
    let mut fresh = [0; 32];
    rand::rng().fill_bytes(&mut fresh);
    on_each!(db, |c| diesel::insert_into(secrets::table)
        .values((secrets::name.eq(name), secrets::value.eq(fresh.as_slice())))
        .on_conflict_do_nothing()
        .execute(c))?;
    let kept: Vec<u8> = secrets::table.find(name).select(secrets::value).first(db)?;
    Ok(kept.try_into().map_err(|_| anyhow::anyhow!("a secret of another length"))?)
}
