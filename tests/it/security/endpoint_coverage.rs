//! Every address is attacked, by those with no login and by those with the wrong one.
use super::{Scene, address, body};
use crate::person::{Answer, send};
use brobygger::api::endpoint::Access;
use insta::assert_snapshot;
use reqwest::Method;

/// Where a stranger's own things stand behind the address, or everybody's.
fn is_about_oneself(path: &str) -> bool {
    let everybodys = ["/{number}", "/{organisation_number}", "/{code}", "/{indicator}", "/{path:.*}"];
    !path.contains('{') || path.contains("{token}") || everybodys.iter().any(|end| path.ends_with(end))
}

async fn attack(who: &crate::person::Person, scene: &Scene, method: &Method, path: &str, to: &str) -> Answer {
    let request = who.request(method.clone(), to);
    let request = match method.as_str() {
        "GET" | "DELETE" => request,
        _ if path.ends_with("/attachments") => {
            let file = reqwest::multipart::Part::bytes(b"%PDF-1.7\n%%EOF\n".to_vec()).file_name("kapret.pdf");
            request.multipart(reqwest::multipart::Form::new().part("file", file))
        }
        _ => request.json(&body(&scene.app, method.as_str(), path)),
    };
    send(request).await
}

#[test]
fn no_address_is_listed_twice() {
    let api = brobygger::api::routes::table().into_iter().map(|e| format!("{} {}", e.method, e.path));
    let web = brobygger::web::routes::table().into_iter().map(|p| format!("{} {}", p.method, p.path));
    let mut seen = std::collections::HashSet::new();
    let twice: Vec<String> = api.chain(web).filter(|address| !seen.insert(address.clone())).collect();
    assert!(twice.is_empty(), "{twice:?}");
}

#[tokio::test]
async fn nobody_gets_past_an_endpoint_that_wants_a_login() {
    let scene = Scene::set().await;
    let anyone = scene.app.anonymous();
    for endpoint in brobygger::api::routes::table().into_iter().filter(|e| e.access == Access::LoggedIn) {
        let what = format!("{} {}", endpoint.method, endpoint.path);
        let open =
            attack(&anyone, &scene, &method(&endpoint.method), endpoint.path, &address(endpoint.path, &scene.open))
                .await;
        assert_eq!(
            (open.status, open.json["type"].as_str()),
            (401, Some("/problems/unauthenticated")),
            "{what}: {}",
            open.text
        );
        let secret =
            attack(&anyone, &scene, &method(&endpoint.method), endpoint.path, &address(endpoint.path, &scene.secret))
                .await;
        assert!(matches!(secret.status, 401 | 404), "{what}: {} {}", secret.status, secret.text);
    }
}

#[tokio::test]
async fn a_stranger_gets_nothing_from_an_endpoint_with_the_ids_of_others() {
    let scene = Scene::set().await;
    for (who, stranger) in scene.strangers().await.into_iter().skip(1) {
        for endpoint in brobygger::api::routes::table() {
            if is_about_oneself(endpoint.path) {
                continue;
            }
            let what = format!("{who}: {} {}", endpoint.method, endpoint.path);
            let answer = attack(
                &stranger,
                &scene,
                &method(&endpoint.method),
                endpoint.path,
                &address(endpoint.path, &scene.secret),
            )
            .await;
            assert!(matches!(answer.status, 403 | 404), "{what}: {} {}", answer.status, answer.text);
        }
    }
    let after = scene.kari.get("/api/v1/needs?status=draft").await.must(200);
    assert_eq!((after.json["total"].as_i64(), after.text.contains("Kapret")), (Some(1), false), "{}", after.text);
}

#[tokio::test]
async fn nobody_gets_past_a_page_that_wants_a_login() {
    let scene = Scene::set().await;
    let browser = scene.app.browser();
    browser.open("/logg-inn").await;
    for page in brobygger::web::routes::table().into_iter().filter(|p| p.access == Access::LoggedIn) {
        for things in [&scene.open, &scene.secret] {
            let path = address(page.path, things);
            let seen = if page.method == "GET" {
                browser.open(&path).await
            } else {
                browser.submit(&path, &[("title", "Kapret")]).await
            };
            // What was typed is kept on a page that leads to the login.
            let is_kept = seen.status == 401 && seen.values("title") == ["Kapret"] && seen.html.contains("/logg-inn");
            let to_login = (seen.status == 303 && seen.location().starts_with("/logg-inn")) || is_kept;
            let hidden = seen.status == 404 && std::ptr::eq(things, &scene.secret);
            assert!(to_login || hidden, "{} {path}: {} {}", page.method, seen.status, seen.location());
        }
    }
}

