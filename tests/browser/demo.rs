//! The program itself, with demo data in a folder of its own; on PostgreSQL, in a schema of its own.
use crate::chromium::from_environment;
use crate::schema::Schema;
use serde::Deserialize;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A mail that has not come by then will not come.
const PATIENCE: Duration = Duration::from_secs(60);

#[derive(Deserialize)]
pub struct Demo {
    pub url: String,
    logins: Vec<Login>,
    #[serde(skip)]
    running: Option<Running>,
}

#[derive(Deserialize)]
pub struct Login {
    role: String,
    organisation: String,
    pub email: String,
    pub password: String,
}

struct Running {
    process: Child,
    folder: TempDir,
    /// Where the demo keeps its tables when `TEST_DATABASE_URL` names a PostgreSQL; gone after the process.
    _schema: Option<Schema>,
}

impl Demo {
    pub fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let schema = from_environment("TEST_DATABASE_URL").map(|server| Schema::make(&server, "browser").unwrap());
        let mut command = Command::new(env!("CARGO_BIN_EXE_brobygger"));
        command.args(["demo", "--json", "--port", "0", "--data"]).arg(folder.path().join("demo"));
        if let Some(schema) = &schema {
            command.env("BROBYGGER__DATABASE__URL", schema.url());
        }
        let mut process = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut ready = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut ready).unwrap();
        let running = Running { process, folder, _schema: schema };
        let demo: Self =
            serde_json::from_str(&ready).unwrap_or_else(|e| panic!("the demo did not start ({e}): {ready}"));
        Self { running: Some(running), ..demo }
    }

    /// The first login of this role at an organisation whose name begins so.
    pub fn login(&self, role: &str, organisation: &str) -> &Login {
        let fits = |l: &&Login| l.role == role && l.organisation.starts_with(organisation);
        self.logins.iter().find(fits).unwrap_or_else(|| panic!("the demo names no {role} at {organisation}"))
    }

    /// The link in a mail to `email` that begins with `path`, once the mail is there.
    pub async fn mail_to(&self, email: &str, path: &str) -> String {
        let started = Instant::now();
        loop {
            if let Some(link) = self.mails().iter().find_map(|mail| link(mail, email, path)) {
                return link;
            }
            assert!(started.elapsed() < PATIENCE, "no mail to {email} with a link to {path}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    fn mails(&self) -> Vec<String> {
        let Ok(files) = std::fs::read_dir(self.running().folder.path().join("demo/mail")) else { return Vec::new() };
        // A mail that is being written is read the next time.
        files.flatten().filter_map(|file| std::fs::read_to_string(file.path()).ok()).collect()
    }

    /// A file to attach.
    pub fn picture(&self) -> PathBuf {
        let path = self.running().folder.path().join("gelender.png");
        std::fs::write(&path, PIXEL).unwrap();
        path
    }

    fn running(&self) -> &Running {
        self.running.as_ref().unwrap()
    }
}

/// The smallest picture there is.
const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\
    \0\0\0\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\0\x05\0\x01\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82";

/// The link in the text of a mail: quoted-printable breaks long lines and writes `=` as `=3D`; links have neither.
fn link(mail: &str, email: &str, path: &str) -> Option<String> {
    let mail = mail.replace("\r\n", "\n").replace("=\n", "");
    let (head, body) = mail.split_once("\n\n")?;
    let to = head.lines().any(|line| line.starts_with("To:") && line.contains(email));
    let word = body.split(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '#' | '?'));
    let link = |word: &str| word.starts_with("http").then(|| word.find(path).map(|at| word[at..].to_owned())).flatten();
    word.filter(|_| to).find_map(link)
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
