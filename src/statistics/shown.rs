//! A figure as people read it, on the page and in the report: its value and its base in words, its chart, and what others have
//! published.
use super::chart::{Chart, MOST_BARS, Place, Point, shown, shown_moved};
use super::dimension::Key;
use super::question::Own;
use super::rounding::{LEAST_CASES, LEAST_PARTICIPANTS};
use super::{Answer, Dimension, Figure, Indicator, Peers, Question, Reader, Source, Unit, references};
use crate::Result;
use crate::platform::language::Language;
use crate::platform::wording;
use crate::regulations::{KostraGroup, Region};
use serde::Serialize;
use std::collections::HashMap;

/// Periods that a chart shows: the last of them.
const MOST_PERIODS: u32 = 120;

/// A figure that others have published.
#[derive(Debug, Serialize)]
pub(super) struct Quoted {
    pub value: String,
    pub note: String,
    pub source: String,
}

/// What the selection and its peers are called.
#[derive(Debug, Serialize, Clone)]
pub(super) struct Legend {
    pub selected: String,
    pub peers: String,
}

pub(super) fn value_text(figure: Figure, unit: Unit, language: Language) -> String {
    match figure.value {
        Some(value) if figure.is_moved => about(&shown_moved(value, unit, language), language),
        Some(value) => shown(value, unit, language),
        None if figure.is_withheld => language.text("statistics-too-few"),
        None => "–".to_owned(),
    }
}

/// What chance has moved.
fn about(value: &str, language: Language) -> String {
    language.text_with("statistics-about", [("value", value.into())])
}

/// That there are such figures among those that were told, and what it means.
pub(super) fn moved_note(mut figures: impl Iterator<Item = Figure>, language: Language) -> Option<String> {
    figures
        .any(|figure| figure.is_moved && (figure.value.is_some() || figure.base.is_some()))
        .then(|| language.text("statistics-moved-note"))
}

/// What whoever passes figures on must know about them.
pub(super) fn note(source: Source, reader: Reader, is_invented: bool, language: Language) -> String {
    match (source, reader) {
        (Source::Notices, _) if is_invented => language.text("statistics-public-invented"),
        (Source::Notices, _) => language.text("statistics-public"),
        (Source::Cases, Reader::Trusted) => language.text("statistics-exact"),
        (Source::Cases, Reader::Public) => {
            let number = |least: u64| i64::try_from(least).unwrap_or(i64::MAX).into();
            let least = [("participants", number(LEAST_PARTICIPANTS)), ("cases", number(LEAST_CASES))];
            language.text_with("statistics-rounded", least)
        }
    }
}

/// Who told it, and where it stands.
pub(super) fn told_by(indicator: Indicator, answer: &Answer, language: Language) -> String {
    if answer.is_invented {
        return language.text("statistics-told-by-nobody");
    }
    let key = format!("statistics-told-by-{}", indicator.source().as_str());
    language.text_with(&key, [("authority", indicator.authority().into())])
}

/// A number of things.
pub(super) fn count_text(count: u64) -> String {
    wording::number(i64::try_from(count).unwrap_or(i64::MAX))
}

/// `av 1 234 (konkurranser)`; of what is no share, `regnet ut fra 1 234 (konkurranser)`.
///
/// What chance has moved says so here too: the base stands wherever the figure stands alone.
pub(super) fn base_text(indicator: Indicator, figure: Figure, language: Language) -> String {
    let of = language.text(&format!("{}-base", indicator.key()));
    let number = base_number(indicator, figure, language);
    let key = if indicator.unit() == Unit::Share { "statistics-counted-over" } else { "statistics-counted-from" };
    let base = language.text_with(key, [("number", number.as_str().into()), ("base", of.as_str().into())]);
    match margin_text(indicator, figure, language) {
        Some(margin) => {
            language.text_with("statistics-moved-base", [("base", base.as_str().into()), ("margin", margin.into())])
        }
        None => base,
    }
}

/// By how much chance has moved a figure at most, nineteen times in twenty.
fn margin_text(indicator: Indicator, figure: Figure, language: Language) -> Option<String> {
    let margin = figure.margin?;
    Some(match indicator.unit() {
        Unit::Share => {
            let points = wording::number((margin * 100.0).ceil() as i64);
            language.text_with("statistics-margin-points", [("points", points.into())])
        }
        unit => shown((margin * 10.0).ceil() / 10.0, unit, language),
    })
}

/// The number of what it is divided by. Of needs it is exact, of those who responded it is moved as the figure is.
pub(super) fn base_number(indicator: Indicator, figure: Figure, language: Language) -> String {
    let Some(base) = figure.base else { return language.text("statistics-too-few") };
    let number = count_text(base);
    if figure.is_moved && indicator.unit() == Unit::Share { about(&number, language) } else { number }
}

