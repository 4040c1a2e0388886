//! Which report: of whom, and of which year.
use crate::fields::{Fields, Parameter};
use crate::op::Op;
use crate::platform::db::types::Timestamp;
use crate::platform::wording;
use crate::regulations::OrganisationNumber;
use crate::statistics::{Question, policy};
use crate::tenancy::{self, Organisation, Permit};
use crate::{Error, FieldError, Result};
use chrono::Datelike;

/// The parameters of an order.
pub const PARAMETERS: [Parameter; 2] = [
    ("year", "From 2000 on; this year when left out."),
    ("organisation", "The organisation number of a buyer. Buyers may leave it out, and get their own."),
];

/// Before there were notices on the net there is nothing to report.
const FIRST_YEAR: i32 = 2000;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    pub year: i32,
    /// None: that of whoever asks.
    pub organisation: Option<OrganisationNumber>,
}

impl Order {
    /// Reads the parameters.
    ///
    /// # Errors
    /// `Invalid` with everything that is wrong at once.
    pub fn parse(query: &Fields, now: Timestamp) -> Result<Self> {
        let this_year = wording::year(now);
        let mut errors = Vec::new();
        let year = match query.filter("year") {
            None => this_year,
            Some(text) => {
                let year = text.parse().ok().filter(|year| (FIRST_YEAR..=this_year).contains(year));
                year.unwrap_or_else(|| {
                    let range = FieldError::new("year", "year-out-of-range");
                    errors.push(range.with("from", FIRST_YEAR).with("to", this_year));
                    this_year
                })
            }
        };
        let organisation = query.filter("organisation").and_then(|text| {
            let number = OrganisationNumber::parse(&text);
            if number.is_err() {
                errors.push(FieldError::new("organisation", "organisation-number-no-such-number"));
            }
            number.ok()
        });
        if errors.is_empty() { Ok(Self { year, organisation }) } else { Err(Error::Invalid(errors)) }
    }

    /// Whom the report is about, if whoever asks may have it.
    ///
    /// # Errors
    /// `NotFound` and `Forbidden` as the policy has it; `Invalid` (`organisation-number-required`) when someone
    /// who may have those of all does not say which.
    pub fn tenant(&self, op: &mut Op<'_>) -> Result<Permit<policy::Report, Organisation>> {
        let organisation = match &self.organisation {
            Some(number) => {
                tenancy::find_by_number(op.db(), number.as_str())?.ok_or(Error::NotFound("the organisation"))?
            }
            None if op.actor().is_adviser() || op.actor().is_operator() => {
                return Err(Error::field("organisation", "organisation-number-required"));
            }
            None => {
                let own = op.member()?.organisation;
                tenancy::organisation(op.db(), own)?
            }
        };
        policy::report(op.actor(), organisation)
    }
}

/// The years that a page offers, the last first.
pub fn years(now: Timestamp) -> impl Iterator<Item = i32> {
    (FIRST_YEAR..=wording::year(now)).rev()
}

/// The year that a question is about: that of its last day, else of its first, else this one.
pub fn year_of(question: &Question, now: Timestamp) -> i32 {
    let this_year = wording::year(now);
    question.to.or(question.from).map_or(this_year, |day| day.year().clamp(FIRST_YEAR, this_year))
}
