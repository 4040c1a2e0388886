//! Statistics as a page.
use super::chart::{Chart, MOST_BARS, Point, shown};
use super::export::{Format, Report};
use super::{Answer, Dimension, Indicator, PARAMETERS, Peers, Question, Source, Sums, Unit, api, references};
use crate::api::known_only;
use crate::notices::codelists::{LegalType, Nature};
use crate::op::Op;
use crate::platform::language::Language;
use crate::platform::wording;
use crate::regulations::{Region, cpv_list, places};
use crate::web::form::{Choice, Errors};
use crate::web::{Fields, Page, Visitor, page, page_with_status, view};
use crate::{App, Error, Result};
use actix_web::http::StatusCode;
use actix_web::web::Data;
use serde::Serialize;
use std::collections::HashMap;

/// Periods that a chart shows: the last of them.
const MOST_PERIODS: u32 = 120;

/// What stands at the top.
const HEADLINES: [Indicator; 6] = [
    Indicator::Competitions,
    Indicator::InnovationProcedureShare,
    Indicator::DialogueBeforeShare,
    Indicator::SingleTenderShare,
    Indicator::SmeWinnerShare,
    Indicator::DecisionDays,
];

#[derive(Serialize)]
struct IndexPage {
    form: SearchForm,
    headlines: Vec<Headline>,
    charts: Vec<Figure>,
    files: Vec<File>,
    summary: String,
    counted: String,
    sources: Vec<Choice>,
    note: String,
    source: &'static str,
    empty: bool,
    nothing_imported: bool,
    errors: Errors,
}

#[derive(Serialize)]
struct SearchForm {
    from: String,
    to: String,
    by_options: Vec<Choice>,
    region_options: Vec<Choice>,
    division_options: Vec<Choice>,
    buyer_type_options: Vec<Choice>,
    nature_options: Vec<Choice>,
    country_options: Vec<Choice>,
    compare_options: Vec<Choice>,
    buyer: String,
    more_open: bool,
    clear_url: Option<String>,
}

#[derive(Serialize)]
struct Headline {
    value: String,
    name: String,
    base: String,
    code: &'static str,
}

/// An indicator with its chart, its table and what it means.
#[derive(Serialize)]
struct Figure {
    code: &'static str,
    name: String,
    definition: String,
    base: String,
    source: &'static str,
    references: Vec<Quoted>,
    svg: String,
    picture_url: String,
    /// Some groups are only in the table.
    cut: Option<String>,
    by: String,
    rows: Vec<TableRow>,
    total: TableRow,
    is_count: bool,
    /// The names of the selection and of its peers, where it is compared.
    legend: Option<Legend>,
}

#[derive(Serialize, Clone)]
struct Legend {
    selected: String,
    peers: String,
}

#[derive(Serialize)]
struct Quoted {
    value: String,
    note: String,
    source: String,
}

#[derive(Serialize)]
struct TableRow {
    group: String,
    value: String,
    base: String,
    peers: Option<String>,
}

#[derive(Serialize)]
struct File {
    url: String,
    text: String,
}

impl Page for IndexPage {
    const TEMPLATE: &'static str = "web/statistics/index";
    fn title(&self, language: Language) -> String {
        language.text("statistics-title")
    }
}

/// `GET /statistikk`
pub async fn index(app: Data<App>, visitor: Visitor, query: Fields) -> crate::web::Result {
    known_only(&query, &[&PARAMETERS])?;
    let (root, language) = (visitor.root, visitor.language());
    let watching = app.clone();
    match Question::parse(&query) {
        Ok(question) => {
            page(&app, visitor, move |op| built(op, &watching, &query, question, Errors::default(), root, language))
                .await
        }
        // What was typed stays, and the figures are those of an empty form.
        Err(Error::Invalid(errors)) => {
            let errors = Errors::new(&errors, language);
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            page_with_status(&app, visitor, status, move |op| {
                built(op, &watching, &query, Question::default(), errors, root, language)
            })
            .await
        }
        Err(other) => Err(other.into()),
    }
}

/// `GET /statistikk/fil`: the figures of the page, as a file.
pub async fn file(app: Data<App>, visitor: Visitor, query: Fields) -> crate::web::Result {
    known_only(&query, &[&PARAMETERS, &api::FORMAT])?;
    let (question, format) = (Question::parse(&query)?, api::format(&query)?);
    let indicators = api::indicators(&query, question.source)?;
    let language = visitor.language();
    let watching = app.clone();
    let file = app
        .read(visitor.caller(), move |op| {
            let answer = watching.statistics.ask(op, &question)?;
            let report =
                Report { question: &question, answer: &answer, indicators: &indicators, as_of: op.now(), language };
            report.write(format)
        })
        .await?;
    Ok(api::answer(format, file))
}

/// `GET /statistikk/bilde/{indicator}`: one chart, to put somewhere else.
pub async fn picture(
    app: Data<App>,
    visitor: Visitor,
    path: actix_web::web::Path<String>,
    query: Fields,
) -> crate::web::Result {
    known_only(&query, &[&PARAMETERS])?;
    let indicator: Indicator = path.parse().map_err(|_| Error::NotFound("the picture"))?;
    let question = Question::parse(&query)?;
    let language = visitor.language();
    let watching = app.clone();
    let svg = app
        .read(visitor.caller(), move |op| {
            let answer = watching.statistics.ask(op, &question)?;
            drawn(indicator, &answer, legend(&question, language).as_ref(), language)
        })
        .await?;
    let name = format!("{}.svg", indicator.as_str());
    Ok(crate::web::download(&name, "image/svg+xml", svg.into_bytes()))
}

