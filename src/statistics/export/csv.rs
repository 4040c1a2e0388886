//! Comma-separated values, for programs (RFC 4180) and for Excel in Norwegian.
use super::Table;
use super::table::Cell;
use crate::Result;
use crate::platform::wording;
use anyhow::Context;

/// Who reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// UTF-8, commas, CRLF; columns are named by their codes.
    Programs,
    /// With a byte order mark, by which Excel knows UTF-8; semicolons, a comma in numbers, columns in words.
    Excel,
}

/// The rows, below the names of their columns if they are the first.
pub(super) fn lines(table: &Table, kind: Kind, are_first: bool) -> Result<Vec<u8>> {
    let for_excel = kind == Kind::Excel;
    let mark = if for_excel && are_first { "\u{feff}" } else { "" };
    let mut writer = csv::WriterBuilder::new()
        .delimiter(if for_excel { b';' } else { b',' })
        .terminator(csv::Terminator::CRLF)
        .from_writer(mark.as_bytes().to_vec());
    if are_first {
        let names = table.columns.iter().map(|column| if for_excel { &column.name } else { &column.code });
        writer.write_record(names).context("CSV")?;
    }
    for row in &table.rows {
        writer.write_record(row.iter().map(|cell| shown(cell, for_excel))).context("CSV")?;
    }
    Ok(writer.into_inner().context("CSV")?)
}

fn shown(cell: &Cell, for_excel: bool) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => harmless(text),
        Cell::Number(number) | Cell::Moved(number) if for_excel => number.to_string().replace('.', ","),
        Cell::Number(number) | Cell::Moved(number) => number.to_string(),
        Cell::Flag(_, word) if for_excel => word.clone(),
        Cell::Flag(is, _) => is.to_string(),
        Cell::Time(at) if for_excel => wording::of_spreadsheets(*at),
        Cell::Time(at) => wording::rfc3339(*at),
    }
}

/// A text that begins like a formula is one, to a spreadsheet.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}
