//! The list of needs in other programs: a feed, a frame on another site, and catalogues of data.
use crate::app::TestApp;
use crate::needs::{draft, falls, published};
use crate::person::send;
use reqwest::Method;
use scraper::{Html, Selector};
use serde_json::{Value, json};

fn entries(feed: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(feed).unwrap();
    let entries = document.descendants().filter(|node| node.has_tag_name(("http://www.w3.org/2005/Atom", "entry")));
    let title = |entry: roxmltree::Node| {
        let title = entry.children().find(|node| node.has_tag_name(("http://www.w3.org/2005/Atom", "title")));
        title.unwrap().text().unwrap_or_default().to_owned()
    };
    entries.map(title).collect()
}

#[tokio::test]
async fn a_feed_has_the_newest_open_needs_and_takes_the_filters_of_the_list() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let bo = app.buyer("Bo", "Bergen").await;
    draft(&app, &kari, "Et utkast").await;
    published(&app, &kari, "Færre fall & <bedre> netter").await;
    app.pass(chrono::TimeDelta::hours(1));
    published(&app, &bo, "Renere luft på skolen").await;
    let gone = published(&app, &bo, "Trukket tilbake").await;
    bo.delete(&format!("/api/v1/needs/{gone}/publication")).await.must(200);

    // The same for everybody, also for those who would see more.
    let anonymous = app.anonymous().get("/behov.atom").await.must(200);
    assert_eq!(anonymous.header("content-type"), "application/atom+xml; charset=utf-8");
    assert_eq!(entries(&anonymous.text), ["Renere luft på skolen", "Færre fall & <bedre> netter"]);
    let own = app.browser().log_in(&kari).await.open("/behov.atom").await;
    assert_eq!(own.html, anonymous.text);

    let number = &kari.organisation_number;
    let filtered = app.anonymous().get(&format!("/nn/behov.atom?buyer={number}")).await.must(200);
    assert_eq!(entries(&filtered.text), ["Færre fall & <bedre> netter"]);
    assert!(
        filtered.text.contains("xml:lang=\"nn\"") && filtered.text.contains("/nn/behov/2026-0002"),
        "{}",
        filtered.text
    );
    assert_eq!(entries(&app.anonymous().get("/behov.atom?q=skole").await.must(200).text), ["Renere luft på skolen"]);
    for wrong in ["?status=draft", "?fish=1", "?cursor=x", "?buyer=12"] {
        app.anonymous().get(&format!("/behov.atom{wrong}")).await.must(400);
    }
    // The page of the list leads to the feed of what it shows, and every page to the feeds of all.
    let page = app.browser().open("/?area=helse_i_alt").await;
    for (media_type, address) in [("application/atom+xml", "/behov.atom"), ("application/rss+xml", "/behov.rss")] {
        let shown = page.attributes(&format!("a[type='{media_type}']"), "href");
        assert_eq!(shown, [format!("{address}?area=helse_i_alt")]);
        let found = page.attributes(&format!("link[rel=alternate][type='{media_type}']"), "href");
        assert_eq!(found, [address]);
    }
}

/// The items of a feed of RSS: what each child of an item says, by its name.
fn items(rss: &str) -> Vec<Vec<(String, String)>> {
    let document = roxmltree::Document::parse(rss).unwrap();
    let channel = document.root_element().first_element_child().unwrap();
    assert_eq!((document.root_element().tag_name().name(), channel.tag_name().name()), ("rss", "channel"));
    let told = |node: roxmltree::Node| (node.tag_name().name().to_owned(), node.text().unwrap_or_default().to_owned());
    let items = channel.children().filter(|node| node.has_tag_name("item"));
    items.map(|item| item.children().filter(|node| node.is_element()).map(told).collect()).collect()
}

