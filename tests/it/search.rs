//! Finding needs.
use crate::app::TestApp;
use crate::needs::{falls, published};
use crate::person::{Person, send};
use brobygger::app::Caller;
use brobygger::identity::Credentials;
use brobygger::platform::language::Language;
use brobygger::{App, needs};
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};

/// Publishes a need with these fields changed.
async fn publish(app: &TestApp, by: &Person, changes: Value) -> String {
    let mut need = falls(app);
    for (name, value) in changes.as_object().unwrap() {
        need[name] = value.clone();
    }
    let id = by.post("/api/v1/needs", need).await.must(201).id();
    by.put(&format!("/api/v1/needs/{id}/publication"), Value::Null).await.must(200);
    app.pass(TimeDelta::minutes(1));
    id
}

async fn titles(of: &Person, query: &str) -> Vec<String> {
    let query: String = query.replace('æ', "%C3%A6").replace('ø', "%C3%B8").replace('å', "%C3%A5").replace(' ', "+");
    let mut titles = of.get(&format!("/api/v1/needs?{query}")).await.must(200).each("title");
    titles.sort();
    titles
}

/// Nobody should wonder why a need is in the list.
#[tokio::test]
async fn what_is_found_deep_in_a_need_is_shown() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    publish(&app, &kari, json!({"title": "Færre fall", "tried": "Vi har prøvd dørsensorer <og> matter."})).await;
    publish(&app, &kari, json!({"title": "Dørsensorer", "tried": "Vi har prøvd dørsensorer."})).await;
    let page = app.browser().open("/?q=dørsensor").await;
    assert_eq!(page.texts(".bb-need__title"), ["Dørsensorer", "Færre fall"]);
    let found = page.texts(".bb-need__found");
    assert_eq!(found.len(), 1, "{}", page.html);
    assert!(
        found[0].starts_with("Fra beskrivelsen:") && found[0].contains("prøvd dørsensorer <og> matter"),
        "{found:?}"
    );
    assert!(page.html.contains("<mark>dørsensorer</mark> &lt;og&gt;"), "{}", page.html);
    // The buyer's name stands on the card.
    assert!(app.browser().open("/?q=Stavanger").await.texts(".bb-need__found").is_empty());
}

#[tokio::test]
async fn words_are_found_in_other_forms_inside_compounds_and_in_other_spellings() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let bare = json!({"summary": "Kort.", "problem": "Kort.", "affected": "Alle.", "current_situation": "", "tried": "",
        "undecided": "", "constraints": "", "desired_effects": [{"metric": "Antall"}]});
    for title in ["Renere vann i fjorden", "Smarte søppelkasser", "Tryggere skoleveier", "Ærlige målinger på Åsane"]
    {
        let mut changes = bare.clone();
        changes["title"] = json!(title);
        publish(&app, &kari, changes).await;
    }
    let anyone = app.anonymous();
    // Another form of the word.
    assert_eq!(titles(&anyone, "q=fjorder").await, ["Renere vann i fjorden"]);
    assert_eq!(titles(&anyone, "q=søppelkassene").await, ["Smarte søppelkasser"]);
    // A part of a compound.
    assert_eq!(titles(&anyone, "q=søppel").await, ["Smarte søppelkasser"]);
    assert_eq!(titles(&anyone, "q=skole").await, ["Tryggere skoleveier"]);
    // Without the letters æ, ø and å.
    assert_eq!(titles(&anyone, "q=soppelkasser").await, ["Smarte søppelkasser"]);
    assert_eq!(titles(&anyone, "q=aasane").await, ["Ærlige målinger på Åsane"]);
    assert_eq!(titles(&anyone, "q=ÅSANE".replace('Å', "%C3%85").as_str()).await, ["Ærlige målinger på Åsane"]);
    // All the words, in any order.
    assert_eq!(titles(&anyone, "q=vann renere").await, ["Renere vann i fjorden"]);
    assert_eq!(titles(&anyone, "q=romskip").await, Vec::<String>::new());
}

