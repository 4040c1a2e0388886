//! Notices are read: what is said of whom, what is wrong, and what cannot be read at all.
#![expect(clippy::unwrap_used, reason = "a test may stop where it cannot go on")]
use eforms_read::Reason;
use eforms_read::facts::codelists::*;
use eforms_read::facts::{Code, Count, DocumentKind, FlagKind, Notice, NoticeReference, Profile};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::path::Path;

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(FIXTURES).join(name)).unwrap()
}

fn read(name: &str) -> Notice {
    eforms_read::read(&fixture(name)).unwrap()
}

/// A notice that says all it must, with more in it.
fn notice_with(head: &str, extension: &str, body: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<ContractNotice xmlns="urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2"
    xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
    xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
    xmlns:ext="urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2"
    xmlns:efac="http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1"
    xmlns:efbc="http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1"
    xmlns:efext="http://data.europa.eu/p27/eforms-ubl-extensions/1">
<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>
    <efac:NoticeSubType><cbc:SubTypeCode>16</cbc:SubTypeCode></efac:NoticeSubType>{extension}
    <efac:Organizations><efac:Organization><efac:Company>
        <cac:PartyIdentification><cbc:ID>ORG-0001</cbc:ID></cac:PartyIdentification>
        <cac:PartyName><cbc:Name languageID="NOB">Fredrikstad kommune</cbc:Name></cac:PartyName>
        <cac:PostalAddress><cac:Country><cbc:IdentificationCode>NOR</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
        <cac:PartyLegalEntity><cbc:CompanyID>940 039 541</cbc:CompanyID></cac:PartyLegalEntity>
    </efac:Company></efac:Organization></efac:Organizations>
</efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>
<cbc:CustomizationID>eforms-sdk-1.13</cbc:CustomizationID>
<cbc:ID schemeName="notice-id">0b0bb10c-2a6f-4b6e-9d8e-2d7d2c7a8a01</cbc:ID>
<cbc:ContractFolderID>5f0bb10c-2a6f-4b6e-9d8e-2d7d2c7a8a01</cbc:ContractFolderID>
<cbc:IssueDate>2026-02-27+01:00</cbc:IssueDate><cbc:IssueTime>12:00:00+01:00</cbc:IssueTime>
<cbc:VersionID>01</cbc:VersionID>
<cbc:NoticeTypeCode listName="competition">cn-standard</cbc:NoticeTypeCode>
<cbc:NoticeLanguageCode>NOB</cbc:NoticeLanguageCode>{head}
<cac:ContractingParty><cac:Party><cac:PartyIdentification><cbc:ID>ORG-0001</cbc:ID></cac:PartyIdentification></cac:Party></cac:ContractingParty>
<cac:ProcurementProject><cbc:Name languageID="NOB">Sykehjemsplasser</cbc:Name></cac:ProcurementProject>
{body}
</ContractNotice>"#
    )
}

fn lot(content: &str) -> String {
    format!(
        "<cac:ProcurementProjectLot><cbc:ID schemeName=\"Lot\">LOT-0001</cbc:ID>{content}</cac:ProcurementProjectLot>"
    )
}

/// What every tender says, and who made it.
const OF_LOT: &str = "<efac:TenderLot><cbc:ID>LOT-0001</cbc:ID></efac:TenderLot>\
    <efac:TenderingParty><cbc:ID>TPA-0001</cbc:ID></efac:TenderingParty>";
const PARTY: &str = "<efac:TenderingParty><cbc:ID>TPA-0001</cbc:ID></efac:TenderingParty>";

fn kinds(notice: &Notice) -> BTreeSet<FlagKind> {
    notice.flags.iter().map(|flag| flag.kind).collect()
}

macro_rules! extension {
    ($rest:literal) => {
        concat!("/ContractNotice/ext:UBLExtensions/ext:UBLExtension/ext:ExtensionContent/efext:EformsExtension/", $rest)
    };
}

#[test]
fn a_market_consultation_has_a_deadline_for_answers_and_norwegian_among_its_languages() {
    let notice = read("e1-consultation.xml");
    assert_eq!(
        (notice.document, notice.form.clone()),
        (DocumentKind::PriorInformation, Some(Code::Known(FormType::Consultation)))
    );
    assert_eq!(notice.subtype, Some(Code::Known(Subtype::E1)));
    assert_eq!(notice.customization.profile, Profile::NorEu);
    assert_eq!(notice.other_languages.iter().map(|l| l.as_str()).collect::<Vec<_>>(), ["NOR"]);
    assert!(notice.lots.iter().all(|lot| lot.process.answer_deadline.instant().is_some()));
    let languages: BTreeSet<_> = notice.project.title.iter().map(|title| title.language.unwrap().to_string()).collect();
    assert_eq!(languages, BTreeSet::from(["ENG".to_owned(), "NOR".to_owned()]));
}

#[test]
fn a_norwegian_competition_weighs_climate() {
    let notice = read("e3-competition-with-climate.xml");
    assert_eq!(notice.customization.profile, Profile::NorNationalE);
    assert_eq!(notice.project.estimated_value.and_then(|value| value.currency).unwrap().as_str(), "NOK");
    let criteria: Vec<_> = notice.lots.iter().flat_map(|lot| &lot.terms.criteria).collect();
    let climate = criteria.iter().find(|c| c.kind == Some(Code::Known(CriterionType::Climate))).unwrap();
    assert_eq!(climate.weights[0].kind, Some(Code::Known(WeightKind::PercentageExact)));
    assert!(climate.weights[0].number.unwrap().as_whole().unwrap() >= 30);
    assert!(notice.lots.iter().any(|lot| lot.project.strategy.aims.contains(&Code::Known(Strategic::Environment))));
}

#[test]
fn a_result_leads_from_the_lot_to_the_winner() {
    let notice = read("31-defence-result.xml");
    let won: Vec<_> =
        notice.result.lots.iter().filter(|lot| lot.outcome == Some(Code::Known(WinnerChosen::Awarded))).collect();
    assert!(!won.is_empty());
    for lot in won {
        assert!(lot.lot.as_ref().unwrap().in_list(&notice.lots).is_some());
        let tender = &notice.result.tenders[notice.winning_tenders()[0][0] as usize];
        assert!(notice.tenderers_of(tender).next().unwrap().country.is_some());
    }
    assert_eq!(kinds(&notice), BTreeSet::new());
}

#[test]
fn a_result_without_tenders_says_why() {
    let notice = read("29-no-tenders.xml");
    let lot = &notice.result.lots[0];
    assert_eq!(lot.outcome, Some(Code::Known(WinnerChosen::ClosedWithoutAward)));
    assert_eq!(lot.not_awarded, Some(Code::Known(NotAwardedReason::NothingReceived)));
    assert!(lot.statistics.is_empty() && lot.tenders.is_empty());
    // Its day is written with +01:00 and its time with Z.
    assert_eq!(kinds(&notice), BTreeSet::from([FlagKind::ZonesDiffer]));
    assert_eq!(notice.issued.instant().unwrap().to_rfc3339(), "2015-02-02T12:34:56+00:00");
}

#[test]
fn what_is_withheld_is_told_apart_from_what_is_missing() {
    let privacy = |field: &str| {
        format!(
            "<efac:FieldsPrivacy><efbc:FieldIdentifierCode>{field}</efbc:FieldIdentifierCode>
             <cbc:ReasonCode>fair-comp</cbc:ReasonCode><efbc:PublicationDate>2030-01-01Z</efbc:PublicationDate></efac:FieldsPrivacy>"
        )
    };
    let result = format!(
        "<efac:NoticeResult><cbc:TotalAmount currencyID=\"NOK\">-1</cbc:TotalAmount>{}
         <efac:LotResult><cbc:TenderResultCode>unpublished</cbc:TenderResultCode>{}{}
         <efac:TenderLot><cbc:ID>LOT-0001</cbc:ID></efac:TenderLot><efac:ReceivedSubmissionsStatistics>
         <efbc:StatisticsCode>tenders</efbc:StatisticsCode><efbc:StatisticsNumeric>-1</efbc:StatisticsNumeric>
         </efac:ReceivedSubmissionsStatistics></efac:LotResult></efac:NoticeResult>",
        privacy("not-val"),
        privacy("win-cho"),
        privacy("rec-sub-cou"),
    );
    let notice = eforms_read::read(notice_with("", &result, &lot("")).as_bytes()).unwrap();
    assert_eq!(notice.flags, []);
    assert!(notice.result.value.unwrap().stands_for_withheld());
    assert_eq!(notice.result.lots[0].outcome, Some(Code::Withheld));
    assert_eq!(notice.result.lots[0].statistics[0].count, Some(Count::Withheld));
    let withheld: Vec<_> =
        notice.withheld.iter().map(|withheld| (withheld.field.as_deref().unwrap(), &*withheld.at)).collect();
    assert_eq!(
        withheld,
        [
            ("not-val", extension!("efac:NoticeResult/efac:FieldsPrivacy/efbc:FieldIdentifierCode")),
            ("win-cho", extension!("efac:NoticeResult/efac:LotResult/efac:FieldsPrivacy/efbc:FieldIdentifierCode")),
            (
                "rec-sub-cou",
                extension!("efac:NoticeResult/efac:LotResult/efac:FieldsPrivacy[2]/efbc:FieldIdentifierCode")
            ),
        ]
    );
    assert!(notice.withheld.iter().all(|withheld| withheld.until.is_some() && withheld.reason.is_some()));
}

