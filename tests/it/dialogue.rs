//! Files in the dialogue.
use crate::app::{PASSWORD, TestApp};
use crate::needs::{draft, published};
use crate::person::{Answer, Person, send};
use brobygger::app::Caller;
use brobygger::audit::Event;
use brobygger::dialogue::remove_orphans;
use brobygger::identity::Credentials;
use brobygger::needs::{self, NeedId};
use brobygger::op::Op;
use brobygger::platform::db::{Deed, insert_together};
use brobygger::tenancy::Reason;
use brobygger::upkeep;
use brobygger::{Error, Result};
use chrono::TimeDelta;
use futures_util::future::join_all;
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::time::Duration;
use tokio::task::JoinSet;

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";

async fn upload(who: &Person, path: &str, name: &str, content: &[u8], confidential: bool) -> Answer {
    let part = Part::bytes(content.to_vec()).file_name(name.to_owned());
    let form = Form::new().part("file", part).text("confidential", confidential.to_string());
    send(who.request(Method::POST, path).multipart(form)).await
}

/// Attaches to a need; `note` says why a published one is corrected.
async fn attach(who: &Person, need: &str, name: &str, content: &[u8], note: &str) -> Answer {
    let part = Part::bytes(content.to_vec()).file_name(name.to_owned());
    let form = Form::new().part("file", part).text("change_note", note.to_owned());
    send(who.request(Method::POST, &format!("{need}/attachments")).multipart(form)).await
}

fn part(name: &str, content: &'static [u8]) -> Part {
    Part::bytes(content).file_name(name.to_owned())
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
    let kept = attach(&kari, &need, "Plan æøå.pdf", PDF, "Med plan").await.must(201);
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
    app.post().await;
    app.pass(TimeDelta::hours(1));
    let secret = upload(&ida, &more, "pris.pdf", PDF, true).await.must(201);
    assert_eq!(app.post().await, ["kari@stavanger.example: Nytt vedlegg til et svar: Færre fall"]);
    upload(&per, &more, "pris.pdf", PDF, true).await.must(404);
    for (who, status) in [(&kari, 200), (&ida, 200), (&per, 404), (&bo, 404), (&app.anonymous(), 404)] {
        who.get(&secret.field("url")).await.must(status);
    }
    assert_eq!(app.anonymous().get(&format!("{need}/attachments")).await.must(200).each("name"), ["Plan æøå.pdf"]);

    app.pass(TimeDelta::days(40));
    upload(&ida, &more, "for sent.pdf", PDF, false).await.must(409);
}

/// A program sends the files of a response one by one after it: who has the mail about the response finds them there.
#[tokio::test]
async fn ten_files_are_not_ten_mails() {
    let app = TestApp::with("attachments.max_files = 20").await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let need = format!("/api/v1/needs/{}", published(&app, &kari, "Færre fall").await);
    let sent = ida.post(&format!("{need}/responses"), json!({"body": "Se vedlegg."})).await.must(201).id();
    app.post().await;
    let told = ["kari@stavanger.example: Nytt vedlegg til et svar: Færre fall"];
    let files = format!("{need}/responses/{sent}/attachments");
    let several = async |minutes: i64| {
        for number in 0..3 {
            app.pass(TimeDelta::minutes(minutes));
            upload(&ida, &files, &format!("{number}.pdf"), PDF, false).await.must(201);
        }
        app.post().await
    };
    // Unread, and told of less than an hour ago.
    assert!(several(5).await.is_empty());
    // Kari has seen what was there: now a file is news, and those that follow it are not.
    app.pass(TimeDelta::minutes(1));
    kari.put(&format!("{need}/responses/{sent}/reading"), serde_json::Value::Null).await.must(200);
    assert_eq!(app.post().await.len(), 1, "Ida hears that it was read");
    assert_eq!(several(1).await, told);
    assert!(several(1).await.is_empty());
    app.pass(TimeDelta::hours(1));
    assert_eq!(several(1).await, told);
}

