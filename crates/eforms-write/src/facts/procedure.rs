//! How the contract is awarded (BT-105): in one stage, or in two.
use crate::check::Check;
use crate::codes::ProcedureKind;
use crate::dispatch::Subtype;
use crate::facts::Deadline;
use crate::facts::time::{Duration, check_day};
use crate::languages::Text;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What is asked of the market, by which day, depends on the procedure: it is told with it, once for all lots.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields)]
pub enum Procedure {
    /// Anybody tenders.
    #[serde(rename = "open")]
    Open {
        /// BT-131.
        tenders_by: Deadline,
        /// How long a tender binds (BT-98).
        valid_for: Duration,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        opening: Option<Opening>,
        /// Why there is less time than usual (BT-1351).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        accelerated: Option<Text>,
    },
    /// Anybody asks to take part; those who are picked tender.
    #[serde(rename = "restricted")]
    Restricted {
        shortlist: Shortlist,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        accelerated: Option<Text>,
    },
    /// Those who are picked tender and negotiate.
    #[serde(rename = "neg-w-call")]
    Negotiated {
        shortlist: Shortlist,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        accelerated: Option<Text>,
        /// May the contract be awarded on the first tenders (BT-120)?
        may_award_without_negotiation: bool,
    },
    /// Those who are picked find the solution together with the buyer, and then tender.
    #[serde(rename = "comp-dial")]
    CompetitiveDialogue { shortlist: Shortlist },
    /// Those who are picked develop what is not there yet; the buyer buys it.
    #[serde(rename = "innovation")]
    InnovationPartnership { shortlist: Shortlist },
}

/// How those who go on to the second stage are picked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shortlist {
    /// Until when one asks to take part (BT-1311).
    pub requests_by: Deadline,
    /// When those who are picked hear of it (BT-130).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invitations: Option<NaiveDate>,
    /// At least so many (BT-50).
    pub minimum: u16,
    /// At most so many (BT-51).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum: Option<u16>,
    /// Do some leave on the way, stage by stage (BT-52)?
    pub in_stages: bool,
}

/// When and where tenders are opened, for those who may be there (BT-132 to BT-134).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    pub at: Deadline,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
}

impl Procedure {
    pub const fn kind(&self) -> ProcedureKind {
        match self {
            Self::Open { .. } => ProcedureKind::Open,
            Self::Restricted { .. } => ProcedureKind::Restricted,
            Self::Negotiated { .. } => ProcedureKind::Negotiated,
            Self::CompetitiveDialogue { .. } => ProcedureKind::CompetitiveDialogue,
            Self::InnovationPartnership { .. } => ProcedureKind::InnovationPartnership,
        }
    }

    pub(crate) const fn shortlist(&self) -> Option<&Shortlist> {
        match self {
            Self::Open { .. } => None,
            Self::Restricted { shortlist, .. }
            | Self::Negotiated { shortlist, .. }
            | Self::CompetitiveDialogue { shortlist }
            | Self::InnovationPartnership { shortlist } => Some(shortlist),
        }
    }

    /// Why there is less time than usual; nothing where the procedure has no such thing.
    pub(crate) const fn accelerated(&self) -> Option<Option<&Text>> {
        match self {
            Self::Open { accelerated, .. }
            | Self::Restricted { accelerated, .. }
            | Self::Negotiated { accelerated, .. } => Some(accelerated.as_ref()),
            Self::CompetitiveDialogue { .. } | Self::InnovationPartnership { .. } => None,
        }
    }

    /// The first thing that the market must do in time.
    pub(crate) fn deadline(&self) -> Deadline {
        match self {
            Self::Open { tenders_by, .. } => *tenders_by,
            Self::Restricted { shortlist, .. }
            | Self::Negotiated { shortlist, .. }
            | Self::CompetitiveDialogue { shortlist }
            | Self::InnovationPartnership { shortlist } => shortlist.requests_by,
        }
    }

    pub(crate) fn check(&self, check: &mut Check) {
        if let Some(Some(reason)) = self.accelerated() {
            check.text("accelerated", "BT-1351", reason, 4_000);
        }
        if let Self::Open { tenders_by, valid_for, opening, .. } = self {
            tenders_by.check(check, "tenders_by", "BT-131");
            check.number("valid_for", "BT-98", valid_for.number);
            if let Some(opening) = opening {
                check.problem_if(opening.at < *tenders_by, "opening.at", "BT-132", "before-the-deadline");
                check_day(check, "opening.at", "BT-132", opening.at.day());
                check.optional_text("opening.place", "BT-133", opening.place.as_ref(), 1_000);
                check.optional_text("opening.description", "BT-134", opening.description.as_ref(), 6_000);
            }
        }
        if let Some(shortlist) = self.shortlist() {
            check.within("shortlist", |check| shortlist.check(check, self.fewest(check.edition.subtype)));
        }
    }

    /// The fewest that may be invited. FOA § 16-12; eForms asks above the thresholds only.
    const fn fewest(&self, subtype: Subtype) -> u16 {
        match (self, subtype) {
            (Self::Restricted { .. }, Subtype::Form16) => 5,
            (_, Subtype::Form16) => 3,
            _ => 1,
        }
    }
}

impl Shortlist {
    fn check(&self, check: &mut Check, fewest: u16) {
        self.requests_by.check(check, "requests_by", "BT-1311");
        if let Some(day) = self.invitations {
            check.problem_if(day <= self.requests_by.day(), "invitations", "BT-130", "before-the-deadline");
            check_day(check, "invitations", "BT-130", day);
        }
        check.number("minimum", "BT-50", self.minimum);
        check.problem_if(self.minimum < fewest, "minimum", "BT-50", "too-few");
        if let Some(maximum) = self.maximum {
            check.number("maximum", "BT-51", maximum);
        }
        check.problem_if(self.maximum.is_some_and(|maximum| maximum < self.minimum), "maximum", "BT-51", "too-few");
    }
}
