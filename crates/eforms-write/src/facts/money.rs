//! Amounts of money, without VAT.
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::iter::Sum;

/// The only currency in which we buy. Another would need the rules of the others: which has how many decimals.
pub const CURRENCY: &str = "NOK";

/// A whole number of øre: sums are exact. In JSON kroner: `1500000`, `"1500000.50"` or, as people write it, `"1 500 000"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Amount {
    oere: u64,
}

impl Amount {
    /// More than this is a typing error; and beyond it the sums of those who check us, who reckon in floats, go wrong.
    pub const LIKELY: Self = Self { oere: 100_000_000_000_000 };

    pub const fn kroner(kroner: u32) -> Self {
        Self { oere: kroner as u64 * 100 }
    }

    pub const fn oere(oere: u64) -> Self {
        Self { oere }
    }

    /// Spaces, also those that do not break, are how people write amounts.
    fn parse(text: &str) -> Option<Self> {
        let text: String = text.split_whitespace().collect();
        let (kroner, oere) = text.split_once('.').unwrap_or((&text, ""));
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if kroner.is_empty() || oere.len() > 2 || !digits(kroner) || !digits(oere) {
            return None;
        }
        let kroner: u64 = kroner.parse().ok()?;
        let oere: u64 = format!("{oere:0<2}").parse().ok()?;
        Some(Self { oere: kroner.checked_mul(100)?.checked_add(oere)? })
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.oere / 100, self.oere % 100) {
            (kroner, 0) => write!(f, "{kroner}"),
            (kroner, oere) => write!(f, "{kroner}.{oere:02}"),
        }
    }
}

impl Sum for Amount {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        Self { oere: amounts.map(|amount| amount.oere).fold(0, u64::saturating_add) }
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.oere % 100 {
            0 => serializer.serialize_u64(self.oere / 100),
            _ => serializer.collect_str(self),
        }
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Kroner)
    }
}

/// Reads an amount, and says in words what one is.
struct Kroner;

impl Kroner {
    fn read<E: Error>(written: &str) -> Result<Amount, E> {
        let is = || E::custom(format!("{written} is no amount of kroner: {ALLOWED}"));
        Amount::parse(written).ok_or_else(is)
    }
}

/// Up to [`Amount::LIKELY`].
const ALLOWED: &str =
    "it is a whole number from 0 to 1000000000000, or a text with at most two decimals after a point, \"1500000.50\"";

impl Visitor<'_> for Kroner {
    type Value = Amount;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an amount of kroner: {ALLOWED}")
    }

    fn visit_u64<E: Error>(self, kroner: u64) -> Result<Amount, E> {
        Self::read(&kroner.to_string())
    }

    fn visit_i64<E: Error>(self, kroner: i64) -> Result<Amount, E> {
        Self::read(&kroner.to_string())
    }

    /// By then it is a float, and øre are lost.
    fn visit_f64<E: Error>(self, kroner: f64) -> Result<Amount, E> {
        Err(E::custom(format!("{kroner:?} is no amount of kroner: {ALLOWED}")))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Amount, E> {
        Self::read(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact_and_read_as_they_are_written() {
        for (json, text) in [
            ("1500000", "1500000"),
            ("\"0.05\"", "0.05"),
            ("\"12.5\"", "12.50"),
            ("\"7.00\"", "7"),
            ("\"4 000 000\"", "4000000"),
            ("\"4\u{a0}000\u{202f}000.50 \"", "4000000.50"),
        ] {
            let amount: Amount = serde_json::from_str(json).unwrap();
            assert_eq!(amount.to_string(), text);
            let again: Amount = serde_json::from_str(&serde_json::to_string(&amount).unwrap()).unwrap();
            assert_eq!(again, amount);
        }
        for bad in ["-1", "1.5", "\"1.234\"", "\"1,50\"", "\"\"", "\" \"", "\"x\""] {
            assert!(serde_json::from_str::<Amount>(bad).is_err(), "{bad}");
        }
        for bad in ["-1", "1e300", "true", "null"] {
            let said = serde_json::from_str::<Amount>(bad).unwrap_err().to_string();
            assert!(said.contains("from 0 to 1000000000000") && !said.contains("Kroner"), "{said}");
        }
    }
}