/// Ida has forgotten a file, and finds where to send it; Kari hears of it. After the deadline there is no such place.
#[tokio::test]
async fn one_more_file_is_added_on_the_page_of_the_response() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let need = format!("/api/v1/needs/{}", published(&app, &kari, "Færre fall").await);
    let sent = ida.post(&format!("{need}/responses"), json!({"body": "Vi kan."})).await.must(201).id();
    app.post().await;
    app.pass(TimeDelta::hours(1));
    let page = format!("/behov/2026-0001/svar/{sent}");
    let browser = app.browser().log_in(&ida).await;
    let form = browser.open(&page).await;
    assert_eq!(form.attributes("form.bb-form", "action"), [format!("{page}/vedlegg")], "{}", form.html);
    let to = format!("{page}/vedlegg");
    let (confidential, why) = (("confidential", "yes"), ("confidential_reason", "Prisen er vår egen."));
    // What is confidential says why, as in a response that is being sent. Everything that is wrong is told there.
    let refused = browser.submit_with_file(&to, &[confidential], "file", part("pris.exe", b"MZ")).await;
    assert_eq!((refused.status.as_u16(), refused.errors().len()), (422, 2), "{}", refused.html);
    let refused = browser.submit_with_file(&to, &[confidential, why], "file", part("pris.exe", b"MZ")).await;
    assert_eq!((refused.errors().len(), refused.values("confidential_reason")), (1, vec![why.1.to_owned()]));
    assert_eq!(refused.values("confidential"), ["yes"]);
    let kept = browser.submit_with_file(&to, &[confidential, why], "file", part("pris.pdf", PDF)).await;
    assert_eq!(kept.status, 303, "{}", kept.html);
    let shown = browser.open(&page).await;
    assert_eq!(shown.texts(".bb-file-row"), ["pris.pdf 48 BFortrolig"]);
    assert!(shown.html.contains("Begrunnelse: Prisen er vår egen."), "{}", shown.html);
    assert!(shown.values("confidential_reason").is_empty(), "it has been said");
    assert_eq!(app.post().await, ["kari@stavanger.example: Nytt vedlegg til et svar: Færre fall"]);
    // It is Ida's alone to add to.
    let buyer = app.browser().log_in(&kari).await;
    assert!(!buyer.open(&page).await.html.contains("/vedlegg\""));
    assert_eq!(buyer.submit_with_file(&format!("{page}/vedlegg"), &[], "file", part("x.pdf", PDF)).await.status, 403);

    app.pass(TimeDelta::days(40));
    let browser = app.browser().log_in(&ida.log_in().await).await;
    assert!(browser.open(&page).await.attributes("form.bb-form", "action").is_empty());
    assert_eq!(browser.submit_with_file(&format!("{page}/vedlegg"), &[], "file", part("x.pdf", PDF)).await.status, 409);
}

#[tokio::test]
async fn a_response_says_once_why_something_in_it_is_confidential() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let need = format!("/api/v1/needs/{}", published(&app, &kari, "Færre fall").await);
    let sent = ida.post(&format!("{need}/responses"), json!({"body": "Vi kan."})).await.must(201).id();
    let (response, files) = (format!("{need}/responses/{sent}"), format!("{need}/responses/{sent}/attachments"));
    let add = async |name: &str, reason: &'static str| {
        let form = Form::new().part("file", Part::bytes(PDF).file_name(name.to_owned()));
        let form = form.text("confidential", "true").text("confidential_reason", reason);
        send(ida.request(Method::POST, &files).multipart(form)).await
    };
    upload(&ida, &files, "åpen.pdf", PDF, false).await.must(201);
    assert_eq!(upload(&ida, &files, "pris.pdf", PDF, true).await.must(422).errors(), ["confidential_reason: required"]);
    assert_eq!(add("pris.pdf", " ").await.must(422).errors(), ["confidential_reason: required"]);
    let both = upload(&ida, &files, "pris.exe", PDF, true).await;
    assert_eq!(both.errors(), ["file: file-type", "confidential_reason: required"]);
    add("pris.pdf", "Prisen er vår egen.").await.must(201);
    assert_eq!(kari.get(&response).await.must(200).field("confidential_reason"), "Prisen er vår egen.");
    upload(&ida, &files, "kunder.pdf", PDF, true).await.must(201);
    add("løsning.pdf", "Prisen er vår egen.").await.must(201);
    let other = add("kart.pdf", "Noe annet.").await.must(422);
    assert_eq!(other.errors(), ["confidential_reason: already-said"]);
    let kept = kari.get(&response).await.must(200).json;
    assert_eq!(kept["attachments"].as_array().map(Vec::len), Some(4));
    assert_eq!(kept["confidential_reason"], "Prisen er vår egen.");
}

