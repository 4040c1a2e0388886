//! The page on which a buyer draws up a notice: what the need does not know is added, and the file is fetched.
use super::api::{drawn_up, form_of};
use super::order::form_word;
use super::{Order, Said, Source, said, suggestions};
use crate::needs::{self, Need, policy};
use crate::op::Op;
use crate::platform::language::Language;
use crate::tenancy;
use crate::web::form::{Choice, Errors, Field, sentence};
use crate::web::{Fields, Posted};
use crate::web::{Page, Visitor, page, page_with_status, view};
use crate::{App, Error, FieldError, Result};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use eforms_write::codes::List;
use eforms_write::facts::LegalBases;
use eforms_write::{FormName, Tailoring};
use serde::Serialize;
use serde_json::json;

#[derive(Serialize)]
struct NoticePage {
    heading: String,
    text: String,
    need: NeedLink,
    action: String,
    /// What is missing, each with the field that it is about and what eForms calls it.
    problems: Vec<Told>,
    legal_bases: Vec<Choice>,
    legal_basis_error: String,
    title_en: Field,
    description_en: Field,
    value: Field,
    competition_expected: Field,
    plan: bool,
    untranslated: bool,
    plain: bool,
    suggestions: Vec<Said>,
}

#[derive(Serialize)]
struct NeedLink {
    title: String,
    url: String,
    language: Language,
}

#[derive(Serialize)]
struct Told {
    /// Where it is on the page, if it is.
    id: Option<&'static str>,
    field: String,
    text: String,
}

impl Page for NoticePage {
    const TEMPLATE: &'static str = "web/notices/draft";
    fn title(&self, _: Language) -> String {
        self.heading.clone()
    }
}

/// `GET /behov/{reference}/kunngjoring/{form}`
pub async fn form(app: Data<App>, visitor: Visitor, path: Path<(String, String)>) -> crate::web::Result {
    let (reference, form) = path.into_inner();
    let form = form_of(&form)?;
    let (root, language) = (visitor.root, visitor.language());
    let public_url = app.config.server.address().to_owned();
    page(&app, visitor, move |op| {
        let need = needs::find_by_reference(op.db(), &reference)?;
        let need = policy::draft_notice(op.actor(), need)?.into_inner();
        if form == FormName::E1 {
            need.open_for_dialogue(op.now())?;
        }
        notice_page(op, &need, form, &Fields::default(), &[], &public_url, root, language)
    })
    .await
}

/// `POST /behov/{reference}/kunngjoring/{form}`: the file, or the page again with what is missing.
pub async fn fetch(
    app: Data<App>,
    visitor: Visitor,
    path: Path<(String, String)>,
    posted: Posted,
) -> crate::web::Result {
    let (reference, form) = path.into_inner();
    let form = form_of(&form)?;
    let (root, language) = (visitor.root, visitor.language());
    let public_url = app.config.server.address().to_owned();
    let order = order_of(form, &posted.fields);
    let (of, url) = (reference.clone(), public_url.clone());
    let drawn = app
        .read(visitor.caller(), move |op| {
            let need = needs::find_by_reference(op.db(), &of)?;
            let need = policy::draft_notice(op.actor(), need)?.into_inner();
            drawn_up(op, need, &order, &url)
        })
        .await;
    match drawn {
        Ok(file) => Ok(file.into()),
        Err(Error::Invalid(problems)) => {
            page_with_status(&app, visitor, StatusCode::UNPROCESSABLE_ENTITY, move |op| {
                let need = needs::find_by_reference(op.db(), &reference)?;
                let need = policy::draft_notice(op.actor(), need)?.into_inner();
                notice_page(op, &need, form, &posted.fields, &problems, &public_url, root, language)
            })
            .await
        }
        Err(e) => Err(e.into()),
    }
}

