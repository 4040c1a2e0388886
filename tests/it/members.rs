//! Who belongs to an organisation: taken out, with another role, leaving, and invitations called back.
use crate::app::TestApp;
use crate::needs::published;
use crate::person::{Browser, Person, send};
use brobygger::tenancy::{OrganisationKind, Role};
use chrono::TimeDelta;
use diesel::prelude::*;
use reqwest::Method;
use serde_json::{Value, json};

const MEMBERS: &str = "/api/v1/organisations/me/members";
const INVITATIONS: &str = "/api/v1/organisations/me/invitations";

async fn admin(app: &TestApp, name: &str, organisation: &str) -> Person {
    app.member(name, organisation, OrganisationKind::Buyer, Role::Admin).await
}

/// The address of a member, by their name.
async fn member(who: &Person, name: &str) -> String {
    let members = who.get(MEMBERS).await.must(200);
    let names = members.each("name");
    let at = names.iter().position(|other| other == name).unwrap_or_else(|| panic!("no {name} in {names:?}"));
    format!("{MEMBERS}/{}", members.each("id")[at])
}

async fn page_of(who: &Person, name: &str) -> String {
    member(who, name).await.replace(MEMBERS, "/min-side/medlemmer")
}

async fn give(who: &Person, member: &str, role: &str) -> crate::person::Answer {
    who.put(&format!("{member}/role"), json!({"role": role})).await
}

fn problem(answer: &crate::person::Answer) -> (u16, &str) {
    (answer.status, answer.json["type"].as_str().unwrap_or_default())
}

#[tokio::test]
async fn whoever_is_taken_out_sees_nothing_more_and_is_told() {
    let app = TestApp::start().await;
    let anne = admin(&app, "Anne", "Stavanger").await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let browser = app.browser().log_in(&kari).await;
    assert_eq!(browser.open("/min-side/medlemmer").await.status, 200);
    let need = published(&app, &kari, "Færre fall på sykehjemmet").await;
    let draft = kari.post("/api/v1/needs", json!({"title": "Hemmelig"})).await.must(201).id();
    app.post().await;

    let address = member(&anne, "Kari").await;
    anne.delete(&address).await.must(204);
    assert_eq!(
        app.post().await,
        ["kari@stavanger.example: Du er ikke lenger med i Stavanger kommune"],
        "and nobody else hears of it"
    );
    // The token that she holds, the session of her browser, and a new one.
    for kari in [kari.clone(), kari.clone().log_in().await] {
        assert_eq!(problem(&kari.get(MEMBERS).await), (409, "/problems/no-organisation"));
        kari.get(&format!("/api/v1/needs/{draft}")).await.must(404);
        assert_eq!(problem(&kari.post("/api/v1/needs", json!({"title": "x"})).await).0, 409);
        kari.patch(&format!("/api/v1/needs/{need}"), json!({"title": "x", "change_note": "x"})).await.must(403);
        let number = kari.organisation_number.clone();
        let picked = kari.request(Method::GET, "/api/v1/session").header("X-Organisation", number);
        assert_eq!(problem(&send(picked).await), (409, "/problems/no-organisation"));
        kari.get(&format!("/api/v1/needs/{need}")).await.must(200);
    }
    let desk = browser.open("/min-side").await;
    assert_eq!((desk.status.as_u16(), desk.texts("h1")), (200, vec!["Du er ikke med i noen virksomhet".to_owned()]));
    for path in ["/min-side/medlemmer", "/min-side/hendelser", "/behov/nytt", "/behov/2026-0001/rediger"] {
        let status = browser.open(path).await.status.as_u16();
        assert!(matches!(status, 403 | 409), "{path}: {status}");
    }
    assert_eq!(browser.open("/behov/2026-0001").await.status, 200);
    assert_eq!(browser.open("/min-side/konto").await.status, 200);

    // What she did stays, with her name; and that she is gone.
    let trail = anne.get("/api/v1/events").await.must(200);
    assert_eq!(
        trail.each("name").into_iter().zip(trail.each("person")).take(3).collect::<Vec<_>>(),
        [("member-removed", "Anne"), ("need-described", "Kari"), ("need-published", "Kari")]
            .map(|(name, person)| (name.to_owned(), person.to_owned()))
    );
    anne.delete(&address).await.must(404);
}

