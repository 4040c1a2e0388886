//! Notices are brought in from wherever they lie, once each, and in any order.
use crate::app::TestApp;
use crate::commands::brobygger;
use brobygger::app::Caller;
use brobygger::notices::import::{self, Failed, Progress, Summary};
use brobygger::notices::{Stored, store};
use brobygger::tenancy::Reason;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/eforms-read/tests/fixtures")
}

pub async fn import(app: &TestApp, paths: Vec<PathBuf>) -> (Summary, Vec<Failed>) {
    let app = app.app.clone();
    tokio::task::spawn_blocking(move || {
        let mut failures = Vec::new();
        let two = NonZeroUsize::new(2).unwrap();
        let summary = import::import(&app, &Caller::system(Reason::CommandLine), &paths, two, |progress| {
            if let Progress::Failed(failed) = progress {
                failures.push(failed.clone());
            }
        });
        (summary.unwrap(), failures)
    })
    .await
    .unwrap()
}

/// All rows by id, without what depends on when they came.
fn rows(app: &TestApp) -> BTreeMap<String, Stored> {
    let mut db = app.app.db.reader().unwrap();
    let rows = store::changed_after(&mut db, 0, 10_000).unwrap();
    rows.into_iter().map(|row| (row.id.to_string(), Stored { position: 0, ..row })).collect()
}

fn positions(app: &TestApp) -> Vec<i64> {
    let mut db = app.app.db.reader().unwrap();
    store::changed_after(&mut db, 0, 10_000).unwrap().iter().map(|row| row.position).collect()
}

/// A notice with nothing in it but what is given: in its extension, and after that.
pub fn notice(root: &str, extension: &str, content: &str) -> String {
    format!(
        r#"<{root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2"
        xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
        xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
        xmlns:efac="http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1"
        xmlns:efbc="http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1"
        xmlns:efext="http://data.europa.eu/p27/eforms-ubl-extensions/1"
        xmlns:ext="urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2">
        <ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>{extension}
        </efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>{content}</{root}>"#
    )
}

/// A notice of competition in several shapes: versions, changes, and other documents with the same name.
struct Family {
    folder: tempfile::TempDir,
}

impl Family {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn add(&self, name: &str, xml: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, xml).unwrap();
        path
    }

    fn version(&self, file: &str, version: &str, sdk: &str, title: &str, changes: Option<&str>) -> PathBuf {
        let change = changes.map_or(String::new(), |notice| {
            format!(
                "<efac:Changes><efbc:ChangedNoticeIdentifier>{notice}</efbc:ChangedNoticeIdentifier></efac:Changes>"
            )
        });
        let extension = format!(
            "{change}<efac:NoticeSubType><cbc:SubTypeCode listName=\"notice-subtype\">16</cbc:SubTypeCode></efac:NoticeSubType>"
        );
        let content = format!(
            "<cbc:CustomizationID>eforms-sdk-{sdk}</cbc:CustomizationID>\
             <cbc:ID schemeName=\"notice-id\">1b2c3d4e-0000-4000-8000-000000000001</cbc:ID>\
             <cbc:IssueDate>2026-03-01+01:00</cbc:IssueDate><cbc:IssueTime>12:00:00+01:00</cbc:IssueTime>\
             <cbc:VersionID>{version}</cbc:VersionID>\
             <cac:ProcurementProject><cbc:Name languageID=\"NOB\">{title}</cbc:Name></cac:ProcurementProject>"
        );
        self.add(file, &notice("ContractNotice", &extension, &content))
    }
}

