//! Counties and municipalities by number, as dated rows: a number means what it meant on a given day.
//!
//! The rows stand in `municipalities.csv`, with their source at its head. It begins on 2024-01-01, when today's 15
//! counties came into force; before that day it knows of no place. When numbers change, give the old rows a `valid_to`
//! and add new ones; nothing here needs to change.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

/// A county or a municipality under one name, for as long as its number and its name hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Two digits for a county (`11`), four for a municipality (`1103`).
    pub number: String,
    /// The Norwegian name: `Kåfjord`. Two of a name are told apart by their county: `Våler (Østfold)`.
    pub name: String,
    /// Every official form, Sami, Norwegian and Kven, in the order of the register: `Gáivuotna - Kåfjord - Kaivuono`.
    pub official_name: String,
    /// The number of the county that the municipality lies in. None for a county.
    pub county: Option<String>,
    /// The first day on which the row holds.
    pub valid_from: NaiveDate,
    /// The first day on which it no longer holds. None while it does.
    pub valid_to: Option<NaiveDate>,
}

impl Place {
    /// Whether the row holds on `day`: from and with `valid_from`, up to but without `valid_to`.
    pub fn is_valid(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|end| day < end)
    }
}

/// All places that a table knows, in the order of their numbers, the rows of one number in the order of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    by_number: BTreeMap<String, Vec<Place>>,
}

/// Why a table of places cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum PlacesError {
    /// Not the columns, or not the dates, that the table should have.
    #[error("the table cannot be read: {0}")]
    Unreadable(#[from] csv::Error),
    /// A number that is neither two nor four digits.
    #[error("{0:?} is no number of a county or municipality")]
    Number(String),
    /// A row without a name, or one that ends before it begins.
    #[error("the row of {number} from {valid_from} has no name or no day on which it holds")]
    Empty {
        /// The number of the row.
        number: String,
        /// Its first day.
        valid_from: NaiveDate,
    },
    /// Two rows give one number a meaning on the same day.
    #[error("{number} has two rows on {day}")]
    Overlap {
        /// The number that both rows have.
        number: String,
        /// The first day on which both hold.
        day: NaiveDate,
    },
    /// A municipality in a county that there is not, at the time or at all, or that is called something else.
    #[error("{number} lies in county {county:?}, which is not in the table from {valid_from}")]
    County {
        /// The number of the municipality.
        number: String,
        /// Number and name of the county as the row has them.
        county: String,
        /// The first day of the row.
        valid_from: NaiveDate,
    },
}

static PLACES: LazyLock<Places> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the table is part of the program, and a test reads it")]
    Places::read(include_str!("municipalities.csv")).expect("municipalities.csv holds valid rows")
});

/// The counties and municipalities of Norway since 2024-01-01, as they stand in `municipalities.csv`.
pub fn places() -> &'static Places {
    &PLACES
}

/// A row of the table as it is written.
#[derive(Deserialize)]
struct Row {
    number: String,
    name: String,
    official_name: String,
    county_number: Option<String>,
    county_name: Option<String>,
    valid_from: NaiveDate,
    valid_to: Option<NaiveDate>,
}

impl Places {
    /// Reads a table with the columns `number,name,official_name,county_number,county_name,valid_from,valid_to`. Lines that
    /// begin with `#` are passed over. A county has neither number nor name of a county.
    ///
    /// # Errors
    /// The first thing that is wrong with the table, see [`PlacesError`].
    pub fn read(table: &str) -> Result<Self, PlacesError> {
        let rows = csv::ReaderBuilder::new()
            .comment(Some(b'#'))
            .from_reader(table.as_bytes())
            .into_deserialize()
            .collect::<Result<Vec<Row>, _>>()?;
        let mut by_number: BTreeMap<String, Vec<Place>> = BTreeMap::new();
        let mut county_names = Vec::new();
        for row in rows {
            let place = place(row, &mut county_names)?;
            by_number.entry(place.number.clone()).or_default().push(place);
        }
        for rows in by_number.values_mut() {
            rows.sort_by_key(|place| place.valid_from);
            refuse_overlap(rows)?;
        }
        let places = Self { by_number };
        places.refuse_unknown_counties(&county_names)?;
        Ok(places)
    }

    /// The county or municipality that had this number on `day`.
    pub fn find(&self, number: &str, day: NaiveDate) -> Option<&Place> {
        self.by_number.get(number)?.iter().find(|place| place.is_valid(day))
    }

