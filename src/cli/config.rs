//! `brobygger config check`
use super::{Everywhere, Failure, say};
use clap::Subcommand;

#[derive(Subcommand)]
pub enum ConfigCommand {
    /// Tell every problem of the configuration at once.
    Check,
}

impl ConfigCommand {
    pub fn run(self, everywhere: &Everywhere) -> Result<(), Failure> {
        match self {
            Self::Check => {
                everywhere.config()?;
                say("The configuration is good.");
                Ok(())
            }
        }
    }
}
