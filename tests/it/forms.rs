//! What a form holds, whom it is written for, and what is said about it.
use crate::app::{PASSWORD, TestApp};
use crate::needs::{draft, falls, published};
use crate::person::{Browser, Person, Seen, send};
use brobygger::tenancy::{OrganisationKind, Role};
use chrono::TimeDelta;
use reqwest::multipart::Part;
use reqwest::{Method, StatusCode};
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

#[tokio::test]
async fn a_form_has_a_row_for_each_effect_and_one_more_for_whoever_asks_until_there_are_twenty() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let effect = |n: usize| json!({"metric": format!("Mål {n}"), "baseline": "", "target": "", "by": null});
    let mut need = falls(&app);
    need["desired_effects"] = (0..8).map(effect).collect();
    let id = kari.post("/api/v1/needs", need).await.must(201).id();
    let form = "/behov/2026-0001/rediger";
    let browser = app.browser().log_in(&kari).await;
    let rows = |seen: &crate::person::Seen| seen.attributes("input[name^='effect_metric_']", "value");

    let seen = browser.open(form).await;
    assert_eq!(rows(&seen).len(), 9);
    assert_eq!(rows(&seen)[7..], ["Mål 7", ""]);
    let mut typed: Vec<(String, String)> = Vec::new();
    for row in 0..9 {
        typed.push((format!("effect_metric_{row}"), rows(&seen)[row].clone()));
    }
    typed.push(("title".to_owned(), "Skrevet før knappen".to_owned()));
    for action in ["effect", "effect", "save"] {
        let mut fields: Vec<(&str, &str)> = typed.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        fields.push(("action", action));
        let seen = browser.submit(form, &fields).await;
        if action == "save" {
            assert_eq!(seen.status, 303, "{}", seen.html);
            break;
        }
        assert_eq!(seen.values("title"), ["Skrevet før knappen"]);
        let given = rows(&seen);
        assert_eq!(given.len(), typed.len());
        let last = given.len() - 1;
        let opened = format!("details[open] input[name='effect_metric_{last}']");
        assert_eq!(seen.attributes(&opened, "value"), [""], "the new row is open");
        typed.insert(last, (format!("effect_metric_{last}"), format!("Mål {last}")));
    }
    let saved = kari.get(&format!("/api/v1/needs/{id}")).await.must(200);
    let metrics = saved.json["desired_effects"].as_array().unwrap().iter().map(|e| e["metric"].as_str().unwrap());
    let expected = [0, 1, 2, 3, 4, 5, 6, 7, 9, 10].map(|n| format!("Mål {n}"));
    assert_eq!(metrics.collect::<Vec<_>>(), expected);

    let names: Vec<String> = (0..20).map(|row| format!("effect_metric_{row}")).collect();
    let mut all: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "Mål")).collect();
    all.push(("action", "effect"));
    let full = browser.submit(form, &all).await;
    assert_eq!((full.status.as_u16(), rows(&full).len()), (200, 20));
    assert_eq!(full.texts("button[value='effect']"), [""; 0]);
    // An error stands in the row that it is about, whatever rows before it are empty.
    let wrong = [("title", "T"), ("effect_metric_0", ""), ("effect_metric_4", ""), ("effect_target_4", "færre")];
    let wrong = browser.submit(form, &wrong).await;
    assert_eq!(wrong.attributes(".bb-error-summary a", "href"), ["#effect_metric_4"]);
    assert_eq!(wrong.texts(".bb-error-summary strong"), ["Hva vil dere måle? 5"]);
}

