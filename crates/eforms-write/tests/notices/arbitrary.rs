//! Random facts, of every form: mostly right, since they are to get through the check, and up to the edges of what is.
mod parts; // what the forms share
mod purchase; // competitions
mod result; // how they end

use eforms_write::codes::{Code, OfficialLanguages, ProcedureKind};
use eforms_write::facts::consultation::Answers;
use eforms_write::facts::*;
use eforms_write::languages::{Languages, Norwegian};
use eforms_write::{Dispatch, Facts, FormName, Tailoring};
use parts::*;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use purchase::competition;
use result::result;
use serde_json::Value;

pub fn dispatch(tailoring: Tailoring) -> impl Strategy<Value = Dispatch> {
    (uuid(), 1..=99u8).prop_map(move |(notice_id, version)| Dispatch {
        notice_id,
        version,
        issued: issued(),
        tailoring,
    })
}

/// Facts of a form; of a competition or its result, by the procedure that is asked for.
pub fn facts(form: FormName, national: bool, procedure: ProcedureKind) -> BoxedStrategy<Facts> {
    let facts = match form {
        FormName::E1 => consultation().prop_map(Facts::Consultation).boxed(),
        FormName::Planning => planning(national).prop_map(Facts::Planning).boxed(),
        FormName::Competition => competition(national, procedure).prop_map(Facts::Competition).boxed(),
        FormName::Result => result(national, procedure).prop_map(Facts::Result).boxed(),
    };
    (facts, languages(national)).prop_map(move |(facts, languages)| translated(form, &facts, &languages)).boxed()
}

/// Where the rules of Norway alone hold, they are named in English, or not at all.
fn languages(national: bool) -> impl Strategy<Value = Languages> {
    let official = match national {
        true => of(Just(THEIRS)).boxed(),
        false => prop_oneof![2 => Just(THEIRS), 1 => any_code::<OfficialLanguages>()].prop_map(Some).boxed(),
    };
    (select(Norwegian::ALL), official)
        .prop_map(|(norwegian, official)| Languages { norwegian, official: official.map(Code::new) })
}

/// The same facts, as if they had been told in other languages.
fn translated(form: FormName, facts: &Facts, languages: &Languages) -> Facts {
    fn translate(value: &mut Value, ours: &str, theirs: &str) {
        match value {
            Value::Object(fields) => {
                for (language, into) in [(OURS, ours), (THEIRS, theirs)] {
                    if let Some(words) = fields.remove(language) {
                        fields.insert(into.to_owned(), words);
                    }
                }
                fields.values_mut().for_each(|value| translate(value, ours, theirs));
            }
            Value::Array(things) => things.iter_mut().for_each(|value| translate(value, ours, theirs)),
            _ => {}
        }
    }
    let mut value = serde_json::to_value(facts).unwrap();
    let theirs = languages.official.as_ref().map_or(THEIRS, |language| language.as_str());
    translate(&mut value, languages.norwegian.as_str(), theirs);
    value["languages"] = serde_json::to_value(languages).unwrap();
    Facts::read(form, &value.to_string()).unwrap()
}

fn consultation() -> impl Strategy<Value = Consultation> {
    let basis = legal_basis("E1");
    let lots = vec((subject(), of(period())).prop_map(|(subject, period)| Lot { subject, period }), 1..4);
    let answers = (later(20..60), url(), submission_languages()).prop_map(|(deadline, url, languages)| Answers {
        deadline,
        url,
        languages,
    });
    let rest = (of(documents()), of(later(1..20)), of(day(1..400)), of(previous()), values());
    (basis, any::<bool>().prop_flat_map(buyers), subject(), lots, answers, rest).prop_map(
        move |(
            legal_basis,
            buyers,
            mut subject,
            mut lots,
            answers,
            (documents, questions_until, competition_expected, previous, values),
        )| {
            divided(&mut subject, &mut lots.iter_mut().map(|lot| &mut lot.subject).collect::<Vec<_>>(), values);
            Consultation {
                languages: told(),
                legal_basis,
                buyers,
                subject,
                lots,
                answers,
                documents,
                questions_until,
                competition_expected,
                previous,
            }
        },
    )
}

fn planning(national: bool) -> impl Strategy<Value = Planning> {
    let basis = legal_basis(if national { "E2" } else { "4" });
    let parts = vec((subject(), of(period())).prop_map(|(subject, period)| Lot { subject, period }), 1..4);
    let rest = (
        required_unless(national, day(1..400)),
        required_unless(national, organisation()),
        of(documents()),
        of(previous()),
        values(),
    );
    (basis, buyers(national), subject(), parts, rest).prop_map(
        move |(
            legal_basis,
            buyers,
            mut subject,
            mut parts,
            (competition_expected, review, documents, previous, values),
        )| {
            divided(&mut subject, &mut parts.iter_mut().map(|lot| &mut lot.subject).collect::<Vec<_>>(), values);
            Planning {
                languages: told(),
                legal_basis,
                buyers,
                subject,
                parts,
                competition_expected,
                review,
                documents,
                previous,
            }
        },
    )
}
