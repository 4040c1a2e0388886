//! Suppliers that register themselves: who is told what, and what others can find out by it.
use crate::app::{PASSWORD, TestApp};
use crate::mail::Mail;
use crate::person::{Answer, Person, Seen};
use brobygger::platform::db::schema::{memberships, organisations, registrations, supplier_profiles, users};
use brobygger::tenancy::{OrganisationKind, Role};
use brobygger::upkeep;
use chrono::TimeDelta;
use diesel::prelude::*;
use serde_json::{Value, json};

/// Of the synthetic test population.
const FJORDLYS: &str = "310000019";
const NATTLYS: &str = "310000027";

const CONFIRM: &str = "/bekreft-epost/";

fn registration(number: &str, email: &str) -> Value {
    json!({
        "organisation_number": number,
        "organisation_name": "Fjordlys AS",
        "kind": "startup",
        "region": "11",
        "name": "Mina Solvik",
        "email": email,
        "password": PASSWORD
    })
}

async fn register(app: &TestApp, number: &str, email: &str) -> Answer {
    app.anonymous().post("/api/v1/suppliers", registration(number, email)).await.must(202)
}

async fn one_mail(app: &TestApp) -> Mail {
    app.deliver().await;
    let mut mails = app.mailbox();
    assert_eq!(mails.len(), 1);
    mails.remove(0)
}

async fn log_in(app: &TestApp, email: &str, password: &str) -> Answer {
    app.anonymous().post("/api/v1/session", json!({"email": email, "password": password})).await
}

/// Opens the link in a browser of their own, and types the password.
async fn confirm(app: &TestApp, link: &str, password: &str) -> Seen {
    let browser = app.browser();
    // Where the page has no form, they send one all the same.
    browser.open("/registrer").await;
    browser.open(link).await;
    browser.submit(link, &[("password", password)]).await
}

/// A startup that registers itself, confirms its address and logs in.
pub async fn registered(app: &TestApp, number: &str, email: &str) -> Person {
    register(app, number, email).await;
    let link = one_mail(app).await.link(CONFIRM);
    assert_eq!(confirm(app, &link, PASSWORD).await.status, 303);
    Person::new(&app.url, "Mina", email, number).log_in().await
}

/// Rows: organisations, profiles, users, memberships, registrations that wait.
fn rows(app: &TestApp) -> [i64; 5] {
    let mut db = app.app.db.reader().unwrap();
    [
        organisations::table.count().get_result(&mut *db).unwrap(),
        supplier_profiles::table.count().get_result(&mut *db).unwrap(),
        users::table.count().get_result(&mut *db).unwrap(),
        memberships::table.count().get_result(&mut *db).unwrap(),
        registrations::table.filter(registrations::confirmed_at.is_null()).count().get_result(&mut *db).unwrap(),
    ]
}

#[tokio::test]
async fn a_supplier_registers_confirms_and_is_here() {
    let app = TestApp::start().await;
    register(&app, FJORDLYS, "Mina@Fjordlys.example").await;
    assert_eq!(rows(&app), [0, 0, 0, 0, 1], "nothing is to be seen of it yet");
    let anyone = app.anonymous();
    anyone.get(&format!("/api/v1/suppliers/{FJORDLYS}")).await.must(404);
    let mail = one_mail(&app).await;
    assert_eq!(
        (mail.to.as_str(), mail.text.contains("Fjordlys AS")),
        ("mina@fjordlys.example", false),
        "{}",
        mail.text
    );
    assert!(mail.text.contains(FJORDLYS), "{}", mail.text);
    let link = mail.link(CONFIRM);

    // Not before the address is confirmed; and only with the right password does one learn that.
    let early = log_in(&app, "mina@fjordlys.example", PASSWORD).await;
    assert_eq!((early.status, early.json["type"].as_str()), (409, Some("/problems/email-not-confirmed")));
    assert_eq!(
        log_in(&app, "mina@fjordlys.example", "helt feil passord").await.must(401).errors(),
        ["password: wrong-login"]
    );

    // Programs that look into mails open links: nothing happens.
    let mina = app.browser();
    let page = mina.open(&link).await;
    assert_eq!((page.status.as_u16(), page.texts("dd").first().map(String::as_str)), (200, Some("Fjordlys AS")));
    app.anonymous().request(reqwest::Method::HEAD, &link).send().await.unwrap();
    assert_eq!(rows(&app), [0, 0, 0, 0, 1]);

    let wrong = mina.submit(&link, &[("password", "et annet passord")]).await;
    assert_eq!((wrong.status.as_u16(), wrong.errors().len()), (422, 1), "{}", wrong.html);
    let done = mina.submit(&link, &[("password", PASSWORD)]).await;
    assert_eq!((done.status.as_u16(), done.location()), (303, "/min-side"), "{}", done.html);
    assert!(mina.follow(done).await.html.contains("Bedriften er registrert."), "logged in, and told so");
    assert_eq!(rows(&app), [1, 1, 1, 1, 0]);
    let again = app.browser().open(&link).await;
    assert_eq!((again.status.as_u16(), again.texts("h1")), (200, vec!["E-postadressen er bekreftet".to_owned()]));

    let tokens = log_in(&app, "MINA@fjordlys.example", PASSWORD).await.must(200);
    assert_eq!(tokens.header("cache-control"), "no-store");
    let mut mina = app.anonymous();
    mina.token = Some(tokens.field("access_token"));
    let me = mina.get("/api/v1/session").await.must(200);
    assert_eq!(
        (me.json["organisation"]["name"].as_str(), me.json["organisation"]["role"].as_str()),
        (Some("Fjordlys AS"), Some("admin"))
    );
    let profile = anyone.get(&format!("/api/v1/suppliers/{FJORDLYS}")).await.must(200);
    assert_eq!((profile.json["kind"].as_str(), profile.json["regions"][0].as_str()), (Some("startup"), Some("11")));
    assert_eq!(
        app.trail(),
        [
            "self-service: registration-asked",
            "self-service: user-registered",
            "self-service: organisation-added",
            "self-service: supplier-registered",
            "self-service: member-added",
        ]
    );
}