#[tokio::test]
async fn any_municipality_of_today_can_be_chosen_one_after_the_other() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let browser = app.browser().log_in(&kari).await;
    let seen = browser.open(NEW).await;
    let offered = seen.attributes("#region-more option", "value");
    // One's own has a box, and there is an empty choice.
    assert_eq!((offered.len(), offered.contains(&"1103".to_owned())), (357, false));
    assert_eq!(seen.attributes("#region-more optgroup", "label").len(), 15);
    let added =
        browser.submit(NEW, &[("title", "T"), ("region", "1103"), ("region", "4601"), ("action", "region")]).await;
    assert_eq!((added.status.as_u16(), added.values("region")), (200, vec!["1103".to_owned(), "4601".to_owned()]));
    // Whoever forgets the button has chosen it all the same.
    let fields = [("title", "T"), ("region", "1103"), ("region", "4601"), ("region", "5501"), ("action", "save")];
    assert_eq!(browser.submit(NEW, &fields).await.status, 303);
    let need = kari.get("/api/v1/needs?status=draft").await.must(200);
    assert_eq!(need.json["items"][0]["region"], json!(["1103", "4601", "5501"]));
}

#[tokio::test]
async fn what_is_wrong_is_told_with_the_names_of_the_fields_in_the_order_of_the_form() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let browser = app.browser().log_in(&kari).await;
    browser.open(NEW).await;
    let unknown = [("areas", "x"), ("innovation_kind", "x"), ("language", "x"), ("action", "save")];
    let seen = browser.submit(NEW, &unknown).await;
    assert_eq!(
        seen.texts(".bb-error-summary li"),
        [
            "Tittel – Skriv en tittel.",
            "Satsingsområde – Velg en av mulighetene i lista.",
            "Hva tror du dere er ute etter? – Velg en av mulighetene i lista.",
            "Språk i beskrivelsen – Velg en av mulighetene i lista.",
        ]
    );
    let login = app.browser();
    login.open("/en/logg-inn").await;
    let seen = login.submit("/en/logg-inn", &[("email", ""), ("password", "")]).await;
    assert_eq!(seen.texts(".bb-error-summary strong").len(), seen.errors().len(), "{}", seen.html);
}

#[tokio::test]
async fn those_who_only_read_are_asked_to_do_nothing_and_told_who_may() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let need = format!("/api/v1/needs/{}", published(&app, &kari, "Færre fall").await);
    ida.post(&format!("{need}/responses"), json!({"body": "Vi har en sensor."})).await.must(201);
    for (name, role, said) in [("Rolf", Role::Reader, "leser"), ("Eva", Role::Evaluator, "vurderer")] {
        let who = app.member(name, "Stavanger", OrganisationKind::Buyer, role).await;
        let browser = app.browser().log_in(&who).await;
        let desk = browser.open("/min-side").await;
        assert_eq!(desk.texts(".bb-todo-card"), [""; 0], "{name}");
        // They may read it, from the page of the need.
        let responses = browser.open("/behov/2026-0001/svar").await;
        assert_eq!((responses.status.as_u16(), responses.texts("p.bb-measure")), (200, vec![]), "{name}");
        for (page, whose) in [
            (NEW, "Bare innkjøpere og administratorer hos innkjøperen kan gjøre dette."),
            ("/behov/2026-0001/rediger", "Bare innkjøpere og administratorer hos innkjøperen kan gjøre dette."),
        ] {
            let refused = browser.open(page).await;
            assert_eq!(refused.status, 403, "{page}");
            let told = refused.texts(".bb-lead").remove(0);
            assert!(told.starts_with(whose), "{told}");
            assert!(told.contains(&format!("I Stavanger kommune er rollen din {said}.")), "{told}");
        }
        let member = browser.submit("/min-side/medlemmer", &[("email", "x@y.example"), ("role", "reader")]).await;
        assert_eq!(member.status, 403);
        assert!(member.texts(".bb-lead")[0].starts_with("Bare administratorer kan gjøre dette."));
    }
    let browser = app.browser().log_in(&kari).await;
    assert_eq!(browser.open("/min-side").await.texts(".bb-todo-card h3").len(), 1);
    assert_eq!(browser.open("/behov/2026-0001/svar").await.texts("p.bb-measure").len(), 1);
    let of_ida = app.browser().log_in(&ida).await;
    let refused = of_ida.open(NEW).await.texts(".bb-lead").remove(0);
    assert!(refused.contains("I Tryggvakt er rollen din medlem."), "{refused}");
}