#[tokio::test]
async fn a_folder_is_brought_in_once_however_often_and_from_whatever_archive() {
    let app = TestApp::start().await;
    let (first, failures) = import(&app, vec![fixtures()]).await;
    assert_eq!(failures, []);
    // Fourteen files, of which one is an envelope of four.
    assert_eq!((first.read, first.stored, first.failed), (17, 17, 0), "{first:?}");
    let before = (rows(&app), positions(&app));

    let folder = tempfile::tempdir().unwrap();
    let mut tar = tar::Builder::new(flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast()));
    tar.append_dir_all("kunngjøringer", fixtures()).unwrap();
    let tgz = folder.path().join("alle.tar.gz");
    std::fs::write(&tgz, tar.into_inner().unwrap().finish().unwrap()).unwrap();
    let mut zip = zip::ZipWriter::new(std::fs::File::create(folder.path().join("alle.zip")).unwrap());
    for file in std::fs::read_dir(fixtures()).unwrap().map(|entry| entry.unwrap().path()) {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&std::fs::read(file).unwrap()).unwrap();
    }
    zip.finish().unwrap();
    for path in [fixtures(), tgz, folder.path().join("alle.zip"), fixtures().join("e4-result.xml")] {
        let (again, failures) = import(&app, vec![path.clone()]).await;
        assert_eq!(failures, [], "{}", path.display());
        assert_eq!(again.unchanged, again.read, "{}", path.display());
        assert!(again.read > 0);
    }
    assert_eq!((rows(&app), positions(&app)), before);
}

#[tokio::test]
async fn what_is_stored_is_what_was_read() {
    let app = TestApp::start().await;
    import(&app, vec![fixtures().join("n29-result.xml")]).await;
    let read = eforms_read::read(&std::fs::read(fixtures().join("n29-result.xml")).unwrap()).unwrap();
    let rows = rows(&app);
    let stored = rows.values().next().unwrap();
    assert_eq!(stored.notice().unwrap(), read);
    assert_eq!((stored.form.as_deref(), stored.subtype.as_deref()), (Some("result"), Some("N29")));
    assert!(stored.outcome.0.results > 0);
}

#[tokio::test]
async fn the_order_of_import_does_not_matter() {
    let family = Family::new();
    let files = [
        family.version("a.xml", "01", "1.10", "Første", None),
        family.version("b.xml", "02", "1.10", "Andre", None),
        family.version("c.xml", "03", "1.10", "Endring", Some("1b2c3d4e-0000-4000-8000-000000000001-02")),
        family.version("d.xml", "02", "1.13", "Andre, med nyere regler", None),
        family.version("e.xml", "10", "1.10", "Tiende", None),
        family.version("f.xml", "10", "1.10", "Tiende, et annet dokument", None),
        family.version("g.xml", "09", "1.10", "Niende", None),
    ];
    let mut seen: Option<BTreeMap<String, Stored>> = None;
    for turn in 0..files.len() {
        let app = TestApp::start().await;
        let mut order = files.to_vec();
        order.rotate_left(turn);
        if turn % 2 == 1 {
            order.reverse();
        }
        // One by one, so that each meets what the others left in the database; and then all in one batch.
        for file in &order {
            let (summary, _) = import(&app, vec![file.clone()]).await;
            assert_eq!(summary.read, summary.stored + summary.updated + summary.unchanged + summary.failed);
        }
        let (again, _) = import(&app, order.clone()).await;
        assert_eq!(again.unchanged, 7);
        let found = rows(&app);
        let newest: Vec<&str> = found.values().filter(|r| r.is_newest).filter_map(|r| r.version.as_deref()).collect();
        assert_eq!(newest, ["10"]);
        assert_eq!(found.len(), 5);
        let positions = positions(&app);
        assert!(positions.windows(2).all(|pair| pair[0] < pair[1]), "{positions:?}");
        let together = TestApp::start().await;
        import(&together, order).await;
        assert_eq!(rows(&together), found);
        assert_eq!(*seen.get_or_insert_with(|| found.clone()), found);
    }
}

