//! What is bought, in the codes of the Common Procurement Vocabulary: CPV 2008, forordning (EF) no. 213/2008.
use super::cpv_list::{CpvEntry, cpv_entry, nearest};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A CPV code: one of the 9,454 in the list of CPV 2008.
///
/// The last zeroes make it general: `45000000` is a division, `45200000` a group in it, `45210000` a class in that.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Cpv(String);

/// Why a text is no CPV code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CpvError {
    /// Something other than eight digits, and perhaps a hyphen and a check digit.
    #[error("a CPV code has eight digits")]
    Malformed,
    /// Eight digits that the list does not have. Older notices have such codes, of CPV 2003.
    #[error("CPV has no such code")]
    Unknown {
        /// The most precise code that would cover it. None if not even its division is there.
        nearest: Option<&'static str>,
    },
}

/// How precise a code is: by how many of its digits say something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Two digits.
    Division,
    /// Three digits.
    Group,
    /// Four digits.
    Class,
    /// Five digits.
    Category,
    /// Six digits or more.
    Item,
}

impl Cpv {
    /// Reads a code with or without its check digit: `45000000`, `45000000-7`. Spaces around it are passed over.
    ///
    /// The check digit is read and dropped, whatever it is; [`CpvEntry::printed`] knows the right one. The published codes do not all
    /// follow the method that the documentation describes (the Commission calls it an error of the 2008 revision and leaves it: OP-TED/ePO,
    /// discussion 589, March 2024), and eForms carries none.
    ///
    /// # Errors
    /// [`CpvError::Malformed`] or [`CpvError::Unknown`].
    pub fn parse(text: &str) -> Result<Self, CpvError> {
        let text = text.trim();
        let code = match text.split_once('-') {
            Some((code, check)) if check.len() == 1 && is_digits(check) => code,
            Some(_) => return Err(CpvError::Malformed),
            None => text,
        };
        if code.len() != 8 || !is_digits(code) {
            return Err(CpvError::Malformed);
        }
        match cpv_entry(code) {
            Some(_) => Ok(Self(code.to_owned())),
            None => Err(CpvError::Unknown { nearest: nearest(code).map(|entry| entry.code) }),
        }
    }

    /// The eight digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its names. Always there, since [`Cpv::parse`] takes no other code.
    pub fn entry(&self) -> Option<&'static CpvEntry> {
        cpv_entry(&self.0)
    }

    /// How precise it is.
    pub fn level(&self) -> Level {
        match self.prefix().len() {
            2 => Level::Division,
            3 => Level::Group,
            4 => Level::Class,
            5 => Level::Category,
            _ => Level::Item,
        }
    }

    /// The digits that say something: without the zeroes at the end, but never fewer than two. `4521` for `45210000`.
    /// All codes that it covers begin with them.
    pub fn prefix(&self) -> &str {
        let digits = self.0.trim_end_matches('0').len();
        &self.0[..digits.max(2)]
    }

    /// The more general code at a level: the group of `45214200` is `45200000`. None if this code is more general, or if the
    /// list leaves that level out.
    pub fn at(&self, level: Level) -> Option<Self> {
        let digits = match level {
            Level::Division => 2,
            Level::Group => 3,
            Level::Class => 4,
            Level::Category => 5,
            Level::Item => return (self.level() == Level::Item).then(|| self.clone()),
        };
        let general = format!("{:0<8}", &self.0[..digits]);
        (level <= self.level() && cpv_entry(&general).is_some()).then_some(Self(general))
    }

    /// Whether `other` is the same code or a more precise one under it: what a search for this code should find.
    pub fn covers(&self, other: &Self) -> bool {
        other.0.starts_with(self.prefix())
    }
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

