//! Open data by OCDS: what everybody may know, and nothing else.
use crate::app::TestApp;
use crate::commands::{brobygger, told};
use crate::needs::{draft, published};
use crate::person::{send, tidy};
use chrono::TimeDelta;
use insta::assert_snapshot;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Stands where nobody else may read it.
const CANARY: &str = "kanarifuglen";

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

async fn stream(app: &TestApp, query: &str) -> String {
    let answer = app.anonymous().get(&format!("/api/v1/ocds/releases.jsonl{query}")).await.must(200);
    assert_eq!(answer.header("content-type"), "application/jsonl");
    answer.text
}

/// A need with everything that could leak beside it.
async fn told_need(app: &TestApp) -> String {
    let kari = app.buyer("Kari", "Stavanger").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    draft(app, &kari, &format!("Utkast om {CANARY}")).await;
    let id = published(app, &kari, "Færre fall på sykehjemmet").await;
    let need = format!("/api/v1/needs/{id}");
    app.pass(TimeDelta::hours(1));
    let asked = ida.post(&format!("{need}/questions"), json!({"text": "Er det nett på rommene?"})).await.must(201).id();
    ida.post(&format!("{need}/questions"), json!({"text": format!("Ubesvart om {CANARY}")})).await.must(201);
    let response = json!({"body": format!("Svar om {CANARY}"), "confidential": format!("Pris på {CANARY}"),
        "confidential_reason": CANARY});
    ida.post(&format!("{need}/responses"), response).await.must(201);
    app.pass(TimeDelta::hours(1));
    kari.put(&format!("{need}/questions/{asked}/answer"), json!({"text": "Ja."})).await.must(200);
    app.pass(TimeDelta::hours(1));
    kari.patch(&need, json!({"affected": "400 beboere", "change_note": "Ett sykehjem til."})).await.must(200);
    id
}

#[tokio::test]
async fn a_need_and_its_dialogue_are_told_as_planning_and_engagement_and_nothing_else_is() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let id = told_need(&app).await;
    let text = stream(&app, "").await;
    assert!(!text.contains(CANARY) && !text.contains("Tryggvakt") && !text.contains("Ida"), "{text}");
    let releases = lines(&text);
    let shown = serde_json::to_string_pretty(&releases).unwrap().replace(&app.url, "https://brobygger.example");
    assert_snapshot!("need", tidy(&shown));
    let ids: Vec<&Value> = releases.iter().map(|release| &release["id"]).collect();
    assert_eq!(ids[0], &json!(format!("{id}-v1")));
    assert_eq!(stream(&app, "").await, text, "the same releases each time");

    // The outcome is one more, and what was told stays as it was.
    app.pass(TimeDelta::days(31));
    let kari = app.buyer("Kåre", "Stavanger").await;
    let outcome = json!({"kind": "procurement", "text": "Vi lyser ut konkurransen i mars."});
    kari.put(&format!("/api/v1/needs/{id}/outcome"), outcome).await.must(200);
    let later = stream(&app, "").await;
    assert!(later.starts_with(&text));
    let last = lines(&later).pop().unwrap();
    assert_eq!((&last["tag"], &last["tender"]["status"]), (&json!(["planningUpdate"]), &json!("planned")));
    assert_eq!(lines(&stream(&app, "?since=2026-12-01").await), [last]);
}

#[tokio::test]
async fn what_a_correction_takes_away_is_null_and_the_first_day_stays() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let id = published(&app, &kari, "Færre fall på sykehjemmet").await;
    app.pass(TimeDelta::hours(1));
    let less = json!({"budget": null, "cpv": [], "change_note": "Uten ramme."});
    kari.patch(&format!("/api/v1/needs/{id}"), less).await.must(200);
    let releases = lines(&stream(&app, "").await);
    let [first, second] = releases.as_slice() else { panic!("{releases:?}") };
    assert!(first["planning"]["budget"]["amount"]["amount"].is_number(), "{first}");
    assert_eq!(second["planning"]["budget"], json!({"amount": {"amount": null, "currency": null}}));
    let item = &second["tender"]["items"][0];
    assert_eq!(item["classification"], json!({"scheme": null, "id": null, "description": null}), "{item}");
    let begins = |release: &Value| release["tender"]["enquiryPeriod"]["startDate"].clone();
    assert_eq!(begins(first), begins(second));
    let published = |release: &Value| release["planning"]["documents"][0]["datePublished"].clone();
    assert_eq!(published(first), published(second));
    assert_eq!(second["planning"]["documents"][0]["dateModified"], second["date"]);
}

#[tokio::test]
async fn what_is_taken_back_is_told_no_more() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let id = published(&app, &kari, "Færre fall på sykehjemmet").await;
    assert_eq!(lines(&stream(&app, "").await).len(), 1);
    kari.delete(&format!("/api/v1/needs/{id}/publication")).await.must(200);
    assert_eq!(stream(&app, "").await, "");
}