/// TED writes `unpublished` where a withheld country or currency would stand, as in 539823-2024 and 530453-2023.
#[test]
fn a_withheld_country_or_currency_is_wrong_only_where_nothing_is_withheld() {
    let result = |privacy: &str| {
        format!(
            "<efac:NoticeResult><cbc:TotalAmount currencyID=\"unpublished\">-1</cbc:TotalAmount>{privacy}
             <efac:LotTender><cbc:ID>TEN-0001</cbc:ID><efac:Origin><efbc:AreaCode>unpublished</efbc:AreaCode></efac:Origin>
             {OF_LOT}</efac:LotTender>{PARTY}</efac:NoticeResult>"
        )
    };
    let privacy =
        "<efac:FieldsPrivacy><efbc:FieldIdentifierCode>not-val</efbc:FieldIdentifierCode></efac:FieldsPrivacy>";
    let notice = eforms_read::read(notice_with("", &result(privacy), "").as_bytes()).unwrap();
    assert_eq!(notice.flags, []);
    let value = notice.result.value.unwrap();
    assert!(value.stands_for_withheld() && value.currency.is_none() && notice.result.tenders[0].origins.is_empty());
    let notice = eforms_read::read(notice_with("", &result(""), "").as_bytes()).unwrap();
    let expected = [FlagKind::NegativeAmount, FlagKind::BadCurrency, FlagKind::BadCountry];
    assert_eq!(kinds(&notice), BTreeSet::from(expected));
}

/// What a sender gave to TED says both what is to be withheld and what it is. Whoever shows facts looks at the list.
#[test]
fn a_notice_may_say_what_it_wants_withheld() {
    let notice = read("30-result-withheld.xml");
    assert!(notice.withheld.iter().any(|withheld| withheld.field.as_deref() == Some("not-val")));
    assert!(!notice.result.value.unwrap().stands_for_withheld());
}

#[test]
fn a_change_says_which_version_it_changes_and_why() {
    let change = read("16-cancelled.xml").change.unwrap();
    assert_eq!(change.reason, Some(Code::Known(ChangeReason::Cancelled)));
    assert!(matches!(change.notice, Some(NoticeReference::Notice { version: Some(_), .. })), "{:?}", change.notice);
    let modification = &read("38-modification.xml").modifications[0];
    assert!(modification.reason.is_some() && modification.notice.is_some());
}

#[test]
fn a_plan_has_parts_a_registration_has_a_company() {
    let notice = read("4-planning-of-parts.xml");
    assert!(notice.lots.iter().all(|lot| lot.kind == Some(Code::Known(LotKind::Part))) && !notice.lots.is_empty());
    let notice = read("x02-registration.xml");
    assert_eq!(notice.document, DocumentKind::BusinessRegistration);
    assert!(!notice.organisations[0].name.is_empty() && notice.buyers.is_empty());
}

#[test]
fn an_envelope_is_opened() {
    let xml = fixture("envelope-of-notices.xml");
    let all = eforms_read::read_all(&xml).unwrap();
    assert_eq!(all.len(), 4);
    let notice = eforms_read::read(&xml).unwrap();
    assert_eq!(notice.language, all[0].language);
    let more = notice.flags.iter().find(|flag| flag.kind == FlagKind::MoreNotices).unwrap();
    assert_eq!(&*more.value, "3");
    assert!(kinds(&notice).contains(&FlagKind::Envelope));
}

#[test]
fn all_facts_of_the_fixtures_are_as_they_were() {
    for entry in std::fs::read_dir(FIXTURES).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if let Some(stem) = name.strip_suffix(".xml") {
            insta::assert_json_snapshot!(stem, read(&name));
        }
    }
}

