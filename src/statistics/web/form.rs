//! What is asked for on the page: the form, with what was chosen.
use crate::fields::Fields;
use crate::notices::codelists::{FormType, LegalType, Nature, ProcedureType};
use crate::op::Op;
use crate::platform::language::Language;
use crate::platform::wording;
use crate::regulations::{KostraGroup, cpv_list, places};
use crate::statistics::question::may_be_asked_of_cases;
use crate::statistics::{Dimension, Peers, Source};
use crate::web::form::{Choice, Choices, Errors, Field};
use crate::web::view;
use serde::Serialize;

/// The filters that are folded away until one of them is chosen.
const MORE: [&str; 9] =
    ["compare", "kostra_group", "division", "buyer_type", "procedure", "form", "nature", "country", "buyer"];

#[derive(Serialize)]
pub(super) struct SearchForm {
    from: Field,
    to: Field,
    by: Choices,
    region: Choices,
    division: Choices,
    buyer_type: Choices,
    nature: Choices,
    country: Choices,
    procedure: Choices,
    form: Choices,
    kostra_group: Choices,
    compare: Choices,
    buyer: Field,
    /// Whether there is anything to choose of what only notices tell.
    of_notices: bool,
    more_open: bool,
    clear_url: Option<String>,
}

pub(super) fn search_form(query: &Fields, errors: &Errors, op: &Op<'_>, root: &str, language: Language) -> SearchForm {
    let today = wording::day_of(op.now());
    // What was chosen stays, whatever is wrong with the question.
    let options = |name: &str, delivered: &str, mut all: Vec<(String, String)>| -> Vec<Choice> {
        let chosen = query.filter(name).unwrap_or_else(|| delivered.to_owned());
        if !chosen.is_empty() && all.iter().all(|(value, _)| *value != chosen) {
            // An address may ask for what no list has: two divisions, another country, a group by its number.
            all.push((chosen.clone(), in_words(name, &chosen, language)));
        }
        all.into_iter().map(|(value, text)| Choice { selected: value == chosen, value, text }).collect()
    };
    let or_any = |name: &str, any: &str, all: Vec<(String, String)>| {
        errors.choices(name, view::with_any(language.text(any), options(name, "", all)))
    };
    let of_notices = query.filter("source").as_deref() != Some(Source::Cases.as_str());
    let by = Dimension::ALL.iter().filter(|by| of_notices || by.divides_cases());
    let by = by.map(|by| coded(by.as_str(), "statistics-by", language));
    let regions = places().counties(today).flat_map(|county| {
        let inside = places().municipalities_of(&county.number, today);
        std::iter::once((county.number.clone(), county.name.clone()))
            .chain(inside.map(|municipality| (municipality.number.clone(), format!("\u{2003}{}", municipality.name))))
    });
    let divisions = cpv_list().iter().filter(|entry| entry.code.ends_with("000000")).filter_map(|entry| {
        let division = entry.code.get(..2)?;
        Some((division.to_owned(), Dimension::Division.label(division.parse().ok()?, language)))
    });
    let group = |group: KostraGroup| (group.to_string(), Dimension::KostraGroup.label(group.number().into(), language));
    let compare = [
        (Peers::ALIKE.to_owned(), language.text("statistics-compare-alike")),
        (Peers::COUNTRY.to_owned(), language.text("statistics-any-region")),
    ];
    let counties = places().counties(today).map(|county| (county.number.clone(), county.name.clone()));
    let compare = compare.into_iter().chain(counties);
    let procedures = ProcedureType::ALL.iter().map(|kind| coded(kind.as_str(), "statistics-procedure", language));
    let forms = FormType::ALL.iter().map(|form| coded(form.as_str(), "statistics-form", language));
    let countries = vec![
        (String::new(), language.text("statistics-country-norway")),
        ("all".to_owned(), language.text("statistics-country-all")),
    ];
    let buyer_types = LegalType::ALL.iter().map(|kind| coded(kind.as_str(), "statistics-buyer", language));
    let natures = Nature::ALL.iter().map(|nature| coded(nature.as_str(), "statistics-nature", language));
    SearchForm {
        from: errors.field("from", query.get("from")),
        to: errors.field("to", query.get("to")),
        by: errors.choices("by", options("by", Dimension::Year.as_str(), by.collect())),
        region: or_any("region", "statistics-any-region", regions.collect()),
        division: or_any("division", "statistics-any-division", divisions.collect()),
        buyer_type: or_any("buyer_type", "statistics-any-buyer-type", buyer_types.collect()),
        nature: or_any("nature", "statistics-any-nature", natures.collect()),
        country: errors.choices("country", options("country", "", countries)),
        procedure: or_any("procedure", "statistics-any-procedure", procedures.collect()),
        form: or_any("form", "statistics-any-form", forms.collect()),
        kostra_group: or_any("kostra_group", "statistics-any-kostra-group", KostraGroup::all().map(group).collect()),
        compare: or_any("compare", "statistics-compare-nothing", compare.collect()),
        buyer: errors.field("buyer", query.get("buyer")),
        // What was asked for stays to be seen, also where it cannot be answered.
        of_notices: of_notices || MORE.iter().any(|name| !may_be_asked_of_cases(name, query.get(name))),
        more_open: MORE.iter().any(|name| query.filter(name).is_some()),
        clear_url: query.names().any(|name| name != "source" && query.filter(name).is_some()).then(|| {
            let of_cases = if of_notices { "" } else { "?source=cases" };
            format!("{root}/statistikk{of_cases}")
        }),
    }
}

/// What was asked for and is in no list, in words where there are some.
fn in_words(name: &str, chosen: &str, language: Language) -> String {
    match name {
        "by" => {
            let dimensions = chosen.split(',').map(|by| by.trim().parse::<Dimension>().ok());
            let names: Option<Vec<String>> =
                dimensions.map(|by| by.map(|by| language.text(&format!("statistics-by-{}", by.as_str())))).collect();
            names.map_or_else(|| chosen.to_owned(), |names| names.join(", "))
        }
        "compare" => Peers::read(chosen).map_or_else(|| chosen.to_owned(), |peers| peers.name(language)),
        _ => chosen.to_owned(),
    }
}

/// A code and its name, whose text is called after it.
fn coded(code: &str, of: &str, language: Language) -> (String, String) {
    (code.to_owned(), language.text(&format!("{of}-{code}")))
}
