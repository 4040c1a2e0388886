//! What came of the lots of a notice, in numbers: what statistics add up.
use super::codelists::{CompanySize, Submission, WinnerChosen};
use super::{Code, Country, LotResult, Notice, Organisation};
use crate::regulations::OrganisationNumber;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Counted over the lots of one notice that it tells the results of, each once: a framework agreement with ten suppliers has
/// ten results of one lot. All zero where it tells of none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Outcome {
    /// Lots with a result.
    #[serde(skip_serializing_if = "is_zero")]
    pub results: u32,
    /// BT-142 `selec-w`: lots that somebody won. All that follows, but `closed`, is counted over these.
    #[serde(skip_serializing_if = "is_zero")]
    pub awarded: u32,
    /// BT-142 `clos-nw`: lots that ended without a winner, of all results of theirs.
    #[serde(skip_serializing_if = "is_zero")]
    pub closed: u32,
    /// Lots for which the number of tenders (BT-759 with BT-760 `tenders`) is told. None are not: somebody won.
    #[serde(skip_serializing_if = "is_zero")]
    pub counted: u32,
    /// Of these, lots with exactly one tender.
    #[serde(skip_serializing_if = "is_zero")]
    pub single: u32,
    /// Tenders for the lots of `counted`.
    #[serde(skip_serializing_if = "is_zero")]
    pub tenders: u32,
    /// Lots for which the number of tenders from small and medium companies (`t-sme`) is told too, and is not more than that of
    /// all.
    #[serde(skip_serializing_if = "is_zero")]
    pub sme_counted: u32,
    /// Tenders from small and medium companies for them.
    #[serde(skip_serializing_if = "is_zero")]
    pub sme_tenders: u32,
    /// All tenders for them.
    #[serde(skip_serializing_if = "is_zero")]
    pub sme_base: u32,
    /// Organisations that won, each counted once.
    #[serde(skip_serializing_if = "is_zero")]
    pub winners: u32,
    /// Of these, those whose size (BT-165) is told.
    #[serde(skip_serializing_if = "is_zero")]
    pub winners_sized: u32,
    /// Of these, micro, small and medium companies.
    #[serde(skip_serializing_if = "is_zero")]
    pub winners_sme: u32,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl Outcome {
    /// Counts. `winners` are those of the notice.
    pub(super) fn of(notice: &Notice, winners: &Winners<'_>) -> Self {
        let mut found = Self::default();
        for results in results_of_lots(&notice.result.lots) {
            found.results += 1;
            let with = |outcome| move |result: &&&LotResult| result.outcome == Some(Code::Known(outcome));
            let won: Vec<&LotResult> = results.iter().filter(with(WinnerChosen::Awarded)).copied().collect();
            if won.is_empty() {
                found.closed += u32::from(results.iter().any(|r| with(WinnerChosen::ClosedWithoutAward)(&r)));
                continue;
            }
            found.awarded += 1;
            if let Some(tenders) = received(&won, Submission::Tenders).filter(|tenders| *tenders > 0) {
                found.counted += 1;
                found.single += u32::from(tenders == 1);
                found.tenders = found.tenders.saturating_add(tenders);
                if let Some(of_small) = received(&won, Submission::SmallOrMedium).filter(|small| *small <= tenders) {
                    found.sme_counted += 1;
                    found.sme_tenders = found.sme_tenders.saturating_add(of_small);
                    found.sme_base = found.sme_base.saturating_add(tenders);
                }
            }
        }
        let sizes = winners.sizes();
        found.winners = number(sizes.len());
        for size in sizes.into_iter().flatten() {
            found.winners_sized += 1;
            found.winners_sme += u32::from(size != CompanySize::Large);
        }
        found
    }
}

/// The results of each lot (BT-13713). One whose lot is not in the notice is taken for the only one of it.
fn results_of_lots(results: &[LotResult]) -> Vec<Vec<&LotResult>> {
    let mut lots: Vec<Vec<&LotResult>> = Vec::new();
    let mut places = HashMap::new();
    for result in results {
        match result.lot.as_ref().and_then(|lot| lot.at) {
            Some(lot) => {
                let place = *places.entry(lot).or_insert(lots.len());
                match lots.get_mut(place) {
                    Some(of_lot) => of_lot.push(result),
                    None => lots.push(vec![result]),
                }
            }
            None => lots.push(vec![result]),
        }
    }
    lots
}

