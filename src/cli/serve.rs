//! `brobygger serve` and `brobygger worker`.
use super::{Everywhere, Failure, say};
use crate::platform::clock::Clock;
use crate::platform::telemetry;
use crate::{App, serve};
use clap::Args;
use std::net::TcpListener;

#[derive(Args)]
pub struct Serve {
    /// Leave the delivery of mail, and forgetting what is past its use, to `brobygger worker`.
    #[arg(long)]
    no_worker: bool,
}

impl Serve {
    pub fn run(self, everywhere: &Everywhere) -> Result<(), Failure> {
        let config = everywhere.config()?;
        telemetry::start(&config.log);
        for warning in config.warnings() {
            tracing::warn!("{warning}");
        }
        let listener = listen(&config.server.host, config.server.port)?;
        let app = App::open(config, Clock::System)?;
        if let Ok(address) = listener.local_addr() {
            say(&format!("Listening on http://{address}"));
        }
        Ok(actix_web::rt::System::new().block_on(serve::run(app, listener, !self.no_worker))?)
    }
}

pub fn listen(host: &str, port: u16) -> Result<TcpListener, Failure> {
    TcpListener::bind((host, port)).map_err(|e| Failure::Failed(format!("cannot listen on {host}:{port}: {e}")))
}

/// Delivers mail and forgets what is past its use, until it is told to stop.
pub fn worker(everywhere: &Everywhere) -> Result<(), Failure> {
    let config = everywhere.config()?;
    telemetry::start(&config.log);
    let app = App::without_search(config, Clock::System)?;
    actix_web::rt::System::new().block_on(serve::work_until_told(app));
    Ok(())
}
