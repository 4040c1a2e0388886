//! How parts of a notice point at each other, and notices at notices.
use serde::{Deserialize, Serialize};

/// A pointer to another part of the same notice, such as `ORG-0001`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// The identifier as written.
    pub id: Box<str>,
    /// Where in its list the part stands that has this identifier; None if none has.
    pub at: Option<u32>,
}

impl Reference {
    /// A pointer that has not been followed yet.
    pub(crate) fn new(id: &str) -> Self {
        Self { id: id.into(), at: None }
    }

    /// The part of `list` that it points at.
    pub fn in_list<'a, T>(&self, list: &'a [T]) -> Option<&'a T> {
        list.get(usize::try_from(self.at?).ok()?)
    }
}

/// A notice before this one: OPP-090, or of a lot BT-125.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PreviousNotice {
    /// BT-125(i), OPP-090: which.
    #[serde(flatten)]
    pub notice: Option<NoticeReference>,
    /// BT-1251: which part of it, as in `PAR-0001`. Real notices also write the lot, or the notice once more.
    pub part: Option<Box<str>>,
}

/// A pointer to another notice: BT-758, BT-125, OPP-090, BT-1501(n).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeReference {
    /// By its own identifier (BT-701) and version (BT-757), as in `d6748562-d6bd-4518-a623-e32713989d28-01`.
    Notice {
        /// The identifier.
        id: Box<str>,
        /// The version; None if only the identifier was written.
        version: Option<Box<str>>,
    },
    /// By its number in the Official Journal, as in `123456-2023` or `2019/S 123-456789`.
    Ted(Box<str>),
    /// By its number in Doffin, as in `2023-335407`. Old notices have it as their identifier too.
    Doffin(Box<str>),
    /// By something else, as written.
    Other(Box<str>),
}

impl NoticeReference {
    /// The notice by the name that all who point at it agree on, whatever version of it they mean: an identifier in small letters,
    /// a number of TED as in `53150-2024`, a number of Doffin. None for what is none of these.
    pub fn name(&self) -> Option<String> {
        match self {
            Self::Notice { id, .. } => Some(id.to_ascii_lowercase()),
            Self::Doffin(number) => Some(number.to_string()),
            Self::Ted(text) => {
                // In `2019/S 123-456789` the year comes first.
                let (number, year) = match text.split_once("/S ") {
                    Some((year, rest)) => (rest.rsplit_once('-')?.1, year),
                    None => text.split_once('-')?,
                };
                Some(format!("{}-{year}", number.trim_start_matches('0')))
            }
            Self::Other(_) => None,
        }
    }

    /// Reads any text.
    pub fn new(text: &str) -> Self {
        if let Some((id, version)) = text.rsplit_once('-').filter(|(_, version)| digits(version) == Some(2))
            && (is_uuid(id) || is_doffin(id))
        {
            return Self::Notice { id: id.into(), version: Some(version.into()) };
        }
        if is_uuid(text) {
            Self::Notice { id: text.into(), version: None }
        } else if is_doffin(text) {
            Self::Doffin(text.into())
        } else if is_ted(text) {
            Self::Ted(text.into())
        } else {
            Self::Other(text.into())
        }
    }
}

/// How many digits it consists of; None if of anything else.
fn digits(text: &str) -> Option<usize> {
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then_some(text.len())
}

fn is_uuid(text: &str) -> bool {
    let mut groups = [8, 4, 4, 4, 12].iter();
    text.len() == 36
        && text
            .split('-')
            .all(|part| groups.next() == Some(&part.len()) && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// A year and six digits. TED's numbers have it the other way around.
fn is_doffin(text: &str) -> bool {
    text.split_once('-')
        .is_some_and(|(year, number)| digits(year) == Some(4) && year.starts_with("20") && digits(number) == Some(6))
}

/// At most eight digits and a year; or a year, `/S`, the number of the issue and that of the notice.
fn is_ted(text: &str) -> bool {
    let number = |(number, year): (&str, &str)| matches!(digits(number), Some(1..=8)) && digits(year) == Some(4);
    let in_issue = |(year, rest): (&str, &str)| {
        digits(year) == Some(4)
            && rest.split_once('-').is_some_and(|(issue, number)| digits(issue).is_some() && digits(number).is_some())
    };
    text.split_once('-').is_some_and(number) || text.split_once("/S ").is_some_and(in_issue)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_has_one_name_however_it_is_written() {
        let name = |text: &str| NoticeReference::new(text).name();
        let uuid = "d6748562-d6bd-4518-a623-e32713989d28";
        for text in [uuid, &uuid.to_uppercase(), &format!("{uuid}-01"), &format!("{}-02", uuid.to_uppercase())] {
            assert_eq!(name(text).as_deref(), Some(uuid), "{text}");
        }
        for text in ["53150-2024", "053150-2024", "00053150-2024", "2024/S 018-053150", "2024/S 18-53150"] {
            assert_eq!(name(text).as_deref(), Some("53150-2024"), "{text}");
        }
        assert_eq!(name("2023-335407").as_deref(), Some("2023-335407"));
        assert_eq!(name("2023-335407-01").as_deref(), Some("2023-335407"));
        assert_eq!(name("UNKNOWN"), None);
    }

    #[test]
    fn what_was_written_before_parts_were_read_is_read_still() {
        for (json, part) in [
            (r#"{"ted":"53150-2024"}"#, None),
            (r#"{"notice":{"id":"d6748562-d6bd-4518-a623-e32713989d28","version":"01"}}"#, None),
            (r#"{"ted":"53150-2024","part":"PAR-0001"}"#, Some("PAR-0001")),
            (r#"{"part":"PAR-0001"}"#, Some("PAR-0001")),
            ("{}", None),
        ] {
            let read: PreviousNotice = serde_json::from_str(json).unwrap();
            assert_eq!(
                (read.notice.is_some(), read.part.as_deref()),
                (json.contains(':') && !json.starts_with("{\"part"), part)
            );
            assert_eq!(serde_json::to_string(&read).unwrap(), json);
        }
    }

    #[test]
    fn notices_are_pointed_at_in_four_ways() {
        let uuid = "d6748562-d6bd-4518-a623-e32713989d28";
        assert_eq!(
            NoticeReference::new(&format!("{uuid}-02")),
            NoticeReference::Notice { id: uuid.into(), version: Some("02".into()) }
        );
        assert_eq!(NoticeReference::new(uuid), NoticeReference::Notice { id: uuid.into(), version: None });
        assert_eq!(
            NoticeReference::new("2023-335407-01"),
            NoticeReference::Notice { id: "2023-335407".into(), version: Some("01".into()) }
        );
        assert_eq!(NoticeReference::new("2023-335407"), NoticeReference::Doffin("2023-335407".into()));
        for text in ["123456-2023", "00123456-2023", "2019/S 123-456789", "1-2020"] {
            assert_eq!(NoticeReference::new(text), NoticeReference::Ted(text.into()));
        }
        for text in ["", "-", "0", "UNKNOWN", "2023-335407-1", "æøå-01", "2020/S 1"] {
            assert_eq!(NoticeReference::new(text), NoticeReference::Other(text.into()), "{text}");
        }
    }
}
