//! A need is drawn up as a notice: by command, over JSON, and in the browser.
use crate::app::TestApp;
use crate::commands::{brobygger, told};
use crate::needs::{draft, falls, published};
use chrono::TimeDelta;
use insta::assert_snapshot;
use serde_json::{Value, json};

/// What the need does not know, for E1: the words in English.
const ENGLISH: &str =
    r#"{"subject": {"title": {"ENG": "Fewer falls"}, "description": {"ENG": "Residents fall at night."}}}"#;

/// When every story begins; the facts of the examples are of that time too.
const NOW: &str = "2026-11-21T12:00:00+01:00";

/// What a plan above the thresholds tells beside what the need and its buyer do.
const ABOVE: [(&str, &str); 13] = [
    ("title_en", "Fewer falls"),
    ("description_en", "Residents fall at night."),
    ("value", "4 000 000"),
    ("competition_expected", "2027-04-01"),
    ("activity", "health"),
    ("postcode", "4005"),
    ("city", "Stavanger"),
    ("phone", "+47 51 50 70 90"),
    ("review_name", "Sør-Rogaland tingrett"),
    ("review_number", "926723480"),
    ("review_postcode", "4001"),
    ("review_city", "Stavanger"),
    ("review_region", "11"),
];

fn query_of(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

fn tidy(xml: &str, app: &TestApp) -> String {
    let xml = xml.replace(&app.url, "https://brobygger.example");
    let mut lines: Vec<String> = xml.lines().map(str::to_owned).collect();
    for line in &mut lines {
        if line.contains("schemeName=\"notice-id\"") {
            let (before, rest) = line.split_once('>').unwrap();
            *line = format!("{before}>NOTICE{}", &rest[rest.find('<').unwrap()..]);
        }
    }
    lines.join("\n")
}

#[tokio::test]
async fn an_open_need_becomes_a_consultation_and_a_plan_by_command_and_over_json() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let id = published(&app, &kari, "Færre fall på sykehjemmet").await;

    // The need as it is: its words stand under English too, and whoever draws it up hears of it.
    let e1 = ["notices", "export", "2026-0001", "--form", "e1", "--issued", NOW];
    let done = brobygger(&app, &e1, "").await;
    assert!(done.status.success(), "{}", told(&done));
    assert_snapshot!("in_its_own_language", told(&done));
    let own = String::from_utf8(done.stdout).unwrap();
    assert!(own.contains("<cbc:Name languageID=\"ENG\">Færre fall på sykehjemmet</cbc:Name>"), "{own}");
    let silent = brobygger(&app, &[&e1[..], &["--untranslated"]].concat(), "").await;
    assert_eq!(String::from_utf8(silent.stdout.clone()).unwrap(), own);
    assert!(!told(&silent).contains("--facts"), "{}", told(&silent));

    // Everything that is missing is told at once, in words, and nothing else is written.
    let above = [&e1[..3], &["--form", "planning", "--legal-basis", "eea-public"]].concat();
    let refused = brobygger(&app, &above, "").await;
    assert_eq!((refused.status.code(), refused.stdout.len()), (Some(1), 0));
    assert_snapshot!("missing", told(&refused));
    let address = format!("/api/v1/needs/{id}/notices");
    let refused = kari.get(&format!("{address}/e1")).await.must(422);
    assert_eq!(refused.errors(), ["title_en: text-not-in-language", "description_en: text-not-in-language"]);

    // With the words that are missing, by reference or by id.
    let with_facts: Vec<&str> = e1.iter().copied().chain(["--facts", "-"]).collect();
    let done = brobygger(&app, &with_facts, ENGLISH).await;
    assert!(done.status.success(), "{}", told(&done));
    let xml = String::from_utf8(done.stdout).unwrap();
    assert_snapshot!("e1", tidy(&xml, &app));
    let by_id: Vec<&str> =
        with_facts.iter().map(|word| if *word == "2026-0001" { id.as_str() } else { *word }).collect();
    assert_eq!(String::from_utf8(brobygger(&app, &by_id, ENGLISH).await.stdout).unwrap(), xml);

    // As data, with the codes that are suggested.
    let as_json = brobygger(&app, &[&with_facts[..], &["--json", "--plain"]].concat(), ENGLISH).await;
    let answer: Value = serde_json::from_slice(&as_json.stdout).unwrap();
    assert_eq!((&answer["subtype"], &answer["customization"]), (&json!("E1"), &json!("eforms-sdk-1.14")));
    assert_eq!(answer["suggestions"][0]["code"], "inn-pur");
    assert!(!answer["notice"].as_str().unwrap().contains("inn-pur"), "a suggestion was put in by itself");

    // The plan below the thresholds needs no more than the need knows; above them more.
    let plan = kari.get(&format!("{address}/planning")).await.must(200);
    assert!(plan.header("content-disposition").starts_with("attachment; filename=\"2026-0001-planning.xml\""));
    assert_snapshot!("planning", tidy(&plan.text, &app));
    let above = kari.get(&format!("{address}/planning?legal_basis=eea-public&untranslated=true")).await.must(422);
    assert_snapshot!("planning_above", above.errors().join("\n"));
    let query = query_of(&ABOVE);
    let above = kari.get(&format!("{address}/planning?legal_basis=eea-public&{query}")).await.must(200);
    assert_snapshot!("planning_above_made", tidy(&above.text, &app));
    kari.get(&format!("{address}/planning?legal_basis=fish")).await.must(422);
    kari.get(&format!("{address}/planning?profile=fish")).await.must(400);
    kari.get(&format!("{address}/competition")).await.must(404);

    // When the deadline has passed there is nothing to consult about.
    app.pass(TimeDelta::days(31));
    kari.get(&format!("{address}/e1?untranslated=true")).await.must(409);
    kari.get(&format!("{address}/planning")).await.must(200);
}

