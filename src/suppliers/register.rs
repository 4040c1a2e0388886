//! A supplier wants to register itself, with its first person.
use super::registration::LASTS;
use super::{Registration, RegistrationId, SupplierKind, store};
use crate::Result;
use crate::audit::Event;
use crate::identity::{self, Email, Password, Secret};
use crate::input::Input;
use crate::op::Op;
use crate::platform::config::Environment;
use crate::platform::language::Language;
use crate::regulations::{OrganisationNumber, OrganisationNumberError, Region};
use crate::tenancy;
use chrono::NaiveDate;
use serde::Deserialize;

/// A registration as it is written: in a form, or as JSON. Never printed: it holds a password.
#[derive(Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RegistrationWords {
    /// Nine digits.
    #[schema(required = true)]
    pub organisation_number: String,
    #[schema(required = true, max_length = 200)]
    pub organisation_name: String,
    #[schema(required = true, value_type = SupplierKind)]
    pub kind: String,
    /// Number of the county that the supplier lies in. It hears of needs there until its profile says more.
    #[schema(required = true)]
    pub region: String,
    /// Of the person who registers, who will administer the supplier here.
    #[schema(required = true, max_length = 100)]
    pub name: String,
    #[schema(required = true, max_length = 254)]
    pub email: String,
    /// At least 12 characters.
    #[schema(required = true, min_length = 12, max_length = 200)]
    pub password: String,
}

/// A registration that can be taken.
#[derive(Clone)]
pub struct NewRegistration {
    number: OrganisationNumber,
    organisation_name: String,
    kind: SupplierKind,
    region: Region,
    name: String,
    email: Email,
}

impl RegistrationWords {
    /// Numbers of the synthetic test population are taken except in earnest.
    ///
    /// # Errors
    /// `Invalid` with everything that cannot be taken.
    pub fn parse(&self, environment: Environment, today: NaiveDate) -> Result<(NewRegistration, Password)> {
        let mut input = Input::default();
        let number = input.parse("organisation_number", number(&self.organisation_number, environment));
        let organisation_name = input.required_line("organisation_name", &self.organisation_name, 200);
        let kind = input.parse("kind", chosen(&self.kind, |k| k.parse().ok()));
        let region =
            input.parse("region", chosen(&self.region, |r| Region::parse(r, today).ok().filter(Region::is_county)));
        let name = input.required_line("name", &self.name, identity::NAME);
        let email = input.required_email("email", &self.email);
        let password = Password::parse("password", &self.password).map_err(|e| input.push(e)).ok();
        match (number, kind, region, email, password) {
            (Some(number), Some(kind), Some(region), Some(email), Some(password)) => {
                input.finish()?;
                Ok((NewRegistration { number, organisation_name, kind, region, name, email }, password))
            }
            _ => Err(input.finish().err().unwrap_or_else(|| crate::Error::Invalid(Vec::new()))),
        }
    }
}

impl NewRegistration {
    pub fn email(&self) -> &Email {
        &self.email
    }
}

fn number(text: &str, environment: Environment) -> Result<OrganisationNumber, &'static str> {
    let parsed = match environment {
        Environment::Production => OrganisationNumber::parse_real(text),
        Environment::Development | Environment::Demo => OrganisationNumber::parse(text),
    };
    parsed.map_err(|e| match e {
        _ if text.trim().is_empty() => "required",
        OrganisationNumberError::NotNineDigits => "nine-digits",
        OrganisationNumberError::FirstDigit | OrganisationNumberError::CheckDigit => "no-such-number",
        OrganisationNumberError::TestNumber => "test-number",
    })
}

fn chosen<T>(text: &str, parse: impl FnOnce(&str) -> Option<T>) -> Result<T, &'static str> {
    let text = text.trim();
    if text.is_empty() { Err("required") } else { parse(text).ok_or("unknown") }
}

/// Keeps the registration until the address is confirmed, and sends a mail there. What the visitor is told is the same
/// whether the address has a login here or not, and whether the organisation is here or not: the mail says how it is.
///
/// # Errors
/// When the database refuses.
pub fn register(op: &mut Op<'_>, new: NewRegistration, password_hash: String, language: Language) -> Result<()> {
    if let Some(here) = tenancy::find_by_number(op.db(), new.number.as_str())? {
        let email = new.email.into_string();
        return op.record(Event::RegisteredAgain { organisation: here.id, email, language });
    }
    let secret = Secret::generate();
    let now = op.now();
    let registration = Registration {
        id: RegistrationId::new(),
        token_hash: secret.hash(),
        organisation_number: new.number.as_str().to_owned(),
        organisation_name: new.organisation_name,
        kind: new.kind,
        region: new.region.to_string(),
        name: new.name,
        email: new.email.into_string(),
        language,
        password_hash,
        created_at: now,
        expires_at: now + LASTS,
        confirmed_at: None,
    };
    store::insert_registration(op.db(), &registration)?;
    op.record(Event::RegistrationAsked { registration: registration.id, secret: secret.into_string() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Error;

    fn words() -> RegistrationWords {
        RegistrationWords {
            organisation_number: "974 760 673".to_owned(),
            organisation_name: "Fjordlys AS".to_owned(),
            kind: "startup".to_owned(),
            region: "11".to_owned(),
            name: "Mina Solvik".to_owned(),
            email: "Mina@fjordlys.example".to_owned(),
            password: "en fin setning".to_owned(),
        }
    }

    fn wrong(words: &RegistrationWords, environment: Environment) -> Vec<String> {
        match words.parse(environment, NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()) {
            Err(Error::Invalid(errors)) => errors.iter().map(|e| format!("{} {}", e.field, e.code)).collect(),
            Err(e) => panic!("{e}"),
            Ok(_) => Vec::new(),
        }
    }

    #[test]
    fn a_good_registration_is_taken() {
        assert!(wrong(&words(), Environment::Production).is_empty());
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        assert_eq!(
            wrong(&RegistrationWords::default(), Environment::Production),
            [
                "organisation_number required",
                "organisation_name required",
                "kind required",
                "region required",
                "name required",
                "email required",
                "password required"
            ]
        );
        let bad = RegistrationWords {
            organisation_number: "974760674".to_owned(),
            kind: "buyer".to_owned(),
            region: "1103".to_owned(),
            ..words()
        };
        let expected = ["organisation_number no-such-number", "kind unknown", "region unknown"];
        assert_eq!(wrong(&bad, Environment::Production), expected);
    }

    #[test]
    fn test_numbers_are_for_tests() {
        let test = RegistrationWords { organisation_number: "310040185".to_owned(), ..words() };
        assert!(wrong(&test, Environment::Demo).is_empty());
        assert_eq!(wrong(&test, Environment::Production), ["organisation_number test-number"]);
    }
}
