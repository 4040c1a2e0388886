//! A form that is sent twice, by a double click or on the way back, is taken once and leads to the same place.
use crate::app::{PASSWORD, TestApp};
use crate::needs::published;
use crate::person::{Answer, Browser, Seen, send};
use brobygger::tenancy::{OrganisationKind, Role};
use reqwest::Method;
use serde_json::json;

/// A form of a page that was opened, filled in.
struct Filled {
    to: String,
    fields: Vec<(String, String)>,
}

impl Filled {
    async fn on(browser: &Browser, page: &str, to: &str, typed: &[(&str, &str)]) -> Self {
        let seen = browser.open(page).await;
        let hidden = ["_csrf", "_key"].map(|name| (name.to_owned(), seen.values(name).remove(0)));
        let typed = typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Self { to: to.to_owned(), fields: hidden.into_iter().chain(typed).collect() }
    }

    async fn send(&self, browser: &Browser) -> Seen {
        let fields: Vec<(&str, &str)> = self.fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        browser.submit_bare(&self.to, &fields).await
    }

    /// One after the other. Gives where both led.
    async fn twice(&self, browser: &Browser) -> String {
        let (first, second) = (self.send(browser).await, self.send(browser).await);
        same(first, second)
    }

    /// Both before either is answered.
    async fn at_once(&self, browser: &Browser) -> String {
        let (first, second) = tokio::join!(self.send(browser), self.send(browser));
        same(first, second)
    }

    fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(n, _)| n != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }
}

/// Both were taken, lead to the same place, and say the same there.
fn same(first: Seen, second: Seen) -> String {
    let told = |seen: &Seen| {
        let cookies = seen.headers.get_all("set-cookie").iter().map(|v| v.to_str().unwrap_or_default().to_owned());
        let flash: Vec<String> = cookies.filter(|cookie| cookie.starts_with("bb_flash")).collect();
        (seen.status.as_u16(), seen.location().to_owned(), flash)
    };
    let (first_told, second_told) = (told(&first), told(&second));
    assert_eq!(first_told, second_told, "{}", second.html);
    assert_eq!(first_told.0, 303, "{}", first.html);
    first_told.1
}

fn total(list: Answer) -> Option<u64> {
    list.must(200).json["total"].as_u64()
}

/// A company that registers itself.
const FJORDLYS: [(&str, &str); 7] = [
    ("organisation_number", "974760673"),
    ("organisation_name", "Fjordlys"),
    ("kind", "startup"),
    ("region", "11"),
    ("name", "Mina"),
    ("email", "mina@fjordlys.example"),
    ("password", "en fin setning"),
];

