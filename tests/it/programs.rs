//! What a program that speaks with us may rely on beside the things themselves: what may be kept, and what one takes part in.
use crate::app::TestApp;
use crate::needs::{draft, published};
use crate::person::{Answer, Person, send};
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::json;

#[tokio::test]
async fn a_program_takes_a_file_of_a_need_away_as_the_page_does() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let bo = app.buyer("Bo", "Bergen").await;
    let need = format!("/api/v1/needs/{}", published(&app, &kari, "Færre fall").await);
    let other = format!("/api/v1/needs/{}", published(&app, &kari, "Mer ro").await);
    let file = Part::bytes(b"%PDF-1.7\n%%EOF\n".to_vec()).file_name("plan.pdf");
    let form = Form::new().part("file", file).text("change_note", "Med plan");
    let kept = send(kari.request(Method::POST, &format!("{need}/attachments")).multipart(form)).await.must(201);
    let place = format!("attachments/{}", kept.id());
    app.anonymous().delete(&format!("{need}/{place}")).await.must(401);
    for stranger in [&ida, &bo] {
        stranger.delete(&format!("{need}/{place}")).await.must(403);
    }
    kari.delete(&format!("{other}/{place}?change_note=Feil")).await.must(404);
    assert_eq!(kari.delete(&format!("{need}/{place}")).await.must(422).errors(), ["change_note: required"]);
    assert_eq!(app.anonymous().get(&format!("{need}/attachments")).await.must(200).json["total"], 1);
    kari.delete(&format!("{need}/{place}?change_note=Feil")).await.must(204);
    assert_eq!(app.anonymous().get(&format!("{need}/attachments")).await.must(200).json["total"], 0);
    kari.delete(&format!("{need}/{place}?change_note=Feil")).await.must(404);
    assert_eq!(app.trail()[app.trail().len() - 2..], ["Kari: attachment-removed", "Kari: need-corrected"]);
}

/// All the items of a list, two at a time.
async fn walk(who: &Person, list: &str, field: &str) -> Vec<String> {
    let (mut all, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = who.get(&format!("{list}?limit=2{cursor}")).await.must(200);
        all.extend(page.each(field));
        match page.json["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => {
                assert_eq!(page.json["total"].as_u64(), Some(all.len() as u64));
                return all;
            }
        }
    }
}

#[tokio::test]
async fn a_supplier_finds_all_that_it_takes_part_in_and_nobody_elses() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let per = app.supplier("Per", "Nattlys").await;
    let liv = app.adviser("Liv").await;
    let mut needs = Vec::new();
    for title in ["Færre fall", "Mer ro", "Kortere kø"] {
        needs.push(published(&app, &kari, title).await);
    }
    let (mut responses, mut questions) = (Vec::new(), Vec::new());
    for need in &needs {
        let need = format!("/api/v1/needs/{need}");
        ida.put(&format!("{need}/followers/me"), json!({})).await.must(204);
        questions.push(ida.post(&format!("{need}/questions"), json!({"text": "Når?"})).await.must(201).id());
        responses.push(ida.post(&format!("{need}/responses"), json!({"body": "Slik."})).await.must(201).id());
    }
    per.post(&format!("/api/v1/needs/{}/questions", needs[0]), json!({"text": "Hvor?"})).await.must(201);
    let newest_first = |list: &[String]| list.iter().rev().cloned().collect::<Vec<_>>();
    assert_eq!(walk(&ida, "/api/v1/me/followed", "id").await, newest_first(&needs));
    assert_eq!(walk(&ida, "/api/v1/me/responses", "id").await, newest_first(&responses));
    assert_eq!(walk(&ida, "/api/v1/me/responses", "need").await, newest_first(&needs));
    assert_eq!(walk(&ida, "/api/v1/me/questions", "id").await, newest_first(&questions));
    assert_eq!(walk(&ida, "/api/v1/me/questions", "need").await, newest_first(&needs));
    assert!(walk(&per, "/api/v1/me/followed", "id").await.is_empty());
    assert!(walk(&per, "/api/v1/me/responses", "id").await.is_empty());
    assert_eq!(walk(&per, "/api/v1/me/questions", "text").await, ["Hvor?"]);
    assert!(walk(&kari, "/api/v1/me/responses", "id").await.is_empty());
    for list in ["followed", "responses", "questions"] {
        app.anonymous().get(&format!("/api/v1/me/{list}")).await.must(401);
    }
    // What is written after a need was taken back is the buyer's own, as on the page.
    let mer_ro = format!("/api/v1/needs/{}", needs[1]);
    kari.delete(&format!("{mer_ro}/publication?reason=Feil")).await.must(200);
    let followed = ida.get("/api/v1/me/followed").await.must(200);
    assert_eq!(followed.json["items"][1]["title"], json!(null));
    assert_eq!(followed.json["items"][0]["title"], "Kortere kø");
    // The buyer and advisers count who takes part; others do not.
    let falls = format!("/api/v1/needs/{}", needs[0]);
    let counts = json!({"followers": 1, "questions": 2, "responses": 1});
    for who in [&kari, &liv] {
        assert_eq!(who.get(&format!("{falls}/counts")).await.must(200).json, counts);
    }
    ida.get(&format!("{falls}/counts")).await.must(403);
    liv.get(&format!("{mer_ro}/counts")).await.must(404);
    app.anonymous().get(&format!("{falls}/counts")).await.must(401);
}

