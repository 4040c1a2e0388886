//! Everybody that the notice names, once, with what they do in it.
use super::Names;
use super::tender::{country_name, is_url};
use super::values::{classification, code, once, text};
use crate::notices::{Notice, Organisation, Reference};
use crate::ocds::codes;
use crate::ocds::release::{Address, ContactPoint, Details, Identifier, Organization, OrganizationReference};
use std::collections::BTreeSet;

/// The register of Norwegian organisations, as org-id.guide names it.
const REGISTER: &str = "NO-BRC";

/// How the parties of a release are referred to, by the place of the organisation in the notice.
pub(super) struct Parties {
    references: Vec<OrganizationReference>,
    buyer: Option<usize>,
}

impl Parties {
    pub fn of(notice: &Notice, names: &Names) -> (Self, Vec<Organization>) {
        let mut parties: Vec<Organization> = Vec::new();
        for (at, organisation) in notice.organisations.iter().enumerate() {
            let id = id(organisation, at, names, &parties);
            parties.push(party(notice, organisation, id));
        }
        let references = parties.iter().map(OrganizationReference::from).collect();
        let buyer = notice.buyers.iter().find_map(|buyer| at(&buyer.organisation, notice));
        give_roles(notice, &mut parties);
        (Self { references, buyer }, parties)
    }

    /// The first buyer.
    pub fn buyer(&self) -> OrganizationReference {
        self.buyer.and_then(|at| self.references.get(at)).cloned().unwrap_or_default()
    }

    pub fn reference(&self, notice: &Notice, organisation: &Option<Reference>) -> Option<OrganizationReference> {
        self.references.get(at(organisation, notice)?).cloned()
    }
}

fn at(reference: &Option<Reference>, notice: &Notice) -> Option<usize> {
    let at = usize::try_from(reference.as_ref()?.at?).ok()?;
    (at < notice.organisations.len()).then_some(at)
}

/// The organisation number, so that it is the same party in every release; else what the notice calls it.
fn id(organisation: &Organisation, at: usize, names: &Names, taken: &[Organization]) -> String {
    let number = organisation.number.as_ref().map(|number| format!("{REGISTER}-{}", number.as_str()));
    let own = organisation.id.as_deref().filter(|id| !id.is_empty() && !id.contains('#')).map(|id| names.name(id));
    let free = |id: &String| !taken.iter().any(|party| party.id == *id);
    // With a # it is none that a notice gives.
    let place = names.name(format_args!("ORG#{}", at + 1));
    [number, own].into_iter().flatten().find(free).unwrap_or(place)
}

fn party(notice: &Notice, organisation: &Organisation, id: String) -> Organization {
    let name = text(notice, &organisation.name);
    let identifier =
        |scheme: &str, id: &str| Identifier { scheme: scheme.to_owned(), id: id.to_owned(), legal_name: String::new() };
    let mut identifiers = organisation.identifiers.iter().filter(|id| !id.is_empty() && ***id != *"unpublished");
    let first = match &organisation.number {
        Some(number) => Some(identifier(REGISTER, number.as_str())),
        None => identifiers.next().map(|id| identifier("", id)),
    };
    let is_first = |id: &str| first.as_ref().is_some_and(|first| id.split_whitespace().collect::<String>() == first.id);
    let others = once(identifiers.filter(|id| !is_first(id)).map(|id| identifier("", id)));
    let web = |url: &Option<Box<str>>| url.as_deref().filter(|url| is_url(url)).unwrap_or_default().to_owned();
    Organization {
        id,
        identifier: first.map(|first| Identifier { legal_name: name.clone(), ..first }).unwrap_or_default(),
        additional_identifiers: others,
        name,
        address: Address {
            locality: organisation.city.as_deref().unwrap_or_default().to_owned(),
            region: organisation.nuts.as_deref().unwrap_or_default().to_owned(),
            postal_code: organisation.postcode.as_deref().unwrap_or_default().to_owned(),
            country_name: country_name(organisation.country),
            country: organisation.country.and_then(codes::country).unwrap_or_default().to_owned(),
            description: String::new(),
        },
        contact_point: ContactPoint {
            email: organisation.email.as_deref().filter(|email| email.contains('@')).unwrap_or_default().to_owned(),
            ..ContactPoint::default()
        },
        roles: Vec::new(),
        details: Details {
            scale: organisation
                .size
                .as_ref()
                .and_then(crate::notices::Code::known)
                .map(|size| size.as_str().to_owned())
                .unwrap_or_default(),
            url: web(&organisation.website),
            listed_on_regulated_market: organisation.is_listed,
            ..Details::default()
        },
    }
}

