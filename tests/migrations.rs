//! Both engines end in the same tables, and these are the ones that diesel believes in.
#![expect(clippy::unwrap_used, reason = "a test may stop where it cannot go on")]
#[path = "support/schema.rs"]
mod schema;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::{Connection, PgConnection, SqliteConnection};
use diesel_migrations::{FileBasedMigrations, MigrationHarness};
use schema::Schema;
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
    let schema = Schema::make(&url, "migrations").unwrap();
    let mut db = PgConnection::establish(&schema.url()).unwrap();
    let migrations = || FileBasedMigrations::from_path("migrations/postgres").unwrap();
    db.run_pending_migrations(migrations()).unwrap();
    db.revert_all_migrations(migrations()).unwrap();
    assert_eq!(postgres_columns(&mut db), Columns::new(), "something stays behind");
    db.run_pending_migrations(migrations()).unwrap();
    let found = postgres_columns(&mut db);
    assert_eq!(found, believed());
}

/// What a server of the first version may have left behind: SQL for both engines, with `{n}` for the n-th id.
const FIRST: &str = "
INSERT INTO organisations VALUES
    ({1}, '974760673', 'Stavanger kommune', 'buyer', '1103', 'nb', {now}),
    ({2}, '310000019', 'Fjordlys AS', 'supplier', '1103', 'nb', {now}),
    ({3}, '310000027', 'Nattlys AS', 'supplier', NULL, 'nb', {now});
INSERT INTO users VALUES ({4}, 'kari@stavanger.example', 'Kari', 'nb', 'x', {now}, {now});
INSERT INTO needs (id, tenant_id, reference, status, title, summary, cpv, region, areas, language, description, version,
                   published_at, created_by, created_at, updated_at) VALUES
    ({5}, {1}, '2026-0001', 'published', 'Corrected twice', '', '[]', '[]', '[]', 'nb', '{}', 6, {now}, {4}, {now}, {now}),
    ({6}, {1}, '2026-0002', 'draft', 'Saved often', '', '[]', '[]', '[]', 'nb', '{}', 4, NULL, {4}, {now}, {now}),
    ({7}, {1}, '2026-0003', 'withdrawn', 'Right at once', '', '[]', '[]', '[]', 'nb', '{}', 1, {now}, {4}, {now}, {now}),
    ({8}, {1}, '2026-0004', 'published', 'Imported', '', '[]', '[]', '[]', 'nb', '{}', 1, {now}, {4}, {now}, {now});
INSERT INTO need_versions VALUES
    ({5}, 2, '{}', '', {4}, {now}), ({5}, 5, '{}', 'B', {4}, {now}), ({5}, 6, '{}', 'C', {4}, {now}),
    ({7}, 1, '{}', '', {4}, {now});
INSERT INTO attachments VALUES
    ({8}, {5}, NULL, {1}, 'old.pdf', '', 1, '', false, {4}, '2026-11-20T11:00:00.000000Z'),
    ({9}, {5}, NULL, {1}, 'new.pdf', '', 1, '', false, {4}, {now}),
    ({4}, {7}, NULL, {1}, 'after it was withdrawn.pdf', '', 1, '', false, {4}, {now}),
    ({3}, {6}, NULL, {1}, 'of a draft.pdf', '', 1, '', false, {4}, {now});
INSERT INTO events (id, at, name, user_id, need_id, request_id, payload) VALUES
    ({1}, {now}, 'need-withdrawn', {4}, {7}, '', '{}');
";

fn first(id: impl Fn(usize) -> String) -> String {
    let sql = FIRST.replace("{now}", "'2026-11-21T11:00:00.000000Z'");
    (1..10).fold(sql, |sql, n| sql.replace(&format!("{{{n}}}"), &id(n)))
}

/// What became of it.
const SINCE: &str = "
SELECT reference || ': ' || version || ', published ' || published_version AS shown FROM needs
UNION ALL
SELECT reference || ' ' || need_versions.version || ' ' || change_note FROM need_versions JOIN needs ON needs.id = need_id
UNION ALL
SELECT reference || ' ' || version_attachments.version || ' shows ' || name
FROM version_attachments JOIN needs ON needs.id = version_attachments.need_id
    JOIN attachments ON attachments.id = attachment_id
UNION ALL
SELECT name || ' delivers in ' || CAST(regions AS text) FROM supplier_profiles JOIN organisations ON id = organisation_id
ORDER BY 1";

fn since(rows: Vec<Row>) -> Vec<String> {
    let mut shown: Vec<String> = rows.into_iter().map(|row| row.shown.trim().to_owned()).collect();
    shown.sort();
    shown
}

fn expected() -> Vec<&'static str> {
    vec![
        "2026-0001 1",
        "2026-0001 1 shows old.pdf",
        "2026-0001 2 B",
        "2026-0001 2 shows old.pdf",
        "2026-0001 3 C",
        "2026-0001 3 shows new.pdf",
        "2026-0001 3 shows old.pdf",
        "2026-0001: 6, published 3",
        "2026-0002: 4, published 0",
        "2026-0003 1",
        "2026-0003: 1, published 1",
        "2026-0004: 1, published 1",
        "Fjordlys AS delivers in [\"11\"]",
        "Nattlys AS delivers in []",
    ]
}

#[test]
fn sqlite_keeps_what_the_first_version_wrote() {
    let mut db = SqliteConnection::establish(":memory:").unwrap();
    db.batch_execute("PRAGMA foreign_keys = ON").unwrap();
    let migrations = || FileBasedMigrations::from_path("migrations/sqlite").unwrap();
    db.run_next_migration(migrations()).unwrap();
    db.batch_execute(&first(|n| format!("x'{n:032x}'"))).unwrap();
    db.run_pending_migrations(migrations()).unwrap();
    assert_eq!(since(diesel::sql_query(SINCE).load(&mut db).unwrap()), expected());
}

#[test]
fn postgres_keeps_what_the_first_version_wrote() {
    let Some(url) = database_url() else { return };
    let schema = Schema::make(&url, "migrations").unwrap();
    let mut db = PgConnection::establish(&schema.url()).unwrap();
    let migrations = || FileBasedMigrations::from_path("migrations/postgres").unwrap();
    db.run_next_migration(migrations()).unwrap();
    db.batch_execute(&first(|n| format!("'00000000-0000-0000-0000-{n:012x}'"))).unwrap();
    db.run_pending_migrations(migrations()).unwrap();
    let found = since(diesel::sql_query(SINCE).load(&mut db).unwrap());
    assert_eq!(found, expected());
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