fn kept_by(answer: &Answer) -> (String, String) {
    let vary = answer.headers.get_all("vary").iter().map(|v| v.to_str().unwrap()).collect::<Vec<_>>().join(", ");
    (answer.header("cache-control").to_owned(), vary)
}

#[tokio::test]
async fn answers_say_who_may_keep_them_and_in_which_language_they_are() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let need = format!("/api/v1/needs/{}", draft(&app, &kari, "Færre fall").await);
    for (path, status) in [(need.as_str(), 200), ("/api/v1/needs", 200), ("/api/v1/needs/nothing", 404)] {
        let request = kari.request(Method::GET, path).header("Accept-Language", "nn");
        let answer = send(request).await.must(status);
        let (cache, vary) = kept_by(&answer);
        assert_eq!(cache, "private, no-cache", "{path}");
        assert!(vary.contains("Authorization, X-Organisation, Accept-Language"), "{path}: {vary}");
        assert_eq!(answer.header("content-language"), "nn", "{path}");
    }
    assert_eq!(kari.get(&need).await.header("content-language"), "nb");
    // What says otherwise is left as it is.
    assert_eq!(kept_by(&app.anonymous().get("/api/v1/openapi.json").await).0, "public, max-age=300");
    assert_eq!(kept_by(&kari.get("/api/v1/session").await).0, "no-store");
}

#[tokio::test]
async fn what_a_program_has_already_is_not_sent_again() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let bo = app.buyer("Bo", "Bergen").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    // The tag comes with what was made, also when it is asked for again.
    let make =
        || kari.request(Method::POST, "/api/v1/needs").header("Idempotency-Key", "en").json(&crate::needs::falls(&app));
    let made = send(make()).await.must(201);
    let tag = made.header("etag").to_owned();
    assert_eq!(send(make()).await.must(201).header("etag"), tag);
    let need = format!("/api/v1/needs/{}", made.id());
    let edit =
        kari.request(Method::PATCH, &need).header("If-Match", &tag).json(&json!({"title": "Færre fall på natta"}));
    send(edit).await.must(200);
    kari.put(&format!("{need}/publication"), json!({})).await.must(200);
    let conditional = |path: &str, tag: &str| send(kari.request(Method::GET, path).header("If-None-Match", tag));
    let tag = kari.get(&need).await.header("etag").to_owned();
    for known in [tag.clone(), format!("\"x\", W/{tag}"), "*".to_owned()] {
        let same = conditional(&need, &known).await.must(304);
        assert_eq!((same.header("etag"), same.text.as_str()), (tag.as_str(), ""), "{known}");
    }
    // Somebody who joins changes what is shown, but not what is edited.
    bo.post(&format!("{need}/joiners"), json!({"volume": "12 rom"})).await.must(201);
    let joined = conditional(&need, &tag).await.must(200);
    assert_eq!(joined.json["joiners"], 1);
    conditional(&need, joined.header("etag")).await.must(304);
    let correct = |tag: &str| {
        let words = json!({"title": "Færre fall om natta", "change_note": "Tittel"});
        send(kari.request(Method::PATCH, &need).header("If-Match", tag).json(&words))
    };
    correct(joined.header("etag")).await.must(200);
    correct(&tag).await.must(412);
    conditional(&need, joined.header("etag")).await.must(200);
    // A supplier likewise.
    let own = format!("/api/v1/suppliers/{}", ida.organisation_number);
    let tag = kari.get(&own).await.must(200).header("etag").to_owned();
    conditional(&own, &tag).await.must(304);
    ida.patch("/api/v1/suppliers/me", json!({"description": "Vi passer på."})).await.must(200);
    conditional(&own, &tag).await.must(200);
}

