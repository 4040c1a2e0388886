//! An amount as people write it: `1 500 000`, `500 000 kr`, `1,5 mill.`, `2 millioner`, `500'`.

/// What stands for so many, behind the number.
const UNITS: [(i64, &[&str]); 3] = [
    (1_000, &["tusen", "thousand", "tnok", "tkr", "'", "’", "k"]),
    (1_000_000, &["millioner", "millionar", "millions", "million", "mill", "mnok", "mkr"]),
    (1_000_000_000, &["milliarder", "milliardar", "milliard", "mrd"]),
];
/// What may stand before it, and behind it; it says nothing about how much.
const BEFORE: [&str; 3] = ["ca", "nok", "kr"];
const BEHIND: [&str; 6] = ["kroner", "nok", "kr", ",-", ",–", ".-"];

/// Whole units of the currency; nothing if it can be read in two ways, or in none.
pub(super) fn read(typed: &str) -> Option<i64> {
    let text: String = typed.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    let mut text = text.as_str();
    while let Some(rest) = BEFORE.iter().find_map(|word| text.strip_prefix(word)) {
        text = rest.trim_start_matches('.');
    }
    loop {
        // A point ends what is shortened, and no number.
        let shortened = text.strip_suffix('.').unwrap_or(text);
        let of_a_unit = UNITS.iter().find_map(|(times, words)| {
            let number = words.iter().find_map(|word| shortened.strip_suffix(word))?;
            number.ends_with(|c: char| c.is_ascii_digit()).then_some((*times, number))
        });
        if let Some((times, number)) = of_a_unit {
            return times_of(number, times);
        }
        match BEHIND.iter().find_map(|word| shortened.strip_suffix(word)) {
            Some(rest) => text = rest,
            None => return grouped(text),
        }
    }
}

/// `1500000`, `1.500.000` and `1,500,000`: points and commas stand before three digits, and one comma alone may be that of a decimal.
fn grouped(number: &str) -> Option<i64> {
    let number = number.strip_suffix(",00").unwrap_or(number);
    let (mark, groups) = match (number.contains('.'), number.matches(',').count()) {
        (true, 0) => ('.', number.split('.')),
        (false, 2..) => (',', number.split(',')),
        (false, 0) => return digits(number),
        _ => return None,
    };
    let mut groups = groups;
    let is_first = groups.next().is_some_and(|first| (1..=3).contains(&first.len()));
    (is_first && groups.all(|group| group.len() == 3)).then(|| digits(&number.replace(mark, "")))?
}

/// `1,5` and `1.5` of a unit. Of three decimals nobody knows whether they are a thousand.
fn times_of(number: &str, times: i64) -> Option<i64> {
    let (whole, decimals) = number.split_once([',', '.']).unwrap_or((number, ""));
    if decimals.len() > 2 || (decimals.is_empty() && whole.len() < number.len()) {
        return None;
    }
    let whole = digits(whole)?.checked_mul(times)?;
    let parts = if decimals.is_empty() { 0 } else { digits(decimals)? };
    let of = if decimals.len() == 1 { 10 } else { 100 };
    whole.checked_add(parts * (times / of))
}

/// Digits and nothing else, so no sign either.
fn digits(text: &str) -> Option<i64> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_people_write_is_read_and_what_is_unclear_is_not() {
        for (amount, ways) in [
            (
                1_500_000,
                &[
                    "1500000",
                    "1 500 000",
                    "1\u{a0}500\u{a0}000",
                    "1.500.000",
                    "1,500,000",
                    "1.500.000 kr",
                    "1500000,-",
                    "kr 1 500 000,-",
                    "kr. 1.500.000",
                    "1 500 000,00",
                    "1 500 000 NOK",
                    "NOK 1500000",
                    "1,5 mill",
                    "1,5 mill.",
                    "1.5 mill kr",
                    "1,5 millioner",
                    "1,5 millionar kroner",
                    "1,50 MNOK",
                    "1500 tusen",
                    "1 500'",
                    "1500k",
                    "ca. 1,5 mill. kr",
                    "1 500 000 kr.",
                ][..],
            ),
            (500_000, &["500 000 kr", "500'", "500 tkr", "0,5 mill", "500 tusen kroner"]),
            (2_000_000, &["2 millioner", "2mill", "2 million", "2 mill."]),
            (1_250_000_000, &["1,25 milliarder", "1,25 mrd.", "1250 mill"]),
            (0, &["0"]),
        ] {
            for way in ways {
                assert_eq!(read(way), Some(amount), "{way}");
            }
        }
        for unclear in [
            "",
            "2000000.00",
            "1500.50",
            "15000.000",
            "1..5",
            ".",
            "mye",
            "1,5",
            "1,500",
            "1.500 mill",
            "1,5,5 mill",
            "1-2 mill",
            "-500",
            "+500",
            "to millioner",
            "500 EUR",
            "5 m",
            "mill",
            "1. mill 2",
            "1,",
            "500.",
            "kr",
            "9999999999999999999",
            "9999999999999 mrd",
            "١٢٣",
        ] {
            assert_eq!(read(unclear), None, "{unclear}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_read_or_not(typed in "\\PC*") {
            read(&typed);
        }
        #[test]
        fn what_we_write_is_read(amount in 0i64..10_000_000_000_000) {
            prop_assert_eq!(read(&crate::platform::wording::number(amount)), Some(amount));
        }
    }
}
