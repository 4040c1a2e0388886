//! Every page and every endpoint, from the tables of routes, is sent what nobody should send: in each part of the address,
//! each parameter, each header that is read, each field of a form and of a body; by the person who is let in, so that it
//! gets as far as it can. Nothing breaks, nothing waits for ever, and what was refused has changed nothing.
mod raw;
mod values;

use super::{Scene, address, body};
use crate::app::{PASSWORD, TestApp};
use crate::needs::{draft, published};
use crate::person::{Person, send};
use brobygger::platform::db::types::Id;
use brobygger::tenancy::{OrganisationKind, Role};
use diesel::prelude::*;
use diesel::sql_types::Text;
use raw::{Got, Request, encoded};
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use scraper::{Html, Selector};
use serde_json::{Value, json};
use std::collections::HashMap;

#[tokio::test]
async fn nothing_that_is_sent_to_an_endpoint_breaks_it() {
    let mut stage = Stage::set().await;
    let document = stage.scene.app.anonymous().get("/api/v1/openapi.json").await.must(200).json;
    for endpoint in brobygger::api::routes::table() {
        let (method, path) = (endpoint.method.as_str(), endpoint.path);
        stage.prepare(method, path).await;
        let parameters: Vec<&str> = endpoint.parameters.iter().map(|(name, _)| *name).collect();
        stage.must_be_let_in(method, path).await;
        stage.addresses(method, path, &parameters).await;
        stage.headers(method, path).await;
        if endpoint.body.is_some() && endpoint.takes.contains(&"application/json") {
            stage.bodies(method, path, &document).await;
        }
        stage.multiparts(method, path).await;
    }
    stage.end();
}

#[tokio::test]
async fn nothing_that_is_sent_to_a_page_breaks_it() {
    let mut stage = Stage::set().await;
    for page in brobygger::web::routes::table() {
        let (method, path) = (page.method.as_str(), page.path);
        stage.prepare(method, path).await;
        if method == "GET" {
            stage.must_be_let_in(method, path).await;
        }
        stage.addresses(method, path, parameters_of(path)).await;
        stage.headers(method, path).await;
        if method == "POST" {
            stage.forms(path).await;
            stage.multiparts(method, path).await;
        }
    }
    stage.end();
}

