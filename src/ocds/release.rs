//! A release and its parts, under the names of OCDS 1.1.5 and of the extensions in [`EXTENSIONS`](super::package).
//!
//! What says nothing is left out: an empty list, a part without content.
use serde::Serialize;
use serde_json::Number;

/// Whether there is anything to write.
trait Nothing {
    fn is_nothing(&self) -> bool;
}

impl<T> Nothing for Option<T> {
    fn is_nothing(&self) -> bool {
        self.is_none()
    }
}

impl<T> Nothing for Vec<T> {
    fn is_nothing(&self) -> bool {
        self.is_empty()
    }
}

impl Nothing for String {
    fn is_nothing(&self) -> bool {
        self.is_empty()
    }
}

/// A release as it is published.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Published {
    Release(Box<Release>),
    /// Of a need, with nulls for what it takes away of what was told before.
    Correction(serde_json::Value),
}

impl Published {
    pub fn date(&self) -> &str {
        match self {
            Self::Release(release) => &release.date,
            Self::Correction(release) => release["date"].as_str().unwrap_or_default(),
        }
    }
}

/// Structs that leave out what says nothing.
macro_rules! objects {
    ($($(#[$m:meta])* $name:ident { $($field:ident: $type:ty),* $(,)? })+) => { $(
        $(#[$m])*
        #[derive(Debug, Clone, Default, PartialEq, Serialize)]
        #[serde(rename_all = "camelCase")]
        pub struct $name {
            $(#[serde(skip_serializing_if = "Nothing::is_nothing")] pub $field: $type,)*
        }
        impl Nothing for $name {
            fn is_nothing(&self) -> bool {
                $(self.$field.is_nothing())&&*
            }
        }
    )+ };
}

objects! {
    /// What was known of a process at one time.
    Release {
        ocid: String, id: String, date: String, tag: Vec<&'static str>, initiation_type: String, language: String,
        parties: Vec<Organization>, buyer: OrganizationReference, planning: Planning, tender: Tender, bids: Bids,
        awards: Vec<Award>, contracts: Vec<Contract>, related_processes: Vec<RelatedProcess>,
        withheld_information: Vec<WithheldInformation>,
    }
    Planning { rationale: String, budget: Budget, documents: Vec<Document>, milestones: Vec<Milestone> }
    Budget { description: String, amount: Value, finance: Vec<Finance> }
    Finance { id: String, financing_party: OrganizationReference, related_lots: Vec<String> }
    Tender {
        id: String, title: String, description: String, status: String, value: Value, procurement_method: String,
        procurement_method_details: String, procurement_method_rationale_classifications: Vec<Classification>,
        main_procurement_category: String, additional_procurement_categories: Vec<String>, legal_basis: Classification,
        procedure: Procedure, items: Vec<Item>, lots: Vec<Lot>, lot_groups: Vec<LotGroup>, documents: Vec<Document>,
        tender_period: Period, enquiry_period: Period, has_enquiries: Option<bool>, enquiries: Vec<Enquiry>,
        communication: Communication, submission_method: Vec<&'static str>, submission_method_details: String,
        amendments: Vec<Amendment>, contract_terms: ContractTerms, techniques: Techniques,
        submission_terms: SubmissionTerms, covered_by: Vec<&'static str>, has_sustainability: Option<bool>,
        sustainability: Vec<Sustainability>,
    }
    /// Extension procedure.
    Procedure { is_accelerated: Option<bool>, features: String }
    /// Extension communication.
    Communication { future_notice_date: String, notice_preferred_publication_date: String }
    /// Extension contractTerms.
    ContractTerms { performance_terms: String }
    /// Extension lots, with those that add to it.
    Lot {
        id: String, title: String, description: String, status: String, value: Value,
        main_procurement_category: String, additional_procurement_categories: Vec<String>, contract_period: Period,
        tender_period: Period, enquiry_period: Period, bid_opening: BidOpening, has_renewal: Option<bool>,
        renewal: Renewal, has_recurrence: Option<bool>, suitability: Suitability, has_sustainability: Option<bool>,
        sustainability: Vec<Sustainability>, award_criteria: AwardCriteria, submission_terms: SubmissionTerms,
        submission_method_details: String, other_requirements: OtherRequirements, second_stage: SecondStage,
        techniques: Techniques, covered_by: Vec<&'static str>, identifiers: Vec<SimpleIdentifier>,
        has_accessibility_criteria: Option<bool>, milestones: Vec<Milestone>,
    }
    LotGroup { id: String, title: String, description: String, maximum_value: Value }
    SimpleIdentifier { id: String, scheme: String }
    BidOpening { date: String }
    Renewal { maximum_renewals: Option<u32> }
    Suitability { sme: Option<bool> }
    /// Extension sustainability: what is aimed at beside the purchase itself, BT-06 and BT-774 to BT-776.
    Sustainability { goal: &'static str, strategies: Vec<&'static str> }
    AwardCriteria { criteria: Vec<AwardCriterion> }
    AwardCriterion { r#type: String, name: String, numbers: Vec<CriterionNumber> }
    CriterionNumber {
        number: Option<Number>, weight: Option<&'static str>, fixed: Option<&'static str>,
        threshold: Option<&'static str>,
    }
    SubmissionTerms {
        electronic_submission_policy: String, variant_policy: String, languages: Vec<String>,
        bid_validity_period: Period,
    }
    OtherRequirements { reserved_participation: Vec<&'static str> }
    SecondStage {
        minimum_candidates: Option<u32>, maximum_candidates: Option<u32>, successive_reduction: Option<bool>,
        no_negotiation_necessary: Option<bool>, invitation_date: String,
    }
    Techniques {
        has_framework_agreement: Option<bool>, framework_agreement: FrameworkAgreement,
        has_dynamic_purchasing_system: Option<bool>, dynamic_purchasing_system: DynamicPurchasingSystem,
        has_electronic_auction: Option<bool>,
    }
    FrameworkAgreement { method: String, maximum_participants: Option<u32>, value: Value }
    DynamicPurchasingSystem { r#type: String, status: String }
    Item {
        id: String, description: String, classification: Classification,
        additional_classifications: Vec<Classification>, related_lot: String, delivery_addresses: Vec<Address>,
    }
    Organization {
        id: String, name: String, identifier: Identifier, additional_identifiers: Vec<Identifier>, address: Address,
        contact_point: ContactPoint, roles: Vec<&'static str>, details: Details,
    }
    OrganizationReference { id: String, name: String }
    Identifier { scheme: String, id: String, legal_name: String }
    Address {
        locality: String, region: String, postal_code: String, country_name: String, country: String,
        description: String,
    }
    ContactPoint { name: String, email: String, telephone: String, url: String }
    /// Extensions partyScale and organizationClassification.
    Details {
        scale: String, url: String, buyer_profile: String, classifications: Vec<Classification>,
        listed_on_regulated_market: Option<bool>,
    }
    Classification { scheme: String, id: String, description: String }
    Value { amount: Option<Number>, currency: String }
    Period { start_date: String, end_date: String, duration_in_days: Option<i64>, description: String }
    Document {
        id: String, document_type: &'static str, title: String, description: String, url: String,
        date_published: String, date_modified: String, related_lots: Vec<String>, language: String,
    }
    Milestone {
        id: String, title: String, r#type: &'static str, description: String, due_date: String, date_met: String,
        status: &'static str, related_lots: Vec<String>,
    }
    /// Extension enquiries. Who asked is not told.
    Enquiry { id: String, date: String, title: String, description: String, answer: String, date_answered: String }
    Amendment {
        id: String, date: String, rationale: String, rationale_classifications: Vec<Classification>,
        amends_release_i_d: String,
    }
    /// Extension bids.
    Bids { statistics: Vec<Statistic>, details: Vec<Bid> }
    Statistic { id: String, measure: &'static str, value: Option<Number>, currency: String, related_lot: String }
    Bid {
        id: String, status: String, tenderers: Vec<OrganizationReference>, value: Value, related_lots: Vec<String>,
        identifiers: Vec<SimpleIdentifier>, rank: Option<i32>, has_rank: Option<bool>, variant: Option<bool>,
        has_subcontracting: Option<bool>, subcontracting: Subcontracting, countries_of_origin: Vec<String>,
    }
    Subcontracting { value: Value, minimum_percentage: Option<Number>, maximum_percentage: Option<Number> }
    Award {
        id: String, title: String, status: String, status_details: String, date: String, value: Value,
        suppliers: Vec<OrganizationReference>, related_lots: Vec<String>, related_bids: Vec<String>,
        maximum_value: Value, estimated_value: Value,
    }
    Contract {
        id: String, award_i_d: String, title: String, status: String, date_signed: String,
        identifiers: Vec<SimpleIdentifier>, related_bids: Vec<String>, amendments: Vec<Amendment>, value: Value,
    }
    RelatedProcess { id: String, relationship: Vec<&'static str>, scheme: String, identifier: String }
    /// Extension withheldInformation: BT-195.
    WithheldInformation {
        id: String, field: String, rationale_classifications: Vec<Classification>, availability_date: String,
    }
}

impl Nothing for &str {
    fn is_nothing(&self) -> bool {
        str::is_empty(self)
    }
}

impl From<&Organization> for OrganizationReference {
    fn from(party: &Organization) -> Self {
        Self { id: party.id.clone(), name: party.name.clone() }
    }
}
