//! Who may do what to a need.
use super::Need;
use crate::Result;
use crate::tenancy::{Actor, OrganisationId, Permit};

pub struct Describe;
pub struct Read;
pub struct Edit;
pub struct Publish;
pub struct Follow;
pub struct Join;
pub struct DraftNotice;

const WHAT: &str = "the need";

/// Everybody sees what is public; the tenant's own people see everything of theirs.
pub fn can_see(actor: &Actor, need: &Need) -> bool {
    need.status.is_public() || actor.belongs_to(need.tenant_id) || actor.is_system()
}

/// May write a need for their own organisation.
pub fn describe(actor: &Actor) -> Result<Permit<Describe, OrganisationId>> {
    let own = actor.member()?.organisation;
    Permit::check(actor, own, true, actor.is_buyer(), "the organisation", "describe needs")
}

pub fn read(actor: &Actor, need: Need) -> Result<Permit<Read, Need>> {
    let visible = can_see(actor, &need);
    Permit::check(actor, need, visible, visible, WHAT, "read it")
}

pub fn edit(actor: &Actor, need: Need) -> Result<Permit<Edit, Need>> {
    let (visible, allowed) = (can_see(actor, &need), actor.buys_for(need.tenant_id));
    Permit::check(actor, need, visible, allowed, WHAT, "change it")
}

/// Publish, and withdraw.
pub fn publish(actor: &Actor, need: Need) -> Result<Permit<Publish, Need>> {
    let (visible, allowed) = (can_see(actor, &need), actor.buys_for(need.tenant_id));
    Permit::check(actor, need, visible, allowed, WHAT, "publish it")
}

/// Anyone with a login can follow what is public.
pub fn follow(actor: &Actor, need: Need) -> Result<Permit<Follow, Need>> {
    let visible = can_see(actor, &need);
    let allowed = actor.member().is_ok();
    Permit::check(actor, need, visible, allowed, WHAT, "follow it")
}

/// Another buyer; one cannot join one's own need.
pub fn join(actor: &Actor, need: Need) -> Result<Permit<Join, Need>> {
    let visible = can_see(actor, &need);
    let allowed = actor.is_buyer() && !actor.belongs_to(need.tenant_id);
    Permit::check(actor, need, visible, allowed, WHAT, "join it")
}

/// Draw up a notice of it: those who buy for the tenant, and commands on the machine.
pub fn draft_notice(actor: &Actor, need: Need) -> Result<Permit<DraftNotice, Need>> {
    let visible = can_see(actor, &need);
    let allowed = actor.buys_for(need.tenant_id) || actor.is_system();
    Permit::check(actor, need, visible, allowed, WHAT, "draw up a notice of it")
}