#[tokio::test]
async fn whoever_registers_in_nynorsk_reads_nynorsk_afterwards() {
    let app = TestApp::start().await;
    let mina = app.browser();
    mina.open("/nn/registrer").await;
    let words = registration(FJORDLYS, "mina@fjordlys.example");
    let typed: Vec<(&str, &str)> =
        words.as_object().unwrap().iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap())).collect();
    assert_eq!(mina.submit("/nn/registrer", &typed).await.status, 303);
    let mail = one_mail(&app).await;
    for part in [&mail.text, &mail.html] {
        assert!(
            part.contains("/nn/bekreft-epost/") && !part.contains("/min-side/konto"),
            "there is no account yet: {part}"
        );
    }
    // On another machine, with an address that names no language.
    let link = mail.link(CONFIRM);
    let mina = app.browser();
    assert_eq!(mina.open(&link).await.attributes("html", "lang"), ["nb"]);
    assert_eq!(mina.submit(&link, &[("password", PASSWORD)]).await.status, 303);
    assert_eq!(mina.open("/min-side").await.attributes("html", "lang"), ["nn"]);
    assert_eq!(mina.open("/").await.attributes("html", "lang"), ["nn"]);
}

/// Whatever someone tries, they are answered the same, and cannot find out by trying again what their first try did.
#[tokio::test]
async fn the_answer_tells_neither_who_has_a_login_nor_what_is_registered() {
    let app = TestApp::with("identity.failures_per_account = 50").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let mut answers = Vec::new();
    for (number, email) in [
        (FJORDLYS, "ny@fjordlys.example"),
        (FJORDLYS, "ny@fjordlys.example"),
        (FJORDLYS, ida.email.as_str()),
        (FJORDLYS, "en-til@fjordlys.example"),
        (ida.organisation_number.as_str(), ida.email.as_str()),
        (ida.organisation_number.as_str(), "ny@tryggvakt.example"),
        (kari.organisation_number.as_str(), kari.email.as_str()),
        (kari.organisation_number.as_str(), ida.email.as_str()),
    ] {
        let answer = register(&app, number, email).await;
        let mut headers: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
        headers.sort();
        answers.push((answer.status, answer.text, headers));
        let page = app.browser();
        page.open("/registrer").await;
        let typed = registration(number, email);
        let fields: Vec<(&str, &str)> =
            typed.as_object().unwrap().iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap())).collect();
        let sent = page.submit("/registrer", &fields).await;
        assert_eq!((sent.status.as_u16(), sent.location()), (303, "/registrer/sendt"));
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");

    // The mails tell each how it is.
    let mut told = app.post().await;
    told.sort();
    told.dedup();
    assert_eq!(
        told,
        [
            "en-til@fjordlys.example: Bekreft e-postadressen din",
            "ida@tryggvakt.example: Bekreft at du registrerer én bedrift til",
            "ida@tryggvakt.example: Du er registrert fra før",
            "ida@tryggvakt.example: Virksomheten er registrert fra før",
            "kari@stavanger.example: Du er registrert fra før",
            "ny@fjordlys.example: Bekreft e-postadressen din",
            "ny@tryggvakt.example: Virksomheten er registrert fra før",
        ]
    );
    // Eight for the one number, by both doors; the rest had nothing to wait for.
    assert_eq!(rows(&app), [2, 1, 2, 2, 8]);
}

