//! Statistics: what is counted, and that every door gives the same.
use crate::app::TestApp;
use crate::notices::{fixtures, import, notice};
use brobygger::notices::codelists::{FormType, Innovation};
use brobygger::op::Op;
use brobygger::platform::language::Language;
use brobygger::regulations::OrganisationNumber;
use brobygger::statistics::{Answer, Dimension, Indicator, Observations, Question, Source, Sums, Watched};
use brobygger::suppliers::{self, Profile, SupplierKind};
use brobygger::tenancy::{self, NewOrganisation, OrganisationKind};
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The figures of a group as `figures.py` writes them: a number, or a part and what it is a part of.
fn as_script(indicator: Indicator, sums: &Sums) -> Value {
    let figure = indicator.of(sums);
    if indicator.is_count() {
        return json!(figure.base);
    }
    let parts = match indicator {
        Indicator::EstimatedValue | Indicator::AwardedValue => {
            return json!([figure.value.unwrap_or(0.0), figure.base]);
        }
        Indicator::InnovationProcedureValueShare | Indicator::DecisionDays => {
            return json!([figure.value, figure.base]);
        }
        Indicator::InnovationProcedureShare => sums.competitions_made_for_innovation,
        Indicator::InnovationMarkedShare => sums.competitions_marked_innovation,
        Indicator::InnovationMarketShare => sums.competitions_with_novelty.of(Innovation::Market),
        Indicator::InnovationProcessShare => sums.competitions_with_novelty.of(Innovation::Process),
        Indicator::InnovationProductShare => sums.competitions_with_novelty.of(Innovation::Product),
        Indicator::InnovationResearchShare => sums.competitions_with_novelty.of(Innovation::Research),
        Indicator::EnvironmentShare => sums.competitions_environment,
        Indicator::SocialShare => sums.competitions_social,
        Indicator::DialogueBeforeShare => sums.competitions_after_a_notice,
        Indicator::PlanningBeforeShare => sums.competitions_planned,
        Indicator::ConsultationBeforeShare => sums.competitions_consulted,
        Indicator::SmallMunicipalityShare => sums.competitions_of_small_municipalities,
        Indicator::WithoutCallShare => sums.results_without_call,
        Indicator::TendersPerLot => sums.tenders,
        Indicator::SingleTenderShare => sums.lots_single,
        Indicator::LotsWithoutAwardShare => sums.lots_closed,
        Indicator::SmeTenderShare => sums.sme_tenders,
        Indicator::SmeWinnerShare => sums.winners_sme,
        Indicator::StartupWinnerShare => sums.winners_startups,
        Indicator::SocialEntrepreneurWinnerShare => sums.winners_social_entrepreneurs,
        other => panic!("{other:?} is a count"),
    };
    json!([parts, figure.base])
}

fn observed(app: &TestApp) -> Observations {
    let mut observations = Observations::default();
    observations.follow(&mut app.app.db.reader().unwrap()).unwrap();
    observations
}

fn everywhere() -> Question {
    Question { country: None, ..Question::default() }
}

/// Notices that follow each other, and that are said to: by identifier, by number on TED and in Doffin, by procedure. One file for
/// each, as small as a notice can be.
fn that_follow_each_other() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: u32, root: &str, form: &str, day: u32, procedure: &str, number: &str, points_at: &[&str]| {
        let id = format!("2b2c3d4e-0000-4000-8000-{name:012}");
        let of_lot: String = points_at
            .iter()
            .map(|id| {
                format!(
                    "<cac:NoticeDocumentReference><cbc:ID>{id}</cbc:ID>\
                    <cbc:ReferencedDocumentInternalAddress>PAR-0001</cbc:ReferencedDocumentInternalAddress>\
                    </cac:NoticeDocumentReference>"
                )
            })
            .collect();
        let publication = format!(
            "<efac:Publication><efbc:NoticePublicationID schemeName=\"ojs-notice-id\">{number}</efbc:NoticePublicationID>\
             </efac:Publication>"
        );
        let content = format!(
            "<cbc:CustomizationID>eforms-sdk-1.13</cbc:CustomizationID>\
             <cbc:ID schemeName=\"notice-id\">{id}</cbc:ID><cbc:ContractFolderID>{procedure}</cbc:ContractFolderID>\
             <cbc:IssueDate>1999-05-{day:02}+02:00</cbc:IssueDate><cbc:IssueTime>12:00:00+02:00</cbc:IssueTime>\
             <cbc:VersionID>01</cbc:VersionID><cbc:NoticeTypeCode listName=\"{form}\">x</cbc:NoticeTypeCode>\
             <cac:ProcurementProjectLot><cbc:ID schemeName=\"Lot\">LOT-0001</cbc:ID>\
             <cac:TenderingProcess>{of_lot}</cac:TenderingProcess></cac:ProcurementProjectLot>"
        );
        std::fs::write(folder.path().join(format!("{name}.xml")), notice(root, &publication, &content)).unwrap();
        id
    };
    let shared = "9b2c3d4e-0000-4000-8000-000000000000";
    let consultation = write(1, "PriorInformationNotice", "consultation", 1, "", "00000007-1999", &[]);
    let planning = write(2, "PriorInformationNotice", "planning", 2, "", "00000008-1999", &[&consultation]);
    write(3, "PriorInformationNotice", "consultation", 3, shared, "", &[]);
    // A consultation: by identifier and version, in capitals; and beside planning; and by two kinds of number.
    write(11, "ContractNotice", "competition", 11, "", "", &[&format!("{}-01", consultation.to_uppercase())]);
    write(12, "ContractNotice", "competition", 12, "", "", &[&planning, &consultation]);
    write(13, "ContractNotice", "competition", 13, "", "", &["7-1999"]);
    write(14, "ContractNotice", "competition", 14, "", "", &["1999/S 085-000007"]);
    // Through planning that points at a consultation; and planning that points at nothing.
    write(15, "ContractNotice", "competition", 15, "", "", &[&planning]);
    let alone = write(4, "PriorInformationNotice", "planning", 4, "", "", &[]);
    write(21, "ContractNotice", "competition", 21, "", "", &[&alone]);
    // By procedure, unless it is no older.
    write(16, "ContractNotice", "competition", 16, shared, "", &[]);
    let no_older = write(17, "ContractNotice", "competition", 3, shared, "", &[]);
    // Nothing that is here, or nothing that is planning.
    write(18, "ContractNotice", "competition", 18, "", "", &["2b2c3d4e-0000-4000-8000-000000000099", "1-1999"]);
    write(19, "ContractNotice", "competition", 19, "", "", &[&no_older]);
    write(20, "ContractAwardNotice", "result", 20, "", "", &[&consultation]);
    folder
}

#[tokio::test]
async fn a_market_consultation_is_told_from_other_planning_whatever_comes_in_first() {
    let folder = that_follow_each_other();
    let mut files = xml_in(folder.path());
    let asked = "/api/v1/statistics?country=all&from=1999-05-01&to=1999-05-31";
    let mut answers = Vec::new();
    for _ in 0..2 {
        files.reverse();
        let app = TestApp::start().await;
        let ask = async || {
            let total = app.anonymous().get(asked).await.must(200).json["total"].clone();
            ["dialogue-before-share", "planning-before-share", "consultation-before-share"].map(|of| total[of].clone())
        };
        for file in &files {
            import(&app, vec![file.clone()]).await;
            ask().await;
        }
        let [pointing, planned, consulted] = ask().await;
        assert_eq!((&pointing["value"], &pointing["base"]), (&json!(8.0 / 10.0), &json!(10)));
        assert_eq!((&planned["value"], &planned["base"]), (&json!(7.0 / 10.0), &json!(10)));
        assert_eq!((&consulted["value"], &consulted["base"]), (&json!(6.0 / 7.0), &json!(7)));
        // What is imported once more changes nothing.
        let (again, _) = import(&app, vec![folder.path().to_owned()]).await;
        assert_eq!((again.unchanged, again.stored, again.updated), (files.len() as u64, 0, 0));
        assert_eq!(ask().await, [pointing, planned, consulted]);
        let csv = app.anonymous().get(&format!("{asked}&format=csv")).await.must(200).text;
        assert!(csv.contains(",consultation-before-share,consultation-before-share-base,"), "{csv}");
        let releases = app.anonymous().get("/api/v1/ocds/releases.jsonl").await.must(200).text;
        let mut related: Vec<String> = releases
            .lines()
            .flat_map(|line| serde_json::from_str::<Value>(line).unwrap()["relatedProcesses"].as_array().cloned())
            .flatten()
            .map(|related| {
                format!("{} {}", related["scheme"].as_str().unwrap(), related["identifier"].as_str().unwrap())
            })
            .collect();
        related.sort();
        answers.push(related);
    }
    assert_eq!(answers[0], answers[1]);
    assert!(answers[0].contains(&"eu-oj 7-1999-PAR-0001".to_owned()), "{:?}", answers[0]);
}

