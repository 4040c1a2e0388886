//! The tables of organisations and of buyers.
use super::table::Table;
use crate::facts::{Buyer, FlagKind, Organisation, TouchPoint};

/// Below a `cac:ContractingParty`.
pub(super) fn buyer() -> Table<Buyer> {
    let kind = |list: &str| format!("cac:ContractingPartyType/cbc:PartyTypeCode[@listName='{list}']");
    Table::<Buyer>::new()
        .reference("OPT-300-Procedure-Buyer", "cac:Party/cac:PartyIdentification/cbc:ID", |b| &mut b.organisation)
        .code("BT-11-Procedure-Buyer", &kind("buyer-legal-type"), |b| &mut b.legal_type)
        .code("BT-740-Procedure-Buyer", &kind("buyer-contracting-type"), |b| &mut b.contracting_type)
        // BT-10 of authorities and BT-610 of utilities, of two lists that are parts of one.
        .codes("BT-10-Procedure-Buyer", "cac:ContractingActivity/cbc:ActivityTypeCode", |b| &mut b.activities)
        .text("BT-508-Procedure-Buyer", "cbc:BuyerProfileURI", |b| &mut b.profile)
        .left_alone("cac:Party/cac:ServiceProviderParty")
}

/// Below an `efac:Organization`.
pub(super) fn organisation() -> Table<Organisation> {
    Table::<Organisation>::new()
        .id("OPT-200-Organization-Company", "efac:Company/cac:PartyIdentification/cbc:ID", |o| &mut o.id)
        .texts("BT-500-Organization-Company", "efac:Company/cac:PartyName/cbc:Name", |o| &mut o.name)
        .many(
            "BT-501-Organization-Company",
            "efac:Company/cac:PartyLegalEntity/cbc:CompanyID",
            |o| &mut o.identifiers,
            |field| field.text(),
        )
        .within("efac:Company", |o| o, address())
        .code("BT-165-Organization-Company", "efac:Company/efbc:CompanySizeCode", |o| &mut o.size)
        .yes_no("BT-633-Organization", "efbc:NaturalPersonIndicator", |o| &mut o.is_person)
        .yes_no("BT-746-Organization", "efbc:ListedOnRegulatedMarketIndicator", |o| &mut o.is_listed)
        .yes_no("OPP-050-Organization", "efbc:GroupLeadIndicator", |o| &mut o.leads_buyers)
        .yes_no("OPP-051-Organization", "efbc:AwardingCPBIndicator", |o| &mut o.awards_for_others)
        .yes_no("OPP-052-Organization", "efbc:AcquiringCPBIndicator", |o| &mut o.buys_for_others)
        .each("efac:TouchPoint", |o| &mut o.touch_points, touch_point())
}

/// Below the `cac:BusinessParty` of a registration, which is the company itself.
pub(super) fn business() -> Table<Organisation> {
    Table::<Organisation>::new()
        .texts("BT-500-Business", "cac:PartyLegalEntity/cbc:RegistrationName", |o| &mut o.name)
        .many(
            "BT-501-Business-National",
            "cac:PartyLegalEntity/cbc:CompanyID",
            |o| &mut o.identifiers,
            |field| field.text(),
        )
        .within("", |o| o, address())
}

/// Where an organisation is, and how to reach it.
fn address() -> Table<Organisation> {
    Table::<Organisation>::new()
        .letters(
            "BT-514-Organization-Company",
            "cac:PostalAddress/cac:Country/cbc:IdentificationCode",
            FlagKind::BadCountry,
            |o| &mut o.country,
        )
        .nuts("BT-507-Organization-Company", "cac:PostalAddress/cbc:CountrySubentityCode", |o| &mut o.nuts)
        .text("BT-513-Organization-Company", "cac:PostalAddress/cbc:CityName", |o| &mut o.city)
        .text("BT-512-Organization-Company", "cac:PostalAddress/cbc:PostalZone", |o| &mut o.postcode)
        .text("BT-506-Organization-Company", "cac:Contact/cbc:ElectronicMail", |o| &mut o.email)
        .text("BT-505-Organization-Company", "cbc:WebsiteURI", |o| &mut o.website)
}

fn touch_point() -> Table<TouchPoint> {
    Table::<TouchPoint>::new()
        .id("OPT-201-Organization-TouchPoint", "cac:PartyIdentification/cbc:ID", |t| &mut t.id)
        .texts("BT-500-Organization-TouchPoint", "cac:PartyName/cbc:Name", |t| &mut t.name)
        .text("BT-506-Organization-TouchPoint", "cac:Contact/cbc:ElectronicMail", |t| &mut t.email)
}
