//! The pages, without JavaScript.
use crate::app::TestApp;
use crate::needs::{draft, falls, published};
use insta::assert_snapshot;
use reqwest::multipart::Part;
use serde_json::{Value, json};

#[tokio::test]
async fn a_need_is_written_and_published_with_forms_alone() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let browser = app.browser().log_in(&kari).await;
    browser.open("/behov/nytt").await;
    let day = &app.in_days(30)[..10];
    let mut fields = vec![
        ("title", "Tryggere netter"),
        ("summary", "Folk vekkes uten grunn."),
        ("problem", "Tilsyn vekker dem som sover."),
        ("affected", "400 innbyggere"),
        ("effect_metric_0", "Vekket uten grunn"),
        ("region", "1103"),
        ("areas", "helse_i_alt"),
        ("areas", "smart"),
        ("contact_email", "kari@stavanger.example"),
        ("language", "nb"),
        ("action", "save"),
    ];
    let saved = browser.submit("/behov/nytt", &fields).await;
    assert_eq!((saved.status.as_u16(), saved.location()), (303, "/behov/2026-0001/rediger"), "{}", saved.html);
    let form = browser.follow(saved).await;
    assert_eq!(form.texts(".bb-missing-list li"), ["Sett en svarfrist."]);
    assert_eq!(
        (form.values("title"), form.values("areas")),
        (vec!["Tryggere netter".to_owned()], vec!["smart".to_owned(), "helse_i_alt".to_owned()])
    );

    let revision = form.values("revision");
    let mut rest = vec![("response_deadline_date", day), ("response_deadline_time", "12:00")];
    rest.extend(revision.first().map(|r| ("revision", r.as_str())));
    fields.retain(|(name, _)| *name != "action");
    fields.extend(rest);
    fields.push(("action", "publish"));
    let preview = browser.submit("/behov/2026-0001/rediger", &fields).await;
    assert_eq!(preview.location(), "/behov/2026-0001/forhandsvis", "{}", preview.html);
    let preview = browser.follow(preview).await;
    let publish = "/behov/2026-0001/forhandsvis";
    assert_eq!(
        preview.attributes("form[action$='/forhandsvis']", "action"),
        [publish, publish],
        "at the top and at the end"
    );
    let published = browser.submit("/behov/2026-0001/forhandsvis", &[("action", "publish")]).await;
    assert_eq!(published.location(), "/behov/2026-0001", "{}", published.html);
    let page = browser.follow(published).await;
    assert_eq!(page.texts("h1"), ["Tryggere netter"]);
    assert!(page.html.contains("Behovet er publisert."), "the receipt is shown");
    let again = browser.open("/behov/2026-0001").await;
    assert!(!again.html.contains("Behovet er publisert."), "and only once");
    assert_eq!(app.post().await.len(), 1);
    let stranger = app.browser();
    assert_eq!(stranger.open("/behov/2026-0001").await.texts("h1"), ["Tryggere netter"]);
    assert!(stranger.open("/").await.html.contains("Tryggere netter"));
}

#[tokio::test]
async fn a_form_keeps_what_was_typed_and_shows_everything_that_is_wrong() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let browser = app.browser().log_in(&kari).await;
    let mut shown = Vec::new();
    for root in ["", "/nn", "/en"] {
        browser.open(&format!("{root}/behov/nytt")).await;
        let typed = [
            ("title", ""),
            ("summary", "Kort & <b>godt</b>"),
            ("cpv", "12, 33000000"),
            ("budget_amount", "mye"),
            ("response_deadline_date", "i morgen"),
            ("effect_metric_1", "Andre rad"),
            ("effect_by_1", "snart"),
            ("contact_email", "kari"),
            ("areas", "smart"),
            ("action", "save"),
        ];
        let page = browser.submit(&format!("{root}/behov/nytt"), &typed).await;
        assert_eq!(page.status, 422);
        shown.push(format!("{root}/behov/nytt\n{}", page.errors().join("\n")));
        for (name, value) in
            typed.iter().filter(|(name, _)| !matches!(*name, "action" | "areas" | "effect_metric_1" | "effect_by_1"))
        {
            assert_eq!(page.values(name), [*value], "{name}");
        }
        assert_eq!(page.values("areas"), ["smart"]);
        assert!(page.html.contains("Andre rad") && page.html.contains("snart"));
        // Each line of the summary leads to a field that is there and carries the same words.
        for (link, message) in page.attributes(".bb-error-summary a", "href").iter().zip(page.errors()) {
            let id = link.trim_start_matches('#');
            assert_eq!(page.texts(&format!("[id='{id}']")).len(), 1, "{root}: no field {id}");
            assert!(page.texts(".ds-validation-message").contains(&message), "{root}: {message} stands at no field");
        }
    }
    assert_snapshot!("what_is_wrong", shown.join("\n\n"));
    assert_eq!(kari.get("/api/v1/needs?status=draft").await.json["total"], 0);
}

