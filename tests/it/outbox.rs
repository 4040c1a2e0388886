//! Mail that leaves: to a real mail server, which is not always in the mood.
use crate::app::TestApp;
use crate::mail::{Mood, Smtp};
use crate::needs::published;
use crate::person::send;
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::json;

async fn with(smtp: &Smtp, settings: &str) -> TestApp {
    TestApp::with(&format!("mail.url = \"{}\"\n{settings}", smtp.url)).await
}

#[tokio::test]
async fn everyone_concerned_gets_one_mail_over_smtp() {
    let smtp = Smtp::start();
    let app = with(&smtp, "").await;
    let kari = app.buyer("Kari", "Stavanger").await;
    app.supplier("Ida", "Tryggvakt").await;
    // Ola is at two suppliers that both want to hear of it, and still gets one.
    let ola = app.supplier("Ola", "Tryggvakt").await;
    app.also_in(&ola, "Nattlys", brobygger::tenancy::OrganisationKind::Supplier, brobygger::tenancy::Role::Member)
        .await;
    published(&app, &kari, "Færre fall på sykehjemmet").await;
    assert_eq!(app.deliver().await, 3);
    let mails = smtp.arrived();
    let to: Vec<_> = mails.iter().map(|(to, mail)| (to.as_str(), mail.to.as_str())).collect();
    assert_eq!(
        to,
        [
            ("ida@tryggvakt.example", "ida@tryggvakt.example"),
            ("kari@stavanger.example", "kari@stavanger.example"),
            ("ola@tryggvakt.example", "ola@tryggvakt.example"),
        ]
    );
    assert_eq!(mails[0].1.from, "Brobygger <ikke-svar@brobygger.example>");
    assert!(mails[0].1.text.contains(&format!("{}/behov/2026-0001", app.url)), "{}", mails[0].1.text);
    assert_eq!(app.outbox(), [("sent".to_owned(), 3)]);
    assert_eq!(app.deliver().await, 0);
}

#[tokio::test]
async fn whoever_works_for_the_buyer_as_well_and_responds_gets_one_mail_about_it() {
    let smtp = Smtp::start();
    let app = with(&smtp, "").await;
    let kari = app.buyer("Kari", "Stavanger").await;
    // Ola sells, and buys for the municipality in a part-time post.
    let ola = app.supplier("Ola", "Tryggvakt").await;
    let company = ola.get("/api/v1/session").await.must(200).json["organisation"]["organisation_number"].clone();
    app.also_in(&ola, "Stavanger", brobygger::tenancy::OrganisationKind::Buyer, brobygger::tenancy::Role::Buyer).await;
    let need = published(&app, &kari, "Færre fall på sykehjemmet").await;
    app.deliver().await;
    smtp.arrived();
    let respond = ola
        .request(Method::POST, &format!("/api/v1/needs/{need}/responses"))
        .header("X-Organisation", company.as_str().unwrap());
    send(respond.json(&json!({"body": "Vi kan hjelpe."}))).await.must(201);
    app.deliver().await;
    let mails = smtp.arrived();
    let to: Vec<_> = mails.iter().map(|(to, mail)| (to.as_str(), mail.subject.as_str())).collect();
    assert_eq!(
        to,
        [
            ("kari@stavanger.example", "Nytt svar: Færre fall på sykehjemmet"),
            ("ola@tryggvakt.example", "Kvittering for svar: Færre fall på sykehjemmet"),
        ]
    );
}

