//! What a supplier tells of itself.
use crate::platform::db::schema::supplier_profiles;
use crate::platform::db::types::{Json, Timestamp};
use crate::regulations::StrategicArea;
use crate::tenancy::OrganisationId;
use crate::text_enum;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

text_enum! {
    /// Social entrepreneurs have no legal form of their own (Nordic Council, 2015): it is what the supplier says it is, with
    /// the purpose that it states, and is never inferred from a register.
    #[derive(utoipa::ToSchema)]
    pub enum SupplierKind { Startup = "startup", SocialEntrepreneur = "social_entrepreneur", Established = "established" }
}

text_enum! {
    /// How many people work there.
    #[derive(utoipa::ToSchema)]
    pub enum Employees {
        UpToFour = "1-4",
        UpToNineteen = "5-19",
        UpToNinetyNine = "20-99",
        UpTo249 = "100-249",
        From250 = "250+",
        /// What one could say before 100 and 250 were told apart. Still taken from programs, and no longer offered.
        Hundred = "100+",
    }
}

impl Employees {
    /// Whether it is a small or medium-sized company by the number of its employees: fewer than 250 (Recommendation 2003/361/EC,
    /// annex, article 2). Turnover and owners are not asked for. None where the band does not tell.
    pub const fn is_sme(self) -> Option<bool> {
        match self {
            Self::UpToFour | Self::UpToNineteen | Self::UpToNinetyNine | Self::UpTo249 => Some(true),
            Self::From250 => Some(false),
            Self::Hundred => None,
        }
    }
}

/// How a social entrepreneur meets each of the five traits (Nordic Council, 2015), in its own words.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SocialTraits {
    /// A social purpose, and a need that is not met.
    #[schema(max_length = 2000)]
    pub purpose: String,
    /// New solutions.
    #[schema(max_length = 2000)]
    pub newness: String,
    /// Users, employees and others take part.
    #[schema(max_length = 2000)]
    pub involvement: String,
    /// Social results, and a business that lasts.
    #[schema(max_length = 2000)]
    pub results: String,
    /// Cooperation across sectors.
    #[schema(max_length = 2000)]
    pub cooperation: String,
}

impl SocialTraits {
    /// Each trait with its name.
    pub fn each(&self) -> [(&'static str, &str); 5] {
        [
            ("purpose", &self.purpose),
            ("newness", &self.newness),
            ("results", &self.results),
            ("involvement", &self.involvement),
            ("cooperation", &self.cooperation),
        ]
    }
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
    /// Where buyers can write; everybody sees it. Empty if there is none.
    pub contact_email: String,
    pub social_traits: Json<SocialTraits>,
    pub tell_me_of_new_needs: bool,
    pub version: i32,
    pub updated_at: Timestamp,
}

impl Profile {
    /// Does it say enough for a buyer to understand, and for us to tell of needs that fit?
    pub fn is_complete(&self) -> bool {
        !self.description.is_empty() && !self.areas.0.is_empty()
    }

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
            contact_email: String::new(),
            social_traits: Json(SocialTraits::default()),
            tell_me_of_new_needs: true,
            version: 1,
            updated_at: now,
        }
    }
}
