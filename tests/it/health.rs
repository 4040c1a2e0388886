//! How the server is doing: a word for everybody, the numbers for whoever runs it.
use crate::app::TestApp;
use crate::needs::published;
use crate::person::{Answer, Person, send};
use brobygger::Error;
use brobygger::platform::db::Db;
use chrono::TimeDelta;
use diesel::RunQueryDsl;
use reqwest::Method;
use serde_json::json;

/// Through a proxy, as everybody else comes.
async fn from_outside(person: &Person, path: &str) -> Answer {
    send(person.request(Method::GET, path).header("X-Forwarded-For", "203.0.113.9")).await
}

#[tokio::test]
async fn the_machine_itself_reads_the_numbers_and_strangers_a_word() {
    let app = TestApp::start().await;
    let here = app.anonymous();
    let ready = here.get("/ready").await.must(200);
    assert_eq!((ready.json["status"].as_str(), ready.json["mail_queue"]["waiting"].as_i64()), (Some("ready"), Some(0)));
    assert!(here.get("/metrics").await.must(200).text.contains("outbox_messages"));

    assert_eq!(from_outside(&here, "/ready").await.must(200).json, json!({"status": "ready"}));
    let refused = from_outside(&here, "/metrics").await.must(401);
    assert_eq!((refused.header("www-authenticate"), refused.text.contains("outbox")), ("Bearer", false));
    assert_eq!(from_outside(&here, "/health").await.must(200).json, json!({"status": "ok"}));
    // The desk of an operator links to both; that of others does not.
    let mona = app.browser_from_outside().log_in(&app.operator("Mona").await).await;
    assert!(mona.open("/metrics").await.html.contains("outbox_messages"));
    assert!(mona.open("/ready").await.html.contains("mail_queue"));
    let liv = app.browser_from_outside().log_in(&app.adviser("Liv").await).await;
    assert_eq!(liv.open("/metrics").await.status, 401);

    // Nobody delivers mail.
    let kari = app.buyer("Kari", "Stavanger").await;
    published(&app, &kari, "Færre fall på sykehjemmet").await;
    app.pass(TimeDelta::minutes(16));
    let ready = here.get("/ready").await.must(503);
    assert_eq!(ready.json["mail_queue"]["overdue_seconds"], 16 * 60);
    assert_eq!(from_outside(&here, "/ready").await.must(503).json, json!({"status": "not ready"}));
    app.mail_does_not_matter();
}

#[tokio::test]
async fn a_lost_connection_is_a_database_that_does_not_answer_and_the_next_one_does() {
    let app = TestApp::start().await;
    for _ in 0..3 {
        let mut db = app.app.db.reader().unwrap();
        // SQLite has no server that could go away.
        if matches!(*db, Db::Sqlite(_)) {
            return;
        }
        let ended = diesel::sql_query("SELECT pg_terminate_backend(pg_backend_pid())").execute(&mut *db);
        assert!(matches!(Error::from(ended.unwrap_err()), Error::Unavailable("database")));
        drop(db);
        app.anonymous().get("/api/v1/needs?q=fall").await.must(200);
        app.anonymous().get("/ready").await.must(200);
    }
}

#[tokio::test]
async fn a_token_opens_the_numbers_from_anywhere() {
    let app = TestApp::with("server.metrics_token = \"riktig hest batteri stift\"").await;
    let (nobody, mut prometheus) = (app.anonymous(), app.anonymous());
    prometheus.token = Some("riktig hest batteri stift".to_owned());
    for path in ["/ready", "/metrics"] {
        from_outside(&prometheus, path).await.must(200);
    }
    assert!(!from_outside(&prometheus, "/ready").await.json["mail_queue"].is_null());
    assert_eq!(nobody.get("/ready").await.must(200).json, json!({"status": "ready"}));
    nobody.get("/metrics").await.must(401);
    prometheus.token = Some("riktig hest batteri stifT".to_owned());
    prometheus.get("/metrics").await.must(401);
}
