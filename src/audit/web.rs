//! The trail of one's own organisation as a page.
use super::{Entry, EventId, policy, store};
use crate::App;
use crate::api;
use crate::fields::{Fields, Parameter, known_only};
use crate::needs::web::need_url;
use crate::platform::language::Language;
use crate::web::view::{self, When};
use crate::web::{Page, Visitor, page};
use actix_web::web::Data;
use serde::Serialize;

/// Events on a page.
const LENGTH: usize = 50;

#[derive(Serialize)]
struct TrailPage {
    organisation: String,
    events: Vec<EventView>,
    next_url: Option<String>,
    desk_url: String,
}

#[derive(Serialize)]
struct EventView {
    when: When,
    who: String,
    what: String,
    subject_url: Option<String>,
}

impl Page for TrailPage {
    const TEMPLATE: &'static str = "web/audit/trail";
    fn title(&self, language: Language) -> String {
        language.text_with("audit-trail-heading", [("organisation", self.organisation.as_str().into())])
    }
}

const CURSOR: [Parameter; 1] = [("cursor", "The next page.")];

/// `GET /min-side/hendelser`
pub async fn trail(app: Data<App>, visitor: Visitor, query: Fields) -> crate::web::Result {
    known_only(&query, &[&CURSOR])?;
    let (root, path, language) = (visitor.root, visitor.path.clone(), visitor.language());
    page(&app, visitor, move |op| {
        let own = policy::read(op.actor())?.into_inner();
        let before: Option<EventId> = query.filter("cursor").map(|c| api::decode(&c)).transpose()?;
        let rows = i64::try_from(LENGTH + 1).unwrap_or(i64::MAX);
        let events = store::trail(op.db(), own, before, rows)?;
        let page = api::Page::cut(events, LENGTH, 0, |e| e.id, |e| EventView::new(e, root, language));
        Ok(TrailPage {
            organisation: op.member()?.organisation_name,
            next_url: page.next.map(|c| format!("{root}{}", view::with_parameter(&path, "cursor", &c))),
            events: page.items,
            desk_url: format!("{root}/min-side"),
        })
    })
    .await
}

impl EventView {
    fn new(entry: Entry, root: &str, language: Language) -> Self {
        Self {
            who: entry.who(language),
            when: When::short(entry.at, language),
            what: entry.sentence(language),
            subject_url: entry
                .need
                .filter(|_| entry.need_deleted_at.is_none())
                .map(|(reference, _)| need_url(root, &reference)),
        }
    }
}
