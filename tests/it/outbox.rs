//! Mail that leaves: to a real mail server, which is not always in the mood.
use crate::app::TestApp;
use crate::mail::{Mood, Smtp};
use crate::needs::published;
use crate::person::send;
use brobygger::App;
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
    for mood in [Mood::Busy, Mood::HangsUp, Mood::HangsUpBeforeTheMail] {
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
    // Whoever lost the answer says it again, and may do so when it has been sent meanwhile.
    let again = async || drift.put(&attempt, serde_json::Value::Null).await.must(200).field("status");
    assert_eq!([again().await, again().await], ["waiting", "waiting"]);
    assert_eq!(app.deliver().await, 1);
    assert_eq!((again().await.as_str(), app.deliver().await), ("sent", 0));
    assert_eq!((smtp.arrived().len(), app.outbox()), (1, vec![("sent".to_owned(), 1)]));
    assert_eq!(app.trail().iter().filter(|event| event.ends_with("message-retried")).count(), 1);
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

/// What a server does beside the story.
type Delivery = tokio::task::JoinHandle<brobygger::Result<usize>>;

fn delivering(app: &App) -> Delivery {
    let app = app.clone();
    tokio::spawn(async move { brobygger::notifications::deliver_due(&app).await })
}

/// The process is gone, in the middle of whatever it did.
async fn killed(delivering: Delivery) {
    delivering.abort();
    assert!(delivering.await.unwrap_err().is_cancelled());
}

async fn waited(smtp: &Smtp, wait: impl FnOnce(Smtp) + Send + 'static) {
    let smtp = smtp.clone();
    tokio::task::spawn_blocking(move || wait(smtp)).await.unwrap();
}

/// A need that this many firms hear of, beside the buyer.
async fn told_to(app: &TestApp, firms: &[&str]) {
    let kari = app.buyer("Kari", "Stavanger").await;
    for firm in firms {
        app.supplier("Ida", firm).await;
    }
    published(app, &kari, "Færre fall på sykehjemmet").await;
}

fn recipients(smtp: &Smtp) -> Vec<String> {
    smtp.arrived().into_iter().map(|(to, _)| to).collect()
}

const FIRMS: [&str; 4] = ["Fjordlys", "Nattlys", "Solvakt", "Tryggvakt"];

#[tokio::test]
async fn whom_the_mail_server_is_silent_about_holds_up_nobody_else_and_gets_the_mail_later_and_once() {
    let smtp = Smtp::start();
    let app = with(&smtp, "").await;
    told_to(&app, &FIRMS).await;
    let silent = ["ida@nattlys.example", "kari@stavanger.example"];
    for to in silent {
        smtp.is_towards(to, Mood::FallsSilent);
    }
    let delivering = delivering(&app.app);
    waited(&smtp, |smtp| smtp.wait_for(3)).await;
    assert_eq!(recipients(&smtp), ["ida@fjordlys.example", "ida@solvakt.example", "ida@tryggvakt.example"]);
    waited(&smtp, |smtp| smtp.wait_for_attempts(5)).await;
    smtp.is(Mood::HangsUp);
    assert_eq!(delivering.await.unwrap().unwrap(), 5);
    assert_eq!(app.outbox(), [("sent".to_owned(), 3), ("waiting".to_owned(), 2)]);
    smtp.is(Mood::Takes);
    assert_eq!(app.deliver().await, 0);
    app.pass(TimeDelta::minutes(1));
    assert_eq!(app.deliver().await, 2);
    assert_eq!(recipients(&smtp), silent);
    assert_eq!(app.outbox(), [("sent".to_owned(), 5)]);
}

#[tokio::test]
async fn no_more_mails_are_on_their_way_than_the_operator_says_and_whoever_is_told_to_stop_leaves_them_to_the_next() {
    let smtp = Smtp::start();
    let app = with(&smtp, "mail.connections = 2").await;
    told_to(&app, &FIRMS).await;
    smtp.is(Mood::FallsSilent);
    let first = delivering(&app.app);
    waited(&smtp, |smtp| smtp.wait_for_attempts(2)).await;
    assert_eq!(app.outbox(), [("sending".to_owned(), 2), ("waiting".to_owned(), 3)]);
    // Whoever is told to stop waits for nobody: what surely has not arrived is left to the next.
    app.app.stop();
    assert_eq!(first.await.unwrap().unwrap(), 2);
    assert_eq!((smtp.attempts(), app.outbox()), (2, vec![("waiting".to_owned(), 5)]));

    let beside = app.node_beside().await;
    smtp.is(Mood::Takes);
    assert_eq!(delivering(&beside).await.unwrap().unwrap(), 5);
    assert_eq!((recipients(&smtp).len(), app.outbox()), (5, vec![("sent".to_owned(), 5)]));
}

#[tokio::test]
async fn a_server_that_dies_leaves_no_doubt_about_mails_that_had_not_left_it() {
    let smtp = Smtp::start();
    let app = with(&smtp, "").await;
    told_to(&app, &FIRMS).await;
    smtp.is(Mood::FallsSilent);
    let first = delivering(&app.app);
    waited(&smtp, |smtp| smtp.wait_for_attempts(3)).await;
    killed(first).await;
    assert_eq!(app.outbox(), [("sending".to_owned(), 3), ("waiting".to_owned(), 2)]);

    smtp.is(Mood::Takes);
    assert_eq!(app.deliver().await, 2);
    assert_eq!(
        app.outbox(),
        [("sending".to_owned(), 3), ("sent".to_owned(), 2)],
        "they may be in another's hands still"
    );
    app.pass(TimeDelta::minutes(4));
    assert_eq!(app.deliver().await, 3);
    assert_eq!(app.outbox(), [("sent".to_owned(), 5)]);
    let mut each = recipients(&smtp);
    each.dedup();
    assert_eq!(each.len(), 5, "{each:?}");
}

#[tokio::test]
async fn what_a_server_was_handing_over_when_it_died_is_not_sent_again_by_itself() {
    let smtp = Smtp::start();
    let app = with(&smtp, "").await;
    told_to(&app, &FIRMS[..1]).await;
    smtp.is_towards("ida@fjordlys.example", Mood::FallsSilentWithTheMail);
    let first = delivering(&app.app);
    waited(&smtp, |smtp| smtp.wait_for(2)).await;
    killed(first).await;
    smtp.is(Mood::Takes);
    app.pass(TimeDelta::minutes(4));
    app.deliver().await;
    app.pass(TimeDelta::minutes(8));
    assert_eq!(app.deliver().await, 0);
    let status: Vec<String> = app.outbox().into_iter().map(|(status, _)| status).collect();
    assert!(status.contains(&"failed".to_owned()) && !status.contains(&"waiting".to_owned()), "{status:?}");
    let to_ida = recipients(&smtp).into_iter().filter(|to| to.starts_with("ida")).count();
    assert_eq!(to_ida, 1);
}

#[tokio::test]
async fn a_server_that_slept_in_the_middle_of_a_mail_does_not_send_what_another_has_sent_since() {
    let smtp = Smtp::start();
    let app = with(&smtp, "").await;
    told_to(&app, &[]).await;
    smtp.is(Mood::FallsSilent);
    let sleeps = delivering(&app.app);
    waited(&smtp, |smtp| smtp.wait_for_attempts(1)).await;
    let beside = app.node_beside().await;
    beside.clock.advance(TimeDelta::minutes(4));
    // To the other it is abandoned. Then the mail server answers both.
    let second = delivering(&beside);
    waited(&smtp, |smtp| smtp.wait_for_attempts(2)).await;
    smtp.is(Mood::Takes);
    let done = (sleeps.await.unwrap().unwrap(), second.await.unwrap().unwrap());
    assert_eq!((done, recipients(&smtp).len()), ((1, 1), 1));
    assert_eq!(app.outbox(), [("sent".to_owned(), 1)]);
}

#[tokio::test]
async fn deliverers_beside_each_other_send_each_mail_once() {
    let smtp = Smtp::start();
    let app = with(&smtp, "").await;
    told_to(&app, &FIRMS).await;
    let beside = app.node_beside().await;
    let (one, other) = (delivering(&app.app), delivering(&beside));
    assert_eq!(one.await.unwrap().unwrap() + other.await.unwrap().unwrap(), 5);
    let mut each = recipients(&smtp);
    each.dedup();
    assert_eq!((each.len(), app.outbox()), (5, vec![("sent".to_owned(), 5)]));
}

#[tokio::test]
async fn whoever_is_told_to_stop_begins_with_no_mail() {
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
