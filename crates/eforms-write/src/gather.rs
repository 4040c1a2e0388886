//! From JSON to a notice, or to everything that keeps it from being one: what is missing and what cannot be understood,
//! together with what the check finds.
//!
//! A reader of JSON stops at the first field that it misses. Here it goes on: what is missing is told, and put in its
//! place from an example, so that what comes after it can be looked at too. Nothing of an example is ever published:
//! where anything was put in, there is no notice.
use crate::check::Problem;
use crate::dispatch::Dispatch;
use crate::form::{Facts, FormName, Notice};
use serde_json::Value;
use serde_path_to_error::Segment;

/// As many problems are told at most. Nobody reads more, and each costs a reading of the whole.
const MOST: usize = 200;

impl Facts {
    /// Reads facts from JSON and looks through them.
    ///
    /// # Errors
    /// Every problem of the facts and of the way they are sent. To those of [`Facts::check`] come `required` for what the
    /// form cannot be without, `unknown-field`, and `not-understood` with the `reason` of the reader; these say no `term`.
    pub fn gather(form: FormName, mut json: Value, dispatch: &Dispatch) -> Result<(Self, Notice), Vec<Problem>> {
        let mut gaps: Vec<Problem> = Vec::new();
        let mut replaced: Vec<String> = Vec::new();
        let facts = loop {
            let (place, message) = match read(form, &json) {
                Ok(facts) => break Some(facts),
                Err(error) => (place(error.path()), error.inner().to_string()),
            };
            let precise = precisely(form, &json, &place, &message);
            let (gap, at) = gap(precise.clone().unwrap_or_else(|| place.clone()), message);
            let known = gaps.iter().any(|known| known.field == gap.field);
            let mended = match gap.code {
                "unknown-field" => remove(&mut json, &at),
                // The example may be of another kind: then the whole thing is put in.
                _ => {
                    put_example(form, &mut json, &at)
                        || precise.is_some() && put_example(form, &mut json, &place) && {
                            replaced.push(written(&place));
                            true
                        }
                }
            };
            if !known {
                gaps.push(gap);
            }
            // What cannot be mended hides the rest, and so does what was mended in vain.
            if !mended || known || gaps.len() >= MOST {
                break None;
            }
        };
        // However the fields of the JSON were ordered.
        gaps.sort_by(|one, other| one.field.cmp(&other.field));
        let checked = facts.map(|facts| facts.check(dispatch).map(|notice| (facts, notice)));
        match checked {
            Some(Ok(good)) if gaps.is_empty() => Ok(good),
            Some(Err(problems)) => {
                let examples = gaps.iter().map(|gap| &gap.field).chain(&replaced);
                let ours = |problem: &Problem| !examples.clone().any(|place| is_in(&problem.field, place));
                let found: Vec<Problem> = problems.into_iter().filter(ours).collect();
                gaps.extend(found);
                Err(gaps)
            }
            Some(Ok(_)) | None => Err(gaps),
        }
    }
}

fn read(form: FormName, json: &Value) -> Result<Facts, serde_path_to_error::Error<serde_json::Error>> {
    Ok(match form {
        FormName::E1 => Facts::Consultation(serde_path_to_error::deserialize(json)?),
        FormName::Planning => Facts::Planning(serde_path_to_error::deserialize(json)?),
        FormName::Competition => Facts::Competition(serde_path_to_error::deserialize(json)?),
        FormName::Result => Facts::Result(serde_path_to_error::deserialize(json)?),
    })
}

/// A step of the way into JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Field(String),
    Item(usize),
}

fn place(path: &serde_path_to_error::Path) -> Vec<Step> {
    path.iter()
        .filter_map(|segment| match segment {
            Segment::Map { key } => Some(Step::Field(key.clone())),
            Segment::Seq { index } => Some(Step::Item(*index)),
            Segment::Enum { .. } | Segment::Unknown => None,
        })
        .collect()
}

/// Where the reader only knows that something is wrong somewhere in a thing (it reads a thing of several kinds at once, and loses the
/// way into it), what it stumbles over is found by trying: fields come in their order, and it stops at the first that is wrong.
/// Taking any away up to that one changes what it says, and taking away one after it changes nothing.
fn precisely(form: FormName, json: &Value, place: &[Step], message: &str) -> Option<Vec<Step>> {
    let is_of_field = |message: &str| message.starts_with("missing field") || message.starts_with("unknown field");
    let mut leaves = Vec::new();
    match value_at(json, place) {
        Some(thing @ Value::Object(_)) if !is_of_field(message) => gather_leaves(thing, place, &mut leaves),
        _ => return None,
    }
    // What is looked for is one of few, and a long list is none of them.
    if leaves.len() > MOST {
        return None;
    }
    let unknown = message.strip_prefix("unknown variant `").and_then(|rest| rest.split('`').next());
    let is_to_blame = |leaf: &&Vec<Step>| {
        if let Some(word) = unknown {
            return value_at(json, leaf).and_then(Value::as_str) == Some(word);
        }
        // Which kind it is, is read before all else.
        if matches!(leaf.last(), Some(Step::Field(name)) if KINDS.contains(&name.as_str())) {
            return false;
        }
        let mut without = json.clone();
        set(&mut without, leaf, Value::Null).is_some()
            && read(form, &without).err().is_none_or(|e| e.inner().to_string() != message)
    };
    leaves.iter().rev().find(is_to_blame).cloned()
}

