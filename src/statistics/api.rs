//! Statistics as data.
use super::export::{Format, PARQUET, Report};
use super::report;
use super::{Indicator, PARAMETERS, Question, Source, press};
use crate::App;
use crate::api::{self, Client};
use crate::app::Caller;
use crate::fields::{Fields, Parameter, known_once};
use crate::platform::language::Language;
use crate::{Error, FieldError};
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

/// What is asked beside the question itself.
pub const FORMAT: [Parameter; 2] = [
    ("format", "`json` (as delivered), `csv`, `csv-excel` (for Excel in Norwegian), `xlsx` or `json-stat` (2.0)."),
    ("indicators", "Which figures, by their codes with commas between; all of them when left out."),
];

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