/// A browser forgets a file, and people forget that two forms on a page are two.
#[tokio::test]
async fn whatever_is_done_to_files_what_was_typed_stands_in_the_form() {
    let app = TestApp::with("attachments.max_files = 2").await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let bo = app.buyer("Bo", "Bergen").await;
    let id = draft(&app, &kari, "Færre fall").await;
    let (need, form) = (format!("/api/v1/needs/{id}"), "/behov/2026-0001/rediger");
    let browser = app.browser().log_in(&kari).await;
    let opened = browser.open(form).await;
    let (revision, key) = (opened.values("revision").remove(0), opened.values("_key").remove(0));
    let typed = [
        ("title", "Tryggere netter"),
        ("summary", "To linjer\r\nsom ingen har lagret."),
        ("response_deadline_date", "i morgen"),
        ("areas", "smart"),
        ("revision", &revision),
        ("_key", &key),
    ];
    let with = |more: &'static [(&str, &str)]| [typed.as_slice(), more].concat();
    let file = |name: &str| Part::bytes(b"%PDF-1.7\n%%EOF\n".to_vec()).file_name(name.to_owned());
    let as_typed = |seen: &crate::person::Seen| {
        assert_eq!(seen.values("title"), ["Tryggere netter"]);
        assert_eq!(seen.values("summary"), ["To linjer\nsom ingen har lagret."]);
        assert_eq!(
            (seen.values("response_deadline_date"), seen.values("areas")),
            (vec!["i morgen".into()], vec!["smart".into()])
        );
        assert_eq!(seen.values("revision"), [revision.as_str()]);
        seen.texts(".bb-file-row a")
    };

    // A file is taken, however wrong the words are; once, though the button is pressed twice. The words are still to be saved.
    let attach = with(&[("action", "attach")]);
    for _ in 0..2 {
        let attached = browser.submit_with_file(form, &attach, "file", file("plan.pdf")).await;
        assert_eq!((attached.status.as_u16(), as_typed(&attached)), (200, vec!["plan.pdf".to_owned()]));
        assert_eq!(attached.texts(".bb-flash"), ["Det du lastet opp, er lagt ved. Husk å lagre det du har skrevet."]);
    }
    assert_eq!(kari.get(&need).await.json["title"], "Færre fall");
    // What cannot be taken is told at the field.
    let wrong =
        browser.submit_with_file(form, &attach, "file", Part::bytes(b"MZ".to_vec()).file_name("pris.exe")).await;
    assert_eq!((wrong.status.as_u16(), as_typed(&wrong)), (422, vec!["plan.pdf".to_owned()]));
    assert!(wrong.errors()[0].starts_with("Filen «pris.exe» er av en type"), "{:?}", wrong.errors());
    let none = browser.submit(form, &attach).await;
    assert_eq!((as_typed(&none).len(), none.errors()), (1, vec!["Velg en fil.".to_owned()]));

    // With any other button a file comes along, if what it is pressed for can be done.
    let save = with(&[("action", "save")]);
    let preview = browser.submit_with_file(form, &with(&[("action", "preview")]), "file", file("kart.pdf")).await;
    assert_eq!((preview.status.as_u16(), as_typed(&preview)), (422, vec!["plan.pdf".to_owned()]));
    assert!(preview.errors().last().unwrap().starts_with("Velg filen «kart.pdf» på nytt."), "{:?}", preview.errors());
    let both = browser.submit_with_file(form, &save, "file", Part::bytes(b"MZ".to_vec()).file_name("pris.exe")).await;
    assert_eq!((both.status.as_u16(), both.errors().len()), (422, 2), "{:?}", both.errors());
    // Whoever looks for a code gets the code, and loses no file.
    let search = with(&[("action", "cpv"), ("cpv_q", "hjelpemidler")]);
    let found = browser.submit_with_file(form, &search, "file", file("kart.pdf")).await;
    assert_eq!(as_typed(&found), ["plan.pdf", "kart.pdf"]);

    let gone = wrong.attributes("[name=remove]", "value").remove(0);
    let removed = browser.submit(form, &[typed.as_slice(), &[("remove", gone.as_str())]].concat()).await;
    assert_eq!((removed.status.as_u16(), as_typed(&removed)), (200, vec!["kart.pdf".to_owned()]));

    // What stands there is saved as it was typed, once the day is one.
    let mut mended = save;
    mended.retain(|(name, _)| *name != "response_deadline_date");
    assert_eq!(browser.submit_with_file(form, &mended, "file", file("tall.pdf")).await.status, 303);
    let saved = browser.open(form).await;
    assert_eq!((saved.values("title"), saved.texts(".bb-file-row a").len()), (vec!["Tryggere netter".to_owned()], 2));
    // It is Stavanger's own.
    let stranger = app.browser().log_in(&bo).await;
    stranger.open("/min-side/konto").await;
    assert_eq!(stranger.submit_with_file(form, &attach, "file", file("kapret.pdf")).await.status, 404);
    assert_eq!(stranger.submit(form, &[("remove", &gone)]).await.status, 404);
}