#[tokio::test]
async fn a_buyer_fetches_the_notice_from_the_page_of_the_need() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let bo = app.buyer("Bo", "Bergen").await;
    published(&app, &kari, "Færre fall på sykehjemmet").await;
    let browser = app.browser().log_in(&kari).await;
    let page = browser.open("/behov/2026-0001").await;
    let links = page.attributes("a", "href");
    let e1 = "/behov/2026-0001/kunngjoring/e1";
    assert!(links.iter().any(|link| link == e1), "{links:?}");
    let page = browser.open(e1).await;
    assert_eq!(page.texts("h1"), ["Last ned kunngjøring (E1)"]);
    let missing = browser.submit(e1, &[]).await;
    assert_eq!(missing.status, 422);
    assert_eq!(missing.attributes("#errors li a", "href"), ["#title_en", "#description_en"]);
    assert_eq!(missing.texts("#title_en-error, #description_en-error"), ["Skriv teksten på engelsk."; 2]);
    let fetched = browser.submit(e1, &[("title_en", "Fewer falls"), ("description_en", "At night.")]).await;
    assert_eq!(fetched.status, 200);
    assert!(fetched.html.contains("<cbc:SubTypeCode listName=\"notice-subtype\">E1</cbc:SubTypeCode>"));

    // A plan above the thresholds: what is missing is told at its field, in words, and what was filled in stays.
    let plan = "/behov/2026-0001/kunngjoring/planning";
    let page = browser.open(plan).await;
    assert_eq!(page.attributes("#activity option[selected], #region option[selected]", "value"), ["gen-pub", "11"]);
    assert_eq!(page.attributes("#legal_type option[selected], #review_region option[selected]", "value"), ["la", "11"]);
    let some = [("legal_basis", "eea-public"), ("untranslated", "true"), ("city", "Stavanger"), ("review_number", "1")];
    let missing = browser.submit(plan, &some).await;
    assert_eq!(missing.status, 422);
    assert_snapshot!("plan_above_on_the_page", missing.texts("#errors li").join("\n"));
    assert!(
        missing.attributes("#errors li a", "href").len() == missing.texts("#errors li").len(),
        "a raw path is told"
    );
    assert_eq!(missing.attributes("#city, #review_number", "value"), ["Stavanger", "1"]);
    assert_eq!(missing.texts("#postcode-error"), ["Fyll ut dette feltet."]);
    let all = [&ABOVE[..], &[("legal_basis", "eea-public"), ("region", "11"), ("legal_type", "la")]].concat();
    let fetched = browser.submit(plan, &all).await;
    assert_eq!(fetched.status, 200, "{:?}", fetched.texts("#errors li"));
    assert!(fetched.html.contains("<cbc:SubTypeCode listName=\"notice-subtype\">4</cbc:SubTypeCode>"));
    // Below them it is of no use, and does no harm.
    let below = browser.submit(plan, &[&ABOVE[..], &[("legal_basis", "foa-1")]].concat()).await;
    assert_eq!(below.status, 200, "{:?}", below.texts("#errors li"));
    assert!(below.html.contains(">E2</cbc:SubTypeCode>") && !below.html.contains("tingrett"), "{}", below.html);

    let other = app.browser().log_in(&bo).await;
    let links = other.open("/behov/2026-0001").await.attributes("a", "href");
    assert!(!links.iter().any(|link| link.contains("kunngjoring")), "{links:?}");
    assert_eq!(other.open(e1).await.status, 403);
}

