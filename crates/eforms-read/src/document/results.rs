//! The tables of what came of it: results of lots, tenders, parties and contracts.
use super::doubts::Item;
use super::table::Table;
use crate::facts::{
    Contract, FlagKind, GroupFramework, LotResult, NoticeResult, Statistic, Tender, Tenderer, TenderingParty,
};

/// Below `efac:NoticeResult`.
pub(super) fn table() -> Table<NoticeResult> {
    Table::<NoticeResult>::new()
        .amount("BT-161-NoticeResult", "cbc:TotalAmount", |r| &mut r.value)
        .amount("BT-118-NoticeResult", "efbc:OverallMaximumFrameworkContractsAmount", |r| &mut r.framework_maximum)
        .amount("BT-1118-NoticeResult", "efbc:OverallApproximateFrameworkContractsAmount", |r| {
            &mut r.framework_approximate
        })
        .each_item(Item::Result, "efac:LotResult", |r| &mut r.lots, lot_result())
        .each_item(Item::Tender, "efac:LotTender", |r| &mut r.tenders, tender())
        .each_item(Item::Party, "efac:TenderingParty", |r| &mut r.parties, party())
        .each_item(Item::Contract, "efac:SettledContract", |r| &mut r.contracts, contract())
        .each("efac:GroupFramework", |r| &mut r.groups, group())
}

fn lot_result() -> Table<LotResult> {
    Table::<LotResult>::new()
        .id("OPT-322-LotResult", "cbc:ID", |r| &mut r.id)
        .reference("BT-13713-LotResult", "efac:TenderLot/cbc:ID", |r| &mut r.lot)
        .code("BT-142-LotResult", "cbc:TenderResultCode", |r| &mut r.outcome)
        .code("BT-144-LotResult", "efac:DecisionReason/efbc:DecisionReasonCode", |r| &mut r.not_awarded)
        .each("efac:ReceivedSubmissionsStatistics", |r| &mut r.statistics, statistic())
        .amount("BT-710-LotResult", "cbc:LowerTenderAmount", |r| &mut r.lowest)
        .amount("BT-711-LotResult", "cbc:HigherTenderAmount", |r| &mut r.highest)
        .amount("BT-709-LotResult", "efac:FrameworkAgreementValues/cbc:MaximumValueAmount", |r| {
            &mut r.framework_maximum
        })
        .amount("BT-660-LotResult", "efac:FrameworkAgreementValues/efbc:ReestimatedValueAmount", |r| {
            &mut r.framework_reestimated
        })
        .yes_no("BT-119-LotResult", "efbc:DPSTerminationIndicator", |r| &mut r.dynamic_purchasing_ended)
        .references("OPT-320-LotResult", "efac:LotTender/cbc:ID", |r| &mut r.tenders)
        // A reference says nothing of the tender: it may be withheld there.
        .misplaced("BT-720-Tender", "efac:LotTender/cac:LegalMonetaryTotal/cbc:PayableAmount")
        .misplaced("BT-773-Tender", "efac:LotTender/efac:SubcontractingTerm/efbc:TermCode")
        .misplaced("BT-553-Tender", "efac:LotTender/efac:SubcontractingTerm/efbc:TermAmount")
        .misplaced("BT-145-Contract", "efac:SettledContract/cbc:IssueDate")
        .references("OPT-315-LotResult", "efac:SettledContract/cbc:ID", |r| &mut r.contracts)
        .left_alone("cac:FinancingParty")
        .left_alone("cac:PayerParty")
}

fn statistic() -> Table<Statistic> {
    Table::<Statistic>::new().code("BT-760-LotResult", "efbc:StatisticsCode", |s| &mut s.of).once(
        "BT-759-LotResult",
        "efbc:StatisticsNumeric",
        |s| &mut s.count,
        |field| field.count(),
    )
}