#[tokio::test]
async fn the_command_says_what_it_did_and_names_what_it_could_not_read() {
    let app = TestApp::start().await;
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    std::fs::copy(fixtures().join("e3-competition-with-climate.xml"), at("god.xml")).unwrap();
    std::fs::write(at("avkortet.xml"), &std::fs::read(fixtures().join("e4-result.xml")).unwrap()[..900]).unwrap();
    std::fs::write(at("tom.xml"), "").unwrap();
    std::fs::write(at("skadet.tar.gz"), [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3]).unwrap();
    std::fs::write(at("skadet.zip"), b"PK\x03\x04 og ikke mer").unwrap();
    std::fs::write(at("notater.txt"), "Ikke en kunngjøring").unwrap();

    let done = brobygger(&app, &["notices", "import", "--json", &at("")], "").await;
    assert_eq!(done.status.code(), Some(1));
    let mut told: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert!(told["seconds"].take().is_f64());
    let bytes = told["bytes"].take();
    assert!(bytes.as_u64().unwrap() > 1_000);
    let expected = json!({"read": 5, "stored": 1, "updated": 0, "unchanged": 0, "failed": 4, "passed_over": 1, "empty": 0,
        "flagged": 1, "flags": {"bad-date": 1, "bad-organisation-number": 1, "bad-sdk-version": 1, "bad-time": 1}, "seconds": null, "bytes": null});
    assert_eq!(told, expected);
    let messages = String::from_utf8(done.stderr).unwrap();
    for name in ["avkortet.xml", "tom.xml", "skadet.tar.gz", "skadet.zip"] {
        assert!(messages.contains(&at(name)), "{name} is not named: {messages}");
    }
    assert!(messages.contains("/ContractAwardNotice"), "no XPath: {messages}");
    // What is no notice by its name is no failure, and is told all the same.
    assert!(messages.contains(&format!("{}: passed over", at("notater.txt"))), "{messages}");

    let missing = brobygger(&app, &["notices", "import", &at("borte.xml")], "").await;
    assert_eq!(missing.status.code(), Some(2));
    let nothing = brobygger(&app, &["notices", "import"], "").await;
    assert_eq!(nothing.status.code(), Some(2));
}

#[tokio::test]
async fn what_is_wrong_in_each_notice_that_was_read_is_written_to_a_file() {
    let app = TestApp::start().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("feil.jsonl");
    let found = |names: &dyn Fn(&str) -> String| {
        let mut expected = Vec::new();
        for entry in std::fs::read_dir(fixtures()).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if !name.ends_with(".xml") {
                continue;
            }
            for notice in eforms_read::read_all(&std::fs::read(fixtures().join(&name)).unwrap()).unwrap() {
                for flag in &notice.flags {
                    let mut line = json!({"name": names(&name)});
                    let mut flag = serde_json::to_value(flag).unwrap();
                    line.as_object_mut().unwrap().append(flag.as_object_mut().unwrap());
                    expected.push(line.to_string());
                }
            }
        }
        expected.sort();
        expected
    };
    let written = || {
        let lines = std::fs::read_to_string(&file).unwrap();
        let values = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap().to_string());
        let mut values: Vec<String> = values.collect();
        values.sort();
        values
    };
    let flags = file.display().to_string();
    let done = brobygger(&app, &["notices", "import", "--flags", &flags, &fixtures().display().to_string()], "").await;
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    let expected = found(&|name| fixtures().join(name).display().to_string());
    assert!(expected.len() > 10 && expected.iter().any(|line| line.contains("\"at\":\"/ContractAwardNotice/")));
    assert_eq!(written(), expected);

    // Once more, from an archive that is piped in: what is wrong is still wrong, though nothing is new.
    let mut tar = tar::Builder::new(Vec::new());
    tar.append_dir_all("alle", fixtures()).unwrap();
    let tar = String::from_utf8(tar.into_inner().unwrap()).unwrap();
    let done = brobygger(&app, &["notices", "import", "--json", "--flags", &flags, "-"], &tar).await;
    let summary: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!((&summary["unchanged"], done.status.code()), (&json!(17), Some(0)), "{summary}");
    let expected = found(&|name| format!("-!alle/{name}"));
    assert_eq!(written(), expected);
    let counted: u64 = summary["flags"].as_object().unwrap().values().filter_map(Value::as_u64).sum();
    assert_eq!(counted, expected.len() as u64);

    // One that cannot be written is told before anything is read; and one that fills up after all was.
    let nowhere = folder.path().join("finnes/ikke").display().to_string();
    let fixture = fixtures().join("e3-competition-with-climate.xml");
    let fixture = fixture.to_str().unwrap();
    let refused = brobygger(&app, &["notices", "import", "--flags", &nowhere, fixture], "").await;
    let told = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(1));
    assert!(told.contains(&nowhere) && !told.contains("Read "), "{told}");
    if Path::new("/dev/full").exists() {
        let full = brobygger(&app, &["notices", "import", "--flags", "/dev/full", fixture], "").await;
        let told = String::from_utf8(full.stderr).unwrap();
        assert_eq!(full.status.code(), Some(1));
        assert!(told.contains("Read 1: 0 new") && told.contains("cannot write /dev/full"), "{told}");
    }
}

