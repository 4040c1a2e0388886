//! Notices become releases of OCDS: all of them, whatever is wrong with them.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a test may stop where it cannot go on, and this one is told by the environment where its data is"
)]
use brobygger::notices::Notice;
use brobygger::ocds::{Origin, Release, Settings, releases_of_notice};
use chrono::{DateTime, Utc};
use insta::assert_json_snapshot;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Instant;

fn settings() -> Settings {
    Settings {
        prefix: "ocds-xxxxxx".to_owned(),
        publisher: "Brobygger".to_owned(),
        publisher_number: String::new(),
        licence: String::new(),
    }
}

fn releases(notice: &Notice) -> Vec<Release> {
    let read_at: DateTime<Utc> = "2026-11-21T11:00:00Z".parse().unwrap();
    releases_of_notice(notice, Origin { id: "0f0f", first: None, read_at: read_at.into() }, &settings())
}

fn fixture(name: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/eforms-read/tests/fixtures").join(name);
    let notice = eforms_read::read(&std::fs::read(path).unwrap()).unwrap();
    releases(&notice).iter().map(|release| json!(release)).collect()
}

#[test]
fn notices_of_every_kind_become_releases() {
    for name in [
        "e1-consultation",
        "e2-planning",
        "e3-competition-with-climate",
        "e4-result",
        "30-result-withheld",
        "38-modification",
        "16-cancelled",
    ] {
        assert_json_snapshot!(name, fixture(&format!("{name}.xml")));
    }
}

#[test]
fn the_parts_of_a_plan_are_processes_of_their_own() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/eforms-read/tests/fixtures/4-planning-of-parts.xml");
    let mut notice = eforms_read::read(&std::fs::read(path).unwrap()).unwrap();
    let mut second = notice.lots[0].clone();
    second.id = Some("PAR-0002".into());
    notice.lots.push(second);
    let releases: Vec<Value> = releases(&notice).iter().map(|release| json!(release)).collect();
    let parts: Vec<Value> = releases.iter().map(|release| release["tender"]["lots"].clone()).collect();
    assert!(releases.len() == 2 && parts.iter().all(|lots| lots.as_array().is_some_and(|lots| lots.len() == 1)));
    let processes: BTreeSet<&str> = releases.iter().filter_map(|release| release["ocid"].as_str()).collect();
    assert_eq!(processes.len(), releases.len());
}

/// A result whose lot is not in the notice is of the only one, and of none where there are several.
#[test]
fn a_reference_to_a_lot_leads_to_one_or_is_left_out() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/eforms-read/tests/fixtures/e4-result.xml");
    let mut notice = eforms_read::read(&std::fs::read(path).unwrap()).unwrap();
    notice.lots.truncate(1);
    notice.lots[0].id = None;
    notice.result.lots.truncate(1);
    let dangling = eforms_read::facts::Reference { id: "LOT-0000".into(), at: None };
    notice.result.lots[0].lot = Some(dangling);
    let awarded = |notice: &Notice| json!(releases(notice)[0])["awards"][0]["relatedLots"].clone();
    assert_eq!(awarded(&notice), json!(["#1"]));
    notice.lots.push(notice.lots[0].clone());
    assert_eq!(awarded(&notice), Value::Null);
    notice.lots[1].kind = Some(eforms_read::facts::Code::Known(eforms_read::facts::codelists::LotKind::LotsGroup));
    let release = json!(releases(&notice)[0]);
    let items: Vec<&Value> = release["tender"]["items"].as_array().unwrap().iter().map(|i| &i["relatedLot"]).collect();
    assert_eq!(items, [&json!("#1"), &Value::Null], "a group is no lot");
}

#[test]
fn the_registration_of_a_company_is_no_contracting_process() {
    assert_eq!(fixture("x02-registration.xml"), Vec::<Value>::new());
}

#[test]
fn a_notice_without_identifiers_is_one_process_by_its_document() {
    let releases = fixture("16-without-identifiers.xml");
    assert!(releases[0]["ocid"].as_str().unwrap().starts_with("ocds-xxxxxx-"));
    assert_eq!(releases, fixture("16-without-identifiers.xml"), "the same notice, the same release");
}

#[test]
fn an_innovation_partnership_is_seen_in_the_method_and_in_the_goals() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/eforms-write/examples/facts/competition.json");
    let facts = eforms_write::Facts::read(eforms_write::FormName::Competition, &std::fs::read_to_string(path).unwrap())
        .unwrap();
    let dispatch = eforms_write::Dispatch {
        notice_id: "52fe3748-f475-4381-9dbf-31ebb08889e8".parse().unwrap(),
        version: 1,
        issued: "2026-11-20T12:00:00+01:00".parse().unwrap(),
        tailoring: eforms_write::Tailoring::Dfo,
    };
    let mut xml = Vec::new();
    facts.check(&dispatch).unwrap().write_to(&mut xml).unwrap();
    let release = json!(releases(&eforms_read::read(&xml).unwrap())[0]);
    assert_eq!(release["tender"]["procurementMethod"], "selective");
    assert_eq!(release["tender"]["procurementMethodDetails"], "innovation: Innovation partnership");
    let goals: Vec<&Value> =
        release["tender"]["lots"][0]["sustainability"].as_array().unwrap().iter().map(|goal| &goal["goal"]).collect();
    assert!(goals.contains(&&json!("economic.innovativePurchase")), "{goals:?}");
}

