//! All notices of the corpus of standards: that they are read, what is read, and what is counted over them.
//!
//! The corpus is not part of the project: `NOTICES_CORPUS` names its folder. Without it these tests say so and pass.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a test may stop where it cannot go on, and this one is told by the environment where its data is"
)]
use eforms_read::facts::codelists::{FormType, LotKind, ProcedureType, Submission, WinnerChosen};
use eforms_read::facts::{Code, Codelist, FlagKind, LotResult, Notice, Statistic};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The folder of the corpus, if the environment names one.
fn corpus() -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("NOTICES_CORPUS").map(PathBuf::from) else {
        eprintln!("passed over: NOTICES_CORPUS names no corpus of notices");
        return None;
    };
    assert!(folder.join("manifest.csv").exists(), "there is no corpus of notices at {}", folder.display());
    Some(folder)
}

fn read(path: &Path) -> Notice {
    let xml = std::fs::read(path).unwrap();
    eforms_read::read(&xml).unwrap_or_else(|unreadable| panic!("{}: {unreadable}", path.display()))
}

fn text<T: AsRef<str>>(text: &Option<T>) -> Value {
    text.as_ref().map_or(Value::Null, |text| text.as_ref().into())
}

/// What the reference says of a notice, from our facts.
fn fields(path: &str, notice: &Notice) -> Value {
    let kinds = |kind: LotKind| notice.lots.iter().filter(|lot| lot.kind == Some(Code::Known(kind))).count();
    let sorted = |mut codes: Vec<String>| {
        codes.sort();
        codes.dedup();
        codes
    };
    let of_lots =
        |codes: fn(&eforms_read::facts::Lot) -> Vec<String>| sorted(notice.lots.iter().flat_map(codes).collect());
    let places = notice.project.places.iter().filter_map(|place| place.nuts.as_deref().map(str::to_owned)).collect();
    json!({
        "path": path,
        "notice_id": text(&notice.id),
        "version": text(&notice.version),
        "subtype": notice.subtype,
        "form": notice.form,
        "notice_type": notice.notice_type,
        "legal_basis": text(&notice.legal_basis),
        "procedure": notice.procedure.kind,
        "country": notice.country(),
        "issue_date": notice.issued.date.map(|date| date.day.to_string()),
        "buyer_legal_type": notice.legal_type(),
        "nature": notice.project.nature,
        "cpv": notice.project.cpv.as_ref().map(|cpv| cpv.as_str()),
        "nuts": sorted(places),
        "lots": kinds(LotKind::Lot),
        "parts": kinds(LotKind::Part),
        "bt06": of_lots(|lot| lot.project.strategy.aims.iter().map(ToString::to_string).collect()),
        "bt776": of_lots(|lot| lot.project.strategy.innovation.iter().map(ToString::to_string).collect()),
        "change": notice.change.is_some(),
        "est_value": notice.project.estimated_value.map(|amount| amount.number.to_string()),
        "currency": notice.project.estimated_value.and_then(|amount| amount.currency),
        "notice_value": notice.result.value.map(|amount| amount.number.to_string()),
        "winner_sizes": notice.organisations.iter().filter_map(|o| o.size.clone()).collect::<Vec<_>>(),
        "lot_results": notice.result.lots.iter().map(|result| json!({
            "lot": result.lot.as_ref().map(|lot| &*lot.id),
            "result": result.outcome,
            "stats": statistics(&result.statistics),
            "non_award": result.not_awarded,
        })).collect::<Vec<_>>(),
    })
}

fn statistics(statistics: &[Statistic]) -> Map<String, Value> {
    let numbers = statistics.iter().filter_map(|statistic| {
        let count = statistic.count?.number().map_or(-1, i64::from);
        Some((statistic.of.as_ref()?.to_string(), count.into()))
    });
    numbers.collect()
}

