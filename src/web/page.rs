//! From a struct and its template to a page.
use super::flash::Kind;
use super::piece::{Piece, Remembered};
use super::{Failure, Visitor};
use crate::App;
use crate::Result;
use crate::identity::Secret;
use crate::op::Op;
use crate::platform::language::{Arg, Language};
use crate::tenancy::{self, Actor, OrganisationKind, Role};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use anyhow::Context as _;
use handlebars::{
    Context, Handlebars, Helper, HelperDef, RenderContext, RenderError, RenderErrorReason, ScopedJson, html_escape,
};
use rust_embed::RustEmbed;
use serde::Serialize;
use serde_json::{Value, json};

/// A page is a struct; its template sees its fields and what all pages share, and nothing else.
pub trait Page: Serialize {
    /// Below `templates/`, without the ending.
    const TEMPLATE: &'static str;
    /// Another template than the usual one, where one address shows different things to different people.
    fn template(&self) -> &'static str {
        Self::TEMPLATE
    }
    /// What the browser shows on the tab.
    fn title(&self, language: Language) -> String;
    /// What a search engine shows.
    fn description(&self) -> Option<String> {
        None
    }
}

#[derive(RustEmbed)]
#[folder = "templates/"]
#[include = "web/*"]
struct Templates;

/// All page templates, once for each language.
pub struct Pages([Handlebars<'static>; 3]);

impl Pages {
    /// # Errors
    /// When a template cannot be read, or asks for a text that there is not.
    pub fn load() -> Result<Self> {
        let remembered = Remembered::new();
        let [nb, nn, en] = [Language::Nb, Language::Nn, Language::En].map(|language| load(language, &remembered));
        Ok(Self([nb?, nn?, en?]))
    }

    pub(super) fn render(&self, language: Language, template: &str, data: &Context) -> Result<String> {
        let text = self.0[language as usize].render_with_context(template, data);
        Ok(text.with_context(|| format!("the page {template} could not be rendered"))?)
    }
}

fn load(language: Language, remembered: &Remembered) -> Result<Handlebars<'static>> {
    let mut pages = Handlebars::new();
    pages.set_strict_mode(true);
    // A partial that stands indented must not indent what someone typed into a textarea.
    pages.set_prevent_indent(true);
    pages.register_helper("t", Box::new(Text(language)));
    pages.register_helper("piece", Box::new(Piece { language, remembered: remembered.clone() }));
    for path in Templates::iter() {
        let Some(name) = path.strip_suffix(".hbs") else { continue };
        let file = Templates::get(&path).context("an embedded file is missing")?;
        let source = std::str::from_utf8(&file.data).with_context(|| format!("{path} is not UTF-8"))?;
        let source = with_fixed_texts(source, language).with_context(|| format!("the template {path}"))?;
        pages.register_template_string(name, source).with_context(|| format!("the template {path}"))?;
    }
    Ok(pages)
}

/// Puts the texts that need no arguments in place once, instead of at every view: `{{t "key"}}` becomes the text, and
/// `(t "key")` the text in quotation marks.
fn with_fixed_texts(source: &str, language: Language) -> anyhow::Result<String> {
    let text = |key: &str| language.find(key).with_context(|| format!("there is no text `{key}`"));
    let source = replaced(source, "{{t \"", "\"}}", |key| Ok(Some(html_escape(&text(key)?))))?;
    replaced(&source, "(t \"", "\")", |key| {
        // A literal cannot hold every character; what it cannot hold is looked up at every view.
        Ok(Some(text(key)?).filter(|text| !text.contains(['"', '\\', '\n'])).map(|text| format!("\"{text}\"")))
    })
}

/// `source` with each key between `open` and `close` replaced, brackets and all, unless `f` gives nothing.
fn replaced(
    source: &str,
    open: &str,
    close: &str,
    f: impl Fn(&str) -> anyhow::Result<Option<String>>,
) -> anyhow::Result<String> {
    let mut out = String::with_capacity(source.len() * 2);
    let mut rest = source;
    while let Some(start) = rest.find(open) {
        let (before, found) = rest.split_at(start);
        out.push_str(before);
        let inner = &found[open.len()..];
        let key =
            inner.split_once(close).filter(|(key, _)| key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
        match key.map(|(key, after)| anyhow::Ok((f(key)?, after))).transpose()? {
            Some((Some(text), after)) => {
                out.push_str(&text);
                rest = after;
            }
            Some((None, _)) | None => {
                out.push_str(open);
                rest = inner;
            }
        }
    }
    out.push_str(rest);
    Ok(out)
}

/// `{{t "key" count=n}}`
struct Text(Language);

impl HelperDef for Text {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> std::result::Result<ScopedJson<'rc>, RenderError> {
        let key =
            helper.param(0).and_then(|p| p.value().as_str()).ok_or(RenderErrorReason::ParamNotFoundForIndex("t", 0))?;
        let args = helper.hash().iter().map(|(name, value)| {
            let value = match value.value() {
                Value::Number(n) => Arg::Number(n.as_i64().unwrap_or_default()),
                Value::String(s) => Arg::Text(s.as_str().into()),
                other => Arg::Text(other.to_string().into()),
            };
            (argument_name(name), value)
        });
        if !self.0.has(key) {
            return Err(RenderErrorReason::Other(format!("there is no text `{key}`")).into());
        }
        Ok(ScopedJson::Derived(Value::String(self.0.text_with(key, args))))
    }
}

/// The names of arguments that templates use; they must live as long as the program.
fn argument_name(name: &str) -> &'static str {
    const NAMES: &[&str] = &[
        "area",
        "buyer",
        "code",
        "count",
        "date",
        "email",
        "inviter",
        "level",
        "max",
        "n",
        "name",
        "number",
        "organisation",
        "outcome",
        "query",
        "reason",
        "reference",
        "region",
        "role",
        "status",
        "subject",
        "supplier",
        "text",
        "title",
        "total",
        "version",
        "when",
        "who",
    ];
    NAMES.iter().find(|known| **known == name).copied().unwrap_or("x")
}

