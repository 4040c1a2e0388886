//! `GET /min-side`
use super::adviser::AdviserDesk;
use super::buyer::BuyerDesk;
use super::operator::OperatorDesk;
use super::supplier::SupplierDesk;
use crate::api;
use crate::fields::{Fields, Parameter, known_only};
use crate::platform::language::Language;
use crate::tenancy::{Actor, OrganisationKind};
use crate::web::{Page, Visitor, page};
use crate::{App, Result};
use actix_web::web::Data;
use serde::Serialize;

#[derive(Serialize)]
#[serde(untagged)]
enum Desk {
    Buyer(BuyerDesk),
    Supplier(SupplierDesk),
    Adviser(AdviserDesk),
    Operator(OperatorDesk),
    /// Of those who belong to no organisation: what they can do about it.
    Alone {},
}

impl Page for Desk {
    const TEMPLATE: &'static str = "web/me/buyer";
    fn template(&self) -> &'static str {
        match self {
            Self::Buyer(_) => Self::TEMPLATE,
            Self::Supplier(_) => "web/me/supplier",
            Self::Adviser(_) => "web/me/adviser",
            Self::Operator(_) => "web/me/operator",
            Self::Alone {} => "web/me/alone",
        }
    }
    fn title(&self, language: Language) -> String {
        language.text("layout-my-page")
    }
}

const CURSOR: [Parameter; 1] = [("cursor", "The next page of one's own needs.")];

pub async fn show(app: Data<App>, visitor: Visitor, query: Fields) -> crate::web::Result {
    known_only(&query, &[&CURSOR])?;
    app.index_is_current().await;
    let finder = app.finder.clone();
    let (root, path, language) = (visitor.root, visitor.path.clone(), visitor.language());
    page(&app, visitor, move |op| -> Result<Desk> {
        if matches!(op.actor(), Actor::Alone(_)) {
            return Ok(Desk::Alone {});
        }
        let member = op.member()?;
        Ok(match member.kind {
            OrganisationKind::Buyer => {
                let before = query.filter("cursor").map(|c| api::decode(&c)).transpose()?;
                Desk::Buyer(BuyerDesk::read(op, &member, before, root, &path, language)?)
            }
            OrganisationKind::Supplier => Desk::Supplier(SupplierDesk::read(op, &finder, &member, root, language)?),
            OrganisationKind::Adviser => Desk::Adviser(AdviserDesk::read(op, &member, root, language)?),
            OrganisationKind::Operator => Desk::Operator(OperatorDesk::read(op, language)?),
        })
    })
    .await
}