#[tokio::test]
async fn who_knows_no_atom_follows_the_same_needs_as_rss() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let id = published(&app, &kari, "Færre fall & <bedre> netter").await;
    app.pass(chrono::TimeDelta::hours(1));
    published(&app, &kari, "Renere luft på skolen").await;
    let feed = app.anonymous().get("/nn/behov.rss?area=helse_i_alt&q=bedre").await.must(200);
    assert_eq!(feed.header("content-type"), "application/rss+xml; charset=utf-8");
    let items = items(&feed.text);
    let need = app.anonymous().get(&format!("/api/v1/needs/{id}")).await.must(200).json;
    let text = |of: &str| need[of].as_str().unwrap().to_owned();
    let mut expected = vec![
        ("title", "Færre fall & <bedre> netter".to_owned()),
        ("link", format!("{}/nn/behov/{}", app.url, text("reference"))),
        ("guid", format!("urn:uuid:{id}")),
        // As RFC 2822 has it; the story begins on a Saturday at noon.
        ("pubDate", "Sat, 21 Nov 2026 11:00:00 +0000".to_owned()),
        ("creator", "Stavanger kommune".to_owned()),
    ];
    let categories = ["areas", "cpv"].iter().flat_map(|of| need[of].as_array().unwrap());
    expected.extend(categories.map(|term| ("category", term.as_str().unwrap().to_owned())));
    expected.push(("description", text("summary")));
    let expected: Vec<(String, String)> = expected.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    assert_eq!(items, [expected]);

    let document = roxmltree::Document::parse(&feed.text).unwrap();
    let channel = document.root_element().first_element_child().unwrap();
    let said = |name: &str| channel.children().find(|node| node.tag_name().name() == name).unwrap();
    assert_eq!(document.root_element().attribute("version"), Some("2.0"));
    let own = channel.children().find(|node| node.attribute("rel") == Some("self")).unwrap();
    assert_eq!(own.attribute("href"), Some(&*format!("{}/nn/behov.rss?area=helse_i_alt&q=bedre", app.url)));
    assert_eq!(own.attribute("type"), Some("application/rss+xml"));
    assert_eq!(said("lastBuildDate").text(), Some("Sat, 21 Nov 2026 11:00:00 +0000"));
    assert_eq!(said("language").text(), Some("nn"));
    assert_eq!(said("title").text(), Some("Opne behov"));
    let is_of_rss = |node: &roxmltree::Node| node.tag_name().namespace().is_none();
    let list = channel.children().find(|node| is_of_rss(node) && node.has_tag_name("link")).unwrap();
    assert_eq!(list.text(), Some(&*format!("{}/nn/?area=helse_i_alt&q=bedre", app.url)));
    for wrong in ["?status=draft", "?fish=1", "?cursor=x", "?buyer=12"] {
        app.anonymous().get(&format!("/behov.rss{wrong}")).await.must(400);
    }
}

#[tokio::test]
async fn all_open_data_has_a_licence_without_anybody_choosing_one() {
    let app = TestApp::start().await;
    let catalogue = app.anonymous().get("/datasett.jsonld").await.must(200).json;
    let mut licences = Vec::new();
    for node in catalogue["dcat:dataset"].as_array().unwrap() {
        let distributions = node["dcat:distribution"].as_array().into_iter().flatten();
        licences.extend(distributions.map(|distribution| distribution["dct:license"]["@id"].clone()));
    }
    assert!(licences.len() > 1, "{catalogue}");
    let nlod = "http://publications.europa.eu/resource/authority/licence/NLOD_2_0";
    assert_eq!(licences, vec![json!(nlod); licences.len()]);
    let package = app.anonymous().get("/api/v1/ocds/releases").await.must(200).json;
    assert_eq!(package["license"], nlod);
}

#[tokio::test]
async fn a_need_in_another_language_than_the_feed_says_so() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    published(&app, &kari, "Færre fall").await;
    let told = |text: &str| -> Vec<(String, Option<String>)> {
        let document = roxmltree::Document::parse(text).unwrap();
        let of_need = |node: &roxmltree::Node| {
            let is_of_item =
                node.parent_element().is_some_and(|parent| matches!(parent.tag_name().name(), "entry" | "item"));
            is_of_item && matches!(node.tag_name().name(), "title" | "summary" | "description")
        };
        let language = |node: roxmltree::Node| node.attribute((roxmltree::NS_XML_URI, "lang")).map(str::to_owned);
        document.descendants().filter(of_need).map(|node| (node.tag_name().name().to_owned(), language(node))).collect()
    };
    for (feed, words) in [("behov.atom", ["title", "summary"]), ("behov.rss", ["title", "description"])] {
        for (language, said) in [("", None), ("/nn", Some("nb")), ("/en", Some("nb"))] {
            let text = app.anonymous().get(&format!("{language}/{feed}")).await.must(200).text;
            assert_eq!(told(&text), words.map(|word| (word.to_owned(), said.map(str::to_owned))), "{text}");
        }
    }
    for (language, said) in [("", None), ("/en", Some("nb"))] {
        let frame = app.anonymous().get(&format!("{language}/innebygd/behov")).await.must(200).text;
        let page = Html::parse_document(&frame);
        let link = Selector::parse("li a").unwrap();
        let languages: Vec<_> = page.select(&link).map(|link| link.attr("lang")).collect();
        assert_eq!(languages, [said], "{frame}");
    }
}

