//! Commands that an operator gives on the machine, while the server runs.
use crate::app::{PASSWORD, TestApp};
use crate::mail::Smtp;
use crate::needs::published;
use crate::person::Person;
use brobygger::tenancy::{OrganisationKind, Role};
use serde_json::json;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Command, Output, Stdio};

/// `brobygger` on the database of `app`, and the folder that its configuration lies in.
fn command(app: &TestApp, mail: &str) -> (tempfile::TempDir, Command) {
    command_on(app, &app.app.config.database.url, mail)
}

/// The same, with another way to the database.
pub fn command_on(app: &TestApp, database: &str, mail: &str) -> (tempfile::TempDir, Command) {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("test.toml");
    std::fs::write(
        &config,
        format!(
            "environment = \"development\"\nserver.public_url = \"{}\"\nserver.port = 0\ndatabase.url = \"{}\"\n\
             search.path = \"{2}/search\"\nattachments.path = \"{2}/attachments\"\nmail.url = \"{mail}\"\n\
             identity.password_memory_kib = 8\n",
            app.url,
            database,
            folder.path().display()
        ),
    )
    .unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_brobygger"));
    command.arg("--config").arg(&config);
    (folder, command)
}

/// Runs `brobygger` on the database of `app`, with something to read.
pub async fn brobygger(app: &TestApp, arguments: &[&str], input: &str) -> Output {
    // Nothing listens there: no command sends mail by itself, and each must run where mail goes over SMTP.
    let (folder, mut command) = command(app, "smtp://127.0.0.1:9");
    command.args(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let input = input.to_owned();
    tokio::task::spawn_blocking(move || {
        let mut running = command.spawn().unwrap();
        // Whoever refuses at once reads nothing.
        let _ = running.stdin.take().unwrap().write_all(input.as_bytes());
        let output = running.wait_with_output().unwrap();
        drop(folder);
        output
    })
    .await
    .unwrap()
}

pub fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[tokio::test]
async fn whoever_reads_an_answer_may_stop_before_its_end() {
    let app = TestApp::start().await;
    let facts = "crates/eforms-write/examples/facts/consultation.json";
    for arguments in [
        &["openapi"][..],
        &["ocds", "export"],
        &["statistics", "export", "--format", "csv"],
        &["notices", "export", "--form", "e1", "--facts", facts, "--issued", "2026-11-20T12:00:00+01:00"],
    ] {
        let (folder, mut command) = command(&app, "smtp://127.0.0.1:9");
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        command.args(arguments).stdout(writer);
        let output = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", told(&output));
        drop(folder);
    }
}

#[tokio::test]
async fn a_supplier_that_an_operator_enters_is_found_writes_about_itself_and_hears_of_needs() {
    let app = TestApp::start().await;
    let number = "310000019";
    let add = ["organisation", "add", "--number", number, "--name", "Fjordlys AS", "--kind", "supplier"];
    let with = |more: &[&'static str]| add.iter().copied().chain(more.iter().copied()).collect::<Vec<_>>();
    for wrong in [with(&["--municipality", "11"]), with(&["--supplier-kind", "fisk"])] {
        let refused = brobygger(&app, &wrong, "").await;
        assert_eq!(refused.status.code(), Some(2), "{wrong:?}: {}", told(&refused));
    }
    let done = brobygger(&app, &with(&["--municipality", "1103", "--supplier-kind", "startup"]), "").await;
    assert!(done.status.success(), "{}", told(&done));
    let user = ["user", "add", "--email", "mina@fjordlys.example", "--name", "Mina", "--organisation", number];
    let user: Vec<&str> = user.into_iter().chain(["--role", "admin"]).collect();
    let done = brobygger(&app, &user, &format!("{PASSWORD}\n")).await;
    assert!(done.status.success(), "{}", told(&done));

    let found = app.anonymous().get("/api/v1/suppliers?region=1103&kind=startup").await.must(200);
    assert_eq!(found.each("organisation_number"), [number]);
    let mina = Person::new(&app.url, "Mina", "mina@fjordlys.example", number).log_in().await;
    let written = json!({"description": "Lys som ser hvem som går forbi", "areas": ["helse_i_alt"]});
    mina.patch("/api/v1/suppliers/me", written).await.must(200);
    let browser = app.browser().log_in(&mina).await;
    let form = browser.open("/min-side/leverandor").await;
    assert_eq!(form.values("description"), ["Lys som ser hvem som går forbi"]);
    for field in ["description", "offers", "website", "contact_email", "cpv", "employees", "founded", "maturity"] {
        assert_eq!(form.texts(&format!("label[for={field}] .bb-optional")), ["(valgfritt)"], "{field}");
    }

    let kari = app.buyer("Kari", "Stavanger").await;
    published(&app, &kari, "Færre fall på sykehjemmet").await;
    let mut told: Vec<String> = app.post().await.iter().map(|m| m.split(':').next().unwrap().to_owned()).collect();
    told.sort();
    assert_eq!(told, ["kari@stavanger.example", "mina@fjordlys.example"]);
}

/// What an operator runs, and not what a test opens inside of something that runs tasks already.
#[tokio::test]
async fn the_server_and_the_worker_deliver_over_smtp() {
    let app = TestApp::start().await;
    app.mail_does_not_matter();
    let kari = app.buyer("Kari", "Stavanger").await;
    for (what, title) in [("serve", "Færre fall på sykehjemmet"), ("worker", "Tryggere netter")] {
        let smtp = Smtp::start();
        published(&app, &kari, title).await;
        let (_folder, mut command) = command(&app, &smtp.url);
        let mut running = command.arg(what).stderr(Stdio::null()).stdout(Stdio::null()).spawn().unwrap();
        let waiting = smtp.clone();
        tokio::task::spawn_blocking(move || waiting.wait_for(1)).await.unwrap();
        running.kill().unwrap();
        running.wait().unwrap();
        let arrived: Vec<(String, String)> = smtp.arrived().into_iter().map(|(to, mail)| (to, mail.subject)).collect();
        assert_eq!(arrived.len(), 1, "{what}: {arrived:?}");
        assert!(arrived[0].0 == "kari@stavanger.example" && arrived[0].1.contains(title), "{what}: {arrived:?}");
    }
}

/// Whoever knocks at every door of the internet wakes no operator.
#[tokio::test]
async fn what_is_no_request_is_no_error_of_the_server() {
    let app = TestApp::start().await;
    let (folder, mut command) = command(&app, "smtp://127.0.0.1:9");
    let told = tokio::task::spawn_blocking(move || {
        let mut running = command.arg("serve").stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(running.stderr.take().unwrap()).lines().map(Result::unwrap);
        let listening = lines.find(|line| line.contains("Listening on")).unwrap();
        let address = listening.split_once("http://").unwrap().1;
        let address = address.split(|c: char| !c.is_ascii_digit() && c != '.' && c != ':').next().unwrap();
        let send = |sent: &str| {
            let mut way = TcpStream::connect(address).unwrap();
            way.write_all(sent.as_bytes()).unwrap();
            let mut answer = String::new();
            way.read_to_string(&mut answer).unwrap();
            answer
        };
        assert!(send("\u{16}\u{3}\u{1}\r\n\r\n").starts_with("HTTP/1.1 400"));
        assert!(send("GET /fisk HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").starts_with("HTTP/1.1 404"));
        running.kill().unwrap();
        running.wait().unwrap();
        drop(folder);
        lines.collect::<Vec<String>>()
    });
    let told = told.await.unwrap();
    assert!(!told.iter().any(|line| line.contains("ERROR")), "{told:#?}");
}

#[tokio::test]
async fn what_a_supplier_is_can_only_be_said_of_a_supplier() {
    let app = TestApp::start().await;
    let add = ["organisation", "add", "--number", "310000019", "--name", "X", "--kind", "buyer"];
    let add: Vec<&str> = add.into_iter().chain(["--supplier-kind", "startup"]).collect();
    let refused = brobygger(&app, &add, "").await;
    assert_eq!((refused.status.code(), told(&refused).contains("--supplier-kind")), (Some(2), true));
}

#[tokio::test]
async fn whoever_is_entered_has_a_name_as_in_the_forms_and_the_trail_tells_of_it() {
    let app = TestApp::start().await;
    let anne = app.member("Anne", "Stavanger", OrganisationKind::Buyer, Role::Admin).await;
    let number = anne.organisation_number.as_str();
    let add = |name: &str| {
        let add = ["user", "add", "--email", "kari@stavanger.example", "--name", name, "--organisation", number];
        add.into_iter().chain(["--role", "buyer"]).map(str::to_owned).collect::<Vec<_>>()
    };
    let run = async |name: &str| {
        let arguments = add(name);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        brobygger(&app, &arguments, &format!("{PASSWORD}\n")).await
    };
    let long = "x".repeat(101);
    for wrong in ["", "  ", "Kari\nNordmann", "Kari\u{7}", long.as_str()] {
        let refused = run(wrong).await;
        assert_eq!((refused.status.code(), told(&refused).contains("name: ")), (Some(2), true), "{wrong:?}");
    }
    let before = app.trail();
    assert!(!before.iter().any(|event| event.contains("member-added")), "{before:?}");
    let done = run(" Kari Nordmann ").await;
    assert!(done.status.success(), "{}", told(&done));
    assert_eq!(app.trail()[before.len()..], ["command-line: member-added"]);
    let trail = anne.get("/api/v1/events").await.must(200);
    assert_eq!((trail.each("name")[0].as_str(), &trail.json["items"][0]["person"]), ("member-added", &json!(null)));
    assert_eq!(anne.get("/api/v1/organisations/me/members").await.must(200).each("name"), ["Anne", "Kari Nordmann"]);
}

#[tokio::test]
async fn whoever_has_a_login_is_entered_with_it_and_once() {
    let app = TestApp::start().await;
    let kari = app.buyer("Kari", "Stavanger").await;
    let anne = app.member("Anne", "Trondheim", OrganisationKind::Buyer, Role::Admin).await;
    let add = ["user", "add", "--email", &kari.email, "--name", "K", "--role", "reader", "--organisation"];
    let add: Vec<&str> = add.into_iter().chain([anne.organisation_number.as_str()]).collect();
    let done = brobygger(&app, &add, "").await;
    assert!(done.status.success() && told(&done).contains("had a login already"), "{}", told(&done));
    let mut members = anne.get("/api/v1/organisations/me/members").await.must(200).each("name");
    members.sort();
    assert_eq!(members, ["Anne", "Kari"]);
    let again = brobygger(&app, &add, "").await;
    assert_eq!(again.status.code(), Some(1), "{}", told(&again));
    kari.log_in().await;
}

/// `brobygger` in a folder of its own, with these variables and nothing else that says how it is set up.
fn alone(arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let variables = variables.iter().map(|(key, value)| (format!("BROBYGGER__{key}"), value));
    let mut command = Command::new(env!("CARGO_BIN_EXE_brobygger"));
    command.args(arguments).envs(variables).current_dir(folder.path()).output().unwrap()
}

fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", told(output)))
}

const SAFE: [(&str, &str); 5] = [
    ("SERVER__PUBLIC_URL", "https://brobygger.kommune.no"),
    ("SERVER__CONTACT_EMAIL", "post@kommune.no"),
    ("MAIL__URL", "smtp://127.0.0.1:25"),
    ("MAIL__FROM", "Brobygger <post@kommune.no>"),
    ("OCDS__PUBLISHER_NUMBER", "974760673"),
];

#[test]
fn all_that_is_wrong_with_the_configuration_is_told_at_once_in_words_and_as_json() {
    let wrong = [
        ("ENVIRONMENT", "staging"),
        ("DATABASE__URL", "mysql://x"),
        ("IDENTITY__SESSION_HOURS", "-1"),
        ("LOG__FORMAT", "xml"),
        ("LOG__LEVEL", "tull=tull"),
        ("MAIL__MAX_ATTEMPTS", "0"),
        ("SERVER__PORT", "99999"),
    ];
    let refused = alone(&["config", "check"], &[&SAFE[..], &wrong].concat());
    assert_eq!((refused.status.code(), refused.stdout.len()), (Some(2), 0));
    let lines: Vec<String> = told(&refused).lines().map(|l| l.split([':', ' ']).next().unwrap().to_owned()).collect();
    let mut told_of = lines.clone();
    told_of.sort();
    let mut keys: Vec<String> = wrong.iter().map(|(key, _)| key.to_lowercase().replace("__", ".")).collect();
    keys.sort();
    assert_eq!(told_of, keys, "{}", told(&refused));
    assert!(told(&refused).contains("log.format: \"xml\" is none of text, json"), "{}", told(&refused));
    let refused = alone(&["config", "check", "--json"], &[&SAFE[..], &wrong].concat());
    assert_eq!((refused.status.code(), json(&refused)["problems"].as_array().unwrap().len()), (Some(2), wrong.len()));
}

#[test]
fn what_this_machine_refuses_of_a_configuration_is_told_with_the_rest_and_nothing_is_left_behind() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(at("file"), "Kjære dagbok, i dag var det fint vær").unwrap();
    let check = |wrong: &[(&str, &str)]| {
        let refused = alone(&["config", "check", "--json"], &[&SAFE[..], wrong].concat());
        let problems = json(&refused)["problems"].as_array().unwrap().clone();
        let keys: Vec<String> =
            problems.iter().map(|p| p.as_str().unwrap().split([':', ' ']).next().unwrap().to_owned()).collect();
        assert_eq!(refused.status.code(), Some(if keys.is_empty() { 0 } else { 2 }), "{problems:?}");
        keys
    };
    let [file, below, new, here] = [at("file"), at("file/x"), at("a/b/c"), at("")];
    let database = |path: &str| format!("sqlite://{path}");
    let all = [
        ("DATABASE__URL", database(&file)),
        ("SEARCH__PATH", file.clone()),
        ("ATTACHMENTS__PATH", "/proc/vedlegg".to_owned()),
        ("SERVER__HOST", "192.0.2.1".to_owned()),
        ("MAIL__MAX_ATTEMPTS", "0".to_owned()),
    ];
    let all: Vec<(&str, &str)> = all.iter().map(|(key, value)| (*key, value.as_str())).collect();
    let keys = ["mail.max_attempts", "database.url", "search.path", "attachments.path", "server.host"];
    assert_eq!(check(&all), keys);
    for wrong in [below.as_str(), here.trim_end_matches('/')] {
        assert_eq!(check(&[("DATABASE__URL", &database(wrong))]), ["database.url"], "{wrong}");
    }
    for path in ["/proc/brobygger", "/proc/a/b"] {
        assert_eq!(check(&[("DATABASE__URL", &database(&format!("{path}/x.db")))]), ["database.url"]);
        assert_eq!(check(&[("ATTACHMENTS__PATH", path)]), ["attachments.path"]);
    }
    assert_eq!(check(&[("SEARCH__PATH", &new), ("DATABASE__URL", &database(&at("d/new.db")))]), [""; 0]);
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|f| f.unwrap().file_name()).collect();
    assert_eq!(left, ["file"]);
}

