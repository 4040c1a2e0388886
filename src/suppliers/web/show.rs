//! One supplier, as everybody reads it.
use super::{employees_text, kind_text, maturity_text, shortened};
use crate::App;
use crate::cpv::web::{Named, named};
use crate::platform::language::Language;
use crate::platform::wording;
use crate::regulations::Region;
use crate::suppliers::profile::{SocialTraits, SupplierKind};
use crate::suppliers::store::{self, Supplier};
use crate::web::{self, Page, Visitor, page, view};
use actix_web::web::{Data, Path};
use serde::Serialize;

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
pub async fn show(app: Data<App>, visitor: Visitor, number: Path<String>) -> web::Result {
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
            number_text: wording::organisation_number(&number),
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

fn traits(traits: &SocialTraits, language: Language) -> Vec<Trait> {
    traits
        .each()
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| Trait { label: language.text(&format!("suppliers-social-{name}")), text: text.to_owned() })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_easy_to_read() {
        assert_eq!(website_text("https://www.trygghjem.example/"), "www.trygghjem.example");
    }
}
