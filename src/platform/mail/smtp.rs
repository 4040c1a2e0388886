//! A conversation with a mail server, step by step: what is known of a mail when something goes wrong depends on how far
//! the conversation had come.
use super::Outcome;
use lettre::Message;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Tls, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};
use lettre::transport::smtp::{Error, SMTP_PORT, SUBMISSION_PORT, SUBMISSIONS_PORT};
use percent_encoding::percent_decode_str;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::timeout;
use url::Url;

/// The mail server must answer within this time at each step, and let us in within it.
const PATIENCE: Duration = Duration::from_secs(60);
/// To a server that has refused or fallen silent, no longer than this is said farewell: others wait.
const FAREWELL: Duration = Duration::from_secs(2);
/// Once it has the whole mail it may take its time, to look for viruses for instance (RFC 5321, 4.5.3.2.6).
const TAKING_OVER: Duration = Duration::from_secs(10 * 60);

/// The longest that one mail can take: letting us in, finding out that the last connection is dead, three steps, the
/// mail, and a farewell.
pub const LONGEST: Duration = Duration::from_secs(6 * PATIENCE.as_secs() + TAKING_OVER.as_secs());

/// A mail server, and the connection that the last mail went over.
pub struct Server {
    host: String,
    port: u16,
    tls: Tls,
    hello: ClientId,
    credentials: Option<Credentials>,
    kept: Mutex<Option<AsyncSmtpConnection>>,
}

impl Server {
    /// `smtp://HOST`, with `?tls=required` or `?tls=opportunistic`, or `smtps://HOST`; all with `USER:PASSWORD@` and a port
    /// if need be, and the name to say hello with as the path.
    ///
    /// # Errors
    /// What is wrong with the address.
    pub fn at(url: &Url) -> anyhow::Result<Self> {
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        let security = url.query_pairs().find(|(key, _)| key == "tls").map(|(_, value)| value.into_owned());
        let parameters = || TlsParameters::new(host.clone());
        let (tls, port) = match (url.scheme(), security.as_deref()) {
            ("smtps", _) => (Tls::Wrapper(parameters()?), SUBMISSIONS_PORT),
            (_, Some("required")) => (Tls::Required(parameters()?), SUBMISSION_PORT),
            (_, Some("opportunistic")) => (Tls::Opportunistic(parameters()?), SUBMISSION_PORT),
            (_, None) => (Tls::None, SMTP_PORT),
            (_, Some(other)) => anyhow::bail!("tls can be required or opportunistic, not {other}"),
        };
        let plain = |text: &str| percent_decode_str(text).decode_utf8().map(std::borrow::Cow::into_owned);
        let credentials = match url.password() {
            Some(password) => Some(Credentials::new(plain(url.username())?, plain(password)?)),
            None => None,
        };
        let hello = match url.path().trim_matches('/') {
            "" => ClientId::default(),
            name => ClientId::Domain(name.to_owned()),
        };
        let port = url.port().unwrap_or(port);
        Ok(Self { host, port, tls, hello, credentials, kept: Mutex::new(None) })
    }

    /// One attempt; one mail at a time.
    pub async fn send(&self, message: &Message) -> Outcome {
        let mut kept = self.kept.lock().await;
        let mut connection = match self.connection(kept.take()).await {
            Ok(connection) => connection,
            // Whatever is wrong with us or the server, a wrong password too, is wrong with no mail.
            Err(reason) => return Outcome::Later(reason),
        };
        let outcome = match converse(&mut connection, message).await {
            Ok(()) => Outcome::Sent,
            Err(outcome) => outcome,
        };
        if outcome == Outcome::Sent {
            *kept = Some(connection);
        } else {
            let _ = timeout(FAREWELL, connection.abort()).await;
        }
        outcome
    }

