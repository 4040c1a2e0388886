//! Who is who: registering, logging in, forgetting, inviting.
use crate::app::{PASSWORD, TestApp};
use crate::person::{Answer, Person, send};
use brobygger::identity;
use brobygger::tenancy::{OrganisationKind, Role};
use chrono::TimeDelta;
use futures_util::future::join_all;
use insta::assert_snapshot;
use reqwest::Method;
use serde_json::json;
use std::sync::Arc;

async fn log_in(app: &TestApp, email: &str, password: &str) -> Answer {
    app.anonymous().post("/api/v1/session", json!({"email": email, "password": password})).await
}

/// The secret at the end of a link.
fn secret(link: &str) -> String {
    link.rsplit('/').next().unwrap().to_owned()
}

#[tokio::test]
async fn everything_that_is_wrong_with_a_registration_is_told_at_once() {
    let app = TestApp::start().await;
    let empty = app.anonymous().post("/api/v1/suppliers", json!({})).await.must(422);
    assert_snapshot!("empty_registration", empty.errors().join("\n"));
    let wrong = json!({"organisation_number": "123456789", "organisation_name": "x".repeat(300), "kind": "fisk",
        "region": "1103", "name": "A\nB", "email": "mina", "password": "kort"});
    let wrong = app.anonymous().post("/api/v1/suppliers", wrong).await.must(422);
    assert_snapshot!("wrong_registration", wrong.errors().join("\n"));
    let unreachable = json!({"organisation_number": app.new_number(), "organisation_name": "Fjordlys AS", "kind": "startup",
        "region": "11", "name": "Mina", "email": "a@[127.0.0.1]", "password": PASSWORD});
    let unreachable = app.anonymous().post("/api/v1/suppliers", unreachable).await.must(422);
    assert_eq!(unreachable.errors(), ["email: email"]);
}

#[tokio::test]
async fn whoever_guesses_passwords_must_wait_and_others_need_not() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let ola = app.buyer("Ola", "Bergen").await;
    for _ in 0..5 {
        assert_eq!(
            log_in(&app, &kari.email, "feil feil feil feil").await.must(401).errors(),
            ["password: wrong-login"]
        );
        app.pass(TimeDelta::minutes(1));
    }
    let wait = log_in(&app, &kari.email, PASSWORD).await.must(429);
    assert_eq!(wait.header("retry-after"), "600", "a quarter of an hour after the first of the five");
    log_in(&app, &ola.email, PASSWORD).await.must(200);
    app.pass(TimeDelta::seconds(601));
    log_in(&app, &kari.email, PASSWORD).await.must(200);
    // An address that nobody has is answered like one that somebody has.
    assert_eq!(
        log_in(&app, "ingen@stavanger.example", "feil feil feil").await.must(401).errors(),
        ["password: wrong-login"]
    );
}

#[tokio::test]
async fn whoever_guesses_at_the_same_time_has_no_more_tries() {
    let app = TestApp::start().await;
    app.buyer("Kari", "Stavanger").await;
    // Whether somebody has the address makes no difference.
    for name in ["kari", "ingen", "ola", "nils", "mia", "odd", "siv", "tor"] {
        let email = format!("{name}@stavanger.example");
        let guesses = join_all((0..12).map(|_| log_in(&app, &email, "feil feil feil feil"))).await;
        let of = |status: u16| guesses.iter().filter(|answer| answer.status == status).count();
        assert_eq!((of(401), of(429)), (5, 7), "{name}");
    }
    // Those who know their password may come in as often as they like.
    let ola = app.buyer("Ola", "Bergen").await;
    for answer in join_all((0..10).map(|_| log_in(&app, &ola.email, PASSWORD))).await {
        answer.must(200);
    }
}

