//! When a period of days ends, and when it must have begun.
//!
//! Source: anskaffelsesforskriften (FOA, 12 August 2016 no. 974) § 7-6, which refers to forskrift 4 December 1992
//! no. 910 om tidsfrister i EØS-avtalen, that is forordning (EØF, Euratom) no. 1182/71 articles 2 and 3:
//!
//! - the day of the event is not counted (3(1));
//! - the period runs to the end of the last hour of its last day (3(2)(b));
//! - it includes Saturdays, Sundays and holidays (3(3));
//! - if its last day is one of these it ends with the next working day, unless it is counted backwards (3(4));
//! - two days or more include at least two working days (3(5)).
//!
//! All days are days in Norway. Periods in hours, weeks and months have rules of their own, which are not here.
use super::holidays::{is_working_day, next_working_day, working_day_from};
use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};

/// How many working days a period of at least that many days must have in it. Source: 1182/71 article 3(5), in force
/// in Norway since 1 January 1994.
const MIN_WORKING_DAYS: usize = 2;

/// The last day of a period of `days` calendar days after something happened on `event`. The whole of that day still
/// belongs to the period: what may not happen before the period is over can happen from [`first_day_after`].
///
/// No days at all end with the event's own day, or with the working day that follows it.
pub fn last_day(event: NaiveDate, days: u16) -> NaiveDate {
    let counted = event.checked_add_days(Days::new(days.into())).unwrap_or(NaiveDate::MAX);
    let mut last = working_day_from(counted);
    while needs_working_days(days) && working_days(event, last) < MIN_WORKING_DAYS && last < NaiveDate::MAX {
        last = next_working_day(last);
    }
    last
}

/// The first day on which a period of `days` calendar days after `event` is over: the day after [`last_day`], whether a
/// working day or not. A contract may be signed from here when `event` is the day on which the award was made known and
/// `days` the standstill.
pub fn first_day_after(event: NaiveDate, days: u16) -> NaiveDate {
    let last = last_day(event, days);
    last.succ_opt().unwrap_or(last)
}

/// Whether a deadline at `deadline` (local time in Norway) leaves the whole of a minimum period of `days` calendar days
/// after `event`. The minimum runs to midnight, so noon of the last day is too early; a deadline at 23:59 of that day
/// counts as its end, as forms cannot say 24:00 (*interpretation*).
pub fn is_long_enough(event: NaiveDate, days: u16, deadline: NaiveDateTime) -> bool {
    let end_of_day = NaiveTime::from_hms_opt(23, 59, 0).unwrap_or(NaiveTime::MIN);
    deadline >= last_day(event, days).and_time(end_of_day)
}

/// The last day on which something can be done that must be done at least `days` calendar days before `deadline`, such
/// as supplementary information to bidders.
///
/// The day of the deadline is not counted, and the result is not moved for falling on a holiday (3(4)): six days before
/// the 18th is the 12th. Two days or more are counted further back until they have two working days (3(5)). That 3(5)
/// also holds backwards is an *interpretation*, and the one that favours those who get the time.
pub fn latest_day_before(deadline: NaiveDate, days: u16) -> NaiveDate {
    let mut latest = deadline.checked_sub_days(Days::new(days.into())).unwrap_or(NaiveDate::MIN);
    while needs_working_days(days) {
        let Some(earlier) = latest.pred_opt() else { break };
        let Some(end) = deadline.pred_opt() else { break };
        if working_days(earlier, end) >= MIN_WORKING_DAYS {
            break;
        }
        latest = earlier;
    }
    latest
}

fn needs_working_days(days: u16) -> bool {
    usize::from(days) >= MIN_WORKING_DAYS
}