#[tokio::test]
async fn what_a_buyer_writes_twice_is_there_once() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.member("Kari", "Stavanger", OrganisationKind::Buyer, Role::Admin).await;
    let bo = app.buyer("Bo", "Bergen").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let (browser, of_bo) = (app.browser().log_in(&kari).await, app.browser().log_in(&bo).await);

    let form = Filled::on(&browser, "/behov/nytt", "/behov/nytt", &[("title", "Én gang"), ("language", "nb")]).await;
    assert_eq!(form.twice(&browser).await, "/behov/2026-0001/rediger");
    assert_eq!(total(kari.get("/api/v1/needs?status=draft").await), Some(1));
    // Whoever goes back and writes something else has written something else.
    let other = form.with("title", "En annen").send(&browser).await;
    assert_eq!(other.location(), "/behov/2026-0002/rediger");
    // The same words in a form that was shown once more are another need, if that is what someone wants.
    let again = Filled::on(&browser, "/behov/nytt", "/behov/nytt", &[("title", "Én gang"), ("language", "nb")]).await;
    assert_eq!(again.at_once(&browser).await, "/behov/2026-0003/rediger");
    assert_eq!(total(kari.get("/api/v1/needs?status=draft").await), Some(3));

    let id = published(&app, &kari, "Færre fall").await;
    let (api, page) = (format!("/api/v1/needs/{id}"), "/behov/2026-0004");
    let (to, typed) = (format!("{page}/bli-med"), [("volume", "40 brukere")]);
    assert_eq!(Filled::on(&of_bo, &to, &to, &typed).await.at_once(&of_bo).await, page);
    assert_eq!(kari.get(&api).await.json["joiners"], 1);

    let (to, typed) = ("/min-side/medlemmer", [("email", "ny@stavanger.example"), ("role", "reader")]);
    assert_eq!(Filled::on(&browser, to, to, &typed).await.twice(&browser).await, to);
    let mails = app.post().await;
    assert_eq!(mails.iter().filter(|m| m.starts_with("ny@")).count(), 1, "{mails:?}");

    let question = ida.post(&format!("{api}/questions"), json!({"text": "Hva?"})).await.must(201).id();
    let to = format!("{page}/sporsmal/{question}");
    Filled::on(&browser, &to, &to, &[("answer", "Alt.")]).await.twice(&browser).await;
    let response = ida.post(&format!("{api}/responses"), json!({"body": "Slik."})).await.must(201).id();
    let of_response = format!("{page}/svar/{response}");
    let thanks = [("thanks", "Takk.")];
    Filled::on(&browser, &of_response, &format!("{of_response}/takk"), &thanks).await.twice(&browser).await;
    let to = format!("{page}/utfall");
    Filled::on(&browser, &to, &to, &[("kind", "pilot"), ("text", "Vi prøver.")]).await.at_once(&browser).await;
    let trail = app.trail();
    for deed in ["need-joined", "member-invited", "question-answered", "response-thanked", "outcome-told"] {
        assert_eq!(trail.iter().filter(|event| event.ends_with(deed)).count(), 1, "{deed}: {trail:?}");
    }
}

/// The answer to the form got lost, so the page is opened again and the form, which is another one now, sent as it was.
#[tokio::test]
async fn whoever_publishes_the_same_answer_from_a_page_that_was_opened_again_has_published_it_once() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let api = format!("/api/v1/needs/{}", published(&app, &kari, "Færre fall").await);
    let question = ida.post(&format!("{api}/questions"), json!({"text": "Hva?"})).await.must(201).id();
    app.post().await;
    let (browser, to) = (app.browser().log_in(&kari).await, format!("/behov/2026-0001/sporsmal/{question}"));
    let send = async |answer: &str| Filled::on(&browser, &to, &to, &[("answer", answer)]).await.send(&browser).await;
    let first = send("Alt.\nOg mer.").await;
    app.pass(chrono::TimeDelta::minutes(1));
    assert_eq!(same(first, send("Alt.\r\nOg mer. ").await), "/behov/2026-0001#questions");
    let answered = |app: &TestApp| app.trail().into_iter().filter(|event| event.ends_with("question-answered")).count();
    assert_eq!(answered(&app), 1);
    assert_eq!(app.post().await.len(), 1);
    // Another answer replaces it, and is told.
    assert_eq!(send("Nesten alt.").await.status, 303);
    assert_eq!((answered(&app), app.post().await.len()), (2, 1));
}

#[tokio::test]
async fn what_a_supplier_sends_twice_arrives_once() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let per = app.supplier("Per", "Nattlys").await;
    let api = format!("/api/v1/needs/{}", published(&app, &kari, "Færre fall").await);
    let (page, to) = ("/behov/2026-0001", "/behov/2026-0001/sporsmal");
    let (browser, of_per) = (app.browser().log_in(&ida).await, app.browser().log_in(&per).await);

    let form = Filled::on(&browser, page, to, &[("text", "Gjelder det også omsorgsboliger?")]).await;
    assert_eq!(form.at_once(&browser).await, format!("{page}#questions"));
    assert_eq!(form.twice(&browser).await, format!("{page}#questions"));
    assert_eq!(total(kari.get(&format!("{api}/questions")).await), Some(1));
    // A key is somebody's own.
    let of_another = Filled::on(&of_per, page, to, &[("text", "Gjelder det også omsorgsboliger?")]).await;
    let key = form.fields.iter().find(|(name, _)| name == "_key").unwrap().1.clone();
    of_another.with("_key", &key).send(&of_per).await;
    assert_eq!(total(kari.get(&format!("{api}/questions")).await), Some(2));

    let to = format!("{page}/svar/nytt");
    let form = Filled::on(&browser, &to, &to, &[("text", "Vårt gelender sier fra.")]).await;
    let led = form.at_once(&browser).await;
    assert_eq!(form.twice(&browser).await, led);
    let responses = kari.get(&format!("{api}/responses")).await.must(200);
    assert_eq!(responses.json["total"], 1);
    assert_eq!(led, format!("{page}/svar/{}", responses.each("id")[0]));
    // What was refused was not taken: the same form, with what was missing, is.
    let wrong = Filled::on(&browser, &to, &to, &[("text", "")]).await;
    assert_eq!(wrong.send(&browser).await.status, 422);
    assert_eq!(wrong.with("text", "Nå med tekst.").send(&browser).await.status, 303);
    assert_eq!(total(kari.get(&format!("{api}/responses")).await), Some(2));
}

