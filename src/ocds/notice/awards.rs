//! What came of it: what was received, who won, and contracts.
use super::parties::Parties;
use super::values::{classification, code, instant, number, once, share, text, value};
use super::{Form, Names, Whole};
use crate::notices::codelists::{Applicability, WinnerChosen};
use crate::notices::{Amount, Code, LotResult, Notice, Reference, Tender};
use crate::ocds::codes;
use crate::ocds::release::{
    Amendment, Award, Bid, Bids, Contract, OrganizationReference, SimpleIdentifier, Statistic, Subcontracting,
};
use std::collections::{HashMap, HashSet};

pub(super) fn outcome(whole: &Whole<'_>, parties: &Parties) -> (Bids, Vec<Award>, Vec<Contract>) {
    let result = &whole.notice.result;
    let bid_ids = ids(result.tenders.iter().map(|tender| tender.id.as_deref()), "TEN", whole.names);
    let award_ids = ids(result.lots.iter().map(|lot| lot.id.as_deref()), "RES", whole.names);
    let contract_ids = ids(result.contracts.iter().map(|contract| contract.id.as_deref()), "CON", whole.names);
    let bids = Bids {
        statistics: statistics(whole),
        details: result.tenders.iter().zip(&bid_ids).map(|(tender, id)| bid(whole, parties, tender, id)).collect(),
    };
    let winners = whole.notice.winning_tenders().into_iter().zip(whole.notice.signed_winners());
    let awarded = result.lots.iter().zip(&award_ids).zip(winners);
    let mut awards: Vec<Award> =
        awarded.map(|((lot, id), (won, signed))| award(whole, parties, lot, id, (&won, &signed), &bid_ids)).collect();
    let results = results_of_contracts(&result.lots);
    let mut contracts = Vec::new();
    for (at, (contract, id)) in result.contracts.iter().zip(&contract_ids).enumerate() {
        let award_id = match results.get(&at).and_then(|result| award_ids.get(*result)) {
            Some(award) => award.clone(),
            // OCDS has no contract without an award. A change of a contract tells of no result: the award is only named.
            None => {
                awards.push(Award {
                    id: format!("award-of-{id}"),
                    related_bids: tenders(&contract.tenders, &bid_ids),
                    ..Award::default()
                });
                format!("award-of-{id}")
            }
        };
        contracts.push(Contract {
            id: id.clone(),
            award_i_d: award_id,
            title: text(whole.notice, &contract.title),
            status: if whole.form == Form::Completion { "terminated" } else { "active" }.to_owned(),
            date_signed: contract.concluded.and_then(instant).unwrap_or_default(),
            identifiers: contract
                .reference
                .iter()
                .filter(|id| ***id != *"unpublished")
                .map(|id| SimpleIdentifier { id: id.to_string(), scheme: "internal".to_owned() })
                .collect(),
            related_bids: tenders(&contract.tenders, &bid_ids),
            amendments: modifications(whole.notice, at),
            ..Contract::default()
        });
    }
    (bids, awards, contracts)
}

/// The name of each, or its place where it has none or one that is taken.
fn ids<'a>(own: impl Iterator<Item = Option<&'a str>>, kind: &str, names: &Names) -> Vec<String> {
    let mut taken = HashSet::new();
    // With a # it might be one of those that we make.
    let free = own.map(|own| own.filter(|id| !id.is_empty() && !id.contains('#') && taken.insert(*id)));
    let name = |(at, id): (usize, Option<&str>)| match id {
        Some(id) => names.name(id),
        None => names.name(format_args!("{kind}#{}", at + 1)),
    };
    free.enumerate().map(name).collect()
}

fn points_at(reference: &Reference, at: usize) -> bool {
    reference.at.and_then(|place| usize::try_from(place).ok()) == Some(at)
}

/// The first result that names each contract, by the place of the contract.
fn results_of_contracts(lots: &[LotResult]) -> HashMap<usize, usize> {
    let mut results = HashMap::new();
    for (result, lot) in lots.iter().enumerate() {
        for at in lot.contracts.iter().filter_map(|reference| usize::try_from(reference.at?).ok()) {
            results.entry(at).or_insert(result);
        }
    }
    results
}

fn tenders(references: &[Reference], ids: &[String]) -> Vec<String> {
    once(references.iter().filter_map(|reference| reference.in_list(ids).cloned()))
}

/// The name that the lot has in the release. What leads to no lot is taken for the only one, and is left out where there are
/// several.
fn lot(whole: &Whole<'_>, reference: &Option<Reference>) -> Vec<String> {
    let Some(reference) = reference else { return Vec::new() };
    let known = reference.in_list(&whole.lot_ids);
    known.or_else(|| super::lots::only(whole)).cloned().into_iter().collect()
}

