//! For those who run it: is it up, can it work, how much does it do? Nothing personal. Everybody may know the first two,
//! in a word each.
use super::{Visitor, Watcher};
use crate::notifications::{self, MessageStatus};
use crate::platform::db::Db;
use crate::platform::db::types::Timestamp;
use crate::{App, Error, Result, api, needs};
use actix_web::HttpResponse;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, header};
use actix_web::middleware::Next;
use actix_web::web::Data;
use chrono::TimeDelta;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use serde::Serialize;
use serde_json::json;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

/// A change that is not in the index for longer than this will not get there by itself.
const INDEX_MAY_LAG: TimeDelta = TimeDelta::minutes(2);
/// Mail that is due for longer than this has no worker. (A mail server that is down moves the next attempt on.)
const MAIL_MAY_LAG: TimeDelta = TimeDelta::minutes(15);

/// `GET /health`: the process is up.
pub async fn health() -> HttpResponse {
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(json!({"status": "ok"}))
}

#[derive(Debug, Default, Serialize)]
struct Readiness {
    status: &'static str,
    database: Database,
    search_index: Option<SearchIndex>,
    mail_queue: Option<MailQueue>,
}

#[derive(Debug, Default, Serialize)]
struct Database {
    ok: bool,
}

#[derive(Debug, Serialize)]
struct SearchIndex {
    ok: bool,
    /// How far it has come, and how far there is to go.
    position: i64,
    last_change: i64,
    /// The age of the first change that it does not have.
    behind_seconds: i64,
}

#[derive(Debug, Serialize)]
struct MailQueue {
    ok: bool,
    waiting: i64,
    failed: i64,
    oldest_waiting_seconds: Option<i64>,
    /// For how long the first message that is due has been due.
    overdue_seconds: i64,
}

/// `GET /ready`: the database answers, the index follows, somebody delivers mail. How far and how much is the operator's.
pub async fn ready(app: Data<App>, watcher: Watcher, visitor: Visitor) -> HttpResponse {
    let found = match app.blocking(readiness).await {
        Ok(found) => found,
        Err(e) => {
            tracing::warn!(error = e.in_full(), "Not ready: the database does not answer");
            Readiness::default()
        }
    };
    let ok = found.database.ok
        && found.search_index.as_ref().is_some_and(|i| i.ok)
        && found.mail_queue.as_ref().is_some_and(|m| m.ok);
    let mut response = if ok { HttpResponse::Ok() } else { HttpResponse::ServiceUnavailable() };
    let status = if ok { "ready" } else { "not ready" };
    response.insert_header((header::CACHE_CONTROL, "no-store"));
    match watcher.or_logged_in(&app, &visitor).await {
        Watcher::Operator => response.json(Readiness { status, ..found }),
        Watcher::Stranger => response.json(json!({"status": status})),
    }
}

fn readiness(app: &App) -> Result<Readiness> {
    let mut db = app.db.reader()?;
    let now = app.clock.now();
    let age = |since: Timestamp| (now.utc() - since.utc()).max(TimeDelta::zero());
    let position = app.finder.position();
    let behind = needs::change_after(&mut db, position)?.map_or(TimeDelta::zero(), age);
    let overdue = notifications::next_due(&mut db)?.map_or(TimeDelta::zero(), age);
    Ok(Readiness {
        status: "",
        search_index: Some(SearchIndex {
            ok: behind <= INDEX_MAY_LAG,
            position,
            last_change: needs::last_change(&mut db)?,
            behind_seconds: behind.num_seconds(),
        }),
        mail_queue: Some(MailQueue {
            ok: overdue <= MAIL_MAY_LAG,
            waiting: notifications::count(&mut db, MessageStatus::Waiting)?,
            failed: notifications::count(&mut db, MessageStatus::Failed)?,
            oldest_waiting_seconds: notifications::oldest_waiting(&mut db)?.map(|at| age(at).num_seconds()),
            overdue_seconds: overdue.num_seconds(),
        }),
        database: Database { ok: true },
    })
}

// ---- metrics -----------------------------------------------------------------------------------------------------

