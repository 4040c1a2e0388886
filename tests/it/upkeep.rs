//! What is past its use is forgotten, and nothing else.
use crate::app::{PASSWORD, TestApp};
use crate::person::{Answer, Person, send};
use brobygger::platform::db::Db;
use brobygger::platform::db::schema::{
    email_tokens, idempotency_keys, invitations, login_failures, refresh_tokens, sent_forms, sessions,
};
use brobygger::tenancy::{OrganisationKind, Role};
use brobygger::upkeep;
use chrono::TimeDelta;
use diesel::prelude::*;
use reqwest::Method;
use serde_json::json;

/// Rows: answers, sessions, refresh tokens, links, attempts.
fn rows(app: &TestApp) -> [i64; 5] {
    let mut db = app.app.db.reader().unwrap();
    [
        idempotency_keys::table.count().get_result(&mut *db).unwrap(),
        sessions::table.count().get_result(&mut *db).unwrap(),
        refresh_tokens::table.count().get_result(&mut *db).unwrap(),
        email_tokens::table.count().get_result(&mut *db).unwrap(),
        login_failures::table.count().get_result(&mut *db).unwrap(),
    ]
}

async fn describe(kari: &Person, key: &str) -> Answer {
    send(
        kari.request(Method::POST, "/api/v1/needs")
            .header("Idempotency-Key", key)
            .json(&json!({"title": "Færre fall"})),
    )
    .await
}

#[tokio::test]
async fn what_is_past_its_use_is_forgotten() {
    let app = TestApp::with("identity.access_token_minutes = 15\nidentity.refresh_token_days = 2").await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let first = describe(&kari, "en").await.must(201);
    let browser = app.browser().log_in(&kari).await;
    let anyone = app.anonymous();
    anyone.post("/api/v1/session", json!({"email": kari.email, "password": "feil feil feil"})).await.must(401);
    browser.open("/glemt-passord").await;
    browser.submit("/glemt-passord", &[("email", &kari.email)]).await;
    app.deliver().await;
    app.mailbox();
    // The attempts are the wrong password and the wish for a new one.
    assert_eq!(rows(&app), [1, 2, 1, 1, 2]);
    assert_eq!(upkeep::sweep(&app.app).await.unwrap(), 0, "all of it is of use");

    app.pass(TimeDelta::minutes(16));
    assert_eq!(upkeep::sweep(&app.app).await.unwrap(), 2);
    assert_eq!(rows(&app), [1, 2, 1, 1, 0], "attempts count for a quarter of an hour");
    app.pass(TimeDelta::minutes(45));
    upkeep::sweep(&app.app).await.unwrap();
    assert_eq!(rows(&app), [1, 2, 1, 0, 0], "a link to a new password works for an hour");
    app.pass(TimeDelta::hours(12));
    upkeep::sweep(&app.app).await.unwrap();
    assert_eq!(rows(&app), [1, 1, 1, 0, 0], "a browser stays logged in for twelve");

    let kari = kari.log_in().await;
    assert_eq!(describe(&kari, "en").await.must(201).id(), first.id(), "the key is known still");
    app.pass(TimeDelta::hours(12));
    let kari = kari.log_in().await;
    upkeep::sweep(&app.app).await.unwrap();
    assert_eq!(rows(&app), [0, 3, 3, 0, 0], "and after a day it is not");
    assert_ne!(describe(&kari, "en").await.must(201).id(), first.id());
    kari.delete("/api/v1/session").await.must(204);
    upkeep::sweep(&app.app).await.unwrap();
    assert_eq!(rows(&app), [1, 2, 2, 0, 0], "nobody comes back to a session that was ended");
    app.pass(TimeDelta::days(2));
    upkeep::sweep(&app.app).await.unwrap();
    assert_eq!(rows(&app), [0; 5]);
    kari.log_in().await.get("/api/v1/session").await.must(200);
}

