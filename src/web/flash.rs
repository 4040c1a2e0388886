//! A word about what was just done, shown once on the next page.
use super::visitor::cookie;
use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;

pub(super) const COOKIE: &str = "bb_flash";

/// What is said, and how it went.
#[derive(Debug, Clone, PartialEq)]
pub struct Flash {
    pub kind: Kind,
    /// A text: `flash-<key>`.
    pub key: String,
}

crate::regulations::text_enum! {
    /// How it went.
    pub enum Kind { Success = "success", Warning = "warning" }
}

impl Flash {
    /// It went well.
    pub fn success(key: &'static str) -> Option<Self> {
        Some(Self { kind: Kind::Success, key: key.to_owned() })
    }
    /// There is something to know.
    pub fn warning(key: &'static str) -> Option<Self> {
        Some(Self { kind: Kind::Warning, key: key.to_owned() })
    }

    /// Only the key of a text travels, so nobody can make us say something else.
    pub(super) fn read(cookie: &str) -> Option<Self> {
        let (kind, key) = cookie.split_once('.')?;
        let kind = kind.parse().ok()?;
        let plain = key.len() < 60 && key.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        plain.then(|| Self { kind, key: key.to_owned() })
    }

    /// As `read` reads it.
    pub(super) fn written(&self) -> String {
        format!("{}.{}", self.kind.as_str(), self.key)
    }

    pub(super) fn cookie(&self, secure: bool) -> Cookie<'static> {
        cookie(COOKIE, self.written(), secure).max_age(Duration::minutes(5)).finish()
    }
}
