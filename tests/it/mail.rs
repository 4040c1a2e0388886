//! Mail as it arrives: read from a folder, or taken in by a mail server of our own.
use base64::Engine;
use mailin::{Action, Handler, Response, SessionBuilder, response};
use std::io::{self, BufRead, BufReader};
use std::net::{IpAddr, Shutdown, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex};

#[derive(Debug, Clone, PartialEq)]
pub struct Mail {
    pub from: String,
    pub to: String,
    pub subject: String,
    pub message_id: String,
    pub language: String,
    pub text: String,
    pub html: String,
}

impl Mail {
    /// # Panics
    /// If a header or a part that every mail of ours has is missing.
    pub fn parse(raw: &str) -> Self {
        let (headers, body) = split(raw);
        let boundary =
            header(&headers, "content-type").split("boundary=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let mut mail = Self {
            from: words(&header(&headers, "from")),
            to: header(&headers, "to").trim_matches(['<', '>']).to_owned(),
            subject: words(&header(&headers, "subject")),
            message_id: header(&headers, "message-id"),
            language: header(&headers, "content-language"),
            text: String::new(),
            html: String::new(),
        };
        for part in body.split(&format!("--{boundary}")).skip(1).filter(|p| !p.starts_with("--")) {
            let (headers, body) = split(part.trim_start());
            let content = decode(&body, &header(&headers, "content-transfer-encoding"));
            if header(&headers, "content-type").starts_with("text/html") {
                mail.html = content
            } else {
                mail.text = content
            }
        }
        mail
    }

    /// The first address in the text that begins with our own, from its path on.
    pub fn link(&self, path: &str) -> String {
        let start = self.text.find(path).unwrap_or_else(|| panic!("no {path} in {}", self.text));
        self.text[start..].split_whitespace().next().unwrap().trim_end_matches(['.', ')', '>']).to_owned()
    }
}

fn split(raw: &str) -> (Vec<(String, String)>, String) {
    let raw = raw.replace("\r\n", "\n");
    let (head, body) = raw.split_once("\n\n").unwrap_or((&raw, ""));
    let mut headers: Vec<(String, String)> = Vec::new();
    for line in head.lines() {
        match (line.starts_with([' ', '\t']), headers.last_mut()) {
            (true, Some((_, value))) => *value += &format!(" {}", line.trim_start()),
            _ => {
                if let Some((name, value)) = line.split_once(':') {
                    headers.push((name.to_lowercase(), value.trim().to_owned()));
                }
            }
        }
    }
    (headers, body.to_owned())
}

fn header(headers: &[(String, String)], name: &str) -> String {
    headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone()).unwrap_or_default()
}

fn decode(body: &str, encoding: &str) -> String {
    let bytes = match encoding.to_lowercase().as_str() {
        "base64" => base64(body),
        "quoted-printable" => quoted(&body.replace("=\n", "")),
        _ => body.as_bytes().to_vec(),
    };
    String::from_utf8(bytes).unwrap().replace("\r\n", "\n").trim().to_owned() + "\n"
}

fn base64(text: &str) -> Vec<u8> {
    let packed: String = text.split_whitespace().collect();
    base64::engine::general_purpose::STANDARD.decode(packed).unwrap()
}

fn quoted(text: &str) -> Vec<u8> {
    let (mut out, bytes) = (Vec::new(), text.as_bytes());
    let mut i = 0;
    while i < bytes.len() {
        let hex = bytes
            .get(i + 1..i + 3)
            .and_then(|h| std::str::from_utf8(h).ok())
            .and_then(|h| u8::from_str_radix(h, 16).ok());
        match (bytes[i], hex) {
            (b'=', Some(byte)) => {
                out.push(byte);
                i += 3;
            }
            (byte, _) => {
                out.push(byte);
                i += 1;
            }
        }
    }
    out
}

/// The encoded words of a header (RFC 2047).
fn words(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("=?") {
        if !before.trim().is_empty() || out.is_empty() {
            out += before;
        }
        let mut parts = after.splitn(4, '?');
        let (_, encoding, content) = (parts.next(), parts.next().unwrap(), parts.next().unwrap());
        rest = parts.next().unwrap().trim_start_matches('=');
        let bytes =
            if encoding.eq_ignore_ascii_case("b") { base64(content) } else { quoted(&content.replace('_', " ")) };
        out += &String::from_utf8_lossy(&bytes);
    }
    out + rest
}

// ---- a folder ----------------------------------------------------------------------------------------------------

pub struct Inbox(PathBuf);

impl Inbox {
    pub fn of_folder(path: PathBuf) -> Self {
        Self(path)
    }

    /// Empties it.
    pub fn take(&self) -> Vec<Mail> {
        let Ok(files) = std::fs::read_dir(&self.0) else { return Vec::new() };
        let mut mails: Vec<Mail> = files
            .map(|file| file.unwrap().path())
            .filter(|path| path.extension().is_some_and(|e| e == "eml"))
            .map(|path| {
                let mail = Mail::parse(&std::fs::read_to_string(&path).unwrap());
                std::fs::remove_file(path).unwrap();
                mail
            })
            .collect();
        mails.sort_by(|a, b| (&a.to, &a.subject).cmp(&(&b.to, &b.subject)));
        mails
    }
}

// ---- a mail server -----------------------------------------------------------------------------------------------

