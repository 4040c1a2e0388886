//! The languages people read, and the texts in them (`texts/<language>/*.ftl`).
use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, static_loader};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

crate::text_enum! {
    /// The languages that the pages, the answers and the mails are in: bokmål, nynorsk and English.
    #[derive(Default, utoipa::ToSchema)]
    pub enum Language { #[default] Nb = "nb", Nn = "nn", En = "en" }
}

static_loader! {
    static TEXTS = {
        locales: "./texts",
        fallback_language: "nb",
        // Isolation marks are for mixed directions of writing; in our languages they only confuse copy and paste.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static IDENTIFIERS: LazyLock<[LanguageIdentifier; 3]> = LazyLock::new(|| {
    Language::ALL
        .iter()
        .map(|l| l.as_str().parse().unwrap_or_default())
        .collect::<Vec<_>>()
        .try_into()
        .unwrap_or_default()
});

impl Language {
    fn identifier(self) -> &'static LanguageIdentifier {
        &IDENTIFIERS[self as usize]
    }

    /// The text `key` in this language; the key itself, so that it is seen and mended, when there is none.
    pub fn text(self, key: &str) -> String {
        self.find(key).unwrap_or_else(|| key.to_owned())
    }

    /// The text `key` in this language, or nothing. Unlike the loader's own look-up, never that of another language.
    pub fn find(self, key: &str) -> Option<String> {
        TEXTS.lookup_single_language::<String>(self.identifier(), key, None).ok()
    }

    /// Is there a text `key` in this language, whatever arguments it takes?
    pub fn has(self, key: &str) -> bool {
        let found = TEXTS.lookup_single_language::<String>(self.identifier(), key, None);
        // The loader keeps the type of its errors to itself; one that is about arguments has found the text.
        found.map_or_else(|e| format!("{e:?}").starts_with("FluentError"), |_| true)
    }

    /// The text `key` with its arguments; the key itself when there is none, or it takes others. Numbers choose the plural form.
    pub fn text_with<'a>(self, key: &str, args: impl IntoIterator<Item = (&'static str, Arg<'a>)>) -> String {
        self.find_with(key, args).unwrap_or_else(|| key.to_owned())
    }

    /// The same, or nothing.
    pub fn find_with<'a>(
        self,
        key: &str,
        args: impl IntoIterator<Item = (impl Into<Cow<'static, str>>, Arg<'a>)>,
    ) -> Option<String> {
        let args: HashMap<Cow<'static, str>, FluentValue> = args
            .into_iter()
            .map(|(name, value)| {
                let value = match value {
                    Arg::Text(s) => FluentValue::from(s),
                    Arg::Number(n) => FluentValue::from(n),
                };
                (name.into(), value)
            })
            .collect();
        TEXTS.lookup_single_language(self.identifier(), key, Some(&args)).ok()
    }

    /// The best language for an `Accept-Language` header (RFC 9110, 12.5.4). Norwegian of no stated form is bokmål.
    pub fn accepted(header: &str) -> Option<Self> {
        let mut wanted: Vec<(f32, Self)> = header
            .split(',')
            .filter_map(|part| {
                let (tag, parameters) = part.split_once(';').unwrap_or((part, "q=1"));
                let language = match tag.trim().split('-').next()?.to_ascii_lowercase().as_str() {
                    "nb" | "no" | "da" => Self::Nb,
                    "nn" => Self::Nn,
                    "en" => Self::En,
                    _ => return None,
                };
                let quality: f32 = parameters.trim().strip_prefix("q=")?.trim().parse().ok()?;
                (quality > 0.0).then_some((quality, language))
            })
            .collect();
        wanted.sort_by(|a, b| b.0.total_cmp(&a.0));
        wanted.first().map(|(_, language)| *language)
    }
}

/// An argument of a text.
pub enum Arg<'a> {
    Text(Cow<'a, str>),
    Number(i64),
}
impl<'a> From<&'a str> for Arg<'a> {
    fn from(s: &'a str) -> Self {
        Self::Text(s.into())
    }
}
impl From<String> for Arg<'_> {
    fn from(s: String) -> Self {
        Self::Text(s.into())
    }
}
impl From<i64> for Arg<'_> {
    fn from(n: i64) -> Self {
        Self::Number(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_accepted_language_wins() {
        assert_eq!(Language::accepted("nn-NO,nb;q=0.8,en;q=0.5"), Some(Language::Nn));
        assert_eq!(Language::accepted("de;q=1, en;q=0.2, no;q=0.9"), Some(Language::Nb));
        assert_eq!(Language::accepted("nb; q=0.4, nn ; q=0.8"), Some(Language::Nn));
        assert_eq!(Language::accepted("nn;q=0, en;q=0.1"), Some(Language::En), "0 is no");
        for none in ["", "de, *;q=x", "nn;q=x", "nn;q=0"] {
            assert_eq!(Language::accepted(none), None, "{none}");
        }
    }
}
