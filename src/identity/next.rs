//! Where a visitor goes after the login: a page of ours, never anywhere else.
use std::fmt;

/// The page that one lands on when none was asked for.
const HOME: &str = "/min-side";
/// Longer ones are not addresses of ours.
const MAX: usize = 2_000;

/// A path on this site, with its query and without the prefix of the language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next(String);

impl Next {
    /// Takes only what every browser reads as a path on this host. `//host` is another host, `/\host` is so in browsers,
    /// and `/<tab>/host` becomes `//host` when they drop the tab; whatever holds such a thing is left out.
    pub fn parse(text: &str) -> Option<Self> {
        let inside = text.starts_with('/')
            && text.len() <= MAX
            && !text.contains("//")
            && text.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
        inside.then(|| Self(text.to_owned()))
    }

    /// The path that was asked for, or the visitor's own page.
    pub fn or_home(text: &str) -> Self {
        Self::parse(text).unwrap_or_else(|| Self(HOME.to_owned()))
    }

    /// The path of the login page that leads on to this one.
    pub fn login_path(&self) -> String {
        let next: String = url::form_urlencoded::byte_serialize(self.0.as_bytes()).collect();
        format!("/logg-inn?neste={next}")
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Next {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use url::Url;

    #[test]
    fn pages_of_ours_are_followed() {
        for path in ["/", "/min-side", "/behov/2026-0012/svar/nytt", "/?q=helse+i+alt&region=11", "/behov/x#svar"] {
            assert_eq!(Next::or_home(path).as_str(), path);
        }
    }

    #[test]
    fn everything_else_leads_home() {
        let long = format!("/{}", "a".repeat(MAX));
        for hostile in [
            "",
            "min-side",
            "https://evil.example/",
            "javascript:alert(1)",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "/\r\nSet-Cookie: a=b",
            " //evil.example",
            "\u{a0}//evil.example",
            "/.//evil.example",
            "/min-side//evil.example",
            "/min-side\\..\\..",
            "/min side",
            "/søk",
            "/\0",
            &long,
        ] {
            assert_eq!(Next::or_home(hostile).as_str(), HOME, "{hostile:?}");
        }
    }

    #[test]
    fn the_login_page_gets_it_back_as_it_was() {
        let next = Next::parse("/invitasjon/a_b-c?x=1&y=2").unwrap();
        assert_eq!(next.login_path(), "/logg-inn?neste=%2Finvitasjon%2Fa_b-c%3Fx%3D1%26y%3D2");
    }

    proptest::proptest! {
        /// Whatever comes, a browser stays on our host, with each prefix of a language.
        #[test]
        fn the_browser_stays_here(text in "[/\\\\.@:?#a-z\\t\\n%0-9 ]{0,12}") {
            let base = Url::parse("https://brobygger.example/logg-inn").unwrap();
            for root in ["", "/nn", "/en"] {
                let to = base.join(&format!("{root}{}", Next::or_home(&text))).unwrap();
                proptest::prop_assert_eq!(to.host_str(), Some("brobygger.example"));
                proptest::prop_assert_eq!(to.scheme(), "https");
            }
        }
    }
}
