//! Needs as pages: the list, one need, its versions, and the forms that change it.
mod can;
mod delete;
mod feed;
mod form;
mod join;
mod preview;
mod questions;
mod show;
mod shown;
mod versions;
mod withdraw;
mod withdrawn;
mod write;

pub use delete::{delete, delete_form};
pub use feed::{atom, framed_list, rss};
pub use form::form_field;
pub use join::Join;
pub use preview::{preview, publish};
pub use show::{follow, show, with_question};
pub use shown::{NeedHead, head, need_url, status_view};
pub use versions::{version, versions};
pub use withdraw::Withdraw;
pub use write::{create, edit, new, save};

use super::search::{Place, told};
use super::{Found, Listed, Need, NeedId, SEARCH, Search, Sort, Status, policy, search_of, store};
use crate::api;
use crate::fields::{Fields, Parameter, known_only};
use crate::op::Op;
use crate::platform::db::types::Timestamp;
use crate::platform::language::Language;
use crate::platform::search::Marker;
use crate::platform::wording;
use crate::tenancy::Permit;
use crate::web::form::{Choice, Errors, Field};
use crate::web::view::{self, Deadline, Seen, StatusView};
use crate::web::{Page, Visitor, page_with_status};
use crate::{App, Error, FieldError, Result, cpv};
use actix_web::http::StatusCode;
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
    pub summary: String,
    /// The same as HTML, where words were looked for.
    pub marked: Option<Marked>,
    pub buyer: String,
    /// That of title and summary.
    pub language: Language,
    pub region_text: String,
    pub area_tags: Vec<String>,
    pub deadline: Option<Deadline>,
    pub status: StatusView,
}

/// A need with the words marked that were looked for.
#[derive(Debug, Clone, Serialize)]
pub struct Marked {
    title: String,
    /// The part of the summary that shows most of them.
    summary: String,
    /// From the rest of the need, if they are found only there.
    rest: Option<String>,
}

impl Marked {
    fn new(need: &Listed, marker: &Marker) -> Self {
        Self { title: marker.html(&need.title, 400), summary: marker.html(&need.summary, SNIPPET), rest: None }
    }
    fn is_bare(&self) -> bool {
        !Marker::has_marked(&self.title) && !Marker::has_marked(&self.summary)
    }
}

impl NeedCard {
    /// `marker`: of the words that were looked for.
    pub fn new(need: Listed, marker: Option<&Marker>, root: &str, now: Timestamp, language: Language) -> Self {
        Self {
            url: need_url(root, &need.reference),
            marked: marker.map(|marker| Marked::new(&need, marker)),
            region_text: wording::regions(&need.region.0),
            area_tags: need.areas.0.iter().map(|a| view::area_text(*a, language)).collect(),
            deadline: need.response_deadline.map(|at| Deadline::new(at, now, language)),
            status: status_view(need.status, need.response_deadline, now, language),
            reference: need.reference,
            title: need.title,
            summary: need.summary,
            language: need.language,
            buyer: need.buyer_name,
        }
    }
}

#[derive(Serialize)]
struct IndexPage {
    search: SearchForm,
    total_text: String,
    /// The same list for a reader of feeds.
    feed_url: String,
    rss_url: String,
    needs: Vec<NeedCard>,
    next_url: Option<String>,
    intro: bool,
    empty: bool,
    errors: Errors,
}

#[derive(Serialize)]
struct SearchForm {
    #[serde(flatten)]
    common: CommonSearch,
    status_options: Vec<Choice>,
    sort_options: Vec<Choice>,
    cpv: Field,
}

/// What every form has that looks for needs.
#[derive(Serialize)]
pub struct CommonSearch {
    q: String,
    region_options: Vec<Choice>,
    area_options: Vec<Choice>,
    deadline_before: String,
    /// Something is asked for that stands under "more".
    more_open: bool,
    /// Where nothing is asked for any more, if something is.
    clear_url: Option<String>,
}

impl CommonSearch {
    /// Everyone has words of their own.
    fn has_words(&self) -> bool {
        !self.q.trim().is_empty()
    }

    /// `page`: the address of the list; `more`: what stands under "more".
    pub fn new(
        query: &Fields,
        search: &Search,
        page: String,
        more: &[&str],
        now: Timestamp,
        language: Language,
    ) -> Self {
        let asked = |name: &str| query.filter(name).is_some();
        // A municipality of the address is shown as its county.
        let regions: Vec<String> = search.regions.iter().map(|r| r.get(..2).unwrap_or(r).to_owned()).collect();
        let counties = view::county_choices(&regions, wording::day_of(now));
        let areas = view::area_choices(&search.areas, language);
        Self {
            q: search.words.clone(),
            region_options: view::with_any(language.text("needs-index-any-region"), counties),
            area_options: view::with_any(language.text("needs-index-any-area"), areas),
            deadline_before: query.get("deadline_before").to_owned(),
            more_open: more.iter().any(|name| asked(name)),
            clear_url: query.names().any(|name| name != "cursor" && asked(name)).then_some(page),
        }
    }
}

impl Page for IndexPage {
    const TEMPLATE: &'static str = "web/needs/index";
    fn title(&self, language: Language) -> String {
        language.text("needs-index-title")
    }
    fn repeats(&self) -> bool {
        !self.search.common.has_words()
    }
}

