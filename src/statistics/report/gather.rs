//! From an order to what stands in the report: who it is about, what is asked, and the words around the answers.
use super::content::{Content, Definition, Fact, Labels, Summary};
use super::legible::legible;
use super::part::{Asked, Said, county_of};
use super::summary::sentences;
use crate::Result;
use crate::op::Op;
use crate::platform::language::Language;
use crate::platform::wording;
use crate::regulations::{OrganisationNumber, Region};
use crate::statistics::ask::reader;
use crate::statistics::selection::period_text;
use crate::statistics::shown::note;
use crate::statistics::{Dimension, Indicator, Peers, Question, Reader, Source, Statistics, policy};
use crate::tenancy::{Organisation, Permit};
use anyhow::{Context, anyhow};
use chrono::NaiveDate;

/// How much of a name is shown where it is told who it is, and at the foot of each page.
const NAME: usize = 200;
const SHORT_NAME: usize = 60;

/// What no report is without, whoever it is about.
const READING: [&str; 7] = [
    "statistics-report-reading-apart",
    "statistics-report-reading-once",
    "statistics-report-reading-base",
    "statistics-report-reading-none",
    "statistics-report-reading-few",
    "statistics-report-reading-compared",
    "statistics-report-reading-references",
];

/// Counts the year of a tenant.
///
/// # Errors
/// When the database refuses.
pub fn gather(
    op: &mut Op<'_>,
    statistics: &Statistics,
    tenant: Permit<policy::Report, Organisation>,
    year: i32,
    language: Language,
    public_url: &str,
) -> Result<Content> {
    let tenant = tenant.into_inner();
    let number = OrganisationNumber::parse(&tenant.number).map_err(|e| anyhow!("the number of a tenant: {e}"))?;
    let municipality: Option<Region> = tenant.municipality.as_deref().and_then(|number| number.parse().ok());
    let (from, to) = days(year)?;
    let of_year = Question {
        from: Some(from),
        to: Some(to),
        by: vec![Dimension::Quarter],
        compare: Some(Peers::Country),
        ..Question::default()
    };
    let county = municipality.as_ref().and_then(|municipality| county_of(municipality, &of_year));
    let alike = municipality.as_ref().and_then(Peers::alike);
    let peers: Vec<Peers> = alike.into_iter().chain(county.map(Peers::Region)).collect();
    let own = language.text("statistics-report-own");
    let cases = Asked {
        statistics,
        question: Question { source: Source::Cases, buyer: Some(number.clone()), ..of_year.clone() },
        peers: peers.clone(),
        selected: &own,
        language,
        public_url,
    };
    let place = municipality.as_ref().and_then(|municipality| Region::name_of(municipality.as_str()));
    let of_place = match municipality.clone() {
        Some(municipality) => Question { region: Some(municipality), ..of_year },
        None => Question { buyer: Some(number), ..of_year },
    };
    let notices =
        Asked { statistics, question: of_place, peers, selected: place.unwrap_or(&own), language, public_url };
    let is_exact = reader(op.actor(), &cases.question) == Reader::Trusted;
    let last_issued = statistics.observations(op.db())?.last_issued();
    let (of_cases, answer) = cases.part(op, said_of_cases(is_exact, language))?;
    let cases_in_short = sentences(Source::Cases, &answer, &own, year, language);
    let (of_notices, answer) =
        notices.part(op, said_of_notices(place, last_issued.is_some(), statistics.is_invented, language))?;
    let notices_in_short = sentences(Source::Notices, &answer, notices.selected, year, language);
    let title = language.text_with("statistics-report-title", [("year", year.to_string().into())]);
    Ok(Content {
        language,
        year,
        number: tenant.number.clone(),
        as_of: op.now(),
        document_title: format!("{title} – {}", tenant.name),
        title,
        organisation: legible(&tenant.name, NAME),
        organisation_short: legible(&tenant.name, SHORT_NAME),
        author: "Brobygger".to_owned(),
        facts: facts(
            op,
            &tenant,
            municipality.as_ref().zip(place),
            (from, to),
            last_issued,
            answer.is_invented,
            language,
        ),
        notes: notes(op, year, answer.is_invented, language),
        summary: vec![
            Summary { title: of_cases.title.clone(), sentences: cases_in_short },
            Summary { title: of_notices.title.clone(), sentences: notices_in_short },
        ],
        parts: vec![of_cases, of_notices],
        definitions: Indicator::ALL.iter().map(|indicator| definition(*indicator, language)).collect(),
        reading: READING.iter().map(|key| language.text(key)).collect(),
        labels: labels((from, to), language),
    })
}

