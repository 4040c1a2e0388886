//! What the market could read before, and what changed.
use super::show::{AttachmentView, attachment_views};
use super::{need_url, readable};
use crate::cpv::web::named;
use crate::dialogue::{self, Attachment, AttachmentId};
use crate::needs::{Content, Need, Version, store};
use crate::op::Op;
use crate::platform::language::Language;
use crate::platform::wording;
use crate::web::view::{self, When};
use crate::web::{Page, Visitor, page};
use crate::{App, Error, Result};
use actix_web::web::{Data, Path};
use handlebars::html_escape;
use serde::Serialize;
use similar::{ChangeTag, TextDiff};
use std::collections::HashMap;

#[derive(Serialize)]
struct Head {
    reference: String,
    url: String,
    title: String,
    language: Language,
}

impl Head {
    fn new(need: &Need, root: &str) -> Self {
        Self {
            reference: need.reference.clone(),
            url: need_url(root, &need.reference),
            title: need.title.clone(),
            language: need.language,
        }
    }
}

#[derive(Serialize)]
struct VersionsPage {
    need: Head,
    versions: Vec<VersionItem>,
}

#[derive(Serialize)]
struct VersionItem {
    number: i32,
    url: String,
    current: bool,
    at: When,
    note: String,
    /// The labels of the fields that changed.
    changed: Vec<String>,
}

impl Page for VersionsPage {
    const TEMPLATE: &'static str = "web/needs/versions";
    fn title(&self, language: Language) -> String {
        language.text("needs-versions-title")
    }
}

/// Versions on the page: more than anybody has written yet.
const ALL: i64 = 500;

/// `GET /behov/{reference}/versjoner`
pub async fn versions(app: Data<App>, visitor: Visitor, reference: Path<String>) -> crate::web::Result {
    let (root, language) = (visitor.root, visitor.language());
    page(&app, visitor, move |op| {
        let need = readable(op, &reference)?.into_inner();
        let all = store::versions(op.db(), need.id, None, ALL)?;
        let newest = all.first().map_or(need.version, |v| v.version);
        let files = files_of(op, &need, &all)?;
        let url = need_url(root, &need.reference);
        let versions = all
            .iter()
            .enumerate()
            .map(|(i, v)| VersionItem {
                number: v.version,
                url: format!("{url}/versjoner/{}", v.version),
                current: v.version == newest,
                at: When::at(v.published_at, language),
                note: note(v, language).unwrap_or_default(),
                changed: all.get(i + 1).map_or(Vec::new(), |before| {
                    changes(before, v, &files, language).into_iter().map(|c| c.label).collect()
                }),
            })
            .collect();
        Ok(VersionsPage { need: Head::new(&need, root), versions })
    })
    .await
}

fn note(version: &Version, language: Language) -> Option<String> {
    if version.change_note.is_empty() {
        let key = if version.version == 1 { "needs-version-first" } else { "needs-version-again" };
        return Some(language.text(key));
    }
    Some(version.change_note.clone())
}

#[derive(Serialize)]
struct VersionPage {
    need: Head,
    version: Shown,
    changes: Vec<Changed>,
    fields: Vec<Labelled>,
    attachments: Vec<AttachmentView>,
}

#[derive(Serialize)]
struct Shown {
    number: i32,
    current: bool,
    at: When,
    note: Option<String>,
}

#[derive(Serialize)]
struct Changed {
    label: String,
    before_html: String,
    after_html: String,
}

#[derive(Serialize)]
struct Labelled {
    label: String,
    text: String,
}

impl Page for VersionPage {
    const TEMPLATE: &'static str = "web/needs/version";
    fn title(&self, language: Language) -> String {
        language.text_with(
            "needs-version-title",
            [("number", i64::from(self.version.number).into()), ("title", self.need.title.as_str().into())],
        )
    }
}

/// `GET /behov/{reference}/versjoner/{version}`
pub async fn version(app: Data<App>, visitor: Visitor, path: Path<(String, String)>) -> crate::web::Result {
    let (root, language) = (visitor.root, visitor.language());
    let (reference, number) = path.into_inner();
    page(&app, visitor, move |op| {
        let number: i32 = number.parse().map_err(|_| Error::NotFound("the version"))?;
        version_page(op, &reference, number, root, language)
    })
    .await
}

fn version_page(op: &mut Op<'_>, reference: &str, number: i32, root: &str, language: Language) -> Result<VersionPage> {
    let need = readable(op, reference)?.into_inner();
    let all = store::versions(op.db(), need.id, None, ALL)?;
    let at = all.iter().position(|v| v.version == number).ok_or(Error::NotFound("the version"))?;
    let shown = all.get(at).ok_or(Error::NotFound("the version"))?;
    let files = files_of(op, &need, &all)?;
    let changes = all.get(at + 1).map_or(Vec::new(), |before| changes(before, shown, &files, language));
    Ok(VersionPage {
        version: Shown {
            number,
            current: at == 0,
            at: When::at(shown.published_at, language),
            note: note(shown, language),
        },
        changes,
        attachments: attachment_views(files.of(shown), &need, root, language),
        fields: fields(&shown.content.0, language).into_iter().filter(|f| !f.text.is_empty()).collect(),
        need: Head::new(&need, root),
    })
}

