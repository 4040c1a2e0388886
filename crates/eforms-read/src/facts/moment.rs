//! Days and times of day, with the zone in which they were written.
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// No place on earth is further from UTC.
const FURTHEST_ZONE: i16 = 14 * 60;

/// No date of a notice lies before this year. `0024` is a slip for `2024`.
const FIRST_YEAR: i32 = 1900;

/// How far a clock is from UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Zone {
    /// East of Greenwich.
    pub minutes: i16,
}

/// A day, as in `2024-04-24+02:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Date {
    /// The day in its zone: what the notice says.
    pub day: NaiveDate,
    /// The zone, if one was written.
    pub zone: Option<Zone>,
}

/// A time of day, as in `12:00:00+02:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Time {
    /// The time in its zone.
    pub time: NaiveTime,
    /// The zone, if one was written.
    pub zone: Option<Zone>,
}

/// A day and its time, which eForms writes in two elements. Either may be missing.
#[serde_with::apply(
    Option => #[serde(skip_serializing_if = "Option::is_none")],
    Vec => #[serde(skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Moment {
    /// The day.
    pub date: Option<Date>,
    /// The time of that day.
    pub time: Option<Time>,
}

/// A day or a time, and whether it was written as XML Schema has it.
pub(crate) struct Read<T> {
    pub what: T,
    pub exact: bool,
}

impl Moment {
    /// The instant, if day, time and a zone are known. Where their zones differ it is the time's that counts.
    ///
    /// Who knows better than the notice (a Norwegian deadline without a zone is in Oslo's) takes the parts instead.
    pub fn instant(self) -> Option<DateTime<Utc>> {
        let (date, time) = (self.date?, self.time?);
        let zone = time.zone.or(date.zone)?;
        let utc = date.day.and_time(time.time).checked_sub_signed(TimeDelta::minutes(zone.minutes.into()))?;
        Some(utc.and_utc())
    }

    /// Whether neither day nor time is known.
    pub fn is_empty(self) -> bool {
        self.date.is_none() && self.time.is_none()
    }
}

impl Date {
    /// Whether it is a day, and not what programs write where they have none (`0001-01-01`), or a slip.
    pub fn is_likely(self) -> bool {
        self.day.year() >= FIRST_YEAR
    }

    /// Reads `2024-04-24`, with or without a zone. Of a day with a time, only the day is read, inexactly; and so is
    /// a day of a year in which nothing was bought.
    pub(crate) fn read(text: &str) -> Option<Read<Self>> {
        let (day, rest) = text.split_at_checked(10)?;
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = day.as_bytes() else { return None };
        let day = NaiveDate::from_ymd_opt(number(&[*y1, *y2, *y3, *y4])?, two(*m1, *m2)?, two(*d1, *d2)?)?;
        match rest.strip_prefix('T') {
            None => {
                let what = Self { day, zone: zone(rest)? };
                Some(Read { what, exact: what.is_likely() })
            }
            Some(time) => {
                let zone = Time::read(time)?.what.zone;
                Some(Read { what: Self { day, zone }, exact: false })
            }
        }
    }
}

impl Time {
    /// Reads `12:00:00`, with or without a fraction and a zone. Without seconds it is read inexactly.
    pub(crate) fn read(text: &str) -> Option<Read<Self>> {
        let (clock, rest) = text.split_at_checked(5)?;
        let [h1, h2, b':', m1, m2] = clock.as_bytes() else { return None };
        let (hour, minute) = (two(*h1, *h2)?, two(*m1, *m2)?);
        let (second, nano, rest, exact) = match rest.as_bytes() {
            [b':', s1, s2, ..] => {
                let (nano, rest) = fraction(rest.get(3..)?)?;
                (two(*s1, *s2)?, nano, rest, true)
            }
            _ => (0, 0, rest, false),
        };
        let time = NaiveTime::from_hms_nano_opt(hour, minute, second, nano)?;
        Some(Read { what: Self { time, zone: zone(rest)? }, exact })
    }
}

/// The nanoseconds of `.1234567`, and what follows. Digits after the ninth are less than any clock shows.
fn fraction(text: &str) -> Option<(u32, &str)> {
    let Some(digits) = text.strip_prefix('.') else { return Some((0, text)) };
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    if end == 0 {
        return None;
    }
    let nano = (0..9).fold(0, |nano, place| {
        let digit = if place < end { digits.as_bytes()[place] - b'0' } else { 0 };
        nano * 10 + u32::from(digit)
    });
    Some((nano, &digits[end..]))
}

/// Nothing, `Z`, or `+02:00`. None for anything else.
fn zone(text: &str) -> Option<Option<Zone>> {
    let (sign, digits) = match text.as_bytes() {
        [] => return Some(None),
        [b'Z'] => return Some(Some(Zone { minutes: 0 })),
        [b'+', digits @ ..] => (1, digits),
        [b'-', digits @ ..] => (-1, digits),
        _ => return None,
    };
    let [h1, h2, b':', m1, m2] = digits else { return None };
    let (hours, minutes): (i16, i16) = (number(&[*h1, *h2])?, number(&[*m1, *m2])?);
    let east = hours * 60 + minutes;
    (minutes < 60 && east <= FURTHEST_ZONE).then_some(Some(Zone { minutes: sign * east }))
}

