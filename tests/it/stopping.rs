//! Mail that somebody chose to get, and how they stop it: from the mail, without a login.
use crate::app::{PASSWORD, TestApp, beginning};
use crate::needs::published;
use crate::person::{Answer, Person, send};
use brobygger::App;
use brobygger::notifications::deliver_due;
use brobygger::platform::clock::Clock;
use brobygger::tenancy::{OrganisationKind, Role};
use chrono::TimeDelta;
use reqwest::Method;
use reqwest::header::ACCEPT_LANGUAGE;
use serde_json::{Value, json};

/// The first names of those who were told, each with where the mail says that they can stop, if it says so.
async fn told(app: &TestApp) -> Vec<(String, String)> {
    app.deliver().await;
    let root = app.app.config.server.public_url.as_str().trim_end_matches('/').to_owned();
    let mut told: Vec<(String, String)> = Vec::new();
    for mail in app.mailbox() {
        let name = mail.to.split('@').next().unwrap().to_owned();
        // In the mail, and in a header that mail programs make a button of (RFC 2369).
        let is_told = !mail.stop.is_empty();
        assert!(!is_told || mail.text.contains(&format!(":\n{}\n", mail.stop)), "{}", mail.text);
        assert_eq!(mail.html.contains(&format!("href=\"{}\">Slutt å", mail.stop)), is_told, "{}", mail.html);
        // A mail program presses the button over https only, and this server has none.
        assert_eq!(mail.one_click, "");
        told.push((name, mail.stop.replace(&root, "")));
    }
    told.sort();
    told
}

async fn names(app: &TestApp) -> Vec<String> {
    told(app).await.into_iter().map(|(name, _)| name).collect()
}

/// The link in the mail to this one of them.
fn link_of(told: &[(String, String)], name: &str) -> String {
    told.iter().find(|(who, _)| who == name).unwrap().1.clone()
}

/// What a mail program posts (RFC 8058, 3.2): it has no cookie.
async fn press(app: &TestApp, link: &str) -> Answer {
    send(app.anonymous().request(Method::POST, link).form(&[("List-Unsubscribe", "One-Click")])).await
}

async fn deeds_seen_by(person: &Person, about: &str) -> Vec<String> {
    let events = person.get("/api/v1/events?limit=100").await.must(200);
    let mut seen: Vec<String> = events.each("name").into_iter().filter(|name| name.contains(about)).collect();
    seen.reverse();
    seen
}

#[tokio::test]
async fn mail_about_new_needs_is_stopped_by_its_link_for_whoever_got_it_and_nobody_else() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    app.supplier("Iver", "Tryggvakt").await;
    let per = app.supplier("Per", "Nattlys").await;
    published(&app, &kari, "Færre fall").await;
    let first = told(&app).await;
    let link = link_of(&first, "ida");
    assert_eq!(link_of(&first, "kari"), "");
    assert!(link.starts_with("/nb/stopp-epost/"), "{link}");

    // Programs that search mails for what is dangerous open links: nothing happens. The page is in the language of the mail.
    let page = send(app.anonymous().request(Method::GET, &link).header(ACCEPT_LANGUAGE, "en")).await.must(200);
    assert!(page.text.contains("<html lang=\"nb\""), "{}", page.text);
    let browser = app.browser();
    let page = browser.open(&link).await;
    assert_eq!(page.texts("main h1"), ["Slutt å få e-post om nye behov"]);
    assert_eq!(page.texts("main button"), ["Slutt å få e-post om nye behov"]);
    assert!(page.texts("main .bb-lead")[0].contains("passer for Tryggvakt."), "{}", page.html);
    published(&app, &kari, "Bedre mat").await;
    assert_eq!(names(&app).await, ["ida", "iver", "kari", "per"]);

    // Pressed by a program or by herself, once or more often, it is the same.
    let action = page.attributes("main form", "action").remove(0);
    assert_eq!(action, link);
    let done = browser.submit_bare(&action, &[("List-Unsubscribe", "One-Click")]).await;
    assert_eq!(
        (done.status.as_u16(), done.texts("main h1")),
        (200, vec!["Du får ikke lenger e-post om nye behov".to_owned()])
    );
    press(&app, &link).await.must(200);
    let form = reqwest::multipart::Form::new().text("List-Unsubscribe", "One-Click");
    send(app.anonymous().request(Method::POST, &link).multipart(form)).await.must(200);
    published(&app, &kari, "Varmere bad").await;
    assert_eq!(names(&app).await, ["iver", "kari", "per"]);
    assert_eq!(deeds_seen_by(&ida, "new-needs").await, ["new-needs-stopped"]);
    for other in [&kari, &per] {
        assert_eq!(deeds_seen_by(other, "new-needs").await, [""; 0]);
    }
    let trail = ida.get("/api/v1/events").await.must(200);
    let entry =
        trail.json["items"].as_array().unwrap().iter().find(|e| e["name"] == "new-needs-stopped").unwrap().clone();
    assert_eq!(entry["person"], "Ida");

    // Whoever has another login in the browser stops nothing of their own.
    let pers = app.browser().log_in(&per).await;
    let ivers = link_of(&first, "iver");
    pers.submit_bare(&ivers, &[("List-Unsubscribe", "One-Click")]).await;
    published(&app, &kari, "Mindre svinn").await;
    assert_eq!(names(&app).await, ["kari", "per"]);

    // Her desk tells her, and the profile; and she can have it again. It lasts for as long as the link does: for ever.
    let desk = app.browser().log_in(&ida).await;
    let page = desk.open("/min-side").await;
    assert_eq!(page.texts("section[aria-labelledby=silent-title] button"), ["Få e-post om nye behov igjen"]);
    assert!(desk.open("/min-side/leverandor").await.html.contains("Du selv har sagt nei"));
    desk.open("/min-side").await;
    for _ in 0..2 {
        let again = desk.submit("/min-side/leverandor", &[("action", "tell-again")]).await;
        let page = desk.follow(again).await;
        assert_eq!(page.texts("section[aria-labelledby=silent-title]"), [""; 0]);
        assert!(page.html.contains("Du får e-post om nye behov igjen."));
    }
    published(&app, &kari, "Tryggere netter").await;
    assert_eq!(names(&app).await, ["ida", "kari", "per"]);
    app.pass(TimeDelta::days(1500));
    press(&app, &link).await.must(200);
    let deeds = ["new-needs-stopped", "new-needs-stopped", "new-needs-wanted", "new-needs-stopped"];
    let ida = ida.log_in().await;
    assert_eq!(deeds_seen_by(&ida, "new-needs").await, deeds);
}