/// The fields of the form that a need is written in, but its title.
const WORDS: [&str; 22] = [
    "summary",
    "problem",
    "affected",
    "current_situation",
    "effect_metric_0",
    "effect_baseline_0",
    "effect_target_0",
    "effect_by_0",
    "constraints",
    "tried",
    "undecided",
    "areas",
    "innovation_kind",
    "region",
    "budget_amount",
    "cpv",
    "response_deadline_date",
    "response_deadline_time",
    "language",
    "contact_name",
    "contact_email",
    "contact_phone",
];

/// Whoever has answered by the old files must hear of the new ones.
#[tokio::test]
async fn words_and_files_of_a_published_need_are_corrected_together_and_told_of_once() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let bo = app.buyer("Bo", "Bergen").await;
    let id = draft(&app, &kari, "Færre fall").await;
    let (need, form) = (format!("/api/v1/needs/{id}"), "/behov/2026-0001/rediger");
    let file = |name: &str| Part::bytes(b"%PDF-1.7\n%%EOF\n".to_vec()).file_name(name.to_owned());
    let browser = app.browser().log_in(&kari).await;
    browser.open(form).await;
    for name in ["plan.pdf", "kart.pdf"] {
        browser.submit_with_file(form, &[("action", "attach")], "file", file(name)).await;
    }
    kari.put(&format!("{need}/publication"), Value::Null).await.must(200);
    bo.put(&format!("{need}/followers/me"), Value::Null).await.must(204);
    app.deliver().await;
    app.mailbox();

    let opened = browser.open(form).await;
    assert_eq!(opened.attributes("[name=action][value=attach]", "value"), [""; 0]);
    let (revision, goes) = (opened.values("revision").remove(0), opened.attributes("[name=remove]", "value").remove(0));
    let stands: Vec<(&str, String)> =
        WORDS.iter().flat_map(|name| opened.values(name).into_iter().map(|v| (*name, v))).collect();
    let mut typed: Vec<(&str, &str)> = stands.iter().map(|(name, value)| (*name, value.as_str())).collect();
    typed.push(("title", "Ingen fall"));
    let with = |more: &[(&'static str, &'static str)]| {
        [typed.as_slice(), &[("remove", goes.as_str()), ("revision", revision.as_str())], more].concat()
    };
    let is_as_before = async || {
        let seen = app.browser().open("/behov/2026-0001").await;
        assert_eq!((seen.texts("h1"), seen.texts(".bb-list a[download]").len()), (vec!["Færre fall".to_owned()], 2));
        assert_eq!(app.post().await, [""; 0]);
    };
    // Nothing is public before it is said why; what was ticked is ticked still, and the file must be chosen again.
    let not_yet = ["Velg filen «ny.pdf» på nytt når du publiserer endringen. Den er ikke lagt ved ennå."].as_slice();
    let refused = [
        "Velg filen «ny.pdf» på nytt. Den ble ikke med, fordi noe annet må rettes først.",
        "Skriv hva du har endret, og hvorfor.",
    ];
    for (more, status, told) in [
        (with(&[("action", "publish")]), 422, refused.as_slice()),
        (with(&[("action", "effect"), ("change_note", "Ny plan")]), 200, not_yet),
        (with(&[("action", "attach"), ("change_note", "Ny plan")]), 200, not_yet),
    ] {
        let again = browser.submit_with_file(form, &more, "file", file("ny.pdf")).await;
        assert_eq!(again.status, status, "{}", again.html);
        assert_eq!(again.errors(), told);
        assert_eq!(again.attributes("[name=remove][checked]", "value"), [goes.as_str()]);
        is_as_before().await;
    }
    // What is wrong with the file is told together with what is not said.
    let unfit = browser.submit_with_file(form, &with(&[("action", "publish")]), "file", file("ny.exe")).await;
    let told = unfit.errors();
    assert!(told.len() == 2 && told[0].contains("«ny.exe»") && told[1] == refused[1], "{told:?}");
    is_as_before().await;
    let publish = with(&[("action", "publish"), ("change_note", "Ny plan, strengere mål.")]);
    let corrected = browser.submit_with_file(form, &publish, "file", file("R&D.pdf")).await;
    assert_eq!((corrected.status.as_u16(), corrected.location()), (303, "/behov/2026-0001"), "{}", corrected.html);
    app.deliver().await;
    let mails = app.mailbox();
    assert_eq!(mails.iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(), ["bo@bergen.example"]);
    assert!(mails[0].text.contains("Ny plan, strengere mål."), "{}", mails[0].text);
    let told = app.browser().open(&mails[0].link("/behov/")).await;
    assert_eq!(told.texts(".bb-diff h3"), ["Tittel", "Vedlegg"]);
    assert_eq!(told.texts(".bb-diff del").last().unwrap(), "plan.pdf");
    assert_eq!(told.texts(".bb-diff ins").last().unwrap(), "R&D.pdf");
    assert_eq!(told.texts("a[download]"), ["kart.pdf", "R&D.pdf"]);
    // The first version has what it had, and everybody can read it.
    let first = app.browser().open("/behov/2026-0001/versjoner/1").await;
    assert_eq!(first.texts("a[download]"), ["plan.pdf", "kart.pdf"]);
    for file in first.attributes("a[download]", "href") {
        assert_eq!(app.browser().open(&file).await.status, 200, "{file}");
    }
    let all = app.browser().open("/behov/2026-0001/versjoner").await;
    assert!(all.html.contains("Tittel, Vedlegg"), "{}", all.html);
    let versions = bo.get(&format!("{need}/versions")).await.must(200);
    let named = |n: usize| {
        versions.json["items"][n]["attachments"].as_array().unwrap().iter().map(|a| a["name"].clone()).collect()
    };
    let shown: (Vec<Value>, Vec<Value>) = (named(0), named(1));
    assert_eq!(json!(shown), json!([["kart.pdf", "R&D.pdf"], ["plan.pdf", "kart.pdf"]]));
    // Files alone are a correction too.
    let opened = browser.open(form).await;
    let (revision, goes) = (opened.values("revision").remove(0), opened.attributes("[name=remove]", "value").remove(0));
    let why = [("action", "publish"), ("change_note", "Uten kart."), ("revision", &revision), ("remove", &goes)];
    assert_eq!(browser.submit(form, &[typed.as_slice(), &why].concat()).await.status, 303);
    assert_eq!(app.post().await, ["bo@bergen.example: Endret behov: Ingen fall"]);
    let third = bo.get(&format!("{need}/versions/3")).await.must(200).json;
    assert_eq!((&third["change_note"], third["attachments"].as_array().unwrap().len()), (&json!("Uten kart."), 1));
    // Once it is withdrawn its versions are gone for the public, and so are their files.
    kari.delete(&format!("{need}/publication?reason=Feil")).await.must(200);
    app.post().await;
    let old = first.attributes("a[download]", "href").remove(0);
    assert_eq!(app.browser().open(&old).await.status, 404);
    assert_eq!(browser.open(&old).await.status, 200);
}

