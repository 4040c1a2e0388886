//! Which municipality buys under an organisation number.
use super::{OrganisationNumber, table};
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Buyer {
    municipality: String,
    organisation_number: String,
}

static BUYERS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let rows: Vec<Buyer> = table::rows(include_str!("municipality_buyers.csv"));
    rows.into_iter().map(|buyer| (buyer.organisation_number, buyer.municipality)).collect()
});

/// The number of the municipality that buys under an organisation number. None for everybody else.
pub fn municipality_of(buyer: &OrganisationNumber) -> Option<&'static str> {
    BUYERS.get(buyer.as_str()).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::super::places;
    use super::*;
    use chrono::NaiveDate;

    #[test]
    fn every_buyer_has_a_right_number_and_is_a_municipality() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 28).unwrap();
        assert_eq!(BUYERS.len(), 354);
        for (number, municipality) in BUYERS.iter() {
            assert!(OrganisationNumber::parse(number).is_ok(), "{number}");
            assert!(places().find(municipality, today).is_some(), "{municipality}");
        }
        let stavanger = OrganisationNumber::parse("964965226").unwrap();
        assert_eq!(municipality_of(&stavanger), Some("1103"));
    }
}