    /// The latest row of a number, whether it still holds or not: for showing what was stored long ago.
    pub fn latest(&self, number: &str) -> Option<&Place> {
        self.by_number.get(number)?.last()
    }

    /// The counties of a day, by number.
    pub fn counties(&self, day: NaiveDate) -> impl Iterator<Item = &Place> {
        self.on(day).filter(|place| place.county.is_none())
    }

    /// The municipalities of a day, by number.
    pub fn municipalities(&self, day: NaiveDate) -> impl Iterator<Item = &Place> {
        self.on(day).filter(|place| place.county.is_some())
    }

    /// The municipalities that lay in a county on a day, by number. None for a number that is no county's.
    pub fn municipalities_of<'a>(&'a self, county: &'a str, day: NaiveDate) -> impl Iterator<Item = &'a Place> {
        self.municipalities(day).filter(move |place| place.county.as_deref() == Some(county))
    }

    fn on(&self, day: NaiveDate) -> impl Iterator<Item = &Place> {
        self.by_number.values().flatten().filter(move |place| place.is_valid(day))
    }

    /// Every municipality lies in a county of the same number and name, on its first day.
    fn refuse_unknown_counties(&self, names: &[(Place, String)]) -> Result<(), PlacesError> {
        for (place, name) in names {
            let number = place.county.as_deref().unwrap_or_default();
            let county = self.find(number, place.valid_from);
            if county.is_none_or(|county| county.name != *name || !place.number.starts_with(number)) {
                return Err(PlacesError::County {
                    number: place.number.clone(),
                    county: format!("{number} {name}"),
                    valid_from: place.valid_from,
                });
            }
        }
        Ok(())
    }
}

/// The place of a row; for a municipality, the name of its county is kept aside to be checked.
fn place(row: Row, county_names: &mut Vec<(Place, String)>) -> Result<Place, PlacesError> {
    let Row { number, name, official_name, county_number, county_name, valid_from, valid_to } = row;
    let digits = number.bytes().all(|b| b.is_ascii_digit());
    if !digits || number.len() != if county_number.is_none() { 2 } else { 4 } {
        return Err(PlacesError::Number(number));
    }
    if name.is_empty() || official_name.is_empty() || valid_to.is_some_and(|end| end <= valid_from) {
        return Err(PlacesError::Empty { number, valid_from });
    }
    let place = Place { number, name, official_name, county: county_number, valid_from, valid_to };
    if place.county.is_some() {
        county_names.push((place.clone(), county_name.unwrap_or_default()));
    }
    Ok(place)
}

/// The rows of one number, in the order of time, must not share a day.
fn refuse_overlap(rows: &[Place]) -> Result<(), PlacesError> {
    for pair in rows.windows(2) {
        let [earlier, later] = pair else { continue };
        if earlier.is_valid(later.valid_from) {
            return Err(PlacesError::Overlap { number: later.number.clone(), day: later.valid_from });
        }
    }
    Ok(())
}

/// A county or a municipality, by its number. Who only has a `Region` knows that there is or was such a place; what it is
/// called depends on the day.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Region(String);

/// Why a text is no region.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RegionError {
    /// Neither two nor four digits.
    #[error("a county has two digits, a municipality four")]
    Malformed,
    /// Well formed, but no county or municipality has, on the day, that number.
    #[error("there is no county or municipality with the number {0}")]
    Unknown(String),
}

impl Region {
    /// Reads the number of a county (two digits) or a municipality (four) that is valid on `day`. Spaces around it are
    /// passed over.
    ///
    /// # Errors
    /// [`RegionError::Malformed`] for anything but two or four digits, [`RegionError::Unknown`] for a number that is not
    /// in use on the day.
    pub fn parse(text: &str, day: NaiveDate) -> Result<Self, RegionError> {
        let number = well_formed(text)?;
        places()
            .find(number, day)
            .map_or_else(|| Err(RegionError::Unknown(number.to_owned())), |_| Ok(Self(number.to_owned())))
    }

    /// The Norwegian name of a number as it is stored, by its latest row: also of a place that is no more.
    pub fn name_of(number: &str) -> Option<&'static str> {
        places().latest(number).map(|place| place.name.as_str())
    }

    /// The number: two or four digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What it is on `day`. None if its number is not in use then.
    pub fn place(&self, day: NaiveDate) -> Option<&'static Place> {
        places().find(&self.0, day)
    }

    /// Whether it is a county.
    pub fn is_county(&self) -> bool {
        self.0.len() == 2
    }

    /// The number of the county that it is or lies in: its first two digits.
    pub fn county_number(&self) -> &str {
        &self.0[..2]
    }

    /// Whether `other` is the same place or a municipality in this county.
    pub fn contains(&self, other: &Self) -> bool {
        self == other || (self.is_county() && self.0 == other.county_number())
    }
}

