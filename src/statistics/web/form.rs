//! What is asked for on the page: the form, with what was chosen.
use crate::notices::codelists::{LegalType, Nature};
use crate::op::Op;
use crate::platform::language::Language;
use crate::platform::wording;
use crate::regulations::{Region, cpv_list, places};
use crate::statistics::{Dimension, Question};
use crate::web::form::{Choice, Errors, Field};
use crate::web::{Fields, view};
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct SearchForm {
    from: Field,
    to: Field,
    by_options: Vec<Choice>,
    region_options: Vec<Choice>,
    division_options: Vec<Choice>,
    buyer_type_options: Vec<Choice>,
    nature_options: Vec<Choice>,
    country_options: Vec<Choice>,
    compare_options: Vec<Choice>,
    buyer: Field,
    more_open: bool,
    clear_url: Option<String>,
}

pub(super) fn search_form(
    query: &Fields,
    question: &Question,
    errors: &Errors,
    op: &Op<'_>,
    root: &str,
    language: Language,
) -> SearchForm {
    let today = wording::in_norway(op.now()).date_naive();
    let choice = |value: &str, text: String, selected: bool| Choice { value: value.to_owned(), text, selected };
    let by = Dimension::ALL.iter().map(|by| {
        let text = language.text(&format!("statistics-by-{}", by.as_str()));
        choice(by.as_str(), text, question.by == [*by])
    });
    let chosen = question.region.as_ref().map(Region::as_str);
    let regions = places().counties(today).flat_map(|county| {
        let inside = places().municipalities_of(&county.number, today);
        std::iter::once(choice(&county.number, county.name.clone(), chosen == Some(&county.number)))
            .chain(inside.map(move |m| choice(&m.number, format!("\u{2003}{}", m.name), chosen == Some(&m.number))))
    });
    let divisions = cpv_list().iter().filter(|entry| entry.code.ends_with("000000")).filter_map(|entry| {
        let division = entry.code.get(..2)?;
        let key = division.parse().ok()?;
        Some(choice(division, Dimension::Division.label(key, language), question.division.map(u32::from) == Some(key)))
    });
    let buyer_types = LegalType::ALL.iter().map(|kind| {
        let text = language.text(&format!("statistics-buyer-{}", kind.as_str()));
        choice(kind.as_str(), text, question.buyer_type == Some(*kind))
    });
    let natures = Nature::ALL.iter().map(|nature| {
        let text = language.text(&format!("statistics-nature-{}", nature.as_str()));
        choice(nature.as_str(), text, question.nature == Some(*nature))
    });
    let everywhere = question.country.is_none();
    let peers = question.compare.as_ref().map(ToString::to_string).unwrap_or_default();
    let counties =
        places().counties(today).map(|county| choice(&county.number, county.name.clone(), peers == county.number));
    let compare =
        std::iter::once(choice("country", language.text("statistics-any-region"), peers == "country")).chain(counties);
    SearchForm {
        from: errors.field("from", query.get("from")),
        to: errors.field("to", query.get("to")),
        by_options: by.collect(),
        region_options: view::with_any(language.text("statistics-any-region"), regions.collect()),
        division_options: view::with_any(language.text("statistics-any-division"), divisions.collect()),
        buyer_type_options: view::with_any(language.text("statistics-any-buyer-type"), buyer_types.collect()),
        nature_options: view::with_any(language.text("statistics-any-nature"), natures.collect()),
        country_options: vec![
            choice("", language.text("statistics-country-norway"), !everywhere),
            choice("all", language.text("statistics-country-all"), everywhere),
        ],
        compare_options: view::with_any(language.text("statistics-compare-nothing"), compare.collect()),
        buyer: errors.field("buyer", query.get("buyer")),
        more_open: ["compare", "buyer", "buyer_type", "nature", "country", "division"]
            .iter()
            .any(|name| query.filter(name).is_some()),
        clear_url: query.names().any(|name| query.filter(name).is_some()).then(|| format!("{root}/statistikk")),
    }
}
