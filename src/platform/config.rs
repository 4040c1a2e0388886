//! What the operator decides: `config/default.toml`, a file of one's own, and the environment, read once at start.
use super::db::Synchronous;
use super::language::Language;
use super::machine;
use super::wording;
use figment::Figment;
use figment::error::Kind;
use figment::providers::{Env, Format, Serialized, Toml};
use figment::value::{Dict, Value};
use regulations::OrganisationNumber;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use std::net::{IpAddr, ToSocketAddrs};
use std::path::{Path, PathBuf};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;
use url::Url;

/// Shorter ones can be guessed.
const MIN_TOKEN: usize = 16;

const DEFAULTS: &str = include_str!("../../config/default.toml");

/// All that the operator decides, a section each. What the keys mean stands in `config/default.toml`.
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

/// How careful the server must be.
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

/// `[server]`
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

/// `[database]`
#[derive(Debug, Clone, Deserialize)]
pub struct Database {
    pub url: String,
    pub connections: u32,
    pub synchronous: Synchronous,
}

/// `[search]`
#[derive(Debug, Clone, Deserialize)]
pub struct Search {
    pub path: PathBuf,
}

/// `[attachments]`
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

/// `[mail]`
#[derive(Debug, Clone, Deserialize)]
pub struct Mail {
    pub url: String,
    pub from: String,
    /// Mails that are on their way at the same time, each over a connection of its own.
    pub connections: usize,
    pub max_attempts: i32,
    pub poll_milliseconds: u64,
}

impl Mail {
    /// Does a password travel unencrypted, beyond this machine?
    fn tells_password_to_all(&self) -> bool {
        let Ok(url) = Url::parse(&self.url) else { return false };
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
        let is_here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
        let is_required = url.query_pairs().any(|(key, value)| key == "tls" && value == "required");
        url.scheme() == "smtp" && url.password().is_some() && !is_required && !is_here
    }
}

/// `[identity]`
#[derive(Debug, Clone, Deserialize)]
pub struct Identity {
    pub access_token_minutes: i64,
    pub refresh_token_days: i64,
    pub session_hours: i64,
    pub failures_per_account: i64,
    pub failures_per_address: i64,
    pub password_memory_kib: u32,
}

/// `[log]`
#[derive(Debug, Clone, Deserialize)]
pub struct Log {
    pub format: LogFormat,
    pub level: String,
}

/// How a line of the log is written: for people, or for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    Text,
    Json,
}

/// Everything that is wrong with the configuration, each with the way to mend it.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct Problems(pub Vec<String>);

/// What a number may be, from and to: below it nothing works, and above it nobody means it. Every number of the defaults stands
/// here.
const BOUNDS: &[(&str, i128, i128)] = &[
    ("server.port", 0, 65_535),
    ("server.workers", 0, 1_024),
    ("server.max_body_bytes", 1_024, 1_073_741_824),
    ("database.connections", 1, 1_000),
    ("attachments.max_bytes", 1_024, 4_294_967_295),
    ("attachments.max_files", 1, 1_000),
    ("mail.connections", 1, 100),
    ("mail.max_attempts", 1, 1_000),
    ("mail.poll_milliseconds", 10, 3_600_000),
    ("identity.access_token_minutes", 1, 1_000_000),
    ("identity.refresh_token_days", 1, 3_650),
    ("identity.session_hours", 1, 8_760),
    ("identity.failures_per_account", 1, 1_000_000),
    ("identity.failures_per_address", 1, 1_000_000),
    ("identity.password_memory_kib", 8, 4_194_304),
];

/// The prefix that is nobody's.
const PLACEHOLDER: &str = "ocds-xxxxxx";

impl Config {
    /// Reads the defaults, then `file` (or `config/<environment>.toml` if there is one), then `BROBYGGER__…`.
    ///
    /// # Errors
    /// Every unknown key, value of the wrong kind and unsafe setting, all at once.
    pub fn load(file: Option<&Path>) -> Result<Self, Problems> {
        Self::from_figment(&Self::figment(file))
    }