#[tokio::test]
async fn whoever_belongs_to_another_organisation_too_acts_for_that_one() {
    let app = TestApp::start().await;
    let anne = admin(&app, "Anne", "Stavanger").await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let bergen = app.also_in(&kari, "Bergen", OrganisationKind::Buyer, Role::Reader).await;
    let browser = app.browser().log_in(&kari).await;
    let stavanger = kari.organisation_number.clone();
    browser.open("/min-side").await;
    assert_eq!(browser.submit("/min-side/organisasjon", &[("organisation", &stavanger)]).await.status, 303);
    anne.delete(&member(&anne, "Kari").await).await.must(204);
    app.post().await;

    let heading = browser.open("/min-side/medlemmer").await.texts("h1");
    assert_eq!(heading, ["Medlemmer i Bergen kommune"]);
    let me = kari.get("/api/v1/session").await.must(200);
    assert_eq!(me.json["organisation"]["organisation_number"], bergen.as_str());
    let at = |number: &str| kari.request(Method::GET, "/api/v1/session").header("X-Organisation", number.to_owned());
    send(at(&stavanger)).await.must(403);
    send(at(&bergen)).await.must(200);
    assert_eq!(browser.submit("/min-side/organisasjon", &[("organisation", &stavanger)]).await.status, 404);
}

#[tokio::test]
async fn only_those_who_administer_it_take_out_or_change_and_only_their_own() {
    let app = TestApp::start().await;
    let anne = admin(&app, "Anne", "Stavanger").await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let rolf = app.member("Rolf", "Stavanger", OrganisationKind::Buyer, Role::Reader).await;
    let bo = admin(&app, "Bo", "Bergen").await;
    let liv = app.adviser("Liv").await;
    let of_rolf = member(&anne, "Rolf").await;
    let invited = json!({"email": "ny@stavanger.example", "role": "reader"});
    let invitation = format!("{INVITATIONS}/{}", anne.post(INVITATIONS, invited).await.must(201).id());
    app.post().await;

    for (who, status) in [(&kari, 403), (&bo, 404), (&liv, 404), (&app.anonymous(), 401)] {
        who.delete(&of_rolf).await.must(status);
        give(who, &of_rolf, "admin").await.must(status);
        who.delete(&invitation).await.must(status);
    }
    for (who, status) in [(&kari, 403), (&bo, 404), (&liv, 404)] {
        let browser = app.browser().log_in(who).await;
        browser.open("/min-side/konto").await;
        let page = page_of(&anne, "Rolf").await;
        assert_eq!(browser.open(&page).await.status, status);
        assert_eq!(browser.submit(&format!("{page}/fjern"), &[]).await.status, status);
        assert_eq!(browser.submit(&format!("{page}/rolle"), &[("role", "admin")]).await.status, status);
        let call_back = invitation.replace(INVITATIONS, "/min-side/invitasjoner") + "/trekk";
        assert_eq!(browser.submit(&call_back, &[]).await.status, status);
    }
    // Where nobody can be invited, the list says so, and no part of the page is about it.
    for (who, sections) in [(&anne, 3), (&kari, 2)] {
        let page = app.browser().log_in(who).await.open("/min-side/medlemmer").await;
        let told = page.html.contains("Bare en administrator kan invitere");
        assert_eq!((page.texts("main section h2").len(), told), (sections, sections == 2), "{}", page.html);
    }
    // Another site cannot do it either, nor a form without its token.
    let browser = app.browser().log_in(&anne).await;
    let page = page_of(&anne, "Rolf").await;
    browser.open(&page).await;
    for (form, field) in [("fjern", ("_csrf", "feil")), ("rolle", ("role", "admin"))] {
        assert_eq!(browser.submit_bare(&format!("{page}/{form}"), &[field]).await.status, 409, "{form}");
    }
    assert_eq!(anne.get(MEMBERS).await.must(200).each("role"), ["admin", "buyer", "reader"]);
    // What is no id names nothing, nor does one of somebody elsewhere.
    for nobody in ["fisk", "00000000-0000-7000-8000-000000000000", &member(&bo, "Bo").await.replace(MEMBERS, "")[1..]] {
        anne.delete(&format!("{MEMBERS}/{nobody}")).await.must(404);
        assert_eq!(browser.open(&format!("/min-side/medlemmer/{nobody}")).await.status, 404);
    }
    assert_eq!(rolf.get("/api/v1/session").await.must(200).json["organisation"]["role"], "reader");
    assert!(app.outbox().iter().all(|(status, _)| status == "sent"), "nobody was told of anything");
}

