//! Rows of several tables, written together.
//!
//! What an insert costs on PostgreSQL is mostly the trip to the server and what it does before the first row: foreign keys and
//! checks are made ready anew for each statement. So the rows of a table go together, those of several deeds as well. To SQLite
//! there is no trip, and each row is a statement that is kept ready.
use super::Db;
use crate::Result;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{QueryFragment, QueryId};
use diesel::query_dsl::methods::ExecuteDsl;
use diesel::sqlite::Sqlite;
use std::any::{Any, TypeId};

/// A row that waits to be written: how a slice's store inserts it.
pub trait Row: Any + Clone + Send {
    /// One, on SQLite.
    fn one(&self) -> impl QueryFragment<Sqlite> + QueryId;

    /// As many as the type tells, on PostgreSQL: the statement is kept ready.
    fn several<const N: usize>(rows: [Self; N]) -> impl QueryFragment<Pg> + QueryId;
}

/// Rows of one table.
pub struct Rows<R>(pub Vec<R>);

/// A part of a deed: rows of whatever table, or what must be so for those after it to be written.
pub trait Part: Any + Send {
    /// Writes or asks, for itself and for those of the same kind among `others`.
    ///
    /// # Errors
    /// When the database refuses, or it is not so; then nothing of the deed happens.
    fn do_with(&self, others: &[&dyn Any], db: &mut Db) -> Result<()>;
}

impl<R: Row> Part for Rows<R> {
    fn do_with(&self, others: &[&dyn Any], db: &mut Db) -> Result<()> {
        let others = others.iter().filter_map(|other| other.downcast_ref::<Self>());
        let mut rows = std::iter::once(self).chain(others).flat_map(|rows| &rows.0);
        match db {
            Db::Postgres(c) => {
                let rows: Vec<R> = rows.cloned().collect();
                let mut rest = rows.as_slice();
                // In few trips, with few statements.
                while !rest.is_empty() {
                    rest = match rest.len() {
                        1 => insert_first::<R, 1>(c, rest)?,
                        2..=3 => insert_first::<R, 2>(c, rest)?,
                        4..=7 => insert_first::<R, 4>(c, rest)?,
                        8..=15 => insert_first::<R, 8>(c, rest)?,
                        16..=63 => insert_first::<R, 16>(c, rest)?,
                        _ => insert_first::<R, 64>(c, rest)?,
                    };
                }
                Ok(())
            }
            Db::Sqlite(c) => rows.try_for_each(|row| {
                ExecuteDsl::execute(row.one(), c)?;
                Ok(())
            }),
        }
    }
}

/// Inserts the first `N`; gives the rest.
fn insert_first<'a, R: Row, const N: usize>(c: &mut PgConnection, rows: &'a [R]) -> Result<&'a [R]> {
    let Some((first, rest)) = rows.split_first_chunk::<N>() else { return Ok(&[]) };
    ExecuteDsl::execute(R::several(first.clone()), c)?;
    Ok(rest)
}

/// All that is to be written for something to be done. Rows refer only to those before them.
pub type Deed = Vec<Box<dyn Part>>;

/// Does them: one kind of part after the other, in the order in which they come.
///
/// # Errors
/// When the database refuses some of it, or something is not as it must be.
pub fn insert_together(db: &mut Db, deeds: &[Deed]) -> Result<()> {
    let mut kinds: Vec<(TypeId, &dyn Part, Vec<&dyn Any>)> = Vec::new();
    for part in deeds.iter().flatten() {
        let part = &**part;
        let kind = (part as &dyn Any).type_id();
        match kinds.iter_mut().find(|(of, ..)| *of == kind) {
            Some((.., others)) => others.push(part),
            None => kinds.push((kind, part, Vec::new())),
        }
    }
    kinds.iter().try_for_each(|(_, first, others)| first.do_with(others, db))
}
