//! Needs over JSON, from the first draft to the outcome.
use crate::app::TestApp;
use crate::person::{Person, send};
use brobygger::tenancy::{OrganisationKind, Role};
use chrono::{TimeDelta, TimeZone};
use insta::assert_snapshot;
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

/// A need that lacks nothing.
pub fn falls(app: &TestApp) -> Value {
    json!({
        "title": "Færre fall på sykehjemmet",
        "summary": "Beboere faller om natten, og ingen merker det før morgenen.",
        "problem": "I fjor falt 214 beboere om natten.",
        "affected": "320 beboere på fire sykehjem, og 90 ansatte som går nattevakt.",
        "current_situation": "To tilsyn hver natt.",
        "desired_effects": [
            {"metric": "Fall om natten", "baseline": "214 i året", "target": "under 100", "by": "2028-12-31"}
        ],
        "constraints": "Beboere uten samtykkekompetanse.",
        "tried": "Alarmmatter. De varsler for sent.",
        "undecided": "Om det er teknologi eller folk som skal til.",
        "cpv": ["33000000"],
        "region": ["1103"],
        "areas": ["helse_i_alt"],
        "innovation_kind": "innovation",
        "budget": {"amount": 1500000, "currency": "NOK"},
        "response_deadline": app.in_days(30),
        "contact": {"name": "Kari Nordmann", "email": "kari@stavanger.example", "phone": "900 00 000"}
    })
}

/// A draft with this title; gives its id.
pub async fn draft(app: &TestApp, by: &Person, title: &str) -> String {
    let mut need = falls(app);
    need["title"] = json!(title);
    by.post("/api/v1/needs", need).await.must(201).id()
}

/// A published need with this title; gives its id.
pub async fn published(app: &TestApp, by: &Person, title: &str) -> String {
    let id = draft(app, by, title).await;
    by.put(&format!("/api/v1/needs/{id}/publication"), Value::Null).await.must(200);
    id
}

#[tokio::test]
async fn a_need_is_written_published_found_followed_asked_about_answered_responded_to_and_concluded() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let anne = app.buyer("Anne", "Stavanger").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let per = app.supplier("Per", "Nattlys").await;
    let bo = app.buyer("Bo", "Bergen").await;

    // Kari writes; nobody else can read it yet, and nobody is told.
    let written = kari.post("/api/v1/needs", falls(&app)).await.must(201);
    let need = format!("/api/v1/needs/{}", written.id());
    assert_eq!(written.header("location"), need);
    assert_snapshot!("written", written.shown());
    ida.get(&need).await.must(404);
    assert_eq!(app.post().await, Vec::<String>::new());

    // Published: suppliers whose profile fits are told, and so is the buyer's own side.
    assert_snapshot!("published", kari.put(&format!("{need}/publication"), Value::Null).await.shown());
    assert_snapshot!("told_of_publication", app.post().await.join("\n"));

    // Found by anybody, by a word in another form.
    let found = app.anonymous().get("/api/v1/needs?q=sykehjem").await.must(200);
    assert_snapshot!("found", found.shown());
    assert_eq!(found.each("id"), [written.id()]);

    // Followed.
    bo.put(&format!("{need}/followers/me"), Value::Null).await.must(204);
    bo.put(&format!("{need}/followers/me"), Value::Null).await.must(204);

    // Asked and answered: everybody reads the answer, only the buyer and the asker know who asked.
    let asked =
        per.post(&format!("{need}/questions"), json!({"text": "Er det trådløst nett på rommene?"})).await.must(201);
    assert_snapshot!("asked", asked.shown());
    assert_eq!(app.anonymous().get(&format!("{need}/questions")).await.must(200).json["total"], 0);
    assert_snapshot!("told_of_question", app.post().await.join("\n"));
    app.pass(TimeDelta::hours(1));
    let answer = format!("{need}/questions/{}/answer", asked.id());
    anne.put(&answer, json!({"text": "Ja, i alle rom."})).await.must(200);
    assert_snapshot!(
        "questions_as_anybody_reads_them",
        app.anonymous().get(&format!("{need}/questions")).await.shown()
    );
    assert_snapshot!("told_of_answer", app.post().await.join("\n"));

    // Responded to: the buyer and the sender read it.
    app.pass(TimeDelta::hours(1));
    let response = json!({
        "body": "Vi har en sensor i taket som merker uro før fallet.",
        "confidential": "Prisen er 4 000 kroner per rom.",
        "confidential_reason": "Prisen er en forretningshemmelighet."
    });
    let sent = ida.post(&format!("{need}/responses"), response).await.must(201);
    assert_snapshot!("sent", sent.shown());
    let sent = format!("{need}/responses/{}", sent.id());
    per.get(&sent).await.must(404);
    bo.get(&sent).await.must(404);
    assert_snapshot!("told_of_response", app.post().await.join("\n"));
    app.pass(TimeDelta::hours(1));
    kari.put(&format!("{sent}/reading"), Value::Null).await.must(200);
    kari.put(&format!("{sent}/reading"), Value::Null).await.must(200);
    let thanked = kari.put(&format!("{sent}/thanks"), json!({"text": "Takk, dette var nyttig."})).await.must(200);
    assert_snapshot!("thanked", thanked.shown());
    assert_snapshot!("told_of_thanks", app.post().await.join("\n"));

    // Concluded: everybody who took part hears the outcome, and nothing more can be said.
    app.pass(TimeDelta::days(31));
    per.post(&format!("{need}/questions"), json!({"text": "Er det for sent?"})).await.must(409);
    let outcome = json!({"kind": "procurement", "text": "Vi lyser ut konkurransen i mars."});
    assert_snapshot!("concluded", kari.put(&format!("{need}/outcome"), outcome.clone()).await.shown());
    kari.put(&format!("{need}/outcome"), outcome).await.must(200);
    assert_snapshot!("told_of_outcome", app.post().await.join("\n"));
    assert_eq!(app.anonymous().get(&need).await.must(200).json["status"], "concluded");

    assert_snapshot!("trail", app.trail().join("\n"));
}