fn give_roles(notice: &Notice, parties: &mut [Organization]) {
    let mut give = |reference: &Option<Reference>, role: &'static str| {
        let party = at(reference, notice).and_then(|at| parties.get_mut(at));
        if let Some(party) = party.filter(|party| !party.roles.contains(&role)) {
            party.roles.push(role);
        }
    };
    for (place, buyer) in notice.buyers.iter().enumerate() {
        give(&buyer.organisation, "buyer");
        if place == 0 {
            give(&buyer.organisation, "procuringEntity");
        }
    }
    for party in &notice.result.parties {
        for tenderer in &party.tenderers {
            give(&tenderer.organisation, "tenderer");
            if tenderer.leads == Some(true) {
                give(&tenderer.organisation, "leadTenderer");
            }
        }
        for subcontractor in &party.subcontractors {
            give(&Some(subcontractor.clone()), "subcontractor");
        }
    }
    let winners = notice.winning_tenders();
    let won: BTreeSet<u32> = winners.iter().flatten().copied().collect();
    for tender in won.iter().filter_map(|at| notice.result.tenders.get(*at as usize)) {
        let party = tender.party.as_ref().and_then(|reference| reference.in_list(&notice.result.parties));
        for tenderer in party.map(|party| &*party.tenderers).unwrap_or_default() {
            give(&tenderer.organisation, "supplier");
        }
    }
    // Of results that name no tenderers: one that does has given them the role already.
    for (won, signed) in winners.iter().zip(notice.signed_winners()) {
        let of_tender =
            |at: &u32| notice.result.tenders.get(*at as usize).is_some_and(|t| notice.tenderers_of(t).next().is_some());
        if !won.iter().any(of_tender) {
            signed.into_iter().for_each(|signatory| give(&Some(signatory.clone()), "supplier"));
        }
    }
    for body in notice.lots.iter().flat_map(|lot| &lot.terms.review_bodies) {
        give(&Some(body.clone()), "reviewBody");
    }
    for (at, organisation) in notice.organisations.iter().enumerate() {
        let Some(party) = parties.get_mut(at) else { continue };
        if organisation.leads_buyers == Some(true) {
            party.roles.push("leadBuyer");
        }
        if organisation.awards_for_others == Some(true) {
            party.roles.push("centralPurchasingBody");
        }
        if organisation.buys_for_others == Some(true) {
            party.roles.push("wholesaleBuyer");
        }
    }
    for buyer in &notice.buyers {
        let Some(party) = at(&buyer.organisation, notice).and_then(|at| parties.get_mut(at)) else { continue };
        let kinds = code(&buyer.legal_type).map(|id| classification("TED_CA_TYPE", id)).into_iter();
        let contracting = code(&buyer.contracting_type).map(|id| classification("eu-buyer-contracting-type", id));
        let activities =
            buyer.activities.iter().map(|activity| classification("eu-main-activity", activity.as_str().to_owned()));
        for kind in kinds.chain(contracting).chain(activities).filter(|kind| kind.id != "unpublished") {
            if !party.details.classifications.contains(&kind) {
                party.details.classifications.push(kind);
            }
        }
        if let Some(profile) = buyer.profile.as_deref().filter(|url| is_url(url)) {
            party.details.buyer_profile = profile.to_owned();
        }
    }
}
