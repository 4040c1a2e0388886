//! Addresses on the web and numbers to call, in the shapes that eForms takes.
use crate::check::Check;
use serde::{Deserialize, Serialize};
use std::fmt::{self, Display};

const MAX: usize = 400;
const MAX_PHONE: usize = 30;

macro_rules! shaped {
    ($($(#[$m:meta])* $name:ident: $well_formed:path, $max:expr, $code:literal;)+) => { $(
        $(#[$m])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            pub(crate) fn check(&self, check: &mut Check, field: &str, term: &'static str) {
                check.problem_if(!$well_formed(&self.0), field, term, $code);
                check.length(field, term, &self.0, $max);
            }
        }

        impl Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+ };
}

shaped! {
    /// `https://stavanger.kommune.no/anskaffelser`.
    Url: is_url, MAX, "url-malformed";
    /// `innkjop@stavanger.kommune.no`.
    Email: is_email, MAX, "email-malformed";
    /// `+47 51 50 70 90`: digits, in groups if you like.
    Phone: is_phone, MAX_PHONE, "phone-malformed";
}

/// `http` or `https`, a host, and none but the characters of RFC 3986. Letters of other alphabets pass, as in an IRI.
fn is_url(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else { return false };
    let usable = |c: char| c.is_alphanumeric() || "-._~:/?#@!$&'()*+,;=%".contains(c);
    let escaped = |after: &str| after.len() >= 2 && after.bytes().take(2).all(|b| b.is_ascii_hexdigit());
    rest.starts_with(char::is_alphanumeric)
        && rest.chars().all(usable)
        && rest.split('%').skip(1).all(escaped)
        && rest.matches('#').count() <= 1
}

fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let atom =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+/=?_-".contains(c));
    let label = |part: &str| {
        part.chars().all(|c| c.is_alphanumeric() || c == '-') && !part.starts_with('-') && !part.ends_with('-')
    };
    let labels: Vec<&str> = domain.split('.').collect();
    local.split('.').all(atom)
        && labels.len() >= 2
        && labels.iter().all(|part| !part.is_empty() && label(part))
        && labels.last().is_some_and(|top| top.chars().count() >= 2 && top.chars().all(char::is_alphanumeric))
}

fn is_phone(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or(text);
    digits.chars().filter(char::is_ascii_digit).count() >= 3
        && digits.split([' ', '-']).all(|group| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_their_shape() {
        for good in ["https://doffin.no", "http://kåre.no/a?b=c&d=%20", "https://a.no/~x#y"] {
            assert!(is_url(good), "{good}");
        }
        for bad in [
            "doffin.no",
            "ftp://a.no",
            "https://",
            "https://a b.no",
            "https://a.no/%2",
            "https://a.no/{x}",
            "https:///a",
            "https://a.no/#a#b",
        ] {
            assert!(!is_url(bad), "{bad}");
        }
        for good in ["kari@stavanger.kommune.no", "a.b+c@x-y.no"] {
            assert!(is_email(good), "{good}");
        }
        for bad in ["kari", "@a.no", "a@b", "a..b@c.no", "a@b..no", "a@-b.no", "a@b.n", "a b@c.no"] {
            assert!(!is_email(bad), "{bad}");
        }
        for good in ["+47 51 50 70 90", "51507090", "815-493-00"] {
            assert!(is_phone(good), "{good}");
        }
        for bad in ["", "+", "51  50", "51 50 ", "ring meg", "12"] {
            assert!(!is_phone(bad), "{bad}");
        }
    }
}