#[tokio::test]
async fn a_button_beside_a_text_loses_nothing_of_it() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let need = published(&app, &kari, "Færre fall").await;
    let (of_kari, of_ida) = (app.browser().log_in(&kari).await, app.browser().log_in(&ida).await);
    let pressed = |seen: &crate::person::Seen, path: &str| {
        let button = format!("button[form][formaction='{path}']");
        let form = seen.attributes(&button, "form").remove(0);
        assert_eq!(seen.texts(&format!("form[id='{form}']")).len(), 1, "{path}: there is no form {form}");
        (seen.attributes(&button, "name"), seen.attributes(&button, "value"))
    };
    let (page, follow) = ("/behov/2026-0001", "/behov/2026-0001/folg");
    for (action, word) in [("follow", "Du følger behovet."), ("unfollow", "Du følger ikke behovet lenger.")] {
        let shown = of_ida.open(page).await;
        assert_eq!(pressed(&shown, follow), (vec!["action".to_owned()], vec![action.to_owned()]));
        let followed = of_ida.submit(follow, &[("action", action), ("text", "Hvor mange <b>rom</b>?")]).await;
        assert_eq!(
            (followed.status.as_u16(), followed.values("text")),
            (200, vec!["Hvor mange <b>rom</b>?".to_owned()])
        );
        assert!(followed.texts(".bb-flash")[0].starts_with(word));
    }
    // Without a text it leads back to the page, as it did.
    assert_eq!(of_ida.submit(follow, &[("action", "follow"), ("text", "")]).await.location(), page);

    let sent = ida.post(&format!("/api/v1/needs/{need}/responses"), json!({"body": "Vi kan."})).await.must(201).id();
    let page = format!("{page}/svar/{sent}");
    let read = format!("{page}/lest");
    pressed(&of_kari.open(&page).await, &read);
    let marked = of_kari.submit(&read, &[("thanks", "Takk for svaret.")]).await;
    assert_eq!((marked.status.as_u16(), marked.values("thanks")), (200, vec!["Takk for svaret.".to_owned()]));
    assert!(marked.attributes(&format!("[formaction='{read}']"), "type").is_empty(), "it is read");
    assert_eq!(of_kari.submit(&read, &[]).await.location(), page);
}

