//! The list of needs for other programs to follow: a feed as Atom (RFC 4287) and as RSS 2.0, and a list that other sites show in a
//! frame.
use super::NeedCard;
use crate::fields::{Fields, Parameter, known_only};
use crate::needs::{Listed, SEARCH, Search, Sort, search_of};
use crate::op::Op;
use crate::platform::db::types::Timestamp;
use crate::platform::language::Language;
use crate::web::{Page, Visitor, framed};
use crate::{App, Error, Result};
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Data;
use atom_syndication::{Category, Entry, Feed, Generator, Link, Person, Text};
use handlebars::html_escape;
use serde::Serialize;

/// Needs in a feed.
const IN_FEED: usize = 50;
/// Needs in a frame.
const IN_FRAME: usize = 10;
/// Both are the same for everybody, for so long.
const CACHE: &str = "public, max-age=300";
/// What the language of both depends on.
const VARY: &str = "Accept-Language, Cookie";
/// What a frame may load and do: as our own pages, but no script at all, and any page may be around it.
const FRAMED: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'none'; \
    frame-ancestors *; base-uri 'none'";

/// How a feed is written.
#[derive(Clone, Copy)]
enum Format {
    Atom,
    /// For programs that do not know Atom.
    Rss,
}

impl Format {
    const fn path(self) -> &'static str {
        match self {
            Self::Atom => "/behov.atom",
            Self::Rss => "/behov.rss",
        }
    }

    const fn media_type(self) -> &'static str {
        match self {
            Self::Atom => "application/atom+xml",
            Self::Rss => "application/rss+xml",
        }
    }
}

/// `GET /behov.atom`, with the filters of the list.
pub async fn atom(app: Data<App>, visitor: Visitor, query: Fields) -> crate::web::Result {
    show(Format::Atom, app, visitor, query).await
}

/// `GET /behov.rss`: the same.
pub async fn rss(app: Data<App>, visitor: Visitor, query: Fields) -> crate::web::Result {
    show(Format::Rss, app, visitor, query).await
}

async fn show(format: Format, app: Data<App>, visitor: Visitor, query: Fields) -> crate::web::Result {
    known_only(&query, &[&SEARCH])?;
    let language = visitor.language();
    let public_url = app.config.server.address().to_owned();
    let (root, path) = (visitor.root, visitor.path.clone());
    let open_at = query.filter("status").is_none().then(|| app.clock.now());
    let feed = with_newest(&app, &visitor, query, IN_FEED, open_at, move |op, needs| {
        feed(format, needs, &format!("{public_url}{root}"), &path, op.now(), language)
    })
    .await?;
    Ok(HttpResponse::Ok()
        .content_type(format!("{}; charset=utf-8", format.media_type()))
        .insert_header((header::VARY, VARY))
        .insert_header((header::CACHE_CONTROL, CACHE))
        .body(match format {
            Format::Atom => feed.to_string(),
            Format::Rss => as_rss(&feed),
        }))
}

/// The newest public needs that fit, as anybody sees them; only those that one can respond to at `open_at`, if it is given.
async fn with_newest<T: Send + 'static>(
    app: &Data<App>,
    visitor: &Visitor,
    query: Fields,
    limit: usize,
    open_at: Option<Timestamp>,
    f: impl FnOnce(&mut Op<'_>, Vec<Listed>) -> T + Send + 'static,
) -> Result<T> {
    app.index_is_current().await;
    let finder = app.finder.clone();
    app.read(visitor.caller().anonymous(), move |op| {
        let search = Search { deadline_after: open_at, ..newest(&query, limit)? };
        let found = crate::needs::search(op, &finder, &search)?;
        Ok(f(op, found.needs))
    })
    .await
}

fn newest(query: &Fields, limit: usize) -> Result<Search> {
    let (search, status) = search_of(query, None, limit)?;
    if status.is_some_and(|status| !status.is_public()) {
        return Err(Error::Malformed { code: "bad-parameter", detail: "status".to_owned() });
    }
    Ok(Search { sort: Some(search.sort.unwrap_or(Sort::Newest)), ..search })
}

fn feed(format: Format, needs: Vec<Listed>, root: &str, path: &str, now: Timestamp, language: Language) -> Feed {
    let updated = needs.iter().map(|need| need.updated_at).max().unwrap_or(now);
    let address = format!("{root}{path}");
    let list = address.replacen(format.path(), "/", 1);
    let link = |rel: &str, href: &str, mime: &str| Link {
        href: href.to_owned(),
        rel: rel.to_owned(),
        mime_type: Some(mime.to_owned()),
        ..Link::default()
    };
    Feed {
        title: Text::plain(language.text("needs-feed-title")),
        subtitle: Some(Text::plain(language.text("needs-feed-subtitle"))),
        id: address.clone(),
        updated: updated.utc().into(),
        authors: vec![Person { name: language.text("layout-brand"), ..Person::default() }],
        generator: Some(Generator { value: "Brobygger".to_owned(), ..Generator::default() }),
        links: vec![link("self", &address, format.media_type()), link("alternate", &list, "text/html")],
        lang: Some(language.as_str().to_owned()),
        entries: needs.into_iter().map(|need| entry(need, root, language, link)).collect(),
        ..Feed::default()
    }
}

