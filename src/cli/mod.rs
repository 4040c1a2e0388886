//! One file per command.
mod config;
mod demo;
mod migrate;
mod notices;
mod notices_export;
mod ocds;
mod openapi;
mod organisation;
mod serve;
mod statistics;
mod user;

use crate::platform::config::{Config, Problems};
use clap::{Args, Parser, Subcommand};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// From a public need, through dialogue with the market, to procurement and use.
#[derive(Parser)]
#[command(name = "brobygger", version)]
pub struct Command {
    #[command(flatten)]
    everywhere: Everywhere,
    #[command(subcommand)]
    what: What,
}

#[derive(Args)]
pub struct Everywhere {
    /// The configuration file; `config/<environment>.toml` when left out.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Answer as JSON.
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Subcommand)]
enum What {
    /// Web, API and worker. Brings the database up to date first.
    Serve(serve::Serve),
    /// The worker alone: delivers what waits in the outbox, and forgets what is past its use.
    Worker,
    /// Run it with demo data, on an embedded database.
    Demo(demo::Demo),
    /// Bring the database up to date.
    Migrate,
    /// Look at the configuration.
    #[command(subcommand)]
    Config(config::ConfigCommand),
    /// Organisations.
    #[command(subcommand)]
    Organisation(organisation::OrganisationCommand),
    /// Notices of public procurement, as Doffin and TED publish them.
    #[command(subcommand)]
    Notices(notices::NoticesCommand),
    /// Statistics on notices.
    #[command(subcommand)]
    Statistics(statistics::StatisticsCommand),
    /// People.
    #[command(subcommand)]
    User(user::UserCommand),
    /// Open data by the Open Contracting Data Standard.
    #[command(subcommand)]
    Ocds(ocds::OcdsCommand),
    /// Print the OpenAPI document.
    Openapi,
}

/// How a command can fail.
pub enum Failure {
    /// It was called wrongly, or the configuration is wrong: exit 2.
    Usage(String),
    /// It failed: exit 1.
    Failed(String),
}

impl From<Problems> for Failure {
    fn from(p: Problems) -> Self {
        Self::Usage(p.to_string())
    }
}

impl From<crate::Error> for Failure {
    fn from(e: crate::Error) -> Self {
        match e {
            crate::Error::Invalid(errors) => {
                let told = errors
                    .iter()
                    .map(|e| {
                        let sentence = crate::platform::wording::sentence(e, crate::platform::language::Language::En);
                        format!("{}: {sentence}", e.field)
                    })
                    .collect::<Vec<_>>()
                    .join("\n");
                // The call was right; what it asks for is there already.
                if errors.iter().all(|e| e.code == "taken") { Self::Failed(told) } else { Self::Usage(told) }
            }
            e => Self::Failed(e.in_full()),
        }
    }
}

impl Everywhere {
    fn config(&self) -> Result<Config, Failure> {
        Ok(Config::load(self.config.as_deref())?)
    }
}

pub fn run(command: Command) -> ExitCode {
    let Command { everywhere, what } = command;
    let done = match what {
        What::Serve(c) => c.run(&everywhere),
        What::Worker => serve::worker(&everywhere),
        What::Demo(c) => c.run(&everywhere),
        What::Migrate => migrate::run(&everywhere),
        What::Config(c) => c.run(&everywhere),
        What::Organisation(c) => c.run(&everywhere),
        What::Notices(c) => c.run(&everywhere),
        What::Statistics(c) => c.run(&everywhere),
        What::User(c) => c.run(&everywhere),
        What::Ocds(c) => c.run(&everywhere),
        What::Openapi => openapi::run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Failed(message)) => {
            say(&message);
            ExitCode::from(1)
        }
        Err(Failure::Usage(message)) => {
            say(&message);
            ExitCode::from(2)
        }
    }
}

/// What `option` says, as one of `known`.
fn one_of<T: Copy>(option: &str, given: &str, known: &[T], name: fn(T) -> &'static str) -> Result<T, Failure> {
    known.iter().copied().find(|known| name(*known) == given).ok_or_else(|| {
        let names: Vec<&str> = known.iter().copied().map(name).collect();
        Failure::Usage(format!("{option}: {given:?} is none of {}", names.join(", ")))
    })
}

/// For people: to stderr.
#[expect(clippy::print_stderr, reason = "a command talks to the person who gave it")]
fn say(message: &str) {
    eprintln!("{message}");
}

/// The answer: to stdout.
fn answer(message: &str) -> Result<(), Failure> {
    written("the answer", writeln!(io::stdout().lock(), "{message}"))
}

/// What came of writing `what` to stdout.
fn written(what: &str, done: io::Result<()>) -> Result<(), Failure> {
    match done {
        // Whoever reads has read enough, as `head` does.
        Err(e) if e.kind() == ErrorKind::BrokenPipe => Ok(()),
        done => done.map_err(|e| Failure::Failed(format!("{what} cannot be written: {e}"))),
    }
}

/// What is told of a file that cannot be written.
fn cannot_write(file: &Path, e: &io::Error) -> Failure {
    Failure::Failed(format!("cannot write {}: {e}", file.display()))
}
