//! Money and other numbers, exactly as they were written.
use super::Currency;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// The most digits that a [`Decimal`] has: as many as always fit an `i64`.
const MOST_DIGITS: u32 = 18;

/// A decimal number of at most 18 digits, kept to the digit: `2700000.00` stays `2700000.00`, and equals `2700000`.
#[derive(Debug, Clone, Copy)]
pub struct Decimal {
    /// All digits, without the point.
    digits: i64,
    /// How many of them stand after the point.
    scale: u8,
}

/// A text that is no decimal number, or has too many digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a decimal number of at most {MOST_DIGITS} digits")]
pub struct NoDecimal;

impl Decimal {
    /// `digits` divided by ten to the power of `scale`, where `scale` is at most 18.
    pub const fn new(digits: i64, scale: u8) -> Self {
        Self { digits, scale: if scale > MOST_DIGITS as u8 { MOST_DIGITS as u8 } else { scale } }
    }

    /// Whether it is below zero.
    pub const fn is_negative(self) -> bool {
        self.digits < 0
    }

    /// The number in units of ten to the power of minus `scale`, half rounded away from zero: in øre with scale 2. None
    /// if that does not fit.
    pub fn in_units(self, scale: u8) -> Option<i64> {
        if scale >= self.scale {
            let factor = 10_i64.checked_pow(u32::from(scale - self.scale))?;
            return self.digits.checked_mul(factor);
        }
        let divisor = 10_i128.pow(u32::from(self.scale - scale));
        let digits = i128::from(self.digits);
        let half = if digits < 0 { -(divisor / 2) } else { divisor / 2 };
        i64::try_from((digits + half) / divisor).ok()
    }

    /// The whole number that it is, if nothing but zeroes stands after the point.
    pub fn as_whole(self) -> Option<i64> {
        let divisor = 10_i64.pow(u32::from(self.scale));
        (self.digits % divisor == 0).then(|| self.digits / divisor)
    }
}

impl FromStr for Decimal {
    type Err = NoDecimal;

    /// Reads digits with a point, and an exponent as some programs write it (`1.0E7`). A comma, a space inside or a unit
    /// makes it no number: what they mean is not ours to guess.
    fn from_str(text: &str) -> Result<Self, NoDecimal> {
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i16>().map_err(|_| NoDecimal)?.into()),
            None => (text, 0),
        };
        let (negative, unsigned) = match mantissa.as_bytes() {
            [b'-', rest @ ..] => (true, rest),
            [b'+', rest @ ..] => (false, rest),
            rest => (false, rest),
        };
        let (mut digits, mut scale, mut point, mut any) = (0_i64, 0_i32, false, false);
        // Zeroes at the end are taken in only when another digit follows, or while there is room for them.
        let mut zeroes = 0_u32;
        for byte in unsigned {
            match byte {
                b'.' if !point => point = true,
                b'0' if point => (any, zeroes) = (true, zeroes.saturating_add(1)),
                b'0'..=b'9' => {
                    any = true;
                    digits = grown(digits, zeroes.saturating_add(1))? + i64::from(byte - b'0');
                    if point {
                        scale = scale.saturating_add_unsigned(zeroes).saturating_add(1);
                    }
                    zeroes = 0;
                }
                _ => return Err(NoDecimal),
            }
        }
        if !any {
            return Err(NoDecimal);
        }
        while zeroes > 0 && scale < MOST_DIGITS as i32 {
            let Ok(more) = grown(digits, 1) else { break };
            (digits, scale, zeroes) = (more, scale + 1, zeroes - 1);
        }
        scale = scale.saturating_sub(exponent);
        if scale < 0 {
            (digits, scale) = (grown(digits, scale.unsigned_abs())?, 0);
        }
        let scale = u8::try_from(scale).ok().filter(|scale| u32::from(*scale) <= MOST_DIGITS).ok_or(NoDecimal)?;
        Ok(Self { digits: if negative { -digits } else { digits }, scale })
    }
}