/// How the server meets a mail.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Mood {
    Takes,
    /// 4xx: come back later.
    Busy,
    /// 5xx: never.
    Refuses,
    /// Hangs up in the middle of the conversation.
    HangsUp,
    /// Takes the mail and hangs up without a word.
    HangsUpWithTheMail,
    /// Says nothing more, and does not hang up.
    FallsSilent,
}

/// A mail server in this process.
#[derive(Clone)]
pub struct Smtp {
    pub url: String,
    inside: Arc<Mutex<Inside>>,
    /// Told of each mail that is taken.
    arrival: Arc<Condvar>,
}

struct Inside {
    mood: Mood,
    arrived: Vec<(String, String)>,
    attempts: usize,
}

/// What one client says.
struct Conversation {
    inside: Arc<Mutex<Inside>>,
    arrival: Arc<Condvar>,
    to: Vec<String>,
    data: Vec<u8>,
}

impl Smtp {
    pub fn start() -> Self {
        let inside = Arc::new(Mutex::new(Inside { mood: Mood::Takes, arrived: Vec::new(), attempts: 0 }));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let smtp = Self { url, inside, arrival: Arc::default() };
        let shared = smtp.clone();
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let shared = shared.clone();
                // A client that hangs up ends its conversation and nothing else.
                std::thread::spawn(move || drop(converse(&client, &shared)));
            }
        });
        smtp
    }

    /// Waits until so many mails have been taken, from whatever process. Half a minute at most.
    pub fn wait_for(&self, mails: usize) {
        let inside = self.inside.lock().unwrap();
        let patience = std::time::Duration::from_secs(30);
        drop(self.arrival.wait_timeout_while(inside, patience, |inside| inside.arrived.len() < mails).unwrap());
    }

    pub fn is(&self, mood: Mood) {
        self.inside.lock().unwrap().mood = mood;
    }

    /// The mails that were taken, with the address that each was sent to. Empties it.
    pub fn arrived(&self) -> Vec<(String, Mail)> {
        let taken = std::mem::take(&mut self.inside.lock().unwrap().arrived);
        let mut mails: Vec<_> = taken.into_iter().map(|(to, raw)| (to, Mail::parse(&raw))).collect();
        mails.sort_by(|a, b| (&a.0, &a.1.subject).cmp(&(&b.0, &b.1.subject)));
        mails
    }

    /// Waits until so many recipients have been named. Half a minute at most.
    pub fn wait_for_attempts(&self, attempts: usize) {
        let inside = self.inside.lock().unwrap();
        let patience = std::time::Duration::from_secs(30);
        drop(self.arrival.wait_timeout_while(inside, patience, |inside| inside.attempts < attempts).unwrap());
    }

    /// How many times someone has named a recipient.
    pub fn attempts(&self) -> usize {
        self.inside.lock().unwrap().attempts
    }
}

fn converse(client: &TcpStream, smtp: &Smtp) -> io::Result<()> {
    let inside = &smtp.inside;
    let (mut lines, mut out) = (BufReader::new(client), client);
    let conversation =
        Conversation { inside: inside.clone(), arrival: smtp.arrival.clone(), to: Vec::new(), data: Vec::new() };
    let mut session = SessionBuilder::new("mx.example").build(client.peer_addr()?.ip(), conversation);
    session.greeting().write_to(&mut out)?;
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line)? > 0 {
        let mood = inside.lock().unwrap().mood;
        if matches!(mood, Mood::HangsUp | Mood::FallsSilent) && line.starts_with(b"RCPT") {
            inside.lock().unwrap().attempts += 1;
            smtp.arrival.notify_all();
            if mood == Mood::FallsSilent {
                // Until the client goes away.
                let _ = io::copy(&mut lines, &mut io::sink());
            }
            return client.shutdown(Shutdown::Both);
        }
        let answer = session.process(&line);
        if mood == Mood::HangsUpWithTheMail && line == b".\r\n" {
            return client.shutdown(Shutdown::Both);
        }
        line.clear();
        match answer.action {
            Action::NoReply => {}
            Action::Close => return answer.write_to(&mut out),
            Action::Reply | Action::UpgradeTls => answer.write_to(&mut out)?,
        }
    }
    Ok(())
}

impl Handler for Conversation {
    fn mail(&mut self, _: IpAddr, _: &str, _: &str) -> Response {
        self.to.clear();
        response::OK
    }
    fn rcpt(&mut self, to: &str) -> Response {
        let mut inside = self.inside.lock().unwrap();
        inside.attempts += 1;
        self.arrival.notify_all();
        match inside.mood {
            Mood::Busy => Response::custom(451, "4.3.0 Try again later".to_owned()),
            Mood::Refuses => Response::custom(550, "5.1.1 No such person here".to_owned()),
            Mood::Takes | Mood::HangsUp | Mood::HangsUpWithTheMail | Mood::FallsSilent => {
                self.to.push(to.to_owned());
                response::OK
            }
        }
    }
    fn data(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.data.extend_from_slice(bytes);
        Ok(())
    }
    fn data_end(&mut self) -> Response {
        let raw = String::from_utf8(std::mem::take(&mut self.data)).unwrap();
        let mut inside = self.inside.lock().unwrap();
        for to in self.to.drain(..) {
            inside.arrived.push((to, raw.clone()));
        }
        self.arrival.notify_all();
        response::OK
    }
}
