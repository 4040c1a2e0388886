//! An answer, or a list, as rows and columns.
use super::{Report, csv, xlsx};
use crate::Result;
use crate::platform::db::types::Timestamp;
use crate::platform::language::Language;
use crate::statistics::shown::peers_name;
use crate::statistics::{Sums, Unit};

/// Rows and columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    pub columns: Vec<Column>,
    /// Of an answer, the groups, and below them all together.
    pub rows: Vec<Vec<Cell>>,
}

/// A column: the name that programs use, and what people read.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    pub code: String,
    pub name: String,
    /// None for a column of words.
    pub unit: Option<Unit>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Text(String),
    Number(f64),
    /// A number that chance has moved.
    Moved(f64),
    /// Yes or no, as programs read it and as people do.
    Flag(bool, String),
    /// RFC 3339 for programs, by the clocks in Norway for people.
    Time(Timestamp),
    /// Nothing to tell.
    Empty,
}

impl Table {
    /// The rows as lines of CSV, below the names of their columns if they are the first.
    ///
    /// # Errors
    /// None that is known: when the library refuses.
    pub fn lines(&self, kind: csv::Kind, are_first: bool) -> Result<Vec<u8>> {
        csv::lines(self, kind, are_first)
    }

    /// A workbook with nothing else in it.
    ///
    /// # Errors
    /// None that is known: when the library refuses.
    pub fn workbook(&self, sheet: &str, language: Language) -> Result<Vec<u8>> {
        xlsx::write_table(self, sheet, language)
    }

    /// Of each dimension the code and the words, of each indicator the figure and what it is divided by. In a demonstration a last
    /// column says of each row that it is invented.
    pub fn of(report: &Report<'_>) -> Self {
        let language = report.language;
        let peers = peers_name(report.question, language);
        let mut columns = Vec::new();
        for by in &report.answer.by {
            let name = language.text(&format!("statistics-by-{}", by.as_str()));
            let code = format!("{name} ({})", language.text("statistics-code"));
            columns.push(Column { code: by.as_str().to_owned(), name: code, unit: None });
            columns.push(Column { code: format!("{}-label", by.as_str()), name, unit: None });
        }
        for indicator in report.indicators {
            let base = language.text(&format!("{}-base", indicator.key()));
            let mut figure = |code: String, name: String| {
                let of = [("indicator", name.as_str().into()), ("base", base.as_str().into())];
                let of_base = language.text_with("statistics-base-of", of);
                columns.push(Column { code: code.clone(), name: name.clone(), unit: Some(indicator.unit()) });
                if !indicator.is_count() {
                    columns.push(Column { code: format!("{code}-base"), name: of_base, unit: Some(Unit::Count) });
                }
                if indicator.is_about_participants() {
                    let of_moved = language.text_with("statistics-moved-of", [("indicator", name.as_str().into())]);
                    columns.push(Column { code: format!("{code}-moved"), name: of_moved, unit: None });
                }
            };
            let (code, name) = (indicator.as_str(), language.text(&indicator.key()));
            figure(code.to_owned(), name.clone());
            if let Some(peers) = &peers {
                figure(format!("{code}-peers"), format!("{name}: {peers}"));
            }
        }
        let invented = report.answer.is_invented.then(|| {
            let (code, name) = ("invented".to_owned(), language.text("statistics-invented"));
            columns.push(Column { code, name, unit: None });
            Cell::Flag(true, language.text("statistics-moved-yes"))
        });
        let mut rows = Vec::with_capacity(report.answer.groups.len() + 1);
        for group in &report.answer.groups {
            let mut row = Vec::with_capacity(columns.len());
            for (by, key) in report.answer.by.iter().zip(&group.keys) {
                row.push(Cell::Text(by.code(*key).into_owned()));
                row.push(Cell::Text(by.label(*key, language)));
            }
            figures(report, &group.sums, Some(&group.keys), &mut row);
            row.extend(invented.clone());
            rows.push(row);
        }
        let mut total: Vec<Cell> = report
            .answer
            .by
            .iter()
            .flat_map(|_| [Cell::Text("total".to_owned()), Cell::Text(language.text("statistics-total"))])
            .collect();
        figures(report, &report.answer.total, None, &mut total);
        total.extend(invented);
        rows.push(total);
        Self { columns, rows }
    }
}

/// The figures of a group, or of all together.
fn figures(report: &Report<'_>, sums: &Sums, keys: Option<&[u32]>, row: &mut Vec<Cell>) {
    for indicator in report.indicators {
        let of_peers = match keys {
            Some(keys) => report.answer.figure_of_peers(keys, *indicator),
            None => report.answer.total_of_peers(*indicator),
        };
        for figure in std::iter::once(indicator.of(sums)).chain(of_peers) {
            let is_base_moved = figure.is_moved && indicator.unit() == Unit::Share;
            let number = |is_moved: bool| if is_moved { Cell::Moved } else { Cell::Number };
            row.push(figure.value.map_or(Cell::Empty, number(figure.is_moved)));
            if !indicator.is_count() {
                row.push(figure.base.map_or(Cell::Empty, |base| number(is_base_moved)(base as f64)));
            }
            if indicator.is_about_participants() {
                let key = if figure.is_moved { "statistics-moved-yes" } else { "statistics-moved-no" };
                row.push(Cell::Flag(figure.is_moved, report.language.text(key)));
            }
        }
    }
}
