//! The page on which a buyer draws up a notice: what the need does not know is added, and the file is fetched.
use super::api::{drawn_up, form_of};
use super::facts::legal_type;
use super::fields::{add, known_of, place_of};
use super::order::form_word;
use super::{Order, Said, Source, said, suggestions};
use crate::fields::Fields;
use crate::needs::web::need_url;
use crate::needs::{self, Need, policy};
use crate::op::Op;
use crate::platform::language::Language;
use crate::platform::wording;
use crate::tenancy::{self, Organisation};
use crate::web::Posted;
use crate::web::form::{Choice, Choices, Errors, Field};
use crate::web::{Page, Visitor, page, page_with_status, view};
use crate::{App, Error, FieldError, Result};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use chrono::NaiveDate;
use eforms_write::codes::{BuyerLegalType, Code, List, MainActivity};
use eforms_write::facts::LegalBases;
use eforms_write::{FormName, Tailoring};
use serde::Serialize;
use serde_json::{Value, json};

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
    /// The words of the need in the other language: in English, or, of a need in English, in Norwegian.
    words: Words,
    plan: Option<Plan>,
    untranslated: bool,
    plain: bool,
    suggestions: Vec<Said>,
}

/// The words in another language than the need is in.
#[derive(Serialize)]
struct Words {
    title: Field,
    title_name: &'static str,
    title_label: String,
    description: Field,
    description_name: &'static str,
    description_label: String,
    hint: String,
    /// Below the thresholds Norwegian is enough for a plan.
    required: bool,
    untranslated: String,
    untranslated_hint: String,
}

/// What a plan tells beside what every notice does. All from the kind of buyer on, but that, only above the thresholds.
#[derive(Serialize)]
struct Plan {
    value: Field,
    competition_expected: Field,
    legal_type: Choices,
    activity: Choices,
    postcode: Field,
    city: Field,
    region: Choices,
    phone: Field,
    review_name: Field,
    review_number: Field,
    review_postcode: Field,
    review_city: Field,
    review_region: Choices,
    review_email: Field,
    review_phone: Field,
}

#[derive(Serialize)]
struct NeedLink {
    title: String,
    url: String,
    language: Language,
}

