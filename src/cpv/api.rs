//! CPV codes as JSON.
use super::find;
use crate::App;
use crate::api::{self, Client, Paging};
use crate::fields::{Fields, Parameter};
use crate::regulations::CpvEntry;
use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Serialize;
use utoipa::ToSchema;

/// A code of CPV 2008.
#[derive(Debug, Serialize, ToSchema)]
pub struct CpvBody {
    /// Eight digits.
    pub code: &'static str,
    /// In bokmål. There is no official list in nynorsk.
    pub name_nb: &'static str,
    pub name_en: &'static str,
}

impl From<&'static CpvEntry> for CpvBody {
    fn from(entry: &'static CpvEntry) -> Self {
        Self { code: entry.code, name_nb: entry.nb, name_en: entry.en }
    }
}

pub const SEARCH: [Parameter; 1] = [(
    "q",
    "Words in Norwegian or English, the best match first; or the beginning of a code, in the order of the numbers.",
)];

/// `GET /api/v1/cpv`
pub async fn list(app: Data<App>, _: Client, query: Fields) -> api::Result {
    // The list never changes while the program runs, so a page is known by how many codes come before it.
    let paging = Paging::<usize>::parse(&query)?;
    let from = paging.after.unwrap_or_default();
    let (q, limit) = (query.get("q").to_owned(), paging.limit);
    let found = app.blocking(move |_| Ok(find(&q, from, limit))).await?;
    let end = from.saturating_add(found.entries.len());
    Ok(HttpResponse::Ok().json(api::Page {
        next: (end < found.total && !found.entries.is_empty()).then(|| api::encode(&end)),
        total: i64::try_from(found.total).unwrap_or(i64::MAX),
        items: found.entries.into_iter().map(CpvBody::from).collect(),
    }))
}
