//! The adviser's desk as a page.
mod file;

pub use file::file;

use super::find::{self, FILTERS, Filters, Row, Stage, Totals, Without};
use super::policy;
use crate::api;
use crate::fields::{Fields, Parameter, known_only};
use crate::needs::Finder;
use crate::needs::web::{CommonSearch, need_url, status_view};
use crate::op::Op;
use crate::platform::db::types::Timestamp;
use crate::platform::language::Language;
use crate::web::form::{Choice, Errors};
use crate::web::view::{self, Deadline, StatusView};
use crate::web::{Page, Visitor, page};
use crate::{App, Result};
use actix_web::web::Data;
use serde::Serialize;

/// Needs on a page.
const LENGTH: usize = 50;
const CURSOR: [Parameter; 1] = [("cursor", "The next page.")];

#[derive(Serialize)]
struct IndexPage {
    totals: Vec<Total>,
    search: SearchForm,
    total_text: String,
    needs: Vec<NeedRow>,
    /// The whole list, as files.
    files: Vec<file::File>,
    next_url: Option<String>,
    empty: bool,
    errors: Errors,
}

#[derive(Serialize)]
struct Total {
    number: i64,
    text: String,
}

#[derive(Serialize)]
struct SearchForm {
    #[serde(flatten)]
    common: CommonSearch,
    buyer_options: Vec<Choice>,
    status_options: Vec<Choice>,
    without_options: Vec<Choice>,
}

#[derive(Serialize)]
struct NeedRow {
    reference: String,
    url: String,
    title: String,
    buyer: String,
    status: StatusView,
    deadline: Option<Deadline>,
    followers: i64,
    questions: i64,
    responses: i64,
    unanswered: i64,
}

impl Page for IndexPage {
    const TEMPLATE: &'static str = "web/portfolio/index";
    fn title(&self, language: Language) -> String {
        language.text("portfolio-title")
    }
}

/// `GET /radgiver`
pub async fn index(app: Data<App>, visitor: Visitor, query: Fields) -> crate::web::Result {
    known_only(&query, &[&FILTERS, &CURSOR])?;
    app.index_is_current().await;
    let finder = app.finder.clone();
    let (root, path, language) = (visitor.root, visitor.path.clone(), visitor.language());
    page(&app, visitor, move |op| list(op, &finder, &query, root, &path, language)).await
}

fn list(
    op: &mut Op<'_>,
    finder: &Finder,
    query: &Fields,
    root: &str,
    path: &str,
    language: Language,
) -> Result<IndexPage> {
    let permit = policy::read(op.actor())?;
    let now = op.now();
    let after = query.filter("cursor").map(|c| api::decode(&c)).transpose()?;
    let filters = Filters::parse(query, after, LENGTH, now)?;
    let found = find::find(op, &permit, finder, &filters)?;
    let totals = find::totals(op, &permit)?;
    let buyers = find::buyers(op, &permit)?;
    Ok(IndexPage {
        totals: totals_of(totals, language),
        search: search_form(query, &filters, buyers, root, now, language),
        total_text: language.text_with("needs-index-total", [("count", found.total.into())]),
        next_url: found.next.map(|c| format!("{root}{}", view::with_parameter(path, "cursor", &api::encode(&c)))),
        files: file::files(path, root, language),
        empty: found.rows.is_empty(),
        needs: found.rows.into_iter().map(|row| NeedRow::new(row, root, now, language)).collect(),
        errors: Errors::default(),
    })
}

fn totals_of(totals: Totals, language: Language) -> Vec<Total> {
    [
        (totals.open, "portfolio-total-open"),
        (totals.closed, "portfolio-total-closed"),
        (totals.concluded, "portfolio-total-concluded"),
        (totals.withdrawn, "portfolio-total-withdrawn"),
    ]
    .into_iter()
    .map(|(number, key)| Total { number, text: language.text_with(key, [("count", number.into())]) })
    .collect()
}

fn search_form(
    query: &Fields,
    filters: &Filters,
    buyers: Vec<(String, String)>,
    root: &str,
    now: Timestamp,
    language: Language,
) -> SearchForm {
    let chosen_buyer = filters.search.buyer.as_deref();
    let buyers = buyers.into_iter().map(|(number, name)| Choice {
        selected: chosen_buyer == Some(&number),
        value: number,
        text: name,
    });
    let stages = [
        (Stage::Open, "needs-status-published"),
        (Stage::Closed, "needs-status-closed"),
        (Stage::Concluded, "needs-status-concluded"),
    ];
    let stages = stages.into_iter().map(|(stage, key)| Choice {
        value: stage.as_str().to_owned(),
        text: language.text(key),
        selected: filters.stage == Some(stage),
    });
    let withouts = Without::ALL.iter().map(|without| Choice {
        value: without.as_str().to_owned(),
        text: language.text(&format!("portfolio-without-{}", without.as_str())),
        selected: filters.without == Some(*without),
    });
    let (page, more) = (format!("{root}/radgiver"), ["region", "without", "deadline_before"]);
    SearchForm {
        common: CommonSearch::new(query, &filters.search, page, &more, now, language),
        buyer_options: view::with_any(language.text("portfolio-any-buyer"), buyers.collect()),
        status_options: view::with_any(language.text("needs-status-any"), stages.collect()),
        without_options: view::with_any(language.text("portfolio-any-without"), withouts.collect()),
    }
}

impl NeedRow {
    fn new(row: Row, root: &str, now: Timestamp, language: Language) -> Self {
        let need = row.need;
        Self {
            url: need_url(root, &need.reference),
            reference: need.reference,
            title: need.title,
            buyer: need.buyer_name,
            status: status_view(need.status, need.response_deadline, now, language),
            deadline: need.response_deadline.map(|at| Deadline::new(at, now, language)),
            followers: row.counts.followers,
            questions: row.counts.questions,
            responses: row.counts.responses,
            unanswered: row.unanswered,
        }
    }
}
