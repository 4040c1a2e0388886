//! What holds for all facts: what passes the check is a document, always the same one, and valid.
//!
//! That it is valid is for others to say, who have written their rules down: `validate.sh` hands them the notices that
//! [`random_notices_are_written_for_the_validators`] leaves.
use crate::arbitrary::{dispatch, facts};
use crate::spoil::spoil;
use eforms_write::codes::ProcedureKind;
use eforms_write::{Dispatch, Facts, FormName, Notice, Tailoring};
use proptest::prelude::*;
use proptest::strategy::{Union, ValueTree};
use proptest::test_runner::{Config, TestRunner};
use std::fs;
use std::path::PathBuf;

const FORMS: [FormName; 4] = [FormName::E1, FormName::Planning, FormName::Competition, FormName::Result];

/// Every form, above and below the thresholds, by every procedure, for DFØ and for others.
fn cases() -> Vec<(FormName, bool, ProcedureKind, Tailoring)> {
    let mut cases = Vec::new();
    for form in FORMS {
        let procedures = match form {
            FormName::E1 | FormName::Planning => &ProcedureKind::ALL[..1],
            FormName::Competition | FormName::Result => ProcedureKind::ALL,
        };
        for national in [false, true] {
            for procedure in procedures {
                for tailoring in [Tailoring::Dfo, Tailoring::Plain] {
                    cases.push((form, national, *procedure, tailoring));
                }
            }
        }
    }
    cases
}

fn written(notice: &Notice) -> String {
    let mut bytes = Vec::new();
    notice.write_to(&mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// Facts as they are told, and what is left of them after some mishaps, as long as it can be read.
fn spoilt(form: FormName, facts: &Facts, dice: &[[u32; 3]]) -> Option<Facts> {
    let mut value = serde_json::to_value(facts).unwrap();
    dice.iter().for_each(|dice| spoil(&mut value, *dice));
    Facts::read(form, &value.to_string()).ok()
}

fn case() -> impl Strategy<Value = (FormName, Facts, Dispatch, Vec<[u32; 3]>)> {
    let strategy = |(form, national, procedure, tailoring)| {
        let dice = prop::collection::vec(any::<[u32; 3]>(), 1..3);
        (Just(form), facts(form, national, procedure), dispatch(tailoring), dice).boxed()
    };
    Union::new(cases().into_iter().map(strategy))
}

proptest! {
    #![proptest_config(Config::with_cases(64))]

    #[test]
    fn facts_are_read_as_they_were_written((form, facts, _, _) in case()) {
        let json = serde_json::to_string(&facts).unwrap();
        prop_assert_eq!(Facts::read(form, &json).unwrap(), facts);
    }

    #[test]
    fn whatever_happens_to_facts_they_are_written_well_or_every_problem_has_its_place(
        (form, facts, dispatch, dice) in case()
    ) {
        for facts in [Some(facts.clone()), spoilt(form, &facts, &dice)].into_iter().flatten() {
            match facts.check(&dispatch) {
                Ok(notice) => {
                    let xml = written(&notice);
                    prop_assert_eq!(&xml, &written(&facts.check(&dispatch).unwrap()));
                    well_formed(&xml)?;
                }
                Err(problems) => prop_assert!(problems.iter().all(|p| !p.field.is_empty() && !p.term.is_empty())),
            }
        }
    }
}

fn well_formed(xml: &str) -> Result<(), TestCaseError> {
    let mut reader = quick_xml::Reader::from_str(xml);
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => return Ok(()),
            Ok(_) => {}
            Err(e) => return Err(TestCaseError::fail(e.to_string())),
        }
    }
}

/// Leaves notices of every kind in a folder. `PROPTEST_CASES` says how many of each.
#[test]
#[ignore = "for validate.sh, which hands the notices to the validators of the EU and of DFØ"]
fn random_notices_are_written_for_the_validators() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("notices");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let number = Config::default().cases;
    let mut runner = TestRunner::default();
    for (form, national, procedure, tailoring) in cases() {
        let strategy = (facts(form, national, procedure), dispatch(tailoring), any::<[[u32; 3]; 2]>());
        let (mut passed, mut tried) = (0, 0);
        while passed < number {
            tried += 1;
            assert!(
                tried < 50 * number.max(20),
                "{form:?} {national} {procedure:?}: too little gets through the check"
            );
            let (facts, dispatch, dice) = strategy.new_tree(&mut runner).unwrap().current();
            // Every other one is spoilt: what the check lets through then is where it may have been too kind.
            let facts =
                if tried % 2 == 0 { spoilt(form, &facts, &dice[..1 + tried as usize % 4 / 2]) } else { Some(facts) };
            let Some(Ok(notice)) = facts.map(|facts| facts.check(&dispatch).map(|notice| (notice, facts))) else {
                continue;
            };
            let (notice, facts) = notice;
            passed += 1;
            let level = if national { "national" } else { "eea" };
            let name = format!("{form:?}-{level}-{}-{tailoring:?}-{passed:04}", procedure.as_str()).to_lowercase();
            fs::write(folder.join(&name).with_extension("xml"), written(&notice)).unwrap();
            fs::write(folder.join(&name).with_extension("json"), serde_json::to_string_pretty(&facts).unwrap())
                .unwrap();
        }
    }
}
