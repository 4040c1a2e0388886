//! Who may do what to a need. What a page offers asks about a need that it keeps; what is done, takes it.
use super::{Need, Status};
use crate::Result;
use crate::error::Only;
use crate::tenancy::{Actor, OrganisationId, Permit};
use std::borrow::Borrow;

/// Writing one.
pub struct Describe;
/// Reading it.
pub struct Read;
/// Changing it.
pub struct Edit;
/// Publishing it, and taking it back.
pub struct Publish;
/// Deleting a draft.
pub struct Delete;
/// Being told that it was taken back.
pub struct ReadWithdrawal;
/// Following it.
pub struct Follow;
/// Following it no more.
pub struct Unfollow;
/// Joining it.
pub struct Join;
/// Drawing up a notice of it.
pub struct DraftNotice;
/// Being told how many take part.
pub struct Count;

const WHAT: &str = "the need";

/// Everybody sees what is public; the tenant's own people see everything of theirs.
pub fn can_see(actor: &Actor, need: &Need) -> bool {
    need.status.is_public() || actor.belongs_to(need.tenant_id) || actor.is_system()
}

/// May write a need for their own organisation.
pub fn describe(actor: &Actor) -> Result<Permit<Describe, OrganisationId>> {
    let own = actor.member()?.organisation;
    Permit::check(actor, own, true, actor.is_buyer(), "the organisation", Only::Buyers.may("describe needs"))
}

/// Whoever sees it.
pub fn read(actor: &Actor, need: Need) -> Result<Permit<Read, Need>> {
    let visible = can_see(actor, &need);
    Permit::check(actor, need, visible, visible, WHAT, "read it")
}

/// Those who buy for the tenant.
pub fn edit<N: Borrow<Need>>(actor: &Actor, need: N) -> Result<Permit<Edit, N>> {
    let (visible, allowed) = (can_see(actor, need.borrow()), actor.buys_for(need.borrow().tenant_id));
    Permit::check(actor, need, visible, allowed, WHAT, Only::Buyers.may("change it"))
}

/// Publish, and withdraw.
pub fn publish<N: Borrow<Need>>(actor: &Actor, need: N) -> Result<Permit<Publish, N>> {
    let (visible, allowed) = (can_see(actor, need.borrow()), actor.buys_for(need.borrow().tenant_id));
    Permit::check(actor, need, visible, allowed, WHAT, Only::Buyers.may("publish it"))
}

/// Delete what has never been published.
pub fn delete<N: Borrow<Need>>(actor: &Actor, need: N) -> Result<Permit<Delete, N>> {
    let (visible, allowed) = (can_see(actor, need.borrow()), actor.buys_for(need.borrow().tenant_id));
    Permit::check(actor, need, visible, allowed, WHAT, Only::Buyers.may("delete it"))
}

/// Anyone with a login can follow what is public.
pub fn follow<N: Borrow<Need>>(actor: &Actor, need: N) -> Result<Permit<Follow, N>> {
    let visible = can_see(actor, need.borrow());
    let allowed = actor.member().is_ok();
    Permit::check(actor, need, visible, allowed, WHAT, "follow it")
}

/// Whoever follows it may stop, also once it has been taken back.
pub fn unfollow<N: Borrow<Need>>(actor: &Actor, need: N, follows: bool) -> Result<Permit<Unfollow, N>> {
    let visible = follows || can_see(actor, need.borrow());
    Permit::check(actor, need, visible, actor.member().is_ok(), WHAT, "stop following it")
}

/// Be told that it was taken back, when and why: those who took part, as their mail told.
pub fn read_withdrawal(actor: &Actor, need: Need, took_part: bool) -> Result<Permit<ReadWithdrawal, Need>> {
    let visible = need.status == Status::Withdrawn && took_part;
    Permit::check(actor, need, visible, visible, WHAT, "read it")
}

/// Another buyer; one cannot join one's own need.
pub fn join<N: Borrow<Need>>(actor: &Actor, need: N) -> Result<Permit<Join, N>> {
    let visible = can_see(actor, need.borrow());
    let allowed = actor.is_buyer() && !actor.belongs_to(need.borrow().tenant_id);
    Permit::check(actor, need, visible, allowed, WHAT, Only::Buyers.may("join it"))
}

/// How many follow, ask and respond: the tenant's own people, and advisers.
pub fn count<N: Borrow<Need>>(actor: &Actor, need: N) -> Result<Permit<Count, N>> {
    let visible = can_see(actor, need.borrow());
    let allowed = actor.belongs_to(need.borrow().tenant_id) || actor.is_adviser();
    Permit::check(actor, need, visible, allowed, WHAT, "count who takes part")
}

/// Draw up a notice of it: those who buy for the tenant, and commands on the machine.
pub fn draft_notice<N: Borrow<Need>>(actor: &Actor, need: N) -> Result<Permit<DraftNotice, N>> {
    let visible = can_see(actor, need.borrow());
    let allowed = actor.buys_for(need.borrow().tenant_id) || actor.is_system();
    Permit::check(actor, need, visible, allowed, WHAT, Only::Buyers.may("draw up a notice of it"))
}
