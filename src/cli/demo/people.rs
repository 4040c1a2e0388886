//! The people and organisations of the demo. All of them are invented.
use super::{Login, PASSWORD};
use crate::app::Caller;
use crate::identity::{Email, NewUser, Password, SessionId, UserId, add_user};
use crate::op::Op;
use crate::platform::db::types::Json;
use crate::platform::language::Language;
use crate::regulations::StrategicArea;
use crate::suppliers::{self, Employees, Profile, SocialTraits, SupplierKind};
use crate::tenancy::{self, Member, NewOrganisation, Organisation, OrganisationKind, Reason, Role};
use crate::{App, Error, Result};
use anyhow::Context;
use serde::Deserialize;
use std::collections::HashMap;

#[derive(Deserialize)]
struct OrganisationRow {
    key: String,
    kind: String,
    name: String,
    municipality: Option<String>,
    organisation_number: String,
    language: Language,
    people: Vec<PersonRow>,
}

#[derive(Deserialize)]
struct SupplierRow {
    key: String,
    name: String,
    organisation_number: String,
    kind: SupplierKind,
    municipality: Option<String>,
    language: Language,
    description: String,
    offers: String,
    areas: Vec<StrategicArea>,
    regions: Vec<String>,
    cpv: Vec<String>,
    website: String,
    employees_band: Option<Employees>,
    founded: Option<i32>,
    trl: Option<i32>,
    social_purpose: Option<String>,
    tell_me_of_new_needs: bool,
    people: Vec<PersonRow>,
}

#[derive(Deserialize)]
struct PersonRow {
    name: String,
    email: String,
    role: Role,
}

fn rows<T: for<'de> Deserialize<'de>>(json: &str, name: &str) -> Result<Vec<T>> {
    Ok(serde_json::from_str(json).with_context(|| format!("demo/{name}.json"))?)
}

fn organisations() -> Result<Vec<OrganisationRow>> {
    rows(include_str!("../../../demo/organisations.json"), "organisations")
}

fn suppliers() -> Result<Vec<SupplierRow>> {
    rows(include_str!("../../../demo/suppliers.json"), "suppliers")
}

/// A municipality of the demo.
pub struct BuyerRow {
    pub key: String,
    pub name: String,
    pub organisation_number: String,
}

/// All municipalities of the demo.
pub fn buyers() -> Result<Vec<BuyerRow>> {
    let municipalities = organisations()?.into_iter().filter(|row| row.kind == "municipality");
    Ok(municipalities
        .map(|row| BuyerRow { key: row.key, name: row.name, organisation_number: row.organisation_number })
        .collect())
}

/// A supplier of the demo that may win something.
pub struct SellerRow {
    pub name: String,
    pub organisation_number: String,
    pub cpv: Vec<String>,
    pub employees: Option<Employees>,
}

/// All suppliers of the demo.
pub fn sellers() -> Result<Vec<SellerRow>> {
    let seller = |row: SupplierRow| SellerRow {
        name: row.name,
        organisation_number: row.organisation_number,
        cpv: row.cpv,
        employees: row.employees_band,
    };
    Ok(suppliers()?.into_iter().map(seller).collect())
}

/// One login per role, two buyers and two suppliers.
pub fn logins() -> Result<Vec<Login>> {
    let mut logins = Vec::new();
    let mut add = |role, name: &str, number: &str, person: Option<&PersonRow>| {
        if let Some(person) = person {
            logins.push(Login {
                role,
                organisation: name.to_owned(),
                organisation_number: number.to_owned(),
                email: person.email.clone(),
                password: PASSWORD,
            });
        }
    };
    let organisations = organisations()?;
    for o in organisations.iter().filter(|o| o.kind == "municipality").take(2) {
        add("buyer", &o.name, &o.organisation_number, o.people.iter().find(|p| p.role == Role::Buyer));
    }
    let suppliers = suppliers()?;
    for s in suppliers.iter().take(2) {
        add("supplier", &s.name, &s.organisation_number, s.people.first());
    }
    for o in organisations.iter().filter(|o| o.kind != "municipality") {
        let role = if o.kind == "adviser" { "adviser" } else { "operator" };
        add(role, &o.name, &o.organisation_number, o.people.first());
    }
    for role in [Role::Admin, Role::Evaluator, Role::Reader] {
        let with = organisations.iter().find_map(|o| Some((o, o.people.iter().find(|p| p.role == role)?)));
        if let Some((o, person)) = with {
            add(role.as_str(), &o.name, &o.organisation_number, Some(person));
        }
    }
    if let Some(s) = suppliers.first() {
        let member = s.people.iter().find(|p| p.role == Role::Member);
        add(Role::Member.as_str(), &s.name, &s.organisation_number, member);
    }
    Ok(logins)
}

