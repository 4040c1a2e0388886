//! People: with a program that speaks JSON, or with a browser.
use crate::app::PASSWORD;
use reqwest::multipart::{Form, Part};
use reqwest::{Method, StatusCode, header};
use scraper::{Html, Selector};
use serde_json::{Value, json};
use std::sync::Mutex;

/// Someone with a program that speaks JSON.
#[derive(Clone)]
pub struct Person {
    pub name: String,
    pub email: String,
    pub organisation_number: String,
    pub token: Option<String>,
    url: String,
    http: reqwest::Client,
}

pub struct Answer {
    pub status: u16,
    pub headers: header::HeaderMap,
    pub text: String,
    pub json: Value,
}

impl Person {
    pub fn nobody(url: &str) -> Self {
        Self::new(url, "", "", "")
    }

    pub fn new(url: &str, name: &str, email: &str, organisation_number: &str) -> Self {
        let http = client().build().unwrap();
        Self {
            name: name.to_owned(),
            email: email.to_owned(),
            organisation_number: organisation_number.to_owned(),
            token: None,
            url: url.to_owned(),
            http,
        }
    }

    pub async fn log_in(mut self) -> Self {
        let answer = self.post("/api/v1/session", json!({"email": self.email, "password": PASSWORD})).await;
        assert_eq!(answer.status, 200, "{} cannot log in: {}", self.name, answer.text);
        self.token = Some(answer.json["access_token"].as_str().unwrap().to_owned());
        self
    }

    pub async fn get(&self, path: &str) -> Answer {
        send(self.request(Method::GET, path)).await
    }
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        send(self.request(Method::POST, path).json(&body)).await
    }
    pub async fn put(&self, path: &str, body: Value) -> Answer {
        let request = self.request(Method::PUT, path);
        send(if body.is_null() { request } else { request.json(&body) }).await
    }
    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        send(self.request(Method::PATCH, path).json(&body)).await
    }
    pub async fn delete(&self, path: &str) -> Answer {
        send(self.request(Method::DELETE, path)).await
    }

    /// A request that the test finishes itself: `send(kari.request(…).header(…)).await`.
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.url));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }
}

/// Each request has a connection of its own: an idle one may be closed by the server just when it is used again.
fn client() -> reqwest::ClientBuilder {
    reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).pool_max_idle_per_host(0)
}

pub async fn send(request: reqwest::RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let text = String::from_utf8_lossy(&response.bytes().await.unwrap()).into_owned();
    let json = serde_json::from_str(&text).unwrap_or(Value::Null);
    Answer { status, headers, text, json }
}

impl Answer {
    /// # Panics
    /// Unless the status is this one.
    pub fn must(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }
    pub fn id(&self) -> String {
        self.field("id")
    }
    pub fn field(&self, name: &str) -> String {
        self.json[name].as_str().unwrap_or_else(|| panic!("no {name} in {}", self.text)).to_owned()
    }
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|v| v.to_str().unwrap()).unwrap_or_default()
    }
    /// A text in every item of the list.
    pub fn each(&self, name: &str) -> Vec<String> {
        let items = self.json["items"].as_array().unwrap_or_else(|| panic!("no list: {}", self.text));
        items.iter().map(|item| item[name].as_str().unwrap_or_default().to_owned()).collect()
    }
    /// `field: code` of each error.
    pub fn errors(&self) -> Vec<String> {
        let errors = self.json["errors"].as_array().cloned().unwrap_or_default();
        let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
        errors.iter().map(|e| format!("{}: {}", text(&e["field"]), text(&e["code"]))).collect()
    }
    /// Status and body for a snapshot.
    pub fn shown(&self) -> String {
        let body =
            if self.json.is_null() { self.text.clone() } else { serde_json::to_string_pretty(&self.json).unwrap() };
        tidy(&format!("{}\n{body}", self.status))
    }
}