    /// The same, and what this machine refuses of it, all at once.
    ///
    /// # Errors
    /// Those of `load`, and everything that the server would run into at its start.
    pub fn check(file: Option<&Path>) -> Result<Self, Problems> {
        let (config, mut problems) = Self::read(&Self::figment(file))?;
        let found = machine::obstacles(&config);
        problems.extend(found.into_iter().filter(|problem| !is_told(&problems, problem)).collect::<Vec<_>>());
        if problems.is_empty() { Ok(config) } else { Err(Problems(problems)) }
    }

    fn figment(file: Option<&Path>) -> Figment {
        let environment = environment(variables());
        let base = Figment::from(Toml::string(DEFAULTS));
        let figment = match file {
            Some(path) => base.merge(Toml::file_exact(path)),
            None => {
                let name: String =
                    base.clone().merge(environment.clone()).extract_inner("environment").unwrap_or_default();
                base.merge(Toml::file(format!("config/{name}.toml")))
            }
        };
        figment.merge(environment)
    }

    /// The defaults changed by `toml`; for tests and for `demo`.
    pub fn with(toml: &str) -> Result<Self, Problems> {
        Self::from_figment(&Figment::from(Toml::string(DEFAULTS)).merge(Toml::string(toml)))
    }

    /// The defaults, then `toml`, then the environment; for `demo`, which an operator may still tune.
    pub fn with_environment(toml: &str) -> Result<Self, Problems> {
        let base = Figment::from(Toml::string(DEFAULTS)).merge(Toml::string(toml));
        Self::from_figment(&base.merge(environment(variables())))
    }

    fn from_figment(figment: &Figment) -> Result<Self, Problems> {
        let (config, problems) = Self::read(figment)?;
        if problems.is_empty() { Ok(config) } else { Err(Problems(problems)) }
    }

    /// What can be read, with the default of what cannot, and all that is wrong.
    ///
    /// # Errors
    /// When nothing can be read.
    fn read(figment: &Figment) -> Result<(Self, Vec<String>), Problems> {
        let told =
            |e: figment::Error| -> Vec<String> { e.into_iter().map(|e| without_lines(&e.to_string())).collect() };
        let mut given: Dict = figment.extract().map_err(|e| Problems(told(e)))?;
        let known: Dict = Figment::from(Toml::string(DEFAULTS)).extract().unwrap_or_default();
        let mut problems = Vec::new();
        compare("", &mut given, &known, &mut problems);
        // What cannot be read has its default from here, so that all that is unsafe in the rest is told at once.
        let config = loop {
            let readable = Figment::from(Toml::string(DEFAULTS)).merge(Serialized::defaults(given.clone()));
            match readable.extract::<Self>() {
                Ok(config) => break config,
                Err(e) => match take_out(&mut given, &e.path) {
                    Some(value) => problems.push(in_words(&e, &value)),
                    None => {
                        problems.extend(told(e));
                        return Err(Problems(problems));
                    }
                },
            }
        };
        // Nobody chose the default that stands for what cannot be read.
        let found = config.unsafe_settings().into_iter().filter(|problem| !is_told(&problems, problem));
        let found: Vec<String> = found.collect();
        problems.extend(found);
        Ok((config, problems))
    }

    fn unsafe_settings(&self) -> Vec<String> {
        let mut found = self.server.problems();
        found.extend(self.database_and_folders());
        if let Err(e) = self.mail.from.parse::<lettre::message::Mailbox>() {
            found.push(format!("mail.from is no address ({e}): write it as Name <name@host>"));
        }
        if let Err(e) = super::mail::Route::parse(&self.mail.url) {
            found.push(e);
        }
        found.extend(self.ocds.problems());
        if let Some(part) = self.log.misread() {
            found.push(format!(
                "log.level: {part:?} says nothing about what is logged: write a level (error, warn, info, debug, trace or off), \
                 or pairs after it, as info,brobygger=debug"
            ));
        }
        if self.environment == Environment::Production {
            found.extend(self.unsafe_in_production());
        }
        found
    }

