//! Codes for what is bought: found by words, shown by name, and refused if there are none such.
use crate::app::TestApp;
use crate::needs::published;
use crate::needs::{draft, falls};
use serde_json::json;

#[tokio::test]
async fn programs_find_codes_by_words_and_by_their_beginning() {
    let app = TestApp::start().await;
    let anyone = app.anonymous();
    let found = anyone.get("/api/v1/cpv?q=rullestoler&limit=3").await.must(200);
    assert_eq!(
        found.json["items"][0],
        json!({"code": "33193120", "name_nb": "Rullestoler", "name_en": "Wheelchairs"}),
        "{}",
        found.text
    );
    let begins = anyone.get("/api/v1/cpv?q=8531&limit=100").await.must(200);
    assert!(begins.each("code").iter().all(|code| code.starts_with("8531")), "{}", begins.text);
    assert_eq!(begins.json["total"].as_u64(), Some(begins.each("code").len() as u64));
    assert_eq!(anyone.get("/api/v1/cpv").await.must(200).json["total"], 9_454);
    assert_eq!(anyone.get("/api/v1/cpv?q=kvalpelort").await.must(200).json["total"], 0);

    // Page by page, each once, in the same order.
    let whole = anyone.get("/api/v1/cpv?q=transport&limit=100").await.must(200);
    let (mut walked, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = anyone.get(&format!("/api/v1/cpv?q=transport&limit=7{cursor}")).await.must(200);
        walked.extend(page.each("code"));
        match page.json["next"].as_str() {
            Some(next) if walked.len() < 100 => cursor = format!("&cursor={next}"),
            _ => break,
        }
    }
    assert_eq!(walked[..whole.each("code").len().min(100)], whole.each("code")[..]);
    for (query, code) in [("fisk=1", "unknown-parameter"), ("cursor=x", "bad-cursor"), ("limit=0", "bad-limit")] {
        let refused = anyone.get(&format!("/api/v1/cpv?{query}")).await.must(400);
        assert_eq!(refused.json["type"], format!("/problems/{code}"));
    }
}

#[tokio::test]
async fn a_code_that_is_not_in_the_list_is_refused_with_the_nearest_that_is() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let refused = kari
        .post("/api/v1/needs", json!({"title": "x", "cpv": ["85311109", "74111000", "heis", "85311100-4"]}))
        .await
        .must(422);
    assert_eq!(refused.errors(), ["cpv: cpv-unknown", "cpv: cpv-no-division", "cpv: cpv"]);
    assert_eq!(refused.json["errors"][0]["message"], "CPV-koden 85311109 finnes ikke. Den nærmeste er 85311100.");
    let early = kari.post("/api/v1/needs", json!({"title": "x", "cpv": ["03111109"]})).await.must(422);
    assert_eq!(early.json["errors"][0]["message"], "CPV-koden 03111109 finnes ikke. Den nærmeste er 03111100.");
    kari.post("/api/v1/needs", json!({"title": "x", "cpv": ["85311100-4", "33193120"]})).await.must(201);
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let refused = ida.patch("/api/v1/suppliers/me", json!({"cpv": ["33193129"]})).await.must(422);
    assert_eq!(refused.errors(), ["cpv: cpv-unknown"]);
    ida.patch("/api/v1/suppliers/me", json!({"cpv": ["33193120"]})).await.must(200);
}

