//! The adviser's list as a file: everything that fits the filters, not a page of it.
use crate::app::Caller;
use crate::fields::{Fields, Parameter, known_only};
use crate::needs::web::{need_url, status_view};
use crate::platform::db::types::Timestamp;
use crate::platform::language::Language;
use crate::portfolio::find::{self, Cursor, FILTERS, Filters, Row};
use crate::portfolio::policy;
use crate::statistics::Unit;
use crate::statistics::export::{Cell, Column, Csv, Format, Table};
use crate::web::view::{with_parameter, without_parameter};
use crate::web::{Visitor, download, download_stream};
use crate::{App, Error, Result};
use actix_web::web::Data;
use futures_util::stream::{self, StreamExt, try_unfold};
use serde::Serialize;
use std::future::ready;

/// Needs that are read at once: nobody's slowness holds a connection, and memory does not grow with the list.
const LENGTH: usize = 100;
/// Of those that statistics come in, the ones for a list.
const FORMATS: [Format; 3] = [Format::Csv, Format::CsvExcel, Format::Xlsx];
const FORMAT: [Parameter; 1] = [("format", "`csv` (when left out), `csv-excel` (for Excel in Norwegian) or `xlsx`.")];

/// A link to the list as a file.
#[derive(Serialize)]
pub(super) struct File {
    url: String,
    text: String,
}

/// Of the list at this address.
pub(super) fn files(path: &str, root: &str, language: Language) -> Vec<File> {
    let (_, query) = path.split_once('?').unwrap_or((path, ""));
    let list = without_parameter(&format!("{root}/radgiver/fil?{query}"), "cursor");
    let file = |format: &Format| File {
        url: with_parameter(&list, "format", format.as_str()),
        text: language.text(&format!("portfolio-file-{}", format.as_str())),
    };
    FORMATS.iter().map(file).collect()
}

/// `GET /radgiver/fil`
pub async fn file(app: Data<App>, visitor: Visitor, query: Fields) -> crate::web::Result {
    known_only(&query, &[&FILTERS, &FORMAT])?;
    let format = query.filter("format").map_or(Some(Format::Csv), |format| format.parse().ok());
    let format = format.filter(|format| FORMATS.contains(format)).ok_or_else(|| Error::field("format", "unknown"))?;
    app.index_is_current().await;
    let list = List { language: visitor.language(), caller: visitor.caller(), app, query };
    let kind = match format {
        Format::Xlsx => return Ok(list.workbook().await?),
        Format::CsvExcel => Csv::Excel,
        _ => Csv::Programs,
    };
    // What is wrong with the filters, or with who asks, is told before anything is sent.
    let first = list.part(None).await?;
    let head = ready(first.table.lines(kind, true));
    let rest = try_unfold((list, first.next), move |(list, next)| async move {
        let Some(after) = next else { return Ok(None) };
        let part = list.part(Some(after)).await?;
        Ok::<_, Error>(Some((part.table.lines(kind, false)?, (list, part.next))))
    });
    Ok(download_stream(&name(format), format.media_type(), stream::once(head).chain(rest)))
}

fn name(format: Format) -> String {
    format!("behov.{}", format.extension())
}

/// What is asked for, and by whom.
#[derive(Clone)]
struct List {
    app: Data<App>,
    caller: Caller,
    query: Fields,
    language: Language,
}

struct Part {
    table: Table,
    next: Option<Cursor>,
}

impl List {
    async fn part(&self, after: Option<Cursor>) -> Result<Part> {
        let list = self.clone();
        let read = self.app.read(self.caller.clone(), move |op| {
            let permit = policy::read(op.actor())?;
            let now = op.now();
            let filters = Filters::parse(&list.query, after, LENGTH, now)?;
            let found = find::find(op, &permit, &list.app.finder, &filters)?;
            let rows = found.rows.into_iter().map(|row| list.row(row, now)).collect();
            Ok(Part { table: Table { columns: columns(list.language), rows }, next: found.next })
        });
        read.await
    }

    /// A workbook is packed when all of it is there.
    async fn workbook(self) -> Result<actix_web::HttpResponse> {
        let Part { mut table, mut next } = self.part(None).await?;
        while let Some(after) = next {
            let part = self.part(Some(after)).await?;
            table.rows.extend(part.table.rows);
            next = part.next;
        }
        let (sheet, language) = (self.language.text("portfolio-need"), self.language);
        let book = self.app.blocking(move |_| table.workbook(&sheet, language)).await?;
        Ok(download(&name(Format::Xlsx), Format::Xlsx.media_type(), book))
    }

    /// In the order of `columns`.
    fn row(&self, row: Row, now: Timestamp) -> Vec<Cell> {
        let need = row.need;
        let status = status_view(need.status, need.response_deadline, now, self.language);
        let count = |n: i64| Cell::Number(n as f64);
        vec![
            Cell::Text(need_url(self.app.config.server.address(), &need.reference)),
            Cell::Text(need.reference),
            Cell::Text(need.title),
            Cell::Text(need.buyer_number),
            Cell::Text(need.buyer_name),
            Cell::Text(status.code.to_owned()),
            Cell::Text(status.text),
            need.response_deadline.map_or(Cell::Empty, Cell::Time),
            count(row.counts.followers),
            count(row.counts.questions),
            count(row.unanswered),
            count(row.counts.responses),
        ]
    }
}

fn columns(language: Language) -> Vec<Column> {
    let words = [
        ("url", "portfolio-url"),
        ("reference", "portfolio-reference"),
        ("title", "portfolio-need"),
        ("buyer-number", "portfolio-buyer-number"),
        ("buyer", "needs-show-buyer"),
        ("status", "portfolio-status-code"),
        ("status-label", "needs-index-status"),
        ("response-deadline", "layout-deadline"),
    ];
    let counts = [
        ("followers", "portfolio-followers"),
        ("questions", "portfolio-questions"),
        ("unanswered", "portfolio-unanswered"),
        ("responses", "portfolio-responses"),
    ];
    let column = |unit: Option<Unit>| {
        move |(code, key): (&str, &str)| Column { code: code.to_owned(), name: language.text(key), unit }
    };
    words.into_iter().map(column(None)).chain(counts.into_iter().map(column(Some(Unit::Count)))).collect()
}