#[tokio::test]
async fn what_cannot_be_understood_is_refused_and_not_guessed() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    for (query, code) in
        [("q=%ff", "bad-parameter"), ("limit=", "bad-limit"), ("limit=%2B5", "bad-limit"), ("limit=+5", "bad-limit")]
    {
        for list in ["needs", "suppliers"] {
            let refused = app.anonymous().get(&format!("/api/v1/{list}?{query}")).await.must(400);
            assert_eq!(refused.json["type"], format!("/problems/{code}"), "{list}?{query}");
        }
    }
    for changes in ["limit=", "limit=%2B5", "after=", "after=%2B5"] {
        app.anonymous().get(&format!("/api/v1/changes?{changes}")).await.must(400);
    }
    let packed = |encoding: &str| {
        send(
            kari.request(Method::POST, "/api/v1/needs")
                .header("Content-Encoding", encoding)
                .json(&json!({"title": "x"})),
        )
    };
    packed("compress").await.must(415);
    packed("identity").await.must(201);
    let unseen = kari.post("/api/v1/needs", json!({"title": "\u{200b}"})).await.must(422);
    assert_eq!(unseen.errors(), ["title: required"]);
    for strange in ["https://å.no/\"><b>", "https://å.no/a b", "ftp://å.no"] {
        let refused =
            ida.patch("/api/v1/suppliers/me", json!({"website": strange, "founded": "i fjor", "maturity": "x"}));
        let mut errors = refused.await.must(422).errors();
        errors.sort();
        assert_eq!(errors, ["founded: whole-number", "maturity: whole-number", "website: website"], "{strange}");
    }
    ida.patch("/api/v1/suppliers/me", json!({"website": "https://å.no/om?a=b#c"})).await.must(200);
}

/// Kari's connection breaks after each deed: her program has done it, and has not heard so. It sends the very same once more.
#[tokio::test]
async fn what_is_put_or_deleted_once_more_after_a_lost_answer_is_answered_as_the_first_time_and_happens_once() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let anne = app.buyer("Anne", "Stavanger").await;
    let bo = app.buyer("Bo", "Bergen").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let need = format!("/api/v1/needs/{}", draft(&app, &kari, "Færre fall").await);
    let publication = format!("{need}/publication");
    let tag = async || kari.get(&need).await.header("etag").to_owned();

    // The tag is the one from before it, the only one that the program knows.
    let draft = tag().await;
    twice(&app, &kari, Method::PUT, &publication, json!({}), &draft).await;
    let (question, response) = (json!({"text": "Når?"}), json!({"body": "Slik."}));
    let question = ida.post(&format!("{need}/questions"), question).await.must(201).id();
    let response = ida.post(&format!("{need}/responses"), response).await.must(201).id();
    let (answer, response) = (format!("{need}/questions/{question}/answer"), format!("{need}/responses/{response}"));
    let text = |text: &str| json!({"text": text});
    twice(&app, &kari, Method::PUT, &answer, text("I mars."), "").await;
    twice(&app, &kari, Method::PUT, &format!("{response}/reading"), json!({}), "").await;
    twice(&app, &kari, Method::PUT, &format!("{response}/thanks"), text("Takk."), "").await;
    twice(&app, &bo, Method::PUT, &format!("{need}/followers/me"), json!({}), "").await;
    twice(&app, &bo, Method::DELETE, &format!("{need}/followers/me"), json!({}), "").await;
    let reason = format!("{publication}?reason=Budsjettet%20ble%20kuttet");
    let published = tag().await;
    twice(&app, &kari, Method::DELETE, &reason, json!({}), &published).await;
    // It is withdrawn; that another knows another reason is told.
    let other = kari.delete(&format!("{publication}?reason=Feil")).await.must(409);
    assert_eq!(other.field("type"), "/problems/need-withdrawn");
    let withdrawn = tag().await;
    twice(&app, &kari, Method::PUT, &publication, json!({}), &withdrawn).await;
    // Whoever knows neither what it is nor what it was when it was done, is told so.
    for (method, tag, status) in [(Method::PUT, &published, 412), (Method::DELETE, &withdrawn, 412)] {
        send(kari.request(method, &publication).header("If-Match", tag)).await.must(status);
    }

    let outcome = json!({"kind": "pilot", "text": "Vi prøver."});
    twice(&app, &kari, Method::PUT, &format!("{need}/outcome"), outcome.clone(), "").await;
    // A colleague who does the same is told the same; whoever says something else is not heard, and those who may not, may not now either.
    anne.put(&format!("{need}/outcome"), outcome.clone()).await.must(200);
    let changed = json!({"kind": "pilot", "text": "Vi prøver ikke."});
    for (place, body, problem) in [
        ("outcome".to_owned(), changed, "need-concluded"),
        ("publication".to_owned(), json!({}), "need-concluded"),
        (
            response.trim_start_matches(&need).trim_start_matches('/').to_owned() + "/thanks",
            text("Nei."),
            "already-thanked",
        ),
    ] {
        let refused = anne.put(&format!("{need}/{place}"), body).await.must(409);
        assert_eq!(refused.field("type"), format!("/problems/{problem}"));
    }
    bo.put(&format!("{need}/outcome"), outcome).await.must(403);
    let deeds = ["need-published", "question-answered", "response-read", "response-thanked", "need-followed"];
    let deeds = deeds.into_iter().chain(["need-unfollowed", "need-withdrawn", "need-published", "outcome-told"]);
    let done: Vec<String> =
        app.trail().into_iter().filter_map(|event| Some(event.split_once(": ")?.1.to_owned())).collect();
    let done: Vec<&str> =
        done.iter().map(String::as_str).filter(|name| deeds.clone().any(|deed| deed == *name)).collect();
    assert_eq!(done, deeds.collect::<Vec<_>>());
}