/// Who won, by their places in the list of the notice.
pub(super) struct Winners<'a> {
    notice: &'a Notice,
    organisations: BTreeSet<u32>,
}

impl<'a> Winners<'a> {
    /// Finds them. A party is looked into once: one that has thousands of members, and thousands of tenders, would keep us for
    /// hours.
    pub fn of(notice: &'a Notice) -> Self {
        let (mut parties, mut organisations) = (HashSet::new(), BTreeSet::new());
        for (result, tenders) in notice.result.lots.iter().zip(notice.winning_tenders()) {
            if result.outcome != Some(Code::Known(WinnerChosen::Awarded)) {
                continue;
            }
            let tenders = tenders.iter().filter_map(|at| notice.result.tenders.get(*at as usize));
            let parties_of = tenders.filter_map(|tender| tender.party.as_ref());
            for party in parties_of.filter(|party| party.at.is_some_and(|at| parties.insert(at))) {
                let tenderers =
                    party.in_list(&notice.result.parties).map(|party| &*party.tenderers).unwrap_or_default();
                organisations.extend(tenderers.iter().filter_map(|tenderer| tenderer.organisation.as_ref()?.at));
            }
        }
        Self { notice, organisations }
    }

    /// Each with its place.
    fn each(&self) -> impl Iterator<Item = (u32, &'a Organisation)> {
        self.organisations.iter().filter_map(|at| Some((*at, self.notice.organisations.get(*at as usize)?)))
    }

    /// Their sizes, where told, each company once: notices write one that won several lots several times.
    fn sizes(&self) -> Vec<Option<CompanySize>> {
        let mut companies: BTreeMap<Company, Option<CompanySize>> = BTreeMap::new();
        for (at, organisation) in self.each() {
            let size = companies.entry(company(organisation, at)).or_default();
            *size = size.or_else(|| organisation.size.as_ref().and_then(Code::known));
        }
        companies.into_values().collect()
    }

    /// The Norwegian organisation numbers that they give, each once and in order.
    pub fn numbers(&self) -> Vec<String> {
        let numbers = self.each().filter_map(|(_, organisation)| organisation.number.as_ref());
        let numbers: BTreeSet<&str> = numbers.map(OrganisationNumber::as_str).collect();
        numbers.into_iter().map(str::to_owned).collect()
    }
}

/// What tells a company from others: its number and its country, or, without a number that says something, its place.
type Company = (Option<(String, Option<Country>)>, u32);

/// An identifier with fewer digits is a word for there being none.
const DIGITS: usize = 4;

fn company(organisation: &Organisation, at: u32) -> Company {
    let plain = |identifier: &str| -> String {
        identifier.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
    };
    let number = match &organisation.number {
        Some(number) => Some(number.as_str().to_owned()),
        None => organisation.identifiers.first().map(|identifier| plain(identifier)),
    };
    let number = number.filter(|number| number.chars().filter(char::is_ascii_digit).count() >= DIGITS);
    match number {
        Some(number) => (Some((number, organisation.country)), 0),
        None => (None, at),
    }
}