/// Without JavaScript: a button of the form looks for codes, and the form comes back as it was.
#[tokio::test]
async fn whoever_does_not_know_the_code_finds_it_while_writing() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let id = draft(&app, &kari, "Tryggere netter").await;
    let browser = app.browser().log_in(&kari).await;
    let address = "/behov/2026-0001/rediger";
    let form = browser.open(address).await;
    assert_eq!(
        (form.values("cpv"), form.texts(".bb-cpv .bb-reference")),
        (vec!["33000000".to_owned()], vec!["33000000".to_owned()])
    );
    let revision = form.values("revision").remove(0);
    let search = [
        ("title", "Min nye tittel"),
        ("cpv", "33000000"),
        ("cpv_q", "rullestoler"),
        ("revision", revision.as_str()),
        ("action", "cpv"),
    ];
    let offered = browser.submit(address, &search).await;
    assert_eq!(offered.status, 200, "{}", offered.html);
    assert_eq!(
        (offered.values("title"), offered.values("revision")),
        (vec!["Min nye tittel".to_owned()], vec![revision.clone()])
    );
    let choices = offered.attributes(".bb-cpv input[type=checkbox]", "value");
    assert!(choices.contains(&"33193120".to_owned()) && choices.len() <= 12, "{choices:?}");
    assert!(offered.html.contains("33193120 Rullestoler"));
    let unsaved = kari.get(&format!("/api/v1/needs/{id}")).await.must(200);
    assert_eq!(
        (unsaved.json["title"].as_str(), unsaved.json["cpv"].clone()),
        (Some("Tryggere netter"), json!(["33000000"]))
    );

    // What is ticked comes along, also when one looks for more, and is there when one saves.
    let more = [("title", "T"), ("cpv", "33000000"), ("cpv", "33193120"), ("cpv_q", "zzyzx"), ("action", "cpv")];
    let nothing = browser.submit(address, &more).await;
    assert_eq!(nothing.values("cpv"), ["33000000, 33193120"]);
    assert!(nothing.html.contains("Vi fant ingen kode for «zzyzx»."));
    let mut need = falls(&app);
    need["cpv"] = json!(["33000000", "33193120"]);
    kari.patch(&format!("/api/v1/needs/{id}"), need).await.must(200);
    let preview = browser.open("/behov/2026-0001/forhandsvis").await;
    assert!(preview.html.contains("33193120</span> Rullestoler"), "{}", preview.html);
    kari.put(&format!("/api/v1/needs/{id}/publication"), serde_json::Value::Null).await.must(200);
    for (root, name) in [("", "Rullestoler"), ("/nn", "Rullestoler"), ("/en", "Wheelchairs")] {
        let page = app.browser().open(&format!("{root}/behov/2026-0001")).await;
        assert!(
            page.html.contains(&format!("<span class=\"bb-reference\">33193120</span> {name}")),
            "{root}: {}",
            page.html
        );
    }

    // Words where codes should stand are told, and looked for.
    browser.open("/behov/nytt").await;
    let words =
        browser.submit("/behov/nytt", &[("title", "Heis"), ("cpv", "heiser til sykehus"), ("action", "save")]).await;
    assert_eq!((words.status.as_u16(), words.errors().len()), (422, 1));
    assert!(!words.attributes(".bb-cpv input[type=checkbox]", "value").is_empty());
    // Enter in a field presses the first button of the form: without words it saves, as always.
    let saved =
        browser.submit("/behov/nytt", &[("title", "Heis"), ("cpv", ""), ("cpv_q", " "), ("action", "cpv")]).await;
    assert_eq!(saved.status, 303);
}

#[tokio::test]
async fn words_in_nynorsk_find_what_the_same_words_in_bokmal_find() {
    let app = TestApp::start().await;
    let anyone = app.anonymous();
    for (nynorsk, bokmal) in
        [("renhald", "renhold"), ("skuleskyss", "skoleskyss"), ("straumforsyning", "str%C3%B8mforsyning")]
    {
        let found = anyone.get(&format!("/api/v1/cpv?q={nynorsk}")).await.must(200);
        assert!(found.json["total"].as_u64() > Some(0), "{nynorsk}");
        let same = anyone.get(&format!("/api/v1/cpv?q={bokmal}")).await.must(200);
        assert_eq!(found.each("code"), same.each("code"), "{nynorsk}");
    }
}

#[tokio::test]
async fn a_supplier_finds_its_codes_in_the_same_way() {
    let app = TestApp::start().await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let browser = app.browser().log_in(&ida).await;
    let address = "/min-side/leverandor";
    browser.open(address).await;
    let search = [("kind", "startup"), ("description", "Nytt"), ("cpv_q", "wheelchairs"), ("action", "cpv")];
    let offered = browser.submit(address, &search).await;
    assert_eq!((offered.status.as_u16(), offered.values("description")), (200, vec!["Nytt".to_owned()]));
    assert!(offered.attributes(".bb-cpv input[type=checkbox]", "value").contains(&"33193120".to_owned()));
    let tick =
        [("kind", "startup"), ("description", "Nytt"), ("cpv", ""), ("cpv", "33193120"), ("cpv_q", "wheelchairs")];
    assert_eq!(browser.submit(address, &tick).await.status, 303);
    let page = app.browser().open(&format!("/leverandorer/{}", ida.organisation_number)).await;
    assert!(page.html.contains("Rullestoler"), "{}", page.html);
}

#[tokio::test]
async fn lists_are_filtered_by_a_code_as_the_finder_shows_it() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    published(&app, &kari, "Færre fall").await;
    let browser = app.browser();
    for code in ["33", "33000000", "33000000-0"] {
        assert_eq!(kari.get(&format!("/api/v1/needs?cpv={code}")).await.must(200).json["total"], 1, "{code}");
        assert!(browser.open(&format!("/?cpv={code}")).await.html.contains("Færre fall"), "{code}");
        kari.get(&format!("/api/v1/suppliers?cpv={code}")).await.must(200);
    }
    for code in ["3", "33-0", "rullestol", "72000000-4"] {
        for list in ["/", "/leverandorer"] {
            let seen = browser.open(&format!("{list}?cpv={code}&q=fall")).await;
            assert_eq!(
                (seen.status.as_u16(), seen.values("cpv"), seen.values("q")),
                (400, vec![code.to_owned()], vec!["fall".to_owned()])
            );
            let told = seen.texts("#cpv-error");
            assert!(told[0].contains("72000000-5"), "{told:?}");
        }
        kari.get(&format!("/api/v1/needs?cpv={code}")).await.must(400);
    }
}
