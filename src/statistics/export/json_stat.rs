//! JSON-stat 2.0 (<https://json-stat.org/full/>): a cube of all groups and indicators, as Statistics Norway delivers its own.
use super::Report;
use crate::Result;
use crate::statistics::shown::legend;
use crate::statistics::{Dimension, Figure, Indicator, Source, Unit};
use anyhow::Context;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The dimension of the indicators.
const INDICATOR: &str = "indicator";
/// The dimension of the selection and those that it is compared with, where it is.
const SELECTION: &str = "selection";

pub(super) fn write(report: &Report<'_>) -> Result<Vec<u8>> {
    Ok(serde_json::to_vec(&dataset(report)).context("JSON-stat")?)
}

fn dataset(report: &Report<'_>) -> Value {
    let language = report.language;
    let by = &report.answer.by;
    // The groups of each dimension, those that do not say last, as in the answer.
    let keys: Vec<Vec<u32>> = (0..by.len())
        .map(|at| {
            let keys: BTreeSet<(bool, u32)> =
                report.answer.groups.iter().filter_map(|g| g.keys.get(at)).map(|key| (*key == 0, *key)).collect();
            keys.into_iter().map(|(_, key)| key).collect()
        })
        .collect();
    let found: HashMap<&[u32], &crate::statistics::Group> =
        report.answer.groups.iter().map(|group| (group.keys.as_slice(), group)).collect();
    let mut values = Vec::new();
    for combination in combinations(&keys) {
        let told = |figure: Option<Figure>| figure.and_then(|f| f.value).map_or(Value::Null, |value| json!(value));
        for indicator in report.indicators {
            values.push(told(found.get(combination.as_slice()).map(|group| group.figure(*indicator))));
        }
        if report.answer.peers.is_some() {
            let of_peers = |i: &Indicator| told(report.answer.figure_of_peers(&combination, *i));
            values.extend(report.indicators.iter().map(of_peers));
        }
    }
    let mut id: Vec<&str> = by.iter().map(|by| by.as_str()).collect();
    let mut size: Vec<usize> = keys.iter().map(Vec::len).collect();
    let mut dimension = Map::new();
    for (by, keys) in by.iter().zip(&keys) {
        dimension.insert(by.as_str().to_owned(), category(*by, keys, report));
    }
    if let Some(names) = legend(report.question, language) {
        id.push(SELECTION);
        size.push(2);
        dimension.insert(
            SELECTION.to_owned(),
            json!({
                "label": language.text("statistics-question"),
                "category": {
                    "index": ["selected", "peers"],
                    "label": {
                        "selected": names.selected,
                        "peers": names.peers,
                    },
                },
            }),
        );
    }
    id.push(INDICATOR);
    size.push(report.indicators.len());
    let codes: Vec<&str> = report.indicators.iter().map(|indicator| indicator.as_str()).collect();
    let labels: BTreeMap<&str, String> =
        report.indicators.iter().map(|i| (i.as_str(), language.text(&i.key()))).collect();
    let units: BTreeMap<&str, Value> = report.indicators.iter().map(|i| (i.as_str(), unit(i.unit()))).collect();
    let notes: BTreeMap<&str, [String; 1]> =
        report.indicators.iter().map(|i| (i.as_str(), [language.text(&format!("{}-definition", i.key()))])).collect();
    dimension.insert(
        INDICATOR.to_owned(),
        json!({
            "label": language.text("statistics-indicator"),
            "category": {"index": codes, "label": labels, "unit": units, "note": notes},
        }),
    );
    let mut role = Map::new();
    role.insert("metric".to_owned(), json!([INDICATOR]));
    let roles = |fits: fn(Dimension) -> bool| -> Vec<&str> {
        by.iter().filter(|by| fits(**by)).map(|by| by.as_str()).collect()
    };
    for (name, fits) in [
        ("time", Dimension::is_time as fn(Dimension) -> bool),
        ("geo", |by| matches!(by, Dimension::County | Dimension::Municipality)),
    ] {
        let of_role = roles(fits);
        if !of_role.is_empty() {
            role.insert(name.to_owned(), json!(of_role));
        }
    }
    json!({
        "version": "2.0",
        "class": "dataset",
        "label": language.text("statistics-title"),
        "source": match report.question.source {
            Source::Notices => "Doffin, TED (eForms)",
            Source::Cases => "Brobygger",
        },
        "updated": report.as_of.rfc3339(),
        "id": id,
        "size": size,
        "role": role,
        "dimension": dimension,
        "value": values,
    })
}

fn category(by: Dimension, keys: &[u32], report: &Report<'_>) -> Value {
    // A category without a code would have no name in the index.
    let code = |key: &u32| if *key == 0 { "not-told".to_owned() } else { by.code(*key).into_owned() };
    let index: Vec<String> = keys.iter().map(code).collect();
    let label: BTreeMap<String, String> = keys.iter().map(|key| (code(key), by.label(*key, report.language))).collect();
    json!({
        "label": report.language.text(&format!("statistics-by-{}", by.as_str())),
        "category": {"index": index, "label": label},
    })
}

fn unit(unit: Unit) -> Value {
    let decimals = match unit {
        Unit::Count => 0,
        Unit::Kroner => 2,
        Unit::Share => 4,
        Unit::Mean | Unit::Days => 1,
    };
    json!({"base": unit.code(), "decimals": decimals})
}

/// All combinations, the last dimension turning fastest.
fn combinations(keys: &[Vec<u32>]) -> Vec<Vec<u32>> {
    keys.iter().fold(vec![Vec::new()], |so_far, keys| {
        so_far
            .iter()
            .flat_map(|begun| keys.iter().map(|key| [begun.as_slice(), &[*key]].concat()).collect::<Vec<_>>())
            .collect()
    })
}
