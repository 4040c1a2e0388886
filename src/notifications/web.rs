//! The outbox as a page, for the operator.
mod stop;

pub use stop::{stop, stop_form};

use super::{MessageStatus, OutboxMessage, policy, store};
use crate::api;
use crate::fields::{Fields, Parameter, known_only};
use crate::identity::mask;
use crate::op::Op;
use crate::platform::db::types::Id;
use crate::platform::language::Language;
use crate::web::form::{self, Onward};
use crate::web::view::{self, StatusView, When};
use crate::web::{Page, Posted, Visitor, page};
use crate::{App, Error, Result};
use actix_web::web::{Data, Path};
use serde::Serialize;

/// Messages on a page.
const LENGTH: usize = 50;

#[derive(Serialize)]
struct OutboxPage {
    filters: Vec<Filter>,
    messages: Vec<MessageView>,
    next_url: Option<String>,
    desk_url: String,
}

#[derive(Serialize)]
struct Filter {
    text: String,
    url: String,
    count: i64,
    current: bool,
}

#[derive(Serialize)]
struct MessageView {
    when: When,
    to: String,
    subject: String,
    status: StatusView,
    attempts: i32,
    next_try: Option<When>,
    reason: Option<String>,
    retry_url: Option<String>,
}

impl Page for OutboxPage {
    const TEMPLATE: &'static str = "web/notifications/outbox";
    fn title(&self, language: Language) -> String {
        language.text("outbox-heading")
    }
}

const PARAMETERS: [Parameter; 2] = [("status", "Only these."), ("cursor", "The next page.")];

/// `GET /utboks`
pub async fn outbox(app: Data<App>, visitor: Visitor, query: Fields) -> crate::web::Result {
    known_only(&query, &[&PARAMETERS])?;
    let (root, path, language) = (visitor.root, visitor.path.clone(), visitor.language());
    let post = app.clone();
    page(&app, visitor, move |op| {
        policy::read(op.actor())?;
        let status = status_of(&query)?;
        let before = query.filter("cursor").map(|c| api::decode(&c)).transpose()?;
        let rows = i64::try_from(LENGTH + 1).unwrap_or(i64::MAX);
        let messages = store::list(op.db(), status, before, rows)?;
        let page = api::Page::cut(messages, LENGTH, 0, |m| m.id, |m| MessageView::new(m, &post, root, language));
        Ok(OutboxPage {
            filters: filters(op, status, root, language)?,
            next_url: page.next.map(|c| format!("{root}{}", view::with_parameter(&path, "cursor", &c))),
            messages: page.items,
            desk_url: format!("{root}/min-side"),
        })
    })
    .await
}

/// # Errors
/// `Malformed` if there is no such status.
pub(super) fn status_of(query: &Fields) -> Result<Option<MessageStatus>> {
    let bad = |_| Error::Malformed { code: "bad-parameter", detail: "status cannot be understood".to_owned() };
    query.filter("status").map(|s| s.parse().map_err(bad)).transpose()
}

fn filters(op: &mut Op<'_>, chosen: Option<MessageStatus>, root: &str, language: Language) -> Result<Vec<Filter>> {
    let counts = store::counts(op.db())?;
    let count = |status| counts.iter().find(|(s, _)| *s == status).map_or(0, |(_, n)| *n);
    let all = Filter {
        text: language.text("outbox-filter-all"),
        url: format!("{root}/utboks"),
        count: counts.iter().map(|(_, n)| n).sum(),
        current: chosen.is_none(),
    };
    let each = MessageStatus::ALL
        .iter()
        .copied()
        // A moment only, and seldom seen.
        .filter(|status| *status != MessageStatus::Sending || chosen == Some(*status) || count(*status) > 0)
        .map(|status| Filter {
            text: status_text(status, language),
            url: format!("{root}/utboks?status={}", status.as_str()),
            count: count(status),
            current: chosen == Some(status),
        });
    Ok(std::iter::once(all).chain(each).collect())
}

fn status_text(status: MessageStatus, language: Language) -> String {
    language.text(&format!("outbox-status-{}", status.as_str()))
}

impl MessageView {
    fn new(message: OutboxMessage, app: &App, root: &str, language: Language) -> Self {
        let waits = message.status == MessageStatus::Waiting;
        let failed = message.status == MessageStatus::Failed;
        Self {
            when: When::short(message.created_at, language),
            to: mask(&message.email),
            subject: app.post.subject(&message).unwrap_or_else(|| language.text("outbox-subject-gone")),
            status: StatusView { code: message.status.as_str(), text: status_text(message.status, language) },
            attempts: message.attempts,
            next_try: waits.then(|| When::short(message.next_attempt_at, language)),
            retry_url: failed.then(|| format!("{root}/utboks/{}/send-pa-nytt", message.id)),
            reason: message.failure,
        }
    }
}

/// `POST /utboks/{id}/send-pa-nytt`
pub async fn retry(app: Data<App>, visitor: Visitor, path: Path<String>, posted: Posted) -> crate::web::Result {
    let id: Id<OutboxMessage> = api::id(&path, "the message")?;
    let retried = form::once(&app, visitor.caller(), posted.key, move |op| {
        policy::read(op.actor())?;
        let message = store::find(op.db(), id)?;
        let permit = policy::retry(op.actor(), message)?;
        // It would not be sent, though the page says so.
        if permit.subject().status != MessageStatus::Failed {
            return Err(Error::Conflict("message-not-failed"));
        }
        super::retry(op, permit)?;
        Ok(Onward::to("/utboks").saying("message-retried"))
    });
    Ok(retried.await?.go(&visitor))
}
