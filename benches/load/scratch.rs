//! What a run leaves nothing of: a folder, and on PostgreSQL a schema.
use crate::schema::Schema;
use anyhow::{Context, Result};
use brobygger::platform::config::Config;
use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use std::path::PathBuf;
use tempfile::TempDir;

pub struct Scratch {
    folder: TempDir,
    schema: Option<Schema>,
    /// `SQLite` or `PostgreSQL`.
    pub engine: &'static str,
    settings: String,
}

impl Scratch {
    pub fn make(database: &str, others: &[String]) -> Result<Self> {
        let folder = tempfile::tempdir().context("no temporary folder can be made")?;
        let schema = if database == "sqlite" { None } else { Some(Schema::make(database, "brobygger_load")?) };
        let path = |name: &str| quoted(&folder.path().join(name).display().to_string());
        let url = match &schema {
            Some(schema) => quoted(&schema.url()),
            None => quoted(&format!("sqlite://{}", folder.path().join("brobygger.db").display())),
        };
        let mail = quoted(&format!("folder:{}", folder.path().join("mail").display()));
        // Everything else is as delivered. A token must last longer than the whole run.
        let settings = format!(
            "environment = \"development\"\ndatabase.url = {url}\nsearch.path = {}\nattachments.path = {}\n\
             mail.url = {mail}\nidentity.access_token_minutes = 1440\n{}\n",
            path("search"),
            path("attachments"),
            others.join("\n"),
        );
        let engine = if schema.is_some() { "PostgreSQL" } else { "SQLite" };
        Ok(Self { folder, schema, engine, settings })
    }

    pub fn config(&self) -> Result<Config> {
        Ok(Config::with(&self.settings)?)
    }

    /// Writes the settings down for a server on this port.
    pub fn config_file(&self, port: u16) -> Result<PathBuf> {
        let path = self.folder.path().join("config.toml");
        let text = format!("{}server.port = {port}\nserver.public_url = \"http://127.0.0.1:{port}\"\n", self.settings);
        std::fs::write(&path, text).context("the settings cannot be written")?;
        Ok(path)
    }

    pub fn log(&self) -> PathBuf {
        self.folder.path().join("server.log")
    }

    pub fn log_end(&self) -> String {
        let log = std::fs::read_to_string(self.log()).unwrap_or_default();
        let lines: Vec<&str> = log.lines().rev().take(20).collect();
        lines.into_iter().rev().collect::<Vec<_>>().join("\n")
    }

    /// After so many new rows the planner of PostgreSQL should know; it would find out by itself, but later.
    pub fn settle(&self) -> Result<()> {
        match &self.schema {
            Some(schema) => Ok(PgConnection::establish(&schema.url())?.batch_execute("VACUUM ANALYZE needs, changes")?),
            None => Ok(()),
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
