//! Currencies: `currency.csv` of the Open Contracting Data Standard 1.1.5 (Apache-2.0), which has those of ISO 4217.
use std::collections::HashSet;
use std::sync::LazyLock;

static CURRENCIES: LazyLock<HashSet<&str>> = LazyLock::new(|| include_str!("currencies.csv").lines().skip(1).collect());

/// Whether these three letters are the code of a currency.
pub fn is_currency(code: &str) -> bool {
    CURRENCIES.contains(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_currency_is_one_of_the_list() {
        assert!(["NOK", "EUR", "USD"].into_iter().all(is_currency));
        assert!(["ZZZ", "nok", "", "Code"].into_iter().all(|code| !is_currency(code)));
    }
}
