//! The table of a notice: what stands at its head, and the tables of its parts.
use super::doubts::Item;
use super::field::Field;
use super::table::Table;
use super::{lots, organisations, procedure, project, results};
use crate::facts::{Change, FlagKind, LegalReference, Modification, Notice, Profile, SdkVersion, Withheld};

/// What begins a CustomizationID of eForms.
const SDK: &str = "eforms-sdk-";

/// DFØ's names of the Norwegian profiles, as they stand at the end of a CustomizationID.
const NORWEGIAN_PROFILES: [(&str, Profile); 3] = [
    ("urn:fdc:anskaffelser.no:2023:eforms:eu", Profile::NorEu),
    ("urn:fdc:anskaffelser.no:2023:eforms:national", Profile::NorNational),
    ("urn:fdc:anskaffelser.no:2026:eforms:national-e", Profile::NorNationalE),
];

/// All of a notice.
pub(super) fn table() -> Table<Notice> {
    Table::<Notice>::new()
        .id("BT-701-notice", "cbc:ID", |n| &mut n.id)
        .once("BT-757-notice", "cbc:VersionID", |n| &mut n.version, |field| field.version())
        .id("BT-04-notice", "cbc:ContractFolderID", |n| &mut n.procedure_id)
        .other("OPT-002-notice", "cbc:CustomizationID", customization)
        .code("BT-02-notice", "cbc:NoticeTypeCode", |n| &mut n.notice_type)
        .code("BT-03-notice", "cbc:NoticeTypeCode/@listName", |n| &mut n.form)
        .code("OPP-070-notice", "{ext}/efac:NoticeSubType/cbc:SubTypeCode", |n| &mut n.subtype)
        .once("BT-01-notice", "cbc:RegulatoryDomain", |n| &mut n.legal_basis, |field| field.legal_basis())
        .day("BT-05(a)-notice", "cbc:IssueDate", |n| &mut n.issued)
        .time("BT-05(b)-notice", "cbc:IssueTime", |n| &mut n.issued)
        .day("BT-803(d)-notice", "{ext}/efbc:TransmissionDate", |n| &mut n.transmitted)
        .time("BT-803(t)-notice", "{ext}/efbc:TransmissionTime", |n| &mut n.transmitted)
        .date("BT-738-notice", "cbc:RequestedPublicationDate", |n| &mut n.preferred_publication)
        .date("BT-127-notice", "cbc:PlannedDate", |n| &mut n.future_notice)
        .letters("BT-702(a)-notice", "cbc:NoticeLanguageCode", FlagKind::BadLanguage, |n| &mut n.language)
        .other("BT-702(b)-notice", "cac:AdditionalNoticeLanguage/cbc:ID", other_language)
        // Norwegian: languages that are not official in the EU.
        .other("BT-702(b)-notice", "{ext}/efac:NonOfficialLanguages/cac:Language/cbc:ID", other_language)
        .id("OPP-010-notice", "{ext}/efac:Publication/efbc:NoticePublicationID", |n| &mut n.publication.id)
        .id("OPP-011-notice", "{ext}/efac:Publication/efbc:GazetteID", |n| &mut n.publication.gazette)
        .date("OPP-012-notice", "{ext}/efac:Publication/efbc:PublicationDate", |n| &mut n.publication.date)
        .maybe("{ext}/efac:Changes", |n| &mut n.change, change())
        .each("{ext}/efac:ContractModification", |n| &mut n.modifications, modification())
        .each("//efac:FieldsPrivacy", |n| &mut n.withheld, withheld())
        .each(
            "cac:TenderingTerms/cac:ProcurementLegislationDocumentReference",
            |n| &mut n.legal_references,
            legal_reference(),
        )
        .each_item(Item::Buyer, "cac:ContractingParty", |n| &mut n.buyers, organisations::buyer())
        .each_item(
            Item::Organisation,
            "{ext}/efac:Organizations/efac:Organization",
            |n| &mut n.organisations,
            organisations::organisation(),
        )
        .left_alone("cac:AdditionalDocumentReference")
        .each_item(Item::Organisation, "cac:BusinessParty", |n| &mut n.organisations, organisations::business())
        .within("cac:TenderingProcess", |n| &mut n.procedure, procedure::table())
        .within("cac:TenderingTerms", |n| &mut n.procedure.misplaced_terms, lots::misplaced_terms())
        .within("cac:ProcurementProject", |n| &mut n.project, project::table())
        .within("", |n| &mut n.project, project::misplaced_maximum())
        .each_item(Item::Lot, "cac:ProcurementProjectLot", |n| &mut n.lots, lots::table())
        .within("{ext}/efac:NoticeResult", |n| &mut n.result, results::table())
}