#[tokio::test]
async fn a_need_tells_how_many_questions_wait_for_an_answer() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let need = format!("/api/v1/needs/{}", published(&app, &kari, "Færre fall").await);
    let waiting = "#questions > p.bb-subtle:nth-of-type(2)";
    let browser = app.browser();
    assert_eq!(browser.open("/behov/2026-0001").await.texts(waiting), [""; 0]);
    let ask = async |text: &str| ida.post(&format!("{need}/questions"), json!({"text": text})).await.must(201).id();
    let first = ask("Er det trådløst nett?").await;
    assert_eq!(browser.open("/behov/2026-0001").await.texts(waiting), ["Ett spørsmål venter på svar."]);
    ask("Hvor mange rom?").await;
    assert_eq!(browser.open("/behov/2026-0001").await.texts(waiting), ["2 spørsmål venter på svar."]);
    kari.put(&format!("{need}/questions/{first}/answer"), json!({"text": "Ja."})).await.must(200);
    assert_eq!(browser.open("/behov/2026-0001").await.texts(waiting), ["Ett spørsmål venter på svar."]);
    // Those who see what waits are not told twice.
    let of_kari = app.browser().log_in(&kari).await;
    assert_eq!(of_kari.open("/behov/2026-0001").await.texts(waiting), [""; 0]);
}

#[tokio::test]
async fn those_who_took_part_in_a_need_that_was_withdrawn_are_told_why_on_its_page() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let (ida, per, stine) = (
        app.supplier("Ida", "Tryggvakt").await,
        app.supplier("Per", "Nattlys").await,
        app.supplier("Stine", "Stille").await,
    );
    let bo = app.buyer("Bo", "Bergen").await;
    let need = format!("/api/v1/needs/{}", published(&app, &kari, "Færre fall").await);
    bo.put(&format!("{need}/followers/me"), Value::Null).await.must(204);
    per.post(&format!("{need}/questions"), json!({"text": "Er det trådløst nett?"})).await.must(201);
    ida.post(&format!("{need}/responses"), json!({"body": "Vi har en sensor."})).await.must(201);
    let page = "/behov/2026-0001";
    let of_bo = app.browser().log_in(&bo).await;
    assert_eq!(of_bo.open(page).await.status, 200);
    kari.delete(&format!("{need}/publication?reason=Budsjettet%20ble%20kuttet")).await.must(200);
    kari.patch(&need, json!({"title": "Hemmelig plan"})).await.must(200);
    for who in [&ida, &per, &bo] {
        let seen = app.browser().log_in(who).await.open(page).await;
        assert_eq!((seen.status.as_u16(), seen.texts("h1")), (410, vec!["Behovet er trukket".to_owned()]));
        assert_eq!(seen.texts(".bb-outcome .bb-prose"), ["Budsjettet ble kuttet"]);
        assert!(
            seen.texts(".bb-lead")[0]
                .starts_with("Stavanger kommune trakk dette behovet (2026-0001) lørdag 21. november")
        );
        assert!(!seen.html.contains("Hemmelig plan"), "{}", seen.html);
    }
    assert_eq!(app.browser().log_in(&stine).await.open(page).await.status, 404);
    assert_eq!(app.browser().open(page).await.status, 404);
    // Whoever follows it may stop there, and is then like all others.
    assert_eq!(of_bo.open(page).await.attributes("main form", "action"), [format!("{page}/folg")]);
    assert_eq!(of_bo.submit(&format!("{page}/folg"), &[("action", "unfollow")]).await.status, 303);
    assert_eq!(of_bo.open(page).await.status, 404);
    // A draft is nobody else's, and published again it is there for all.
    draft(&app, &kari, "Utkast").await;
    assert_eq!(of_bo.open("/behov/2026-0002").await.status, 404);
    kari.put(&format!("{need}/publication"), Value::Null).await.must(200);
    assert_eq!(app.browser().log_in(&ida).await.open(page).await.status, 200);
}

