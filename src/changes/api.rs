//! The feed as JSON.
use super::{Became, Change, Kind};
use crate::api::{self, Client, Parameter};
use crate::platform::wording::rfc3339;
use crate::web::Fields;
use crate::{App, Error};
use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Serialize;
use utoipa::ToSchema;

/// Changes that are given when nobody says how many, and at most.
const USUAL: usize = 20;
const MOST: usize = 100;

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
    #[schema(format = "uuid")]
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
    let after = number(&query, "after", 0, 0..=i64::MAX)?;
    let limit = number(&query, "limit", USUAL, 1..=MOST)?;
    let changes = app.read(client.caller(), move |op| super::after(op.db(), after, limit)).await?;
    let next = changes.last().map_or(after, |change| change.position);
    let more = changes.len() == limit;
    let items = changes.into_iter().map(ChangeBody::from).collect();
    Ok(HttpResponse::Ok().json(ChangesBody { items, next, more }))
}

fn number<T: std::str::FromStr + PartialOrd + std::fmt::Display>(
    query: &Fields,
    name: &'static str,
    usual: T,
    allowed: std::ops::RangeInclusive<T>,
) -> crate::Result<T> {
    if !query.has(name) {
        return Ok(usual);
    }
    let digits = Some(query.get(name)).filter(|text| text.bytes().all(|b| b.is_ascii_digit()));
    let number = digits.and_then(|text| text.parse().ok()).filter(|number| allowed.contains(number));
    let code = if name == "limit" { "bad-limit" } else { "bad-cursor" };
    let (least, most) = (allowed.start(), allowed.end());
    number.ok_or_else(|| Error::Malformed { code, detail: format!("{name} is a number from {least} to {most}") })
}