/// The number with so many more digits at its end, all zero. Never more than 18 in all.
fn grown(digits: i64, by: u32) -> Result<i64, NoDecimal> {
    if digits == 0 {
        return Ok(0);
    }
    let factor = 10_i64.checked_pow(by).ok_or(NoDecimal)?;
    digits.checked_mul(factor).filter(|all| *all < 10_i64.pow(MOST_DIGITS)).ok_or(NoDecimal)
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.digits < 0 { "-" } else { "" };
        let (digits, scale) = (self.digits.unsigned_abs(), usize::from(self.scale));
        if scale == 0 {
            return write!(f, "{sign}{digits}");
        }
        let one = 10_u64.pow(u32::from(self.scale));
        write!(f, "{sign}{}.{:0scale$}", digits / one, digits % one)
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let scale = self.scale.max(other.scale);
        let raised = |number: &Self| i128::from(number.digits) * 10_i128.pow(u32::from(scale - number.scale));
        raised(self).cmp(&raised(other))
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text: std::borrow::Cow<'de, str> = Deserialize::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A sum of money. Where the notice withholds it, the number is −1: [`Amount::stands_for_withheld`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    /// The number as written.
    pub number: Decimal,
    /// The currency, if one was given that can be one.
    pub currency: Option<Currency>,
}

impl Amount {
    /// Whether it is the −1 that eForms writes in the place of a withheld ("unpublished") amount.
    pub fn stands_for_withheld(self) -> bool {
        self.number == Decimal::new(-1, 0)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.currency {
            Some(currency) => write!(f, "{} {currency}", self.number),
            None => write!(f, "{}", self.number),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Option<String> {
        text.parse::<Decimal>().ok().map(|number| number.to_string())
    }

    #[test]
    fn a_number_is_kept_to_the_digit() {
        for text in ["0", "1", "-1", "2700000.00", "0.01", "1661588.5", "999999999999999999", "0.00", "-0.5", "10"] {
            assert_eq!(read(text).as_deref(), Some(text));
        }
        assert_eq!(read("007.50").as_deref(), Some("7.50"));
        assert_eq!(read("+5").as_deref(), Some("5"));
        assert_eq!(read(".5").as_deref(), Some("0.5"));
        assert_eq!(read("5.").as_deref(), Some("5"));
    }

    #[test]
    fn zeroes_without_room_are_dropped_and_digits_without_room_refused() {
        assert_eq!(read("123456789012345678.000").as_deref(), Some("123456789012345678"));
        assert_eq!(read("1234567890.12345678000000").as_deref(), Some("1234567890.12345678"));
        assert_eq!(read(&format!("0.{}", "0".repeat(400))).as_deref(), Some("0.000000000000000000"));
        for text in ["1234567890123456789", "0.1234567890123456789", "99999999999999999999999999999999"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn an_exponent_is_read_exactly() {
        assert_eq!(read("1.0E7").as_deref(), Some("10000000"));
        assert_eq!(read("1.25e1").as_deref(), Some("12.5"));
        assert_eq!(read("5E-3").as_deref(), Some("0.005"));
        for text in ["1E30", "1E-30", "1E99999", "E5", "1E", "1e1e1"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn what_people_write_otherwise_is_not_guessed() {
        for text in ["", "-", ".", "1 000", "1,5", "1.000.000", "NOK 5", "5 kr", "--5", "１", "NaN", "unpublished"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_compared_by_value_and_counted_in_units() {
        let number = |text: &str| text.parse::<Decimal>().unwrap();
        assert_eq!(number("1.50"), number("1.5"));
        assert!(number("-2") < number("-1.99") && number("0.1") > number("0.09"));
        assert_eq!(number("1661588.5").in_units(2), Some(166_158_850));
        assert_eq!(number("0.005").in_units(2), Some(1));
        assert_eq!(number("-0.005").in_units(2), Some(-1));
        assert_eq!(number("999999999999999999").in_units(2), None);
        assert_eq!((number("6.00").as_whole(), number("6.01").as_whole()), (Some(6), None));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC*") {
            let _ = text.parse::<Decimal>();
        }

        #[test]
        fn every_number_survives_writing_and_reading(digits in -999_999_999_999_999_999_i64..=999_999_999_999_999_999, scale in 0_u8..=18) {
            let number = Decimal::new(digits, scale);
            let again: Decimal = number.to_string().parse().unwrap();
            prop_assert_eq!((again.digits, again.scale), (digits, scale));
        }

        #[test]
        fn number_like_texts_never_panic(text in "[-+]?[0-9]{0,25}[.]?[0-9]{0,25}([eE]-?[0-9]{1,6})?") {
            if let Ok(number) = text.parse::<Decimal>() {
                let _ = (number.in_units(2), number.in_units(18), number.as_whole(), number.to_string());
                prop_assert_eq!(number.cmp(&number), Ordering::Equal);
            }
        }
    }
}