    fn database_and_folders(&self) -> Vec<String> {
        let mut found = Vec::new();
        if let Err(problems) = super::db::Database::check_address(&self.database.url) {
            found.extend(problems);
        }
        for (key, path) in [("search.path", &self.search.path), ("attachments.path", &self.attachments.path)] {
            if path.as_os_str().is_empty() {
                found.push(format!("{key} is empty: name a folder, as var/{}", key.trim_end_matches(".path")));
            }
        }
        let [search, attachments] = [&self.search.path, &self.attachments.path].map(std::path::absolute);
        if let (Ok(search), Ok(attachments)) = (search, attachments)
            && attachments.starts_with(search)
        {
            found.push(
                "attachments.path is search.path or lies in it: the index is deleted now and then, so name another"
                    .to_owned(),
            );
        }
        found
    }

    fn unsafe_in_production(&self) -> Vec<String> {
        let mut found = Vec::new();
        if self.server.public_url.scheme() == "http" {
            found.push(
                "server.public_url is http: cookies would travel in the open. Put a TLS proxy in front and write https://…"
                    .to_owned(),
            );
        }
        if self.server.public_url.host_str().is_some_and(|h| h.ends_with(".example")) {
            found.push("server.public_url is still the example: set it to the address people use".to_owned());
        }
        // What is no address at all is told in every environment.
        let contact = self.server.contact_email.parse::<lettre::Address>();
        if self.server.contact_email.is_empty()
            || contact.is_ok_and(|contact| contact.domain().to_ascii_lowercase().ends_with(".example"))
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
        if self.mail.tells_password_to_all() {
            found.push(
                "mail.url has a password that would travel in the open: write smtps://…, or ?tls=required behind it"
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

    /// What works now and is dear to change later. Nothing is refused for it.
    pub fn warnings(&self) -> Vec<String> {
        let mut found = Vec::new();
        if self.environment == Environment::Production && self.ocds.prefix == PLACEHOLDER {
            found.push(format!(
                "ocds.prefix is still {PLACEHOLDER}, which is nobody's: register one with the Open Contracting Partnership, free of \
                 charge, before others take your data in. Another prefix later changes every identifier that is published until then"
            ));
        }
        found
    }
}

impl Server {
    fn problems(&self) -> Vec<String> {
        let mut found = Vec::new();
        let is_host = self.host.parse::<IpAddr>().is_ok() || (self.host.as_str(), 0).to_socket_addrs().is_ok();
        if !is_host {
            found.push(format!(
                "server.host: {:?} is no address of a machine: write 127.0.0.1 behind a proxy here, or 0.0.0.0 to be reached from \
                 elsewhere",
                self.host
            ));
        }
        let url = &self.public_url;
        if !matches!(url.scheme(), "http" | "https") {
            found.push("server.public_url must begin with https:// (or http:// in development)".to_owned());
        } else if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
            found.push(
                "server.public_url has something after the host: pages lie at the root of a host of their own, as \
                 https://brobygger.kommune.no"
                    .to_owned(),
            );
        }
        if !url.username().is_empty() || url.password().is_some() {
            found.push("server.public_url holds a login, and everybody reads it: take it out".to_owned());
        }
        let token = self.metrics_token.expose_secret();
        if (1..MIN_TOKEN).contains(&token.len()) {
            found.push(format!(
                "server.metrics_token is shorter than {MIN_TOKEN} characters: make one with `openssl rand -hex 32`"
            ));
        }
        if !token.bytes().all(|b| b.is_ascii_graphic() || b == b' ') {
            found.push(
                "server.metrics_token has characters that no header carries: make one with `openssl rand -hex 32`"
                    .to_owned(),
            );
        }
        if !self.contact_email.is_empty() && self.contact_email.parse::<lettre::Address>().is_err() {
            found.push(format!(
                "server.contact_email: {:?} is no address: write it as post@kommune.no",
                self.contact_email
            ));
        }
        if !is_page(&self.accessibility_statement) {
            found.push(format!(
                "server.accessibility_statement: {:?} is no address of a page: write it as \
                 https://uustatus.no/nb/erklaringer/publisert/…, or leave it empty",
                self.accessibility_statement
            ));
        }
        found
    }
}

impl Ocds {
    fn problems(&self) -> Vec<String> {
        let mut found = Vec::new();
        let digits = self.prefix.strip_prefix("ocds-").unwrap_or_default();
        if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
            found.push("ocds.prefix must be ocds- and six small letters or digits".to_owned());
        }
        if self.publisher.trim().is_empty() {
            found.push("ocds.publisher is empty: write who publishes the data".to_owned());
        }
        if !self.publisher_number.is_empty() && OrganisationNumber::parse(&self.publisher_number).is_err() {
            found.push(
                "ocds.publisher_number is no organisation number: nine digits, the last of which is a check".to_owned(),
            );
        }
        if !is_page(&self.licence) {
            found.push(format!(
                "ocds.licence: {:?} is no address of a licence: write it as http://publications.europa.eu/resource/authority/licence/NLOD_2_0, or leave it empty",
                self.licence
            ));
        }
        found
    }
}

impl Log {
    /// The part of the level that is none. The filter takes a word alone for the name of a module and is silent about all else,
    /// so a level that is misspelt would turn the log off.
    fn misread(&self) -> Option<&str> {
        if self.level.trim().is_empty() {
            return Some(&self.level);
        }
        let names_level = |part: &&str| part.contains(['=', '[']) || part.parse::<LevelFilter>().is_ok();
        match self.level.split(',').map(str::trim).find(|part| !names_level(part)) {
            Some(part) => Some(part),
            None => EnvFilter::try_new(&self.level).is_err().then_some(self.level.as_str()),
        }
    }
}

/// Empty, or the address of a page.
fn is_page(text: &str) -> bool {
    text.is_empty() || Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

/// The variables of the environment that are ours, as `section.key`.
fn variables() -> Vec<(String, String)> {
    Env::prefixed("BROBYGGER__").split("__").iter().map(|(key, value)| (key.to_string(), value)).collect()
}

/// What these variables say. Where the default is a text they are texts, with every digit as it was given.
fn environment(variables: Vec<(String, String)>) -> Figment {
    let defaults = Figment::from(Toml::string(DEFAULTS));
    variables.into_iter().fold(Figment::new(), |figment, (key, given)| {
        let read = given.parse::<Value>().unwrap_or_else(|never| match never {});
        let is_text = defaults.find_value(&key).is_ok_and(|default| kind(&default) == TEXT);
        let value = if is_text && kind(&read) != TEXT { Value::from(given) } else { read };
        figment.merge(Serialized::default(&key, value))
    })
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
            (value @ Value::Num(..), Some(_)) => match out_of_bounds(&name, value) {
                Some((from, to)) => {
                    problems.push(format!("{name}: {} is no whole number from {from} to {to}", number(value)));
                }
                None => return true,
            },
            _ => return true,
        }
        false
    });
}