/// Whoever answered by what was there before must hear of it.
#[tokio::test]
async fn a_file_of_a_published_need_comes_and_goes_by_a_correction_that_all_who_take_part_are_told_of() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let per = app.supplier("Per", "Nattlys").await;
    let bo = app.buyer("Bo", "Bergen").await;
    let id = draft(&app, &kari, "Færre fall").await;
    let (need, anyone) = (format!("/api/v1/needs/{id}"), app.anonymous());
    // A draft is nobody's business: nothing says why, and what went away is gone.
    let first = attach(&kari, &need, "plan.pdf", PDF, "").await.must(201);
    let wrong = attach(&kari, &need, "feil.pdf", PDF, "").await.must(201);
    kari.delete(&format!("{need}/attachments/{}", wrong.id())).await.must(204);
    kari.put(&format!("{need}/publication"), Value::Null).await.must(200);
    for who in [&kari, &anyone] {
        who.get(&wrong.field("url")).await.must(404);
    }
    bo.put(&format!("{need}/followers/me"), Value::Null).await.must(204);
    per.post(&format!("{need}/questions"), json!({"text": "Hva?"})).await.must(201);
    ida.post(&format!("{need}/responses"), json!({"body": "Slik."})).await.must(201);
    app.post().await;

    app.pass(TimeDelta::days(1));
    let refused = attach(&kari, &need, "ny.exe", b"MZ", "").await.must(422);
    assert_eq!(refused.errors(), ["file: file-type", "change_note: required"]);
    attach(&kari, &need, "ny.pdf", PDF, &"x".repeat(2_001)).await.must(422);
    let second = attach(&kari, &need, "ny.pdf", PDF, "Planen er ny.").await.must(201);
    let corrected = kari.get(&need).await.must(200);
    assert_eq!((corrected.json["version"].as_i64(), corrected.header("etag")), (Some(2), "\"3\""));
    let everyone = ["bo@bergen.example", "ida@tryggvakt.example", "per@nattlys.example"];
    let told = async |note: &str, files: &str| {
        app.deliver().await;
        let mut mails = app.mailbox();
        mails.sort_by(|one, other| one.to.cmp(&other.to));
        let said = format!("{note}\n\n{files}\n\nLes endringen");
        assert!(mails.iter().all(|mail| mail.text.contains(&said)), "{said}: {}", mails[0].text);
        assert_eq!(mails.iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(), everyone);
    };
    told("Planen er ny.", "Nye filer:\n\n- ny.pdf").await;
    let first_place = format!("{need}/attachments/{}", first.id());
    kari.delete(&first_place).await.must(422);
    kari.delete(&format!("{first_place}?change_note=Den%20gamle%20er%20borte.")).await.must(204);
    told("Den gamle er borte.", "Fjernede filer:\n\n- plan.pdf").await;
    assert_eq!(anyone.get(&format!("{need}/attachments")).await.must(200).each("name"), ["ny.pdf"]);
    let versions = anyone.get(&format!("{need}/versions")).await.must(200);
    let names =
        |version: &Value| version["attachments"].as_array().unwrap().iter().map(|a| a["name"].clone()).collect();
    let shown: Vec<Value> = versions.json["items"].as_array().unwrap().iter().map(names).collect();
    assert_eq!(json!(shown), json!([["ny.pdf"], ["plan.pdf", "ny.pdf"], ["plan.pdf"]]));
    let one = anyone.get(&format!("{need}/versions/1")).await.must(200);
    assert_eq!(one.json["attachments"][0]["url"], first.field("url"));
    for file in [&first, &second] {
        anyone.get(&file.field("url")).await.must(200);
    }
    // Files are read by those who read the version.
    kari.delete(&format!("{need}/publication?reason=Feil")).await.must(200);
    app.post().await;
    let late = attach(&kari, &need, "senere.pdf", PDF, "").await.must(201);
    for file in [&first, &second, &late] {
        anyone.get(&file.field("url")).await.must(404);
        kari.get(&file.field("url")).await.must(200);
    }
    assert_eq!(kari.get(&need).await.must(200).json["version"], 3);
    kari.put(&format!("{need}/publication"), Value::Null).await.must(200);
    app.post().await;
    let fourth = anyone.get(&format!("{need}/versions/4")).await.must(200).json;
    assert_eq!(json!([names(&fourth)]), json!([["ny.pdf", "senere.pdf"]]));
}