#[tokio::test]
async fn what_cannot_be_seen_in_a_text_is_taken_away_or_told_of() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let mut need = falls(&app);
    need["title"] = json!("\u{feff}Færre\u{200b} fall");
    need["contact"]["phone"] = json!("\u{202a}+47 900 00 000\u{202c}");
    need["problem"] = json!("Limt inn\u{2028}fra\u{2060} et dokument");
    let written = kari.post("/api/v1/needs", need.clone()).await.must(201).json;
    assert_eq!(written["title"], "Færre fall");
    assert_eq!(written["contact"]["phone"], "+47 900 00 000");
    assert_eq!(written["problem"], "Limt inn\nfra et dokument");
    need["title"] = json!("Avtale \u{202e}fdp.exe");
    need["summary"] = json!("Skjult\u{e0041}");
    let refused = kari.post("/api/v1/needs", need).await.must(422);
    assert_eq!(refused.errors(), ["title: invisible-character", "summary: invisible-character"]);
    assert!(refused.text.contains("(U+202E)"), "{}", refused.text);
}

#[tokio::test]
async fn a_correction_makes_a_new_version_and_tells_followers() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let bo = app.buyer("Bo", "Bergen").await;
    let id = published(&app, &kari, "Færre fall på sykehjemmet").await;
    let need = format!("/api/v1/needs/{id}");
    bo.put(&format!("{need}/followers/me"), Value::Null).await.must(204);
    app.deliver().await;
    app.mailbox();

    app.pass(TimeDelta::days(1));
    let silent = kari.patch(&need, json!({"affected": "400 beboere"})).await.must(422);
    assert_eq!(silent.errors(), ["change_note: required"]);
    // What cannot be taken, what a published need would lack, and that nothing says why: all at once.
    let wrong = json!({"summary": "", "title": "", "cpv": ["12"], "contact": {"email": "kari"}, "areas": null});
    let refused = kari.patch(&need, wrong).await.must(422);
    let told = ["title: required", "cpv: cpv", "contact.email: email", "summary: missing", "areas: missing"];
    assert_eq!(refused.errors()[..5], told, "{}", refused.text);
    assert_eq!(refused.errors()[5..], ["change_note: required"]);
    for unknown in [json!({"titel": "x"}), json!({"titel": null})] {
        let refused = kari.patch(&need, unknown).await.must(400);
        assert!(refused.field("detail").ends_with(", `change_note`"), "{}", refused.text);
    }
    let corrected = kari
        .patch(&need, json!({"affected": "400 beboere", "change_note": "Ett sykehjem til er med."}))
        .await
        .must(200);
    assert_eq!((corrected.json["version"].as_i64(), corrected.header("etag")), (Some(2), "\"3\""));

    let versions = bo.get(&format!("{need}/versions")).await.must(200);
    assert_eq!(versions.json["items"][0]["content"]["response_deadline"], corrected.json["response_deadline"]);
    assert_snapshot!("versions", versions.shown());
    let first = bo.get(&format!("{need}/versions/1")).await.must(200);
    assert_eq!(first.json["content"]["affected"], "320 beboere på fire sykehjem, og 90 ansatte som går nattevakt.");
    bo.get(&format!("{need}/versions/3")).await.must(404);

    app.deliver().await;
    let mails = app.mailbox();
    assert_eq!(mails.iter().map(|m| m.to.as_str()).collect::<Vec<_>>(), ["bo@bergen.example"]);
    assert!(mails[0].text.contains("Ett sykehjem til er med."), "{}", mails[0].text);
    let linked = app.browser().open(&mails[0].link("/behov/")).await;
    assert!(linked.html.contains("<ins>400</ins>"), "the mail leads to what has changed: {}", linked.html);

    // The same words again are no correction.
    kari.patch(&need, json!({"affected": "400 beboere", "change_note": "Ingenting."})).await.must(200);
    let areas = kari.get(&need).await.must(200).json["areas"].clone();
    let turned: Vec<Value> = areas.as_array().unwrap().iter().rev().cloned().collect();
    kari.patch(&need, json!({"areas": turned, "change_note": "Ingenting."})).await.must(200);
    for by in ["-0001-01-01", "+10000-01-01", "1969-12-31"] {
        let effects = json!([{"metric": "Fall", "baseline": "", "target": "", "by": by}]);
        let refused = kari.patch(&need, json!({"desired_effects": effects, "change_note": "Ny dato"})).await.must(422);
        assert_eq!(refused.errors(), ["desired_effects.0.by: date"]);
    }
    assert_eq!(app.post().await, Vec::<String>::new());
}

