//! What a need knows of the facts of a notice, and how what someone adds completes it.
use super::order::{Order, Source};
use crate::platform::language::Language;
use crate::platform::wording;
use crate::regulations::{Region, nuts};
use eforms_write::codes::Cpv;
use eforms_write::facts::LegalBasis;
use eforms_write::{FormName, Tailoring};
use serde_json::{Map, Value, json};

/// BT-24 takes no more characters.
const MAX_DESCRIPTION: usize = 6_000;

/// What the need and its buyer say. What they do not know is left out: it is told as missing, never guessed.
pub(super) fn facts_of(source: &Source<'_>, order: &Order) -> Value {
    let Source { need, buyer, public_url } = source;
    let address = format!("{public_url}/behov/{}", need.reference);
    let contact = &need.description.0.contact;
    let organisation = without_empty(json!({
        "name": buyer.name,
        "number": buyer.number,
        "address": without_empty(json!({
            "nuts": buyer.municipality.as_deref().and_then(nuts_of),
            "country": "NOR",
        })),
        "contact": without_empty(json!({
            "name": contact.name,
            "email": contact.email,
            "phone": contact.phone,
        })),
    }));
    let language = eforms_language(need.language);
    let (cpv, additional) = need.cpv.0.split_first().map_or((None, &[][..]), |(main, rest)| (Some(main), rest));
    let subject = without_empty(json!({
        "reference": need.reference,
        "title": { language: need.title },
        "description": { language: description(source, &address) },
        "nature": cpv.and_then(|cpv| nature(cpv)),
        "cpv": cpv,
        "additional_cpv": additional,
        "places": places(&need.region.0),
    }));
    let rules = order.legal_basis.as_deref().unwrap_or(national_rules(cpv));
    let mut facts = json!({
        "languages": without_empty(json!({
            "norwegian": if need.language == Language::Nn { "NNO" } else { "NOB" },
            "official": asks_for_english(order, rules, need.language).then_some("ENG"),
        })),
        "legal_basis": rules,
        "buyers": [without_empty(json!({ "organisation": organisation, "legal_type": legal_type(&buyer.name) }))],
        "subject": subject,
    });
    match order.form {
        FormName::E1 => {
            facts["answers"] = without_empty(json!({
                "deadline": need.response_deadline.map(|at| wording::in_norway(at).to_rfc3339()),
                "url": address,
                // Those in which Brobygger's pages are, and the one of the need.
                "languages": match need.language {
                    Language::Nb | Language::Nn => json!(["NOB", "NNO"]),
                    Language::En => json!(["ENG", "NOB", "NNO"]),
                },
            }));
            facts["documents"] = json!({ "access": "open", "url": address });
        }
        FormName::Planning => facts["documents"] = json!({ "access": "open", "url": address }),
        FormName::Competition | FormName::Result => {}
    }
    facts
}

/// What is known, with what is added over it; and the whole as the only lot or part, unless others are told.
pub(super) fn complete(known: Option<Value>, order: &Order) -> Value {
    let mut facts = known.unwrap_or_else(|| json!({}));
    put_over(&mut facts, &order.facts);
    if let Some(buyer) = facts.get_mut("buyers").and_then(|buyers| buyers.get_mut(0)) {
        put_over(buyer, &order.buyer);
    }
    if order.untranslated {
        for text in ["title", "description"] {
            say_in_every_language(&mut facts, text);
        }
    }
    let pieces = match order.form {
        FormName::E1 => "lots",
        FormName::Planning => "parts",
        FormName::Competition | FormName::Result => return facts,
    };
    if facts.get(pieces).is_none()
        && let Some(subject) = facts.get("subject").filter(|subject| subject.is_object())
    {
        let mut only = subject.clone();
        if let Some(reference) = subject["reference"].as_str() {
            only["reference"] = format!("{reference}-1").into();
        }
        facts[pieces] = json!([{ "subject": only }]);
    }
    facts
}

/// Field by field; a list is taken whole, for nobody could say which of its items is meant.
fn put_over(under: &mut Value, over: &Value) {
    match (under, over) {
        (_, Value::Null) => {}
        (Value::Object(under), Value::Object(over)) => {
            for (name, value) in over {
                match under.get_mut(name) {
                    Some(known) => put_over(known, value),
                    None => drop(under.insert(name.clone(), value.clone())),
                }
            }
        }
        (under, over) => *under = over.clone(),
    }
}

/// The words of a text under each language of the notice that it is not in.
fn say_in_every_language(facts: &mut Value, text: &str) {
    let wanted: Vec<String> =
        ["norwegian", "official"].iter().filter_map(|l| Some(facts["languages"][*l].as_str()?.to_owned())).collect();
    let Some(words) = facts.get_mut("subject").and_then(|s| s.get_mut(text)).and_then(Value::as_object_mut) else {
        return;
    };
    let Some(said) = words.values().next().cloned() else { return };
    for language in wanted {
        words.entry(language).or_insert_with(|| said.clone());
    }
}

