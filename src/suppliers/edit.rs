//! Writing the profile.
use super::profile::{Employees, Profile, SocialTraits, SupplierKind};
use super::{policy, store};
use crate::audit::Event;
use crate::identity::Email;
use crate::input::{Input, is_invisible};
use crate::op::Op;
use crate::platform::area::Area;
use crate::platform::db::types::{Json, Timestamp};
use crate::platform::wording;
use crate::regulations::{Region, StrategicArea};
use crate::tenancy::{OrganisationId, Permit};
use crate::{Error, FieldError, Result, cpv};
use chrono::Datelike;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use url::Url;

/// Characters of what a supplier says of itself, and of what it offers.
const TEXT: usize = 5_000;
const WEBSITE: usize = 300;
/// Characters of each trait of a social entrepreneur.
const TRAIT: usize = 2_000;

/// A profile as it is written, by a form or as JSON. What is left out is empty.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct ProfileWords {
    #[schema(value_type = SupplierKind)]
    pub kind: String,
    /// What it is, in its own words.
    #[schema(max_length = 5000)]
    pub description: String,
    /// What it sells.
    #[schema(max_length = 5000)]
    pub offers: String,
    #[schema(value_type = Vec<Area>)]
    pub areas: Vec<String>,
    /// Where it delivers; everywhere when empty.
    pub regions: Vec<String>,
    /// CPV codes of eight digits.
    pub cpv: Vec<String>,
    /// `http://` or `https://`; the latter where neither is said.
    #[schema(max_length = 300)]
    pub website: String,
    /// `1-4`, `5-19`, `20-99`, `100-249` or `250+`; `100+` is what was said before these were told apart.
    #[schema(value_type = Option<Employees>)]
    pub employees: Option<String>,
    /// The year.
    #[schema(minimum = 1600)]
    pub founded: Option<i32>,
    /// Technology readiness level, 1 to 9.
    #[schema(minimum = 1, maximum = 9)]
    pub maturity: Option<i32>,
    /// Where buyers can write; everybody sees it.
    #[schema(max_length = 254)]
    pub contact_email: String,
    /// Of a social entrepreneur; others show none.
    pub social_traits: Option<SocialTraits>,
    /// Shown to its own people only.
    pub tell_me_of_new_needs: Option<bool>,
}

impl From<&Profile> for ProfileWords {
    fn from(p: &Profile) -> Self {
        Self {
            kind: p.kind.as_str().to_owned(),
            description: p.description.clone(),
            offers: p.offers.clone(),
            areas: p.areas.0.iter().map(|a| a.as_str().to_owned()).collect(),
            regions: p.regions.0.clone(),
            cpv: p.cpv.0.clone(),
            website: p.website.clone(),
            employees: p.employees.map(|e| e.as_str().to_owned()),
            founded: p.founded,
            maturity: p.maturity,
            contact_email: p.contact_email.clone(),
            social_traits: Some(p.social_traits.0.clone()),
            tell_me_of_new_needs: Some(p.tell_me_of_new_needs),
        }
    }
}

impl ProfileWords {
    fn parse(&self, before: Profile, now: Timestamp) -> Result<Profile> {
        let mut input = Input::default();
        let today = wording::day_of(now);
        let kind = input.parse("kind", self.kind.parse::<SupplierKind>().map_err(|_| "unknown"));
        let profile = Profile {
            kind: kind.unwrap_or(before.kind),
            description: input.text("description", &self.description, TEXT),
            offers: input.text("offers", &self.offers, TEXT),
            areas: Json(each(&mut input, &self.areas, |a| {
                a.parse::<StrategicArea>().map_err(|_| FieldError::new("areas", "unknown").with("value", a))
            })),
            regions: Json(each(&mut input, &self.regions, |r| {
                let region = Region::parse(r, today).map(|r| r.to_string());
                region.map_err(|_| FieldError::new("regions", "region").with("value", r))
            })),
            cpv: Json(each(&mut input, &self.cpv, |c| cpv::take("cpv", c))),
            website: website(&mut input, &self.website),
            employees: self
                .employees
                .as_deref()
                .filter(|e| !e.is_empty())
                .and_then(|e| input.parse("employees", e.parse::<Employees>().map_err(|_| "unknown"))),
            founded: self.founded,
            maturity: self.maturity,
            contact_email: email(&mut input, &self.contact_email),
            social_traits: Json(self.social_traits.as_ref().map(|given| traits(&mut input, given)).unwrap_or_default()),
            tell_me_of_new_needs: self.tell_me_of_new_needs.unwrap_or_default(),
            version: before.version + 1,
            updated_at: now,
            ..before
        };
        if profile.founded.is_some_and(|year| !(1600..=today.year()).contains(&year)) {
            input.error("founded", "year");
        }
        if profile.maturity.is_some_and(|level| !(1..=9).contains(&level)) {
            input.error("maturity", "maturity");
        }
        if profile.kind == SupplierKind::SocialEntrepreneur && profile.social_traits.0.purpose.is_empty() {
            input.error("social_traits.purpose", "required");
        }
        input.finish()?;
        Ok(profile)
    }
}

