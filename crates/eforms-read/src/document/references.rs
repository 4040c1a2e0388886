//! When all of a notice is read: follows its references.
use super::doubts::{At, Doubts, Item};
use crate::facts::{FlagKind, Notice, NoticeResult, Reference};

/// Finds for each reference the part that it points at. Notes those that point at nothing, and identifiers that are given
/// twice.
///
/// The references of a field are followed in the order in which they were read, so that it is known where each stands.
pub(super) fn follow(notice: &mut Notice, doubts: &mut Doubts<'_>) {
    let Notice { buyers, lots, organisations, modifications, result, .. } = notice;
    let NoticeResult { lots: results, tenders, parties, contracts, groups, .. } = result;

    let companies = organisations.iter().map(|organisation| organisation.id.as_deref());
    let below = "efac:Company/cac:PartyIdentification/cbc:ID";
    let mut index = Index::of(companies, "OPT-200-Organization-Company", Item::Organisation, below, doubts);
    index.add(organisations.iter().enumerate().flat_map(|(nth, organisation)| {
        organisation.touch_points.iter().filter_map(move |point| Some((point.id.as_deref()?, nth)))
    }));
    let of_buyers = buyers.iter_mut().filter_map(|buyer| buyer.organisation.as_mut());
    index.follow(of_buyers, "OPT-300-Procedure-Buyer", doubts);
    let tenderers = parties.iter_mut().flat_map(|party| &mut party.tenderers);
    index.follow(tenderers.filter_map(|tenderer| tenderer.organisation.as_mut()), "OPT-300-Tenderer", doubts);
    let subcontractors = parties.iter_mut().flat_map(|party| &mut party.subcontractors);
    index.follow(subcontractors, "OPT-301-Tenderer-SubCont", doubts);
    let review_bodies = lots.iter_mut().flat_map(|lot| &mut lot.terms.review_bodies);
    index.follow(review_bodies, "OPT-301-Lot-ReviewOrg", doubts);
    let signatories = contracts.iter_mut().flat_map(|contract| &mut contract.signatories);
    index.follow(signatories, "OPT-300-Contract-Signatory", doubts);

    let index = Index::of(lots.iter().map(|lot| lot.id.as_deref()), "BT-137-Lot", Item::Lot, "cbc:ID", doubts);
    // A modification may leave out the lots that it does not change.
    if !index.is_empty() {
        index.follow(results.iter_mut().filter_map(|result| result.lot.as_mut()), "BT-13713-LotResult", doubts);
        index.follow(tenders.iter_mut().filter_map(|tender| tender.lot.as_mut()), "BT-13714-Tender", doubts);
        index.follow(groups.iter_mut().filter_map(|group| group.group.as_mut()), "BT-556-NoticeResult", doubts);
    }

    let ids = parties.iter().map(|party| party.id.as_deref());
    let index = Index::of(ids, "OPT-210-Tenderer", Item::Party, "cbc:ID", doubts);
    index.follow(tenders.iter_mut().filter_map(|tender| tender.party.as_mut()), "OPT-310-Tender", doubts);

    let ids = tenders.iter().map(|tender| tender.id.as_deref());
    let index = Index::of(ids, "OPT-321-Tender", Item::Tender, "cbc:ID", doubts);
    index.follow(results.iter_mut().flat_map(|result| &mut result.tenders), "OPT-320-LotResult", doubts);
    index.follow(contracts.iter_mut().flat_map(|contract| &mut contract.tenders), "BT-3202-Contract", doubts);

    let ids = contracts.iter().map(|contract| contract.id.as_deref());
    let index = Index::of(ids, "OPT-316-Contract", Item::Contract, "cbc:ID", doubts);
    index.follow(results.iter_mut().flat_map(|result| &mut result.contracts), "OPT-315-LotResult", doubts);
    let modified = modifications.iter_mut().filter_map(|modification| modification.contract.as_mut());
    index.follow(modified, "BT-1501(c)-Contract", doubts);
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
        item: Item,
        below: &'static str,
        doubts: &mut Doubts<'_>,
    ) -> Self {
        let mut places: Vec<_> = ids.enumerate().filter_map(|(nth, id)| Some((id?, nth))).collect();
        places.sort_unstable();
        places.dedup_by(|(id, nth), (first, _)| {
            let same = id == first;
            if same {
                doubts.add_at(FlagKind::DuplicateIdentifier, field, At::In(item, *nth, below), id);
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
        references: impl Iterator<Item = &'r mut Reference>,
        field: &'static str,
        doubts: &mut Doubts<'_>,
    ) {
        for (reference, mark) in references.zip(doubts.references_of(field)) {
            match self.places.binary_search_by_key(&&*reference.id, |(id, _)| id) {
                Ok(found) => reference.at = u32::try_from(self.places[found].1).ok(),
                Err(_) => doubts.add_at(FlagKind::DanglingReference, field, At::Mark(mark), &reference.id),
            }
        }
    }
}