/// What a reader takes for HTML is what somebody wrote, and nothing that works.
#[tokio::test]
async fn a_description_in_rss_is_a_text_in_html_too() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let written = "Færre <script>alert(1)</script> & \"fall\"";
    let mut need = falls(&app);
    need["summary"] = json!(written);
    let id = kari.post("/api/v1/needs", need).await.must(201).id();
    kari.put(&format!("/api/v1/needs/{id}/publication"), Value::Null).await.must(200);
    let items = items(&app.anonymous().get("/behov.rss").await.must(200).text);
    let (_, description) = items[0].iter().find(|(name, _)| name == "description").unwrap();
    let html = Html::parse_fragment(description);
    assert_eq!(html.root_element().text().collect::<String>(), written);
    assert_eq!(html.select(&Selector::parse("script").unwrap()).count(), 0);
}

#[tokio::test]
async fn what_everybody_may_keep_is_sent_again_only_when_it_has_changed() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    published(&app, &kari, "Færre fall på sykehjemmet").await;
    let addresses = [
        "/behov.atom",
        "/behov.rss",
        "/innebygd/behov",
        "/datasett.jsonld",
        "/assets/brobygger.css",
        "/api/v1/openapi.json",
    ];
    let anonymous = app.anonymous();
    let asked = async |address: &str, tag: &str| {
        send(anonymous.request(Method::GET, address).header("if-none-match", tag)).await
    };
    let mut tags = Vec::new();
    for address in addresses {
        let first = anonymous.get(address).await.must(200);
        let tag = first.header("etag").to_owned();
        let again = asked(address, &tag).await.must(304);
        assert_eq!(again.text, "");
        // A browser takes the headers of this answer for those of what it keeps: a frame must stay one.
        for name in ["etag", "cache-control", "content-security-policy", "vary"] {
            assert_eq!(again.header(name), first.header(name), "{name} of {address}");
        }
        assert_eq!(asked(address, "\"other\"").await.must(200).text, first.text);
        tags.push(tag);
    }
    published(&app, &kari, "Renere luft på skolen").await;
    let mut answers = Vec::new();
    for (address, tag) in addresses.iter().zip(&tags) {
        answers.push(asked(address, tag).await.status);
    }
    assert_eq!(answers, [200, 200, 200, 304, 304, 304]);
    // What is somebody's own is nobody's to keep.
    assert_eq!(anonymous.get("/").await.must(200).header("etag"), "");
}

#[tokio::test]
async fn a_feed_is_xml_whatever_someone_wrote() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    for text in ["]]> <!-- -->", "&amp; &#0; &lt;", "🧓🏽\u{200d}🤝 \u{ad}\u{fffd}", "\"'><script>alert(1)</script>"]
    {
        let mut need = falls(&app);
        need["title"] = json!(text);
        need["summary"] = json!(text);
        let id = kari.post("/api/v1/needs", need).await.must(201).id();
        kari.put(&format!("/api/v1/needs/{id}/publication"), Value::Null).await.must(200);
    }
    let feed = app.anonymous().get("/behov.atom").await.must(200).text;
    assert_eq!(entries(&feed).len(), 4);
    assert_eq!(items(&app.anonymous().get("/behov.rss").await.must(200).text).len(), 4);
    let frame = app.anonymous().get("/innebygd/behov").await.must(200).text;
    assert!(!frame.contains("<script"), "{frame}");
}

