//! The number of an organisation in Enhetsregisteret: nine digits, of which the last checks the others.
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// What the first eight digits count for in the check digit. Source: the register's description of
/// organisasjonsnummeret; tried on 356 numbers of municipalities.
const WEIGHTS: [u32; 8] = [3, 2, 7, 6, 5, 4, 3, 2];

/// The number of an organisation, or of one made for tests. Written plainly (`974760673`) in data, and in groups of
/// three (`974 760 673`, by `Display`) where people read it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OrganisationNumber(String);

/// Why a text is no organisation number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OrganisationNumberError {
    /// Other than nine digits, spaces aside.
    #[error("an organisation number has nine digits")]
    NotNineDigits,
    /// No organisation has a number that begins so: real ones begin with 8 or 9, synthetic ones with 2 or 3.
    #[error("an organisation number begins with 8 or 9")]
    FirstDigit,
    /// The last digit does not follow from the eight before it: probably mistyped.
    #[error("the last digit of the organisation number does not fit the others")]
    CheckDigit,
    /// A number of Skatteetaten's synthetic test population (Tenor), where only real ones will do.
    #[error("the organisation number is for tests only")]
    TestNumber,
}

impl OrganisationNumber {
    /// Reads a number as people write it: spaces anywhere, also the unbreakable ones, are passed over. Real numbers
    /// and test numbers both; whoever takes only real ones calls [`Self::parse_real`].
    ///
    /// # Errors
    /// The first thing that is wrong, in the order in which [`OrganisationNumberError`] lists them.
    pub fn parse(text: &str) -> Result<Self, OrganisationNumberError> {
        let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let digits: Vec<u32> = plain.chars().filter_map(|c| c.to_digit(10)).collect();
        if plain.len() != 9 || digits.len() != 9 {
            return Err(OrganisationNumberError::NotNineDigits);
        }
        // From experience with the register; no law says so.
        if !matches!(digits[0], 2 | 3 | 8 | 9) {
            return Err(OrganisationNumberError::FirstDigit);
        }
        if check_digit(&digits[..8]) != Some(digits[8]) {
            return Err(OrganisationNumberError::CheckDigit);
        }
        Ok(Self(plain))
    }

    /// Reads a number as [`Self::parse`] does, and refuses test numbers: for an installation in earnest.
    ///
    /// # Errors
    /// Those of [`Self::parse`], and [`OrganisationNumberError::TestNumber`].
    pub fn parse_real(text: &str) -> Result<Self, OrganisationNumberError> {
        let number = Self::parse(text)?;
        if number.is_test() { Err(OrganisationNumberError::TestNumber) } else { Ok(number) }
    }

    /// Whether it belongs to a synthetic organisation: begins with 2 or 3.
    pub fn is_test(&self) -> bool {
        self.0.starts_with(['2', '3'])
    }

    /// The nine digits without spaces.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The ninth digit that belongs to eight others: 11 minus the weighted sum modulo 11, where 11 is written 0. None where
/// it would be 10: such a number is not given out.
fn check_digit(eight: &[u32]) -> Option<u32> {
    let sum: u32 = eight.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    match (11 - sum % 11) % 11 {
        10 => None,
        digit => Some(digit),
    }
}

impl fmt::Display for OrganisationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", &self.0[..3], &self.0[3..6], &self.0[6..])
    }
}