#[tokio::test]
async fn a_text_that_is_no_utf_8_is_taken_and_not_said_to_be() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let need = format!("/api/v1/needs/{}", draft(&app, &kari, "Færre fall").await);
    let old = b"Sted;Antall\r\nBod\xf8;12\r\n".as_slice();
    for (name, content, expected) in [
        ("tall.csv", old, "text/csv; charset=windows-1252"),
        ("tall.txt", old, "text/plain; charset=windows-1252"),
        ("nytt.txt", "Bodø".as_bytes(), "text/plain; charset=utf-8"),
    ] {
        let kept = attach(&kari, &need, name, content, "").await.must(201);
        let request = kari.request(Method::GET, &kept.field("url")).send().await.unwrap();
        assert_eq!(request.headers()["content-type"], expected, "{name}");
        assert_eq!(request.bytes().await.unwrap(), content, "{name}");
    }
}

#[tokio::test]
async fn files_that_are_not_what_they_say_or_too_large_are_refused() {
    let app = TestApp::with("attachments.max_bytes = 2000").await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let need = format!("/api/v1/needs/{}", published(&app, &kari, "Færre fall").await);
    let files = format!("{need}/attachments");
    let exe = [b"MZ".as_slice(), &[0; 200]].concat();
    let large = [PDF, &[b' '; 3000]].concat();
    for (name, content, expected) in [
        ("plan.pdf", exe.as_slice(), "file-type"),
        ("plan.exe", exe.as_slice(), "file-type"),
        ("alt.zip", b"PK\x03\x04\x14\0\0\0\0\0".as_slice(), "file-type"),
        ("plan.html", b"<script>alert(1)</script>".as_slice(), "file-type"),
        ("plan.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>".as_slice(), "file-type"),
        ("tom.pdf", b"".as_slice(), "file-empty"),
        ("stor.pdf", large.as_slice(), "file-too-large"),
    ] {
        let answer = attach(&kari, &need, name, content, "Med fil").await;
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
        // A token may have any letters, but no space.
        assert!(page.html.contains("video (MP4)") && !page.html.contains(" ZIP"), "{}", page.html);
    }
    // A name is a name, never a path.
    let kept = attach(&kari, &need, "../../../etc/plan.pdf", PDF, "Med plan").await;
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

/// A few mails are written in one statement with what they are about, many in several.
#[tokio::test]
async fn a_response_is_told_to_everyone_who_acts_however_many_they_are() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let need = format!("/api/v1/needs/{}/responses", published(&app, &kari, "Færre fall").await);
    app.post().await;
    let mut acting = vec!["kari".to_owned()];
    for number in 1..=9 {
        ida.post(&need, json!({"body": format!("Svar {number}.")})).await.must(201);
        let mut expected: Vec<String> = acting.iter().map(|name| format!("{name}@stavanger.example")).collect();
        expected.push("ida@tryggvakt.example".to_owned());
        expected.sort();
        app.deliver().await;
        let mut told: Vec<String> = app.mailbox().into_iter().map(|mail| mail.to).collect();
        told.sort();
        assert_eq!(told, expected);
        let name = format!("{}ne", ["Ma", "Li", "Sy", "Ra", "Tu", "Do", "Re", "Mi", "Fa"][number - 1]);
        app.buyer(&name, "Stavanger").await;
        acting.push(name.to_lowercase());
    }
    assert_eq!(kari.get(&need).await.must(200).json["total"], 9);
}

/// The last row of what belongs together is refused by the database: then the first is not there either.
#[tokio::test]
async fn what_belongs_together_is_written_whole_or_not_at_all() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let need: NeedId = published(&app, &kari, "Færre fall").await.parse().unwrap();
    let before = app.trail().len();
    let two_followed = move |op: &mut Op<'_>, second: NeedId| -> Result<Deed> {
        let tenant = needs::find(op.db(), need)?.tenant_id;
        let mut deed = op.entry(Event::NeedFollowed { tenant, need })?;
        deed.extend(op.entry(Event::NeedFollowed { tenant, need: second })?);
        Ok(deed)
    };
    let caller = || Caller::system(Reason::CommandLine);
    for (second, written) in [(NeedId::new(), 0), (need, 2), (NeedId::new(), 2)] {
        let done = app.app.insert(caller(), move |op| Ok(((), two_followed(op, second)?))).await;
        assert_eq!(done.is_ok(), second == need);
        assert_eq!(app.trail().len(), before + written);
    }
    let in_a_transaction = move |op: &mut Op<'_>| {
        let deed = two_followed(op, NeedId::new())?;
        insert_together(op.db(), &[deed])
    };
    assert!(app.app.write(caller(), in_a_transaction).await.is_err());
    assert_eq!(app.trail().len(), before + 2);
    // Of many at once, each is written whole or not at all, whoever shares a statement with it.
    let mut many = JoinSet::new();
    for number in 0..200 {
        let second = if number % 20 == 0 { NeedId::new() } else { need };
        let app = app.app.clone();
        many.spawn(async move {
            let done = app.insert(caller(), move |op| Ok(((), two_followed(op, second)?))).await;
            assert_eq!(done.is_ok(), second == need);
        });
    }
    many.join_all().await;
    assert_eq!(app.trail().len(), before + 2 + 2 * 190);
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
    // Nobody could read it.
    kari.put(&answer, json!({"text": "Det meste."})).await.must(409);
}

