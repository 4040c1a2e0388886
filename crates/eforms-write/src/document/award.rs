//! By what the best tender is chosen.
use crate::dispatch::{Edition, Profile};
use crate::document::texts::{optional_texts, texts};
use crate::facts::award::{About, AwardCriteria, Climate, Criterion, InsteadOfCriterion};
use crate::xml::Element;

/// `no_negotiation`: may the contract be awarded without any, where the procedure asks?
pub fn awarding_terms(edition: &Edition, award: &AwardCriteria, no_negotiation: Option<bool>) -> Element {
    Element::new("cac:AwardingTerms")
        .children(no_negotiation.map(|may| Element::text("cbc:NoFurtherNegotiationIndicator", may)))
        .child(awarding_criterion(edition, award))
}

fn awarding_criterion(edition: &Edition, award: &AwardCriteria) -> Element {
    let element = Element::new("cac:AwardingCriterion");
    match award {
        AwardCriteria::Weighted { criteria, climate } => element
            .children(criteria.iter().map(|each| criterion(edition, &each.criterion, "per-exa", each.percent.into())))
            .children(climate.as_ref().and_then(|climate| instead_of_criterion(edition, climate))),
        AwardCriteria::Ranked { criteria, reason } => {
            let ranked = criteria.iter().zip(1..);
            element
                .children(texts(edition, "cbc:Description", reason))
                .children(ranked.map(|(each, rank)| criterion(edition, each, "ord-imp", rank)))
        }
    }
}

fn criterion(edition: &Edition, criterion: &Criterion, weight: &'static str, number: u32) -> Element {
    let kind = match (criterion.about, edition.profile) {
        (About::Price, _) => "price",
        (About::Cost, _) => "cost",
        (About::Climate, Profile::DfoEu | Profile::DfoNational) => "quality-nor-env-criteria",
        (About::Climate | About::Quality, _) => "quality",
    };
    subordinate(kind, weight, number)
        .children(optional_texts(edition, "cbc:Name", criterion.name.as_ref()))
        .children(texts(edition, "cbc:Description", &criterion.description))
}

/// For DFØ, how the duty to weight climate is met instead is a criterion that counts for nothing. Others know no such.
fn instead_of_criterion(edition: &Edition, climate: &Climate) -> Option<Element> {
    let kind = match climate.by {
        InsteadOfCriterion::Specification => "quality-nor-env-spec",
        InsteadOfCriterion::Insignificant => "quality-nor-env-exempt-insignificant",
        InsteadOfCriterion::CriticalInterest => "quality-nor-env-exempt-critical-interest",
        InsteadOfCriterion::NationalMinimum => "quality-nor-env-exempt-national-minimum",
    };
    (edition.profile != Profile::Eu)
        .then(|| subordinate(kind, "per-exa", 0).children(texts(edition, "cbc:Description", &climate.description)))
}

fn subordinate(kind: &'static str, weight: &'static str, number: u32) -> Element {
    let parameter = Element::new("efac:AwardCriterionParameter")
        .child(Element::code("efbc:ParameterCode", "number-weight", weight))
        .child(Element::text("efbc:ParameterNumeric", number));
    Element::new("cac:SubordinateAwardingCriterion").children(Element::extension([parameter])).child(Element::code(
        "cbc:AwardingCriterionTypeCode",
        "award-criterion-type",
        kind,
    ))
}
