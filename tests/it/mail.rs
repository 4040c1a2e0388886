//! Mail as it arrives: read from a folder, or taken in by a mail server of our own.
use base64::Engine;
use mailin::{Action, Handler, Response, SessionBuilder, response};
use std::collections::HashMap;
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
    /// Where a mail program says that no more of its kind is wanted (RFC 2369).
    pub stop: String,
    /// What it posts there (RFC 8058).
    pub one_click: String,
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
            stop: header(&headers, "list-unsubscribe").trim_matches(['<', '>']).to_owned(),
            one_click: header(&headers, "list-unsubscribe-post"),
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
    /// Hangs up when the recipient is named.
    HangsUp,
    /// Hangs up when the mail is about to be sent.
    HangsUpBeforeTheMail,
    /// Takes the mail and hangs up without a word.
    HangsUpWithTheMail,
    /// Says nothing more when the recipient is named, until it is in another mood.
    FallsSilent,
    /// Takes the mail and says nothing, until it is in another mood.
    FallsSilentWithTheMail,
}

impl Mood {
    fn is_silent_at(self, line: &[u8]) -> bool {
        match self {
            Self::FallsSilent => line.starts_with(b"RCPT"),
            Self::FallsSilentWithTheMail => line == b".\r\n",
            _ => false,
        }
    }

    fn hangs_up_at(self, line: &[u8]) -> bool {
        match self {
            Self::HangsUp => line.starts_with(b"RCPT"),
            Self::HangsUpBeforeTheMail => line.starts_with(b"DATA"),
            Self::HangsUpWithTheMail => line == b".\r\n",
            _ => false,
        }
    }
}

/// A mail server in this process.
#[derive(Clone)]
pub struct Smtp {
    pub url: String,
    inside: Arc<Mutex<Inside>>,
    /// Told of whatever changes inside.
    changed: Arc<Condvar>,
}

struct Inside {
    mood: Mood,
    /// The mood towards these addresses is another.
    towards: HashMap<String, Mood>,
    arrived: Vec<(String, String)>,
    attempts: usize,
}

impl Inside {
    fn mood_towards(&self, to: &str) -> Mood {
        self.towards.get(to).copied().unwrap_or(self.mood)
    }
}

/// What one client says.
struct Conversation {
    smtp: Smtp,
    to: Vec<String>,
    data: Vec<u8>,
}

impl Smtp {
    pub fn start() -> Self {
        let inside = Inside { mood: Mood::Takes, towards: HashMap::new(), arrived: Vec::new(), attempts: 0 };
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let smtp = Self { url, inside: Arc::new(Mutex::new(inside)), changed: Arc::default() };
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

    /// Waits until this is so. Half a minute at most: whoever asks looks afterwards.
    fn wait_until(&self, is_so: impl Fn(&Inside) -> bool) {
        let inside = self.inside.lock().unwrap();
        let patience = std::time::Duration::from_secs(30);
        drop(self.changed.wait_timeout_while(inside, patience, |inside| !is_so(inside)).unwrap());
    }

    /// Waits until so many mails have been taken, from whatever process.
    pub fn wait_for(&self, mails: usize) {
        self.wait_until(|inside| inside.arrived.len() >= mails);
    }

    /// Waits until so many recipients have been named.
    pub fn wait_for_attempts(&self, attempts: usize) {
        self.wait_until(|inside| inside.attempts >= attempts);
    }

    pub fn is(&self, mood: Mood) {
        let mut inside = self.inside.lock().unwrap();
        inside.mood = mood;
        inside.towards.clear();
        self.changed.notify_all();
    }

    /// Its mood towards this address, until it is in another towards all.
    pub fn is_towards(&self, to: &str, mood: Mood) {
        self.inside.lock().unwrap().towards.insert(to.to_owned(), mood);
        self.changed.notify_all();
    }

    /// The mails that were taken, with the address that each was sent to. Empties it.
    pub fn arrived(&self) -> Vec<(String, Mail)> {
        let taken = std::mem::take(&mut self.inside.lock().unwrap().arrived);
        let mut mails: Vec<_> = taken.into_iter().map(|(to, raw)| (to, Mail::parse(&raw))).collect();
        mails.sort_by(|a, b| (&a.0, &a.1.subject).cmp(&(&b.0, &b.1.subject)));
        mails
    }

    /// How many times someone has named a recipient.
    pub fn attempts(&self) -> usize {
        self.inside.lock().unwrap().attempts
    }

    /// Its mood towards whom `to` is about, after it has been silent for as long as it is silent at this line.
    fn mood_at(&self, line: &[u8], to: &str) -> Mood {
        let inside = self.inside.lock().unwrap();
        let silent = |inside: &mut Inside| inside.mood_towards(to).is_silent_at(line);
        self.changed.wait_while(inside, silent).unwrap().mood_towards(to)
    }
}

/// The address in a line that names a recipient.
fn named(line: &[u8]) -> Option<String> {
    let line = String::from_utf8_lossy(line);
    let to = line.strip_prefix("RCPT TO:<")?.split('>').next()?;
    Some(to.to_owned())
}

fn converse(client: &TcpStream, smtp: &Smtp) -> io::Result<()> {
    let (mut lines, mut out) = (BufReader::new(client), client);
    let conversation = Conversation { smtp: smtp.clone(), to: Vec::new(), data: Vec::new() };
    let mut session = SessionBuilder::new("mx.example").build(client.peer_addr()?.ip(), conversation);
    session.greeting().write_to(&mut out)?;
    let (mut line, mut to) = (Vec::new(), String::new());
    while lines.read_until(b'\n', &mut line)? > 0 {
        if let Some(recipient) = named(&line) {
            to = recipient;
            smtp.inside.lock().unwrap().attempts += 1;
            smtp.changed.notify_all();
        }
        // With the mail itself it falls silent when it has it.
        let has_mail = line == b".\r\n";
        if !has_mail && smtp.mood_at(&line, &to).hangs_up_at(&line) {
            return client.shutdown(Shutdown::Both);
        }
        let answer = session.process(&line);
        if has_mail && smtp.mood_at(&line, &to).hangs_up_at(&line) {
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
        match self.smtp.inside.lock().unwrap().mood_towards(to) {
            Mood::Busy => Response::custom(451, "4.3.0 Try again later".to_owned()),
            Mood::Refuses => Response::custom(550, "5.1.1 No such person here".to_owned()),
            _ => {
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
        let mut inside = self.smtp.inside.lock().unwrap();
        for to in self.to.drain(..) {
            inside.arrived.push((to, raw.clone()));
        }
        self.smtp.changed.notify_all();
        response::OK
    }
}