#[tokio::test]
async fn a_new_role_holds_at_once_and_is_one_of_that_kind_of_organisation() {
    let app = TestApp::start().await;
    let anne = admin(&app, "Anne", "Stavanger").await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let of_kari = member(&anne, "Kari").await;
    assert_eq!(give(&anne, &of_kari, "member").await.must(422).errors(), ["role: unknown"], "that is one of suppliers");
    assert_eq!(give(&anne, &of_kari, "fisk").await.must(422).errors(), ["role: unknown"]);
    assert_eq!(give(&anne, &of_kari, "").await.must(422).errors(), ["role: required"]);
    let same = give(&anne, &of_kari, "buyer").await.must(200);
    assert_eq!((same.field("name"), same.field("role")), ("Kari".to_owned(), "buyer".to_owned()));
    assert_eq!(app.post().await, [""; 0], "nothing was changed");

    assert_eq!(give(&anne, &of_kari, "reader").await.must(200).field("role"), "reader");
    kari.post("/api/v1/needs", json!({"title": "x"})).await.must(403);
    app.deliver().await;
    let mail = app.mailbox().remove(0);
    assert_eq!(
        (mail.to.as_str(), mail.subject.as_str()),
        (kari.email.as_str(), "Du har fått en ny rolle i Stavanger kommune")
    );
    assert!(mail.text.contains("Anne har endret") && mail.text.contains("Ny rolle: leser"), "{}", mail.text);
    assert!(mail.text.contains("/min-side/konto") && mail.html.contains("/min-side/konto"), "{}", mail.text);

    // On the page, with what is wrong told there.
    let browser = app.browser().log_in(&anne).await;
    let page = page_of(&anne, "Kari").await;
    assert_eq!(browser.open(&page).await.values("role"), ["reader"], "the one that she has is chosen");
    let refused = browser.submit(&format!("{page}/rolle"), &[("role", "fisk")]).await;
    assert_eq!((refused.status.as_u16(), refused.errors().len()), (422, 1));
    let changed = browser.submit(&format!("{page}/rolle"), &[("role", "admin")]).await;
    assert_eq!((changed.status.as_u16(), changed.location()), (303, "/min-side/medlemmer"));
    assert_eq!(app.post().await.len(), 1);
    kari.post(INVITATIONS, json!({"email": "ny@stavanger.example", "role": "reader"})).await.must(201);
    app.post().await;
    let trail = anne.get("/api/v1/events").await.must(200);
    assert_eq!(trail.each("name")[..3], ["member-invited", "role-changed", "role-changed"]);
}

