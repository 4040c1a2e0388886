//! A competition, 16 or E3: the whole.
use crate::codes::{List, ProcedureKind};
use crate::dispatch::Edition;
use crate::document::competition_lot;
use crate::document::head;
use crate::document::lots::{Prefix, numbered};
use crate::document::parties::{Parties, contracting_parties};
use crate::document::scope::{Beside, project};
use crate::document::texts::{optional_texts, texts};
use crate::facts::Competition;
use crate::facts::money::Amount;
use crate::facts::qualification::Ground;
use crate::xml::Element;

pub fn document(facts: &Competition, edition: &Edition) -> Element {
    let mut parties = Parties::of(&facts.buyers);
    let buyers = contracting_parties(&mut parties, &facts.buyers);
    let lots: Vec<Element> = numbered(Prefix::Lot, &facts.lots)
        .map(|(id, lot)| competition_lot::element(facts, edition, &mut parties, &id, lot))
        .collect();
    let maxima = facts.lots.iter().filter_map(|lot| lot.framework.as_ref()?.maximum);
    head::root(edition)
        .children(head::extension(edition, None, &parties))
        .children(head::preamble(edition, Some(facts.procedure_id), None, &facts.legal_basis))
        .children(buyers)
        .child(terms(facts, edition))
        .child(process(facts, edition))
        .child(project(edition, &facts.subject, Beside { framework_maximum: total(maxima), ..Beside::default() }))
        .children(lots)
}

/// The most that may be bought in all: what the lots come to, so that nobody can say otherwise.
pub fn total(amounts: impl Iterator<Item = Amount>) -> Option<Amount> {
    let mut amounts = amounts.peekable();
    amounts.peek().is_some().then(|| amounts.sum())
}

fn terms(facts: &Competition, edition: &Edition) -> Element {
    Element::new("cac:TenderingTerms")
        .children(head::legislation(edition, &facts.legal_basis))
        .child(requirements([requirement("exclusion-grounds-source", facts.exclusion.source())]))
        .children(requirements(facts.exclusion.here().iter().map(|each| ground(edition, each))).unless_empty())
        .children(distribution(facts))
}

fn ground(edition: &Edition, ground: &Ground) -> Element {
    requirement("exclusion-ground", &ground.kind).children(texts(edition, "cbc:Description", &ground.description))
}

/// How many lots one may tender for: always told where there are several.
fn distribution(facts: &Competition) -> Option<Element> {
    let limits = facts.lots_each;
    let won = limits.and_then(|limits| limits.won);
    let tendered = limits.map_or(facts.lots.len(), |limits| limits.tendered.into());
    (facts.lots.len() > 1).then(|| {
        Element::new("cac:LotDistribution")
            .children(won.map(|won| Element::text("cbc:MaximumLotsAwardedNumeric", won)))
            .child(Element::text("cbc:MaximumLotsSubmittedNumeric", tendered))
    })
}

fn process(facts: &Competition, edition: &Edition) -> Element {
    let accelerated = facts.procedure.accelerated().map(|reason| {
        Element::new("cac:ProcessJustification")
            .child(Element::code("cbc:ProcessReasonCode", "accelerated-procedure", reason.is_some()))
            .children(optional_texts(edition, "cbc:ProcessReason", reason))
    });
    Element::new("cac:TenderingProcess")
        .children(optional_texts(edition, "cbc:Description", facts.features.as_ref()))
        .child(Element::code("cbc:ProcedureCode", ProcedureKind::NAME, facts.procedure.kind().as_str()))
        .children(accelerated)
}

/// What is required of suppliers, of one kind.
pub fn requirements(requirements: impl IntoIterator<Item = Element>) -> Element {
    Element::new("cac:TendererQualificationRequest").children(requirements)
}

pub fn requirement(list: &'static str, code: impl ToString) -> Element {
    let code = Element::code("cbc:TendererRequirementTypeCode", list, code);
    Element::new("cac:SpecificTendererRequirement").child(code)
}