#[tokio::test]
async fn packages_page_by_page_and_the_command_tell_the_same_as_the_stream() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    told_need(&app).await;
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/crates/eforms-read/tests/fixtures");
    let imported = brobygger(&app, &["notices", "import", fixtures], "").await;
    assert!(told(&imported).contains("Read "), "{}", told(&imported));
    let streamed = lines(&stream(&app, "").await);
    assert!(streamed.len() > 10, "{}", streamed.len());

    let mut paged = Vec::new();
    let mut next = Some("/api/v1/ocds/releases".to_owned());
    while let Some(path) = next {
        let page = app.anonymous().get(&path).await.must(200).json;
        assert_eq!((&page["version"], &page["publisher"]["name"]), (&json!("1.1"), &json!("Brobygger")));
        paged.extend(page["releases"].as_array().unwrap().clone());
        next = page["links"]["next"].as_str().map(|url| url.strip_prefix(&app.url).unwrap().to_owned());
    }
    assert_eq!(paged, streamed);

    // By so many as one likes, and with the same filter.
    for asked in ["limit=1", "limit=7&since=2024-01-01T00:00:00%2B01:00"] {
        let (mut found, mut pages) = (Vec::new(), 0);
        let mut next = Some(format!("/api/v1/ocds/releases?{asked}"));
        while let Some(path) = next {
            let page = app.anonymous().get(&path).await.must(200).json;
            pages += 1;
            found.extend(page["releases"].as_array().unwrap().clone());
            assert!(page["uri"].as_str().unwrap().contains(&asked[..7]), "{page}");
            next = page["links"]["next"].as_str().map(|url| url.strip_prefix(&app.url).unwrap().to_owned());
        }
        let since = asked.split_once('&').map_or("", |(_, since)| since);
        assert_eq!(found, lines(&stream(&app, &format!("?{since}")).await), "{asked}");
        assert!(pages > 2, "{pages}");
    }

    let package = brobygger(&app, &["ocds", "export"], "").await;
    assert!(package.status.success(), "{}", told(&package));
    let package: Value = serde_json::from_slice(&package.stdout).unwrap();
    assert_eq!(package["releases"].as_array().unwrap(), &streamed);
    let exported = brobygger(&app, &["ocds", "export", "--format", "lines", "--since", "2026-11-21"], "").await;
    let exported = lines(&String::from_utf8(exported.stdout).unwrap());
    assert!(!exported.is_empty() && exported.len() < streamed.len());
    assert_eq!(brobygger(&app, &["ocds", "export", "--since", "i går"], "").await.status.code(), Some(2));
}

#[tokio::test]
async fn what_cannot_be_understood_is_refused() {
    let app = TestApp::start().await;
    for query in [
        "?since=i%20g%C3%A5r",
        "?fish=1",
        "?cursor=fish",
        "?cursor=eyJub3RpY2UiOiJ4In0",
        "?limit=0",
        "?limit=101",
        "?limit=x",
    ] {
        app.anonymous().get(&format!("/api/v1/ocds/releases{query}")).await.must(400);
    }
    app.anonymous().get("/api/v1/ocds/releases.jsonl?cursor=x").await.must(400);
    app.anonymous().get("/api/v1/ocds/releases.jsonl?limit=1").await.must(400);
    let empty = app.anonymous().get("/api/v1/ocds/releases").await.must(200).json;
    assert_eq!(empty["releases"], json!([]));
}

/// Merging the releases of a process, as users of OCDS do, takes two of one name for the same.
#[tokio::test]
async fn notices_of_one_process_share_no_names_and_a_correction_those_of_what_it_corrects() {
    const RESULT: &str = "crates/eforms-read/tests/fixtures/e4-result.xml";
    const OWN: &str = "d1106611-6941-48f4-9029-8b11062939af";
    let app = TestApp::start().await;
    let folder = tempfile::tempdir().unwrap();
    let xml = std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(RESULT)).unwrap();
    let (other, first, second) = (OWN.replace("d1106611", "0e"), OWN.replace('d', "1"), OWN.replace('d', "2"));
    let change = |of: &str| {
        let changes = format!(
            "<efac:Changes><efbc:ChangedNoticeIdentifier>{of}-01</efbc:ChangedNoticeIdentifier></efac:Changes>"
        );
        xml.replace("<efext:EformsExtension>", &format!("<efext:EformsExtension>{changes}"))
    };
    let notices = [
        (OWN, xml.clone()),
        (other.as_str(), xml.replace("LOT-0000", "LOT-0001")),
        (first.as_str(), change(OWN)),
        (second.as_str(), change(&first)),
    ];
    for (id, xml) in &notices {
        std::fs::write(
            folder.path().join(format!("{id}.xml")),
            xml.replace(&format!(">{OWN}</cbc:ID>"), &format!(">{id}</cbc:ID>")),
        )
        .unwrap();
    }
    assert_eq!(crate::notices::import(&app, vec![folder.path().to_owned()]).await.0.stored, 4);
    let releases = lines(&stream(&app, "").await);
    assert!(releases.iter().all(|release| release["ocid"] == releases[0]["ocid"]), "one process");
    let names = |id: &str| {
        let release = releases.iter().find(|release| release["id"] == format!("{id}-01")).unwrap();
        let lists = [&release["parties"], &release["bids"]["details"], &release["awards"], &release["contracts"]];
        lists
            .into_iter()
            .flat_map(|list| list.as_array().unwrap())
            .map(|it| it["id"].as_str().unwrap().to_owned())
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(names(OWN).len(), 5);
    assert!(names(OWN).is_disjoint(&names(&other)));
    assert_eq!(names(OWN), names(&first));
    assert_eq!(names(OWN), names(&second), "the change of a change");
}

#[tokio::test]
async fn whoever_may_not_ask_for_the_lines_is_told_so() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let lines = "/api/v1/ocds/releases.jsonl";
    // As nobody's organisation, which every address refuses alike.
    let elsewhere = |path: &str| ida.request(reqwest::Method::GET, path).header("X-Organisation", "974760673");
    let (page, stream) = (send(elsewhere("/api/v1/ocds/releases")).await, send(elsewhere(lines)).await);
    assert!((400..500).contains(&page.status), "{}", page.status);
    assert_eq!((stream.status, &stream.json["type"]), (page.status, &page.json["type"]));
    ida.get(lines).await.must(200);
}