/// Seconds. The pages are meant to take a few milliseconds.
const BUCKETS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];
const REQUESTS: &str = "http_requests_total";
const DURATION: &str = "http_request_duration_seconds";
/// Observations are folded into the histogram this often, so that they do not pile up when nobody reads them.
const FOLD_EVERY: u32 = 1_024;

/// One for the process, like what it counts.
static METRICS: LazyLock<PrometheusHandle> = LazyLock::new(|| {
    let builder = PrometheusBuilder::new().set_buckets(&BUCKETS).unwrap_or_else(|_| PrometheusBuilder::new());
    let recorder = builder.build_recorder();
    let handle = recorder.handle();
    if metrics::set_global_recorder(recorder).is_err() {
        tracing::warn!("There is another recorder of metrics; /metrics stays empty");
    }
    metrics::describe_counter!(REQUESTS, "Requests by method, route and status");
    metrics::describe_histogram!(DURATION, metrics::Unit::Seconds, "How long requests took, by method and route");
    metrics::describe_gauge!("outbox_messages", "Mails by state, but for those that were sent");
    metrics::describe_counter!(notifications::ATTEMPTS, "Attempts to send a mail by what came of it, of this process");
    metrics::describe_gauge!("outbox_oldest_waiting_seconds", "The age of the mail that has waited longest");
    metrics::describe_gauge!("search_index_position", "How far the index has followed the changes");
    metrics::describe_gauge!("search_index_last_change", "How far there is to follow");
    handle
});

/// Counts a request and times it, by its route as it is written in the table: never by its address.
pub async fn observe<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> std::result::Result<ServiceResponse<B>, actix_web::Error> {
    static SEEN: AtomicU32 = AtomicU32::new(0);
    let handle = &*METRICS;
    let method = method_name(request.method());
    let start = Instant::now();
    let response = next.call(request).await?;
    let route = response.request().match_pattern().unwrap_or_else(|| "none".to_owned());
    let status = response.status().as_u16().to_string();
    metrics::counter!(REQUESTS, "method" => method, "route" => route.clone(), "status" => status).increment(1);
    metrics::histogram!(DURATION, "method" => method, "route" => route).record(start.elapsed().as_secs_f64());
    if SEEN.fetch_add(1, Ordering::Relaxed) % FOLD_EVERY == FOLD_EVERY - 1 {
        handle.run_upkeep();
    }
    Ok(response)
}

/// Clients may send any word as a method.
fn method_name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

/// `GET /metrics`, in the text format of Prometheus.
pub async fn metrics(app: Data<App>, watcher: Watcher, visitor: Visitor) -> super::Result {
    if watcher.or_logged_in(&app, &visitor).await == Watcher::Stranger {
        // To a program, so never the way to the login page.
        return Ok(api::respond(&Error::Unauthenticated, visitor.language(), &visitor.caller.request_id));
    }
    let handle = &*METRICS;
    let text = app
        .blocking(move |app| {
            let mut db = app.db.reader()?;
            gauge_outbox(&mut db)?;
            let age = |at: Timestamp| (app.clock.now().utc() - at.utc()).num_seconds();
            let oldest = notifications::oldest_waiting(&mut db)?.map_or(0, age);
            set("outbox_oldest_waiting_seconds", oldest);
            set("search_index_position", app.finder.position());
            set("search_index_last_change", needs::last_change(&mut db)?);
            handle.run_upkeep();
            Ok(handle.render())
        })
        .await?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .content_type("text/plain; version=0.0.4; charset=utf-8")
        .body(text))
}

/// Those that were sent are many, and counting them at each look would take time: `mails_total` counts them.
fn gauge_outbox(db: &mut Db) -> Result<()> {
    for status in [MessageStatus::Waiting, MessageStatus::Sending, MessageStatus::Failed] {
        metrics::gauge!("outbox_messages", "status" => status.as_str()).set(exact(notifications::count(db, status)?));
    }
    Ok(())
}

fn set(name: &'static str, n: i64) {
    metrics::gauge!(name).set(exact(n));
}

#[expect(clippy::cast_precision_loss, reason = "exact up to 2^53, which no count here reaches")]
fn exact(n: i64) -> f64 {
    n as f64
}
