//! The report of a year: that it has the figures of the endpoint, who may have it, and that it can be read by everybody.
use crate::app::TestApp;
use crate::commands::{brobygger, told};
use crate::notices::{fixtures, import};
use crate::pdf::{Pdf, Table};
use crate::person::Person;
use brobygger::app::Caller;
use brobygger::fields::Fields;
use brobygger::platform::language::Language;
use brobygger::regulations::OrganisationNumber;
use brobygger::statistics::{Indicator, Source, report};
use brobygger::tenancy::{self, NewOrganisation, OrganisationKind, Reason, Role};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

const REPORT: &str = "/api/v1/statistics/report";
const YEAR: &str = "from=2026-01-01&to=2026-12-31";

async fn fetched(who: &Person, path: &str, language: &str) -> Vec<u8> {
    let answer = who.request(Method::GET, path).header("accept-language", language).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK, "{path}");
    assert_eq!(answer.headers()["content-type"], "application/pdf");
    answer.bytes().await.unwrap().to_vec()
}

/// The report as a command makes it.
fn made(app: &TestApp, year: i32, organisation: &str, language: Language) -> Vec<u8> {
    let query = Fields::parse(format!("year={year}&organisation={organisation}").as_bytes());
    let content = app.app.read_now(&Caller::system(Reason::CommandLine), |op| {
        report::write(op, &app.app.statistics, &query, language, "https://brobygger.example")
    });
    report::typeset(&content.unwrap()).unwrap()
}

/// Notices of a buyer in 2026, and one of the year before.
async fn with_notices(app: &TestApp, buyer: &str) {
    let folder = tempfile::tempdir().unwrap();
    let days = ["2026-01-05", "2026-02-10", "2026-05-04", "2026-10-01", "2025-12-31"];
    let address = "</cac:PostalAddress>";
    let company =
        format!("{address}<cac:PartyLegalEntity><cbc:CompanyID>{buyer}</cbc:CompanyID></cac:PartyLegalEntity>");
    for (file, before, after) in [
        ("e3-competition-with-climate.xml", "911937491", buyer),
        // The result of the example does not tell the number of its buyer.
        ("e4-result.xml", address, company.as_str()),
    ] {
        let xml = std::fs::read_to_string(fixtures().join(file)).unwrap().replacen(before, after, 1);
        for (n, day) in days.iter().enumerate() {
            let mut notice = xml.clone();
            for (mark, text) in [
                ("schemeName=\"notice-id\">", format!("00000000-0000-4000-8000-{:012}", n + file.len() * 100)),
                ("<cbc:IssueDate>", (*day).to_owned()),
            ] {
                let from = notice.find(mark).unwrap() + mark.len();
                let until = from + notice[from..].find('<').unwrap();
                notice.replace_range(from..until, &text);
            }
            std::fs::write(folder.path().join(format!("{n}-{file}")), notice).unwrap();
        }
    }
    let (summary, failed) = import(app, vec![folder.path().to_owned()]).await;
    assert_eq!((summary.stored, failed.len()), (10, 0), "{failed:?}");
}

// ---- the figures of the endpoint, written as people read them: once more, by another hand --------------------------

fn written(unit: &str, figure: &Value) -> String {
    let nothing = if figure["withheld"] == true { "For få" } else { "–" };
    let Some(value) = figure["value"].as_f64() else { return nothing.to_owned() };
    let decimal = |value: f64| format!("{value:.1}").replace('.', ",");
    match unit {
        "share" if figure["moved"] == true => format!("om lag {:.0} %", value * 100.0),
        "mean" if figure["moved"] == true => format!("om lag {}", decimal(value)),
        "count" => format!("{value:.0}"),
        "share" => format!("{} %", decimal(value * 100.0)),
        "mean" => decimal(value),
        "days" if value.fract() == 0.0 => format!("{value:.0}"),
        "days" => decimal(value),
        _ if value >= 1e9 => format!("{} mrd. kr", decimal(value / 1e9)),
        _ if value >= 1e6 => format!("{} mill. kr", decimal(value / 1e6)),
        _ if value >= 1e3 => format!("{:.0} {:03.0} kr", (value / 1e3).trunc(), value % 1e3),
        _ => format!("{value:.0} kr"),
    }
}

