//! Suppliers as pages: the directory, one supplier, one's own profile.
use super::profile::{Employees, Profile, SocialTraits, SupplierKind};
use super::store::{self, Supplier};
use super::{ProfileWords, api, policy};
use crate::api::{self as door, Parameter};
use crate::cpv::web::{Named, Picker, TypedCodes, named};
use crate::op::Op;
use crate::platform::language::Language;
use crate::platform::wording;
use crate::regulations::Region;
use crate::tenancy::Permit;
use crate::web::form::{Choice, Errors, Field, Fields};
use crate::web::view;
use crate::web::{Flash, Page, Posted, Visitor, page, page_with_status, see_other};
use crate::{App, Error, FieldError, Result};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use serde::Serialize;

/// Suppliers on a page.
const LENGTH: i64 = 24;
/// Characters of a description in the directory.
const SHORT: usize = 240;

// ---- the directory -----------------------------------------------------------------------------------------------

#[derive(Serialize)]
struct IndexPage {
    search: SearchForm,
    total_text: String,
    suppliers: Vec<Card>,
    next_url: Option<String>,
    empty: bool,
    errors: Errors,
}

#[derive(Serialize)]
struct SearchForm {
    q: String,
    kind_options: Vec<Choice>,
    region_options: Vec<Choice>,
    area_options: Vec<Choice>,
    cpv: String,
    more_open: bool,
    clear_url: Option<String>,
}

#[derive(Serialize)]
struct Card {
    number: String,
    url: String,
    name: String,
    name_html: Option<String>,
    kind_text: String,
    region_text: Option<&'static str>,
    description: String,
    snippet_html: Option<String>,
    area_tags: Vec<String>,
}

impl Page for IndexPage {
    const TEMPLATE: &'static str = "web/suppliers/index";
    fn title(&self, language: Language) -> String {
        language.text("suppliers-index-title")
    }
}

const CURSOR: [Parameter; 1] = [("cursor", "The next page.")];

