//! Plain JSON: what was asked, what the figures mean, and the figures.
use super::Report;
use crate::Result;
use crate::statistics::{Dimension, Figure, Indicator, Sums, Unit, references};
use anyhow::Context;
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What was asked, what the figures mean, and the figures, as in `format=json`.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatisticsBody {
    /// The question, as parameters that ask it again.
    pub question: BTreeMap<String, String>,
    pub by: Vec<Dimension>,
    /// When it was counted.
    pub as_of: String,
    /// Whether all of it is made up, as it is in a demonstration.
    pub invented: bool,
    /// The first and the last day from which there are figures; null if nothing that was counted has a date.
    pub period: Option<PeriodBody>,
    pub indicators: Vec<IndicatorBody>,
    /// Each with the code and the words of what it is divided by, and `figures`: by indicator the `value` (null if there is
    /// nothing to divide by, or, with `withheld`, too little to be told to the public) and its `base` (null where it would give a figure that is withheld), and those of
    /// `peers` where the selection is compared. With `moved`, chance has moved the value, and of a share the base: a share is one of
    /// whole per cents then, and `margin` is what it is moved by at most, nineteen times in twenty.
    #[schema(value_type = Vec<Object>)]
    pub groups: Vec<Value>,
    /// All groups together: the same by indicator.
    #[schema(value_type = Object)]
    pub total: Value,
}

/// Two days and all between them.
#[derive(Debug, Serialize, ToSchema)]
pub struct PeriodBody {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// What a figure means.
#[derive(Debug, Serialize, ToSchema)]
pub struct IndicatorBody {
    pub code: &'static str,
    pub name: String,
    pub definition: String,
    /// What it is divided by.
    pub base: String,
    #[schema(value_type = Unit)]
    pub unit: &'static str,
    pub source: &'static str,
    /// What others have found.
    pub references: Vec<ReferenceBody>,
}

/// A figure that others have published.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReferenceBody {
    pub value: f64,
    pub year_from: i32,
    pub year_to: i32,
    pub source: String,
    pub note: String,
}

pub(super) fn write(report: &Report<'_>) -> Result<Vec<u8>> {
    Ok(serde_json::to_vec(&body(report)).context("JSON")?)
}

fn body(report: &Report<'_>) -> StatisticsBody {
    let groups = report.answer.groups.iter().map(|group| {
        let mut row = Map::new();
        for (by, key) in report.answer.by.iter().zip(&group.keys) {
            row.insert(by.as_str().to_owned(), by.code(*key).into());
            row.insert(format!("{}-label", by.as_str()), by.label(*key, report.language).into());
        }
        row.insert("figures".to_owned(), figures(report, &group.sums, Some(&group.keys)));
        Value::Object(row)
    });
    StatisticsBody {
        question: report.question.parameters().into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        by: report.answer.by.clone(),
        as_of: report.as_of.rfc3339(),
        invented: report.answer.is_invented,
        period: report.answer.period.map(|(from, to)| PeriodBody { from, to }),
        indicators: report.indicators.iter().map(|indicator| definition(report, *indicator)).collect(),
        groups: groups.collect(),
        total: figures(report, &report.answer.total, None),
    }
}

/// What an indicator is.
fn definition(report: &Report<'_>, indicator: Indicator) -> IndicatorBody {
    let language = report.language;
    let references = references(indicator).map(|r| ReferenceBody {
        value: r.value,
        year_from: r.year_from,
        year_to: r.year_to,
        source: r.source.clone(),
        note: r.note(language).to_owned(),
    });
    IndicatorBody {
        code: indicator.as_str(),
        name: language.text(&indicator.key()),
        definition: language.text(&format!("{}-definition", indicator.key())),
        base: language.text(&format!("{}-base", indicator.key())),
        unit: indicator.unit().as_str(),
        source: indicator.authority(),
        references: references.collect(),
    }
}

/// The figures of a group, or of all together; `peers` where the selection is compared.
fn figures(report: &Report<'_>, sums: &Sums, keys: Option<&[u32]>) -> Value {
    let figures = report.indicators.iter().map(|indicator| {
        let figure = indicator.of(sums);
        let of_peers = match keys {
            Some(keys) => report.answer.figure_of_peers(keys, *indicator),
            None => report.answer.total_of_peers(*indicator),
        };
        let mut told = told(figure);
        if let Some(peers) = of_peers {
            told["peers"] = self::told(peers);
        }
        (indicator.as_str().to_owned(), told)
    });
    Value::Object(figures.collect())
}

fn told(figure: Figure) -> Value {
    let mut told = json!({"value": figure.value, "base": figure.base});
    if figure.is_withheld {
        told["withheld"] = true.into();
    }
    if figure.is_moved {
        told["moved"] = true.into();
    }
    if let Some(margin) = figure.margin {
        told["margin"] = ((margin * 1000.0).ceil() / 1000.0).into();
    }
    told
}
