//! Deleting one's own account.
use crate::app::{PASSWORD, TestApp};
use crate::needs::published;
use crate::person::{Person, send};
use brobygger::tenancy::{OrganisationKind, Role};
use brobygger::upkeep;
use chrono::TimeDelta;
use diesel::prelude::*;
use diesel::sql_types::Text;
use reqwest::{Method, header};
use serde_json::{Value, json};

const DELETE: &str = "/min-side/konto/slett";
const MEMBERS: &str = "/api/v1/organisations/me/members";
const INVITATIONS: &str = "/api/v1/organisations/me/invitations";

#[derive(QueryableByName)]
struct Told {
    #[diesel(sql_type = Text)]
    told: String,
}

/// The tables in which `word` stands, in whatever column, also among bytes.
fn tables_with(app: &TestApp, word: &str) -> Vec<String> {
    let url = &app.app.config.database.url;
    let told = |rows: Vec<Told>| rows.into_iter().map(|row| row.told).collect::<Vec<_>>();
    let having = |table: &str, row: &str| format!("SELECT '{table}' AS told FROM {table} WHERE {row} LIMIT 1");
    let mut found = Vec::new();
    if let Some(file) = url.strip_prefix("sqlite://") {
        let mut db = SqliteConnection::establish(file).unwrap();
        let mut read = |sql: String| told(diesel::sql_query(sql).load(&mut db).unwrap());
        let tables = "SELECT name AS told FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
        for table in read(tables.to_owned()) {
            let columns = read(format!("SELECT name AS told FROM pragma_table_info('{table}')"));
            // Column by column, and as bytes too: a text ends for LIKE where an identifier happens to have a zero.
            let among_bytes = |c: &String| format!("instr(CAST(\"{c}\" AS BLOB), CAST('{word}' AS BLOB)) > 0");
            let row: Vec<String> =
                columns.iter().flat_map(|c| [format!("\"{c}\" LIKE '%{word}%'"), among_bytes(c)]).collect();
            found.extend(read(having(&table, &row.join(" OR "))));
        }
    } else {
        let mut db = PgConnection::establish(url).unwrap();
        let mut read = |sql: String| told(diesel::sql_query(sql).load(&mut db).unwrap());
        let tables =
            "SELECT table_name::text AS told FROM information_schema.tables WHERE table_schema = current_schema()";
        // Bytes are written as their hexadecimals there.
        let bytes: String = word.bytes().map(|b| format!("{b:02x}")).collect();
        for table in read(tables.to_owned()) {
            let row = format!("({table}.*)::text");
            found.extend(read(having(&table, &format!("{row} LIKE '%{word}%' OR {row} LIKE '%{bytes}%'"))));
        }
    }
    found.sort();
    found
}

