//! When all of a notice is read: finds what is missing, and which organisations are in the Norwegian register.
use super::doubts::{At, Doubts, Item};
use crate::facts::codelists::{FormType, Submission, WinnerChosen};
use crate::facts::{Buyer, Code, DocumentKind, FlagKind, LotResult, Notice, NoticeResult, Profile, WITHHELD};
use regulations::OrganisationNumber;
use std::collections::HashSet;

/// Norway, and Svalbard and Jan Mayen, whose organisations are in the same register.
const NORWEGIAN: [&str; 2] = ["NOR", "SJM"];

/// Notes what every notice must say and this one does not.
pub(super) fn find_missing(notice: &Notice, doubts: &mut Doubts<'_>) {
    let mut missing = |there: bool, field: &'static str, path: &'static str| {
        if !there {
            doubts.miss(FlagKind::Missing, field, At::Root(path));
        }
    };
    let is_procurement = notice.document != DocumentKind::BusinessRegistration;
    let has_procedure = matches!(notice.document, DocumentKind::Contract | DocumentKind::ContractAward);
    missing(notice.version.is_some(), "BT-757-notice", "cbc:VersionID");
    missing(notice.customization.text.is_some(), "OPT-002-notice", "cbc:CustomizationID");
    missing(notice.subtype.is_some(), "OPP-070-notice", "{ext}/efac:NoticeSubType/cbc:SubTypeCode");
    missing(notice.form.is_some(), "BT-03-notice", "cbc:NoticeTypeCode/@listName");
    missing(notice.notice_type.is_some(), "BT-02-notice", "cbc:NoticeTypeCode");
    missing(notice.issued.date.is_some(), "BT-05(a)-notice", "cbc:IssueDate");
    missing(notice.language.is_some(), "BT-702(a)-notice", "cbc:NoticeLanguageCode");
    missing(notice.procedure_id.is_some() || !has_procedure, "BT-04-notice", "cbc:ContractFolderID");
    missing(!notice.buyers.is_empty() || !is_procurement, "OPT-300-Procedure-Buyer", "cac:ContractingParty");
    let is_told = notice.change.as_ref().is_none_or(|change| change.notice.is_some());
    missing(is_told, "BT-758-notice", "{ext}/efac:Changes/efbc:ChangedNoticeIdentifier");
    missing(!notice.project.title.is_empty() || !is_procurement, "BT-21-Procedure", "cac:ProcurementProject/cbc:Name");

    find_missing_identifiers(notice, doubts);

    let is_result = notice.form.as_ref().is_some_and(|form| *form == FormType::Result);
    for (nth, result) in notice.result.lots.iter().enumerate() {
        let at = |below| At::In(Item::Result, nth, below);
        if is_result && result.outcome.is_none() {
            doubts.miss(FlagKind::Missing, "BT-142-LotResult", at("cbc:TenderResultCode"));
        }
        let statistics = "efac:ReceivedSubmissionsStatistics";
        if result.statistics.iter().any(|statistic| statistic.of.is_none()) {
            doubts.miss(FlagKind::MissingCode, "BT-760-LotResult", at(statistics));
        }
        let withheld = |code: &Option<_>| matches!(code, Some(Code::Withheld));
        if result.statistics.iter().any(|statistic| statistic.count.is_none() && !withheld(&statistic.of)) {
            doubts.miss(FlagKind::Missing, "BT-759-LotResult", at(statistics));
        }
        if let Some(number) = contradicting_number(result) {
            doubts.add_at(FlagKind::ContradictingNumber, "BT-759-LotResult", at(statistics), &number.to_string());
        }
    }
}

/// A number of tenders that the rest of the result says cannot be: none where somebody won, more of a kind than there are, or more
/// micro, small and medium companies together.
fn contradicting_number(result: &LotResult) -> Option<u32> {
    use Submission::{Medium, Micro, OtherEea, OutsideEea, ParticipationRequests, Small, SmallOrMedium, Tenders};
    let received = |kind: Submission| {
        let told = result.statistics.iter().rfind(|statistic| statistic.of == Some(Code::Known(kind)));
        told?.count?.number()
    };
    let tenders = received(Tenders)?;
    let was_won = result.outcome == Some(Code::Known(WinnerChosen::Awarded));
    if was_won && tenders == 0 {
        return Some(tenders);
    }
    let kinds = result.statistics.iter().filter_map(|statistic| statistic.of.as_ref()?.known());
    let of_tenders = kinds.filter(|kind| !matches!(kind, Tenders | ParticipationRequests));
    let sum = |kinds: &[Submission]| kinds.iter().filter_map(|kind| received(*kind)).fold(0, u32::saturating_add);
    of_tenders
        .filter_map(received)
        .chain([sum(&[OtherEea, OutsideEea]), sum(&[Micro, Small, Medium])])
        .find(|of_kind| *of_kind > tenders)
        .or_else(|| {
            Some(sum(&[Micro, Small, Medium])).filter(|sum| received(SmallOrMedium).is_some_and(|all| *sum > all))
        })
}