#[tokio::test]
async fn singular_and_plural_bokmal_and_nynorsk_and_letters_written_out_find_each_other() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let bare = json!({"summary": "Kort.", "problem": "Kort.", "affected": "Alle.", "current_situation": "", "tried": "",
        "undecided": "", "constraints": "", "desired_effects": [{"metric": "Antall"}]});
    for title in ["Hjelpemidler for dem som bor alene", "Snø på gangveier", "Fraværet til sjuke"] {
        let mut changes = bare.clone();
        changes["title"] = json!(title);
        publish(&app, &kari, changes).await;
    }
    let anyone = app.anonymous();
    for (query, title) in [
        ("hjelpemiddel", "Hjelpemidler for dem som bor alene"),
        ("hjelpemidlene", "Hjelpemidler for dem som bor alene"),
        ("bu", "Hjelpemidler for dem som bor alene"),
        ("aleine", "Hjelpemidler for dem som bor alene"),
        ("snoe", "Snø på gangveier"),
        ("gangveg", "Snø på gangveier"),
        ("fravaer", "Fraværet til sjuke"),
        ("syk", "Fraværet til sjuke"),
    ] {
        assert_eq!(titles(&anyone, &format!("q={query}")).await, [title], "{query}");
    }
    let page = app.browser().open("/?q=bu").await;
    assert_eq!(page.texts(".bb-need__title"), ["Hjelpemidler for dem som bor alene"]);
}

/// Nobody remembers whether there is an s between the words of a compound, or a hyphen, and buyers write it each in their own way.
#[tokio::test]
async fn a_compound_is_found_whether_there_is_an_s_or_a_hyphen_between_its_words() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let bare = json!({"summary": "Kort.", "problem": "Kort.", "affected": "Alle.", "current_situation": "", "tried": "",
        "undecided": "", "constraints": "", "desired_effects": [{"metric": "Antall"}]});
    let [alike, others] = [
        &[
            "Barneverns-tjeneste for alle",
            "Barnevernstjenesten i ny drakt",
            "Barneverntjeneste på nett",
            "Ei ny barnevernsteneste",
        ][..],
        // Something else, though a letter is all that tells them apart.
        &["Barnevern uten ventetid", "Kurstilbud til eldre", "Kur-tilbud", "Tjeneste for barn"],
    ];
    for title in alike.iter().chain(others) {
        let mut changes = bare.clone();
        changes["title"] = json!(title);
        publish(&app, &kari, changes).await;
    }
    let anyone = app.anonymous();
    for query in
        ["barneverns-tjeneste", "barnevern-tjenesten", "barnevernstjeneste", "barneverntjenester", "barnevernsteneste"]
    {
        assert_eq!(titles(&anyone, &format!("q={query}")).await, alike, "{query}");
        let page = app.browser().open(&format!("/?q={query}")).await;
        assert_eq!(page.texts(".bb-need__title mark").len(), alike.len(), "{query}");
    }
    assert_eq!(titles(&anyone, "q=kurstilbud").await, ["Kurstilbud til eldre"]);
    assert_eq!(titles(&anyone, "q=kurtilbud").await, ["Kur-tilbud"]);
}

/// The list of words of which compounds are made will never be whole. Who writes a compound that nobody else has, of which we know one
/// word only, finds what has both.
#[tokio::test]
async fn a_compound_that_nobody_has_written_is_found_by_both_its_words_though_one_is_not_known() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let bare = json!({"summary": "Kort.", "problem": "Kort.", "affected": "Alle.", "current_situation": "", "tried": "",
        "undecided": "", "constraints": "", "desired_effects": [{"metric": "Antall"}]});
    for title in ["Grevlinger på skolen", "Skolen er ny", "Grevlinger i parken"] {
        let mut changes = bare.clone();
        changes["title"] = json!(title);
        publish(&app, &kari, changes).await;
    }
    let anyone = app.anonymous();
    for query in ["skolegrevling", "skolegrevlinger"] {
        assert_eq!(titles(&anyone, &format!("q={query}")).await, ["Grevlinger på skolen"], "{query}");
    }
    let page = app.browser().open("/?q=skolegrevling").await;
    assert_eq!(page.texts(".bb-need__title mark"), ["Grevlinger", "skolen"]);
    assert_eq!(titles(&anyone, "q=skoleelg").await, Vec::<String>::new());
}

