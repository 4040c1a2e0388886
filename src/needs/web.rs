//! Needs as pages: the list, one need, its versions, and the forms that change it.
mod can;
mod join;
mod preview;
mod questions;
mod show;
mod versions;
mod withdraw;
mod write;

pub use join::{join, join_form};
pub use preview::{preview, publish};
pub use show::{follow, show, with_question};
pub use versions::{version, versions};
pub use withdraw::{withdraw, withdraw_form};
pub use write::{create, edit, new, save};

use super::api::{SEARCH, search_of};
use super::search::Place;
use super::{Listed, Need, Search, Sort, Status, policy, store};
use crate::api::{self, Parameter};
use crate::op::Op;
use crate::platform::db::types::Timestamp;
use crate::platform::language::Language;
use crate::platform::search::{Index, highlight_html};
use crate::platform::wording;
use crate::tenancy::{self, Permit};
use crate::web::form::Choice;
use crate::web::view::{self, Deadline, NeedHead, Seen, StatusView};
use crate::web::{Fields, Page, Visitor, page};
use crate::{App, Error, Result};
use actix_web::web::Data;
use serde::Serialize;

/// Needs on a page.
const LENGTH: usize = 20;
/// Characters of a summary around what was found.
const SNIPPET: usize = 240;

pub const CURSOR: [Parameter; 1] = [("cursor", "The next page.")];

/// A need in a list.
#[derive(Debug, Clone, Serialize)]
pub struct NeedCard {
    pub reference: String,
    pub url: String,
    pub title: String,
    /// With the words that were looked for marked.
    pub title_html: Option<String>,
    pub snippet_html: Option<String>,
    pub summary: String,
    pub buyer: String,
    pub region_text: String,
    pub area_tags: Vec<String>,
    pub deadline: Option<Deadline>,
    pub status: StatusView,
    pub followers: Option<i64>,
    pub questions: Option<i64>,
    pub responses: Option<i64>,
}

impl NeedCard {
    pub fn new(need: Listed, words: &str, root: &str, now: Timestamp, language: Language) -> Self {
        let marked = |text: &str, length| (!words.is_empty()).then(|| highlight_html(text, words, length));
        Self {
            url: view::need_url(root, &need.reference),
            title_html: marked(&need.title, 400),
            snippet_html: marked(&need.summary, SNIPPET),
            region_text: wording::regions(&need.region.0),
            area_tags: need.areas.0.iter().map(|a| view::area_text(*a, language)).collect(),
            deadline: need.response_deadline.map(|at| Deadline::new(at, now, language)),
            status: StatusView::of_need(need.status, need.response_deadline, now, language),
            reference: need.reference,
            title: need.title,
            summary: need.summary,
            buyer: need.buyer_name,
            followers: None,
            questions: None,
            responses: None,
        }
    }
}

#[derive(Serialize)]
struct IndexPage {
    search: SearchForm,
    total_text: String,
    needs: Vec<NeedCard>,
    next_url: Option<String>,
    intro: bool,
    empty: bool,
    errors: Vec<String>,
}

#[derive(Serialize)]
struct SearchForm {
    q: String,
    region_options: Vec<Choice>,
    area_options: Vec<Choice>,
    status_options: Vec<Choice>,
    sort_options: Vec<Choice>,
    cpv: String,
    deadline_before: String,
    more_open: bool,
    clear_url: Option<String>,
}

impl Page for IndexPage {
    const TEMPLATE: &'static str = "web/needs/index";
    fn title(&self, language: Language) -> String {
        language.text("needs-index-title")
    }
    fn description(&self) -> Option<String> {
        None
    }
}

/// `GET /`
pub async fn index(app: Data<App>, visitor: Visitor, query: Fields) -> crate::web::Result {
    api::known_only(&query, &[&SEARCH, &CURSOR])?;
    app.index_is_current().await?;
    let index = app.index.clone();
    let (root, path, language) = (visitor.root, visitor.path.clone(), visitor.language());
    page(&app, visitor, move |op| list(op, &index, &query, root, &path, language)).await
}

fn list(
    op: &mut Op<'_>,
    index: &Index,
    query: &Fields,
    root: &'static str,
    path: &str,
    language: Language,
) -> Result<IndexPage> {
    let after: Option<Place> = query.filter("cursor").map(|c| api::decode(&c)).transpose()?;
    let first = after.is_none();
    let (search, status) = search_of(query, after, LENGTH)?;
    if status.is_some_and(|s| !s.is_public()) {
        return Err(Error::Malformed { code: "bad-parameter", detail: "status".to_owned() });
    }
    let found = super::search(op, index, &search)?;
    let now = op.now();
    let words = search.words.trim().to_owned();
    let filtered = query.names().any(|name| name != "cursor" && !query.get(name).is_empty());
    Ok(IndexPage {
        total_text: language
            .text_with("needs-index-total", [("count", i64::try_from(found.total).unwrap_or(i64::MAX).into())]),
        next_url: found.next.map(|p| format!("{root}{}", view::with_parameter(path, "cursor", &api::encode(&p)))),
        intro: first && !filtered,
        empty: found.needs.is_empty(),
        needs: found.needs.into_iter().map(|n| NeedCard::new(n, &words, root, now, language)).collect(),
        search: search_form(query, &search, filtered, now, root, language),
        errors: Vec::new(),
    })
}

fn search_form(
    query: &Fields,
    search: &Search,
    filtered: bool,
    now: Timestamp,
    root: &str,
    language: Language,
) -> SearchForm {
    let statuses = [Status::Published, Status::Concluded].into_iter().map(|status| Choice {
        value: status.as_str().to_owned(),
        text: language.text(&format!("needs-status-{}", status.as_str())),
        selected: search.statuses.first().copied().unwrap_or(Status::Published) == status,
    });
    let chosen = search.sort.unwrap_or(if search.words.trim().is_empty() { Sort::Newest } else { Sort::Relevance });
    let sorts = [Sort::Relevance, Sort::Newest, Sort::Deadline].into_iter().map(|sort| Choice {
        value: sort.as_str().to_owned(),
        text: language.text(&format!("needs-index-sort-{}", sort.as_str())),
        selected: sort == chosen,
    });
    let county = |region: &String| region.get(..2).unwrap_or(region).to_owned();
    let regions: Vec<String> = search.regions.iter().map(county).collect();
    SearchForm {
        q: search.words.clone(),
        region_options: view::with_any(
            language.text("needs-index-any-region"),
            view::county_choices(&regions, super::form::today(now)),
        ),
        area_options: view::with_any(
            language.text("needs-index-any-area"),
            view::area_choices(&search.areas, language),
        ),
        status_options: statuses.collect(),
        sort_options: sorts.collect(),
        cpv: query.get("cpv").to_owned(),
        deadline_before: query.get("deadline_before").to_owned(),
        more_open: ["cpv", "deadline_before", "status", "sort"].iter().any(|n| query.filter(n).is_some()),
        clear_url: filtered.then(|| format!("{root}/")),
    }
}

/// The need that a page is about, at its top.
pub fn head(op: &mut Op<'_>, need: &Need, seen: Seen) -> Result<NeedHead> {
    let buyer = tenancy::organisation(op.db(), need.tenant_id)?;
    Ok(NeedHead::new(need, &buyer.name, seen.root, op.now(), seen.language))
}

/// The need of an address, and the proof that the visitor may read it.
fn readable(op: &mut Op<'_>, reference: &str) -> Result<Permit<policy::Read, Need>> {
    let need = store::find_by_reference(op.db(), reference)?;
    policy::read(op.actor(), need)
}