/// How many working days there are after `event`, up to and with `last`; no further than is asked for.
fn working_days(event: NaiveDate, last: NaiveDate) -> usize {
    let after = event.iter_days().skip(1).take_while(|day| *day <= last);
    after.filter(|day| is_working_day(*day)).take(MIN_WORKING_DAYS).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// rules.json: an innovation partnership announced on Monday 23 November 2026, 30 days for requests (§ 20-5).
    #[test]
    fn thirty_days_from_a_notice_end_with_the_thirtieth_day() {
        assert_eq!(last_day(day("2026-11-23"), 30), day("2026-12-23"));
    }

    /// rules.json: award made known on Thursday 17 December 2026, standstill of 10 days (§ 25-2). The tenth is a Sunday.
    #[test]
    fn a_standstill_that_would_end_on_a_sunday_ends_on_monday() {
        assert_eq!(last_day(day("2026-12-17"), 10), day("2026-12-28"));
        assert_eq!(first_day_after(day("2026-12-17"), 10), day("2026-12-29"));
    }

    /// rules.json: contract signed on 29 December 2026, award notice within 30 days (§ 21-6).
    #[test]
    fn an_award_notice_has_thirty_days() {
        assert_eq!(last_day(day("2026-12-29"), 30), day("2027-01-28"));
    }

    #[test]
    fn the_day_of_the_event_is_not_counted() {
        assert_eq!(last_day(day("2026-11-23"), 1), day("2026-11-24"));
        assert_eq!(last_day(day("2026-11-23"), 0), day("2026-11-23"));
    }

    #[test]
    fn holidays_inside_a_period_do_not_lengthen_it() {
        assert_eq!(last_day(day("2026-03-30"), 10), day("2026-04-09")); // over all of Easter
    }

    #[test]
    fn a_period_that_would_end_on_a_holiday_ends_with_the_next_working_day() {
        assert_eq!(last_day(day("2026-04-14"), 30), day("2026-05-15")); // Ascension Day is the 14th
        assert_eq!(last_day(day("2026-11-25"), 30), day("2026-12-28")); // Christmas Day, a Friday, and Saturday, Sunday
    }

    #[test]
    fn two_days_over_easter_have_two_working_days() {
        // Wednesday before Easter: Thursday and Friday are holidays; Tuesday is the first working day, Wednesday the second.
        assert_eq!(last_day(day("2026-04-01"), 2), day("2026-04-08"));
        // A single day need not.
        assert_eq!(last_day(day("2026-04-01"), 1), day("2026-04-07"));
        // A week over Easter has them anyway.
        assert_eq!(last_day(day("2026-04-01"), 7), day("2026-04-08"));
    }

    #[test]
    fn a_deadline_before_the_end_of_the_last_day_is_too_early() {
        let dispatch = day("2026-11-23");
        let enough = |text: &str| is_long_enough(dispatch, 30, text.parse().unwrap());
        assert!(!enough("2026-12-22T23:59:59"));
        assert!(!enough("2026-12-23T12:00:00"));
        assert!(!enough("2026-12-23T23:58:59"));
        assert!(enough("2026-12-23T23:59:00"));
        assert!(enough("2026-12-24T00:00:00"));
    }

    /// Supplementary information: six days before the deadline for tenders, four when it is urgent (FOA § 20-1).
    #[test]
    fn counted_backwards_a_holiday_does_not_move_the_day() {
        assert_eq!(latest_day_before(day("2026-12-18"), 6), day("2026-12-12")); // a Saturday
        assert_eq!(latest_day_before(day("2026-11-27"), 4), day("2026-11-23"));
    }

    #[test]
    fn counted_backwards_two_working_days_lie_between() {
        // Tuesday after Easter, four days: Friday to Monday are all holidays; Wednesday and Tuesday are the working days.
        assert_eq!(latest_day_before(day("2026-04-07"), 4), day("2026-03-31"));
        assert_eq!(latest_day_before(day("2026-04-07"), 1), day("2026-04-06"));
    }

    #[test]
    fn the_ends_of_the_calendar_are_no_trap() {
        for days in [0, 1, 2, u16::MAX] {
            assert_eq!(last_day(NaiveDate::MAX, days), NaiveDate::MAX);
            assert_eq!(first_day_after(NaiveDate::MAX, days), NaiveDate::MAX);
            assert_eq!(latest_day_before(NaiveDate::MIN, days), NaiveDate::MIN);
        }
    }

    prop_compose! {
        fn any_day()(offset in 0_u64..100_000) -> NaiveDate {
            day("1994-01-01") + Days::new(offset)
        }
    }

    proptest! {
        #[test]
        fn a_period_ends_on_a_working_day_and_is_never_too_short(event in any_day(), days in 0_u16..400) {
            let last = last_day(event, days);
            prop_assert!(is_working_day(last));
            prop_assert!((last - event).num_days() >= i64::from(days));
            if days >= 2 {
                prop_assert!(working_days(event, last) >= 2);
            }
        }

        #[test]
        fn no_earlier_day_would_do(event in any_day(), days in 0_u16..400) {
            let last = last_day(event, days);
            let full = |d: NaiveDate| {
                (d - event).num_days() >= i64::from(days) && is_working_day(d) && (days < 2 || working_days(event, d) >= 2)
            };
            prop_assert!(event.iter_days().take_while(|d| *d < last).all(|d| !full(d)));
        }

        #[test]
        fn a_longer_period_never_ends_earlier(event in any_day(), days in 0_u16..400) {
            prop_assert!(last_day(event, days) <= last_day(event, days + 1));
        }

        #[test]
        fn backwards_leaves_at_least_the_days(deadline in any_day(), days in 0_u16..400) {
            let latest = latest_day_before(deadline, days);
            prop_assert!((deadline - latest).num_days() >= i64::from(days));
            prop_assert!((deadline - latest).num_days() <= i64::from(days) + 9);
        }
    }
}