#[tokio::test]
async fn of_many_files_at_once_as_many_are_kept_as_a_need_may_have_and_none_comes_after_the_outcome() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let need = format!("/api/v1/needs/{}", published(&app, &kari, "Færre fall").await);
    let attach = |n: usize| {
        let part = Part::text("Tekst").file_name(format!("fil-{n}.txt"));
        let form = Form::new().part("file", part).text("change_note", "Én til");
        let request = kari.request(Method::POST, &format!("{need}/attachments")).multipart(form);
        async move { crate::person::send(request).await.status }
    };
    let mut answers = join_all((0..16).map(attach)).await;
    answers.sort_unstable();
    let taken = answers.iter().filter(|status| **status == 201).count();
    assert_eq!((taken, answers[taken..].iter().all(|status| *status == 422)), (10, true), "{answers:?}");

    // Whoever asks is told of the outcome, or not taken.
    app.post().await;
    let outcome = json!({"kind": "no_action", "text": "Vi går ikke videre."});
    let (questions, conclusion) = (format!("{need}/questions"), format!("{need}/outcome"));
    let asked = (0..8).map(|n| ida.post(&questions, json!({"text": format!("Spørsmål {n}")})));
    let (told, asked) = tokio::join!(kari.put(&conclusion, outcome), join_all(asked));
    told.must(200);
    let taken = asked.iter().any(|answer| answer.status == 201);
    let heard = app.post().await.iter().any(|mail| mail.starts_with("ida@"));
    assert_eq!(heard, taken);
    ida.post(&format!("{need}/questions"), json!({"text": "For sent"})).await.must(409);
}

/// Many respond in the very moment in which the buyer concludes: nobody's response is taken without their hearing of the outcome.
#[tokio::test]
async fn whoever_responds_while_the_outcome_is_told_hears_of_it_or_is_refused() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let mut suppliers = Vec::new();
    for number in 0..24 {
        suppliers.push(app.supplier("Ida", &format!("Firma {number}")).await);
    }
    for round in 0..5 {
        let need = format!("/api/v1/needs/{}", published(&app, &kari, "Færre fall").await);
        app.post().await;
        let (responses, conclusion) = (format!("{need}/responses"), format!("{need}/outcome"));
        let respond = |number: usize| {
            let who = &suppliers[number];
            let request = who.request(Method::POST, &responses).json(&json!({"body": "Vi kan dette."}));
            // Those with a key are written each for itself, the others together.
            let key = format!("{round} {number}");
            let request = if number.is_multiple_of(3) { request.header("Idempotency-Key", key) } else { request };
            async move { (who.email.clone(), send(request).await.status) }
        };
        let outcome = json!({"kind": "no_action", "text": "Vi går ikke videre."});
        let (before, told, after) = tokio::join!(
            join_all((0..8).map(respond)),
            kari.put(&conclusion, outcome),
            join_all((8..24).map(respond)),
        );
        told.must(200);
        let answers: Vec<(String, u16)> = before.into_iter().chain(after).collect();
        assert!(answers.iter().all(|(_, status)| matches!(status, 201 | 409)), "{answers:?}");
        let taken: BTreeSet<String> = answers.into_iter().filter(|(_, s)| *s == 201).map(|(who, _)| who).collect();
        app.deliver().await;
        let mails = app.mailbox().into_iter().filter(|mail| mail.subject.starts_with("Utfallet er klart"));
        assert_eq!(mails.map(|mail| mail.to).collect::<BTreeSet<_>>(), taken, "round {round}");
    }
}

