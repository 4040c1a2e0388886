//! What came of it: results of lots, tenders, who tendered, and contracts.
use super::codelists::{Applicability, NotAwardedReason, Submission, WinnerChosen};
use super::{Amount, Code, Country, Date, Decimal, Reference, Text};
use serde::{Deserialize, Serialize};

/// The result of a procedure. Its parts point at each other: a result of a lot at tenders and contracts, a tender at the
/// party that made it, and the party at organisations.
#[serde_with::apply(
    Option => #[serde(skip_serializing_if = "Option::is_none")],
    Vec => #[serde(skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NoticeResult {
    /// BT-161: the value of all contracts in the notice.
    pub value: Option<Amount>,
    /// BT-118: the most that all framework agreements in the notice may come to.
    pub framework_maximum: Option<Amount>,
    /// BT-1118: about how much they will come to.
    pub framework_approximate: Option<Amount>,
    /// One for each lot; sometimes several for one lot.
    pub lots: Vec<LotResult>,
    /// Tenders, mostly only those that won.
    pub tenders: Vec<Tender>,
    /// Who made the tenders.
    pub parties: Vec<TenderingParty>,
    /// Contracts.
    pub contracts: Vec<Contract>,
    /// What framework agreements for groups of lots may come to.
    pub groups: Vec<GroupFramework>,
}

/// What the framework agreements for a group of lots may come to.
#[serde_with::apply(
    Option => #[serde(skip_serializing_if = "Option::is_none")],
)]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GroupFramework {
    /// BT-556: the group of lots.
    pub group: Option<Reference>,
    /// BT-156: the most that they may come to.
    pub maximum: Option<Amount>,
    /// BT-1561: about how much they will come to.
    pub reestimated: Option<Amount>,
}

/// How a lot ended.
#[serde_with::apply(
    Option => #[serde(skip_serializing_if = "Option::is_none")],
    Vec => #[serde(skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LotResult {
    /// OPT-322, as in `RES-0001`.
    pub id: Option<Box<str>>,
    /// BT-13713: the lot.
    pub lot: Option<Reference>,
    /// BT-142.
    pub outcome: Option<Code<WinnerChosen>>,
    /// BT-144: why it was not awarded.
    pub not_awarded: Option<Code<NotAwardedReason>>,
    /// BT-759, BT-760: how many tenders and requests were received, of which kinds.
    pub statistics: Vec<Statistic>,
    /// BT-710: the lowest tender.
    pub lowest: Option<Amount>,
    /// BT-711: the highest tender.
    pub highest: Option<Amount>,
    /// BT-709: the most that a framework agreement may come to.
    pub framework_maximum: Option<Amount>,
    /// BT-660: about how much it will come to.
    pub framework_reestimated: Option<Amount>,
    /// BT-119: whether a dynamic purchasing system has ended.
    pub dynamic_purchasing_ended: Option<bool>,
    /// OPT-320: the tenders that won.
    pub tenders: Vec<Reference>,
    /// OPT-315: the contracts that came of it.
    pub contracts: Vec<Reference>,
}

/// How many tenders or requests of one kind were received.
#[serde_with::apply(
    Option => #[serde(skip_serializing_if = "Option::is_none")],
    Vec => #[serde(skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Statistic {
    /// BT-760: which were counted. Real notices leave it out.
    pub of: Option<Code<Submission>>,
    /// BT-759: how many.
    pub count: Option<Count>,
}

/// A number of things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Count {
    /// The notice has it and withholds it for now: it writes −1.
    Withheld,
    /// So many.
    Of(u32),
}

impl Count {
    /// The number, if it is not withheld.
    pub fn number(self) -> Option<u32> {
        match self {
            Self::Of(number) => Some(number),
            Self::Withheld => None,
        }
    }
}

/// A tender for a lot.
#[serde_with::apply(
    Option => #[serde(skip_serializing_if = "Option::is_none")],
    Vec => #[serde(skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tender {
    /// OPT-321, as in `TEN-0001`.
    pub id: Option<Box<str>>,
    /// BT-3201: its name at the buyer's.
    pub reference: Option<Box<str>>,
    /// BT-13714: the lot, or the group of lots.
    pub lot: Option<Reference>,
    /// OPT-310: who made it.
    pub party: Option<Reference>,
    /// BT-720: its value.
    pub value: Option<Amount>,
    /// BT-160: in a concession, what the buyer pays.
    pub revenue_from_buyer: Option<Amount>,
    /// BT-162: in a concession, what users pay.
    pub revenue_from_users: Option<Amount>,
    /// BT-171: its rank; 1 is the best, −1 withheld.
    pub rank: Option<i32>,
    /// BT-1711: whether tenders were ranked.
    pub ranked: Option<bool>,
    /// BT-193: whether it is a variant.
    pub variant: Option<bool>,
    /// BT-773: whether part of it goes to subcontractors.
    pub subcontracted: Option<Code<Applicability>>,
    /// BT-553: how much of it.
    pub subcontracted_value: Option<Amount>,
    /// BT-555: how many percent of it.
    pub subcontracted_percent: Option<Decimal>,
    /// BT-191: the countries that what is offered comes from.
    pub origins: Vec<Country>,
}

/// Who tenders: one organisation, or several together.
#[serde_with::apply(
    Option => #[serde(skip_serializing_if = "Option::is_none")],
    Vec => #[serde(skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TenderingParty {
    /// OPT-210, as in `TPA-0001`.
    pub id: Option<Box<str>>,
    /// OPT-211.
    pub name: Option<Box<str>>,
    /// OPT-300, OPT-170.
    pub tenderers: Vec<Tenderer>,
    /// OPT-301.
    pub subcontractors: Vec<Reference>,
}

/// An organisation that tenders.
#[serde_with::apply(
    Option => #[serde(skip_serializing_if = "Option::is_none")],
    Vec => #[serde(skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tenderer {
    /// OPT-300: which.
    pub organisation: Option<Reference>,
    /// OPT-170: whether it leads the others.
    pub leads: Option<bool>,
}

/// A contract.
#[serde_with::apply(
    Option => #[serde(skip_serializing_if = "Option::is_none")],
    Vec => #[serde(skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Contract {
    /// OPT-316, as in `CON-0001`.
    pub id: Option<Box<str>>,
    /// BT-150: its name at the buyer's.
    pub reference: Option<Box<str>>,
    /// BT-721.
    pub title: Vec<Text>,
    /// BT-1451: when the winner was chosen.
    pub decided: Option<Date>,
    /// BT-145: when it was signed.
    pub concluded: Option<Date>,
    /// BT-768: whether it is made within a framework agreement.
    pub within_framework: Option<bool>,
    /// BT-3202: the tenders that it follows from.
    pub tenders: Vec<Reference>,
    /// OPT-300: who signed it. By the rules the buyer; real notices also write the winner, and some nowhere else.
    pub signatories: Vec<Reference>,
}
