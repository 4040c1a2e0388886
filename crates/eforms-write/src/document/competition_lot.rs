//! A competition, 16 or E3: each lot.
use crate::codes::FrameworkKind;
use crate::dispatch::Edition;
use crate::document::award::awarding_terms;
use crate::document::competition::{requirement, requirements};
use crate::document::lots::{self, LotId};
use crate::document::parties::Parties;
use crate::document::scope::{Beside, extension, project};
use crate::document::strategic::additional_types;
use crate::document::texts::{optional_texts, texts};
use crate::facts::competition::{Competition, CompetitionLot, Review};
use crate::facts::framework::Framework;
use crate::facts::procedure::{Opening, Procedure, Shortlist};
use crate::facts::qualification::SelectionCriterion;
use crate::facts::time;
use crate::xml::Element;

pub fn element<'a>(
    facts: &'a Competition,
    edition: &Edition,
    parties: &mut Parties<'a>,
    id: &LotId,
    lot: &CompetitionLot,
) -> Element {
    let beside = Beside {
        additional_types: additional_types(edition, &lot.strategic),
        framework_maximum: lot.framework.as_ref().and_then(|framework| framework.maximum),
        period: Some(lot.period),
        extension: extension(edition, &lot.extension),
    };
    let terms = terms(facts, edition, parties, lot);
    let process = process(facts, edition, lot);
    lots::lot(id, Some(terms), Some(process), project(edition, &lot.subject, beside))
}

fn terms<'a>(facts: &'a Competition, edition: &Edition, parties: &mut Parties<'a>, lot: &CompetitionLot) -> Element {
    let terms = &facts.terms;
    let eu_funds = if terms.eu_funds { "eu-funds" } else { "no-eu-funds" };
    let reserved = if terms.sheltered_workshops_only { "res-ws" } else { "none" };
    let execution = if terms.sheltered_execution { "yes" } else { "no" };
    let (no_negotiation, validity) = match &facts.procedure {
        Procedure::Open { valid_for, .. } => (None, Some(valid_for)),
        // The forms for purchases below the thresholds have no place for it.
        Procedure::Negotiated { may_award_without_negotiation, .. } if !edition.subtype.is_national() => {
            (Some(*may_award_without_negotiation), None)
        }
        _ => (None, None),
    };
    let validity = validity.map(|validity| {
        let measure = Element::text("cbc:DurationMeasure", validity.number).with("unitCode", validity.unit.code());
        Element::new("cac:TenderValidityPeriod").child(measure)
    });
    Element::new("cac:TenderingTerms")
        .children(Element::extension(selection_criteria(facts, edition)))
        .child(Element::code("cbc:FundingProgramCode", "eu-funded", eu_funds))
        .child(lots::documents(&facts.documents))
        .child(requirements([requirement("reserved-procurement", reserved)]))
        .child(requirements([requirement("selection-criteria-source", facts.qualification.source())]))
        .child(execution_requirement("reserved-execution", execution))
        .child(execution_requirement("einvoicing", terms.electronic_invoice.as_str()))
        .child(execution_requirement("ecatalog-submission", terms.electronic_catalogue.as_str()))
        .child(awarding_terms(edition, &lot.award, no_negotiation))
        .child(Element::new("cac:TenderRecipientParty").child(Element::text("cbc:EndpointID", &terms.url)))
        .children(validity)
        .children(facts.review.as_ref().map(|review| appeal_terms(edition, parties, review)))
        .children(lots::languages(&terms.languages))
        .child(
            Element::new("cac:PostAwardProcess")
                .child(Element::text("cbc:ElectronicOrderUsageIndicator", terms.electronic_ordering))
                .child(Element::text("cbc:ElectronicPaymentUsageIndicator", terms.electronic_payment)),
        )
}

/// Whether a criterion ranks is told where the number of candidates is reduced in stages, and nowhere else.
fn selection_criteria(facts: &Competition, edition: &Edition) -> Vec<Element> {
    let in_stages = facts.procedure.shortlist().is_some_and(|shortlist| shortlist.in_stages);
    let element = |criterion: &SelectionCriterion| {
        Element::new("efac:SelectionCriteria")
            .child(Element::code("cbc:TendererRequirementTypeCode", "selection-criterion", &criterion.kind))
            .children(texts(edition, "cbc:Description", &criterion.description))
            .children(in_stages.then(|| Element::text("efbc:SecondStageIndicator", criterion.ranks)))
    };
    facts.qualification.here().iter().map(element).collect()
}

fn execution_requirement(list: &'static str, code: &str) -> Element {
    let code = Element::code("cbc:ExecutionRequirementCode", list, code);
    Element::new("cac:ContractExecutionRequirement").child(code)
}