/// The same of those who follow it in that moment: the outcome is told already, and they would not hear of it.
#[tokio::test]
async fn whoever_asked_to_follow_before_the_outcome_was_told_and_comes_after_it_is_refused() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let id = published(&app, &kari, "Færre fall").await;
    let need: NeedId = id.parse().unwrap();
    let claims = app.app.keys.verify(ida.token.as_deref().unwrap(), app.now().into()).unwrap();
    let as_ida = Caller {
        credentials: Credentials::Token { claims, organisation_number: None },
        ..Caller::system(Reason::CommandLine)
    };
    let open = app.by_command(move |op| needs::find(op.db(), need)).await;
    let outcome = json!({"kind": "no_action", "text": "Vi går ikke videre."});
    kari.put(&format!("/api/v1/needs/{id}/outcome"), outcome).await.must(200);
    let follow = move |op: &mut Op<'_>| {
        let permit = needs::policy::follow(op.actor(), open)?;
        needs::follow(op, permit)
    };
    let refused = app.app.write(as_ida, follow).await;
    assert!(matches!(refused, Err(Error::Conflict("need-not-open"))), "{refused:?}");
    // Whoever sees that it is concluded may follow it like all that is public.
    ida.put(&format!("/api/v1/needs/{id}/followers/me"), Value::Null).await.must(204);
}

#[tokio::test]
async fn a_supplier_reads_its_own_response_also_once_the_need_was_withdrawn() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let (ida, per) = (app.supplier("Ida", "Tryggvakt").await, app.supplier("Per", "Nattlys").await);
    let bo = app.buyer("Bo", "Bergen").await;
    let need = format!("/api/v1/needs/{}", published(&app, &kari, "Færre fall").await);
    let responses = format!("{need}/responses");
    let own = ida.post(&responses, json!({"body": "Vi har en sensor."})).await.must(201).id();
    kari.post(&format!("{need}/questions"), json!({"text": "Hva?"})).await.must(403);
    kari.delete(&format!("{need}/publication?reason=Feil")).await.must(200);
    assert_eq!(ida.get(&responses).await.must(200).each("id"), std::slice::from_ref(&own));
    assert_eq!(kari.get(&responses).await.must(200).each("id"), [own]);
    for other in [&per, &bo] {
        other.get(&responses).await.must(404);
    }
    app.anonymous().get(&responses).await.must(401);
}

#[tokio::test]
async fn what_is_written_after_a_need_was_withdrawn_is_the_buyers_own() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let bo = app.buyer("Bo", "Bergen").await;
    let need = format!("/api/v1/needs/{}", published(&app, &kari, "Færre fall").await);
    ida.put(&format!("{need}/followers/me"), Value::Null).await.must(204);
    ida.post(&format!("{need}/questions"), json!({"text": "Hva?"})).await.must(201);
    bo.post(&format!("{need}/joiners"), json!({"volume": "40"})).await.must(201);
    let words = json!({"text": "Vi kan dette."});
    let response = ida.post(&format!("{need}/responses"), words).await.must(201).id();
    kari.delete(&format!("{need}/publication?reason=Feil")).await.must(200);
    app.post().await;

    kari.patch(&need, json!({"title": "Hemmelig plan"})).await.must(200);
    let received = format!("{need}/responses/{response}");
    kari.put(&format!("{received}/reading"), Value::Null).await.must(200);
    kari.put(&format!("{received}/thanks"), json!({"text": "Takk."})).await.must(200);
    app.deliver().await;
    let mails: Vec<String> = app.mailbox().into_iter().map(|mail| format!("{mail:?}")).collect();
    assert!(mails.iter().any(|mail| mail.contains("2026-0001")), "{mails:#?}");
    for mail in mails {
        assert!(!mail.contains("Hemmelig plan"), "{mail}");
    }
    for other in [&ida, &bo] {
        let browser = app.browser().log_in(other).await;
        for page in ["/min-side", "/min-side/hendelser", &format!("/behov/2026-0001/svar/{response}")] {
            let html = browser.open(page).await.html;
            assert!(!html.contains("Hemmelig plan"), "{page}: {html}");
        }
        assert!(!other.get("/api/v1/events").await.must(200).text.contains("Hemmelig plan"));
    }
    let own = app.browser().log_in(&kari).await;
    assert!(own.open("/min-side/hendelser").await.html.contains("Hemmelig plan"));
}

