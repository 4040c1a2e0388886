//! Codes of three letters: countries, currencies and languages.
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// Three capital letters or digits (Kosovo is `1A0`). That `List` has them is not checked: it grows, and old notices have
/// old codes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Letters<List> {
    letters: [u8; 3],
    list: PhantomData<List>,
}

/// ISO 3166-1, as in `NOR`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Countries {}
/// ISO 4217, as in `NOK`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Currencies {}
/// ISO 639-2, as in `NOB`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Languages {}

/// A country, as in `NOR`.
pub type Country = Letters<Countries>;
/// A currency, as in `NOK`.
pub type Currency = Letters<Currencies>;
/// A language, as in `NOB`.
pub type Language = Letters<Languages>;

impl<List> Letters<List> {
    /// Reads exactly three; None for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let letters: [u8; 3] = text.as_bytes().try_into().ok()?;
        let fits = letters.iter().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit());
        fits.then_some(Self { letters, list: PhantomData })
    }

    /// The three letters.
    pub fn as_str(&self) -> &str {
        // Letters are ASCII: `parse` made sure of that.
        std::str::from_utf8(&self.letters).unwrap_or_default()
    }
}

impl<List> fmt::Display for Letters<List> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl<List> fmt::Debug for Letters<List> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl<List> PartialEq<str> for Letters<List> {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl<List> Serialize for Letters<List> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de, List> Deserialize<'de> for Letters<List> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text: std::borrow::Cow<'de, str> = Deserialize::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not three capital letters"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_capitals_are_a_code_and_nothing_else_is() {
        assert_eq!(Currency::parse("NOK").map(|c| c.to_string()).as_deref(), Some("NOK"));
        for text in ["", "NO", "NOKK", "nok", "ÆØ", "kr.", "NO "] {
            assert_eq!(Currency::parse(text), None, "{text}");
        }
    }
}
