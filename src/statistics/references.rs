//! Figures that others have published, beside ours.
use super::indicator::Indicator;
use crate::platform::language::Language;
use serde::Deserialize;
use std::sync::LazyLock;

/// A published figure.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Reference {
    pub indicator: Indicator,
    /// In the unit of the indicator.
    pub value: f64,
    pub year_from: i32,
    pub year_to: i32,
    pub source: String,
    note_nb: String,
    note_nn: String,
    note_en: String,
}

static REFERENCES: LazyLock<Vec<Reference>> = LazyLock::new(|| {
    let mut table =
        csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(include_str!("references.csv").as_bytes());
    #[expect(clippy::expect_used, reason = "the table is part of the program, and a test reads it")]
    table.deserialize().collect::<Result<_, _>>().expect("references.csv holds valid rows")
});

/// What others say of an indicator.
pub fn references(indicator: Indicator) -> impl Iterator<Item = &'static Reference> {
    REFERENCES.iter().filter(move |reference| reference.indicator == indicator)
}

impl Reference {
    /// What it is, of what and when.
    pub fn note(&self, language: Language) -> &str {
        match language {
            Language::Nb => &self.note_nb,
            Language::Nn => &self.note_nn,
            Language::En => &self.note_en,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_white_paper_and_dfo_are_quoted() {
        let values: Vec<f64> = references(Indicator::InnovationProcedureShare).map(|r| r.value).collect();
        assert_eq!(values, [0.01, 0.0043]);
        assert_eq!(references(Indicator::Notices).count(), 0);
    }
}