/// A result of one lot that these won together, as small as a notice can be: the country and the identifier of each.
fn won_by(folder: &Path, name: u32, winners: &[(&str, &str)]) {
    let organisation = |nth: usize| format!("<cbc:ID schemeName=\"organization\">ORG-{nth:04}</cbc:ID>");
    let tenderers: String =
        (0..winners.len()).map(|nth| format!("<efac:Tenderer>{}</efac:Tenderer>", organisation(nth))).collect();
    let organisations: String = (winners.iter().enumerate())
        .map(|(nth, (country, number))| {
            format!(
                "<efac:Organization><efac:Company><cac:PartyIdentification>{}</cac:PartyIdentification>\
                <cac:PostalAddress><cac:Country><cbc:IdentificationCode>{country}</cbc:IdentificationCode></cac:Country>\
                </cac:PostalAddress><cac:PartyLegalEntity><cbc:CompanyID>{number}</cbc:CompanyID>\
                </cac:PartyLegalEntity></efac:Company></efac:Organization>",
                organisation(nth)
            )
        })
        .collect();
    let tender = "<cbc:ID schemeName=\"tender\">TEN-0001</cbc:ID>";
    let party = "<cbc:ID schemeName=\"tendering-party\">TPA-0001</cbc:ID>";
    let extension = format!(
        "<efac:NoticeResult><efac:LotResult><cbc:ID schemeName=\"result\">RES-0001</cbc:ID>\
         <cbc:TenderResultCode listName=\"winner-selection-status\">selec-w</cbc:TenderResultCode>\
         <efac:LotTender>{tender}</efac:LotTender>\
         <efac:TenderLot><cbc:ID schemeName=\"Lot\">LOT-0001</cbc:ID></efac:TenderLot></efac:LotResult>\
         <efac:LotTender>{tender}<efac:TenderingParty>{party}</efac:TenderingParty></efac:LotTender>\
         <efac:TenderingParty>{party}{tenderers}</efac:TenderingParty></efac:NoticeResult>\
         <efac:Organizations>{organisations}</efac:Organizations>"
    );
    let content = format!(
        "<cbc:CustomizationID>eforms-sdk-1.13</cbc:CustomizationID>\
         <cbc:ID schemeName=\"notice-id\">5b2c3d4e-0000-4000-8000-{name:012}</cbc:ID>\
         <cbc:IssueDate>1999-06-{name:02}+02:00</cbc:IssueDate><cbc:VersionID>01</cbc:VersionID>\
         <cbc:NoticeTypeCode listName=\"result\">can-standard</cbc:NoticeTypeCode>\
         <cac:ProcurementProjectLot><cbc:ID schemeName=\"Lot\">LOT-0001</cbc:ID></cac:ProcurementProjectLot>"
    );
    let xml = notice("ContractAwardNotice", &extension, &content);
    std::fs::write(folder.join(format!("won-{name}.xml")), xml).unwrap();
}

#[tokio::test]
async fn a_winner_that_registers_after_the_import_counts_as_what_it_calls_itself() {
    let app = TestApp::start().await;
    let fjordlys = app.new_number();
    let other = app.new_number();
    let folder = tempfile::tempdir().unwrap();
    let written = format!("NO {fjordlys} MVA");
    won_by(folder.path(), 1, &[("NOR", &fjordlys), ("NOR", &other), ("NOR", &other)]);
    won_by(folder.path(), 2, &[("NOR", &written), ("DEU", "DE811128135"), ("NOR", "etter avtale")]);
    // Nobody here has the number of a company elsewhere, though it looks the same.
    won_by(folder.path(), 3, &[("SWE", &fjordlys)]);
    import(&app, vec![folder.path().to_owned()]).await;

    let asked = "/api/v1/statistics?country=all&from=1999-06-01&to=1999-06-30";
    // Another server on the same database.
    let beside = Watched::default();
    let shares = async || {
        let total = app.anonymous().get(asked).await.must(200).json["total"].clone();
        let shares = ["startup-winner-share", "social-entrepreneur-winner-share"].map(|of| total[of].clone());
        assert!(shares.iter().all(|share| share["base"] == 3), "{shares:?}");
        let shares = shares.map(|share| (share["value"].as_f64().unwrap() * 3.0).round());
        let observations = beside.current(&mut app.app.db.reader().unwrap()).unwrap();
        let sums = Answer::to(&everywhere(), &observations).total;
        let there = [sums.winners_startups, sums.winners_social_entrepreneurs];
        assert_eq!(there.map(|count| count as f64), shares, "the same on both");
        shares
    };
    assert_eq!(shares().await, [0.0, 0.0]);
    let mina = crate::registration::registered(&app, &fjordlys, "mina@fjordlys.example").await;
    assert_eq!(shares().await, [2.0, 0.0]);
    // What it says of itself beside is nothing to figures.
    mina.patch("/api/v1/suppliers/me", json!({"description": "Lys"})).await.must(200);
    assert_eq!(shares().await, [2.0, 0.0]);
    let (again, _) = import(&app, vec![folder.path().to_owned()]).await;
    assert_eq!((again.unchanged, again.stored, again.updated), (3, 0, 0));
    assert_eq!(shares().await, [2.0, 0.0]);
    mina.patch("/api/v1/suppliers/me", json!({"kind": "established"})).await.must(200);
    assert_eq!(shares().await, [0.0, 0.0]);
    let social = json!({"kind": "social_entrepreneur", "social_traits": {"purpose": "Lys til alle"}});
    mina.patch("/api/v1/suppliers/me", social).await.must(200);
    assert_eq!(shares().await, [0.0, 2.0]);
    mina.patch("/api/v1/suppliers/me", json!({"kind": "startup"})).await.must(200);
    assert_eq!(shares().await, [2.0, 0.0]);

    // It stands wherever figures do, small as it is: all of it is public.
    let csv = app.anonymous().get(&format!("{asked}&format=csv")).await.must(200).text;
    assert!(csv.contains(",startup-winner-share,startup-winner-share-base,social-entrepreneur-winner-share,"), "{csv}");
    let page = app.browser().open("/statistikk?country=all&from=1999-06-01&to=1999-06-30").await;
    let figure = page.texts("#startup-winner-share").concat();
    assert!(figure.contains("66,7") && figure.contains("Vinnere som oppgir norsk organisasjonsnummer"), "{figure}");
    // Needs and who responds to them are another source.
    let cases = app.anonymous().get("/api/v1/statistics?source=cases").await.must(200).json;
    assert!(cases["total"].get("startup-winner-share").is_none());
    let file = reqwest::get(format!("{}/api/v1/statistics/notices.parquet", app.url)).await.unwrap().bytes().await;
    let reader = parquet::file::reader::SerializedFileReader::new(file.unwrap()).unwrap();
    let mut numbers: Vec<String> = parquet::file::reader::FileReader::get_row_iter(&reader, None)
        .unwrap()
        .map(|row| {
            let row = row.unwrap();
            let (_, numbers) = row.get_column_iter().find(|(name, _)| *name == "winner_numbers").unwrap();
            numbers.to_string()
        })
        .collect();
    numbers.sort();
    let mut both = [fjordlys.as_str(), &other];
    both.sort_unstable();
    let mut expected = [format!("\"{}\"", both.join(",")), format!("\"{fjordlys}\""), "null".to_owned()];
    expected.sort();
    assert_eq!(numbers, expected);
}