/// The tests above can fail: what they look for is planted here, and found.
#[tokio::test]
async fn what_is_planted_is_found() {
    let mut stage = Stage::set().await;
    let (method, path) = ("PUT", "/api/v1/needs/{id}/followers/me");
    stage.prepare(method, path).await;
    let good = stage.base(method, path);
    assert!(stage.strike(good.clone(), method, path));
    assert_eq!(stage.wrong, [""; 0]);

    let found = |stage: &mut Stage, request: &Request, path: &str| {
        assert!(!stage.strike(request.clone(), &request.method, path));
        let wrong = std::mem::take(&mut stage.wrong);
        wrong.iter().map(|line| line.split([':', '\n']).next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    stage.rows.execute("ALTER TABLE followers RENAME COLUMN created_at TO made_at");
    assert_eq!(found(&mut stage, &good, path), ["500"]);
    stage.rows.execute("ALTER TABLE followers RENAME COLUMN made_at TO created_at");

    let refused = Request { target: format!("/api/v1/needs/{}/followers/me", uuid::Uuid::nil()).into(), ..good };
    assert_eq!(found(&mut stage, &refused, path), [""; 0]);
    stage.rows.execute("DELETE FROM followers");
    assert_eq!(found(&mut stage, &refused, path), ["404 changed something"]);

    let page = Request { method: "GET".to_owned(), target: b"/finnes-ikke".to_vec(), ..Request::default() };
    assert_eq!(found(&mut stage, &page, path), ["no problem+json"]);
    stage.scene.app.mail_does_not_matter();
}

/// What stands in the query of a page.
fn parameters_of(path: &str) -> &'static [&'static str] {
    match path {
        "/" => &["q", "status", "cpv", "region", "area", "deadline_before", "buyer", "sort", "cursor"],
        "/behov.atom" | "/behov.rss" => &["q", "status", "cpv", "region", "area", "deadline_before", "buyer", "sort"],
        "/innebygd/behov" => &["buyer", "tema"],
        "/statistikk" | "/statistikk/fil" | "/statistikk/bilde/{indicator}" => &[
            "source",
            "from",
            "to",
            "by",
            "country",
            "region",
            "compare",
            "division",
            "buyer",
            "buyer_type",
            "procedure",
            "form",
            "nature",
            "format",
            "indicators",
        ],
        "/statistikk/rapport" => &["year", "organisation"],
        "/leverandorer" => &["q", "kind", "region", "area", "cpv", "cursor"],
        "/radgiver" => &["q", "buyer", "region", "area", "status", "without", "deadline_before", "cursor"],
        "/radgiver/fil" => &["q", "buyer", "region", "area", "status", "without", "deadline_before", "format"],
        "/utboks" => &["status", "cursor"],
        "/min-side" | "/min-side/hendelser" | "/behov/{reference}/svar" => &["cursor"],
        "/logg-inn" => &["neste"],
        "/glemt-passord" => &["sendt"],
        "/behov/nytt" | "/behov/{reference}/rediger" | "/min-side/leverandor" => &["cpv_q"],
        _ => &[],
    }
}

/// Whoever is let in there.
fn who(method: &str, path: &str) -> &'static str {
    let ends = |ends: &[&str]| ends.iter().any(|end| path.ends_with(end));
    let starts = |starts: &[&str]| starts.iter().any(|start| path.starts_with(start));
    match path {
        "/api/v1/session" if method != "POST" => "leaver",
        "/logg-ut" | "/min-side/konto" | "/min-side/konto/slett" | "/min-side/organisasjon" => "leaver",
        "/api/v1/suppliers" | "/registrer" | "/logg-inn" | "/glemt-passord" => "nobody",
        _ if starts(&["/api/v1/session", "/invitasjon/", "/bekreft-epost/", "/nytt-passord/", "/stopp-epost/"]) => {
            "nobody"
        }
        _ if ends(&["/joiners", "/bli-med"]) && method != "GET" || ends(&["/bli-med"]) => "another buyer",
        _ if method == "POST" && ends(&["/questions", "/responses", "/sporsmal"]) => "supplier",
        _ if ends(&["/svar/nytt", "/folg", "/followers/me", "/{response}/attachments", "/suppliers/me"]) => "supplier",
        "/min-side/leverandor" => "supplier",
        _ if starts(&["/api/v1/portfolio", "/radgiver"]) => "adviser",
        _ if starts(&["/api/v1/messages", "/utboks", "/metrics"]) => "operator",
        _ if starts(&["/api/v1/organisations/me", "/min-side/medlemmer", "/min-side/invitasjoner"]) => "admin",
        _ => "buyer",
    }
}

/// Is it the draft that is behind the address? Else it is what has been published.
fn is_about_a_draft(method: &str, path: &str) -> bool {
    let forms = ["/rediger", "/forhandsvis", "/slett"].iter().any(|end| path.ends_with(end));
    let of_api =
        [("PATCH", "/api/v1/needs/{id}"), ("DELETE", "/api/v1/needs/{id}"), ("PUT", "/api/v1/needs/{id}/publication")];
    // An account can be deleted too.
    (forms && path.starts_with("/behov/")) || of_api.contains(&(method, path))
}

struct Stage {
    scene: Scene,
    people: HashMap<&'static str, Person>,
    tickets: HashMap<&'static str, Ticket>,
    /// What stands behind the parameters of an address.
    things: Vec<(&'static str, String)>,
    rows: Rows,
    before: String,
    people_who_left: usize,
    sent: usize,
    /// So many of them were answered as if they were nothing special.
    taken: usize,
    /// Which share of the values comes next.
    turn: usize,
    wrong: Vec<String>,
}

/// What someone shows at either door.
#[derive(Clone, Default)]
struct Ticket {
    bearer: String,
    cookies: String,
}

/// Stands where something else is to stand.
const MARK: &str = "MERKE";

/// Whoever has this cookie may send it in a form.
const CSRF: &str = "0123456789abcdef0123456789abcdef0123456789a";

impl Stage {
    async fn set() -> Self {
        let scene = Scene::with(
            "identity.failures_per_account = 1000000\nidentity.failures_per_address = 1000000\n\
             attachments.max_files = 1000",
        )
        .await;
        let app = &scene.app;
        let people = HashMap::from([
            ("buyer", scene.kari.clone()),
            ("supplier", scene.ida.clone()),
            ("another buyer", app.buyer("Bo", "Bergen").await),
            ("adviser", app.adviser("Liv").await),
            ("operator", app.operator("Mona").await),
            ("admin", app.member("Berit", "Stavanger", OrganisationKind::Buyer, Role::Admin).await),
        ]);
        let mut rows = Rows::of(app);
        let before = rows.count();
        let (tickets, things, wrong) = (HashMap::new(), Vec::new(), Vec::new());
        let mut stage = Self {
            scene,
            people,
            tickets,
            things,
            rows,
            before,
            people_who_left: 0,
            sent: 0,
            taken: 0,
            turn: 0,
            wrong,
        };
        for name in stage.people.keys().copied().collect::<Vec<_>>() {
            stage.log_in(name).await;
        }
        stage
    }