#[tokio::test]
async fn versions_are_numbered_by_what_was_published_however_often_the_draft_was_saved() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let need = format!("/api/v1/needs/{}", draft(&app, &kari, "Tryggere netter").await);
    let mut tags = vec![kari.get(&need).await.must(200).header("etag").to_owned()];
    for title in ["Tryggere natt", "Tryggere netter hjemme"] {
        let saved = kari.patch(&need, json!({"title": title})).await.must(200);
        assert_eq!(saved.json["version"], 0);
        tags.push(saved.header("etag").to_owned());
    }
    let published = kari.put(&format!("{need}/publication"), Value::Null).await.must(200);
    assert_eq!(published.json["version"], 1);
    tags.push(published.header("etag").to_owned());
    let correct = json!({"affected": "400 beboere", "change_note": "Ett sykehjem til."});
    let corrected = kari.patch(&need, correct).await.must(200);
    assert_eq!(corrected.json["version"], 2);
    tags.push(corrected.header("etag").to_owned());
    kari.delete(&format!("{need}/publication?reason=Feil")).await.must(200);
    assert_eq!(kari.put(&format!("{need}/publication"), Value::Null).await.must(200).json["version"], 3);
    let distinct: std::collections::HashSet<_> = tags.iter().collect();
    assert_eq!(distinct.len(), tags.len(), "each has a tag of its own: {tags:?}");

    let versions = app.anonymous().get(&format!("{need}/versions")).await.must(200);
    let numbers: Vec<_> = versions.json["items"].as_array().unwrap().iter().map(|v| v["version"].as_i64()).collect();
    assert_eq!(numbers, [Some(3), Some(2), Some(1)]);
    let page = app.browser().open("/behov/2026-0001/versjoner").await;
    assert_eq!(page.texts(".bb-timeline h2 a"), ["Versjon 3", "Versjon 2", "Versjon 1"]);
}

#[tokio::test]
async fn whoever_edits_a_draft_that_was_published_in_the_meantime_is_told() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let need = format!("/api/v1/needs/{}", draft(&app, &kari, "Tryggere netter").await);
    let seen = kari.get(&need).await.must(200).header("etag").to_owned();
    kari.put(&format!("{need}/publication"), Value::Null).await.must(200);
    let late = kari.request(Method::PATCH, &need).header("If-Match", seen);
    send(late.json(&json!({"title": "Enda tryggere", "change_note": "Fordi"}))).await.must(412);
}

#[tokio::test]
async fn a_draft_is_deleted_for_good_and_what_has_been_published_never() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let rita = app.member("Rita", "Stavanger", OrganisationKind::Buyer, Role::Reader).await;
    let bo = app.buyer("Bo", "Bergen").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let need = format!("/api/v1/needs/{}", draft(&app, &kari, "Feilskjær").await);
    let form = Form::new().part("file", Part::bytes(b"%PDF-1.7\n%%EOF\n".to_vec()).file_name("plan.pdf"));
    let file = send(kari.request(Method::POST, &format!("{need}/attachments")).multipart(form)).await.must(201);
    rita.put(&format!("{need}/followers/me"), Value::Null).await.must(204);

    for stranger in [&bo, &ida, &app.anonymous()] {
        stranger.delete(&need).await.must(404);
    }
    rita.delete(&need).await.must(403);
    send(kari.request(Method::DELETE, &need).header("If-Match", "\"7\"")).await.must(412);
    kari.delete(&need).await.must(204);

    for path in [&need, &file.field("url"), &format!("{need}/versions"), &format!("{need}/attachments")] {
        assert_eq!(kari.get(path).await.status, 404, "{path}");
    }
    kari.delete(&need).await.must(404);
    kari.patch(&need, json!({"title": "Tilbake"})).await.must(404);
    kari.put(&format!("{need}/publication"), Value::Null).await.must(404);
    assert_eq!(kari.get("/api/v1/needs?status=draft").await.json, json!({"items": [], "next": null, "total": 0}));
    let browser = app.browser().log_in(&kari).await;
    for page in ["", "/rediger", "/forhandsvis", "/slett"] {
        assert_eq!(browser.open(&format!("/behov/2026-0001{page}")).await.status, 404, "{page}");
    }
    // The trail says what was done to which need, and nothing of what was written.
    let trail = browser.open("/min-side/hendelser").await;
    assert_eq!(trail.texts(".bb-trail td:first-child")[0], "Slettet utkastet «2026-0001»");
    assert_eq!(trail.attributes(".bb-trail a", "href"), [""; 0]);
    for page in [trail.html, browser.open("/min-side").await.html, kari.get("/api/v1/events").await.text] {
        assert!(!page.contains("Feilskjær"), "{page}");
    }
    let nothing = json!(brobygger::needs::Description::default());
    assert_eq!(left_of_needs(&app), [("2026-0001".to_owned(), String::new(), nothing)]);
    assert_eq!(app.post().await, [""; 0], "nobody is told");

    // On the page, the buyer is asked first. The number of the one that is gone is nobody else's.
    let need = format!("/api/v1/needs/{}", draft(&app, &kari, "Tryggere netter").await);
    let (page, own) = ("/behov/2026-0002", browser.open("/behov/2026-0002").await);
    assert_eq!(own.attributes("a[href$='/slett']", "href"), [format!("{page}/slett")]);
    assert_eq!(browser.open(&format!("{page}/rediger")).await.attributes("a[href$='/slett']", "href").len(), 1);
    let asked = browser.open(&format!("{page}/slett")).await;
    let revision = asked.values("revision").remove(0);
    // A colleague has written on in the meantime.
    kari.patch(&need, json!({"summary": "Nytt"})).await.must(200);
    assert_eq!(browser.submit(&format!("{page}/slett"), &[("revision", &revision)]).await.status, 412);
    let revision = browser.open(&format!("{page}/slett")).await.values("revision").remove(0);
    let deleted = browser.submit(&format!("{page}/slett"), &[("revision", &revision)]).await;
    assert_eq!((deleted.status.as_u16(), deleted.location()), (303, "/min-side"));
    let desk = browser.follow(deleted).await;
    assert!(desk.html.contains("Utkastet er slettet.") && !desk.html.contains("Tryggere netter"), "{}", desk.html);
    let reader = app.browser().log_in(&rita).await;
    draft(&app, &kari, "Tredje").await;
    assert_eq!(reader.open("/behov/2026-0003").await.attributes("a[href$='/slett']", "href"), [""; 0]);
    assert_eq!(reader.open("/behov/2026-0003/slett").await.status, 403);

    let need = format!("/api/v1/needs/{}", published(&app, &kari, "Færre fall").await);
    for _ in 0..2 {
        assert_eq!(kari.delete(&need).await.must(409).field("type"), "/problems/need-was-published");
        assert_eq!(browser.open("/behov/2026-0004/slett").await.status, 409);
        assert_eq!(browser.submit("/behov/2026-0004/slett", &[]).await.status, 409);
        // Neither is what was withdrawn.
        kari.delete(&format!("{need}/publication?reason=Feil")).await;
    }
    app.mail_does_not_matter();
    assert_eq!(kari.get(&need).await.must(200).json["title"], "Færre fall");
}

