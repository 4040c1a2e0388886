//! Codes of eForms as codes of OCDS. Source: the OCDS for eForms profile, and the code lists of OCDS 1.1.5.
use crate::notices::codelists::{
    DynamicPurchasing, Environment, Framework, GreenCriteria, Innovation, Nature, Permission, ProcedureType,
    SocialObjective, Strategic, Submission, WeightKind,
};
use crate::notices::{Country, Currency, Language};
use crate::regulations::is_currency;
use eforms_write::codes::{Countries, List};
use std::collections::HashMap;

use std::sync::LazyLock;

static COUNTRIES: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    include_str!("data/countries.csv").lines().skip(1).filter_map(|row| row.split_once(',')).collect()
});

/// In English, as the Publications Office of the EU calls them.
static COUNTRY_NAMES: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let mut rows = csv::Reader::from_reader(Countries::DATA.as_bytes());
    let column = rows.headers().ok().and_then(|names| names.iter().position(|name| name == "eng"));
    let named = |row: csv::StringRecord| Some((row.get(0)?.to_owned(), row.get(column?)?.to_owned()));
    rows.into_records().filter_map(Result::ok).filter_map(named).collect()
});

/// What the country is called. One that has no name there is told by its letters.
pub fn country_name(country: &str) -> String {
    COUNTRY_NAMES.get(country).map_or(country, String::as_str).to_owned()
}

/// Two letters, where the country is one that OCDS knows.
pub fn country(country: Country) -> Option<&'static str> {
    COUNTRIES.get(country.as_str()).copied()
}

/// A currency that OCDS knows.
pub fn currency(currency: Currency) -> Option<String> {
    is_currency(currency.as_str()).then(|| currency.as_str().to_owned())
}

/// Two letters (ISO 639-1) for Norwegian and the languages of the EU; for others the three letters of eForms, in small
/// letters.
pub fn language(language: Language) -> String {
    let two = match language.as_str() {
        "NOB" => "nb",
        "NNO" => "nn",
        "NOR" => "no",
        "BUL" => "bg",
        "SPA" => "es",
        "CES" => "cs",
        "DAN" => "da",
        "DEU" => "de",
        "EST" => "et",
        "ELL" => "el",
        "ENG" => "en",
        "FRA" => "fr",
        "GLE" => "ga",
        "HRV" => "hr",
        "ITA" => "it",
        "LAV" => "lv",
        "LIT" => "lt",
        "HUN" => "hu",
        "MLT" => "mt",
        "NLD" => "nl",
        "POL" => "pl",
        "POR" => "pt",
        "RON" => "ro",
        "SLK" => "sk",
        "SLV" => "sl",
        "FIN" => "fi",
        "SWE" => "sv",
        other => return other.to_lowercase(),
    };
    two.to_owned()
}

/// `procurementMethod`, and what BT-105 calls it: OCDS has one word, `selective`, for a restricted procedure, a competitive
/// dialogue and an innovation partnership.
pub fn method(kind: ProcedureType) -> (Option<&'static str>, &'static str) {
    use ProcedureType as P;
    match kind {
        P::Open => (Some("open"), "Open"),
        P::Restricted => (Some("selective"), "Restricted"),
        P::NegotiatedWithCall => (Some("selective"), "Negotiated with prior publication of a call for competition"),
        P::CompetitiveDialogue => (Some("selective"), "Competitive dialogue"),
        P::InnovationPartnership => (Some("selective"), "Innovation partnership"),
        P::NegotiatedWithoutCall => (Some("limited"), "Negotiated without prior call for competition"),
        P::OtherSingleStage => (None, "Other single stage procedure"),
        P::OtherMultipleStage => (Some("selective"), "Other multiple stage procedure"),
        P::CompetitiveTendering => (None, "Competitive tendering"),
        P::UrgentRail => (None, "Request for expression of interest, rail"),
    }
}

pub fn category(nature: Nature) -> &'static str {
    match nature {
        Nature::Works => "works",
        Nature::Supplies => "goods",
        Nature::Services => "services",
    }
}

pub fn permission(permission: Permission) -> &'static str {
    match permission {
        Permission::Allowed => "allowed",
        Permission::Required => "required",
        Permission::NotAllowed => "notAllowed",
    }
}

pub fn aim(aim: Strategic) -> Option<&'static str> {
    match aim {
        Strategic::Environment => Some("environmental"),
        Strategic::Innovation => Some("economic.innovativePurchase"),
        Strategic::Social => Some("social"),
        Strategic::Nothing => None,
    }
}