    async fn log_in(&mut self, name: &'static str) {
        let Some(person) = self.people.get(name) else { return };
        let anyone = self.scene.app.anonymous();
        let login = json!({"email": person.email, "password": PASSWORD});
        let bearer = anyone.post("/api/v1/session", login).await.must(200).field("access_token");
        let form = [("email", person.email.as_str()), ("password", PASSWORD), ("_csrf", CSRF)];
        let request = anyone.request(Method::POST, "/logg-inn").header("cookie", format!("bb_csrf={CSRF}"));
        let answer = send(request.form(&form)).await.must(303);
        let cookies = answer.headers.get_all("set-cookie").iter().filter_map(|v| v.to_str().ok()?.split(';').next());
        let session = cookies.filter(|cookie| cookie.starts_with("bb_session=")).collect::<String>();
        assert!(!session.is_empty(), "{name} got no session");
        self.tickets.insert(name, Ticket { bearer, cookies: format!("{session}; bb_csrf={CSRF}") });
    }

    /// Sets out what an address needs behind it, new: what was there has perhaps been used up.
    async fn prepare(&mut self, method: &str, path: &str) {
        if who(method, path) == "leaver" {
            let leaver = self.scene.app.buyer(&format!("Odd {}", self.people_who_left), "Oslo").await;
            self.people_who_left += 1;
            self.people.insert("leaver", leaver);
            self.log_in("leaver").await;
        }
        let app = &self.scene.app;
        let (kari, ida) = (&self.scene.kari, &self.scene.ida);
        if !path.contains('{') {
            self.things = self.scene.open.clone();
        } else if is_about_a_draft(method, path) {
            self.things = self.scene.open.clone();
            let id = draft(app, kari, "Utkast").await;
            self.set_need(&id).await;
        } else if path.contains("{token}") {
            let token = self.token(path).await;
            self.replace("{token}", token);
        } else if path.contains("/messages/") || path.starts_with("/utboks/") {
            let mona = self.people.get("operator").unwrap();
            let message = mona.get("/api/v1/messages").await.must(200).each("id").remove(0);
            self.things = self.scene.open.clone();
            self.replace("{id}", message);
        } else if path == "/api/v1/notices/{id}" {
            let file = crate::notices::fixtures().join("e4-result.xml");
            crate::notices::import(app, vec![file]).await;
            let stored = brobygger::notices::store::changed_after(&mut app.app.db.reader().unwrap(), 0, 1).unwrap();
            let id = stored[0].id.to_string();
            self.things = self.scene.open.clone();
            self.replace("{id}", id);
        } else if ["{member}", "/medlemmer/", "{invitation}", "/invitasjoner/"].iter().any(|p| path.contains(p)) {
            self.things = self.scene.open.clone();
            let (member, invitation) = self.member_and_invitation().await;
            self.replace("{member}", member);
            self.replace("{invitation}", invitation);
        } else if method == "DELETE" && path.ends_with("/attachments/{attachment}") {
            // Of a published need it wants to be told why, in the query, where the attacks come.
            let id = draft(app, kari, "Færre fall").await;
            let file = Form::new().part("file", Part::bytes(b"%PDF-1.7\n%%EOF\n".to_vec()).file_name("plan.pdf"));
            let sent = kari.request(Method::POST, &format!("/api/v1/needs/{id}/attachments")).multipart(file);
            let attachment = send(sent).await.must(201).id();
            self.things = self.scene.open.clone();
            self.set_need(&id).await;
            self.replace("{attachment}", attachment);
        } else if path.contains("{id}") || path.contains("{reference}") || path.contains("{attachment}") {
            let id = published(app, kari, "Færre fall").await;
            let api = format!("/api/v1/needs/{id}");
            let question = ida.post(&format!("{api}/questions"), json!({"text": "Hva?"})).await.must(201).id();
            let response = ida.post(&format!("{api}/responses"), json!({"body": "Slik."})).await.must(201).id();
            let file = Form::new().part("file", Part::bytes(b"%PDF-1.7\n%%EOF\n".to_vec()).file_name("plan.pdf"));
            let file = file.text("change_note", "Fordi");
            let sent = kari.request(Method::POST, &format!("{api}/attachments")).multipart(file);
            let attachment = send(sent).await.must(201).id();
            self.things = self.scene.open.clone();
            self.set_need(&id).await;
            for (name, thing) in [("{question}", question), ("{response}", response), ("{attachment}", attachment)] {
                self.replace(name, thing);
            }
        } else {
            self.things = self.scene.open.clone();
            if path.starts_with("/leverandorer/") || path.starts_with("/api/v1/suppliers/") {
                let number = ida.organisation_number.clone();
                self.replace("{number}", number.clone());
                self.replace("{organisation_number}", number);
            }
        }
        self.before = self.rows.count();
    }