#[tokio::test]
async fn whoever_follows_can_tell_an_answer_that_was_changed_from_the_first() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let need = format!("/api/v1/needs/{}", published(&app, &kari, "Færre fall").await);
    let question = ida.post(&format!("{need}/questions"), json!({"text": "Hvor mange?"})).await.must(201).id();
    app.post().await;
    let answer = format!("{need}/questions/{question}/answer");
    for (text, subject) in [("Åtti.", "Svar på spørsmål: Færre fall"), ("Nitti.", "Endret svar: Færre fall")] {
        kari.put(&answer, json!({"text": text})).await.must(200);
        assert_eq!(app.post().await, [format!("ida@tryggvakt.example: {subject}")]);
    }
}

/// The head of the answer to a form of 200 MB of which only the beginning has been sent.
fn answer_before_the_end(app: &TestApp, path: &str, cookies: &str) -> String {
    let mut stream = TcpStream::connect(app.url.trim_start_matches("http://")).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: x\r\nCookie: {cookies}\r\nContent-Length: 200000000\r\n\
         Content-Type: multipart/form-data; boundary=b\r\n\r\n\
         --b\r\nContent-Disposition: form-data; name=\"file_0\"; filename=\"stor.pdf\"\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(&[b'x'; 10_000]).unwrap();
    let mut line = String::new();
    let mut answer = String::new();
    let mut reader = BufReader::new(stream);
    while reader.read_line(&mut line).unwrap() > 2 {
        answer += &line;
        line.clear();
    }
    answer
}

#[tokio::test]
async fn nothing_is_read_of_a_large_file_from_those_who_may_not_send_it() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    published(&app, &kari, "Færre fall").await;
    let mut sessions = Vec::new();
    for person in [&kari, &ida] {
        let browser = app.browser();
        browser.open("/logg-inn").await;
        let seen = browser.submit("/logg-inn", &[("email", &person.email), ("password", PASSWORD)]).await;
        let cookies = seen.headers.get_all("set-cookie").iter().map(|v| v.to_str().unwrap().split(';').next().unwrap());
        sessions.push(cookies.collect::<Vec<_>>().join("; "));
    }
    let (of_kari, of_ida) = (sessions[0].as_str(), sessions[1].as_str());
    let (respond, attach) = ("/behov/2026-0001/svar/nytt", "/behov/2026-0001/rediger");
    for (path, cookies, expected) in [
        (respond, "", "303"),
        (attach, "", "303"),
        ("/behov/2026-9999/svar/nytt", of_ida, "404"),
        (respond, of_kari, "403"),
        (attach, of_ida, "403"),
        // Those who may send files are told at once that this is too much of them, and nobody sends files elsewhere.
        (respond, of_ida, "413"),
        (attach, of_kari, "413"),
        ("/logg-inn", "", "413"),
        ("/behov/2026-0001/sporsmal", of_ida, "413"),
    ] {
        let answer = answer_before_the_end(&app, path, cookies);
        assert!(answer.starts_with(&format!("HTTP/1.1 {expected} ")), "{path} {cookies}: {answer}");
        assert!(expected != "303" || answer.contains("/logg-inn?neste="), "{answer}");
    }
}

/// The files in the folder of the attachments, by their ids.
fn files(app: &TestApp) -> Vec<String> {
    let folder = &app.app.config.attachments.path;
    let mut found: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .flat_map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap())
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    found.sort();
    found
}

#[tokio::test]
async fn a_file_that_was_not_taken_is_gone_from_the_folder() {
    let app = TestApp::with("attachments.max_files = 2").await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let need = format!("/api/v1/needs/{}", published(&app, &kari, "Færre fall").await);
    let more = format!("{need}/attachments");
    let keyed = async |name: &str| {
        let form = Form::new().part("file", Part::bytes(PDF).file_name(name.to_owned())).text("change_note", "Mer");
        send(kari.request(Method::POST, &more).header("idempotency-key", "k").multipart(form)).await
    };
    let first = keyed("plan.pdf").await.must(201).id();
    // Repeated, it is the same file, and there is one.
    assert_eq!(keyed("plan.pdf").await.must(201).id(), first);
    keyed("annen.pdf").await.must(409);
    attach(&kari, &need, "uten grunn.pdf", PDF, "").await.must(422);
    let second = attach(&kari, &need, "tall.pdf", PDF, "Mer").await.must(201).id();
    attach(&kari, &need, "for mange.pdf", PDF, "Mer").await.must(422);
    upload(&ida, &more, "ikke min.pdf", PDF, false).await.must(403);
    assert_eq!(files(&app), [first.as_str(), second.as_str()]);

    app.pass(TimeDelta::days(40));
    let browser = app.browser().log_in(&ida).await;
    let page = "/behov/2026-0001/svar/nytt";
    let form = [("text", "For sent."), ("file_0_confidential", "")];
    let part = Part::bytes(PDF).file_name("svar.pdf");
    browser.open("/min-side").await;
    assert_eq!(browser.submit_with_file(page, &form, "file_0", part).await.status, 409);
    assert_eq!(files(&app), [first, second]);
}