/// BT-759: how many of one kind were received for a lot. Where a result tells a kind twice, the last holds; where the
/// results of a lot differ, though they tell of the same tenders, the most.
fn received(results: &[&LotResult], kind: Submission) -> Option<u32> {
    let of_kind = |result: &&LotResult| {
        let told = result.statistics.iter().rfind(|statistic| statistic.of == Some(Code::Known(kind)));
        told?.count?.number()
    };
    results.iter().filter_map(of_kind).max()
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notices::{Count, NoticeResult, Reference, Statistic, Tender, Tenderer, TenderingParty};

    /// Two of a group won one lot, and one of them the other lot, under a place of its own; one more only made a tender.
    #[test]
    fn the_numbers_of_winners_are_told_once_and_only_norwegian_ones() {
        let to = |at: u32| Some(Reference { id: "X".into(), at: Some(at) });
        let organisation = |number: &str, identifier: &str| Organisation {
            number: OrganisationNumber::parse(number).ok(),
            identifiers: vec![identifier.into()],
            ..Organisation::default()
        };
        let party = |members: &[u32]| TenderingParty {
            tenderers: members.iter().map(|at| Tenderer { organisation: to(*at), leads: None }).collect(),
            ..TenderingParty::default()
        };
        let lot = |outcome, tender| LotResult {
            outcome: Some(Code::Known(outcome)),
            tenders: to(tender).into_iter().collect(),
            ..LotResult::default()
        };
        let notice = Notice {
            organisations: vec![
                organisation("974760673", "NO 974 760 673 MVA"),
                organisation("839953062", "839953062"),
                organisation("974760673", "974760673"),
                organisation("", "DE 811 128 135"),
                organisation("958935420", "958935420"),
            ],
            result: NoticeResult {
                lots: vec![
                    lot(WinnerChosen::Awarded, 0),
                    lot(WinnerChosen::Awarded, 1),
                    lot(WinnerChosen::ClosedWithoutAward, 2),
                ],
                tenders: (0..3).map(|at| Tender { party: to(at), ..Tender::default() }).collect(),
                parties: vec![party(&[0, 1, 3]), party(&[2]), party(&[4])],
                ..NoticeResult::default()
            },
            ..Notice::default()
        };
        let winners = Winners::of(&notice);
        assert_eq!(winners.numbers(), ["839953062", "974760673"]);
        assert_eq!(Outcome::of(&notice, &winners).winners, 3);
        assert_eq!(Winners::of(&Notice::default()).numbers(), Vec::<String>::new());
    }

    /// 20 tenders of small companies among 6, and a lot that somebody won without a tender.
    #[test]
    fn numbers_that_cannot_be_are_in_no_share() {
        let told = |of, count| Statistic { of: Some(Code::Known(of)), count: Some(Count::Of(count)) };
        let lot = |tenders, of_small| LotResult {
            outcome: Some(Code::Known(WinnerChosen::Awarded)),
            statistics: vec![told(Submission::Tenders, tenders), told(Submission::SmallOrMedium, of_small)],
            ..LotResult::default()
        };
        let result = NoticeResult { lots: vec![lot(6, 20), lot(0, 0), lot(4, 3)], ..NoticeResult::default() };
        let notice = Notice { result, ..Notice::default() };
        let outcome = Outcome::of(&notice, &Winners::of(&notice));
        assert_eq!((outcome.awarded, outcome.counted, outcome.tenders), (3, 2, 10));
        assert_eq!((outcome.sme_counted, outcome.sme_tenders, outcome.sme_base), (1, 3, 4));
    }

    /// Ten thousand tenders of one party with ten thousand members, for each of two lots.
    #[test]
    fn a_party_is_looked_into_once_however_many_tenders_it_makes() {
        let to = |at: u32| Some(Reference { id: "X".into(), at: Some(at) });
        let many = 10_000_u32;
        let tenders = (0..many).map(|_| Tender { party: to(0), ..Tender::default() });
        let tenderers = (0..many).map(|at| Tenderer { organisation: to(at), leads: None });
        let lot = LotResult {
            outcome: Some(Code::Known(WinnerChosen::Awarded)),
            tenders: (0..many).filter_map(to).collect(),
            ..LotResult::default()
        };
        let notice = Notice {
            organisations: vec![Default::default(); many as usize],
            result: NoticeResult {
                lots: vec![lot.clone(), lot],
                tenders: tenders.collect(),
                parties: vec![TenderingParty { tenderers: tenderers.collect(), ..TenderingParty::default() }],
                ..NoticeResult::default()
            },
            ..Notice::default()
        };
        let outcome = Outcome::of(&notice, &Winners::of(&notice));
        assert_eq!((outcome.awarded, outcome.winners, outcome.winners_sized), (2, many, 0));
    }
}