    async fn set_need(&mut self, id: &str) {
        let reference = self.scene.kari.get(&format!("/api/v1/needs/{id}")).await.must(200).field("reference");
        self.replace("{id}", id.to_owned());
        self.replace("{reference}", reference);
    }

    fn replace(&mut self, name: &'static str, thing: String) {
        self.things.retain(|(n, _)| *n != name);
        // The need before all others: `{id}` is its own, unless the address says of what.
        self.things.insert(0, (name, thing));
    }

    /// A colleague to be taken out, and an invitation to be called back: the only one, as so many can wait.
    async fn member_and_invitation(&self) -> (String, String) {
        let (app, admin) = (&self.scene.app, self.people.get("admin").unwrap());
        let name = format!("Nils {}", Id::<Self>::new());
        app.enter(&name, "Stavanger", OrganisationKind::Buyer, Role::Reader).await;
        let mut members = Vec::new();
        let mut next = String::new();
        loop {
            let page = admin.get(&format!("/api/v1/organisations/me/members?limit=100{next}")).await.must(200);
            members.extend(page.each("name").into_iter().zip(page.each("id")));
            let Some(cursor) = page.json["next"].as_str() else { break };
            next = format!("&cursor={cursor}");
        }
        let member = members.into_iter().find(|(other, _)| *other == name).unwrap().1;
        let invitations = "/api/v1/organisations/me/invitations";
        for id in admin.get(&format!("{invitations}?limit=100")).await.must(200).each("id") {
            admin.delete(&format!("{invitations}/{id}")).await.must(204);
        }
        let invited = json!({"email": format!("ny{}@stavanger.example", self.sent), "role": "reader"});
        (member, admin.post(invitations, invited).await.must(201).id())
    }

    /// A link that has not been used.
    async fn token(&self, path: &str) -> String {
        let app = &self.scene.app;
        let start = path.split('{').next().unwrap();
        let email = format!("ny{}@stavanger.example", self.sent);
        match start {
            "/invitasjon/" => {
                let invitation = json!({"email": email, "role": "reader"});
                let admin = self.people.get("admin").unwrap();
                admin.post("/api/v1/organisations/me/invitations", invitation).await.must(201);
            }
            "/stopp-epost/" => {
                // Kari has been logged out by the links that choose a new password.
                let bo = self.people.get("another buyer").unwrap();
                let need = format!("/api/v1/needs/{}", published(app, bo, "Færre fall").await);
                self.scene.ida.put(&format!("{need}/followers/me"), Value::Null).await.must(204);
                bo.patch(&need, json!({"summary": "Færre.", "change_note": "Kortere"})).await.must(200);
            }
            "/bekreft-epost/" => {
                let mut words = registration(&email);
                words["organisation_number"] = json!(app.new_number());
                app.anonymous().post("/api/v1/suppliers", words).await.must(202);
            }
            _ => {
                let form = [("email", self.scene.kari.email.as_str()), ("_csrf", CSRF)];
                let request = app.anonymous().request(Method::POST, "/glemt-passord");
                send(request.header("cookie", format!("bb_csrf={CSRF}")).form(&form)).await.must(303);
            }
        }
        while app.deliver().await > 0 {}
        let link = app.mailbox().into_iter().rev().find(|mail| mail.text.contains(start)).unwrap().link(start);
        link.trim_start_matches(start).to_owned()
    }