/// The prefixes, the order and the way of writing are the document's own.
#[test]
fn a_document_may_write_the_same_otherwise() {
    let plain = notice_with(
        "",
        "",
        &lot("<cac:ProcurementProject><cbc:Name>Bygg &amp; anlegg</cbc:Name></cac:ProcurementProject>"),
    );
    let facts = eforms_read::read(plain.as_bytes()).unwrap();
    assert_eq!((facts.flags.len(), &*facts.lots[0].project.title[0].text), (0, "Bygg & anlegg"));
    let others = [
        plain
            .replace("xmlns=", "xmlns:urn=")
            .replace("<ContractNotice", "<urn:ContractNotice")
            .replace("</ContractNotice", "</urn:ContractNotice"),
        plain
            .replace("cbc:", "b:")
            .replace("xmlns:cbc", "xmlns:b")
            .replace("cac:", "x-long-prefix:")
            .replace("xmlns:cac", "xmlns:x-long-prefix"),
        plain.replace("Bygg &amp; anlegg", "<![CDATA[Bygg & anlegg]]>"),
        plain.replace("Bygg &amp; anlegg", "\n  Bygg <!-- og -->&#38;<![CDATA[ an]]>legg\r\n"),
        plain.replace("\n", "\r\n"),
        plain.replace("><", ">\n<"),
        plain.replace("schemeName=\"Lot\"", "  schemeName = 'Lot' "),
        plain.replace("<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "\u{feff}<!-- før --><?xml-stylesheet href='a'?>"),
    ];
    for other in others {
        assert_eq!(eforms_read::read(other.as_bytes()).unwrap(), facts, "{other}");
    }
    let utf_16: Vec<u8> = plain.replace("UTF-8", "UTF-16").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(eforms_read::read(&utf_16).unwrap(), facts);
}

#[test]
fn a_lone_ampersand_is_kept_and_noted() {
    for title in ["Drift & vedlikehold", "&", "A&B&C", "&;", "R&D; og mer", "a &# b", "slutt &"] {
        let notice = eforms_read::read(notice_with("", "", "").replace("Sykehjemsplasser", title).as_bytes()).unwrap();
        assert_eq!(&*notice.project.title[0].text, title);
        assert_eq!(kinds(&notice), BTreeSet::from([FlagKind::UnknownEntity]), "{title}");
    }
}

#[test]
fn what_stands_around_a_notice_does_not_hide_it() {
    let plain = notice_with("", "", "");
    for xml in [format!("{plain} slutt"), format!("{plain}</a>"), format!("{plain}<"), format!("x{}", &plain[39..])] {
        assert_eq!(
            kinds(&eforms_read::read(xml.as_bytes()).unwrap()),
            BTreeSet::from([FlagKind::AroundTheNotice]),
            "{xml}"
        );
    }
    for xml in [format!("\n\n{plain}\n<!-- slutt -->\n"), format!("{plain}<?a b?>")] {
        assert_eq!(eforms_read::read(xml.as_bytes()).unwrap().flags, []);
    }
}

#[test]
fn markup_in_a_text_is_noted_once_and_its_text_kept() {
    let xml = notice_with("", "", "").replace("Sykehjemsplasser", "<p>Ny <b>skole</b> &amp; <i>bad</i></p>");
    let notice = eforms_read::read(xml.as_bytes()).unwrap();
    assert_eq!((&*notice.project.title[0].text, notice.flags.len()), ("Ny skole & bad", 1));
}

#[test]
fn text_is_kept_as_it_is_with_its_mistakes() {
    for title in
        ["KjÃ¸p av blÃ¥bÃ¦r", "KjÃ¶p", "??? ï¿½", "Κατασκευή", "Придобиване 🚑", "a\u{ad}b\u{200b}c", "<b>fet</b>"]
    {
        let escaped = title.replace('<', "&lt;").replace('>', "&gt;");
        let xml = notice_with(
            "",
            "",
            &lot(&format!("<cac:ProcurementProject><cbc:Name>{escaped}</cbc:Name></cac:ProcurementProject>")),
        );
        let notice = eforms_read::read(xml.as_bytes()).unwrap();
        assert_eq!((&*notice.lots[0].project.title[0].text, notice.flags.len()), (title, 0));
    }
}

/// For each kind of flag a document that earns it, and where.
fn wrong_notices() -> Vec<(FlagKind, Vec<u8>, &'static str)> {
    use FlagKind::*;
    let text = |head: &str, extension: &str, body: &str| notice_with(head, extension, body).into_bytes();
    let plain = notice_with("", "", "");
    let without = |from: &str, to: &str| {
        assert!(plain.contains(from), "{from}");
        plain.replace(from, to).into_bytes()
    };
    let in_lot = |content: &str| text("", "", &lot(content));
    let project = |content: &str| in_lot(&format!("<cac:ProcurementProject>{content}</cac:ProcurementProject>"));
    let process = |content: &str| in_lot(&format!("<cac:TenderingProcess>{content}</cac:TenderingProcess>"));
    let aim = |list: &str, code: &str| {
        project(&format!(
            "<cac:ProcurementAdditionalType><cbc:ProcurementTypeCode listName=\"{list}\">{code}</cbc:ProcurementTypeCode></cac:ProcurementAdditionalType>"
        ))
    };
    let result = |content: &str| text("", &format!("<efac:NoticeResult>{content}</efac:NoticeResult>"), &lot(""));
    let value =
        |currency: &str, number: &str| result(&format!("<cbc:TotalAmount{currency}>{number}</cbc:TotalAmount>"));
    let received = |content: &str| {
        result(&format!(
            "<efac:LotResult><efac:TenderLot><cbc:ID>LOT-0001</cbc:ID></efac:TenderLot><efac:ReceivedSubmissionsStatistics>{content}</efac:ReceivedSubmissionsStatistics></efac:LotResult>"
        ))
    };
    let deadline = |date: &str, time: &str| {
        process(&format!(
            "<cac:TenderSubmissionDeadlinePeriod><cbc:EndDate>{date}</cbc:EndDate><cbc:EndTime>{time}</cbc:EndTime></cac:TenderSubmissionDeadlinePeriod>"
        ))
    };
    let mut latin = plain.replace("Sykehjemsplasser", "Bl#b#r").into_bytes();
    latin.iter_mut().filter(|byte| **byte == b'#').for_each(|byte| *byte = 0xe6);
    let many = "<cac:RealizedLocation/>".repeat(10_001);
    vec![
        (BadEncoding, latin, "/ContractNotice"),
        (WrongEncoding, without("UTF-8", "UTF-16"), "/ContractNotice"),
        (
            Doctype,
            without("<ContractNotice", "<!DOCTYPE ContractNotice [<!ENTITY a \"b\">]><ContractNotice"),
            "/ContractNotice",
        ),
        (UnknownEntity, without("Sykehjem", "Sykehj&oslash;m"), "/ContractNotice/cac:ProcurementProject/cbc:Name"),
        (UndeclaredPrefix, without("xmlns:efac=", "xmlns:other="), extension!("efac:NoticeSubType")),
        (
            NoNamespace,
            without(" xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2\"", ""),
            "/ContractNotice",
        ),
        (Envelope, format!("<a>{}</a>", &plain[39..]).into_bytes(), "/a/ContractNotice"),
        (MoreNotices, format!("<a>{}{}</a>", &plain[39..], &plain[39..]).into_bytes(), "/ContractNotice"),
        (AroundTheNotice, format!("{plain}</a>").into_bytes(), "/"),
        (
            BadAttribute,
            without("schemeName=\"notice-id\"", "schemeName=\"notice-id\" schemeName='x'"),
            "/ContractNotice/cbc:ID",
        ),
        (MarkupInText, without("Sykehjem", "Sykehjem<br/>"), "/ContractNotice/cac:ProcurementProject/cbc:Name/br"),
        (
            TooMany,
            project(&many),
            "/ContractNotice/cac:ProcurementProjectLot/cac:ProcurementProject/cac:RealizedLocation[10001]",
        ),
        (
            MissingIdentifier,
            without("<cbc:ID schemeName=\"notice-id\">0b0bb10c-2a6f-4b6e-9d8e-2d7d2c7a8a01</cbc:ID>", ""),
            "/ContractNotice/cbc:ID",
        ),
        (Missing, without("<cbc:VersionID>01</cbc:VersionID>", ""), "/ContractNotice/cbc:VersionID"),
        (Empty, without(">01<", "> <"), "/ContractNotice/cbc:VersionID"),
        (
            Placeholder,
            without(">5f0bb10c-2a6f-4b6e-9d8e-2d7d2c7a8a01<", ">N.A.<"),
            "/ContractNotice/cbc:ContractFolderID",
        ),
        (MissingCurrency, value("", "5"), RESULT_VALUE),
        (MissingCode, received("<efbc:StatisticsNumeric>5</efbc:StatisticsNumeric>"), RESULT_STATISTICS),
        (MissingOrganisationNumber, without("<cbc:CompanyID>940 039 541</cbc:CompanyID>", ""), COMPANY_ID),
        (UnknownCode, aim("innovative-acquisition", "very-new"), LOT_AIM),
        (RetiredCode, aim("innovative-acquisition", "buy-eff"), LOT_AIM),
        (UnknownList, aim("inovative-acquisition", "mar-nov"), LOT_AIM),
        (BadDate, without("2026-02-27+01:00", "27.02.2026"), "/ContractNotice/cbc:IssueDate"),
        (BadTime, without("12:00:00+01:00", "kl. 12"), "/ContractNotice/cbc:IssueTime"),
        (MissingZone, deadline("2026-03-31", "12:00:00"), DEADLINE),
        (ZonesDiffer, deadline("2026-03-31+01:00", "12:00:00+02:00"), DEADLINE),
        (BadAmount, value(" currencyID=\"NOK\"", "5 mill."), RESULT_VALUE),
        (NegativeAmount, value(" currencyID=\"NOK\"", "-1"), RESULT_VALUE),
        (BadCurrency, value(" currencyID=\"kr\"", "5"), RESULT_VALUE),
        (
            BadNumber,
            received(
                "<efbc:StatisticsCode>tenders</efbc:StatisticsCode><efbc:StatisticsNumeric>2.5</efbc:StatisticsNumeric>",
            ),
            RESULT_NUMBER,
        ),
        (
            ContradictingNumber,
            received(
                "<efbc:StatisticsCode>tenders</efbc:StatisticsCode><efbc:StatisticsNumeric>6</efbc:StatisticsNumeric></efac:ReceivedSubmissionsStatistics><efac:ReceivedSubmissionsStatistics><efbc:StatisticsCode>t-sme</efbc:StatisticsCode><efbc:StatisticsNumeric>20</efbc:StatisticsNumeric>",
            ),
            RESULT_STATISTICS,
        ),
        (
            BadIndicator,
            project("<cbc:SMESuitableIndicator>ja</cbc:SMESuitableIndicator>"),
            "/ContractNotice/cac:ProcurementProjectLot/cac:ProcurementProject/cbc:SMESuitableIndicator",
        ),
        (BadCountry, without(">NOR<", ">Norge<"), COUNTRY),
        (BadLanguage, without(">NOB<", ">no<"), "/ContractNotice/cbc:NoticeLanguageCode"),
        (
            BadNuts,
            project(
                "<cac:RealizedLocation><cac:Address><cbc:CountrySubentityCode>Oslo</cbc:CountrySubentityCode></cac:Address></cac:RealizedLocation>",
            ),
            NUTS,
        ),
        (
            BadCpv,
            project(
                "<cac:MainCommodityClassification><cbc:ItemClassificationCode>sykehjem</cbc:ItemClassificationCode></cac:MainCommodityClassification>",
            ),
            CPV,
        ),
        (BadOrganisationNumber, without("940 039 541", "940 039 542"), COMPANY_ID),
        (BadSdkVersion, without("eforms-sdk-1.13", "eforms-sdk-${MINOR}"), "/ContractNotice/cbc:CustomizationID"),
        (
            BadProfile,
            without("eforms-sdk-1.13", "eforms-sdk-1.13#urn:fdc:anskaffelser.no:2023:eforms:eu"),
            "/ContractNotice/cbc:CustomizationID",
        ),
        (
            Duplicate,
            without(
                "<cbc:VersionID>01</cbc:VersionID>",
                "<cbc:VersionID>01</cbc:VersionID><cbc:VersionID>02</cbc:VersionID>",
            ),
            "/ContractNotice/cbc:VersionID[2]",
        ),
        (DuplicateIdentifier, text("", "", &lot("").repeat(2)), "/ContractNotice/cac:ProcurementProjectLot[2]/cbc:ID"),
        (
            DanglingReference,
            without(
                "<cac:Party><cac:PartyIdentification><cbc:ID>ORG-0001<",
                "<cac:Party><cac:PartyIdentification><cbc:ID>ORG-0002<",
            ),
            "/ContractNotice/cac:ContractingParty/cac:Party/cac:PartyIdentification/cbc:ID",
        ),
        (
            Misplaced,
            text(
                "",
                "",
                "<cac:TenderingProcess><cbc:SubmissionMethodCode>required</cbc:SubmissionMethodCode></cac:TenderingProcess>",
            ),
            "/ContractNotice/cac:TenderingProcess/cbc:SubmissionMethodCode",
        ),
    ]
}

const RESULT_VALUE: &str = extension!("efac:NoticeResult/cbc:TotalAmount");
const RESULT_STATISTICS: &str = extension!("efac:NoticeResult/efac:LotResult/efac:ReceivedSubmissionsStatistics");
const RESULT_NUMBER: &str =
    extension!("efac:NoticeResult/efac:LotResult/efac:ReceivedSubmissionsStatistics/efbc:StatisticsNumeric");
const COMPANY_ID: &str =
    extension!("efac:Organizations/efac:Organization/efac:Company/cac:PartyLegalEntity/cbc:CompanyID");
const COUNTRY: &str = extension!(
    "efac:Organizations/efac:Organization/efac:Company/cac:PostalAddress/cac:Country/cbc:IdentificationCode"
);
const LOT_AIM: &str = "/ContractNotice/cac:ProcurementProjectLot/cac:ProcurementProject/cac:ProcurementAdditionalType/cbc:ProcurementTypeCode";
const DEADLINE: &str =
    "/ContractNotice/cac:ProcurementProjectLot/cac:TenderingProcess/cac:TenderSubmissionDeadlinePeriod/cbc:EndTime";
const NUTS: &str = "/ContractNotice/cac:ProcurementProjectLot/cac:ProcurementProject/cac:RealizedLocation/cac:Address/cbc:CountrySubentityCode";
const CPV: &str = "/ContractNotice/cac:ProcurementProjectLot/cac:ProcurementProject/cac:MainCommodityClassification/cbc:ItemClassificationCode";

#[test]
fn every_kind_of_wrong_is_noted_where_it_stands() {
    let plain = eforms_read::read(notice_with("", "", "").as_bytes()).unwrap();
    assert_eq!(plain.flags, []);
    let wrong = wrong_notices();
    for (kind, xml, at) in &wrong {
        let notice = eforms_read::read(xml).unwrap();
        let flag = notice.flags.iter().find(|flag| flag.kind == *kind);
        let flag = flag.unwrap_or_else(|| panic!("{kind} is not among {:?}", notice.flags));
        assert_eq!(&*flag.at, *at, "{kind}");
    }
    let shown: BTreeSet<_> = wrong.iter().map(|(kind, ..)| *kind).collect();
    assert_eq!(shown, FlagKind::ALL.iter().copied().collect());
}

#[test]
fn what_is_no_notice_is_refused_with_its_reason_and_place() {
    let plain = notice_with("", "", &lot(""));
    let cut = |at: &str| plain[..plain.find(at).unwrap()].to_owned();
    let deep = format!("{}{}", cut("<cac:ContractingParty>"), "<cac:a>".repeat(1_000_000));
    let refused = [
        (String::new(), "/", "empty"),
        (" \n".to_owned(), "/", "empty"),
        ("Kunngjøring 2023-1".to_owned(), "/", "not-xml"),
        ("%PDF-1.7\n\u{1}".to_owned(), "/", "not-xml"),
        ("{\"notice\": 1}".to_owned(), "/", "not-xml"),
        ("<!DOCTYPE html><html><head><meta charset='utf-8'><title>404</title></head><body>".to_owned(), "/html", "no-notice"),
        ("<TED_EXPORT xmlns='http://publications.europa.eu/resource/schema/ted/R2.0.9/publication'><A/></TED_EXPORT>".to_owned(), "/TED_EXPORT", "no-notice"),
        ("<ContractNotice xmlns='http://example.org'/>".to_owned(), "/ContractNotice", "wrong-namespace"),
        ("<a:ContractNotice xmlns='urn:oasis' xmlns:a='urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-3'><b/>".to_owned(), "/a:ContractNotice", "wrong-namespace"),
        ("<soap xmlns='http://example.org'><ContractNotice/></soap>".to_owned(), "/soap", "no-notice"),
        (cut("urn:oasis"), "/", "truncated"),
        (cut("Sykehjem"), "/ContractNotice/cac:ProcurementProject/cbc:Name", "truncated"),
        (cut("940 039"), COMPANY_ID, "truncated"),
        (cut("</ContractNotice>"), "/ContractNotice", "truncated"),
        (plain.replace("</cbc:VersionID>", "</cbc:VersionId>"), "/ContractNotice/cbc:VersionID", "malformed"),
        (deep, "", "too-deep"),
    ];
    for (xml, at, code) in refused {
        let unreadable = eforms_read::read(xml.as_bytes()).unwrap_err();
        assert_eq!(unreadable.reason.code(), code, "{unreadable}");
        assert!(at.is_empty() || unreadable.path == at, "{unreadable}");
    }
    let told = eforms_read::read(b"<ContractNotice xmlns=' http://example.org '/>").unwrap_err().to_string();
    assert_eq!(
        told,
        "/ContractNotice: the root is ContractNotice of the namespace `http://example.org`, and not of that of eForms"
    );
    let large = vec![b' '; eforms_read::MOST_BYTES + 1];
    assert!(matches!(eforms_read::read(&large).unwrap_err().reason, Reason::TooLarge(_)));
}

/// A thousand million laughs are not laughed: entities are not expanded.
#[test]
fn entities_of_a_document_type_are_not_expanded() {
    let mut entities = "<!ENTITY a0 \"ha\">".to_owned();
    for nth in 1..30 {
        entities += &format!("<!ENTITY a{nth} \"{}\">", format!("&a{};", nth - 1).repeat(10));
    }
    let xml = notice_with("", "", "").replace("<ContractNotice", &format!("<!DOCTYPE a [{entities}]><ContractNotice"));
    let notice = eforms_read::read(xml.replace("Sykehjemsplasser", "&a29;").as_bytes()).unwrap();
    assert_eq!(&*notice.project.title[0].text, "&a29;");
    assert_eq!(kinds(&notice), BTreeSet::from([FlagKind::Doctype, FlagKind::UnknownEntity]));
    let xml =
        notice_with("", "", "").replace("<ContractNotice", "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><ContractNotice");
    assert_eq!(kinds(&eforms_read::read(xml.as_bytes()).unwrap()), BTreeSet::from([FlagKind::Doctype]));
}

#[test]
fn a_long_text_and_many_flags_are_survived() {
    let long = "blåbær ".repeat(1_000_000);
    let xml = notice_with("", "", "").replace("Sykehjemsplasser", &long);
    assert_eq!(&*eforms_read::read(xml.as_bytes()).unwrap().project.title[0].text, long.trim());
    let bad = "<cbc:PlannedDate>i morgen</cbc:PlannedDate>".repeat(100_000);
    let notice = eforms_read::read(notice_with(&bad, "", "").as_bytes()).unwrap();
    assert_eq!(notice.flags.len(), 1_001);
    assert_eq!(&*notice.flags.last().unwrap().value, "99000 more flags");
    let prefixes: String = (0..100_000).map(|nth| format!(" xmlns:p{nth}='a'")).collect();
    let xml = notice_with("", "", &format!("<x{prefixes}>{}</x>", "<y:z/>".repeat(100_000)));
    assert!(kinds(&eforms_read::read(xml.as_bytes()).unwrap()).contains(&FlagKind::TooMany));
}

#[test]
fn a_notice_cut_anywhere_is_refused_or_read_but_never_worse() {
    for name in ["e1-consultation.xml", "29-no-tenders.xml", "envelope-of-notices.xml", "x02-registration.xml"] {
        let xml = fixture(name);
        let end = xml.trim_ascii_end().len();
        for length in 0..end {
            match eforms_read::read(&xml[..length]) {
                Ok(_) => assert_eq!(name, "envelope-of-notices.xml", "cut at {length}"),
                Err(unreadable) => assert!(!unreadable.path.is_empty()),
            }
        }
    }
}

fn fixtures() -> Vec<Vec<u8>> {
    let names = [
        "e1-consultation.xml",
        "e4-result.xml",
        "30-result-withheld.xml",
        "16-cancelled.xml",
        "envelope-of-notices.xml",
    ];
    names.map(fixture).to_vec()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes_are_refused_or_read(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = eforms_read::read(&bytes);
    }

    #[test]
    fn a_notice_with_random_changes_is_refused_or_read(
        which in 0_usize..5,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
    ) {
        let mut xml = fixtures().swap_remove(which);
        for (at, byte) in changes {
            let at = at.index(xml.len());
            xml[at] = byte;
        }
        let _ = eforms_read::read(&xml);
    }

    #[test]
    fn a_notice_with_parts_moved_is_refused_or_read(
        which in 0_usize..5,
        moves in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..6),
    ) {
        let text = String::from_utf8(fixtures().swap_remove(which)).unwrap();
        let mut pieces: Vec<&str> = text.split_inclusive('>').collect();
        for (from, to, length) in moves {
            let (from, to) = (from.index(pieces.len()), to.index(pieces.len()));
            let length = length.index(pieces.len() - from).min(40);
            let part = pieces[from..from + length].to_vec();
            pieces.splice(to..to, part);
        }
        let _ = eforms_read::read(pieces.concat().as_bytes());
    }

    /// Whatever is put into an element that nobody knows: the facts are the same, or it is told where something is missing.
    #[test]
    fn nothing_is_lost_in_a_wrapper_without_a_word(
        which in 0_usize..5,
        element in any::<prop::sample::Index>(),
        wrapper in 0..WRAPPERS.len(),
    ) {
        let text = String::from_utf8(fixtures().swap_remove(which)).unwrap();
        let tree = roxmltree::Document::parse(text.trim_start_matches('\u{feff}')).unwrap();
        let is_inside = |node: &roxmltree::Node<'_, '_>| {
            node.is_element() && node.ancestors().skip(1).any(|a| a.tag_name().name().ends_with("Notice"))
        };
        let elements: Vec<_> = tree.descendants().filter(is_inside).map(|node| node.range()).collect();
        let range = elements[element.index(elements.len())].clone();
        let (name, namespace) = WRAPPERS[wrapper];
        let mut wrapped = tree.input_text().to_owned();
        wrapped.insert_str(range.end, &format!("</{name}>"));
        wrapped.insert_str(range.start, &format!("<{name}{namespace}>"));
        let facts = |xml: &str| {
            let mut notices = eforms_read::read_all(xml.as_bytes()).unwrap();
            let flags: Vec<_> = notices.iter_mut().flat_map(|notice| std::mem::take(&mut notice.flags)).collect();
            for withheld in notices.iter_mut().flat_map(|notice| &mut notice.withheld) {
                // One in a wrapper is the first there, whichever it was.
                withheld.at = "".into();
            }
            (notices, flags)
        };
        let (plain, _) = facts(tree.input_text());
        let (found, flags) = facts(&wrapped);
        let step = format!("/{name}");
        let is_told = flags.iter().any(|flag| {
            matches!(flag.kind, FlagKind::Misplaced | FlagKind::MarkupInText) && flag.at.contains(&step)
        });
        prop_assert!(found == plain || is_told, "{} is lost in {name}", &tree.input_text()[range]);
    }

    #[test]
    fn any_text_stands_in_a_title_as_it_is(title in "\\PC{1,200}") {
        let escaped = title.replace('&', "&amp;").replace('<', "&lt;");
        let xml = notice_with("", "", "").replace("Sykehjemsplasser", &escaped);
        let notice = eforms_read::read(xml.as_bytes()).unwrap();
        let read = notice.project.title.first().map(|title| &*title.text).unwrap_or_default();
        prop_assert_eq!(read, title.trim());
    }

    #[test]
    fn any_value_in_any_place_is_read_or_noted(value in "[-+0-9.,:TZeE ]{0,30}|\\PC{0,20}") {
        let escaped = value.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        let xml = String::from_utf8(fixture("30-result-withheld.xml")).unwrap();
        // Every text and every attribute but the namespaces.
        let mut changed = String::with_capacity(xml.len());
        for piece in xml.split_inclusive('>') {
            match piece.split_once("</") {
                Some((text, end)) if !text.trim().is_empty() => changed += &format!("{escaped}</{end}"),
                _ => changed += piece,
            }
        }
        let notice = eforms_read::read(changed.as_bytes()).unwrap();
        prop_assert!(!notice.flags.is_empty());
    }
}