/// Ids and addresses of this run, by the order in which they are first met.
pub fn tidy(text: &str) -> String {
    let mut seen: Vec<&str> = Vec::new();
    let mut out = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        if let Some(id) = rest.get(..36).filter(|s| is_uuid(s)) {
            let number = seen.iter().position(|s| *s == id).unwrap_or_else(|| {
                seen.push(id);
                seen.len() - 1
            });
            out.push_str(&format!("[id {}]", number + 1));
            rest = &rest[36..];
        } else if let Some(after) = rest.strip_prefix("http://127.0.0.1:") {
            out.push_str("http://brobygger.example");
            rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
        } else {
            let c = rest.chars().next().unwrap();
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

fn is_uuid(text: &str) -> bool {
    text.bytes().enumerate().all(|(i, b)| match i {
        8 | 13 | 18 | 23 => b == b'-',
        _ => b.is_ascii_hexdigit(),
    })
}

/// Someone with a browser: it keeps cookies, and sends the token of the form that it looked at.
pub struct Browser {
    http: reqwest::Client,
    url: String,
    token: Mutex<String>,
}

pub struct Seen {
    pub status: StatusCode,
    pub headers: header::HeaderMap,
    pub html: String,
}

impl Browser {
    pub fn new(url: &str) -> Self {
        let http = client().cookie_store(true).build().unwrap();
        Self { http, url: url.to_owned(), token: Mutex::default() }
    }

    pub fn through_proxy(url: &str) -> Self {
        let mut headers = header::HeaderMap::new();
        headers.insert("x-forwarded-for", header::HeaderValue::from_static("203.0.113.9"));
        let http = client().cookie_store(true).default_headers(headers).build().unwrap();
        Self { http, url: url.to_owned(), token: Mutex::default() }
    }

    pub async fn log_in(self, person: &Person) -> Self {
        self.open("/logg-inn").await;
        let seen = self.submit("/logg-inn", &[("email", &person.email), ("password", PASSWORD)]).await;
        assert_eq!(seen.status, 303, "{}", seen.html);
        self
    }

    pub async fn open(&self, path: &str) -> Seen {
        let seen = self.look(self.http.get(format!("{}{path}", self.url))).await;
        if let Some(token) = seen.values("_csrf").first() {
            token.clone_into(&mut self.token.lock().unwrap());
        }
        seen
    }

    /// A file behind a link.
    pub async fn bytes(&self, path: &str) -> Vec<u8> {
        self.http.get(format!("{}{path}", self.url)).send().await.unwrap().bytes().await.unwrap().to_vec()
    }

    /// Asks what it would be shown.
    pub async fn head(&self, path: &str) -> Seen {
        self.look(self.http.head(format!("{}{path}", self.url))).await
    }

    /// Posts a form with the token of the page that was opened last.
    pub async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Seen {
        let token = self.token.lock().unwrap().clone();
        let mut fields = fields.to_vec();
        fields.push(("_csrf", &token));
        self.submit_bare(path, &fields).await
    }

    /// The same with a file.
    pub async fn submit_with_file(&self, path: &str, fields: &[(&str, &str)], name: &str, file: Part) -> Seen {
        let token = self.token.lock().unwrap().clone();
        let mut form = Form::new().text("_csrf", token);
        for (name, value) in fields {
            form = form.text((*name).to_owned(), (*value).to_owned());
        }
        self.look(self.http.post(format!("{}{path}", self.url)).multipart(form.part(name.to_owned(), file))).await
    }

    /// Posts a form as it is, as another site would.
    pub async fn submit_bare(&self, path: &str, fields: &[(&str, &str)]) -> Seen {
        self.look(self.http.post(format!("{}{path}", self.url)).form(fields)).await
    }

    /// The same fields with the token, said to be something else than a form.
    pub async fn submit_as(&self, path: &str, kind: &str, fields: &[(&str, &str)]) -> Seen {
        let token = self.token.lock().unwrap().clone();
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(fields).append_pair("_csrf", &token);
        let request = self.http.post(format!("{}{path}", self.url)).body(form.finish());
        self.look(if kind.is_empty() { request } else { request.header(header::CONTENT_TYPE, kind) }).await
    }

    async fn look(&self, request: reqwest::RequestBuilder) -> Seen {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let html = String::from_utf8_lossy(&response.bytes().await.unwrap()).into_owned();
        Seen { status, headers, html }
    }

    /// Goes where the answer sends it.
    pub async fn follow(&self, seen: Seen) -> Seen {
        assert!(seen.status.is_redirection(), "{}: {}", seen.status, seen.html);
        self.open(seen.location()).await
    }
}

impl Seen {
    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map(|v| v.to_str().unwrap()).unwrap_or_default()
    }
    /// The texts of all elements that the selector finds, with single spaces.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let page = Html::parse_document(&self.html);
        let selector = Selector::parse(selector).unwrap();
        let found = page.select(&selector);
        found.map(|e| e.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")).collect()
    }
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let page = Html::parse_document(&self.html);
        let selector = Selector::parse(selector).unwrap();
        let found = page.select(&selector);
        found.filter_map(|e| e.value().attr(name).map(str::to_owned)).collect()
    }
    /// What stands in the fields of this name: typed, or chosen.
    pub fn values(&self, name: &str) -> Vec<String> {
        let page = Html::parse_document(&self.html);
        let select = |css: &str| Selector::parse(&css.replace('?', name)).unwrap();
        let attribute = |css: &str| -> Vec<String> {
            page.select(&select(css)).filter_map(|e| e.value().attr("value").map(str::to_owned)).collect()
        };
        let mut values = attribute("input[name='?']:not([type=checkbox]):not([type=radio])");
        values.extend(attribute("input[name='?'][checked]"));
        values.extend(attribute("select[name='?'] option[selected]"));
        values.extend(page.select(&select("textarea[name='?']")).map(|e| e.text().collect::<String>()));
        values
    }
    /// The summary of what is wrong with a form, without the names of the fields.
    pub fn errors(&self) -> Vec<String> {
        self.texts(".bb-error-summary li span")
    }
}
