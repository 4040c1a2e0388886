//! A registration that waits until whoever sent it has shown that the address is theirs. Until then nobody sees anything
//! of it: there is no organisation, no member and no login, and nothing that another registration could run into.
use super::SupplierKind;
use crate::identity::Email;
use crate::platform::db::schema::registrations;
use crate::platform::db::types::{Id, Timestamp};
use crate::platform::language::Language;
use crate::tenancy::{NewOrganisation, OrganisationKind};
use chrono::TimeDelta;
use diesel::prelude::*;

/// How long the link in the mail works.
pub const LASTS: TimeDelta = TimeDelta::hours(48);

pub type RegistrationId = Id<Registration>;

/// Any number of them may wait for one address, or for one organisation: the first to be confirmed is the one that counts.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = registrations, treat_none_as_default_value = false)]
pub struct Registration {
    pub id: RegistrationId,
    pub token_hash: String,
    pub organisation_number: String,
    pub organisation_name: String,
    pub kind: SupplierKind,
    /// Number of a county.
    pub region: String,
    /// Of the person.
    pub name: String,
    pub email: String,
    pub language: Language,
    /// Of the password that was chosen; whoever confirms shows that they know it.
    pub password_hash: String,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub confirmed_at: Option<Timestamp>,
}

impl Registration {
    /// The organisation that it asks for.
    pub fn organisation(&self) -> NewOrganisation {
        NewOrganisation {
            number: self.organisation_number.clone(),
            name: self.organisation_name.clone(),
            kind: OrganisationKind::Supplier,
            municipality: None,
            language: self.language,
        }
    }

    /// # Errors
    /// `Internal` if the row holds what was never taken in.
    pub fn address(&self) -> crate::Result<Email> {
        Ok(Email::parse(&self.email).map_err(|e| anyhow::anyhow!("a registration has a bad address: {e}"))?)
    }
}