/// A document of a megabyte would otherwise take hundreds.
#[test]
fn notices_without_end_and_deep_in_an_envelope_take_bounded_memory() {
    let deep: String = (0..100).map(|nth| format!("<{}{nth}>", "a".repeat(75))).collect();
    let many = format!("{deep}{}", "<ContractNotice/>".repeat(60_000));
    // It ends before the envelope does: what was complete before that is kept.
    let notices = eforms_read::read_all(many.as_bytes()).unwrap();
    assert!((1_000..30_000).contains(&notices.len()), "{}", notices.len());
    let flags = notices.iter().flat_map(|notice| &notice.flags);
    let bytes: usize = flags.map(|flag| size_of_val(flag) + flag.at.len()).sum();
    assert!(bytes < 200_000_000, "{bytes}");
    let told: Vec<_> = notices.last().unwrap().flags.iter().map(|flag| flag.kind).collect();
    assert!(told.contains(&FlagKind::AroundTheNotice) && told.contains(&FlagKind::TooMany), "{told:?}");
}

/// Every element of many that are wrong in the same way is told by its own place.
#[test]
fn a_flag_is_about_the_element_that_is_wrong_and_not_the_first_of_its_kind() {
    let reference = |id: &str| format!("<efac:Tenderer><cbc:ID>{id}</cbc:ID></efac:Tenderer>");
    let party = |id: &str, tenderers: &str| {
        format!("<efac:TenderingParty><cbc:ID>{id}</cbc:ID>{tenderers}</efac:TenderingParty>")
    };
    let result = format!(
        "<efac:NoticeResult>{}{}</efac:NoticeResult><other/><other><efac:FieldsPrivacy><cbc:ReasonCode>nei</cbc:ReasonCode></efac:FieldsPrivacy></other>",
        party("TPA-0001", &reference("ORG-0001")),
        party("TPA-0002", &(reference("ORG-0001") + &reference("ORG-0009"))),
    );
    let twice = "<efac:Organization><efac:Company><cac:PartyIdentification><cbc:ID>ORG-0001</cbc:ID></cac:PartyIdentification></efac:Company></efac:Organization>";
    let xml = notice_with("", &result, "").replace(
        "</efac:Organizations>",
        &format!("</efac:Organizations><efac:Organizations>{twice}</efac:Organizations>"),
    );
    for (xml, prefix) in [(xml.clone(), "efac"), (xml.replace("efac:", "e:").replace(":efac=", ":e="), "e")] {
        let notice = eforms_read::read(xml.as_bytes()).unwrap();
        let told: Vec<_> =
            notice.flags.iter().map(|flag| (flag.kind, flag.at.replace(&format!("{prefix}:"), "efac:"))).collect();
        assert_eq!(
            told,
            [
                (FlagKind::UnknownCode, extension!("other[2]/efac:FieldsPrivacy/cbc:ReasonCode").to_owned()),
                (
                    FlagKind::DuplicateIdentifier,
                    extension!("efac:Organizations[2]/efac:Organization/efac:Company/cac:PartyIdentification/cbc:ID")
                        .to_owned()
                ),
                (
                    FlagKind::DanglingReference,
                    extension!("efac:NoticeResult/efac:TenderingParty[2]/efac:Tenderer[2]/cbc:ID").to_owned()
                ),
            ]
        );
    }
}

