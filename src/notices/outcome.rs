//! What came of the lots of a notice, in numbers: what statistics add up.
use super::codelists::{CompanySize, Submission, WinnerChosen};
use super::{Code, LotResult, Notice, Organisation};
use serde::{Deserialize, Serialize};

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
        let mut winners: Vec<&Organisation> = Vec::new();
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
            for organisation in notice.tenders_of(lot).flat_map(|tender| notice.tenderers_of(tender)) {
                if !winners.iter().any(|known| std::ptr::eq(*known, organisation)) {
                    winners.push(organisation);
                }
            }
        }
        found.winners = number(winners.len());
        for size in winners.iter().filter_map(|winner| winner.size.as_ref()?.known()) {
            found.winners_sized += 1;
            found.winners_sme += u32::from(size != CompanySize::Large);
        }
        found
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
