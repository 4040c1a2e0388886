//! Both engines end in the same tables, and these are the ones that diesel believes in.
#![expect(clippy::unwrap_used, reason = "a test may stop where it cannot go on")]
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::{Connection, PgConnection, SqliteConnection};
use diesel_migrations::{FileBasedMigrations, MigrationHarness};
use std::collections::BTreeSet;

/// `table.column`, with `?` where it may be null.
type Columns = BTreeSet<String>;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    shown: String,
}

fn names(engine: &str) -> BTreeSet<String> {
    let folders = std::fs::read_dir(format!("migrations/{engine}")).unwrap();
    folders.map(|folder| folder.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn both_engines_have_migrations_of_the_same_names_each_with_a_way_back() {
    assert_eq!(names("sqlite"), names("postgres"));
    for engine in ["sqlite", "postgres"] {
        for name in names(engine) {
            for file in ["up.sql", "down.sql"] {
                let sql = std::fs::read_to_string(format!("migrations/{engine}/{name}/{file}")).unwrap_or_default();
                assert!(!sql.trim().is_empty(), "{engine}/{name}/{file} is empty");
            }
        }
    }
}

#[test]
fn sqlite_goes_up_down_and_up_to_what_diesel_believes() {
    let mut db = SqliteConnection::establish(":memory:").unwrap();
    db.batch_execute("PRAGMA foreign_keys = ON").unwrap();
    let migrations = || FileBasedMigrations::from_path("migrations/sqlite").unwrap();
    db.run_pending_migrations(migrations()).unwrap();
    db.revert_all_migrations(migrations()).unwrap();
    assert_eq!(sqlite_columns(&mut db), Columns::new(), "something stays behind");
    db.run_pending_migrations(migrations()).unwrap();
    assert_eq!(sqlite_columns(&mut db), believed());
    assert!(!db.has_pending_migration(migrations()).unwrap());
}

#[test]
fn postgres_goes_up_down_and_up_to_what_diesel_believes() {
    let Some(url) = database_url() else { return };
    let mut db = PgConnection::establish(&url).unwrap();
    let schema = format!("migrations_{}", brobygger::platform::db::types::Id::<()>::new().uuid().simple());
    db.batch_execute(&format!("CREATE SCHEMA {schema}; SET search_path = {schema}")).unwrap();
    let migrations = || FileBasedMigrations::from_path("migrations/postgres").unwrap();
    db.run_pending_migrations(migrations()).unwrap();
    db.revert_all_migrations(migrations()).unwrap();
    assert_eq!(postgres_columns(&mut db), Columns::new(), "something stays behind");
    db.run_pending_migrations(migrations()).unwrap();
    let found = postgres_columns(&mut db);
    db.batch_execute(&format!("SET client_min_messages = error; DROP SCHEMA {schema} CASCADE")).unwrap();
    assert_eq!(found, believed());
}

/// Where the test database is; where tests must not be left out, there must be one.
#[expect(clippy::disallowed_methods, reason = "tests are told by the environment which database to use")]
fn database_url() -> Option<String> {
    let given = |name| std::env::var(name).ok().filter(|url| !url.is_empty());
    // While all other tests run on SQLite, this one still needs a PostgreSQL beside it.
    let url = given("TEST_DATABASE_URL").or_else(|| given("TEST_POSTGRES_URL"));
    assert!(url.is_some() || std::env::var("CI").is_err(), "CI must set TEST_POSTGRES_URL to a PostgreSQL database");
    url
}

fn sqlite_columns(db: &mut SqliteConnection) -> Columns {
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT m.name || '.' || c.name || CASE WHEN c.\"notnull\" = 0 THEN '?' ELSE '' END AS shown
         FROM sqlite_master m, pragma_table_info(m.name) c
         WHERE m.type = 'table' AND m.name NOT LIKE '\\_\\_%' ESCAPE '\\' AND m.name NOT LIKE 'sqlite%'",
    )
    .load(db)
    .unwrap();
    rows.into_iter().map(|row| row.shown).collect()
}

fn postgres_columns(db: &mut PgConnection) -> Columns {
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT table_name || '.' || column_name || CASE is_nullable WHEN 'YES' THEN '?' ELSE '' END AS shown
         FROM information_schema.columns
         WHERE table_schema = current_schema() AND table_name NOT LIKE '\\_\\_%'",
    )
    .load(db)
    .unwrap();
    rows.into_iter().map(|row| row.shown).collect()
}

/// What `schema.rs` says.
fn believed() -> Columns {
    let source = std::fs::read_to_string("src/platform/db/schema.rs").unwrap();
    let mut columns = Columns::new();
    for table in source.split("diesel::table! {").skip(1) {
        let table = table.split("\n}").next().unwrap();
        let mut name = "";
        for line in table.lines().map(str::trim).filter(|l| !l.starts_with("use ") && !l.starts_with("//")) {
            match line.split_once(" -> ") {
                None if line.ends_with('{') => name = line.split([' ', '(']).next().unwrap(),
                None => {}
                Some((column, kind)) => {
                    let null = if kind.starts_with("Nullable") { "?" } else { "" };
                    columns.insert(format!("{name}.{column}{null}"));
                }
            }
        }
    }
    assert!(columns.len() > 100, "the schema could not be read: {columns:#?}");
    columns
}
