//! Who may bring notices in.
use crate::Result;
use crate::tenancy::{Actor, Permit};

/// Bringing notices in.
pub struct Import;

/// Those who run the server, on the machine itself.
pub fn import(actor: &Actor) -> Result<Permit<Import, ()>> {
    let allowed = matches!(actor, Actor::System(_));
    Permit::check(actor, (), allowed, allowed, "the import", "import notices")
}