#[tokio::test]
async fn the_last_administrator_stays_until_there_is_another() {
    let app = TestApp::start().await;
    let anne = admin(&app, "Anne", "Stavanger").await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let of_anne = member(&anne, "Anne").await;
    let conflict = (409, "/problems/last-administrator");
    assert_eq!(problem(&anne.delete(&of_anne).await), conflict);
    assert_eq!(problem(&give(&anne, &of_anne, "buyer").await), conflict);
    let browser = app.browser().log_in(&anne).await;
    let page = page_of(&anne, "Anne").await;
    let seen = browser.open(&page).await;
    assert_eq!(
        seen.texts("main h2"),
        ["Du er den eneste administratoren"],
        "and nothing is offered that cannot be done"
    );
    for (form, field) in [("fjern", ("x", "")), ("rolle", ("role", "reader"))] {
        let refused = browser.submit(&format!("{page}/{form}"), &[field]).await;
        assert_eq!(refused.status, 409);
        assert!(refused.html.contains("Gjør en annen til administrator først"), "{}", refused.html);
    }

    give(&anne, &member(&anne, "Kari").await, "admin").await.must(200);
    app.post().await;
    kari.delete(&of_anne).await.must(204);
    assert_eq!(app.post().await, ["anne@stavanger.example: Du er ikke lenger med i Stavanger kommune"]);
    // Alone, she cannot give up the role, but may go.
    let of_kari = member(&kari, "Kari").await;
    assert_eq!(problem(&give(&kari, &of_kari, "buyer").await), conflict);
    kari.delete(&of_kari).await.must(204);
    assert_eq!(app.post().await, [""; 0], "there is nobody to tell");
}

#[tokio::test]
async fn of_two_administrators_who_take_out_each_other_one_stays() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let anne = admin(&app, "Anne", "Stavanger").await;
    let berit = admin(&app, "Berit", "Stavanger").await;
    let rolf = app.member("Rolf", "Stavanger", OrganisationKind::Buyer, Role::Reader).await;
    let (of_anne, of_berit) = (member(&anne, "Anne").await, member(&anne, "Berit").await);
    let (one, other) = tokio::join!(anne.delete(&of_berit), give(&berit, &of_anne, "reader"));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert!(matches!(statuses, [200 | 204, 403 | 409]), "{statuses:?}");
    let roles = rolf.get(MEMBERS).await.must(200).each("role");
    assert!(roles.contains(&"admin".to_owned()), "{roles:?}");
}

#[tokio::test]
async fn everybody_can_leave_and_those_who_administer_it_are_told() {
    let app = TestApp::start().await;
    let anne = admin(&app, "Anne", "Stavanger").await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let browser = app.browser().log_in(&kari).await;
    let seen = browser.open("/min-side/medlemmer").await;
    let page = page_of(&kari, "Kari").await;
    assert_eq!(seen.attributes("td a", "href").join(" "), page, "oneself, and nobody else");
    let seen = browser.open(&page).await;
    assert_eq!(seen.texts("main h2"), ["Forlat Stavanger kommune"]);
    let form = seen.values("_key").remove(0);
    let left = browser.submit(&format!("{page}/fjern"), &[("_key", &form)]).await;
    assert_eq!((left.status.as_u16(), left.location()), (303, "/min-side"));
    assert!(browser.follow(left).await.html.contains("Du har forlatt virksomheten"));
    assert_eq!(app.post().await, ["anne@stavanger.example: Kari har forlatt Stavanger kommune"]);
    assert_eq!(anne.get(MEMBERS).await.must(200).each("name"), ["Anne"]);
    assert_eq!(anne.get("/api/v1/events").await.must(200).each("name")[0], "member-left");

    // Back again, by an invitation that she opens where she is logged in.
    anne.post(INVITATIONS, json!({"email": kari.email, "role": "evaluator"})).await.must(201);
    app.deliver().await;
    let link = app.mailbox().remove(0).link("/invitasjon/");
    assert_eq!(browser.open(&link).await.texts("h1"), ["Bli med i Stavanger kommune"]);
    assert_eq!(browser.submit(&link, &[]).await.status, 303);
    assert_eq!(browser.open("/min-side/medlemmer").await.texts("h1"), ["Medlemmer i Stavanger kommune"]);
    app.post().await;
}

