//! How the lots ended: results, tenders, contracts and those who tendered, each told once and referred to by number.
use crate::codes::OperatorSize;
use crate::dispatch::Edition;
use crate::document::competition::total;
use crate::document::lots::LotId;
use crate::document::parties::Parties;
use crate::document::scope::amount;
use crate::document::texts::optional_texts;
use crate::facts::outcome::{Outcome, Subcontracting, Tenderer, Winner};
use crate::facts::received::Received;
use crate::facts::result::{FrameworkResult, LotResult};
use crate::facts::{Amount, time};
use crate::xml::Element;

/// A tender that won, and the numbers by which the notice knows it.
struct Numbered<'a> {
    winner: &'a Winner,
    lot: LotId,
    tender: String,
    contract: String,
    tendering_party: String,
}

pub fn notice_result<'a>(edition: &Edition, parties: &mut Parties<'a>, lots: &[(LotId, &'a LotResult)]) -> Element {
    let mut tendering_parties: Vec<&[Tenderer]> = Vec::new();
    let mut winners: Vec<Numbered> = Vec::new();
    let mut results: Vec<Element> = Vec::new();
    for (id, lot) in lots {
        let first = winners.len();
        for winner in lot.outcome.winners() {
            winners.push(numbered(winner, id.clone(), winners.len(), &mut tendering_parties));
        }
        results.push(lot_result(lot, id, results.len(), &winners[first..]));
    }
    let has_frameworks = lots.iter().any(|(_, lot)| lot.framework.is_some());
    Element::new("efac:NoticeResult")
        .children(totals(lots.iter().map(|(_, lot)| *lot)))
        .children(results)
        .children(winners.iter().map(|winner| lot_tender(edition, winner)))
        .children(winners.iter().map(|winner| settled_contract(edition, winner, has_frameworks)))
        .children((0..).zip(&tendering_parties).map(|(i, tenderers)| tendering_party(parties, i, tenderers)))
}

/// Those who tender together for several lots are one party.
fn numbered<'a>(
    winner: &'a Winner,
    lot: LotId,
    index: usize,
    tendering_parties: &mut Vec<&'a [Tenderer]>,
) -> Numbered<'a> {
    let known = tendering_parties.iter().position(|known| *known == winner.tenderers);
    let party = known.unwrap_or_else(|| {
        tendering_parties.push(&winner.tenderers);
        tendering_parties.len() - 1
    });
    Numbered {
        winner,
        lot,
        tender: format!("TEN-{:04}", index + 1),
        contract: format!("CON-{:04}", index + 1),
        tendering_party: tendering_party_id(party),
    }
}

fn tendering_party_id(index: usize) -> String {
    format!("TPA-{:04}", index + 1)
}

