//! The outbox as JSON, for the operator.
use super::web::status_of;
use super::{MessageStatus, OutboxMessage, policy, store};
use crate::api::{self, Client, Paging};
use crate::fields::{Fields, Parameter};
use crate::identity::mask;
use crate::platform::db::types::Id;
use crate::platform::language::Language;
use crate::platform::wording::rfc3339;
use crate::{App, Result};
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::Serialize;
use utoipa::ToSchema;

/// A mail that waits, is being sent, was sent, or failed.
#[derive(Debug, Serialize, ToSchema)]
pub struct MessageBody {
    #[schema(format = "uuid")]
    pub id: String,
    /// What kind of mail: `dialogue/response_received`.
    pub template: String,
    /// Null once the words of a secret mail are gone.
    pub subject: Option<String>,
    /// Masked: `k***@o***.no`.
    pub to: String,
    pub language: Language,
    pub status: MessageStatus,
    pub attempts: i32,
    #[schema(format = DateTime)]
    pub created_at: String,
    /// While it waits.
    #[schema(format = DateTime)]
    pub next_attempt_at: Option<String>,
    #[schema(format = DateTime)]
    pub sent_at: Option<String>,
    /// Why the last attempt failed.
    pub failure: Option<String>,
}

impl MessageBody {
    fn new(m: OutboxMessage, app: &App) -> Self {
        Self {
            id: m.id.to_string(),
            subject: app.post.subject(&m),
            to: mask(&m.email),
            language: m.language,
            status: m.status,
            attempts: m.attempts,
            created_at: rfc3339(m.created_at),
            next_attempt_at: (m.status == MessageStatus::Waiting).then(|| rfc3339(m.next_attempt_at)),
            sent_at: m.sent_at.map(rfc3339),
            failure: m.failure,
            template: m.template,
        }
    }
}

pub const FILTERS: [Parameter; 1] = [("status", "`waiting`, `sending`, `sent` or `failed`.")];

/// `GET /api/v1/messages`
pub async fn list(app: Data<App>, client: Client, query: Fields) -> api::Result {
    let paging = Paging::<Id<OutboxMessage>>::parse(&query)?;
    let post = app.clone();
    let page = app
        .read(client.caller(), move |op| {
            policy::read(op.actor())?;
            let status = status_of(&query)?;
            let messages = store::list(op.db(), status, paging.after, api::one_beyond(paging.limit))?;
            let counts = store::counts(op.db())?;
            let total = counts.iter().filter(|(s, _)| status.is_none_or(|wanted| wanted == *s)).map(|(_, n)| n).sum();
            Ok(api::Page::cut(messages, paging.limit, total, |m| m.id, |m| MessageBody::new(m, &post)))
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}

/// `PUT /api/v1/messages/{id}/attempt`: sends a failed message once more.
pub async fn retry(app: Data<App>, client: Client, path: Path<String>) -> api::Result {
    let id: Id<OutboxMessage> = api::id(&path, "the message")?;
    let post = app.clone();
    let body = app
        .write(client.caller(), move |op| -> Result<MessageBody> {
            policy::read(op.actor())?;
            let message = store::find(op.db(), id)?;
            let permit = policy::retry(op.actor(), message)?;
            super::retry(op, permit)?;
            Ok(MessageBody::new(store::find(op.db(), id)?, &post))
        })
        .await?;
    Ok(HttpResponse::Ok().json(body))
}
