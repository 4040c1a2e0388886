//! The directory of suppliers.
use super::{kind_choices, kind_text, shortened};
use crate::api;
use crate::fields::{Fields, Parameter, known_only};
use crate::op::Op;
use crate::platform::language::Language;
use crate::platform::wording;
use crate::regulations::Region;
use crate::suppliers::api::{SEARCH, wanted_of};
use crate::suppliers::store::{self, Supplier};
use crate::web::form::{Choice, Errors, Field};
use crate::web::{self, Page, Visitor, page_with_status, view};
use crate::{App, FieldError, Result, cpv};
use actix_web::http::StatusCode;
use actix_web::web::Data;
use serde::Serialize;

/// Suppliers on a page.
const LENGTH: i64 = 24;

#[derive(Serialize)]
struct IndexPage {
    search: SearchForm,
    total_text: String,
    suppliers: Vec<Card>,
    next_url: Option<String>,
    empty: bool,
    errors: Errors,
}

#[derive(Serialize)]
struct SearchForm {
    q: String,
    kind_options: Vec<Choice>,
    region_options: Vec<Choice>,
    area_options: Vec<Choice>,
    cpv: Field,
    more_open: bool,
    clear_url: Option<String>,
}

#[derive(Serialize)]
struct Card {
    number: String,
    url: String,
    name: String,
    name_html: Option<String>,
    kind_text: String,
    region_text: Option<&'static str>,
    description: String,
    snippet_html: Option<String>,
    area_tags: Vec<String>,
}

impl Page for IndexPage {
    const TEMPLATE: &'static str = "web/suppliers/index";
    fn title(&self, language: Language) -> String {
        language.text("suppliers-index-title")
    }
}

const CURSOR: [Parameter; 1] = [("cursor", "The next page.")];

/// `GET /leverandorer`
pub async fn index(app: Data<App>, visitor: Visitor, query: Fields) -> web::Result {
    known_only(&query, &[&SEARCH, &CURSOR])?;
    let (root, path, language) = (visitor.root, visitor.path.clone(), visitor.language());
    let errors = cpv::web::wrong_filter(&query);
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    page_with_status(&app, visitor, status, move |op| directory(op, &query, &errors, root, &path, language)).await
}

fn directory(
    op: &mut Op<'_>,
    query: &Fields,
    errors: &[FieldError],
    root: &'static str,
    path: &str,
    language: Language,
) -> Result<IndexPage> {
    let (mut found, total) = if errors.is_empty() {
        let wanted = wanted_of(query)?;
        let after = query.filter("cursor").map(|c| api::decode(&c)).transpose()?;
        (store::list(op.db(), &wanted, after, LENGTH + 1)?, store::count(op.db(), &wanted)?)
    } else {
        (Vec::new(), 0)
    };
    let errors = Errors::new(errors, language);
    let length = usize::try_from(LENGTH).unwrap_or(usize::MAX);
    let more = found.len() > length;
    found.truncate(length);
    let next = found.last().filter(|_| more).map(|s| api::encode(&(&s.name, &s.number)));
    Ok(IndexPage {
        total_text: language.text_with("suppliers-index-total", [("count", total.into())]),
        next_url: next.map(|c| format!("{root}{}", view::with_parameter(path, "cursor", &c))),
        empty: found.is_empty(),
        suppliers: found.into_iter().map(|s| Card::new(s, root, language)).collect(),
        search: search_form(query, op, &errors, root, language),
        errors,
    })
}

fn search_form(query: &Fields, op: &Op<'_>, errors: &Errors, root: &str, language: Language) -> SearchForm {
    let chosen = |name: &str| query.filter(name).into_iter().collect::<Vec<_>>();
    // A municipality of the address is shown as its county.
    let regions: Vec<String> = chosen("region").iter().map(|r| r.get(..2).unwrap_or(r).to_owned()).collect();
    let today = wording::day_of(op.now());
    let filtered = query.names().any(|name| name != "cursor" && query.filter(name).is_some());
    SearchForm {
        q: query.get("q").to_owned(),
        kind_options: view::with_any(
            language.text("suppliers-index-any-kind"),
            kind_choices(query.filter("kind").as_deref(), language),
        ),
        region_options: view::with_any(language.text("needs-index-any-region"), view::county_choices(&regions, today)),
        area_options: view::with_any(
            language.text("needs-index-any-area"),
            view::area_choices(&chosen("area"), language),
        ),
        cpv: errors.field("cpv", query.get("cpv")),
        more_open: ["area", "cpv"].iter().any(|name| query.filter(name).is_some()),
        clear_url: filtered.then(|| format!("{root}/leverandorer")),
    }
}

impl Card {
    fn new(s: Supplier, root: &str, language: Language) -> Self {
        Self {
            url: format!("{root}/leverandorer/{}", s.number),
            name_html: None,
            kind_text: kind_text(s.profile.kind, language),
            region_text: s.municipality.as_deref().and_then(Region::name_of),
            description: shortened(&s.profile.description),
            snippet_html: None,
            area_tags: s.profile.areas.0.iter().map(|a| view::area_text(*a, language)).collect(),
            number: s.number,
            name: s.name,
        }
    }
}
