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

pub use self::csv::Kind as Csv;
pub use all_notices::AllNotices;
pub use json::StatisticsBody;
pub use parquet::write_notices;
pub use table::{Cell, Column, Table};

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
            Format::Csv => Table::of(self).lines(Csv::Programs, true),
            Format::CsvExcel => Table::of(self).lines(Csv::Excel, true),
            Format::Xlsx => xlsx::write(self),
            Format::Json => json::write(self),
            Format::JsonStat => json_stat::write(self),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::shown::{base_text, moved_note, value_text};
    use crate::statistics::{Dimension, Group, Source, Sums};
    use serde_json::{Value, json};

    /// 129 startups of 150 that responded to 40 needs, as the public may see it or exactly.
    fn answer(is_veiled: bool) -> Answer {
        let sums = Sums { cases: 40, participants: 150, startups: 129, established: 21, is_veiled, ..Sums::default() };
        let groups = vec![Group { keys: vec![2026], sums: sums.clone() }];
        Answer { by: vec![Dimension::Year], groups, total: sums, period: None, peers: None, is_invented: false }
    }

    fn written(is_veiled: bool, format: Format) -> String {
        let question = Question { source: Source::Cases, by: vec![Dimension::Year], ..Question::default() };
        let indicators = [Indicator::Cases, Indicator::ParticipantsPerCase, Indicator::StartupShare];
        let as_of = "2026-11-28T12:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap().into();
        let answer = answer(is_veiled);
        let (question, answer, indicators) = (&question, &answer, &indicators);
        let report = Report { question, answer, indicators, as_of, language: Language::Nb };
        String::from_utf8(report.write(format).unwrap()).unwrap()
    }

    #[test]
    fn what_chance_has_moved_says_so_in_words() {
        let figure = Indicator::StartupShare.of(&answer(true).total);
        let plain = |text: String| text.replace('\u{a0}', " ");
        assert_eq!(plain(value_text(figure, Indicator::StartupShare.unit(), Language::Nb)), "om lag 86 %");
        let base = base_text(Indicator::StartupShare, figure, Language::Nb);
        assert!(base.contains("om lag 150") && base.contains("flyttet tilfeldig, som regel mindre enn"), "{base}");
        let exact = Indicator::StartupShare.of(&answer(false).total);
        assert_eq!(plain(value_text(exact, Indicator::StartupShare.unit(), Language::Nb)), "86,0 %");
        assert!(!base_text(Indicator::StartupShare, exact, Language::Nb).contains("flyttet"));
        assert!(moved_note([exact, figure].into_iter(), Language::Nb).is_some());
        assert!(moved_note([exact].into_iter(), Language::Nb).is_none());
    }

    #[test]
    fn what_chance_has_moved_says_so_in_every_file() {
        let csv = written(true, Format::Csv);
        assert!(csv.starts_with("year,year-label,cases,participants-per-case,participants-per-case-base,"), "{csv}");
        assert!(csv.contains("2026,2026,40,3.75,40,true,0.86,150,true\r\n"), "{csv}");
        assert!(written(false, Format::Csv).contains("2026,2026,40,3.75,40,false,0.86,150,false\r\n"));
        let excel = written(true, Format::CsvExcel);
        assert!(excel.contains("flyttet tilfeldig") && excel.contains(";0,86;150;ja\r\n"), "{excel}");

        let read = |is_veiled, format| serde_json::from_str::<Value>(&written(is_veiled, format)).unwrap();
        let json = read(true, Format::Json);
        let margin = json["total"]["startup-share"]["margin"].clone();
        assert!(margin.as_f64().is_some_and(|margin| (0.1..0.25).contains(&margin)), "{margin}");
        assert_eq!(
            json["total"]["startup-share"],
            json!({"value": 0.86, "base": 150, "moved": true, "margin": margin})
        );
        assert_eq!(json["total"]["cases"], json!({"value": 40.0, "base": 40}));
        let said = json["indicators"][2]["definition"].as_str().unwrap();
        assert!(said.contains("flyttet tilfeldig opp eller ned"), "{said}");
        assert_eq!(read(false, Format::Json)["total"]["startup-share"], json!({"value": 0.86, "base": 150}));

        let cube = read(true, Format::JsonStat);
        // Cases; participants, and needs; startups, and participants.
        assert_eq!(cube["status"], json!({"1": "moved", "3": "moved", "4": "moved"}));
        let moved = json!(["participants-per-case", "startup-share", "startup-share-base"]);
        assert_eq!(cube["extension"]["total-moved"], moved);
        assert_eq!(read(false, Format::JsonStat).get("status"), None);
    }
}
