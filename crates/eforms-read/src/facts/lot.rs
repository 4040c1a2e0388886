//! A lot: what can be won by itself, by when, and by which measure.
use super::codelists::{
    CriterionType, DynamicPurchasing, EuFunds, Framework, LotKind, Permission, Reserved, TimeUnit, WeightKind,
};
use super::{Amount, Code, Date, Decimal, Language, Moment, PreviousNotice, Project, Reference, Text};
use serde::{Deserialize, Serialize};

/// A lot, a part of a planning notice, or a group of lots.
#[serde_with::apply(
    Option => #[serde(skip_serializing_if = "Option::is_none")],
    Vec => #[serde(skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Lot {
    /// BT-137, as in `LOT-0001`.
    pub id: Option<Box<str>>,
    /// BT-137, scheme.
    pub kind: Option<Code<LotKind>>,
    /// What is bought.
    pub project: Project,
    /// How it is competed for.
    pub process: Process,
    /// On which terms.
    pub terms: Terms,
}

/// How a lot is competed for: techniques and deadlines.
#[serde_with::apply(
    Option => #[serde(skip_serializing_if = "Option::is_none")],
    Vec => #[serde(skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Process {
    /// BT-131: deadline for tenders.
    pub tender_deadline: Moment,
    /// BT-1311: deadline for requests to participate.
    pub request_deadline: Moment,
    /// BT-630: deadline for expressions of interest.
    pub interest_deadline: Moment,
    /// BT-800: deadline for answers to a market consultation.
    pub answer_deadline: Moment,
    /// BT-13: deadline for questions.
    pub question_deadline: Moment,
    /// BT-132: when tenders are opened.
    pub opening: Moment,
    /// BT-130: when invitations to tender are sent.
    pub invitation: Option<Date>,
    /// BT-765.
    pub framework: Option<Code<Framework>>,
    /// BT-113: the most that may take part in a framework agreement.
    pub framework_participants: Option<u32>,
    /// BT-157: the most that a framework agreement for a group of lots may come to.
    pub framework_maximum: Option<Amount>,
    /// BT-766.
    pub dynamic_purchasing: Option<Code<DynamicPurchasing>>,
    /// BT-767: whether there is an electronic auction.
    pub electronic_auction: Option<bool>,
    /// BT-115: whether the WTO's agreement on procurement (GPA) covers it.
    pub gpa: Option<bool>,
    /// BT-17: whether tenders are sent electronically.
    pub electronic_submission: Option<Code<Permission>>,
    /// BT-50: the fewest that are invited to the second stage.
    pub fewest_candidates: Option<u32>,
    /// BT-51: the most that are invited to the second stage.
    pub most_candidates: Option<u32>,
    /// BT-52: whether the second stage has stages in which solutions or tenders fall away.
    pub reduction: Option<bool>,
    /// BT-634: whether it will be announced again.
    pub relaunch: Option<bool>,
    /// BT-125(i), BT-1251: the planning notices that it follows.
    pub previous_notices: Vec<PreviousNotice>,
}

/// On which terms a lot is awarded and carried out.
#[serde_with::apply(
    Option => #[serde(skip_serializing_if = "Option::is_none")],
    Vec => #[serde(skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Terms {
    /// BT-539 and what belongs to it.
    pub criteria: Vec<AwardCriterion>,
    /// BT-97: languages in which one may tender.
    pub languages: Vec<Language>,
    /// BT-71: for whom participation is reserved.
    pub reserved: Vec<Code<Reserved>>,
    /// BT-60.
    pub eu_funds: Option<Code<EuFunds>>,
    /// BT-63: whether variants may or must be offered.
    pub variants: Option<Code<Permission>>,
    /// BT-94: whether it comes again.
    pub recurs: Option<bool>,
    /// BT-120: whether the buyer may award without negotiating.
    pub no_negotiation: Option<bool>,
    /// BT-98: how long a tender binds.
    pub validity: Option<Decimal>,
    /// BT-98: the unit of that.
    pub validity_unit: Option<Code<TimeUnit>>,
    /// BT-15, BT-615: where the documents are.
    pub documents: Vec<Box<str>>,
    /// BT-18: where tenders are sent.
    pub submission_address: Option<Box<str>>,
    /// OPT-301: who hears complaints.
    pub review_bodies: Vec<Reference>,
}

/// One thing by which tenders are ranked.
#[serde_with::apply(
    Option => #[serde(skip_serializing_if = "Option::is_none")],
    Vec => #[serde(skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AwardCriterion {
    /// BT-539: what it measures.
    pub kind: Option<Code<CriterionType>>,
    /// BT-734.
    pub name: Vec<Text>,
    /// BT-541 and its kinds. Mostly one.
    pub weights: Vec<Weight>,
}

/// A number that belongs to an award criterion.
#[serde_with::apply(
    Option => #[serde(skip_serializing_if = "Option::is_none")],
    Vec => #[serde(skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Weight {
    /// BT-5421, BT-5422, BT-5423: what the number is.
    pub kind: Option<Code<WeightKind>>,
    /// BT-541; −1 where it is withheld.
    pub number: Option<Decimal>,
}