#[tokio::test]
async fn a_refresh_token_is_used_once_and_the_session_dies_with_its_second_use() {
    let app = TestApp::with("identity.access_token_minutes = 15").await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let first = log_in(&app, &kari.email, PASSWORD).await.must(200);
    assert_eq!(first.json["expires_in"], 900);
    let mut holder = app.anonymous();
    holder.token = Some(first.field("access_token"));
    holder.get("/api/v1/session").await.must(200);
    app.pass(TimeDelta::minutes(15));
    let late = holder.get("/api/v1/session").await.must(401);
    assert_eq!(late.header("www-authenticate"), "Bearer");

    let refresh = |token: String| {
        let anyone = app.anonymous();
        async move { anyone.post("/api/v1/session/refresh", json!({"refresh_token": token})).await }
    };
    let second = refresh(first.field("refresh_token")).await.must(200);
    holder.token = Some(second.field("access_token"));
    holder.get("/api/v1/session").await.must(200);

    // Someone has a copy of the first: the whole session is over, for both.
    refresh(first.field("refresh_token")).await.must(401);
    holder.get("/api/v1/session").await.must(401);
    refresh(second.field("refresh_token")).await.must(401);
    refresh("helt ukjent".to_owned()).await.must(401);
    // Another session of hers goes on.
    log_in(&app, &kari.email, PASSWORD).await.must(200);
}

#[tokio::test]
async fn whoever_comes_back_in_time_stays_logged_in() {
    let app = TestApp::with("identity.access_token_minutes = 15\nidentity.refresh_token_days = 2").await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let mut tokens = log_in(&app, &kari.email, PASSWORD).await.must(200);
    let anyone = app.anonymous();
    let refresh = |token: String| anyone.post("/api/v1/session/refresh", json!({"refresh_token": token}));
    for _ in 0..3 {
        app.pass(TimeDelta::hours(36));
        tokens = refresh(tokens.field("refresh_token")).await.must(200);
        let mut kari = app.anonymous();
        kari.token = Some(tokens.field("access_token"));
        kari.get("/api/v1/session").await.must(200);
    }
    app.pass(TimeDelta::hours(49));
    refresh(tokens.field("refresh_token")).await.must(401);
}

#[tokio::test]
async fn logging_out_ends_the_session_and_its_tokens() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    kari.delete("/api/v1/session").await.must(204);
    kari.get("/api/v1/session").await.must(401);
    for token in ["", "x", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0."] {
        let mut forger = app.anonymous();
        forger.token = Some(token.to_owned());
        forger.get("/api/v1/session").await.must(401);
        forger.get("/api/v1/needs").await.must(401);
    }
    // What is no text is there all the same.
    let sends = |name: &'static str, to: &str| {
        let value = reqwest::header::HeaderValue::from_bytes(b"Bearer \xff").unwrap();
        send(app.anonymous().request(Method::GET, to).header(name, value))
    };
    sends("authorization", "/api/v1/needs").await.must(401);
    sends("idempotency-key", "/api/v1/needs").await.must(400);
}

#[tokio::test]
async fn a_new_password_ends_every_session() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let at_work = app.browser().log_in(&kari).await;
    assert_eq!(at_work.open("/min-side/konto").await.status, 200);

    let at_home = app.browser();
    at_home.open("/glemt-passord").await;
    let asked = at_home.submit("/glemt-passord", &[("email", &kari.email)]).await;
    let unknown = at_home.submit("/glemt-passord", &[("email", "ingen@stavanger.example")]).await;
    assert_eq!((asked.status, asked.location()), (unknown.status, unknown.location()), "the answer is the same");
    app.deliver().await;
    let mails = app.mailbox();
    assert_eq!(mails.iter().map(|m| m.to.as_str()).collect::<Vec<_>>(), ["kari@stavanger.example"]);
    let link = mails[0].link("/nytt-passord/");

    at_home.open(&link).await;
    let short = at_home.submit(&link, &[("password", "kort")]).await;
    assert_eq!((short.status.as_u16(), short.errors().len()), (422, 1), "{}", short.html);
    let new = "et helt nytt og langt passord";
    assert_eq!(at_home.submit(&link, &[("password", new)]).await.location(), "/logg-inn");

    kari.get("/api/v1/session").await.must(401);
    assert_eq!(at_work.open("/min-side/konto").await.status, 303);
    log_in(&app, &kari.email, PASSWORD).await.must(401);
    log_in(&app, &kari.email, new).await.must(200);

    // The link worked once.
    at_home.open(&link).await;
    assert_ne!(at_home.submit(&link, &[("password", "enda et nytt passord")]).await.status, 303);
    log_in(&app, &kari.email, new).await.must(200);
}

