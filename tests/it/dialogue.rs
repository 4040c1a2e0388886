//! Files in the dialogue.
use crate::app::TestApp;
use crate::needs::published;
use crate::person::{Answer, Person, send};
use chrono::TimeDelta;
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::json;

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";

async fn upload(who: &Person, path: &str, name: &str, content: &[u8], confidential: bool) -> Answer {
    let part = Part::bytes(content.to_vec()).file_name(name.to_owned());
    let form = Form::new().part("file", part).text("confidential", confidential.to_string());
    send(who.request(Method::POST, path).multipart(form)).await
}

#[tokio::test]
async fn a_file_of_a_need_is_for_everybody_and_one_of_a_response_for_two() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let per = app.supplier("Per", "Nattlys").await;
    let bo = app.buyer("Bo", "Bergen").await;
    let need = format!("/api/v1/needs/{}", published(&app, &kari, "Færre fall").await);
    let kept = upload(&kari, &format!("{need}/attachments"), "Plan æøå.pdf", PDF, false).await.must(201);
    let file = app.anonymous().get(&kept.field("url")).await.must(200);
    assert_eq!((file.text.as_bytes(), file.header("content-type")), (PDF, "application/pdf"));
    assert!(file.header("content-disposition").starts_with("attachment"), "{}", file.header("content-disposition"));
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    for stranger in [&ida, &bo] {
        upload(stranger, &format!("{need}/attachments"), "x.pdf", PDF, false).await.must(403);
    }
    upload(&app.anonymous(), &format!("{need}/attachments"), "x.pdf", PDF, false).await.must(401);

    let sent = ida
        .post(
            &format!("{need}/responses"),
            json!({"body": "Se vedlegg.", "confidential": "Pris",
        "confidential_reason": "Forretningshemmelighet"}),
        )
        .await
        .must(201);
    let more = format!("{need}/responses/{}/attachments", sent.id());
    let secret = upload(&ida, &more, "pris.pdf", PDF, true).await.must(201);
    upload(&per, &more, "pris.pdf", PDF, true).await.must(404);
    for (who, status) in [(&kari, 200), (&ida, 200), (&per, 404), (&bo, 404), (&app.anonymous(), 404)] {
        who.get(&secret.field("url")).await.must(status);
    }
    assert_eq!(app.anonymous().get(&format!("{need}/attachments")).await.must(200).each("name"), ["Plan æøå.pdf"]);

    app.pass(TimeDelta::days(40));
    upload(&ida, &more, "for sent.pdf", PDF, false).await.must(409);
}

#[tokio::test]
async fn files_that_are_not_what_they_say_or_too_large_are_refused() {
    let app = TestApp::with("attachments.max_bytes = 2000").await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let files = format!("/api/v1/needs/{}/attachments", published(&app, &kari, "Færre fall").await);
    let exe = [b"MZ".as_slice(), &[0; 200]].concat();
    let large = [PDF, &[b' '; 3000]].concat();
    for (name, content, expected) in [
        ("plan.pdf", exe.as_slice(), "file-type"),
        ("plan.exe", exe.as_slice(), "file-type"),
        ("plan.html", b"<script>alert(1)</script>".as_slice(), "file-type"),
        ("plan.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>".as_slice(), "file-type"),
        ("tom.pdf", b"".as_slice(), "file-empty"),
        ("stor.pdf", large.as_slice(), "file-too-large"),
    ] {
        let answer = upload(&kari, &files, name, content, false).await;
        let code = answer.json["errors"][0]["code"].as_str().unwrap_or_default();
        assert_eq!((answer.status, code), (400, expected), "{name}: {}", answer.text);
        let message = answer.json["errors"][0]["message"].as_str().unwrap_or_default();
        assert!(message.contains(name), "{message}");
        assert_eq!(message.contains("1\u{a0}kB"), expected == "file-too-large", "{message}");
    }
    assert_eq!(kari.get(&files).await.must(200).json["total"], 0);
    // The forms say beforehand how large a file can be.
    let ida = app.supplier("Ida", "Tryggvakt").await;
    for (who, page) in [(&ida, "/behov/2026-0001/svar/nytt"), (&kari, "/behov/2026-0001/rediger")] {
        let page = app.browser().log_in(who).await.open(page).await;
        assert!(page.html.contains("1\u{a0}kB") && !page.html.contains("0 MB"), "{}", page.html);
    }
    // A name is a name, never a path.
    let kept = upload(&kari, &files, "../../../etc/plan.pdf", PDF, false).await;
    if kept.status == 201 {
        assert!(!kept.field("name").contains(['/', '\\']), "{}", kept.text);
    }
}

#[tokio::test]
async fn after_the_deadline_nobody_asks_or_responds() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let need = format!("/api/v1/needs/{}", published(&app, &kari, "Færre fall").await);
    app.pass(TimeDelta::days(30));
    ida.post(&format!("{need}/questions"), json!({"text": "I siste liten?"})).await.must(201);
    ida.post(&format!("{need}/responses"), json!({"body": "I siste liten."})).await.must(201);
    app.pass(TimeDelta::seconds(1));
    let late = ida.post(&format!("{need}/responses"), json!({"body": "For sent."})).await.must(409);
    assert_eq!(late.json["type"], "/problems/deadline-passed");
    ida.post(&format!("{need}/questions"), json!({"text": "For sent?"})).await.must(409);
    // What is confidential must say why; what says nothing is nothing.
    let unsaid = ida.post(&format!("{need}/responses"), json!({"body": " ", "confidential": "Pris"})).await.must(422);
    assert_eq!(unsaid.errors().len(), 2, "{}", unsaid.text);
}

#[tokio::test]
async fn a_question_of_a_need_that_was_withdrawn_is_nowhere_to_be_answered() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let bo = app.buyer("Bo", "Bergen").await;
    let need = format!("/api/v1/needs/{}", published(&app, &kari, "Færre fall").await);
    let question = ida.post(&format!("{need}/questions"), json!({"text": "Hva?"})).await.must(201).id();
    let answer = format!("{need}/questions/{question}/answer");
    kari.put(&answer, json!({"text": "Alt."})).await.must(200);
    bo.put(&answer, json!({"text": "Kapret."})).await.must(403);
    kari.delete(&format!("{need}/publication?reason=Feil")).await.must(200);
    for stranger in [&ida, &bo] {
        stranger.put(&answer, json!({"text": "Kapret."})).await.must(404);
        let browser = app.browser().log_in(stranger).await;
        let page = format!("/behov/2026-0001/sporsmal/{question}");
        assert_eq!(browser.open(&page).await.status, 404);
        browser.open("/min-side/konto").await;
        assert_eq!(browser.submit(&page, &[("answer", "Kapret.")]).await.status, 404);
    }
    kari.put(&answer, json!({"text": "Det meste."})).await.must(200);
}