pub fn is_empty(app: &App) -> Result<bool> {
    Ok(tenancy::counts(&mut *app.db.reader()?)?.is_empty())
}

/// Everyone who acts in the demo, by the key of their organisation.
pub struct Cast(HashMap<String, Vec<Member>>);

impl Cast {
    /// # Errors
    /// `Internal` if the data name an organisation that is not there.
    pub fn of(&self, key: &str) -> Result<&Member> {
        let people = self.0.get(key).with_context(|| format!("demo data name `{key}`, which is no organisation"))?;
        let first = people.iter().find(|m| matches!(m.role, Role::Buyer | Role::Admin | Role::Member));
        Ok(first.with_context(|| format!("nobody acts for `{key}`"))?)
    }
}

/// Enters everyone. One hash serves all, since all have the same password.
pub fn enter(app: &App, password: &str) -> Result<Cast> {
    let password = Password::parse("password", password).map_err(|e| Error::Invalid(vec![e]))?;
    let hash = app.passwords.hash(&password)?;
    let (organisations, suppliers) = (organisations()?, suppliers()?);
    app.write_now(&Caller::system(Reason::Demo), |op| {
        let mut cast = HashMap::new();
        for row in organisations {
            let kind = match row.kind.as_str() {
                "adviser" => OrganisationKind::Adviser,
                "operator" => OrganisationKind::Operator,
                _ => OrganisationKind::Buyer,
            };
            let new = NewOrganisation {
                number: row.organisation_number,
                name: row.name,
                kind,
                municipality: row.municipality,
                language: row.language,
            };
            let organisation = tenancy::add(op, new)?;
            cast.insert(row.key, people(op, &organisation, row.people, &hash)?);
        }
        for row in suppliers {
            let (key, organisation, members) = supplier(op, row, &hash)?;
            debug_assert_eq!(organisation.kind, OrganisationKind::Supplier);
            cast.insert(key, members);
        }
        Ok(Cast(cast))
    })
}

fn supplier(op: &mut Op<'_>, row: SupplierRow, hash: &str) -> Result<(String, Organisation, Vec<Member>)> {
    let new = NewOrganisation {
        number: row.organisation_number,
        name: row.name,
        kind: OrganisationKind::Supplier,
        municipality: row.municipality,
        language: row.language,
    };
    let organisation = tenancy::add(op, new)?;
    let profile = Profile {
        description: row.description,
        offers: row.offers,
        areas: Json(row.areas),
        cpv: Json(row.cpv),
        website: row.website,
        employees: row.employees_band,
        founded: row.founded,
        maturity: row.trl,
        contact_email: row.people.first().map(|p| p.email.clone()).unwrap_or_default(),
        social_traits: Json(SocialTraits {
            purpose: row.social_purpose.unwrap_or_default(),
            ..SocialTraits::default()
        }),
        tell_me_of_new_needs: row.tell_me_of_new_needs,
        ..Profile::new(organisation.id, row.kind, row.regions, op.now())
    };
    suppliers::enter(op, &profile)?;
    let members = people(op, &organisation, row.people, hash)?;
    Ok((row.key, organisation, members))
}

fn people(op: &mut Op<'_>, organisation: &Organisation, rows: Vec<PersonRow>, hash: &str) -> Result<Vec<Member>> {
    rows.into_iter()
        .map(|row| {
            let email =
                Email::parse(&row.email).map_err(|_| anyhow::anyhow!("demo data: {} is no address", row.email))?;
            let address = email.as_str().to_owned();
            let new = NewUser {
                name: row.name.clone(),
                email,
                language: organisation.language,
                password_hash: hash.to_owned(),
            };
            let user: UserId = add_user(op, new)?;
            // Where there is only one role, the data need not know its name.
            let role =
                *organisation.kind.roles().iter().find(|r| **r == row.role).unwrap_or(&organisation.kind.roles()[0]);
            tenancy::join(op, organisation, user, role)?;
            Ok(Member {
                user,
                name: row.name,
                email: address,
                language: organisation.language,
                session: SessionId::new(),
                organisation: organisation.id,
                organisation_name: organisation.name.clone(),
                organisation_number: organisation.number.clone(),
                kind: organisation.kind,
                role,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_a_login_for_every_role() {
        let logins = logins().unwrap();
        let mut roles: Vec<&str> = logins.iter().map(|login| login.role).collect();
        roles.sort_unstable();
        roles.dedup();
        let mut all: Vec<&str> = Role::ALL.iter().map(|role| role.as_str()).chain(["supplier"]).collect();
        all.sort_unstable();
        assert_eq!(roles, all);
        let count = |role| logins.iter().filter(|login| login.role == role).count();
        assert_eq!((count("buyer"), count("supplier")), (2, 2));
    }
}
