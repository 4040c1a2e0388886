//! What is bought: of a procedure as a whole, and of each of its lots.
use super::codelists::{
    Accessibility, Environment, GreenCriteria, Innovation, Nature, OpenDuration, OtherPlace, SocialObjective,
    Strategic, TimeUnit,
};
use super::{Amount, Code, Country, Date, Decimal, Language};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A text in one language. Where several were given, there is one of these for each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// The language, if it was said.
    pub language: Option<Language>,
    /// The text, without the space around it.
    pub text: Box<str>,
}

/// What is bought, where and for how long.
#[serde_with::apply(
    Option => #[serde(skip_serializing_if = "Option::is_none")],
    Vec => #[serde(skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Project {
    /// BT-22: the buyer's own reference.
    pub reference: Option<Box<str>>,
    /// BT-21.
    pub title: Vec<Text>,
    /// BT-24.
    pub description: Vec<Text>,
    /// BT-23.
    pub nature: Option<Code<Nature>>,
    /// BT-531: other natures than the main one.
    pub other_natures: Vec<Code<Nature>>,
    /// BT-262: the main classification.
    pub cpv: Option<Cpv>,
    /// BT-263: further classifications.
    pub other_cpv: Vec<Cpv>,
    /// BT-27.
    pub estimated_value: Option<Amount>,
    /// BT-271: the most that a framework agreement may come to.
    pub framework_maximum: Option<Amount>,
    /// BT-5071, BT-5131, BT-5141, BT-727: where it is done.
    pub places: Vec<Place>,
    /// BT-36, BT-536, BT-537, BT-538.
    pub duration: Duration,
    /// BT-58: how often it may be renewed.
    pub renewals: Option<u32>,
    /// BT-726: whether it suits small and medium companies.
    pub suits_small_companies: Option<bool>,
    /// BT-06 and what belongs to it.
    pub strategy: Strategy,
}

/// Aims beside the purchase itself.
#[serde_with::apply(
    Option => #[serde(skip_serializing_if = "Option::is_none")],
    Vec => #[serde(skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Strategy {
    /// BT-06: the kinds of aims.
    pub aims: Vec<Code<Strategic>>,
    /// BT-776: what is innovative.
    pub innovation: Vec<Code<Innovation>>,
    /// BT-775: social aims.
    pub social: Vec<Code<SocialObjective>>,
    /// BT-774: environmental aims.
    pub environment: Vec<Code<Environment>>,
    /// BT-805: whose green criteria were used.
    pub green_criteria: Vec<Code<GreenCriteria>>,
    /// BT-754.
    pub accessibility: Option<Code<Accessibility>>,
}

/// Where it is done.
#[serde_with::apply(
    Option => #[serde(skip_serializing_if = "Option::is_none")],
    Vec => #[serde(skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    /// BT-5071: the region, a NUTS code. Norwegian ones are of NUTS 2021 to SDK 1.12 and of NUTS 2024 from 1.13.
    pub nuts: Option<Box<str>>,
    /// BT-5141.
    pub country: Option<Country>,
    /// BT-5131.
    pub city: Option<Box<str>>,
    /// BT-5121.
    pub postcode: Option<Box<str>>,
    /// BT-727: a place that is wider than a region.
    pub wider: Option<Code<OtherPlace>>,
}

/// For how long: as a number, from day to day, or open. Real notices mix them.
#[serde_with::apply(
    Option => #[serde(skip_serializing_if = "Option::is_none")],
    Vec => #[serde(skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Duration {
    /// BT-36: how many.
    pub number: Option<Decimal>,
    /// BT-36: of what.
    pub unit: Option<Code<TimeUnit>>,
    /// BT-536.
    pub starts: Option<Date>,
    /// BT-537.
    pub ends: Option<Date>,
    /// BT-538: unknown or unlimited.
    pub open: Option<Code<OpenDuration>>,
}

/// A code of the Common Procurement Vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Cpv {
    /// Eight digits, without the check digit.
    Code([u8; 8]),
    /// What was written in the place of a code.
    Other(Box<str>),
}

impl Cpv {
    /// Reads `45000000`, and `45000000-7` with its check digit.
    pub fn new(text: &str) -> Self {
        let plain = match text.as_bytes() {
            [code @ .., b'-', check] if check.is_ascii_digit() => code,
            plain => plain,
        };
        match <[u8; 8]>::try_from(plain) {
            Ok(code) if code.iter().all(u8::is_ascii_digit) => Self::Code(code),
            _ => Self::Other(text.into()),
        }
    }

    /// The code, or what was written in its place.
    pub fn as_str(&self) -> &str {
        match self {
            // Digits are ASCII: `new` made sure of that.
            Self::Code(code) => std::str::from_utf8(code).unwrap_or_default(),
            Self::Other(text) => text,
        }
    }

    /// The first two digits.
    pub fn division(&self) -> Option<&str> {
        match self {
            Self::Code(_) => self.as_str().get(..2),
            Self::Other(_) => None,
        }
    }
}

impl Serialize for Cpv {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Cpv {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text: std::borrow::Cow<'de, str> = Deserialize::deserialize(deserializer)?;
        Ok(Self::new(&text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cpv_code_is_eight_digits_with_or_without_its_check_digit() {
        assert_eq!(Cpv::new("45000000-7"), Cpv::new("45000000"));
        assert_eq!((Cpv::new("45000000").as_str(), Cpv::new("45000000").division()), ("45000000", Some("45")));
        for text in ["", "4500000", "450000000", "45000000-77", "bygg", "４５００００００"] {
            assert_eq!((Cpv::new(text).as_str(), Cpv::new(text).division()), (text, None));
        }
    }
}