/// An independent computation over the raw XML, in Python. The corpus is not part of the project: without it the dozen
/// notices that are serve.
#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "the environment tells a test where its data is")]
async fn the_figures_are_those_of_an_independent_computation() {
    let mut files: Vec<PathBuf> = Vec::new();
    match std::env::var_os("NOTICES_CORPUS").map(PathBuf::from) {
        // What was made to be wrong, and twice the same example, is left out as in the reference figures.
        Some(corpus) => {
            ["real", "converted", "derived_e1"].iter().for_each(|part| files.extend(xml_in(&corpus.join(part))))
        }
        // An envelope of several notices is nothing that the script reads.
        None => files.extend(xml_in(&fixtures()).into_iter().filter(|path| !path.ends_with("envelope-of-notices.xml"))),
    }
    let app = TestApp::start().await;
    // Of real notices, hardly one points at another that is there, and of the dozen, none has a winner with a number.
    let made = that_follow_each_other();
    for name in 1..=4 {
        let winners = [app.new_number(), app.new_number(), app.new_number()];
        won_by(made.path(), name, &winners.each_ref().map(|number| ("NOR", number.as_str())));
    }
    files.extend(xml_in(made.path()));
    let (summary, _) = import(&app, files.clone()).await;
    assert_eq!((summary.stored, summary.failed), (u64::try_from(files.len()).unwrap(), 0));

    // Every third of the numbers that stand in them is one of a startup, and every third one of a social entrepreneur.
    let mut suppliers: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (nth, number) in numbers_in(&files).into_iter().enumerate() {
        let kind = [SupplierKind::Startup, SupplierKind::SocialEntrepreneur, SupplierKind::Established][nth % 3];
        suppliers.entry(kind.as_str()).or_default().insert(number);
    }
    let registered = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(&registered, serde_json::to_vec(&suppliers).unwrap()).unwrap();
    app.by_command(move |op| {
        let kinds = suppliers.iter().flat_map(|(kind, numbers)| numbers.iter().map(move |number| (*kind, number)));
        kinds.into_iter().try_for_each(|(kind, number)| enter(op, number, kind.parse().unwrap()))
    })
    .await;

    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/figures/figures.py");
    let Ok(output) =
        Command::new("python3").arg(script).arg("--suppliers").arg(registered.path()).args(&files).output()
    else {
        assert!(std::env::var_os("CI").is_none(), "there is no python3");
        eprintln!("LEFT OUT the_figures_are_those_of_an_independent_computation: there is no python3");
        return;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let expected: Value = serde_json::from_slice(&output.stdout).unwrap();

    let observations = observed(&app);
    let answer = Answer::to(&everywhere(), &observations);
    assert!(answer.total.winners_startups > 0 && answer.total.winners_social_entrepreneurs > 0, "{:?}", answer.total);
    let by_group = Question { by: vec![Dimension::KostraGroup], ..everywhere() };
    let alike = Answer::to(&by_group, &observations).groups;
    // Years without anything are none to the script.
    let years = answer.groups.iter().filter(|group| group.sums != Sums::default());
    let years = years.map(|group| (Dimension::Year.code(group.keys[0]).into_owned(), &group.sums));
    let alike = alike.iter().filter(|group| group.keys[0] > 0);
    let alike = alike.map(|group| (Dimension::KostraGroup.code(group.keys[0]).into_owned(), &group.sums));
    let mut found = serde_json::Map::new();
    for (name, sums) in years.chain(alike).chain([("total".to_owned(), &answer.total)]) {
        let figures =
            Source::Notices.indicators().iter().map(|i| (i.as_str().to_owned(), as_script(*i, sums))).collect();
        found.insert(name, Value::Object(figures));
    }
    let names = |map: &serde_json::Map<String, Value>| map.keys().cloned().collect::<BTreeSet<String>>();
    assert_eq!(names(&found), names(expected.as_object().unwrap()));
    for (group, figures) in &found {
        for (indicator, figure) in figures.as_object().unwrap() {
            assert!(
                same(figure, &expected[group][indicator]),
                "{indicator} of {group}: {figure}, and not {}",
                expected[group][indicator]
            );
        }
    }
}

/// The organisation numbers that notices write, of buyers too.
fn numbers_in(files: &[PathBuf]) -> BTreeSet<String> {
    let of_file = |file: &PathBuf| -> Vec<String> {
        let xml = std::fs::read_to_string(file).unwrap();
        let written =
            xml.split("CompanyID>").filter_map(|rest| OrganisationNumber::parse(rest.split('<').next()?).ok());
        written.map(|number| number.as_str().to_owned()).collect()
    };
    files.iter().flat_map(of_file).collect()
}

/// Enters a supplier of this number.
fn enter(op: &mut Op<'_>, number: &str, kind: SupplierKind) -> brobygger::Result<()> {
    let new = NewOrganisation {
        number: number.to_owned(),
        name: format!("Firma {number}"),
        kind: OrganisationKind::Supplier,
        municipality: None,
        language: Language::Nb,
    };
    let organisation = tenancy::add(op, new)?;
    let profile = Profile::new(organisation.id, kind, Vec::new(), op.now());
    suppliers::enter(op, &profile)
}

/// Equal, but for the last digits of a division.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Number(a), Value::Number(b)) => {
            (a.as_f64().unwrap() - b.as_f64().unwrap()).abs() < 1e-9 * b.as_f64().unwrap().abs().max(1.0)
        }
        (a, b) => a == b,
    }
}

fn xml_in(folder: &Path) -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|end| end == "xml")).collect();
    files.sort();
    files
}

#[tokio::test]
async fn the_groups_of_every_breakdown_add_up_to_the_whole() {
    let app = TestApp::start().await;
    import(&app, vec![fixtures()]).await;
    let observations = observed(&app);
    let whole = Answer::to(&everywhere(), &observations).total;
    assert!(whole.notices > 10 && whole.results > 0 && whole.competitions > 0, "{whole:?}");
    let single = Dimension::ALL.iter().map(|by| vec![*by]);
    let pairs =
        Dimension::ALL.iter().flat_map(|a| Dimension::ALL.iter().filter(move |b| *b != a).map(|b| vec![*a, *b]));
    for by in single.chain(pairs) {
        let answer = Answer::to(&Question { by: by.clone(), ..everywhere() }, &observations);
        assert_eq!(answer.total, whole, "{by:?}");
        let sum = |of: fn(&Sums) -> u64| answer.groups.iter().map(|group| of(&group.sums)).sum::<u64>();
        assert_eq!(sum(|s| s.notices), whole.notices, "{by:?}");
        assert_eq!(sum(|s| s.competitions), whole.competitions, "{by:?}");
        assert_eq!(sum(|s| s.tenders), whole.tenders, "{by:?}");
        assert_eq!(answer.groups.iter().map(|g| g.sums.estimated).sum::<i128>(), whole.estimated, "{by:?}");
        let mut keys: Vec<_> = answer.groups.iter().map(|group| group.keys.clone()).collect();
        keys.dedup();
        assert_eq!(keys.len(), answer.groups.len(), "{by:?}: a group stands there twice");
    }
    // A filter and the group of the same name are the same notices.
    let by_form = Answer::to(&Question { by: vec![Dimension::Form], ..everywhere() }, &observations);
    for form in FormType::ALL {
        let filtered = Answer::to(&Question { form: Some(*form), ..everywhere() }, &observations).total;
        let group = by_form.groups.iter().find(|group| Dimension::Form.code(group.keys[0]) == form.as_str());
        assert_eq!(filtered, group.map(|group| group.sums.clone()).unwrap_or_default(), "{form:?}");
    }
}

#[tokio::test]
async fn a_running_server_counts_what_is_imported_meanwhile_and_an_import_again_changes_nothing() {
    let app = TestApp::start().await;
    let anyone = app.anonymous();
    let total = |answer: Value| answer["total"]["notices"]["value"].clone();
    let ask = || anyone.get("/api/v1/statistics?country=all");
    assert_eq!(total(ask().await.must(200).json), json!(0.0));
    import(&app, vec![fixtures().join("e4-result.xml")]).await;
    assert_eq!(total(ask().await.must(200).json), json!(1.0));
    import(&app, vec![fixtures()]).await;
    let all = ask().await.must(200).json;
    assert_eq!(total(all.clone()), json!(17.0));
    import(&app, vec![fixtures()]).await;
    let again = ask().await.must(200).json;
    assert_eq!((again["groups"].clone(), again["total"].clone()), (all["groups"].clone(), all["total"].clone()));
}

