//! A planned purchase, 4 or E2.
use crate::dispatch::Edition;
use crate::document::head;
use crate::document::lots::{self, LotId, Prefix, numbered};
use crate::document::parties::{Parties, contracting_parties};
use crate::document::scope::{Beside, project};
use crate::facts::{Lot, Planning, time};
use crate::xml::Element;

pub fn document(facts: &Planning, edition: &Edition) -> Element {
    let mut parties = Parties::of(&facts.buyers);
    let buyers = contracting_parties(&mut parties, &facts.buyers);
    let planned = facts.competition_expected.map(time::day);
    let legislation = Element::new("cac:TenderingTerms").children(head::legislation(edition, &facts.legal_basis));
    let parts: Vec<Element> =
        numbered(Prefix::Part, &facts.parts).map(|(id, each)| part(facts, edition, &mut parties, &id, each)).collect();
    head::root(edition)
        .children(head::extension(edition, None, &parties))
        .children(head::preamble(edition, None, planned, &facts.legal_basis))
        .children(buyers)
        .children(legislation.unless_empty())
        .child(project(edition, &facts.subject, Beside::default()))
        .children(parts)
}

fn part<'a>(facts: &'a Planning, edition: &Edition, parties: &mut Parties<'a>, id: &LotId, part: &Lot) -> Element {
    let beside = Beside { period: part.period, ..Beside::default() };
    lots::lot(id, terms(facts, parties), process(facts), project(edition, &part.subject, beside))
}

fn terms<'a>(facts: &'a Planning, parties: &mut Parties<'a>) -> Option<Element> {
    let review = facts.review.as_ref().map(|body| parties.reference("cac:AppealReceiverParty", body));
    Element::new("cac:TenderingTerms")
        .children(facts.documents.as_ref().map(lots::documents))
        .children(review.map(|body| Element::new("cac:AppealTerms").child(body)))
        .unless_empty()
}

fn process(facts: &Planning) -> Option<Element> {
    let previous = facts.previous.as_ref().map(lots::previous);
    Element::new("cac:TenderingProcess").children(previous).unless_empty()
}