#[tokio::test]
async fn following_is_stopped_by_the_link_of_a_mail_about_the_need() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let (ida, per) = (app.supplier("Ida", "Tryggvakt").await, app.supplier("Per", "Nattlys").await);
    let need = format!("/api/v1/needs/{}", published(&app, &kari, "Færre fall").await);
    told(&app).await;
    for _ in 0..2 {
        ida.put(&format!("{need}/followers/me"), Value::Null).await.must(204);
    }
    // Whoever asked is told because they did, and can only stop what they chose.
    let question = per.post(&format!("{need}/questions"), json!({"text": "Hva?"})).await.must(201).id();
    assert_eq!(told(&app).await, [("kari".to_owned(), String::new())]);
    let answer = async |text: &str| {
        kari.put(&format!("{need}/questions/{question}/answer"), json!({"text": text})).await.must(200);
        told(&app).await
    };
    let mails = answer("Alt.").await;
    let link = link_of(&mails, "ida");
    assert_eq!((mails.len(), link_of(&mails, "per")), (2, String::new()));
    let page = app.browser().open(&link).await;
    assert_eq!(page.texts("main button"), ["Slutt å følge behovet"]);
    assert!(page.texts("main .bb-lead")[0].contains("«Færre fall»"), "{}", page.html);
    for _ in 0..2 {
        let done = press(&app, &link).await.must(200);
        assert!(done.text.contains("Du følger ikke lenger behovet"), "{}", done.text);
    }
    assert_eq!(answer("Nesten alt.").await, [("per".to_owned(), String::new())]);
    assert_eq!(deeds_seen_by(&ida, "follow").await, ["need-followed", "need-unfollowed"]);
    // Who follows is nobody else's business.
    assert_eq!(deeds_seen_by(&kari, "follow").await, [""; 0]);

    // One that is taken back can be stopped too, and what is written on it since is the buyer's own.
    ida.put(&format!("{need}/followers/me"), Value::Null).await.must(204);
    kari.delete(&format!("{need}/publication?reason=Feil")).await.must(200);
    kari.patch(&need, json!({"title": "Hemmelig"})).await.must(200);
    let withdrawn = app.browser().open(&link).await;
    assert!(withdrawn.texts("main .bb-lead")[0].contains("«2026-0001»"), "{}", withdrawn.html);
    assert!(!withdrawn.html.contains("Hemmelig"));
    let done = press(&app, &link).await.must(200);
    assert!(!done.text.contains("Hemmelig") && !done.text.contains("/behov/2026-0001"), "{}", done.text);
    assert_eq!(ida.get("/api/v1/me/followed").await.must(200).json["total"], 0);
    app.mail_does_not_matter();
}

