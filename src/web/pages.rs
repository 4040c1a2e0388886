//! What the service tells of itself: about, privacy, accessibility, and what a problem of the API means.
use super::failure::FailurePage;
use super::{Page, Visitor, page};
use crate::platform::language::Language;
use crate::{App, Error};
use actix_web::web::{Data, Path};
use serde::Serialize;

#[derive(Serialize)]
struct AboutPage {}

impl Page for AboutPage {
    const TEMPLATE: &'static str = "web/about";
    fn title(&self, language: Language) -> String {
        language.text("layout-about")
    }
}

#[derive(Serialize)]
struct PrivacyPage {
    contact_email: Option<String>,
}

impl Page for PrivacyPage {
    const TEMPLATE: &'static str = "web/privacy";
    fn title(&self, language: Language) -> String {
        language.text("layout-privacy")
    }
}

#[derive(Serialize)]
struct AccessibilityPage {
    contact_email: Option<String>,
    statement_url: Option<String>,
}

impl Page for AccessibilityPage {
    const TEMPLATE: &'static str = "web/accessibility";
    fn title(&self, language: Language) -> String {
        language.text("layout-accessibility")
    }
}

/// `GET /om`
pub async fn about(app: Data<App>, visitor: Visitor) -> super::Result {
    page(&app, visitor, |_| Ok(AboutPage {})).await
}

/// `GET /personvern`
pub async fn privacy(app: Data<App>, visitor: Visitor) -> super::Result {
    let contact_email = said(&app.config.server.contact_email);
    page(&app, visitor, move |_| Ok(PrivacyPage { contact_email })).await
}

/// `GET /tilgjengelighet`
pub async fn accessibility(app: Data<App>, visitor: Visitor) -> super::Result {
    let contact_email = said(&app.config.server.contact_email);
    let statement_url = said(&app.config.server.accessibility_statement);
    page(&app, visitor, move |_| Ok(AccessibilityPage { contact_email, statement_url })).await
}

fn said(setting: &str) -> Option<String> {
    Some(setting.trim().to_owned()).filter(|s| !s.is_empty())
}

/// `GET /problems/{code}`: the address in the `type` of a problem, in words.
pub async fn problem(app: Data<App>, visitor: Visitor, code: Path<String>) -> super::Result {
    let language = visitor.language();
    let plain = code.len() < 60 && code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    let Some(title) = Some(format!("problem-{code}")).filter(|_| plain).and_then(|key| language.find(&key)) else {
        return Err(Error::NotFound("the problem").into());
    };
    let text = language.text("pages-problem-text");
    let docs = (format!("{}/api/docs", visitor.root), language.text("layout-api"));
    page(&app, visitor, move |_| Ok(FailurePage::about(code.into_inner(), title, text, docs))).await
}
