//! Tables that are part of the program: CSV with a head, and comments that tell where they come from.
use serde::de::DeserializeOwned;

pub fn rows<T: DeserializeOwned>(table: &str) -> Vec<T> {
    let rows = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(table.as_bytes()).into_deserialize();
    #[expect(clippy::expect_used, reason = "the table is part of the program, and a test reads it")]
    rows.collect::<Result<_, _>>().expect("a table holds valid rows")
}