fn statistics(whole: &Whole<'_>) -> Vec<Statistic> {
    let mut statistics: Vec<Statistic> = Vec::new();
    for result in &whole.notice.result.lots {
        let related_lot = lot(whole, &result.lot).pop().unwrap_or_default();
        let mut add = |measure: &'static str, value, currency: String| {
            let id = whole.names.name(statistics.len() + 1);
            statistics.push(Statistic { id, measure, value: Some(value), currency, related_lot: related_lot.clone() });
        };
        for statistic in &result.statistics {
            let kind = statistic.of.as_ref().and_then(Code::known);
            if let (Some(kind), Some(count)) = (kind, statistic.count.and_then(|count| count.number())) {
                add(codes::measure(kind), count.into(), String::new());
            }
        }
        for (measure, amount) in [("lowestValidBidValue", result.lowest), ("highestValidBidValue", result.highest)] {
            let known = amount.filter(|amount: &Amount| !amount.number.is_negative());
            if let Some((amount, of)) = known.and_then(|amount| Some((amount, number(amount.number)?))) {
                add(measure, of, amount.currency.and_then(codes::currency).unwrap_or_default());
            }
        }
    }
    statistics
}

fn tenderers(whole: &Whole<'_>, parties: &Parties, tender: &Tender) -> Vec<OrganizationReference> {
    let party = tender.party.as_ref().and_then(|reference| reference.in_list(&whole.notice.result.parties));
    let tenderers = party.map(|party| &*party.tenderers).unwrap_or_default();
    once(tenderers.iter().filter_map(|tenderer| parties.reference(whole.notice, &tenderer.organisation)))
}

fn bid(whole: &Whole<'_>, parties: &Parties, tender: &Tender, id: &str) -> Bid {
    let subcontracted = tender.subcontracted.as_ref().and_then(Code::known);
    let percent = tender.subcontracted_percent.and_then(share);
    Bid {
        id: id.to_owned(),
        status: "valid".to_owned(),
        tenderers: tenderers(whole, parties, tender),
        value: value(tender.value),
        related_lots: lot(whole, &tender.lot),
        identifiers: tender
            .reference
            .iter()
            .filter(|id| ***id != *"unpublished")
            .map(|id| SimpleIdentifier { id: id.to_string(), scheme: "internal".to_owned() })
            .collect(),
        rank: tender.rank.filter(|rank| *rank > 0),
        has_rank: tender.ranked,
        variant: tender.variant,
        has_subcontracting: match subcontracted {
            Some(Applicability::Yes) => Some(true),
            Some(Applicability::No) => Some(false),
            Some(Applicability::NotKnown) | None => None,
        },
        subcontracting: Subcontracting {
            value: value(tender.subcontracted_value),
            // The most that goes to others is more than nothing, as the profile for eForms has it.
            maximum_percentage: percent.clone().filter(|share| share.as_f64() != Some(0.0)),
            minimum_percentage: percent,
        },
        countries_of_origin: once(tender.origins.iter().filter_map(|c| codes::country(*c)).map(str::to_owned)),
    }
}

/// `won` are the tenders, and who signed where these tell of nobody.
fn award(
    whole: &Whole<'_>,
    parties: &Parties,
    result: &LotResult,
    id: &str,
    (won, signed): (&[u32], &[&Reference]),
    bid_ids: &[String],
) -> Award {
    let notice = whole.notice;
    let winning: Vec<&Tender> = won.iter().filter_map(|at| notice.result.tenders.get(*at as usize)).collect();
    let contracts = result.contracts.iter().filter_map(|reference| reference.in_list(&notice.result.contracts));
    Award {
        id: id.to_owned(),
        title: String::new(),
        status: match result.outcome.as_ref().and_then(Code::known) {
            Some(WinnerChosen::Awarded) => "active",
            Some(WinnerChosen::ClosedWithoutAward) => "unsuccessful",
            Some(WinnerChosen::StillOpen) => "pending",
            None => "",
        }
        .to_owned(),
        status_details: code(&result.not_awarded).unwrap_or_default(),
        date: contracts.filter_map(|contract| contract.decided).find_map(instant).unwrap_or_default(),
        // What several tenders come to together is nowhere told.
        value: match winning[..] {
            [only] => value(only.value),
            _ => crate::ocds::release::Value::default(),
        },
        suppliers: suppliers(whole, parties, &winning, signed),
        related_lots: lot(whole, &result.lot),
        related_bids: won.iter().filter_map(|at| bid_ids.get(*at as usize).cloned()).collect(),
        maximum_value: value(result.framework_maximum),
        estimated_value: value(result.framework_reestimated),
    }
}

/// Who made the tenders that won; or, where the notice tells of no tenderers, who signed.
fn suppliers(
    whole: &Whole<'_>,
    parties: &Parties,
    winning: &[&Tender],
    signed: &[&Reference],
) -> Vec<OrganizationReference> {
    let suppliers = once(winning.iter().flat_map(|tender| tenderers(whole, parties, tender)));
    if !suppliers.is_empty() {
        return suppliers;
    }
    once(signed.iter().filter_map(|signatory| parties.reference(whole.notice, &Some((*signatory).clone()))))
}

/// BT-1501, BT-200: how the contract was changed.
fn modifications(notice: &Notice, contract: usize) -> Vec<Amendment> {
    let of = |m: &&crate::notices::Modification| m.contract.as_ref().is_some_and(|c| points_at(c, contract));
    notice
        .modifications
        .iter()
        .filter(of)
        .enumerate()
        .map(|(at, modification)| Amendment {
            // Contracts are changed more than once.
            id: format!("{}-{}", notice.id.as_deref().unwrap_or_default(), at + 1),
            rationale_classifications: code(&modification.reason)
                .map(|id| classification("eu-modification-justification", id))
                .into_iter()
                .collect(),
            ..Amendment::default()
        })
        .collect()
}