/// Each as real notices have it: 665235-2023, 650029-2023, 451268-2024, 742539-2023, 417923-2024, 444350-2024.
#[test]
fn what_stands_in_another_place_is_kept_or_at_least_told() {
    let maximum = "<efbc:FrameworkMaximumAmount currencyID=\"EUR\">950000.00</efbc:FrameworkMaximumAmount>";
    let extension = |content: &str| {
        format!(
            "<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>{content}
             </efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>"
        )
    };
    let weight = extension(
        "<efac:AwardCriterionParameter><efbc:ParameterNumeric>100</efbc:ParameterNumeric></efac:AwardCriterionParameter>",
    );
    let at_the_procedure = "<cac:TenderingTerms><cbc:FundingProgramCode listName=\"eu-funded\">no-eu-funds</cbc:FundingProgramCode>
        <cac:AppealTerms><cac:AppealReceiverParty><cac:PartyIdentification><cbc:ID>ORG-0002</cbc:ID></cac:PartyIdentification>
        </cac:AppealReceiverParty></cac:AppealTerms><cac:Language><cbc:ID>DEU</cbc:ID></cac:Language>
        <cac:TendererQualificationRequest><cac:SpecificTendererRequirement>
        <cbc:TendererRequirementTypeCode listName=\"exclusion-ground\">corruption</cbc:TendererRequirementTypeCode>
        </cac:SpecificTendererRequirement></cac:TendererQualificationRequest></cac:TenderingTerms>";
    let lot = lot(&format!(
        "{}<cac:TenderingTerms>{}<cac:AwardingTerms><cac:AwardingCriterion>{weight}
         <cbc:AwardingCriterionTypeCode>price</cbc:AwardingCriterionTypeCode></cac:AwardingCriterion></cac:AwardingTerms>
         </cac:TenderingTerms>",
        extension("<efbc:ProcedureRelaunchIndicator>false</efbc:ProcedureRelaunchIndicator>"),
        extension(maximum),
    ));
    let result = format!(
        "{maximum}<efac:NoticeResult><efac:LotResult><efac:LotTender><cbc:ID>TEN-0001</cbc:ID><cac:LegalMonetaryTotal>
         <cbc:PayableAmount currencyID=\"EUR\">561250.00</cbc:PayableAmount></cac:LegalMonetaryTotal></efac:LotTender>
         <efac:TenderLot><cbc:ID>LOT-0001</cbc:ID></efac:TenderLot></efac:LotResult>
         <efac:LotTender><cbc:ID>TEN-0001</cbc:ID>{OF_LOT}</efac:LotTender>{PARTY}</efac:NoticeResult>"
    );
    let notice = eforms_read::read(notice_with("", &result, &format!("{at_the_procedure}{lot}")).as_bytes()).unwrap();
    assert_eq!(kinds(&notice), BTreeSet::from([FlagKind::Misplaced]));
    let told: BTreeSet<_> = notice.flags.iter().map(|flag| (&*flag.field, &*flag.value)).collect();
    let expected = [
        ("BT-271-Lot", "950000.00"),
        ("BT-541-Lot-WeightNumber", "100"),
        ("BT-539-Lot", "price"),
        ("BT-60-Lot", "no-eu-funds"),
        ("BT-634-Lot", "false"),
        ("BT-720-Tender", "561250.00"),
        ("BT-97-Lot", "DEU"),
        ("OPT-301-Lot-ReviewOrg", "ORG-0002"),
    ];
    assert_eq!(told, BTreeSet::from(expected));
    let lot = &notice.lots[0];
    assert_eq!(notice.project.framework_maximum.map(|a| a.to_string()).as_deref(), Some("950000.00 EUR"));
    assert_eq!(lot.project.framework_maximum, notice.project.framework_maximum);
    assert_eq!(lot.terms.criteria.len(), 1);
    let terms = &notice.procedure.misplaced_terms;
    assert_eq!(terms.eu_funds.as_ref().map(Code::as_str), Some("no-eu-funds"));
    assert_eq!(terms.languages.iter().map(|l| l.as_str()).collect::<Vec<_>>(), ["DEU"]);
    assert_eq!(notice.result.tenders[0].value, None, "a reference to a tender is not the tender");
}