#[tokio::test]
async fn whoever_registers_what_is_here_already_is_told_what_to_do() {
    let app = TestApp::start().await;
    let ida = app.member("Ida", "Tryggvakt", OrganisationKind::Supplier, Role::Admin).await;
    register(&app, &ida.organisation_number, "ny@tryggvakt.example").await;
    let mail = one_mail(&app).await;
    assert!(mail.text.contains("Tryggvakt") && mail.text.contains("invitere deg") && !mail.text.contains(CONFIRM));
    assert!(!mail.text.contains(&ida.email), "who administers it is not told to strangers: {}", mail.text);
    assert_eq!(log_in(&app, "ny@tryggvakt.example", PASSWORD).await.status, 401);

    // And that works.
    let invited = json!({"email": "ny@tryggvakt.example", "role": "member"});
    ida.post("/api/v1/organisations/me/invitations", invited).await.must(201);
    let link = one_mail(&app).await.link("/invitasjon/");
    let nils = app.browser();
    nils.open(&link).await;
    assert_eq!(nils.submit(&link, &[("name", "Nils"), ("password", PASSWORD)]).await.status, 303);
    app.post().await;
}

#[tokio::test]
async fn of_two_who_register_the_same_number_the_first_to_confirm_has_it() {
    let app = TestApp::start().await;
    register(&app, FJORDLYS, "mina@fjordlys.example").await;
    let minas = one_mail(&app).await.link(CONFIRM);
    register(&app, FJORDLYS, "tom@elsewhere.example").await;
    let toms = one_mail(&app).await.link(CONFIRM);
    // Tom is faster.
    assert_eq!(confirm(&app, &toms, PASSWORD).await.status, 303);
    let late = app.browser().open(&minas).await;
    assert_eq!(
        (late.status.as_u16(), late.texts("h1")),
        (409, vec!["Bedriften er registrert av noen andre".to_owned()])
    );
    assert_eq!(late.texts("form[action^='/bekreft-epost']").len(), 0);
    let forced = confirm(&app, &minas, PASSWORD).await;
    assert_eq!((forced.status.as_u16(), forced.texts("h1")), (409, late.texts("h1")));
    assert_eq!(rows(&app), [1, 1, 1, 1, 1], "she has no login that would lead nowhere");
    assert_eq!(app.browser().open(&toms).await.status, 200);
}

#[tokio::test]
async fn whoever_registers_twice_gets_two_links_and_one_company() {
    let app = TestApp::start().await;
    register(&app, FJORDLYS, "mina@fjordlys.example").await;
    let first = one_mail(&app).await.link(CONFIRM);
    register(&app, FJORDLYS, "mina@fjordlys.example").await;
    let second = one_mail(&app).await.link(CONFIRM);
    assert_ne!(first, second);
    assert_eq!(confirm(&app, &first, PASSWORD).await.status, 303, "the first still works");
    assert_eq!(app.browser().open(&second).await.status, 409);
    assert_eq!(rows(&app), [1, 1, 1, 1, 1]);
}

#[tokio::test]
async fn a_link_runs_out_and_another_is_to_be_had() {
    let app = TestApp::start().await;
    register(&app, FJORDLYS, "mina@fjordlys.example").await;
    let link = one_mail(&app).await.link(CONFIRM);
    app.pass(TimeDelta::hours(49));
    let late = app.browser().open(&link).await;
    assert_eq!((late.status.as_u16(), late.texts("h1")), (404, vec!["Lenken virker ikke lenger".to_owned()]));
    assert_eq!(late.attributes("main a.ds-button", "href"), ["/registrer"]);
    assert_eq!(confirm(&app, &link, PASSWORD).await.status, 404);
    assert_eq!(log_in(&app, "mina@fjordlys.example", PASSWORD).await.status, 401, "as if she had never registered");
    upkeep::sweep(&app.app).await.unwrap();
    assert_eq!(rows(&app), [0; 5]);
    assert_eq!(app.browser().open(&link).await.status, 404, "forgotten looks like too old");

    register(&app, FJORDLYS, "mina@fjordlys.example").await;
    let link = one_mail(&app).await.link(CONFIRM);
    assert_eq!(confirm(&app, &link, PASSWORD).await.status, 303);
    app.pass(TimeDelta::hours(49));
    upkeep::sweep(&app.app).await.unwrap();
    log_in(&app, "mina@fjordlys.example", PASSWORD).await.must(200);
}

