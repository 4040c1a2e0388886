//! Norwegian public holidays and working days.
use chrono::{Datelike, Days, NaiveDate, Weekday};

/// A public holiday other than an ordinary Sunday.
///
/// Sources: lov 24 February 1995 no. 12 om helligdager og helligdagsfred § 2 (as changed, last 1 June 2021), and lov
/// 26 April 1947 no. 1 § 1, by which 1 and 17 May are equal to Sundays. Christmas Eve, Easter Eve and New Year's Eve
/// are not holidays. The rules are applied to every year alike, also to those before the laws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Holiday {
    /// Nyttårsdag, 1 January.
    NewYearsDay,
    /// Skjærtorsdag, the Thursday before Easter Sunday.
    MaundyThursday,
    /// Langfredag, the Friday before Easter Sunday.
    GoodFriday,
    /// Første påskedag.
    EasterSunday,
    /// Annen påskedag.
    EasterMonday,
    /// Første mai.
    LabourDay,
    /// Syttende mai.
    ConstitutionDay,
    /// Kristi himmelfartsdag, the sixth Thursday after Easter Sunday.
    AscensionDay,
    /// Første pinsedag, the seventh Sunday after Easter Sunday.
    WhitSunday,
    /// Annen pinsedag.
    WhitMonday,
    /// Første juledag, 25 December.
    ChristmasDay,
    /// Annen juledag, 26 December.
    SecondChristmasDay,
}

impl Holiday {
    /// All of them, in the order of the year as it mostly falls.
    pub const ALL: &'static [Self] = &[
        Self::NewYearsDay,
        Self::MaundyThursday,
        Self::GoodFriday,
        Self::EasterSunday,
        Self::EasterMonday,
        Self::LabourDay,
        Self::ConstitutionDay,
        Self::AscensionDay,
        Self::WhitSunday,
        Self::WhitMonday,
        Self::ChristmasDay,
        Self::SecondChristmasDay,
    ];

    /// The day on which it falls in `year`. None for a holiday that moves with Easter where Easter cannot be computed:
    /// before 1583 and after 9999.
    pub fn in_year(self, year: i32) -> Option<NaiveDate> {
        match self.rule() {
            Rule::Fixed(month, day) => NaiveDate::from_ymd_opt(year, month, day),
            Rule::FromEaster(days) if days < 0 => easter(year)?.checked_sub_days(Days::new(days.unsigned_abs())),
            Rule::FromEaster(days) => easter(year)?.checked_add_days(Days::new(days.unsigned_abs())),
        }
    }

    const fn rule(self) -> Rule {
        match self {
            Self::NewYearsDay => Rule::Fixed(1, 1),
            Self::MaundyThursday => Rule::FromEaster(-3),
            Self::GoodFriday => Rule::FromEaster(-2),
            Self::EasterSunday => Rule::FromEaster(0),
            Self::EasterMonday => Rule::FromEaster(1),
            Self::LabourDay => Rule::Fixed(5, 1),
            Self::ConstitutionDay => Rule::Fixed(5, 17),
            Self::AscensionDay => Rule::FromEaster(39),
            Self::WhitSunday => Rule::FromEaster(49),
            Self::WhitMonday => Rule::FromEaster(50),
            Self::ChristmasDay => Rule::Fixed(12, 25),
            Self::SecondChristmasDay => Rule::Fixed(12, 26),
        }
    }
}

/// How the day of a holiday is found.
enum Rule {
    /// Month and day.
    Fixed(u32, u32),
    /// Days after Easter Sunday.
    FromEaster(i64),
}

/// Easter Sunday, from 1583 to 9999.
fn easter(year: i32) -> Option<NaiveDate> {
    let computus::Date { year, month, day } = computus::gregorian(year).ok()?;
    NaiveDate::from_ymd_opt(year, month, day)
}

/// The holiday that falls on `day`. Where two fall together (1 May and Ascension Day in 2008), the one that
/// [`Holiday::ALL`] lists first.
pub fn on(day: NaiveDate) -> Option<Holiday> {
    Holiday::ALL.iter().copied().find(|holiday| holiday.in_year(day.year()) == Some(day))
}

/// The holidays of a year, in the order of the calendar. Two may fall on the same day.
pub fn in_year(year: i32) -> Vec<(NaiveDate, Holiday)> {
    let mut days: Vec<_> = Holiday::ALL.iter().filter_map(|h| Some((h.in_year(year)?, *h))).collect();
    days.sort();
    days
}

/// Whether `day` is a working day (*virkedag*): neither Saturday, Sunday nor public holiday. Source: forordning (EØF,
/// Euratom) no. 1182/71 article 2(2), by forskrift 4 December 1992 no. 910.
pub fn is_working_day(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && on(day).is_none()
}

