//! Who may read how the server is doing: whoever runs it, and no stranger.
use super::{Visitor, csrf};
use crate::App;
use crate::identity::Credentials;
use crate::platform::config::{Config, Environment};
use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderMap};
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use secrecy::ExposeSecret;
use std::convert::Infallible;
use std::future::{Ready, ready};
use std::net::IpAddr;

/// Whoever looks at `/ready` and `/metrics`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watcher {
    Operator,
    Stranger,
}

impl FromRequest for Watcher {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let app = request.app_data::<Data<App>>();
        let peer = request.peer_addr().map(|a| a.ip());
        ready(Ok(app.map_or(Self::Stranger, |app| Self::of(&app.config, request.headers(), peer))))
    }
}

impl Watcher {
    /// The same, or an operator who is logged in: their desk links here.
    pub async fn or_logged_in(self, app: &App, visitor: &Visitor) -> Self {
        if self == Self::Operator || matches!(visitor.caller.credentials, Credentials::None) {
            return self;
        }
        let is_operator = app.read(visitor.caller(), |op| Ok(op.actor().is_operator())).await;
        if is_operator.unwrap_or_default() { Self::Operator } else { Self::Stranger }
    }

    /// With a token in the configuration, whoever sends it. Without one, whoever asks on the machine itself: a request
    /// from the proxy comes from there too, but says for whom it was made.
    fn of(config: &Config, headers: &HeaderMap, peer: Option<IpAddr>) -> Self {
        let token = config.server.metrics_token.expose_secret();
        let may = if token.is_empty() {
            // In production there is a proxy, for somebody ends TLS. Where it is not said that it tells for whom it asks,
            // it cannot be known from the machine itself.
            let proxy_tells = config.server.behind_proxy || config.environment != Environment::Production;
            proxy_tells && !is_forwarded(headers) && peer.is_some_and(|peer| peer.to_canonical().is_loopback())
        } else {
            bearer(headers).is_some_and(|sent| csrf::same(sent, token))
        };
        if may { Self::Operator } else { Self::Stranger }
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Every proxy that is worth the name adds one of these.
fn is_forwarded(headers: &HeaderMap) -> bool {
    headers.keys().any(|name| {
        let name = name.as_str();
        name.starts_with("x-forwarded-") || matches!(name, "forwarded" | "x-real-ip" | "via")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use Watcher::{Operator, Stranger};
    use actix_web::http::header::{HeaderName, HeaderValue};

    const PRODUCTION: &str = "server.public_url = \"https://brobygger.no\"\nmail.url = \"smtp://127.0.0.1\"\n\
        mail.from = \"B <b@brobygger.no>\"\nserver.contact_email = \"b@brobygger.no\"\n";

    fn who(settings: &str, sent: &[(&'static str, &'static str)], peer: &str) -> Watcher {
        let config = Config::with(settings).unwrap();
        let headers = sent.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        Watcher::of(&config, &headers.collect(), peer.parse().ok())
    }

    #[test]
    fn without_a_token_only_the_machine_itself_is_told() {
        let development = "environment = \"development\"";
        let behind_proxy = format!("{PRODUCTION}server.behind_proxy = true");
        for settings in [development, &behind_proxy] {
            assert_eq!(who(settings, &[], "127.0.0.1"), Operator);
            assert_eq!(who(settings, &[], "::1"), Operator);
            assert_eq!(who(settings, &[], "::ffff:127.0.0.1"), Operator);
            for peer in ["10.0.0.7", "203.0.113.9", "nowhere"] {
                assert_eq!(who(settings, &[], peer), Stranger, "{peer}");
            }
            for through in ["x-forwarded-for", "x-forwarded-proto", "x-real-ip", "forwarded", "via"] {
                assert_eq!(who(settings, &[(through, "127.0.0.1")], "127.0.0.1"), Stranger, "{through}");
            }
        }
    }

    #[test]
    fn a_proxy_of_which_nothing_is_said_may_stand_before_any_request() {
        assert_eq!(who(PRODUCTION, &[], "127.0.0.1"), Stranger);
    }

    #[test]
    fn with_a_token_whoever_sends_it_is_told_wherever_they_are() {
        let settings = format!("{PRODUCTION}server.metrics_token = \"en-lang-hemmelighet\"");
        let with = |value| who(&settings, &[("authorization", value), ("x-forwarded-for", "203.0.113.9")], "10.0.0.7");
        assert_eq!(with("Bearer en-lang-hemmelighet"), Operator);
        assert_eq!(with("bearer en-lang-hemmelighet"), Operator);
        for wrong in ["", "Bearer", "Bearer ", "Bearer en-lang-hemmelighe", "Basic en-lang-hemmelighet"] {
            assert_eq!(with(wrong), Stranger, "{wrong}");
        }
        assert_eq!(who(&settings, &[], "127.0.0.1"), Stranger);
    }
}
