//! How fast Brobygger answers, as shares of what the same server reaches on a route that does nothing. See
//! `docs/speed.md`.
//!
//! It fills a database, starts itself a second time as the server, and drives that over HTTP: so processor time and
//! memory of the server are its own, and everything between the socket and the disk takes part.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a benchmark prints what it measured, and waits for the server it measures"
)]
mod corpus;
mod drive;
mod fill;
mod report;
mod routes;
#[path = "../../tests/support/schema.rs"]
mod schema;
mod scratch;
mod server;

use anyhow::{Context, Result};
use clap::Parser;
use corpus::Corpus;
use fill::Filled;
use report::{Measured, Report};
use scratch::Scratch;
use server::Server;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Measures Brobygger under load.
#[derive(Parser)]
#[command(name = "load")]
struct Arguments {
    /// `sqlite`, or the postgres:// address of a database; the benchmark makes a schema of its own there and drops it.
    #[arg(long, default_value = "sqlite")]
    database: String,
    /// How many published needs. Several numbers are measured one after the other and compared.
    #[arg(long, value_delimiter = ',', default_value = "100000")]
    needs: Vec<usize>,
    /// How long each route is driven.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Connections that ask at the same time.
    #[arg(long, default_value_t = 64)]
    connections: usize,
    /// Only routes whose name contains this.
    #[arg(long, default_value = "")]
    only: String,
    /// Other settings for the server, as in `config/default.toml`: `--set database.synchronous='"normal"'`.
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// Be the server.
    #[arg(long, hide = true, value_name = "CONFIG")]
    serve: Option<PathBuf>,
    /// `cargo bench` says so.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match &arguments.serve {
        Some(config) => server::serve(config).map(|()| true),
        None => run(&arguments),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(e) => {
            eprintln!("{e:#}");
            ExitCode::FAILURE
        }
    }
}

/// Measures every size. `false` if a request failed: then the figures mean nothing.
fn run(arguments: &Arguments) -> Result<bool> {
    let scratch = Scratch::make(&arguments.database, &arguments.set)?;
    let corpus = Corpus::new();
    let mut sizes = arguments.needs.clone();
    sizes.sort_unstable();
    let mut filled = Filled::default();
    let mut reports = Vec::new();
    for size in sizes {
        fill::up_to(size, &mut filled, &corpus, &scratch)?;
        reports.push(measure(arguments, &scratch, &corpus, &filled)?);
    }
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&reports)?);
    } else {
        reports.iter().for_each(Report::print);
        report::print_growth(&reports);
    }
    Ok(reports.iter().all(Report::without_errors))
}

/// Starts the server on what is there, and drives one route after the other, with the bare one between them.
fn measure(arguments: &Arguments, scratch: &Scratch, corpus: &Corpus, filled: &Filled) -> Result<Report> {
    // The first start may have something to clean up after the filling; the slowest of three counts.
    let mut starts = Vec::new();
    for _ in 0..2 {
        starts.push(Server::start(scratch)?.first_answer);
    }
    let server = Server::start(scratch)?;
    starts.push(server.first_answer);
    let time = Duration::from_secs(arguments.seconds.max(1));
    let drive = |route: &routes::Route, time: Duration| -> Result<Measured> {
        drive::drive(&server, route, arguments.connections, (time / 5).min(Duration::from_secs(2)))
            .and_then(|_| drive::drive(&server, route, arguments.connections, time))
            .with_context(|| {
                format!("driving `{}` failed; the server's log ends with\n{}", route.name, scratch.log_end())
            })
    };
    let bare = routes::bare();
    let mut report = Report::new(scratch, filled, arguments.connections, starts);
    let mut before = drive(&bare, time / 2)?;
    for route in routes::all(corpus, filled).iter().filter(|r| r.name.contains(&arguments.only)) {
        let measured = drive(route, time)?;
        let after = drive(&bare, time / 2)?;
        report.add(route, measured, [&before, &after]);
        before = after;
    }
    Ok(report)
}