#[test]
fn every_field_of_the_reference_is_equal() {
    let Some(corpus) = corpus() else { return };
    for (list, rows) in [("reference_fields_all.jsonl", 502), ("reference_fields_real.jsonl", 406)] {
        let lines = std::fs::read_to_string(corpus.join(list)).unwrap();
        let mut differences = Vec::new();
        for line in lines.lines() {
            let expected: Value = serde_json::from_str(line).unwrap();
            let path = expected["path"].as_str().unwrap();
            let found = fields(path, &read(&corpus.join(path)));
            let expected = expected.as_object().unwrap();
            assert_eq!(expected.len(), found.as_object().unwrap().len());
            for (name, value) in expected {
                if found[name] != *value {
                    differences.push(format!("{path} {name}: {} and not {value}", found[name]));
                }
            }
        }
        assert_eq!(lines.lines().count(), rows);
        assert!(differences.is_empty(), "{} differences in {list}:\n{}", differences.len(), differences.join("\n"));
    }
}

/// How many there are of each, under the name of it, or under `(none)`.
fn tally<T: AsRef<str>>(items: impl Iterator<Item = Option<T>>) -> Value {
    let mut counts = BTreeMap::<String, u32>::new();
    for item in items {
        *counts.entry(item.map_or("(none)".to_owned(), |item| item.as_ref().to_owned())).or_default() += 1;
    }
    json!(counts)
}

fn written<L: Codelist>(code: &Option<Code<L>>) -> Option<String> {
    code.as_ref().map(ToString::to_string)
}

fn procedures(notices: &[&Notice]) -> Value {
    let kinds = || notices.iter().map(|notice| written(&notice.procedure.kind));
    let friendly = [ProcedureType::InnovationPartnership, ProcedureType::CompetitiveDialogue];
    let is_friendly = |notice: &&&Notice| {
        notice.procedure.kind.as_ref().and_then(Code::known).is_some_and(|kind| friendly.contains(&kind))
    };
    json!({
        "n": notices.len(),
        "with_procedure": kinds().flatten().count(),
        "by_procedure": tally(kinds()),
        "innovation_friendly": notices.iter().filter(is_friendly).count(),
    })
}

