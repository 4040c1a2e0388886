//! What the OpenAPI document says, beside what the server does.
use super::{Scene, address, body};
use crate::app::{PASSWORD, TestApp};
use crate::person::{Answer, Person, send};
use brobygger::api::endpoint::{Access, Endpoint};
use brobygger::api::routes::table;
use brobygger::statistics::export::Format;
use brobygger::tenancy::{OrganisationKind, Role};
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn document() -> Value {
    json!(brobygger::api::openapi::document())
}

/// A refusal that the document does not tell of.
fn untold(document: &Value, endpoint: &Endpoint, status: u16) -> Option<String> {
    let is_told = |status: u16| operation(document, endpoint)["responses"][status.to_string()].is_object();
    let is_wrong = (400..500).contains(&status) && !is_told(status);
    is_wrong.then(|| format!("{} {}: {status} is not told of", endpoint.method, endpoint.path))
}

/// What everybody is refused with, where they have no business or say what cannot be taken.
#[tokio::test]
async fn every_refusal_is_one_that_the_document_tells_of() {
    let scene = Scene::set().await;
    let document = document();
    let operator = scene.app.operator("Mona").await;
    let admin = scene.app.member("Astrid", "Stavanger", OrganisationKind::Buyer, Role::Admin).await;
    let bo = scene.app.buyer("Bo", "Bergen").await;
    let gone = scene.app.supplier("Gro", "Nattlys").await;
    let alone = gone.get("/api/v1/organisations/me/members").await.must(200).each("id").remove(0);
    gone.delete(&format!("/api/v1/organisations/me/members/{alone}")).await.must(204);
    let people = [&scene.app.anonymous(), &scene.kari, &scene.ida, &operator, &admin, &bo, &gone];
    let (mut wrong, mut met) = (BTreeSet::new(), BTreeSet::new());
    for endpoint in table() {
        let method: Method = endpoint.method.as_str().parse().unwrap();
        for who in people {
            // Everybody may see the one, and hardly anybody the other.
            let to = address(endpoint.path, &scene.open);
            let hidden = address(endpoint.path, &scene.secret);
            let with = |more: &str| who.request(method.clone(), &format!("{to}{more}"));
            let mut requests = vec![
                who.request(method.clone(), &hidden).json(&if method == Method::DELETE {
                    json!({"fisk": 1})
                } else {
                    json!({})
                }),
                with("?fisk=1"),
                with("").header("If-Match", "\"0\"").json(&json!({"fisk": 1})),
                with("").header("X-Organisation", "974760673"),
                with("").header("Authorization", "Bearer fisk"),
                with("").body("fisk"),
                with("").header("Content-Type", "application/json").body("{"),
            ];
            requests.extend(endpoint.parameters.iter().map(|(name, _)| with(&format!("?{name}=%F0%9F%90%9F"))));
            if endpoint.body.is_some() {
                requests.push(with("").header("If-Match", "\"0\"").json(&json!({})));
            } else if method != Method::DELETE {
                requests.push(with("").header("If-Match", "\"0\""));
            }
            for request in requests {
                let status = send(request).await.status;
                met.insert(status);
                wrong.extend(untold(&document, &endpoint, status));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.into_iter().collect::<Vec<_>>().join("\n"));
    let refused: Vec<u16> = met.into_iter().filter(|status| *status >= 400).collect();
    assert_eq!(refused, [400, 401, 403, 404, 409, 412, 415, 422]);
}

/// One letter more than the document says is too much, and what it says is not.
#[tokio::test]
async fn as_much_as_the_document_says_is_taken() {
    let scene = Scene::set().await;
    let document = document();
    let admin = scene.app.member("Astrid", "Stavanger", OrganisationKind::Buyer, Role::Admin).await;
    let bo = scene.app.buyer("Bo", "Bergen").await;
    let people = [&scene.app.anonymous(), &scene.kari, &scene.ida, &admin, &bo];
    let mut seen = 0;
    for endpoint in table().into_iter().filter(|e| e.takes == ["application/json"] || e.method == "PATCH") {
        let Some(content) = operation(&document, &endpoint)["requestBody"]["content"].as_object() else { continue };
        let named = content["application/json"]["schema"]["$ref"].as_str().unwrap();
        let schema = document.pointer(named.trim_start_matches('#')).unwrap();
        let (method, path) = (endpoint.method.as_str(), address(endpoint.path, &scene.open));
        for (name, property) in schema["properties"].as_object().unwrap() {
            // An answer is longer than the question, though both are written alike.
            let Some(most) =
                property["maxLength"].as_u64().filter(|_| !(path.ends_with("/questions") || path.ends_with("/thanks")))
            else {
                continue;
            };
            for (letters, is_too_long) in [(most + 1, true), (most, false)] {
                let mut body = good_body(&scene, method, endpoint.path, "x");
                // So that nothing comes of what is taken.
                body["kind"] = if body["kind"].is_null() { Value::Null } else { json!("fisk") };
                if body["kind"].is_null() {
                    body.as_object_mut().unwrap().remove("kind");
                }
                body[name] = json!("x".repeat(usize::try_from(letters).unwrap()));
                let mut answers = Vec::new();
                for who in people {
                    let answer = send(who.request(method.parse().unwrap(), &path).json(&body)).await;
                    if !matches!(answer.status, 401 | 403 | 404 | 409) {
                        answers.push(answer.errors());
                    }
                }
                let told = format!("{name}: too-long");
                let is_told = answers.iter().any(|errors| errors.contains(&told) || name.contains("email"));
                assert!(!answers.is_empty(), "{method} {path} {name}");
                assert_eq!(
                    is_told,
                    is_too_long || name.contains("email"),
                    "{method} {path} {name} {letters}: {answers:?}"
                );
                seen += 1;
            }
        }
    }
    assert!(seen > 30, "{seen}");
}

fn operation<'a>(document: &'a Value, endpoint: &Endpoint) -> &'a Value {
    &document["paths"][endpoint.path][endpoint.method.as_str().to_lowercase()]
}