/// What was filled in, as facts.
fn order_of(form: FormName, fields: &Fields) -> Order {
    let filled = |name: &str| fields.filter(name);
    let english = |name: &str| filled(name).map_or(json!({}), |words| json!({ "ENG": words }));
    let mut facts = json!({ "subject": {
        "title": english("title_en"),
        "description": english("description_en"),
    }});
    if ["title_en", "description_en"].iter().any(|name| filled(name).is_some()) {
        facts["languages"] = json!({ "official": "ENG" });
    }
    // Spaces are how people write amounts.
    let amount = filled("value").map(|value| value.split_whitespace().collect::<String>());
    if let Some(amount) = amount {
        facts["subject"]["value"] = amount.into();
    }
    if let Some(day) = filled("competition_expected") {
        facts["competition_expected"] = day.into();
    }
    Order {
        form,
        tailoring: if fields.has("plain") { Tailoring::Plain } else { Tailoring::Dfo },
        legal_basis: filled("legal_basis"),
        untranslated: fields.has("untranslated"),
        facts,
    }
}

#[expect(clippy::too_many_arguments, reason = "all that a page is made of, in one place")]
fn notice_page(
    op: &mut Op<'_>,
    need: &Need,
    form: FormName,
    fields: &Fields,
    problems: &[FieldError],
    public_url: &str,
    root: &str,
    language: Language,
) -> Result<NoticePage> {
    let buyer = tenancy::organisation(op.db(), need.tenant_id)?;
    let order = order_of(form, fields);
    let source = Source { need, buyer: &buyer, public_url };
    let suggested = suggestions(Some(&source), &order);
    let word = form_word(form);
    let url = view::need_url(root, &need.reference);
    let takes =
        |key: &&str| LegalBases::row(key).is_some_and(|mut cells| cells.nth(1).is_some_and(|f| of_form(f, form)));
    let bases = LegalBases::codes().filter(takes).map(|key| Choice {
        value: key.to_owned(),
        text: language.text(&format!("notice-drafts-rules-{key}")),
        selected: fields.get("legal_basis") == key,
    });
    let told = problems.iter().map(|problem| {
        let on_page = on_page(&problem.field);
        let field = on_page.map_or_else(|| problem.field.to_string(), |(_, label)| language.text(label));
        Told { id: on_page.map(|(id, _)| id), field, text: sentence(problem, language) }
    });
    let errors = Errors::new(problems, language)
        .renamed(|field| on_page(field).map_or_else(|| field.to_owned(), |(id, _)| id.to_owned()));
    let field = |name: &str| errors.field(name, fields.get(name));
    Ok(NoticePage {
        heading: language.text(&format!("notice-drafts-heading-{word}")),
        text: language.text(&format!("notice-drafts-text-{word}")),
        need: NeedLink { title: need.title.clone(), url: url.clone(), language: need.language },
        action: format!("{url}/kunngjoring/{word}"),
        problems: told.collect(),
        legal_bases: view::with_any(language.text("notice-drafts-rules-any"), bases.collect()),
        legal_basis_error: errors.of("legal_basis").unwrap_or_default(),
        title_en: field("title_en"),
        description_en: field("description_en"),
        value: field("value"),
        competition_expected: field("competition_expected"),
        plan: form == FormName::Planning,
        untranslated: fields.has("untranslated"),
        plain: fields.has("plain"),
        suggestions: suggested.iter().map(|s| said(s, language)).collect(),
    })
}

fn of_form(forms: &str, form: FormName) -> bool {
    let subtypes: &[&str] = if form == FormName::E1 { &["E1"] } else { &["4", "E2"] };
    forms.split(' ').any(|subtype| subtypes.contains(&subtype))
}

/// The field of the form that a fact is typed in, with its label. None for what the page does not ask for.
fn on_page(field: &str) -> Option<(&'static str, &'static str)> {
    match field {
        _ if field.ends_with("subject.title") => Some(("title_en", "notice-drafts-title-en")),
        _ if field.ends_with("subject.description") => Some(("description_en", "notice-drafts-description-en")),
        _ if field.ends_with("subject.value") => Some(("value", "notice-drafts-value")),
        "competition_expected" => Some(("competition_expected", "notice-drafts-competition-expected")),
        "legal_basis" => Some(("legal_basis", "notice-drafts-rules")),
        _ => None,
    }
}