#[tokio::test]
async fn what_is_piped_in_is_read_and_where_there_is_nothing_that_is_told() {
    let app = TestApp::start().await;
    let import = async |paths: &[&str], input: &str| {
        let done = brobygger(&app, &[&["notices", "import", "--json"], paths].concat(), input).await;
        let summary: Value = serde_json::from_slice(&done.stdout).unwrap();
        let counts = ["read", "stored", "unchanged", "failed", "empty"].map(|of| summary[of].as_u64().unwrap());
        (done.status.code().unwrap(), counts, String::from_utf8(done.stderr).unwrap())
    };
    let notice = std::fs::read_to_string(fixtures().join("e3-competition-with-climate.xml")).unwrap();
    let (code, counts, told) = import(&["-"], &notice).await;
    assert_eq!((code, counts), (0, [1, 1, 0, 0, 0]), "{told}");
    let (code, counts, told) = import(&["-"], "").await;
    assert_eq!((code, counts), (1, [1, 0, 0, 1, 0]));
    assert!(told.contains("-: /: the document is empty"), "{told}");

    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    std::fs::create_dir_all(folder.path().join("2026/01")).unwrap();
    let (code, counts, told) = import(&[&at("2026")], "").await;
    assert_eq!((code, counts), (1, [0, 0, 0, 0, 1]));
    assert!(told.contains(&format!("{}: nothing to read", at("2026"))) && told.contains("no notice to read"), "{told}");
    let fixture = fixtures().join("e4-result.xml");
    let (code, counts, told) = import(&[&at("2026"), fixture.to_str().unwrap()], "").await;
    assert_eq!((code, counts), (0, [1, 1, 0, 0, 1]));
    assert!(told.contains(&format!("{}: nothing to read", at("2026"))), "{told}");
    // A folder of something else has nothing to read either, and says what was passed over.
    std::fs::write(at("2026/01/notater.txt"), "Ikke en kunngjøring").unwrap();
    let (code, counts, told) = import(&[&at("2026")], "").await;
    assert_eq!((code, counts), (1, [0, 0, 0, 0, 1]));
    assert!(told.contains("notater.txt: passed over"), "{told}");
}

/// Each tender has its tenderers, as OCDS writes them: a few megabytes can name them some hundred million times.
#[test]
fn a_notice_that_names_tenderers_without_end_is_refused() {
    use eforms_read::facts::{Notice, NoticeResult, Reference, Tender, Tenderer, TenderingParty};
    let stored = |many: usize| {
        let party = TenderingParty { tenderers: vec![Tenderer::default(); many], ..TenderingParty::default() };
        let of_party = Tender { party: Some(Reference { id: "TPA-0001".into(), at: Some(0) }), ..Tender::default() };
        let result = NoticeResult { parties: vec![party], tenders: vec![of_party; many], ..NoticeResult::default() };
        Stored::of(Notice { result, ..Notice::default() }, [0; 16], brobygger::platform::clock::Clock::System.now())
            .map_err(|e| e.to_string())
    };
    assert!(stored(400).is_ok());
    assert_eq!(stored(1_000).unwrap_err(), "it names tenderers for its tenders 1000000 times, more than 200000");
}

