//! What one tenant has, another never sees.
use super::{CANARY, Scene, address};
use crate::app::TestApp;
use crate::needs::{draft, published};
use crate::person::Person;
use brobygger::tenancy::{OrganisationKind, Role};
use serde_json::{Value, json};

#[tokio::test]
async fn the_canary_sings_for_nobody_else() {
    let scene = Scene::set().await;
    let strangers = scene.strangers().await;
    let api: Vec<&str> = brobygger::api::routes::table().iter().filter(|e| e.method == "GET").map(|e| e.path).collect();
    let web: Vec<&str> = brobygger::web::routes::table().iter().filter(|p| p.method == "GET").map(|p| p.path).collect();
    let mut queries: Vec<String> = Vec::new();
    for path in api.iter().chain(&web) {
        for things in [&scene.secret, &scene.open] {
            queries.push(address(path, things));
        }
        if !path.contains('{') {
            queries.push(format!("{path}?q={CANARY}"));
            queries.extend(["draft", "withdrawn"].map(|status| format!("{path}?status={status}")));
        }
    }
    for (name, person) in &strangers {
        let browser = scene.app.browser();
        let browser = if *name == "anonymous" { browser } else { browser.log_in(person).await };
        for path in &queries {
            let (status, text) = if path.starts_with("/api/") {
                let answer = person.get(path).await;
                (answer.status, answer.text)
            } else {
                let seen = browser.open(path).await;
                (seen.status.as_u16(), seen.html)
            };
            assert!(status < 500, "{name} {path}: {status}");
            // What one has searched for stands in the search box.
            let text = text.replace(&format!("value=\"{CANARY}\""), "").replace(&format!("q={CANARY}"), "");
            let asked_for = path.contains("?q=") && !path.starts_with("/api/");
            let leak = if asked_for { text.contains(&format!("Utkast om {CANARY}")) } else { text.contains(CANARY) };
            assert!(!leak, "{name} reads the secret at {path}:\n{text}");
        }
    }
    // It does sing for those it is meant for; else this test would prove nothing.
    let id = &scene.secret.iter().find(|(n, _)| *n == "{id}").unwrap().1;
    assert!(scene.kari.get(&format!("/api/v1/needs/{id}")).await.text.contains(CANARY));
    let open = &scene.open.iter().find(|(n, _)| *n == "{id}").unwrap().1;
    assert!(scene.kari.get(&format!("/api/v1/needs/{open}/responses")).await.text.contains(CANARY));
    assert!(scene.ida.get(&format!("/api/v1/needs/{open}/responses")).await.text.contains(CANARY));
}

/// A tenant with one of everything, named like all the others.
struct Tenant {
    admin: Person,
    drafts: Vec<String>,
    open: String,
    responses: Vec<String>,
}

async fn tenant(app: &TestApp, name: &str, supplier: &Person) -> Tenant {
    let admin = app.member("Kari", name, OrganisationKind::Buyer, Role::Admin).await;
    let drafts = vec![draft(app, &admin, "Likt utkast").await, draft(app, &admin, "Likt utkast").await];
    let open = published(app, &admin, "Likt behov").await;
    let response =
        supplier.post(&format!("/api/v1/needs/{open}/responses"), json!({"body": "Likt svar"})).await.must(201);
    Tenant { admin, drafts, open, responses: vec![response.id()] }
}

fn sorted(mut ids: Vec<String>) -> Vec<String> {
    ids.sort();
    ids
}

#[tokio::test]
async fn two_tenants_that_look_alike_each_see_exactly_their_own() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let per = app.supplier("Per", "Nattlys").await;
    let tenants = [tenant(&app, "Stavanger", &ida).await, tenant(&app, "Bergen", &per).await];
    for (own, other) in [(&tenants[0], &tenants[1]), (&tenants[1], &tenants[0])] {
        let kari = &own.admin;
        let drafts = kari.get("/api/v1/needs?status=draft").await.must(200);
        assert_eq!((sorted(drafts.each("id")), drafts.json["total"].as_u64()), (sorted(own.drafts.clone()), Some(2)));
        let responses = kari.get(&format!("/api/v1/needs/{}/responses", own.open)).await.must(200);
        assert_eq!((responses.each("id"), responses.json["total"].as_u64()), (own.responses.clone(), Some(1)));
        kari.get(&format!("/api/v1/needs/{}/responses", other.open)).await.must(403);
        let members = kari.get("/api/v1/organisations/me/members").await.must(200);
        assert_eq!((members.each("email"), members.json["total"].as_u64()), (vec![kari.email.clone()], Some(1)));
        // What is public is everybody's.
        let public = kari.get("/api/v1/needs?q=likt").await.must(200);
        assert_eq!(sorted(public.each("id")), sorted(tenants.iter().map(|t| t.open.clone()).collect()));
        // Another's id at one's own need finds nothing either.
        let crossed = format!("/api/v1/needs/{}/responses/{}", own.open, other.responses[0]);
        kari.get(&crossed).await.must(404);
        kari.put(&format!("{crossed}/reading"), Value::Null).await.must(404);
    }
    // A supplier sees what it has sent itself, also where another has sent the same.
    per.post(&format!("/api/v1/needs/{}/responses", tenants[0].open), json!({"body": "Likt svar"})).await.must(201);
    let seen = ida.get(&format!("/api/v1/needs/{}/responses", tenants[0].open)).await.must(200);
    assert_eq!((seen.each("id"), seen.json["total"].as_u64()), (tenants[0].responses.clone(), Some(1)));
}
