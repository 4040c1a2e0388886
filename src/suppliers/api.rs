//! Suppliers as JSON.
use super::profile::{Profile, SupplierKind};
use super::store::{self, Supplier, Wanted};
use super::{ProfileWords, policy};
use crate::api::{self, Client, Paging, Patch};
use crate::fields::{Fields, Parameter, bad_parameter};
use crate::platform::wording::rfc3339;
use crate::regulations::Region;
use crate::{App, Result, cpv};
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Data, Path};
use serde::Serialize;
use utoipa::ToSchema;

/// A supplier, as it describes itself.
#[derive(Debug, Serialize, ToSchema)]
pub struct SupplierBody {
    pub organisation_number: String,
    pub name: String,
    /// Number of the municipality that it lies in.
    pub municipality: Option<String>,
    #[serde(flatten)]
    pub profile: ProfileWords,
    pub version: i32,
    #[schema(format = DateTime)]
    pub updated_at: String,
}

impl SupplierBody {
    fn public(supplier: Supplier) -> Self {
        let own = Self::own(supplier);
        Self { profile: ProfileWords { tell_me_of_new_needs: None, ..own.profile }, ..own }
    }
    fn own(supplier: Supplier) -> Self {
        let Supplier { number, name, municipality, profile } = supplier;
        let words = ProfileWords::from(&profile);
        let social_traits = words.social_traits.filter(|_| profile.kind == SupplierKind::SocialEntrepreneur);
        Self {
            organisation_number: number,
            name,
            municipality,
            profile: ProfileWords { social_traits, ..words },
            version: profile.version,
            updated_at: rfc3339(profile.updated_at),
        }
    }
}

pub const SEARCH: [Parameter; 5] = [
    ("q", "Words of the name, the description or what it offers; all of them."),
    ("kind", "`startup`, `social_entrepreneur` or `established`."),
    ("region", "The number of a county or municipality where it delivers."),
    ("area", "`smidig`, `samskapende`, `smart`, `gront_skifte` or `helse_i_alt`."),
    ("cpv", "The beginning of a CPV code, at least two digits, or a whole one, as `72000000-5`."),
];

/// What the query asks for.
///
/// # Errors
/// `Malformed` for a value that cannot be understood.
pub fn wanted_of(query: &Fields) -> Result<Wanted> {
    let region = query.filter("region");
    if region.as_ref().is_some_and(|number| Region::name_of(number).is_none()) {
        return Err(bad_parameter("region"));
    }
    Ok(Wanted {
        words: query.get("q").to_owned(),
        kind: query.filter("kind").map(|k| k.parse().map_err(|_| bad_parameter("kind"))).transpose()?,
        area: query.filter("area").map(|a| a.parse().map_err(|_| bad_parameter("area"))).transpose()?,
        region,
        cpv: query.filter("cpv").map(|c| cpv::beginning_of_query(&c)).transpose()?,
    })
}

/// `GET /api/v1/suppliers`
pub async fn list(app: Data<App>, client: Client, query: Fields) -> api::Result {
    let paging = Paging::<(String, String)>::parse(&query)?;
    let wanted = wanted_of(&query)?;
    let page = app
        .read(client.caller(), move |op| {
            let found = store::list(op.db(), &wanted, paging.after, api::one_beyond(paging.limit))?;
            let total = store::count(op.db(), &wanted)?;
            let place = |supplier: &Supplier| (supplier.name.clone(), supplier.number.clone());
            Ok(api::Page::cut(found, paging.limit, total, place, SupplierBody::public))
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}

fn respond(body: &SupplierBody) -> HttpResponse {
    HttpResponse::Ok().insert_header((header::ETAG, tag(body))).json(body)
}

fn tag(body: &SupplierBody) -> String {
    format!("\"{}\"", body.version)
}

/// `GET /api/v1/suppliers/{organisation_number}`
pub async fn show(app: Data<App>, client: Client, number: Path<String>) -> api::Result {
    let body = app
        .read(client.caller(), move |op| {
            let supplier = store::find(op.db(), &number)?;
            let own = op.actor().supplies_for(supplier.profile.organisation_id);
            Ok(if own { SupplierBody::own(supplier) } else { SupplierBody::public(supplier) })
        })
        .await?;
    Ok(api::tagged(&client, tag(&body), &body))
}

/// `GET /api/v1/suppliers/me`
pub async fn show_own(app: Data<App>, client: Client) -> api::Result {
    let body = app
        .read(client.caller(), move |op| {
            policy::edit(op.actor())?;
            let number = op.member()?.organisation_number;
            store::find(op.db(), &number).map(SupplierBody::own)
        })
        .await?;
    Ok(api::tagged(&client, tag(&body), &body))
}

/// `PATCH /api/v1/suppliers/me`
pub async fn edit(app: Data<App>, client: Client, patch: Patch) -> api::Result {
    let expected = client.if_match();
    let body = app
        .write(client.caller(), move |op| {
            let own = policy::edit(op.actor())?;
            let before: Profile = store::profile(op.db(), *own.subject())?;
            let words = patch.apply(&ProfileWords::from(&before))?;
            expected.check(before.version)?;
            words.read(|words| super::edit(op, own, None, &words))?;
            let number = op.member()?.organisation_number;
            store::find(op.db(), &number).map(SupplierBody::own)
        })
        .await?;
    Ok(respond(&body))
}