fn tender() -> Table<Tender> {
    Table::<Tender>::new()
        .id("OPT-321-Tender", "cbc:ID", |t| &mut t.id)
        .text("BT-3201-Tender", "efac:TenderReference/cbc:ID", |t| &mut t.reference)
        .reference("BT-13714-Tender", "efac:TenderLot/cbc:ID", |t| &mut t.lot)
        .reference("OPT-310-Tender", "efac:TenderingParty/cbc:ID", |t| &mut t.party)
        .amount("BT-720-Tender", "cac:LegalMonetaryTotal/cbc:PayableAmount", |t| &mut t.value)
        .amount("BT-160-Tender", "efac:ConcessionRevenue/efbc:RevenueBuyerAmount", |t| &mut t.revenue_from_buyer)
        .amount("BT-162-Tender", "efac:ConcessionRevenue/efbc:RevenueUserAmount", |t| &mut t.revenue_from_users)
        .once("BT-171-Tender", "cbc:RankCode", |t| &mut t.rank, |field| field.number())
        .yes_no("BT-1711-Tender", "efbc:TenderRankedIndicator", |t| &mut t.ranked)
        .yes_no("BT-193-Tender", "efbc:TenderVariantIndicator", |t| &mut t.variant)
        .code("BT-773-Tender", "efac:SubcontractingTerm/efbc:TermCode", |t| &mut t.subcontracted)
        .amount("BT-553-Tender", "efac:SubcontractingTerm/efbc:TermAmount", |t| &mut t.subcontracted_value)
        .decimal("BT-555-Tender", "efac:SubcontractingTerm/efbc:TermPercent", |t| &mut t.subcontracted_percent)
        .many(
            "BT-191-Tender",
            "efac:Origin/efbc:AreaCode",
            |t| &mut t.origins,
            |field| field.letters(FlagKind::BadCountry),
        )
}

fn party() -> Table<TenderingParty> {
    Table::<TenderingParty>::new()
        .id("OPT-210-Tenderer", "cbc:ID", |p| &mut p.id)
        .text("OPT-211-Tenderer", "cbc:Name", |p| &mut p.name)
        .each_item(Item::Tenderer, "efac:Tenderer", |p| &mut p.tenderers, tenderer())
        .references("OPT-301-Tenderer-SubCont", "efac:SubContractor/cbc:ID", |p| &mut p.subcontractors)
        .left_alone("efac:SubContractor/efac:MainContractor")
}

fn tenderer() -> Table<Tenderer> {
    Table::<Tenderer>::new().reference("OPT-300-Tenderer", "cbc:ID", |t| &mut t.organisation).yes_no(
        "OPT-170-Tenderer",
        "efbc:GroupLeadIndicator",
        |t| &mut t.leads,
    )
}

fn contract() -> Table<Contract> {
    Table::<Contract>::new()
        .id("OPT-316-Contract", "cbc:ID", |c| &mut c.id)
        .text("BT-150-Contract", "efac:ContractReference/cbc:ID", |c| &mut c.reference)
        .texts("BT-721-Contract", "cbc:Title", |c| &mut c.title)
        .date("BT-1451-Contract", "cbc:AwardDate", |c| &mut c.decided)
        .date("BT-145-Contract", "cbc:IssueDate", |c| &mut c.concluded)
        .yes_no("BT-768-Contract", "efbc:ContractFrameworkIndicator", |c| &mut c.within_framework)
        .references("BT-3202-Contract", "efac:LotTender/cbc:ID", |c| &mut c.tenders)
        .references("OPT-300-Contract-Signatory", "cac:SignatoryParty/cac:PartyIdentification/cbc:ID", |c| {
            &mut c.signatories
        })
        .left_alone("cac:NoticeDocumentReference")
}

fn group() -> Table<GroupFramework> {
    Table::<GroupFramework>::new()
        .reference("BT-556-NoticeResult", "efac:TenderLot/cbc:ID", |g| &mut g.group)
        .amount("BT-156-NoticeResult", "efbc:GroupFrameworkMaximumValueAmount", |g| &mut g.maximum)
        .amount("BT-1561-NoticeResult", "efbc:GroupFrameworkReestimatedValueAmount", |g| &mut g.reestimated)
}