    /// The last connection if it is alive, else a new one.
    async fn connection(&self, last: Option<AsyncSmtpConnection>) -> Result<AsyncSmtpConnection, String> {
        if let Some(mut last) = last
            && timeout(PATIENCE, last.test_connected()).await.unwrap_or(false)
        {
            return Ok(last);
        }
        match timeout(PATIENCE, self.connect()).await {
            Ok(connected) => connected.map_err(|e| reason(&e)),
            Err(_) => Err(silence(PATIENCE)),
        }
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Error> {
        let wrapper = match &self.tls {
            Tls::Wrapper(parameters) => Some(parameters.clone()),
            _ => None,
        };
        let address = (self.host.as_str(), self.port);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(address, Some(PATIENCE), &self.hello, wrapper, None).await?;
        match &self.tls {
            Tls::Required(parameters) => connection.starttls(parameters.clone(), &self.hello).await?,
            Tls::Opportunistic(parameters) if connection.can_starttls() => {
                connection.starttls(parameters.clone(), &self.hello).await?;
            }
            _ => {}
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        Ok(connection)
    }
}

/// # Errors
/// The outcome, when the mail was not taken.
async fn converse(connection: &mut AsyncSmtpConnection, message: &Message) -> Result<(), Outcome> {
    let envelope = message.envelope();
    let mut parameters = Vec::new();
    let addresses = envelope.from().into_iter().chain(envelope.to());
    if !addresses.map(AsRef::<str>::as_ref).all(str::is_ascii) {
        if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
            return Err(Outcome::Never("the mail server takes ASCII addresses only".to_owned()));
        }
        parameters.push(MailParameter::SmtpUtfEight);
    }
    let sender = Mail::new(envelope.from().cloned(), parameters);
    // A server that does not take mail from us has something against us, not against this mail.
    step(connection, sender).await.map_err(|failed| Outcome::Later(failed.reason))?;
    for to in envelope.to() {
        step(connection, Rcpt::new(to.clone(), Vec::new())).await?;
    }
    step(connection, Data).await?;
    // From here on a silence says nothing: the server may have the mail.
    match timeout(TAKING_OVER, connection.message(&message.formatted())).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(e)) if e.is_permanent() => Err(Outcome::Never(reason(&e))),
        Ok(Err(e)) if e.is_transient() => Err(Outcome::Later(reason(&e))),
        Ok(Err(e)) => Err(Outcome::Unknown(reason(&e))),
        Err(_) => Err(Outcome::Unknown(silence(TAKING_OVER))),
    }
}

/// A step that was not taken, before the mail itself was sent.
struct Failed {
    reason: String,
    for_good: bool,
}

impl From<Failed> for Outcome {
    fn from(failed: Failed) -> Self {
        if failed.for_good { Self::Never(failed.reason) } else { Self::Later(failed.reason) }
    }
}

async fn step(connection: &mut AsyncSmtpConnection, command: impl std::fmt::Display) -> Result<(), Failed> {
    match timeout(PATIENCE, connection.command(command)).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(e)) => Err(Failed { reason: reason(&e), for_good: e.is_permanent() }),
        Err(_) => Err(Failed { reason: silence(PATIENCE), for_good: false }),
    }
}

fn silence(patience: Duration) -> String {
    format!("the mail server did not answer within {} s", patience.as_secs())
}

/// The error and what caused it, in one line.
fn reason(e: &Error) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn at(url: &str) -> Server {
        Server::at(&Url::parse(url).unwrap()).unwrap()
    }

    #[test]
    fn an_address_says_how_the_server_is_reached() {
        let plain = at("smtp://mx.example");
        assert_eq!((plain.host.as_str(), plain.port, plain.credentials.is_none()), ("mx.example", 25, true));
        assert!(matches!(plain.tls, Tls::None));
        let required = at("smtp://ola:p%40ss@mx.example?tls=required");
        assert_eq!(required.port, 587);
        assert!(matches!(required.tls, Tls::Required(_)));
        assert!(required.credentials == Some(Credentials::new("ola".to_owned(), "p@ss".to_owned())));
        assert!(matches!(at("smtp://mx.example:2525?tls=opportunistic").tls, Tls::Opportunistic(_)));
        let wrapped = at("smtps://[::1]/brobygger.example");
        assert_eq!((wrapped.host.as_str(), wrapped.port), ("::1", 465));
        assert_eq!(wrapped.hello.to_string(), "brobygger.example");
        assert!(Server::at(&Url::parse("smtp://mx.example?tls=perhaps").unwrap()).is_err());
    }
}