#[tokio::test]
async fn a_need_in_english_is_asked_for_norwegian_words_and_no_others() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let mut need = falls(&app);
    need["language"] = json!("en");
    let id = kari.post("/api/v1/needs", need).await.must(201).id();
    kari.put(&format!("/api/v1/needs/{id}/publication"), Value::Null).await.must(200);
    let browser = app.browser().log_in(&kari).await;
    let words = [("title_no", "Færre fall"), ("description_no", "Om natten.")];
    for (form, subtype, asked) in
        [("e1", "E1", "Skriv teksten på bokmål."), ("planning", "E2", "Skriv teksten på norsk.")]
    {
        let address = format!("/behov/2026-0001/kunngjoring/{form}");
        let page = browser.open(&address).await;
        assert_eq!(page.attributes("textarea", "name"), ["title_no", "description_no"]);
        assert_eq!(page.texts("label[for=untranslated]"), ["Bruk den engelske teksten også der det skal stå norsk"]);
        let missing = browser.submit(&address, &[]).await;
        assert_eq!(missing.status, 422);
        assert_eq!(missing.attributes("#errors li a", "href"), ["#title_no", "#description_no"]);
        assert_eq!(missing.texts("#title_no-error, #description_no-error"), [asked; 2]);
        let fetched = browser.submit(&address, &words).await;
        assert_eq!(fetched.status, 200, "{:?}", fetched.texts("#errors li"));
        assert!(fetched.html.contains(&format!(">{subtype}</cbc:SubTypeCode>")), "{}", fetched.html);
        assert!(fetched.html.contains(">Færre fall</cbc:Name>"), "{}", fetched.html);
        let query = query_of(&words);
        let same = kari.get(&format!("/api/v1/needs/{id}/notices/{form}?{query}")).await.must(200);
        assert!(same.text.contains(">Færre fall</cbc:Name>"), "{}", same.text);
    }
}

#[tokio::test]
async fn what_only_the_need_tells_is_missed_in_the_words_of_its_form() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let mut need = falls(&app);
    need["cpv"] = json!([]);
    kari.post("/api/v1/needs", need).await.must(201);
    let browser = app.browser().log_in(&kari).await;
    let missing = browser.submit("/behov/2026-0001/kunngjoring/planning", &[]).await;
    assert_eq!(missing.status, 422);
    let nature = "Varer, tjenester eller bygg og anlegg (følger av CPV-koden): Fyll ut dette feltet.";
    assert_eq!(missing.texts("#errors li"), ["CPV-koder: Fyll ut dette feltet.", nature]);
    assert_eq!(missing.attributes("#errors li a", "href"), ["/behov/2026-0001/rediger#cpv"; 2]);
    assert_eq!(browser.open("/behov/2026-0001/rediger").await.texts("label[for=cpv]").len(), 1);
}

