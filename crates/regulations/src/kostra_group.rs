//! The KOSTRA groups of Statistics Norway: municipalities that are alike in inhabitants, in what they must pay for and in what
//! they have left, so that they can be compared (`kostra_groups.csv`).
use serde::Deserialize;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

/// A KOSTRA group, 1 to 17. Its code is that of KLASS 112, `EKG01`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KostraGroup(u8);

#[derive(Deserialize)]
struct Row {
    municipality: u16,
    group: u8,
}

/// At the number of the municipality: a million notices are asked of it at once.
static GROUPS: LazyLock<Vec<Option<KostraGroup>>> = LazyLock::new(|| {
    let mut groups = vec![None; 10_000];
    for row in rows() {
        if let Some(place) = groups.get_mut(usize::from(row.municipality)) {
            *place = Some(KostraGroup(row.group));
        }
    }
    groups
});

fn rows() -> Vec<Row> {
    crate::table::rows(include_str!("kostra_groups.csv"))
}

impl KostraGroup {
    /// The last of them.
    const LAST: u8 = 17;

    /// Of the municipality with this number, `1103` for Stavanger. None for numbers of other days, and of what is none.
    pub fn of(municipality: u16) -> Option<Self> {
        GROUPS.get(usize::from(municipality)).copied().flatten()
    }

    /// # Errors
    /// A number that no group has.
    pub fn numbered(number: u32) -> Result<Self, UnknownKostraGroup> {
        let number = u8::try_from(number).ok().filter(|number| (1..=Self::LAST).contains(number));
        number.map(Self).ok_or(UnknownKostraGroup)
    }

    pub const fn number(self) -> u8 {
        self.0
    }

    pub fn all() -> impl Iterator<Item = Self> {
        (1..=Self::LAST).map(Self)
    }
}

impl fmt::Display for KostraGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EKG{:02}", self.0)
    }
}

/// No code of a KOSTRA group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("KOSTRA groups are EKG01 to EKG17")]
pub struct UnknownKostraGroup;

impl FromStr for KostraGroup {
    type Err = UnknownKostraGroup;
    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Self::all().find(|group| group.to_string() == code).ok_or(UnknownKostraGroup)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places;
    use chrono::NaiveDate;

    #[test]
    fn every_municipality_is_in_a_group_and_the_groups_are_as_large_as_statistics_norway_tells() {
        let day = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap();
        let numbers: Vec<String> = places().municipalities(day).map(|place| place.number.clone()).collect();
        assert_eq!(rows().iter().map(|row| format!("{:04}", row.municipality)).collect::<Vec<_>>(), numbers);
        let sizes: Vec<usize> = (1..=17).map(|group| rows().iter().filter(|row| row.group == group).count()).collect();
        assert_eq!(sizes, [40, 18, 9, 39, 33, 28, 38, 13, 27, 13, 10, 11, 1, 25, 36, 8, 8]);
        assert_eq!(sizes.iter().sum::<usize>(), rows().len());
    }

    #[test]
    fn a_group_is_found_by_municipality_and_by_code() {
        let number = |municipality| KostraGroup::of(municipality).map(KostraGroup::number);
        assert_eq!(number(301), Some(13), "Oslo");
        assert_eq!(number(1103), Some(12), "Stavanger");
        assert_eq!((number(1580), number(1508)), (Some(1), Some(11)), "Haram, and Ålesund which it left");
        assert_eq!((number(0), number(9999)), (None, None));
        assert_eq!(KostraGroup::of(1103).unwrap().to_string(), "EKG12");
        assert!(KostraGroup::all().all(|group| group.to_string().parse() == Ok(group)));
        for wrong in ["", "EKG00", "EKG18", "EKG1", "ekg01", "12", "EKG012"] {
            assert_eq!(wrong.parse::<KostraGroup>(), Err(UnknownKostraGroup), "{wrong}");
        }
        assert_eq!(KostraGroup::numbered(0), Err(UnknownKostraGroup));
        assert_eq!(KostraGroup::numbered(18), Err(UnknownKostraGroup));
    }
}