#[tokio::test]
async fn once_a_password_was_chosen_no_link_from_before_is_good() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let browser = app.browser();
    for _ in 0..3 {
        browser.open("/glemt-passord").await;
        browser.submit("/glemt-passord", &[("email", &kari.email)]).await;
    }
    app.deliver().await;
    let links: Vec<String> = app.mailbox().iter().map(|mail| mail.link("/nytt-passord/")).collect();
    let choose = async |link: &str, password: &str| {
        browser.open(link).await;
        browser.submit(link, &[("password", password)]).await.status.as_u16()
    };
    assert_eq!(choose(&links[1], "et helt nytt og langt passord").await, 303);
    assert_ne!(choose(&links[0], "et annet nytt og langt passord").await, 303);
    // Nor when it was chosen by whoever knew the old one.
    browser.open("/glemt-passord").await;
    browser.submit("/glemt-passord", &[("email", &kari.email)]).await;
    app.deliver().await;
    let link = app.mailbox().last().unwrap().link("/nytt-passord/");
    browser.open("/logg-inn").await;
    let login = [("email", kari.email.as_str()), ("password", "et helt nytt og langt passord")];
    assert_eq!(browser.submit("/logg-inn", &login).await.status, 303);
    browser.open("/min-side/konto").await;
    let words = [
        ("action", "password"),
        ("current_password", "et helt nytt og langt passord"),
        ("new_password", "det siste lange passordet"),
    ];
    assert_eq!(browser.submit("/min-side/konto", &words).await.status, 303);
    assert_ne!(choose(&link, "et annet nytt og langt passord").await, 303);
    log_in(&app, &kari.email, "det siste lange passordet").await.must(200);
    app.mail_does_not_matter();
}

#[tokio::test]
async fn a_login_that_was_under_way_opens_nothing_once_the_password_is_another_or_the_account_gone() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let prove = |password: &str| {
        let login = identity::Login {
            email: kari.email.clone(),
            password: password.to_owned(),
            address: "192.0.2.1".to_owned(),
        };
        let (rules, now) = (&app.app.config.identity, app.app.clock.now());
        Arc::new(identity::prove(&app.app.db, &login, &app.app.passwords, rules, now).unwrap())
    };
    let still = async |proven: &Arc<identity::Proven>| {
        let proven = proven.clone();
        app.by_command(move |op| Ok(proven.still(op).is_ok())).await
    };
    let new = "et helt nytt og langt passord";
    let before = prove(PASSWORD);
    assert!(still(&before).await);
    let browser = app.browser().log_in(&kari).await;
    browser.open("/min-side/konto").await;
    let words = [("action", "password"), ("current_password", PASSWORD), ("new_password", new)];
    assert_eq!(browser.submit("/min-side/konto", &words).await.status, 303);
    assert!(!still(&before).await);
    let after = prove(new);
    assert!(still(&after).await);
    browser.open("/min-side/konto/slett").await;
    let gone = browser.submit("/min-side/konto/slett", &[("current_password", new)]).await;
    assert_eq!(gone.status, 303, "{}", gone.html);
    assert!(!still(&after).await);
    app.mail_does_not_matter();
}

#[tokio::test]
async fn a_link_to_a_new_password_runs_out() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let browser = app.browser();
    browser.open("/glemt-passord").await;
    browser.submit("/glemt-passord", &[("email", &kari.email)]).await;
    app.deliver().await;
    let link = app.mailbox().remove(0).link("/nytt-passord/");
    app.pass(TimeDelta::minutes(61));
    browser.open(&link).await;
    assert_ne!(browser.submit(&link, &[("password", "et helt nytt og langt passord")]).await.status, 303);
    log_in(&app, &kari.email, PASSWORD).await.must(200);
}

