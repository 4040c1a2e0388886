//! What is bought: the whole, and the lots or parts that it is divided in.
use crate::check::Check;
use crate::codes::{Cpv, Nature};
use crate::facts::{Amount, LegalBasis, Period, Place};
use crate::languages::Text;
use serde::{Deserialize, Serialize};

const MAX_TITLE: usize = 400;
const MAX_DESCRIPTION: usize = 6_000;
const MAX_FURTHER: usize = 10_000;
const MAX_REFERENCE: usize = 100;
/// Four digits number no more.
const MAX_LOTS: usize = 9_999;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// What the buyer calls it: `2026-0042`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    pub title: Text,
    pub description: Text,
    pub nature: Nature,
    /// What else it is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Nature>,
    pub cpv: Cpv,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub additional_cpv: Vec<Cpv>,
    /// What it may come to, options and renewals included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Amount>,
    pub places: Vec<Place>,
    /// What does not belong elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub further: Option<Text>,
}

impl Subject {
    pub(crate) fn check(&self, check: &mut Check) {
        check.identifier("reference", "BT-22", self.reference.as_deref(), MAX_REFERENCE);
        check.text("title", "BT-21", &self.title, MAX_TITLE);
        check.text("description", "BT-24", &self.description, MAX_DESCRIPTION);
        check.optional_text("further", "BT-300", self.further.as_ref(), MAX_FURTHER);
        check.problem_if(self.also.contains(&self.nature), "also", "BT-531", "twice");
        check.distinct("also", "BT-531", &self.also);
        check.amount("value", "BT-27", self.value);
        check.cpv("cpv", "BT-262", &self.cpv);
        check.problem_if(!fits(self.nature, &self.cpv), "cpv", "BT-262", "not-of-this-nature");
        check.each("additional_cpv", &self.additional_cpv, |check, cpv| check.cpv("", "BT-263", cpv));
        check.distinct("additional_cpv", "BT-263", &self.additional_cpv);
        check.problem_if(self.additional_cpv.contains(&self.cpv), "additional_cpv", "BT-263", "twice");
        check.problem_if(self.places.is_empty(), "places", "BT-727", "required");
        check.each("places", &self.places, |check, place| place.check(check));
        check.distinct("places", "BT-5071", &self.places);
    }
}

/// The first digits of a code tell whether it is works, supplies or services.
fn fits(nature: Nature, cpv: &Cpv) -> bool {
    let division: Option<u8> = cpv.0.get(..2).and_then(|digits| digits.parse().ok());
    match (nature, division) {
        (_, None) => true, // malformed, which is told elsewhere
        (Nature::Works, Some(division)) => division == 45,
        (Nature::Supplies, Some(division)) => division <= 44 || division == 48,
        (Nature::Services, Some(division)) => division >= 49,
    }
}

/// A piece of what is bought, or may be: a lot, or while it is only planned, a part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lot {
    pub subject: Subject,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
}

impl Lot {
    pub(crate) fn check(&self, check: &mut Check) {
        check.within("subject", |check| self.subject.check(check));
        if let Some(period) = self.period {
            period.check(check, "period");
        }
    }
}

/// How a contract may grow.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Extension {
    /// What more may be bought (BT-54).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub options: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renewal: Option<Renewal>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Renewal {
    /// How often at most (BT-58).
    pub times: u16,
    /// BT-57.
    pub description: Text,
}

impl Extension {
    pub(crate) fn is_none(&self) -> bool {
        self.options.is_none() && self.renewal.is_none()
    }

    pub(crate) fn check(&self, check: &mut Check) {
        check.optional_text("options", "BT-54", self.options.as_ref(), MAX_DESCRIPTION);
        if let Some(renewal) = &self.renewal {
            check.number("renewal.times", "BT-58", renewal.times);
            check.text("renewal.description", "BT-57", &renewal.description, MAX_DESCRIPTION);
        }
    }
}

/// What the whole must know of each of its pieces.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece<'a> {
    pub subject: &'a Subject,
    pub period: Option<Period>,
}

impl<'a> From<&'a Lot> for Piece<'a> {
    fn from(lot: &'a Lot) -> Self {
        Self { subject: &lot.subject, period: lot.period }
    }
}

pub(crate) fn check_whole(check: &mut Check, legal_basis: &LegalBasis, subject: &Subject) {
    legal_basis.check(check);
    check.within("subject", |check| subject.check(check));
    // FOA part 2 does not hold for health and social services (DFØ's rule TH-R008I).
    let exempt = subject.nature == Nature::Services && subject.cpv.is_health_or_social_service();
    check.problem_if(
        exempt && legal_basis.as_str() == "foa-1-2",
        "legal_basis",
        "BT-01",
        "not-for-health-and-social-services",
    );
}

/// There is at least one piece, no reference is used twice, and the estimates, if they are told, add up to the whole.
pub(crate) fn check_division(check: &mut Check, field: &str, whole: &Subject, pieces: &[Piece]) {
    check.problem_if(pieces.is_empty(), field, "BT-137", "required");
    check.problem_if(pieces.len() > MAX_LOTS, field, "BT-137", "number-too-large");
    let references: Vec<&str> = pieces.iter().filter_map(|piece| piece.subject.reference.as_deref()).collect();
    check.distinct(field, "BT-22", &references);
    let values: Vec<Amount> = pieces.iter().filter_map(|piece| piece.subject.value).collect();
    let differs = !values.is_empty() && whole.value != Some(values.into_iter().sum());
    check.problem_if(differs, "subject.value", "BT-27", "sum-differs");
    let mut dates: Vec<Period> =
        pieces.iter().filter_map(|piece| piece.period).filter(|period| period.has_dates()).collect();
    dates.dedup();
    // DFØ's rules DV-R003 and DV-R004.
    let differ = check.edition.subtype.is_national() && dates.len() > 1;
    check.problem_if(differ, field, "BT-536", "dates-differ");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_tells_the_nature() {
        for (nature, code) in [
            (Nature::Works, "45000000"),
            (Nature::Supplies, "03000000"),
            (Nature::Supplies, "48000000"),
            (Nature::Services, "50000000"),
            (Nature::Services, "98000000"),
        ] {
            for other in Nature::ALL {
                assert_eq!(fits(*other, &Cpv(code.into())), *other == nature, "{other:?} {code}");
            }
        }
    }
}
