//! Who sees all tenants side by side: advisers.
use crate::Result;
use crate::error::Only;
use crate::tenancy::{Actor, Permit};

/// Seeing the needs of all tenants.
pub struct Read;

pub fn read(actor: &Actor) -> Result<Permit<Read, ()>> {
    Permit::check(actor, (), true, actor.is_adviser(), "the portfolio", Only::Advisers.may("read the portfolio"))
}