/// Where a value is not as the document says, also in its formats and lengths.
fn misfits(value: &Value, schema: &Value, document: &Value, at: &str) -> Vec<String> {
    let mut schema = schema.clone();
    let Some(whole) = schema.as_object_mut() else { return vec![format!("{at}: nothing is told of {value}")] };
    whole.insert("components".to_owned(), document["components"].clone());
    let schema = jsonschema::draft202012::options().should_validate_formats(true).build(&schema).unwrap();
    schema.iter_errors(value).map(|wrong| format!("{at}{}: {wrong}", wrong.instance_path())).collect()
}

/// A request that someone would send, with the need as a draft where it is published.
async fn ask(who: &Person, scene: &Scene, endpoint: &Endpoint, refresh_token: &str) -> Answer {
    let things = if endpoint.path.ends_with("/publication") { &scene.secret } else { &scene.open };
    let method: Method = endpoint.method.as_str().parse().unwrap();
    // The one that has a profile.
    let path = endpoint.path.replace("{organisation_number}", &scene.ida.organisation_number);
    let request = who.request(method.clone(), &address(&path, things));
    let is_put = matches!(method, Method::POST | Method::PUT | Method::PATCH) && endpoint.body.is_some();
    send(match endpoint.path {
        path if path.ends_with("/attachments") && method == Method::POST => {
            let file = Part::bytes(b"%PDF-1.7\n%%EOF\n".to_vec()).file_name("plan.pdf");
            let form = Form::new().part("file", file);
            // The file of a need corrects it.
            let is_of_need = path.ends_with("/needs/{id}/attachments");
            request.multipart(if is_of_need { form.text("change_note", "Fordi") } else { form })
        }
        path if is_put => request.json(&good_body(scene, method.as_str(), path, refresh_token)),
        _ => request,
    })
    .await
}