/// Whatever happens to the need while someone writes.
#[tokio::test]
async fn a_form_that_comes_too_late_says_why_and_shows_what_was_typed() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let bo = app.buyer("Bo", "Bergen").await;
    let need = format!("/api/v1/needs/{}", published(&app, &kari, "Færre fall").await);
    let page = "/behov/2026-0001";
    let response = ida.post(&format!("{need}/responses"), json!({"body": "Slik."})).await.must(201).id();
    kari.put(&format!("{need}/responses/{response}/thanks"), json!({"text": "Takk."})).await.must(200);
    let (of_kari, of_ida, of_bo) =
        (app.browser().log_in(&kari).await, app.browser().log_in(&ida).await, app.browser().log_in(&bo).await);
    for browser in [&of_kari, &of_ida, &of_bo] {
        browser.open("/min-side/konto").await;
    }
    let late = async |browser: &Browser, path: &str, typed: &[(&str, &str)], status: u16, why: &str, kept: &[&str]| {
        let seen = browser.submit(&format!("{page}/{path}"), typed).await;
        assert_eq!((seen.status.as_u16(), seen.texts(".bb-lead")), (status, vec![why.to_owned()]), "{path}");
        assert_eq!(seen.texts(".bb-kept"), kept, "{path}");
        assert_eq!(seen.headers["cache-control"], "no-store", "{path}");
        assert_eq!(seen.attributes("main form", "action"), [""; 0], "nothing to send again: {path}");
        seen
    };
    let thanked = "Leverandøren har allerede fått takk for dette svaret.";
    let thanks = format!("svar/{response}/takk");
    late(&of_kari, &thanks, &[("thanks", "Tusen\ntakk")], 409, thanked, &["Tusen takk"]).await;

    app.pass(TimeDelta::days(31));
    let (of_kari, of_ida, of_bo) =
        (app.browser().log_in(&kari).await, app.browser().log_in(&ida).await, app.browser().log_in(&bo).await);
    for browser in [&of_kari, &of_ida, &of_bo] {
        browser.open("/min-side/konto").await;
    }
    let typed = [("text", "Er det trådløst nett?")];
    late(&of_ida, "sporsmal", &typed, 409, "Fristen er ute.", &["Er det trådløst nett?"]).await;

    let outcome = json!({"kind": "no_action", "text": "Vi går ikke videre."});
    kari.put(&format!("{need}/outcome"), outcome).await.must(200);
    let concluded = "Behovet er avsluttet, og utfallet er publisert.";
    let not_open = "Behovet er ikke åpent for spørsmål og svar.";
    late(&of_ida, "sporsmal", &typed, 409, not_open, &["Er det trådløst nett?"]).await;
    late(&of_bo, "bli-med", &[("volume", "40")], 409, not_open, &["40"]).await;
    late(&of_kari, "trekk", &[("reason", "Feil")], 409, concluded, &["Feil"]).await;
    late(&of_kari, "utfall", &[("kind", "pilot"), ("text", "Vi prøver.")], 409, concluded, &["Vi prøver."]).await;
    let typed = [
        ("title", "Langt færre fall"),
        ("problem", "To\nlinjer"),
        ("effect_metric_1", "fall"),
        ("region", "1103"),
        ("areas", "helse_i_alt"),
        ("budget_amount", "500000"),
        ("revision", "3"),
        ("action", "save"),
    ];
    let kept = ["Langt færre fall", "To linjer", "fall", "500000"];
    let seen = late(&of_kari, "rediger", &typed, 409, concluded, &kept).await;
    let labels = ["Tittel", "Hva er problemet?", "Hva vil dere måle? 2", "Anslått beløp, uten mva."];
    assert_eq!(seen.texts("main h3"), labels);
    assert!(seen.html.contains("To\nlinjer"), "lines are kept");

    // One that was taken back is not there any more for those who have not taken part.
    let need = format!("/api/v1/needs/{}", published(&app, &kari, "Tryggere netter").await);
    let page = "/behov/2026-0002";
    kari.delete(&format!("{need}/publication?reason=Feil")).await.must(200);
    let gone = "Det skjemaet gjelder, er ikke her lenger. Det kan være trukket eller slettet mens du skrev.";
    for (path, field) in [("sporsmal", "text"), ("svar/nytt", "text")] {
        let seen = of_ida.submit(&format!("{page}/{path}"), &[(field, "Vi har en sensor.")]).await;
        assert_eq!((seen.status.as_u16(), seen.texts(".bb-lead")), (404, vec![gone.to_owned()]), "{path}");
        assert_eq!(seen.texts(".bb-kept"), ["Vi har en sensor."]);
    }
    // Where nothing was typed, nothing is shown.
    let seen = of_ida.submit(&format!("{page}/folg"), &[("action", "follow")]).await;
    assert_eq!((seen.status.as_u16(), seen.texts("#kept-title")), (404, vec![]));
    let seen = of_ida.open(page).await;
    assert_eq!((seen.status.as_u16(), seen.texts("#kept-title")), (404, vec![]));
}