/// Solveig in Sogn writes nynorsk, Kari in Stavanger bokmål, and each looks for what the other has written.
#[tokio::test]
async fn who_writes_nynorsk_finds_what_is_written_in_bokmal_and_the_other_way_round() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let (kari, solveig) = (app.buyer("Kari", "Stavanger").await, app.buyer("Solveig", "Sogndal").await);
    let bare = json!({"summary": "Kort.", "problem": "Kort.", "affected": "Alle.", "current_situation": "", "tried": "",
        "undecided": "", "constraints": "", "desired_effects": [{"metric": "Antall"}]});
    let nights = "Rolegare netter på sjukeheimen";
    for (by, title) in [
        (&kari, "Trafikksikkerhet ved broer"),
        (&solveig, nights),
        (&solveig, "Mindre einsemd på øyane"),
        (&kari, "Begynne på kafé"),
        (&kari, "Tjenester for eldre"),
        (&kari, "Barnevern uten ventetid"),
        (&solveig, "Mindre avfall"),
    ] {
        let mut changes = bare.clone();
        changes["title"] = json!(title);
        publish(&app, by, changes).await;
    }
    for (query, found) in [
        ("trafikktryggleik", &["Trafikksikkerhet ved broer"][..]),
        ("tryggleik bruer", &["Trafikksikkerhet ved broer"]),
        ("natt", &[nights]),
        ("sykehjem netter", &[nights]),
        ("ensomhet", &["Mindre einsemd på øyane"]),
        ("øy", &["Mindre einsemd på øyane"]),
        ("byrje", &["Begynne på kafé"]),
        ("cafe", &["Begynne på kafé"]),
        // A general part alone is something else.
        ("barnevernstenesta", &["Barnevern uten ventetid"]),
        ("matavfall", &[]),
        ("avfall", &["Mindre avfall"]),
    ] {
        assert_eq!(titles(&solveig, &format!("q={query}")).await, found, "{query}");
    }
    let page = app.browser().open("/?q=trafikktryggleik").await;
    assert!(page.html.contains("<mark>Trafikksikkerhet</mark> ved broer"), "{}", page.html);
}

#[tokio::test]
async fn filters_keep_what_fits_all_of_them() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let bo = app.buyer("Bo", "Bergen").await;
    publish(&app, &kari, json!({"title": "A", "region": ["1103"], "cpv": ["33195000"], "areas": ["helse_i_alt"]}))
        .await;
    publish(
        &app,
        &kari,
        json!({"title": "B", "region": ["11"], "cpv": ["90500000"], "areas": ["gront_skifte", "smart"],
        "response_deadline": app.in_days(5)}),
    )
    .await;
    publish(&app, &bo, json!({"title": "C", "region": ["4601"], "cpv": ["33000000"], "areas": ["smart"]})).await;
    let anyone = app.anonymous();
    for (query, expected) in [
        ("", vec!["A", "B", "C"]),
        ("region=11", vec!["A", "B"]),
        ("region=4601", vec!["C"]),
        ("region=11&region=46", vec!["A", "B", "C"]),
        ("cpv=33", vec!["A", "C"]),
        ("cpv=33195", vec!["A"]),
        ("area=smart", vec!["B", "C"]),
        ("area=smart&region=11", vec!["B"]),
        ("area=smart&area=helse_i_alt&cpv=33", vec!["A", "C"]),
        (&*format!("buyer={}", bo.organisation_number), vec!["C"]),
        ("deadline_before=2026-12-01", vec!["B"]),
        ("status=concluded", vec![]),
    ] {
        let answer = anyone.get(&format!("/api/v1/needs?{query}")).await.must(200);
        let mut found = answer.each("title");
        found.sort();
        assert_eq!(
            (found.len(), answer.json["total"].as_u64()),
            (expected.len(), Some(expected.len() as u64)),
            "{query}"
        );
        assert_eq!(found, expected, "{query}");
    }
    assert_eq!(anyone.get("/api/v1/needs?sort=newest").await.each("title"), ["C", "B", "A"]);
    let by_deadline = async || anyone.get("/api/v1/needs?sort=deadline").await.each("title");
    assert_eq!(by_deadline().await[0], "B");
    // What has passed is not near any more.
    app.pass(chrono::TimeDelta::days(6));
    assert_eq!(by_deadline().await[2], "B");
}