/// What the notice comes to: tenders that won, and what may be bought under framework agreements. Sums of what is told
/// of the lots, so that they cannot differ from it.
fn totals<'a>(lots: impl Iterator<Item = &'a LotResult>) -> impl Iterator<Item = Element> {
    let awarded = lots.filter(|lot| !lot.outcome.winners().is_empty());
    let (frameworks, others): (Vec<_>, Vec<_>) = awarded.partition(|lot| lot.framework.is_some());
    let values = others.iter().flat_map(|lot| lot.outcome.winners()).filter_map(|winner| winner.value);
    let frameworks = || frameworks.iter().filter_map(|lot| lot.framework.as_ref());
    let sums: [(&'static str, Option<Amount>); 3] = [
        ("cbc:TotalAmount", total(values)),
        ("efbc:OverallApproximateFrameworkContractsAmount", total(frameworks().filter_map(|f| f.estimate))),
        ("efbc:OverallMaximumFrameworkContractsAmount", total(frameworks().filter_map(|f| f.maximum))),
    ];
    sums.into_iter().filter_map(|(name, sum)| Some(amount(name, sum?)))
}

fn lot_result(lot: &LotResult, id: &LotId, index: usize, winners: &[Numbered]) -> Element {
    let (status, reason) = match &lot.outcome {
        Outcome::Awarded { .. } => ("selec-w", None),
        Outcome::NotAwarded { reason, .. } => ("clos-nw", Some(reason)),
        Outcome::Open => ("open-nw", None),
    };
    let reason = reason.map(|reason| {
        let code = Element::code("efbc:DecisionReasonCode", "non-award-justification", reason);
        Element::new("efac:DecisionReason").child(code)
    });
    let framework = lot.framework.as_ref().filter(|_| !winners.is_empty());
    let refer = |name, scheme, id: &str| Element::new(name).child(Element::id(scheme, id));
    Element::new("efac:LotResult")
        .child(Element::id("result", format!("RES-{:04}", index + 1)))
        .child(Element::code("cbc:TenderResultCode", "winner-selection-status", status))
        .children(reason)
        .children(winners.iter().map(|winner| refer("efac:LotTender", "tender", &winner.tender)))
        .children(framework.map(framework_values))
        .children(lot.outcome.received().into_iter().flat_map(statistics))
        .children(winners.iter().map(|winner| refer("efac:SettledContract", "contract", &winner.contract)))
        .child(Element::new("efac:TenderLot").child(id.element()))
}

fn framework_values(framework: &FrameworkResult) -> Element {
    Element::new("efac:FrameworkAgreementValues")
        .children(framework.maximum.map(|maximum| amount("cbc:MaximumValueAmount", maximum)))
        .children(framework.estimate.map(|estimate| amount("efbc:ReestimatedValueAmount", estimate)))
}

fn statistics(received: &Received) -> impl Iterator<Item = Element> {
    received.statistics().into_iter().map(|(code, number)| {
        Element::new("efac:ReceivedSubmissionsStatistics")
            .child(Element::code("efbc:StatisticsCode", "received-submission-type", code))
            .child(Element::text("efbc:StatisticsNumeric", number))
    })
}

fn lot_tender(edition: &Edition, numbered: &Numbered) -> Element {
    let winner = numbered.winner;
    let value =
        winner.value.map(|value| Element::new("cac:LegalMonetaryTotal").child(amount("cbc:PayableAmount", value)));
    let party = Element::new("efac:TenderingParty").child(Element::id("tendering-party", &numbered.tendering_party));
    Element::new("efac:LotTender")
        .child(Element::id("tender", &numbered.tender))
        .children(winner.rank.map(|rank| Element::text("cbc:RankCode", rank)))
        .children(winner.rank.map(|_| Element::text("efbc:TenderRankedIndicator", true)))
        .children(value)
        .child(subcontracting(edition, &winner.subcontracting))
        .child(party)
        .child(Element::new("efac:TenderLot").child(numbered.lot.element()))
        .child(Element::new("efac:TenderReference").child(Element::text("cbc:ID", &winner.tender)))
}

fn subcontracting(edition: &Edition, subcontracting: &Subcontracting) -> Element {
    let element = Element::new("efac:SubcontractingTerm");
    let code = |code: &'static str| Element::code("efbc:TermCode", "applicability", code);
    match subcontracting {
        Subcontracting::No => element.child(code("no")),
        Subcontracting::NotKnown => element.child(code("not-known")),
        Subcontracting::Yes { value, percent, description } => element
            .children(value.map(|value| amount("efbc:TermAmount", value)))
            .children(optional_texts(edition, "efbc:TermDescription", description.as_ref()))
            .children(percent.map(|percent| Element::text("efbc:TermPercent", percent)))
            .child(code("yes"))
            .child(Element::text("efbc:PercentageKnownIndicator", percent.is_some()))
            .child(Element::text("efbc:ValueKnownIndicator", value.is_some())),
    }
}

fn settled_contract(edition: &Edition, numbered: &Numbered, has_frameworks: bool) -> Element {
    let contract = &numbered.winner.contract;
    // True would be a purchase under an agreement that was there before: we tell of those that are made. The rules want
    // it told of every contract, if any lot of the notice is a framework agreement, and of none otherwise.
    let under_framework = has_frameworks.then(|| Element::text("efbc:ContractFrameworkIndicator", false));
    Element::new("efac:SettledContract")
        .child(Element::id("contract", &numbered.contract))
        .children(contract.decided.map(|day| Element::text("cbc:AwardDate", time::day(day))))
        .child(Element::text("cbc:IssueDate", time::day(contract.concluded)))
        .children(optional_texts(edition, "cbc:Title", contract.title.as_ref()))
        .children(contract.url.as_ref().map(|url| Element::text("cbc:URI", url)))
        .children(under_framework)
        .child(Element::new("efac:ContractReference").child(Element::text("cbc:ID", &contract.reference)))
        .child(Element::new("efac:LotTender").child(Element::id("tender", &numbered.tender)))
}

/// Who leads is told only where there is someone to lead.
fn tendering_party<'a>(parties: &mut Parties<'a>, index: usize, tenderers: &'a [Tenderer]) -> Element {
    let together = tenderers.len() > 1;
    let tenderer = |(i, tenderer): (usize, &'a Tenderer)| {
        let size: Option<OperatorSize> = tenderer.size;
        Element::new("efac:Tenderer")
            .child(Element::id("organization", parties.sized_id(&tenderer.organisation, size)))
            .children(together.then(|| Element::text("efbc:GroupLeadIndicator", i == 0)))
    };
    Element::new("efac:TenderingParty")
        .child(Element::id("tendering-party", tendering_party_id(index)))
        .children(tenderers.iter().enumerate().map(tenderer))
}