#[tokio::test]
async fn open_needs_are_shown_in_a_frame_of_another_site() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let bo = app.buyer("Bo", "Bergen").await;
    draft(&app, &kari, "Et utkast").await;
    published(&app, &kari, "Færre fall på sykehjemmet").await;
    published(&app, &bo, "Renere luft på skolen").await;
    let number = &kari.organisation_number;
    let frame = app.anonymous().get(&format!("/innebygd/behov?buyer={number}&tema=mork")).await.must(200);
    let policy = frame.header("content-security-policy");
    assert!(policy.contains("frame-ancestors *") && !policy.contains("script-src"), "{policy}");
    assert_eq!(frame.headers.get_all("content-security-policy").iter().count(), 1);
    assert_eq!(frame.header("set-cookie"), "");
    let page = Html::parse_document(&frame.text);
    let texts = |selector: &str| -> Vec<String> {
        let selector = Selector::parse(selector).unwrap();
        page.select(&selector).map(|element| element.text().collect::<String>()).collect()
    };
    assert_eq!(texts("li a"), ["Færre fall på sykehjemmet"]);
    assert!(frame.text.contains("data-color-scheme=\"dark\""));
    let links = Selector::parse("p a").unwrap();
    let all: Vec<_> = page.select(&links).filter_map(|link| link.attr("href")).collect();
    assert_eq!(all, [format!("{}/?buyer={number}", app.url)]);
    // Nobody else's page may be around our own.
    let own = app.anonymous().get("/").await.must(200);
    assert!(own.header("content-security-policy").contains("frame-ancestors 'none'"));
    app.anonymous().get("/innebygd/behov?tema=rosa").await.must(400);
    let empty = app.anonymous().get("/en/innebygd/behov?area=smidig").await.must(200);
    assert!(empty.text.contains("No needs are open right now."));
    // What one can no longer respond to is not open, however new it is; whoever asks for it by name gets it.
    app.pass(chrono::TimeDelta::days(31));
    let late = app.anonymous().get("/innebygd/behov").await.must(200);
    assert!(late.text.contains("Ingen behov er åpne akkurat nå."), "{}", late.text);
    let published = app.anonymous().get("/innebygd/behov?status=published").await.must(200);
    assert!(published.text.contains("Færre fall") && published.text.contains("Renere luft"));
}

#[tokio::test]
async fn catalogues_are_told_which_data_there_are_and_each_can_be_fetched() {
    let app = TestApp::with("ocds.licence = \"http://publications.europa.eu/resource/authority/licence/CC_BY_4_0\"\nserver.contact_email = \"data@brobygger.example\"\nocds.publisher_number = \"991825827\"").await;
    let answer = app.anonymous().get("/datasett.jsonld").await.must(200);
    let catalogue = answer.json.clone();
    let sets = catalogue["dcat:dataset"].as_array().unwrap();
    assert_eq!(sets.len(), 4);
    assert!(!catalogue["dct:identifier"].is_null() && !catalogue["dcat:contactPoint"].is_null());
    assert_eq!(catalogue["dct:publisher"]["dct:identifier"], "991825827");
    assert!(catalogue["dcat:service"]["dct:identifier"].is_string(), "{catalogue}");
    for set in sets {
        for must in
            ["dct:title", "dct:description", "dct:identifier", "dct:publisher", "dcat:theme", "dcat:contactPoint"]
        {
            assert!(!set[must].is_null(), "{must} in {set}");
        }
        for distribution in set["dcat:distribution"].as_array().unwrap() {
            assert!(distribution["dct:format"]["@id"].as_str().unwrap().contains("/authority/file-type/"));
            assert_eq!(
                distribution["dct:license"]["@id"],
                "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0"
            );
            if let Some(standard) = distribution.get("dct:conformsTo") {
                assert!(standard["dct:title"].is_string(), "{standard}");
            }
            let url = distribution["dcat:accessURL"]["@id"].as_str().unwrap();
            app.anonymous().get(url.strip_prefix(&app.url).unwrap()).await.must(200);
        }
    }
}

#[tokio::test]
async fn a_catalogue_tells_nothing_of_what_there_is_not() {
    let app = TestApp::start().await;
    let catalogue = app.anonymous().get("/datasett.jsonld").await.must(200);
    assert!(!catalogue.text.contains("null") && !catalogue.text.contains("contactPoint"), "{}", catalogue.text);
}