#[tokio::test]
async fn whoever_deletes_their_account_is_gone_and_what_others_rely_on_stays() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let ida = app.member("Ida", "Tryggvakt", OrganisationKind::Supplier, Role::Admin).await;
    let odd = app.supplier("Oddvar Slettmeg", "Tryggvakt").await;
    let need = published(&app, &kari, "Færre fall på sykehjemmet").await;
    let path = format!("/api/v1/needs/{need}");
    odd.put(&format!("{path}/followers/me"), Value::Null).await.must(204);
    odd.post(&format!("{path}/questions"), json!({"text": "Hva?"})).await.must(201);
    let respond = odd.request(Method::POST, &format!("{path}/responses")).header("Idempotency-Key", "en");
    let response = send(respond.json(&json!({"body": "Slik gjør vi"}))).await.must(201).id();
    let login =
        app.anonymous().post("/api/v1/session", json!({"email": odd.email, "password": PASSWORD})).await.must(200);
    // He has begun to register another company, asked for a new password, and been invited elsewhere.
    let words = json!({"organisation_number": "974760673", "organisation_name": "Fjordlys", "kind": "startup",
        "region": "11", "name": "Oddvar Slettmeg", "email": odd.email, "password": PASSWORD});
    app.anonymous().post("/api/v1/suppliers", words).await.must(202);
    let browser = app.browser();
    browser.open("/glemt-passord").await;
    browser.submit("/glemt-passord", &[("email", &odd.email)]).await;
    let to_reset = {
        app.deliver().await;
        let mails = app.mailbox();
        mails.iter().find(|mail| mail.text.contains("/nytt-passord/")).unwrap().link("/nytt-passord/")
    };
    // This waits for him while he deletes his account, and is not sent.
    kari.put(&format!("{path}/responses/{response}/reading"), Value::Null).await.must(200);

    let browser = app.browser().log_in(&odd).await;
    let page = browser.open("/min-side/konto").await;
    assert_eq!(page.attributes("main a[data-color=danger]", "href"), [DELETE]);
    assert!(browser.open(DELETE).await.html.contains("kan ikke hentes tilbake"));
    assert_eq!(browser.submit_bare(DELETE, &[("current_password", PASSWORD)]).await.status, 409, "from another site");
    for (typed, told) in [("", "Skriv passordet du har nå."), ("feil feil feil", "Passordet er feil.")] {
        let refused = browser.submit(DELETE, &[("current_password", typed)]).await;
        assert_eq!((refused.status.as_u16(), refused.errors()), (422, vec![told.to_owned()]));
    }
    let gone = browser.submit(DELETE, &[("current_password", PASSWORD)]).await;
    assert_eq!((gone.status.as_u16(), gone.location()), (303, "/"), "{}", gone.html);
    let cookies: Vec<_> =
        gone.headers.get_all(header::SET_COOKIE).iter().map(|c| c.to_str().unwrap().to_owned()).collect();
    assert!(cookies.iter().any(|c| c.starts_with("bb_session=;")), "{cookies:?}");
    let home = browser.follow(gone).await;
    assert!(home.html.contains("Kontoen din er slettet") && !home.html.contains("Oddvar"), "{}", home.html);

    // There is no way in.
    assert_eq!(browser.open("/min-side").await.status, 303);
    odd.get("/api/v1/session").await.must(401);
    let anyone = app.anonymous();
    anyone.post("/api/v1/session", json!({"email": odd.email, "password": PASSWORD})).await.must(401);
    let refresh = json!({"refresh_token": login.field("refresh_token")});
    anyone.post("/api/v1/session/refresh", refresh).await.must(401);
    assert_eq!(browser.open(&to_reset).await.status, 404);
    browser.open("/glemt-passord").await;
    browser.submit("/glemt-passord", &[("email", &odd.email)]).await;
    assert_eq!(app.post().await, ["ida@tryggvakt.example: Oddvar Slettmeg har forlatt Tryggvakt"]);

    // What he wrote for Tryggvakt is there, for Stavanger and for his colleagues.
    for who in [&kari, &ida] {
        let read = who.get(&format!("{path}/responses/{response}")).await.must(200);
        assert_eq!(read.field("body"), "Slik gjør vi");
        assert_eq!(who.get(&format!("{path}/questions")).await.must(200).each("text"), ["Hva?"]);
    }
    kari.put(&format!("{path}/responses/{response}/thanks"), json!({"text": "Takk"})).await.must(200);
    assert_eq!(app.post().await, ["ida@tryggvakt.example: Takk for svaret: Færre fall på sykehjemmet"]);
    for (language, name) in [("nb", "Slettet bruker"), ("nn", "Sletta brukar"), ("en", "Deleted user")] {
        let trail = ida.request(Method::GET, "/api/v1/events").header("Accept-Language", language);
        let trail = send(trail).await.must(200);
        let his: Vec<String> =
            trail.each("name").into_iter().zip(trail.each("person")).map(|(n, p)| format!("{p}: {n}")).collect();
        assert_eq!(his[0], format!("{name}: member-left"));
        assert!(his.contains(&format!("{name}: response-sent")), "{his:?}");
    }
    assert!(app.browser().log_in(&ida).await.open("/min-side/hendelser").await.html.contains("Slettet bruker"));
    assert_eq!(ida.get(MEMBERS).await.must(200).each("name"), ["Ida"]);

    // Failed attempts are forgotten within the hour; the name stands in what Ida was told, and nowhere else.
    app.pass(TimeDelta::minutes(16));
    upkeep::sweep(&app.app).await.unwrap();
    assert_eq!(tables_with(&app, &odd.email), [""; 0]);
    assert_eq!(tables_with(&app, "Oddvar Slettmeg"), ["messages"]);
    assert_eq!(tables_with(&app, "ida@tryggvakt.example"), ["messages", "users"], "the search finds what is there");
}

#[tokio::test]
async fn whoever_deletes_the_account_while_an_invitation_is_accepted_is_a_member_of_nothing() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let anne = app.member("Anne", "Stavanger", OrganisationKind::Buyer, Role::Admin).await;
    for round in 0..8 {
        let ida = app.supplier(&format!("Ida{round}"), &format!("Tryggvakt{round}")).await;
        anne.post(INVITATIONS, json!({"email": ida.email, "role": "reader"})).await.must(201);
        app.deliver().await;
        let link = app.mailbox().into_iter().find(|mail| mail.to == ida.email).unwrap().link("/invitasjon/");
        let (accepting, deleting) = (app.browser().log_in(&ida).await, app.browser().log_in(&ida).await);
        accepting.open(&link).await;
        deleting.open(DELETE).await;
        let typed = [("current_password", PASSWORD)];
        let (accepted, deleted) = tokio::join!(accepting.submit(&link, &[]), deleting.submit(DELETE, &typed));
        assert_eq!(deleted.status, 303, "{}", deleted.html);
        assert!(accepted.status.is_redirection() || accepted.status.is_client_error(), "{}", accepted.html);
    }
    assert_eq!(anne.get(MEMBERS).await.must(200).each("name"), ["Anne"]);
}