/// The bounds that a number is not within.
fn out_of_bounds(name: &str, value: &Value) -> Option<(i128, i128)> {
    let (_, from, to) = *BOUNDS.iter().find(|(key, ..)| *key == name)?;
    let number = value.to_i128().or_else(|| value.to_u128().and_then(|n| i128::try_from(n).ok()));
    (!number.is_some_and(|n| (from..=to).contains(&n))).then_some((from, to))
}

fn number(value: &Value) -> String {
    let whole = value.to_i128().map(|n| n.to_string()).or_else(|| value.to_u128().map(|n| n.to_string()));
    whole.or_else(|| value.to_f64().map(|n| n.to_string())).unwrap_or_default()
}

/// Takes out what stands at `path`.
fn take_out(given: &mut Dict, path: &[String]) -> Option<Value> {
    match path {
        [] => None,
        [key] => given.remove(key),
        [section, rest @ ..] => match given.get_mut(section) {
            Some(Value::Dict(_, inner)) => take_out(inner, rest),
            _ => None,
        },
    }
}

/// Is something told of the same key?
fn is_told(problems: &[String], problem: &str) -> bool {
    problems.iter().any(|told| key_of(told) == key_of(problem))
}

/// The message of a file that cannot be read, without the lines of the file that it shows: they may hold a password.
fn without_lines(message: &str) -> String {
    let shows_none = |line: &&str| !line.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ').starts_with('|');
    message.lines().filter(shows_none).collect::<Vec<_>>().join(": ")
}

