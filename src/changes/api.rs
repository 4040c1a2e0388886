//! The feed as JSON.
use super::{Became, Change, Kind};
use crate::api::{self, Client};
use crate::fields::{Fields, Parameter};
use crate::platform::wording::rfc3339;
use crate::{App, Error};
use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Serialize;
use utoipa::ToSchema;

/// Changes that are given when nobody says how many.
const USUAL: usize = 20;

pub const PARAMETERS: [Parameter; 2] = [
    ("after", "The position up to which one has read: `next` of the last answer. 0, or nothing, for the beginning."),
    ("limit", "1 to 100, 20 when left out."),
];

/// Something public that changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeBody {
    /// Grows from one to the next; numbers may be missing.
    pub position: i64,
    pub kind: Kind,
    /// The id of a need or a notice, the organisation number of a supplier.
    pub id: String,
    pub change: Became,
    /// When.
    pub at: String,
    /// Where it can be read.
    pub url: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ChangesBody {
    pub items: Vec<ChangeBody>,
    /// What to ask for next time, as `after`: the position of the last change here, or what was asked where there is none.
    pub next: i64,
    /// Whether there may be more already.
    pub more: bool,
}

impl From<Change> for ChangeBody {
    fn from(change: Change) -> Self {
        let place = match change.kind {
            Kind::Need => "needs",
            Kind::Supplier => "suppliers",
            Kind::Notice => "notices",
        };
        Self {
            position: change.position,
            kind: change.kind,
            url: format!("/api/v1/{place}/{}", change.id),
            id: change.id,
            change: change.became,
            at: rfc3339(change.at),
        }
    }
}

/// `GET /api/v1/changes`
pub async fn list(app: Data<App>, client: Client, query: Fields) -> api::Result {
    let after = position(&query)?;
    let limit = api::limit(&query, USUAL)?;
    let changes = app.read(client.caller(), move |op| super::after(op.db(), after, limit)).await?;
    let next = changes.last().map_or(after, |change| change.position);
    let more = changes.len() == limit;
    let items = changes.into_iter().map(ChangeBody::from).collect();
    Ok(HttpResponse::Ok().json(ChangesBody { items, next, more }))
}

/// The position in `after`; the beginning when nothing is said.
fn position(query: &Fields) -> crate::Result<i64> {
    if !query.has("after") {
        return Ok(0);
    }
    let digits = Some(query.get("after")).filter(|text| text.bytes().all(|b| b.is_ascii_digit()));
    digits.and_then(|text| text.parse().ok()).ok_or_else(|| Error::Malformed {
        code: "bad-cursor",
        detail: format!("after is a number from 0 to {}", i64::MAX),
    })
}