#[tokio::test]
async fn a_mail_that_is_refused_for_now_is_tried_again_with_growing_pauses_and_sent_once() {
    for mood in [Mood::Busy, Mood::HangsUp] {
        let smtp = Smtp::start();
        let app = with(&smtp, "").await;
        let kari = app.buyer("Kari", "Stavanger").await;
        smtp.is(mood);
        published(&app, &kari, "Færre fall på sykehjemmet").await;
        let mut pauses = Vec::new();
        assert_eq!(app.deliver().await, 1);
        for _ in 0..5 {
            let mut minutes = 0;
            while app.deliver().await == 0 {
                app.pass(TimeDelta::minutes(1));
                minutes += 1;
            }
            pauses.push(minutes);
        }
        assert_eq!(pauses, [1, 5, 20, 60, 180], "{mood:?}");
        assert_eq!(app.outbox(), [("waiting".to_owned(), 1)]);
        smtp.is(Mood::Takes);
        app.pass(TimeDelta::hours(6));
        assert_eq!(app.deliver().await, 1);
        let mails = smtp.arrived();
        assert_eq!(mails.len(), 1);
        assert_eq!(app.outbox(), [("sent".to_owned(), 1)]);
        app.pass(TimeDelta::days(2));
        assert_eq!(app.deliver().await, 0);
        assert!(smtp.arrived().is_empty());
    }
}

#[tokio::test]
async fn a_mail_that_is_refused_for_good_fails_with_the_reason_and_is_sent_when_someone_says_so() {
    let smtp = Smtp::start();
    let app = with(&smtp, "").await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let drift = app.operator("Mona").await;
    smtp.is(Mood::Refuses);
    published(&app, &kari, "Færre fall på sykehjemmet").await;
    assert_eq!(app.deliver().await, 1);
    app.pass(TimeDelta::days(7));
    assert_eq!(app.deliver().await, 0);
    assert_eq!((smtp.attempts(), app.outbox()), (1, vec![("failed".to_owned(), 1)]));

    // The operator sees why, and not who: the address is masked.
    let seen = drift.get("/api/v1/messages?status=failed").await.must(200);
    let message = &seen.json["items"][0];
    assert_eq!((message["to"].as_str(), message["attempts"].as_i64()), (Some("k***@s***.example"), Some(1)));
    assert!(message["failure"].as_str().unwrap().contains("No such person here"), "{}", seen.text);
    kari.get("/api/v1/messages").await.must(403);
    app.anonymous().get("/api/v1/messages").await.must(401);
    let page = app.browser().log_in(&drift).await.open("/utboks").await;
    assert!(page.html.contains("No such person here") && !page.html.contains("kari@stavanger"), "{}", page.html);

    let attempt = format!("/api/v1/messages/{}/attempt", message["id"].as_str().unwrap());
    kari.put(&attempt, serde_json::Value::Null).await.must(403);
    smtp.is(Mood::Takes);
    drift.put(&attempt, serde_json::Value::Null).await.must(200);
    assert_eq!(app.deliver().await, 1);
    assert_eq!((smtp.arrived().len(), app.outbox()), (1, vec![("sent".to_owned(), 1)]));
    drift.put(&attempt, serde_json::Value::Null).await.must(409);
}

#[tokio::test]
async fn a_mail_server_that_stays_away_is_given_up_in_the_end() {
    let smtp = Smtp::start();
    let app = with(&smtp, "mail.max_attempts = 3").await;
    let kari = app.buyer("Kari", "Stavanger").await;
    smtp.is(Mood::Busy);
    published(&app, &kari, "Færre fall på sykehjemmet").await;
    for _ in 0..5 {
        app.deliver().await;
        app.pass(TimeDelta::hours(12));
    }
    assert_eq!((smtp.attempts(), app.outbox()), (3, vec![("failed".to_owned(), 1)]));
}

#[tokio::test]
async fn a_mail_that_may_have_arrived_is_not_sent_again_by_itself() {
    let smtp = Smtp::start();
    let app = with(&smtp, "").await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let drift = app.operator("Mona").await;
    smtp.is(Mood::HangsUpWithTheMail);
    published(&app, &kari, "Færre fall på sykehjemmet").await;
    assert_eq!(app.deliver().await, 1);
    smtp.is(Mood::Takes);
    app.pass(TimeDelta::days(7));
    assert_eq!(app.deliver().await, 0);
    assert_eq!((smtp.arrived().len(), app.outbox()), (1, vec![("failed".to_owned(), 1)]));
    let seen = drift.get("/api/v1/messages?status=failed").await.must(200);
    let failure = seen.json["items"][0]["failure"].as_str().unwrap();
    assert!(failure.ends_with("; it may have arrived"), "{failure}");
}

