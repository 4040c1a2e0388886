//! The trail of one's own organisation as JSON.
use super::{Entry, EventId, policy, store};
use crate::App;
use crate::api::{self, Client, Paging};
use crate::fields::Fields;
use crate::identity::shown_name;
use crate::platform::language::Language;
use crate::platform::wording::rfc3339;
use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Serialize;
use utoipa::ToSchema;

/// Something that happened, in your organisation's cases or by its people.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventBody {
    #[schema(format = "uuid")]
    pub id: String,
    pub at: String,
    /// `need-published`, `response-read` …
    pub name: String,
    /// In the language of the client.
    pub text: String,
    /// Null when it was the system.
    pub person: Option<String>,
    pub need: Option<EventNeed>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct EventNeed {
    pub reference: String,
    pub title: String,
}

impl EventBody {
    fn new(entry: Entry, language: Language) -> Self {
        Self {
            id: entry.id.to_string(),
            at: rfc3339(entry.at),
            text: entry.sentence(language),
            name: entry.name,
            person: entry.person.map(|name| shown_name(name, language)),
            need: entry.need.map(|(reference, title)| EventNeed { reference, title }),
        }
    }
}

/// `GET /api/v1/events`
pub async fn list(app: Data<App>, client: Client, query: Fields) -> api::Result {
    let paging = Paging::<EventId>::parse(&query)?;
    let language = client.language();
    let page = app
        .read(client.caller(), move |op| {
            let own = policy::read(op.actor())?.into_inner();
            let events = store::trail(op.db(), own, paging.after, api::one_beyond(paging.limit))?;
            let total = store::count(op.db(), own)?;
            Ok(api::Page::cut(events, paging.limit, total, |e| e.id, |e| EventBody::new(e, language)))
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}
