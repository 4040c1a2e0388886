//! The year in a few sentences, made of the same figures as everything else.
use crate::platform::language::Language;
use crate::statistics::shown::{count_text, value_text};
use crate::statistics::{Answer, Figure, Indicator, Source};

/// What is told of notices after how many competitions there were.
const OF_NOTICES: [(Indicator, &str); 6] = [
    (Indicator::EstimatedValue, "statistics-report-told-estimated"),
    (Indicator::InnovationProcedureShare, "statistics-report-told-innovation"),
    (Indicator::DialogueBeforeShare, "statistics-report-told-before"),
    (Indicator::SingleTenderShare, "statistics-report-told-single"),
    (Indicator::SmeWinnerShare, "statistics-report-told-sme"),
    (Indicator::DecisionDays, "statistics-report-told-days"),
];

/// What is told of cases after how many there were.
const OF_CASES: [(Indicator, &str); 3] = [
    (Indicator::ParticipantsPerCase, "statistics-report-told-participants"),
    (Indicator::StartupShare, "statistics-report-told-startups"),
    (Indicator::OutcomeShare, "statistics-report-told-outcome"),
];

/// A sentence for each thing that can be said of the year. `place` is what the selection is called.
pub(super) fn sentences(source: Source, answer: &Answer, place: &str, year: i32, language: Language) -> Vec<String> {
    let (indicator, key, more): (_, _, &[(Indicator, &str)]) = match source {
        Source::Cases => (Indicator::Cases, "statistics-report-told-cases", &OF_CASES),
        Source::Notices => (Indicator::Competitions, "statistics-report-told-competitions", &OF_NOTICES),
    };
    let count = indicator.of(&answer.total).base.unwrap_or(0);
    let first = language.text_with(
        key,
        [
            ("count", i64::try_from(count).unwrap_or(i64::MAX).into()),
            ("number", count_text(count).into()),
            ("place", place.into()),
            ("year", year.to_string().into()),
        ],
    );
    let rest = more.iter().filter_map(|(indicator, key)| sentence(*indicator, key, answer, language));
    std::iter::once(first).chain(rest).collect()
}

/// None where there is nothing to divide by.
fn sentence(indicator: Indicator, key: &str, answer: &Answer, language: Language) -> Option<String> {
    let text = |figure: Figure| value_text(figure, indicator.unit(), language);
    let is_told = |figure: &Figure| figure.value.is_some();
    let value = text(Some(indicator.of(&answer.total)).filter(is_told)?);
    let told = language.text_with(key, [("value", value.into())]);
    // Sums say nothing beside those of a whole country.
    let of_country = answer.total_of_peers(indicator).filter(is_told);
    let of_country = of_country.filter(|_| indicator != Indicator::EstimatedValue);
    Some(match of_country {
        Some(peers) => {
            let beside = language.text_with("statistics-report-told-country", [("value", text(peers).into())]);
            format!("{told} {beside}")
        }
        None => told,
    })
}
