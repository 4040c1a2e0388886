//! `brobygger config check`
use super::{Everywhere, Failure, answer, say};
use crate::platform::config::Config;
use clap::Subcommand;

#[derive(Subcommand)]
pub enum ConfigCommand {
    /// Tell every problem of the configuration at once, with what this machine refuses of it.
    Check,
}

impl ConfigCommand {
    pub fn run(self, everywhere: &Everywhere) -> Result<(), Failure> {
        match self {
            Self::Check => check(everywhere),
        }
    }
}

fn check(everywhere: &Everywhere) -> Result<(), Failure> {
    let loaded = Config::check(everywhere.config.as_deref());
    if everywhere.json {
        let problems = loaded.as_ref().err().map(|problems| problems.0.as_slice()).unwrap_or_default();
        let warnings = loaded.as_ref().map(Config::warnings).unwrap_or_default();
        answer(&serde_json::json!({"problems": problems, "warnings": warnings}).to_string())?;
    }
    for warning in loaded?.warnings() {
        say(&format!("Warning: {warning}"));
    }
    say("The configuration is good.");
    Ok(())
}
