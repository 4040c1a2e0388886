//! JSON-stat 2.0 (<https://json-stat.org/full/>): a cube of all groups and indicators with their bases, as Statistics Norway
//! delivers its own.
use super::Report;
use crate::Result;
use crate::platform::language::Language;
use crate::statistics::shown::{legend, quoted};
use crate::statistics::{Dimension, Figure, Indicator, Source, Unit};
use anyhow::Context;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The dimension of the indicators.
const INDICATOR: &str = "indicator";
/// The dimension of the selection and those that it is compared with, where it is.
const SELECTION: &str = "selection";

/// The status of a value that chance has moved.
const MOVED: &str = "moved";

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
    let metrics = metrics(report.indicators);
    let is_compared = report.answer.peers.is_some();
    let (mut values, mut moved) = (Vec::new(), Vec::new());
    for combination in combinations(&keys) {
        let of_group = |i| found.get(combination.as_slice()).map(|group| group.figure(i));
        values.extend(metrics.iter().map(|metric| metric.of(of_group)));
        moved.extend(metrics.iter().map(|metric| metric.is_moved(of_group)));
        if is_compared {
            let of_peers = |i| report.answer.figure_of_peers(&combination, i);
            values.extend(metrics.iter().map(|metric| metric.of(of_peers)));
            moved.extend(metrics.iter().map(|metric| metric.is_moved(of_peers)));
        }
    }
    // By the place of the value, for those that have one.
    let status: Map<String, Value> =
        moved.iter().enumerate().filter(|(_, is)| **is).map(|(at, _)| (at.to_string(), MOVED.into())).collect();
    let status = (!status.is_empty()).then_some(status);
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
    size.push(metrics.len());
    let codes: Vec<String> = metrics.iter().map(Metric::code).collect();
    let labels: BTreeMap<String, String> = metrics.iter().map(|m| (m.code(), m.label(language))).collect();
    let units: BTreeMap<String, Value> = metrics.iter().map(|m| (m.code(), unit(m.unit()))).collect();
    // What it means, and what others have published.
    let said = |indicator: Indicator| {
        let others =
            quoted(indicator, language).into_iter().map(|it| format!("{}: {} ({})", it.value, it.note, it.source));
        std::iter::once(language.text(&format!("{}-definition", indicator.key()))).chain(others).collect()
    };
    let notes: BTreeMap<&str, Vec<String>> = report.indicators.iter().map(|i| (i.as_str(), said(*i))).collect();
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
    let mut dataset = json!({
        "version": "2.0",
        "class": "dataset",
        "label": language.text("statistics-title"),
        "source": match report.question.source {
            _ if report.answer.is_invented => language.text("statistics-told-by-nobody"),
            Source::Notices => "Doffin, TED (eForms)".to_owned(),
            Source::Cases => "Brobygger".to_owned(),
        },
        "updated": report.as_of.rfc3339(),
        "id": id,
        "size": size,
        "role": role,
        "dimension": dimension,
        "value": values,
        // All groups together: no sum of the cells, as shares are not added up.
        "extension": {
            "total": all_together(&metrics, |i| Some(i.of(&report.answer.total))),
            "total-peers": is_compared.then(|| all_together(&metrics, |i| report.answer.total_of_peers(i))),
        },
    });
    if report.answer.is_invented {
        dataset["extension"]["invented"] = true.into();
    }
    if let Some(status) = status {
        dataset["status"] = Value::Object(status);
        dataset["extension"]["status"] = json!({MOVED: language.text("statistics-moved-file")});
        dataset["extension"]["total-moved"] = moved_together(&metrics, |i| Some(i.of(&report.answer.total)));
        dataset["extension"]["total-peers-moved"] = moved_together(&metrics, |i| report.answer.total_of_peers(i));
    }
    dataset
}

/// The indicators and bases that are moved of all together.
fn moved_together(metrics: &[Metric], of: impl Fn(Indicator) -> Option<Figure>) -> Value {
    metrics.iter().filter(|metric| metric.is_moved(&of)).map(|metric| Value::from(metric.code())).collect()
}

fn all_together(metrics: &[Metric], of: impl Fn(Indicator) -> Option<Figure>) -> BTreeMap<String, Value> {
    metrics.iter().map(|metric| (metric.code(), metric.of(&of))).collect()
}

/// An indicator, or what it is divided by.
struct Metric {
    indicator: Indicator,
    is_base: bool,
}

/// The same as the columns of figures in the other files.
fn metrics(indicators: &[Indicator]) -> Vec<Metric> {
    let of = |indicator: &Indicator| {
        let base = (!indicator.is_count()).then_some(Metric { indicator: *indicator, is_base: true });
        std::iter::once(Metric { indicator: *indicator, is_base: false }).chain(base)
    };
    indicators.iter().flat_map(of).collect()
}

impl Metric {
    fn code(&self) -> String {
        let code = self.indicator.as_str();
        if self.is_base { format!("{code}-base") } else { code.to_owned() }
    }

    fn label(&self, language: Language) -> String {
        let name = language.text(&self.indicator.key());
        if !self.is_base {
            return name;
        }
        let base = language.text(&format!("{}-base", self.indicator.key()));
        let of = [("indicator", name.as_str().into()), ("base", base.as_str().into())];
        language.text_with("statistics-base-of", of)
    }

    fn unit(&self) -> Unit {
        if self.is_base { Unit::Count } else { self.indicator.unit() }
    }

    /// Whether chance has moved it: of a share the base too.
    fn is_moved(&self, figure: impl Fn(Indicator) -> Option<Figure>) -> bool {
        let is_exact = self.is_base && self.indicator.unit() != Unit::Share;
        let is_told = |figure: &Figure| if self.is_base { figure.base.is_some() } else { figure.value.is_some() };
        !is_exact && figure(self.indicator).filter(is_told).is_some_and(|figure| figure.is_moved)
    }

    fn of(&self, figure: impl Fn(Indicator) -> Option<Figure>) -> Value {
        match figure(self.indicator) {
            None => Value::Null,
            Some(figure) if self.is_base => json!(figure.base),
            Some(figure) => json!(figure.value),
        }
    }
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
    json!({"base": unit.as_str(), "decimals": decimals})
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