    /// What a person of good will sends there.
    fn base(&self, method: &str, path: &str) -> Request {
        let target = address(path, &self.things).into_bytes();
        let base = Request { method: method.to_owned(), target, ..Request::default() };
        let ticket = self.tickets.get(who(method, path)).cloned().unwrap_or_default();
        if path.starts_with("/api/v1") {
            let base = if ticket.bearer.is_empty() {
                base
            } else {
                base.with("authorization", format!("Bearer {}", ticket.bearer))
            };
            if matches!(method, "GET" | "DELETE") {
                return base;
            }
            return base.with_body("application/json", self.good_body(method, path).to_string());
        }
        let cookies = if ticket.cookies.is_empty() { format!("bb_csrf={CSRF}") } else { ticket.cookies };
        let base = base.with("cookie", cookies);
        if method == "GET" {
            return base;
        }
        let form = if path.starts_with("/stopp-epost/") {
            "List-Unsubscribe=One-Click".to_owned()
        } else {
            format!("_csrf={CSRF}")
        };
        base.with_body("application/x-www-form-urlencoded", form)
    }

    fn good_body(&self, method: &str, path: &str) -> Value {
        match path {
            "/api/v1/suppliers" => registration("mina@fjordlys.example"),
            "/api/v1/suppliers/me" => json!({"description": "Sensorer"}),
            "/api/v1/session" => json!({"email": self.scene.kari.email, "password": PASSWORD}),
            _ => body(&self.scene.app, method, path),
        }
    }

    /// Otherwise the attacks that follow would be stopped at the door, and prove little.
    async fn must_be_let_in(&mut self, method: &str, path: &str) {
        let base = self.base(method, path);
        let got = base.send(&self.scene.app.url).unwrap();
        let expected = match got.status {
            200..=399 | 409 => true,
            415 => path.ends_with("/attachments") && method == "POST",
            401 => path == "/api/v1/session/refresh",
            // Without an outcome there is none to show.
            404 => path.ends_with("/outcome"),
            _ => false,
        };
        if !expected {
            self.wrong.push(format!("not let in: {} {}", got.status, base.shown()));
        }
        if method != "GET" {
            self.prepare(method, path).await;
        }
    }

    // ---- attacks -------------------------------------------------------------------------------------------------

    /// One in `shares` of the values: the next place gets others. Over all addresses each comes often, and everything
    /// everywhere would take minutes.
    fn dealt<T: Clone>(&mut self, values: &[T], shares: usize) -> Vec<T> {
        self.turn += 1;
        values.iter().skip(self.turn % shares).step_by(shares).cloned().collect()
    }

    async fn addresses(&mut self, method: &str, path: &str, parameters: &[&str]) {
        let encoded_texts = values::texts().into_iter().map(|text| encoded(&text)).filter(|text| !text.is_empty());
        let values: Vec<Vec<u8>> = encoded_texts.chain(values::raw_parts()).collect();
        for part in path.split('/').filter(|part| part.starts_with('{')) {
            for value in self.dealt(&values, 3) {
                let base = self.base(method, path);
                let filled = address(&path.replacen(part, MARK, 1), &self.things);
                let (head, tail) = filled.split_once(MARK).unwrap();
                let target = [head.as_bytes(), &value, tail.as_bytes()].concat();
                self.attack(Request { target, ..base }, method, path).await;
            }
        }
        let few = [b"1".to_vec(), b"%ff".to_vec()];
        let known = parameters.iter().map(|name| (*name, values.as_slice()));
        for (name, values) in known.chain(["x", "limit", "cursor", "%00", ""].map(|name| (name, few.as_slice()))) {
            let mut queries: Vec<Vec<u8>> = values.iter().map(|v| [b"?", name.as_bytes(), b"=", v].concat()).collect();
            queries.push(format!("?{name}&{name}=1&{name}=%00").into_bytes());
            queries.push(format!("?{name}=[]&&=&&&{name}={{}}").into_bytes());
            for query in queries {
                let base = self.base(method, path);
                let target = [base.target.as_slice(), &query].concat();
                self.attack(Request { target, ..base }, method, path).await;
            }
        }
    }

