//! When all of a notice is read: follows its references.
use super::doubts::{At, Doubts};
use crate::facts::{FlagKind, Notice, NoticeResult, Reference};

const LOT: &str = "cac:ProcurementProjectLot";
const BUYER: &str = "cac:ContractingParty";
const ORGANISATION: &str = "{ext}/efac:Organizations/efac:Organization";
const RESULT: &str = "{ext}/efac:NoticeResult/efac:LotResult";
const TENDER: &str = "{ext}/efac:NoticeResult/efac:LotTender";
const PARTY: &str = "{ext}/efac:NoticeResult/efac:TenderingParty";
const CONTRACT: &str = "{ext}/efac:NoticeResult/efac:SettledContract";
const MODIFICATION: &str = "{ext}/efac:ContractModification";

/// Finds for each reference the part that it points at. Notes those that point at nothing, and identifiers that are given
/// twice.
pub(super) fn follow(notice: &mut Notice, doubts: &mut Doubts<'_>) {
    let Notice { buyers, lots, organisations, modifications, result, .. } = notice;
    let NoticeResult { lots: results, tenders, parties, contracts, .. } = result;

    let companies = organisations.iter().map(|organisation| organisation.id.as_deref());
    let mut index = Index::of(companies, "OPT-200-Organization-Company", ORGANISATION, doubts);
    index.add(organisations.iter().enumerate().flat_map(|(nth, organisation)| {
        organisation.touch_points.iter().filter_map(move |point| Some((point.id.as_deref()?, nth)))
    }));
    for (nth, buyer) in buyers.iter_mut().enumerate() {
        let at = At { element: BUYER, nth, below: "cac:Party/cac:PartyIdentification/cbc:ID" };
        index.follow(&mut buyer.organisation, "OPT-300-Procedure-Buyer", at, doubts);
    }
    for (nth, party) in parties.iter_mut().enumerate() {
        let at = At { element: PARTY, nth, below: "efac:Tenderer/cbc:ID" };
        let tenderers = party.tenderers.iter_mut().filter_map(|tenderer| tenderer.organisation.as_mut());
        index.follow(tenderers, "OPT-300-Tenderer", at, doubts);
        let at = At { element: PARTY, nth, below: "efac:SubContractor/cbc:ID" };
        index.follow(&mut party.subcontractors, "OPT-301-Tenderer-SubCont", at, doubts);
    }

    let index = Index::of(lots.iter().map(|lot| lot.id.as_deref()), "BT-137-Lot", LOT, doubts);
    // A modification may leave out the lots that it does not change.
    if !index.is_empty() {
        for (nth, result) in results.iter_mut().enumerate() {
            let at = At { element: RESULT, nth, below: "efac:TenderLot/cbc:ID" };
            index.follow(&mut result.lot, "BT-13713-LotResult", at, doubts);
        }
        for (nth, tender) in tenders.iter_mut().enumerate() {
            let at = At { element: TENDER, nth, below: "efac:TenderLot/cbc:ID" };
            index.follow(&mut tender.lot, "BT-13714-Tender", at, doubts);
        }
    }

    let index = Index::of(parties.iter().map(|party| party.id.as_deref()), "OPT-210-Tenderer", PARTY, doubts);
    for (nth, tender) in tenders.iter_mut().enumerate() {
        let at = At { element: TENDER, nth, below: "efac:TenderingParty/cbc:ID" };
        index.follow(&mut tender.party, "OPT-310-Tender", at, doubts);
    }

    let index = Index::of(tenders.iter().map(|tender| tender.id.as_deref()), "OPT-321-Tender", TENDER, doubts);
    for (nth, result) in results.iter_mut().enumerate() {
        let at = At { element: RESULT, nth, below: "efac:LotTender/cbc:ID" };
        index.follow(&mut result.tenders, "OPT-320-LotResult", at, doubts);
    }
    for (nth, contract) in contracts.iter_mut().enumerate() {
        let at = At { element: CONTRACT, nth, below: "efac:LotTender/cbc:ID" };
        index.follow(&mut contract.tenders, "BT-3202-Contract", at, doubts);
    }

    let ids = contracts.iter().map(|contract| contract.id.as_deref());
    let index = Index::of(ids, "OPT-316-Contract", CONTRACT, doubts);
    for (nth, result) in results.iter_mut().enumerate() {
        let at = At { element: RESULT, nth, below: "efac:SettledContract/cbc:ID" };
        index.follow(&mut result.contracts, "OPT-315-LotResult", at, doubts);
    }
    for (nth, modification) in modifications.iter_mut().enumerate() {
        let at = At { element: MODIFICATION, nth, below: "efbc:ModifiedContractIdentifier" };
        index.follow(&mut modification.contract, "BT-1501(c)-Contract", at, doubts);
    }
}

/// Where in its list each identifier stands, sorted by identifier. Lists are short: a hash map would cost more.
struct Index<'n> {
    places: Vec<(&'n str, usize)>,
}

impl<'n> Index<'n> {
    /// Of the identifiers of a list, in its order. What comes second with the same identifier is noted and left out.
    fn of(
        ids: impl Iterator<Item = Option<&'n str>>,
        field: &'static str,
        element: &'static str,
        doubts: &mut Doubts<'_>,
    ) -> Self {
        let mut places: Vec<_> = ids.enumerate().filter_map(|(nth, id)| Some((id?, nth))).collect();
        places.sort_unstable();
        places.dedup_by(|(id, nth), (first, _)| {
            let same = id == first;
            if same {
                let at = At { element, nth: *nth, below: "cbc:ID" };
                doubts.add_at(FlagKind::DuplicateIdentifier, field, at, id);
            }
            same
        });
        Self { places }
    }

    /// Takes in further identifiers, of which each leads to an item of the list too.
    fn add(&mut self, ids: impl Iterator<Item = (&'n str, usize)>) {
        let before = self.places.len();
        self.places.extend(ids);
        if self.places.len() > before {
            self.places.sort_by_key(|(id, _)| *id);
            self.places.dedup_by_key(|(id, _)| *id);
        }
    }

    fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    fn follow<'r>(
        &self,
        references: impl IntoIterator<Item = &'r mut Reference>,
        field: &'static str,
        at: At,
        doubts: &mut Doubts<'_>,
    ) {
        for reference in references {
            match self.places.binary_search_by_key(&&*reference.id, |(id, _)| id) {
                Ok(found) => reference.at = u32::try_from(self.places[found].1).ok(),
                Err(_) => doubts.add_at(FlagKind::DanglingReference, field, at, &reference.id),
            }
        }
    }
}
