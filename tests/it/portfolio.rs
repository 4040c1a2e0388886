//! The adviser's list over all buyers.
use crate::app::TestApp;
use crate::needs::published;
use serde_json::json;
use std::io::Read;

fn rows(text: &str, delimiter: u8) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[tokio::test]
async fn an_adviser_takes_home_the_list_that_is_on_the_screen() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let bo = app.buyer("Bo", "Bergen").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let liv = app.adviser("Liv").await;
    // More than are read at once.
    for number in 1..=101 {
        published(&app, &kari, &format!("Behov {number}")).await;
    }
    let formula = "=HYPERLINK(\"http://evil.example\")";
    let need = published(&app, &bo, formula).await;
    ida.post(&format!("/api/v1/needs/{need}/questions"), json!({"text": "Hva?"})).await.must(201);

    // The links are those of the list as it is filtered, in each format.
    let browser = app.browser().log_in(&liv).await;
    let filtered = format!("buyer={}&status=open", bo.organisation_number);
    let page = browser.open(&format!("/nn/radgiver?{filtered}")).await;
    let links = page.attributes("#files ~ ul a", "href");
    let expected = ["csv", "csv-excel", "xlsx"].map(|format| format!("/nn/radgiver/fil?{filtered}&format={format}"));
    assert_eq!(links, expected);
    let status = page.texts(".bb-portfolio .ds-tag").remove(0);
    let file = browser.open(&links[0]).await;
    assert_eq!(file.headers["content-type"], "text/csv; charset=utf-8");
    assert!(file.headers["content-disposition"].to_str().unwrap().contains("filename=\"behov.csv\""));
    let csv = rows(&file.html, b',');
    let columns = "url reference title buyer-number buyer status status-label response-deadline followers questions unanswered responses";
    assert_eq!(csv[0].join(" "), columns);
    let (url, harmless) = (format!("{}/behov/2026-0102", app.url), format!("'{formula}"));
    let told = [&url, "2026-0102", &harmless, &bo.organisation_number, "Bergen kommune", "published", &status];
    assert_eq!(csv[1][..7], told);
    assert_eq!(csv[1][7..], ["2026-12-21T12:00:00+01:00", "0", "1", "1", "0"]);
    assert_eq!(csv.len(), 2);

    // All of it, however many pages there are on the screen, and in their order.
    let mut shown = Vec::new();
    let mut next = Some("/radgiver".to_owned());
    while let Some(address) = next {
        let page = browser.open(&address).await;
        shown.extend(page.texts(".bb-portfolio .bb-reference"));
        next = page.attributes(".bb-pagination a[rel=next]", "href").pop();
    }
    assert_eq!(shown.len(), 102);
    let all = rows(&browser.open("/radgiver/fil").await.html, b',');
    assert_eq!(all[1..].iter().map(|row| row[1].clone()).collect::<Vec<_>>(), shown);

    let excel = browser.open("/radgiver/fil?format=csv-excel").await.html;
    let excel = rows(excel.strip_prefix('\u{feff}').unwrap(), b';');
    assert_eq!((excel.len(), excel[1][7].as_str()), (103, "2026-12-21 12:00"));
    assert_eq!(excel[0][..3], ["Lenke", "Referanse", "Behov"]);

    let book = browser.bytes("/radgiver/fil?format=xlsx").await;
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let sheet = part("xl/worksheets/sheet1.xml");
    assert_eq!((sheet.matches("<row ").count(), sheet.matches("<f>").count()), (103, 0));
    assert!(part("xl/sharedStrings.xml").contains("=HYPERLINK("));

    for (wrong, status) in
        [("format=json", 422), ("format=x", 422), ("fisk=1", 400), ("status=draft", 400), ("cursor=x", 400)]
    {
        assert_eq!(browser.open(&format!("/radgiver/fil?{wrong}")).await.status, status, "{wrong}");
    }
    assert_eq!(app.browser().log_in(&kari).await.open("/radgiver/fil").await.status, 403);
    assert!(app.browser().open("/radgiver/fil").await.location().starts_with("/logg-inn"));
}
