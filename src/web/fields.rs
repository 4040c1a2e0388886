//! The fields of a form or of the query of an address.
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use std::convert::Infallible;
use std::future::{Ready, ready};

/// More fields than any form of ours has.
pub(super) const MAX_FIELDS: usize = 500;

/// Names and values, in the order they came.
#[derive(Debug, Clone, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// From a query or a body; what cannot be decoded becomes `U+FFFD`.
    pub fn parse(text: &[u8]) -> Self {
        Self(
            url::form_urlencoded::parse(text)
                .take(MAX_FIELDS + 1)
                .map(|(k, v)| (k.into_owned(), v.into_owned()))
                .collect(),
        )
    }
    pub(super) fn of(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }
    /// More than are looked at: what comes after them is unknown.
    pub fn are_too_many(&self) -> bool {
        self.0.len() > MAX_FIELDS
    }
    /// The first value, or nothing typed.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(k, _)| k == name).map_or("", |(_, v)| v)
    }
    /// Every value that is not empty.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(k, v)| k == name && !v.is_empty()).map(|(_, v)| v.as_str())
    }
    /// Is it there, empty or not?
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(k, _)| k == name)
    }
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(k, _)| k.as_str())
    }
    /// The fields but this one.
    pub fn without(&self, name: &str) -> Self {
        Self(self.0.iter().filter(|(k, _)| k != name).cloned().collect())
    }
    /// All of them, as they came.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
    /// A filter of the address that is not empty.
    pub fn filter(&self, name: &str) -> Option<String> {
        Some(self.get(name).trim().to_owned()).filter(|v| !v.is_empty())
    }
}

/// What mail programs, newsletters and social media hang on a link that is passed on. It says nothing about the page.
fn is_of_the_link(name: &str) -> bool {
    const NAMES: [&str; 14] = [
        "fbclid",
        "gclid",
        "gbraid",
        "wbraid",
        "dclid",
        "msclkid",
        "mc_cid",
        "mc_eid",
        "igshid",
        "ttclid",
        "twclid",
        "yclid",
        "li_fat_id",
        "_hsenc",
    ];
    name.starts_with("utm_") || NAMES.contains(&name)
}

/// The query of the address. Pages pass over what is of the link; a program means what it writes.
impl FromRequest for Fields {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let mut fields = Self::parse(request.query_string().as_bytes());
        if !request.path().starts_with("/api/") {
            fields.0.retain(|(name, _)| !is_of_the_link(name));
        }
        ready(Ok(fields))
    }
}
