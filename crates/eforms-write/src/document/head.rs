//! What all notices begin with: what it is, from when, in which languages, and by which rules.
use crate::dispatch::Edition;
use crate::document::parties::Parties;
use crate::facts::{Deadline, LegalBasis};
use crate::xml::Element;
use uuid::Uuid;

const UBL: &str = "urn:oasis:names:specification:ubl:schema:xsd:";
const EFORMS: &str = "http://data.europa.eu/p27/";

/// The root, with the names of its vocabularies.
pub fn root(edition: &Edition) -> Element {
    let root = edition.subtype.root();
    Element::new(root)
        .with("xmlns", format!("{UBL}{root}-2"))
        .with("xmlns:cac", format!("{UBL}CommonAggregateComponents-2"))
        .with("xmlns:cbc", format!("{UBL}CommonBasicComponents-2"))
        .with("xmlns:efac", format!("{EFORMS}eforms-ubl-extension-aggregate-components/1"))
        .with("xmlns:efbc", format!("{EFORMS}eforms-ubl-extension-basic-components/1"))
        .with("xmlns:efext", format!("{EFORMS}eforms-ubl-extensions/1"))
        .with("xmlns:ext", format!("{UBL}CommonExtensionComponents-2"))
}

/// What eForms adds to UBL at the head: the result if there is one, the form, and who is who.
pub fn extension(edition: &Edition, result: Option<Element>, parties: &Parties) -> Option<Element> {
    let subtype = Element::code("cbc:SubTypeCode", "notice-subtype", edition.subtype.code());
    let extension = [
        edition.unofficial.map(|language| {
            let language = Element::new("cac:Language").child(Element::text("cbc:ID", language));
            Element::new("efac:NonOfficialLanguages").child(language)
        }),
        result,
        Some(Element::new("efac:NoticeSubType").child(subtype)),
        Some(parties.element(edition)),
    ];
    Element::extension(extension.into_iter().flatten())
}

/// From the version of UBL to the languages. `procedure` where there is one; `planned` where it is told when it begins.
pub fn preamble(
    edition: &Edition,
    procedure: Option<Uuid>,
    planned: Option<String>,
    legal_basis: &LegalBasis,
) -> impl Iterator<Item = Element> {
    let dispatch = &edition.dispatch;
    let issued = Deadline(dispatch.issued);
    let (form_type, notice_type) = edition.subtype.form_and_notice_type();
    let domain = legal_basis.rules().map(|rules| rules.domain);
    [
        Some(Element::text("cbc:UBLVersionID", "2.3")),
        Some(Element::text("cbc:CustomizationID", edition.profile.customization())),
        Some(Element::id("notice-id", dispatch.notice_id)),
        procedure.map(|id| Element::text("cbc:ContractFolderID", id)),
        Some(Element::text("cbc:IssueDate", issued.date())),
        Some(Element::text("cbc:IssueTime", issued.time())),
        Some(Element::text("cbc:VersionID", format!("{:02}", dispatch.version))),
        planned.map(|day| Element::text("cbc:PlannedDate", day)),
        domain.map(|domain| Element::text("cbc:RegulatoryDomain", domain)),
        Some(Element::code("cbc:NoticeTypeCode", form_type, notice_type)),
        edition.main.as_ref().map(|language| Element::text("cbc:NoticeLanguageCode", language)),
        edition
            .additional
            .as_ref()
            .map(|language| Element::new("cac:AdditionalNoticeLanguage").child(Element::text("cbc:ID", language))),
    ]
    .into_iter()
    .flatten()
}

/// The rules in words, where no directive says it all.
pub fn legislation(edition: &Edition, legal_basis: &LegalBasis) -> Option<Element> {
    let rules = legal_basis.rules()?;
    let descriptions = edition.languages().filter_map(|language| {
        let words = rules.words(language).filter(|words| !words.is_empty())?;
        Some(Element::text("cbc:DocumentDescription", words).with("languageID", language))
    });
    let descriptions = Element::new("cac:ProcurementLegislationDocumentReference")
        .children(match rules.eli {
            Some(eli) => Some(Element::id("ELI", eli)),
            None if rules.domain == "other" => Some(Element::text("cbc:ID", "LocalLegalBasis")),
            None => None,
        })
        .children(descriptions);
    descriptions.unless_empty()
}