/// A draft is deleted, and its file is nobody's; it goes as those that a stopped server left.
#[tokio::test]
async fn the_files_of_a_deleted_draft_go_when_they_are_a_month_old() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let mut kept = Vec::new();
    for title in ["Færre fall", "Feilskjær"] {
        let need = format!("/api/v1/needs/{}", draft(&app, &kari, title).await);
        let file = upload(&kari, &format!("{need}/attachments"), "plan.pdf", PDF, false).await.must(201).id();
        let at = app.app.config.attachments.path.join(&file[34..]).join(&file);
        let written = std::fs::File::options().write(true).open(at).unwrap();
        written.set_modified(app.now().into()).unwrap();
        kept.push((need, file));
    }
    let (deleted, _) = kept.pop().unwrap();
    kari.delete(&deleted).await.must(204);
    app.pass(TimeDelta::days(29));
    assert_eq!(upkeep::remove_orphans(&app.app).await.unwrap(), 0);
    app.pass(TimeDelta::days(2));
    assert_eq!(upkeep::remove_orphans(&app.app).await.unwrap(), 1);
    let (need, file) = kept.remove(0);
    assert_eq!(files(&app), [file]);
    // Though nothing but files of deleted drafts lies there, it is known whose they are.
    kari.delete(&need).await.must(204);
    assert_eq!(upkeep::remove_orphans(&app.app).await.unwrap(), 1);
    assert_eq!(files(&app), [""; 0]);
}

#[tokio::test]
async fn what_no_row_knows_is_taken_away_in_the_end_and_what_was_public_never() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let need = format!("/api/v1/needs/{}", published(&app, &kari, "Færre fall").await);
    let there = attach(&kari, &need, "plan.pdf", PDF, "Med plan").await.must(201);
    let gone = attach(&kari, &need, "feil.pdf", PDF, "Med enda en").await.must(201);
    kari.delete(&format!("{need}/attachments/{}?change_note=Feil", gone.id())).await.must(204);

    // A server stopped in the middle of a request, long ago and just now; and someone put a file of theirs there.
    let folder = app.app.config.attachments.path.join("ab");
    std::fs::create_dir_all(&folder).unwrap();
    let (old, new) = ("01939a3b-0000-7000-8000-0000000000ab", "01939a3b-0000-7000-8000-0000000001ab");
    for name in [old, new, "LES MEG.txt"] {
        std::fs::write(folder.join(name), PDF).unwrap();
    }
    let written = |path: &std::path::Path, hours_ago: i64| {
        let file = std::fs::File::options().write(true).open(path).unwrap();
        file.set_modified((app.now() - TimeDelta::hours(hours_ago)).into()).unwrap();
    };
    for (name, hours_ago) in [(old, 31 * 24), (new, 24), ("LES MEG.txt", 31 * 24)] {
        written(&folder.join(name), hours_ago);
    }
    for id in [there.id(), gone.id()] {
        written(&app.app.config.attachments.path.join(&id[34..]).join(&id), 1_000);
    }
    assert_eq!(upkeep::remove_orphans(&app.app).await.unwrap(), 1);
    assert_eq!(upkeep::remove_orphans(&app.app).await.unwrap(), 0);
    let mut expected = vec![there.id(), gone.id(), new.to_owned(), "LES MEG.txt".to_owned()];
    expected.sort();
    assert_eq!(files(&app), expected);
    app.pass(TimeDelta::days(30));
    // A month later the other one is an orphan too.
    assert_eq!(upkeep::remove_orphans(&app.app).await.unwrap(), 1);
    for file in [&there, &gone] {
        app.anonymous().get(&file.field("url")).await.must(200);
    }
    // In the folder of another database nothing is touched.
    let other = TestApp::start().await;
    let mut db = other.app.db.reader().unwrap();
    assert!(remove_orphans(&mut db, &app.app.attachments, app.app.clock.now()).is_err());
    assert_eq!(files(&app).len(), 3);
}