/// The fields that tell which of several kinds a thing is.
const KINDS: [&str; 3] = ["kind", "access", "in"];

fn value_at<'a>(json: &'a Value, at: &[Step]) -> Option<&'a Value> {
    at.iter().try_fold(json, |value, step| match step {
        Step::Field(name) => value.get(name),
        Step::Item(index) => value.get(index),
    })
}

fn set(json: &mut Value, at: &[Step], to: Value) -> Option<()> {
    let there = at.iter().try_fold(json, |value, step| match step {
        Step::Field(name) => value.get_mut(name),
        Step::Item(index) => value.get_mut(index),
    })?;
    *there = to;
    Some(())
}

/// The places of what is neither an object nor a list, in the order in which they are read.
fn gather_leaves(value: &Value, at: &[Step], leaves: &mut Vec<Vec<Step>>) {
    let mut go_on = |step: Step, value: &Value| gather_leaves(value, &[at, &[step]].concat(), leaves);
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| go_on(Step::Field(name.clone()), value)),
        Value::Array(items) => items.iter().enumerate().for_each(|(index, value)| go_on(Step::Item(index), value)),
        _ => leaves.push(at.to_vec()),
    }
}

fn gap(mut place: Vec<Step>, message: String) -> (Problem, Vec<Step>) {
    let named = |beginning: &str| message.strip_prefix(beginning)?.split('`').next().map(str::to_owned);
    let (code, args) = if let Some(name) = named("missing field `") {
        place.push(Step::Field(name));
        ("required", Vec::new())
    } else if let Some(name) = named("unknown field `") {
        // The reader names the field already where it knows the way to it.
        if place.last() != Some(&Step::Field(name.clone())) {
            place.push(Step::Field(name));
        }
        ("unknown-field", Vec::new())
    } else {
        ("not-understood", vec![("reason", in_words(&message))])
    };
    (Problem { field: written(&place), term: "", code, args }, place)
}

/// A number that does not fit is told by the range that does, and not by the name of a type.
fn in_words(message: &str) -> String {
    for (name, most) in
        [("u8", u64::from(u8::MAX)), ("u16", u16::MAX.into()), ("u32", u32::MAX.into()), ("u64", u64::MAX)]
    {
        if let Some(beginning) = message.strip_suffix(&format!("expected {name}")) {
            return format!("{beginning}expected a whole number from 0 to {most}");
        }
    }
    message.to_owned()
}

/// `lots[0].subject.title`
fn written(place: &[Step]) -> String {
    let mut text = String::new();
    for step in place {
        match step {
            Step::Field(name) if text.is_empty() => text.push_str(name),
            Step::Field(name) => text.extend([".", name]),
            Step::Item(index) => text.push_str(&format!("[{index}]")),
        }
    }
    text
}