impl fmt::Display for Cpv {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Cpv {
    type Err = CpvError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Cpv {
    type Error = CpvError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Cpv> for String {
    fn from(cpv: Cpv) -> Self {
        cpv.0
    }
}

#[cfg(test)]
mod tests {
    use super::super::cpv_list::cpv_list;
    use super::*;
    use proptest::prelude::*;

    fn cpv(text: &str) -> Cpv {
        Cpv::parse(text).unwrap()
    }

    #[test]
    fn a_code_is_read_with_or_without_its_check_digit() {
        for text in ["03113100", "03113100-7", " 03113100-7 ", "03113100-0"] {
            assert_eq!(cpv(text).to_string(), "03113100");
        }
    }

    #[test]
    fn what_is_no_code_is_refused() {
        for text in [
            "",
            "45",
            "4500000",
            "450000000",
            "45000000-",
            "45000000-77",
            "45000000-x",
            "45000000–7",
            "45 000 000",
            "-7",
            "4500000０",
            "EA01-2",
        ] {
            assert_eq!(Cpv::parse(text), Err(CpvError::Malformed), "{text}");
        }
        for (text, nearest) in [("00000000", None), ("74111000", None), ("85311109", Some("85311100"))] {
            assert_eq!(Cpv::parse(text), Err(CpvError::Unknown { nearest }), "{text}");
        }
    }

    #[test]
    fn a_general_code_covers_the_precise_ones() {
        assert!(cpv("45000000").covers(&cpv("45214200")));
        assert!(cpv("45200000").covers(&cpv("45214200")));
        assert!(cpv("45214200").covers(&cpv("45214200")));
        assert!(!cpv("45214200").covers(&cpv("45200000")));
        assert!(!cpv("45300000").covers(&cpv("45214200")));
        // Division 30 ends with a zero of its own.
        assert!(cpv("30000000").covers(&cpv("30192000")));
        assert!(!cpv("30000000").covers(&cpv("31000000")));
    }

    #[test]
    fn the_level_follows_from_the_zeroes() {
        let levels = ["30000000", "45200000", "45210000", "45214000", "45214200", "45214220"].map(|c| cpv(c).level());
        assert_eq!(levels, [Level::Division, Level::Group, Level::Class, Level::Category, Level::Item, Level::Item]);
    }

    #[test]
    fn a_code_has_its_division_group_and_class() {
        let code = cpv("45214200");
        let at = |level| code.at(level).map(|c| c.to_string());
        assert_eq!(at(Level::Division).as_deref(), Some("45000000"));
        assert_eq!(at(Level::Group).as_deref(), Some("45200000"));
        assert_eq!(at(Level::Class).as_deref(), Some("45210000"));
        assert_eq!(at(Level::Category).as_deref(), Some("45214000"));
        assert_eq!(at(Level::Item).as_deref(), Some("45214200"));
        assert_eq!(cpv("45200000").at(Level::Class), None);
        assert_eq!(code.entry().map(|e| e.en), Some("Construction work for school buildings"));
    }

    #[test]
    fn json_holds_the_eight_digits() {
        assert_eq!(serde_json::to_string(&cpv("45000000-7")).unwrap(), "\"45000000\"");
        assert_eq!(serde_json::from_str::<Cpv>("\"45000000-7\"").unwrap(), cpv("45000000"));
        assert!(serde_json::from_str::<Cpv>("\"4500\"").is_err());
    }

    prop_compose! {
        fn any_code()(at in 0..cpv_list().len()) -> Cpv {
            cpv(cpv_list()[at].code)
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC*") {
            let _ = Cpv::parse(&text);
        }

        #[test]
        fn every_code_survives_writing_and_reading(code in any_code(), check in 0..10) {
            prop_assert_eq!(&cpv(code.as_str()), &code);
            prop_assert_eq!(&cpv(&format!("{code}-{check}")), &code);
        }

        #[test]
        fn every_more_general_code_covers_it(code in any_code()) {
            for level in [Level::Division, Level::Group, Level::Class, Level::Category, Level::Item] {
                if let Some(general) = code.at(level) {
                    prop_assert!(general.covers(&code) && general.level() <= level);
                }
            }
        }
    }
}