/// Of those that were deleted, as they stand in the database: reference, title, and the rest.
fn left_of_needs(app: &TestApp) -> Vec<(String, String, Value)> {
    use brobygger::platform::db::schema::{attachments, followers, needs};
    use brobygger::platform::db::types::Json;
    use diesel::prelude::*;
    let mut db = app.app.db.reader().unwrap();
    let names: Vec<String> = attachments::table.select(attachments::name).load(&mut *db).unwrap();
    assert_eq!(names, ["-"], "only that there was a file");
    assert_eq!(followers::table.count().get_result::<i64>(&mut *db).unwrap(), 0);
    let rows: Vec<(String, String, Json<Value>)> = needs::table
        .filter(needs::deleted_at.is_not_null())
        .select((needs::reference, needs::title, needs::description))
        .load(&mut *db)
        .unwrap();
    rows.into_iter().map(|(reference, title, rest)| (reference, title, rest.0)).collect()
}

#[tokio::test]
async fn a_draft_tells_what_is_missing() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let written = kari.post("/api/v1/needs", json!({"title": "Tryggere netter"})).await.must(201);
    assert_eq!(
        written.json["missing"],
        json!(["summary", "problem", "affected", "desired_effects", "region", "areas", "response_deadline", "contact"])
    );
    let need = format!("/api/v1/needs/{}", written.id());
    let refused = kari.put(&format!("{need}/publication"), Value::Null).await.must(422);
    assert_eq!(refused.errors().len(), 8, "{}", refused.text);

    let mut rest = falls(&app);
    rest.as_object_mut().unwrap().remove("title");
    let whole = kari.patch(&need, rest).await.must(200);
    assert_eq!(whole.json["missing"], json!([]));
    kari.put(&format!("{need}/publication"), Value::Null).await.must(200);
    assert_eq!(app.post().await.len(), 1);
}

#[tokio::test]
async fn a_withdrawn_need_is_gone_for_everybody_else_and_those_who_followed_hear_why() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let bo = app.buyer("Bo", "Bergen").await;
    app.supplier("Ida", "Tryggvakt").await;
    let id = published(&app, &kari, "Færre fall på sykehjemmet").await;
    let need = format!("/api/v1/needs/{id}");
    bo.put(&format!("{need}/followers/me"), Value::Null).await.must(204);
    assert!(
        app.post().await.contains(&"ida@tryggvakt.example: Nytt behov for dere: Færre fall på sykehjemmet".to_owned())
    );

    kari.delete(&format!("{need}/publication?reason=Budsjettet%20ble%20kuttet")).await.must(200);
    bo.get(&need).await.must(404);
    app.anonymous().get(&format!("{need}/versions")).await.must(404);
    assert_eq!(app.anonymous().get("/api/v1/needs?q=sykehjem").await.json["total"], 0);
    assert_eq!(kari.get("/api/v1/needs?status=withdrawn").await.must(200).each("id"), [id.as_str()]);
    assert_eq!(bo.get("/api/v1/needs?status=withdrawn").await.must(200).json["total"], 0);
    app.deliver().await;
    let mails = app.mailbox();
    assert_eq!(mails.iter().map(|m| m.to.as_str()).collect::<Vec<_>>(), ["bo@bergen.example"]);
    assert!(mails[0].text.contains("Budsjettet ble kuttet"), "{}", mails[0].text);

    // It is written on, and can be published again, as a new version, also after its deadline. Those who followed hear that, and
    // those whom it fits, if they have not been told of it before.
    app.supplier("Per", "Nattlys").await;
    app.pass(TimeDelta::days(31));
    let publication = format!("{need}/publication");
    let late = kari.put(&publication, Value::Null).await.must(422);
    assert_eq!(late.errors(), ["response_deadline: deadline-passed"]);
    kari.patch(&need, json!({"response_deadline": app.in_days(40)})).await.must(200);
    assert_eq!(app.post().await, [""; 0]);
    assert_eq!(kari.put(&publication, Value::Null).await.must(200).json["version"], 2);
    assert_eq!(app.anonymous().get("/api/v1/needs?q=sykehjem").await.json["total"], 1);
    let told = [
        "bo@bergen.example: Publisert på nytt: Færre fall på sykehjemmet",
        "kari@stavanger.example: Behovet er publisert: Færre fall på sykehjemmet",
        "per@nattlys.example: Nytt behov for dere: Færre fall på sykehjemmet",
    ];
    assert_eq!(app.post().await, told);
    let reference = kari.get(&need).await.field("reference");
    let versions = app.browser().open(&format!("/behov/{reference}/versjoner")).await;
    assert!(versions.html.contains("Publisert på nytt.") && versions.html.contains("Publisert første gang."));

    // A program need not say why; the mail does not pretend that it has.
    kari.delete(&publication).await.must(200);
    app.deliver().await;
    let mails = app.mailbox();
    assert!(mails.len() == 1 && !mails[0].text.contains("Begrunnelse"), "{mails:?}");
}

