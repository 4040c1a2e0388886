//! One's own profile, in a form.
use super::{employees_text, kind_choices, maturity_text};
use crate::cpv::web::{Picker, TypedCodes};
use crate::fields::Fields;
use crate::op::Op;
use crate::platform::language::Language;
use crate::platform::wording;
use crate::suppliers::profile::{Employees, Profile, SocialTraits};
use crate::suppliers::{self, ProfileWords, policy, store};
use crate::tenancy::{self, OrganisationId, Permit};
use crate::web::form::{self, Choice, Errors, Field, Onward, Refused};
use crate::web::view::{self, Seen, When};
use crate::web::{self, Page, Posted, Visitor, page};
use crate::{App, Error, FieldError, Result};
use actix_web::http::StatusCode;
use actix_web::web::Data;
use serde::Serialize;

#[derive(Serialize)]
struct FormPage {
    organisation: Own,
    action: String,
    kind_options: Vec<Choice>,
    area_options: Vec<Choice>,
    region_options: Vec<Choice>,
    employees_options: Vec<Choice>,
    maturity_options: Vec<Choice>,
    tell_options: Vec<Choice>,
    /// Who is told of new needs; whoever looks may have stopped that for themselves.
    tell_hint: String,
    form: ProfileForm,
    /// The version that was read when the form was opened.
    version: i32,
    conflict: Option<Conflict>,
    errors: Errors,
}

/// A colleague has saved since the form was opened.
#[derive(Serialize)]
struct Conflict {
    when: When,
    url: String,
}

#[derive(Serialize)]
struct Own {
    name: String,
    number_text: String,
    url: String,
}

#[derive(Serialize)]
struct ProfileForm {
    kind: Field,
    description: Field,
    offers: Field,
    website: Field,
    contact_email: Field,
    areas: Field,
    regions: Field,
    cpv: Picker,
    employees: Field,
    founded: Field,
    maturity: Field,
    social_purpose: Field,
    social_newness: Field,
    social_involvement: Field,
    social_results: Field,
    social_cooperation: Field,
    tell_me_of_new_needs: Field,
}

impl Page for FormPage {
    const TEMPLATE: &'static str = "web/suppliers/form";
    fn title(&self, language: Language) -> String {
        language.text("suppliers-form-title")
    }
}

/// What stands in the form: words of a profile, and the numbers as they were typed.
#[derive(Debug, Clone, Default)]
struct Typed {
    words: ProfileWords,
    founded: String,
    maturity: String,
    cpv: TypedCodes,
}

impl Typed {
    fn of_profile(profile: &Profile) -> Self {
        let number = |n: Option<i32>| n.map(|n| n.to_string()).unwrap_or_default();
        Self {
            founded: number(profile.founded),
            maturity: number(profile.maturity),
            cpv: TypedCodes::of_codes(&profile.cpv.0),
            words: profile.into(),
        }
    }

    fn of_form(fields: &Fields) -> Self {
        let get = |name: &str| fields.get(name).to_owned();
        let all = |name| fields.all(name).map(str::to_owned).collect();
        let cpv = TypedCodes::of_form(fields);
        let words = ProfileWords {
            kind: get("kind"),
            description: get("description"),
            offers: get("offers"),
            areas: all("areas"),
            regions: all("regions"),
            cpv: cpv.each(),
            website: get("website"),
            employees: fields.filter("employees"),
            founded: None,
            maturity: None,
            contact_email: get("contact_email"),
            social_traits: Some(SocialTraits {
                purpose: get("social_purpose"),
                newness: get("social_newness"),
                involvement: get("social_involvement"),
                results: get("social_results"),
                cooperation: get("social_cooperation"),
            }),
            tell_me_of_new_needs: Some(fields.get("tell_me_of_new_needs") == "true"),
        };
        Self { words, founded: get("founded"), maturity: get("maturity"), cpv }
    }

    /// The words, and what cannot even be read as a number. `regions` are those that the form does not offer: they stay.
    fn words(&self, regions: &[String]) -> (ProfileWords, Vec<FieldError>) {
        let mut errors = Vec::new();
        let mut number = |field: &'static str, typed: &str, code| {
            let typed = typed.trim();
            let number = typed.parse().ok();
            if number.is_none() && !typed.is_empty() {
                errors.push(FieldError::new(field, code));
            }
            number
        };
        let mut words = self.words.clone();
        words.founded = number("founded", &self.founded, "year");
        words.maturity = number("maturity", &self.maturity, "maturity");
        words.regions.extend(regions.iter().filter(|r| r.len() != 2).cloned());
        (words, errors)
    }
}

/// `GET /min-side/leverandor`
pub async fn form(app: Data<App>, visitor: Visitor) -> web::Result {
    let seen = Seen::by(&visitor);
    page(&app, visitor, move |op| {
        let own = policy::edit(op.actor())?;
        let profile = store::profile(op.db(), own.into_inner())?;
        form_page(op, &Typed::of_profile(&profile), &[], seen)
    })
    .await
}