/// Two or four digits, without the spaces around them.
fn well_formed(text: &str) -> Result<&str, RegionError> {
    let number = text.trim();
    let digits = number.bytes().all(|b| b.is_ascii_digit());
    if digits && matches!(number.len(), 2 | 4) { Ok(number) } else { Err(RegionError::Malformed) }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Takes any number that the table has ever held, for what is stored may be older than the latest change.
impl FromStr for Region {
    type Err = RegionError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = well_formed(text)?;
        match places().latest(number) {
            Some(_) => Ok(Self(number.to_owned())),
            None => Err(RegionError::Unknown(number.to_owned())),
        }
    }
}

impl TryFrom<String> for Region {
    type Error = RegionError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Region> for String {
    fn from(region: Region) -> Self {
        region.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    const TODAY: &str = "2026-11-21";

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// As many as there have been since 1 January 2024.
    #[test]
    fn there_are_fifteen_counties_with_their_municipalities() {
        let today = day(TODAY);
        let counts: Vec<_> = places()
            .counties(today)
            .map(|c| (c.number.as_str(), c.name.as_str(), places().municipalities_of(&c.number, today).count()))
            .collect();
        let expected = [
            ("03", "Oslo", 1),
            ("11", "Rogaland", 23),
            ("15", "Møre og Romsdal", 27),
            ("18", "Nordland", 41),
            ("31", "Østfold", 12),
            ("32", "Akershus", 21),
            ("33", "Buskerud", 18),
            ("34", "Innlandet", 46),
            ("39", "Vestfold", 6),
            ("40", "Telemark", 17),
            ("42", "Agder", 25),
            ("46", "Vestland", 43),
            ("50", "Trøndelag", 38),
            ("55", "Troms", 21),
            ("56", "Finnmark", 18),
        ];
        assert_eq!(counts, expected);
        assert_eq!(places().municipalities(today).count(), 357);
    }

    #[test]
    fn names_are_told_apart_and_have_all_their_official_forms() {
        let names: HashSet<&str> = places().municipalities(day(TODAY)).map(|p| p.name.as_str()).collect();
        assert_eq!(names.len(), 357);
        let place = |number| places().find(number, day(TODAY)).unwrap();
        assert_eq!(place("5540").name, "Kåfjord");
        assert_eq!(place("5540").official_name, "Gáivuotna - Kåfjord - Kaivuono");
        assert_eq!(place("3114").name, "Våler (Østfold)");
        assert!(places().on(day(TODAY)).all(|p| p.official_name.contains(&p.name)));
    }

    #[test]
    fn a_row_holds_from_its_first_day_up_to_its_last() {
        assert!(places().find("3107", day("2024-01-01")).is_some());
        assert!(places().find("3107", day("2023-12-31")).is_none());
        assert_eq!(places().counties(day("2023-12-31")).count(), 0);
    }

    const RENAMED: &str = "\
# Invented: 4499 changes its name, 4498 goes into it.
number,name,official_name,county_number,county_name,valid_from,valid_to
44,Fjell,Fjell,,,2024-01-01,
4499,Nyby,Nyby,44,Fjell,2030-01-01,
4499,Gamleby,Gamleby,44,Fjell,2024-01-01,2030-01-01
4498,Utby,Utby,44,Fjell,2024-01-01,2030-01-01
";

    #[test]
    fn earlier_and_later_rows_of_a_number_live_side_by_side() {
        let places = Places::read(RENAMED).unwrap();
        let name = |number, text| places.find(number, day(text)).map(|p| p.name.as_str());
        assert_eq!([name("4499", "2029-12-31"), name("4499", "2030-01-01")], [Some("Gamleby"), Some("Nyby")]);
        assert_eq!([name("4498", "2029-12-31"), name("4498", "2030-01-01")], [Some("Utby"), None]);
        assert_eq!(places.latest("4498").map(|p| p.name.as_str()), Some("Utby"));
        assert_eq!(places.municipalities_of("44", day("2029-12-31")).count(), 2);
        assert_eq!(places.municipalities_of("44", day("2030-01-01")).count(), 1);
    }

    #[test]
    fn a_table_that_contradicts_itself_is_refused() {
        let with = |row: &str| Places::read(&format!("{RENAMED}{row}\n")).unwrap_err().to_string();
        for (row, error) in [
            ("4499,Midtby,Midtby,44,Fjell,2029-06-01,2029-07-01", "4499 has two rows on 2029-06-01"),
            (
                "4497,Vågen,Vågen,45,Fjell,2024-01-01,",
                "4497 lies in county \"45 Fjell\", which is not in the table from 2024-01-01",
            ),
            (
                "4497,Vågen,Vågen,44,Fjord,2024-01-01,",
                "4497 lies in county \"44 Fjord\", which is not in the table from 2024-01-01",
            ),
            (
                "4497,Vågen,Vågen,44,Fjell,2023-01-01,",
                "4497 lies in county \"44 Fjell\", which is not in the table from 2023-01-01",
            ),
            (
                "3397,Vågen,Vågen,44,Fjell,2024-01-01,",
                "3397 lies in county \"44 Fjell\", which is not in the table from 2024-01-01",
            ),
            ("449,Vågen,Vågen,44,Fjell,2024-01-01,", "\"449\" is no number of a county or municipality"),
            ("4497,Vågen,Vågen,,,2024-01-01,", "\"4497\" is no number of a county or municipality"),
            (
                "4497,,Vågen,44,Fjell,2024-01-01,",
                "the row of 4497 from 2024-01-01 has no name or no day on which it holds",
            ),
            (
                "4497,Vågen,Vågen,44,Fjell,2024-01-01,2024-01-01",
                "the row of 4497 from 2024-01-01 has no name or no day on which it holds",
            ),
        ] {
            assert_eq!(with(row), error, "{row}");
        }
        assert!(with("4497,Vågen,Vågen,44,Fjell,1.1.2024,").starts_with("the table cannot be read"));
        assert!(with("4497,Vågen").starts_with("the table cannot be read"));
    }

    #[test]
    fn a_region_is_a_county_or_a_municipality_of_the_day() {
        let parse = |text| Region::parse(text, day(TODAY));
        assert_eq!(parse("11").unwrap().to_string(), "11");
        assert_eq!(parse(" 1103\n").unwrap().place(day(TODAY)).unwrap().name, "Stavanger");
        for text in ["", "1", "110", "11030", "ab", "11 03", "+1", "1103,1106", "٠٣"] {
            assert_eq!(parse(text), Err(RegionError::Malformed), "{text}");
        }
        for text in ["00", "30", "54", "3004", "0101", "9999"] {
            assert_eq!(parse(text), Err(RegionError::Unknown(text.into())), "{text}");
        }
        assert_eq!(Region::parse("1103", day("2023-12-31")), Err(RegionError::Unknown("1103".into())));
    }

    #[test]
    fn a_county_contains_its_municipalities_and_itself() {
        let region = |text| Region::parse(text, day(TODAY)).unwrap();
        assert!(region("11").contains(&region("1103")));
        assert!(region("11").contains(&region("11")));
        assert!(!region("11").contains(&region("1505")));
        assert!(!region("1103").contains(&region("11")));
        assert!(!region("1103").contains(&region("1106")));
        assert_eq!(region("0301").county_number(), "03");
        assert!(region("03").is_county() && !region("0301").is_county());
    }

    #[test]
    fn a_stored_number_has_a_name_and_an_unknown_one_has_none() {
        assert_eq!(Region::name_of("5610"), Some("Karasjok"));
        assert_eq!(Region::name_of("50"), Some("Trøndelag"));
        assert_eq!(Region::name_of("3004"), None);
    }

    #[test]
    fn json_holds_the_number() {
        let region = Region::parse("0301", day(TODAY)).unwrap();
        assert_eq!(serde_json::to_string(&region).unwrap(), "\"0301\"");
        assert_eq!(serde_json::from_str::<Region>("\"0301\"").unwrap(), region);
        assert!(serde_json::from_str::<Region>("\"0302\"").is_err());
        assert!(serde_json::from_str::<Region>("301").is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC*") {
            let _ = Region::parse(&text, day(TODAY));
            let _ = Region::name_of(&text);
            let _ = Places::read(&text);
        }

        #[test]
        fn every_number_of_the_table_survives_writing_and_reading(index in 0_usize..372) {
            let place = places().on(day(TODAY)).nth(index).unwrap();
            let region = Region::parse(&place.number, day(TODAY)).unwrap();
            prop_assert_eq!(&region.to_string().parse::<Region>().unwrap(), &region);
            prop_assert_eq!(region.place(day(TODAY)), Some(place));
            prop_assert_eq!(Region::name_of(&place.number), Some(place.name.as_str()));
        }
    }
}
