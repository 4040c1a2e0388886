//! Statistics as a page.
mod figure;
mod form;
mod report;

use self::figure::{Figure, figure};
use self::form::{SearchForm, search_form};
use self::report::{ReportForm, report_file, report_form};
use super::ask::reader;
use super::export::Format;
use super::question::may_be_asked_of_cases;
use super::selection::{self, Asked, selection};
use super::shown::{base_text, count_text, note, value_text};
use super::{Answer, Indicator, PARAMETERS, Question, Source, Sums, Theme, api, press};
use crate::fields::{Fields, known_once};
use crate::op::Op;
use crate::platform::language::Language;
use crate::platform::wording;
use crate::web::form::{Choice, Errors};
use crate::web::{Page, Preview, Visitor, page, page_with_status};
use crate::{App, Error, Result};
use actix_web::http::StatusCode;
use actix_web::web::Data;
use serde::Serialize;

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
    themes: Vec<ThemeSection>,
    files: Vec<File>,
    summary: String,
    /// What the figures are about: whoever prints them has no form beside.
    selection: Vec<Asked>,
    counted: String,
    #[serde(skip)]
    preview: Option<Preview>,
    sources: Vec<Choice>,
    note: String,
    lead: String,
    empty_title: String,
    source: &'static str,
    empty: bool,
    nothing_imported: bool,
    report: Option<ReportForm>,
    errors: Errors,
}

/// The charts about one thing.
#[derive(Serialize)]
struct ThemeSection {
    code: &'static str,
    name: String,
    charts: Vec<Figure>,
}

#[derive(Serialize)]
struct Headline {
    value: String,
    name: String,
    base: String,
    code: &'static str,
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
    fn description(&self) -> Option<String> {
        Some(self.lead.clone())
    }
    fn preview(&self) -> Option<Preview> {
        self.preview.clone()
    }
}

/// `GET /statistikk`
pub async fn index(app: Data<App>, visitor: Visitor, query: Fields) -> crate::web::Result {
    known_once(&query, &[&PARAMETERS])?;
    let (root, language) = (visitor.root, visitor.language());
    let watching = app.clone();
    app.statistics.settled().await;
    match Question::parse(&query) {
        Ok(question) => page(&app, visitor, move |op| answered(op, &watching, &query, &question, root, language)).await,
        // What was typed stays, and there are no figures: they would be those of another question.
        Err(Error::Invalid(errors)) => {
            let errors = Errors::new(&errors, language);
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            let is_invented = app.statistics.is_invented;
            page_with_status(&app, visitor, status, move |op| {
                let source =
                    if query.get("source") == Source::Cases.as_str() { Source::Cases } else { Source::Notices };
                let nothing = Question { source, ..Question::default() };
                Ok(IndexPage::asked(op, &query, &nothing, errors, is_invented, root, language))
            })
            .await
        }
        Err(other) => Err(other.into()),
    }
}

/// `GET /statistikk/fil`: the figures of the page, as a file.
pub async fn file(app: Data<App>, visitor: Visitor, query: Fields) -> crate::web::Result {
    Ok(api::file(&app, visitor.caller(), &query, visitor.language()).await?)
}

/// `GET /statistikk/rapport`: the year of a tenant as a PDF.
pub async fn report(app: Data<App>, visitor: Visitor, query: Fields) -> crate::web::Result {
    Ok(api::pdf(&app, visitor.caller(), &query, visitor.language()).await?)
}

/// `GET /statistikk/bilde/{indicator}`: one chart, to put somewhere else.
pub async fn picture(
    app: Data<App>,
    visitor: Visitor,
    path: actix_web::web::Path<String>,
    query: Fields,
) -> crate::web::Result {
    known_once(&query, &[&PARAMETERS])?;
    let indicator: Indicator = path.parse().map_err(|_| Error::NotFound("the picture"))?;
    let question = Question::parse(&query)?;
    if indicator.source() != question.source {
        return Err(Error::NotFound("the picture").into());
    }
    let language = visitor.language();
    let watching = app.clone();
    app.statistics.settled().await;
    let picture = app
        .read(visitor.caller(), move |op| {
            let answer = watching.statistics.ask(op, &question)?;
            let host = watching.config.server.public_url.host_str().unwrap_or_default();
            super::picture::picture(indicator, &question, &answer, op.now(), host, language)
        })
        .await?;
    let turn = press::turn().await?;
    let png = app.blocking(move |_| picture.png()).await?;
    drop(turn);
    Ok(crate::web::download(&format!("{}.png", indicator.as_str()), "image/png", png))
}

impl IndexPage {
    /// The page without its figures.
    fn asked(
        op: &Op<'_>,
        query: &Fields,
        question: &Question,
        errors: Errors,
        is_invented: bool,
        root: &str,
        language: Language,
    ) -> Self {
        Self {
            form: search_form(query, &errors, op, root, language),
            headlines: Vec::new(),
            themes: Vec::new(),
            files: Vec::new(),
            summary: String::new(),
            selection: selection(question, language),
            preview: None,
            counted: wording::day_and_time(op.now(), language),
            source: question.source.as_str(),
            empty: false,
            nothing_imported: false,
            report: report_form(op, question),
            sources: sources(query, question.source, root, language),
            note: note(question.source, reader(op.actor(), question), is_invented, language),
            lead: language.text(match question.source {
                Source::Notices if is_invented => "statistics-lead-invented",
                Source::Notices => "statistics-lead-notices",
                Source::Cases => "statistics-lead-cases",
            }),
            empty_title: language.text(&format!("statistics-empty-{}", question.source.as_str())),
            errors,
        }
    }
}

