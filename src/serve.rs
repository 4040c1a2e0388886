//! The HTTP server: both doors, what runs beside them, and an orderly end.
use crate::web::{failure, headers, health, language_from_path};
use crate::{App, Result, api, notifications, upkeep, web};
use actix_web::HttpServer;
use actix_web::dev::{Server, Service};
use actix_web::middleware::{Compress, from_fn};
use actix_web::rt::task::JoinHandle;
use actix_web::web::{Data, PayloadConfig, ServiceConfig};
use anyhow::Context;
use std::net::TcpListener;
use std::time::Duration;
use tracing_actix_web::TracingLogger;

/// How long the last mail may take when the process is told to stop. With what requests may take (20 s) it is less than
/// what managers of processes wait before they use force (Kubernetes 30 s, systemd 90 s).
const LAST_MAIL: Duration = Duration::from_secs(8);

/// Every page and endpoint.
pub fn routes(config: &mut ServiceConfig) {
    api::routes::register(config);
    web::routes::register(config);
}

/// Starts listening; the server runs until it is told to stop, and then finishes what it has begun.
///
/// # Errors
/// When the socket cannot be used.
pub fn start(app: &App, listener: TcpListener) -> Result<Server> {
    start_with(app, listener, routes)
}

/// The same with other routes; for the benchmark, which adds one to compare with.
///
/// # Errors
/// When the socket cannot be used.
pub fn start_with(app: &App, listener: TcpListener, routes: fn(&mut ServiceConfig)) -> Result<Server> {
    let data = Data::new(app.clone());
    let https = app.config.server.public_url.scheme() == "https";
    let max_body = app.config.server.max_body_bytes;
    // A thread more than there are connections would only wait for one.
    let blocking = usize::try_from(app.config.database.connections).unwrap_or(8).max(2);
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    let workers = if app.config.server.workers == 0 { cores } else { app.config.server.workers };
    let server = HttpServer::new(move || {
        actix_web::App::new()
            .app_data(data.clone())
            .app_data(PayloadConfig::new(max_body))
            .wrap(from_fn(failure::render))
            .wrap(from_fn(web::unchanged))
            .wrap(headers(https))
            .wrap(from_fn(health::observe))
            .wrap(Compress::default())
            .wrap(TracingLogger::<web::RequestSpan>::new())
            .wrap_fn(|mut request, service| {
                language_from_path(&mut request);
                service.call(request)
            })
            .configure(routes)
    })
    .workers(workers)
    .worker_max_blocking_threads(blocking.div_ceil(workers).max(1))
    .shutdown_timeout(20)
    .listen(listener)
    .context("cannot listen")?
    .run();
    Ok(server)
}

/// What is done beside the requests: mail is delivered, and what is past its use forgotten. Ends after the mail that is
/// being sent when the process is told to stop. Any number of workers may do it beside each other.
pub async fn work(app: App) {
    tokio::select! {
        () = notifications::run(app.clone()) => {}
        () = upkeep::run(app) => {}
    }
}

/// The work alone, until the machine or a person says stop.
pub async fn work_until_told(app: App) {
    let work = actix_web::rt::spawn(work(app.clone()));
    told_to_stop().await;
    finish(&app, work).await;
}

/// Lets the mail that is being sent be sent, within reason: killed in the middle it would count as failed.
async fn finish(app: &App, work: JoinHandle<()>) {
    app.stop();
    if tokio::time::timeout(LAST_MAIL, work).await.is_err() {
        tracing::warn!("Stopped in the middle of a mail: it will be marked as failed, and may have arrived");
    }
}

/// The machine (SIGTERM) or a person (Ctrl-C) says stop.
#[cfg(unix)]
async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut machine) => tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = machine.recv() => {}
        },
        Err(_) => drop(tokio::signal::ctrl_c().await),
    }
}

#[cfg(not(unix))]
async fn told_to_stop() {
    drop(tokio::signal::ctrl_c().await);
}

/// Reads the notices before somebody asks about them: a million take seconds, and nobody should wait for that.
async fn read_notices(app: App) {
    let read = app.blocking(|app| app.statistics.observations(&mut *app.db.reader()?).map(drop)).await;
    if let Err(e) = read {
        tracing::warn!(error = e.in_full(), "The notices could not be read ahead; whoever asks about them first waits");
    }
}

/// Serves until the machine or a person says stop. `worker`: do the work beside the requests too.
///
/// # Errors
/// When the server fails.
pub async fn run(app: App, listener: TcpListener, worker: bool) -> Result<()> {
    let server = start(&app, listener)?;
    actix_web::rt::spawn(app.clone().follow_changes());
    actix_web::rt::spawn(read_notices(app.clone()));
    let work = worker.then(|| actix_web::rt::spawn(work(app.clone())));
    let ended = server.await;
    if let Some(work) = work {
        finish(&app, work).await;
    }
    Ok(ended.context("the server failed")?)
}