/// The first working day after `day`. At the end of the calendar, some 260,000 years off, the last day there is.
pub fn next_working_day(day: NaiveDate) -> NaiveDate {
    day.succ_opt().map_or(day, working_day_from)
}

/// `day` itself if it is a working day, otherwise the first one after it.
pub fn working_day_from(day: NaiveDate) -> NaiveDate {
    std::iter::successors(Some(day), NaiveDate::succ_opt).find(|d| is_working_day(*d)).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::Holiday::*;
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Written out by hand, not computed.
    #[test]
    fn the_holidays_of_2026_are_those_of_the_calendar() {
        let expected = [
            ("2026-01-01", NewYearsDay),
            ("2026-04-02", MaundyThursday),
            ("2026-04-03", GoodFriday),
            ("2026-04-05", EasterSunday),
            ("2026-04-06", EasterMonday),
            ("2026-05-01", LabourDay),
            ("2026-05-14", AscensionDay),
            ("2026-05-17", ConstitutionDay),
            ("2026-05-24", WhitSunday),
            ("2026-05-25", WhitMonday),
            ("2026-12-25", ChristmasDay),
            ("2026-12-26", SecondChristmasDay),
        ];
        assert_eq!(in_year(2026), expected.map(|(text, holiday)| (day(text), holiday)));
    }

    #[test]
    fn easter_falls_where_the_almanac_says() {
        for text in ["2008-03-23", "2024-03-31", "2025-04-20", "2027-03-28", "2028-04-16", "2038-04-25"] {
            assert_eq!(on(day(text)), Some(EasterSunday), "{text}");
        }
    }

    #[test]
    fn two_holidays_may_fall_on_one_day() {
        assert_eq!(on(day("2008-05-01")), Some(LabourDay)); // also Ascension Day
        assert_eq!(on(day("2027-05-17")), Some(ConstitutionDay)); // also Whit Monday
        assert_eq!(in_year(2027).iter().filter(|(d, _)| *d == day("2027-05-17")).count(), 2);
    }

    #[test]
    fn saturdays_sundays_and_holidays_are_not_working_days() {
        for text in ["2026-11-21", "2026-11-22", "2026-05-14", "2026-12-25", "2027-01-01"] {
            assert!(!is_working_day(day(text)), "{text}");
        }
    }

    /// Eves are quiet from four in the afternoon, and no holidays for it; nor is a holiday that falls on a Saturday made
    /// up for on Monday.
    #[test]
    fn eves_and_the_monday_after_are_working_days() {
        for text in ["2026-12-24", "2026-12-31", "2026-05-18", "2026-12-28", "2026-04-01"] {
            assert!(is_working_day(day(text)), "{text}");
        }
    }

    #[test]
    fn the_next_working_day_passes_over_easter() {
        assert_eq!(next_working_day(day("2026-04-01")), day("2026-04-07"));
        assert_eq!(working_day_from(day("2026-04-01")), day("2026-04-01"));
        assert_eq!(working_day_from(day("2026-04-02")), day("2026-04-07"));
    }

    #[test]
    fn the_ends_of_the_calendar_are_no_trap() {
        assert_eq!(next_working_day(NaiveDate::MAX), NaiveDate::MAX);
        assert_eq!(on(NaiveDate::MIN), Some(NewYearsDay));
        assert_eq!(EasterSunday.in_year(1582), None);
        assert_eq!(in_year(i32::MAX), []);
    }

    proptest! {
        #[test]
        fn holidays_fall_on_the_days_of_the_week_that_the_law_names(year in 1583..=9999) {
            for (holiday, weekday) in [
                (MaundyThursday, Weekday::Thu), (GoodFriday, Weekday::Fri), (EasterSunday, Weekday::Sun),
                (EasterMonday, Weekday::Mon), (AscensionDay, Weekday::Thu), (WhitSunday, Weekday::Sun),
                (WhitMonday, Weekday::Mon),
            ] {
                prop_assert_eq!(holiday.in_year(year).unwrap().weekday(), weekday);
            }
            prop_assert_eq!(in_year(year).len(), 12);
        }

        #[test]
        fn the_next_working_day_is_the_first_one_after(offset in 0_u64..200_000) {
            let start = day("1800-01-01") + Days::new(offset);
            let next = next_working_day(start);
            prop_assert!(next > start && is_working_day(next));
            let between = start.iter_days().skip(1).take_while(|d| *d < next);
            prop_assert!(between.into_iter().all(|d| !is_working_day(d)));
        }
    }
}