#[tokio::test]
async fn page_endpoint_and_files_tell_the_same_figures() {
    let app = TestApp::start().await;
    import(&app, vec![fixtures()]).await;
    let anyone = app.anonymous();
    let asked = "country=all&by=form";
    let body = anyone.get(&format!("/api/v1/statistics?{asked}")).await.must(200).json;
    let notices = |group: &Value| {
        (group["form"].as_str().unwrap().to_owned(), group["figures"]["notices"]["value"].as_f64().unwrap())
    };
    let expected: Vec<(String, f64)> = body["groups"].as_array().unwrap().iter().map(notices).collect();
    assert!(expected.len() > 3);

    let get = async |format: &str| {
        let answer = reqwest::get(format!("{}/statistikk/fil?{asked}&format={format}", app.url)).await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{format}");
        answer.bytes().await.unwrap().to_vec()
    };
    let rows = |bytes: &[u8], delimiter: u8| -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).from_reader(bytes);
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    };
    let csv = rows(&get("csv").await, b',');
    assert_eq!(&csv[0][..3], ["form", "form-label", "notices"]);
    let found: Vec<(String, f64)> =
        csv[1..csv.len() - 1].iter().map(|row| (row[0].clone(), row[2].parse().unwrap())).collect();
    assert_eq!(found, expected);
    assert_eq!(csv.last().unwrap()[..3], ["total", "I alt", "17"]);

    let excel = get("csv-excel").await;
    assert!(excel.starts_with("\u{feff}".as_bytes()));
    let excel = rows(&excel[3..], b';');
    assert_eq!(&excel[0][..3], ["Type kunngjøring (kode)", "Type kunngjøring", "Kunngjøringer"]);
    assert_eq!(excel.len(), csv.len());
    let commas = |rows: &[Vec<String>]| rows.concat().iter().filter(|cell| cell.contains(',')).count();
    assert_eq!(commas(&excel[1..]), csv[1..].concat().iter().filter(|cell| cell.contains('.')).count());

    let cube: Value = serde_json::from_slice(&get("json-stat").await).unwrap();
    assert_eq!((&cube["version"], &cube["class"]), (&json!("2.0"), &json!("dataset")));
    assert_eq!(cube["id"], json!(["form", "indicator"]));
    let codes = cube["dimension"]["form"]["category"]["index"].as_array().unwrap();
    let at = |indicator: &str| {
        let all = cube["dimension"]["indicator"]["category"]["index"].as_array().unwrap();
        all.iter().position(|code| code == indicator).unwrap()
    };
    let width = cube["size"][1].as_u64().unwrap() as usize;
    let found: Vec<(String, f64)> = codes
        .iter()
        .enumerate()
        .map(|(row, code)| {
            let code = code.as_str().unwrap().replace("not-told", "");
            (code, cube["value"][row * width + at("notices")].as_f64().unwrap())
        })
        .collect();
    assert_eq!(found, expected);

    let share = at("innovation-procedure-share");
    assert_eq!(at("innovation-procedure-share-base"), share + 1);
    let competition = codes.iter().position(|code| code == "competition").unwrap();
    let figure = body["groups"].as_array().unwrap().iter().find(|group| group["form"] == "competition").unwrap();
    let figure = &figure["figures"]["innovation-procedure-share"];
    let cell = |at: usize| cube["value"][competition * width + at].as_f64();
    assert!(figure["base"].as_f64() > Some(0.0));
    assert_eq!((cell(share), cell(share + 1)), (figure["value"].as_f64(), figure["base"].as_f64()));
    let all_together = &cube["extension"]["total"];
    assert_eq!((&all_together["notices"], &cube["extension"]["total-peers"]), (&json!(17.0), &Value::Null));

    let workbook = get("xlsx").await;
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(workbook)).unwrap();
    let mut sheet = String::new();
    std::io::Read::read_to_string(&mut zip.by_name("xl/worksheets/sheet2.xml").unwrap(), &mut sheet).unwrap();
    assert!(sheet.matches("<row ").count() > Source::Notices.indicators().len(), "a definition for each");

    let page = app.browser().open(&format!("/statistikk?{asked}")).await;
    assert!(page.html.contains("17 kunngjøringer i utvalget"), "{}", page.html);
    // Each is drawn, or says why it is not.
    let drawn = page.attributes(".bb-chart > svg", "role");
    let not_drawn = page.texts(".bb-chart > .bb-subtle:not(.bb-small)");
    assert!(drawn.iter().all(|role| role == "img") && drawn.len() > 10, "{drawn:?}");
    assert!(not_drawn.iter().all(|text| text == "Ingen av gruppene har tall som kan vises."), "{not_drawn:?}");
    assert_eq!(drawn.len() + not_drawn.len(), Source::Notices.indicators().len());
}

/// A demo names real places: whoever passes its figures on must be told what they are, in whatever they passed on.
#[tokio::test]
async fn what_is_made_up_for_a_demonstration_says_so_on_the_page_and_in_every_file() {
    let words = "oppdiktede data, laget for å vise fram Brobygger";
    for (environment, is_invented) in [("demo", true), ("development", false)] {
        let app = TestApp::with(&format!("environment = \"{environment}\"")).await;
        import(&app, vec![fixtures()]).await;
        let get = async |address: &str| {
            let answer = reqwest::get(format!("{}{address}", app.url)).await.unwrap();
            answer.bytes().await.unwrap().to_vec()
        };
        let file = async |format: &str| get(&format!("/api/v1/statistics?country=all&by=year&format={format}")).await;
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        for (format, name, value) in [("csv", ",invented", ",true"), ("csv-excel", ";Oppdiktet", ";ja")] {
            let table = text(file(format).await);
            let ends: Vec<bool> = table.lines().skip(1).map(|line| line.ends_with(value)).collect();
            assert!(ends.len() > 2, "{table}");
            // A row of what chance has moved or not would end the same.
            assert_eq!(table.lines().next().unwrap().ends_with(name), is_invented, "{table}");
            assert_eq!(ends, vec![is_invented; ends.len()], "{table}");
        }
        let json: Value = serde_json::from_slice(&file("json").await).unwrap();
        assert_eq!(json["invented"], is_invented);
        let cube: Value = serde_json::from_slice(&file("json-stat").await).unwrap();
        assert_eq!(cube["source"] == words, is_invented, "{}", cube["source"]);
        assert_eq!(cube["extension"]["invented"] == true, is_invented);
        let mut workbook = zip::ZipArchive::new(std::io::Cursor::new(file("xlsx").await)).unwrap();
        let mut strings = String::new();
        std::io::Read::read_to_string(&mut workbook.by_name("xl/sharedStrings.xml").unwrap(), &mut strings).unwrap();
        assert_eq!([words, "Oppdiktet"].map(|word| strings.contains(word)), [is_invented; 2]);
        let parquet = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(parquet.path(), get("/api/v1/statistics/notices.parquet").await).unwrap();
        let reader = parquet::file::reader::SerializedFileReader::new(parquet.reopen().unwrap()).unwrap();
        let notes = parquet::file::reader::FileReader::metadata(&reader).file_metadata().key_value_metadata().cloned();
        let is_noted = notes.is_some_and(|notes| notes.iter().any(|note| note.key == "invented"));
        assert_eq!(is_noted, is_invented);
        for page in ["/statistikk?country=all"] {
            let page = app.browser().open(page).await;
            assert_eq!(page.html.contains(words), is_invented, "{}", page.html);
            let as_if_real = ["regnet ut fra kunngjøringer i Doffin og TED", "fra offentlige kunngjøringer"];
            assert_eq!(as_if_real.map(|words| page.html.contains(words)), [!is_invented; 2], "{}", page.html);
        }
    }
}

#[tokio::test]
async fn all_notices_are_fetched_as_parquet_whole_or_in_parts_and_kept_ready() {
    let app = TestApp::start().await;
    let folder = tempfile::tempdir().unwrap();
    let rows = |bytes: &[u8]| {
        assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));
        let file = folder.path().join("notices.parquet");
        std::fs::write(&file, bytes).unwrap();
        let reader = parquet::file::reader::SerializedFileReader::new(std::fs::File::open(file).unwrap()).unwrap();
        parquet::file::reader::FileReader::metadata(&reader).file_metadata().num_rows()
    };
    let get = async |range: Option<&str>| {
        let request = reqwest::Client::new().get(format!("{}/api/v1/statistics/notices.parquet", app.url));
        let request = if let Some(range) = range { request.header("range", range) } else { request };
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.headers().clone(), answer.bytes().await.unwrap().to_vec())
    };
    let (status, _, empty) = get(None).await;
    assert_eq!((status, rows(&empty)), (200, 0));
    import(&app, vec![fixtures().join("e3-competition-with-climate.xml")]).await;
    // While notices come in, the file is at most ten minutes old.
    assert_eq!(get(None).await.2, empty);
    app.pass(chrono::TimeDelta::minutes(11));
    let (_, headers, whole) = get(None).await;
    assert_eq!((rows(&whole), &headers["content-type"]), (1, &"application/vnd.apache.parquet".parse().unwrap()));
    assert_eq!(
        &headers["content-disposition"],
        "attachment; filename=\"notices.parquet\"; filename*=UTF-8''notices.parquet"
    );
    let (status, headers, end) = get(Some("bytes=-4")).await;
    assert_eq!((status, end.as_slice()), (206, b"PAR1".as_slice()));
    assert_eq!(headers["content-range"], format!("bytes {}-{}/{}", whole.len() - 4, whole.len() - 1, whole.len()));
    let refused = app.anonymous().get("/api/v1/statistics/notices.parquet?by=year").await;
    assert_eq!(refused.status, 400);
}