fn two(tens: u8, ones: u8) -> Option<u32> {
    number(&[tens, ones])
}

fn number<T: From<u8> + std::ops::Mul<Output = T> + std::ops::Add<Output = T>>(digits: &[u8]) -> Option<T> {
    digits.iter().try_fold(T::from(0), |number, digit| {
        digit.is_ascii_digit().then(|| number * T::from(10) + T::from(digit - b'0'))
    })
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, minutes) = if self.minutes < 0 { ('-', -self.minutes) } else { ('+', self.minutes) };
        write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.day)?;
        self.zone.map_or(Ok(()), |zone| write!(f, "{zone}"))
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.time)?;
        self.zone.map_or(Ok(()), |zone| write!(f, "{zone}"))
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text: std::borrow::Cow<'de, str> = Deserialize::deserialize(deserializer)?;
        Ok(Self::read(&text).ok_or_else(|| serde::de::Error::custom("no day"))?.what)
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text: std::borrow::Cow<'de, str> = Deserialize::deserialize(deserializer)?;
        Ok(Self::read(&text).ok_or_else(|| serde::de::Error::custom("no time of day"))?.what)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> Option<(String, bool)> {
        Date::read(text).map(|read| (read.what.to_string(), read.exact))
    }

    fn time(text: &str) -> Option<(String, bool)> {
        Time::read(text).map(|read| (read.what.to_string(), read.exact))
    }

    #[test]
    fn days_are_read_with_and_without_a_zone() {
        assert_eq!(date("2024-04-24"), Some(("2024-04-24".to_owned(), true)));
        assert_eq!(date("2024-04-24Z"), Some(("2024-04-24+00:00".to_owned(), true)));
        assert_eq!(date("2024-02-29+02:00"), Some(("2024-02-29+02:00".to_owned(), true)));
        assert_eq!(date("2024-04-24-03:30"), Some(("2024-04-24-03:30".to_owned(), true)));
        assert_eq!(date("2024-04-24T12:00:00+02:00"), Some(("2024-04-24+02:00".to_owned(), false)));
        assert_eq!(date("0024-04-24Z"), Some(("0024-04-24+00:00".to_owned(), false)));
        assert_eq!(date("9999-12-31"), Some(("9999-12-31".to_owned(), true)));
        for text in
            ["", "2023-02-29", "24.04.2024", "2024-4-24", "2024-04-24+15:00", "${ISSUEDATE}", "2024-04-24 ", "２０２４"]
        {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn times_are_read_with_fractions_and_zones() {
        assert_eq!(time("12:00:00"), Some(("12:00:00".to_owned(), true)));
        assert_eq!(time("23:59:59.1234567+01:00"), Some(("23:59:59.123456700+01:00".to_owned(), true)));
        assert_eq!(time("12:00:00.12345678901234Z"), Some(("12:00:00.123456789+00:00".to_owned(), true)));
        assert_eq!(time("12:00"), Some(("12:00:00".to_owned(), false)));
        assert_eq!(time("12:00+01:00"), Some(("12:00:00+01:00".to_owned(), false)));
        for text in ["", "24:00:00", "12:60:00", "23:59:60", "kl. 12", "12:00:0", "12:00:00.", "12.00", "12:00:00+1"] {
            assert_eq!(time(text), None, "{text}");
        }
    }

    #[test]
    fn an_instant_needs_day_time_and_a_zone() {
        let moment = |day: &str, clock: &str| Moment {
            date: Date::read(day).map(|read| read.what),
            time: Time::read(clock).map(|read| read.what),
        };
        let instant = |day: &str, clock: &str| moment(day, clock).instant().map(|instant| instant.to_rfc3339());
        assert_eq!(instant("2024-04-24+02:00", "01:00:00+02:00").as_deref(), Some("2024-04-23T23:00:00+00:00"));
        assert_eq!(instant("2024-04-24", "01:00:00Z").as_deref(), Some("2024-04-24T01:00:00+00:00"));
        assert_eq!(instant("2024-04-24+01:00", "01:00:00+02:00").as_deref(), Some("2024-04-23T23:00:00+00:00"));
        assert_eq!(instant("2024-04-24", "01:00:00"), None);
        assert_eq!(instant("2024-04-24Z", ""), None);
        assert!(moment("", "").is_empty());
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC*") {
            let _ = (Date::read(&text), Time::read(&text));
        }

        #[test]
        fn what_looks_like_one_never_panics(text in "[0-9]{4}-[0-9]{2}-[0-9]{2}[TZ+-]?[0-9:.+Z-]{0,30}") {
            if let Some(read) = Date::read(&text) {
                let time = Time::read(text.get(11..).unwrap_or_default()).map(|read| read.what);
                let _ = Moment { date: Some(read.what), time }.instant();
            }
        }
    }
}