/// Odd is with two firms: he follows once, is counted once and told once, and goes on when he leaves one of them.
#[tokio::test]
async fn a_person_follows_for_themselves() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let liv = app.adviser("Liv").await;
    let odd = app.supplier("Odd", "Tryggvakt").await;
    let nattlys = app.also_in(&odd, "Nattlys", OrganisationKind::Supplier, Role::Member).await;
    let need = format!("/api/v1/needs/{}", published(&app, &kari, "Færre fall").await);
    app.post().await;
    let me = format!("{need}/followers/me");
    for number in [&odd.organisation_number, &nattlys] {
        send(odd.request(Method::PUT, &me).header("X-Organisation", number)).await.must(204);
    }
    assert_eq!(liv.get("/api/v1/portfolio").await.must(200).json["items"][0]["followers"], 1);
    let corrected = async |note: &str| {
        kari.patch(&need, json!({"summary": note, "change_note": note})).await.must(200);
        app.post().await
    };
    let told = ["odd@tryggvakt.example: Endret behov: Færre fall"];
    assert_eq!(corrected("Tydeligere.").await, told);
    let members = odd.get("/api/v1/organisations/me/members").await.must(200);
    odd.delete(&format!("/api/v1/organisations/me/members/{}", members.each("id")[0])).await.must(204);
    assert_eq!(corrected("Enda tydeligere.").await, told);
    // As whichever of them he stops, he has stopped.
    odd.delete(&me).await.must(204);
    assert_eq!(corrected("Så tydelig som mulig.").await, [""; 0]);
}

/// It has no page for them any more; the desk has it, under its reference alone.
#[tokio::test]
async fn whoever_follows_a_need_that_was_withdrawn_can_stop() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let bo = app.buyer("Bo", "Bergen").await;
    let need = format!("/api/v1/needs/{}", published(&app, &kari, "Færre fall").await);
    let me = format!("{need}/followers/me");
    for who in [&ida, &bo] {
        who.put(&me, Value::Null).await.must(204);
    }
    kari.delete(&format!("{need}/publication?reason=Feil")).await.must(200);
    kari.patch(&need, json!({"title": "Hemmelig plan"})).await.must(200);
    app.post().await;

    bo.delete(&me).await.must(204);
    bo.delete(&me).await.must(404);
    bo.put(&me, Value::Null).await.must(404);
    let browser = app.browser().log_in(&ida).await;
    let desk = browser.open("/min-side").await;
    assert!(!desk.html.contains("Hemmelig plan"), "{}", desk.html);
    let stop = desk.attributes("form[action$='/folg']", "action");
    assert_eq!(stop, ["/behov/2026-0001/folg"]);
    let named = desk.attributes("form[action$='/folg'] button", "aria-label");
    assert_eq!(named, ["Slutt å følge behovet 2026-0001"]);
    let stopped = browser.submit(&stop[0], &[("action", "unfollow")]).await;
    assert_eq!((stopped.status.as_u16(), stopped.location()), (303, "/min-side"));
    assert!(!browser.follow(stopped).await.html.contains("2026-0001"));
    assert_eq!(browser.submit(&stop[0], &[("action", "unfollow")]).await.status, 404);
    kari.put(&format!("{need}/publication"), Value::Null).await.must(200);
    assert_eq!(app.post().await, ["kari@stavanger.example: Behovet er publisert: Hemmelig plan"]);
}

#[tokio::test]
async fn of_a_concluded_need_nothing_is_offered_that_cannot_be_done() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let id = published(&app, &kari, "Færre fall på sykehjemmet").await;
    let reference = kari.get(&format!("/api/v1/needs/{id}")).await.field("reference");
    let browser = app.browser().log_in(&kari).await;
    let page = |name: &str| format!("/behov/{reference}/{name}");
    for (name, status) in [("rediger", 200), ("forhandsvis", 409), ("trekk", 200)] {
        assert_eq!(browser.open(&page(name)).await.status, status, "{name} while it is published");
    }
    let told = json!({"kind": "own_solution", "text": "Vi gjør det selv."});
    kari.put(&format!("/api/v1/needs/{id}/outcome"), told).await.must(200);
    for name in ["rediger", "forhandsvis", "trekk"] {
        assert_eq!(browser.open(&page(name)).await.status, 409, "{name} when it is concluded");
    }
}

#[tokio::test]
async fn another_municipality_joins_once_with_its_own_volume() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let bo = app.buyer("Bo", "Bergen").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let id = published(&app, &kari, "Færre fall på sykehjemmet").await;
    let joiners = format!("/api/v1/needs/{id}/joiners");
    app.post().await;
    let volume = json!({"volume": "6 sykehjem"});
    assert_eq!(bo.post(&joiners, volume.clone()).await.must(201).json["joiners"], 1);
    bo.post(&joiners, volume.clone()).await.must(409);
    kari.post(&joiners, volume.clone()).await.must(403);
    ida.post(&joiners, volume.clone()).await.must(403);
    app.anonymous().post(&joiners, volume).await.must(401);
    let reference = bo.get(&format!("/api/v1/needs/{id}")).await.field("reference");
    let browser = app.browser().log_in(&bo).await;
    assert!(!browser.open(&format!("/behov/{reference}")).await.html.contains("/bli-med"), "it has joined");
    assert_eq!(browser.open(&format!("/behov/{reference}/bli-med")).await.status, 409);
    assert_snapshot!("joiners", app.anonymous().get(&joiners).await.shown());
    assert_eq!(app.post().await, ["kari@stavanger.example: Bergen kommune har samme behov"]);
}

