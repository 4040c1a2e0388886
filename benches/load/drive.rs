//! A small HTTP client that costs little beside what it drives: keep-alive, requests made ready, answers not kept.
use crate::corpus::Random;
use crate::report::Measured;
use crate::routes::Route;
use crate::server::Server;
use anyhow::{Context, Result};
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// What a connection reads at once.
const BUFFER: usize = 64 * 1024;

/// Lets `connections` ask for `time`, each again as soon as it has its answer.
pub fn drive(server: &Server, route: &Route, connections: usize, time: Duration) -> Result<Measured> {
    let before = server.used()?;
    let done = AtomicBool::new(false);
    let (answers, elapsed, memory) = std::thread::scope(|threads| -> Result<_> {
        let memory = threads.spawn(|| greatest_memory(server, &done));
        let start = Instant::now();
        let answers = ask(server.address, route, connections, start + time);
        let elapsed = start.elapsed();
        done.store(true, Ordering::Relaxed);
        let memory = memory.join().map_err(|_| anyhow::anyhow!("nobody watched the memory"))??;
        Ok((answers?, elapsed, memory))
    })?;
    let after = server.used()?;
    Ok(Measured::new(answers, elapsed, (after.0 - before.0, after.1 - before.1), memory))
}

fn greatest_memory(server: &Server, done: &AtomicBool) -> Result<u64> {
    let mut greatest = server.memory()?;
    while !done.load(Ordering::Relaxed) {
        std::thread::sleep(Duration::from_millis(100));
        greatest = greatest.max(server.memory()?);
    }
    Ok(greatest)
}

/// What the answers were.
#[derive(Default)]
pub struct Answers {
    /// How long each took, in microseconds.
    pub times: Vec<u32>,
    pub errors: u64,
    pub bytes: u64,
    /// The first that was wrong.
    pub example: Option<String>,
}

fn ask(address: SocketAddr, route: &Route, connections: usize, end: Instant) -> Result<Answers> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    let requests: &'static [Vec<u8>] = route.requests.clone().leak();
    let status = route.status.to_string().into_bytes();
    runtime.block_on(async {
        let mut tasks = JoinSet::new();
        for number in 0..connections {
            tasks.spawn(connection(address, requests, status.clone(), Random::of(number), end));
        }
        let mut all = Answers::default();
        while let Some(one) = tasks.join_next().await {
            let one = one??;
            all.times.extend(one.times);
            all.errors += one.errors;
            all.bytes += one.bytes;
            all.example = all.example.or(one.example);
        }
        Ok(all)
    })
}

async fn connection(
    address: SocketAddr,
    requests: &'static [Vec<u8>],
    status: Vec<u8>,
    mut random: Random,
    end: Instant,
) -> Result<Answers> {
    let stream = TcpStream::connect(address).await.context("cannot connect")?;
    stream.set_nodelay(true)?;
    let mut buffer = vec![0; BUFFER];
    let mut answers = Answers::default();
    let mut start = Instant::now();
    while start < end {
        let request: &Vec<u8> = random.choice(requests);
        write(&stream, request).await?;
        let (head, bytes) = read(&stream, &mut buffer).await?;
        let now = Instant::now();
        if head.get(9..12) == Some(status.as_slice()) {
            answers.times.push(u32::try_from((now - start).as_micros()).unwrap_or(u32::MAX));
        } else {
            answers.errors += 1;
            answers.example.get_or_insert_with(|| String::from_utf8_lossy(head).into_owned());
        }
        answers.bytes += bytes as u64;
        start = now;
    }
    Ok(answers)
}

async fn write(stream: &TcpStream, mut request: &[u8]) -> Result<()> {
    while !request.is_empty() {
        match stream.try_write(request) {
            Ok(written) => request = &request[written..],
            Err(e) if e.kind() == ErrorKind::WouldBlock => stream.writable().await?,
            Err(e) => return Err(e).context("a request could not be sent"),
        }
    }
    Ok(())
}

/// Reads one answer. Gives its beginning, and how long its body is.
async fn read<'a>(stream: &TcpStream, buffer: &'a mut [u8]) -> Result<(&'a [u8], usize)> {
    let mut filled = 0;
    let (head, body) = loop {
        filled += receive(stream, &mut buffer[filled..]).await?;
        if let Some(head) = end_of_head(&buffer[..filled]) {
            break (head, content_length(&buffer[..head])?);
        }
    };
    let mut missing = (head + body).checked_sub(filled).context("more came than an answer")?;
    while missing > 0 {
        // What the body says is not looked at: it may overwrite itself behind the head.
        let room = missing.min(buffer.len() - head);
        missing -= receive(stream, &mut buffer[head..head + room]).await?;
    }
    Ok((&buffer[..head], body))
}

async fn receive(stream: &TcpStream, buffer: &mut [u8]) -> Result<usize> {
    loop {
        stream.readable().await?;
        match stream.try_read(buffer) {
            Ok(0) => anyhow::bail!("the server hung up"),
            Ok(read) => return Ok(read),
            Err(e) if e.kind() == ErrorKind::WouldBlock => {}
            Err(e) => return Err(e).context("an answer could not be read"),
        }
    }
}

fn end_of_head(bytes: &[u8]) -> Option<usize> {
    bytes.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4)
}

fn content_length(head: &[u8]) -> Result<usize> {
    const NAME: &[u8] = b"content-length:";
    let line =
        head.split(|byte| *byte == b'\n').find(|l| l.get(..NAME.len()).is_some_and(|n| n.eq_ignore_ascii_case(NAME)));
    let value = line.and_then(|line| std::str::from_utf8(&line[NAME.len()..]).ok());
    value.and_then(|v| v.trim().parse().ok()).context("an answer without Content-Length")
}
