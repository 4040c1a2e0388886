//! An organisation, and the roles that people have in one.
use crate::platform::db::schema::organisations;
use crate::platform::db::types::{Id, Timestamp};
use crate::platform::language::Language;
use crate::text_enum;
use diesel::prelude::*;

pub type OrganisationId = Id<Organisation>;

text_enum! {
    /// What an organisation is here for.
    #[derive(utoipa::ToSchema)]
    pub enum OrganisationKind { Buyer = "buyer", Supplier = "supplier", Adviser = "adviser", Operator = "operator" }
}

text_enum! {
    /// What a person may do in an organisation. `admin`, `buyer`, `evaluator` and `reader` at a buyer, `admin` and
    /// `member` at a supplier; the database refuses other pairs.
    #[derive(utoipa::ToSchema)]
    pub enum Role {
        Admin = "admin", Buyer = "buyer", Evaluator = "evaluator", Reader = "reader",
        Member = "member", Adviser = "adviser", Operator = "operator",
    }
}

impl OrganisationKind {
    /// The roles that exist at such an organisation, the mightiest first.
    pub fn roles(self) -> &'static [Role] {
        match self {
            Self::Buyer => &[Role::Admin, Role::Buyer, Role::Evaluator, Role::Reader],
            Self::Supplier => &[Role::Admin, Role::Member],
            Self::Adviser => &[Role::Adviser],
            Self::Operator => &[Role::Operator],
        }
    }
}

impl Role {
    /// Those at a buyer who act on what the market says.
    pub const ACTING: [Self; 2] = [Self::Admin, Self::Buyer];
    /// Those who say who the members are.
    pub const ADMINISTERING: &[Self] = &[Self::Admin, Self::Adviser, Self::Operator];

    pub fn administers(self) -> bool {
        Self::ADMINISTERING.contains(&self)
    }
}

#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = organisations, treat_none_as_default_value = false)]
pub struct Organisation {
    pub id: OrganisationId,
    /// Nine digits (`regulations::OrganisationNumber`).
    pub number: String,
    pub name: String,
    pub kind: OrganisationKind,
    /// Number of the municipality that it lies in.
    pub municipality: Option<String>,
    pub language: Language,
    pub created_at: Timestamp,
}