/// Of those that the selection is compared with the base stands behind the figure.
fn with_base(unit: &str, figure: &Value) -> String {
    let value = written(unit, figure);
    match figure["base"].as_u64() {
        Some(base) if unit == "share" && figure["moved"] == true => format!("{value} (om lag {base})"),
        Some(base) if unit != "count" => format!("{value} ({base})"),
        _ => value,
    }
}

async fn asked(who: &Person, question: &str) -> Value {
    who.get(&format!("/api/v1/statistics?{YEAR}&{question}")).await.must(200).json
}

/// The tables of a part: key figures, one for each indicator, and those that divide the year otherwise.
async fn expected(who: &Person, question: &str, divided: &[(&str, &[&str])]) -> Vec<Table> {
    let country = asked(who, &format!("{question}&by=quarter&compare=country")).await;
    let alike = asked(who, &format!("{question}&by=quarter&compare=EKG12")).await;
    let county = asked(who, &format!("{question}&by=quarter&compare=11")).await;
    let indicators = country["indicators"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let base = |unit: &str, figure: &Value| (unit != "count").then(|| figure["base"].as_u64().unwrap().to_string());
    let key = indicators.iter().map(|i| {
        let (code, unit) = (i["code"].as_str().unwrap(), i["unit"].as_str().unwrap());
        let figure = &country["total"][code];
        vec![
            text(&i["name"]),
            written(unit, figure),
            base(unit, figure).unwrap_or_default(),
            with_base(unit, &alike["total"][code]["peers"]),
            with_base(unit, &county["total"][code]["peers"]),
            with_base(unit, &figure["peers"]),
        ]
    });
    let mut tables = vec![key.collect::<Table>()];
    let is_sum = |i: &&Value| matches!(i["unit"].as_str(), Some("count" | "NOK"));
    let in_order = indicators.iter().filter(|i| !is_sum(i)).chain(indicators.iter().filter(is_sum));
    for i in in_order {
        let (code, unit) = (i["code"].as_str().unwrap(), i["unit"].as_str().unwrap());
        let row = |name: String, figure: &Value| {
            let mut row = vec![name, written(unit, figure), with_base(unit, &figure["peers"])];
            row.extend(base(unit, figure));
            row
        };
        let groups = country["groups"].as_array().unwrap().iter();
        let mut table: Table = groups.map(|g| row(text(&g["quarter-label"]), &g["figures"][code])).collect();
        table.push(row("I alt".to_owned(), &country["total"][code]));
        tables.push(table);
    }
    for (by, codes) in divided {
        let answer = asked(who, &format!("{question}&by={by}")).await;
        let unit = |code: &str| {
            let indicators = answer["indicators"].as_array().unwrap();
            text(&indicators.iter().find(|i| i["code"] == code).unwrap()["unit"])
        };
        let row = |name: String, figures: &Value| {
            let cells = codes.iter().map(|code| written(&unit(code), &figures[*code]));
            std::iter::once(name).chain(cells).collect::<Vec<_>>()
        };
        let groups = answer["groups"].as_array().unwrap().iter();
        let mut table: Table = groups.map(|g| row(text(&g[format!("{by}-label")]), &g["figures"])).collect();
        table.push(row("I alt".to_owned(), &answer["total"]));
        tables.push(table);
    }
    tables
}

fn plain(tables: Vec<Table>) -> Vec<Table> {
    let cell = |cell: String| cell.replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ");
    let row = |row: Vec<String>| row.into_iter().map(cell).collect();
    tables.into_iter().map(|table| table.into_iter().map(row).collect()).collect()
}

#[tokio::test]
async fn the_report_has_exactly_the_figures_of_the_endpoint() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    let bo = app.buyer("Bo", "Bergen").await;
    with_notices(&app, &kari.organisation_number).await;
    let needs = [
        crate::needs::published(&app, &kari, "Færre fall").await,
        crate::needs::published(&app, &kari, "Tryggere netter").await,
        crate::needs::published(&app, &bo, "Rene fjorder").await,
    ];
    let ida = app.supplier("Ida", "Tryggvakt").await;
    for need in &needs {
        ida.post(&format!("/api/v1/needs/{need}/responses"), json!({"body": "Vi kan dette."})).await.must(201);
    }
    // A minute later the needs are counted anew.
    app.pass(chrono::TimeDelta::minutes(2));

    let pdf = Pdf::read(&fetched(&kari, &format!("{REPORT}?year=2026"), "nb").await);
    let cases = format!("source=cases&buyer={}", kari.organisation_number);
    let of_cases = ["cases", "participants-per-case", "answers-per-case", "outcome-share"].as_slice();
    let sums = ["competitions", "results", "estimated-value", "awarded-value"].as_slice();
    let months = ["notices", "competitions", "results", "estimated-value", "awarded-value"].as_slice();
    let mut all = expected(&kari, &cases, &[("month", of_cases), ("division", of_cases)]).await;
    let divided = [("month", months), ("procedure", sums), ("value", sums), ("division", sums)];
    all.extend(expected(&kari, "region=1103", &divided).await);
    let all = plain(all);
    // The numbers are not all nothing, and the year before is not among them.
    assert_eq!(all[0][0], ["Behov", "2", "", "3", "2", "3"], "own, alike, county, country");
    assert!(all.iter().flatten().any(|row| row[0] == "Konkurranser" && row[1] == "4"), "{all:#?}");

    let found = pdf.tables();
    let (definitions, figures) = found.split_last().unwrap();
    let without_head = |table: &Table| table[1..].to_vec();
    let figures = plain(figures.iter().map(without_head).collect());
    for (at, (found, expected)) in figures.iter().zip(&all).enumerate() {
        assert_eq!(found, expected, "table {at}");
    }
    assert_eq!(figures.len(), all.len());
    assert_eq!(definitions.len(), Indicator::ALL.len() + 1, "a definition for each indicator");

    // The command and the page give the same; and the same twice is the same to the byte.
    let page = app.browser().log_in(&kari).await;
    let seen = page.open("/statistikk/rapport?year=2026").await;
    assert_eq!(seen.status, StatusCode::OK);
    assert!(seen.headers["content-disposition"].to_str().unwrap().contains("statistikk-2026-"), "{:?}", seen.headers);
    let again = fetched(&kari, &format!("{REPORT}?year=2026"), "nb").await;
    assert_eq!(again, fetched(&kari, &format!("{REPORT}?year=2026"), "nb").await);
    let summary = plain(vec![vec![vec![pdf.text()]]]).concat().concat().concat();
    for told in
        ["Virksomheten publiserte 2 behov i Brobygger i 2026.", "Stavanger: 4 konkurranser ble kunngjort i 2026."]
    {
        assert!(summary.contains(told), "{told}");
    }
}

