//! Who may do and see what: as a table, by attack on every address, and between tenants.
mod document;
mod endpoint_coverage;
mod methods;
mod nasty;
mod policy_matrix;
mod tenancy;

use crate::app::TestApp;
use crate::needs::{draft, falls, published};
use crate::person::Person;
use brobygger::tenancy::{OrganisationKind, Role};
use serde_json::{Value, json};

/// Stands in a draft, and in the confidential part of a response. Nobody else may ever read it.
const CANARY: &str = "kanarifuglen";

/// Stavanger, with things that could leak, and those who would like to see them.
struct Scene {
    app: TestApp,
    kari: Person,
    ida: Person,
    /// By the name of a parameter in an address: what is Stavanger's own.
    secret: Vec<(&'static str, String)>,
    /// The same, but everybody may read the need.
    open: Vec<(&'static str, String)>,
}

impl Scene {
    async fn set() -> Self {
        Self::with("").await
    }

    /// `settings`: TOML that changes what tests otherwise use.
    async fn with(settings: &str) -> Self {
        let app = TestApp::with(settings).await;
        app.mail_does_not_matter();
        let kari = app.buyer("Kari", "Stavanger").await;
        let ida = app.supplier("Ida", "Tryggvakt").await;
        let hidden = draft(&app, &kari, &format!("Utkast om {CANARY}")).await;
        let need = published(&app, &kari, "Færre fall på sykehjemmet").await;
        let path = format!("/api/v1/needs/{need}");
        let response = json!({"body": format!("Vårt svar om {CANARY}"), "confidential": format!("Prisen på {CANARY}"),
            "confidential_reason": format!("Fordi {CANARY}")});
        let response = ida.post(&format!("{path}/responses"), response).await.must(201).id();
        let question =
            ida.post(&format!("{path}/questions"), json!({"text": format!("Hva med {CANARY}?")})).await.must(201).id();
        let file = reqwest::multipart::Part::bytes(format!("%PDF-1.7\n{CANARY}\n%%EOF\n").into_bytes())
            .file_name(format!("{CANARY}.pdf"));
        let form = reqwest::multipart::Form::new().part("file", file).text("confidential", "true");
        let sent =
            ida.request(reqwest::Method::POST, &format!("{path}/responses/{response}/attachments")).multipart(form);
        let attachment = crate::person::send(sent).await.must(201).id();
        let anne = app.member("Anne", "Stavanger", OrganisationKind::Buyer, Role::Admin).await;
        let invited = json!({"email": format!("{CANARY}@stavanger.example"), "role": "reader"});
        let invitation = anne.post("/api/v1/organisations/me/invitations", invited).await.must(201).id();
        let member = anne.get("/api/v1/organisations/me/members").await.must(200).each("id").remove(0);
        let reference = |number: &str| vec![("{reference}", format!("2026-{number}"))];
        let rest = [
            ("{question}", question),
            ("{response}", response),
            ("{attachment}", attachment),
            ("{version}", "1".to_owned()),
            ("{token}", "ukjent".to_owned()),
            ("{number}", kari.organisation_number.clone()),
            ("{code}", "stale".to_owned()),
            ("{indicator}", "notices".to_owned()),
            ("{path:.*}", "brobygger.css".to_owned()),
            ("{form}", "planning".to_owned()),
            ("{message}", "00000000-0000-7000-8000-000000000000".to_owned()),
            ("{organisation_number}", kari.organisation_number.clone()),
            ("{member}", member),
            ("{invitation}", invitation),
        ];
        let mut secret = reference("0001");
        secret.push(("{id}", hidden));
        secret.extend(rest.clone());
        let mut open = reference("0002");
        open.push(("{id}", need));
        open.extend(rest);
        Self { app, kari, ida, secret, open }
    }

    /// Everybody who is neither Stavanger nor the supplier that wrote to it.
    async fn strangers(&self) -> Vec<(&'static str, Person)> {
        let app = &self.app;
        vec![
            ("anonymous", app.anonymous()),
            ("another buyer", app.buyer("Bo", "Bergen").await),
            ("another buyer's admin", app.member("Berit", "Bergen", OrganisationKind::Buyer, Role::Admin).await),
            ("another supplier", app.supplier("Per", "Nattlys").await),
            ("adviser", app.adviser("Liv").await),
        ]
    }
}

/// The address with its parameters filled in; on pages `{id}` is that of a question, a response or an attachment.
fn address(path: &str, things: &[(&'static str, String)]) -> String {
    let of = |name: &str| things.iter().find(|(n, _)| *n == name).unwrap().1.clone();
    let mut path = path.to_owned();
    if path.contains("/sporsmal/{id}") {
        path = path.replace("{id}", &of("{question}"));
    } else if path.contains("/svar/{id}") {
        path = path.replace("{id}", &of("{response}"));
    } else if path.contains("/vedlegg/{id}") {
        path = path.replace("{id}", &of("{attachment}"));
    } else if path.contains("/medlemmer/{id}") {
        path = path.replace("{id}", &of("{member}"));
    } else if path.contains("/invitasjoner/{id}") {
        path = path.replace("{id}", &of("{invitation}"));
    }
    for (name, value) in things {
        path = path.replace(name, value);
    }
    assert!(!path.contains('{'), "{path} has a parameter that this test does not know");
    path
}

/// A body that each endpoint would take.
fn body(app: &TestApp, method: &str, path: &str) -> Value {
    let end = path.rsplit('/').next().unwrap();
    match end {
        "needs" => falls(app),
        "{id}" if method == "PATCH" => json!({"title": "Kapret", "change_note": "Fordi"}),
        "joiners" => json!({"volume": "alt"}),
        "questions" | "answer" | "thanks" => json!({"text": "Kapret"}),
        "responses" => json!({"body": "Kapret"}),
        "outcome" => json!({"kind": "other", "text": "Kapret"}),
        "invitations" => json!({"email": "tyv@evil.example", "role": "admin"}),
        "role" => json!({"role": "reader"}),
        "session" => json!({"email": "tyv@evil.example", "password": "feil feil feil"}),
        "refresh" => json!({"refresh_token": "x"}),
        _ => json!({}),
    }
}
