//! Structured logs. Messages say what happened, fields say to what; never a name, an address or a text of a user.
use super::config::{Log, LogFormat};
use tracing_subscriber::EnvFilter;

/// Starts logging to stderr. A second start changes nothing.
pub fn start(log: &Log) {
    let filter = EnvFilter::try_new(&log.level).unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let _ = match log.format {
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
        LogFormat::Text => builder.compact().try_init(),
    };
}