/// What others say of an indicator.
pub(super) fn quoted(indicator: Indicator, language: Language) -> Vec<Quoted> {
    let quote = |reference: &super::Reference| Quoted {
        value: shown_exactly(reference.value, indicator.unit(), language),
        note: reference.note(language).to_owned(),
        source: reference.source.clone(),
    };
    references(indicator).map(quote).collect()
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

/// A group in words.
pub(super) fn names(answer: &Answer, keys: &[u32], language: Language) -> String {
    let names: Vec<String> = answer.by.iter().zip(keys).map(|(by, key)| by.label(*key, language)).collect();
    names.join(", ")
}

/// What the two that are compared are called.
pub(super) fn legend(question: &Question, language: Language) -> Option<Legend> {
    let peers = peers_name(question, language)?;
    let selected = match (&question.buyer, &question.region, question.kostra_group) {
        (Some(buyer), _, _) => buyer.to_string(),
        (None, Some(region), _) => region_name(region),
        (None, None, Some(group)) => group_name(group, language),
        (None, None, None) => language.text("statistics-selected"),
    };
    Some(Legend { selected, peers })
}

/// What those are called that the selection is compared with, in legends and heads of tables, and whether it is among them.
pub(super) fn peers_name(question: &Question, language: Language) -> Option<String> {
    let name = question.compare.as_ref()?.name(language);
    let key = match question.own_among_peers() {
        Own::Elsewhere => return Some(name),
        Own::LeftOut => "statistics-peers-others",
        Own::Among => "statistics-peers-all",
    };
    Some(language.text_with(key, [("peers", name.into())]))
}

/// The same where their base stands behind their figures.
pub(super) fn peers_head(indicator: Option<Indicator>, peers: &str, language: Language) -> String {
    if indicator.is_some_and(Indicator::is_count) {
        return peers.to_owned();
    }
    language.text_with("statistics-peers-head", [("peers", peers.into())])
}

/// A figure with its base behind it, for those that have no column for it: `2,2 % (640)`.
pub(super) fn with_base(indicator: Indicator, figure: Figure, language: Language) -> String {
    let value = value_text(figure, indicator.unit(), language);
    if indicator.is_count() || figure.base.is_none() {
        return value;
    }
    let base = base_number(indicator, figure, language);
    language.text_with("statistics-with-base", [("value", value.into()), ("base", base.into())])
}

impl Peers {
    /// What they are called, by themselves.
    pub(super) fn name(&self, language: Language) -> String {
        match self {
            Self::Country => language.text("statistics-any-region"),
            Self::Region(region) => region_name(region),
            Self::KostraGroup(group) => group_name(*group, language),
        }
    }
}

pub(super) fn region_name(region: &Region) -> String {
    Region::name_of(region.as_str()).unwrap_or_default().to_owned()
}

fn group_name(group: KostraGroup, language: Language) -> String {
    Dimension::KostraGroup.label(group.number().into(), language)
}

/// Whether a chart of it would show anything.
pub(super) fn can_be_drawn(indicator: Indicator, answer: &Answer) -> bool {
    answer.groups.iter().any(|group| group.figure(indicator).value.is_some())
}

/// The chart of an indicator, as SVG.
pub(super) fn drawn(
    indicator: Indicator,
    answer: &Answer,
    legend: Option<&Legend>,
    place: Place,
    language: Language,
) -> Result<String> {
    let time = through_what_time(answer);
    let points = match time {
        Some(by) => through_time(indicator, by, answer, language),
        None => answer
            .groups
            .iter()
            .map(|group| Point {
                name: names(answer, &group.keys, language),
                value: group.figure(indicator).value,
                told: value_text(group.figure(indicator), indicator.unit(), language),
                peers: peers_in_chart(indicator, answer, &group.keys),
            })
            .collect(),
    };
    let names = legend.map(|legend| (legend.selected.as_str(), legend.peers.as_str()));
    let title = language.text(&indicator.key());
    let is_time = time.is_some();
    Chart { title: &title, points: &points, names, unit: indicator.unit(), is_time, place, language }.svg()
}

/// Sums are compared in tables only.
fn peers_in_chart(indicator: Indicator, answer: &Answer, keys: &[Key]) -> Option<f64> {
    answer.figure_of_peers(keys, indicator).filter(|_| !indicator.is_sum())?.value
}

/// That a chart does not show all groups or periods, where it does not.
pub(super) fn left_out(answer: &Answer, language: Language) -> Option<String> {
    let (key, most) = if through_what_time(answer).is_some() {
        let periods = || answer.groups.iter().filter_map(|group| group.keys.first().copied()).filter(|key| *key > 0);
        let is_long = periods().max()?.abs_diff(periods().min()?) >= MOST_PERIODS;
        is_long.then_some(("statistics-cut-periods", MOST_PERIODS))?
    } else {
        (answer.groups.len() > MOST_BARS as usize).then_some(("statistics-cut", MOST_BARS))?
    };
    Some(language.text_with(key, [("number", i64::from(most).into())]))
}

fn through_what_time(answer: &Answer) -> Option<Dimension> {
    answer.by.first().copied().filter(|by| by.is_time() && answer.by.len() == 1)
}

/// Every period from the first to the last, so that a gap is seen as one. A notice without a date has no place in time.
fn through_time(indicator: Indicator, by: Dimension, answer: &Answer, language: Language) -> Vec<Point> {
    let dated =
        || answer.groups.iter().filter_map(|group| Some((*group.keys.first()?, group))).filter(|(key, _)| *key > 0);
    let (Some((first, _)), Some((last, _))) = (dated().next(), dated().next_back()) else { return Vec::new() };
    let figures: HashMap<u32, Figure> = dated().map(|(key, group)| (key, group.figure(indicator))).collect();
    // A single notice with a wrong date would stretch the axis over thousands of months.
    let first = first.max((last + 1).saturating_sub(MOST_PERIODS));
    let point = |key| Point {
        name: by.code(key).into_owned(),
        value: figures.get(&key).and_then(|figure| figure.value),
        told: figures.get(&key).map_or_else(String::new, |figure| value_text(*figure, indicator.unit(), language)),
        // Beside a gap stand no peers: the table has no row for them.
        peers: figures.get(&key).and_then(|_| peers_in_chart(indicator, answer, &[key])),
    };
    (first..=last).map(point).collect()
}