/// A wrapper that nobody knows, be it of eForms by its namespace, of something else or of nothing.
const WRAPPERS: [(&str, &str); 4] =
    [("x:Wrapper", " xmlns:x=\"urn:x\""), ("cac:Wrapper", ""), ("Wrapper", ""), ("Wrapper", " xmlns=\"\"")];

#[test]
fn what_is_hidden_in_an_element_that_nobody_knows_is_told_once_and_not_read() {
    let lot = lot("<cac:ProcurementProject><cbc:Name languageID=\"NOB\">Bad</cbc:Name></cac:ProcurementProject>");
    let privacy =
        "<efac:FieldsPrivacy><efbc:FieldIdentifierCode>not-val</efbc:FieldIdentifierCode></efac:FieldsPrivacy>";
    for (wrapper, namespace) in WRAPPERS {
        let wrapped = |content: &str| format!("<{wrapper}{namespace}>{content}</{wrapper}>");
        let told = |body: &str| {
            let notice = eforms_read::read(notice_with("", "", body).as_bytes()).unwrap();
            assert!(notice.lots.is_empty(), "{body}");
            let told = notice.flags.iter().map(|flag| (flag.kind, flag.at.to_string()));
            (told.collect::<Vec<_>>(), notice.withheld.len())
        };
        let at = |path: &str| (FlagKind::Misplaced, format!("/ContractNotice/{}", path.replace("~", wrapper)));
        assert_eq!(told(&wrapped(&lot)), (vec![at("~/cac:ProcurementProjectLot")], 0));
        let all = format!("{}{}", wrapped("<cbc:Note/>"), wrapped(&wrapped(&format!("{lot}{lot}"))));
        let expected = if wrapper == "cac:Wrapper" {
            vec![at("~[2]/~/cac:ProcurementProjectLot"), at("~[2]/~/cac:ProcurementProjectLot[2]")]
        } else {
            vec![at("~/cbc:Note"), at("~[2]/~/cac:ProcurementProjectLot"), at("~[2]/~/cac:ProcurementProjectLot[2]")]
        };
        assert_eq!(told(&all), (expected, 0));
        // What counts wherever it stands does.
        assert_eq!(told(&wrapped(privacy)), (vec![], 1));
        assert_eq!(told(&wrapped(&wrapped("hei"))), (vec![], 0));
    }
    // Elements of eForms that nobody asks for have names in them that others ask for.
    let party = "<cac:PartyIdentification><cbc:ID>ORG-0001</cbc:ID></cac:PartyIdentification>";
    let result = format!(
        "<efac:NoticeResult><efac:LotResult><cac:FinancingParty>{party}</cac:FinancingParty><cac:PayerParty>{party}</cac:PayerParty>\
         <efac:TenderLot><cbc:ID>LOT-0001</cbc:ID></efac:TenderLot></efac:LotResult>\
         <efac:TenderingParty><cbc:ID>TPA-0001</cbc:ID><efac:SubContractor><cbc:ID>ORG-0001</cbc:ID><efac:MainContractor>\
         <cbc:ID>ORG-0001</cbc:ID></efac:MainContractor></efac:SubContractor></efac:TenderingParty>\
         <efac:SettledContract><cbc:ID>CON-0001</cbc:ID><cac:NoticeDocumentReference><cbc:ID>1-2026</cbc:ID>\
         </cac:NoticeDocumentReference></efac:SettledContract></efac:NoticeResult>"
    );
    let provider = "<cac:ServiceProviderParty><cac:Party><cac:PartyIdentification><cbc:ID>ORG-0001</cbc:ID>\
        </cac:PartyIdentification></cac:Party></cac:ServiceProviderParty></cac:Party></cac:ContractingParty>";
    let other = "<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cbc:IssueDate>2026-01-01Z</cbc:IssueDate></cac:AdditionalDocumentReference>";
    let xml = notice_with(other, &result, &lot).replace("</cac:Party></cac:ContractingParty>", provider);
    assert_eq!(eforms_read::read(xml.as_bytes()).unwrap().flags, []);
}