#[tokio::test]
async fn a_request_that_is_repeated_with_its_key_makes_one_need() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let bo = app.buyer("Bo", "Bergen").await;
    let post = |who: &Person, body: &Value, key: &str| {
        send(who.request(Method::POST, "/api/v1/needs").header("Idempotency-Key", key).json(body))
    };
    let body = falls(&app);
    let first = post(&kari, &body, "nøkkel-1".replace('ø', "o").as_str()).await.must(201);
    let again = post(&kari, &body, "nokkel-1").await.must(201);
    assert_eq!((first.text, first.headers.get("location")), (again.text, again.headers.get("location")));
    // The key of one is nothing to another.
    post(&bo, &body, "nokkel-1").await.must(201);
    let mut other = body.clone();
    other["title"] = json!("Noe annet");
    let reused = post(&kari, &other, "nokkel-1").await.must(409);
    assert_eq!(reused.json["type"], "/problems/idempotency-key-reused");
    assert_eq!(post(&kari, &body, &"k".repeat(201)).await.must(400).json["type"], "/problems/bad-idempotency-key");
    assert_eq!(kari.get("/api/v1/needs?status=draft").await.json["total"], 1);
    assert_eq!(bo.get("/api/v1/needs?status=draft").await.json["total"], 1);
}

/// What one was told as a member is not told again to who is none any more.
#[tokio::test]
async fn an_answer_is_repeated_to_whoever_is_still_what_they_were() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let mia = app.member("Mia", "Tryggvakt", OrganisationKind::Supplier, Role::Admin).await;
    let ida = app.member("Ida", "Tryggvakt", OrganisationKind::Supplier, Role::Admin).await;
    app.also_in(&ida, "Nattlys", OrganisationKind::Supplier, Role::Admin).await;
    let path = format!("/api/v1/needs/{}/responses", published(&app, &kari, "Færre fall").await);
    let body = json!({"body": "Se under.", "confidential": "Hemmelig", "confidential_reason": "Pris"});
    let respond = || send(ida.request(Method::POST, &path).header("Idempotency-Key", "en").json(&body));
    let first = respond().await.must(201);
    assert_eq!(respond().await.must(201).text, first.text);
    let members = "/api/v1/organisations/me/members";
    let member = async |name: &str| {
        let found = mia.get(members).await.must(200);
        let at = found.each("name").iter().position(|other| other == name).unwrap();
        format!("{members}/{}", found.each("id")[at])
    };
    let of_ida = member("Ida").await;
    let told = async |problem: &str| {
        let answer = respond().await.must(409);
        assert_eq!(answer.json["type"], format!("/problems/{problem}"));
        assert!(!answer.text.contains("Hemmelig"), "{}", answer.text);
    };
    mia.put(&format!("{of_ida}/role"), json!({"role": "member"})).await.must(200);
    told("idempotency-key-reused").await;
    mia.put(&format!("{of_ida}/role"), json!({"role": "admin"})).await.must(200);
    assert_eq!(respond().await.must(201).text, first.text);
    // She acts for the other firm from now on, and then for none.
    mia.delete(&of_ida).await.must(204);
    told("idempotency-key-reused").await;
    let of_ida = ida.get(members).await.must(200).each("id").remove(0);
    ida.delete(&format!("{members}/{of_ida}")).await.must(204);
    told("no-organisation").await;
    assert_eq!(kari.get(&path).await.must(200).json["total"], 1);
}

