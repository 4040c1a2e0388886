//! What stands in a report, ready to be set: every word and every figure is a text here, and the template only places them.
use crate::platform::db::types::Timestamp;
use crate::platform::language::Language;
use crate::statistics::shown::{Legend, Quoted};
use serde::Serialize;

/// A report.
#[derive(Debug, Serialize)]
pub struct Content {
    pub language: Language,
    pub year: i32,
    /// The organisation number.
    pub number: String,
    /// When it was counted: the date of the document.
    #[serde(skip)]
    pub as_of: Timestamp,
    pub(super) title: String,
    /// As it can be set, and short enough for the foot of a page.
    pub(super) organisation: String,
    pub(super) organisation_short: String,
    /// What programs show as the name of the document; the name of the organisation is here as it was written.
    pub(super) document_title: String,
    pub(super) author: String,
    pub(super) facts: Vec<Fact>,
    pub(super) notes: Vec<String>,
    pub(super) summary: Vec<Summary>,
    pub(super) parts: Vec<Part>,
    pub(super) definitions: Vec<Definition>,
    pub(super) reading: Vec<String>,
    pub(super) labels: Labels,
}

/// `Laget: 28. november 2026 kl. 12.00`
#[derive(Debug, Serialize)]
pub(super) struct Fact {
    pub name: String,
    pub values: Vec<String>,
}

/// A part in a few sentences.
#[derive(Debug, Serialize)]
pub(super) struct Summary {
    pub title: String,
    pub sentences: Vec<String>,
}

/// What is about one source: needs in Brobygger, or notices.
#[derive(Debug, Serialize)]
pub(super) struct Part {
    pub title: String,
    pub lead: String,
    /// How exact the figures are.
    pub note: String,
    /// There is nothing to tell, and what can be done about it.
    pub empty: Option<String>,
    pub key_figures: Option<Table>,
    pub figures: Vec<Block>,
    pub tables: Vec<Table>,
    /// The page that shows the same.
    pub link: Link,
}

#[derive(Debug, Serialize)]
pub(super) struct Link {
    pub url: String,
    pub text: String,
}

/// An indicator with its figure, its base, what it means, its chart and its table.
#[derive(Debug, Serialize)]
pub(super) struct Block {
    pub name: String,
    pub value: String,
    /// Empty for a count.
    pub base: String,
    pub definition: String,
    pub source: String,
    pub references: Vec<Quoted>,
    pub legend: Option<Legend>,
    /// None where there is nothing to draw.
    pub chart: Option<Picture>,
    pub table: Table,
}

#[derive(Debug, Serialize)]
pub(super) struct Picture {
    pub svg: String,
    /// What is read aloud instead.
    pub alt: String,
}

/// The first cell of each row is its name; all others are numbers.
#[derive(Debug, Serialize)]
pub(super) struct Table {
    pub title: String,
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
    pub total: Option<Vec<String>>,
    /// What some of its figures need to be read.
    pub note: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct Definition {
    pub name: String,
    pub definition: String,
    pub base: String,
    pub source: String,
}

/// The words of the template.
#[derive(Debug, Serialize)]
pub(super) struct Labels {
    pub summary: String,
    pub contents: String,
    pub figures: String,
    pub period: String,
    pub period_text: String,
    pub source: String,
    pub base: String,
    pub nothing: String,
    pub reference: String,
    pub reading: String,
    pub definitions: String,
    pub definitions_lead: String,
    pub indicator: String,
    pub definition: String,
    /// With `{page}` and `{pages}` where the numbers belong.
    pub page: String,
}