/// Whoever writes for long is perhaps not logged in any more when they are done.
#[tokio::test]
async fn what_was_typed_beside_a_file_is_kept_when_the_login_has_run_out() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    draft(&app, &kari, "Færre fall").await;
    let browser = app.browser();
    browser.open("/logg-inn").await;
    let file = Part::bytes(b"%PDF-1.7\n%%EOF\n".to_vec()).file_name("plan.pdf");
    let typed = [("title", "Tryggere netter"), ("action", "save")];
    let kept = browser.submit_with_file("/behov/2026-0001/rediger", &typed, "file", file).await;
    assert_eq!((kept.status.as_u16(), kept.values("title")), (401, vec!["Tryggere netter".to_owned()]));
}

#[tokio::test]
async fn a_list_has_a_way_on_and_a_way_back() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    for number in 1..=21 {
        published(&app, &kari, &format!("Behov {number}")).await;
    }
    let browser = app.browser();
    let links =
        |seen: &crate::person::Seen| (seen.texts(".bb-pagination a"), seen.attributes(".bb-pagination a", "href"));
    let first = browser.open("/nn/?area=helse_i_alt&region=11").await;
    let (texts, addresses) = links(&first);
    assert_eq!((texts, first.texts(".bb-needs > li").len()), (vec!["Vis neste side".to_owned()], 20));
    let last = browser.open(&addresses[0]).await;
    let (texts, addresses) = links(&last);
    assert_eq!((texts, last.texts(".bb-needs > li").len()), (vec!["Til første side".to_owned()], 1));
    assert_eq!(addresses, ["/nn/?area=helse_i_alt&region=11"]);
    assert_eq!(browser.open(&addresses[0]).await.texts(".bb-needs > li"), first.texts(".bb-needs > li"));
    // Where all stands on one page there is nothing to browse.
    assert_eq!(links(&browser.open("/leverandorer").await).0, [""; 0]);
}

