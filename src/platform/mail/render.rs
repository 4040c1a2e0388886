//! From a template and what it shows to a mail: subject, text and HTML.
use crate::platform::language::Language;
use anyhow::{Context, Result};
use handlebars::{Handlebars, no_escape};
use rust_embed::RustEmbed;
use serde_json::{Value, json};
use url::Url;

#[derive(RustEmbed)]
#[folder = "templates/mail/"]
struct Templates;

/// All mail templates.
pub struct Letters {
    plain: Handlebars<'static>,
    html: Handlebars<'static>,
    public_url: Url,
}

/// A mail as it is sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Rendered {
    pub subject: String,
    pub text: String,
    pub html: String,
    /// Where whoever gets it can say that they want no more of its kind.
    pub stop_url: Option<String>,
}

impl Letters {
    /// # Errors
    /// When a template cannot be read.
    pub fn load(public_url: Url) -> Result<Self> {
        let mut plain = Handlebars::new();
        plain.set_strict_mode(true);
        plain.register_escape_fn(no_escape);
        let mut html = Handlebars::new();
        html.set_strict_mode(true);
        for path in Templates::iter() {
            let file = Templates::get(&path).context("an embedded file is missing")?;
            let text = std::str::from_utf8(&file.data).with_context(|| format!("{path} is not UTF-8"))?;
            let Some(name) = path.strip_suffix(".hbs") else { continue };
            let letters = if name.contains("html") { &mut html } else { &mut plain };
            letters.register_template_string(name, text).with_context(|| format!("the mail template {path}"))?;
        }
        Ok(Self { plain, html, public_url })
    }

    /// The messages that there are templates for: `<slice>/<message>`.
    pub fn names() -> Vec<String> {
        let mut names: Vec<String> =
            Templates::iter().filter_map(|p| Some(p.rsplit_once("/subject.nb.hbs")?.0.to_owned())).collect();
        names.sort();
        names
    }

    /// The subject alone.
    ///
    /// # Errors
    /// When there is no such template, or it shows something that `payload` does not have.
    pub fn subject(&self, template: &str, language: Language, payload: &Value) -> Result<String> {
        let subject = self.plain.render(&format!("{template}/subject.{}", language.as_str()), payload)?;
        Ok(subject.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// `has_login`: whoever gets it has an account, and can say there in which language mails are.
    ///
    /// # Errors
    /// When there is no such template, or it shows something that `payload` does not have.
    pub fn render(&self, template: &str, language: Language, payload: &Value, has_login: bool) -> Result<Rendered> {
        let mut data = payload.clone();
        self.make_absolute(&mut data, language);
        let stop_url = data["stop_url"].as_str().map(str::to_owned);
        let name = |part: &str| format!("{template}/{part}.{}", language.as_str());
        let subject = self.subject(template, language, &data)?;
        let stop = format!("mail-stop-{}", template.replace(['/', '_'], "-"));
        let frame = |body: String| {
            let mut home = json!("/");
            let mut settings = json!(has_login.then_some("/min-side/konto"));
            self.absolute(&mut home, language);
            self.absolute(&mut settings, language);
            json!({
                "lang": language.as_str(),
                "subject": subject,
                "body": body,
                "why": language.text(&format!("mail-why-{}", template.replace(['/', '_'], "-"))),
                "home_url": home,
                "settings_url": settings,
                "stop_url": stop_url,
                "footer_stop": language.text(if language.has(&stop) { &stop } else { "mail-stop-following" }),
                "footer_sender": language.text("mail-footer-sender"),
                "footer_settings": language.text("mail-footer-settings"),
            })
        };
        let text = self.plain.render("layout.text", &frame(self.plain.render(&name("text"), &data)?))?;
        let html = self.html.render("layout.html", &frame(self.html.render(&name("html"), &data)?))?;
        Ok(Rendered { subject, text, html, stop_url })
    }

    /// A path in a field whose name ends with `url` becomes an address that works in a mail.
    fn make_absolute(&self, data: &mut Value, language: Language) {
        let Some(fields) = data.as_object_mut() else { return };
        for (name, value) in fields {
            if name.ends_with("url") {
                self.absolute(value, language);
            }
        }
    }

    fn absolute(&self, value: &mut Value, language: Language) {
        let Some(path) = value.as_str().filter(|p| p.starts_with('/')) else { return };
        let root = match language {
            Language::Nb => "",
            Language::Nn => "/nn",
            Language::En => "/en",
        };
        *value = json!(format!("{}{root}{path}", self.public_url.as_str().trim_end_matches('/')));
    }
}
