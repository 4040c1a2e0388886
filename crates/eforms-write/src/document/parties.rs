//! Organisations are told once, at the head of the notice, and referred to by number.
use crate::codes::{List, OperatorSize};
use crate::dispatch::Edition;
use crate::document::texts::same;
use crate::facts::{Address, Buyer, Contact, Organisation};
use crate::xml::Element;

/// The organisations of a notice, in the order in which they are met.
#[derive(Debug, Default)]
pub struct Parties<'a> {
    organisations: Vec<(&'a Organisation, Option<OperatorSize>)>,
    /// How many of them, from the first, buy: they are met before all others.
    buyers: usize,
}

impl<'a> Parties<'a> {
    pub fn of(buyers: &'a [Buyer]) -> Self {
        let mut parties = Self::default();
        for buyer in buyers {
            parties.id(&buyer.organisation);
        }
        parties.buyers = buyers.len();
        parties
    }

    /// What the organisation is called in this notice: `ORG-0001` and on.
    pub fn id(&mut self, organisation: &'a Organisation) -> String {
        self.sized_id(organisation, None)
    }

    /// The same for a supplier, of whom the size is told too.
    pub fn sized_id(&mut self, organisation: &'a Organisation, size: Option<OperatorSize>) -> String {
        let known = self.organisations.iter().position(|(known, _)| *known == organisation);
        let index = known.unwrap_or_else(|| {
            self.organisations.push((organisation, size));
            self.organisations.len() - 1
        });
        format!("ORG-{:04}", index + 1)
    }

    /// A reference, as a party.
    pub fn reference(&mut self, role: &'static str, organisation: &'a Organisation) -> Element {
        Element::new(role).child(identification(self.id(organisation)))
    }

    pub fn element(&self, edition: &Edition) -> Element {
        let organisation = |(i, (organisation, size)): (usize, &(&Organisation, Option<OperatorSize>))| {
            let leads = (self.buyers > 1 && i < self.buyers).then(|| Element::text("efbc:GroupLeadIndicator", i == 0));
            Element::new("efac:Organization").children(leads).child(company(edition, i, organisation, *size))
        };
        Element::new("efac:Organizations").children(self.organisations.iter().enumerate().map(organisation))
    }
}

fn identification(id: String) -> Element {
    Element::new("cac:PartyIdentification").child(Element::id("organization", id))
}

fn company(edition: &Edition, index: usize, organisation: &Organisation, size: Option<OperatorSize>) -> Element {
    let names = same(edition, "cbc:Name", &organisation.name).map(|name| Element::new("cac:PartyName").child(name));
    let number = organisation.plain_number().map(|number| Element::text("cbc:CompanyID", number));
    Element::new("efac:Company")
        .children(organisation.website.as_ref().map(|url| Element::text("cbc:WebsiteURI", url)))
        .children(size.map(|size| Element::code("efbc:CompanySizeCode", OperatorSize::NAME, size.as_str())))
        .child(identification(format!("ORG-{:04}", index + 1)))
        .children(names)
        .child(address(&organisation.address))
        .children(number.map(|number| Element::new("cac:PartyLegalEntity").child(number)))
        .children(contact(&organisation.contact))
}

fn address(address: &Address) -> Element {
    let line = |name, line: &Option<String>| line.as_ref().map(|line| Element::text(name, line));
    Element::new("cac:PostalAddress")
        .children(line("cbc:StreetName", &address.street))
        .children(line("cbc:CityName", &address.city))
        .children(line("cbc:PostalZone", &address.postcode))
        .children(address.nuts.as_ref().map(|nuts| Element::code("cbc:CountrySubentityCode", "nuts-lvl3", nuts)))
        .child(country(&address.country))
}

pub fn country(code: impl ToString) -> Element {
    Element::new("cac:Country").child(Element::code("cbc:IdentificationCode", "country", code))
}

fn contact(contact: &Contact) -> Option<Element> {
    Element::new("cac:Contact")
        .children(contact.name.as_ref().map(|name| Element::text("cbc:Name", name)))
        .children(contact.phone.as_ref().map(|phone| Element::text("cbc:Telephone", phone)))
        .children(contact.email.as_ref().map(|email| Element::text("cbc:ElectronicMail", email)))
        .unless_empty()
}

/// Each buyer as a party to the contract.
pub fn contracting_parties<'a>(parties: &mut Parties<'a>, buyers: &'a [Buyer]) -> Vec<Element> {
    buyers.iter().map(|buyer| contracting_party(parties, buyer)).collect()
}

fn contracting_party<'a>(parties: &mut Parties<'a>, buyer: &'a Buyer) -> Element {
    let legal_type = buyer.legal_type.as_ref();
    let is_utility = legal_type.is_some_and(|legal_type| legal_type.is_utility());
    let list = if is_utility { "entity-activity" } else { "authority-activity" };
    let legal_type = legal_type.map(|code| Element::code("cbc:PartyTypeCode", "buyer-legal-type", code));
    let activity = buyer.activity.as_ref().map(|code| Element::code("cbc:ActivityTypeCode", list, code));
    Element::new("cac:ContractingParty")
        .children(buyer.profile.as_ref().map(|url| Element::text("cbc:BuyerProfileURI", url)))
        .children(legal_type.map(|code| Element::new("cac:ContractingPartyType").child(code)))
        .children(activity.map(|code| Element::new("cac:ContractingActivity").child(code)))
        .child(parties.reference("cac:Party", &buyer.organisation))
}
