//! Comma-separated values, for programs (RFC 4180) and for Excel in Norwegian.
use super::Table;
use super::table::Cell;
use crate::Result;
use anyhow::Context;

/// UTF-8, commas, CRLF; columns are named by their codes.
pub(super) fn write(table: &Table) -> Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(table.columns.iter().map(|column| &column.code)).context("CSV")?;
    for row in &table.rows {
        writer.write_record(row.iter().map(|cell| shown(cell, false))).context("CSV")?;
    }
    Ok(writer.into_inner().context("CSV")?)
}

/// With a byte order mark, by which Excel knows UTF-8; semicolons, a comma in numbers, columns in words.
pub(super) fn write_for_excel(table: &Table) -> Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(table.columns.iter().map(|column| &column.name)).context("CSV")?;
    for row in &table.rows {
        writer.write_record(row.iter().map(|cell| shown(cell, true))).context("CSV")?;
    }
    Ok(writer.into_inner().context("CSV")?)
}

fn shown(cell: &Cell, comma: bool) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => harmless(text),
        Cell::Number(number) | Cell::Moved(number) if comma => number.to_string().replace('.', ","),
        Cell::Number(number) | Cell::Moved(number) => number.to_string(),
        Cell::Flag(_, word) if comma => word.clone(),
        Cell::Flag(is, _) => is.to_string(),
    }
}

/// A text that begins like a formula is one, to a spreadsheet.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}