fn each<T: PartialEq>(input: &mut Input, given: &[String], parse: impl Fn(&str) -> Result<T, FieldError>) -> Vec<T> {
    let mut taken = Vec::new();
    for value in given.iter().map(|v| v.trim()).filter(|v| !v.is_empty()).take(100) {
        match parse(value) {
            Ok(value) if !taken.contains(&value) => taken.push(value),
            Ok(_) => {}
            Err(problem) => input.push(problem),
        }
    }
    taken
}

fn website(input: &mut Input, text: &str) -> String {
    let text = input.line("website", &with_scheme(text), WEBSITE);
    // Url writes these in another way; they belong to what an address stands in.
    let is_strange = |c: char| c.is_whitespace() || "\"<>`\\^{|}".contains(c);
    let good = text.is_empty()
        || (!text.contains(is_strange)
            && Url::parse(&text).is_ok_and(|u| matches!(u.scheme(), "http" | "https") && u.host().is_some()));
    if !good {
        input.error("website", "website");
    }
    text
}

/// People write `www.firma.no`.
fn with_scheme(text: &str) -> Cow<'_, str> {
    let is_empty = text.chars().all(|c| c.is_whitespace() || is_invisible(c));
    if is_empty || text.contains(':') || text.contains('@') || !text.contains('.') {
        return text.into();
    }
    format!("https://{}", text.trim()).into()
}

fn email(input: &mut Input, text: &str) -> String {
    if text.trim().is_empty() {
        return String::new();
    }
    input.parse("contact_email", Email::parse(text)).map(Email::into_string).unwrap_or_default()
}

fn traits(input: &mut Input, given: &SocialTraits) -> SocialTraits {
    let mut text = |field: &'static str, value: &str| input.text(field, value, TRAIT);
    SocialTraits {
        purpose: text("social_traits.purpose", &given.purpose),
        newness: text("social_traits.newness", &given.newness),
        involvement: text("social_traits.involvement", &given.involvement),
        results: text("social_traits.results", &given.results),
        cooperation: text("social_traits.cooperation", &given.cooperation),
    }
}

/// # Errors
/// `Stale` if someone changed it after `expected_version`; `Invalid` with everything that cannot be taken.
pub fn edit(
    op: &mut Op<'_>,
    own: Permit<policy::Edit, OrganisationId>,
    expected_version: Option<i32>,
    words: &ProfileWords,
) -> Result<Profile> {
    let before = store::profile(op.db(), own.into_inner())?;
    if expected_version.is_some_and(|expected| expected != before.version) {
        return Err(Error::Stale);
    }
    let version = before.version;
    let profile = words.parse(before, op.now())?;
    store::update(op.db(), &profile, version)?;
    op.record(Event::SupplierProfileEdited { organisation: profile.organisation_id })?;
    Ok(profile)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_website_is_written_with_or_without_its_scheme() {
        let taken = |text: &str| {
            let mut input = Input::default();
            let website = website(&mut input, text);
            (website, input.into_errors().is_empty())
        };
        for (typed, kept) in [
            ("www.firma.no", "https://www.firma.no"),
            (" firma.no/om-oss ", "https://firma.no/om-oss"),
            ("http://firma.no", "http://firma.no"),
            ("", ""),
            ("\u{200b} ", ""),
        ] {
            assert_eq!(taken(typed), (kept.to_owned(), true), "{typed:?}");
        }
        for wrong in
            ["firma", "javascript:alert(1).no", "kari@firma.no", "ftp://firma.no", "https://", "mailto:kari@firma.no"]
        {
            assert_eq!(taken(wrong), (wrong.to_owned(), false), "{wrong}");
        }
    }
}
