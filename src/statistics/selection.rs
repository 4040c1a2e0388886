//! What figures are about, in words: everything that was asked for.
use super::shown::{peers_name, region_name};
use super::{Answer, Dimension, Question};
use crate::platform::language::Language;
use crate::platform::wording;
use chrono::NaiveDate;
use serde::Serialize;

/// One thing that was asked for.
#[derive(Debug, Serialize, PartialEq, Eq)]
pub(super) struct Asked {
    pub name: String,
    pub value: String,
}

/// Where, and every filter in force, in the order of the form.
pub(super) fn selection(question: &Question, language: Language) -> Vec<Asked> {
    let coded = |of: &str, code: Option<&str>| code.map(|code| language.text(&format!("statistics-{of}-{code}")));
    let all = [
        ("statistics-country", country(question, language)),
        ("statistics-region", question.region.as_ref().map(region_name)),
        ("statistics-from", question.from.map(|day| wording::date(day, language))),
        ("statistics-to", question.to.map(|day| wording::date(day, language))),
        ("statistics-by-kostra-group", question.kostra_group.map(|group| group.number().to_string())),
        ("statistics-by-division", question.division.map(|two| Dimension::Division.label(two.into(), language))),
        ("statistics-by-buyer-type", coded("buyer", question.buyer_type.map(|kind| kind.as_str()))),
        ("statistics-by-procedure", coded("procedure", question.procedure.map(|kind| kind.as_str()))),
        ("statistics-by-form", coded("form", question.form.map(|form| form.as_str()))),
        ("statistics-by-nature", coded("nature", question.nature.map(|nature| nature.as_str()))),
        ("statistics-buyer-number", question.buyer.as_ref().map(|buyer| buyer.to_string().replace(' ', "\u{a0}"))),
        ("statistics-compared", peers_name(question, language)),
    ];
    all.into_iter().filter_map(|(name, value)| Some(Asked { name: language.text(name), value: value? })).collect()
}

/// The same, and the days from which figures are there.
pub(super) fn answered(question: &Question, answer: &Answer, language: Language) -> Vec<Asked> {
    let mut asked = selection(question, language);
    if let Some(days) = answer.period {
        asked.push(Asked { name: language.text("statistics-period"), value: period_text(days, language) });
    }
    asked
}

/// `1. januar 2024–14. mai 2026`, or one day.
pub(super) fn period_text((first, last): (NaiveDate, NaiveDate), language: Language) -> String {
    let (first, last) = (wording::date(first, language), wording::date(last, language));
    if first == last { first } else { format!("{first}–{last}") }
}

/// Nothing where a place or a buyer within Norway says it.
fn country(question: &Question, language: Language) -> Option<String> {
    let is_narrower = question.region.is_some() || question.kostra_group.is_some() || question.buyer.is_some();
    match question.country.as_ref() {
        None => Some(language.text("statistics-country-all")),
        Some(b"NOR") => (!is_narrower).then(|| language.text("statistics-country-norway")),
        Some(code) => Some(String::from_utf8_lossy(code).into_owned()),
    }
}
