//! SQL that the two databases spell differently, as Diesel nodes: one Rust type, two `QueryFragment`s.
use super::MultiBackend;
use super::types::Id;
use super::types::sql::{Document, Uid};
use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, SqlLiteral, ValidGrouping, is_aggregate};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{Array, Bool, Nullable, Text};
use diesel::sqlite::Sqlite;
use uuid::Uuid;

/// Lets a statement that both backends understand, but the derived `MultiBackend` does not (`ON CONFLICT`,
/// `UNION`, `NULLS LAST`), run through [`super::Db`] unchanged.
#[derive(Debug, Clone, Copy, QueryId)]
pub struct Dialect<T>(T);

/// Gives every statement of Diesel `.dialect()`.
pub trait DialectExt: Sized {
    /// Render with the dialect of the connected database.
    fn dialect(self) -> Dialect<Self> {
        Dialect(self)
    }
}
impl<T> DialectExt for T {}

impl<T: QueryFragment<Pg> + QueryFragment<Sqlite>> QueryFragment<MultiBackend> for Dialect<T> {
    fn walk_ast<'b>(&'b self, pass: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        MultiBackend::walk_variant_ast(&self.0, pass)
    }
}
impl<T: Query> Query for Dialect<T> {
    type SqlType = T::SqlType;
}
impl<T> RunQueryDsl<super::Db> for Dialect<T> {}

/// A code of ours, written into the statement itself. An index over a part of a table serves only those statements that
/// name the part: what a bound value will be is not known when the plan is made.
pub fn literal(code: &'static str) -> SqlLiteral<Text> {
    debug_assert!(code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-' || b == b'_'), "{code} is no code");
    diesel::dsl::sql(&format!("'{code}'"))
}

/// What a condition on a column is to Diesel, spelled for each database by its two `QueryFragment`s. Where the column is
/// empty it is not met, which a filter takes for no as well.
macro_rules! condition {
    ($name:ident) => {
        impl<E> Expression for $name<E> {
            type SqlType = Bool;
        }
        impl<E, GB> ValidGrouping<GB> for $name<E> {
            type IsAggregate = is_aggregate::No;
        }
        impl<E: AppearsOnTable<QS>, QS> AppearsOnTable<QS> for $name<E> {}
        impl<E: SelectableExpression<QS>, QS> SelectableExpression<QS> for $name<E> {}
        impl<E> QueryFragment<MultiBackend> for $name<E>
        where
            Self: QueryFragment<Pg> + QueryFragment<Sqlite>,
        {
            fn walk_ast<'b>(&'b self, p: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
                MultiBackend::walk_variant_ast(self, p)
            }
        }
    };
}

/// Is the id in the column one of these? One statement however many there are, so that it is planned once: Diesel's
/// `eq_any` on `SQLite` is another one for each number of ids.
#[derive(Debug, Clone, QueryId)]
pub struct Among<E> {
    column: E,
    ids: Vec<Uuid>,
    /// The same as a JSON list of hexadecimal numbers, for `SQLite`.
    list: String,
}

/// Is `column` one of `ids`?
pub fn among<E: Expression<SqlType: IsUid>, T>(column: E, ids: &[Id<T>]) -> Among<E> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    let quoted: Vec<String> = ids.iter().map(|id| format!("\"{}\"", id.simple())).collect();
    let list = format!("[{}]", quoted.join(","));
    Among { column, ids, list }
}

/// The type of a column of ids, that may be empty or not.
pub trait IsUid {}
impl IsUid for Uid {}
impl IsUid for Nullable<Uid> {}

condition!(Among);
impl<E: QueryFragment<Pg>> QueryFragment<Pg> for Among<E> {
    fn walk_ast<'b>(&'b self, mut p: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.column.walk_ast(p.reborrow())?;
        p.push_sql(" = ANY(");
        p.push_bind_param::<Array<diesel::sql_types::Uuid>, _>(&self.ids)?;
        p.push_sql(")");
        Ok(())
    }
}
impl<E: QueryFragment<Sqlite>> QueryFragment<Sqlite> for Among<E> {
    fn walk_ast<'b>(&'b self, mut p: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        self.column.walk_ast(p.reborrow())?;
        p.push_sql(" IN (SELECT unhex(value) FROM json_each(");
        p.push_bind_param::<Text, _>(&self.list)?;
        p.push_sql("))");
        Ok(())
    }
}

