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
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::timeout;
use url::Url;

/// The mail server must answer within this time at each step, and let us in within it.
const PATIENCE: Duration = Duration::from_secs(30);
/// A connection that is kept says within this time that it is alive, or another is made.
const ALIVE: Duration = Duration::from_secs(5);
/// To a server that has refused or fallen silent, no longer than this is said farewell: others wait.
const FAREWELL: Duration = Duration::from_secs(2);
/// Once it has the whole mail it may take its time, to look for viruses for instance (RFC 5321, 4.5.3.2.6).
pub const TAKING_OVER: Duration = Duration::from_secs(10 * 60);

/// The longest that passes before a mail is handed over: finding out that the last connection is dead, letting us in, and
/// three steps.
pub const BEFORE_HANDING_OVER: Duration = Duration::from_secs(ALIVE.as_secs() + 4 * PATIENCE.as_secs());

/// A mail server, and the connections that the last mails went over.
pub struct Server {
    host: String,
    port: u16,
    tls: Tls,
    hello: ClientId,
    credentials: Option<Credentials>,
    patience: Duration,
    kept: Mutex<Vec<AsyncSmtpConnection>>,
}

impl Server {
    /// `smtp://HOST`, with `?tls=required` or `?tls=opportunistic`, or `smtps://HOST`; all with `USER:PASSWORD@` and a port
    /// if need be, and the name to say hello with as the path.
    ///
    /// # Errors
    /// What is wrong with the address.
    pub fn at(url: &Url) -> anyhow::Result<Self> {
        // What stands elsewhere than it should may be a piece of the password, so nothing of it is repeated.
        let encode = "in user and password, write @ as %40, / as %2F, : as %3A, ? as %3F and # as %23";
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        anyhow::ensure!(url.fragment().is_none(), "cannot have a #: {encode}");
        let mut security = None;
        for (key, value) in url.query_pairs() {
            anyhow::ensure!(
                key == "tls",
                "has something behind the ? that is not tls=required or tls=opportunistic: {encode}"
            );
            security = Some(value.into_owned());
        }
        let parameters = || TlsParameters::new(host.clone());
        let (tls, port) = match (url.scheme(), security.as_deref()) {
            ("smtps", _) => (Tls::Wrapper(parameters()?), SUBMISSIONS_PORT),
            (_, Some("required")) => (Tls::Required(parameters()?), SUBMISSION_PORT),
            (_, Some("opportunistic")) => (Tls::Opportunistic(parameters()?), SUBMISSION_PORT),
            (_, None) => (Tls::None, SMTP_PORT),
            (_, Some(_)) => anyhow::bail!("has a tls that is neither required nor opportunistic: {encode}"),
        };
        let plain = |text: &str| percent_decode_str(text).decode_utf8().map(std::borrow::Cow::into_owned);
        let credentials = match (url.username(), url.password()) {
            ("", None) => None,
            ("", Some(_)) | (_, None) => {
                anyhow::bail!("has a user without a password, or the other way round: write USER:PASSWORD@")
            }
            (user, Some(password)) => Some(Credentials::new(plain(user)?, plain(password)?)),
        };
        let is_name = |name: &str| name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.[]:".contains(&b));
        let hello = match url.path().trim_matches('/') {
            "" => ClientId::default(),
            name if is_name(name) => ClientId::Domain(name.to_owned()),
            _ => anyhow::bail!("has a path that is no name of a machine to say hello with: {encode}"),
        };
        let port = url.port().unwrap_or(port);
        Ok(Self { host, port, tls, hello, credentials, patience: PATIENCE, kept: Mutex::default() })
    }

    /// One attempt. `handing_over` comes right before the mail itself: when it refuses, the server does not get it.
    pub async fn send(&self, message: &Message, handing_over: impl Future<Output = Result<(), String>>) -> Outcome {
        let mut connection = match self.connection().await {
            Ok(connection) => connection,
            // Whatever is wrong with us or the server, a wrong password too, is wrong with no mail.
            Err(reason) => return Outcome::Later(reason),
        };
        let outcome = match self.converse(&mut connection, message, handing_over).await {
            Ok(()) => Outcome::Sent,
            Err(outcome) => outcome,
        };
        if outcome == Outcome::Sent {
            self.kept().push(connection);
        } else {
            let _ = timeout(FAREWELL, connection.abort()).await;
        }
        outcome
    }

