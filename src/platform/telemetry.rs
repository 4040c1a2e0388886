//! Structured logs. Messages say what happened, fields say to what; never a name, an address or a text of a user.
use super::config::{Log, LogFormat};
use crate::Result;
use tracing::{info, warn};
use tracing_subscriber::EnvFilter;

/// What says that a client sent no request at all, as an error of ours; streams that break off tell it themselves. Whoever
/// wants to see it says so in `log.level`: the last word counts.
const ABOUT_CLIENTS: &str = "actix_http::h1::dispatcher=off";

/// Starts logging to stderr. A second start changes nothing.
pub fn start(log: &Log) {
    let filter =
        EnvFilter::try_new(format!("{ABOUT_CLIENTS},{}", log.level)).unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let _ = match log.format {
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
        LogFormat::Text => builder.compact().try_init(),
    };
}

/// Something that is tried over and over. It is told when it begins to fail and when it is over, and not each time between.
pub struct Tried {
    what: &'static str,
    fails: bool,
}

impl Tried {
    /// `what` begins the sentence: "Delivering mail".
    pub fn new(what: &'static str) -> Self {
        Self { what, fails: false }
    }

    /// Tells how it went this time, if that is news.
    pub fn tell<T>(&mut self, outcome: &Result<T>) {
        let what = self.what;
        match outcome {
            Err(e) if !self.fails => warn!(error = e.in_full(), "{what} fails; trying again until it succeeds"),
            Ok(_) if self.fails => info!("{what} succeeds again"),
            _ => {}
        }
        self.fails = outcome.is_err();
    }
}