/// A browser that forgot its cookies has the form still.
#[tokio::test]
async fn a_form_whose_token_is_gone_can_be_sent_again_if_the_browser_says_that_it_is_ours() {
    let app = TestApp::start().await;
    let post = |site: Option<&str>, cookie: &str, fields: &[(&str, &str)]| {
        let request = app.anonymous().request(Method::POST, "/glemt-passord").header("cookie", cookie.to_owned());
        let request = site.into_iter().fold(request, |request, site| request.header("sec-fetch-site", site));
        send(request.form(fields))
    };
    let typed = [("email", "Kari@Stavanger.example"), ("_key", "k"), ("_csrf", "x")];
    for site in [None, Some("none"), Some("cross-site"), Some("same-site")] {
        let refused = post(site, "", &typed).await.must(409);
        assert!(!refused.text.contains("Kari@Stavanger.example"), "{site:?}: {}", refused.text);
    }
    let kept = post(Some("same-origin"), "", &typed).await.must(409);
    let cookie = kept.header("set-cookie").split(';').next().unwrap().to_owned();
    let seen = Seen { status: StatusCode::CONFLICT, headers: kept.headers, html: kept.text };
    assert_eq!(seen.values("email"), ["Kari@Stavanger.example"]);
    assert_eq!(seen.values("_key"), ["k"], "it is the same form");
    assert_eq!(seen.attributes("main form", "action"), ["/glemt-passord"]);
    let token = seen.values("_csrf").remove(0);
    let again = [("email", "Kari@Stavanger.example"), ("_key", "k"), ("_csrf", token.as_str())];
    post(Some("same-origin"), &cookie, &again).await.must(303);
}