#[tokio::test]
async fn a_parameter_that_is_not_understood_is_refused() {
    let app = TestApp::start().await;
    let anyone = app.anonymous();
    for (query, kind) in [
        ("sted=Oslo", "unknown-parameter"),
        ("q=x&Q=y", "unknown-parameter"),
        ("status=fisk", "bad-parameter"),
        ("cpv=3", "bad-parameter"),
        ("cpv=tretti", "bad-parameter"),
        ("region=Oslo", "bad-parameter"),
        ("region=9999", "bad-parameter"),
        ("cpv=72000000-4", "bad-parameter"),
        ("area=fisk", "bad-parameter"),
        ("deadline_before=snart", "bad-parameter"),
        ("sort=fisk", "bad-parameter"),
        ("limit=0", "bad-limit"),
        ("limit=101", "bad-limit"),
        ("limit=mange", "bad-limit"),
        ("cursor=fisk", "bad-cursor"),
        ("cursor=e30", "bad-cursor"),
        // The newest before the year −4714, which PostgreSQL has not.
        (
            "cursor=eyJuZXdlc3QiOlsiLTQ3MTQtMDEtMDFUMDA6MDA6MDBaIiwiMDFhMjI4MDItNWYzYy03NjFmLWEzYzItYjRkMmY5OTZmYWQyIl19",
            "bad-cursor",
        ),
    ] {
        let answer = anyone.get(&format!("/api/v1/needs?{query}")).await;
        assert_eq!(
            (answer.status, answer.json["type"].as_str()),
            (400, Some(&*format!("/problems/{kind}"))),
            "{query}"
        );
    }
}

#[tokio::test]
async fn a_cursor_of_one_search_is_none_of_another() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    for n in 0..3 {
        published(&app, &kari, &format!("Behov {n}")).await;
    }
    let anyone = app.anonymous();
    let plain = anyone.get("/api/v1/needs?limit=1").await.field("next");
    let ranked = anyone.get("/api/v1/needs?limit=1&q=behov").await.field("next");
    anyone.get(&format!("/api/v1/needs?limit=1&cursor={plain}")).await.must(200);
    anyone.get(&format!("/api/v1/needs?limit=1&q=behov&cursor={ranked}")).await.must(200);
    anyone.get(&format!("/api/v1/needs?limit=1&q=behov&cursor={plain}")).await.must(400);
    anyone.get(&format!("/api/v1/needs?limit=1&cursor={ranked}")).await.must(400);
    anyone.get(&format!("/api/v1/needs?limit=1&status=draft&cursor={plain}")).await.must(400);
}

#[tokio::test]
async fn walking_all_pages_while_needs_are_published_gives_each_exactly_once() {
    for query in ["", "&q=behov", "&sort=deadline", "&area=helse_i_alt&sort=newest"] {
        let app = TestApp::start().await;
        app.mail_does_not_matter();
        let kari = app.buyer("Kari", "Stavanger").await;
        let mut before = Vec::new();
        for n in 0..7 {
            before.push(published(&app, &kari, &format!("Behov {n}")).await);
            // Some at the same instant, some not.
            app.pass(TimeDelta::seconds(n % 2));
        }
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = app.anonymous().get(&format!("/api/v1/needs?limit=2{query}{cursor}")).await.must(200);
            seen.extend(page.each("id"));
            let Some(next) = page.json["next"].as_str() else { break };
            cursor = format!("&cursor={next}");
            published(&app, &kari, &format!("Behov til {}", seen.len())).await;
            assert!(seen.len() < 40, "the walk does not end: {query}");
        }
        let unique: std::collections::HashSet<_> = seen.iter().collect();
        assert_eq!(unique.len(), seen.len(), "twice: {query}");
        let lost: Vec<_> = before.iter().filter(|id| !unique.contains(id)).collect();
        assert!(lost.is_empty(), "lost with {query}: {lost:?}");
    }
}

