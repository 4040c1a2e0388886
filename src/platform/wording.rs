//! Dates, amounts, numbers, places and errors as people read them.
use super::db::types::Timestamp;
use super::language::{Arg, Language};
use crate::FieldError;
use crate::regulations::Region;
use chrono::{DateTime, Datelike, Locale, NaiveDate, SecondsFormat};
use chrono_tz::{Europe::Oslo, Tz};

fn locale(language: Language) -> Locale {
    match language {
        Language::Nb => Locale::nb_NO,
        Language::Nn => Locale::nn_NO,
        Language::En => Locale::en_GB,
    }
}

/// The instant as the clocks in Norway show it.
pub fn in_norway(at: Timestamp) -> DateTime<Tz> {
    at.utc().with_timezone(&Oslo)
}

/// RFC 3339 with the offset that the clocks in Norway have then, so that the time of day can be read off.
pub fn rfc3339(at: Timestamp) -> String {
    in_norway(at).to_rfc3339_opts(SecondsFormat::Secs, false)
}

/// `2026-12-18 12:00` by the clocks in Norway, which spreadsheets know for a time in every language.
pub fn of_spreadsheets(at: Timestamp) -> String {
    in_norway(at).format("%Y-%m-%d %H:%M").to_string()
}

/// `fredag 18. desember 2026 kl. 12.00 (norsk tid)`, with spaces that do not break where a line must not end.
pub fn date_time(at: Timestamp, language: Language) -> String {
    let weekday = in_norway(at).format_localized("%A", locale(language)).to_string();
    // Some of the library's names of days end with a space of their own: `måndag `.
    let day = format!("{} {}", weekday.trim_end(), day(at, language));
    language.text_with("layout-date-time", [("day", day.into()), ("time", time(at, language).into())])
}

/// `18. desember 2026 kl. 12.00`, with spaces that do not break: in a list it stands on one line.
pub fn day_and_time(at: Timestamp, language: Language) -> String {
    language.text_with("layout-day-and-time", [("day", day(at, language).into()), ("time", time(at, language).into())])
}

/// `12.00`
fn time(at: Timestamp, language: Language) -> String {
    in_norway(at).format(if language == Language::En { "%H:%M" } else { "%H.%M" }).to_string()
}

/// `18. desember 2026`
pub fn date(day: NaiveDate, language: Language) -> String {
    let pattern = if language == Language::En { "%-d\u{a0}%B\u{a0}%Y" } else { "%-d.\u{a0}%B\u{a0}%Y" };
    day.format_localized(pattern, locale(language)).to_string()
}

/// `desember 2026`
pub fn month(day: NaiveDate, language: Language) -> String {
    day.format_localized("%B %Y", locale(language)).to_string()
}

/// The day that it is in Norway at this instant.
pub fn day_of(at: Timestamp) -> NaiveDate {
    in_norway(at).date_naive()
}

/// The day of an instant in Norway: `18. desember 2026`
pub fn day(at: Timestamp, language: Language) -> String {
    date(day_of(at), language)
}

/// `1 234 567`, with spaces that do not break.
pub fn number(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if n < 0 {
        out.push('−');
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('\u{a0}');
        }
        out.push(digit);
    }
    out
}

/// `1 234 567 kr uten mva.`
pub fn amount(whole: i64, currency: &str, language: Language) -> String {
    let currency = if currency == "NOK" && language != Language::En { "kr" } else { currency };
    let amount = format!("{}\u{a0}{currency}", number(whole));
    language.text_with("layout-amount", [("amount", amount.into())])
}

/// `84 kB`, `1,2 MB`, `20 MB`: of 1024 bytes, and never more than there is, so that it can be told as a limit.
pub fn size(bytes: i64, language: Language) -> String {
    const KB: i64 = 1_024;
    const MB: i64 = 1_024 * KB;
    if bytes < KB {
        return format!("{bytes}\u{a0}B");
    }
    if bytes < MB {
        return format!("{}\u{a0}kB", bytes / KB);
    }
    let point = if language == Language::En { '.' } else { ',' };
    match (bytes / MB, bytes % MB * 10 / MB) {
        (whole, 0) => format!("{whole}\u{a0}MB"),
        (whole, tenth) => format!("{whole}{point}{tenth}\u{a0}MB"),
    }
}

/// The names of counties and municipalities, with commas between.
pub fn regions(numbers: &[String]) -> String {
    numbers.iter().map(|n| Region::name_of(n).unwrap_or(n)).collect::<Vec<_>>().join(", ")
}