/// Real notices have `0001-01-01`, as programs write where they have no day (215263-2024).
#[test]
fn a_day_that_is_none_is_no_first_day() {
    let contract =
        |day: &str| format!("<efac:SettledContract><cbc:AwardDate>{day}</cbc:AwardDate></efac:SettledContract>");
    let decided = |days: &[&str]| {
        let contracts: String = days.iter().map(|day| contract(day)).collect();
        let result = format!("<efac:NoticeResult>{contracts}</efac:NoticeResult>");
        let read = eforms_read::read(notice("ContractAwardNotice", &result, "").as_bytes()).unwrap();
        assert_eq!(read.result.contracts.len(), days.len());
        let row = Stored::of(read, [0; 16], brobygger::platform::clock::Clock::System.now()).unwrap();
        row.decided_on.map(|day| day.to_string())
    };
    assert_eq!(decided(&["0001-01-01+01:00", "2024-03-02+01:00", "2024-03-01+01:00"]).as_deref(), Some("2024-03-01"));
    assert_eq!(decided(&["0001-01-01+01:00"]), None);
}

/// What is added up of a notice, where real notices write more than there is: several results of one lot, tenders that did not
/// win, one company several times, groups of lots beside their lots.
#[tokio::test]
async fn what_is_written_several_times_counts_once() {
    let app = TestApp::start().await;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/results");
    let of = |row: &Stored| {
        let outcome = row.outcome.0;
        let numbers = (outcome.results, outcome.awarded, outcome.closed, outcome.counted, outcome.tenders);
        let winners = (outcome.winners, outcome.winners_sized, outcome.winners_sme);
        assert_eq!(row.winner_numbers.0.len(), outcome.winners as usize, "each gives its number, and that once");
        let kroner = |value: Option<i64>| value.map(|hundredths| hundredths / 100);
        (numbers, winners, kroner(row.awarded_value), kroner(row.estimated_value), row.is_change)
    };
    let one = (1, 1, 0, 1, 3);
    for (file, expected) in [
        ("several-results-of-one-lot", (one, (2, 2, 1), Some(1_000), None, false)),
        ("losing-tender-counted", (one, (1, 1, 1), Some(100), None, false)),
        ("lot-closed-without-award", ((1, 0, 1, 0, 0), (0, 0, 0), None, None, false)),
        ("winner-only-by-contract", (one, (1, 1, 1), Some(100), None, false)),
        ("change-element-without-bt-758", (one, (1, 1, 1), Some(100), None, false)),
        ("same-winner-twice", ((2, 2, 0, 2, 6), (1, 1, 1), Some(200), None, false)),
        ("group-of-lots-estimated", (one, (1, 1, 1), Some(100), Some(100), false)),
        ("tender-for-group-of-lots", ((2, 2, 0, 2, 6), (1, 1, 1), Some(100), None, false)),
    ] {
        let xml = std::fs::read(folder.join(file).with_extension("xml")).unwrap();
        let notice = eforms_read::read(&xml).unwrap();
        assert_eq!(of(&Stored::of(notice, [0; 16], app.app.clock.now()).unwrap()), expected, "{file}");
    }
    let flags = |file: &str| {
        let xml = std::fs::read(folder.join(file)).unwrap();
        let notice = eforms_read::read(&xml).unwrap();
        notice.flags.into_iter().map(|flag| flag.field.to_string()).collect::<Vec<_>>()
    };
    assert!(flags("change-element-without-bt-758.xml").contains(&"BT-758-notice".to_owned()));
    assert!(!flags("losing-tender-counted.xml").contains(&"BT-758-notice".to_owned()));

    // The same version from Doffin and from TED: the one that tells where it was published, whichever came first.
    let mut names = ["as-doffin-has-it.xml", "same-notice-as-ted-published-it.xml"];
    for _ in 0..2 {
        let app = TestApp::start().await;
        for name in names {
            assert_eq!(import(&app, vec![folder.join(name)]).await.0.failed, 0);
        }
        let rows = rows(&app);
        assert_eq!(rows.len(), 1);
        assert!(rows.values().all(|row| row.publication_id.is_some()), "{names:?}");
        names.reverse();
    }
}
