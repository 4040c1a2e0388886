//! The table of a procedure: how the contract is competed for, as a whole.
use super::lots;
use super::table::Table;
use crate::facts::{FlagKind, Procedure};

/// Below `cac:TenderingProcess` of the notice.
pub(super) fn table() -> Table<Procedure> {
    let reason = "cac:ProcessJustification/cbc:ProcessReasonCode";
    Table::<Procedure>::new()
        .code("BT-105-Procedure", "cbc:ProcedureCode", |p| &mut p.kind)
        .texts("BT-88-Procedure", "cbc:Description", |p| &mut p.features)
        .once(
            "BT-106-Procedure",
            &format!("{reason}[@listName='accelerated-procedure']"),
            |p| &mut p.accelerated,
            |field| field.yes_no(),
        )
        .many(
            "BT-136-Procedure",
            &format!("{reason}[@listName='direct-award-justification']"),
            |p| &mut p.direct_award,
            |field| field.text(),
        )
        .passed_over("BT-19-Lot", &format!("{reason}[@listName='no-esubmission-justification']"))
        .other("BT-763-Procedure", "cbc:PartPresentationCode", |procedure, field| match field.text {
            "all" => procedure.all_lots_required = true,
            _ => field.doubt(FlagKind::UnknownCode),
        })
        .yes_no("BT-756-Procedure", "cbc:TerminatedIndicator", |p| &mut p.terminated)
        .yes_no("BT-634-Procedure", "{ext}/efbc:ProcedureRelaunchIndicator", |p| &mut p.relaunch)
        .each("cac:NoticeDocumentReference", |p| &mut p.previous_notices, lots::previous_notice("OPP-090-Procedure"))
        .within("", |p| &mut p.misplaced, lots::deadlines_and_techniques().noting(FlagKind::Misplaced))
}
