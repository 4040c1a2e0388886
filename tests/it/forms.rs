//! What a form holds, whom it is written for, and what is said about it.
use crate::app::TestApp;
use crate::person::{Browser, Person, send};
use brobygger::tenancy::{OrganisationKind, Role};
use reqwest::Method;
use reqwest::multipart::Part;
use serde_json::{Value, json};

const NEW: &str = "/behov/nytt";
const SWITCH: &str = "/min-side/organisasjon";

async fn switch(browser: &Browser, number: &str) {
    browser.open("/min-side").await;
    assert_eq!(browser.submit(SWITCH, &[("organisation", number)]).await.status, 303);
}

async fn drafts(of: &Person, number: &str) -> Value {
    let list = of.request(Method::GET, "/api/v1/needs?status=draft").header("X-Organisation", number.to_owned());
    send(list).await.must(200).json["total"].clone()
}

/// Kari buys for two, and has a window for each.
#[tokio::test]
async fn a_form_is_for_the_organisation_that_it_was_opened_for_and_nothing_typed_is_lost() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let bergen = app.also_in(&kari, "Bergen", OrganisationKind::Buyer, Role::Buyer).await;
    let stavanger = kari.organisation_number.clone();
    let browser = app.browser().log_in(&kari).await;
    switch(&browser, &stavanger).await;
    assert_eq!(browser.open(NEW).await.values("_organisation"), [stavanger.as_str()]);
    switch(&browser, &bergen).await;

    let typed =
        [("_organisation", stavanger.as_str()), ("title", "Færre fall"), ("problem", "To\nlinjer"), ("action", "save")];
    let kept = browser.submit(NEW, &typed).await;
    assert_eq!((kept.status.as_u16(), kept.texts("h1")), (409, vec!["Du har byttet virksomhet".to_owned()]));
    let told = kept.texts(".bb-lead").remove(0);
    assert!(
        told.starts_with("Skjemaet ble åpnet for Stavanger kommune, men nå handler du på vegne av Bergen kommune.")
    );
    assert_eq!((drafts(&kari, &stavanger).await, drafts(&kari, &bergen).await), (json!(0), json!(0)));
    for (name, value) in typed {
        assert_eq!(kept.values(name), [value], "{name}");
    }
    // Sent again without having changed back it is the same; having changed back, it is taken.
    assert_eq!(browser.submit(NEW, &typed).await.status, 409);
    assert_eq!(kept.values("organisation"), [stavanger.as_str()]);
    switch(&browser, &kept.values("organisation")[0]).await;
    let saved = browser.submit(NEW, &typed).await;
    assert_eq!(saved.status, 303);
    assert_eq!((drafts(&kari, &stavanger).await, drafts(&kari, &bergen).await), (json!(1), json!(0)));

    // What is there is not to be seen from the other one; what was typed stays all the same, without the file.
    let form = saved.location().to_owned();
    switch(&browser, &bergen).await;
    let typed = [("_organisation", stavanger.as_str()), ("title", "Langt færre fall"), ("action", "save")];
    let file = Part::bytes("Plan".as_bytes()).file_name("plan.txt");
    let kept = browser.submit_with_file(&form, &typed, "file", file).await;
    assert_eq!((kept.status.as_u16(), kept.values("title")), (409, vec!["Langt færre fall".to_owned()]));
    // Somebody else's is not found, whatever the form says.
    let bo = app.buyer("Bo", "Utsira").await;
    let of_bo = app.browser().log_in(&bo).await;
    of_bo.open(NEW).await;
    assert_eq!(of_bo.submit(&form, &[("title", "Bos"), ("action", "save")]).await.status, 404);
}
