//! Every rule of the check, tried by someone who breaks it: one thing is changed in an example, and this is what is told.
use crate::examples::*;
use eforms_write::{Facts, Problem, Tailoring};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Changes what stands at a place; `null` takes it away.
fn change(facts: &mut Value, place: &str, to: &Value) {
    let (parent, name) = place.rsplit_once('/').unwrap();
    match facts.pointer_mut(parent).unwrap_or_else(|| panic!("{place} is nowhere")) {
        Value::Object(fields) if to.is_null() => drop(fields.remove(name)),
        Value::Object(fields) => drop(fields.insert(name.to_owned(), to.clone())),
        Value::Array(things) => things[name.parse::<usize>().unwrap()] = to.clone(),
        other => panic!("{place} is in {other}"),
    }
}

fn problems(example: Example, changes: &[(&str, Value)], tailoring: Tailoring) -> Vec<Problem> {
    let (_, form, json) = example;
    let mut facts: Value = serde_json::from_str(json).unwrap();
    changes.iter().for_each(|(place, to)| change(&mut facts, place, to));
    let facts = Facts::read(form, &facts.to_string()).unwrap();
    facts.check(&dispatch(tailoring)).err().unwrap_or_default()
}

fn told(problems: &[Problem]) -> Vec<(&str, &str, &str)> {
    problems.iter().map(|problem| (problem.field.as_str(), problem.term, problem.code)).collect()
}

/// What is changed in an example, and what is told then.
struct Attempt {
    example: Example,
    changes: Vec<(&'static str, Value)>,
    told: Vec<&'static str>,
}

fn attempts() -> Vec<Attempt> {
    let table = include_str!("problems.txt");
    let attempt = |lines: &'static str| {
        let mut lines = lines.lines().map(str::trim).filter(|line| !line.starts_with('#'));
        let name = lines.next()?;
        let example = *EXAMPLES.iter().find(|(example, ..)| *example == name).unwrap();
        let (mut changes, mut told) = (Vec::new(), Vec::new());
        for line in lines {
            match line.strip_prefix("→ ") {
                Some(problem) => told.push(problem),
                None => {
                    let (place, to) = line.split_once(" = ").unwrap();
                    changes.push((place, repeated(serde_json::from_str(to).unwrap())));
                }
            }
        }
        Some(Attempt { example, changes, told })
    };
    table.split("\n\n").filter_map(attempt).collect()
}

/// `"æ × 401"` is 401 of them.
fn repeated(value: Value) -> Value {
    match value {
        Value::String(text) => match text.split_once(" × ").map(|(what, times)| (what, times.parse())) {
            Some((what, Ok(times))) => json!(what.repeat(times)),
            _ => json!(text),
        },
        Value::Object(fields) => fields.into_iter().map(|(name, value)| (name, repeated(value))).collect(),
        other => other,
    }
}

#[test]
fn whoever_breaks_a_rule_is_told_which_and_where() {
    for Attempt { example, changes, told: expected } in attempts() {
        let problems = problems(example, &changes, Tailoring::Dfo);
        let found: Vec<String> =
            told(&problems).iter().map(|(field, term, code)| format!("{field} {term} {code}")).collect();
        assert_eq!(found, expected, "{} with {changes:?}", example.0);
    }
}

#[test]
fn what_is_told_of_several_lots_is_told_of_all_of_them_together() {
    let (_, _, json) = PLANNING_NATIONAL;
    let mut facts: Value = serde_json::from_str(json).unwrap();
    let mut second = facts["parts"][0].clone();
    second["period"] = json!({ "kind": "dates", "start": "2027-06-01", "end": "2028-06-01" });
    facts["parts"][0]["period"] = json!({ "kind": "dates", "start": "2027-06-02", "end": "2028-06-01" });
    let parts = json!([facts["parts"][0], second]);
    let found = problems(PLANNING_NATIONAL, &[("/parts", parts)], Tailoring::Dfo);
    assert_eq!(
        told(&found),
        [("parts", "BT-22", "twice"), ("subject.value", "BT-27", "sum-differs"), ("parts", "BT-536", "dates-differ")]
    );
}