fn built(
    op: &mut Op<'_>,
    app: &App,
    query: &Fields,
    question: Question,
    errors: Errors,
    root: &str,
    language: Language,
) -> Result<IndexPage> {
    let answer = app.statistics.ask(op, &question)?;
    let of_notices = question.source == Source::Notices;
    let nothing_imported =
        of_notices && answer.groups.is_empty() && app.statistics.observations(op.db())?.all().is_empty();
    // Shares say more than counts, which grow with whoever is asked about.
    let (counts, shares): (Vec<Indicator>, Vec<Indicator>) =
        question.source.indicators().into_iter().partition(|i| matches!(i.unit(), Unit::Count | Unit::Kroner));
    let charts =
        shares.into_iter().chain(counts).map(|indicator| figure(indicator, &question, &answer, root, language));
    let files =
        [Format::Csv, Format::CsvExcel, Format::Xlsx, Format::Json, Format::JsonStat].into_iter().map(|format| {
            let mut parameters = question.parameters();
            parameters.push(("format", format.as_str().to_owned()));
            File {
                url: address(root, "/statistikk/fil", &parameters),
                text: language.text(&format!("statistics-file-{}", format.as_str())),
            }
        });
    Ok(IndexPage {
        form: search_form(query, &question, op, root, language),
        headlines: headlines(question.source)
            .into_iter()
            .map(|indicator| headline(indicator, &answer.total, language))
            .collect(),
        charts: charts.collect::<Result<_>>()?,
        files: files.collect(),
        summary: summary(&question, &answer, language),
        counted: wording::day_and_time(op.now(), language),
        source: question.source.as_str(),
        empty: answer.groups.is_empty(),
        nothing_imported,
        sources: sources(&question, root, language),
        note: language.text(if of_notices { "statistics-public" } else { "statistics-rounded" }),
        errors,
    })
}

fn headlines(source: Source) -> Vec<Indicator> {
    match source {
        Source::Notices => HEADLINES.to_vec(),
        Source::Cases => source.indicators(),
    }
}

/// Links to the same question about the one and the other.
fn sources(question: &Question, root: &str, language: Language) -> Vec<Choice> {
    Source::ALL
        .iter()
        .map(|source| Choice {
            value: address(root, "/statistikk", &Question { source: *source, ..question.clone() }.parameters()),
            text: language.text(&format!("statistics-source-{}", source.as_str())),
            selected: question.source == *source,
        })
        .collect()
}

fn summary(question: &Question, answer: &Answer, language: Language) -> String {
    let (key, number) = match question.source {
        Source::Notices => ("statistics-summary", answer.total.notices),
        Source::Cases => ("statistics-summary-cases", answer.total.cases),
    };
    let number = wording::number(i64::try_from(number).unwrap_or(i64::MAX));
    language.text_with(key, [("notices", number.as_str().into())])
}

fn headline(indicator: Indicator, total: &Sums, language: Language) -> Headline {
    let figure = indicator.of(total);
    Headline {
        value: value_text(figure.value, indicator.unit(), language),
        name: language.text(&indicator.key()),
        base: if indicator.is_count() { String::new() } else { base_text(indicator, figure.base, language) },
        code: indicator.as_str(),
    }
}

fn value_text(value: Option<f64>, unit: Unit, language: Language) -> String {
    value.map_or_else(|| "–".to_owned(), |value| shown(value, unit, language))
}

/// `av 1 234 konkurranser`
fn base_text(indicator: Indicator, base: u64, language: Language) -> String {
    let number = wording::number(i64::try_from(base).unwrap_or(i64::MAX));
    let of = language.text(&format!("{}-base", indicator.key()));
    language.text_with("statistics-counted-over", [("number", number.as_str().into()), ("base", of.as_str().into())])
}

fn figure(
    indicator: Indicator,
    question: &Question,
    answer: &Answer,
    root: &str,
    language: Language,
) -> Result<Figure> {
    let row = |group: String, sums: &Sums, of_peers: Option<super::Figure>| {
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
    let cut = (answer.groups.len() > MOST_BARS && !is_time).then(|| {
        let number = i64::try_from(MOST_BARS).unwrap_or(i64::MAX);
        language.text_with("statistics-cut", [("number", number.into())])
    });
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
fn legend(question: &Question, language: Language) -> Option<Legend> {
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

fn drawn(indicator: Indicator, answer: &Answer, legend: Option<&Legend>, language: Language) -> Result<String> {
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

fn address(root: &str, path: &str, parameters: &[(&'static str, String)]) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(parameters);
    let query = query.finish();
    if query.is_empty() { format!("{root}{path}") } else { format!("{root}{path}?{query}") }
}

fn search_form(query: &Fields, question: &Question, op: &Op<'_>, root: &str, language: Language) -> SearchForm {
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
        from: query.get("from").to_owned(),
        to: query.get("to").to_owned(),
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
        buyer: query.get("buyer").to_owned(),
        more_open: ["compare", "buyer", "buyer_type", "nature", "country", "division"]
            .iter()
            .any(|name| query.filter(name).is_some()),
        clear_url: query.names().any(|name| query.filter(name).is_some()).then(|| format!("{root}/statistikk")),
    }
}
