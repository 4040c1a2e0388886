//! Where mails go: over SMTP, or as `.eml` files into a folder.
use super::smtp::Server;
use anyhow::Context;
use lettre::transport::file::AsyncFileTransport;
use lettre::{AsyncTransport, Message, Tokio1Executor};
use std::path::PathBuf;
use url::Url;

/// Where mails go, as the configuration says it.
#[derive(Debug, Clone)]
pub enum Route {
    Smtp(Url),
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
            Ok(url) if matches!(url.scheme(), "smtp" | "smtps") && url.host().is_some() => match Server::at(&url) {
                Ok(_) => Ok(Self::Smtp(url)),
                Err(e) => Err(format!("mail.url {e}")),
            },
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
    /// It may have arrived, and may not.
    Unknown(String),
}

/// The way out for mail, open.
pub enum Transport {
    Smtp(Box<Server>),
    Folder(AsyncFileTransport<Tokio1Executor>),
}

impl Transport {
    /// # Errors
    /// When the address is none, or the folder cannot be made.
    pub fn open(route: &Route) -> anyhow::Result<Self> {
        Ok(match route {
            Route::Smtp(url) => Self::Smtp(Box::new(Server::at(url).context("mail.url")?)),
            Route::Folder(path) => {
                std::fs::create_dir_all(path).with_context(|| format!("mail.url: {}", path.display()))?;
                Self::Folder(AsyncFileTransport::new(path))
            }
        })
    }

    /// One attempt. `handing_over` comes right before the mail leaves us: until then it surely has not arrived, and when it
    /// refuses, with the reason, it does not leave.
    pub async fn send(&self, message: Message, handing_over: impl Future<Output = Result<(), String>>) -> Outcome {
        match self {
            Self::Smtp(server) => server.send(&message, handing_over).await,
            Self::Folder(folder) => {
                if let Err(reason) = handing_over.await {
                    return Outcome::Later(reason);
                }
                match folder.send(message).await {
                    Ok(_) => Outcome::Sent,
                    Err(e) => Outcome::Later(e.to_string()),
                }
            }
        }
    }
}
