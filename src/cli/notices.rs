//! `brobygger notices …`
use super::notices_export::Export;
use super::{Everywhere, Failure, answer, cannot_write, say};
use crate::App;
use crate::app::Caller;
use crate::notices::Flag;
use crate::notices::import::{self, Progress, STANDARD_INPUT, Summary};
use crate::platform::clock::Clock;
use crate::tenancy::Reason;
use clap::Subcommand;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

#[derive(Subcommand)]
pub enum NoticesCommand {
    /// Read notices (eForms) into the database. Running it again changes nothing.
    Import {
        /// Files, folders, and archives (`.tar.gz`, `.tar`, `.zip`); `-` for one notice or archive on stdin.
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// Write what is wrong in the notices that were read to this file. A line of JSON for each: `name` of the document, `kind`,
        /// `field` of eForms, `at` (XPath) and `value`, what stands there.
        #[arg(long, value_name = "FILE")]
        flags: Option<PathBuf>,
        /// How many threads read; as many as there are processors when left out.
        #[arg(long, value_name = "N")]
        jobs: Option<NonZeroUsize>,
    },
    Export(Box<Export>),
}

impl NoticesCommand {
    pub fn run(self, everywhere: &Everywhere) -> Result<(), Failure> {
        match self {
            Self::Import { paths, flags, jobs } => run_import(everywhere, &paths, flags.as_deref(), jobs),
            Self::Export(export) => export.run(everywhere),
        }
    }
}

/// How many files are named that were passed over. All are counted.
const MOST_PASSED_OVER: u32 = 5;

fn run_import(
    everywhere: &Everywhere,
    paths: &[PathBuf],
    flags: Option<&Path>,
    jobs: Option<NonZeroUsize>,
) -> Result<(), Failure> {
    let is_there = |path: &Path| path.as_os_str() == STANDARD_INPUT || path.exists();
    let missing: Vec<String> =
        paths.iter().filter(|path| !is_there(path)).map(|path| format!("{} is not there", path.display())).collect();
    if !missing.is_empty() {
        return Err(Failure::Usage(missing.join("\n")));
    }
    let app = App::without_search(everywhere.config()?, Clock::System)?;
    let mut flags = flags.map(Flags::create).transpose()?;
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
        Progress::Empty(empty) => bar.suspend(|| say(&format!("{}: nothing to read: {}", empty.name, empty.reason))),
        Progress::Flagged(name, found) => flags.iter_mut().for_each(|flags| flags.write(name, found)),
        Progress::Kept(so_far) => {
            bar.set_message(format!("{} notices, {} MB", so_far.read, so_far.bytes / 1_000_000));
        }
    });
    bar.finish_and_clear();
    let summary = summary?;
    let flags_written = flags.map_or(Ok(()), Flags::close);
    let seconds = began.elapsed().as_secs_f64();
    if everywhere.json {
        let mut line = serde_json::json!(summary);
        line["seconds"] = serde_json::json!((seconds * 1_000.0).round() / 1_000.0);
        answer(&line.to_string())?;
    } else {
        tell(&summary, seconds);
    }
    flags_written?;
    match summary.failed {
        0 if summary.read == 0 => Err(Failure::Failed("There was no notice to read.".to_owned())),
        0 => Ok(()),
        n => Err(Failure::Failed(format!("{n} could not be read."))),
    }
}

/// What came of it, for people.
fn tell(summary: &Summary, seconds: f64) {
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
    if summary.empty > 0 {
        say(&format!("{} folders or archives have no notice in them.", summary.empty));
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

/// The file of what is wrong in notices.
struct Flags<'a> {
    name: &'a Path,
    file: BufWriter<File>,
    /// How writing has gone so far. After something was not written, nothing is.
    written: io::Result<()>,
}

/// A line of it.
#[derive(Serialize)]
struct Flagged<'a> {
    name: &'a str,
    #[serde(flatten)]
    flag: &'a Flag,
}

impl<'a> Flags<'a> {
    fn create(name: &'a Path) -> Result<Self, Failure> {
        let file = File::create(name).map_err(|e| cannot_write(name, &e))?;
        Ok(Self { name, file: BufWriter::new(file), written: Ok(()) })
    }

    fn write(&mut self, name: &str, flags: &[Flag]) {
        for flag in flags {
            if self.written.is_ok() {
                let line = serde_json::to_writer(&mut self.file, &Flagged { name, flag });
                self.written = line.map_err(io::Error::from).and_then(|()| self.file.write_all(b"\n"));
            }
        }
    }

    fn close(mut self) -> Result<(), Failure> {
        self.written.and_then(|()| self.file.flush()).map_err(|e| cannot_write(self.name, &e))
    }
}
