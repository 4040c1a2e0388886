//! Who may have the report of a tenant's year.
use crate::Result;
use crate::tenancy::{Actor, Organisation, OrganisationKind, Permit};

/// Having the report.
pub struct Report;

/// The tenant's own people, advisers, operators, and commands on the machine. Of the tenants of others nobody learns whether
/// they are here.
pub fn report(actor: &Actor, organisation: Organisation) -> Result<Permit<Report, Organisation>> {
    let of_all = actor.is_adviser() || actor.is_operator() || actor.is_system();
    let is_own = actor.member().is_ok_and(|member| member.organisation == organisation.id);
    let is_tenant = organisation.kind == OrganisationKind::Buyer;
    let allowed = is_tenant && (of_all || actor.belongs_to(organisation.id));
    Permit::check(actor, organisation, allowed || is_own, allowed, "the organisation", "have a report: only buyers do")
}