/// `POST /min-side/leverandor`
pub async fn save(app: Data<App>, visitor: Visitor, posted: Posted) -> web::Result {
    if posted.fields.get("action") == "tell-again" {
        return tell_again(&app, visitor, posted).await;
    }
    let (typed, seen) = (Typed::of_form(&posted.fields), Seen::by(&visitor));
    let version: Option<i32> = posted.fields.get("version").parse().ok();
    if typed.cpv.is_search(&posted.fields) {
        return page(&app, visitor, move |op| {
            policy::edit(op.actor())?;
            let shown = form_page(op, &typed, &[], seen)?;
            Ok(FormPage { version: version.unwrap_or(shown.version), ..shown })
        })
        .await;
    }
    let words = typed.clone();
    let saved = form::once(&app, visitor.caller(), posted.key, move |op| {
        let own = policy::edit(op.actor())?;
        write(op, own, version, &words)?;
        Ok(Onward::to("/min-side/leverandor").saying("supplier-profile-saved"))
    });
    let (refused, stale) = match saved.await {
        Ok(onward) => return Ok(onward.go(&visitor)),
        // A colleague has saved since the form was opened: both are shown.
        Err(Error::Stale) => (Refused::with(StatusCode::CONFLICT, Vec::new()), true),
        Err(e) => (Refused::of(e)?, false),
    };
    // Whoever has seen what a colleague saved may replace it; whoever must mend something first has not seen it.
    let version = version.filter(|_| !stale);
    let again = move |op: &mut Op<'_>, errors: &[FieldError]| {
        let shown = form_page(op, &typed, errors, seen)?;
        let own = op.member()?.organisation;
        let profile = store::profile(op.db(), own)?;
        let conflict =
            stale.then(|| Conflict { when: seen.when(profile.updated_at), url: shown.organisation.url.clone() });
        Ok(FormPage { conflict, version: version.unwrap_or(shown.version), ..shown })
    };
    form::show(&app, visitor, refused, again).await
}

/// Mail about new needs again, for whoever asks on their desk.
async fn tell_again(app: &App, visitor: Visitor, posted: Posted) -> web::Result {
    let told = form::once(app, visitor.caller(), posted.key, |op| {
        let own = policy::edit(op.actor())?;
        suppliers::tell_again(op, own)?;
        Ok(Onward::to("/min-side").saying("new-needs-wanted"))
    });
    Ok(told.await?.go(&visitor))
}

fn write(
    op: &mut Op<'_>,
    own: Permit<policy::Edit, OrganisationId>,
    version: Option<i32>,
    typed: &Typed,
) -> Result<Profile> {
    let before = store::profile(op.db(), *own.subject())?;
    let (words, unreadable) = typed.words(&before.regions.0);
    match suppliers::edit(op, own, version, &words) {
        // Nothing is kept of what was written, but everything that is wrong is told.
        Ok(_) if !unreadable.is_empty() => Err(Error::Invalid(unreadable)),
        Err(Error::Invalid(errors)) => Err(Error::Invalid(errors.into_iter().chain(unreadable).collect())),
        done => done,
    }
}

fn form_page(op: &mut Op<'_>, typed: &Typed, errors: &[FieldError], seen: Seen) -> Result<FormPage> {
    let Seen { root, language } = seen;
    let member = op.member()?;
    let version = store::profile(op.db(), member.organisation)?.version;
    let is_silent = tenancy::wants_no_new_needs(op.db(), member.organisation, member.user)?;
    let words = &typed.words;
    let errors = Errors::new(errors, language).renamed(|field| field.replace("social_traits.", "social_"));
    let today = wording::day_of(op.now());
    let choose = || language.text("suppliers-form-choose");
    let chosen = |band: Employees| words.employees.as_deref() == Some(band.as_str());
    let offered = Employees::ALL.iter().filter(|band| **band != Employees::Hundred || chosen(**band));
    let employees = offered.map(|band| Choice {
        value: band.as_str().to_owned(),
        text: employees_text(*band, language),
        selected: chosen(*band),
    });
    let maturity = (1..=9).map(|level: i32| Choice {
        value: level.to_string(),
        text: maturity_text(level, language),
        selected: typed.maturity == level.to_string(),
    });
    let traits = words.social_traits.clone().unwrap_or_default();
    Ok(FormPage {
        tell_hint: language.text(if is_silent { "suppliers-form-tell-silent" } else { "suppliers-form-tell-hint" }),
        action: format!("{root}/min-side/leverandor"),
        organisation: Own {
            number_text: wording::organisation_number(&member.organisation_number),
            url: format!("{root}/leverandorer/{}", member.organisation_number),
            name: member.organisation_name,
        },
        kind_options: kind_choices(Some(&words.kind), language),
        area_options: view::area_choices(&words.areas, language),
        region_options: view::county_choices(&words.regions, today),
        employees_options: view::with_any(choose(), employees.collect()),
        maturity_options: view::with_any(choose(), maturity.collect()),
        tell_options: vec![Choice {
            value: "true".to_owned(),
            text: language.text("suppliers-form-tell-option"),
            selected: words.tell_me_of_new_needs == Some(true),
        }],
        form: ProfileForm {
            kind: errors.field("kind", ""),
            description: errors.field("description", &words.description),
            offers: errors.field("offers", &words.offers),
            website: errors.field("website", &words.website),
            contact_email: errors.field("contact_email", &words.contact_email),
            areas: errors.field("areas", ""),
            regions: errors.field("regions", ""),
            cpv: Picker::new(&typed.cpv, errors.of("cpv"), language),
            employees: errors.field("employees", ""),
            founded: errors.field("founded", &typed.founded),
            maturity: errors.field("maturity", ""),
            social_purpose: errors.field("social_purpose", traits.purpose),
            social_newness: errors.field("social_newness", traits.newness),
            social_involvement: errors.field("social_involvement", traits.involvement),
            social_results: errors.field("social_results", traits.results),
            social_cooperation: errors.field("social_cooperation", traits.cooperation),
            tell_me_of_new_needs: errors.field("tell_me_of_new_needs", ""),
        },
        version,
        conflict: None,
        errors,
    })
}