#[tokio::test]
async fn whoever_edits_an_old_version_is_told_and_overwrites_nothing() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let anne = app.buyer("Anne", "Stavanger").await;
    let need = format!("/api/v1/needs/{}", draft(&app, &kari, "Tryggere netter").await);
    let seen = kari.get(&need).await.must(200).header("etag").to_owned();
    let edit = |who: &Person, tag: &str, title: &str| {
        send(who.request(Method::PATCH, &need).header("If-Match", tag).json(&json!({"title": title})))
    };
    edit(&anne, &seen, "Annes tittel").await.must(200);
    let refused = edit(&kari, &seen, "Karis tittel").await.must(412);
    assert_eq!(refused.json["type"], "/problems/stale");
    edit(&kari, "\"nonsense\"", "Karis tittel").await.must(412);
    assert_eq!(kari.get(&need).await.json["title"], "Annes tittel");
    edit(&kari, "*", "Karis tittel").await.must(200);
    // One of several is enough; a tag that is no text is none of ours.
    let present = kari.get(&need).await.header("etag").to_owned();
    edit(&kari, &format!("{seen}, {present}"), "Enda en tittel").await.must(200);
    edit(&kari, "\u{e5}", "Karis tittel").await.must(412);

    // The same where it is published and withdrawn; without the header whatever stands there is.
    let publication = format!("{need}/publication");
    for method in [Method::PUT, Method::DELETE] {
        let change = |tag: &str| send(kari.request(method.clone(), &publication).header("If-Match", tag));
        assert_eq!(change(&seen).await.must(412).json["type"], "/problems/stale");
        let present = kari.get(&need).await.header("etag").to_owned();
        change(&format!("{seen}, {present}")).await.must(200);
    }
    kari.put(&publication, Value::Null).await.must(200);
    app.post().await;
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_with_a_reason() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let post = |kind: &'static str, body: String| {
        send(kari.request(Method::POST, "/api/v1/needs").header("Content-Type", kind).body(body))
    };
    let mut shown = Vec::new();
    for (kind, body) in [
        ("text/plain", "{}".to_owned()),
        ("application/x-www-form-urlencoded", "title=x".to_owned()),
        ("application/json", "{\"title\": ".to_owned()),
        ("application/json", "{\"title\": 5}".to_owned()),
        ("application/json", "{\"titel\": \"x\"}".to_owned()),
        ("application/json", "{\"title\": \"x\", \"title\": \"y\"}".to_owned()),
        ("application/json", "[]".to_owned()),
        ("application/json", "\u{feff}{}".to_owned()),
        ("application/json", format!("{{\"title\": \"{}\"}}", "x".repeat(1_100_000))),
    ] {
        let answer = post(kind, body.clone()).await;
        let short: String = body.chars().take(20).collect();
        assert_eq!(answer.header("content-type"), "application/problem+json");
        let problem = answer.json["type"].as_str().unwrap_or_default().to_owned();
        shown.push(format!("{kind} {short:?}: {} {problem} ({})", answer.status, answer.json["detail"]));
    }
    assert_snapshot!("unreadable", shown.join("\n"));
    let need = format!("/api/v1/needs/{}", draft(&app, &kari, "Færre fall").await);
    for (twice, told) in [
        (r#"{"title": "x", "title": "y"}"#, "duplicate field `title`"),
        (r#"{"contact": {"name": "x", "name": "y"}}"#, "contact: duplicate field `name`"),
        (r#"{"desired_effects": [{"metric": "x", "metric": "y"}]}"#, "desired_effects[0]: duplicate field `metric`"),
    ] {
        let patch = kari.request(Method::PATCH, &need).header("Content-Type", "application/merge-patch+json");
        let refused = send(patch.body(twice)).await.must(400);
        assert_eq!(refused.json["type"], "/problems/broken-json");
        assert!(refused.field("detail").starts_with(told), "{}", refused.text);
    }
    kari.get("/api/v1/needs/no-id").await.must(404);
    kari.get("/api/v1/nothing").await.must(404);
    assert_eq!(kari.put("/api/v1/needs", json!({})).await.must(405).json["type"], "/problems/method-not-allowed");
}

#[tokio::test]
async fn every_field_that_is_wrong_is_told_at_once_in_the_language_of_the_client() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let wrong = json!({
        "title": "",
        "summary": "ord ".repeat(151),
        "problem": "x".repeat(10_001),
        "cpv": ["12"],
        "region": ["99"],
        "areas": ["fisk"],
        "innovation_kind": "fisk",
        "language": "se",
        "response_deadline": "i morgen",
        "budget": {"amount": -1, "currency": "NOK"},
        "desired_effects": [{"baseline": "uten mål"}],
        "contact": {"name": "Kari\nNordmann", "email": "kari", "phone": ""}
    });
    for language in ["nb", "nn", "en"] {
        let request = kari.request(Method::POST, "/api/v1/needs").header("Accept-Language", language).json(&wrong);
        let answer = send(request).await.must(422);
        assert_eq!(answer.header("content-language"), language);
        let mut problem = answer.json.clone();
        problem["instance"] = json!("[request]");
        assert_snapshot!(format!("wrong_fields_{language}"), serde_json::to_string_pretty(&problem).unwrap());
    }
    assert_eq!(kari.get("/api/v1/needs?status=draft").await.json["total"], 0);
}

/// A program that sends a text for a number hears of it together with all else, and learns where.
#[tokio::test]
async fn values_of_the_wrong_kind_are_told_together_with_all_else_that_is_wrong() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let wrong = json!({
        "title": 5,
        "summary": null,
        "cpv": ["12", 7, {}],
        "areas": "smart",
        "budget": {"amount": "mange"},
        "response_deadline": "i morgen",
        "desired_effects": [{"metric": "Fall", "by": "igår"}, {}, "x", {"baseline": "uten mål", "by": 7}],
        "contact": {"name": "Kari", "email": ["kari"]}
    });
    let refused = kari.post("/api/v1/needs", wrong.clone()).await.must(422);
    let mut told = refused.errors();
    told.sort();
    let expected = [
        "areas: wrong-kind",
        "budget.amount: whole-number",
        "contact.email: wrong-kind",
        "cpv.1: wrong-kind",
        "cpv.2: wrong-kind",
        "cpv: cpv",
        "desired_effects.0.by: date",
        "desired_effects.2: wrong-kind",
        "desired_effects.3.by: date",
        "desired_effects.3.metric: required",
        "response_deadline: time",
        "summary: wrong-kind",
        "title: wrong-kind",
    ];
    assert_eq!(told, expected);
    for (language, sentence) in [
        ("nb", "Skriv et helt tall, for eksempel 2027."),
        ("nn", "Skriv eit heilt tal, til dømes 2027."),
        ("en", "Write a whole number, such as 2027."),
    ] {
        let request = kari.request(Method::POST, "/api/v1/needs").header("Accept-Language", language).json(&wrong);
        assert!(send(request).await.must(422).text.contains(sentence), "{language}");
    }
    // A correction says what is wrong with the note as well, and a draft keeps what it had.
    let need = format!("/api/v1/needs/{}", draft(&app, &kari, "Færre fall").await);
    let refused = kari.patch(&need, json!({"title": "", "budget": {"amount": 1.5}, "change_note": 1})).await.must(422);
    let mut told = refused.errors();
    told.sort();
    assert_eq!(told, ["budget.amount: whole-number", "change_note: wrong-kind", "title: required"]);
    assert_eq!(kari.get(&need).await.json["title"], "Færre fall");
    // Nothing can be made of these, and each says why.
    let refused = kari.post("/api/v1/needs", json!({"title": "Behov", "budget": {}})).await.must(422);
    assert_eq!(refused.errors(), ["budget.amount: required"]);
    let bodyless = app.anonymous().post("/api/v1/session", json!({"email": "kari@stavanger.example"})).await.must(422);
    assert_eq!(bodyless.errors(), ["password: required"]);
    // What is one too many does not hide what is wrong with the others; neither does a crowd of mistakes take forever.
    let mut effects = vec![json!({"metric": "Fall"}); 21];
    effects[20] = json!({"target": "Null"});
    let refused = kari.post("/api/v1/needs", json!({"title": "Behov", "desired_effects": effects})).await.must(422);
    assert_eq!(refused.errors(), ["desired_effects: too-many", "desired_effects.20.metric: required"]);
    let crowd = kari.post("/api/v1/needs", json!({"title": "Behov", "cpv": vec![1; 100_000]})).await.must(422);
    assert_eq!(crowd.errors().len(), 50);
}

