//! Where mails go: over SMTP, or as `.eml` files into a folder.
use anyhow::Context;
use lettre::transport::file::AsyncFileTransport;
use lettre::transport::smtp::{self, AsyncSmtpTransportBuilder};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::Duration;
use url::Url;

/// The mail server must answer within this time at each step.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where mails go, as the configuration says it.
#[derive(Debug, Clone)]
pub enum Route {
    Smtp(String),
    Folder(PathBuf),
}

impl Route {
    /// # Errors
    /// A sentence that says how to write it.
    pub fn parse(text: &str) -> Result<Self, String> {
        if let Some(path) = text.strip_prefix("folder:") {
            return if path.is_empty() {
                Err("mail.url: folder: needs a path".to_owned())
            } else {
                Ok(Self::Folder(path.into()))
            };
        }
        match Url::parse(text) {
            Ok(url) if matches!(url.scheme(), "smtp" | "smtps") && url.host().is_some() => {
                Ok(Self::Smtp(text.to_owned()))
            }
            _ => Err("mail.url must be smtp://HOST:PORT, smtps://USER:PASSWORD@HOST or folder:PATH".to_owned()),
        }
    }
}

/// What became of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Sent,
    /// Not now; perhaps later.
    Later(String),
    /// It will never work like this.
    Never(String),
}

pub enum Transport {
    Smtp(Server),
    Folder(AsyncFileTransport<Tokio1Executor>),
}

/// A mail server. Its connections are opened by the first mail: they are kept by a task, and whoever opens an [`App`](crate::App) has
/// nothing yet that runs tasks.
pub struct Server {
    settings: AsyncSmtpTransportBuilder,
    connections: OnceLock<AsyncSmtpTransport<Tokio1Executor>>,
}

impl Transport {
    /// # Errors
    /// When the address is none, or the folder cannot be made.
    pub fn open(route: &Route) -> anyhow::Result<Self> {
        Ok(match route {
            Route::Smtp(url) => Self::Smtp(Server {
                settings: AsyncSmtpTransport::<Tokio1Executor>::from_url(url)?.timeout(Some(PATIENCE)),
                connections: OnceLock::new(),
            }),
            Route::Folder(path) => {
                std::fs::create_dir_all(path).with_context(|| format!("mail.url: {}", path.display()))?;
                Self::Folder(AsyncFileTransport::new(path))
            }
        })
    }

    pub async fn send(&self, message: Message) -> Outcome {
        match self {
            Self::Smtp(server) => {
                match server.connections.get_or_init(|| server.settings.clone().build()).send(message).await {
                    Ok(_) => Outcome::Sent,
                    Err(e) if e.is_permanent() => Outcome::Never(reason(&e)),
                    Err(e) => Outcome::Later(reason(&e)),
                }
            }
            Self::Folder(folder) => match folder.send(message).await {
                Ok(_) => Outcome::Sent,
                Err(e) => Outcome::Later(e.to_string()),
            },
        }
    }
}

/// The error and what caused it, in one line.
fn reason(e: &smtp::Error) -> String {
    let mut text = e.to_string();
    let mut cause = std::error::Error::source(e);
    while let Some(e) = cause {
        let more = e.to_string();
        if !text.contains(&more) {
            text = format!("{text}: {more}");
        }
        cause = e.source();
    }
    text
}
