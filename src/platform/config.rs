//! What the operator decides: `config/default.toml`, a file of one's own, and the environment, read once at start.
use super::db::Synchronous;
use super::language::Language;
use super::wording;
use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use figment::value::{Dict, Value};
use regulations::OrganisationNumber;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use url::Url;

/// Shorter ones can be guessed.
const MIN_TOKEN: usize = 16;

const DEFAULTS: &str = include_str!("../../config/default.toml");

#[derive(Debug, Clone, Deserialize)]
pub struct Config {
    pub environment: Environment,
    pub server: Server,
    pub database: Database,
    pub search: Search,
    pub attachments: Attachments,
    pub mail: Mail,
    pub identity: Identity,
    pub ocds: Ocds,
    pub log: Log,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Environment {
    Production,
    Development,
    Demo,
}

/// Open data by the Open Contracting Data Standard.
#[derive(Debug, Clone, Deserialize)]
pub struct Ocds {
    /// What the identifiers of processes begin with.
    pub prefix: String,
    /// Who publishes.
    pub publisher: String,
    /// Its organisation number. Empty: none is told.
    pub publisher_number: String,
    /// The address of the licence under which it is published. Empty: none is told.
    pub licence: String,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Server {
    pub host: String,
    pub port: u16,
    pub public_url: Url,
    pub workers: usize,
    pub behind_proxy: bool,
    /// Empty: what it guards is told on the machine itself only.
    pub metrics_token: SecretString,
    /// Bytes.
    pub max_body_bytes: usize,
    /// Never empty in production.
    pub contact_email: String,
    /// Empty: not shown.
    pub accessibility_statement: String,
}

impl Server {
    /// The address that people use, ready for a path behind it.
    pub fn address(&self) -> &str {
        self.public_url.as_str().trim_end_matches('/')
    }
}

#[derive(Debug, Clone, Deserialize)]
pub struct Database {
    pub url: String,
    pub connections: u32,
    pub synchronous: Synchronous,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Search {
    pub path: PathBuf,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Attachments {
    pub path: PathBuf,
    /// Bytes of one file.
    pub max_bytes: usize,
    /// Files in one response or at one need.
    pub max_files: usize,
}

impl Attachments {
    /// The largest file that is taken, in words.
    pub fn largest(&self, language: Language) -> String {
        wording::size(i64::try_from(self.max_bytes).unwrap_or(i64::MAX), language)
    }
}

#[derive(Debug, Clone, Deserialize)]
pub struct Mail {
    pub url: String,
    pub from: String,
    pub max_attempts: i32,
    pub poll_milliseconds: u64,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Identity {
    pub access_token_minutes: i64,
    pub refresh_token_days: i64,
    pub session_hours: i64,
    pub failures_per_account: i64,
    pub failures_per_address: i64,
    pub password_memory_kib: u32,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Log {
    pub format: LogFormat,
    pub level: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    Json,
    Text,
}

/// Everything that is wrong with the configuration, each with the way to mend it.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct Problems(pub Vec<String>);

impl Config {
    /// Reads the defaults, then `file` (or `config/<environment>.toml` if there is one), then `BROBYGGER__…`.
    ///
    /// # Errors
    /// Every unknown key, value of the wrong kind and unsafe setting, all at once.
    pub fn load(file: Option<&Path>) -> Result<Self, Problems> {
        let environment = Env::prefixed("BROBYGGER__").split("__");
        let base = Figment::from(Toml::string(DEFAULTS));
        let figment = match file {
            Some(path) => base.merge(Toml::file_exact(path)),
            None => {
                let name: String =
                    base.clone().merge(environment.clone()).extract_inner("environment").unwrap_or_default();
                base.merge(Toml::file(format!("config/{name}.toml")))
            }
        };
        Self::from_figment(&figment.merge(environment))
    }

    /// The defaults changed by `toml`; for tests and for `demo`.
    pub fn with(toml: &str) -> Result<Self, Problems> {
        Self::from_figment(&Figment::from(Toml::string(DEFAULTS)).merge(Toml::string(toml)))
    }

    /// The defaults, then `toml`, then the environment; for `demo`, which an operator may still tune.
    pub fn with_environment(toml: &str) -> Result<Self, Problems> {
        let base = Figment::from(Toml::string(DEFAULTS)).merge(Toml::string(toml));
        Self::from_figment(&base.merge(Env::prefixed("BROBYGGER__").split("__")))
    }

    fn from_figment(figment: &Figment) -> Result<Self, Problems> {
        let told = |e: figment::Error| -> Vec<String> { e.into_iter().map(|e| e.to_string()).collect() };
        let mut given: Dict = figment.extract().map_err(|e| Problems(told(e)))?;
        let known: Dict = Figment::from(Toml::string(DEFAULTS)).extract().unwrap_or_default();
        let mut problems = Vec::new();
        compare("", &mut given, &known, &mut problems);
        // What cannot be read has its default from here, so that all that is unsafe in the rest is told at once.
        let readable = Figment::from(Toml::string(DEFAULTS)).merge(Serialized::defaults(given));
        match readable.extract::<Self>() {
            Ok(config) => {
                problems.extend(config.unsafe_settings());
                if problems.is_empty() { Ok(config) } else { Err(Problems(problems)) }
            }
            Err(e) => {
                problems.extend(told(e));
                Err(Problems(problems))
            }
        }
    }

    fn unsafe_settings(&self) -> Vec<String> {
        let mut found = Vec::new();
        let digits = self.ocds.prefix.strip_prefix("ocds-").unwrap_or_default();
        if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
            found.push("ocds.prefix must be ocds- and six small letters or digits".to_owned());
        }
        if !matches!(self.server.public_url.scheme(), "http" | "https") {
            found.push("server.public_url must begin with https:// (or http:// in development)".to_owned());
        }
        if self.database.connections == 0 {
            found.push("database.connections must be at least 1".to_owned());
        }
        if (1..MIN_TOKEN).contains(&self.server.metrics_token.expose_secret().len()) {
            found.push(format!(
                "server.metrics_token is shorter than {MIN_TOKEN} characters: make one with `openssl rand -hex 32`"
            ));
        }
        if let Err(e) = self.mail.from.parse::<lettre::message::Mailbox>() {
            found.push(format!("mail.from is no address ({e}): write it as Name <name@host>"));
        }
        if let Err(e) = super::mail::Route::parse(&self.mail.url) {
            found.push(e);
        }
        let number = &self.ocds.publisher_number;
        if !number.is_empty() && OrganisationNumber::parse(number).is_err() {
            found.push(
                "ocds.publisher_number is no organisation number: nine digits, the last of which is a check".to_owned(),
            );
        }
        if self.environment != Environment::Production {
            return found;
        }
        if self.server.public_url.scheme() == "http" {
            found.push(
                "server.public_url is http: cookies would travel in the open. Put a TLS proxy in front and write https://…"
                    .to_owned(),
            );
        }
        if self.server.public_url.host_str().is_some_and(|h| h.ends_with(".example")) {
            found.push("server.public_url is still the example: set it to the address people use".to_owned());
        }
        let contact = self.server.contact_email.parse::<lettre::Address>();
        if contact.is_err() || contact.is_ok_and(|contact| contact.domain().to_ascii_lowercase().ends_with(".example"))
        {
            found.push(
                "server.contact_email must be an address that people reach you at, as post@kommune.no: the page on privacy names \
                 it (GDPR, article 13), and so does the description of the open data (DCAT-AP-NO)"
                    .to_owned(),
            );
        }
        if self.mail.url.starts_with("folder:") {
            found.push(
                "mail.url is a folder: nobody would get a mail. Set it to smtp://… or choose environment = \"development\""
                    .to_owned(),
            );
        }
        if self.mail.from.contains(".example") {
            found.push("mail.from is still the example: set it to an address of yours".to_owned());
        }
        if self.identity.password_memory_kib < 19_456 {
            found.push("identity.password_memory_kib is below 19456 (OWASP, argon2id): raise it".to_owned());
        }
        found
    }
}

/// Unknown keys and values of the wrong kind, which it takes out. The defaults know every key, so they are the schema.
fn compare(path: &str, given: &mut Dict, known: &Dict, problems: &mut Vec<String>) {
    given.retain(|key, value| {
        let name = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        match (value, known.get(key)) {
            (_, None) => problems.push(format!("{name} is no key of Brobygger: see config/default.toml")),
            (Value::Dict(_, given), Some(Value::Dict(_, known))) => {
                compare(&name, given, known, problems);
                return true;
            }
            (value, Some(default)) if kind(value) != kind(default) => {
                problems.push(format!("{name} should be a {}, not a {}", kind(default), kind(value)));
            }
            _ => return true,
        }
        false
    });
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::String(..) | Value::Char(..) => "text",
        Value::Bool(..) => "true or false",
        Value::Num(..) => "number",
        Value::Dict(..) => "section",
        Value::Array(..) => "list",
        Value::Empty(..) => "nothing",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAFE: &str = r#"
        server.public_url = "https://brobygger.no"
        mail.url = "smtp://127.0.0.1:1025"
        mail.from = "Brobygger <post@brobygger.no>"
        server.contact_email = "post@brobygger.no""#;

    #[test]
    fn safe_settings_are_taken() {
        let config = Config::with(SAFE).unwrap();
        assert_eq!((config.server.port, config.environment), (8080, Environment::Production));
    }

    #[test]
    fn every_unknown_key_and_wrong_kind_is_told_at_once() {
        let wrong = "server.prot = 1\nmail.url = 5\nsmtp.host = \"x\"\nserver.public_url = \"http://brobygger.no\"";
        let problems = Config::with(wrong).unwrap_err().0;
        assert_eq!(
            problems[..3],
            [
                "mail.url should be a text, not a number",
                "server.prot is no key of Brobygger: see config/default.toml",
                "smtp is no key of Brobygger: see config/default.toml"
            ]
        );
        // What is unsafe in the rest is told with it.
        assert!(problems[3..].iter().any(|problem| problem.starts_with("server.public_url is http")), "{problems:#?}");
        assert!(problems[3..].iter().any(|problem| problem.starts_with("server.contact_email")), "{problems:#?}");
    }

    #[test]
    fn production_refuses_what_is_unsafe() {
        let problems =
            Config::with("server.public_url = \"http://x.no\"\nidentity.password_memory_kib = 8").unwrap_err().0;
        assert_eq!(problems.len(), 5, "{problems:#?}");
        assert!(Config::with("environment = \"development\"").is_ok());
        for (number, is_taken) in [("991825827", true), ("991825828", false), ("tall", false)] {
            assert_eq!(
                Config::with(&format!("{SAFE}\nocds.publisher_number = \"{number}\"")).is_ok(),
                is_taken,
                "{number}"
            );
        }
    }
}
