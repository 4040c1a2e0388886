//! From a row of the outbox to a mail on its way.
use super::{OutboxMessage, stop};
use crate::identity::Keys;
use crate::platform::mail::{Letters, Outcome, Transport};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{Address, Message};
use serde_json::json;

/// Renders and sends.
pub struct Post {
    keys: Keys,
    letters: Letters,
    transport: Transport,
    from: Mailbox,
}

impl Post {
    pub fn new(keys: Keys, letters: Letters, transport: Transport, from: Mailbox) -> Self {
        Self { keys, letters, transport, from }
    }

    /// One attempt. `handing_over` comes right before the mail leaves us (`Transport::send`).
    pub async fn send(
        &self,
        message: &OutboxMessage,
        handing_over: impl Future<Output = Result<(), String>>,
    ) -> Outcome {
        match self.compose(message) {
            Ok(mail) => self.transport.send(mail, handing_over).await,
            Err(e) => Outcome::Never(format!("{e:#}")),
        }
    }

    /// What the recipient reads first, in their language; nothing once the payload of a sent secret is gone.
    pub fn subject(&self, message: &OutboxMessage) -> Option<String> {
        self.letters.subject(&message.template, message.language, &message.payload.0).ok()
    }

    fn compose(&self, message: &OutboxMessage) -> anyhow::Result<Message> {
        let has_login = message.user_id.is_some();
        let mut payload = message.payload.0.clone();
        let stop = stop::path(&self.keys, message)?;
        let takes_one_click = stop.is_some();
        if let Some(path) = stop {
            payload["stop_url"] = json!(path);
        }
        let rendered = self.letters.render(&message.template, message.language, &payload, has_login)?;
        let address: Address = message.email.parse()?;
        let host = self.from.email.domain();
        let mut builder = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, address))
            .subject(rendered.subject)
            // The same at every attempt, so that a receiver that has it already can tell.
            .message_id(Some(format!("<{}@{host}>", message.id)))
            .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned()))
            .raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("Content-Language"),
                message.language.as_str().to_owned(),
            ));
        if let Some(url) = rendered.stop_url {
            // RFC 2369: mail programs show it as a button of their own; RFC 8058: they press it for the reader, over https only.
            if takes_one_click && url.starts_with("https://") {
                let name = HeaderName::new_from_ascii_str("List-Unsubscribe-Post");
                builder = builder.raw_header(HeaderValue::new(name, format!("{}={}", stop::FIELD, stop::VALUE)));
            }
            let name = HeaderName::new_from_ascii_str("List-Unsubscribe");
            builder = builder.raw_header(HeaderValue::new(name, format!("<{url}>")));
        }
        Ok(builder.multipart(MultiPart::alternative_plain_html(rendered.text, rendered.html))?)
    }
}
