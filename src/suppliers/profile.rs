//! What a supplier tells of itself.
use crate::platform::db::schema::supplier_profiles;
use crate::platform::db::types::{Json, Timestamp};
use crate::regulations::StrategicArea;
use crate::tenancy::OrganisationId;
use crate::text_enum;
use diesel::prelude::*;

text_enum! {
    /// Social entrepreneurs have no legal form of their own (rules.md, 4.5): it is what the supplier says it is, with
    /// the purpose that it states, and is never inferred from a register.
    #[derive(utoipa::ToSchema)]
    pub enum SupplierKind { Startup = "startup", SocialEntrepreneur = "social_entrepreneur", Established = "established" }
}

text_enum! {
    /// How many people work there.
    #[derive(utoipa::ToSchema)]
    pub enum Employees { UpToFour = "1-4", UpToNineteen = "5-19", UpToNinetyNine = "20-99", Hundred = "100+" }
}

#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = supplier_profiles, primary_key(organisation_id))]
#[diesel(treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct Profile {
    pub organisation_id: OrganisationId,
    pub kind: SupplierKind,
    pub description: String,
    /// What it can do for a buyer.
    pub offers: String,
    pub areas: Json<Vec<StrategicArea>>,
    /// Where it delivers: numbers of counties and municipalities; everywhere when empty.
    pub regions: Json<Vec<String>>,
    pub cpv: Json<Vec<String>>,
    pub website: String,
    pub employees: Option<Employees>,
    /// Year.
    pub founded: Option<i32>,
    /// Technology readiness level, 1 to 9 (Horizon Europe).
    pub maturity: Option<i32>,
    pub social_purpose: String,
    pub tell_me_of_new_needs: bool,
    pub version: i32,
    pub updated_at: Timestamp,
}

impl Profile {
    /// An empty profile of a supplier that has just registered. It wants to hear of new needs until it says otherwise.
    pub fn new(organisation: OrganisationId, kind: SupplierKind, regions: Vec<String>, now: Timestamp) -> Self {
        Self {
            organisation_id: organisation,
            kind,
            description: String::new(),
            offers: String::new(),
            areas: Json(Vec::new()),
            regions: Json(regions),
            cpv: Json(Vec::new()),
            website: String::new(),
            employees: None,
            founded: None,
            maturity: None,
            social_purpose: String::new(),
            tell_me_of_new_needs: true,
            version: 1,
            updated_at: now,
        }
    }
}