#[tokio::test]
async fn a_form_from_another_place_changes_nothing() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let browser = app.browser().log_in(&kari).await;
    browser.open("/behov/nytt").await;
    let fields = [("title", "Plantet"), ("action", "save")];
    assert_eq!(browser.submit_bare("/behov/nytt", &fields).await.status, 409, "no token");
    let forged = [("title", "Plantet"), ("_csrf", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")];
    assert_eq!(browser.submit_bare("/behov/nytt", &forged).await.status, 409, "another token");
    let empty = [("title", "Plantet"), ("_csrf", "")];
    assert_eq!(browser.submit_bare("/behov/nytt", &empty).await.status, 409, "an empty token");
    // A form is sent as one; a page of another site can send text/plain without asking.
    for kind in ["text/plain", "application/json", ""] {
        assert_eq!(browser.submit_as("/behov/nytt", kind, &fields).await.status, 415, "{kind}");
    }
    assert_eq!(kari.get("/api/v1/needs?status=draft").await.json["total"], 0);
}

#[tokio::test]
async fn every_form_that_posts_wants_its_token() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let need = published(&app, &kari, "Færre fall").await;
    let sent = ida.post(&format!("/api/v1/needs/{need}/responses"), json!({"body": "Vi kan."})).await.must(201).id();
    let (of_kari, of_ida) = (app.browser().log_in(&kari).await, app.browser().log_in(&ida).await);
    // Mail programs send one without having seen it (RFC 8058); its address is known to nobody who has not got the mail.
    let wants_none = "/stopp-epost/{token}";
    for route in brobygger::web::routes::table().into_iter().filter(|r| r.method == "POST" && r.path != wants_none) {
        let path = route.path.replace("{reference}", "2026-0001").replace("/svar/{id}", &format!("/svar/{sent}"));
        let path = path.replace("{id}", "x").replace("{token}", "x");
        // Where files are sent, whoever may not send any is not even asked for the token.
        let browser =
            if path.ends_with("/svar/nytt") || path.ends_with(&format!("{sent}/vedlegg")) { &of_ida } else { &of_kari };
        let answer = browser.submit_bare(&path, &[("email", "x@y.no")]).await;
        assert_eq!(answer.status, 409, "POST {path}");
    }
}

#[tokio::test]
async fn pages_for_people_with_a_login_lead_to_it_and_back() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let browser = app.browser();
    let sent = browser.open("/nn/behov/nytt?x=1").await;
    assert_eq!((sent.status.as_u16(), sent.location()), (303, "/nn/logg-inn?neste=%2Fbehov%2Fnytt%3Fx%3D1"));
    let login = browser.follow(sent).await;
    let next = login.values("next").remove(0);
    let fields = [("email", kari.email.as_str()), ("password", crate::app::PASSWORD), ("next", &next)];
    let back = browser.submit("/nn/logg-inn", &fields).await;
    assert_eq!(back.location(), "/nn/behov/nytt?x=1");
    assert_eq!(browser.follow(back).await.status, 200);
    // Only to pages of ours.
    for elsewhere in
        ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/%09/evil.example"]
    {
        let browser = app.browser();
        browser.open("/logg-inn").await;
        let fields = [("email", kari.email.as_str()), ("password", crate::app::PASSWORD), ("next", elsewhere)];
        let sent = browser.submit("/logg-inn", &fields).await;
        let to = sent.location();
        let url = reqwest::Url::parse(&app.url).unwrap().join(to).unwrap();
        assert_eq!(url.origin(), reqwest::Url::parse(&app.url).unwrap().origin(), "{elsewhere} led to {to}");
    }
}

#[tokio::test]
async fn every_page_for_everybody_answers_in_three_languages_with_links_that_keep_it() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    app.supplier("Ida", "Tryggvakt").await;
    published(&app, &kari, "Færre fall på sykehjemmet").await;
    let browser = app.browser();
    let mut broken = Vec::new();
    for (root, language) in [("", "nb"), ("/nn", "nn"), ("/en", "en")] {
        for path in [
            "/",
            "/?q=fall",
            "/behov/2026-0001",
            "/behov/2026-0001/versjoner",
            "/leverandorer",
            "/logg-inn",
            "/registrer",
            "/glemt-passord",
        ] {
            let page = browser.open(&format!("{root}{path}")).await;
            assert_eq!(page.status, 200, "{root}{path}");
            assert_eq!(page.attributes("html", "lang"), [language]);
            let foreign = page
                .attributes("a[href^='/']:not([hreflang]):not([lang])", "href")
                .into_iter()
                .filter(|link| !link.starts_with(root) && !link.starts_with("/assets") && !link.starts_with("/api"));
            broken.extend(foreign.map(|link| format!("{root}{path} leads to {link}")));
            assert!(page.headers.get("content-security-policy").is_some());
            assert!(page.attributes("[style]", "style").is_empty() && page.texts("script:not([src])").is_empty());
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[tokio::test]
async fn a_page_that_is_not_there_says_so_in_the_frame_of_all_pages() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    draft(&app, &kari, "Hemmelig utkast").await;
    let browser = app.browser();
    let (draft, nothing) = (browser.open("/behov/2026-0001").await, browser.open("/behov/2026-9999").await);
    assert_eq!((draft.status.as_u16(), nothing.status.as_u16()), (404, 404));
    assert_eq!(draft.texts("main"), nothing.texts("main"), "a draft of others looks like nothing");
    assert_eq!(browser.open("/finnes/ikke").await.status, 404);
    assert_eq!(browser.open("/behov/%FF%FE").await.status, 404);
}

/// It may be the text that is too large: there is not always a file.
#[tokio::test]
async fn what_is_too_large_is_told_in_words_that_fit_a_question_too() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    published(&app, &kari, "Færre fall").await;
    let browser = app.browser().log_in(&ida).await;
    for (root, heading, text) in [
        ("", "Det du sendte, er for stort", "En fil kan være høyst 20\u{a0}MB, og teksten i skjemaet høyst 1\u{a0}MB."),
        (
            "/nn",
            "Det du sende, er for stort",
            "Ei fil kan vere høgst 20\u{a0}MB, og teksten i skjemaet høgst 1\u{a0}MB.",
        ),
        (
            "/en",
            "What you sent is too large",
            "A file can be at most 20\u{a0}MB, and the text of the form at most 1\u{a0}MB.",
        ),
    ] {
        let question = format!("{root}/behov/2026-0001/sporsmal");
        let seen = browser.submit(&question, &[("text", &"Hvorfor? ".repeat(140_000))]).await;
        assert_eq!((seen.status.as_u16(), seen.texts("h1")), (413, vec![heading.to_owned()]), "{}", seen.html);
        assert!(seen.html.contains(text), "{}", seen.html);
    }
}

