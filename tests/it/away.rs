//! What an operator reads when the database goes away and comes back.
use crate::app::TestApp;
use crate::commands::command_on;
use brobygger::Error;
use brobygger::platform::db::{Database, Engine, Synchronous};
use std::io::{self, BufRead, BufReader, Read};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::Stdio;
use std::sync::{Arc, Condvar, Mutex};
use url::Url;

/// The way to the database, which can be cut.
#[derive(Clone)]
struct Way {
    state: Arc<Mutex<State>>,
    changed: Arc<Condvar>,
}

#[derive(Default)]
struct State {
    is_cut: bool,
    open: Vec<TcpStream>,
    /// How many have found it cut.
    turned_away: usize,
}

impl Way {
    /// To the database at `url`; and the address that leads over it.
    fn to(url: &str) -> (Self, String) {
        let mut url = Url::parse(url).unwrap();
        let there = (url.host_str().unwrap().to_owned(), url.port().unwrap_or(5432));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        url.set_host(Some("127.0.0.1")).unwrap();
        url.set_port(Some(listener.local_addr().unwrap().port())).unwrap();
        let way = Self { state: Arc::default(), changed: Arc::default() };
        let shared = way.clone();
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                shared.lead(client, &there);
            }
        });
        (way, url.into())
    }

    fn lead(&self, mut client: TcpStream, there: &(String, u16)) {
        let mut state = self.state.lock().unwrap();
        if state.is_cut {
            // Whoever is heard before it is turned away is told the same each time.
            let _ = client.read(&mut [0; 1_000]);
            state.turned_away += 1;
            self.changed.notify_all();
            return;
        }
        let server = TcpStream::connect(there).unwrap();
        for (from, to) in [(&client, &server), (&server, &client)] {
            let (mut from, mut to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
            std::thread::spawn(move || {
                let _ = io::copy(&mut from, &mut to);
                let _ = to.shutdown(Shutdown::Both);
            });
        }
        state.open.extend([client, server]);
    }

    fn cut(&self) {
        let mut state = self.state.lock().unwrap();
        state.is_cut = true;
        for open in state.open.drain(..) {
            let _ = open.shutdown(Shutdown::Both);
        }
    }

    fn mend(&self) {
        self.state.lock().unwrap().is_cut = false;
    }

    fn mend_when_turned_away(&self, times: usize) {
        let state = self.state.lock().unwrap();
        let patience = std::time::Duration::from_secs(30);
        let waited = self.changed.wait_timeout_while(state, patience, |state| state.turned_away < times);
        waited.unwrap().0.is_cut = false;
    }
}

#[tokio::test]
async fn a_database_that_goes_away_is_told_of_once_and_once_more_when_it_answers_again() {
    let app = TestApp::start().await;
    if app.app.db.engine() == Engine::Sqlite {
        return;
    }
    let (way, url) = Way::to(&app.app.config.database.url);
    let (folder, mut command) = command_on(&app, &url, "smtp://127.0.0.1:9");
    let told = tokio::task::spawn_blocking(move || {
        let mut running = command.arg("serve").stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(running.stderr.take().unwrap()).lines().map(Result::unwrap);
        let mut until = |said: &str| -> Vec<String> {
            let mut read = Vec::new();
            for line in lines.by_ref() {
                let is_it = line.contains(said);
                read.push(line);
                if is_it {
                    break;
                }
            }
            read
        };
        until("Listening on");
        way.cut();
        let mut told = until("does not let us in");
        way.mend_when_turned_away(4);
        told.extend(until("answers again"));
        running.kill().unwrap();
        running.wait().unwrap();
        drop(folder);
        told
    });
    let told = told.await.unwrap();
    let mut of_the_database = Vec::new();
    for line in &told {
        let line: serde_json::Value = serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {told:#?}"));
        let (from, message) = (line["target"].as_str().unwrap(), line["message"].as_str().unwrap());
        // What serves the pages says where; of what is ours nothing does.
        assert!(from.starts_with("actix") || !line.to_string().contains("127.0.0.1"), "{told:#?}");
        assert!(!from.starts_with("r2d2"), "{told:#?}");
        if from.contains("::db::") {
            of_the_database.push(message.to_owned());
        }
    }
    let once = ["The database does not let us in; trying again until it does", "The database answers again"];
    assert_eq!(of_the_database, once, "{told:#?}");
}

#[tokio::test]
async fn a_database_that_was_restarted_costs_one_answer_and_no_more() {
    let app = TestApp::start().await;
    if app.app.db.engine() == Engine::Sqlite {
        return;
    }
    let (way, url) = Way::to(&app.app.config.database.url);
    let asked = tokio::task::spawn_blocking(move || {
        let db = Database::open(&url, 3, Synchronous::Normal).unwrap();
        // As many connections as there may be.
        drop([db.reader().unwrap(), db.reader().unwrap(), db.reader().unwrap()]);
        way.cut();
        way.mend();
        let ask = |_| match brobygger::notifications::counts(&mut db.reader().unwrap()) {
            Ok(_) => "answered",
            Err(Error::Unavailable("database")) => "not available",
            Err(_) => "an error of ours",
        };
        (0..5).map(ask).collect::<Vec<_>>()
    });
    assert_eq!(asked.await.unwrap(), ["not available", "answered", "answered", "answered", "answered"]);
}
