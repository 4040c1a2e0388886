//! The table of what is bought: the same for a procedure and for each lot.
use super::field::Field;
use super::table::Table;
use crate::facts::{Duration, FlagKind, Place, Project};

/// Below a `cac:ProcurementProject`.
pub(super) fn table() -> Table<Project> {
    // One element for many fields. They are told apart by the list of the code.
    let kind = |list: &str| format!("cac:ProcurementAdditionalType/cbc:ProcurementTypeCode[@listName='{list}']");
    Table::<Project>::new()
        .text("BT-22-Lot", "cbc:ID", |p| &mut p.reference)
        .texts("BT-21-Lot", "cbc:Name", |p| &mut p.title)
        .texts("BT-24-Lot", "cbc:Description", |p| &mut p.description)
        .code("BT-23-Lot", "cbc:ProcurementTypeCode", |p| &mut p.nature)
        .codes("BT-531-Lot", &kind("contract-nature"), |p| &mut p.other_natures)
        .codes("BT-06-Lot", &kind("strategic-procurement"), |p| &mut p.strategy.aims)
        .codes("BT-776-Lot", &kind("innovative-acquisition"), |p| &mut p.strategy.innovation)
        .codes("BT-775-Lot", &kind("social-objective"), |p| &mut p.strategy.social)
        .codes("BT-774-Lot", &kind("environmental-impact"), |p| &mut p.strategy.environment)
        .codes("BT-805-Lot", &kind("gpp-criteria"), |p| &mut p.strategy.green_criteria)
        .code("BT-754-Lot", &kind("accessibility"), |p| &mut p.strategy.accessibility)
        .passed_over("OPP-040-Procedure", &kind("transport-service"))
        .cpv("BT-262-Lot", "cac:MainCommodityClassification/cbc:ItemClassificationCode", |p| &mut p.cpv)
        .many(
            "BT-263-Lot",
            "cac:AdditionalCommodityClassification/cbc:ItemClassificationCode",
            |p| &mut p.other_cpv,
            |field| field.cpv(),
        )
        .amount("BT-27-Lot", "cac:RequestedTenderTotal/cbc:EstimatedOverallContractAmount", |p| &mut p.estimated_value)
        .amount("BT-271-Lot", "cac:RequestedTenderTotal/{ext}/efbc:FrameworkMaximumAmount", |p| {
            &mut p.framework_maximum
        })
        .each("cac:RealizedLocation", |p| &mut p.places, place())
        .within("cac:PlannedPeriod", |p| &mut p.duration, duration())
        .number("BT-58-Lot", "cac:ContractExtension/cbc:MaximumNumberNumeric", |p| &mut p.renewals)
        .yes_no("BT-726-Lot", "cbc:SMESuitableIndicator", |p| &mut p.suits_small_companies)
}

/// BT-271 beside the element that it belongs in.
pub(super) fn misplaced_maximum() -> Table<Project> {
    Table::<Project>::new()
        .amount("BT-271-Lot", "{ext}/efbc:FrameworkMaximumAmount", |p| &mut p.framework_maximum)
        .noting(FlagKind::Misplaced)
}

fn place() -> Table<Place> {
    Table::<Place>::new()
        .nuts("BT-5071-Lot", "cac:Address/cbc:CountrySubentityCode", |p| &mut p.nuts)
        .letters("BT-5141-Lot", "cac:Address/cac:Country/cbc:IdentificationCode", FlagKind::BadCountry, |p| {
            &mut p.country
        })
        .text("BT-5131-Lot", "cac:Address/cbc:CityName", |p| &mut p.city)
        .text("BT-5121-Lot", "cac:Address/cbc:PostalZone", |p| &mut p.postcode)
        .code("BT-727-Lot", "cac:Address/cbc:Region", |p| &mut p.wider)
}

fn duration() -> Table<Duration> {
    Table::<Duration>::new()
        .decimal("BT-36-Lot", "cbc:DurationMeasure", |d| &mut d.number)
        .code("BT-36-Lot", "cbc:DurationMeasure/@unitCode", |d| &mut d.unit)
        .date("BT-536-Lot", "cbc:StartDate", |d| &mut d.starts)
        .date("BT-537-Lot", "cbc:EndDate", |d| &mut d.ends)
        .other("BT-538-Lot", "cbc:DescriptionCode", open)
}

fn open(duration: &mut Duration, field: &mut Field<'_, '_>) {
    if duration.open.is_some() {
        return field.doubt(FlagKind::Duplicate);
    }
    duration.open = field.code();
}