#[tokio::test]
async fn the_only_administrator_with_colleagues_finds_another_first() {
    let app = TestApp::start().await;
    let anne = app.member("Anne", "Stavanger", OrganisationKind::Buyer, Role::Admin).await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let bergen = app.also_in(&anne, "Bergen", OrganisationKind::Buyer, Role::Reader).await;
    let browser = app.browser().log_in(&anne).await;
    let page = browser.open(DELETE).await;
    assert_eq!(page.texts("main h2"), ["Du kan ikke slette kontoen ennå"]);
    assert!(page.html.contains("den eneste administratoren i Stavanger kommune"), "{}", page.html);
    let refused = browser.submit(DELETE, &[("current_password", PASSWORD)]).await;
    assert_eq!(refused.status, 409);
    assert!(refused.html.contains("Gjør en annen til administrator først"), "{}", refused.html);
    // Nothing of it was done.
    assert_eq!(anne.get("/api/v1/session").await.must(200).json["organisations"].as_array().unwrap().len(), 2);

    let members = anne.get(MEMBERS).await.must(200);
    let of_kari = members.each("id")[members.each("name").iter().position(|n| n == "Kari").unwrap()].clone();
    anne.put(&format!("{MEMBERS}/{of_kari}/role"), json!({"role": "admin"})).await.must(200);
    app.post().await;
    assert_eq!(browser.submit(DELETE, &[("current_password", PASSWORD)]).await.status, 303);
    assert_eq!(app.post().await, ["kari@stavanger.example: Anne har forlatt Stavanger kommune"]);
    anne.get("/api/v1/session").await.must(401);
    // Each organisation sees that she left it, once.
    let left = kari.get("/api/v1/events").await.must(200).each("name").iter().filter(|n| *n == "member-left").count();
    assert_eq!(left, 1);

    // Whoever is alone is told what that means, and may.
    let browser = app.browser().log_in(&kari).await;
    assert!(browser.open(DELETE).await.html.contains("Du er alene i Stavanger kommune"));
    assert_eq!(browser.submit(DELETE, &[("current_password", PASSWORD)]).await.status, 303);
    assert_ne!(bergen, kari.organisation_number);
}

#[tokio::test]
async fn whoever_has_deleted_their_account_can_begin_again_with_the_same_address() {
    let app = TestApp::start().await;
    let anne = app.member("Anne", "Stavanger", OrganisationKind::Buyer, Role::Admin).await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let invitations = "/api/v1/organisations/me/invitations";
    // Invited by someone who is gone by the time it is opened: the organisation stands for her.
    let berit = app.member("Berit", "Bergen", OrganisationKind::Buyer, Role::Admin).await;
    app.member("Bo", "Bergen", OrganisationKind::Buyer, Role::Admin).await;
    berit.post(invitations, json!({"email": "ny@bergen.example", "role": "reader"})).await.must(201);
    app.deliver().await;
    let old = app.mailbox().remove(0).link("/invitasjon/");
    for who in [&kari, &berit] {
        let browser = app.browser().log_in(who).await;
        browser.open(DELETE).await;
        assert_eq!(browser.submit(DELETE, &[("current_password", PASSWORD)]).await.status, 303);
    }
    app.post().await;
    assert!(app.browser().open(&old).await.html.contains("Bergen kommune har invitert deg"));

    anne.post(invitations, json!({"email": kari.email, "role": "reader"})).await.must(201);
    app.deliver().await;
    let link = app.mailbox().remove(0).link("/invitasjon/");
    let browser = app.browser();
    browser.open(&link).await;
    assert_eq!(browser.submit(&link, &[("name", "Kari på ny"), ("password", PASSWORD)]).await.status, 303);
    app.post().await;
    let again = Person::new(&app.url, "Kari", &kari.email, &kari.organisation_number).log_in().await;
    assert_eq!(again.get("/api/v1/session").await.must(200).json["user"]["name"], "Kari på ny");
    kari.get("/api/v1/session").await.must(401);
}

#[tokio::test]
async fn whoever_belongs_nowhere_can_delete_their_account_and_nobody_guesses_the_password_there() {
    let app = TestApp::start().await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let browser = app.browser().log_in(&ida).await;
    let id = ida.get(MEMBERS).await.must(200).each("id").remove(0);
    ida.delete(&format!("{MEMBERS}/{id}")).await.must(204);
    assert_eq!(browser.open(DELETE).await.status, 200);
    for _ in 0..5 {
        assert_eq!(browser.submit(DELETE, &[("current_password", "feil feil feil")]).await.status, 422);
    }
    assert_eq!(browser.submit(DELETE, &[("current_password", PASSWORD)]).await.status, 429);
    app.pass(TimeDelta::minutes(16));
    assert_eq!(browser.submit(DELETE, &[("current_password", PASSWORD)]).await.status, 303);
    ida.get("/api/v1/session").await.must(401);
    assert_eq!(app.post().await, [""; 0]);
}