#[tokio::test]
async fn whoever_comes_in_by_a_double_click_comes_in_once_and_is_not_turned_away() {
    let app = TestApp::start().await;
    let kari = app.member("Kari", "Stavanger", OrganisationKind::Buyer, Role::Admin).await;
    let browser = app.browser();
    let form = Filled::on(&browser, "/registrer", "/registrer", &FJORDLYS).await;
    assert_eq!(form.at_once(&browser).await, "/registrer/sendt");
    assert_eq!(form.twice(&browser).await, "/registrer/sendt");
    assert_eq!(app.post().await.len(), 1, "one link, and no word about an address that is known");

    let email = [("email", kari.email.as_str())];
    Filled::on(&browser, "/glemt-passord", "/glemt-passord", &email).await.twice(&browser).await;
    assert_eq!(app.post().await.len(), 1);

    // An organisation that is here already is told so by mail, and once.
    let here = app.supplier("Ida", "Tryggvakt").await;
    let session = here.get("/api/v1/session").await.must(200).json;
    let number = session["organisation"]["organisation_number"].as_str().unwrap();
    let again = Filled::on(&browser, "/registrer", "/registrer", &FJORDLYS).await.with("organisation_number", number);
    let again = again.with("email", "ukjent@tryggvakt.example");
    assert_eq!(again.at_once(&browser).await, "/registrer/sendt");
    assert_eq!(app.post().await.len(), 1);
    // A program says it with a key of its own.
    let words = json!({"organisation_number": number, "organisation_name": "Tryggvakt", "kind": "startup", "region": "11",
        "name": "Mina", "email": "program@tryggvakt.example", "password": PASSWORD});
    for _ in 0..2 {
        let request = app.anonymous().request(Method::POST, "/api/v1/suppliers").header("Idempotency-Key", "en");
        send(request.json(&words)).await.must(202);
    }
    assert_eq!(app.post().await.len(), 1);

    let invitation = json!({"email": "ny@stavanger.example", "role": "reader"});
    kari.post("/api/v1/organisations/me/invitations", invitation).await.must(201);
    app.deliver().await;
    let link = app.mailbox().remove(0).link("/invitasjon/");
    // The first answer is lost on the way, and its cookie with it.
    let form = Filled::on(&browser, &link, &link, &[("name", "Nils"), ("password", PASSWORD)]).await;
    let send = async || {
        let cookie = format!("bb_csrf={}", form.fields[0].1);
        send(app.anonymous().request(Method::POST, &link).header("cookie", cookie).form(&form.fields)).await
    };
    let (first, second) = (send().await.must(303), send().await.must(303));
    assert_eq!([first.header("location"), second.header("location")], ["/min-side", "/min-side"]);
    let mut cookies = second.headers.get_all("set-cookie").iter().filter_map(|v| v.to_str().ok()?.split(';').next());
    let session = cookies.find(|cookie| cookie.starts_with("bb_session="));
    let desk = app.anonymous().request(Method::GET, "/min-side").header("cookie", session.unwrap());
    assert!(crate::person::send(desk).await.must(200).text.contains("Nils"));
    // With another password it is another form.
    let mut guess = form.fields.clone();
    guess.last_mut().unwrap().1 = "et annet langt passord".to_owned();
    let cookie = format!("bb_csrf={}", form.fields[0].1);
    let guess = app.anonymous().request(Method::POST, &link).header("cookie", cookie).form(&guess);
    crate::person::send(guess).await.must(404);
    // Nor is it the same once there is a new password: whoever finds the form in a browser is not let in by it.
    browser.open("/glemt-passord").await;
    browser.submit("/glemt-passord", &[("email", "ny@stavanger.example")]).await;
    app.deliver().await;
    let reset = app.mailbox().last().unwrap().link("/nytt-passord/");
    browser.open(&reset).await;
    assert_eq!(browser.submit(&reset, &[("password", "et helt nytt og langt passord")]).await.status, 303);
    send().await.must(404);
    app.mail_does_not_matter();

    // Somebody who is here already accepts by a double click, too.
    let bo = app.buyer("Bo", "Bergen").await;
    kari.post("/api/v1/organisations/me/invitations", json!({"email": bo.email, "role": "reader"})).await.must(201);
    app.deliver().await;
    let link = app.mailbox().into_iter().rev().find(|m| m.to == bo.email).unwrap().link("/invitasjon/");
    let of_bo = app.browser().log_in(&bo).await;
    assert_eq!(Filled::on(&of_bo, &link, &link, &[]).await.twice(&of_bo).await, "/min-side");

    // The second time, the present password is no longer what it was; nobody counts that as a guess.
    let words = [("action", "password"), ("current_password", PASSWORD), ("new_password", "et helt nytt passord")];
    let to = "/min-side/konto";
    assert_eq!(Filled::on(&of_bo, to, to, &words).await.twice(&of_bo).await, to);
    assert_eq!(bo.get("/api/v1/session").await.status, 401, "all other sessions have ended");
}