/// `GET /leverandorer`
pub async fn index(app: Data<App>, visitor: Visitor, query: Fields) -> crate::web::Result {
    door::known_only(&query, &[&api::SEARCH, &CURSOR])?;
    let (root, path, language) = (visitor.root, visitor.path.clone(), visitor.language());
    // Of the filters, the code is the one that people type themselves.
    let errors = match query.filter("cpv") {
        Some(cpv) if api::cpv_beginning(&cpv).is_none() => vec![FieldError::new("cpv", "cpv-beginning")],
        _ => Vec::new(),
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    page_with_status(&app, visitor, status, move |op| directory(op, &query, &errors, root, &path, language)).await
}

fn directory(
    op: &mut Op<'_>,
    query: &Fields,
    errors: &[FieldError],
    root: &'static str,
    path: &str,
    language: Language,
) -> Result<IndexPage> {
    let (mut found, total) = if errors.is_empty() {
        let wanted = api::wanted_of(query)?;
        let after = query.filter("cursor").map(|c| door::decode(&c)).transpose()?;
        (store::list(op.db(), &wanted, after, LENGTH + 1)?, store::count(op.db(), &wanted)?)
    } else {
        (Vec::new(), 0)
    };
    let length = usize::try_from(LENGTH).unwrap_or(usize::MAX);
    let more = found.len() > length;
    found.truncate(length);
    let next = found.last().filter(|_| more).map(|s| door::encode(&(&s.name, &s.number)));
    Ok(IndexPage {
        total_text: language.text_with("suppliers-index-total", [("count", total.into())]),
        next_url: next.map(|c| format!("{root}{}", view::with_parameter(path, "cursor", &c))),
        empty: found.is_empty(),
        suppliers: found.into_iter().map(|s| Card::new(s, root, language)).collect(),
        search: search_form(query, op, root, language),
        errors: Errors::new(errors, language),
    })
}

fn search_form(query: &Fields, op: &Op<'_>, root: &str, language: Language) -> SearchForm {
    let chosen = |name: &str| query.filter(name).into_iter().collect::<Vec<_>>();
    // A municipality of the address is shown as its county.
    let regions: Vec<String> = chosen("region").iter().map(|r| r.get(..2).unwrap_or(r).to_owned()).collect();
    let today = wording::in_norway(op.now()).date_naive();
    let filtered = query.names().any(|name| name != "cursor" && query.filter(name).is_some());
    SearchForm {
        q: query.get("q").to_owned(),
        kind_options: view::with_any(
            language.text("suppliers-index-any-kind"),
            kind_choices(query.filter("kind").as_deref(), language),
        ),
        region_options: view::with_any(language.text("needs-index-any-region"), view::county_choices(&regions, today)),
        area_options: view::with_any(
            language.text("needs-index-any-area"),
            view::area_choices(&chosen("area"), language),
        ),
        cpv: query.get("cpv").to_owned(),
        more_open: ["area", "cpv"].iter().any(|name| query.filter(name).is_some()),
        clear_url: filtered.then(|| format!("{root}/leverandorer")),
    }
}

fn kind_text(kind: SupplierKind, language: Language) -> String {
    language.text(&format!("suppliers-kind-{}", kind.as_str()))
}

fn kind_choices(chosen: Option<&str>, language: Language) -> Vec<Choice> {
    SupplierKind::ALL
        .iter()
        .map(|kind| Choice {
            value: kind.as_str().to_owned(),
            text: kind_text(*kind, language),
            selected: chosen == Some(kind.as_str()),
        })
        .collect()
}

impl Card {
    fn new(s: Supplier, root: &str, language: Language) -> Self {
        Self {
            url: format!("{root}/leverandorer/{}", s.number),
            name_html: None,
            kind_text: kind_text(s.profile.kind, language),
            region_text: s.municipality.as_deref().and_then(Region::name_of),
            description: shortened(&s.profile.description),
            snippet_html: None,
            area_tags: s.profile.areas.0.iter().map(|a| view::area_text(*a, language)).collect(),
            number: s.number,
            name: s.name,
        }
    }
}

/// The first words of a text.
fn shortened(text: &str) -> String {
    if text.chars().count() <= SHORT {
        return text.to_owned();
    }
    let start: String = text.chars().take(SHORT).collect();
    let whole_words = start.rsplit_once(char::is_whitespace).map_or(start.as_str(), |(words, _)| words);
    format!("{} …", whole_words.trim_end_matches([',', '.', ';', ':']))
}

// ---- one supplier ------------------------------------------------------------------------------------------------

#[derive(Serialize)]
struct ShowPage {
    supplier: SupplierView,
    edit_url: Option<String>,
}

#[derive(Serialize)]
struct SupplierView {
    number: String,
    number_text: String,
    name: String,
    kind_text: String,
    area_tags: Vec<String>,
    regions: Vec<String>,
    founded: Option<String>,
    employees_text: Option<String>,
    maturity_text: Option<String>,
    website: Option<String>,
    website_text: Option<String>,
    contact_email: Option<String>,
    description: Option<String>,
    offers: Option<String>,
    social_traits: Vec<Trait>,
    cpv: Vec<Named>,
}

#[derive(Serialize)]
struct Trait {
    label: String,
    text: String,
}

impl Page for ShowPage {
    const TEMPLATE: &'static str = "web/suppliers/show";
    fn title(&self, _: Language) -> String {
        self.supplier.name.clone()
    }
    fn description(&self) -> Option<String> {
        self.supplier.description.as_deref().map(shortened)
    }
}

/// `GET /leverandorer/{orgnr}`
pub async fn show(app: Data<App>, visitor: Visitor, number: Path<String>) -> crate::web::Result {
    let (root, language) = (visitor.root, visitor.language());
    page(&app, visitor, move |op| {
        let supplier = store::find(op.db(), &number)?;
        let own = op.actor().supplies_for(supplier.profile.organisation_id);
        Ok(ShowPage {
            edit_url: own.then(|| format!("{root}/min-side/leverandor")),
            supplier: SupplierView::new(supplier, language),
        })
    })
    .await
}

impl SupplierView {
    fn new(supplier: Supplier, language: Language) -> Self {
        let Supplier { number, name, municipality: _, profile } = supplier;
        let said = |text: String| Some(text).filter(|t| !t.is_empty());
        Self {
            number_text: view::number_text(&number),
            number,
            name,
            kind_text: kind_text(profile.kind, language),
            area_tags: profile.areas.0.iter().map(|a| view::area_text(*a, language)).collect(),
            regions: profile.regions.0.iter().map(|r| Region::name_of(r).unwrap_or(r).to_owned()).collect(),
            founded: profile.founded.map(|year| year.to_string()),
            employees_text: profile.employees.map(|e| employees_text(e, language)),
            maturity_text: profile.maturity.map(|level| maturity_text(level, language)),
            website_text: said(website_text(&profile.website)),
            social_traits: if profile.kind == SupplierKind::SocialEntrepreneur {
                traits(&profile.social_traits.0, language)
            } else {
                Vec::new()
            },
            cpv: named(&profile.cpv.0, language),
            website: said(profile.website),
            contact_email: said(profile.contact_email),
            description: said(profile.description),
            offers: said(profile.offers),
        }
    }
}

fn website_text(website: &str) -> String {
    website.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/').to_owned()
}

fn employees_text(band: Employees, language: Language) -> String {
    language.text(match band {
        Employees::UpToFour => "suppliers-employees-1-4",
        Employees::UpToNineteen => "suppliers-employees-5-19",
        Employees::UpToNinetyNine => "suppliers-employees-20-99",
        Employees::Hundred => "suppliers-employees-100",
    })
}

fn maturity_text(level: i32, language: Language) -> String {
    language.text_with("suppliers-maturity-level", [("level", i64::from(level).into())])
}

fn traits(traits: &SocialTraits, language: Language) -> Vec<Trait> {
    traits
        .each()
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| Trait { label: language.text(&format!("suppliers-social-{name}")), text: text.to_owned() })
        .collect()
}

