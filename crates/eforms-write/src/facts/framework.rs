//! A framework agreement (BT-765): prices and terms for purchases that come later.
use crate::check::Check;
use crate::codes::FrameworkKind;
use crate::facts::{Amount, Period};
use crate::languages::Text;
use serde::{Deserialize, Serialize};

/// Four years. FOA § 26-1; counted as eForms counts them.
const USUAL_DAYS: i64 = 1_461;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Framework {
    pub kind: FrameworkKind,
    /// The most that may be bought under it (BT-271).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum: Option<Amount>,
    /// The most suppliers that it is made with (BT-113).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub participants: Option<u16>,
    /// Why it lasts more than four years (BT-109).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub long_because: Option<Text>,
    /// Who else may buy under it (BT-111).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_buyers: Option<Text>,
}

impl Framework {
    pub(crate) fn check(&self, check: &mut Check, period: Period) {
        if let Some(participants) = self.participants {
            check.number("participants", "BT-113", participants);
        }
        check.amount("maximum", "BT-271", self.maximum);
        check.optional_text("other_buyers", "BT-111", self.other_buyers.as_ref(), 6_000);
        check_reason(check, period, self.long_because.as_ref());
    }
}

/// A framework agreement that lasts more than four years needs a reason, and only then has one.
pub(crate) fn check_reason(check: &mut Check, period: Period, reason: Option<&Text>) {
    check.optional_text("long_because", "BT-109", reason, 6_000);
    let long = is_long(period);
    check.problem_if(long && reason.is_none(), "long_because", "BT-109", "required");
    check.problem_if(!long && reason.is_some(), "long_because", "BT-109", "not-that-long");
    // The rule BR-BT-00109 of SDK 1.14 forbids the reason where the period is a duration, though it means to ask for
    // it. Dates say the same.
    check.problem_if(long && !period.has_dates(), "", "BT-36", "long-framework-without-dates");
}

fn is_long(period: Period) -> bool {
    match period {
        Period::Lasts { number, unit } => unit.about_days() * i64::from(number) > USUAL_DAYS,
        Period::Dates { start, end } => (end - start).num_days() > USUAL_DAYS,
        Period::Unlimited => true,
    }
}
