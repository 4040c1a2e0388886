//! A word about what was just done, shown once on the next page.
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use serde::Serialize;

pub(super) const COOKIE: &str = "bb_flash";

#[derive(Debug, Clone, PartialEq)]
pub struct Flash {
    pub kind: Kind,
    /// A text: `flash-<key>`.
    pub key: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Success,
    Warning,
}

impl Flash {
    pub fn success(key: &'static str) -> Option<Self> {
        Some(Self { kind: Kind::Success, key: key.to_owned() })
    }
    pub fn warning(key: &'static str) -> Option<Self> {
        Some(Self { kind: Kind::Warning, key: key.to_owned() })
    }

    /// Only the key of a text travels, so nobody can make us say something else.
    pub(super) fn read(cookie: &str) -> Option<Self> {
        let (kind, key) = cookie.split_once('.')?;
        let kind = match kind {
            "success" => Kind::Success,
            "warning" => Kind::Warning,
            _ => return None,
        };
        let plain = key.len() < 60 && key.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        plain.then(|| Self { kind, key: key.to_owned() })
    }

    /// As `read` reads it.
    pub(super) fn written(&self) -> String {
        let kind = match self.kind {
            Kind::Success => "success",
            Kind::Warning => "warning",
        };
        format!("{kind}.{}", self.key)
    }

    pub(super) fn cookie(&self, secure: bool) -> Cookie<'static> {
        Cookie::build(COOKIE, self.written())
            .path("/")
            .http_only(true)
            .secure(secure)
            .same_site(SameSite::Lax)
            .max_age(Duration::minutes(5))
            .finish()
    }
}