/// Does a JSON column hold a list with this text in it?
#[derive(Debug, Clone, QueryId)]
pub struct JsonHas<E> {
    column: E,
    element: String,
    /// The element as a JSON list, for PostgreSQL's `@>`.
    list: String,
}

/// Does the list in `column` have this element?
pub fn json_has<E: Expression<SqlType = Document>>(column: E, element: &str) -> JsonHas<E> {
    JsonHas { column, element: element.to_owned(), list: serde_json::json!([element]).to_string() }
}

condition!(JsonHas);
impl<E: QueryFragment<Pg>> QueryFragment<Pg> for JsonHas<E> {
    fn walk_ast<'b>(&'b self, mut p: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.column.walk_ast(p.reborrow())?;
        p.push_sql(" @> (");
        p.push_bind_param::<Text, _>(&self.list)?;
        p.push_sql(")::jsonb");
        Ok(())
    }
}
impl<E: QueryFragment<Sqlite>> QueryFragment<Sqlite> for JsonHas<E> {
    fn walk_ast<'b>(&'b self, mut p: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        p.push_sql("EXISTS (SELECT 1 FROM json_each(");
        self.column.walk_ast(p.reborrow())?;
        p.push_sql(") WHERE value = ");
        p.push_bind_param::<Text, _>(&self.element)?;
        p.push_sql(")");
        Ok(())
    }
}

/// Does a JSON column hold a list with a text that begins like this? The beginning is digits: `%` and `_` would stand
/// for anything.
#[derive(Debug, Clone, QueryId)]
pub struct JsonBegins<E> {
    column: E,
    pattern: String,
}

/// Does an element of the list in `column` begin with these digits?
pub fn json_begins<E: Expression<SqlType = Document>>(column: E, digits: &str) -> JsonBegins<E> {
    JsonBegins { column, pattern: format!("{digits}%") }
}

condition!(JsonBegins);
impl<E: QueryFragment<Pg>> QueryFragment<Pg> for JsonBegins<E> {
    fn walk_ast<'b>(&'b self, mut p: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        p.push_sql("EXISTS (SELECT 1 FROM jsonb_array_elements_text(");
        self.column.walk_ast(p.reborrow())?;
        p.push_sql(") AS e(v) WHERE e.v LIKE ");
        p.push_bind_param::<Text, _>(&self.pattern)?;
        p.push_sql(")");
        Ok(())
    }
}
impl<E: QueryFragment<Sqlite>> QueryFragment<Sqlite> for JsonBegins<E> {
    fn walk_ast<'b>(&'b self, mut p: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        p.push_sql("EXISTS (SELECT 1 FROM json_each(");
        self.column.walk_ast(p.reborrow())?;
        p.push_sql(") WHERE value LIKE ");
        p.push_bind_param::<Text, _>(&self.pattern)?;
        p.push_sql(")");
        Ok(())
    }
}

#[diesel::declare_sql_function]
extern "SQL" {
    /// Small letters of every alphabet. `SQLite` itself knows those of English only.
    fn small_letters(text: Text) -> Text;
}

/// Teaches a connection what the conditions here need.
pub(super) fn teach(c: &mut SqliteConnection) -> QueryResult<()> {
    small_letters_utils::register_impl(c, |text: String| text.to_lowercase())
}

/// Does a column hold this piece of text, in large letters or small?
#[derive(Debug, Clone, QueryId)]
pub struct TextHas<E> {
    column: E,
    piece: String,
}

/// Does `column` hold this piece of text, whatever its case?
pub fn text_has<E: Expression<SqlType = Text>>(column: E, piece: &str) -> TextHas<E> {
    TextHas { column, piece: piece.to_lowercase() }
}

condition!(TextHas);
impl<E: QueryFragment<Pg>> QueryFragment<Pg> for TextHas<E> {
    fn walk_ast<'b>(&'b self, mut p: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        p.push_sql("strpos(lower(");
        self.column.walk_ast(p.reborrow())?;
        p.push_sql("), ");
        p.push_bind_param::<Text, _>(&self.piece)?;
        p.push_sql(") > 0");
        Ok(())
    }
}
impl<E: QueryFragment<Sqlite>> QueryFragment<Sqlite> for TextHas<E> {
    fn walk_ast<'b>(&'b self, mut p: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        p.push_sql("instr(small_letters(");
        self.column.walk_ast(p.reborrow())?;
        p.push_sql("), ");
        p.push_bind_param::<Text, _>(&self.piece)?;
        p.push_sql(") > 0");
        Ok(())
    }
}
