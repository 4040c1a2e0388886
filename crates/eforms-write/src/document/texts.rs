//! Words, repeated in every language of the notice.
use crate::dispatch::Edition;
use crate::languages::Text;
use crate::xml::Element;

/// An element for each language.
pub fn texts(edition: &Edition, name: &'static str, text: &Text) -> impl Iterator<Item = Element> {
    edition
        .languages()
        .filter_map(|language| Some((language, text.in_language(language)?)))
        .map(move |(language, words)| Element::text(name, words).with("languageID", language))
}

pub fn optional_texts(edition: &Edition, name: &'static str, text: Option<&Text>) -> Vec<Element> {
    text.map(|text| texts(edition, name, text).collect()).unwrap_or_default()
}

/// The same words in every language: names are not translated.
pub fn same(edition: &Edition, name: &'static str, words: &str) -> impl Iterator<Item = Element> {
    edition.languages().map(move |language| Element::text(name, words).with("languageID", language))
}
