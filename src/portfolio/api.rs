//! The portfolio as JSON.
use super::find::{self, Cursor, Filters, Row, Totals};
use super::policy;
use crate::App;
use crate::api::{self, Client, Paging};
use crate::fields::Fields;
use crate::needs::Status;
use crate::needs::api::BuyerBody;
use crate::platform::area::Area;
use crate::platform::wording::rfc3339;
use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Serialize;
use utoipa::ToSchema;

/// A public need, and what the market makes of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PortfolioItem {
    #[schema(format = "uuid")]
    pub id: String,
    pub reference: String,
    pub title: String,
    pub buyer: BuyerBody,
    pub region: Vec<String>,
    #[schema(value_type = Vec<Area>)]
    pub areas: Vec<String>,
    pub status: Status,
    #[schema(format = DateTime)]
    pub response_deadline: Option<String>,
    #[schema(format = DateTime)]
    pub published_at: Option<String>,
    pub joiners: i32,
    pub followers: i64,
    pub questions: i64,
    /// Questions that wait for an answer.
    pub unanswered: i64,
    pub responses: i64,
}

/// How many needs there are in all, by stage.
#[derive(Debug, Serialize, ToSchema)]
pub struct TotalsBody {
    pub open: i64,
    /// Published, but the deadline has passed.
    pub closed: i64,
    pub concluded: i64,
    pub withdrawn: i64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PortfolioBody {
    pub items: Vec<PortfolioItem>,
    /// The cursor of the next page; null on the last.
    pub next: Option<String>,
    /// How many fit the filters.
    pub total: i64,
    pub totals: TotalsBody,
}

impl From<Row> for PortfolioItem {
    fn from(row: Row) -> Self {
        let n = row.need;
        Self {
            id: n.id.to_string(),
            reference: n.reference,
            title: n.title,
            buyer: BuyerBody { organisation_number: n.buyer_number, name: n.buyer_name },
            region: n.region.0,
            areas: n.areas.0.iter().map(|a| a.as_str().to_owned()).collect(),
            status: n.status,
            response_deadline: n.response_deadline.map(rfc3339),
            published_at: n.published_at.map(rfc3339),
            joiners: n.joiners,
            followers: row.counts.followers,
            questions: row.counts.questions,
            unanswered: row.unanswered,
            responses: row.counts.responses,
        }
    }
}

impl From<Totals> for TotalsBody {
    fn from(t: Totals) -> Self {
        Self { open: t.open, closed: t.closed, concluded: t.concluded, withdrawn: t.withdrawn }
    }
}

/// `GET /api/v1/portfolio`
pub async fn list(app: Data<App>, client: Client, query: Fields) -> api::Result {
    let paging = Paging::<Cursor>::parse(&query)?;
    app.index_is_current().await;
    let finder = app.finder.clone();
    let body = app
        .read(client.caller(), move |op| {
            let permit = policy::read(op.actor())?;
            let filters = Filters::parse(&query, paging.after, paging.limit, op.now())?;
            let found = find::find(op, &permit, &finder, &filters)?;
            Ok(PortfolioBody {
                items: found.rows.into_iter().map(PortfolioItem::from).collect(),
                next: found.next.map(|c| api::encode(&c)),
                total: found.total,
                totals: find::totals(op, &permit)?.into(),
            })
        })
        .await?;
    Ok(HttpResponse::Ok().json(body))
}
