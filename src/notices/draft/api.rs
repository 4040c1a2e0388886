//! Drafts of notices for those who buy, as a file.
use super::fields::{add, place_of};
use super::order::form_word;
use super::{Order, Source, draft};
use crate::api::{self, Client};
use crate::fields::{Fields, Parameter, bad_parameter};
use crate::needs::{self, policy};
use crate::op::Op;
use crate::tenancy;
use crate::web::download;
use crate::{App, Error, FieldError, Result};
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use eforms_write::{FormName, Problem, Tailoring};
use serde_json::{Value, json};

/// The rules that a purchase can follow by `legal_basis`.
pub const LEGAL_BASES: [&str; 6] = ["eea-public", "foa-1", "foa-1-2", "utilities-1", "concessions-1", "exempt"];

pub const OPTIONS: [Parameter; 22] = [
    (
        "legal_basis",
        "The rules that the purchase follows (BT-01): `eea-public`, `foa-1`, `foa-1-2`, `utilities-1`, `concessions-1` or \
         `exempt`. When left out, national ones.",
    ),
    ("profile", "`dfo` for Doffin, which it is when left out, or `plain`: by the rules of the EU alone."),
    ("untranslated", "`true`: what the need says stands under every language of the notice, whichever it is said in."),
    ("title_en", "The title in English. What is missing or wrong is told by the names of these parameters."),
    ("description_en", "The description in English."),
    ("title_no", "The title in Norwegian, of a need that is written in English."),
    ("description_no", "The description in Norwegian, of a need that is written in English."),
    ("value", "The estimated value in kroner, without VAT."),
    (
        "competition_expected",
        "A plan: the day on which the competition is expected to begin. Above the thresholds it must be told, as must all \
         below but e-mail and telephone of the body that hears complaints, where the need does not tell it.",
    ),
    (
        "legal_type",
        "A plan: the kind of buyer (BT-11), a code of `buyer-legal-type`. Municipalities and counties are known by their name.",
    ),
    ("activity", "A plan above the thresholds: the main activity of the buyer (BT-10), a code of `main-activity`."),
    ("postcode", "A plan above the thresholds: the postcode of the buyer."),
    ("city", "A plan above the thresholds: the city of the buyer."),
    (
        "region",
        "A plan above the thresholds: the number of the county of the buyer. When left out, that of its municipality.",
    ),
    (
        "phone",
        "A plan above the thresholds: the telephone number of the buyer. When left out, that of the contact of the need.",
    ),
    ("review_name", "A plan above the thresholds: who hears complaints, usually the district court."),
    ("review_number", "Its organisation number."),
    ("review_postcode", "Its postcode."),
    ("review_city", "Its city."),
    ("review_region", "The number of its county."),
    ("review_email", "Its e-mail address."),
    ("review_phone", "Its telephone number."),
];

impl From<Problem> for FieldError {
    fn from(problem: Problem) -> Self {
        Self { field: problem.field.into(), code: problem.code, args: problem.args }
    }
}

/// `GET /api/v1/needs/{id}/notices/{form}`: `e1` while the market can answer, or `planning`.
pub async fn show(app: Data<App>, client: Client, path: Path<(String, String)>, query: Fields) -> api::Result {
    let (id, form) = path.into_inner();
    let id = api::id(&id, "the need")?;
    let order = order_of(&form, &query)?;
    let public_url = app.config.server.address().to_owned();
    let file = app
        .read(client.caller(), move |op| {
            let need = needs::find(op.db(), id)?;
            let permit = policy::draft_notice(op.actor(), need)?;
            drawn_up(op, permit.into_inner(), &order, &public_url)
        })
        .await;
    match file {
        Ok(file) => Ok(file.into()),
        Err(Error::Invalid(problems)) => Err(Error::Invalid(problems.into_iter().map(by_parameter).collect()).into()),
        Err(e) => Err(e.into()),
    }
}

/// Told by the name of the parameter that mends it, where there is one.
fn by_parameter(problem: FieldError) -> FieldError {
    let is_in_english =
        problem.code == "text-not-in-language" && problem.args.iter().any(|(_, language)| language != "ENG");
    match place_of(&problem.field, is_in_english) {
        Some(place) => FieldError { field: place.name.into(), ..problem },
        None => problem,
    }
}

/// A notice and what its file is called.
pub(super) struct File {
    name: String,
    xml: Vec<u8>,
}

impl From<File> for HttpResponse {
    fn from(file: File) -> Self {
        download(&file.name, "application/xml", file.xml)
    }
}

/// # Errors
/// `Conflict` where the need is in no state for it, `Invalid` with everything that is missing.
pub(super) fn drawn_up(op: &mut Op<'_>, need: needs::Need, order: &Order, public_url: &str) -> Result<File> {
    let buyer = tenancy::organisation(op.db(), need.tenant_id)?;
    let source = Source { need: &need, buyer: &buyer, public_url };
    let name = format!("{}-{}.xml", need.reference, form_word(order.form));
    match draft(Some(&source), order, op.now())? {
        Ok(draft) => Ok(File { name, xml: draft.xml }),
        Err(problems) => Err(Error::Invalid(problems.into_iter().map(FieldError::from).collect())),
    }
}

/// The forms that a need by itself can become. The others tell of a procurement.
pub(super) fn form_of(word: &str) -> Result<FormName> {
    match word {
        "e1" => Ok(FormName::E1),
        "planning" => Ok(FormName::Planning),
        _ => Err(Error::NotFound("the form")),
    }
}

fn order_of(form: &str, query: &Fields) -> Result<Order> {
    let mut order = Order {
        form: form_of(form)?,
        tailoring: match query.filter("profile").as_deref() {
            None | Some("dfo") => Tailoring::Dfo,
            Some("plain") => Tailoring::Plain,
            Some(_) => return Err(bad_parameter("profile")),
        },
        legal_basis: None,
        untranslated: match query.filter("untranslated").as_deref() {
            None | Some("false") => false,
            Some("true") => true,
            Some(_) => return Err(bad_parameter("untranslated")),
        },
        facts: json!({}),
        buyer: Value::Null,
    };
    add(&mut order, query);
    Ok(order)
}