#[tokio::test]
async fn whoever_has_a_login_registers_one_more_company_for_it() {
    let app = TestApp::start().await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    // Someone, perhaps Ida, types her address and a password of their own.
    let mut typed = registration(NATTLYS, &ida.email);
    typed["password"] = json!("noe helt annet enn før");
    app.anonymous().post("/api/v1/suppliers", typed).await.must(202);
    let link = one_mail(&app).await.link(CONFIRM);
    log_in(&app, &ida.email, "noe helt annet enn før").await.must(401);

    let browser = app.browser();
    let stranger = browser.open(&link).await;
    assert_eq!(stranger.values("password").len(), 0, "what was typed there counts for nothing");
    let login = stranger.attributes("main a.ds-button", "href").remove(0);
    let refused = confirm(&app, &link, "noe helt annet enn før").await;
    assert_eq!((refused.status.as_u16(), rows(&app)[0]), (200, 1), "shown the way to the login again");
    // Another who is logged in is no better.
    let other = app.browser().log_in(&app.supplier("Per", "Nattsyn").await).await;
    assert_eq!(other.open(&link).await.texts("main form[action^='/bekreft-epost']").len(), 0);

    let back = browser.open(&login).await.values("next").remove(0);
    let fields = [("email", ida.email.as_str()), ("password", PASSWORD), ("next", back.as_str())];
    let arrived = browser.submit("/logg-inn", &fields).await;
    assert_eq!(arrived.location(), link.trim_start_matches(&app.url));
    browser.follow(arrived).await;
    let done = browser.submit(&link, &[]).await;
    assert_eq!((done.status.as_u16(), done.location()), (303, "/min-side"), "{}", done.html);

    let ida = Person::new(&app.url, "Ida", &ida.email, NATTLYS).log_in().await;
    let me = ida.get("/api/v1/session").await.must(200);
    let organisations = me.json["organisations"].as_array().unwrap();
    let roles: Vec<_> =
        organisations.iter().map(|o| (o["name"].as_str().unwrap(), o["role"].as_str().unwrap())).collect();
    assert_eq!(roles, [("Fjordlys AS", "admin"), ("Tryggvakt", "member")]);
}

/// Mallory registers with Mina's address. Mina opens whatever comes, because she has registered too.
#[tokio::test]
async fn to_register_with_the_address_of_another_gives_nothing() {
    let app = TestApp::start().await;
    let mut mallory = registration(NATTLYS, "mina@fjordlys.example");
    mallory["password"] = json!("mallorys hemmelige passord");
    app.anonymous().post("/api/v1/suppliers", mallory).await.must(202);
    let mallorys = one_mail(&app).await.link(CONFIRM);
    register(&app, FJORDLYS, "mina@fjordlys.example").await;
    let minas = one_mail(&app).await.link(CONFIRM);
    // She takes the wrong mail, and her password does not fit.
    assert_eq!(confirm(&app, &mallorys, PASSWORD).await.status, 422);
    assert_eq!(confirm(&app, &minas, PASSWORD).await.status, 303);
    log_in(&app, "mina@fjordlys.example", "mallorys hemmelige passord").await.must(401);
    log_in(&app, "mina@fjordlys.example", PASSWORD).await.must(200);
    // The other link now only offers her to add that company, once she is logged in.
    let browser = app.browser();
    assert_eq!(browser.open(&mallorys).await.texts("main form[action^='/bekreft-epost']").len(), 0);
    assert_eq!(rows(&app), [1, 1, 1, 1, 1]);
}

#[tokio::test]
async fn whoever_guesses_the_password_of_a_registration_must_wait() {
    let app = TestApp::start().await;
    register(&app, FJORDLYS, "mina@fjordlys.example").await;
    let link = one_mail(&app).await.link(CONFIRM);
    for _ in 0..5 {
        assert_eq!(confirm(&app, &link, "feil feil feil feil").await.status, 422);
    }
    assert_eq!(confirm(&app, &link, PASSWORD).await.status, 429);
    app.pass(TimeDelta::minutes(16));
    assert_eq!(confirm(&app, &link, PASSWORD).await.status, 303);
}