fn change() -> Table<Change> {
    Table::<Change>::new()
        .once("BT-758-notice", "efbc:ChangedNoticeIdentifier", |c| &mut c.notice, |field| field.notice())
        .code("BT-140-notice", "efac:ChangeReason/cbc:ReasonCode", |c| &mut c.reason)
}

fn modification() -> Table<Modification> {
    Table::<Modification>::new()
        .once("BT-1501(n)-Contract", "efbc:ChangedNoticeIdentifier", |m| &mut m.notice, |field| field.notice())
        .reference("BT-1501(c)-Contract", "efbc:ModifiedContractIdentifier", |m| &mut m.contract)
        .code("BT-200-Contract", "efac:ChangeReason/cbc:ReasonCode", |m| &mut m.reason)
}

fn withheld() -> Table<Withheld> {
    Table::<Withheld>::new()
        .other("BT-195", "efbc:FieldIdentifierCode", |withheld, field| {
            if withheld.field.is_some() {
                return field.doubt(FlagKind::Duplicate);
            }
            let path = field.doubts.path();
            if !field.doubts.take_memory(path.len()) {
                return field.doubts.add_once(FlagKind::TooMany, "");
            }
            withheld.field = field.text();
            withheld.at = path.into();
        })
        .code("BT-197", "cbc:ReasonCode", |w| &mut w.reason)
        .date("BT-198", "efbc:PublicationDate", |w| &mut w.until)
}

fn legal_reference() -> Table<LegalReference> {
    Table::<LegalReference>::new().id("BT-01(c)-Procedure", "cbc:ID", |l| &mut l.id).texts(
        "BT-01(d)-Procedure",
        "cbc:DocumentDescription",
        |l| &mut l.text,
    )
}

fn other_language(notice: &mut Notice, field: &mut Field<'_, '_>) {
    notice.other_languages.extend(field.letters(FlagKind::BadLanguage));
}

/// `eforms-sdk-1.13`, or with a profile `eforms-sdk-1.13#extended#urn:…`.
fn customization(notice: &mut Notice, field: &mut Field<'_, '_>) {
    let customization = &mut notice.customization;
    if customization.text.is_some() {
        return field.doubt(FlagKind::Duplicate);
    }
    customization.text = field.text();
    let (version, profile) = field.text.split_once('#').map_or((field.text, None), |(v, p)| (v, Some(p)));
    customization.sdk = version.strip_prefix(SDK).and_then(sdk_version);
    if customization.sdk.is_none() {
        field.doubt(FlagKind::BadSdkVersion);
    }
    if let Some(profile) = profile {
        let name = profile.strip_prefix("extended#");
        let known = NORWEGIAN_PROFILES.into_iter().find(|(known, _)| *known == name.unwrap_or(profile));
        // Notices of 2023 leave `extended` out. What they mean is plain.
        if known.is_none() || name.is_none() {
            field.doubt(FlagKind::BadProfile);
        }
        customization.profile = known.map_or_else(|| Profile::Other(profile.into()), |(_, profile)| profile);
    }
}

/// `1.13`, and `1.13.2`, of which the last number says nothing about notices.
fn sdk_version(text: &str) -> Option<SdkVersion> {
    let mut numbers = text.split('.').map(|number| number.parse().ok());
    let (major, minor) = (numbers.next()??, numbers.next()??);
    numbers.all(|number| number.is_some()).then_some(SdkVersion { major, minor })
}
