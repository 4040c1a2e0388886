//! Notices as JSON.
use super::{Notice, Stored, store};
use crate::App;
use crate::api::{self, Client};
use crate::platform::wording::rfc3339;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::Serialize;
use utoipa::ToSchema;

/// A version of a notice, as it was read.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoticeBody {
    #[schema(format = "uuid")]
    pub id: String,
    /// BT-701.
    pub notice_id: Option<String>,
    /// BT-757.
    pub version: Option<String>,
    /// Whether it changes an earlier notice.
    pub is_change: bool,
    /// Whether statistics count it: of the versions that are no changes, the last.
    pub is_newest: bool,
    #[schema(format = DateTime)]
    pub imported_at: String,
    /// All that was read, by the names of its parts; `flags` says what is wrong with it, with the field and an XPath.
    #[schema(value_type = Object)]
    pub facts: Notice,
}

/// `GET /api/v1/notices/{id}`
pub async fn show(app: Data<App>, client: Client, path: Path<String>) -> api::Result {
    let id = api::id(&path, "the notice")?;
    let body = app
        .read(client.caller(), move |op| {
            let stored: Stored = store::find(op.db(), id)?;
            let facts = stored.notice()?;
            Ok(NoticeBody {
                id: stored.id.to_string(),
                notice_id: stored.notice_id,
                version: stored.version,
                is_change: stored.is_change,
                is_newest: stored.is_newest,
                imported_at: rfc3339(stored.imported_at),
                facts,
            })
        })
        .await?;
    Ok(HttpResponse::Ok().json(body))
}