/// What every problem begins with.
fn key_of(problem: &str) -> &str {
    problem.split([':', ' ']).next().unwrap_or_default()
}

/// A value that is of the right kind, and still none: with the key as it stands in the file.
fn in_words(e: &figment::Error, value: &Value) -> String {
    let key = e.path.join(".");
    match (&e.kind, value.as_str()) {
        (Kind::UnknownVariant(given, known), _) => format!("{key}: {given:?} is none of {}", known.join(", ")),
        // The only other text with a form of its own.
        (_, Some(given)) => format!("{key}: {given:?} is no address: write it as https://brobygger.kommune.no"),
        (other, None) => format!("{key}: {other}"),
    }
}

const TEXT: &str = "text";

fn kind(value: &Value) -> &'static str {
    match value {
        Value::String(..) | Value::Char(..) => TEXT,
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

    /// The keys that are told of when these lines are put to safe settings.
    fn told(lines: &str) -> Vec<String> {
        let problems = Config::with(&format!("{SAFE}\n{lines}")).err().map_or_else(Vec::new, |e| e.0);
        problems.iter().map(|p| key_of(p).to_owned()).collect()
    }

    #[test]
    fn every_number_has_bounds_and_the_default_is_within_them() {
        let defaults: Dict = Figment::from(Toml::string(DEFAULTS)).extract().unwrap();
        let mut numbers = Vec::new();
        for (section, keys) in &defaults {
            for (key, value) in keys.as_dict().into_iter().flatten().filter(|(_, value)| kind(value) == "number") {
                let name = format!("{section}.{key}");
                assert_eq!(out_of_bounds(&name, value), None, "{name}");
                numbers.push(name);
            }
        }
        let mut bounded: Vec<String> = BOUNDS.iter().map(|(key, ..)| (*key).to_owned()).collect();
        bounded.sort();
        assert_eq!(numbers, bounded);
        for (key, from, to) in BOUNDS {
            for wrong in [from - 1, to + 1] {
                assert_eq!(told(&format!("{key} = {wrong}")), [*key], "{wrong}");
            }
        }
        assert_eq!(told("server.port = 1.5"), ["server.port"]);
    }

    #[test]
    fn what_cannot_work_is_refused_in_every_environment() {
        for line in [
            "database.url = \"mysql://x\"",
            "database.url = \"\"",
            "database.url = \"sqlite://\"",
            "server.host = \"no such host\"",
            "server.contact_email = \"tull\"",
            "server.public_url = \"https://kommune.no/brobygger\"",
            "server.public_url = \"https://ola:hemmelig@kommune.no\"",
            "server.public_url = \"tull\"",
            "server.metrics_token = \"seksten tegn på norsk\"",
            "server.accessibility_statement = \"tull\"",
            "search.path = \"\"",
            "attachments.path = \"\"",
            "attachments.path = \"var/search\"",
            "mail.url = \"smtp://mx.kommune.no?tls=perhaps\"",
            "mail.from = \"tull\"",
            "ocds.publisher = \" \"",
            "ocds.licence = \"NLOD\"",
            "log.level = \"tull=tull\"",
            "log.level = \"tull\"",
            "log.level = \"\"",
            "log.format = \"xml\"",
            "database.synchronous = \"off\"",
        ] {
            let key = line.split(' ').next().unwrap();
            let rest: String = SAFE.lines().filter(|l| !l.trim().starts_with(key)).map(|l| format!("{l}\n")).collect();
            for environment in ["production", "development"] {
                let problems = Config::with(&format!("environment = \"{environment}\"\n{rest}{line}")).unwrap_err().0;
                assert!(problems.len() == 1 && problems[0].starts_with(key), "{line}: {problems:#?}");
            }
        }
        for level in ["off", "INFO", "info,brobygger=debug", "warn,brobygger[request]=trace"] {
            assert_eq!(told(&format!("log.level = \"{level}\"")), [""; 0], "{level}");
        }
    }

    #[test]
    fn a_value_that_is_none_is_told_in_words_and_beside_the_rest() {
        let wrong = "environment = \"staging\"\nlog.format = \"xml\"\nserver.port = 99999\nocds.prefix = \"x\"";
        let problems = Config::with(wrong).unwrap_err().0;
        for told in [
            "environment: \"staging\" is none of production, development, demo",
            "log.format: \"xml\" is none of text, json",
            "server.port: 99999 is no whole number from 0 to 65535",
            "ocds.prefix must be ocds- and six small letters or digits",
        ] {
            assert!(problems.iter().any(|p| p == told), "{told}: {problems:#?}");
        }
        assert!(problems.iter().any(|p| p.starts_with("server.contact_email")), "{problems:#?}");
    }

    #[test]
    fn a_text_from_the_environment_keeps_its_digits() {
        let said = |key: &str, value: &str| {
            let variables = vec![(key.to_owned(), value.to_owned())];
            let base = Figment::from(Toml::string(DEFAULTS)).merge(Toml::string(SAFE));
            Config::from_figment(&base.merge(environment(variables)))
        };
        assert_eq!(said("ocds.publisher_number", "974760673").unwrap().ocds.publisher_number, "974760673");
        let token = "00123456789012345678901234567890";
        assert_eq!(said("server.metrics_token", token).unwrap().server.metrics_token.expose_secret(), token);
        assert_eq!(said("ocds.publisher", "true").unwrap().ocds.publisher, "true");
        assert_eq!(said("ocds.publisher", "\"1881\"").unwrap().ocds.publisher, "1881");
        assert_eq!(said("server.port", "1881").unwrap().server.port, 1881);
        assert!(said("server.behind_proxy", "true").unwrap().server.behind_proxy);
        assert_eq!(
            said("server.tull", "1").unwrap_err().0,
            ["server.tull is no key of Brobygger: see config/default.toml"]
        );
    }

    #[test]
    fn a_prefix_that_is_nobodys_is_warned_of_in_production() {
        let warnings = |toml: &str| Config::with(toml).unwrap().warnings();
        assert!(warnings(SAFE).len() == 1 && warnings(SAFE)[0].starts_with("ocds.prefix"));
        assert!(warnings(&format!("{SAFE}\nocds.prefix = \"ocds-a1b2c3\"")).is_empty());
        assert!(warnings("environment = \"development\"").is_empty());
    }

    #[test]
    fn production_refuses_what_is_unsafe() {
        let problems =
            Config::with("server.public_url = \"http://x.no\"\nidentity.password_memory_kib = 8").unwrap_err().0;
        assert_eq!(problems.len(), 5, "{problems:#?}");
        assert!(Config::with("environment = \"development\"").is_ok());
        for (mail, is_taken) in [
            ("smtp://u:p@smtp.example.org:587", false),
            ("smtp://u:p@smtp.example.org:587?tls=opportunistic", false),
            ("smtp://u:p@192.0.2.1", false),
            ("smtp://u:p@smtp.example.org:587?tls=required", true),
            ("smtps://u:p@smtp.example.org", true),
            ("smtp://smtp.example.org", true),
            ("smtp://u:p@127.0.0.1:1025", true),
            ("smtp://u:p@localhost", true),
            ("smtp://u:p@[::1]:1025", true),
        ] {
            assert_eq!(Config::with(&SAFE.replace("smtp://127.0.0.1:1025", mail)).is_ok(), is_taken, "{mail}");
        }
        for (number, is_taken) in [("991825827", true), ("991825828", false), ("tall", false)] {
            assert_eq!(
                Config::with(&format!("{SAFE}\nocds.publisher_number = \"{number}\"")).is_ok(),
                is_taken,
                "{number}"
            );
        }
    }
}