#[tokio::test]
async fn buyers_have_their_own_and_those_who_look_after_all_have_each() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let reader = app.member("Randi", "Stavanger", OrganisationKind::Buyer, Role::Reader).await;
    let bo = app.buyer("Bo", "Bergen").await;
    let ida = app.supplier("Ida", "Tryggvakt").await;
    let (liv, mona) = (app.adviser("Liv").await, app.operator("Mona").await);
    let stavanger = format!("{REPORT}?year=2024&organisation={}", kari.organisation_number);
    for who in [&kari, &reader, &liv, &mona] {
        let name = fetched(who, &stavanger, "nb").await;
        assert!(name.starts_with(b"%PDF-1.7"));
    }
    // Nobody learns which tenants there are.
    let unknown = format!("{REPORT}?organisation={}", app.new_number());
    for who in [&bo, &ida] {
        let (theirs, none) = (who.get(&stavanger).await.must(404), who.get(&unknown).await.must(404));
        assert_eq!(
            (theirs.json["type"].clone(), theirs.json["title"].clone()),
            (none.json["type"].clone(), none.json["title"].clone())
        );
    }
    ida.get(REPORT).await.must(403);
    app.anonymous().get(REPORT).await.must(401);
    app.anonymous().get(&stavanger).await.must(401);
    for who in [&liv, &mona] {
        who.get(&unknown).await.must(404);
        who.get(&format!("{REPORT}?organisation={}", ida.organisation_number)).await.must(404);
        assert_eq!(who.get(REPORT).await.must(422).errors(), ["organisation: organisation-number-required"]);
    }
    for year in ["1999", "2027", "i%20fjor", "-1", "99999999999999999999", "2026.0"] {
        let refused = kari.get(&format!("{REPORT}?year={year}")).await.must(422);
        assert_eq!(refused.errors(), ["year: year-out-of-range"], "{year}");
    }
    let both = kari.get(&format!("{REPORT}?year=x&organisation=123")).await.must(422);
    assert_eq!(both.errors(), ["year: year-out-of-range", "organisation: organisation-number-no-such-number"]);
    kari.get(&format!("{REPORT}?aar=2026")).await.must(400);

    // The page offers it to those who may have it, for the year that is looked at.
    let browser = app.browser().log_in(&kari).await;
    let page = browser.open("/nn/statistikk?source=cases&from=2025-01-01&to=2025-12-31").await;
    assert_eq!(page.values("year"), ["2025"]);
    assert_eq!(page.attributes("form.bb-report", "action"), ["/nn/statistikk/rapport"]);
    assert!(page.values("organisation").is_empty());
    let adviser = app.browser().log_in(&liv).await;
    let page = adviser.open(&format!("/statistikk?buyer={}", kari.organisation_number)).await;
    assert_eq!(page.values("organisation"), [kari.organisation_number.as_str()]);
    for who in [app.browser(), app.browser().log_in(&ida).await] {
        assert!(who.open("/statistikk").await.attributes("form.bb-report", "action").is_empty());
    }
    let sent_to_login = app.browser().open("/statistikk/rapport?year=2026").await;
    assert_eq!(sent_to_login.status, StatusCode::SEE_OTHER);
    assert_eq!(browser.open("/statistikk/rapport?year=1900").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_year_without_anything_says_so_in_every_language_and_is_read_aloud_as_it_should() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let says = [
        (
            Language::Nb,
            "nb-NO",
            "Statistikk for 2024",
            "publiserte ingen behov i Brobygger dette året",
            "har hentet inn kunngjøringer",
        ),
        (
            Language::Nn,
            "nn-NO",
            "Statistikk for 2024",
            "publiserte ingen behov i Brobygger dette året",
            "har henta inn kunngjeringar",
        ),
        (
            Language::En,
            "en-GB",
            "Statistics for 2024",
            "published no needs in Brobygger this year",
            "has imported notices",
        ),
    ];
    for (language, tag, title, no_needs, no_notices) in says {
        let pdf = Pdf::read(&made(&app, 2024, &kari.organisation_number, language));
        is_accessible(&pdf, tag, &format!("{title} – Stavanger kommune"));
        let text = pdf.text();
        for told in [title, no_needs, no_notices] {
            assert!(text.contains(told), "{told}: {text}");
        }
        assert!(!text.contains("statistics-") && !text.contains("{page}"), "{text}");
        assert!(pdf.tagged("Figure").is_empty() && pdf.pages() <= 6, "{}", pdf.pages());
    }
}