#[tokio::test]
async fn whoever_saves_over_a_colleague_is_shown_both_and_loses_nothing() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let id = draft(&app, &kari, "Tryggere netter").await;
    let browser = app.browser().log_in(&kari).await;
    let form = browser.open("/behov/2026-0001/rediger").await;
    let revision = form.values("revision").remove(0);
    let mut theirs = falls(&app);
    theirs["title"] = json!("Kollegaens tittel");
    kari.patch(&format!("/api/v1/needs/{id}"), theirs).await.must(200);
    let mine = [("title", "Min tittel"), ("revision", revision.as_str()), ("action", "save")];
    let shown = browser.submit("/behov/2026-0001/rediger", &mine).await;
    assert_eq!(shown.status, 409, "{}", shown.html);
    assert_eq!(shown.values("title"), ["Min tittel"]);
    assert_eq!(shown.texts(".bb-conflict").len(), 1);
    assert_eq!(kari.get(&format!("/api/v1/needs/{id}")).await.json["title"], "Kollegaens tittel");

    // Mending something that is wrong does not make one know what the colleague wrote.
    let form = browser.open("/behov/2026-0001/rediger").await;
    let revision = form.values("revision").remove(0);
    let mut theirs = falls(&app);
    theirs["title"] = json!("Kollegaens neste tittel");
    kari.patch(&format!("/api/v1/needs/{id}"), theirs).await.must(200);
    let wrong =
        [("title", "Min tittel"), ("budget_amount", "mye"), ("revision", revision.as_str()), ("action", "save")];
    let shown = browser.submit("/behov/2026-0001/rediger", &wrong).await;
    assert_eq!((shown.status.as_u16(), shown.values("revision")), (422, vec![revision.clone()]));
    let mended = [("title", "Min tittel"), ("revision", revision.as_str()), ("action", "save")];
    assert_eq!(browser.submit("/behov/2026-0001/rediger", &mended).await.status, 409);
}

/// Two colleagues at a supplier write on its profile at the same time: neither loses what they wrote.
#[tokio::test]
async fn a_profile_that_a_colleague_saved_in_the_meantime_is_not_overwritten_unseen() {
    let app = TestApp::start().await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let browser = app.browser().log_in(&ida).await;
    let form = browser.open("/min-side/leverandor").await;
    let version = form.values("version").remove(0);
    let theirs = json!({"kind": "startup", "description": "Kollegaens ord"});
    ida.patch("/api/v1/suppliers/me", theirs).await.must(200);
    let mine = [("kind", "startup"), ("description", "Mine ord"), ("version", version.as_str())];
    let shown = browser.submit("/min-side/leverandor", &mine).await;
    assert_eq!((shown.status.as_u16(), shown.texts(".bb-conflict").len()), (409, 1), "{}", shown.html);
    assert_eq!(shown.texts("textarea[name=description]"), ["Mine ord"]);
    let address = format!("/api/v1/suppliers/{}", ida.organisation_number);
    assert_eq!(ida.get(&address).await.json["description"], "Kollegaens ord");
    let version = shown.values("version").remove(0);
    let mine = [("kind", "startup"), ("description", "Mine ord"), ("version", version.as_str())];
    assert_eq!(browser.submit("/min-side/leverandor", &mine).await.status, 303);
    assert_eq!(ida.get(&address).await.json["description"], "Mine ord");
}

