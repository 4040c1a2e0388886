//! Who may look into the outbox: the operator.
use super::OutboxMessage;
use crate::Result;
use crate::tenancy::{Actor, Permit};

pub struct ReadOutbox;
pub struct Retry;

pub fn read(actor: &Actor) -> Result<Permit<ReadOutbox, ()>> {
    Permit::check(actor, (), true, actor.is_operator(), "the outbox", "read it")
}

pub fn retry(actor: &Actor, message: OutboxMessage) -> Result<Permit<Retry, OutboxMessage>> {
    actor.member()?;
    let operator = actor.is_operator();
    Permit::check(actor, message, operator, operator, "the message", "send it again")
}