#[tokio::test]
async fn a_figure_is_shared_as_a_picture_that_can_stand_alone() {
    let app = TestApp::start().await;
    import(&app, vec![fixtures()]).await;
    // A link to the page is shown with a picture of the same selection.
    let page = app.browser().open("/statistikk?country=all&form=competition&by=quarter").await;
    let selection = page.texts(".bb-selection span");
    assert_eq!(selection, ["Land: Alle land", "Type kunngjøring: Konkurranse", "Periode: 21. desember 2019"]);
    // And the period stands beside every figure, with its base and its source.
    for said in page.texts(".bb-chart > p:last-child") {
        assert!(said.contains("Grunnlag: ") && said.contains("Periode: 21. desember 2019"), "{said}");
        assert!(said.contains("Kilde: kunngjøringer fra Doffin og TED (eForms "), "{said}");
    }
    let shared = page.attributes("meta[property='og:image']", "content");
    let shared = shared.first().unwrap();
    assert!(shared.starts_with(app.app.config.server.address()), "a whole address: {shared}");
    let path = shared.strip_prefix(app.app.config.server.address()).unwrap();
    assert_eq!(path, "/statistikk/bilde/innovation-procedure-share?by=quarter&country=all&form=competition");
    let get = async |path: &str| {
        let answer = reqwest::get(format!("{}{path}", app.url)).await.unwrap();
        assert_eq!(
            (answer.status(), &answer.headers()["content-type"]),
            (StatusCode::OK, &"image/png".parse().unwrap())
        );
        answer.bytes().await.unwrap().to_vec()
    };
    let size = |png: &[u8]| {
        assert!(png.starts_with(b"\x89PNG\r\n\x1a\n") && &png[12..16] == b"IHDR");
        [16, 20].map(|at| u32::from_be_bytes(png[at..at + 4].try_into().unwrap()))
    };
    let through_time = get(path).await;
    assert_eq!(size(&through_time), [1200, 630]);
    assert_eq!(get(path).await, through_time, "the same at the same time");
    // Beside it stands in words what it shows.
    let said =
        |name: &str| page.attributes(&format!("meta[property='{name}']"), "content").concat().replace('\u{a0}', " ");
    assert!(said("og:title").starts_with("Prosedyrer laget for innovasjon: "), "{}", said("og:title"));
    assert_eq!(said("og:description"), selection.join(". "));
    let alt = said("og:image:alt");
    assert!(!alt.contains("%. "), "one sentence: {alt}");
    assert!(
        alt.starts_with(&said("og:title"))
            && alt.contains("Konkurranser som oppgir prosedyre")
            && alt.ends_with(&said("og:description")),
        "{alt}"
    );
    // What is selected, and by what it is divided, can be seen in it.
    for other in ["?by=quarter&country=all", "?country=all&form=competition", "?by=year&country=all&form=competition"] {
        assert_ne!(get(&format!("/statistikk/bilde/innovation-procedure-share{other}")).await, through_time, "{other}");
    }
    // Many bars make it higher, never narrower. And it is in the language of the page.
    let bars = get("/statistikk/bilde/notices?country=all&by=month,form").await;
    assert!(size(&bars)[0] == 1200 && size(&bars)[1] > 630, "{:?}", size(&bars));
    let nynorsk = get(&format!("/nn{path}")).await;
    assert!(size(&nynorsk) == [1200, 630] && nynorsk != through_time);
    // Nothing to show, nothing to share.
    let empty = app.browser().open("/statistikk?from=2099-01-01").await;
    assert!(empty.attributes("meta[property='og:image']", "content").is_empty());
    assert_eq!(size(&get("/statistikk/bilde/notices?from=2099-01-01").await), [1200, 630]);
}

#[tokio::test]
async fn needs_are_not_asked_for_what_only_notices_tell() {
    let app = TestApp::start().await;
    let anyone = app.anonymous();
    let asked = "by=year,procedure&procedure=open&form=competition&nature=works&buyer_type=la";
    anyone.get(&format!("/api/v1/statistics?{asked}")).await.must(200);
    let refused = anyone.get(&format!("/api/v1/statistics?source=cases&{asked}")).await.must(422);
    let mut fields =
        refused.json["errors"].as_array().unwrap().iter().map(|e| e["field"].as_str().unwrap()).collect::<Vec<_>>();
    fields.sort_unstable();
    assert_eq!(fields, ["buyer_type", "by", "form", "nature", "procedure"]);
    // The other source is a click away, without what it does not know; and its form offers no such thing.
    let page = app.browser().open(&format!("/statistikk?region=11&{asked}")).await;
    assert_eq!(page.attributes(".bb-tabs a", "href")[1], "/statistikk?source=cases&region=11");
    let page = app.browser().open("/statistikk?source=cases&region=11").await;
    assert_eq!(
        page.attributes("form select[name]", "name"),
        ["by", "region", "compare", "kostra_group", "division", "country"]
    );
    let offered = page.attributes("#by option", "value");
    assert_eq!(
        offered,
        ["year", "quarter", "month", "county", "municipality", "municipality-size", "kostra-group", "division"]
    );
    // Whoever asks all the same sees what they asked, and what is wrong with it.
    let page = app.browser().open("/statistikk?source=cases&procedure=open&by=value").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!((page.values("procedure"), page.values("by")), (vec!["open".to_owned()], vec!["value".to_owned()]));
    assert_eq!(page.texts("#procedure-error, #by-error").len(), 2);
    // And keeps the rest, whichever way they go on.
    let wrong = "/statistikk?source=cases&region=1103&compare=kostra-group&procedure=open";
    let page = app.browser().open(wrong).await;
    let rest = "region=1103&compare=kostra-group";
    assert_eq!(
        page.attributes(".bb-tabs a", "href"),
        [format!("/statistikk?{rest}&procedure=open"), format!("/statistikk?source=cases&{rest}")]
    );
    assert!(app.browser().open("/statistikk?source=cases").await.texts(".bb-results-head a").is_empty());
    let page = app.browser().open("/statistikk?source=cases&region=11").await;
    assert_eq!(page.attributes(".bb-results-head a", "href"), ["/statistikk?source=cases"]);
    for unknown in ["/statistikk?source=fisk", "/api/v1/statistics?source=fisk"] {
        assert_eq!(app.browser().open(unknown).await.status, StatusCode::BAD_REQUEST);
    }
    anyone.get("/api/v1/statistics?from=%2B262000-01-01&to=-0001-01-01").await.must(422);
}

