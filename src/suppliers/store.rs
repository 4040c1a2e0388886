//! Every SQL statement about suppliers.
use super::profile::{Profile, SupplierKind};
use super::{Registration, RegistrationId};
use crate::platform::db::schema::{organisations, registrations, supplier_profiles};
use crate::platform::db::types::{Json, Timestamp};
use crate::platform::db::{CHANGES, Db, MultiBackend, among, json_begins, json_has, next_number, text_has};
use crate::regulations::StrategicArea;
use crate::tenancy::OrganisationId;
use crate::{Error, Result};
use diesel::prelude::*;

/// A supplier with its profile.
#[derive(Debug, Clone, Queryable)]
pub struct Supplier {
    pub number: String,
    pub name: String,
    pub municipality: Option<String>,
    pub profile: Profile,
}

#[diesel::dsl::auto_type]
fn suppliers() -> _ {
    let profile: diesel::dsl::AsSelect<Profile, MultiBackend> = Profile::as_select();
    supplier_profiles::table.inner_join(organisations::table).select((
        organisations::number,
        organisations::name,
        organisations::municipality,
        profile,
    ))
}

pub(super) fn insert(db: &mut Db, profile: &Profile) -> Result<()> {
    let position = next_number(db, CHANGES)?;
    let row = (profile, supplier_profiles::position.eq(position));
    diesel::insert_into(supplier_profiles::table).values(row).execute(db)?;
    Ok(())
}

/// # Errors
/// `Stale` if it is not `version` any more.
pub(super) fn update(db: &mut Db, profile: &Profile, version: i32) -> Result<()> {
    let position = next_number(db, CHANGES)?;
    let changed = diesel::update(supplier_profiles::table.find(profile.organisation_id))
        .filter(supplier_profiles::version.eq(version))
        .set((profile, supplier_profiles::position.eq(position)))
        .execute(db)?;
    if changed == 1 { Ok(()) } else { Err(Error::Stale) }
}

pub(super) fn profile(db: &mut Db, organisation: OrganisationId) -> Result<Profile> {
    profile_of(db, organisation)?.ok_or(Error::NotFound("the supplier"))
}

/// The profile of an organisation, if it has one.
pub fn profile_of(db: &mut Db, organisation: OrganisationId) -> Result<Option<Profile>> {
    Ok(supplier_profiles::table.find(organisation).select(Profile::as_select()).first(db).optional()?)
}

pub fn find(db: &mut Db, number: &str) -> Result<Supplier> {
    let found = suppliers().filter(organisations::number.eq(number)).first(db).optional()?;
    found.ok_or(Error::NotFound("the supplier"))
}

// ---- registrations -----------------------------------------------------------------------------------------------

pub(super) fn insert_registration(db: &mut Db, registration: &Registration) -> Result<()> {
    diesel::insert_into(registrations::table).values(registration).execute(db)?;
    Ok(())
}

pub fn find_registration(db: &mut Db, id: RegistrationId) -> Result<Registration> {
    let found = registrations::table.find(id).select(Registration::as_select()).first(db).optional()?;
    found.ok_or(Error::NotFound("the registration"))
}

pub(super) fn registration_of(db: &mut Db, token_hash: &str) -> Result<Registration> {
    let found = registrations::table.filter(registrations::token_hash.eq(token_hash));
    found.select(Registration::as_select()).first(db).optional()?.ok_or(Error::NotFound("the registration"))
}

pub(super) fn mark_confirmed(db: &mut Db, id: RegistrationId, now: Timestamp) -> Result<()> {
    diesel::update(registrations::table.find(id)).set(registrations::confirmed_at.eq(Some(now))).execute(db)?;
    Ok(())
}

/// The hash of the password in the newest registration that waits for this address.
pub fn chosen_password(db: &mut Db, email: &str, now: Timestamp) -> Result<Option<String>> {
    Ok(registrations::table
        .filter(registrations::email.eq(email))
        .filter(registrations::confirmed_at.is_null())
        .filter(registrations::expires_at.ge(now))
        .select(registrations::password_hash)
        .order((registrations::created_at.desc(), registrations::id.desc()))
        .first(db)
        .optional()?)
}

/// How many registrations wait for their address to be confirmed.
pub fn count_waiting(db: &mut Db, now: Timestamp) -> Result<i64> {
    Ok(registrations::table
        .filter(registrations::confirmed_at.is_null())
        .filter(registrations::expires_at.ge(now))
        .count()
        .get_result(db)?)
}

/// Takes away registrations with this address, confirmed or not.
pub fn forget_registrations_of(db: &mut Db, email: &str) -> Result<()> {
    diesel::delete(registrations::table.filter(registrations::email.eq(email))).execute(db)?;
    Ok(())
}