#[tokio::test]
async fn a_server_that_dies_leaves_no_doubt_about_another_mail_than_the_one_it_was_sending() {
    let smtp = Smtp::start();
    let app = with(&smtp, "").await;
    let kari = app.buyer("Kari", "Stavanger").await;
    app.supplier("Ida", "Tryggvakt").await;
    app.supplier("Ola", "Nattlys").await;
    published(&app, &kari, "Færre fall på sykehjemmet").await;
    smtp.is(Mood::FallsSilent);
    let server = app.app.clone();
    let delivering = tokio::spawn(async move { brobygger::notifications::deliver_due(&server).await });
    let waiting = smtp.clone();
    tokio::task::spawn_blocking(move || waiting.wait_for_attempts(1)).await.unwrap();
    delivering.abort();
    assert!(delivering.await.unwrap_err().is_cancelled());
    assert_eq!(app.outbox(), [("sending".to_owned(), 1), ("waiting".to_owned(), 2)]);

    smtp.is(Mood::Takes);
    assert_eq!(app.deliver().await, 2);
    assert_eq!(app.outbox(), [("sending".to_owned(), 1), ("sent".to_owned(), 2)], "it may be in another's hands still");
    app.pass(TimeDelta::minutes(18));
    assert_eq!(app.deliver().await, 0);
    assert_eq!(app.outbox(), [("failed".to_owned(), 1), ("sent".to_owned(), 2)]);
    assert_eq!(smtp.arrived().len(), 2);
}

#[tokio::test]
async fn whoever_is_told_to_stop_ends_after_the_mail_that_is_being_sent() {
    let smtp = Smtp::start();
    let app = with(&smtp, "").await;
    let kari = app.buyer("Kari", "Stavanger").await;
    app.supplier("Ida", "Tryggvakt").await;
    published(&app, &kari, "Færre fall på sykehjemmet").await;
    app.app.stop();
    // Both return at once: there is nothing that they are in the middle of.
    assert_eq!(app.deliver().await, 0);
    brobygger::notifications::run(app.app.clone()).await;
    assert_eq!((smtp.attempts(), app.outbox()), (0, vec![("waiting".to_owned(), 2)]));
    app.mail_does_not_matter();
}

#[tokio::test]
async fn a_wrong_password_at_the_mail_server_costs_no_mail() {
    let smtp = Smtp::start();
    // The server knows no passwords, so ours cannot be right.
    let url = smtp.url.replace("smtp://", "smtp://brobygger:feil@");
    let app = TestApp::with(&format!("mail.url = \"{url}\"")).await;
    let kari = app.buyer("Kari", "Stavanger").await;
    published(&app, &kari, "Færre fall på sykehjemmet").await;
    assert_eq!(app.deliver().await, 1);
    assert_eq!((smtp.attempts(), app.outbox()), (0, vec![("waiting".to_owned(), 1)]));
    app.mail_does_not_matter();
}

#[tokio::test]
async fn what_was_sent_half_a_year_ago_is_forgotten_and_what_waits_is_not() {
    let smtp = Smtp::start();
    let app = with(&smtp, "").await;
    let kari = app.buyer("Kari", "Stavanger").await;
    published(&app, &kari, "Færre fall på sykehjemmet").await;
    app.deliver().await;
    smtp.is(Mood::Refuses);
    published(&app, &kari, "Tryggere netter").await;
    app.deliver().await;
    app.pass(TimeDelta::days(179));
    brobygger::upkeep::sweep(&app.app).await.unwrap();
    assert_eq!(app.outbox(), [("failed".to_owned(), 1), ("sent".to_owned(), 1)]);
    let kari = kari.log_in().await;
    published(&app, &kari, "Lavere strømregning").await;
    app.pass(TimeDelta::days(2));
    brobygger::upkeep::sweep(&app.app).await.unwrap();
    assert_eq!(app.outbox(), [("waiting".to_owned(), 1)]);
    app.mail_does_not_matter();
}