/// As docs/api-design.md promises; a list by relevance cannot.
#[tokio::test]
async fn a_walk_by_publication_shows_each_once_also_while_they_are_corrected() {
    for query in ["", "&q=behov&sort=newest"] {
        let app = TestApp::start().await;
        app.mail_does_not_matter();
        let kari = app.buyer("Kari", "Stavanger").await;
        let mut all = Vec::new();
        for n in 0..6 {
            all.push(published(&app, &kari, &format!("Behov {n}")).await);
            app.pass(TimeDelta::seconds(1));
        }
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = app.anonymous().get(&format!("/api/v1/needs?limit=2{query}{cursor}")).await.must(200);
            seen.extend(page.each("id"));
            let Some(next) = page.json["next"].as_str() else { break };
            cursor = format!("&cursor={next}");
            // One that was seen, and one that was not, come to say more of what is looked for.
            for id in [&all[5], &all[0]] {
                let more = json!({"title": format!("Behov behov {}", seen.len()), "change_note": "Mer."});
                kari.patch(&format!("/api/v1/needs/{id}"), more).await.must(200);
            }
        }
        all.reverse();
        assert_eq!(seen, all, "{query}");
    }
}

#[tokio::test]
async fn a_draft_is_never_found_and_a_correction_is_found_at_once() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let id = crate::needs::draft(&app, &kari, "Flytende solceller").await;
    assert_eq!(titles(&kari, "q=solceller").await, Vec::<String>::new());
    kari.put(&format!("/api/v1/needs/{id}/publication"), Value::Null).await.must(200);
    assert_eq!(titles(&kari, "q=solceller").await, ["Flytende solceller"]);
    let changed = json!({"title": "Flytende vindmøller", "change_note": "Ikke solceller likevel."});
    kari.patch(&format!("/api/v1/needs/{id}"), changed).await.must(200);
    assert_eq!(titles(&kari, "q=solceller").await, Vec::<String>::new());
    assert_eq!(titles(&kari, "q=vindmølle").await, ["Flytende vindmøller"]);
}

/// What the other node lists, without having been told of anything.
fn listed_beside(other: &App, limit: usize) -> Vec<String> {
    let anyone = Caller { credentials: Credentials::None, language: Language::Nb, request_id: String::new() };
    let search = needs::Search { limit, ..needs::Search::default() };
    let found = other.read_now(&anyone, |op| needs::search(op, &other.finder, &search)).unwrap();
    found.needs.into_iter().map(|need| need.title).collect()
}

#[tokio::test]
async fn the_first_page_of_every_node_shows_what_another_has_committed_at_once() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let bo = app.buyer("Bo", "Bergen").await;
    let other = app.node_beside().await;
    assert_eq!(listed_beside(&other, 20), [""; 0]);

    let first = publish(&app, &kari, json!({"title": "Færre fall"})).await;
    assert_eq!(listed_beside(&other, 20), ["Færre fall"]);
    publish(&app, &bo, json!({"title": "Renere vann"})).await;
    assert_eq!(listed_beside(&other, 20), ["Renere vann", "Færre fall"]);
    assert_eq!(listed_beside(&other, 1), ["Renere vann"]);
    assert_eq!(listed_beside(&other, 500), ["Renere vann", "Færre fall"]);

    let page = app.anonymous().get("/").await.must(200).text;
    assert!(page.contains("Færre fall"), "{page}");
    let need = format!("/api/v1/needs/{first}");
    let etag = kari.get(&need).await.must(200).headers["etag"].to_str().unwrap().to_owned();
    let correction = json!({"title": "Ingen fall", "change_note": "Klarere tittel"});
    send(kari.request(Method::PATCH, &need).header("If-Match", etag).json(&correction)).await.must(200);
    assert_eq!(listed_beside(&other, 20), ["Renere vann", "Ingen fall"]);
    let page = app.anonymous().get("/").await.must(200).text;
    assert!(page.contains("Ingen fall") && !page.contains("Færre fall"), "{page}");

    kari.delete(&format!("{need}/publication?reason=Feil")).await.must(200);
    assert_eq!(listed_beside(&other, 20), ["Renere vann"]);
    assert!(!app.anonymous().get("/").await.must(200).text.contains("Ingen fall"));
}