pub fn appeal_terms<'a>(edition: &Edition, parties: &mut Parties<'a>, review: &'a Review) -> Element {
    let deadline = Element::new("cac:PresentationPeriod").children(texts(edition, "cbc:Description", &review.deadline));
    Element::new("cac:AppealTerms").child(deadline).child(parties.reference("cac:AppealReceiverParty", &review.body))
}

fn process(facts: &Competition, edition: &Edition, lot: &CompetitionLot) -> Element {
    let procedure = &facts.procedure;
    let shortlist = procedure.shortlist();
    let tenders = match procedure {
        Procedure::Open { tenders_by, .. } => Some(lots::until("cac:TenderSubmissionDeadlinePeriod", *tenders_by)),
        _ => None,
    };
    let opening = match procedure {
        Procedure::Open { opening, .. } => opening.as_ref().map(|opening| open_event(edition, opening)),
        _ => None,
    };
    let invitations = shortlist.and_then(|shortlist| shortlist.invitations).map(|day| {
        Element::new("cac:InvitationSubmissionPeriod").child(Element::text("cbc:StartDate", time::day(day)))
    });
    // The forms for purchases below the thresholds have no place for it: none of them is covered.
    let covered = (!edition.subtype.is_national()).then_some(facts.terms.gpa);
    let reduced = shortlist.map(|shortlist| shortlist.in_stages);
    // E3 asks for a deadline for expressions of interest (BT-630) beside that for requests, whatever the procedure with
    // two stages (BR-BT-00630-0109). To ask to take part is to express interest: it is the same moment.
    let interest = shortlist
        .filter(|_| edition.subtype.is_national())
        .map(|shortlist| lots::until("efac:InterestExpressionReceptionPeriod", shortlist.requests_by));
    Element::new("cac:TenderingProcess")
        .children(Element::extension(interest))
        .child(Element::code("cbc:SubmissionMethodCode", "esubmission", "required"))
        .children(reduced.map(|reduced| Element::text("cbc:CandidateReductionConstraintIndicator", reduced)))
        .children(covered.map(|covered| Element::text("cbc:GovernmentAgreementConstraintIndicator", covered)))
        .children(tenders)
        .children(invitations)
        .children(shortlist.map(|list| lots::until("cac:ParticipationRequestReceptionPeriod", list.requests_by)))
        .children(facts.questions_until.map(|until| lots::until("cac:AdditionalInformationRequestPeriod", until)))
        .children(facts.previous.as_ref().map(lots::previous))
        .children(shortlist.map(candidates))
        .children(opening)
        .child(no_auction())
        .children(lot.framework.as_ref().and_then(|framework| agreement(edition, framework)))
        .children(contracting_systems(lot.framework.as_ref().map(|framework| framework.kind)))
}

fn candidates(shortlist: &Shortlist) -> Element {
    Element::new("cac:EconomicOperatorShortList")
        .child(Element::text("cbc:LimitationDescription", shortlist.maximum.is_some()))
        .children(shortlist.maximum.map(|maximum| Element::text("cbc:MaximumQuantity", maximum)))
        .child(Element::text("cbc:MinimumQuantity", shortlist.minimum))
}

fn open_event(edition: &Edition, opening: &Opening) -> Element {
    let place = Element::new("cac:OccurenceLocation").children(optional_texts(
        edition,
        "cbc:Description",
        opening.place.as_ref(),
    ));
    Element::new("cac:OpenTenderEvent")
        .child(Element::text("cbc:OccurrenceDate", opening.at.date()))
        .child(Element::text("cbc:OccurrenceTime", opening.at.time()))
        .children(optional_texts(edition, "cbc:Description", opening.description.as_ref()))
        .children(place.unless_empty())
}

fn agreement(edition: &Edition, framework: &Framework) -> Option<Element> {
    let participants = framework.participants;
    let other_buyers = framework.other_buyers.as_ref().map(|buyers| {
        Element::new("cac:SubsequentProcessTenderRequirement")
            .child(Element::text("cbc:Name", "buyer-categories"))
            .children(texts(edition, "cbc:Description", buyers))
    });
    Element::new("cac:FrameworkAgreement")
        .children(participants.map(|number| Element::text("cbc:MaximumOperatorQuantity", number)))
        .children(optional_texts(edition, "cbc:Justification", framework.long_because.as_ref()))
        .children(other_buyers)
        .unless_empty()
}

/// We make no electronic auctions.
pub fn no_auction() -> Element {
    Element::new("cac:AuctionTerms").child(Element::text("cbc:AuctionConstraintIndicator", false))
}

/// A framework agreement or none; and no dynamic purchasing system, which would be another kind of competition.
pub fn contracting_systems(framework: Option<FrameworkKind>) -> [Element; 2] {
    let kind = framework.map_or("none", FrameworkKind::as_str);
    [("framework-agreement", kind), ("dps-usage", "none")].map(|(list, code)| {
        let code = Element::code("cbc:ContractingSystemTypeCode", list, code);
        Element::new("cac:ContractingSystem").child(code)
    })
}