    async fn headers(&mut self, method: &str, path: &str) {
        for (name, values) in values::headers(CSRF) {
            let value = self.dealt(&values, values.len()).remove(0);
            self.strike(self.base(method, path).with(name, value), method, path);
        }
    }

    async fn bodies(&mut self, method: &str, path: &str, document: &Value) {
        let good = self.good_body(method, path);
        for body in values::json_bodies(&good) {
            self.attack(self.base(method, path).with_body("application/json", body), method, path).await;
        }
        let request = &document["paths"][path][method.to_lowercase()]["requestBody"];
        let mut places = Vec::new();
        places_in(&request["content"]["application/json"]["schema"], document, &mut Vec::new(), &mut places);
        assert!(!places.is_empty(), "{method} {path} takes a body, and the document names no field");
        for place in places {
            // A mark that is no value of anything, to be replaced in the text.
            let mut marked = good.clone();
            put(&mut marked, &place, json!(MARK));
            let text = marked.to_string();
            let (head, tail) = text.split_once(&json!(MARK).to_string()).unwrap();
            for value in self.dealt(&values::json_values(), 3) {
                let body = [head.as_bytes(), &value, tail.as_bytes()].concat();
                self.attack(self.base(method, path).with_body("application/json", body), method, path).await;
            }
        }
    }

    async fn forms(&mut self, path: &str) {
        let mut bodies: Vec<Vec<u8>> = ["", "&&&", "=", "%", "_csrf", "\0", "{\"a\":1}", "_csrf[]=1"]
            .map(|body| body.as_bytes().to_vec())
            .to_vec();
        let long = "&a=".to_owned() + &"b".repeat(2_000_000);
        for rest in ["&title=a".repeat(3_000), long, "&%00=%00&%ff=%ff".to_owned()] {
            bodies.push(format!("_csrf={CSRF}{rest}").into_bytes());
        }
        let values: Vec<Vec<u8>> =
            values::texts().iter().map(|text| encoded(text)).chain(values::raw_parts()).collect();
        for mut fields in self.fields_of(path).await {
            fields.retain(|(name, _)| name != "_csrf" && name != "_key");
            fields.push(("_csrf".to_owned(), CSRF.to_owned()));
            fields.push(("_key".to_owned(), String::new()));
            for attacked in 0..fields.len() {
                for value in self.dealt(&values, 3) {
                    let pairs = fields.iter().enumerate().map(|(number, (name, good))| {
                        let value = if number == attacked { value.clone() } else { encoded(good.as_bytes()) };
                        [encoded(name.as_bytes()), value].join(&b'=')
                    });
                    bodies.push(pairs.collect::<Vec<_>>().join(&b'&'));
                }
            }
        }
        for body in bodies {
            let request = self.base("POST", path).with_body("application/x-www-form-urlencoded", body);
            self.attack(request, "POST", path).await;
        }
    }

    async fn multiparts(&mut self, method: &str, path: &str) {
        if matches!(method, "GET" | "DELETE") {
            return;
        }
        for (media, body) in self.dealt(&values::multiparts(CSRF), 2) {
            self.attack(self.base(method, path).with_body(&media, body), method, path).await;
        }
    }

    /// The forms that stand on pages and lead there, filled in.
    async fn fields_of(&self, path: &str) -> Vec<Vec<(String, String)>> {
        let action = address(path, &self.things);
        let mut page = action.clone();
        let mut forms: Vec<Vec<(String, String)>> = Vec::new();
        // It stands at the same address, or at one above it.
        loop {
            let look =
                Request { method: "GET".to_owned(), target: page.clone().into_bytes(), ..self.base("POST", path) };
            let cookie = look.headers.iter().find(|(name, _)| *name == "cookie").unwrap().1.clone();
            let get = self.scene.app.anonymous().request(Method::GET, &page).header("cookie", cookie);
            forms.extend(forms_in(&send(get).await.text, &action));
            let above = page.rsplit_once('/').map(|(above, _)| above.to_owned()).unwrap_or_default();
            if !forms.is_empty() || above.is_empty() || above == "/behov" {
                break;
            }
            page = above;
        }
        let others: &[&str] = match path {
            "/min-side/organisasjon" => &["organisation"],
            "/behov/{reference}/forhandsvis" | "/behov/{reference}/folg" => &["action"],
            _ => &[],
        };
        if forms.is_empty() {
            forms.push(Vec::new());
        }
        for form in &mut forms {
            for name in others.iter().filter(|name| !form.iter().any(|(n, _)| n == *name)).collect::<Vec<_>>() {
                form.push(((*name).to_owned(), String::new()));
            }
        }
        forms
    }

