//! The languages of a notice, and texts in them.
use crate::codes::{AnyLanguage, Code, List, OfficialLanguages, code_enum};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

code_enum! {
    /// The ways to write Norwegian; `NOR` where it does not matter which.
    pub enum Norwegian in "language" { Any = "NOR", Bokmaal = "NOB", Nynorsk = "NNO" }
}

/// The languages in which the facts are told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Languages {
    pub norwegian: Norwegian,
    /// One of the official languages of the EU. TED asks for one; below the thresholds it is a courtesy to those abroad.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub official: Option<Code<OfficialLanguages>>,
}

/// What a text is written in, by its three letters, and the words: `{ "NOB": "Lyspærer", "ENG": "Light bulbs" }`.
///
/// It may be in more languages than the notice: only those of the notice are written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(BTreeMap<String, String>);

impl Text {
    pub fn new<'a>(words: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Self(words.into_iter().map(|(language, words)| (language.to_owned(), words.to_owned())).collect())
    }

    /// The words in a language. Whoever asks for Norwegian, whichever, gets what there is.
    pub fn in_language(&self, language: &str) -> Option<&str> {
        let words = |language: &str| self.0.get(language).map(String::as_str);
        match language {
            "NOR" => words("NOR").or_else(|| words("NOB")).or_else(|| words("NNO")),
            _ => words(language),
        }
    }

    pub(crate) fn foreign(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str).filter(|language| AnyLanguage::row(language).is_none())
    }
}