fn good_body(scene: &Scene, method: &str, path: &str, refresh_token: &str) -> Value {
    match path {
        "/api/v1/session" => json!({"email": scene.kari.email, "password": PASSWORD}),
        "/api/v1/session/refresh" => json!({"refresh_token": refresh_token}),
        "/api/v1/suppliers/me" => json!({"kind": "social_entrepreneur", "employees": "100-249", "website": null,
            "social_traits": {"purpose": "Trygge netter"}}),
        "/api/v1/suppliers" => {
            json!({"organisation_number": scene.app.new_number(), "organisation_name": "Fjordlys AS",
            "kind": "startup", "region": "11", "name": "Mina", "email": "mina@fjordlys.example", "password": PASSWORD})
        }
        path => body(&scene.app, method, path),
    }
}

/// Everybody asks for everything, and then does what can be done; each answer is held beside the document.
#[tokio::test]
async fn every_answer_fits_the_document() {
    let scene = Scene::set().await;
    let document = document();
    let admin = scene.app.member("Astrid", "Stavanger", OrganisationKind::Buyer, Role::Admin).await;
    let adviser = scene.app.adviser("Liv").await;
    let operator = scene.app.operator("Mona").await;
    let bo = scene.app.buyer("Bo", "Bergen").await;
    let people = [&scene.app.anonymous(), &scene.kari, &scene.ida, &admin, &adviser, &operator, &bo];
    let login = json!({"email": scene.kari.email, "password": PASSWORD});
    let refresh_token = scene.kari.post("/api/v1/session", login).await.must(200).field("refresh_token");
    let (read, mut written): (Vec<_>, Vec<_>) =
        table().into_iter().filter(|e| e.method != "DELETE").partition(|e| e.method == "GET");
    // After the outcome nothing more is said; and then there is one to read, and all that changed.
    written.sort_by_key(|e| e.path.ends_with("/outcome"));
    let late = table()
        .into_iter()
        .filter(|e| e.method == "GET" && (e.path.ends_with("/outcome") || e.path.ends_with("/changes")));
    let (mut wrong, mut unseen) = (Vec::new(), BTreeSet::new());
    for endpoint in read.into_iter().chain(written).chain(late) {
        let what = format!("{} {}", endpoint.method, endpoint.path);
        let operation = operation(&document, &endpoint);
        let (status, schema) = endpoint.answer.as_ref().unwrap();
        let documented = &operation["responses"][status.to_string()];
        let mut is_seen = schema.is_none() || endpoint.media != "application/json";
        for who in people {
            let answer = ask(who, &scene, &endpoint, &refresh_token).await;
            let is_good = answer.status == *status;
            wrong.extend(untold(&document, &endpoint, answer.status));
            let content = if is_good { &documented["content"] } else { &operation["responses"]["default"]["content"] };
            let kind = if is_good { endpoint.media } else { "application/problem+json" };
            if answer.json.is_object() && kind != "*/*" {
                wrong.extend(misfits(&answer.json, &content[kind]["schema"], &document, &what));
            }
            if is_good {
                is_seen = true;
                let has_tag = answer.headers.contains_key("etag");
                if has_tag != documented["headers"]["ETag"].is_object() {
                    wrong.push(format!("{what}: ETag is sent: {has_tag}"));
                }
            }
        }
        if is_seen {
            unseen.remove(&what);
        } else {
            unseen.insert(what);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let unseen: Vec<&str> = unseen.iter().map(String::as_str).collect();
    // No notice is brought in here, and no mail has failed.
    assert_eq!(unseen, ["GET /api/v1/notices/{id}", "PUT /api/v1/messages/{id}/attempt"]);
}

#[tokio::test]
async fn what_is_sent_fits_the_document_and_so_does_what_stands_for_what_is_left_out() {
    let scene = Scene::set().await;
    let document = document();
    for endpoint in table().into_iter().filter(|e| e.body.is_some() && !e.takes.contains(&"multipart/form-data")) {
        let what = format!("{} {}", endpoint.method, endpoint.path);
        let content = operation(&document, &endpoint)["requestBody"]["content"].as_object().unwrap();
        let expected: &[&str] = match endpoint.method.as_str() {
            "PATCH" => &["application/json", "application/merge-patch+json"],
            _ => &["application/json"],
        };
        assert_eq!(content.keys().map(String::as_str).collect::<BTreeSet<_>>(), expected.iter().copied().collect());
        let sent = good_body(&scene, endpoint.method.as_str(), endpoint.path, "x");
        let wrong = misfits(&sent, &content["application/json"]["schema"], &document, &what);
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        let strange = misfits(&json!({"fisk": 1}), &content["application/json"]["schema"], &document, &what);
        assert!(strange.iter().any(|wrong| wrong.contains("'fisk' was unexpected")), "{what}: {strange:?}");
    }
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        for (field, property) in schema["properties"].as_object().into_iter().flatten() {
            if let Some(default) = property.get("default") {
                let wrong = misfits(default, property, &document, &format!("{name}.{field}"));
                assert!(wrong.is_empty(), "{}", wrong.join("\n"));
            }
        }
    }
}

/// Programs that are made from the document ask for figures in whatever it says, and read what they get.
#[tokio::test]
async fn every_format_of_the_figures_is_told_of() {
    let app = TestApp::start().await;
    let document = document();
    let content = &document["paths"]["/api/v1/statistics"]["get"]["responses"]["200"]["content"];
    let mut met = BTreeSet::new();
    for format in Format::ALL {
        let path = format!("/api/v1/statistics?format={}", format.as_str());
        let answer = app.anonymous().get(&path).await.must(200);
        if answer.json.is_object() {
            let wrong = misfits(&answer.json, &content["application/json"]["schema"], &document, &path);
            assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        }
        met.insert(answer.headers["content-type"].to_str().unwrap().to_owned());
    }
    assert_eq!(
        met.iter().collect::<Vec<_>>(),
        content.as_object().unwrap().keys().collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>()
    );
}

/// Where a token shows more than is public, a program must learn that it may send one.
#[tokio::test]
async fn the_document_tells_where_a_token_shows_more() {
    let scene = Scene::set().await;
    let document = document();
    let optional = json!([{}, {"bearer": []}]);
    let anyone = scene.app.anonymous();
    for endpoint in table() {
        let what = format!("{} {}", endpoint.method, endpoint.path);
        let operation = operation(&document, &endpoint);
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        let has = |name: &str| parameters.iter().any(|p| p["name"] == name && p["in"] == "header");
        let takes_a_token = endpoint.access == Access::LoggedIn || operation["security"] == optional;
        assert_eq!(has("X-Organisation"), takes_a_token, "{what}");
        let is_changed = endpoint.method != "GET" && endpoint.method != "POST";
        assert_eq!(has("If-Match"), endpoint.tagged && is_changed, "{what}");
        for name in ["cpv", "region", "area"] {
            let Some(one) = parameters.iter().find(|p| p["name"] == name) else { continue };
            let is_list = one["schema"]["type"] == "array" && one["explode"] == true && one["style"] == "form";
            assert_eq!(is_list, endpoint.repeated.contains(&name), "{what}: {name}");
        }
        if endpoint.access != Access::Anyone || endpoint.method != "GET" {
            continue;
        }
        for things in [&scene.open, &scene.secret] {
            let mut to = address(endpoint.path, things);
            if endpoint.path == "/api/v1/needs" {
                to += "?status=draft";
            }
            let seen = anyone.get(&to).await;
            for who in [&scene.kari, &scene.ida] {
                let more = who.get(&to).await;
                if (more.status, &more.text) != (seen.status, &seen.text) && more.status == 200 {
                    assert_eq!(operation["security"], optional, "{what}");
                }
            }
        }
    }
}

/// A program made from the document is told before it asks what the server would tell it after.
#[test]
fn the_document_is_as_strict_as_the_server() {
    let document = document();
    let schemas = &document["components"]["schemas"];
    let values = |reference: &Value| {
        let name = reference["$ref"].as_str().unwrap_or_else(|| panic!("{reference}")).rsplit('/').next().unwrap();
        schemas[name]["enum"].as_array().unwrap().iter().map(|v| v.as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    for endpoint in table() {
        let what = format!("{} {}", endpoint.method, endpoint.path);
        let operation = operation(&document, &endpoint);
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let schema = &parameter["schema"];
            assert!(parameter["description"].is_string(), "{what}: {}", parameter["name"]);
            match (parameter["name"].as_str().unwrap(), parameter["in"].as_str().unwrap()) {
                ("limit", _) => {
                    assert_eq!((&schema["minimum"], &schema["maximum"]), (&json!(1), &json!(100)), "{what}")
                }
                ("Idempotency-Key", _) => {
                    assert_eq!((&schema["minLength"], &schema["maxLength"]), (&json!(1), &json!(200)), "{what}");
                }
                ("id" | "question" | "response" | "attachment" | "member" | "invitation", "path") => {
                    assert_eq!(schema["format"], "uuid", "{what}");
                }
                ("area", _) => {
                    let one = if schema["type"] == "array" { &schema["items"] } else { schema };
                    assert_eq!(
                        values(one),
                        ["smidig", "samskapende", "smart", "gront_skifte", "helse_i_alt"],
                        "{what}"
                    );
                }
                ("without", _) => assert_eq!(values(schema), ["responses", "answers", "outcome"], "{what}"),
                ("format", _) => {
                    assert_eq!(values(schema), ["csv", "csv-excel", "xlsx", "json", "json-stat"], "{what}");
                }
                ("by", _) => {
                    assert_eq!((values(&schema["items"]).len(), &schema["maxItems"]), (13, &json!(2)), "{what}");
                    assert_eq!((&parameter["style"], &parameter["explode"]), (&json!("form"), &json!(false)), "{what}");
                }
                ("sort", _) => assert_eq!(values(schema), ["relevance", "newest", "deadline"], "{what}"),
                _ => {}
            }
        }
        let answers = &operation["responses"];
        assert!(answers["default"]["headers"]["Retry-After"].is_object(), "{what}");
        assert_eq!(answers["201"]["headers"]["Location"].is_object(), answers["201"].is_object(), "{what}");
        assert_eq!(answers["304"].is_object(), endpoint.tagged && endpoint.method == "GET", "{what}");
    }
    let required = |name: &str| schemas[name]["required"].as_array().unwrap().len();
    assert_eq!(required("NeedBody"), schemas["NeedBody"]["properties"].as_object().unwrap().len());
    assert_eq!(schemas["Words"]["required"], json!(["title"]));
    assert_eq!(schemas["WordsPatch"]["required"], Value::Null);
    assert_eq!(schemas["NeedBody"]["properties"]["id"]["format"], "uuid");
    assert_eq!(schemas["NeedBody"]["properties"]["published_at"]["format"], "date-time");
    assert_eq!(schemas["DesiredEffect"]["properties"]["by"]["format"], "date");
    let releases = &document["paths"]["/api/v1/ocds/releases"]["get"]["responses"]["200"]["content"];
    assert!(releases["application/json"].is_object(), "{releases}");
    for path in ["/api/v1/session", "/api/v1/session/refresh"] {
        let told = document["paths"][path]["post"]["description"].as_str().unwrap();
        assert!(told.contains("no `Idempotency-Key`"), "{told}");
    }
}