#[tokio::test]
async fn a_wrong_question_is_told_of_with_everything_that_is_wrong() {
    let app = TestApp::start().await;
    let anyone = app.anonymous();
    let wrong = "from=i%20går&to=2024-13-01&by=fisk&country=norge&region=9999&kostra_group=EKG18&compare=fisk&division=7&buyer=1&buyer_type=x&procedure=y&form=z&nature=q";
    let refused = anyone.get(&format!("/api/v1/statistics?{wrong}")).await.must(422).json;
    let mut fields: Vec<&str> =
        refused["errors"].as_array().unwrap().iter().filter_map(|e| e["field"].as_str()).collect();
    fields.sort_unstable();
    let mut all: Vec<&str> = wrong.split('&').filter_map(|pair| Some(pair.split_once('=')?.0)).collect();
    all.sort_unstable();
    assert_eq!(fields, all);
    anyone.get("/api/v1/statistics?from=2024-02-01&to=2024-01-01").await.must(422);
    anyone.get("/api/v1/statistics?by=year,year").await.must(422);
    anyone.get("/api/v1/statistics?by=year,month,county").await.must(422);
    anyone.get("/api/v1/statistics?format=pdf").await.must(422);
    anyone.get("/api/v1/statistics?indicators=notices,luck").await.must(422);
    anyone.get("/api/v1/statistics?fra=2024-01-01").await.must(400);
    for path in ["/api/v1/statistics?", "/statistikk?", "/statistikk/fil?format=csv&", "/statistikk/bilde/notices?"] {
        let twice = format!("{path}by=month&by=year");
        assert_eq!(app.browser().open(&twice).await.status, StatusCode::BAD_REQUEST, "{twice}");
    }

    // Days that no notice has are those before all and after all.
    let count = async |asked: &str| {
        let told = anyone.get(&format!("/api/v1/statistics?{asked}")).await.must(200).json;
        told["total"]["notices"]["value"].as_f64().unwrap()
    };
    import(&app, vec![fixtures()]).await;
    let dated = count("from=1970-01-02").await;
    assert!(dated > 0.0);
    for (asked, expected) in [
        ("from=1969-12-31", dated),
        ("to=9999-12-31", dated),
        ("from=9999-12-31", 0.0),
        ("to=1970-01-02", 0.0),
        ("from=2149-06-07", 0.0),
    ] {
        assert_eq!(count(asked).await, expected, "{asked}");
    }
    // What an address asks for is seen in the form, though no list has it; and there is no picture of what is not counted.
    let page = app
        .browser()
        .open("/statistikk?by=county,year&country=DEU&procedure=innovation&form=competition&compare=1103")
        .await;
    let chosen = ["by", "country", "procedure", "form", "compare"].map(|name| page.values(name).concat());
    assert_eq!(chosen, ["county,year", "DEU", "innovation", "competition", "1103"]);
    assert_eq!(app.browser().open("/statistikk/bilde/cases").await.status, StatusCode::NOT_FOUND);
    assert_eq!(app.browser().open("/statistikk/bilde/notices?country=all").await.status, StatusCode::OK);

    // A county, and the whole country, are like no other.
    for region in ["", "&region=11"] {
        let asked = format!("compare=kostra-group&by=quarter&nature=works&from=2024-01-01{region}");
        let refused = anyone.get(&format!("/api/v1/statistics?{asked}")).await.must(422).json;
        assert_eq!(refused["errors"].as_array().unwrap().len(), 1);
        assert_eq!(refused["errors"][0]["field"], "compare");
        let page = app.browser().open(&format!("/statistikk?{asked}")).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(
            page.texts("#compare-error"),
            ["Velg en kommune først. En KOSTRA-gruppe er kommuner som ligner på hverandre."]
        );
        let chosen = ["by", "compare", "nature"].map(|name| page.values(name).concat());
        assert_eq!(chosen, ["quarter", "kostra-group", "works"], "what was chosen stays");
    }
}

#[tokio::test]
async fn a_supplier_is_small_as_it_was_when_it_responded_and_unknown_where_it_does_not_say() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let liv = app.adviser("Liv").await;
    let share = async |who: &crate::person::Person| {
        app.pass(chrono::TimeDelta::minutes(2));
        let figure =
            who.get("/api/v1/statistics?source=cases").await.must(200).json["total"]["sme-participant-share"].clone();
        (figure["value"].as_f64(), figure["base"].as_u64())
    };
    let need = crate::needs::published(&app, &kari, "Færre fall").await;
    let others = [("Ida", "Tryggvakt", Some("100-249")), ("Per", "Nattlys", Some("250+")), ("Siv", "Fjordlys", None)];
    let mut first = None;
    for (name, company, size) in others {
        let supplier = app.supplier(name, company).await;
        if let Some(size) = size {
            let changed = supplier.patch("/api/v1/suppliers/me", json!({"employees": size})).await.must(200);
            assert_eq!(changed.json["employees"], size);
        }
        supplier.post(&format!("/api/v1/needs/{need}/responses"), json!({"body": "Vi kan dette."})).await.must(201);
        first.get_or_insert(supplier);
    }
    assert_eq!(share(&liv).await, (Some(0.5), Some(2)));
    // It grows; and what one could say before the bands were divided says nothing.
    let ida = first.unwrap();
    ida.patch("/api/v1/suppliers/me", json!({"employees": "250+"})).await.must(200);
    assert_eq!(share(&liv).await, (Some(0.5), Some(2)));
    ida.patch("/api/v1/suppliers/me", json!({"employees": "100+"})).await.must(200);
    let next = crate::needs::published(&app, &kari, "Tryggere netter").await;
    ida.post(&format!("/api/v1/needs/{next}/responses"), json!({"body": "Vi kan dette."})).await.must(201);
    assert_eq!(share(&liv).await, (Some(0.5), Some(2)));
    ida.patch("/api/v1/suppliers/me", json!({"employees": "250-"})).await.must(422);
    assert_eq!(share(&app.anonymous()).await, (None, None), "of few the public is told nothing");
    // The form offers what tells more, and keeps what was said.
    let page = app.browser().log_in(&ida).await.open("/min-side/leverandor").await;
    assert_eq!(page.attributes("#employees option", "value"), ["", "1-4", "5-19", "20-99", "100-249", "250+", "100+"]);
    assert_eq!(page.values("employees"), ["100+"]);
    let page = app.browser().log_in(&app.supplier("Mia", "Havlys").await).await.open("/min-side/leverandor").await;
    assert_eq!(page.attributes("#employees option", "value"), ["", "1-4", "5-19", "20-99", "100-249", "250+"]);
}

/// A supplier that calls itself something else is not betrayed by what changes: nothing does.
#[tokio::test]
async fn a_supplier_counts_as_what_it_was_when_it_responded() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let liv = app.adviser("Liv").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let respond = async || {
        let need = crate::needs::published(&app, &kari, "Færre fall").await;
        ida.post(&format!("/api/v1/needs/{need}/responses"), json!({"body": "Vi kan dette."})).await.must(201);
        need
    };
    let startups = async || {
        app.pass(chrono::TimeDelta::minutes(2));
        let figure = liv.get("/api/v1/statistics?source=cases").await.must(200).json["total"]["startup-share"].clone();
        (figure["value"].as_f64().unwrap(), figure["base"].as_u64().unwrap())
    };
    let first = respond().await;
    assert_eq!(startups().await, (1.0, 1));
    ida.patch("/api/v1/suppliers/me", json!({"kind": "established"})).await.must(200);
    assert_eq!(startups().await, (1.0, 1));
    respond().await;
    assert_eq!(startups().await, (0.5, 2));
    // Nor does what it adds to a response that it has sent.
    ida.post(&format!("/api/v1/needs/{first}/responses"), json!({"body": "Og dette."})).await.must(201);
    assert_eq!(startups().await, (0.5, 2));
}

/// How many suppliers responded to needs, as someone is told.
async fn told(who: &crate::person::Person, filter: &str) -> f64 {
    let answer = who.get(&format!("/api/v1/statistics?source=cases{filter}")).await.must(200).json;
    answer["total"]["startup-share"]["base"].as_f64().unwrap()
}