/// `GET /`
pub async fn index(app: Data<App>, visitor: Visitor, query: Fields) -> crate::web::Result {
    known_only(&query, &[&SEARCH, &CURSOR])?;
    let after: Option<Place> = query.filter("cursor").map(|c| api::decode(&c)).transpose()?;
    let errors = cpv::web::wrong_filter(&query);
    // The form is shown with what is wrong in it, and nothing is found.
    let understood = if errors.is_empty() { &query } else { &query.without("cpv") };
    let (search, status) = search_of(understood, after, LENGTH)?;
    if status.is_some_and(|s| !s.is_public()) {
        return Err(Error::Malformed { code: "bad-parameter", detail: "status".to_owned() }.into());
    }
    let search = app.ready_for(search).await?;
    let finder = app.finder.clone();
    let (seen, path) = (Seen::by(&visitor), visitor.path.clone());
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    page_with_status(&app, visitor, status, move |op| list(op, &finder, &query, search, &errors, seen, &path)).await
}

/// `search`: what is looked for, which `query` says as it was typed.
fn list(
    op: &mut Op<'_>,
    finder: &super::Finder,
    query: &Fields,
    search: Search,
    errors: &[FieldError],
    seen: Seen,
    path: &str,
) -> Result<IndexPage> {
    let Seen { root, language } = seen;
    let first = search.after.is_none();
    let found = if errors.is_empty() { super::search(op, finder, &search)? } else { Found::default() };
    let now = op.now();
    let words = search.words.trim();
    let marker = (!words.is_empty()).then(|| Marker::new(words));
    let cards = cards(op, found.needs, marker.as_ref(), seen)?;
    let errors = Errors::new(errors, language);
    let search = search_form(query, &search, &errors, seen, now);
    Ok(IndexPage {
        total_text: language
            .text_with("needs-index-total", [("count", i64::try_from(found.total).unwrap_or(i64::MAX).into())]),
        feed_url: format!("{root}/behov.atom{}", query_of_feed(path)),
        rss_url: format!("{root}/behov.rss{}", query_of_feed(path)),
        next_url: found.next.map(|p| format!("{root}{}", view::with_parameter(path, "cursor", &api::encode(&p)))),
        intro: first && search.common.clear_url.is_none(),
        empty: cards.is_empty(),
        needs: cards,
        search,
        errors,
    })
}

/// What was found, with the words marked. Of a need that has them neither in its title nor in its summary, the stretch that
/// has: nobody should wonder why it is there.
fn cards(op: &mut Op<'_>, found: Vec<Listed>, marker: Option<&Marker>, seen: Seen) -> Result<Vec<NeedCard>> {
    let now = op.now();
    let ids: Vec<NeedId> = found.iter().map(|need| need.id).collect();
    let mut cards: Vec<NeedCard> =
        found.into_iter().map(|need| NeedCard::new(need, marker, seen.root, now, seen.language)).collect();
    let Some(marker) = marker else { return Ok(cards) };
    let marked = cards.iter_mut().filter_map(|card| card.marked.as_mut());
    let mut bare: Vec<(NeedId, &mut Marked)> = ids.into_iter().zip(marked).filter(|(_, m)| m.is_bare()).collect();
    if bare.is_empty() {
        return Ok(cards);
    }
    let wanted: Vec<NeedId> = bare.iter().map(|(id, _)| *id).collect();
    let mut descriptions = store::descriptions(op.db(), &wanted)?;
    for (id, marked) in &mut bare {
        let rest = descriptions.remove(id).map(|description| marker.html(&told(description), SNIPPET));
        marked.rest = rest.filter(|html| Marker::has_marked(html));
    }
    Ok(cards)
}

/// What is asked of the list, without its place, for a reader of feeds.
fn query_of_feed(path: &str) -> String {
    let query = path.split_once('?').map(|(_, query)| query).unwrap_or_default();
    let kept: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("cursor=")).collect();
    if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) }
}

fn search_form(query: &Fields, search: &Search, errors: &Errors, seen: Seen, now: Timestamp) -> SearchForm {
    let Seen { root, language } = seen;
    let statuses = [Status::Published, Status::Concluded].into_iter().map(|status| Choice {
        value: status.as_str().to_owned(),
        text: language.text(&format!("needs-index-status-{}", status.as_str())),
        selected: search.statuses.first().copied().unwrap_or(Status::Published) == status,
    });
    let chosen = search.sort.unwrap_or(if search.words.trim().is_empty() { Sort::Newest } else { Sort::Relevance });
    let sorts = [Sort::Relevance, Sort::Newest, Sort::Deadline].into_iter().map(|sort| Choice {
        value: sort.as_str().to_owned(),
        text: language.text(&format!("needs-index-sort-{}", sort.as_str())),
        selected: sort == chosen,
    });
    let more = ["cpv", "deadline_before", "status", "sort"];
    SearchForm {
        common: CommonSearch::new(query, search, format!("{root}/"), &more, now, language),
        status_options: statuses.collect(),
        sort_options: sorts.collect(),
        cpv: errors.field("cpv", query.get("cpv")),
    }
}

/// The need of an address, and the proof that the visitor may read it.
fn readable(op: &mut Op<'_>, reference: &str) -> Result<Permit<policy::Read, Need>> {
    let need = store::find_by_reference(op.db(), reference)?;
    policy::read(op.actor(), need)
}