/// The files that each version shows.
struct Files(HashMap<i32, Vec<Attachment>>);

impl Files {
    fn of(&self, version: &Version) -> &[Attachment] {
        self.0.get(&version.version).map_or(&[], Vec::as_slice)
    }
}

/// `all`: the newest first.
fn files_of(op: &mut Op<'_>, need: &Need, all: &[Version]) -> Result<Files> {
    let number = |version: Option<&Version>| version.map_or(0, |v| v.version);
    dialogue::files_of_versions(op.db(), need.id, number(all.last())..=number(all.first())).map(Files)
}

/// The words of a need, field by field, as people read them.
fn fields(content: &Content, language: Language) -> Vec<Labelled> {
    let d = &content.description;
    let effects: Vec<String> = d
        .desired_effects
        .iter()
        .map(|e| {
            let by = e.by.map(|day| wording::date(day, language)).unwrap_or_default();
            [e.metric.as_str(), &e.baseline, &e.target, &by]
                .into_iter()
                .filter(|t| !t.is_empty())
                .collect::<Vec<_>>()
                .join(" – ")
        })
        .collect();
    let contact = [d.contact.name.as_str(), &d.contact.email, &d.contact.phone];
    let areas: Vec<String> = content.areas.iter().map(|a| view::area_text(*a, language)).collect();
    let codes: Vec<String> = named(&content.cpv, language)
        .into_iter()
        .map(|code| format!("{} {}", code.code, code.text).trim_end().to_owned())
        .collect();
    let field = |key: &str, text: String| Labelled { label: language.text(key), text };
    vec![
        field("needs-form-title-label", content.title.clone()),
        field("needs-form-summary-label", content.summary.clone()),
        field("needs-show-problem", d.problem.clone()),
        field("needs-show-affected", d.affected.clone()),
        field("needs-show-current", d.current_situation.clone()),
        field("needs-show-effects", effects.join("\n")),
        field("needs-show-constraints", d.constraints.clone()),
        field("needs-show-tried", d.tried.clone()),
        field("needs-show-undecided", d.undecided.clone()),
        field(
            "needs-preview-deadline",
            content.response_deadline.map(|t| wording::date_time(t, language)).unwrap_or_default(),
        ),
        field(
            "needs-show-budget",
            d.budget.as_ref().map(|b| wording::amount(b.amount, &b.currency, language)).unwrap_or_default(),
        ),
        field("needs-show-region", wording::regions(&content.region)),
        field("needs-form-areas-label", areas.join(", ")),
        field("needs-show-cpv", codes.join("\n")),
        field("needs-show-contact", contact.into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(", ")),
    ]
}

/// What differs, word by word, and file by file.
fn changes(before: &Version, after: &Version, files: &Files, language: Language) -> Vec<Changed> {
    let mut changed = changed_words(&before.content.0, &after.content.0, language);
    changed.extend(changed_files(files.of(before), files.of(after), language));
    changed
}

fn changed_files(before: &[Attachment], after: &[Attachment], language: Language) -> Option<Changed> {
    let ids = |files: &[Attachment]| files.iter().map(|file| file.id).collect::<Vec<_>>();
    let (old, new) = (ids(before), ids(after));
    let names = |files: &[Attachment], others: &[AttachmentId], mark: &str| {
        let name = |file: &Attachment| match html_escape(&file.name) {
            name if others.contains(&file.id) => name,
            name => format!("<{mark}>{name}</{mark}>"),
        };
        files.iter().map(name).collect::<Vec<_>>().join("\n")
    };
    (old != new).then(|| Changed {
        label: language.text("needs-show-attachments"),
        before_html: names(before, &new, "del"),
        after_html: names(after, &old, "ins"),
    })
}

fn changed_words(before: &Content, after: &Content, language: Language) -> Vec<Changed> {
    fields(before, language)
        .into_iter()
        .zip(fields(after, language))
        .filter(|(old, new)| old.text != new.text)
        .map(|(old, new)| {
            let diff = TextDiff::from_words(&old.text, &new.text);
            let mut html = (String::new(), String::new());
            for change in diff.iter_all_changes() {
                let word = html_escape(change.value());
                match change.tag() {
                    ChangeTag::Equal => {
                        html.0 += &word;
                        html.1 += &word;
                    }
                    ChangeTag::Delete => html.0 += &format!("<del>{word}</del>"),
                    ChangeTag::Insert => html.1 += &format!("<ins>{word}</ins>"),
                }
            }
            Changed { label: new.label, before_html: html.0, after_html: html.1 }
        })
        .collect()
}