    /// The same as `strike`. What was taken is perhaps not to be taken twice: the next one finds things as this one did.
    async fn attack(&mut self, request: Request, method: &str, path: &str) {
        let taken = self.strike(request, method, path);
        if taken && method != "GET" && (is_used_up_by(method, path) || who(method, path) == "leaver") {
            self.prepare(method, path).await;
        }
    }

    /// Sends it, and looks at what came of it. Was it taken?
    fn strike(&mut self, request: Request, method: &str, path: &str) -> bool {
        self.sent += 1;
        let got = match request.send(&self.scene.app.url) {
            Ok(got) => got,
            Err(e) => {
                self.wrong.push(format!("{e}: {}", request.shown()));
                return false;
            }
        };
        if got.status >= 500 {
            self.wrong.push(format!("{}: {}", got.status, request.shown()));
        }
        if got.status >= 400 && path.starts_with("/api/v1") && !is_problem(&got) {
            self.wrong.push(format!("no problem+json: {}: {}\n{}", got.status, request.shown(), got.head));
        }
        if method != "GET" {
            let after = self.rows.count();
            if got.status >= 400 && after != self.before {
                self.wrong.push(format!("{} changed something: {}", got.status, request.shown()));
            }
            self.before = after;
        }
        self.taken += usize::from(got.status < 400);
        got.status < 400
    }

    fn end(self) {
        self.scene.app.mail_does_not_matter();
        let number = self.wrong.len();
        let first: Vec<String> = self.wrong.into_iter().take(40).collect();
        assert!(number == 0, "{number} of {} went wrong:\n{}", self.sent, first.join("\n"));
        // Fewer, and something stands in the way; the same if nobody is let in.
        assert!(self.sent > 3_000 && self.taken > 300, "{} were sent and {} taken", self.sent, self.taken);
    }
}

/// Can this be done once only?
fn is_used_up_by(method: &str, path: &str) -> bool {
    let once = [
        "/publication",
        "/outcome",
        "/utfall",
        "/trekk",
        "/slett",
        "/forhandsvis",
        "/thanks",
        "/takk",
        "/answer",
        "/fjern",
    ];
    let deleted = (method, path) == ("DELETE", "/api/v1/needs/{id}")
        || ["/{member}", "/{invitation}"].iter().any(|end| path.ends_with(end));
    deleted || path.contains("{token}") || path.contains("/sporsmal/{id}") || once.iter().any(|end| path.ends_with(end))
}

/// What the framework itself cannot read as HTTP has an answer of the framework.
fn is_problem(got: &Got) -> bool {
    got.head.contains("content-type: application/problem+json") || !got.head.contains("x-content-type-options")
}

/// A registration that can be taken.
fn registration(email: &str) -> Value {
    json!({"organisation_number": "974760673", "organisation_name": "Fjordlys AS", "kind": "startup", "region": "11",
        "name": "Mina", "email": email, "password": PASSWORD})
}

/// Where a body of this shape has something: `["budget", "amount"]`.
fn places_in(schema: &Value, document: &Value, here: &mut Vec<String>, places: &mut Vec<Vec<String>>) {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.rsplit('/').next().unwrap();
        return places_in(&document["components"]["schemas"][name], document, here, places);
    }
    for one in ["oneOf", "anyOf", "allOf"].iter().filter_map(|kind| schema[*kind].as_array()).flatten() {
        places_in(one, document, here, places);
    }
    if let Some(fields) = schema["properties"].as_object() {
        for (name, field) in fields {
            here.push(name.clone());
            places.push(here.clone());
            places_in(field, document, here, places);
            here.pop();
        }
    }
    if schema["items"].is_object() {
        here.push("0".to_owned());
        places.push(here.clone());
        places_in(&schema["items"], document, here, places);
        here.pop();
    }
}