/// The statistics of the reference. Changes of notices are left out where competitions and results are counted.
fn counted(notices: &[Notice]) -> Value {
    let of_form = |form: FormType| -> Vec<&Notice> {
        notices.iter().filter(|n| n.change.is_none() && n.form.as_ref().is_some_and(|f| *f == form)).collect()
    };
    let (competitions, results) = (of_form(FormType::Competition), of_form(FormType::Result));
    let innovation = |notice: &Notice| -> Vec<String> {
        let codes: std::collections::BTreeSet<_> =
            notice.lots.iter().flat_map(|lot| &lot.project.strategy.innovation).map(ToString::to_string).collect();
        codes.into_iter().collect()
    };
    let aims = |notice: &Notice| -> Vec<String> {
        let codes: std::collections::BTreeSet<_> =
            notice.lots.iter().flat_map(|lot| &lot.project.strategy.aims).map(ToString::to_string).collect();
        codes.into_iter().collect()
    };
    let lots: Vec<&LotResult> = results.iter().flat_map(|notice| &notice.result.lots).collect();
    let awarded: Vec<&&LotResult> =
        lots.iter().filter(|lot| lot.outcome == Some(Code::Known(WinnerChosen::Awarded))).collect();
    let received = |lot: &LotResult, kind: Submission| {
        let of_kind = lot.statistics.iter().rfind(|s| s.of == Some(Code::Known(kind)));
        of_kind.and_then(|statistic| statistic.count?.number())
    };
    let tenders: Vec<u32> = awarded.iter().filter_map(|lot| received(lot, Submission::Tenders)).collect();
    let of_small: Vec<(u32, u32)> = awarded
        .iter()
        .filter_map(|lot| Some((received(lot, Submission::SmallOrMedium)?, received(lot, Submission::Tenders)?)))
        .collect();
    let many_lots =
        |notice: &&&Notice| notice.lots.iter().filter(|lot| lot.kind == Some(Code::Known(LotKind::Lot))).count() > 1;
    let no_call = |notice: &&&Notice| notice.procedure.kind == Some(Code::Known(ProcedureType::NegotiatedWithoutCall));
    json!({
        "notices": notices.len(),
        "by_form": tally(notices.iter().map(|n| written(&n.form))),
        "by_subtype": tally(notices.iter().map(|n| written(&n.subtype))),
        "competition": procedures(&competitions),
        "result": procedures(&results),
        "bt776_notices": notices.iter().filter(|n| !innovation(n).is_empty()).count(),
        "bt776_codes": tally(notices.iter().flat_map(innovation).map(Some)),
        "bt06": tally(notices.iter().flat_map(aims).map(Some)),
        "by_country": tally(notices.iter().map(|n| n.country().map(|country| country.to_string()))),
        "by_buyer_legal_type": tally(notices.iter().map(|n| n.legal_type().map(ToString::to_string))),
        "by_nature": tally(notices.iter().map(|n| written(&n.project.nature))),
        "by_cpv_division": tally(notices.iter().map(|n| n.project.cpv.as_ref().and_then(|cpv| cpv.division()))),
        "by_month": tally(notices.iter().map(|n| n.issued.date.map(|date| date.day.format("%Y-%m").to_string()))),
        "lot_results": lots.len(),
        "lot_results_awarded": awarded.len(),
        "lots_with_tender_count": tenders.len(),
        "single_bidder_lots": tenders.iter().filter(|count| **count == 1).count(),
        "tenders_total": tenders.iter().sum::<u32>(),
        "sme_lots": of_small.len(),
        "sme_tenders": of_small.iter().map(|(small, _)| small).sum::<u32>(),
        "sme_base_tenders": of_small.iter().map(|(_, all)| all).sum::<u32>(),
        "no_call_results": results.iter().filter(no_call).count(),
        "multi_lot": results.iter().filter(many_lots).count(),
    })
}

#[test]
fn the_statistics_of_the_reference_are_reproduced() {
    let Some(corpus) = corpus() else { return };
    for name in ["all", "real"] {
        let rows = std::fs::read_to_string(corpus.join(format!("reference_fields_{name}.jsonl"))).unwrap();
        let paths =
            rows.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["path"].as_str().unwrap().to_owned());
        let notices: Vec<Notice> = paths.map(|path| read(&corpus.join(path))).collect();
        let norwegian = |notice: &&Notice| notice.country().is_some_and(|country| country == *"NOR");
        let in_norway: Vec<Notice> = notices.iter().filter(norwegian).cloned().collect();
        let expected = std::fs::read_to_string(corpus.join(format!("reference_stats_{name}.json"))).unwrap();
        let expected: Value = serde_json::from_str(&expected).unwrap();
        for (part, notices) in [("all", &notices), ("norway", &in_norway)] {
            let found = counted(notices);
            for (what, value) in expected[part].as_object().unwrap() {
                assert_eq!(found[what], *value, "{what} of {part} in reference_stats_{name}.json");
            }
        }
    }
}

#[test]
fn every_notice_is_read() {
    let Some(corpus) = corpus() else { return };
    let mut manifest = csv(&std::fs::read_to_string(corpus.join("manifest.csv")).unwrap());
    let header = manifest.remove(0);
    let column = |name: &str| header.iter().position(|other| other == name).unwrap();
    let (path, id, version, subtype) = (column("path"), column("notice_id"), column("version"), column("subtype"));
    assert_eq!(manifest.len(), 719);
    for row in &manifest {
        let notice = read(&corpus.join(&row[path]));
        let found = [notice.id.as_deref(), notice.version.as_deref(), notice.subtype.as_ref().map(Code::as_str)];
        let found = found.map(Option::unwrap_or_default);
        assert_eq!(found, [&row[id], &row[version], &row[subtype]].map(String::as_str), "{}", row[path]);
    }
    // One more than the manifest has: the example of a Norwegian E1.
    read(&corpus.join("norway-sdk-tests/EXAMPLE_E1_norwegian_eu_profile_sdk1.14.xml"));
}

