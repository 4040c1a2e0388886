//! An e-mail address, in lower case.
use std::fmt;

/// Longer addresses cannot be delivered (RFC 5321, 4.5.3.1.3).
const MAX: usize = 254;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Email(String);

impl Email {
    /// # Errors
    /// The code `email` unless it is one address, without a name, at a host that has a name: mail servers turn away `kari@[127.0.0.1]`.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.trim().to_lowercase();
        let has_name = text.rsplit_once('@').is_some_and(|(_, host)| host.contains('.') && !host.starts_with('['));
        if text.len() > MAX || !has_name || text.parse::<lettre::Address>().is_err() {
            return Err("email");
        }
        Ok(Self(text))
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
    pub fn into_string(self) -> String {
        self.0
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// `k***@o***.no`: enough to recognise one's own, too little to collect.
pub fn mask(email: &str) -> String {
    let first = |s: &str| s.chars().next().map(String::from).unwrap_or_default();
    let (local, host) = email.rsplit_once('@').unwrap_or((email, ""));
    let (name, top) = host.rsplit_once('.').unwrap_or((host, ""));
    format!("{}***@{}***.{top}", first(local), first(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_in_lower_case_and_masked() {
        assert_eq!(
            Email::parse(" Kari@Stavanger.Kommune.example ").unwrap().as_str(),
            "kari@stavanger.kommune.example"
        );
        for bad in ["", "kari", "kari@", "@x.no", "kari@x", "a b@x.no", "Kari <kari@x.no>", "kari@x.no\r\nBcc: a@b.no"]
        {
            assert_eq!(Email::parse(bad), Err("email"), "{bad:?}");
        }
        for literal in ["a@[127.0.0.1]", "a@[IPv6:::ffff:127.0.0.1]", "a@[x.no]"] {
            assert_eq!(Email::parse(literal), Err("email"), "{literal}");
        }
        assert_eq!(mask("kari@oslo.no"), "k***@o***.no");
    }

    proptest::proptest! {
        #[test]
        fn nothing_panics(text in ".*") {
            let _ = Email::parse(&text);
            mask(&text);
        }
    }
}