#[tokio::test]
async fn an_invited_colleague_comes_in_with_the_role_that_the_invitation_says() {
    let app = TestApp::start().await;
    let anne = app.member("Anne", "Stavanger", OrganisationKind::Buyer, Role::Admin).await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let invite = "/api/v1/organisations/me/invitations";
    let ny = json!({"email": "ny@stavanger.example", "role": "reader"});
    kari.post(invite, ny.clone()).await.must(403);
    app.anonymous().post(invite, ny.clone()).await.must(401);
    assert_eq!(anne.post(invite, json!({"email": "x", "role": "fisk"})).await.must(422).errors().len(), 2);
    assert_eq!(
        anne.post(invite, json!({"email": "x@y.no", "role": "member"})).await.must(422).errors(),
        ["role: unknown"],
        "that is a role at suppliers"
    );
    assert_eq!(
        anne.post(invite, json!({"email": kari.email, "role": "reader"})).await.must(422).errors(),
        ["email: already-member"]
    );
    let invited = anne.post(invite, ny).await.must(201);
    assert!(!invited.text.contains("token"), "{}", invited.text);

    app.deliver().await;
    let mail = app.mailbox().remove(0);
    assert_eq!(mail.to, "ny@stavanger.example");
    let link = mail.link("/invitasjon/");
    assert!(!app.trail().join("\n").contains(&secret(&link)));

    let browser = app.browser();
    assert_eq!(browser.open(&link).await.status, 200);
    let refused = browser.submit(&link, &[("name", "Nils Ny"), ("password", "kort")]).await;
    assert_eq!((refused.status.as_u16(), refused.values("name")), (422, vec!["Nils Ny".to_owned()]));
    let accepted = browser.submit(&link, &[("name", "Nils Ny"), ("password", PASSWORD)]).await;
    assert_eq!(accepted.status, 303, "{}", accepted.html);
    let nils = Person::new(&app.url, "Nils", "ny@stavanger.example", "").log_in().await;
    let me = nils.get("/api/v1/session").await.must(200);
    assert_eq!(me.json["organisation"]["role"], "reader");
    nils.post("/api/v1/needs", json!({"title": "x"})).await.must(403);

    // Used up.
    let other = app.browser();
    other.open(&link).await;
    assert_ne!(other.submit(&link, &[("name", "Tyv"), ("password", PASSWORD)]).await.status, 303);
    let told = app.post().await;
    assert_eq!(
        told.iter().map(|t| t.split(':').next().unwrap()).collect::<Vec<_>>(),
        ["anne@stavanger.example"],
        "{told:?}"
    );
}

#[tokio::test]
async fn whoever_belongs_to_two_organisations_picks_one_for_each_request() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let bergen = app.also_in(&kari, "Bergen", OrganisationKind::Buyer, Role::Reader).await;
    let ola = app.buyer("Ola", "Oslo").await;
    let at = |number: &str, method: Method, path: &str| {
        kari.request(method, path).header("X-Organisation", number.to_owned())
    };
    let me = send(at(&bergen, Method::GET, "/api/v1/session")).await.must(200);
    assert_eq!(
        (me.json["organisation"]["role"].as_str(), me.json["organisations"].as_array().map(Vec::len)),
        (Some("reader"), Some(2))
    );
    let body = json!({"title": "x"});
    send(at(&bergen, Method::POST, "/api/v1/needs").json(&body)).await.must(403);
    let made = send(at(&kari.organisation_number, Method::POST, "/api/v1/needs").json(&body)).await.must(201);
    assert_eq!(made.json["buyer"]["organisation_number"], kari.organisation_number.as_str());
    // As Bergen she does not see what is Stavanger's.
    send(at(&bergen, Method::GET, &format!("/api/v1/needs/{}", made.id()))).await.must(404);
    for foreign in [ola.organisation_number.as_str(), "123", "000000000"] {
        send(at(foreign, Method::GET, "/api/v1/session")).await.must(403);
    }
}

/// Anybody may register a company and name it: its invitations must not carry that name to everybody.
#[tokio::test]
async fn an_organisation_invites_only_so_many_who_do_not_come() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let ida = app.member("Ida", "Tryggvakt", OrganisationKind::Supplier, Role::Admin).await;
    let organisation = "/api/v1/organisations/me/invitations";
    let invite = async |n: usize| {
        ida.post(organisation, json!({"email": format!("n{n}@fremmed.example"), "role": "member"})).await
    };
    for n in 0..50 {
        invite(n).await.must(201);
    }
    let refused = invite(50).await.must(422);
    assert_eq!(refused.json["errors"][0]["code"], "too-many-invitations");
    app.pass(chrono::TimeDelta::days(15));
    let ida = ida.log_in().await;
    ida.post(organisation, json!({"email": "n51@fremmed.example", "role": "member"})).await.must(201);
}