#[tokio::test]
async fn suppliers_are_found_in_large_letters_and_small() {
    let app = TestApp::start().await;
    app.supplier("Ida", "ÆREN Øl og Ål").await;
    app.supplier("Per", "Nattlys").await;
    for words in ["ærEN", "øl ÅL", "ÅL"] {
        let found = app.browser().open(&format!("/leverandorer?q={words}")).await;
        assert!(found.html.contains("ÆREN") && !found.html.contains("Nattlys"), "{words}: {}", found.html);
    }
    for words in ["%", "_", "\\"] {
        let found = app.browser().open(&format!("/leverandorer?q={words}")).await;
        assert!(!found.html.contains("Nattlys"), "{words}: {}", found.html);
    }
}

/// Whoever wants to publish hears at once of what is wrong and of what is missing; a draft may lack it.
#[tokio::test]
async fn what_is_missing_is_told_with_what_is_wrong() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let browser = app.browser().log_in(&kari).await;
    let title = "x".repeat(300);
    for (action, told) in [
        ("save", vec!["title"]),
        (
            "publish",
            vec!["title", "summary", "problem", "affected", "desired_effects", "areas", "region", "contact_email"],
        ),
    ] {
        browser.open("/behov/nytt").await;
        let fields = [("title", title.as_str()), ("action", action), ("response_deadline_date", "2027-01-15")];
        let page = browser.submit("/behov/nytt", &fields).await;
        assert_eq!(page.status, 422);
        let links = page.attributes(".bb-error-summary a", "href");
        let fields: Vec<&str> = links.iter().map(|link| link.trim_start_matches('#')).collect();
        assert_eq!(fields, told, "{action}");
        assert_eq!(page.values("title"), [title.as_str()], "what was typed stays");
    }
}

/// Whoever writes longer than a session lasts loses nothing: the text waits beside the login.
#[tokio::test]
async fn what_was_typed_is_kept_when_the_session_has_ended() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    crate::needs::published(&app, &kari, "Færre fall på sykehjemmet").await;
    for (who, address, field) in [
        (&kari, "/behov/nytt", "title"),
        (&ida, "/behov/2026-0001/svar/nytt", "text"),
        (&ida, "/nn/behov/2026-0001/sporsmal", "text"),
    ] {
        let browser = app.browser().log_in(who).await;
        browser.open(&address.replace("/sporsmal", "")).await;
        app.pass(chrono::TimeDelta::days(2));
        let text = "Lang <tekst> & \"mer\"\nover to linjer";
        let page = browser.submit(address, &[(field, text), ("action", "save"), ("password", "hemmelig")]).await;
        assert_eq!(page.status, 401, "{address}: {}", page.html);
        assert_eq!(page.values(field), [text], "{address}");
        assert!(!page.html.contains("hemmelig"), "a password is not written into a page");
        // Logged in again, beside it, the same form is taken.
        let browser = browser.log_in(who).await;
        let form = format!("form[action='{address}'] input[name]");
        let (names, values) = (page.attributes(&form, "name"), page.attributes(&form, "value"));
        let fields: Vec<(&str, &str)> =
            names.iter().zip(&values).map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let sent = browser.submit(address, &fields).await;
        assert!(!matches!(sent.status.as_u16(), 401 | 403 | 409 | 500), "{address}: {} {}", sent.status, sent.html);
    }
}

/// Newsletters and social media hang their own on a link; a program that writes a word which is none is told.
#[tokio::test]
async fn a_link_that_was_passed_on_still_leads_to_its_page() {
    let app = TestApp::start().await;
    let browser = app.browser();
    for page in ["/", "/nn/leverandorer", "/statistikk", "/behov.atom"] {
        assert_eq!(browser.open(&format!("{page}?fbclid=IwAR0&utm_source=nyhetsbrev")).await.status, 200, "{page}");
        assert_eq!(browser.open(&format!("{page}?fisk=1")).await.status, 400, "{page}");
    }
    assert_eq!(app.anonymous().get("/api/v1/needs?fbclid=IwAR0").await.status, 400);
}
