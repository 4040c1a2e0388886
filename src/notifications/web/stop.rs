//! The page behind the link of a mail that says that no more of its kind is wanted.
use crate::notifications::stop::{self, Stop, Subject};
use crate::op::Op;
use crate::platform::language::Language;
use crate::web::{Page, Sent, Visitor, page, page_with_status};
use crate::{App, Error, Result, needs, tenancy};
use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Payload};
use serde::Serialize;

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
                    back_url: if is_public { needs::web::need_url(root, &need.reference) } else { format!("{root}/") },
                    back_text: text(if is_public { "mail-stop-following-back" } else { "identity-to-needs" }),
                    action,
                    field,
                    value,
                }
            }
        })
    }
}
