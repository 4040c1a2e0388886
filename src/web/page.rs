//! From a struct and its template to a page.
use super::language::FromPath;
use super::piece::digest;
use super::templates::Pages;
use super::{Failure, Visitor, view};
use crate::App;
use crate::Result;
use crate::identity::Secret;
use crate::op::Op;
use crate::platform::language::Language;
use crate::tenancy::{self, Actor, OrganisationKind, Role};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use anyhow::Context as _;
use handlebars::Context;
use serde::Serialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// What a link to a page is shown with where it is shared.
#[derive(Debug, Clone, Serialize)]
pub struct Preview {
    pub title: String,
    pub description: String,
    /// Where the picture is, as a whole address.
    pub picture: String,
    /// What the picture shows, for those who do not see it.
    pub alt: String,
}

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
    /// What a link to the page is shown with (Open Graph).
    fn preview(&self) -> Option<Preview> {
        None
    }
    /// Whether many people are shown the very same: then it is rendered once for all of them.
    fn repeats(&self) -> bool {
        false
    }
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
        if page.repeats() && common["user"].is_null() {
            return self.once(page, common, visitor);
        }
        self.in_frame(page, common, visitor)
    }

    /// The same, rendered the first time only that it shows just this.
    fn once<P: Page>(&self, page: &P, mut common: Value, visitor: &Visitor) -> Result<String> {
        #[derive(Serialize)]
        struct Shown<'a, P> {
            page: &'a P,
            common: &'a Value,
            title: String,
            description: Option<String>,
        }
        let own = |common: &mut Value, name: &str, mark: &str| {
            let own = std::mem::replace(&mut common[name], Value::from(mark));
            own.as_str().map(str::to_owned).unwrap_or_default()
        };
        let csrf = own(&mut common, "csrf", &self.marks.csrf);
        let form_key = own(&mut common, "form_key", &self.marks.form_key);
        let language = visitor.language();
        let (title, description) = (page.title(language), page.description());
        let shown = Shown { page, common: &common, title, description };
        let digest = digest(language, page.template(), [("", &shown)].into_iter())
            .context("a page could not be written as JSON")?;
        let html = self.remembered.get_or_render(&digest, || self.in_frame(page, common, visitor).map(Arc::from))?;
        Ok(self.marks.replaced(&html, &csrf, &form_key))
    }

    fn in_frame<P: Page>(&self, page: &P, common: Value, visitor: &Visitor) -> Result<String> {
        let language = visitor.language();
        let mut data = serde_json::to_value(page).context("a page could not be written as JSON")?;
        if let Some(errors) = data.get_mut("errors").and_then(Value::as_array_mut) {
            self.label(page.template(), errors, language);
        }
        data["c"] = common;
        // Moved from one to the next and never copied: a page is large.
        let mut data = Context::from(data);
        let body = self.render(language, page.template(), &data)?;
        let common = data.data_mut()["c"].take();
        let mut frame = json!({
            "title": page.title(language),
            "description": page.description(),
            "preview": page.preview(),
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
                "role": member.role,
                "is_buyer": member.kind == OrganisationKind::Buyer,
                "is_supplier": member.kind == OrganisationKind::Supplier,
                "is_adviser": member.kind == OrganisationKind::Adviser,
                "is_operator": member.kind == OrganisationKind::Operator,
                "is_admin": member.role == Role::Admin,
                "can_write": matches!(member.role, Role::Admin | Role::Buyer),
            })
        }
        // There is always an organisation to show, if only its absence.
        Actor::Alone(person) => json!({
            "name": person.name,
            "email": person.email,
            "organisation": {"number": "", "name": visitor.language().text("layout-no-organisation"), "kind": null},
            "organisations": [],
            "is_buyer": false,
            "is_supplier": false,
            "is_adviser": false,
            "is_operator": false,
            "is_admin": false,
            "can_write": false,
        }),
        Actor::Anonymous | Actor::System(_) => Value::Null,
    };
    Ok(frame_of(visitor, user))
}

/// What all pages share, without asking the database: for the page that says that it does not answer.
pub(super) fn frame_of(visitor: &Visitor, user: Value) -> Value {
    let language = visitor.language();
    let flash = visitor
        .flash
        .as_ref()
        .and_then(|flash| Some(json!({"kind": flash.kind, "text": language.find(&format!("flash-{}", flash.key))?})));
    json!({
        // Whom the forms of this page are written for.
        "organisation": user["organisation"]["number"],
        "lang": language,
        "root": visitor.root,
        "path": visitor.path,
        "first_url": view::first_page(visitor),
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
    [(Language::Nb, "Bokmål"), (Language::Nn, "Nynorsk"), (Language::En, "English")]
        .into_iter()
        .map(|(language, name)| {
            json!({
                "code": language,
                "name": name,
                "url": format!("{}{}", FromPath(language).root(), visitor.path),
                "current": language == visitor.language(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    #[derive(Serialize)]
    struct Words {
        word: String,
    }

    impl Page for Words {
        const TEMPLATE: &'static str = "web/words";
        fn title(&self, _: Language) -> String {
            "Ord".to_owned()
        }
        fn repeats(&self) -> bool {
            true
        }
    }

    fn shown(pages: &Pages, word: &str, visitor: &Visitor, user: Value) -> String {
        pages.whole(&Words { word: word.to_owned() }, frame_of(visitor, user), visitor).unwrap()
    }

    #[test]
    fn what_many_are_shown_is_rendered_once_and_has_in_it_what_is_each_ones_own() {
        let frame = "{{title}} {{c.path}}: {{{body}}} {{c.csrf}}";
        let pages = Pages::of(&[("web/layout", frame), ("web/words", "<b>{{word}}</b> {{c.form_key}}")]);
        let at = |path: &str| Visitor::of(&TestRequest::with_uri(path).to_http_request());
        let (kari, ola) = (at("/ord"), at("/ord"));
        let of_kari = shown(&pages, "<hei>", &kari, Value::Null);
        let [csrf, form_key, start] = *of_kari.rsplitn(3, ' ').collect::<Vec<_>>() else { panic!("{of_kari}") };
        assert_eq!((start, csrf), ("Ord /ord: <b>&lt;hei&gt;</b>", kari.csrf.as_str()));
        let of_ola = shown(&pages, "<hei>", &ola, Value::Null);
        assert!(of_ola.starts_with(start) && of_ola.ends_with(&ola.csrf) && !of_ola.contains(form_key), "{of_ola}");
        assert_eq!(pages.remembered.len(), 1);

        assert!(shown(&pages, "<nei>", &ola, Value::Null).contains("&lt;nei&gt;"));
        assert!(shown(&pages, "<hei>", &at("/andre"), Value::Null).starts_with("Ord /andre"));
        assert_eq!(pages.remembered.len(), 3);
        shown(&pages, "<hei>", &kari, json!({"name": "Kari"}));
        assert_eq!(pages.remembered.len(), 3, "a page of someone who is logged in is theirs");
    }
}
