//! Days, deadlines and periods, as eForms writes them: with the offset that Oslo has then.
use crate::check::Check;
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, Offset, TimeZone};
use chrono_tz::Europe::Oslo;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

/// The last moment. Any offset is read; Oslo's is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Deadline(pub DateTime<FixedOffset>);

impl<'de> Deserialize<'de> for Deadline {
    /// With words of our own about what is none.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(Self).map_err(|_| {
            D::Error::custom("a moment is written with its time and offset, such as 2027-01-15T12:00:00+01:00")
        })
    }
}

impl Deadline {
    /// The day in Oslo.
    pub fn day(self) -> NaiveDate {
        self.0.with_timezone(&Oslo).date_naive()
    }

    pub(crate) fn date(self) -> String {
        self.0.with_timezone(&Oslo).format("%Y-%m-%d%:z").to_string()
    }

    pub(crate) fn time(self) -> String {
        self.0.with_timezone(&Oslo).format("%H:%M:%S%:z").to_string()
    }

    /// Deadlines are on a later day than the notice: that is how eForms compares them.
    pub(crate) fn check(self, check: &mut Check, field: &str, term: &'static str) {
        let issued = Self(check.edition.dispatch.issued).day();
        check.problem_if(self.day() <= issued, field, term, "not-after-the-notice");
        check_day(check, field, term, self.day());
    }
}

/// A day as eForms writes it: `2027-01-15+01:00`.
pub(crate) fn day(day: NaiveDate) -> String {
    let noon = NaiveTime::MIN + chrono::TimeDelta::hours(12);
    format!("{day}{}", Oslo.offset_from_utc_datetime(&day.and_time(noon)).fix())
}

/// Far-off years are typing errors, and eForms knows only those with four digits.
pub(crate) fn check_day(check: &mut Check, field: &str, term: &'static str, day: NaiveDate) {
    use chrono::Datelike;
    check.problem_if(!(2000..=2100).contains(&day.year()), field, term, "year-unlikely");
}

/// A day on which something is expected.
pub(crate) fn check_future_day(check: &mut Check, field: &str, term: &'static str, day: NaiveDate) {
    let issued = Deadline(check.edition.dispatch.issued).day();
    check.problem_if(day <= issued, field, term, "not-after-the-notice");
    check_day(check, field, term, day);
}

/// How long the contract runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Period {
    /// From the day it is signed.
    Lasts {
        number: u16,
        unit: Unit,
    },
    /// From one day to another.
    Dates {
        start: NaiveDate,
        end: NaiveDate,
    },
    Unlimited,
}

/// So many days, weeks, months or years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Duration {
    pub number: u16,
    pub unit: Unit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    Days,
    Weeks,
    Months,
    Years,
}

impl Unit {
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Days => "DAY",
            Self::Weeks => "WEEK",
            Self::Months => "MONTH",
            Self::Years => "YEAR",
        }
    }

    /// Enough to tell whether a time is longer than some years.
    pub(crate) const fn about_days(self) -> i64 {
        match self {
            Self::Days => 1,
            Self::Weeks => 7,
            Self::Months => 30,
            Self::Years => 365,
        }
    }
}

impl Period {
    pub(crate) fn has_dates(self) -> bool {
        matches!(self, Self::Dates { .. })
    }

    pub(crate) fn check(self, check: &mut Check, field: &str) {
        match self {
            Self::Lasts { number, .. } => check.number(field, "BT-36", number),
            Self::Dates { start, end } => {
                check.problem_if(end <= start, field, "BT-537", "ends-before-it-begins");
                check_day(check, field, "BT-536", start);
                check_day(check, field, "BT-537", end);
            }
            Self::Unlimited => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_the_offset_that_oslo_has_then() {
        let deadline: Deadline = serde_json::from_str("\"2027-07-15T10:00:00Z\"").unwrap();
        assert_eq!((deadline.date(), deadline.time()), ("2027-07-15+02:00".into(), "12:00:00+02:00".into()));
        let late: Deadline = serde_json::from_str("\"2027-01-14T23:30:00Z\"").unwrap();
        assert_eq!((late.date(), late.time()), ("2027-01-15+01:00".into(), "00:30:00+01:00".into()));
        assert_eq!(day(NaiveDate::from_ymd_opt(2027, 6, 1).unwrap()), "2027-06-01+02:00");
        assert_eq!(day(NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()), "2026-11-20+01:00");
    }
}
