//! The examples of facts, which the documentation shows too; what becomes of them.
use eforms_write::{Dispatch, Facts, FormName, Notice, Tailoring};

/// An example: its name, its form, and its facts.
pub type Example = (&'static str, FormName, &'static str);

macro_rules! example {
    ($name:literal, $form:ident) => {
        ($name, FormName::$form, include_str!(concat!("../../examples/facts/", $name, ".json")))
    };
}

pub const CONSULTATION: Example = example!("consultation", E1);
pub const PLANNING: Example = example!("planning", Planning);
pub const PLANNING_NATIONAL: Example = example!("planning-national", Planning);
pub const COMPETITION: Example = example!("competition", Competition);
pub const COMPETITION_NATIONAL: Example = example!("competition-national", Competition);
pub const RESULT: Example = example!("result", Result);
pub const RESULT_NATIONAL: Example = example!("result-national", Result);

pub const EXAMPLES: [Example; 7] =
    [CONSULTATION, PLANNING, PLANNING_NATIONAL, COMPETITION, COMPETITION_NATIONAL, RESULT, RESULT_NATIONAL];

pub fn dispatch(tailoring: Tailoring) -> Dispatch {
    Dispatch {
        notice_id: "52fe3748-f475-4381-9dbf-31ebb08889e8".parse().unwrap(),
        version: 1,
        issued: "2026-11-20T12:00:00+01:00".parse().unwrap(),
        tailoring,
    }
}

pub fn written(notice: &Notice) -> String {
    let mut bytes = Vec::new();
    notice.write_to(&mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn every_example_is_written_for_doffin_and_for_others() {
    for (name, form, json) in EXAMPLES {
        let facts = Facts::read(form, json).unwrap();
        for tailoring in [Tailoring::Dfo, Tailoring::Plain] {
            let notice = facts.check(&dispatch(tailoring)).unwrap();
            let name = format!("{name}-{tailoring:?}").to_lowercase();
            insta::assert_snapshot!(name, written(&notice));
        }
    }
}
