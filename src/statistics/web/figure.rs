//! One figure on the page: its chart, its table, and what it means.
use super::address;
use crate::Result;
use crate::platform::language::Language;
use crate::platform::wording;
use crate::regulations::Region;
use crate::statistics::chart::{Chart, MOST_BARS, Point, shown};
use crate::statistics::{self, Answer, Dimension, Indicator, Peers, Question, Sums, Unit, references};
use serde::Serialize;
use std::collections::HashMap;

/// Periods that a chart shows: the last of them.
const MOST_PERIODS: u32 = 120;

/// Rows that a table on the page has: as many as there are municipalities, and some. The files have all.
const MOST_ROWS: usize = 400;

/// An indicator with its chart, its table and what it means.
#[derive(Serialize)]
pub(super) struct Figure {
    code: &'static str,
    name: String,
    definition: String,
    base: String,
    source: &'static str,
    references: Vec<Quoted>,
    svg: String,
    picture_url: String,
    /// Some groups are only in the table, and some only in the files.
    cut: Option<String>,
    by: String,
    rows: Vec<TableRow>,
    total: TableRow,
    is_count: bool,
    /// The names of the selection and of its peers, where it is compared.
    legend: Option<Legend>,
}

#[derive(Serialize, Clone)]
pub(super) struct Legend {
    selected: String,
    peers: String,
}

#[derive(Serialize)]
pub(super) struct Quoted {
    value: String,
    note: String,
    source: String,
}

#[derive(Serialize)]
pub(super) struct TableRow {
    group: String,
    value: String,
    base: String,
    peers: Option<String>,
}

pub(super) fn figure(
    indicator: Indicator,
    question: &Question,
    answer: &Answer,
    root: &str,
    language: Language,
) -> Result<Figure> {
    let row = |group: String, sums: &Sums, of_peers: Option<statistics::Figure>| {
        let figure = indicator.of(sums);
        TableRow {
            group,
            value: value_text(figure.value, indicator.unit(), language),
            base: wording::number(i64::try_from(figure.base).unwrap_or(i64::MAX)),
            peers: of_peers.map(|figure| value_text(figure.value, indicator.unit(), language)),
        }
    };
    let legend = legend(question, language);
    let by: Vec<String> = answer.by.iter().map(|by| language.text(&format!("statistics-by-{}", by.as_str()))).collect();
    let is_time = answer.by.first().is_some_and(|by| by.is_time());
    let groups = answer.groups.len();
    let cut = if groups > MOST_ROWS {
        Some(("statistics-cut-table", MOST_ROWS))
    } else {
        (groups > MOST_BARS && !is_time).then_some(("statistics-cut", MOST_BARS))
    };
    let cut =
        cut.map(|(key, most)| language.text_with(key, [("number", i64::try_from(most).unwrap_or(i64::MAX).into())]));
    Ok(Figure {
        code: indicator.as_str(),
        name: language.text(&indicator.key()),
        definition: language.text(&format!("{}-definition", indicator.key())),
        base: language.text(&format!("{}-base", indicator.key())),
        source: indicator.authority(),
        references: references(indicator)
            .map(|r| Quoted {
                value: shown_exactly(r.value, indicator.unit(), language),
                note: r.note(language).to_owned(),
                source: r.source.clone(),
            })
            .collect(),
        svg: drawn(indicator, answer, legend.as_ref(), language)?,
        picture_url: address(root, &format!("/statistikk/bilde/{}", indicator.as_str()), &question.parameters()),
        cut,
        by: by.join(", "),
        rows: answer
            .groups
            .iter()
            .take(MOST_ROWS)
            .map(|group| {
                let of_peers = answer.figure_of_peers(&group.keys, indicator);
                row(names(answer, &group.keys, language), &group.sums, of_peers)
            })
            .collect(),
        total: row(language.text("statistics-total"), &answer.total, answer.total_of_peers(indicator)),
        is_count: indicator.is_count(),
        legend,
    })
}

/// What others published has as many digits as they gave it: 0.43 % is not 0.4 %.
fn shown_exactly(value: f64, unit: Unit, language: Language) -> String {
    match unit {
        Unit::Share => {
            let percent = format!("{}", (value * 1e6).round() / 1e4);
            let percent = if language == Language::En { percent } else { percent.replace('.', ",") };
            format!("{percent}\u{a0}%")
        }
        unit => shown(value, unit, language),
    }
}

fn names(answer: &Answer, keys: &[u32], language: Language) -> String {
    let names: Vec<String> = answer.by.iter().zip(keys).map(|(by, key)| by.label(*key, language)).collect();
    names.join(", ")
}

/// What the two that are compared are called.
pub(super) fn legend(question: &Question, language: Language) -> Option<Legend> {
    let name = |region: &Region| Region::name_of(region.as_str()).unwrap_or_default().to_owned();
    let peers = match question.compare.as_ref()? {
        Peers::Country => language.text("statistics-any-region"),
        Peers::Region(region) => name(region),
    };
    let selected = match (&question.buyer, &question.region) {
        (Some(buyer), _) => buyer.to_string(),
        (None, Some(region)) => name(region),
        (None, None) => language.text("statistics-selected"),
    };
    Some(Legend { selected, peers })
}

pub(super) fn drawn(
    indicator: Indicator,
    answer: &Answer,
    legend: Option<&Legend>,
    language: Language,
) -> Result<String> {
    let time = answer.by.first().copied().filter(|by| by.is_time() && answer.by.len() == 1);
    let points = match time {
        Some(by) => through_time(indicator, by, answer),
        None => answer
            .groups
            .iter()
            .map(|group| Point {
                name: names(answer, &group.keys, language),
                value: group.figure(indicator).value,
                peers: answer.figure_of_peers(&group.keys, indicator).and_then(|figure| figure.value),
            })
            .collect(),
    };
    let names = legend.map(|legend| (legend.selected.as_str(), legend.peers.as_str()));
    let title = language.text(&indicator.key());
    Chart { title: &title, points: &points, names, unit: indicator.unit(), is_time: time.is_some(), language }.svg()
}

/// Every period from the first to the last, so that a gap is seen as one. A notice without a date has no place in time.
fn through_time(indicator: Indicator, by: Dimension, answer: &Answer) -> Vec<Point> {
    let dated =
        || answer.groups.iter().filter_map(|group| Some((*group.keys.first()?, group))).filter(|(key, _)| *key > 0);
    let (Some((first, _)), Some((last, _))) = (dated().next(), dated().next_back()) else { return Vec::new() };
    let values: HashMap<u32, Option<f64>> = dated().map(|(key, group)| (key, group.figure(indicator).value)).collect();
    // A single notice with a wrong date would stretch the axis over thousands of months.
    let first = first.max(last.saturating_sub(MOST_PERIODS));
    let point = |key| Point {
        name: by.code(key).into_owned(),
        value: values.get(&key).copied().flatten(),
        peers: answer.figure_of_peers(&[key], indicator).and_then(|figure| figure.value),
    };
    (first..=last).map(point).collect()
}

pub(super) fn value_text(value: Option<f64>, unit: Unit, language: Language) -> String {
    value.map_or_else(|| "–".to_owned(), |value| shown(value, unit, language))
}