/// What PDF/UA-1 asks of a document and can be seen without reading it.
fn is_accessible(pdf: &Pdf, language: &str, title: &str) {
    let catalog = pdf.catalog();
    let text = |object: &lopdf::Object| lopdf::decode_text_string(object).unwrap();
    assert_eq!(text(catalog.get(b"Lang").unwrap()), language);
    assert!(pdf.dictionary(catalog.get(b"MarkInfo").unwrap()).get(b"Marked").unwrap().as_bool().unwrap());
    let preferences = pdf.dictionary(catalog.get(b"ViewerPreferences").unwrap());
    assert!(preferences.get(b"DisplayDocTitle").unwrap().as_bool().unwrap());
    let info = pdf.dictionary(pdf.document.trailer.get(b"Info").unwrap());
    assert_eq!(text(info.get(b"Title").unwrap()), title);
    let metadata = catalog.get(b"Metadata").unwrap().as_reference().unwrap();
    let stream = pdf.document.get_object(metadata).unwrap().as_stream().unwrap();
    let xmp = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
    assert!(String::from_utf8_lossy(&xmp).contains("pdfuaid:part"), "it does not say that it is PDF/UA");
    let mut before = 0;
    for (level, heading) in pdf.headings() {
        assert!(!heading.is_empty() && level <= before + 1, "{heading}: {level} after {before}");
        before = level;
    }
    for figure in pdf.tagged("Figure") {
        assert!(!text(figure.get(b"Alt").unwrap()).is_empty());
    }
    for head in pdf.tagged("TH") {
        assert!(pdf.attribute(head, "Scope").is_some());
    }
}

