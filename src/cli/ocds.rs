//! `brobygger ocds …`
use super::{Everywhere, Failure, written};
use crate::App;
use crate::app::Caller;
use crate::input::instant;
use crate::ocds::{Header, Place, next_batch};
use crate::platform::clock::Clock;
use crate::platform::db::types::Timestamp;
use crate::tenancy::Reason;
use clap::{Subcommand, ValueEnum};
use std::io::{BufWriter, Write};

/// Needs or notices that are read at a time.
const BATCH: usize = 500;

#[derive(Subcommand)]
pub enum OcdsCommand {
    /// Write everything that is public as releases of OCDS 1.1 on stdout: needs and their dialogues, and all notices.
    Export {
        /// A day or an instant: releases that are dated at or after it.
        #[arg(long, value_name = "TIME", value_parser = time)]
        since: Option<Timestamp>,
        /// One release package, or a release on each line.
        #[arg(long, value_enum, default_value_t = Format::Package)]
        format: Format,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Package,
    Lines,
}

fn time(text: &str) -> Result<Timestamp, String> {
    instant(text).ok_or_else(|| format!("{text} is neither a day nor an instant"))
}

impl OcdsCommand {
    pub fn run(self, everywhere: &Everywhere) -> Result<(), Failure> {
        let Self::Export { since, format } = self;
        let app = App::without_search(everywhere.config()?, Clock::System)?;
        let stdout = std::io::stdout().lock();
        match export(&app, since, format, &mut BufWriter::new(stdout)) {
            Ok(()) => Ok(()),
            Err(Failing::Writing(e)) => written("the releases", Err(e)),
            Err(Failing::Reading(e)) => Err(e.into()),
        }
    }
}

enum Failing {
    Reading(crate::Error),
    Writing(std::io::Error),
}

impl From<std::io::Error> for Failing {
    fn from(e: std::io::Error) -> Self {
        Self::Writing(e)
    }
}

fn export(app: &App, since: Option<Timestamp>, format: Format, out: &mut impl Write) -> Result<(), Failing> {
    let settings = app.config.ocds.clone();
    let public_url = app.config.server.address().to_owned();
    let package = format == Format::Package;
    if package {
        let header = Header::new(format!("{public_url}/api/v1/ocds/releases"), &settings, app.clock.now(), None);
        out.write_all(header.beginning().map_err(std::io::Error::from)?.as_bytes())?;
    }
    let caller = Caller::system(Reason::CommandLine);
    let (mut place, mut first) = (Some(Place::BEGINNING), true);
    while let Some(here) = place {
        let batch = app
            .read_now(&caller, |op| next_batch(op, &here, BATCH, since, &settings, &public_url))
            .map_err(Failing::Reading)?;
        for release in &batch.releases {
            if package && !first {
                out.write_all(b",\n")?;
            }
            first = false;
            serde_json::to_writer(&mut *out, release).map_err(std::io::Error::from)?;
            if !package {
                out.write_all(b"\n")?;
            }
        }
        place = batch.next;
    }
    if package {
        out.write_all(b"]}\n")?;
    }
    out.flush()?;
    Ok(())
}
