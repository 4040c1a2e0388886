//! Codes: of a closed list where the list knows them, and as written where it does not.
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// What eForms writes in the place of a code that the buyer withholds until later (BT-195).
pub(crate) const WITHHELD: &str = "unpublished";

/// A list of codes of which each means something to us.
pub trait Codelist: Copy + Eq + FromStr + 'static {
    /// Codes that were on the list once, and stand in old notices.
    const RETIRED: &'static [&'static str];

    /// The code as it is written.
    fn as_str(self) -> &'static str;
}

/// A code of `List`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum Code<List> {
    /// One that is on the list.
    Known(List),
    /// The notice has one, and withholds it for now.
    Withheld,
    /// One that is not on the list, or no longer, as it was written.
    Other(Box<str>),
}

impl<List: Codelist> Code<List> {
    /// Reads any text. What is on no list becomes [`Code::Other`].
    pub fn new(text: &str) -> Self {
        match text.parse() {
            Ok(known) => Self::Known(known),
            Err(_) if text == WITHHELD => Self::Withheld,
            Err(_) => Self::Other(text.into()),
        }
    }

    /// The code as it is written.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Known(known) => known.as_str(),
            Self::Withheld => WITHHELD,
            Self::Other(text) => text,
        }
    }

    /// What the code means, if it is on the list.
    pub fn known(&self) -> Option<List> {
        match self {
            Self::Known(known) => Some(*known),
            Self::Withheld | Self::Other(_) => None,
        }
    }

    /// Whether it was on the list once.
    pub fn is_retired(&self) -> bool {
        matches!(self, Self::Other(text) if List::RETIRED.contains(&&**text))
    }
}

impl<List: Codelist> PartialEq<List> for Code<List> {
    fn eq(&self, other: &List) -> bool {
        self.known() == Some(*other)
    }
}

impl<List: Codelist> fmt::Display for Code<List> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl<List: Codelist> fmt::Debug for Code<List> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl<List: Codelist> Serialize for Code<List> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de, List: Codelist> Deserialize<'de> for Code<List> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text: std::borrow::Cow<'de, str> = Deserialize::deserialize(deserializer)?;
        Ok(Self::new(&text))
    }
}

#[cfg(test)]
mod tests {
    use super::super::codelists::Innovation;
    use super::*;

    #[test]
    fn a_code_is_known_withheld_retired_or_kept_as_written() {
        assert_eq!(Code::new("mar-nov"), Code::Known(Innovation::Market));
        assert_eq!(Code::<Innovation>::new("unpublished"), Code::Withheld);
        let retired = Code::<Innovation>::new("buy-eff");
        assert_eq!((retired.as_str(), retired.is_retired(), retired.known()), ("buy-eff", true, None));
        let invented = Code::<Innovation>::new("Mar-Nov");
        assert_eq!((invented.as_str(), invented.is_retired()), ("Mar-Nov", false));
    }
}
