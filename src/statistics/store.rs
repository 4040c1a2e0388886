//! What statistics read: every SQL statement of theirs.
use crate::Result;
use crate::notices::{Outcome, StoredId};
use crate::platform::db::Db;
use crate::platform::db::schema::{notices, organisations};
use crate::platform::db::types::Json;
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::HashMap;

/// The columns of a notice that are counted.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = notices)]
pub struct Row {
    pub id: StoredId,
    pub position: i64,
    pub procedure_id: Option<String>,
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
    pub tender_deadline_on: Option<NaiveDate>,
    pub decided_on: Option<NaiveDate>,
    pub outcome: Json<Outcome>,
}

/// The columns of a notice that are given to those who count themselves.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = notices)]
pub struct Exported {
    pub notice_id: Option<String>,
    pub version: Option<String>,
    pub publication_id: Option<String>,
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