#[tokio::test]
async fn whoever_must_mend_a_form_is_told_which_files_to_choose_again() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let need = format!("/api/v1/needs/{}", published(&app, &kari, "Færre fall").await);
    let browser = app.browser().log_in(&ida).await;
    let file = || Part::bytes("Plan".as_bytes()).file_name("plan.txt");
    let again = "Velg filen «plan.txt» på nytt. Den ble ikke med, fordi noe annet må rettes først.";
    let form = "/behov/2026-0001/svar/nytt";
    browser.open(form).await;
    let refused = browser.submit_with_file(form, &[("text", "")], "file_1", file()).await;
    assert_eq!(refused.errors(), ["Skriv et svar.", again]);
    assert_eq!(refused.attributes(".bb-error-summary a", "href"), ["#text", "#file_1"]);

    let response = ida.post(&format!("{need}/responses"), json!({"body": "Slik."})).await.must(201).id();
    let page = format!("/behov/2026-0001/svar/{response}");
    browser.open(&page).await;
    let to = format!("{page}/vedlegg");
    let refused = browser.submit_with_file(&to, &[("confidential", "yes")], "file", file()).await;
    assert_eq!(refused.errors(), [again, "Skriv hvorfor dette er fortrolig."]);

    draft(&app, &kari, "Tryggere netter").await;
    let (of_kari, form) = (app.browser().log_in(&kari).await, "/behov/2026-0002/rediger");
    of_kari.open(form).await;
    let refused = of_kari.submit_with_file(form, &[("title", ""), ("action", "save")], "file", file()).await;
    assert_eq!(refused.errors(), ["Skriv en tittel.", again]);
    // Once it is too late for the response, no file helps.
    app.pass(TimeDelta::days(31));
    let browser = app.browser().log_in(&ida).await;
    browser.open("/min-side/konto").await;
    let late = browser.submit_with_file("/behov/2026-0001/svar/nytt", &[("text", "Slik.")], "file_0", file()).await;
    assert_eq!(late.errors(), ["Fristen gikk ut før svaret ble sendt. Teksten står her, så du kan ta vare på den."]);
    assert_eq!(late.values("text"), ["Slik."]);
}

#[tokio::test]
async fn everyone_has_what_they_follow_on_their_desk() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let (bo, ida, siri) =
        (app.buyer("Bo", "Bergen").await, app.supplier("Ida", "Tryggvakt").await, app.adviser("Siri").await);
    let [open, withdrawn, _] = [
        published(&app, &kari, "Færre fall").await,
        published(&app, &kari, "Tryggere netter").await,
        published(&app, &kari, "Andres").await,
    ];
    for who in [&bo, &ida, &siri] {
        for need in [&open, &withdrawn] {
            who.put(&format!("/api/v1/needs/{need}/followers/me"), Value::Null).await.must(204);
        }
    }
    kari.delete(&format!("/api/v1/needs/{withdrawn}/publication?reason=Feil")).await.must(200);
    let listed = "section[aria-labelledby='follows-title']";
    for who in [&bo, &ida, &siri] {
        let desk = app.browser().log_in(who).await.open("/min-side").await;
        let titles = desk.texts(&format!("{listed} li > a, {listed} li > strong"));
        assert_eq!(titles, ["Færre fall", "2026-0002"], "{}", who.name);
        let stop = desk.attributes(&format!("{listed} form"), "action");
        assert_eq!(stop, ["/behov/2026-0002/folg"], "{}", who.name);
        let named = desk.attributes(&format!("{listed} button"), "aria-label");
        assert_eq!(named, ["Slutt å følge behovet 2026-0002"], "{}", who.name);
    }
    // Those who follow nothing have no empty list.
    let desk = app.browser().log_in(&kari).await.open("/min-side").await;
    assert_eq!(desk.texts("#follows-title"), [""; 0]);
}

#[tokio::test]
async fn whoever_changes_a_password_is_told_all_that_is_wrong_at_once() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let browser = app.browser().log_in(&kari).await;
    let account = "/min-side/konto";
    browser.open(account).await;
    let refused = async |current: &str| {
        let typed = [("action", "password"), ("current_password", current), ("new_password", "kort")];
        let seen = browser.submit(account, &typed).await;
        (seen.status.as_u16(), seen.attributes(".bb-error-summary a", "href"))
    };
    let both = || vec!["#current_password".to_owned(), "#new_password".to_owned()];
    assert_eq!(refused("").await, (422, both()));
    assert_eq!(refused("feil passord").await, (422, both()));
    assert_eq!(refused(PASSWORD).await, (422, vec!["#new_password".to_owned()]));
}
