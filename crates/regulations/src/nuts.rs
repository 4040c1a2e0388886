//! The regions that the EU counts by (NUTS, level 3), and the counties that they are in Norway. The table is `nuts.csv`.
use crate::municipalities::Region;
use crate::table;
use serde::Deserialize;
use std::sync::LazyLock;

/// A region. To SDK 1.12 notices have those of NUTS 2021, of which some lie in several of today's counties.
#[derive(Deserialize)]
struct Row {
    nuts: String,
    county: Option<String>,
}

static REGIONS: LazyLock<Vec<Row>> = LazyLock::new(|| table::rows(include_str!("nuts.csv")));

/// The region of NUTS 2024 that a county or municipality is or lies in.
pub fn nuts(region: &Region) -> Option<&'static str> {
    let row = REGIONS.iter().find(|row| row.county.as_deref() == Some(region.county_number()));
    row.map(|row| row.nuts.as_str())
}

/// The number of the county in which a region lies, of NUTS 2021 or of 2024. None for a region of 2021 that lies in several
/// of today's counties, and outside Norway.
pub fn county_of_nuts(nuts: &str) -> Option<&'static str> {
    REGIONS.iter().find(|row| row.nuts == nuts)?.county.as_deref()
}

#[cfg(test)]
mod tests {
    use super::super::places;
    use super::*;
    use chrono::NaiveDate;

    #[test]
    fn every_county_is_a_region_and_the_other_way_round() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        let counties: Vec<&str> = places().counties(day).map(|county| county.number.as_str()).collect();
        assert_eq!(counties.len(), 15);
        for county in counties {
            let region = nuts(&Region::parse(county, day).unwrap()).unwrap();
            assert_eq!(county_of_nuts(region), Some(county));
        }
        assert_eq!(nuts(&Region::parse("1103", day).unwrap()), Some("NO0A1"));
    }

    #[test]
    fn a_region_that_was_split_is_in_no_county() {
        for nuts in ["NO082", "NO091", "NO074", "NO0B1", "NO08", "SE110", ""] {
            assert_eq!(county_of_nuts(nuts), None, "{nuts}");
        }
    }
}