fn find_missing_identifiers(notice: &Notice, doubts: &mut Doubts<'_>) {
    let mut missing = |there: bool, field: &'static str, at: At| {
        if !there {
            doubts.miss(FlagKind::MissingIdentifier, field, at);
        }
    };
    missing(notice.id.is_some(), "BT-701-notice", At::Root("cbc:ID"));
    for (nth, lot) in notice.lots.iter().enumerate() {
        missing(lot.id.is_some(), "BT-137-Lot", At::In(Item::Lot, nth, "cbc:ID"));
        missing(lot.kind.is_some(), "BT-137-Lot-Scheme", At::In(Item::Lot, nth, "cbc:ID/@schemeName"));
    }
    if notice.document != DocumentKind::BusinessRegistration {
        for (nth, organisation) in notice.organisations.iter().enumerate() {
            let at = At::In(Item::Organisation, nth, "efac:Company/cac:PartyIdentification/cbc:ID");
            missing(organisation.id.is_some(), "OPT-200-Organization-Company", at);
        }
    }
    for (nth, buyer) in notice.buyers.iter().enumerate() {
        let at = At::In(Item::Buyer, nth, "cac:Party/cac:PartyIdentification/cbc:ID");
        missing(buyer.organisation.is_some(), "OPT-300-Procedure-Buyer", at);
    }
    let result = &notice.result;
    for (nth, lot) in result.lots.iter().enumerate() {
        missing(lot.lot.is_some(), "BT-13713-LotResult", At::In(Item::Result, nth, "efac:TenderLot/cbc:ID"));
    }
    for (nth, tender) in result.tenders.iter().enumerate() {
        missing(tender.id.is_some(), "OPT-321-Tender", At::In(Item::Tender, nth, "cbc:ID"));
        missing(tender.lot.is_some(), "BT-13714-Tender", At::In(Item::Tender, nth, "efac:TenderLot/cbc:ID"));
        missing(tender.party.is_some(), "OPT-310-Tender", At::In(Item::Tender, nth, "efac:TenderingParty/cbc:ID"));
    }
    for (nth, party) in result.parties.iter().enumerate() {
        missing(party.id.is_some(), "OPT-210-Tenderer", At::In(Item::Party, nth, "cbc:ID"));
    }
    for (nth, tenderer) in result.parties.iter().flat_map(|party| &party.tenderers).enumerate() {
        missing(tenderer.organisation.is_some(), "OPT-300-Tenderer", At::In(Item::Tenderer, nth, "cbc:ID"));
    }
    for (nth, contract) in result.contracts.iter().enumerate() {
        missing(contract.id.is_some(), "OPT-316-Contract", At::In(Item::Contract, nth, "cbc:ID"));
    }
}

/// Recognises the organisation numbers of Norwegian organisations, and notes where there should be one and is none. To be
/// called when references have been followed.
pub(super) fn recognise_numbers(notice: &mut Notice, doubts: &mut Doubts<'_>) {
    let norwegian_rules =
        matches!(notice.customization.profile, Profile::NorEu | Profile::NorNational | Profile::NorNationalE);
    let known_by_number = those_that_buy_or_tender(&notice.buyers, &notice.result);
    let below = match notice.document {
        DocumentKind::BusinessRegistration => "cac:PartyLegalEntity/cbc:CompanyID",
        _ => "efac:Company/cac:PartyLegalEntity/cbc:CompanyID",
    };
    for (nth, organisation) in notice.organisations.iter_mut().enumerate() {
        let norwegian = organisation.country.map_or(norwegian_rules, |country| NORWEGIAN.contains(&country.as_str()));
        if !norwegian || organisation.is_person == Some(true) {
            continue;
        }
        organisation.number = organisation.identifiers.iter().find_map(|text| number(text));
        if organisation.number.is_some() {
            continue;
        }
        let (field, at) = ("BT-501-Organization-Company", At::In(Item::Organisation, nth, below));
        match organisation.identifiers.first() {
            Some(text) => doubts.add_at(FlagKind::BadOrganisationNumber, field, at, text),
            None if known_by_number.contains(&nth) => doubts.miss(FlagKind::MissingOrganisationNumber, field, at),
            None => {}
        }
    }
}

/// The places of the organisations that must be known by their number.
fn those_that_buy_or_tender(buyers: &[Buyer], result: &NoticeResult) -> HashSet<usize> {
    let buyers = buyers.iter().map(|buyer| &buyer.organisation);
    let tenderers = result.parties.iter().flat_map(|party| &party.tenderers).map(|tenderer| &tenderer.organisation);
    let places = buyers.chain(tenderers).filter_map(|reference| reference.as_ref()?.at);
    places.filter_map(|place| usize::try_from(place).ok()).collect()
}

/// −1 is what eForms writes in the place of a withheld amount, and `unpublished` in that of a code, be it of a country or a
/// currency. It is wrong only where the notice withholds nothing.
pub(super) fn forgive_withheld(notice: &mut Notice) {
    if !notice.withheld.is_empty() {
        notice.flags.retain(|flag| match flag.kind {
            FlagKind::NegativeAmount => &*flag.value != "-1",
            FlagKind::BadCountry | FlagKind::BadCurrency => &*flag.value != WITHHELD,
            _ => true,
        });
    }
}

/// An organisation number as notices write it: with spaces, with `NO` before it, with `MVA` after it.
fn number(text: &str) -> Option<OrganisationNumber> {
    let plain = text.trim();
    let plain = strip_prefix_of_any_case(plain, "NO").unwrap_or(plain);
    let end = plain.len().saturating_sub(3);
    let plain = match (plain.get(..end), plain.get(end..)) {
        (Some(number), Some(suffix)) if suffix.eq_ignore_ascii_case("MVA") => number,
        _ => plain,
    };
    OrganisationNumber::parse(plain).ok()
}

fn strip_prefix_of_any_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_organisation_number_is_recognised_in_every_dress() {
        for text in
            ["974760673", "974 760 673", " NO 974760673 MVA", "no974760673mva", "974760673MVA", "974\u{a0}760673"]
        {
            assert_eq!(number(text).map(|number| number.as_str().to_owned()).as_deref(), Some("974760673"), "{text}");
        }
        for text in ["", "NO", "MVA", "NOMVA", "SE974760673", "974760674", "Org.nr. 974760673", "æøå", "97476067æMVA"]
        {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