/// Is the field the other one, or in it?
fn is_in(field: &str, other: &str) -> bool {
    field.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

fn remove(json: &mut Value, at: &[Step]) -> bool {
    let Some((Step::Field(name), parent)) = at.split_last() else { return false };
    let parent = parent.iter().try_fold(json, |value, step| match step {
        Step::Field(name) => value.get_mut(name),
        Step::Item(index) => value.get_mut(index),
    });
    parent.and_then(Value::as_object_mut).is_some_and(|fields| fields.remove(name).is_some())
}

/// What the example has at this place, or at the same one of its first lot, buyer or whatever it is one of.
fn put_example(form: FormName, json: &mut Value, at: &[Step]) -> bool {
    let example = match form {
        FormName::E1 => include_str!("../examples/facts/consultation.json"),
        FormName::Planning => include_str!("../examples/facts/planning.json"),
        FormName::Competition => include_str!("../examples/facts/competition.json"),
        FormName::Result => include_str!("../examples/facts/result.json"),
    };
    let Ok(example) = serde_json::from_str::<Value>(example) else { return false };
    let there = at.iter().try_fold(&example, |value, step| match step {
        Step::Field(name) => value.get(name),
        Step::Item(_) => value.get(0),
    });
    let Some(there) = there else { return false };
    let mut here = json;
    for step in at {
        here = match (step, here) {
            (Step::Field(name), Value::Object(fields)) => fields.entry(name.clone()).or_insert(Value::Null),
            (Step::Item(index), Value::Array(items)) if *index < items.len() => &mut items[*index],
            _ => return false,
        };
    }
    *here = there.clone();
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dispatch::Tailoring;
    use serde_json::json;

    fn dispatch() -> Dispatch {
        Dispatch {
            notice_id: "52fe3748-f475-4381-9dbf-31ebb08889e8".parse().unwrap(),
            version: 1,
            issued: "2026-11-20T12:00:00+01:00".parse().unwrap(),
            tailoring: Tailoring::Dfo,
        }
    }

    fn told(form: FormName, json: Value) -> Vec<String> {
        let problems = Facts::gather(form, json, &dispatch()).map(|_| ()).err().unwrap_or_default();
        problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn everything_that_is_missing_is_told_at_once() {
        assert_eq!(
            told(FormName::E1, json!({})),
            [
                "answers: required",
                "buyers: required",
                "languages: required",
                "legal_basis: required",
                "lots: required",
                "subject: required"
            ]
        );
        let mut facts: Value = serde_json::from_str(include_str!("../examples/facts/consultation.json")).unwrap();
        facts["subject"].as_object_mut().unwrap().remove("cpv");
        facts["subject"]["title"] = json!({ "NOB": "" });
        facts["answers"] = json!({ "languages": [], "by": "Friday" });
        facts["lots"][0]["subject"]["nature"] = json!("fish");
        assert_eq!(
            told(FormName::E1, facts),
            [
                "answers.by: unknown-field",
                "answers.deadline: required",
                "answers.url: required",
                "lots[0].subject.nature: not-understood",
                "subject.cpv: required",
                "subject.title (BT-21): text-not-in-language",
                "subject.title (BT-21): empty",
                "answers.languages (BT-97): required"
            ]
        );
    }

    #[test]
    fn what_is_wrong_in_a_thing_of_several_kinds_has_its_place() {
        let whole: Value = serde_json::from_str(include_str!("../examples/facts/competition.json")).unwrap();
        for (at, wrong) in [
            ("/procedure/shortlist/requests_by", json!("2027-05-15")),
            ("/procedure/shortlist/requests_by", json!(7)),
            ("/procedure/shortlist/minimum", json!(99_999)),
            ("/procedure/shortlist/invitations", json!("soon")),
            ("/procedure/kind", json!("fish")),
        ] {
            let mut facts = whole.clone();
            let Some(there) = facts.pointer_mut(at) else { panic!("the example has no {at}") };
            *there = wrong.clone();
            let field = at.trim_start_matches('/').replace('/', ".");
            assert_eq!(told(FormName::Competition, facts), [format!("{field}: not-understood")], "{wrong}");
        }
        let mut facts = whole.clone();
        facts["procedure"] =
            json!({ "kind": "open", "tenders_by": "2027-05-15", "valid_for": { "number": 3, "unit": "months" }});
        facts["subject"]["title"] = json!({});
        assert_eq!(
            told(FormName::Competition, facts),
            [
                "procedure.tenders_by: not-understood",
                "subject.title (BT-21): text-not-in-language",
                "subject.title (BT-21): text-not-in-language"
            ]
        );
        // What is right beside it is not blamed, and all that is wrong is told.
        let mut facts = whole;
        facts["procedure"]["shortlist"]["in_stages"] = json!("maybe");
        facts["procedure"]["shortlist"]["requests_by"] = json!("later");
        assert_eq!(
            told(FormName::Competition, facts),
            ["procedure.shortlist.in_stages: not-understood", "procedure.shortlist.requests_by: not-understood"]
        );
    }

    #[test]
    fn what_is_no_object_at_all_is_told_too() {
        for json in [json!(null), json!([]), json!("facts"), json!(7)] {
            for form in [FormName::E1, FormName::Planning, FormName::Competition, FormName::Result] {
                assert!(!told(form, json.clone()).is_empty());
            }
        }
    }

    #[test]
    fn nothing_of_an_example_is_published() {
        for (form, example) in [
            (FormName::E1, include_str!("../examples/facts/consultation.json")),
            (FormName::Result, include_str!("../examples/facts/result.json")),
        ] {
            let whole: Value = serde_json::from_str(example).unwrap();
            assert!(told(form, whole.clone()).is_empty());
            for name in ["languages", "buyers", "subject", "lots"] {
                let mut facts = whole.clone();
                facts.as_object_mut().unwrap().remove(name);
                assert_eq!(told(form, facts), [format!("{name}: required")]);
            }
        }
    }
}