fn put(into: &mut Value, place: &[String], value: Value) {
    let Some((first, rest)) = place.split_first() else { return *into = value };
    if first == "0" {
        if into.as_array().is_none_or(Vec::is_empty) {
            *into = json!([null]);
        }
        return put(&mut into[0], rest, value);
    }
    if !into.is_object() {
        *into = json!({});
    }
    put(&mut into[first.as_str()], rest, value);
}

/// The forms of a page that lead to this address, with what stands in their fields.
fn forms_in(html: &str, action: &str) -> Vec<Vec<(String, String)>> {
    let page = Html::parse_document(html);
    let (forms, fields) = (Selector::parse("form[method=post]").unwrap(), Selector::parse("[name]").unwrap());
    let chosen = Selector::parse("option[selected]").unwrap();
    let leads = page.select(&forms).filter(|form| form.value().attr("action") == Some(action));
    let mut found: Vec<Vec<(String, String)>> = Vec::new();
    for form in leads {
        let mut names: Vec<(String, String)> = Vec::new();
        for field in form.select(&fields) {
            let name = field.value().attr("name").unwrap().to_owned();
            let value = match field.value().name() {
                "select" => {
                    field.select(&chosen).next().and_then(|o| o.value().attr("value")).unwrap_or_default().to_owned()
                }
                "textarea" => field.text().collect::<String>().trim().to_owned(),
                _ => field.value().attr("value").unwrap_or_default().to_owned(),
            };
            if !names.iter().any(|(n, _)| *n == name) {
                let value = if value.is_empty() { good_value(&name).to_owned() } else { value };
                names.push((name, value));
            }
        }
        if !found.iter().any(|other| other.iter().map(|(n, _)| n).eq(names.iter().map(|(n, _)| n))) {
            found.push(names);
        }
    }
    found
}

/// What someone of good will writes into an empty field.
fn good_value(name: &str) -> &'static str {
    match name {
        "email" => "ny@fjordlys.example",
        "password" | "current_password" => PASSWORD,
        "new_password" => "et helt nytt passord",
        "organisation_number" => "974760673",
        "kind" => "startup",
        "role" => "reader",
        "region" => "11",
        "cpv" => "33000000",
        "title" | "name" | "organisation_name" | "volume" | "text" | "answer" | "thanks" | "reason" => "Færre fall",
        _ => "",
    }
}

/// How many rows there are, of everything but failed attempts: those are counted because they are refused.
enum Rows {
    Sqlite(SqliteConnection, String),
    Postgres(PgConnection, String),
}

#[derive(QueryableByName)]
struct Shown {
    #[diesel(sql_type = Text)]
    shown: String,
}

impl Rows {
    fn of(app: &TestApp) -> Self {
        let url = &app.app.config.database.url;
        let all = |tables: Vec<Shown>| {
            let counts = tables.iter().map(|table| table.shown.as_str()).filter(|table| *table != "login_failures");
            let counts = counts.map(|table| format!("'{table} ' || (SELECT count(*) FROM {table})"));
            format!("SELECT {} AS shown", counts.collect::<Vec<_>>().join(" || ', ' || "))
        };
        if let Some(file) = url.strip_prefix("sqlite://") {
            let mut db = SqliteConnection::establish(file).unwrap();
            let tables = "SELECT name AS shown FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
            let counts = all(diesel::sql_query(tables).load(&mut db).unwrap());
            return Self::Sqlite(db, counts);
        }
        let mut db = PgConnection::establish(url).unwrap();
        let tables =
            "SELECT table_name::text AS shown FROM information_schema.tables WHERE table_schema = current_schema()";
        let counts = all(diesel::sql_query(tables).load(&mut db).unwrap());
        Self::Postgres(db, counts)
    }

    fn execute(&mut self, statement: &str) {
        match self {
            Self::Sqlite(db, _) => diesel::sql_query(statement).execute(db).unwrap(),
            Self::Postgres(db, _) => diesel::sql_query(statement).execute(db).unwrap(),
        };
    }

    fn count(&mut self) -> String {
        let shown: Shown = match self {
            Self::Sqlite(db, counts) => diesel::sql_query(counts.as_str()).get_result(db).unwrap(),
            Self::Postgres(db, counts) => diesel::sql_query(counts.as_str()).get_result(db).unwrap(),
        };
        shown.shown
    }
}