const fn eforms_language(language: Language) -> &'static str {
    match language {
        Language::Nb => "NOB",
        Language::Nn => "NNO",
        Language::En => "ENG",
    }
}

/// Is a language of the EU asked for? In Doffin, below the thresholds, Norwegian is enough.
fn asks_for_english(order: &Order, rules: &str, language: Language) -> bool {
    let stays_in_doffin = order.form != FormName::E1 && order.tailoring == Tailoring::Dfo;
    let norwegian_is_enough = stays_in_doffin && LegalBasis::new(rules).is_national();
    !norwegian_is_enough || language == Language::En
}

/// Below the thresholds of the EEA: FOA's parts 1 and 2, and part 1 alone where part 2 does not hold.
fn national_rules(cpv: Option<&String>) -> &'static str {
    let exempt = cpv.is_some_and(|cpv| Cpv(cpv.clone()).is_health_or_social_service());
    if exempt { "foa-1" } else { "foa-1-2" }
}

/// BT-23 follows from the division of the code: 45 is works, 03 to 44 and 48 are supplies, the rest services.
fn nature(cpv: &str) -> Option<&'static str> {
    Some(match cpv.get(..2)?.parse::<u8>().ok()? {
        45 => "works",
        0..=44 | 48 => "supplies",
        _ => "services",
    })
}

/// BT-11 of those whose name says it: a municipality is a local authority, a county a regional one.
pub(super) fn legal_type(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    if name.ends_with("fylkeskommune") {
        Some("ra")
    } else if name.ends_with(" kommune") {
        Some("la")
    } else {
        None
    }
}

pub(super) fn nuts_of(region: &str) -> Option<&'static str> {
    nuts(&region.parse::<Region>().ok()?)
}

/// Each county once, with the municipality where one is meant.
fn places(regions: &[String]) -> Vec<Value> {
    let mut places: Vec<Value> = Vec::new();
    for region in regions {
        let Some(nuts) = nuts_of(region) else { continue };
        let city = Region::name_of(region).filter(|_| region.len() == 4);
        let place = without_empty(json!({ "kind": "region", "nuts": nuts, "city": city }));
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places
}

/// What the need says, under the headings of its page, as far as there is room for whole paragraphs; and where to read it.
fn description(source: &Source<'_>, address: &str) -> String {
    let need = source.need;
    let d = &need.description.0;
    let language = need.language;
    let effects: Vec<String> = d
        .desired_effects
        .iter()
        .map(|effect| {
            let by = effect.by.map(|day| wording::date(day, language));
            let parts = [effect.metric.clone(), effect.baseline.clone(), effect.target.clone(), by.unwrap_or_default()];
            let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            format!("– {}", parts.join(" → "))
        })
        .collect();
    let headed = [
        ("needs-show-problem", d.problem.clone()),
        ("needs-show-affected", d.affected.clone()),
        ("needs-show-current", d.current_situation.clone()),
        ("needs-show-effects", effects.join("\n")),
        ("needs-show-constraints", d.constraints.clone()),
        ("needs-show-tried", d.tried.clone()),
        ("needs-show-undecided", d.undecided.clone()),
    ];
    let end = language.text_with("notice-drafts-whole-need", [("text", address.into())]);
    let mut room = MAX_DESCRIPTION.saturating_sub(end.chars().count() + 2);
    let mut paragraphs = Vec::new();
    let headed = headed.into_iter().filter(|(_, text)| !text.is_empty());
    let headed = headed.map(|(key, text)| format!("{}\n{text}", language.text(key)));
    for paragraph in std::iter::once(need.summary.clone()).chain(headed).filter(|text| !text.is_empty()) {
        let length = paragraph.chars().count() + 2;
        if length > room {
            break;
        }
        room -= length;
        paragraphs.push(paragraph);
    }
    paragraphs.push(end);
    paragraphs.join("\n\n")
}

/// Fields that say nothing are left out.
fn without_empty(value: Value) -> Value {
    let says = |value: &Value| match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        Value::Bool(_) | Value::Number(_) => true,
    };
    match value {
        Value::Object(fields) => Value::Object(fields.into_iter().filter(|(_, v)| says(v)).collect::<Map<_, _>>()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_added_is_put_over_what_is_known_field_by_field() {
        let mut facts = json!({"a": {"b": 1, "c": 2}, "list": [1, 2], "kept": 1});
        put_over(&mut facts, &json!({"a": {"c": 3, "d": 4}, "list": [3], "kept": null}));
        assert_eq!(facts, json!({"a": {"b": 1, "c": 3, "d": 4}, "list": [3], "kept": 1}));
    }

    #[test]
    fn the_name_tells_what_a_municipality_is_and_nothing_of_others() {
        let types = ["Stavanger kommune", "Rogaland fylkeskommune", "Lindås kommunale bedrift", "Kommune"];
        assert_eq!(types.map(legal_type), [Some("la"), Some("ra"), None, None]);
    }
}
