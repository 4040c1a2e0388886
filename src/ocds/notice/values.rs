//! Texts, amounts, days and codes as OCDS writes them.
use crate::notices::{Amount, Code, Codelist, Cpv, Date, Decimal, Language, Moment, Notice, Text, Zone};
use crate::ocds::codes;
use crate::ocds::release::{Classification, Period, Value};
use chrono::{Datelike, NaiveTime, TimeZone};
use serde_json::Number;

/// What eForms writes in the place of a text that is withheld.
const WITHHELD: &str = "unpublished";

/// The text in the language of the notice, or the first that there is.
pub(super) fn text(notice: &Notice, texts: &[Text]) -> String {
    in_language(notice.language, texts)
}

pub(super) fn in_language(language: Option<Language>, texts: &[Text]) -> String {
    let said = || texts.iter().filter(|text| *text.text != *WITHHELD);
    let own = language.and_then(|language| said().find(|text| text.language == Some(language)));
    own.or_else(|| said().next()).map(|text| text.text.to_string()).unwrap_or_default()
}

/// A code as it was written, unless it is withheld.
pub(super) fn code<List: Codelist>(code: &Option<Code<List>>) -> Option<String> {
    code.as_ref().filter(|code| !matches!(code, Code::Withheld)).map(|code| code.as_str().to_owned())
}

pub(super) fn classification(scheme: &str, id: String) -> Classification {
    Classification { scheme: scheme.to_owned(), id, description: String::new() }
}

/// A code of CPV. What was written in the place of one is no classification.
pub(super) fn cpv(cpv: &Cpv) -> Option<Classification> {
    match cpv {
        Cpv::Code(_) => Some(Classification {
            description: crate::regulations::cpv_entry(cpv.as_str()).map(|e| e.en.to_owned()).unwrap_or_default(),
            ..classification("CPV", cpv.as_str().to_owned())
        }),
        Cpv::Other(_) => None,
    }
}

/// An amount, unless it is withheld.
pub(super) fn value(amount: Option<Amount>) -> Value {
    let Some(amount) = amount.filter(|amount| !amount.number.is_negative()) else { return Value::default() };
    Value { amount: number(amount.number), currency: amount.currency.and_then(codes::currency).unwrap_or_default() }
}

pub(super) fn number(decimal: Decimal) -> Option<Number> {
    match decimal.as_whole() {
        Some(whole) => Some(whole.into()),
        None => Number::from_f64(decimal.to_string().parse().ok()?),
    }
}

/// How much of the whole, from 0 to 1, so many percent are.
pub(super) fn share(percent: Decimal) -> Option<Number> {
    let percent: f64 = percent.to_string().parse().ok()?;
    (0.0..=100.0).contains(&percent).then(|| Number::from_f64(percent / 100.0))?
}

/// Each only once: OCDS wants sets where notices have lists.
pub(super) fn once<T: PartialEq>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut seen: Vec<T> = Vec::new();
    for item in items {
        if !seen.contains(&item) {
            seen.push(item);
        }
    }
    seen
}

/// A day and time; midnight, where no time is told.
pub(super) fn moment(moment: Moment) -> Option<String> {
    let date = moment.date?;
    let time = moment.time.map_or(NaiveTime::MIN, |time| time.time);
    written(date, time, moment.time.and_then(|time| time.zone))
}

/// A deadline: a day without a time ends at its end.
pub(super) fn deadline(moment: Moment) -> Option<String> {
    match moment.time {
        Some(_) => self::moment(moment),
        None => end_of(moment.date?),
    }
}

/// The day, from its beginning.
pub(super) fn instant(date: Date) -> Option<String> {
    written(date, NaiveTime::MIN, None)
}

/// The end of the day.
pub(super) fn end_of(date: Date) -> Option<String> {
    written(date, NaiveTime::from_hms_opt(23, 59, 59)?, None)
}

/// What says no zone is in Norway's: the notices that leave it out are Norwegian.
fn written(date: Date, time: NaiveTime, zone: Option<Zone>) -> Option<String> {
    // Programs that read OCDS know years of four digits only, from 1.
    if !(1..=9999).contains(&date.day.year()) {
        return None;
    }
    let local = date.day.and_time(time);
    let zone = match zone.or(date.zone) {
        Some(Zone { minutes: 0 }) => "Z".to_owned(),
        Some(zone) => zone.to_string(),
        None => {
            let offset = chrono_tz::Europe::Oslo.offset_from_local_datetime(&local).earliest()?;
            // Before 1895 Oslo's clocks had seconds of their own, which RFC 3339 has no place for.
            let minutes = chrono::Offset::fix(&offset).local_minus_utc() / 60;
            Zone { minutes: i16::try_from(minutes).ok()? }.to_string()
        }
    };
    Some(format!("{}{zone}", local.format("%Y-%m-%dT%H:%M:%S")))
}

pub(super) fn until(moment: Moment) -> Period {
    Period { end_date: deadline(moment).unwrap_or_default(), ..Period::default() }
}