#[derive(Serialize)]
struct Told {
    /// Where it is mended: on this page, or in the form of the need.
    url: Option<String>,
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

/// What was filled in.
fn order_of(form: FormName, fields: &Fields) -> Order {
    let mut order = Order {
        form,
        tailoring: if fields.has("plain") { Tailoring::Plain } else { Tailoring::Dfo },
        legal_basis: None,
        untranslated: fields.has("untranslated"),
        facts: json!({}),
        buyer: Value::Null,
    };
    add(&mut order, fields);
    order
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
    let url = need_url(root, &need.reference);
    let takes =
        |key: &&str| LegalBases::row(key).is_some_and(|mut cells| cells.nth(1).is_some_and(|f| of_form(f, form)));
    let bases = LegalBases::codes().filter(takes).map(|key| Choice {
        value: key.to_owned(),
        text: language.text(&format!("notice-drafts-rules-{key}")),
        selected: fields.get("legal_basis") == key,
    });
    let is_in_english = need.language == Language::En;
    let told = problems.iter().map(|problem| {
        let place = place_of(&problem.field, is_in_english);
        let here = place.filter(|place| is_on_page(place.name, form)).map(|place| format!("#{}", place.name));
        let known = known_of(&problem.field);
        let in_need = known.and_then(|known| Some(format!("{url}/rediger#{}", known.field?)));
        let label = place.map(|place| place.label).or(known.map(|known| known.label));
        let field = label.map_or_else(|| problem.field.to_string(), |label| language.text(label));
        Told { url: here.or(in_need), field, text: wording::sentence(problem, language) }
    });
    let name_of =
        |field: &str| place_of(field, is_in_english).map_or_else(|| field.to_owned(), |place| place.name.to_owned());
    let errors = Errors::new(problems, language).renamed(name_of);
    Ok(NoticePage {
        heading: language.text(&format!("notice-drafts-heading-{word}")),
        text: language.text(&format!("notice-drafts-text-{word}")),
        need: NeedLink { title: need.title.clone(), url: url.clone(), language: need.language },
        action: format!("{url}/kunngjoring/{word}"),
        problems: told.collect(),
        legal_bases: view::with_any(language.text("notice-drafts-rules-any"), bases.collect()),
        legal_basis_error: errors.of("legal_basis").unwrap_or_default(),
        words: words(is_in_english, form, fields, &errors, language),
        plan: (form == FormName::Planning)
            .then(|| plan(need, &buyer, fields, &errors, wording::day_of(op.now()), language)),
        untranslated: fields.has("untranslated"),
        plain: fields.has("plain"),
        suggestions: suggested.iter().map(|s| said(s, language)).collect(),
    })
}

/// The words in the other language than the need's own.
fn words(is_in_english: bool, form: FormName, fields: &Fields, errors: &Errors, language: Language) -> Words {
    let field = |name: &str| errors.field(name, fields.get(name));
    if is_in_english {
        Words {
            title: field("title_no"),
            title_name: "title_no",
            title_label: language.text("notice-drafts-title-no"),
            description: field("description_no"),
            description_name: "description_no",
            description_label: language.text("notice-drafts-description-no"),
            hint: language.text("notice-drafts-norwegian-hint"),
            required: true,
            untranslated: language.text("notice-drafts-untranslated-en"),
            untranslated_hint: language.text("notice-drafts-untranslated-en-hint"),
        }
    } else {
        let is_plan = form == FormName::Planning;
        Words {
            title: field("title_en"),
            title_name: "title_en",
            title_label: language.text("notice-drafts-title-en"),
            description: field("description_en"),
            description_name: "description_en",
            description_label: language.text("notice-drafts-description-en"),
            hint: language.text(if is_plan { "notice-drafts-english-hint-plan" } else { "notice-drafts-english-hint" }),
            required: !is_plan,
            untranslated: language.text("notice-drafts-untranslated"),
            untranslated_hint: language.text("notice-drafts-untranslated-hint"),
        }
    }
}

/// E1 has no more than the words and the rules.
fn is_on_page(name: &str, form: FormName) -> bool {
    form == FormName::Planning
        || matches!(name, "title_en" | "description_en" | "title_no" | "description_no" | "legal_basis")
}

fn of_form(forms: &str, form: FormName) -> bool {
    let subtypes: &[&str] = if form == FormName::E1 { &["E1"] } else { &["4", "E2"] };
    forms.split(' ').any(|subtype| subtypes.contains(&subtype))
}

/// The fields that only a plan has, as they are shown at first: with what is known of the buyer, and what is likely.
fn plan(
    need: &Need,
    buyer: &Organisation,
    fields: &Fields,
    errors: &Errors,
    today: NaiveDate,
    language: Language,
) -> Plan {
    let was_sent = fields.has("legal_basis");
    let shown = |name: &str, at_first: &str| if was_sent { fields.get(name).to_owned() } else { at_first.to_owned() };
    let field = |name: &str, at_first: &str| errors.field(name, shown(name, at_first));
    let choose = || language.text("notice-drafts-choose");
    let county = buyer.municipality.as_deref().and_then(|number| number.get(..2)).unwrap_or_default();
    let counties = |name: &str| {
        let options = view::county_choices(&[shown(name, county)], today);
        errors.choices(name, view::with_any(choose(), options))
    };
    let codes = |name: &str, term: &str, codes: Vec<&'static str>, at_first: &str| {
        let chosen = shown(name, at_first);
        let options = codes.into_iter().map(|code| Choice {
            value: code.to_owned(),
            text: super::case::name(term, code, language).unwrap_or_else(|| code.to_owned()),
            selected: code == chosen,
        });
        errors.choices(name, view::with_any(choose(), options.collect()))
    };
    let is_buyer = |code: &&str| {
        let code = Code::<BuyerLegalType>::new(*code);
        code.is_precise() && !code.is_utility()
    };
    let is_activity = |code: &&str| Code::<MainActivity>::new(*code).is_of_authorities();
    Plan {
        value: field("value", ""),
        competition_expected: field("competition_expected", ""),
        legal_type: codes(
            "legal_type",
            "BT-11",
            BuyerLegalType::codes().filter(is_buyer).collect(),
            legal_type(&buyer.name).unwrap_or_default(),
        ),
        // What most that buy here are.
        activity: codes("activity", "BT-10", MainActivity::codes().filter(is_activity).collect(), "gen-pub"),
        postcode: field("postcode", ""),
        city: field("city", ""),
        region: counties("region"),
        phone: field("phone", &need.description.0.contact.phone),
        review_name: field("review_name", ""),
        review_number: field("review_number", ""),
        review_postcode: field("review_postcode", ""),
        review_city: field("review_city", ""),
        review_region: counties("review_region"),
        review_email: field("review_email", ""),
        review_phone: field("review_phone", ""),
    }
}
