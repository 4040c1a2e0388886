//! Who: buyers, suppliers, and those who hear complaints.
use crate::check::Check;
use crate::codes::{BuyerLegalType, Code, Countries, MainActivity, Nuts};
use crate::facts::{Email, Phone, Url};
use regulations::OrganisationNumber;
use serde::{Deserialize, Serialize};

const MAX: usize = 400;

/// An organisation is told once in a notice, however often it is mentioned.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// The same in every language.
    pub name: String,
    /// In Norway the nine digits; abroad whatever the register there gives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    pub address: Address,
    #[serde(default)]
    pub contact: Contact,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<Url>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Address {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub street: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postcode: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// The region; in Norway the county.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nuts: Option<Code<Nuts>>,
    pub country: Code<Countries>,
}

/// Whom to ask. A department or a function is better than a person: notices stay for ever.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Contact {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<Email>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<Phone>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Buyer {
    pub organisation: Organisation,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_type: Option<Code<BuyerLegalType>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<Code<MainActivity>>,
    /// Where the buyer tells about its purchases.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<Url>,
}

impl Organisation {
    /// Is it the same one, whatever else is told of it?
    pub(crate) fn is(&self, other: &Self) -> bool {
        match (self.plain_number(), other.plain_number()) {
            (Some(ours), Some(theirs)) => ours == theirs && self.address.country == other.address.country,
            _ => self.name == other.name,
        }
    }

    /// The number as data: in Norway, the spaces in it are for people only.
    pub(crate) fn plain_number(&self) -> Option<String> {
        let number = self.number.as_deref()?;
        Some(if self.is_norwegian() { number.split_whitespace().collect() } else { number.to_owned() })
    }

    fn is_norwegian(&self) -> bool {
        self.address.country.as_str() == "NOR"
    }

    pub(crate) fn check(&self, check: &mut Check) {
        check.line("name", "BT-500", &self.name, MAX);
        check.identifier("number", "BT-501", self.plain_number().as_deref(), MAX);
        let mistyped = self.number.as_deref().is_some_and(|number| OrganisationNumber::parse(number).is_err());
        check.problem_if(self.is_norwegian() && mistyped, "number", "BT-501", "organisation-number");
        if check.edition.subtype.tells_parties_in_full() {
            check.required("number", "BT-501", self.number.as_ref());
        }
        check.within("address", |check| self.address.check(check));
        check.within("contact", |check| self.contact.check(check));
        if let Some(website) = &self.website {
            website.check(check, "website", "BT-505");
        }
    }
}

impl Address {
    fn check(&self, check: &mut Check) {
        check.optional_line("street", "BT-510", self.street.as_deref(), MAX);
        check.optional_line("postcode", "BT-512", self.postcode.as_deref(), MAX);
        check.optional_line("city", "BT-513", self.city.as_deref(), MAX);
        check.code("country", "BT-514", &self.country);
        let in_full = check.edition.subtype.tells_parties_in_full();
        if in_full || self.street.is_some() {
            check.required("city", "BT-513", self.city.as_ref());
        }
        if in_full && self.country.has_postcodes() {
            check.required("postcode", "BT-512", self.postcode.as_ref());
        }
        match &self.nuts {
            None if in_full && self.country.has_regions() => check.problem("nuts", "BT-507", "required"),
            None => {}
            Some(nuts) => {
                check.code("nuts", "BT-507", nuts);
                let elsewhere = nuts.country().is_some_and(|country| country != self.country.as_str());
                check.problem_if(elsewhere, "nuts", "BT-507", "in-another-country");
            }
        }
    }
}

impl Contact {
    fn check(&self, check: &mut Check) {
        check.optional_line("name", "BT-502", self.name.as_deref(), MAX);
        if let Some(email) = &self.email {
            email.check(check, "email", "BT-506");
        }
        if let Some(phone) = &self.phone {
            phone.check(check, "phone", "BT-503");
        }
    }
}

impl Buyer {
    fn check(&self, check: &mut Check) {
        check.within("organisation", |check| self.organisation.check(check));
        let subtype = check.edition.subtype;
        if subtype.tells_parties_in_full() {
            check.required("organisation.contact.email", "BT-506", self.organisation.contact.email.as_ref());
            check.required("organisation.contact.phone", "BT-503", self.organisation.contact.phone.as_ref());
            check.required("activity", "BT-10", self.activity.as_ref());
        }
        if subtype.tells_parties_in_full() || subtype.is_national() || self.activity.is_some() {
            check.required("legal_type", "BT-11", self.legal_type.as_ref());
        }
        if let Some(legal_type) = &self.legal_type {
            check.code("legal_type", "BT-11", legal_type);
            let imprecise = subtype.is_national() && !legal_type.is_precise();
            check.problem_if(imprecise, "legal_type", "BT-11", "too-general");
            let utility = subtype.tells_parties_in_full() && legal_type.is_utility();
            check.problem_if(utility, "legal_type", "BT-11", "not-for-this-form");
        }
        if let (Some(activity), Some(legal_type)) = (&self.activity, &self.legal_type) {
            check.code("activity", "BT-10", activity);
            let fits = if legal_type.is_utility() { activity.is_of_utilities() } else { activity.is_of_authorities() };
            check.problem_if(activity.is_listed() && !fits, "activity", "BT-10", "not-for-this-kind-of-buyer");
        }
        if let Some(profile) = &self.profile {
            profile.check(check, "profile", "BT-508");
        }
    }
}

/// Those who buy together; the first leads.
pub(crate) fn check_buyers(check: &mut Check, buyers: &[Buyer]) {
    check.problem_if(buyers.is_empty(), "buyers", "OPT-300", "required");
    check.each("buyers", buyers, |check, buyer| buyer.check(check));
    let organisations: Vec<&Organisation> = buyers.iter().map(|buyer| &buyer.organisation).collect();
    check.distinct("buyers", "OPT-300", &organisations);
}
