//! What came of the lots of a notice, in numbers: what statistics add up.
use super::codelists::{CompanySize, Submission, WinnerChosen};
use super::{Code, LotResult, Notice};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// Counted over the results of lots in one notice. All zero where it tells of none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Outcome {
    /// Results of lots.
    #[serde(skip_serializing_if = "is_zero")]
    pub results: u32,
    /// BT-142 `selec-w`: lots that somebody won. All that follows is counted over these.
    #[serde(skip_serializing_if = "is_zero")]
    pub awarded: u32,
    /// BT-142 `clos-nw`: lots that ended without a winner.
    #[serde(skip_serializing_if = "is_zero")]
    pub closed: u32,
    /// Lots for which the number of tenders (BT-759 with BT-760 `tenders`) is told.
    #[serde(skip_serializing_if = "is_zero")]
    pub counted: u32,
    /// Of these, lots with exactly one tender.
    #[serde(skip_serializing_if = "is_zero")]
    pub single: u32,
    /// Tenders for the lots of `counted`.
    #[serde(skip_serializing_if = "is_zero")]
    pub tenders: u32,
    /// Lots for which the number of tenders from small and medium companies (`t-sme`) is told too.
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
    /// Counts.
    pub fn of(notice: &Notice) -> Self {
        let lots = &notice.result.lots;
        let with = |outcome| move |lot: &&LotResult| lot.outcome == Some(Code::Known(outcome));
        let mut found = Self {
            results: number(lots.len()),
            closed: number(lots.iter().filter(with(WinnerChosen::ClosedWithoutAward)).count()),
            ..Self::default()
        };
        let mut winners = Winners::default();
        for lot in lots.iter().filter(with(WinnerChosen::Awarded)) {
            found.awarded += 1;
            if let Some(tenders) = received(lot, Submission::Tenders) {
                found.counted += 1;
                found.single += u32::from(tenders == 1);
                found.tenders = found.tenders.saturating_add(tenders);
                if let Some(of_small) = received(lot, Submission::SmallOrMedium) {
                    found.sme_counted += 1;
                    found.sme_tenders = found.sme_tenders.saturating_add(of_small);
                    found.sme_base = found.sme_base.saturating_add(tenders);
                }
            }
            winners.add(notice, lot);
        }
        found.winners = number(winners.organisations.len());
        let sizes = winners.organisations.iter().filter_map(|at| notice.organisations.get(*at as usize)?.size.as_ref());
        for size in sizes.filter_map(Code::known) {
            found.winners_sized += 1;
            found.winners_sme += u32::from(size != CompanySize::Large);
        }
        found
    }
}

/// Who won, by their places in the lists of the notice. A party is looked into once: one that has thousands of members, and
/// thousands of tenders, would keep us for hours.
#[derive(Default)]
struct Winners {
    parties: HashSet<u32>,
    organisations: HashSet<u32>,
}

impl Winners {
    fn add(&mut self, notice: &Notice, lot: &LotResult) {
        let parties = notice.tenders_of(lot).filter_map(|tender| tender.party.as_ref());
        for party in parties.filter(|party| party.at.is_some_and(|at| self.parties.insert(at))) {
            let tenderers = party.in_list(&notice.result.parties).map(|party| &*party.tenderers).unwrap_or_default();
            self.organisations.extend(tenderers.iter().filter_map(|tenderer| tenderer.organisation.as_ref()?.at));
        }
    }
}

/// BT-759: how many of one kind were received. Where a kind is told twice, the last holds.
fn received(lot: &LotResult, kind: Submission) -> Option<u32> {
    let of_kind = lot.statistics.iter().rfind(|statistic| statistic.of == Some(Code::Known(kind)));
    of_kind?.count?.number()
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notices::{NoticeResult, Reference, Tender, Tenderer, TenderingParty};

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
        let outcome = Outcome::of(&notice);
        assert_eq!((outcome.awarded, outcome.winners, outcome.winners_sized), (2, many, 0));
    }
}