#[test]
fn a_tender_without_a_lot_or_a_party_and_a_tenderer_without_an_organisation_are_told() {
    let tenderer = "<efac:Tenderer><cbc:ID>ORG-0001</cbc:ID></efac:Tenderer>";
    let nobody = "<efac:Tenderer><efbc:GroupLeadIndicator>true</efbc:GroupLeadIndicator></efac:Tenderer>";
    let party = "<efac:TenderingParty><cbc:ID>TPA-0001</cbc:ID></efac:TenderingParty>";
    let result = format!(
        "<efac:NoticeResult><efac:LotTender><cbc:ID>TEN-0001</cbc:ID>{party}</efac:LotTender>
         <efac:LotTender><cbc:ID>TEN-0002</cbc:ID><efac:TenderLot><cbc:ID>LOT-0001</cbc:ID></efac:TenderLot></efac:LotTender>
         <efac:TenderingParty><cbc:ID>TPA-0001</cbc:ID>{tenderer}</efac:TenderingParty>
         <efac:TenderingParty><cbc:ID>TPA-0002</cbc:ID>{tenderer}{nobody}</efac:TenderingParty></efac:NoticeResult>"
    );
    let notice = eforms_read::read(notice_with("", &result, &lot("")).as_bytes()).unwrap();
    let told: Vec<_> = notice.flags.iter().map(|flag| (flag.kind, &*flag.field, &*flag.at)).collect();
    let at = |field, path| (FlagKind::MissingIdentifier, field, path);
    assert_eq!(
        told,
        [
            at("BT-13714-Tender", extension!("efac:NoticeResult/efac:LotTender/efac:TenderLot/cbc:ID")),
            at("OPT-310-Tender", extension!("efac:NoticeResult/efac:LotTender[2]/efac:TenderingParty/cbc:ID")),
            at("OPT-300-Tenderer", extension!("efac:NoticeResult/efac:TenderingParty[2]/efac:Tenderer[2]/cbc:ID")),
        ]
    );
}

#[test]
fn what_is_withheld_is_named_once_and_the_first_counts() {
    let privacy = "<efac:FieldsPrivacy><efbc:FieldIdentifierCode>win-ten-val</efbc:FieldIdentifierCode>
        <efbc:FieldIdentifierCode>pro-typ</efbc:FieldIdentifierCode></efac:FieldsPrivacy>";
    let notice = eforms_read::read(notice_with("", privacy, "").as_bytes()).unwrap();
    assert_eq!(notice.withheld[0].field.as_deref(), Some("win-ten-val"));
    assert_eq!((kinds(&notice), &*notice.flags[0].value), (BTreeSet::from([FlagKind::Duplicate]), "pro-typ"));
}

#[test]
fn numbers_of_tenders_that_cannot_be_are_told() {
    let told = |outcome: &str, numbers: &[(&str, u32)]| {
        let statistic = |(code, number): &(&str, u32)| {
            format!(
                "<efac:ReceivedSubmissionsStatistics><efbc:StatisticsCode>{code}</efbc:StatisticsCode>
                 <efbc:StatisticsNumeric>{number}</efbc:StatisticsNumeric></efac:ReceivedSubmissionsStatistics>"
            )
        };
        let statistics: String = numbers.iter().map(statistic).collect();
        let result = format!(
            "<efac:NoticeResult><efac:LotResult><cbc:TenderResultCode>{outcome}</cbc:TenderResultCode>{statistics}
             <efac:TenderLot><cbc:ID>LOT-0001</cbc:ID></efac:TenderLot></efac:LotResult></efac:NoticeResult>"
        );
        let notice = eforms_read::read(notice_with("", &result, &lot("")).as_bytes()).unwrap();
        let told = notice.flags.iter().map(|flag| (flag.kind, flag.value.to_string()));
        told.collect::<Vec<_>>()
    };
    let numbers = |numbers: &[(&str, u32)]| told("selec-w", numbers);
    let one = |number: &str| vec![(FlagKind::ContradictingNumber, number.to_owned())];
    let right =
        [("tenders", 6), ("t-sme", 4), ("t-micro", 1), ("t-small", 2), ("t-med", 1), ("t-oth-eea", 5), ("t-no-eea", 1)];
    assert_eq!(numbers(&right), []);
    assert_eq!(numbers(&[("tenders", 2), ("part-req", 9), ("t-esubm", 2)]), []);
    assert_eq!(numbers(&[("t-esubm", 9)]), []);
    assert_eq!(numbers(&[("tenders", 2), ("t-esubm", 3)]), one("3"));
    assert_eq!(numbers(&[("tenders", 2), ("t-verif-inad", 4)]), one("4"));
    assert_eq!(numbers(&[("tenders", 4), ("t-oth-eea", 3), ("t-no-eea", 2)]), one("5"));
    assert_eq!(numbers(&[("tenders", 9), ("t-sme", 2), ("t-micro", 1), ("t-med", 2)]), one("3"));
    assert_eq!(numbers(&[("tenders", 0)]), one("0"));
    assert_eq!(told("clos-nw", &[("tenders", 0)]), []);
}

/// What is kept as text, or by its form: that it is none of its kind is told all the same.
#[test]
fn codes_and_names_of_notices_that_cannot_be_are_told_and_kept() {
    let told = |xml: &str| {
        let notice = eforms_read::read(xml.as_bytes()).unwrap();
        let flags = notice.flags.iter();
        let told = flags.map(|flag| (flag.kind, flag.field.to_string(), flag.value.to_string())).collect::<Vec<_>>();
        (notice, told)
    };
    let one = |kind, field: &str, value: &str| vec![(kind, field.to_owned(), value.to_owned())];
    let cpv = |code: &str| {
        let main = format!("<cbc:ItemClassificationCode>{code}</cbc:ItemClassificationCode>");
        let project = format!(
            "<cac:ProcurementProject><cac:MainCommodityClassification>{main}</cac:MainCommodityClassification></cac:ProcurementProject>"
        );
        let (notice, told) = told(&notice_with("", "", &lot(&project)));
        (notice.lots[0].project.cpv.as_ref().map(|cpv| cpv.as_str().to_owned()).unwrap(), told)
    };
    assert_eq!(cpv("45000000"), ("45000000".to_owned(), vec![]));
    for (code, kept) in [("45000000-7", "45000000"), ("12345678", "12345678"), ("4500000", "4500000")] {
        assert_eq!(cpv(code), (kept.to_owned(), one(FlagKind::BadCpv, "BT-262-Lot", code)));
    }

    let plain = notice_with("", "", "");
    for version in ["1", "02", "10"] {
        assert_eq!(told(&plain.replace("<cbc:VersionID>01<", &format!("<cbc:VersionID>{version}<"))).1, vec![]);
    }
    let (notice, wrong) = told(&plain.replace("<cbc:VersionID>01<", "<cbc:VersionID>siste<"));
    assert_eq!((notice.version.as_deref(), wrong), (Some("siste"), one(FlagKind::BadNumber, "BT-757-notice", "siste")));

    let basis = |basis: &str| format!("<cbc:RegulatoryDomain>{basis}</cbc:RegulatoryDomain>");
    for known in ["32014L0024", "32024R2509", "other"] {
        assert_eq!(told(&notice_with(&basis(known), "", "")).1, vec![]);
    }
    for unknown in ["OTHER", "LOA", "32014L024", "12014L0024"] {
        let (notice, told) = told(&notice_with(&basis(unknown), "", ""));
        let expected = one(FlagKind::UnknownCode, "BT-01-notice", unknown);
        assert_eq!((notice.legal_basis.as_deref(), told), (Some(unknown), expected));
    }

    let change = "<efac:Changes><efbc:ChangedNoticeIdentifier>ukjent</efbc:ChangedNoticeIdentifier></efac:Changes>";
    let (notice, wrong) = told(&notice_with("", change, ""));
    assert!(notice.is_change());
    assert_eq!(wrong, one(FlagKind::DanglingReference, "BT-758-notice", "ukjent"));
    let previous = "<cac:TenderingProcess><cac:NoticeDocumentReference><cbc:ID>UNKNOWN</cbc:ID></cac:NoticeDocumentReference></cac:TenderingProcess>";
    let (_, wrong) = told(&notice_with("", "", &lot(previous)));
    assert_eq!(wrong, one(FlagKind::DanglingReference, "BT-125(i)-Lot", "UNKNOWN"));
}