#[tokio::test]
async fn whoever_has_left_or_deleted_their_account_is_answered_the_same_and_nothing_happens() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let boss = app.member("Siri", "Tryggvakt", OrganisationKind::Supplier, Role::Admin).await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let need = format!("/api/v1/needs/{}", published(&app, &kari, "Færre fall").await);
    let new_needs = link_of(&told(&app).await, "ida");
    ida.put(&format!("{need}/followers/me"), Value::Null).await.must(204);
    kari.patch(&need, json!({"summary": "Et annet sammendrag.", "change_note": "Klarere"})).await.must(200);
    let following = link_of(&told(&app).await, "ida");
    let answers = async || {
        let texts = [press(&app, &new_needs).await.must(200).text, press(&app, &following).await.must(200).text];
        texts.map(|text| text.contains("Du får ikke lenger") || text.contains("Du følger ikke lenger"))
    };
    let browser = app.browser().log_in(&ida).await;
    browser.open("/min-side/konto/slett").await;
    let gone = browser.submit("/min-side/konto/slett", &[("current_password", PASSWORD)]).await;
    assert_eq!(gone.status, 303, "{}", gone.html);
    told(&app).await;
    assert_eq!(answers().await, [true, true]);
    for about in ["new-needs", "need-unfollowed"] {
        assert_eq!(deeds_seen_by(&boss, about).await, [""; 0]);
    }
}

#[tokio::test]
async fn who_guesses_learns_nothing_and_what_is_no_such_form_changes_nothing() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    published(&app, &kari, "Færre fall").await;
    let link = link_of(&told(&app).await, "ida");
    let (start, token) = link.split_at("/nb/stopp-epost/".len());
    let parts: Vec<&str> = token.split('.').collect();
    // One letter of what is signed is another; the signature of something else; a token that is good for something else.
    let access = ida.token.clone().unwrap();
    let forged = [
        format!("{}.{}x.{}", parts[0], parts[1], parts[2]),
        format!("{}.{}.{}", parts[0], parts[1], access.rsplit('.').next().unwrap()),
        access.clone(),
        "ukjent".to_owned(),
    ];
    assert_eq!(access.split('.').next(), token.split('.').next(), "the same key signs both");
    let mut seen = Vec::new();
    for token in forged {
        let path = format!("{start}{token}");
        for answer in [app.anonymous().get(&path).await, press(&app, &path).await] {
            let without_itself = answer.text.replace(&token, "");
            let own_to_each = without_itself.lines().filter(|line| !line.contains("_csrf") && !line.contains("_key"));
            seen.push((answer.status, own_to_each.map(str::to_owned).collect::<Vec<_>>()));
        }
    }
    assert!(seen.iter().all(|answer| *answer == seen[0] && answer.0 == 404), "{seen:?}");
    // It is no way to log in.
    let mut as_token = ida.clone();
    as_token.token = Some(token.to_owned());
    as_token.get("/api/v1/session").await.must(401);

    let form = |fields: &[(&str, &str)]| app.anonymous().request(Method::POST, &link).form(fields);
    for fields in [&[][..], &[("List-Unsubscribe", "nei")], &[("list-unsubscribe", "One-Click")]] {
        send(form(fields)).await.must(400);
    }
    send(app.anonymous().request(Method::POST, &link).json(&json!({"List-Unsubscribe": "One-Click"}))).await.must(415);
    published(&app, &kari, "Bedre mat").await;
    assert_eq!(names(&app).await, ["ida", "kari"]);
}

/// RFC 8058 asks for https.
#[tokio::test]
async fn a_mail_program_is_told_that_it_can_press_the_button_where_the_address_has_https() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    app.supplier("Ida", "Tryggvakt").await;
    published(&app, &kari, "Færre fall").await;
    let mut config = app.app.config.clone();
    config.server.public_url = "https://brobygger.example".parse().unwrap();
    let worker = tokio::task::spawn_blocking(|| App::without_search(config, Clock::standing(beginning())).unwrap());
    deliver_due(&worker.await.unwrap()).await.unwrap();
    let mails = app.mailbox();
    let headers: Vec<_> = mails.iter().map(|mail| (mail.to.as_str(), mail.one_click.as_str())).collect();
    assert_eq!(headers, [("ida@tryggvakt.example", "List-Unsubscribe=One-Click"), ("kari@stavanger.example", "")],);
    assert!(mails[0].stop.starts_with("https://brobygger.example/nb/stopp-epost/"), "{}", mails[0].stop);
    assert_eq!(press(&app, mails[0].stop.trim_start_matches("https://brobygger.example")).await.status, 200);
}
