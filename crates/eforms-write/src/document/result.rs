//! How a competition ended, 29 or E4: the whole.
use crate::codes::{List, ProcedureKind};
use crate::dispatch::Edition;
use crate::document::award::awarding_terms;
use crate::document::competition_lot::{appeal_terms, contracting_systems, no_auction};
use crate::document::head;
use crate::document::lots::{self, LotId, Prefix, numbered};
use crate::document::parties::{Parties, contracting_parties};
use crate::document::result_lots::notice_result;
use crate::document::scope::{Beside, extension, project};
use crate::document::strategic::additional_types;
use crate::document::texts::{optional_texts, texts};
use crate::facts::result::{ContractResult, LotResult};
use crate::xml::Element;

pub fn document(facts: &ContractResult, edition: &Edition) -> Element {
    let mut parties = Parties::of(&facts.buyers);
    let buyers = contracting_parties(&mut parties, &facts.buyers);
    let legislation = Element::new("cac:TenderingTerms").children(head::legislation(edition, &facts.legal_basis));
    let lots: Vec<(LotId, &LotResult)> = numbered(Prefix::Lot, &facts.lots).collect();
    let result = notice_result(edition, &mut parties, &lots);
    let lots: Vec<Element> = lots.iter().map(|(id, each)| lot(facts, edition, &mut parties, id, each)).collect();
    // The day of the award has its own place with each contract; UBL wants one here too, and eForms always this.
    let award_date = Element::text("cbc:AwardDate", "2000-01-01Z");
    head::root(edition)
        .children(head::extension(edition, Some(result), &parties))
        .children(head::preamble(edition, Some(facts.procedure_id), None, &facts.legal_basis))
        .children(buyers)
        .children(legislation.unless_empty())
        .child(process(facts, edition))
        .child(project(edition, &facts.subject, Beside::default()))
        .children(lots)
        .child(Element::new("cac:TenderResult").child(award_date))
}

fn process(facts: &ContractResult, edition: &Edition) -> Element {
    Element::new("cac:TenderingProcess")
        .children(optional_texts(edition, "cbc:Description", facts.features.as_ref()))
        .child(Element::code("cbc:ProcedureCode", ProcedureKind::NAME, facts.procedure.as_str()))
        .children(facts.competition.as_ref().map(lots::previous))
}

fn lot<'a>(
    facts: &'a ContractResult,
    edition: &Edition,
    parties: &mut Parties<'a>,
    id: &LotId,
    lot: &LotResult,
) -> Element {
    let beside = Beside {
        additional_types: additional_types(edition, &lot.strategic),
        framework_maximum: None,
        period: lot.period,
        extension: extension(edition, &lot.extension),
    };
    let terms = terms(facts, edition, parties, lot);
    let process = lot_process(facts, edition, lot);
    lots::lot(id, Some(terms), Some(process), project(edition, &lot.subject, beside))
}

fn terms<'a>(facts: &'a ContractResult, edition: &Edition, parties: &mut Parties<'a>, lot: &LotResult) -> Element {
    let eu_funds = if facts.eu_funds { "eu-funds" } else { "no-eu-funds" };
    Element::new("cac:TenderingTerms")
        .child(Element::code("cbc:FundingProgramCode", "eu-funded", eu_funds))
        .child(awarding_terms(edition, &lot.award, None))
        .children(facts.review.as_ref().map(|review| appeal_terms(edition, parties, review)))
}

fn lot_process(facts: &ContractResult, edition: &Edition, lot: &LotResult) -> Element {
    let covered = (!edition.subtype.is_national()).then_some(facts.gpa);
    let framework = lot.framework.as_ref();
    let reason = framework.and_then(|framework| framework.long_because.as_ref());
    let agreement = reason
        .map(|reason| Element::new("cac:FrameworkAgreement").children(texts(edition, "cbc:Justification", reason)));
    Element::new("cac:TenderingProcess")
        .children(covered.map(|covered| Element::text("cbc:GovernmentAgreementConstraintIndicator", covered)))
        .child(no_auction())
        .children(agreement)
        .children(contracting_systems(framework.map(|framework| framework.kind)))
}
