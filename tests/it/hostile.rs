//! Whatever is sent, nothing breaks.
use crate::app::TestApp;
use crate::person::{Browser, Person};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

const FIELDS: [&str; 14] = [
    "title",
    "summary",
    "problem",
    "affected",
    "cpv",
    "region",
    "areas",
    "language",
    "innovation_kind",
    "response_deadline",
    "budget_amount",
    "response_deadline_date",
    "contact_email",
    "effect_by_0",
];

/// Text of every kind, with some favourites of those who break things.
fn text() -> impl Strategy<Value = String> {
    let favourite = prop::sample::select(vec![
        "\0",
        "' OR 1=1 --",
        "%",
        "\\",
        "{{constructor}}",
        "<script>alert(1)</script>",
        "\u{202e}",
        "9999999999999999999",
        "-1",
        "1e400",
        "\"",
        "*",
        "a~9999",
        "((((",
        "+",
        "[",
        "{",
        "+10000-01-01T00:00:00Z",
        "0000-00-00",
        "9999-12-31T23:59:59+23:59",
        "-262143-01-01",
        "262142-12-31",
        "24:61",
        "AND",
        "NOT",
        "\u{feff}",
        "æøå",
        "é\u{301}",
        "🧓🏽",
        "\r\nX-Evil: 1",
        "../../etc/passwd",
    ]);
    prop_oneof![
        3 => any::<String>(),
        2 => favourite.prop_map(str::to_owned),
        1 => "[a-zæøå -]{0,300}",
        1 => (0..4000usize).prop_map(|n| "å".repeat(n)),
    ]
}

/// JSON of any shape.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-z_]{1,12}", inner, 0..4).prop_map(|m| json!(m)),
        ]
    })
}

#[derive(Debug, Clone)]
struct Attack {
    fields: Vec<(usize, String)>,
    json: Vec<(usize, Value)>,
    words: String,
    filters: Vec<(usize, String)>,
}

fn attack() -> impl Strategy<Value = Attack> {
    let fields = prop::collection::vec((0..FIELDS.len(), text()), 0..6);
    let json = prop::collection::vec((0..FIELDS.len(), value()), 0..6);
    let filters = prop::collection::vec((0..FILTERS.len(), text()), 0..3);
    (fields, json, text(), filters).prop_map(|(fields, json, words, filters)| Attack { fields, json, words, filters })
}

const FILTERS: [&str; 9] = ["status", "cpv", "region", "area", "deadline_before", "buyer", "sort", "limit", "cursor"];

async fn endure(attack: &Attack, kari: &Person, browser: &Browser) -> Result<(), String> {
    let quiet = |what: &str, status: u16, text: &str| {
        if status >= 500 { Err(format!("{what}: {status} {text}")) } else { Ok(()) }
    };
    let mut body = json!({"title": attack.words});
    for (field, value) in &attack.json {
        body[FIELDS[*field]] = value.clone();
    }
    let made = kari.post("/api/v1/needs", body.clone()).await;
    quiet("POST needs", made.status, &made.text)?;
    let mut words = body;
    words
        .as_object_mut()
        .unwrap()
        .retain(|name, _| ["title", "summary", "problem", "affected"].contains(&name.as_str()));
    let made = kari.post("/api/v1/needs", words).await;
    quiet("POST plain needs", made.status, &made.text)?;

    let mut query = vec![("q", attack.words.as_str())];
    query.extend(attack.filters.iter().map(|(f, v)| (FILTERS[*f], v.as_str())));
    let query: String = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
    for path in ["/api/v1/needs", "/", "/api/v1/suppliers", "/leverandorer"] {
        let answer = kari.get(&format!("{path}?{query}")).await;
        quiet(path, answer.status, &answer.text)?;
    }
    let word: String = url::form_urlencoded::byte_serialize(attack.words.as_bytes()).collect();
    for path in
        ["/behov/?", "/leverandorer/?", "/api/v1/suppliers/?", "/bekreft-epost/?", "/nytt-passord/?", "/invitasjon/?"]
    {
        let path = path.replace('?', &word);
        let answer = kari.get(&path).await;
        quiet(&path, answer.status, &answer.text)?;
    }
    let text = &attack.words;
    for (path, body) in [
        ("/api/v1/session", json!({"email": text, "password": text})),
        ("/api/v1/session/refresh", json!({"refresh_token": text})),
        ("/api/v1/organisations/me/invitations", json!({"email": text, "role": text})),
        (
            "/api/v1/suppliers",
            json!({"organisation_number": text, "organisation_name": text, "name": text, "email": text}),
        ),
    ] {
        let answer = kari.post(path, body).await;
        quiet(path, answer.status, &answer.text)?;
    }
    for (path, field) in
        [("/min-side/organisasjon", "organisation"), ("/glemt-passord", "email"), ("/min-side/konto", "name")]
    {
        let seen = browser.submit(path, &[(field, text), ("action", "profile"), ("language", "nb")]).await;
        quiet(path, seen.status.as_u16(), &seen.html)?;
    }
    let fields: Vec<(&str, &str)> = attack.fields.iter().map(|(f, v)| (FIELDS[*f], v.as_str())).collect();
    let seen = browser.submit("/behov/nytt", &fields).await;
    quiet("POST /behov/nytt", seen.status.as_u16(), &seen.html)?;
    for (field, value) in &fields {
        if seen.status == 422
            && matches!(*field, "title" | "contact_email")
            && fields.iter().filter(|(f, _)| f == field).count() == 1
        {
            // What was typed stands in the page as text, never as markup.
            let script = value.contains("<script") && seen.html.contains("<script>alert");
            if script {
                return Err("markup got through".to_owned());
            }
        }
    }
    Ok(())
}

#[test]
fn no_text_in_any_field_or_search_breaks_anything() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (app, kari, browser) = runtime.block_on(async {
        let app = TestApp::start().await;
        let kari = app.buyer("Kari", "Stavanger").await;
        let browser = app.browser().log_in(&kari).await;
        browser.open("/behov/nytt").await;
        (app, kari, browser)
    });
    let config = Config { cases: 60, failure_persistence: None, ..Config::default() };
    let done = TestRunner::new(config)
        .run(&attack(), |attack| runtime.block_on(endure(&attack, &kari, &browser)).map_err(TestCaseError::fail));
    drop(app);
    done.unwrap();
}
