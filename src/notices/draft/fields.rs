//! What someone adds to a need for a notice, in fields: of the form on the page, and of the query over JSON.
use super::facts::nuts_of;
use super::order::Order;
use crate::fields::Fields;
use eforms_write::FormName;
use eforms_write::facts::LegalBasis;
use serde_json::{Map, Value, json};

/// A field that a fact is told in.
pub(super) struct Place {
    /// What it is called in the form and in the query.
    pub name: &'static str,
    /// The fact. One that begins with a point is that of every lot or part, too.
    fact: &'static str,
    /// The text that says what it is.
    pub label: &'static str,
}

const PLACES: [Place; 20] = [
    place("title_en", ".title", "notice-drafts-title-en"),
    place("description_en", ".description", "notice-drafts-description-en"),
    place("title_no", ".title", "notice-drafts-title-no"),
    place("description_no", ".description", "notice-drafts-description-no"),
    place("value", ".value", "notice-drafts-value"),
    place("competition_expected", "competition_expected", "notice-drafts-competition-expected"),
    place("legal_basis", "legal_basis", "notice-drafts-rules"),
    place("legal_type", "buyers[0].legal_type", "notice-drafts-legal-type"),
    place("activity", "buyers[0].activity", "notice-drafts-activity"),
    place("postcode", "buyers[0].organisation.address.postcode", "notice-drafts-postcode"),
    place("city", "buyers[0].organisation.address.city", "notice-drafts-city"),
    place("region", "buyers[0].organisation.address.nuts", "notice-drafts-region"),
    place("phone", "buyers[0].organisation.contact.phone", "notice-drafts-phone"),
    place("review_name", "review.name", "notice-drafts-review-name"),
    place("review_number", "review.number", "notice-drafts-review-number"),
    place("review_postcode", "review.address.postcode", "notice-drafts-review-postcode"),
    place("review_city", "review.address.city", "notice-drafts-review-city"),
    place("review_region", "review.address.nuts", "notice-drafts-review-region"),
    place("review_email", "review.contact.email", "notice-drafts-review-email"),
    place("review_phone", "review.contact.phone", "notice-drafts-review-phone"),
];

const fn place(name: &'static str, fact: &'static str, label: &'static str) -> Place {
    Place { name, fact, label }
}

/// A fact that the need, or who has written it, tells: no field of the notice is about it.
pub(super) struct Known {
    fact: &'static str,
    /// The text that says what it is, as those know it who have described the need.
    pub label: &'static str,
    /// The field of the need that tells it.
    pub field: Option<&'static str>,
}

const KNOWN: [Known; 9] = [
    known(".cpv", "needs-form-cpv-label", Some("cpv")),
    known(".additional_cpv", "needs-form-cpv-label", Some("cpv")),
    known(".nature", "notice-drafts-nature", Some("cpv")),
    known(".places", "needs-form-region-label", Some("region")),
    known("answers.deadline", "needs-form-response-deadline-date-label", Some("response_deadline_date")),
    known("buyers[0].organisation.contact.email", "needs-form-contact-email-label", Some("contact_email")),
    known("buyers[0].organisation.contact.phone", "needs-form-contact-phone-label", Some("contact_phone")),
    known("buyers[0].organisation.name", "notice-drafts-buyer-name", None),
    known("buyers[0].organisation.number", "statistics-buyer-number", None),
];

const fn known(fact: &'static str, label: &'static str, field: Option<&'static str>) -> Known {
    Known { fact, label, field }
}

/// What the need tells of a fact. None for what it does not.
pub(super) fn known_of(fact: &str) -> Option<&'static Known> {
    // Of a list, whichever of it.
    let fact =
        fact.split_once('[').filter(|(list, _)| *list == "subject.additional_cpv").map_or(fact, |(list, _)| list);
    KNOWN.iter().find(|known| is_fact(fact, known.fact))
}

/// The field that a fact is told in. None for what is told elsewhere. The words of a need in English are told in Norwegian, and those of
/// others in English.
pub(super) fn place_of(fact: &str, is_in_english: bool) -> Option<&'static Place> {
    let is_translation = |place: &Place| {
        !place.fact.ends_with(".title") && !place.fact.ends_with(".description")
            || place.name.ends_with("_no") == is_in_english
    };
    PLACES.iter().find(|place| is_fact(fact, place.fact) && is_translation(place))
}

fn is_fact(fact: &str, told: &str) -> bool {
    match told.strip_prefix('.') {
        Some(of_subject) => fact.strip_suffix(of_subject).is_some_and(|rest| rest.ends_with("subject.")),
        None => fact == told,
    }
}

/// Puts what was filled in into the order, as facts. What a plan above the thresholds says of its parties has no place in one
/// below them.
pub(super) fn add(order: &mut Order, fields: &Fields) {
    let filled = |name: &str| fields.filter(name).map(Value::from);
    order.legal_basis = fields.filter("legal_basis");
    let (title, description) = (filled("title_en"), filled("description_en"));
    if title.is_some() || description.is_some() {
        order.facts["languages"] = json!({ "official": "ENG" });
    }
    order.facts["subject"] = told([
        ("title", told([("ENG", title), ("NOB", filled("title_no"))])),
        ("description", told([("ENG", description), ("NOB", filled("description_no"))])),
        ("value", filled("value")),
    ])
    .unwrap_or_else(|| json!({}));
    if order.form != FormName::Planning {
        return;
    }
    if let Some(day) = filled("competition_expected") {
        order.facts["competition_expected"] = day;
    }
    order.buyer = told([("legal_type", filled("legal_type"))]).unwrap_or_default();
    let is_above = order.legal_basis.as_deref().is_some_and(|rules| !LegalBasis::new(rules).is_national());
    if !is_above {
        return;
    }
    let nuts =
        |name: &str| fields.filter(name).map(|region| Value::from(nuts_of(&region).map_or(region, str::to_owned)));
    let address = told([("postcode", filled("postcode")), ("city", filled("city")), ("nuts", nuts("region"))]);
    let organisation = told([("address", address), ("contact", told([("phone", filled("phone"))]))]);
    order.buyer =
        told([("legal_type", filled("legal_type")), ("activity", filled("activity")), ("organisation", organisation)])
            .unwrap_or_default();
    // There always is one: what is missing of it is told field by field.
    let address = told([
        ("postcode", filled("review_postcode")),
        ("city", filled("review_city")),
        ("nuts", nuts("review_region")),
        ("country", Some("NOR".into())),
    ]);
    let contact = told([("email", filled("review_email")), ("phone", filled("review_phone"))]);
    let review = told([
        ("name", filled("review_name")),
        ("number", filled("review_number")),
        ("address", address),
        ("contact", contact),
    ]);
    order.facts["review"] = review.unwrap_or_default();
}

/// What is there of these, if anything is.
fn told<const N: usize>(fields: [(&str, Option<Value>); N]) -> Option<Value> {
    let there: Map<String, Value> =
        fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
    (!there.is_empty()).then(|| there.into())
}
