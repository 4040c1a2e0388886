//! Series of numbers without an end, each with a row of its own.
use super::Db;
use super::schema::counters;
use crate::{Result, on_each};
use diesel::prelude::*;

/// The positions of public changes: of needs in `changes`, of notices and of the
/// profiles of suppliers in their own rows.
pub const CHANGES: &str = "changes";

/// The next number of a series, from 1. Its row stays locked until the transaction ends, so numbers appear in the order of
/// the commits.
///
/// # Errors
/// When the database refuses.
pub fn next_number(db: &mut Db, series: &str) -> Result<i64> {
    next_numbers(db, series, 1)
}

/// The next `n` numbers of a series, of which it gives the last.
///
/// # Errors
/// When the database refuses.
pub fn next_numbers(db: &mut Db, series: &str, n: i64) -> Result<i64> {
    on_each!(db, |c| diesel::insert_into(counters::table)
        .values((counters::name.eq(series), counters::value.eq(n)))
        .on_conflict(counters::name)
        .do_update()
        .set(counters::value.eq(counters::value + n))
        .execute(c))?;
    Ok(counters::table.find(series).select(counters::value).first(db)?)
}
