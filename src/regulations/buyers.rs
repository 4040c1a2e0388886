//! Where a public buyer is: the municipality that its organisation number stands for, and the county of its region.
use super::OrganisationNumber;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Buyer {
    municipality: String,
    organisation_number: String,
}

#[derive(Deserialize)]
struct Nuts {
    nuts: String,
    county: String,
}

static BUYERS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    rows::<Buyer>(include_str!("municipality_buyers.csv")).map(|b| (b.organisation_number, b.municipality)).collect()
});

static NUTS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    rows::<Nuts>(include_str!("nuts.csv")).filter(|n| !n.county.is_empty()).map(|n| (n.nuts, n.county)).collect()
});

fn rows<T: for<'de> Deserialize<'de> + 'static>(table: &'static str) -> impl Iterator<Item = T> {
    csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(table.as_bytes()).into_deserialize().map(|row| {
        #[expect(clippy::expect_used, reason = "the tables are part of the program, and a test reads them")]
        row.expect("a table of buyers holds valid rows")
    })
}

/// The number of the municipality that buys under an organisation number. None for everybody else.
pub fn municipality_of(buyer: &OrganisationNumber) -> Option<&'static str> {
    BUYERS.get(buyer.as_str()).map(String::as_str)
}

/// The number of the county in which a region of NUTS level 3 lies, of 2021 or of 2024. None for a region of 2021 that
/// lies in several of today's counties, and outside Norway.
pub fn county_of_nuts(nuts: &str) -> Option<&'static str> {
    NUTS.get(nuts).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::super::places;
    use super::*;
    use chrono::NaiveDate;

    #[test]
    fn every_buyer_has_a_right_number_and_every_place_is_one() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 28).unwrap();
        assert_eq!(BUYERS.len(), 354);
        for (number, municipality) in BUYERS.iter() {
            assert!(OrganisationNumber::parse(number).is_ok(), "{number}");
            assert!(places().find(municipality, today).is_some(), "{municipality}");
        }
        let counties: std::collections::BTreeSet<&str> = NUTS.values().map(String::as_str).collect();
        let all: std::collections::BTreeSet<&str> = places().counties(today).map(|c| c.number.as_str()).collect();
        assert_eq!(counties, all, "every county has its region of 2024");
    }

    #[test]
    fn a_region_that_was_split_is_in_no_county() {
        assert_eq!(county_of_nuts("NO0A1"), Some("11"));
        for nuts in ["NO082", "NO091", "NO074", "NO0B1", "NO08", "SE110", ""] {
            assert_eq!(county_of_nuts(nuts), None, "{nuts}");
        }
        let stavanger = OrganisationNumber::parse("964965226").unwrap();
        assert_eq!(municipality_of(&stavanger), Some("1103"));
    }
}