#[tokio::test]
async fn links_of_mails_are_followed_by_a_double_click() {
    let app = TestApp::start().await;
    let browser = app.browser();
    Filled::on(&browser, "/registrer", "/registrer", &FJORDLYS).await.send(&browser).await;
    app.deliver().await;
    let link = app.mailbox().remove(0).link("/bekreft-epost/");
    let form = Filled::on(&browser, &link, &link, &[("password", "en fin setning")]).await;
    assert_eq!(form.at_once(&browser).await, "/min-side");
    assert_eq!(form.twice(&browser).await, "/min-side");
    assert_eq!(browser.open("/min-side").await.status, 200);
    // Whoever did not send that form gets no session by the link.
    let stranger = app.browser();
    let seen = stranger.open(&link).await;
    assert_eq!((seen.status.as_u16(), seen.values("_key").len()), (200, 0));
    let guess = form.with("password", "noe annet enn før");
    assert_eq!(guess.send(&browser).await.status, 200, "it is confirmed, and that is all");

    // One more organisation, for somebody who is here.
    let bo = app.supplier("Bo", "Nattlys").await;
    let of_bo = app.browser().log_in(&bo).await;
    let more = Filled::on(&of_bo, "/registrer", "/registrer", &FJORDLYS).await;
    let more = more.with("email", &bo.email).with("organisation_number", "974761076");
    more.send(&of_bo).await;
    app.deliver().await;
    let link = app.mailbox().remove(0).link("/bekreft-epost/");
    let form = Filled::on(&of_bo, &link, &link, &[]).await;
    assert_eq!(form.at_once(&of_bo).await, "/min-side");
    assert_eq!(form.twice(&of_bo).await, "/min-side");

    let email = [("email", bo.email.as_str())];
    Filled::on(&browser, "/glemt-passord", "/glemt-passord", &email).await.send(&browser).await;
    app.deliver().await;
    let link = app.mailbox().remove(0).link("/nytt-passord/");
    let form = Filled::on(&browser, &link, &link, &[("password", "et helt nytt passord")]).await;
    assert_eq!(form.at_once(&browser).await, "/logg-inn");
    assert_eq!(form.twice(&browser).await, "/logg-inn");
    app.mail_does_not_matter();
}
