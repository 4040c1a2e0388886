//! Who is in a notice: buyers, those who tender, and others.
//!
//! Names and telephone numbers of persons are in the documents, but not among the facts: nothing here needs them.
use super::codelists::{Activity, CompanySize, ContractingType, LegalType};
use super::{Code, Country, Reference, Text};
use regulations::OrganisationNumber;
use serde::{Deserialize, Serialize};

/// An organisation that the notice tells of. What it does in it (buys, tenders, hears complaints) is said by who points
/// at it.
#[serde_with::apply(
    Option => #[serde(skip_serializing_if = "Option::is_none")],
    Vec => #[serde(skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Organisation {
    /// OPT-200, as in `ORG-0001`.
    pub id: Option<Box<str>>,
    /// BT-500.
    pub name: Vec<Text>,
    /// BT-501: its identifiers, as written. Mostly one.
    pub identifiers: Vec<Box<str>>,
    /// The first of them that is a Norwegian organisation number, if the organisation is Norwegian.
    pub number: Option<OrganisationNumber>,
    /// BT-514.
    pub country: Option<Country>,
    /// BT-507: the region, a NUTS code.
    pub nuts: Option<Box<str>>,
    /// BT-513.
    pub city: Option<Box<str>>,
    /// BT-512.
    pub postcode: Option<Box<str>>,
    /// BT-506.
    pub email: Option<Box<str>>,
    /// BT-505.
    pub website: Option<Box<str>>,
    /// BT-165: how large a company that won is.
    pub size: Option<Code<CompanySize>>,
    /// BT-633: whether it is a person.
    pub is_person: Option<bool>,
    /// BT-746: whether it is listed on a stock exchange.
    pub is_listed: Option<bool>,
    /// OPP-050: whether it leads a group of buyers.
    pub leads_buyers: Option<bool>,
    /// OPP-051: whether it is a central purchasing body that awards contracts for others.
    pub awards_for_others: Option<bool>,
    /// OPP-052: whether it is a central purchasing body that buys for others.
    pub buys_for_others: Option<bool>,
    /// Parts of it that have an address of their own.
    pub touch_points: Vec<TouchPoint>,
}

/// A part of an organisation with an address of its own. References to it lead to the organisation.
#[serde_with::apply(
    Option => #[serde(skip_serializing_if = "Option::is_none")],
    Vec => #[serde(skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TouchPoint {
    /// OPT-201, as in `TPO-0001`.
    pub id: Option<Box<str>>,
    /// BT-500.
    pub name: Vec<Text>,
    /// BT-506.
    pub email: Option<Box<str>>,
}

/// A buyer, in the order of the notice.
#[serde_with::apply(
    Option => #[serde(skip_serializing_if = "Option::is_none")],
    Vec => #[serde(skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Buyer {
    /// OPT-300: the organisation.
    pub organisation: Option<Reference>,
    /// BT-11.
    pub legal_type: Option<Code<LegalType>>,
    /// BT-740.
    pub contracting_type: Option<Code<ContractingType>>,
    /// BT-10, BT-610: what it does.
    pub activities: Vec<Code<Activity>>,
    /// BT-508: its page for procurements.
    pub profile: Option<Box<str>>,
}