/// Real notices leave a level out, or write what belongs to an organisation at the buyer, and a result as UBL has it.
#[test]
fn what_stands_where_eforms_has_nothing_of_its_name_is_told_with_what_it_says() {
    let told = |extension: &str, body: &str| {
        let notice = eforms_read::read(notice_with("", extension, body).as_bytes()).unwrap();
        let of_kind = notice.flags.iter().filter(|flag| flag.kind == FlagKind::Misplaced);
        of_kind.map(|flag| (flag.at.replacen("/ContractNotice/", "", 1), flag.value.to_string())).collect::<Vec<_>>()
    };
    let one = |at: &str, value: &str| vec![(at.to_owned(), value.to_owned())];
    let estimate = "<cbc:EstimatedOverallContractAmount currencyID=\"NOK\"> 500 </cbc:EstimatedOverallContractAmount>";
    let project = |content: &str| lot(&format!("<cac:ProcurementProject>{content}</cac:ProcurementProject>"));
    let within = "cac:ProcurementProjectLot/cac:ProcurementProject";
    assert_eq!(told("", &project(estimate)), one(&format!("{within}/cbc:EstimatedOverallContractAmount"), "500"));
    let right = format!("<cac:RequestedTenderTotal>{estimate}</cac:RequestedTenderTotal>");
    assert_eq!(told("", &project(&right)), vec![]);
    // Of another namespace.
    let other = "<efbc:Name languageID=\"NOB\">Tittel</efbc:Name>";
    assert_eq!(told("", &project(other)), one(&format!("{within}/efbc:Name"), "Tittel"));
    // What has elements in it is told of once, by its place.
    let address = "<cac:PostalAddress><cbc:CityName>Bergen</cbc:CityName><cac:Country>\
        <cbc:IdentificationCode>NOR</cbc:IdentificationCode></cac:Country></cac:PostalAddress>";
    assert_eq!(told("", &project(address)), one(&format!("{within}/cac:PostalAddress"), ""));
    let result = "<cac:TenderResult><cbc:TenderResultCode>clos-nw</cbc:TenderResultCode>\
        <cbc:AwardDate>2026-01-01Z</cbc:AwardDate></cac:TenderResult>";
    assert_eq!(told("", result), one("cac:TenderResult/cbc:TenderResultCode", "clos-nw"));
    // What nobody here asks for is not told, whether eForms has it there or not.
    let elsewhere = "<cac:SenderParty><cac:Contact><cbc:ElectronicMail>a@b.no</cbc:ElectronicMail>\
        <cbc:JobTitle>Leder</cbc:JobTitle></cac:Contact></cac:SenderParty>";
    assert_eq!(told("", elsewhere), vec![]);
}

#[test]
fn what_reads_as_a_number_but_is_none_of_its_kind_is_noted() {
    let tender = |rank: &str| {
        format!(
            "<efac:NoticeResult><efac:LotTender><cbc:ID>TEN-0001</cbc:ID><cbc:RankCode>{rank}</cbc:RankCode>{OF_LOT}</efac:LotTender>
             {PARTY}</efac:NoticeResult>"
        )
    };
    for (rank, read, noted) in [("2", Some(2), 0), ("99999999999", None, 1), ("1.5", None, 1), ("1E1", Some(10), 1)] {
        let notice = eforms_read::read(notice_with("", &tender(rank), "").as_bytes()).unwrap();
        assert_eq!((notice.result.tenders[0].rank, notice.flags.len()), (read, noted), "{rank}");
    }
    for (code, all, noted) in [("all", true, 0), ("none", false, 1)] {
        let part = format!(
            "<cac:TenderingProcess><cbc:PartPresentationCode>{code}</cbc:PartPresentationCode></cac:TenderingProcess>"
        );
        let notice = eforms_read::read(notice_with("", "", &part).as_bytes()).unwrap();
        assert_eq!((notice.procedure.all_lots_required, notice.flags.len()), (all, noted), "{code}");
    }
}

#[test]
fn a_text_that_comes_twice_in_one_language_is_kept_and_noted() {
    let name = |language: &str, text: &str| format!("<cbc:Name languageID=\"{language}\">{text}</cbc:Name>");
    let project = |names: &str| lot(&format!("<cac:ProcurementProject>{names}</cac:ProcurementProject>"));
    let both = project(&(name("NOB", "A") + &name("NNO", "B") + &name("NOB", "C")));
    let notice = eforms_read::read(notice_with("", "", &both).as_bytes()).unwrap();
    assert_eq!(notice.lots[0].project.title.iter().map(|title| &*title.text).collect::<String>(), "ABC");
    assert_eq!((notice.flags.len(), notice.flags[0].kind), (1, FlagKind::Duplicate));
    assert!(notice.flags[0].at.ends_with("/cbc:Name[3]"));
}

/// Nothing outside the document is looked for, whichever way it asks.
#[test]
fn what_a_document_includes_is_not_fetched() {
    let include =
        "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"file:///etc/passwd\" parse=\"text\"/>";
    let xml = notice_with("", "", "").replace("Sykehjemsplasser", include);
    let notice = eforms_read::read(xml.as_bytes()).unwrap();
    assert!(notice.project.title.is_empty());
    assert_eq!(kinds(&notice), BTreeSet::from([FlagKind::MarkupInText, FlagKind::Empty, FlagKind::Missing]));
    let doctype = "<!DOCTYPE a [<!ENTITY % b SYSTEM \"http://127.0.0.1:9/\"> %b; <!ENTITY c SYSTEM \"/etc/passwd\">]>";
    let xml = notice_with("", "", "")
        .replace("<ContractNotice", &format!("{doctype}<ContractNotice"))
        .replace("Sykehjemsplasser", "&c;");
    let notice = eforms_read::read(xml.as_bytes()).unwrap();
    assert_eq!(&*notice.project.title[0].text, "&c;");
    assert_eq!(kinds(&notice), BTreeSet::from([FlagKind::Doctype, FlagKind::UnknownEntity]));
}

/// Days, times and numbers as programs get them wrong: what is read is what is written, and what is not is told.
#[test]
fn days_and_times_are_read_as_written_or_noted() {
    let issued = |day: &str, time: &str| {
        let xml = notice_with("", "", "").replace("2026-02-27+01:00", day).replace("12:00:00+01:00", time);
        let notice = eforms_read::read(xml.as_bytes()).unwrap();
        let instant = notice.issued.instant().map(|instant| instant.to_rfc3339());
        (instant.unwrap_or_default(), notice.flags.iter().map(|flag| flag.kind).collect::<Vec<_>>())
    };
    let noon = |hour: &str| format!("2026-02-27T{hour}:00:00+00:00");
    let cases = [
        ("2026-02-27Z", "12:00:00Z", noon("12"), vec![]),
        ("2026-02-27+01:00", "12:00:00.000+01:00", noon("11"), vec![]),
        ("2026-02-27-05:00", "12:00:00-05:00", noon("17"), vec![]),
        ("2026-02-27", "12:00:00Z", noon("12"), vec![]),
        (" 2026-02-27Z\n", "\t12:00:00Z ", noon("12"), vec![]),
        ("2026-02-27T00:00:00Z", "12:00:00Z", noon("12"), vec![FlagKind::BadDate]),
        ("2026-02-27Z", "12:00Z", noon("12"), vec![FlagKind::BadTime]),
        ("2026-02-27+14:00", "12:00:00+14:00", "2026-02-26T22:00:00+00:00".into(), vec![]),
        ("2026-02-29Z", "12:00:00Z", String::new(), vec![FlagKind::BadDate]),
        ("27.02.2026", "12:00:00Z", String::new(), vec![FlagKind::BadDate]),
        ("2026-02-27+15:00", "12:00:00Z", String::new(), vec![FlagKind::BadDate]),
        ("2026-02-27Z", "24:00:00Z", String::new(), vec![FlagKind::BadTime]),
        ("2026-02-27Z", "23:59:60Z", String::new(), vec![FlagKind::BadTime]),
        ("2026-02-27Z", "12.00", String::new(), vec![FlagKind::BadTime]),
        ("2026-02-27", "12:00:00", String::new(), vec![FlagKind::MissingZone]),
        ("26-02-27Z", "12:00:00Z", String::new(), vec![FlagKind::BadDate]),
        // What programs write where they have no day.
        ("0001-01-01Z", "12:00:00Z", "0001-01-01T12:00:00+00:00".into(), vec![FlagKind::BadDate]),
    ];
    for (day, time, instant, flags) in cases {
        assert_eq!(issued(day, time), (instant, flags), "{day} {time}");
    }
}

/// Twenty thousand results of one contract of twenty thousand tenders: what won is no more than what was written.
#[test]
fn who_won_is_no_more_than_was_written() {
    use eforms_read::facts::{Contract, LotResult, NoticeResult, Reference, Tender};
    let many = 20_000_u32;
    let to = |at: u32| Reference { id: "X".into(), at: Some(at) };
    let result = LotResult { contracts: vec![to(0)], ..LotResult::default() };
    let notice = Notice {
        result: NoticeResult {
            lots: vec![result; many as usize],
            tenders: vec![Tender::default(); many as usize],
            contracts: vec![Contract { tenders: (0..many).map(to).collect(), ..Contract::default() }],
            ..NoticeResult::default()
        },
        ..Notice::default()
    };
    let won: Vec<usize> = notice.winning_tenders().iter().map(Vec::len).collect();
    assert_eq!((won[0], won.iter().sum::<usize>()), (many as usize, many as usize));
}
