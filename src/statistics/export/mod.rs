//! What is on the page, as files: the same groups and the same figures, whatever the format.
mod all_notices;
mod csv;
mod json;
mod json_stat;
mod parquet;
mod table;
mod xlsx;

use super::{Answer, Indicator, Question};
use crate::Result;
use crate::platform::db::types::Timestamp;
use crate::platform::language::Language;
use crate::text_enum;

pub use all_notices::AllNotices;
pub use parquet::write_notices;
pub use table::Table;

/// What Parquet is called where types of files are.
pub const PARQUET: &str = "application/vnd.apache.parquet";

text_enum! {
    /// A format of a file of figures.
    #[derive(utoipa::ToSchema)]
    pub enum Format {
        /// RFC 4180, UTF-8, with a point in numbers; columns are named by codes.
        Csv = "csv",
        /// What Excel in Norwegian opens: semicolons, a comma in numbers, columns in words.
        CsvExcel = "csv-excel",
        Xlsx = "xlsx",
        Json = "json",
        /// JSON-stat 2.0.
        JsonStat = "json-stat",
    }
}

impl Format {
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv | Self::CsvExcel => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Json | Self::JsonStat => "application/json",
        }
    }

    /// The end of a file's name.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Csv | Self::CsvExcel => "csv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
            Self::JsonStat => "json-stat.json",
        }
    }
}

/// An answer, with what one needs to understand it.
pub struct Report<'a> {
    pub question: &'a Question,
    pub answer: &'a Answer,
    pub indicators: &'a [Indicator],
    /// When it was counted.
    pub as_of: Timestamp,
    pub language: Language,
}

impl Report<'_> {
    /// The file.
    ///
    /// # Errors
    /// None that is known: when a library refuses.
    pub fn write(&self, format: Format) -> Result<Vec<u8>> {
        match format {
            Format::Csv => csv::write(&Table::of(self)),
            Format::CsvExcel => csv::write_for_excel(&Table::of(self)),
            Format::Xlsx => xlsx::write(self),
            Format::Json => json::write(self),
            Format::JsonStat => json_stat::write(self),
        }
    }
}