// ---- what all pages share ----------------------------------------------------------------------------------------

/// Reads what the page shows, as the visitor, and renders it.
pub async fn page<P: Page + Send + 'static>(
    app: &App,
    visitor: Visitor,
    f: impl FnOnce(&mut Op<'_>) -> Result<P> + Send + 'static,
) -> super::Result {
    page_with_status(app, visitor, StatusCode::OK, f).await
}

/// The same with another status: a form that is shown again because something was wrong with it is a 422.
pub async fn page_with_status<P: Page + Send + 'static>(
    app: &App,
    visitor: Visitor,
    status: StatusCode,
    f: impl FnOnce(&mut Op<'_>) -> Result<P> + Send + 'static,
) -> super::Result {
    let cookies = visitor.cookies();
    let rendering = app.clone();
    let caller = visitor.caller();
    let html = app
        .read(caller, move |op| {
            let page = f(op)?;
            let common = common(op, &visitor)?;
            rendering.pages.whole(&page, common, &visitor)
        })
        .await
        .map_err(Failure::from)?;
    let mut response = HttpResponse::build(status);
    response.content_type("text/html; charset=utf-8").insert_header(("Cache-Control", "private, no-cache"));
    for cookie in cookies {
        response.cookie(cookie);
    }
    Ok(response.body(html))
}

/// A page that is shown in a frame of somebody else's: itself, with nothing of ours around it.
///
/// # Errors
/// When it cannot be rendered.
pub fn framed<P: Page>(app: &App, language: Language, page: &P) -> Result<String> {
    let data = serde_json::to_value(page).context("a page could not be written as JSON")?;
    app.pages.render(language, page.template(), &Context::from(data))
}