/// A slip of the keyboard is told where it is made, and not when the need is read.
#[tokio::test]
async fn a_currency_exists_and_a_deadline_is_one_that_somebody_lives_to_see() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let wrong = json!({"title": "Behov", "budget": {"amount": 1, "currency": "zzz"},
        "response_deadline": "9999-12-31T23:59:59Z"});
    let refused = kari.post("/api/v1/needs", wrong).await.must(422);
    let mut told = refused.json["errors"].as_array().unwrap().iter();
    let told: Vec<(&str, &str)> =
        told.by_ref().map(|e| (e["field"].as_str().unwrap(), e["code"].as_str().unwrap())).collect();
    assert_eq!(told, [("response_deadline", "too-far"), ("budget", "currency")]);
    // Before the first year that has four digits in every zone nothing could be read any more.
    for long_ago in ["0000-01-01T00:00:00+01:00", "0001-01-01T00:00:00Z", "1969-12-31T23:59:59Z"] {
        let refused = kari.post("/api/v1/needs", json!({"title": "Behov", "response_deadline": long_ago})).await;
        assert_eq!((refused.status, refused.json["errors"][0]["code"].as_str()), (422, Some("time")), "{long_ago}");
    }
    kari.get("/api/v1/needs?status=draft").await.must(200);
    let taken = json!({"title": "Behov", "budget": {"amount": 1, "currency": "eur"}});
    assert_eq!(kari.post("/api/v1/needs", taken).await.must(201).json["budget"]["currency"], "EUR");
}

/// A filter that would be left out in silence is refused.
#[tokio::test]
async fn ones_own_drafts_are_listed_and_not_searched() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    draft(&app, &kari, "Færre fall").await;
    for paged in ["", "&limit=5"] {
        assert_eq!(kari.get(&format!("/api/v1/needs?status=draft{paged}")).await.must(200).json["total"], 1);
    }
    for filter in ["q=fall", "region=11", "cpv=33", "area=smart", "sort=newest", "deadline_before=2027-01-01"] {
        kari.get(&format!("/api/v1/needs?status=draft&{filter}")).await.must(400);
    }
}

/// A key is for one thing at one address: the same words to another need are another thing.
#[tokio::test]
async fn a_key_that_was_used_at_another_address_is_refused() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let bo = app.buyer("Bo", "Bergen").await;
    let (first, second) = (published(&app, &kari, "Færre fall").await, published(&app, &kari, "Tryggere netter").await);
    let join = async |need: &str| {
        let request = bo.request(reqwest::Method::POST, &format!("/api/v1/needs/{need}/joiners"));
        crate::person::send(request.header("idempotency-key", "en").json(&json!({"volume": "40 brukere"}))).await
    };
    let joined = join(&first).await.must(201);
    assert_eq!(join(&first).await.must(201).text, joined.text, "the same again");
    assert_eq!(join(&second).await.must(409).json["type"], "/problems/idempotency-key-reused");
}

/// The year begins in Norway an hour before it does in Greenwich.
#[tokio::test]
async fn a_need_of_new_years_night_belongs_to_the_new_year() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    app.pass(chrono::Utc.with_ymd_and_hms(2026, 12, 31, 23, 30, 0).unwrap() - crate::app::beginning());
    let kari = kari.log_in().await;
    let need = kari.post("/api/v1/needs", json!({"title": "Færre fall"})).await.must(201);
    assert_eq!(need.field("reference"), "2027-0001");
}

/// Every list goes on from page to page, short ones too.
#[tokio::test]
async fn joiners_versions_and_files_have_pages() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let need = format!("/api/v1/needs/{}", published(&app, &kari, "Færre fall").await);
    for (n, place) in ["Bergen", "Oslo", "Voss"].into_iter().enumerate() {
        app.pass(TimeDelta::minutes(1));
        let bo = app.buyer(&format!("Bo {n}"), place).await;
        bo.post(&format!("{need}/joiners"), json!({"volume": "12 brukere"})).await.must(201);
    }
    for n in 2..=4 {
        let words = json!({"title": format!("Færre fall {n}"), "change_note": "Ny tittel"});
        kari.patch(&need, words).await.must(200);
    }
    let anyone = app.anonymous();
    for (list, field, expected) in [
        ("joiners", "name", json!(["Bergen kommune", "Oslo kommune", "Voss kommune"])),
        ("versions", "version", json!([4, 3, 2, 1])),
        ("attachments", "name", json!([])),
    ] {
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = anyone.get(&format!("{need}/{list}?limit=1{cursor}")).await.must(200).json;
            assert_eq!(page["total"], json!(expected.as_array().unwrap().len()), "{list}");
            seen.extend(page["items"].as_array().unwrap().iter().map(|item| item[field].clone()));
            let Some(next) = page["next"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(json!(seen), expected, "{list}");
        anyone.get(&format!("{need}/{list}?cursor=x")).await.must(400);
    }
}
