//! Chromium without a screen, steered through its driver.
use crate::look::Findings;
use crate::window::Window;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;
use thirtyfour::LoggingPrefsLogLevel;
use thirtyfour::prelude::*;

/// As root, without a network, and without the errands that a browser runs by itself.
const FLAGS: [&str; 11] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=nb",
    "--accept-lang=nb",
];

pub struct Chromium {
    driver: Child,
    address: String,
    profiles: TempDir,
    pub findings: Findings,
}

impl Chromium {
    /// None where there is no driver on the machine, unless in CI.
    pub fn start() -> Option<Self> {
        let program = from_environment("CHROMEDRIVER").unwrap_or_else(|| "chromedriver".to_owned());
        let started = Command::new(&program).arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut driver = match started {
            Ok(driver) => driver,
            Err(e) => {
                assert!(from_environment("CI").is_none(), "the browser story needs {program}: {e}");
                eprintln!("LEFT OUT: the browser story needs Chromium and chromedriver (or CHROMEDRIVER=…): {e}");
                return None;
            }
        };
        let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines().map_while(Result::ok);
        let port = lines.find_map(|line| {
            let (_, port) = line.split_once("started successfully on port ")?;
            Some(port.trim_end_matches('.').to_owned())
        });
        // What it says later is not for us, but it must be able to say it.
        std::thread::spawn(move || lines.for_each(drop));
        let address = format!("127.0.0.1:{}", port.unwrap());
        Some(Self { driver, address, profiles: tempfile::tempdir().unwrap(), findings: Findings::default() })
    }

    /// A browser of its own, with nobody logged in.
    pub async fn window(&self, site: &str) -> Window {
        let mut wishes = DesiredCapabilities::chrome();
        for flag in FLAGS {
            wishes.add_arg(flag).unwrap();
        }
        let profile = tempfile::tempdir_in(self.profiles.path()).unwrap().keep();
        wishes.add_arg(&format!("--user-data-dir={}", profile.display())).unwrap();
        wishes.set_browser_log_level(LoggingPrefsLogLevel::All).unwrap();
        Window::new(
            WebDriver::new(format!("http://{}", self.address), wishes).await.unwrap(),
            site,
            self.findings.clone(),
        )
    }
}

impl Drop for Chromium {
    /// Asks the driver to end, and with it every browser that it started; killed, it would leave them running.
    fn drop(&mut self) {
        if let Err(e) = shut_down(&self.address) {
            eprintln!("chromedriver did not end by itself: {e}");
            let _ = self.driver.kill();
        }
        let _ = self.driver.wait();
    }
}

fn shut_down(address: &str) -> std::io::Result<()> {
    let mut driver = TcpStream::connect(address)?;
    driver.set_read_timeout(Some(Duration::from_secs(30)))?;
    driver.write_all(b"GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
    let mut answer = [0; 64];
    let read = driver.read(&mut answer)?;
    if answer[..read].starts_with(b"HTTP/1.1 200") { Ok(()) } else { Err(std::io::Error::other("it refused")) }
}

#[expect(clippy::disallowed_methods, reason = "tests are told by the environment what is on the machine")]
pub fn from_environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty() && value != "false")
}
