//! Rows of several tables, written together.
//!
//! What an insert costs on PostgreSQL is mostly the trip to the server and back. So rows that nothing reads in between are
//! one statement there: `WITH row0 AS (INSERT …), row1 AS (INSERT …) INSERT …`. It looks at foreign keys when all of them
//! are in. To SQLite there is no trip, and each is a statement that is kept ready.
use super::Db;
use crate::Result;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::query_dsl::methods::ExecuteDsl;
use diesel::sqlite::Sqlite;

/// Rows that wait to be written.
pub trait Rows {
    /// The statement that writes them on PostgreSQL, if it is one that is kept ready.
    fn statement(&self) -> Option<Box<dyn QueryFragment<Pg> + '_>>;

    /// Writes them alone.
    ///
    /// # Errors
    /// When the database refuses.
    fn insert(&self, db: &mut Db) -> Result<()>;
}

/// An insert as Diesel writes it, of as many rows as its type tells.
impl<T: QueryFragment<Pg> + QueryFragment<Sqlite> + QueryId> Rows for T {
    fn statement(&self) -> Option<Box<dyn QueryFragment<Pg> + '_>> {
        Some(Box::new(self))
    }

    fn insert(&self, db: &mut Db) -> Result<()> {
        match db {
            Db::Postgres(c) => ExecuteDsl::execute(self, c)?,
            Db::Sqlite(c) => ExecuteDsl::execute(self, c)?,
        };
        Ok(())
    }
}

/// All that is to be written for something to be done. Rows refer only to those before them.
pub type Deed = Vec<Box<dyn Rows>>;

/// Writes it.
///
/// # Errors
/// When the database refuses some of it.
pub fn insert_together(db: &mut Db, deed: &Deed) -> Result<()> {
    let mut alone = deed.as_slice();
    if let Db::Postgres(c) = db {
        let statements: Vec<_> = deed.iter().map_while(|rows| rows.statement()).collect();
        alone = deed.get(statements.len()..).unwrap_or_default();
        if !statements.is_empty() {
            ExecuteDsl::execute(Together(statements), c)?;
        }
    }
    alone.iter().try_for_each(|rows| rows.insert(db))
}

/// Is it a single statement on PostgreSQL, which happens or does not, without a transaction around it?
pub(super) fn is_one_statement(deed: &Deed) -> bool {
    deed.iter().all(|rows| rows.statement().is_some())
}

struct Together<'a>(Vec<Box<dyn QueryFragment<Pg> + 'a>>);

impl QueryFragment<Pg> for Together<'_> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        let Some((last, before)) = self.0.split_last() else { return Ok(()) };
        for (n, statement) in before.iter().enumerate() {
            pass.push_sql(if n == 0 { "WITH row" } else { ", row" });
            pass.push_sql(&n.to_string());
            pass.push_sql(" AS (");
            statement.walk_ast(pass.reborrow())?;
            pass.push_sql(") ");
        }
        last.walk_ast(pass)
    }
}

/// Known by its text: there are few of them, but no type for each.
impl QueryId for Together<'_> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}