#[tokio::test]
async fn whoever_belongs_to_nothing_can_do_what_is_their_own() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let need = crate::needs::published(&app, &app.buyer("Kari", "Stavanger").await, "Færre fall").await;
    ida.delete(&member(&ida, "Ida").await).await.must(204);
    let browser = app.browser().log_in(&ida).await;
    browser.open("/min-side/konto").await;
    let saved =
        browser.submit("/min-side/konto", &[("action", "profile"), ("name", "Ida Lie"), ("language", "nn")]).await;
    assert_eq!(saved.status, 303);
    let typed =
        [("action", "password"), ("current_password", crate::app::PASSWORD), ("new_password", "et helt nytt passord")];
    assert_eq!(browser.submit("/min-side/konto", &typed).await.status, 303);
    assert_eq!(browser.open("/min-side").await.texts("h1"), ["Du er ikkje med i noka verksemd"]);
    // Not for anybody, so not at all.
    let path = format!("/api/v1/needs/{need}");
    let mut ida = ida;
    ida.token = None;
    let login = json!({"email": ida.email, "password": "et helt nytt passord"});
    ida.token = Some(ida.post("/api/v1/session", login).await.must(200).field("access_token"));
    for (to, body) in [("questions", json!({"text": "Hva?"})), ("responses", json!({"body": "Slik"}))] {
        ida.post(&format!("{path}/{to}"), body).await.must(409);
    }
    ida.put(&format!("{path}/followers/me"), Value::Null).await.must(403);
    ida.delete("/api/v1/session").await.must(204);
    ida.get("/api/v1/session").await.must(401);
    assert_eq!(browser.submit("/logg-ut", &[]).await.status, 303);
    assert_eq!(browser.open("/min-side").await.status, 303);
}

