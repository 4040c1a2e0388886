//! How large municipalities are, by their inhabitants on one day (`inhabitants.csv`) and by what is called small
//! (`municipality_sizes.csv`).
use crate::table::rows;
use serde::Deserialize;
use std::sync::LazyLock;

crate::text_enum! {
    /// As SSB divides municipalities in its KOSTRA groups.
    pub enum MunicipalitySize { Small = "small", Medium = "medium", Large = "large" }
}

#[derive(Deserialize)]
struct Inhabitants {
    municipality: u16,
    inhabitants: u32,
}

#[derive(Deserialize)]
struct Bound {
    size: String,
    inhabitants_from: u32,
}

/// By the inhabitants that each begins with, the smallest first.
static BOUNDS: LazyLock<Vec<(MunicipalitySize, u32)>> = LazyLock::new(|| {
    let rows = rows::<Bound>(include_str!("municipality_sizes.csv")).into_iter();
    let mut bounds: Vec<_> = rows.filter_map(|row| Some((row.size.parse().ok()?, row.inhabitants_from))).collect();
    bounds.sort_by_key(|(_, from)| *from);
    bounds
});

/// At the number of the municipality: a million notices are asked of it at once.
static SIZES: LazyLock<Vec<Option<MunicipalitySize>>> = LazyLock::new(|| {
    let size = |inhabitants: u32| BOUNDS.iter().rev().find(|(_, from)| inhabitants >= *from).map(|(size, _)| *size);
    let mut sizes = vec![None; 10_000];
    for row in rows::<Inhabitants>(include_str!("inhabitants.csv")) {
        if let Some(place) = sizes.get_mut(usize::from(row.municipality)) {
            *place = size(row.inhabitants);
        }
    }
    sizes
});

impl MunicipalitySize {
    /// Of the municipality with this number, `1103` for Stavanger. None for numbers of other days, and of what is none.
    pub fn of(municipality: u16) -> Option<Self> {
        SIZES.get(usize::from(municipality)).copied().flatten()
    }

    /// The inhabitants that it begins with, and those that the next one begins with.
    pub fn bounds(self) -> (u32, Option<u32>) {
        let at = BOUNDS.iter().position(|(size, _)| *size == self).unwrap_or(0);
        (BOUNDS.get(at).map_or(0, |(_, from)| *from), BOUNDS.get(at + 1).map(|(_, from)| *from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places;
    use chrono::NaiveDate;

    #[test]
    fn every_municipality_of_that_day_has_its_inhabitants_and_all_are_those_of_the_country() {
        let rows = rows::<Inhabitants>(include_str!("inhabitants.csv"));
        assert_eq!(rows.iter().map(|row| row.inhabitants).sum::<u32>(), 5_550_203);
        let day = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap();
        let numbers: Vec<String> = places().municipalities(day).map(|place| place.number.clone()).collect();
        assert_eq!(rows.iter().map(|row| format!("{:04}", row.municipality)).collect::<Vec<_>>(), numbers);
    }

    #[test]
    fn a_size_begins_where_the_last_ended() {
        assert_eq!(
            MunicipalitySize::ALL.iter().map(|size| size.bounds()).collect::<Vec<_>>(),
            [(0, Some(5_000)), (5_000, Some(20_000)), (20_000, None),]
        );
        assert_eq!(MunicipalitySize::of(1103), Some(MunicipalitySize::Large));
        assert_eq!(MunicipalitySize::of(1580), Some(MunicipalitySize::Medium), "Haram");
        assert_eq!(MunicipalitySize::of(1151), Some(MunicipalitySize::Small), "Utsira");
        assert_eq!(MunicipalitySize::of(0), None);
        assert_eq!(MunicipalitySize::of(9999), None);
    }
}