#[tokio::test]
async fn who_responded_cannot_be_worked_out_from_public_figures() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let bo = app.buyer("Bo", "Bergen").await;
    let liv = app.adviser("Liv").await;
    let suppliers = [app.supplier("Ida", "Tryggvakt").await, app.supplier("Per", "Nattlys").await];
    let mut responses = 0;
    let few = [[0].as_slice(), &[0, 1], &[1], &[]];
    for (n, responders) in few.into_iter().enumerate() {
        let need = crate::needs::published(&app, &kari, &format!("Behov {n}")).await;
        for who in responders {
            suppliers[*who]
                .post(&format!("/api/v1/needs/{need}/responses"), json!({"body": "Vi kan dette."}))
                .await
                .must(201);
            responses += 1;
        }
    }
    assert_eq!(responses, 4);
    let anyone = app.anonymous();
    // Of four needs the public is told neither how many responded nor what would give it, in any file.
    let withheld = anyone.get("/api/v1/statistics?source=cases").await.must(200).json["total"].clone();
    for (of, base) in
        [("participants-per-case", json!(4)), ("startup-share", Value::Null), ("sme-participant-share", Value::Null)]
    {
        assert_eq!(withheld[of], json!({"value": null, "base": base, "withheld": true, "moved": true}), "{of}");
    }
    let csv = anyone.get("/api/v1/statistics?source=cases&format=csv").await.must(200).text;
    assert!(csv.lines().last().unwrap().starts_with("total,I alt,4,,4,true,,,true,,,true,,,true,"), "{csv}");
    let cube = anyone.get("/api/v1/statistics?source=cases&format=json-stat").await.must(200).text;
    let cube: Value = serde_json::from_str(&cube).unwrap();
    assert_eq!(cube["extension"]["total"]["startup-share-base"], Value::Null);
    for n in 4..10 {
        crate::needs::published(&app, &kari, &format!("Behov {n}")).await;
    }
    app.pass(chrono::TimeDelta::minutes(2));
    // The adviser and the buyer itself see what they see anyway; the public and other buyers see what was rounded.
    let own = format!("&buyer={}", kari.organisation_number);
    assert_eq!(told(&liv, "").await, 4.0);
    assert_eq!(told(&kari, &own).await, 4.0);
    for (who, filter) in [(&anyone, ""), (&anyone, own.as_str()), (&bo, own.as_str()), (&kari, "")] {
        let shown = told(who, filter).await;
        assert!(shown % 3.0 == 0.0, "{shown} tells of small numbers");
        assert_eq!(shown, told(&anyone, "").await, "the same for everybody, whatever is selected");
        // Of so few that responded, nothing is told of what they are.
        let answer = who.get(&format!("/api/v1/statistics?source=cases{filter}")).await.must(200).json;
        for withheld in ["startup-share", "social-entrepreneur-share"] {
            let figure = &answer["total"][withheld];
            // None at all is a figure that may have been moved too.
            assert_eq!((&figure["value"], &figure["moved"]), (&Value::Null, &json!(true)), "{withheld}");
        }
    }
    let exact = liv.get("/api/v1/statistics?source=cases").await.must(200).json;
    assert_eq!(exact["total"]["startup-share"]["value"], 1.0);
    assert_eq!(exact["total"]["participants-per-case"]["value"], 0.4);
    // What chance has moved says so to everybody else, and what is exact does not.
    assert_eq!(exact["total"]["startup-share"].get("moved"), None);
    let moved = anyone.get("/api/v1/statistics?source=cases&compare=country").await.must(200).json;
    assert_eq!(moved["total"]["participants-per-case"]["moved"], true);
    assert_eq!(moved["total"]["cases"].get("moved"), None);
    let beside = kari.get(&format!("/api/v1/statistics?source=cases{own}&compare=country")).await.must(200).json;
    let beside = &beside["total"]["participants-per-case"];
    assert_eq!((beside.get("moved"), beside["peers"].get("moved")), (None, Some(&json!(true))));
    let page = app.browser().open("/statistikk?source=cases").await;
    assert!(page.html.contains("For få"));
    // Whoever sees exact numbers is told so, and nobody keeps them for others.
    let note = async |who: &crate::person::Person, asked: &str| {
        let page = app.browser().log_in(who).await.open(&format!("/statistikk?source=cases{asked}")).await;
        page.html.contains("vist nøyaktig")
    };
    assert!(note(&liv, "").await && note(&kari, &own).await);
    assert!(!note(&kari, "").await && !note(&bo, &own).await);
    let file = liv.get("/api/v1/statistics?source=cases").await.must(200);
    assert_eq!(file.headers["cache-control"], "private, no-cache");
}

#[tokio::test]
async fn a_municipality_is_seen_beside_its_peers() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    import(&app, vec![fixtures()]).await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let bo = app.buyer("Bo", "Bergen").await;
    crate::needs::published(&app, &kari, "Færre fall").await;
    crate::needs::published(&app, &bo, "Tryggere netter").await;
    let asked = format!("source=cases&buyer={}&compare=country", kari.organisation_number);
    let anyone = app.anonymous();
    let body = anyone.get(&format!("/api/v1/statistics?{asked}")).await.must(200).json;
    let cases = |of: &Value| (of["value"].as_f64().unwrap(), of["peers"]["value"].as_f64().unwrap());
    assert_eq!(cases(&body["total"]["cases"]), (1.0, 2.0));
    assert_eq!(cases(&body["groups"][0]["figures"]["cases"]), (1.0, 2.0));
    assert_eq!(body["question"]["compare"], "country");
    let cube = anyone.get(&format!("/api/v1/statistics?{asked}&format=json-stat")).await.must(200);
    let cube: Value = serde_json::from_str(&cube.text).unwrap();
    assert_eq!(cube["id"], json!(["year", "selection", "indicator"]));
    let size: u64 = cube["size"].as_array().unwrap().iter().map(|n| n.as_u64().unwrap()).product();
    assert_eq!(cube["value"].as_array().unwrap().len() as u64, size);
    let page = app.browser().open(&format!("/statistikk?{asked}")).await;
    assert!(page.texts(".bb-legend").iter().all(|legend| legend.contains("Hele landet")), "{}", page.html);
    // Sums are compared in tables only.
    let compared = Source::Cases.indicators().into_iter().filter(|indicator| !indicator.is_sum());
    assert_eq!(page.texts(".bb-legend").len(), compared.count());
    anyone.get("/api/v1/statistics?compare=fisk").await.must(422);
    // Without a comparison nothing says so.
    let plain = anyone.get("/api/v1/statistics?source=cases").await.must(200).json;
    assert!(plain["total"]["cases"].get("peers").is_none());
}

/// Who looks at itself beside others is not among them, or is told that it is.
#[tokio::test]
async fn of_notices_the_selection_is_not_among_its_peers_and_of_needs_it_says_that_it_is() {
    let app = TestApp::start().await;
    import(&app, vec![fixtures()]).await;
    let anyone = app.anonymous();
    let get = async |query: &str| anyone.get(&format!("/api/v1/statistics?{query}")).await.must(200);
    let count = |of: &Value| of["value"].as_f64().unwrap();
    let whole = get("by=year").await.json["total"]["notices"].clone();
    let buyers = get("by=county").await.json;
    let county = buyers["groups"].as_array().unwrap().iter().find(|group| group["county"] != "").unwrap();
    let number = county["county"].as_str().unwrap();
    let beside = get(&format!("region={number}&compare=country")).await.json["total"]["notices"].clone();
    assert!(count(&beside) > 0.0 && count(&beside["peers"]) > 0.0, "{beside}");
    assert_eq!(count(&beside) + count(&beside["peers"]), count(&whole), "each once");
    let excel = get(&format!("region={number}&compare=country&format=csv-excel")).await.text;
    assert!(excel.lines().next().unwrap().contains("Kunngjøringer: Hele landet ellers"), "{excel}");
    let page = app.browser().open(&format!("/statistikk?region={number}&compare=country")).await;
    assert!(page.texts(".bb-legend").iter().all(|legend| legend.contains("Hele landet ellers")), "{}", page.html);
    let head = page.texts("#single-tender-share thead th");
    assert!(head.iter().any(|head| head == "Hele landet ellers (grunnlag)"), "{head:?}");
    let cell = page.texts("#single-tender-share tfoot td");
    assert!(cell.iter().any(|cell| cell.ends_with(')')), "{cell:?}");
    // Needs: the whole without a part would tell what is withheld of the part.
    let page = app.browser().open(&format!("/statistikk?source=cases&region={number}&compare=country")).await;
    assert!(page.html.contains("Hele landet (utvalget er med)"), "{}", page.html);
}

#[tokio::test]
async fn months_without_notices_are_there_too() {
    let app = TestApp::start().await;
    import(&app, vec![fixtures()]).await;
    let answer = Answer::to(&Question { by: vec![Dimension::Month], ..everywhere() }, &observed(&app));
    let keys: Vec<u32> = answer.groups.iter().map(|group| group.keys[0]).filter(|key| *key > 0).collect();
    let gaps: Vec<u32> = keys.windows(2).map(|two| two[1] - two[0]).filter(|gap| *gap != 1).collect();
    assert!(gaps.iter().all(|gap| *gap > 120), "{keys:?}");
    assert!(answer.groups.iter().any(|group| group.sums == Sums::default()), "{keys:?}");
}

#[tokio::test]
async fn the_page_is_told_by_themes_and_its_contents_lead_to_each() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    import(&app, vec![fixtures()]).await;
    let kari = app.buyer("Kari", "Stavanger").await;
    crate::needs::published(&app, &kari, "Fall").await;
    for source in [Source::Notices, Source::Cases] {
        let page = app.browser().open(&format!("/statistikk?source={}", source.as_str())).await;
        let themes = page.attributes(".bb-theme > h2", "id");
        let links = page.attributes(".bb-contents a", "href");
        let sections = themes.iter().map(String::as_str).chain(["files"]).map(|id| format!("#{id}"));
        assert_eq!(links, sections.collect::<Vec<_>>());
        let mut charts = page.attributes(".bb-theme .bb-chart", "id");
        charts.sort();
        let mut indicators: Vec<&str> = source.indicators().iter().map(|indicator| indicator.as_str()).collect();
        indicators.sort();
        assert_eq!(charts, indicators);
    }
}