fn days(year: i32) -> Result<(NaiveDate, NaiveDate)> {
    let first = NaiveDate::from_ymd_opt(year, 1, 1);
    let days = first.zip(NaiveDate::from_ymd_opt(year, 12, 31));
    Ok(days.context("a year that no calendar has")?)
}

fn said_of_cases(is_exact: bool, language: Language) -> Said {
    Said {
        title: language.text("statistics-report-cases"),
        lead: language.text("statistics-report-cases-lead"),
        // Whoever passes the report on must know what is in it.
        note: if is_exact {
            language.text("statistics-report-exact")
        } else {
            note(Source::Cases, Reader::Public, false, language)
        },
        empty: language.text("statistics-report-cases-none"),
    }
}

fn said_of_notices(place: Option<&str>, some_imported: bool, is_invented: bool, language: Language) -> Said {
    let lead = |key: &str| if is_invented { format!("{key}-invented") } else { key.to_owned() };
    let (lead, empty) = match place {
        Some(place) => (
            language.text_with(&lead("statistics-report-notices-lead"), [("place", place.into())]),
            language.text_with("statistics-report-notices-none", [("place", place.into())]),
        ),
        None => (
            language.text(&lead("statistics-report-notices-own-lead")),
            language.text("statistics-report-notices-own-none"),
        ),
    };
    Said {
        title: language.text("statistics-report-notices"),
        lead,
        note: note(Source::Notices, Reader::Public, is_invented, language),
        empty: if some_imported { empty } else { language.text("statistics-none-text") },
    }
}

fn facts(
    op: &Op<'_>,
    tenant: &Organisation,
    place: Option<(&Region, &str)>,
    (from, to): (NaiveDate, NaiveDate),
    last_issued: Option<NaiveDate>,
    is_invented: bool,
    language: Language,
) -> Vec<Fact> {
    let fact = |key: &str, values: Vec<String>| Fact { name: language.text(key), values };
    let counted = wording::day_and_time(op.now(), language);
    let notices = match last_issued {
        Some(day) => {
            let day = wording::date(day, language);
            let key =
                if is_invented { "statistics-report-source-invented" } else { "statistics-report-source-notices" };
            language.text_with(key, [("day", day.into())])
        }
        None => language.text("statistics-report-source-no-notices"),
    };
    let cases = language.text_with("statistics-report-source-cases", [("at", counted.as_str().into())]);
    let mut facts = vec![fact("statistics-report-number", vec![wording::organisation_number(&tenant.number)])];
    facts.extend(place.map(|(region, name)| fact("statistics-by-municipality", vec![format!("{name} ({region})")])));
    facts.push(fact("statistics-report-period", vec![period_text((from, to), language)]));
    facts.push(fact("statistics-report-made", vec![counted]));
    facts.push(fact("statistics-report-sources", vec![cases, notices]));
    facts
}

fn notes(op: &Op<'_>, year: i32, is_invented: bool, language: Language) -> Vec<String> {
    let today = wording::date(wording::day_of(op.now()), language);
    let is_running = year == wording::year(op.now());
    let invented = is_invented.then(|| language.text("statistics-report-invented"));
    let unfinished =
        is_running.then(|| language.text_with("statistics-report-unfinished", [("day", today.as_str().into())]));
    invented.into_iter().chain(unfinished).collect()
}

fn definition(indicator: Indicator, language: Language) -> Definition {
    Definition {
        name: language.text(&indicator.key()),
        definition: language.text(&format!("{}-definition", indicator.key())),
        base: language.text(&format!("{}-base", indicator.key())),
        source: indicator.authority().to_owned(),
    }
}

fn labels((from, to): (NaiveDate, NaiveDate), language: Language) -> Labels {
    Labels {
        summary: language.text("statistics-report-summary"),
        contents: language.text("statistics-report-contents"),
        figures: language.text("statistics-report-figures"),
        period: language.text("statistics-report-period"),
        period_text: period_text((from, to), language),
        source: language.text("statistics-source"),
        base: language.text("statistics-base"),
        nothing: language.text("statistics-report-nothing"),
        reference: language.text("statistics-reference"),
        reading: language.text("statistics-report-reading"),
        definitions: language.text("statistics-sheet-definitions"),
        definitions_lead: language.text("statistics-report-definitions-lead"),
        indicator: language.text("statistics-indicator"),
        definition: language.text("statistics-definition"),
        page: language.text_with("statistics-report-page", [("page", "{page}".into()), ("pages", "{pages}".into())]),
    }
}