fn entry(need: Listed, root: &str, feed: Language, link: impl Fn(&str, &str, &str) -> Link) -> Entry {
    let categories = need.areas.0.iter().map(|area| area.as_str().to_owned()).chain(need.cpv.0.iter().cloned());
    // A need is in one language, whatever that of the feed is.
    let lang = (need.language != feed).then(|| need.language.as_str().to_owned());
    let seen = |text: &str| Text { lang: lang.clone(), ..Text::plain(plain(text)) };
    Entry {
        id: format!("urn:uuid:{}", need.id),
        title: seen(&need.title),
        summary: Some(seen(&need.summary)),
        updated: need.updated_at.utc().into(),
        published: need.published_at.map(|at| at.utc().into()),
        authors: vec![Person { name: plain(&need.buyer_name), ..Person::default() }],
        categories: categories.map(|term| Category { term, ..Category::default() }).collect(),
        links: vec![link("alternate", &format!("{root}/behov/{}", need.reference), "text/html")],
        ..Entry::default()
    }
}

/// XML has no way to write most of the characters that are not seen.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}'))
        .collect()
}

/// RSS 2.0 (<https://www.rssboard.org/rss-specification>), with the elements of others that its guide asks for: where the feed
/// itself is, and who tells it without an address for mail.
fn as_rss(feed: &Feed) -> String {
    let element = |name: &str, text: &str| format!("<{name}>{}</{name}>\n", html_escape(text));
    // What is in another language than the feed says so.
    let spoken = |name: &str, lang: Option<&String>, text: &str| {
        let lang = lang.map(|lang| format!(" xml:lang=\"{}\"", html_escape(lang))).unwrap_or_default();
        format!("<{name}{lang}>{}</{name}>\n", html_escape(text))
    };
    let address = |links: &[Link], rel: &str| {
        links.iter().find(|link| link.rel == rel).map(|link| link.href.clone()).unwrap_or_default()
    };
    let subtitle = feed.subtitle.as_ref().map_or("", |text| &text.value);
    let mut rss = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel>\n\
         <atom:link rel=\"self\" type=\"{}\" href=\"{}\"/>\n",
        Format::Rss.media_type(),
        html_escape(&address(&feed.links, "self"))
    );
    rss += &element("title", &feed.title.value);
    rss += &element("link", &address(&feed.links, "alternate"));
    rss += &element("description", subtitle);
    rss += &element("language", feed.lang.as_deref().unwrap_or_default());
    rss += &element("lastBuildDate", &feed.updated.to_rfc2822());
    for entry in &feed.entries {
        rss += "<item>\n";
        rss += &spoken("title", entry.title.lang.as_ref(), &entry.title.value);
        rss += &element("link", &address(&entry.links, "alternate"));
        rss += &format!("<guid isPermaLink=\"false\">{}</guid>\n", html_escape(&entry.id));
        rss += &element("pubDate", &entry.published.unwrap_or(entry.updated).to_rfc2822());
        for person in &entry.authors {
            rss += &element("dc:creator", &person.name);
        }
        for category in &entry.categories {
            rss += &element("category", &category.term);
        }
        // What a reader finds in the description is HTML to it.
        let summary = entry.summary.as_ref();
        let lang = summary.and_then(|text| text.lang.as_ref());
        rss += &spoken("description", lang, &html_escape(summary.map_or("", |text| &text.value)));
        rss += "</item>\n";
    }
    rss + "</channel>\n</rss>\n"
}

// ---- in a frame --------------------------------------------------------------------------------------------------

/// How the frame looks.
pub const LOOKS: [Parameter; 1] = [("tema", "`lys` (when left out) or `mork`.")];

#[derive(Serialize)]
struct FramedList {
    title: String,
    language: Language,
    scheme: &'static str,
    needs: Vec<NeedCard>,
    all_url: String,
}

impl Page for FramedList {
    const TEMPLATE: &'static str = "web/needs/framed";
    fn title(&self, _: Language) -> String {
        self.title.clone()
    }
}

/// `GET /innebygd/behov`: open needs for a page of somebody else's, with the filters of the list.
pub async fn framed_list(app: Data<App>, visitor: Visitor, query: Fields) -> crate::web::Result {
    known_only(&query, &[&SEARCH, &LOOKS])?;
    let scheme = match query.filter("tema").as_deref() {
        None | Some("lys") => "light",
        Some("mork") => "dark",
        Some(_) => return Err(Error::Malformed { code: "bad-parameter", detail: "tema".to_owned() }.into()),
    };
    let language = visitor.language();
    let public_url = app.config.server.address().to_owned();
    let root = format!("{public_url}{}", visitor.root);
    let asked = visitor.path.split_once('?').map(|(_, query)| format!("?{query}")).unwrap_or_default();
    let all_url = format!("{root}/{}", without_looks(&asked));
    let open_at = query.filter("status").is_none().then(|| app.clock.now());
    let list = with_newest(&app, &visitor, query, IN_FRAME, open_at, move |op, needs| {
        let now = op.now();
        let needs = needs.into_iter().map(|need| NeedCard::new(need, None, &root, now, language)).collect();
        FramedList { title: language.text("needs-framed-title"), language, scheme, needs, all_url }
    })
    .await?;
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CONTENT_SECURITY_POLICY, FRAMED))
        .insert_header(("Cross-Origin-Resource-Policy", "cross-origin"))
        .insert_header((header::CACHE_CONTROL, CACHE))
        .insert_header((header::VARY, VARY))
        .body(framed(&app, language, &list)?))
}

/// The query of the list that the frame leads to.
fn without_looks(query: &str) -> String {
    let kept: Vec<&str> = query
        .trim_start_matches('?')
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("tema="))
        .collect();
    if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) }
}
