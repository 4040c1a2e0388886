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