/// Passwords with what has a meaning in an address, and what each of them must not be told by: whole or in pieces.
const PASSWORDS: [&str; 9] = [
    "Skjult@Hemmelig/Kode:Ord",
    "Skjult%Hemmelig%zzKode",
    "Skjult%00Hemmelig",
    "Skjult?Hemmelig=Kode&Ord",
    "Skjult#Hemmelig",
    "[Skjult]Hemmelig",
    "Skjult Hemmelig\tKode",
    "Skjult\"Hemmelig'Kode\\Ord",
    "Skjult%40Hemmelig%2FKode",
];

#[test]
fn no_piece_of_a_password_is_told_by_any_command_however_it_is_written() {
    for password in PASSWORDS {
        for database in [
            format!("postgres://kari:{password}@127.0.0.1:9/brobygger"),
            format!("postgres://kari:{password}@[::1/brobygger"),
            format!("postgres://kari:{password}"),
            format!("postgres://127.0.0.1:9/brobygger?user=kari&password={password}"),
            format!("postgres://127.0.0.1:9/brobygger?user=kari&sslmode={password}"),
            format!("postgre://kari:{password}@127.0.0.1:9/brobygger"),
        ] {
            let mail = format!("smtp://kari:{password}@127.0.0.1:9?tls=required");
            let variables = [("DATABASE__URL", database.as_str()), ("MAIL__URL", mail.as_str()), ("SERVER__PORT", "0")];
            let variables = [&SAFE[..], &variables].concat();
            for command in [&["config", "check"][..], &["config", "check", "--json"], &["migrate"], &["serve"]] {
                let output = alone(command, &variables);
                is_not_told(password, &output);
                if command[0] != "config" {
                    assert!(matches!(output.status.code(), Some(1 | 2)), "{database}: {}", told(&output));
                }
            }
        }
        // A file that cannot be read is told of without the line that it cannot be read at.
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("brobygger.toml");
        std::fs::write(&file, format!("[database]\nurl = \"postgres://kari:{password}\"@127.0.0.1/brobygger\"\n"))
            .unwrap();
        let output = alone(&["config", "check", "--config", file.to_str().unwrap()], &SAFE);
        is_not_told(password, &output);
        assert_eq!(output.status.code(), Some(2));
        assert!(told(&output).contains("line 2"), "{}", told(&output));
    }
}