    fn kept(&self) -> MutexGuard<'_, Vec<AsyncSmtpConnection>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One that is kept if it is alive, else a new one.
    async fn connection(&self) -> Result<AsyncSmtpConnection, String> {
        let kept = self.kept().pop();
        if let Some(mut kept) = kept
            && timeout(ALIVE, kept.test_connected()).await.unwrap_or(false)
        {
            return Ok(kept);
        }
        match timeout(self.patience, self.connect()).await {
            Ok(connected) => connected.map_err(|e| reason(&e)),
            Err(_) => Err(silence(self.patience)),
        }
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Error> {
        let wrapper = match &self.tls {
            Tls::Wrapper(parameters) => Some(parameters.clone()),
            _ => None,
        };
        let address = (self.host.as_str(), self.port);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(address, Some(self.patience), &self.hello, wrapper, None).await?;
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

    /// # Errors
    /// The outcome, when the mail was not taken.
    async fn converse(
        &self,
        connection: &mut AsyncSmtpConnection,
        message: &Message,
        handing_over: impl Future<Output = Result<(), String>>,
    ) -> Result<(), Outcome> {
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
        self.step(connection, sender).await.map_err(|failed| Outcome::Later(failed.reason))?;
        for to in envelope.to() {
            self.step(connection, Rcpt::new(to.clone(), Vec::new())).await?;
        }
        self.step(connection, Data).await?;
        handing_over.await.map_err(Outcome::Later)?;
        let mail = message.formatted();
        // The end of the mail is written after the last of its parts has been.
        let mut is_whole = false;
        let end = std::iter::from_fn(|| {
            is_whole = true;
            None
        });
        let parts = std::iter::once(mail.as_slice()).chain(end);
        let taken = timeout(TAKING_OVER, connection.message_iter(parts)).await;
        match taken {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(e)) if e.is_permanent() => Err(Outcome::Never(reason(&e))),
            Ok(Err(e)) if e.is_transient() || !is_whole => Err(Outcome::Later(reason(&e))),
            // With the whole mail a silence says nothing: the server may have taken it.
            Ok(Err(e)) => Err(Outcome::Unknown(reason(&e))),
            Err(_) if !is_whole => Err(Outcome::Later(silence(TAKING_OVER))),
            Err(_) => Err(Outcome::Unknown(silence(TAKING_OVER))),
        }
    }

    async fn step(&self, connection: &mut AsyncSmtpConnection, command: impl std::fmt::Display) -> Result<(), Failed> {
        match timeout(self.patience, connection.command(command)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(e)) => Err(Failed { reason: reason(&e), for_good: e.is_permanent() }),
            Err(_) => Err(Failed { reason: silence(self.patience), for_good: false }),
        }
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

    #[tokio::test]
    async fn a_server_that_lets_in_and_says_nothing_is_waited_for_no_longer_than_the_patience() {
        let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("smtp://{}", silent.local_addr().unwrap());
        let server = Server { patience: Duration::from_millis(20), ..at(&url) };
        let mail = Message::builder().from("a@b.no".parse().unwrap()).to("c@d.no".parse().unwrap());
        let mail = mail.body("Hei".to_owned()).unwrap();
        let unasked = async { Err("it came further than it could".to_owned()) };
        assert_eq!(server.send(&mail, unasked).await, Outcome::Later(silence(server.patience)));
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
        for wrong in [
            "smtp://mx.example?tls=perhaps",
            "smtp://mx.example?starttls=required",
            "smtp://mx.example#required",
            "smtp://ola@mx.example",
            "smtp://:hemmelig@mx.example",
            // A password that is not encoded, by which the server would be another.
            "smtp://ola:12/hemmelig@mx.example",
            "smtp://ola:12?hemmelig@mx.example",
            "smtp://ola:12?tls=hemmelig@mx.example",
            "smtp://ola:12#hemmelig@mx.example",
        ] {
            let told = Server::at(&Url::parse(wrong).unwrap()).err().unwrap_or_else(|| panic!("{wrong}")).to_string();
            assert!(!told.contains("hemmelig"), "{told}");
        }
    }
}
