//! HTTP written by hand: a program that keeps no rules.
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

/// Longer than anything takes on a machine that is busy; who has no answer by then waits for ever.
const PATIENCE: Duration = Duration::from_secs(60);

#[derive(Debug, Clone, Default)]
pub struct Request {
    pub method: String,
    /// Path and query, as bytes: nothing is encoded.
    pub target: Vec<u8>,
    pub headers: Vec<(&'static str, Vec<u8>)>,
    pub body: Option<Vec<u8>>,
}

pub struct Got {
    pub status: u16,
    /// In small letters.
    pub head: String,
}

impl Request {
    /// The header instead of what it was before.
    pub fn with(mut self, name: &'static str, value: impl Into<Vec<u8>>) -> Self {
        self.headers.retain(|(n, _)| *n != name);
        self.headers.push((name, value.into()));
        self
    }

    pub fn with_body(mut self, media: &str, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self.with("content-type", media)
    }

    /// Sends it on a connection of its own, and reads to the end.
    pub fn send(&self, url: &str) -> Result<Got, String> {
        let address = url.trim_start_matches("http://");
        let mut stream = TcpStream::connect(address).map_err(|e| format!("no connection: {e}"))?;
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        // A server that has read enough may answer, and close, before everything is written.
        let _ = stream.write_all(&self.bytes(address));
        // Whoever waits for more sees that there is none.
        let _ = stream.shutdown(Shutdown::Write);
        let (mut answer, mut buffer) = (Vec::new(), [0; 16_384]);
        loop {
            match stream.read(&mut buffer) {
                Ok(0) => break,
                Ok(n) => answer.extend_from_slice(&buffer[..n]),
                Err(e) if matches!(e.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut) => {
                    return Err("no answer".to_owned());
                }
                Err(_) => break,
            }
        }
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let head = answer.trim_start_matches("HTTP/1.1 100 Continue\r\n\r\n").split("\r\n\r\n").next();
        let head = head.unwrap_or_default().to_lowercase();
        let status = head.strip_prefix("http/1.1 ").and_then(|rest| rest.get(..3)?.parse().ok());
        match status {
            Some(status) => Ok(Got { status, head }),
            // Where it ends cannot be known; a server may close without a word.
            None if self.says_its_length() => Ok(Got { status: 400, head }),
            None => Err(format!("closed without an answer: {head:?}")),
        }
    }

    fn says_its_length(&self) -> bool {
        self.headers.iter().any(|(name, _)| matches!(*name, "transfer-encoding" | "content-length"))
    }

    fn bytes(&self, host: &str) -> Vec<u8> {
        let mut bytes = self.method.clone().into_bytes();
        bytes.push(b' ');
        bytes.extend_from_slice(&self.target);
        bytes.extend_from_slice(b" HTTP/1.1\r\nconnection: close\r\n");
        if !self.headers.iter().any(|(name, _)| *name == "host") {
            bytes.extend_from_slice(format!("host: {host}\r\n").as_bytes());
        }
        for (name, value) in &self.headers {
            bytes.extend_from_slice(name.as_bytes());
            bytes.extend_from_slice(b": ");
            bytes.extend_from_slice(value);
            bytes.extend_from_slice(b"\r\n");
        }
        if let Some(body) = self.body.as_ref().filter(|_| !self.says_its_length()) {
            bytes.extend_from_slice(format!("content-length: {}\r\n", body.len()).as_bytes());
        }
        bytes.extend_from_slice(b"\r\n");
        bytes.extend_from_slice(self.body.as_deref().unwrap_or_default());
        bytes
    }

    /// For people who read why a test failed.
    pub fn shown(&self) -> String {
        let short = |bytes: &[u8]| {
            let text = String::from_utf8_lossy(bytes).escape_debug().to_string();
            let cut: String = text.chars().take(300).collect();
            if cut.len() < text.len() { format!("{cut}… ({} bytes)", bytes.len()) } else { cut }
        };
        let mut shown = format!("{} {}", self.method, short(&self.target));
        for (name, value) in self.headers.iter().filter(|(name, _)| *name != "authorization") {
            shown += &format!("\n    {name}: {}", short(value));
        }
        if let Some(body) = &self.body {
            shown += &format!("\n    {}", short(body));
        }
        shown
    }
}

/// As it stands in an address or a form; every byte that could mean something is written as `%xx`.
pub fn encoded(value: &[u8]) -> Vec<u8> {
    url::form_urlencoded::byte_serialize(value).collect::<String>().replace('+', "%20").into_bytes()
}