#[tokio::test]
async fn the_name_of_an_organisation_is_a_text_and_nothing_else() {
    let app = TestApp::start().await;
    let markup = "#read(\"/etc/passwd\") $x^2$ *b* _i_ <l> @r = H // c /* `raw` \\u{41} [x] #{1+1} {page}";
    let long = "Lang".repeat(400);
    let names = [
        markup,
        &long,
        "Bø 🏔️ kommune 👩‍👩‍👧",
        "\u{202e}עיריית בּוֹדֶה\u{202c} بلدية",
        "</title><script>alert(1)</script> & \"'",
        "Guovdageainnu suohkan – Kautokeino kommune – Koutokeinon kunta",
    ];
    for name in names {
        let number = app.new_number();
        let new = NewOrganisation {
            number: number.clone(),
            name: name.to_owned(),
            kind: OrganisationKind::Buyer,
            municipality: None,
            language: Language::Nb,
        };
        app.by_command(move |op| tenancy::add(op, new)).await;
        assert!(OrganisationNumber::parse(&number).is_ok());
        let pdf = Pdf::read(&made(&app, 2023, &number, Language::Nb));
        is_accessible(&pdf, "nb-NO", &format!("Statistikk for 2023 – {name}"));
        assert!(pdf.pages() <= 6, "{name}: {} pages", pdf.pages());
        let text = pdf.text();
        if name == markup {
            assert!(text.contains(markup), "{text}");
        }
        if name.starts_with("Bø") {
            assert!(text.contains("Bø □ kommune □"), "{text}");
        }
        if name.starts_with("Guovdageainnu") {
            assert!(text.contains(name), "{text}");
        }
    }
}

#[tokio::test]
async fn the_report_of_a_demonstration_says_that_its_figures_are_invented() {
    for (environment, is_invented) in [("demo", true), ("development", false)] {
        let app = TestApp::with(&format!("environment = \"{environment}\"")).await;
        let kari = app.buyer("Kari", "Stavanger").await;
        with_notices(&app, &kari.organisation_number).await;
        for (language, front, beside, as_if_real) in [
            (
                Language::Nb,
                "Alle tallene er oppdiktet.",
                "oppdiktede data",
                ["fra offentlige kunngjøringer", "Kunngjøringer i Doffin"],
            ),
            (
                Language::Nn,
                "Alle tala er oppdikta.",
                "oppdikta data",
                ["frå offentlege kunngjeringar", "Kunngjeringar i Doffin"],
            ),
            (Language::En, "All figures are invented.", "invented data", ["from public notices", "Notices in Doffin"]),
        ] {
            let text = Pdf::read(&made(&app, 2026, &kari.organisation_number, language)).text().replace('\u{a0}', " ");
            assert_eq!(text.matches(front).count(), usize::from(is_invented), "{text}");
            // Beside each figure, as a page of the report may be passed on alone. There are none of needs.
            let figures = if is_invented { Source::Notices.indicators().len() } else { 0 };
            assert_eq!(text.matches(beside).count(), figures, "{text}");
            let in_one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(as_if_real.map(|words| in_one_line.contains(words)), [!is_invented; 2], "{text}");
        }
    }
}

#[tokio::test]
async fn the_command_writes_the_report_and_says_what_is_wrong() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rapport.pdf");
    let output = file.to_str().unwrap();
    let run = async |year: &str, number: &str, language: &str| {
        let arguments = ["statistics", "report", "--year", year, "--organisation", number];
        let more = ["--output", output, "--language", language];
        brobygger(&app, &[arguments.as_slice(), &more].concat(), "").await
    };
    let done = run("2024", &kari.organisation_number, "nn").await;
    assert_eq!(done.status.code(), Some(0), "{}", told(&done));
    let pdf = Pdf::read(&std::fs::read(&file).unwrap());
    assert!(pdf.text().contains("Verksemda publiserte ingen behov"), "{}", pdf.text());
    std::fs::remove_file(&file).unwrap();
    for (year, number, language, code) in [
        ("1999", kari.organisation_number.as_str(), "nb", 2),
        ("2024", "123456789", "nb", 2),
        ("2024", kari.organisation_number.as_str(), "se", 2),
        ("2024", app.new_number().as_str(), "nb", 1),
    ] {
        let refused = run(year, number, language).await;
        assert_eq!(refused.status.code(), Some(code), "{}", told(&refused));
        assert!(!file.exists() && !told(&refused).is_empty());
    }
}