#[tokio::test]
async fn a_stranger_gets_nothing_from_a_page_with_the_ids_of_others() {
    let scene = Scene::set().await;
    for (who, stranger) in scene.strangers().await.into_iter().skip(1) {
        let browser = scene.app.browser().log_in(&stranger).await;
        browser.open("/min-side/konto").await;
        for page in brobygger::web::routes::table() {
            if is_about_oneself(page.path) {
                continue;
            }
            let path = address(page.path, &scene.secret);
            let fields = [
                ("title", "Kapret"),
                ("text", "Kapret"),
                ("body", "Kapret"),
                ("volume", "1"),
                ("reason", "x"),
                ("kind", "other"),
            ];
            let seen =
                if page.method == "GET" { browser.open(&path).await } else { browser.submit(&path, &fields).await };
            assert!(matches!(seen.status.as_u16(), 403 | 404), "{who}: {} {path}: {}", page.method, seen.status);
        }
    }
}

/// What every persona gets from every address that is only looked at; what is Stavanger's stands behind it.
#[tokio::test]
async fn every_persona_at_every_address() {
    let scene = Scene::set().await;
    let mut people = scene.strangers().await;
    people.push(("its supplier", scene.ida.clone()));
    people.push(("own buyer", scene.kari.clone()));
    people.push(("operator", scene.app.operator("Mona").await));
    let mut table = String::new();
    let names: Vec<&str> = people.iter().map(|(name, _)| *name).collect();
    table += &format!("{}\n", names.join(" | "));
    let api = brobygger::api::routes::table().into_iter().map(|e| (e.method.clone(), e.path));
    let web = brobygger::web::routes::table().into_iter().map(|p| (p.method.clone(), p.path));
    let mut browsers = Vec::new();
    for (name, person) in &people {
        let browser = scene.app.browser();
        browsers.push(if *name == "anonymous" { browser } else { browser.log_in(person).await });
    }
    for (_, path) in api.chain(web).filter(|(method, _)| method == "GET") {
        let mut row = Vec::new();
        for ((_, person), browser) in people.iter().zip(&browsers) {
            let to = address(path, &scene.open);
            let status = if path.starts_with("/api/") {
                person.get(&to).await.status
            } else {
                browser.open(&to).await.status.as_u16()
            };
            assert!(status < 500, "{path}: {status}");
            row.push(status.to_string());
        }
        table += &format!("{path:55} {}\n", row.join(" "));
    }
    assert_snapshot!(table);
}

fn method(of: &actix_web::http::Method) -> Method {
    of.as_str().parse().unwrap()
}

/// What an endpoint does not know would otherwise be left out in silence, and the second of two as well.
#[tokio::test]
async fn every_endpoint_refuses_parameters_that_it_does_not_know_or_that_come_twice() {
    let scene = Scene::set().await;
    for endpoint in brobygger::api::routes::table() {
        let what = format!("{} {}", endpoint.method, endpoint.path);
        let to = address(endpoint.path, &scene.open);
        let unknown =
            attack(&scene.kari, &scene, &method(&endpoint.method), endpoint.path, &format!("{to}?fisk=1")).await;
        assert_eq!((unknown.status, &unknown.json["type"]), (400, &"/problems/unknown-parameter".into()), "{what}");
        for (name, _) in endpoint.parameters.iter().filter(|(name, _)| !endpoint.repeated.contains(name)) {
            let to = format!("{to}?{name}=1&{name}=1");
            let twice = attack(&scene.kari, &scene, &method(&endpoint.method), endpoint.path, &to).await;
            assert_eq!(
                (twice.status, &twice.json["type"]),
                (400, &"/problems/repeated-parameter".into()),
                "{what} {name}"
            );
        }
    }
}

/// What a program is made from must be what the server says: names of values, and a page for each list.
#[test]
fn the_openapi_document_names_values_as_they_are_written_and_a_page_for_each_list() {
    let document = serde_json::json!(brobygger::api::openapi::document());
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let values: std::collections::BTreeMap<&str, Vec<&str>> = schemas
        .iter()
        .filter_map(|(name, schema)| {
            let values = schema["enum"].as_array()?;
            Some((name.as_str(), values.iter().map(|value| value.as_str().unwrap()).collect()))
        })
        .collect();
    assert_eq!(values["Status"], ["draft", "published", "withdrawn", "concluded"]);
    assert_eq!(values["Language"], ["nb", "nn", "en"]);
    // The unit of money is the code of a currency.
    let is_written = |value: &str| value == "NOK" || !value.contains(char::is_uppercase);
    assert!(values.values().flatten().all(|value| is_written(value)), "{values:?}");
    let item = |path: &str| {
        let answer = &document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
        let page = answer["$ref"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        schemas[&page]["properties"]["items"]["items"]["$ref"].as_str().unwrap().rsplit('/').next().unwrap().to_owned()
    };
    assert_eq!(item("/api/v1/needs"), "NeedItem");
    assert_eq!(item("/api/v1/suppliers"), "SupplierBody");
    assert_eq!(item("/api/v1/cpv"), "CpvBody");
    // Everything that is named is there.
    let text = document.to_string();
    for reference in text.split("#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap();
        assert!(schemas.contains_key(name), "{name}");
    }
}
