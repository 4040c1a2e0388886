//! How a lot ended: who won, on what tender, and what the contract is (BT-142).
use crate::check::Check;
use crate::codes::{Code, NonAwardJustification, OperatorSize};
use crate::facts::received::Received;
use crate::facts::time::check_day;
use crate::facts::{Amount, Deadline, Organisation, Url};
use crate::languages::Text;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A tender stands inside the outcome of its lot, and the contract inside the tender that won it: one that belongs to
/// another lot, or to none, cannot be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Outcome {
    Awarded {
        winners: Vec<Winner>,
        received: Received,
    },
    NotAwarded {
        reason: Code<NonAwardJustification>,
        /// None only if that is the reason: nothing was received.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        received: Option<Received>,
    },
    /// It is not decided yet.
    Open,
}

/// A tender that won. Under a framework agreement there may be several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Winner {
    /// Those who tendered, together if there are several; the first leads.
    pub tenderers: Vec<Tenderer>,
    /// What the tender is called (BT-3201).
    pub tender: String,
    /// What it comes to (BT-720). Above the thresholds it must be told, except under a framework agreement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Amount>,
    /// BT-171.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<u16>,
    pub subcontracting: Subcontracting,
    pub contract: Contract,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tenderer {
    pub organisation: Organisation,
    /// BT-165. Above the thresholds it must be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<OperatorSize>,
}

/// Is a part left to others (BT-773)?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Subcontracting {
    No,
    NotKnown,
    Yes {
        /// For how much (BT-553), if that is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        value: Option<Amount>,
        /// For how many percent (BT-555), if that is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        percent: Option<u8>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        description: Option<Text>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contract {
    /// What the buyer calls it (BT-150): unlike all others in the notice.
    pub reference: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
    /// When the winner was chosen (BT-1451).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<NaiveDate>,
    /// When it was signed (BT-145).
    pub concluded: NaiveDate,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Url>,
}

impl Outcome {
    pub(crate) fn winners(&self) -> &[Winner] {
        match self {
            Self::Awarded { winners, .. } => winners,
            Self::NotAwarded { .. } | Self::Open => &[],
        }
    }

    pub(crate) fn received(&self) -> Option<&Received> {
        match self {
            Self::Awarded { received, .. } => Some(received),
            Self::NotAwarded { received, .. } => received.as_ref(),
            Self::Open => None,
        }
    }

    pub(crate) fn check(&self, check: &mut Check, is_framework: bool) {
        match self {
            Self::Awarded { winners, received } => {
                check.problem_if(winners.is_empty(), "winners", "BT-142", "required");
                check.problem_if(winners.len() > 1 && !is_framework, "winners", "BT-142", "only-one-winner");
                check.number("received.tenders", "BT-759", received.tenders);
                check.each("winners", winners, |check, winner| winner.check(check, is_framework));
            }
            Self::NotAwarded { reason, received } => {
                check.code("reason", "BT-144", reason);
                let none = reason.as_str() == "no-rece";
                check.problem_if(none && received.is_some(), "received", "BT-759", "nothing-was-received");
                check.problem_if(!none && received.is_none(), "received", "BT-759", "required");
            }
            Self::Open => {}
        }
    }
}

impl Winner {
    fn check(&self, check: &mut Check, is_framework: bool) {
        let in_full = check.edition.subtype.tells_parties_in_full();
        check.problem_if(self.tenderers.is_empty(), "tenderers", "OPT-300", "required");
        check.each("tenderers", &self.tenderers, |check, tenderer| {
            check.within("organisation", |check| tenderer.organisation.check(check));
            if in_full {
                check.required("size", "BT-165", tenderer.size.as_ref());
            }
        });
        let organisations: Vec<_> = self.tenderers.iter().map(|tenderer| &tenderer.organisation).collect();
        check.distinct("tenderers", "OPT-300", &organisations);
        check.identifier("tender", "BT-3201", Some(&self.tender), 100);
        if in_full && !is_framework {
            check.required("value", "BT-720", self.value.as_ref());
        }
        check.amount("value", "BT-720", self.value);
        if let Some(rank) = self.rank {
            check.number("rank", "BT-171", rank);
        }
        if let Subcontracting::Yes { value, percent, description } = &self.subcontracting {
            check.amount("subcontracting.value", "BT-553", *value);
            let impossible = percent.is_some_and(|percent| !(1..=100).contains(&percent));
            check.problem_if(impossible, "subcontracting.percent", "BT-555", "percent-impossible");
            check.optional_text("subcontracting.description", "BT-554", description.as_ref(), 6_000);
        }
        check.within("contract", |check| self.contract.check(check));
    }
}

impl Contract {
    fn check(&self, check: &mut Check) {
        check.identifier("reference", "BT-150", Some(&self.reference), 100);
        check.optional_text("title", "BT-721", self.title.as_ref(), 400);
        let issued = Deadline(check.edition.dispatch.issued).day();
        check.problem_if(self.concluded > issued, "concluded", "BT-145", "after-the-notice");
        check_day(check, "concluded", "BT-145", self.concluded);
        if let Some(decided) = self.decided {
            check.problem_if(decided > self.concluded, "decided", "BT-1451", "after-the-contract");
            check_day(check, "decided", "BT-1451", decided);
        }
        if let Some(url) = &self.url {
            url.check(check, "url", "BT-151");
        }
    }
}