pub fn innovation(innovation: Innovation) -> &'static str {
    match innovation {
        Innovation::Market => "economic.marketInnovationPromotion",
        Innovation::Process => "economic.processInnovationPromotion",
        Innovation::Product => "economic.productInnovationPromotion",
        Innovation::Research => "economic.researchDevelopmentActivities",
    }
}

pub fn environment(environment: Environment) -> &'static str {
    match environment {
        Environment::Biodiversity => "environmental.biodiversityProtectionRestoration",
        Environment::CircularEconomy => "environmental.circularEconomy",
        Environment::ClimateAdaptation => "environmental.climateChangeAdaptation",
        Environment::ClimateMitigation => "environmental.climateChangeMitigation",
        Environment::Pollution => "environmental.pollutionPrevention",
        Environment::Water => "environmental.waterResourcesProtection",
        Environment::Other => "environmental",
    }
}

pub fn social(social: SocialObjective) -> &'static str {
    match social {
        SocialObjective::Accessibility => "social.accessibility",
        SocialObjective::EthnicEquality => "social.ethnicEquality",
        SocialObjective::GenderEquality => "social.genderEquality",
        SocialObjective::HumanRights => "social.humanRightsInSupplyChains",
        SocialObjective::Opportunities => "social.disadvantagedEmploymentOpportunities",
        SocialObjective::WorkingConditions => "social.laborRightsPromotion",
        SocialObjective::Other => "social",
    }
}

pub fn green_criteria(criteria: GreenCriteria) -> Option<&'static str> {
    match criteria {
        GreenCriteria::Eu => Some("euGPPCriteria"),
        GreenCriteria::National => Some("nationalGPPCriteria"),
        GreenCriteria::Other => Some("otherGPPCriteria"),
        GreenCriteria::Nothing => None,
    }
}

pub fn framework(framework: Framework) -> Option<&'static str> {
    match framework {
        Framework::Mixed => Some("withAndWithoutReopeningCompetition"),
        Framework::WithNewCompetition => Some("withReopeningCompetition"),
        Framework::WithoutNewCompetition => Some("withoutReopeningCompetition"),
        Framework::Nothing => None,
    }
}

pub fn dynamic_purchasing(usage: DynamicPurchasing) -> Option<&'static str> {
    match usage {
        DynamicPurchasing::BuyersOfTheNotice => Some("closed"),
        DynamicPurchasing::OtherBuyersToo => Some("open"),
        DynamicPurchasing::Nothing => None,
    }
}

/// The open code list of measures has none for large companies and for those that were not verified: these two are ours.
pub fn measure(kind: Submission) -> &'static str {
    match kind {
        Submission::Tenders => "bids",
        Submission::ParticipationRequests => "requests",
        Submission::Electronic => "electronicBids",
        Submission::Micro => "microBids",
        Submission::Small => "smallBids",
        Submission::Medium => "mediumBids",
        Submission::SmallOrMedium => "smeBids",
        Submission::Large => "largeBids",
        Submission::OtherEea => "foreignBidsFromEU",
        Submission::OutsideEea => "foreignBidsFromNonEU",
        Submission::Inadmissible => "disqualifiedBids",
        Submission::AbnormallyLow => "tendersAbnormallyLow",
        Submission::NotVerified => "unverifiedBids",
    }
}

/// What the number of an award criterion is: its weight, something fixed, or a threshold.
pub enum Kind {
    Weight(&'static str),
    Fixed(&'static str),
    Threshold(&'static str),
}

pub fn weight(kind: WeightKind) -> Kind {
    match kind {
        WeightKind::DecimalExact => Kind::Weight("decimalExact"),
        WeightKind::DecimalMiddle => Kind::Weight("decimalRangeMiddle"),
        WeightKind::Order => Kind::Weight("order"),
        WeightKind::PercentageExact => Kind::Weight("percentageExact"),
        WeightKind::PercentageMiddle => Kind::Weight("percentageRangeMiddle"),
        WeightKind::PointsExact => Kind::Weight("pointsExact"),
        WeightKind::PointsMiddle => Kind::Weight("pointsRangeMiddle"),
        WeightKind::FixedTotal => Kind::Fixed("total"),
        WeightKind::FixedUnit => Kind::Fixed("unit"),
        WeightKind::MaximumPass => Kind::Threshold("maximumBids"),
        WeightKind::MinimumScore => Kind::Threshold("minimumScore"),
    }
}