async fn answered(app: &TestApp, kari: &Person, path: &str, question: &str) -> Vec<String> {
    kari.put(&format!("{path}/questions/{question}/answer"), json!({"text": "Ja."})).await.must(200);
    let mails = app.post().await;
    mails.into_iter().map(|mail| mail.split(':').next().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn mail_for_the_organisation_goes_to_those_who_are_still_there() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let supplier = |name: &'static str, role| app.member(name, "Tryggvakt", OrganisationKind::Supplier, role);
    let (ida, odd, mia) =
        (supplier("Ida", Role::Admin).await, supplier("Odd", Role::Member).await, supplier("Mia", Role::Member).await);
    app.also_in(&odd, "Nattlys", OrganisationKind::Supplier, Role::Admin).await;
    let need = published(&app, &kari, "Færre fall på sykehjemmet").await;
    let path = format!("/api/v1/needs/{need}");
    mia.put(&format!("{path}/followers/me"), Value::Null).await.must(204);
    let question = odd.post(&format!("{path}/questions"), json!({"text": "Hva?"})).await.must(201).id();
    let response = odd.post(&format!("{path}/responses"), json!({"body": "Slik"})).await.must(201).id();
    app.post().await;

    // Something waits for Odd just as he is taken out: it is not sent.
    kari.put(&format!("{path}/responses/{response}/reading"), Value::Null).await.must(200);
    ida.delete(&member(&ida, "Odd").await).await.must(204);
    assert_eq!(app.post().await, ["odd@tryggvakt.example: Du er ikke lenger med i Tryggvakt"]);
    assert_eq!(answered(&app, &kari, &path, &question).await, ["mia@tryggvakt.example"], "who follows it for them");
    let thank = json!({"text": "Takk"});
    kari.put(&format!("{path}/responses/{response}/thanks"), thank).await.must(200);
    let told = app.post().await;
    assert_eq!(told, ["ida@tryggvakt.example: Takk for svaret: Færre fall på sykehjemmet"], "Odd sent it, and is gone");

    // Nobody who took part is left: those who administer it hear.
    mia.delete(&member(&mia, "Mia").await).await.must(204);
    assert_eq!(app.post().await, ["ida@tryggvakt.example: Mia har forlatt Tryggvakt"]);
    kari.put(&format!("{path}/outcome"), json!({"kind": "no_action", "text": "Ikke nå."})).await.must(200);
    let told: Vec<String> = app.post().await.iter().map(|m| m.split(':').next().unwrap().to_owned()).collect();
    assert_eq!(told, ["ida@tryggvakt.example"]);
    let followers = brobygger::platform::db::schema::followers::table.count();
    assert_eq!(
        followers.get_result::<i64>(&mut *app.app.db.reader().unwrap()).unwrap(),
        0,
        "nor does anybody follow it"
    );

    // The response is the supplier's still, for those who are there; Odd's other firm has nothing of it.
    ida.get(&format!("{path}/responses/{response}")).await.must(200);
    odd.get(&format!("{path}/responses/{response}")).await.must(404);
    let desk = app.browser().log_in(&odd).await.open("/min-side").await;
    assert!(desk.html.contains("Nattlys") && !desk.html.contains("Hva?"), "{}", desk.html);
}

async fn invitation_of(app: &TestApp, anne: &Person, email: &str) -> (String, String) {
    let id = anne.post(INVITATIONS, json!({"email": email, "role": "reader"})).await.must(201).id();
    app.deliver().await;
    let mail = app.mailbox().into_iter().find(|mail| mail.to == email).unwrap();
    (id, mail.link("/invitasjon/"))
}

async fn is_over(browser: &Browser, link: &str) {
    let seen = browser.open(link).await;
    assert_eq!(
        (seen.status.as_u16(), seen.texts("h1")),
        (404, vec!["Invitasjonen kan ikke brukes".to_owned()]),
        "{}",
        seen.html
    );
    browser.open("/logg-inn").await;
    let tried = browser.submit(link, &[("name", "Nils"), ("password", crate::app::PASSWORD)]).await;
    assert_eq!(tried.status, 404);
}

#[tokio::test]
async fn an_invitation_that_was_called_back_is_over() {
    let app = TestApp::start().await;
    let anne = admin(&app, "Anne", "Stavanger").await;
    let (id, link) = invitation_of(&app, &anne, "ny@stavanger.example").await;
    let listed = anne.get(INVITATIONS).await.must(200);
    assert_eq!((listed.each("id"), listed.each("email")), (vec![id.clone()], vec!["ny@stavanger.example".to_owned()]));
    anne.delete(&format!("{INVITATIONS}/{id}")).await.must(204);
    is_over(&app.browser(), &link).await;
    anne.delete(&format!("{INVITATIONS}/{id}")).await.must(404);
    assert_eq!(anne.get(INVITATIONS).await.must(200).json["total"], 0);

    // By the page, and for someone who has a login.
    let bo = app.buyer("Bo", "Bergen").await;
    let (_, link) = invitation_of(&app, &anne, &bo.email).await;
    let browser = app.browser().log_in(&anne).await;
    let page = browser.open("/min-side/medlemmer").await;
    let form = page.attributes("form[action$='/trekk']", "action").remove(0);
    let called = browser.submit(&form, &[]).await;
    assert_eq!((called.status.as_u16(), called.location()), (303, "/min-side/medlemmer"));
    is_over(&app.browser().log_in(&bo).await, &link).await;

    // One that was accepted, or has run out, is none to call back.
    let (used, link) = invitation_of(&app, &anne, "ny@stavanger.example").await;
    let nils = app.browser();
    nils.open(&link).await;
    assert_eq!(nils.submit(&link, &[("name", "Nils"), ("password", crate::app::PASSWORD)]).await.status, 303);
    anne.delete(&format!("{INVITATIONS}/{used}")).await.must(404);
    let (old, _) = invitation_of(&app, &anne, "gammel@stavanger.example").await;
    app.pass(TimeDelta::days(15));
    anne.delete(&format!("{INVITATIONS}/{old}")).await.must(404);
    let called = anne.get("/api/v1/events").await.must(200).each("name");
    assert_eq!(called.iter().filter(|name| *name == "invitation-called-back").count(), 2);
    app.post().await;
}

#[tokio::test]
async fn the_mail_of_an_invitation_that_was_called_back_is_not_sent() {
    let app = TestApp::start().await;
    let anne = admin(&app, "Anne", "Stavanger").await;
    let invite = async || {
        let invited = json!({"email": "ny@stavanger.example", "role": "reader"});
        anne.post(INVITATIONS, invited).await.must(201).id()
    };
    let (first, second) = (invite().await, invite().await);
    anne.delete(&format!("{INVITATIONS}/{first}")).await.must(204);
    assert_eq!((app.deliver().await, app.outbox()), (1, vec![("sent".to_owned(), 1)]));
    let mail = app.mailbox().remove(0);
    assert!(!mail.text.contains("/min-side/konto"), "there is no account yet: {}", mail.text);
    let opened = app.browser().open(&mail.link("/invitasjon/")).await;
    assert_eq!(opened.status, 200, "the other one holds");
    anne.delete(&format!("{INVITATIONS}/{second}")).await.must(204);
    assert_eq!(app.post().await, [""; 0]);
}

#[tokio::test]
async fn whoever_accepts_is_not_invited_there_any_more() {
    let app = TestApp::start().await;
    let anne = admin(&app, "Anne", "Stavanger").await;
    let bo = admin(&app, "Bo", "Bergen").await;
    let email = "ny@stavanger.example";
    let (_, first) = invitation_of(&app, &anne, email).await;
    let (_, second) = invitation_of(&app, &anne, email).await;
    let (_, elsewhere) = invitation_of(&app, &bo, email).await;
    let (other, _) = invitation_of(&app, &anne, "en-annen@stavanger.example").await;
    let waiting = json!({"email": email, "role": "reader"});
    anne.post(INVITATIONS, waiting).await.must(201);

    let nils = app.browser();
    nils.open(&format!("/nn{second}")).await;
    let typed = [("name", "Nils"), ("password", crate::app::PASSWORD)];
    assert_eq!(nils.submit(&format!("/nn{second}"), &typed).await.status, 303);
    assert_eq!(nils.open("/min-side").await.attributes("html", "lang"), ["nn"], "the language that he accepted in");
    assert_eq!(anne.get(INVITATIONS).await.must(200).each("id"), [other]);
    is_over(&app.browser(), &first).await;
    assert_eq!(nils.open(&elsewhere).await.status, 200, "another organisation invites him still");
    assert_eq!(app.post().await, ["anne@stavanger.example: Nils er med i Brobygger"], "and the last mail is not sent");
}

/// Where there is one role, whoever is there administers: the last one is alone.
#[tokio::test]
async fn advisers_and_suppliers_see_to_their_own_people() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let (liv, lars) = (app.adviser("Liv").await, app.adviser("Lars").await);
    assert_eq!(give(&liv, &member(&liv, "Lars").await, "admin").await.must(422).errors(), ["role: unknown"]);
    let page = app.browser().log_in(&liv).await.open(&page_of(&liv, "Lars").await).await;
    assert_eq!(page.texts("main h2"), ["Fjern Lars fra LUP"], "there is no other role to give");
    liv.delete(&member(&liv, "Lars").await).await.must(204);
    lars.get(MEMBERS).await.must(409);
    let ida = app.member("Ida", "Tryggvakt", OrganisationKind::Supplier, Role::Admin).await;
    let odd = app.supplier("Odd", "Tryggvakt").await;
    assert_eq!(give(&ida, &member(&ida, "Odd").await, "reader").await.must(422).errors(), ["role: unknown"]);
    give(&ida, &member(&ida, "Odd").await, "admin").await.must(200);
    odd.delete(&member(&odd, "Ida").await).await.must(204);
    ida.get(MEMBERS).await.must(409);
}