// ---- one's own profile -------------------------------------------------------------------------------------------

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
    form: ProfileForm,
    errors: Errors,
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
            social_traits: SocialTraits {
                purpose: get("social_purpose"),
                newness: get("social_newness"),
                involvement: get("social_involvement"),
                results: get("social_results"),
                cooperation: get("social_cooperation"),
            },
            tell_me_of_new_needs: fields.get("tell_me_of_new_needs") == "true",
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
pub async fn form(app: Data<App>, visitor: Visitor) -> crate::web::Result {
    let (root, language) = (visitor.root, visitor.language());
    page(&app, visitor, move |op| {
        let own = policy::edit(op.actor())?;
        let profile = store::profile(op.db(), own.into_inner())?;
        form_page(op, &Typed::of_profile(&profile), &[], root, language)
    })
    .await
}

/// `POST /min-side/leverandor`
pub async fn save(app: Data<App>, visitor: Visitor, posted: Posted) -> crate::web::Result {
    let typed = Typed::of_form(&posted.fields);
    let (root, language) = (visitor.root, visitor.language());
    if typed.cpv.is_search(&posted.fields) {
        return page(&app, visitor, move |op| {
            policy::edit(op.actor())?;
            form_page(op, &typed, &[], root, language)
        })
        .await;
    }
    let again = typed.clone();
    let saved = app.write(visitor.caller(), move |op| {
        let own = policy::edit(op.actor())?;
        write(op, own, &typed)
    });
    match saved.await {
        Ok(_) => Ok(see_other(&visitor, "/min-side/leverandor", Flash::success("supplier-profile-saved"))),
        Err(Error::Invalid(errors)) => {
            page_with_status(&app, visitor, StatusCode::UNPROCESSABLE_ENTITY, move |op| {
                form_page(op, &again, &errors, root, language)
            })
            .await
        }
        Err(e) => Err(e.into()),
    }
}

fn write(op: &mut Op<'_>, own: Permit<policy::Edit, crate::tenancy::OrganisationId>, typed: &Typed) -> Result<Profile> {
    let before = store::profile(op.db(), *own.subject())?;
    let (words, unreadable) = typed.words(&before.regions.0);
    match super::edit(op, own, None, &words) {
        // Nothing is kept of what was written, but everything that is wrong is told.
        Ok(_) if !unreadable.is_empty() => Err(Error::Invalid(unreadable)),
        Err(Error::Invalid(errors)) => Err(Error::Invalid(errors.into_iter().chain(unreadable).collect())),
        done => done,
    }
}

fn form_page(
    op: &mut Op<'_>,
    typed: &Typed,
    errors: &[FieldError],
    root: &str,
    language: Language,
) -> Result<FormPage> {
    let member = op.member()?;
    let words = &typed.words;
    let errors = Errors::new(errors, language).renamed(|field| field.replace("social_traits.", "social_"));
    let today = wording::in_norway(op.now()).date_naive();
    let choose = || language.text("suppliers-form-choose");
    let employees = Employees::ALL.iter().map(|band| Choice {
        value: band.as_str().to_owned(),
        text: employees_text(*band, language),
        selected: words.employees.as_deref() == Some(band.as_str()),
    });
    let maturity = (1..=9).map(|level: i32| Choice {
        value: level.to_string(),
        text: maturity_text(level, language),
        selected: typed.maturity == level.to_string(),
    });
    let traits = &words.social_traits;
    Ok(FormPage {
        action: format!("{root}/min-side/leverandor"),
        organisation: Own {
            number_text: view::number_text(&member.organisation_number),
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
            selected: words.tell_me_of_new_needs,
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
            social_purpose: errors.field("social_purpose", &traits.purpose),
            social_newness: errors.field("social_newness", &traits.newness),
            social_involvement: errors.field("social_involvement", &traits.involvement),
            social_results: errors.field("social_results", &traits.results),
            social_cooperation: errors.field("social_cooperation", &traits.cooperation),
            tell_me_of_new_needs: errors.field("tell_me_of_new_needs", ""),
        },
        errors,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_descriptions_end_at_a_word() {
        assert_eq!(shortened("Kort."), "Kort.");
        let long = "Vi lager varsling, ".repeat(30);
        let short = shortened(&long);
        assert!(short.ends_with("Vi lager …") && short.chars().count() <= SHORT + 2, "{short}");
    }

    #[test]
    fn addresses_are_easy_to_read() {
        assert_eq!(website_text("https://www.trygghjem.example/"), "www.trygghjem.example");
    }
}
