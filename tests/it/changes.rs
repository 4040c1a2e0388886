//! The feed of what changes in public: in order, once each, and nothing of what is not public.
use crate::app::TestApp;
use crate::needs::published;
use crate::notices::{fixtures, import};
use serde_json::{Value, json};

async fn walk(app: &TestApp, mut after: i64, limit: usize) -> (Vec<Value>, i64) {
    let anyone = app.anonymous();
    let mut seen = Vec::new();
    loop {
        let answer = anyone.get(&format!("/api/v1/changes?after={after}&limit={limit}")).await.must(200).json;
        seen.extend(answer["items"].as_array().unwrap().clone());
        after = answer["next"].as_i64().unwrap();
        if answer["more"] == json!(false) {
            return (seen, after);
        }
    }
}

fn kinds(items: &[Value]) -> Vec<String> {
    items
        .iter()
        .map(|item| format!("{} {}", item["kind"].as_str().unwrap(), item["change"].as_str().unwrap()))
        .collect()
}

#[tokio::test]
async fn needs_and_notices_stand_in_one_feed_and_drafts_in_none() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let need = published(&app, &kari, "Færre fall").await;
    kari.post("/api/v1/needs", json!({"title": "Hemmelig utkast"})).await.must(201);
    import(&app, vec![fixtures().join("e4-result.xml")]).await;
    let (items, end) = walk(&app, 0, 1).await;
    assert_eq!(kinds(&items), ["need changed", "notice changed"]);
    let anyone = app.anonymous();
    for item in &items {
        anyone.get(item["url"].as_str().unwrap()).await.must(200);
    }
    assert_eq!(walk(&app, end, 100).await, (vec![], end));

    let withdrawn = format!("/api/v1/needs/{need}/publication?reason=Vi%20har%20ombestemt%20oss");
    kari.delete(&withdrawn).await.must(200);
    let (items, _) = walk(&app, end, 100).await;
    assert_eq!(kinds(&items), ["need removed"]);
    for (wrong, code) in [
        ("after=-1", "bad-cursor"),
        ("after=x", "bad-cursor"),
        ("after=9223372036854775808", "bad-cursor"),
        ("limit=0", "bad-limit"),
        ("after=1&after=2", "repeated-parameter"),
    ] {
        let refused = anyone.get(&format!("/api/v1/changes?{wrong}")).await.must(400);
        assert_eq!(refused.json["type"], format!("/problems/{code}"), "{wrong}");
    }
    anyone.get("/api/v1/changes?siden=0").await.must(400);
}

#[tokio::test]
async fn everything_public_stands_in_the_feed_and_nothing_else() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let need = published(&app, &kari, "Færre fall").await;
    let (items, mut end) = walk(&app, 0, 100).await;
    assert_eq!(kinds(&items), ["supplier changed", "need changed"]);
    assert_eq!(items[0]["id"], ida.organisation_number);
    app.anonymous().get(items[0]["url"].as_str().unwrap()).await.must(200);

    let address = format!("/api/v1/needs/{need}");
    let mut news = async |expected: &[&str]| {
        let (items, now) = walk(&app, end, 100).await;
        end = now;
        assert_eq!(kinds(&items), expected);
    };
    ida.patch("/api/v1/suppliers/me", json!({"offers": "Matter"})).await.must(200);
    news(&["supplier changed"]).await;
    // A question is for the buyer until it is answered, and a response for ever.
    let question = ida.post(&format!("{address}/questions"), json!({"text": "Hvor mange?"})).await.must(201).id();
    ida.post(&format!("{address}/responses"), json!({"body": "Vi kan."})).await.must(201);
    ida.put(&format!("{address}/followers/me"), Value::Null).await.must(204);
    news(&[]).await;
    kari.put(&format!("{address}/questions/{question}/answer"), json!({"text": "Førti."})).await.must(200);
    news(&["need changed"]).await;
    kari.put(&format!("{address}/outcome"), json!({"kind": "no_action", "text": "Vi venter."})).await.must(200);
    news(&["need changed"]).await;
}

#[tokio::test]
async fn walking_while_others_write_gives_each_change_exactly_once() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let writing = async {
        for n in 0..6 {
            published(&app, &kari, &format!("Behov nummer {n}")).await;
        }
    };
    let importing = async {
        for path in
            ["e4-result.xml", "n29-result.xml", "e1-consultation.xml", "envelope-of-notices.xml", "e2-planning.xml"]
        {
            import(&app, vec![fixtures().join(path)]).await;
        }
    };
    let reading = async {
        let (mut seen, mut after) = (Vec::new(), 0);
        while seen.len() < 14 {
            let (more, end) = walk(&app, after, 3).await;
            seen.extend(more);
            after = end;
            tokio::task::yield_now().await;
        }
        seen
    };
    let (seen, (), ()) = tokio::join!(reading, writing, importing);
    let positions: Vec<i64> = seen.iter().map(|item| item["position"].as_i64().unwrap()).collect();
    assert!(positions.windows(2).all(|pair| pair[0] < pair[1]), "{positions:?}");
    assert_eq!(walk(&app, 0, 100).await.0, seen);
}
