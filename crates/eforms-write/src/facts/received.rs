//! How many tenders came in, and from whom (BT-759, BT-760).
use crate::check::{Check, MAX_NUMBER};
use crate::codes::ProcedureKind;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Received {
    pub tenders: u32,
    /// How many of them electronically.
    pub electronic: u32,
    /// How many from small and medium enterprises.
    pub sme: Sme,
    /// How many from other countries of the EEA.
    pub other_eea: u32,
    /// How many from outside the EEA.
    pub outside_eea: u32,
    /// How many asked to take part, in a procedure with two stages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requests: Option<u32>,
}

/// Each size, or all of them together: eForms takes the one or the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Sme {
    Together(u32),
    BySize(BySize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BySize {
    pub micro: u32,
    pub small: u32,
    pub medium: u32,
}

impl Sme {
    fn total(self) -> u64 {
        match self {
            Self::Together(number) => number.into(),
            Self::BySize(size) => [size.micro, size.small, size.medium].into_iter().map(u64::from).sum(),
        }
    }
}

impl Received {
    /// The numbers by their codes.
    pub(crate) fn statistics(&self) -> Vec<(&'static str, u32)> {
        let mut numbers = vec![("tenders", self.tenders), ("t-esubm", self.electronic)];
        match self.sme {
            Sme::Together(number) => numbers.push(("t-sme", number)),
            Sme::BySize(size) => {
                numbers.extend([("t-micro", size.micro), ("t-small", size.small), ("t-med", size.medium)]);
            }
        }
        numbers.extend([("t-oth-eea", self.other_eea), ("t-no-eea", self.outside_eea)]);
        numbers.extend(self.requests.map(|requests| ("part-req", requests)));
        numbers
    }

    pub(crate) fn check(&self, check: &mut Check, procedure: ProcedureKind) {
        let too_many = self.statistics().into_iter().any(|(_, number)| number > MAX_NUMBER);
        check.problem_if(too_many, "", "BT-759", "number-too-large");
        let tenders = u64::from(self.tenders);
        let abroad = u64::from(self.other_eea) + u64::from(self.outside_eea);
        check.problem_if(u64::from(self.electronic) > tenders, "electronic", "BT-759", "more-than-all");
        check.problem_if(self.sme.total() > tenders, "sme", "BT-759", "more-than-all");
        check.problem_if(abroad > tenders, "outside_eea", "BT-759", "more-than-all");
        let misplaced = self.requests.is_some() && !procedure.has_two_stages();
        check.problem_if(misplaced, "requests", "BT-760", "only-in-two-stages");
    }
}
