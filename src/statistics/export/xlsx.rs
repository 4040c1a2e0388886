//! A workbook: a sheet of figures, and a sheet that says what they mean; or a table alone.
use super::table::{Cell, Column};
use super::{Report, Table};
use crate::Result;
use crate::platform::language::Language;
use crate::platform::wording;
use crate::statistics::selection;
use crate::statistics::{Unit, references};
use anyhow::Context;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

pub(super) fn write(report: &Report<'_>) -> Result<Vec<u8>> {
    let mut book = Workbook::new();
    let name = report.language.text("statistics-sheet-figures");
    fill(book.add_worksheet(), &Table::of(report), &name, report.language).context("XLSX")?;
    definitions(book.add_worksheet(), report).context("XLSX")?;
    Ok(book.save_to_buffer().context("XLSX")?)
}

pub(super) fn write_table(table: &Table, sheet: &str, language: Language) -> Result<Vec<u8>> {
    let mut book = Workbook::new();
    fill(book.add_worksheet(), table, sheet, language).context("XLSX")?;
    Ok(book.save_to_buffer().context("XLSX")?)
}

fn format_of(unit: Unit) -> Format {
    Format::new().set_num_format(match unit {
        Unit::Count => "#,##0",
        Unit::Kroner => "#,##0 \"kr\"",
        Unit::Share => "0.00%",
        Unit::Mean => "0.0",
        Unit::Days => "0.0",
    })
}

/// "om lag 86 %": it stays a number.
fn format_of_moved(unit: Unit, language: Language) -> Format {
    let number = match unit {
        Unit::Share => "0%",
        Unit::Mean => "0.0",
        Unit::Count | Unit::Kroner | Unit::Days => "#,##0",
    };
    let about = language.text_with("statistics-about", [("value", "".into())]);
    Format::new().set_num_format(format!("\"{}\u{a0}\"{number}", about.trim_end()))
}

fn fill(sheet: &mut Worksheet, table: &Table, name: &str, language: Language) -> Result<(), XlsxError> {
    let head = Format::new().set_bold().set_text_wrap();
    sheet.set_name(name)?;
    sheet.set_freeze_panes(1, 0)?;
    for (at, column) in (0u16..).zip(&table.columns) {
        sheet.write_string_with_format(0, at, &column.name, &head)?;
        sheet.set_column_width(at, if column.unit.is_some() { 16 } else { 24 })?;
    }
    let formats: Vec<Option<Format>> = table.columns.iter().map(|column| column.unit.map(format_of)).collect();
    let moved = |column: &Column| column.unit.map(|unit| format_of_moved(unit, language));
    let of_moved: Vec<Option<Format>> = table.columns.iter().map(moved).collect();
    let plain = Format::new();
    let time = Format::new().set_num_format("yyyy-mm-dd hh:mm");
    for (down, row) in (1u32..).zip(&table.rows) {
        for ((at, cell), (format, about)) in (0u16..).zip(row).zip(formats.iter().zip(&of_moved)) {
            match cell {
                Cell::Text(text) | Cell::Flag(_, text) => sheet.write_string(down, at, text)?,
                Cell::Moved(number) => {
                    sheet.write_number_with_format(down, at, *number, about.as_ref().unwrap_or(&plain))?
                }
                Cell::Number(number) => {
                    sheet.write_number_with_format(down, at, *number, format.as_ref().unwrap_or(&plain))?
                }
                Cell::Time(when) => {
                    let when = ExcelDateTime::parse_from_str(&wording::of_spreadsheets(*when))?;
                    sheet.write_datetime_with_format(down, at, &when, &time)?
                }
                Cell::Empty => sheet,
            };
        }
    }
    Ok(())
}

fn definitions(sheet: &mut Worksheet, report: &Report<'_>) -> Result<(), XlsxError> {
    let language = report.language;
    let (head, wrapped) = (Format::new().set_bold(), Format::new().set_text_wrap());
    sheet.set_name(language.text("statistics-sheet-definitions"))?;
    let columns = [
        ("statistics-indicator", 30),
        ("statistics-definition", 70),
        ("statistics-base", 40),
        ("statistics-source", 40),
        ("statistics-reference", 50),
    ];
    for (at, (key, width)) in (0u16..).zip(columns) {
        sheet.write_string_with_format(0, at, language.text(key), &head)?;
        sheet.set_column_width(at, width)?;
    }
    let mut down = 1u32;
    for indicator in report.indicators {
        let references: Vec<String> =
            references(*indicator).map(|r| format!("{} ({})", r.note(language), r.source)).collect();
        let texts = [
            language.text(&indicator.key()),
            language.text(&format!("{}-definition", indicator.key())),
            language.text(&format!("{}-base", indicator.key())),
            indicator.authority().to_owned(),
            references.join("\n"),
        ];
        for (at, text) in (0u16..).zip(texts) {
            sheet.write_string_with_format(down, at, text, &wrapped)?;
        }
        down += 1;
    }
    down += 1;
    let asked: Vec<String> =
        report.question.parameters().iter().map(|(name, value)| format!("{name}={value}")).collect();
    let source = language.text(&format!("statistics-source-{}", report.question.source.as_str()));
    let mut about = vec![(language.text("statistics-sources"), source)];
    about.extend(
        selection::answered(report.question, report.answer, language)
            .into_iter()
            .map(|asked| (asked.name, asked.value)),
    );
    if report.answer.is_invented {
        about.push((language.text("statistics-source"), language.text("statistics-told-by-nobody")));
    }
    about.push((language.text("statistics-question"), asked.join(" ")));
    about.push((language.text("statistics-counted"), wording::day_and_time(report.as_of, language)));
    for (name, text) in about {
        sheet.write_string_with_format(down, 0, name, &head)?;
        sheet.write_string(down, 1, text)?;
        down += 1;
    }
    Ok(())
}