/// An organisation number: `923 609 016`, with spaces that do not break.
pub fn organisation_number(number: &str) -> String {
    match (number.get(..3), number.get(3..6), number.get(6..)) {
        (Some(a), Some(b), Some(c)) => format!("{a}\u{a0}{b}\u{a0}{c}"),
        _ => number.to_owned(),
    }
}

/// The year of an instant in Norway.
pub fn year(at: Timestamp) -> i32 {
    in_norway(at).year()
}

/// What is wrong with a field, as a sentence: the text of this field if there is one, else that of the code.
pub fn sentence(error: &FieldError, language: Language) -> String {
    let args = || error.args.iter().map(|(name, value)| (*name, argument(name, value, language)));
    // `desired_effects.0.metric` has the same sentence as `desired_effects.1.metric`.
    let field: String = error.field.split('.').filter(|p| p.parse::<usize>().is_err()).collect::<Vec<_>>().join("-");
    let own = format!("error-{}-{}", field.replace('_', "-"), error.code);
    if language.has(&own) {
        return language.text_with(&own, args());
    }
    language.text_with(&format!("error-{}", error.code), args())
}

/// A number is written in the manner of the language; a code that looks like one, with a zero in front or eight digits, is
/// not.
fn argument<'a>(name: &str, value: &'a str, language: Language) -> Arg<'a> {
    match value.parse::<i64>() {
        Ok(bytes) if name == FieldError::MAX_BYTES => Arg::Text(size(bytes, language).into()),
        Ok(number) if value.len() < 8 && !(value.len() > 1 && value.starts_with('0')) => Arg::Number(number),
        _ => Arg::Text(value.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{TimeZone, Utc};

    #[test]
    fn deadlines_are_told_with_time_and_zone_summer_and_winter() {
        let winter: Timestamp = Utc.with_ymd_and_hms(2026, 12, 18, 11, 0, 0).unwrap().into();
        let summer: Timestamp = Utc.with_ymd_and_hms(2026, 6, 1, 10, 30, 0).unwrap().into();
        let plain = |at, language| date_time(at, language).replace('\u{a0}', " ");
        assert_eq!(plain(winter, Language::Nb), "fredag 18. desember 2026 kl. 12.00 (norsk tid)");
        assert_eq!(plain(summer, Language::Nn), "måndag 1. juni 2026 kl. 12.30 (norsk tid)");
        assert_eq!(plain(winter, Language::En), "Friday 18 December 2026 at 12:00 (Norwegian time)");
    }

    #[test]
    fn a_line_ends_neither_within_a_date_nor_between_the_word_and_the_time() {
        let at: Timestamp = Utc.with_ymd_and_hms(2026, 12, 18, 11, 0, 0).unwrap().into();
        for (language, parts) in [
            (Language::Nb, ["18.\u{a0}desember\u{a0}2026", "kl.\u{a0}12.00"]),
            (Language::Nn, ["18.\u{a0}desember\u{a0}2026", "kl.\u{a0}12.00"]),
            (Language::En, ["18\u{a0}December\u{a0}2026", "at\u{a0}12:00"]),
        ] {
            assert_eq!(day_and_time(at, language).split(' ').collect::<Vec<_>>(), parts);
        }
    }

    #[test]
    fn sizes_are_short_and_limits_are_never_told_as_nothing() {
        let plain = |bytes, language| size(bytes, language).replace('\u{a0}', " ");
        for (bytes, told) in [
            (0, "0 B"),
            (2_000, "1 kB"),
            (86_400, "84 kB"),
            (512 * 1_024, "512 kB"),
            (1_048_575, "1023 kB"),
            (1_048_576, "1 MB"),
            (1_310_720, "1,2 MB"),
            (20_971_520, "20 MB"),
        ] {
            assert_eq!(plain(bytes, Language::Nb), told);
        }
        assert_eq!(plain(1_310_720, Language::En), "1.2 MB");
    }

    #[test]
    fn organisation_numbers_are_easy_to_read() {
        assert_eq!(organisation_number("923609016"), "923\u{a0}609\u{a0}016");
        assert_eq!(organisation_number("92"), "92");
    }

    #[test]
    fn amounts_are_grouped_and_without_vat() {
        assert_eq!(amount(1_234_567, "NOK", Language::Nb), "1\u{a0}234\u{a0}567\u{a0}kr uten mva.");
        assert_eq!(number(-1_000), "−1\u{a0}000");
        assert_eq!(number(999), "999");
    }
}