impl Pages {
    /// The page in its frame.
    pub(super) fn whole<P: Page>(&self, page: &P, common: Value, visitor: &Visitor) -> Result<String> {
        let language = visitor.language();
        let mut data = serde_json::to_value(page).context("a page could not be written as JSON")?;
        data["c"] = common;
        // Moved from one to the next and never copied: a page is large.
        let mut data = Context::from(data);
        let body = self.render(language, page.template(), &data)?;
        let common = data.data_mut()["c"].take();
        let mut frame = json!({
            "title": page.title(language),
            "description": page.description(),
            "nav": navigation(&common, visitor),
            "languages": languages(visitor),
            "asset": "/assets",
        });
        frame["body"] = Value::String(body);
        frame["c"] = common;
        self.render(language, "web/layout", &Context::from(frame))
    }
}

/// Who is logged in, and what is said to them.
pub(super) fn common(op: &mut Op<'_>, visitor: &Visitor) -> Result<Value> {
    let user = match op.actor().clone() {
        Actor::Member(member) => {
            let organisations: Vec<Value> = tenancy::memberships_of(op.db(), member.user)?
                .into_iter()
                .map(|(o, _)| json!({"number": o.number, "name": o.name, "current": o.id == member.organisation}))
                .collect();
            json!({
                "name": member.name,
                "email": member.email,
                "organisation": {
                    "number": member.organisation_number,
                    "name": member.organisation_name,
                    "kind": member.kind,
                },
                "organisations": organisations,
                "is_buyer": member.kind == OrganisationKind::Buyer,
                "is_supplier": member.kind == OrganisationKind::Supplier,
                "is_adviser": member.kind == OrganisationKind::Adviser,
                "is_operator": member.kind == OrganisationKind::Operator,
                "is_admin": member.role == Role::Admin,
                "can_write": matches!(member.role, Role::Admin | Role::Buyer),
            })
        }
        Actor::Anonymous | Actor::System(_) => Value::Null,
    };
    Ok(frame_of(visitor, user))
}

/// What all pages share, without asking the database: for the page that says that it does not answer.
pub(super) fn frame_of(visitor: &Visitor, user: Value) -> Value {
    let language = visitor.language();
    let flash = visitor.flash.as_ref().and_then(|flash| {
        let kind = match flash.kind {
            Kind::Success => "success",
            Kind::Warning => "warning",
        };
        Some(json!({"kind": kind, "text": language.find(&format!("flash-{}", flash.key))?}))
    });
    json!({
        "lang": language,
        "root": visitor.root,
        "path": visitor.path,
        "csrf": visitor.csrf,
        // Another one each time a page is shown: a form that is sent again can be told from one that is shown again.
        "form_key": Secret::generate().into_string(),
        "user": user,
        "flash": flash,
    })
}

fn navigation(common: &Value, visitor: &Visitor) -> Value {
    let is = |who: &str| common["user"][who].as_bool().unwrap_or(false);
    let language = visitor.language();
    let mut links =
        vec![("layout-nav-needs", "/"), ("layout-nav-suppliers", "/leverandorer"), ("statistics-title", "/statistikk")];
    if is("is_adviser") {
        links.push(("layout-nav-portfolio", "/radgiver"));
    }
    if is("is_operator") {
        links.push(("layout-nav-outbox", "/utboks"));
    }
    links.push(if common["user"].is_null() { ("layout-nav-about", "/om") } else { ("layout-my-page", "/min-side") });
    let path = visitor.path.split('?').next().unwrap_or("/");
    links
        .into_iter()
        .map(|(key, to)| {
            let current = if to == "/" { path == "/" || path.starts_with("/behov") } else { path.starts_with(to) };
            json!({"text": language.text(key), "url": format!("{}{to}", visitor.root), "current": current})
        })
        .collect()
}

fn languages(visitor: &Visitor) -> Value {
    [(Language::Nb, "/nb", "Bokmål"), (Language::Nn, "/nn", "Nynorsk"), (Language::En, "/en", "English")]
        .into_iter()
        .map(|(language, root, name)| {
            json!({
                "code": language,
                "name": name,
                "url": format!("{root}{}", visitor.path),
                "current": language == visitor.language(),
            })
        })
        .collect()
}
