//! A pre-market consultation, E1.
use crate::dispatch::Edition;
use crate::document::head;
use crate::document::lots::{self, LotId, Prefix, numbered};
use crate::document::parties::{Parties, contracting_parties};
use crate::document::scope::{Beside, project};
use crate::facts::consultation::Consultation;
use crate::facts::subject::Lot;
use crate::facts::time;
use crate::xml::Element;

pub fn document(facts: &Consultation, edition: &Edition) -> Element {
    let mut parties = Parties::of(&facts.buyers);
    let buyers = contracting_parties(&mut parties, &facts.buyers);
    let planned = facts.competition_expected.map(time::day);
    let terms = Element::new("cac:TenderingTerms").children(head::legislation(edition, &facts.legal_basis));
    head::root(edition)
        .children(head::extension(edition, None, &parties))
        .children(head::preamble(edition, None, planned, &facts.legal_basis))
        .children(buyers)
        .children(terms.unless_empty())
        .child(project(edition, &facts.subject, Beside::default()))
        .children(numbered(Prefix::Lot, &facts.lots).map(|(id, each)| lot(facts, edition, &id, each)))
}

fn lot(facts: &Consultation, edition: &Edition, id: &LotId, lot: &Lot) -> Element {
    let beside = Beside { period: lot.period, ..Beside::default() };
    lots::lot(id, Some(terms(facts)), Some(process(facts)), project(edition, &lot.subject, beside))
}

fn terms(facts: &Consultation) -> Element {
    let recipient = Element::text("cbc:EndpointID", &facts.answers.url);
    Element::new("cac:TenderingTerms")
        .children(facts.documents.as_ref().map(lots::documents))
        .child(Element::new("cac:TenderRecipientParty").child(recipient))
        .children(lots::languages(&facts.answers.languages))
}

fn process(facts: &Consultation) -> Element {
    let answers = lots::until("efac:AnswerReceptionPeriod", facts.answers.deadline);
    Element::new("cac:TenderingProcess")
        .children(Element::extension([answers]))
        .children(facts.questions_until.map(|until| lots::until("cac:AdditionalInformationRequestPeriod", until)))
        .children(facts.previous.as_ref().map(lots::previous))
}
