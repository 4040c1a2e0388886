//! The outbox as a page, for the operator; and the page behind a link that says that no more mail is wanted.
use super::stop::{self, Stop, Subject};
use super::{MessageStatus, OutboxMessage, policy, store};
use crate::api::{self, Parameter};
use crate::identity::mask;
use crate::op::Op;
use crate::platform::db::types::Id;
use crate::platform::language::Language;
use crate::web::form::{self, Onward};
use crate::web::view::{self, StatusView, When};
use crate::web::{Fields, Page, Posted, Sent, Visitor, page, page_with_status};
use crate::{App, Error, Result, needs, tenancy};
use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Payload};
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
    api::known_only(&query, &[&PARAMETERS])?;
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

// ---- no more mail ------------------------------------------------------------------------------------------------

#[derive(Serialize)]
struct StopPage {
    /// What the link is for; nothing if it is none of ours.
    link: Option<StopLink>,
    done: bool,
}

#[derive(Serialize)]
struct StopLink {
    /// What is stopped: the words of the mail.
    title: String,
    /// What that means.
    lead: String,
    done_title: String,
    done_lead: String,
    action: String,
    field: &'static str,
    value: &'static str,
    /// Where whoever has changed their mind can go.
    back_url: String,
    back_text: String,
}

impl Page for StopPage {
    const TEMPLATE: &'static str = "web/notifications/stop";
    fn title(&self, language: Language) -> String {
        match &self.link {
            Some(link) if self.done => link.done_title.clone(),
            Some(link) => link.title.clone(),
            None => language.text("mail-stop-unknown-title"),
        }
    }
}

/// `GET /stopp-epost/{token}`. Only looks: programs that search mails for what is dangerous open links too.
pub async fn stop_form(app: Data<App>, visitor: Visitor, token: Path<String>) -> crate::web::Result {
    show_stop(&app, visitor, &token, false).await
}

/// `POST /stopp-epost/{token}`, from the page and from mail programs (RFC 8058). These have no cookie, so there is no token of a
/// form to ask for: that of the link is known to nobody who has not got the mail. They follow no redirection either.
pub async fn stop(
    app: Data<App>,
    visitor: Visitor,
    token: Path<String>,
    request: HttpRequest,
    payload: Payload,
) -> crate::web::Result {
    let sent = Sent::read(&request, &mut payload.into_inner(), 0).await?;
    if sent.fields.get(stop::FIELD) != stop::VALUE {
        return Err(
            Error::Malformed { code: "broken-form", detail: "this is not what the link is for".to_owned() }.into()
        );
    }
    if let Ok(link) = Stop::read(&app.keys, &token) {
        // Whoever is logged in here is not always who got the mail.
        app.write(visitor.caller().anonymous(), move |op| stop::stop(op, link)).await?;
    }
    show_stop(&app, visitor, &token, true).await
}

async fn show_stop(app: &App, visitor: Visitor, token: &str, done: bool) -> crate::web::Result {
    let (root, language) = (visitor.root, visitor.language());
    let Ok(link) = Stop::read(&app.keys, token) else {
        return page_with_status(app, visitor, StatusCode::NOT_FOUND, move |_| Ok(StopPage { link: None, done })).await;
    };
    let action = format!("{root}/stopp-epost/{token}");
    page(app, visitor, move |op| {
        let link = Some(StopLink::read(op, link.subject, action, root, language)?);
        Ok(StopPage { link, done })
    })
    .await
}

impl StopLink {
    fn read(op: &mut Op<'_>, subject: Subject, action: String, root: &str, language: Language) -> Result<Self> {
        let text = |key: &str| language.text(key);
        let (field, value) = (stop::FIELD, stop::VALUE);
        Ok(match subject {
            Subject::NewNeeds(organisation) => {
                let name = tenancy::organisation(op.db(), organisation)?.name;
                let naming = |key: &str| language.text_with(key, [("organisation", name.as_str().into())]);
                Self {
                    title: text("mail-stop-needs-matching-profile"),
                    lead: naming("mail-stop-new-needs-lead"),
                    done_title: text("mail-stop-new-needs-done-title"),
                    done_lead: naming("mail-stop-new-needs-done-lead"),
                    back_url: format!("{root}/min-side"),
                    back_text: text("mail-stop-new-needs-back"),
                    action,
                    field,
                    value,
                }
            }
            Subject::Followed(need) => {
                let need = needs::find(op.db(), need)?;
                let is_public = need.status.is_public();
                // What has been written since it was taken back is the buyer's own.
                let title = if is_public { &need.title } else { &need.reference };
                Self {
                    title: text("mail-stop-following"),
                    lead: language.text_with("mail-stop-following-lead", [("need", title.as_str().into())]),
                    done_title: text("mail-stop-following-done-title"),
                    done_lead: language.text_with("mail-stop-following-done-lead", [("need", title.as_str().into())]),
                    back_url: if is_public { view::need_url(root, &need.reference) } else { format!("{root}/") },
                    back_text: text(if is_public { "mail-stop-following-back" } else { "identity-to-needs" }),
                    action,
                    field,
                    value,
                }
            }
        })
    }
}