/// As 733949-2023 has it, and an example of the SDK that is of a year in which Oslo had seconds of its own.
#[test]
fn nothing_is_no_most_and_an_old_day_is_a_time_of_rfc_3339() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/eforms-read/tests/fixtures/e4-result.xml");
    let mut notice = eforms_read::read(&std::fs::read(path).unwrap()).unwrap();
    let day = eforms_read::facts::Date { day: "0001-02-02".parse().unwrap(), zone: None };
    notice.issued = eforms_read::facts::Moment { date: Some(day), time: None };
    for tender in &mut notice.result.tenders {
        tender.subcontracted_percent = Some("0".parse().unwrap());
    }
    let release = json!(releases(&notice)[0]);
    assert_eq!(release["date"], "0001-02-02T00:00:00+00:53");
    let told = &release["bids"]["details"][0]["subcontracting"];
    assert_eq!((&told["minimumPercentage"], &told["maximumPercentage"]), (&json!(0.0), &Value::Null));
}

/// Everything that refers to something else in a release must find it.
fn refers_only_to_what_is_there(release: &Value) {
    let ids = |list: &Value| -> Vec<String> {
        let items = list.as_array().cloned().unwrap_or_default();
        items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
    };
    let once = |ids: &[String]| ids.len() == ids.iter().collect::<BTreeSet<_>>().len();
    let (parties, awards) = (ids(&release["parties"]), ids(&release["awards"]));
    let lots = ids(&release["tender"]["lots"]);
    for list in [&parties, &awards, &lots, &ids(&release["contracts"]), &ids(&release["bids"]["details"])] {
        assert!(once(list), "{list:?} in {}", release["id"]);
    }
    if let Some(buyer) = release["buyer"]["id"].as_str() {
        assert!(parties.iter().any(|id| id == buyer));
    }
    for contract in release["contracts"].as_array().into_iter().flatten() {
        assert!(awards.iter().any(|id| contract["awardID"] == **id));
    }
    assert!(!release.to_string().contains("\"unpublished\""), "what is withheld is told: {}", release["id"]);
}

/// The folder of the corpus, if the environment names one.
fn corpus() -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("NOTICES_CORPUS").map(PathBuf::from) else {
        eprintln!("passed over: NOTICES_CORPUS names no corpus of notices");
        return None;
    };
    Some(folder)
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "xml") {
            found.push(path);
        }
    }
}

/// Leaves the releases in `target/tmp/ocds` too, for those who say what is valid.
#[test]
fn every_notice_of_the_corpus_is_a_release() {
    let Some(corpus) = corpus() else { return };
    let mut paths = Vec::new();
    files(&corpus, &mut paths);
    paths.sort();
    let notices: Vec<(PathBuf, Notice)> = paths
        .into_iter()
        .filter_map(|path| Some((path.clone(), eforms_read::read(&std::fs::read(&path).unwrap()).ok()?)))
        .collect();
    let began = Instant::now();
    let made: Vec<Vec<String>> = notices
        .iter()
        .map(|(_, notice)| releases(notice).iter().map(|release| serde_json::to_string(release).unwrap()).collect())
        .collect();
    let seconds = began.elapsed().as_secs_f64();
    let mut tags: BTreeMap<String, u32> = BTreeMap::new();
    let mut lines = String::new();
    let mut without_suppliers = BTreeSet::new();
    for ((path, notice), releases) in notices.iter().zip(&made) {
        let registration = notice.document.as_str() == "BusinessRegistrationInformationNotice";
        assert_eq!(releases.is_empty(), registration, "{}", path.display());
        for line in releases {
            let release: Value = serde_json::from_str(line).unwrap();
            refers_only_to_what_is_there(&release);
            let active = |award: &&Value| award["status"] == "active" && award["suppliers"].is_null();
            if path.starts_with(corpus.join("real"))
                && release["awards"].as_array().into_iter().flatten().any(|a| active(&a))
            {
                without_suppliers.insert(path.file_stem().unwrap().to_string_lossy().into_owned());
            }
            *tags.entry(release["tag"].to_string()).or_default() += 1;
            lines += line;
            lines.push('\n');
        }
    }
    // Of each of these one has looked why: what the notice does not say cannot be told.
    let unnamed = [
        "00182193-2024-01", // a tender of a party without tenderers; other parties have some
        "00215299-2024-01", // a result and nothing else
        "00475449-2024-01", // a party called REMOVE, and no company but the buyer
        "00493541-2024-01", // a party without tenderers; the company stands there, and nothing points at it
        "00538916-2024-01", // contracts without tenders, that nobody signed
        "00613542-2024-01", // the same
        "00652159-2024-01", // a party without tenderers
    ];
    assert_eq!(without_suppliers, unnamed.map(str::to_owned).into());
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ocds");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("corpus.jsonl"), lines).unwrap();
    let count: usize = made.iter().map(Vec::len).sum();
    eprintln!("{} notices, {count} releases, {:.0} releases a second: {tags:?}", notices.len(), count as f64 / seconds);
}

proptest! {
    /// What is left of a notice after some of it was lost, or came twice.
    #[test]
    fn whatever_a_notice_lacks_it_is_a_release(
        name in prop::sample::select(vec!["30-result-withheld", "e3-competition-with-climate", "38-modification"]),
        from in 0.0..1.0f64, length in 0..400usize, twice in any::<bool>(),
    ) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("crates/eforms-read/tests/fixtures/{name}.xml"));
        let xml = std::fs::read_to_string(path).unwrap();
        let mut lines: Vec<&str> = xml.lines().collect();
        let at = (from * lines.len() as f64) as usize;
        let end = (at + length).min(lines.len());
        let piece: Vec<&str> = lines[at..end].to_vec();
        if twice { lines.splice(at..at, piece); } else { lines.drain(at..end); }
        if let Ok(notice) = eforms_read::read(lines.join("\n").as_bytes()) {
            for release in releases(&notice) {
                let release = json!(release);
                refers_only_to_what_is_there(&release);
                prop_assert!(release["date"].is_string() && release["tag"].is_array());
            }
        }
    }
}
