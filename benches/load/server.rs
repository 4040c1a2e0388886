//! The server under load: this program once more, so that what it uses can be told from what the load itself does.
use crate::routes::BARE;
use crate::scratch::Scratch;
use actix_web::HttpResponse;
use actix_web::web::{self, ServiceConfig};
use anyhow::{Context, Result};
use brobygger::platform::clock::Clock;
use brobygger::platform::config::Config;
use brobygger::platform::telemetry;
use brobygger::{App, serve};
use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a start may take at most.
const PATIENCE: Duration = Duration::from_secs(60);
/// The kernel counts processor time in hundredths of a second, whatever it schedules by.
const TICK: Duration = Duration::from_millis(10);

/// A running server; it ends when this is dropped.
pub struct Server {
    process: Child,
    pub address: SocketAddr,
    /// From its start to its first answer from the database.
    pub first_answer: Duration,
}

impl Server {
    pub fn start(scratch: &Scratch) -> Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let config = scratch.config_file(port)?;
        let log = File::create(scratch.log())?;
        let start = Instant::now();
        let process = Command::new(std::env::current_exe()?)
            .arg("--serve")
            .arg(config)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .context("the server cannot be started")?;
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        let mut server = Self { process, address, first_answer: Duration::ZERO };
        while !answers(address) {
            anyhow::ensure!(start.elapsed() < PATIENCE, "the server does not answer:\n{}", scratch.log_end());
            std::thread::sleep(Duration::from_millis(1));
        }
        server.first_answer = start.elapsed();
        Ok(server)
    }

    /// Processor time so far: of the server, and of the whole machine.
    pub fn used(&self) -> Result<(Duration, Duration)> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.process.id()))?;
        // The name, in parentheses, may hold anything; utime and stime are the 12th and 13th after it.
        let after = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
        let own = after.split_whitespace().skip(11).take(2).filter_map(|n| n.parse::<u32>().ok()).sum::<u32>();
        let stat = fs::read_to_string("/proc/stat")?;
        let all = stat.lines().next().unwrap_or_default().split_whitespace().skip(1);
        // All but idle and waiting for the disk; guests are counted among user time already.
        let busy = all.take(8).enumerate().filter(|(at, _)| !matches!(at, 3 | 4));
        let busy = busy.filter_map(|(_, n)| n.parse::<u32>().ok()).sum::<u32>();
        Ok((TICK * own, TICK * busy))
    }

    /// Memory of its own, in bytes.
    pub fn memory(&self) -> Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).context("no RssAnon")?;
        let kib: u64 = line.trim().trim_end_matches(" kB").trim().parse()?;
        Ok(kib * 1024)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Its input ends, and so does it.
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

fn answers(address: SocketAddr) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect(address)?;
        stream.write_all(b"GET /api/v1/needs?limit=20 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(answer.starts_with(b"HTTP/1.1 200 "))
    };
    ask().unwrap_or(false)
}

/// Is the server, as `brobygger serve --no-worker` is, until the input ends. What the mails cost is another process's
/// business; that they are queued is part of the answer.
pub fn serve(config: &Path) -> Result<()> {
    let config = Config::load(Some(config))?;
    telemetry::start(&config.log);
    let listener = TcpListener::bind((config.server.host.as_str(), config.server.port))?;
    let app = App::open(config, Clock::System)?;
    actix_web::rt::System::new().block_on(async move {
        let server = serve::start_with(&app, listener, routes)?;
        actix_web::rt::spawn(app.follow_changes());
        let handle = server.handle();
        std::thread::spawn(move || {
            let _ = std::io::stdin().read_to_end(&mut Vec::new());
            drop(handle.stop(false));
        });
        Ok(server.await?)
    })
}

fn routes(config: &mut ServiceConfig) {
    config.route(BARE, web::get().to(bare));
    serve::routes(config);
}

async fn bare() -> HttpResponse {
    match web::block(|| "ok").await {
        Ok(text) => HttpResponse::Ok().body(text),
        Err(_) => HttpResponse::InternalServerError().finish(),
    }
}