/// Takes away registrations whose link has run out.
pub fn forget_registrations(db: &mut Db, now: Timestamp, batch: usize) -> Result<usize> {
    let old = registrations::table.filter(registrations::expires_at.lt(now)).select(registrations::id);
    let ids: Vec<RegistrationId> = old.limit(i64::try_from(batch).unwrap_or(i64::MAX)).load(db)?;
    Ok(diesel::delete(registrations::table.filter(among(registrations::id, &ids))).execute(db)?)
}

// ---- the directory -----------------------------------------------------------------------------------------------

/// What someone looks for in the directory.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Part of the name, or of what it offers.
    pub words: String,
    pub kind: Option<SupplierKind>,
    pub area: Option<StrategicArea>,
    /// Number of a county or municipality. Suppliers that deliver everywhere are found too.
    pub region: Option<String>,
    /// The beginning of a CPV code, at least two digits.
    pub cpv: Option<String>,
}

macro_rules! wanted {
    ($query:expr, $wanted:expr) => {{
        let mut query = $query;
        for word in $wanted.words.split_whitespace().take(8) {
            query = query.filter(
                text_has(organisations::name, word)
                    .or(text_has(supplier_profiles::offers, word))
                    .or(text_has(supplier_profiles::description, word)),
            );
        }
        if let Some(kind) = $wanted.kind {
            query = query.filter(supplier_profiles::kind.eq(kind));
        }
        if let Some(area) = $wanted.area {
            query = query.filter(json_has(supplier_profiles::areas, area.as_str()));
        }
        if let Some(region) = &$wanted.region {
            // A county finds those of its municipalities too, a municipality those of its whole county.
            let county = region.get(..2).unwrap_or(region);
            query = query.filter(
                json_begins(supplier_profiles::regions, region)
                    .or(json_has(supplier_profiles::regions, county))
                    .or(supplier_profiles::regions.eq(Json(Vec::<String>::new()))),
            );
        }
        if let Some(cpv) = &$wanted.cpv {
            query = query.filter(json_begins(supplier_profiles::cpv, cpv));
        }
        query
    }};
}

/// A page of the directory, by name, after `(name, number)`.
pub(super) fn list(db: &mut Db, wanted: &Wanted, after: Option<(String, String)>, limit: i64) -> Result<Vec<Supplier>> {
    let mut query = wanted!(suppliers().into_boxed::<MultiBackend>(), wanted);
    if let Some((name, number)) = after {
        query = query.filter(
            organisations::name.gt(name.clone()).or(organisations::name.eq(name).and(organisations::number.gt(number))),
        );
    }
    Ok(query.order((organisations::name, organisations::number)).limit(limit).load(db)?)
}

pub(super) fn count(db: &mut Db, wanted: &Wanted) -> Result<i64> {
    let all = supplier_profiles::table
        .inner_join(organisations::table)
        .select(diesel::dsl::count_star())
        .into_boxed::<MultiBackend>();
    Ok(wanted!(all, wanted).first(db)?)
}

/// A supplier that wants to hear of new needs, and of which.
#[derive(Debug, Clone, Queryable)]
pub struct Interest {
    pub organisation: OrganisationId,
    pub name: String,
    /// None: all of them.
    pub areas: Json<Vec<StrategicArea>>,
    /// Numbers of counties and municipalities; none: everywhere.
    pub regions: Json<Vec<String>>,
}

/// The suppliers that want to hear of a new need in these areas and regions.
pub fn matching(db: &mut Db, areas: &[StrategicArea], regions: &[String]) -> Result<Vec<Interest>> {
    let all: Vec<Interest> = supplier_profiles::table
        .inner_join(organisations::table)
        .filter(supplier_profiles::tell_me_of_new_needs.eq(true))
        .select((organisations::id, organisations::name, supplier_profiles::areas, supplier_profiles::regions))
        .load(db)?;
    Ok(all.into_iter().filter(|interest| interest.fits(areas, regions)).collect())
}

impl Interest {
    fn fits(&self, areas: &[StrategicArea], regions: &[String]) -> bool {
        let county = |r: &String| r.get(..2).unwrap_or(r).to_owned();
        let same_area = self.areas.0.is_empty() || self.areas.0.iter().any(|a| areas.contains(a));
        let near = self.regions.0.is_empty()
            || self.regions.0.iter().any(|mine| {
                regions.iter().any(|theirs| mine == theirs || county(theirs) == *mine || county(mine) == *theirs)
            });
        same_area && near
    }
}