fn is_not_told(password: &str, output: &Output) {
    let told = format!("{}{}", told(output), String::from_utf8_lossy(&output.stdout));
    for piece in ["Skjult", "Hemmelig", "Kode", "Ord"] {
        assert!(!told.contains(piece), "{password}: {told}");
    }
}

#[test]
fn a_good_configuration_is_told_and_a_prefix_that_is_nobodys_is_warned_of() {
    let good = alone(&["config", "check", "--json"], &SAFE);
    let answer = json(&good);
    assert_eq!((good.status.code(), &answer["problems"]), (Some(0), &json!([])), "{}", told(&good));
    assert!(answer["warnings"].as_array().unwrap().len() == 1 && told(&good).starts_with("Warning: ocds.prefix"));
    let registered = alone(&["config", "check"], &[&SAFE[..], &[("OCDS__PREFIX", "ocds-a1b2c3")]].concat());
    assert_eq!((registered.status.code(), told(&registered)), (Some(0), "The configuration is good.\n".to_owned()));
}

#[tokio::test]
async fn commands_tell_as_json_what_they_did_and_by_their_exit_whose_fault_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite://{}/brobygger.db", folder.path().display());
    let at = [("ENVIRONMENT", "development"), ("DATABASE__URL", database.as_str())];
    let migrations = std::fs::read_dir("migrations/sqlite").unwrap().count();
    for expected in [migrations, 0] {
        let done = alone(&["migrate", "--json"], &at);
        assert_eq!((done.status.code(), json(&done)["applied"].as_array().unwrap().len()), (Some(0), expected));
    }
    let app = TestApp::start().await;
    let add = |kind: &'static str| ["organisation", "add", "--number", "310000019", "--name", "X", "--kind", kind];
    assert!(brobygger(&app, &add("buyer"), "").await.status.success());
    let again = brobygger(&app, &add("buyer"), "").await;
    assert_eq!(again.status.code(), Some(1), "{}", told(&again));
    let refused = brobygger(&app, &add("tull"), "").await;
    let words = "--kind: \"tull\" is none of buyer, supplier, adviser, operator\n";
    assert_eq!((refused.status.code(), told(&refused).as_str()), (Some(2), words));
    let user = |role: &'static str| {
        let user = ["user", "add", "--email", "mina@fjordlys.example", "--name", "Mina", "--organisation", "310000019"];
        [&user[..], &["--role", role, "--json"]].concat()
    };
    let refused = brobygger(&app, &user("sjef"), "").await;
    assert!(
        refused.status.code() == Some(2) && told(&refused).contains("admin, buyer, evaluator"),
        "{}",
        told(&refused)
    );
    let done = brobygger(&app, &user("admin"), &format!("{PASSWORD}\n")).await;
    let expected = json!({"email": "mina@fjordlys.example", "organisation_number": "310000019", "role": "admin"});
    assert_eq!(json(&done), expected);
}
