//! `brobygger notices …`
use super::notices_export::Export;
use super::{Everywhere, Failure, answer, say};
use crate::App;
use crate::app::Caller;
use crate::notices::import::{self, Progress};
use crate::platform::clock::Clock;
use crate::tenancy::Reason;
use clap::Subcommand;
use indicatif::{ProgressBar, ProgressStyle};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::{Duration, Instant};

#[derive(Subcommand)]
pub enum NoticesCommand {
    /// Read notices (eForms) into the database. Running it again changes nothing.
    Import {
        /// Files, folders, and archives (`.tar.gz`, `.tar`, `.zip`).
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// How many threads read; as many as there are processors when left out.
        #[arg(long, value_name = "N")]
        jobs: Option<NonZeroUsize>,
    },
    Export(Box<Export>),
}

impl NoticesCommand {
    pub fn run(self, everywhere: &Everywhere) -> Result<(), Failure> {
        match self {
            Self::Import { paths, jobs } => run_import(everywhere, &paths, jobs),
            Self::Export(export) => export.run(everywhere),
        }
    }
}

/// How many files are named that were passed over. All are counted.
const MOST_PASSED_OVER: u32 = 5;

fn run_import(everywhere: &Everywhere, paths: &[PathBuf], jobs: Option<NonZeroUsize>) -> Result<(), Failure> {
    let missing: Vec<String> =
        paths.iter().filter(|path| !path.exists()).map(|path| format!("{} is not there", path.display())).collect();
    if !missing.is_empty() {
        return Err(Failure::Usage(missing.join("\n")));
    }
    let app = App::without_search(everywhere.config()?, Clock::System)?;
    let jobs = jobs.or_else(|| std::thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN);
    let bar = ProgressBar::new_spinner().with_style(
        ProgressStyle::with_template("{spinner} {msg} ({elapsed})")
            .unwrap_or_else(|_| ProgressStyle::default_spinner()),
    );
    bar.enable_steady_tick(Duration::from_millis(200));
    let began = Instant::now();
    let mut passed_over = 0;
    let summary = import::import(&app, &Caller::system(Reason::CommandLine), paths, jobs, |progress| match progress {
        Progress::Failed(failed) => bar.suspend(|| say(&format!("{}: {}", failed.name, failed.reason))),
        // So many that one sees what they are.
        Progress::PassedOver(other) => {
            passed_over += 1;
            if passed_over <= MOST_PASSED_OVER {
                bar.suspend(|| say(&format!("{}: passed over: {}", other.name, other.reason)));
            }
        }
        Progress::Kept(so_far) => {
            bar.set_message(format!("{} notices, {} MB", so_far.read, so_far.bytes / 1_000_000));
        }
    });
    bar.finish_and_clear();
    let summary = summary?;
    let seconds = began.elapsed().as_secs_f64();
    if everywhere.json {
        let mut line = serde_json::json!(summary);
        line["seconds"] = serde_json::json!((seconds * 1_000.0).round() / 1_000.0);
        answer(&line.to_string())?;
    } else {
        say(&format!(
            "Read {}: {} new, {} updated, {} unchanged, {} failed. {:.1} MB in {seconds:.1} s.",
            summary.read,
            summary.stored,
            summary.updated,
            summary.unchanged,
            summary.failed,
            summary.bytes as f64 / 1e6
        ));
        if summary.passed_over > 0 {
            say(&format!("{} other files were passed over.", summary.passed_over));
        }
        if summary.flagged > 0 {
            let mut kinds: Vec<(&str, u64)> = summary.flags.iter().map(|(kind, count)| (*kind, *count)).collect();
            kinds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            let kinds: Vec<String> = kinds.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
            say(&format!(
                "{} notices have something wrong in them; what could be read of them is kept. {}.",
                summary.flagged,
                kinds.join(", ")
            ));
        }
    }
    match summary.failed {
        0 => Ok(()),
        n => Err(Failure::Failed(format!("{n} could not be read."))),
    }
}
