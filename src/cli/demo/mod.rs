//! `brobygger demo`: everything on this machine, with synthetic data.
mod history;
mod notices;
mod people;

use super::{Everywhere, Failure, answer, say};
use crate::platform::clock::Clock;
use crate::platform::config::Config;
use crate::{App, serve};
use clap::Args;
use serde::Serialize;
use std::io::ErrorKind;
use std::path::PathBuf;

/// Everybody in the demo has it; the server listens on this machine only.
const PASSWORD: &str = "bro-over-elva-2026";

#[derive(Args)]
pub struct Demo {
    /// Start over: what the demo kept is deleted.
    #[arg(long)]
    fresh: bool,
    /// Where the demo keeps its data.
    #[arg(long, default_value = "var/demo", value_name = "DIR")]
    data: PathBuf,
    /// 0 picks a free port.
    #[arg(long, default_value_t = 8080)]
    port: u16,
}

/// Lies there while the data is made: whoever finds it begins again.
const UNFINISHED: &str = "unfinished";

#[derive(Serialize)]
struct Ready<'a> {
    url: &'a str,
    logins: &'a [Login],
}

/// A login to try.
#[derive(Debug, Clone, Serialize)]
pub struct Login {
    role: &'static str,
    organisation: String,
    organisation_number: String,
    email: String,
    password: &'static str,
}

/// Where one writes about privacy, accessibility and open data; nobody reads it, as the organisations of the demo are invented.
const CONTACT: &str = "personvern@brobygger.example";

impl Demo {
    pub fn run(self, everywhere: &Everywhere) -> Result<(), Failure> {
        let unfinished = self.data.join(UNFINISHED);
        if self.fresh || unfinished.exists() {
            self.forget()?;
        }
        let listener = super::serve::listen("127.0.0.1", self.port)?;
        let port = listener.local_addr().map_err(|e| Failure::Failed(e.to_string()))?.port();
        let url = format!("http://127.0.0.1:{port}");
        let config = self.config(&url)?;
        crate::platform::telemetry::start(&config.log);
        let app = App::open(config, Clock::System)?;
        let logins = people::logins()?;
        if people::is_empty(&app)? {
            say("Making the demo data …");
            let failed = |e: std::io::Error| Failure::Failed(format!("{}: {e}", unfinished.display()));
            std::fs::write(&unfinished, "").map_err(failed)?;
            let cast = people::enter(&app, PASSWORD)?;
            history::replay(&app, &cast)?;
            notices::enter(&app, &people::buyers()?, &people::sellers()?)?;
            std::fs::remove_file(&unfinished).map_err(failed)?;
        }
        actix_web::rt::System::new().block_on(async move {
            app.update_index().await?;
            if everywhere.json {
                let ready = Ready { url: &url, logins: &logins };
                answer(&serde_json::to_string(&ready).map_err(|e| Failure::Failed(e.to_string()))?)?;
            } else {
                answer(&introduction(&url, &logins, &self.data))?;
            }
            Ok(serve::run(app, listener, true).await?)
        })
    }

    /// Deletes what a demo has made, and nothing else that may lie beside it.
    fn forget(&self) -> Result<(), Failure> {
        for name in
            ["brobygger.db", "brobygger.db-wal", "brobygger.db-shm", "search", "attachments", "mail", UNFINISHED]
        {
            let path = self.data.join(name);
            let deleted = if path.is_dir() { std::fs::remove_dir_all(&path) } else { std::fs::remove_file(&path) };
            match deleted {
                Err(e) if e.kind() != ErrorKind::NotFound => {
                    return Err(Failure::Failed(format!("cannot delete {}: {e}", path.display())));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The demo's own settings; the environment may still change them.
    fn config(&self, url: &str) -> Result<Config, Failure> {
        let path = |name: &str| toml_text(&self.data.join(name).display().to_string());
        let database = toml_text(&format!("sqlite://{}", self.data.join("brobygger.db").display()));
        let mail = toml_text(&format!("folder:{}", self.data.join("mail").display()));
        Ok(Config::with_environment(&format!(
            "environment = \"demo\"\n\
             ocds.licence = \"http://publications.europa.eu/resource/authority/licence/CC_BY_4_0\"\n\
             server.public_url = {}\n\
             server.contact_email = \"{CONTACT}\"\n\
             database.url = {database}\n\
             database.synchronous = \"normal\"\n\
             search.path = {}\n\
             attachments.path = {}\n\
             mail.url = {mail}\n\
             log.format = \"text\"\n\
             log.level = \"warn\"\n",
            toml_text(url),
            path("search"),
            path("attachments"),
        ))?)
    }
}

/// A text as TOML writes it; JSON writes it the same way.
fn toml_text(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn introduction(url: &str, logins: &[Login], data: &std::path::Path) -> String {
    let mut text = format!("\nBrobygger is running: {url}\n\nLog in as          e-mail{:34}password\n", "");
    for login in logins {
        text += &format!("  {:<16} {:<40} {}   ({})\n", login.role, login.email, login.password, login.organisation);
    }
    text += &format!("\nMails lie in {}. Stop with Ctrl+C.\n", data.join("mail").display());
    text
}
