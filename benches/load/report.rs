//! What was measured, as people and programs read it.
use crate::drive::Answers;
use crate::fill::{self, Filled};
use crate::routes::{Route, Target};
use crate::scratch::Scratch;
use serde::Serialize;
use std::time::Duration;

/// How much slower a route may be at ten times the size.
const GROWTH: f64 = 3.0;
/// Memory of its own, in bytes.
const MEMORY: u64 = 150_000_000;
const FIRST_ANSWER: Duration = Duration::from_secs(1);

/// One route, driven once.
#[derive(Debug, Clone, Serialize)]
pub struct Measured {
    per_second: f64,
    p50_ms: f64,
    p99_ms: f64,
    errors: u64,
    #[serde(skip)]
    example: Option<String>,
    /// Of a body.
    bytes: u64,
    /// Processor time for one request.
    server_us: f64,
    machine_us: f64,
    /// The most memory of its own that was seen, in bytes.
    memory: u64,
}

impl Measured {
    pub fn new(answers: Answers, time: Duration, (server, machine): (Duration, Duration), memory: u64) -> Self {
        let Answers { mut times, errors, bytes, example } = answers;
        times.sort_unstable();
        let at = |share: f64| {
            let index = (times.len() as f64 * share) as usize;
            times.get(index.min(times.len().saturating_sub(1))).map_or(0.0, |us| f64::from(*us) / 1_000.0)
        };
        let count = times.len().max(1) as f64;
        Self {
            per_second: times.len() as f64 / time.as_secs_f64(),
            p50_ms: at(0.5),
            p99_ms: at(0.99),
            errors,
            example,
            bytes: bytes / (times.len() as u64 + errors).max(1),
            server_us: server.as_secs_f64() * 1e6 / count,
            machine_us: machine.as_secs_f64() * 1e6 / count,
            memory,
        }
    }
}

#[derive(Serialize)]
struct Row {
    route: &'static str,
    #[serde(flatten)]
    measured: Measured,
    /// What the bare route reached right before and right after, in the middle.
    bare_per_second: f64,
    ratio: f64,
    target: Option<String>,
    reached: Option<bool>,
}

/// One size.
#[derive(Serialize)]
pub struct Report {
    engine: &'static str,
    needs: usize,
    connections: usize,
    cores: usize,
    filling: String,
    indexing: String,
    /// Seconds from start to first answer, of several starts.
    first_answers: Vec<f64>,
    bare: Vec<Measured>,
    routes: Vec<Row>,
}

impl Report {
    pub fn new(scratch: &Scratch, filled: &Filled, connections: usize, starts: Vec<Duration>) -> Self {
        Self {
            engine: scratch.engine,
            needs: filled.needs,
            connections,
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            filling: fill::rate("needs entered", filled.added, filled.inserting),
            indexing: fill::rate("needs indexed", filled.added, filled.indexing),
            first_answers: starts.iter().map(Duration::as_secs_f64).collect(),
            bare: Vec::new(),
            routes: Vec::new(),
        }
    }

    pub fn add(&mut self, route: &Route, measured: Measured, bare: [&Measured; 2]) {
        if self.bare.is_empty() {
            self.bare.push(bare[0].clone());
        }
        self.bare.push(bare[1].clone());
        let bare_per_second = f64::midpoint(bare[0].per_second, bare[1].per_second);
        let ratio = measured.per_second / bare_per_second;
        let (target, reached) = match route.target {
            None => (None, None),
            Some(Target::Ratio(target)) => (Some(format!("{:.0} %", target * 100.0)), Some(ratio >= target)),
            Some(Target::Rate { sqlite, postgres }) => {
                let target = if self.engine == "SQLite" { sqlite } else { postgres };
                (Some(format!("{target:.0}/s")), Some(measured.per_second >= target))
            }
        };
        self.routes.push(Row { route: route.name, measured, bare_per_second, ratio, target, reached });
    }

    pub fn without_errors(&self) -> bool {
        self.bare.iter().chain(self.routes.iter().map(|row| &row.measured)).all(|m| m.errors == 0)
    }

    pub fn print(&self) {
        println!("\n{}, {} needs, {} connections, {} cores", self.engine, self.needs, self.connections, self.cores);
        println!("{}; {}\n", self.filling, self.indexing);
        println!(
            "{:<18}{:>9}{:>9}{:>9}{:>8}{:>9}{:>11}{:>12}{:>9}{:>9}{:>9}",
            "route",
            "req/s",
            "p50 ms",
            "p99 ms",
            "errors",
            "bytes",
            "server µs",
            "machine µs",
            "MB",
            "of bare",
            "target"
        );
        for bare in &self.bare {
            print_row("bare", bare, "", "", "");
        }
        for row in &self.routes {
            let reached = row.reached.map_or("", |reached| if reached { "reached" } else { "missed" });
            let ratio = format!("{:.1} %", row.ratio * 100.0);
            print_row(row.route, &row.measured, &ratio, row.target.as_deref().unwrap_or_default(), reached);
            if let Some(example) = &row.measured.example {
                println!("  a wrong answer: {}", example.lines().next().unwrap_or_default());
            }
        }
        let memory = self.routes.iter().map(|row| row.measured.memory).max().unwrap_or(0);
        println!(
            "\nmemory of its own: {} MB at most (less than {} MB: {})",
            memory / 1_000_000,
            MEMORY / 1_000_000,
            verdict(memory < MEMORY)
        );
        let slowest = self.first_answers.iter().copied().fold(0.0, f64::max);
        println!(
            "start to first answer: {slowest:.2} s, the slowest of {} (less than {} s: {})",
            self.first_answers.len(),
            FIRST_ANSWER.as_secs(),
            verdict(slowest < FIRST_ANSWER.as_secs_f64())
        );
    }
}

fn verdict(reached: bool) -> &'static str {
    if reached { "reached" } else { "missed" }
}

fn print_row(name: &str, m: &Measured, ratio: &str, target: &str, reached: &str) {
    println!(
        "{name:<18}{:>9.0}{:>9.2}{:>9.2}{:>8}{:>9}{:>11.0}{:>12.0}{:>9}{ratio:>9}{target:>9}  {reached}",
        m.per_second,
        m.p50_ms,
        m.p99_ms,
        m.errors,
        m.bytes,
        m.server_us,
        m.machine_us,
        m.memory / 1_000_000
    );
}

/// How much slower each route became from the smallest size to the largest.
pub fn print_growth(reports: &[Report]) {
    let (Some(first), Some(last)) = (reports.first(), reports.last()) else { return };
    if first.needs == last.needs {
        return;
    }
    println!("\nfrom {} to {} needs (target: at most {GROWTH:.0} times slower)", first.needs, last.needs);
    for (small, large) in first.routes.iter().zip(&last.routes) {
        let slower = small.measured.per_second / large.measured.per_second;
        println!("{:<18}{slower:>6.2} times slower  {}", small.route, verdict(slower <= GROWTH));
    }
}
