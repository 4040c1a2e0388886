//! Names and values: the fields of a form or of the query of an address, and the parameters that are known there, by others refused.
use crate::{Error, Result};
use std::collections::HashSet;

/// More fields than any form of ours has.
pub const MAX_FIELDS: usize = 500;

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
    /// As they were read elsewhere.
    pub fn of(pairs: Vec<(String, String)>) -> Self {
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
    /// The name of each.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(k, _)| k.as_str())
    }
    /// The fields but this one.
    pub fn without(&self, name: &str) -> Self {
        Self(self.0.iter().filter(|(k, _)| k != name).cloned().collect())
    }
    /// Leaves those whose names are kept.
    pub fn retain(&mut self, keeps: impl Fn(&str) -> bool) {
        self.0.retain(|(name, _)| keeps(name));
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

// ---- parameters --------------------------------------------------------------------------------------------------

/// A parameter of the query, and what it does.
pub type Parameter = (&'static str, &'static str);

/// The parameter has a value that is none.
pub fn bad_parameter(name: &str) -> Error {
    Error::Malformed { code: "bad-parameter", detail: format!("{name} cannot be understood") }
}

/// Filters that may be there several times: any of their values fits.
const SEVERAL: [&str; 3] = ["cpv", "region", "area"];

/// # Errors
/// `Malformed` (`unknown-parameter`, `repeated-parameter`): a filter that is not understood would otherwise be left out in silence, and
/// so would the second of two.
pub fn known_only(query: &Fields, known: &[&[Parameter]]) -> Result<()> {
    known_names(query, known, |name| SEVERAL.contains(&name))
}

/// The same where each has one value.
///
/// # Errors
/// `Malformed` (`unknown-parameter`, `repeated-parameter`)
pub fn known_once(query: &Fields, known: &[&[Parameter]]) -> Result<()> {
    known_names(query, known, |_| false)
}

/// The same where those of `repeated` may be there several times.
///
/// # Errors
/// `Malformed` (`unknown-parameter`, `repeated-parameter`)
pub fn known_repeated(query: &Fields, known: &[Parameter], repeated: &[&str]) -> Result<()> {
    known_names(query, &[known], |name| repeated.contains(&name))
}

fn known_names(query: &Fields, known: &[&[Parameter]], may_repeat: impl Fn(&str) -> bool) -> Result<()> {
    let is_known = |name: &str| known.iter().any(|list| list.iter().any(|(k, _)| *k == name));
    let named = |name: &str| name.chars().take(60).collect::<String>();
    if let Some(name) = query.names().find(|name| !is_known(name)) {
        return Err(Error::Malformed {
            code: "unknown-parameter",
            detail: format!("there is no parameter `{}`", named(name)),
        });
    }
    if query.are_too_many() {
        return Err(Error::Malformed { code: "bad-parameter", detail: "there are too many parameters".to_owned() });
    }
    let mut seen = HashSet::new();
    match query.names().find(|name| !seen.insert(*name) && !may_repeat(name)) {
        None => Ok(()),
        Some(name) => {
            Err(Error::Malformed { code: "repeated-parameter", detail: format!("`{name}` has one value, not two") })
        }
    }
}
