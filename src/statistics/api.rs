//! Statistics as data.
use super::export::{Format, PARQUET, Report};
use super::report;
use super::{Dimension, Indicator, PARAMETERS, Question, Source, press};
use crate::App;
use crate::api::{self, Client, Parameter, known_once};
use crate::app::Caller;
use crate::platform::language::Language;
use crate::web::Fields;
use crate::{Error, FieldError};
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What is asked beside the question itself.
pub const FORMAT: [Parameter; 2] = [
    ("format", "`json` (as delivered), `csv`, `csv-excel` (for Excel in Norwegian), `xlsx` or `json-stat` (2.0)."),
    ("indicators", "Which figures, by their codes with commas between; all of them when left out."),
];

/// What was asked, what the figures mean, and the figures, as in `format=json`.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatisticsBody {
    /// The question, as parameters that ask it again.
    pub question: BTreeMap<String, String>,
    pub by: Vec<Dimension>,
    /// When it was counted.
    pub as_of: String,
    /// Whether all of it is made up, as it is in a demonstration.
    pub invented: bool,
    /// The first and the last day from which there are figures; null if nothing that was counted has a date.
    pub period: Option<PeriodBody>,
    pub indicators: Vec<IndicatorBody>,
    /// Each with the code and the words of what it is divided by, and `figures`: by indicator the `value` (null if there is
    /// nothing to divide by, or, with `withheld`, too little to be told to the public) and its `base` (null where it would give a figure that is withheld), and those of
    /// `peers` where the selection is compared. With `moved`, chance has moved the value, and of a share the base: a share is one of
    /// whole per cents then, and `margin` is what it is moved by at most, nineteen times in twenty.
    #[schema(value_type = Vec<Object>)]
    pub groups: Vec<serde_json::Value>,
    /// All groups together: the same by indicator.
    #[schema(value_type = Object)]
    pub total: serde_json::Value,
}

/// Two days and all between them.
#[derive(Debug, Serialize, ToSchema)]
pub struct PeriodBody {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// What a figure means.
#[derive(Debug, Serialize, ToSchema)]
pub struct IndicatorBody {
    pub code: &'static str,
    pub name: String,
    pub definition: String,
    /// What it is divided by.
    pub base: String,
    #[schema(value_type = super::Unit)]
    pub unit: &'static str,
    pub source: &'static str,
    /// What others have found.
    pub references: Vec<ReferenceBody>,
}

/// A figure that others have published.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReferenceBody {
    pub value: f64,
    pub year_from: i32,
    pub year_to: i32,
    pub source: String,
    pub note: String,
}

/// `GET /api/v1/statistics`
pub async fn show(app: Data<App>, client: Client, query: Fields) -> api::Result {
    Ok(file(&app, client.caller(), &query, client.language()).await?)
}

/// `GET /api/v1/statistics/report`
pub async fn report(app: Data<App>, client: Client, query: Fields) -> api::Result {
    Ok(pdf(&app, client.caller(), &query, client.language()).await?)
}

/// `GET /api/v1/statistics/notices.parquet`
pub async fn all_notices(app: Data<App>, client: Client, request: HttpRequest) -> api::Result {
    let asking = app.clone();
    app.statistics.settled().await;
    let _turn = app.statistics.parquet.turn().await;
    // Held until it is open: then it may go.
    let file = app.read(client.caller(), move |op| asking.statistics.parquet(op)).await?;
    Ok(crate::web::download_parts(&request, file.path(), "notices.parquet", PARQUET, crate::web::PUBLIC)?)
}

/// The report that is asked for: what both doors give. It is set after the connection has been given back, as that takes longer.
pub(super) async fn pdf(app: &App, caller: Caller, query: &Fields, language: Language) -> crate::Result<HttpResponse> {
    known_once(query, &[&report::PARAMETERS])?;
    let (asking, query) = (app.clone(), query.clone());
    app.statistics.settled().await;
    let content = app
        .read(caller, move |op| report::write(op, &asking.statistics, &query, language, asking.config.server.address()))
        .await?;
    let turn = press::turn().await?;
    let name = report::file_name(&content);
    let file = app.blocking(move |_| report::typeset(&content)).await?;
    drop(turn);
    Ok(crate::web::download(&name, "application/pdf", file))
}

/// The figures that are asked for, in the format that is asked for: what both doors give.
pub(super) async fn file(app: &App, caller: Caller, query: &Fields, language: Language) -> crate::Result<HttpResponse> {
    known_once(query, &[&PARAMETERS, &FORMAT])?;
    let (question, format) = (Question::parse(query)?, format(query)?);
    let indicators = indicators(query, question.source)?;
    let asking = app.clone();
    app.statistics.settled().await;
    let file = app
        .read(caller, move |op| {
            let answer = asking.statistics.ask(op, &question)?;
            let report =
                Report { question: &question, answer: &answer, indicators: &indicators, as_of: op.now(), language };
            report.write(format)
        })
        .await?;
    Ok(saved(format, file))
}

/// A file of figures, which a browser saves unless it is JSON.
fn saved(format: Format, file: Vec<u8>) -> HttpResponse {
    if format != Format::Json {
        return crate::web::download(&format!("statistikk.{}", format.extension()), format.media_type(), file);
    }
    // Advisers get other figures at the same address than the public.
    let private = (CACHE_CONTROL, "private, no-cache");
    HttpResponse::Ok().insert_header((CONTENT_TYPE, format.media_type())).insert_header(private).body(file)
}

fn format(query: &Fields) -> crate::Result<Format> {
    match query.filter("format") {
        None => Ok(Format::Json),
        Some(text) => text.parse().map_err(|_| Error::Invalid(vec![FieldError::new("format", "unknown")])),
    }
}

fn indicators(query: &Fields, source: Source) -> crate::Result<Vec<Indicator>> {
    let Some(text) = query.filter("indicators") else { return Ok(source.indicators()) };
    let found: Option<Vec<Indicator>> =
        text.split(',').map(|code| code.trim().parse().ok().filter(|i: &Indicator| i.source() == source)).collect();
    let mut found = found.ok_or_else(|| Error::Invalid(vec![FieldError::new("indicators", "unknown")]))?;
    // Each once, in the order of their list.
    found.sort_unstable();
    found.dedup();
    Ok(found)
}