#[tokio::test]
async fn with_two_dimensions_every_group_has_the_periods_that_one_alone_has() {
    let app = TestApp::start().await;
    import(&app, vec![fixtures()]).await;
    let observed = observed(&app);
    let keys = |by: &[Dimension]| -> Vec<Vec<u32>> {
        let answer = Answer::to(&Question { by: by.to_vec(), ..everywhere() }, &observed);
        answer.groups.into_iter().map(|group| group.keys).collect()
    };
    let months = keys(&[Dimension::Month]);
    let forms = keys(&[Dimension::Form]);
    assert!(months.len() > 3 && forms.len() > 1, "{months:?} {forms:?}");
    let product = |first: &[Vec<u32>], second: &[Vec<u32>]| -> Vec<Vec<u32>> {
        first.iter().flat_map(|one| second.iter().map(|other| [one.as_slice(), other].concat())).collect()
    };
    assert_eq!(keys(&[Dimension::Month, Dimension::Form]), product(&months, &forms));
    assert_eq!(keys(&[Dimension::Form, Dimension::Month]), product(&forms, &months));
    // A month lies in one year.
    let in_years: Vec<Vec<u32>> = months.iter().map(|month| vec![month[0] / 12, month[0]]).collect();
    assert_eq!(keys(&[Dimension::Year, Dimension::Month]), in_years);
    let whole = Answer::to(&Question { by: vec![Dimension::Form], ..everywhere() }, &observed).total;
    assert_eq!(
        Answer::to(&Question { by: vec![Dimension::Month, Dimension::Form], ..everywhere() }, &observed).total,
        whole
    );
    // In every file, as on the page.
    let asked = async |by: &str, format: &str| {
        let address = format!("/api/v1/statistics?country=all&by={by}&format={format}");
        reqwest::get(format!("{}{address}", app.url)).await.unwrap().text().await.unwrap()
    };
    let rows = product(&months, &forms).len();
    assert_eq!(asked("month,form", "csv").await.lines().count(), rows + 2, "a head and all together");
    let json: Value = serde_json::from_str(&asked("month,form", "json").await).unwrap();
    assert_eq!(json["groups"].as_array().unwrap().len(), rows);
    let cubes = [asked("month", "json-stat").await, asked("month,form", "json-stat").await];
    let times = cubes.map(|cube| serde_json::from_str::<Value>(&cube).unwrap()["dimension"]["month"].clone());
    assert_eq!(times[0], times[1]);
    let page = app.browser().open("/statistikk?country=all&by=month,form").await;
    assert_eq!(page.texts("#notices tbody tr").len(), rows.min(400));
}

#[tokio::test]
async fn a_municipality_is_seen_beside_those_that_it_is_like() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    // Stavanger and Bergen are in group 12; Utsira is in group 16.
    for (name, place, title) in [("Kari", "Stavanger", "Fall"), ("Bo", "Bergen", "Netter"), ("Siri", "Utsira", "Ferje")]
    {
        let buyer = app.buyer(name, place).await;
        crate::needs::published(&app, &buyer, title).await;
    }
    let anyone = app.anonymous();
    let asked =
        async |query: &str| anyone.get(&format!("/api/v1/statistics?source=cases&{query}")).await.must(200).json;
    let count = |of: &Value| of["value"].as_f64();
    let beside = asked("region=1103&compare=kostra-group").await;
    let cases = &beside["total"]["cases"];
    assert_eq!((count(cases), count(&cases["peers"])), (Some(1.0), Some(2.0)));
    assert_eq!(beside["question"]["compare"], "EKG12", "what the question means, so that a link to it stays true");
    assert_eq!(asked("region=1103&compare=EKG12").await["total"], beside["total"]);
    assert_eq!(count(&asked("region=1103&compare=EKG16").await["total"]["cases"]["peers"]), Some(1.0));
    assert_eq!(count(&asked("kostra_group=EKG12").await["total"]["cases"]), Some(2.0));
    let whole = asked("kostra_group=EKG16&compare=country").await;
    assert_eq!(count(&whole["total"]["cases"]["peers"]), Some(3.0), "the whole country, and not the group in it");
    let groups = asked("by=kostra-group").await;
    let groups = groups["groups"].as_array().unwrap().iter().map(|group| {
        (
            group["kostra-group"].as_str().unwrap(),
            group["kostra-group-label"].as_str().unwrap(),
            count(&group["figures"]["cases"]),
        )
    });
    let expected = [("EKG12", "KOSTRA-gruppe 12", Some(2.0)), ("EKG16", "KOSTRA-gruppe 16", Some(1.0))];
    assert_eq!(groups.collect::<Vec<_>>(), expected);
    let csv = anyone.get("/api/v1/statistics?source=cases&region=1103&compare=EKG12&format=csv").await.must(200).text;
    let head: Vec<&str> = csv.lines().next().unwrap().split(',').skip(2).take(8).collect();
    let columns = ["cases", "cases-peers", "participants-per-case", "participants-per-case-base"];
    assert_eq!(head[..4], columns);
    let (peers, base) = ("participants-per-case-peers", "participants-per-case-peers-base");
    assert_eq!(head[4..], ["participants-per-case-moved", peers, base, "participants-per-case-peers-moved"]);
    let excel =
        anyone.get("/api/v1/statistics?source=cases&region=1103&compare=EKG12&format=csv-excel").await.must(200).text;
    assert!(excel.lines().next().unwrap().contains("Behov: KOSTRA-gruppe 12"), "{excel}");
    let page = app.browser().open("/statistikk?source=cases&region=1103&compare=kostra-group").await;
    assert!(page.texts(".bb-legend").iter().all(|legend| legend.contains("KOSTRA-gruppe 12")), "{}", page.html);
    assert_eq!(page.values("compare"), ["kostra-group"]);
    let page = app.browser().open("/statistikk?source=cases&region=1103&compare=EKG16").await;
    assert_eq!(page.values("compare"), ["EKG16"], "in the list, though nobody need know it by its number");
}

#[tokio::test]
async fn a_page_shows_so_many_rows_and_a_wrong_question_shows_none() {
    let app = TestApp::start().await;
    let first = std::fs::read_to_string(fixtures().join("e3-competition-with-climate.xml")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (id, day) = ("schemeName=\"notice-id\">", "<cbc:IssueDate>");
    let after = |mark: &str| first.find(mark).unwrap() + mark.len();
    // One competition in each of 401 months.
    for n in 0..401_u32 {
        let mut xml = first.clone();
        let until = |from: usize| from + first[from..].find('<').unwrap();
        let mut put = [
            (after(id), format!("00000000-0000-4000-8000-{n:012}")),
            (after(day), format!("{}-{:02}-01", 1990 + n / 12, n % 12 + 1)),
        ];
        put.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        put.iter().for_each(|(at, text)| xml.replace_range(*at..until(*at), text));
        std::fs::write(folder.path().join(format!("{n}.xml")), xml).unwrap();
    }
    let (summary, failures) = import(&app, vec![folder.path().to_owned()]).await;
    assert_eq!((summary.stored, failures.len()), (401, 0));
    let browser = app.browser();
    let page = browser.open("/statistikk?by=month").await;
    assert_eq!(page.texts("#competitions tbody tr").len(), 400);
    assert!(page.html.contains("Tabellen viser de 400 første."), "{}", page.html);
    assert!(page.html.contains("Figuren viser de siste 120 periodene."), "{}", page.html);
    let page = browser.open("/statistikk?by=year,municipality").await;
    assert!(page.html.contains("Figuren viser de 25 første."), "{}", page.html);
    let file = app.anonymous().get("/api/v1/statistics?by=month").await.must(200).json;
    assert_eq!(file["groups"].as_array().unwrap().len(), 401);

    let wrong = browser.open("/statistikk?from=i%20g%C3%A5r&buyer=123").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.texts("#from-error, #buyer-error").len(), 2);
    assert_eq!(wrong.values("buyer"), ["123"]);
    assert!(wrong.texts(".bb-chart").is_empty() && wrong.texts(".bb-stats").is_empty());
}
