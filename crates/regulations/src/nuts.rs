//! The regions that the EU counts by, and the counties that they are in Norway.
use crate::municipalities::Region;

/// County and region of NUTS 2024, third level. In Norway a region is a county. Source: eForms SDK 1.14.2, list
/// `nuts-lvl3`, CC BY 4.0, © European Union. To SDK 1.12 notices have the regions of NUTS 2021, whose counties are those of
/// 2020.
const REGIONS: [(&str, &str); 15] = [
    ("03", "NO081"),
    ("11", "NO0A1"),
    ("15", "NO0A3"),
    ("18", "NO071"),
    ("31", "NO083"),
    ("32", "NO084"),
    ("33", "NO085"),
    ("34", "NO020"),
    ("39", "NO093"),
    ("40", "NO094"),
    ("42", "NO092"),
    ("46", "NO0A2"),
    ("50", "NO060"),
    ("55", "NO072"),
    ("56", "NO073"),
];

/// The region of NUTS 2024 that a county or municipality is or lies in.
pub fn nuts(region: &Region) -> Option<&'static str> {
    REGIONS.iter().find(|(county, _)| *county == region.county_number()).map(|(_, nuts)| *nuts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    #[test]
    fn every_county_is_a_region() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        let mut found = Vec::new();
        for number in 0..100 {
            if let Ok(county) = Region::parse(&format!("{number:02}"), day) {
                found.push(nuts(&county).unwrap());
            }
        }
        assert_eq!(found, REGIONS.map(|(_, nuts)| nuts));
        assert_eq!(nuts(&Region::parse("1103", day).unwrap()), Some("NO0A1"));
    }
}