#[tokio::test]
async fn a_used_refresh_token_is_kept_as_long_as_it_could_betray_a_thief() {
    let app = TestApp::with("identity.access_token_minutes = 15\nidentity.refresh_token_days = 2").await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let anyone = app.anonymous();
    let log_in = json!({"email": kari.email, "password": PASSWORD});
    let first = anyone.post("/api/v1/session", log_in).await.must(200);
    let refresh = |token: String| anyone.post("/api/v1/session/refresh", json!({"refresh_token": token}));
    let second = refresh(first.field("refresh_token")).await.must(200);
    app.pass(TimeDelta::days(1));
    upkeep::sweep(&app.app).await.unwrap();
    refresh(first.field("refresh_token")).await.must(401);
    refresh(second.field("refresh_token")).await.must(401);
}

#[tokio::test]
async fn two_nodes_forget_beside_each_other() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    for key in ["a", "b", "c", "d", "e"] {
        describe(&kari, key).await.must(201);
    }
    app.pass(TimeDelta::hours(25));
    let other = app.node_beside().await;
    let (one, two) = tokio::join!(upkeep::sweep(&app.app), upkeep::sweep(&other));
    // Each row is counted by whoever took it away; one may have left it to the other.
    assert_eq!((one.unwrap() + two.unwrap(), rows(&app)[0]), (5, 0));
}

#[tokio::test]
async fn two_nodes_take_turns_and_two_installations_in_one_database_do_not() {
    let app = TestApp::start().await;
    let stranger = TestApp::start().await;
    app.app
        .db
        .transaction(|db| {
            assert!(db.takes_turn(1)?);
            assert!(db.takes_turn(1)?, "it has it");
            if matches!(db, Db::Postgres(_)) {
                assert!(!app.app.db.transaction(|other| other.takes_turn(1))?, "somebody else has it");
                assert!(app.app.db.transaction(|other| other.takes_turn(2))?);
            }
            assert!(stranger.app.db.transaction(|other| other.takes_turn(1))?);
            Ok(())
        })
        .unwrap();
    assert!(app.app.db.transaction(|db| db.takes_turn(1)).unwrap());
}

#[tokio::test]
async fn forms_of_strangers_are_known_for_a_day_and_invitations_for_a_fortnight() {
    let app = TestApp::start().await;
    let kari = app.member("Kari", "Stavanger", OrganisationKind::Buyer, Role::Admin).await;
    let invitation = json!({"email": "ny@stavanger.example", "role": "reader"});
    kari.post("/api/v1/organisations/me/invitations", invitation).await.must(201);
    let words = json!({"organisation_number": "974760673", "organisation_name": "Fjordlys", "kind": "startup",
        "region": "11", "name": "Mina", "email": "mina@fjordlys.example", "password": PASSWORD});
    let register = app.anonymous().request(Method::POST, "/api/v1/suppliers").header("Idempotency-Key", "en");
    send(register.json(&words)).await.must(202);
    app.deliver().await;
    let link = app.mailbox().into_iter().find(|m| m.to.starts_with("ny@")).unwrap().link("/invitasjon/");
    let kept = || {
        let mut db = app.app.db.reader().unwrap();
        let forms: i64 = sent_forms::table.count().get_result(&mut *db).unwrap();
        let invitations: i64 = invitations::table.count().get_result(&mut *db).unwrap();
        (forms, invitations)
    };
    app.pass(TimeDelta::hours(23));
    upkeep::sweep(&app.app).await.unwrap();
    assert_eq!(kept(), (1, 1));
    app.pass(TimeDelta::days(13));
    upkeep::sweep(&app.app).await.unwrap();
    assert_eq!(kept(), (0, 1));
    assert_eq!(app.browser().open(&link).await.status, 200);
    app.pass(TimeDelta::days(1));
    upkeep::sweep(&app.app).await.unwrap();
    assert_eq!(kept(), (0, 0));
    assert_eq!(app.browser().open(&link).await.status, 404);
}