#[tokio::test]
async fn a_competition_and_a_result_are_made_of_a_file_of_facts() {
    let app = TestApp::start().await;
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/crates/eforms-write/examples/facts");
    for (form, file, subtype) in [
        ("competition", "competition", "16"),
        ("competition", "competition-national", "E3"),
        ("result", "result", "29"),
    ] {
        let path = format!("{examples}/{file}.json");
        let done =
            brobygger(&app, &["notices", "export", "--form", form, "--facts", &path, "--issued", NOW, "--json"], "")
                .await;
        assert!(done.status.success(), "{}", told(&done));
        let answer: Value = serde_json::from_slice(&done.stdout).unwrap();
        assert_eq!(answer["subtype"], subtype);
    }
    // What the facts have already is not suggested.
    let partnership = std::fs::read_to_string(format!("{examples}/competition.json")).unwrap();
    let order = ["notices", "export", "--form", "competition", "--facts", "-", "--issued", NOW];
    let done = brobygger(&app, &order, &partnership).await;
    assert!(!told(&done).contains("mar-nov") && !told(&done).contains("inn-pur"), "{}", told(&done));
    let mut without: Value = serde_json::from_str(&partnership).unwrap();
    for lot in without["lots"].as_array_mut().unwrap() {
        lot.as_object_mut().unwrap().remove("strategic");
    }
    let done = brobygger(&app, &order, &without.to_string()).await;
    assert!(told(&done).contains("the procedure is an innovation partnership"), "{}", told(&done));
    // A number that does not fit is told by the range that does.
    without["lots"][0]["extension"]["renewal"]["times"] = 999_999.into();
    let said = told(&brobygger(&app, &order, &without.to_string()).await);
    assert!(said.contains("from 0 to 65535") && !said.contains("u16"), "{said}");

    // Every gap at once, and what is no facts at all.
    let gaps = brobygger(
        &app,
        &["notices", "export", "--form", "result", "--facts", "-", "--issued", NOW],
        r#"{"lots": [{}]}"#,
    )
    .await;
    assert_eq!(gaps.status.code(), Some(1));
    assert_snapshot!("gaps_of_a_result", told(&gaps));
}

#[tokio::test]
async fn what_is_no_need_or_no_facts_is_refused_in_words() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    draft(&app, &kari, "Færre fall").await;
    let refused = async |of: &str, more: &[&str], input: &str| {
        let arguments = [&["notices", "export"], more, &["--", of]].concat();
        let output = brobygger(&app, &arguments, input).await;
        assert!(output.stdout.is_empty(), "{arguments:?}");
        (output.status.code(), told(&output))
    };
    for of in
        ["2026-9999", "", "' OR 1=1 --", "../../etc/passwd", "00000000-0000-7000-8000-000000000000", "æøå\u{202e}"]
    {
        let (code, words) = refused(of, &["--form", "planning"], "").await;
        assert_eq!((code, words.contains("There is no need")), (Some(1), true), "{of}: {words}");
    }
    let facts = ["--form", "planning", "--facts", "-"];
    for input in ["", "fakta", "[]", "null", "7", "{\"subject\": ", &"[".repeat(100_000)] {
        let (code, words) = refused("2026-0001", &facts, input).await;
        assert_eq!((code, words.contains("JSON")), (Some(1), true), "{words}");
    }
    let (code, words) = refused("2026-0001", &facts, &" ".repeat(17 * 1024 * 1024)).await;
    assert_eq!((code, words.contains("more than 16 MB")), (Some(1), true), "{words}");
    // Called wrongly.
    for wrong in [&["--form", "fish"][..], &[], &["--form", "planning", "--facts", "/nowhere/at/all.json"]] {
        let (code, words) = refused("2026-0001", wrong, "").await;
        assert_eq!(code, Some(2), "{words}");
    }
    // A draft is no dialogue with the market.
    let (code, words) = refused("2026-0001", &["--form", "e1", "--untranslated"], "").await;
    assert_eq!(code, Some(1), "{words}");
}

#[tokio::test]
async fn whatever_facts_are_sent_along_nothing_breaks() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let mut need = falls(&app);
    need["cpv"] = json!([]);
    need["language"] = json!("en");
    let id = kari.post("/api/v1/needs", need).await.must(201).id();
    // A need without a code, in English: told, with the place of each.
    let refused = kari.get(&format!("/api/v1/needs/{id}/notices/planning")).await.must(422);
    assert_snapshot!("without_cpv", refused.errors().join("\n"));
}