fn answered(
    op: &mut Op<'_>,
    app: &App,
    query: &Fields,
    question: &Question,
    root: &str,
    language: Language,
) -> Result<IndexPage> {
    let answer = app.statistics.ask(op, question)?;
    let empty = answer.groups.is_empty();
    let of_notices = question.source == Source::Notices;
    let nothing_imported = of_notices && empty && app.statistics.observations(op.db())?.all().is_empty();
    let indicators = question.source.indicators();
    let section = |theme: Theme| -> Result<ThemeSection> {
        let charts = indicators.iter().filter(|indicator| indicator.theme() == theme);
        let charts = charts.map(|indicator| figure(*indicator, question, &answer, root, language));
        let name = language.text(&format!("statistics-theme-{}", theme.as_str()));
        Ok(ThemeSection { code: theme.as_str(), name, charts: charts.collect::<Result<_>>()? })
    };
    let themes = Theme::ALL.iter().filter(|theme| indicators.iter().any(|indicator| indicator.theme() == **theme));
    let files = Format::ALL.iter().map(|format| {
        let mut parameters = question.parameters();
        parameters.push(("format", format.as_str().to_owned()));
        File {
            url: address(root, "/statistikk/fil", &parameters),
            text: language.text(&format!("statistics-file-{}", format.as_str())),
        }
    });
    let all_notices = of_notices.then(|| File {
        url: "/api/v1/statistics/notices.parquet".to_owned(),
        text: language.text("statistics-file-parquet"),
    });
    Ok(IndexPage {
        headlines: headlines(question.source).into_iter().map(|i| headline(i, &answer.total, language)).collect(),
        themes: themes.map(|theme| section(*theme)).collect::<Result<_>>()?,
        files: files.chain(all_notices).chain(report_file(op, question, root, language)).collect(),
        summary: summary(question, &answer, language),
        preview: headlines(question.source)
            .get(1)
            .filter(|_| !empty)
            .and_then(|indicator| preview(*indicator, app, question, &answer, root, language)),
        selection: selection::answered(question, &answer, language),
        empty,
        nothing_imported,
        ..IndexPage::asked(op, query, question, Errors::default(), answer.is_invented, root, language)
    })
}

fn headlines(source: Source) -> Vec<Indicator> {
    match source {
        Source::Notices => HEADLINES.to_vec(),
        Source::Cases => source.indicators(),
    }
}

/// Links to the same question, as it was typed, about the one and the other. Of needs nobody asks what only notices tell.
fn sources(query: &Fields, asked: Source, root: &str, language: Language) -> Vec<Choice> {
    let link = |source: Source| {
        let typed = query.names().filter_map(|name| Some((name, query.filter(name)?)));
        let is_told = |name: &str, value: &str| source == Source::Notices || may_be_asked_of_cases(name, value);
        let mut parameters: Vec<(&str, String)> =
            typed.filter(|(name, value)| *name != "source" && is_told(name, value)).collect();
        if source != Source::default() {
            parameters.insert(0, ("source", source.as_str().to_owned()));
        }
        address(root, "/statistikk", &parameters)
    };
    (Source::ALL.iter())
        .map(|source| Choice {
            value: link(*source),
            text: language.text(&format!("statistics-source-{}", source.as_str())),
            selected: *source == asked,
        })
        .collect()
}

fn summary(question: &Question, answer: &Answer, language: Language) -> String {
    let (key, number) = match question.source {
        Source::Notices => ("statistics-summary", answer.total.notices),
        Source::Cases => ("statistics-summary-cases", answer.total.cases),
    };
    let count = i64::try_from(number).unwrap_or(i64::MAX).into();
    language.text_with(key, [("count", count), ("notices", count_text(number).into())])
}

fn headline(indicator: Indicator, total: &Sums, language: Language) -> Headline {
    let figure = indicator.of(total);
    Headline {
        value: value_text(figure, indicator.unit(), language),
        name: language.text(&indicator.key()),
        base: if indicator.is_count() { String::new() } else { base_text(indicator, figure, language) },
        code: indicator.as_str(),
    }
}

/// The picture of a figure, and in words what stands in it: which figure, how much, and of what.
fn preview(
    indicator: Indicator,
    app: &App,
    question: &Question,
    answer: &Answer,
    root: &str,
    language: Language,
) -> Option<Preview> {
    let address = address(root, &format!("/statistikk/bilde/{}", indicator.as_str()), &question.parameters());
    let picture = app.config.server.public_url.join(&address).ok()?.into();
    let Headline { value, name, base, .. } = headline(indicator, &answer.total, language);
    let of = selection::answered(question, answer, language);
    let of: Vec<String> = of.iter().map(|asked| format!("{}: {}", asked.name, asked.value)).collect();
    let title = format!("{name}: {value}");
    let description = of.join(". ");
    let counted = if base.is_empty() { title.clone() } else { format!("{title} {base}") };
    let alt = format!("{counted}. {description}");
    Some(Preview { title, description, picture, alt })
}

fn address(root: &str, path: &str, parameters: &[(&str, String)]) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(parameters);
    let query = query.finish();
    if query.is_empty() { format!("{root}{path}") } else { format!("{root}{path}?{query}") }
}