#[test]
fn there_is_one_winner_unless_it_is_a_framework_agreement_and_no_contract_is_told_twice() {
    let (_, _, json) = RESULT;
    let facts: Value = serde_json::from_str(json).unwrap();
    let winner = &facts["lots"][0]["outcome"]["winners"][0];
    let twice = [("/lots/0/outcome/winners", json!([winner, winner]))];
    let found = problems(RESULT, &twice, Tailoring::Dfo);
    assert_eq!(told(&found), [("lots[0].outcome.winners", "BT-142", "only-one-winner"), ("lots", "BT-150", "twice")]);
}

#[test]
fn a_notice_has_an_id_that_is_random_and_a_version() {
    let (_, form, json) = CONSULTATION;
    let dispatch = eforms_write::Dispatch { notice_id: uuid::Uuid::nil(), version: 100, ..dispatch(Tailoring::Dfo) };
    let found = Facts::read(form, json).unwrap().check(&dispatch).unwrap_err();
    assert_eq!(told(&found), [("notice_id", "BT-701", "uuid-not-random"), ("version", "BT-757", "version-impossible")]);
}

#[test]
fn below_the_thresholds_norwegian_is_enough_in_doffin_and_nowhere_else() {
    let norwegian = [("/languages/official", json!(null))];
    assert_eq!(told(&problems(PLANNING_NATIONAL, &norwegian, Tailoring::Dfo)), []);
    let found = problems(PLANNING_NATIONAL, &norwegian, Tailoring::Plain);
    assert_eq!(told(&found), [("languages.official", "BT-702", "required")]);
}

#[test]
fn what_cannot_be_said_is_not_read() {
    let (_, form, json) = COMPETITION;
    let misread = |place: &str, to: Value| {
        let mut facts: Value = serde_json::from_str(json).unwrap();
        change(&mut facts, place, &to);
        Facts::read(form, &facts.to_string()).unwrap_err().to_string()
    };
    assert!(misread("/procedur", json!({})).contains("unknown field `procedur`"));
    assert!(misread("/lots/0/strategic/innovation/kinds", json!(["org-nov"])).contains("unknown variant `org-nov`"));
    assert!(misread("/procedure/tenders_by", json!("2027-05-15T12:00:00+02:00")).contains("unknown field"));
    assert!(misread("/subject/value", json!(-1)).contains("no amount of kroner"));
}

/// Each code has its sentence among the texts of the product, in each language, and no sentence is there for nothing.
#[test]
fn every_code_has_a_sentence() {
    let mut codes: BTreeSet<&str> =
        attempts().iter().flat_map(|attempt| &attempt.told).filter_map(|told| told.split(' ').nth(2)).collect();
    codes.extend(["dates-differ", "only-one-winner"]); // by the tests above
    codes.extend(["not-understood", "unknown-field"]); // by those of `gather`
    // Where the page asks for it, it says how to write it.
    codes.extend(["competition-expected-not-understood", "subject-value-not-understood"]);
    // These three are told of other input too, and stand with its errors.
    let elsewhere = ["control-character", "required", "too-long"];
    elsewhere.iter().for_each(|code| assert!(codes.remove(code)));
    let texts = concat!(env!("CARGO_MANIFEST_DIR"), "/../../texts");
    for language in ["nb", "nn", "en"] {
        let sentences = std::fs::read_to_string(format!("{texts}/{language}/notice_drafts.ftl")).unwrap();
        let keys = sentences.lines().filter_map(|line| line.strip_prefix("error-")?.split_once(" = "));
        let sentences: BTreeSet<&str> = keys.map(|(code, _)| code).collect();
        assert_eq!(sentences, codes);
    }
}