/// Does the same twice. `tag`: what the program read before the first time, if anything.
async fn twice(app: &TestApp, who: &Person, method: Method, path: &str, body: serde_json::Value, tag: &str) {
    let request = || match tag {
        "" => who.request(method.clone(), path).json(&body),
        tag => who.request(method.clone(), path).header("If-Match", tag).json(&body),
    };
    let first = send(request()).await;
    assert!(matches!(first.status, 200 | 204), "{path}: {}", first.text);
    app.post().await;
    let events = app.trail().len();
    // So that what is done again would have another time.
    app.pass(chrono::TimeDelta::hours(1));
    let second = send(request()).await.must(first.status);
    assert_eq!((&second.json, second.header("etag")), (&first.json, first.header("etag")), "{method} {path}");
    assert_eq!((app.post().await, app.trail().len()), (Vec::new(), events), "{method} {path}");
}

/// What is put where nobody reads it would be lost in silence.
#[tokio::test]
async fn an_endpoint_that_takes_no_body_says_so() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let publication = format!("/api/v1/needs/{}/publication", published(&app, &kari, "Færre fall").await);
    let withdraw = || kari.request(Method::DELETE, &publication);
    let refused = send(withdraw().json(&json!({"reason": "Feil"}))).await.must(400);
    assert_eq!(refused.field("type"), "/problems/unexpected-body");
    assert_eq!(refused.field("detail"), "the endpoint takes no body; what it takes stands in the query: `reason`");
    for body in ["reason=Feil", "[]", "null", "{\"\": 1}", "{"] {
        send(withdraw().body(body)).await.must(400);
    }
    assert_eq!(kari.get(publication.trim_end_matches("/publication")).await.json["status"], "published");
    // Some programs send an empty object with everything.
    for body in ["", "{}", " {\n} "] {
        send(withdraw().body(body)).await.must(200);
    }
    // Whoever may not know of it is told no more.
    send(app.anonymous().request(Method::PUT, &publication).body("x")).await.must(404);
    for endpoint in brobygger::api::routes::table().into_iter().filter(|endpoint| endpoint.body.is_none()) {
        let method: Method = endpoint.method.as_str().parse().unwrap();
        let id = "00000000-0000-7000-8000-000000000000";
        let path = endpoint.path.replace("{organisation_number}", "974760673").replace("{version}", "1");
        let path: String =
            path.split('/').map(|part| if part.starts_with('{') { id } else { part }).collect::<Vec<_>>().join("/");
        let answer = send(kari.request(method, &path).body("fisk")).await;
        assert_eq!((answer.status, answer.json["type"].as_str()), (400, Some("/problems/unexpected-body")), "{path}");
    }
}
