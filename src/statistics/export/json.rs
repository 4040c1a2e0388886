//! Plain JSON: what was asked, what the figures mean, and the figures.
use super::Report;
use crate::Result;
use crate::statistics::api::{IndicatorBody, PeriodBody, ReferenceBody, StatisticsBody};
use crate::statistics::{Figure, Indicator, Sums, references};
use anyhow::Context;
use serde_json::{Map, Value, json};

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