impl FromStr for OrganisationNumber {
    type Err = OrganisationNumberError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for OrganisationNumber {
    type Error = OrganisationNumberError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<OrganisationNumber> for String {
    fn from(number: OrganisationNumber) -> Self {
        number.0
    }
}

#[cfg(test)]
mod tests {
    use super::OrganisationNumberError::*;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_numbers_of_the_authorities_are_valid() {
        for text in ["974760673", "974683520", "958935420", "964965226", "839953062"] {
            let number = OrganisationNumber::parse(text).unwrap();
            assert_eq!((number.as_str(), number.is_test()), (text, false));
        }
    }

    #[test]
    fn the_check_digit_follows_the_vectors_of_the_rules() {
        let fits = |text: &str| {
            let digits: Vec<u32> = text.chars().filter_map(|c| c.to_digit(10)).collect();
            check_digit(&digits[..8]) == Some(digits[8])
        };
        assert_eq!(["974760673", "974683520", "123456785", "123456786"].map(fits), [true, true, true, false]);
        // The check digit fits, but no organisation has a number that begins with 1.
        assert_eq!(OrganisationNumber::parse("123456785"), Err(FirstDigit));
    }

    #[test]
    fn people_write_it_with_spaces_and_read_it_in_groups() {
        for text in ["974 760 673", " 974760673\n", "974\u{a0}760\u{202f}673", "9 7 4 7 6 0 6 7 3"] {
            let number = OrganisationNumber::parse(text).unwrap();
            assert_eq!((number.as_str(), number.to_string().as_str()), ("974760673", "974 760 673"));
        }
    }

    #[test]
    fn what_is_no_number_is_refused_with_its_reason() {
        for text in ["", "97476067", "9747606733", "97476067x", "974.760.673", "974-760-673", "٩٧٤٧٦٠٦٧٣", "9747606７3"]
        {
            assert_eq!(OrganisationNumber::parse(text), Err(NotNineDigits), "{text}");
        }
        assert_eq!(OrganisationNumber::parse("974760674"), Err(CheckDigit));
        assert_eq!(OrganisationNumber::parse("794760673"), Err(FirstDigit));
    }

    /// 11 minus the remainder is 10: there is no digit for it, so no last digit makes the number valid.
    #[test]
    fn a_remainder_of_ten_has_no_valid_number() {
        let eight = [9, 0, 0, 0, 0, 0, 0, 8]; // 27 + 16 = 43 = 3 * 11 + 10 → 1: valid, the neighbour of the next
        assert_eq!(check_digit(&eight), Some(1));
        let eight = [9, 0, 0, 0, 0, 0, 0, 9]; // 27 + 18 = 45 = 4 * 11 + 1 → 10
        assert_eq!(check_digit(&eight), None);
        for last in 0..=9 {
            assert_eq!(OrganisationNumber::parse(&format!("90000009{last}")), Err(CheckDigit));
        }
    }

    #[test]
    fn test_numbers_are_told_apart_and_can_be_refused() {
        let text = valid("31234567").or_else(|| valid("31234568")).unwrap();
        assert!(OrganisationNumber::parse(&text).unwrap().is_test());
        assert_eq!(OrganisationNumber::parse_real(&text), Err(TestNumber));
        assert!(OrganisationNumber::parse_real("974760673").is_ok());
    }

    #[test]
    fn json_holds_the_plain_number_and_refuses_a_wrong_one() {
        let number = OrganisationNumber::parse("974 760 673").unwrap();
        assert_eq!(serde_json::to_string(&number).unwrap(), "\"974760673\"");
        assert_eq!(serde_json::from_str::<OrganisationNumber>("\"974 760 673\"").unwrap(), number);
        assert!(serde_json::from_str::<OrganisationNumber>("\"974760674\"").is_err());
        assert!(serde_json::from_str::<OrganisationNumber>("974760673").is_err());
    }

    fn valid(eight: &str) -> Option<String> {
        let digits: Vec<u32> = eight.chars().filter_map(|c| c.to_digit(10)).collect();
        check_digit(&digits).map(|last| format!("{eight}{last}"))
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC*") {
            let _ = OrganisationNumber::parse(&text);
        }

        #[test]
        fn every_valid_number_survives_writing_and_reading(eight in "[2389][0-9]{7}") {
            if let Some(text) = valid(&eight) {
                let number = OrganisationNumber::parse(&text).unwrap();
                prop_assert_eq!(&OrganisationNumber::parse(&number.to_string()).unwrap(), &number);
                prop_assert_eq!(number.as_str(), text);
            }
        }

        #[test]
        fn one_wrong_digit_is_always_seen(eight in "[89][0-9]{7}", place in 1_usize..9, other in b'0'..=b'9') {
            if let Some(text) = valid(&eight) {
                let mut bytes = text.clone().into_bytes();
                bytes[place] = other;
                let changed = String::from_utf8(bytes).unwrap();
                prop_assert_eq!(OrganisationNumber::parse(&changed).is_ok(), changed == text);
            }
        }
    }
}
