//! What every address answers to `HEAD`, and to `OPTIONS`.
use super::{Scene, address};
use crate::person::{Browser, Person, send};
use reqwest::{Method, header};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};

/// Every address with the methods that the tables list for it.
fn addresses() -> BTreeMap<&'static str, BTreeSet<String>> {
    let mut addresses: BTreeMap<&'static str, BTreeSet<String>> = BTreeMap::new();
    let api = brobygger::api::routes::table().into_iter().map(|e| (e.path, e.method));
    let web = brobygger::web::routes::table().into_iter().map(|p| (p.path, p.method));
    for (path, method) in api.chain(web).chain([("/api/v1/openapi.json", actix_web::http::Method::GET)]) {
        addresses.entry(path).or_default().insert(method.to_string());
    }
    addresses
}

/// What two answers of the same thing must have in common.
fn lasting(headers: &header::HeaderMap) -> BTreeMap<String, String> {
    let own_to_each = ["date", "set-cookie"];
    let headers = headers.iter().filter(|(name, _)| !own_to_each.contains(&name.as_str()));
    headers.map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned())).collect()
}

async fn both(person: &Person, browser: &Browser, path: &str) -> [(u16, header::HeaderMap, String); 2] {
    if path.starts_with("/api/v1/") {
        let [get, head] =
            [send(person.request(Method::GET, path)).await, send(person.request(Method::HEAD, path)).await];
        [get, head].map(|a| (a.status, a.headers, a.text))
    } else {
        let [get, head] = [browser.open(path).await, browser.head(path).await];
        [get, head].map(|s| (s.status.as_u16(), s.headers, s.html))
    }
}

#[tokio::test]
async fn whatever_can_be_looked_at_answers_head_with_the_same_headers_and_no_body() {
    let scene = Scene::set().await;
    let nobody = (scene.app.anonymous(), scene.app.browser());
    let kari = (scene.kari.clone(), scene.app.browser().log_in(&scene.kari).await);
    for path in addresses().into_iter().filter(|(_, methods)| methods.contains("GET")).map(|(path, _)| path) {
        for (person, browser) in [&nobody, &kari] {
            for things in [&scene.open, &scene.secret] {
                let path = address(path, things);
                let [get, head] = both(person, browser, &path).await;
                let (mut expected, mut found) = (lasting(&get.1), lasting(&head.1));
                if path == "/metrics" {
                    // It counts the requests of this very test.
                    expected.remove("content-length");
                    found.remove("content-length");
                }
                assert_eq!((head.0, found), (get.0, expected), "{path}");
                assert_eq!(head.2, "", "{path}");
            }
        }
    }
}

/// A client library leaves out what it does not expect; here nothing stands between.
#[tokio::test]
async fn nothing_follows_the_headers_of_an_answer_to_head() {
    let scene = Scene::set().await;
    let host = scene.app.url.trim_start_matches("http://").to_owned();
    for (path, encoding) in [("/", "identity"), ("/", "gzip"), ("/api/v1/needs", "gzip"), ("/finnes/ikke", "gzip")] {
        let host = host.clone();
        let answers = tokio::task::spawn_blocking(move || {
            let mut stream = std::net::TcpStream::connect(&host).unwrap();
            // A body that was sent all the same would stand before the second answer.
            for last in ["keep-alive", "close"] {
                let request = format!(
                    "HEAD {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: {encoding}\r\nConnection: {last}\r\n\r\n"
                );
                stream.write_all(request.as_bytes()).unwrap();
            }
            let mut answers = String::new();
            stream.read_to_string(&mut answers).unwrap();
            answers
        });
        let answers = answers.await.unwrap();
        let parts: Vec<&str> = answers.split("\r\n\r\n").collect();
        let heads = parts.iter().filter(|part| part.starts_with("HTTP/1.1 ")).count();
        assert_eq!((parts.len(), heads, parts.last()), (3, 2, Some(&"")), "{path} {encoding}:\n{answers}");
    }
}

#[tokio::test]
async fn every_address_tells_what_it_takes() {
    let scene = Scene::set().await;
    let anyone = scene.app.anonymous();
    for (path, methods) in addresses() {
        let to = address(path, &scene.open);
        let mut expected = methods.clone();
        expected.insert("OPTIONS".to_owned());
        if methods.contains("GET") {
            expected.insert("HEAD".to_owned());
        }
        let told = |allow: &str| allow.split(", ").map(str::to_owned).collect::<BTreeSet<_>>();
        let asked = send(anyone.request(Method::OPTIONS, &to)).await;
        assert_eq!(
            (asked.status, told(asked.header("allow")), asked.text.as_str()),
            (204, expected.clone(), ""),
            "{to}"
        );
        let other = ["DELETE", "PUT", "PATCH"].into_iter().find(|m| !methods.contains(*m)).unwrap();
        let refused = send(anyone.request(other.parse().unwrap(), &to)).await;
        assert_eq!((refused.status, told(refused.header("allow"))), (405, expected), "{other} {to}");
    }
    let nowhere = send(anyone.request(Method::OPTIONS, "/finnes/ikke")).await;
    assert_eq!(nowhere.status, 404);
}
