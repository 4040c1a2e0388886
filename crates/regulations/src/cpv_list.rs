//! The list of CPV 2008: every code with its names. The rows stand in `cpv.tsv`, with source and licence at its head.
use std::collections::HashMap;
use std::sync::LazyLock;

/// A code of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CpvEntry {
    /// Eight digits.
    pub code: &'static str,
    /// The name in bokmål.
    pub nb: &'static str,
    /// The name in English.
    pub en: &'static str,
    /// The name in nynorsk, which only the divisions have.
    pub nn: Option<&'static str>,
}

/// The check digits that are not those of the method. The rows stand in `cpv_check_digits.txt`, with their source.
static ODD_DIGITS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let rows = include_str!("cpv_check_digits.txt").lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|row| row.split_once('-')).collect()
});

impl CpvEntry {
    /// The code as it is printed, with its check digit: `72000000-5`.
    pub fn printed(&self) -> String {
        const WEIGHTS: [u8; 8] = [3, 7, 1, 3, 7, 1, 3, 7];
        match ODD_DIGITS.get(self.code) {
            Some(odd) => format!("{}-{odd}", self.code),
            None => {
                let digits = self.code.bytes().map(|b| u32::from(b - b'0'));
                let sum: u32 =
                    WEIGHTS.into_iter().map(u32::from).zip(digits).map(|(weight, digit)| weight * digit).sum();
                format!("{}-{}", self.code, sum % 10)
            }
        }
    }
}

static LIST: LazyLock<Vec<CpvEntry>> = LazyLock::new(|| {
    let rows = include_str!("cpv.tsv").lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(entry).collect()
});

fn entry(row: &'static str) -> Option<CpvEntry> {
    let mut columns = row.split('\t');
    Some(CpvEntry { code: columns.next()?, nb: columns.next()?, en: columns.next()?, nn: columns.next() })
}

/// Every code, in the order of the numbers: 9,454 of them.
pub fn cpv_list() -> &'static [CpvEntry] {
    &LIST
}

/// The code of these eight digits, if the list has it.
pub fn cpv_entry(code: &str) -> Option<&'static CpvEntry> {
    let at = LIST.binary_search_by(|entry| entry.code.cmp(code)).ok()?;
    LIST.get(at)
}

/// The codes that begin so.
pub fn cpv_beginning(digits: &str) -> &'static [CpvEntry] {
    let from = LIST.partition_point(|entry| entry.code < digits);
    let rest = LIST.get(from..).unwrap_or_default();
    &rest[..rest.partition_point(|entry| entry.code.starts_with(digits))]
}

/// The most precise code of the list that covers these eight digits, if their division is there at all.
pub(super) fn nearest(code: &str) -> Option<&'static CpvEntry> {
    (2..=8).rev().filter_map(|digits| code.get(..digits)).find_map(|digits| cpv_entry(&format!("{digits:0<8}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_printed_with_its_check_digit() {
        let printed = |code| cpv_entry(code).map(CpvEntry::printed).unwrap_or_default();
        for whole in ["72000000-5", "85312000-9", "33600000-6", "51000000-9", "09310000-5", "72212482-1", "03113100-7"]
        {
            assert_eq!(printed(&whole[..8]), whole);
        }
        assert!(ODD_DIGITS.keys().all(|code| cpv_entry(code).is_some()));
    }

    #[test]
    fn the_list_is_whole_and_in_order() {
        let list = cpv_list();
        assert_eq!(list.len(), 9_454);
        assert!(list.is_sorted_by(|a, b| a.code < b.code));
        for entry in list {
            assert!(entry.code.len() == 8 && entry.code.bytes().all(|b| b.is_ascii_digit()), "{entry:?}");
            for name in [Some(entry.nb), Some(entry.en), entry.nn].into_iter().flatten() {
                assert!(!name.is_empty() && name.trim() == name && !name.ends_with('.'), "{entry:?}");
            }
        }
        let divisions: Vec<_> = list.iter().filter(|entry| entry.nn.is_some()).collect();
        assert_eq!(divisions.len(), 45);
        assert!(divisions.iter().all(|entry| entry.code.ends_with("000000")));
    }

    #[test]
    fn every_code_lies_under_a_more_general_one() {
        for entry in cpv_list().iter().filter(|entry| entry.nn.is_none()) {
            let above = entry.code.trim_end_matches('0');
            let above = &above[..above.len() - 1];
            assert!(nearest(&format!("{above:0<8}")).is_some_and(|n| n.code != entry.code), "{entry:?}");
        }
    }

    #[test]
    fn a_code_is_found_by_its_digits_and_by_their_beginning() {
        assert_eq!(cpv_entry("85311100").map(|e| e.en), Some("Welfare services for the elderly"));
        assert_eq!(cpv_entry("85311109"), None);
        assert_eq!(cpv_beginning("853111").iter().map(|e| e.code).collect::<Vec<_>>(), ["85311100"]);
        assert_eq!(cpv_beginning("03").len() + cpv_beginning("09").len(), cpv_beginning("0").len());
        assert!(cpv_beginning("99").is_empty() && cpv_beginning("").len() == 9_454);
    }

    #[test]
    fn the_nearest_code_is_the_most_precise_one_above() {
        let above = |code| nearest(code).map(|entry| entry.code);
        assert_eq!(above("85311109"), Some("85311100"));
        assert_eq!(above("85311900"), Some("85311000"));
        assert_eq!(above("85999999"), Some("85000000"));
        assert_eq!(above("99999999"), None);
    }
}