/// The fields of the SDKs beside the corpus, each in a notice of its own: none is where it does not belong, whether it is asked for
/// here or not.
#[test]
fn no_field_of_eforms_is_told_to_stand_in_an_unknown_element() {
    let Some(corpus) = corpus() else { return };
    let mut fields = 0;
    for folder in std::fs::read_dir(corpus.parent().unwrap()).unwrap().map(|entry| entry.unwrap().path()) {
        let Ok(sdk) = std::fs::read(folder.join("fields/fields.json")) else { continue };
        let sdk: Value = serde_json::from_slice(&sdk).unwrap();
        for field in sdk["fields"].as_array().unwrap() {
            // Without conditions, which may have slashes in them, and without the attribute or the root that it may begin or end with.
            let mut path = field["xpathAbsolute"].as_str().unwrap().to_owned();
            while let Some(close) = path.find(']') {
                let open = path[..close].rfind('[').unwrap();
                path.replace_range(open..=close, "");
            }
            let steps: Vec<&str> =
                path.split('/').filter(|step| step.contains(':') && !step.starts_with('@')).collect();
            let open: String = steps.iter().map(|step| format!("<{step}>")).collect();
            let close: String = steps.iter().rev().map(|step| format!("</{step}>")).collect();
            let notice =
                eforms_read::read(format!("<ContractNotice>{open}1{close}</ContractNotice>").as_bytes()).unwrap();
            let told = notice.flags.iter().find(|flag| flag.kind == FlagKind::Misplaced && flag.field.is_empty());
            assert_eq!(told, None, "{}", field["id"]);
            fields += 1;
        }
    }
    assert!(fields > 1_000, "{fields} fields beside the corpus");
}

/// What is stored of a notice is JSON: nothing may be lost on the way there and back.
#[test]
fn facts_come_back_from_json_as_they_were() {
    let Some(corpus) = corpus() else { return };
    for folder in std::fs::read_dir(&corpus).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        for file in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let notice = read(&file);
            let json = serde_json::to_string(&notice).unwrap();
            assert_eq!(serde_json::from_str::<Notice>(&json).unwrap(), notice, "{}", file.display());
        }
    }
}

/// Rows of CSV with quotes around some of the values.
fn csv(text: &str) -> Vec<Vec<String>> {
    let row = |line: &str| {
        let (mut row, mut quoted) = (vec![String::new()], false);
        for character in line.chars() {
            match character {
                '"' => quoted = !quoted,
                ',' if !quoted => row.push(String::new()),
                other => row.last_mut().unwrap().push(other),
            }
        }
        row
    };
    text.lines().map(row).collect()
}

/// What is wrong with the notices of the corpus, counted by kind. A change here is a change of what users are told.
#[test]
fn flags_are_counted() {
    let Some(corpus) = corpus() else { return };
    let mut counts = BTreeMap::<(&str, String), (u32, u32)>::new();
    for folder in std::fs::read_dir(&corpus).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        for file in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let notice = read(&file);
            let mut seen = std::collections::BTreeSet::new();
            for flag in &notice.flags {
                let count = counts.entry((flag.kind.as_str(), flag.field.to_string())).or_default();
                count.0 += 1;
                count.1 += u32::from(seen.insert((flag.kind.as_str(), flag.field.to_string())));
            }
        }
    }
    for ((kind, field), (flags, notices)) in counts {
        eprintln!("{flags:6} flags in {notices:4} notices: {kind:28} {field}");
    }
}
