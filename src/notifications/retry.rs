//! Sending a failed mail once more, because someone decided so.
use super::{MessageStatus, OutboxMessage, policy, store};
use crate::audit::Event;
use crate::op::Op;
use crate::tenancy::Permit;
use crate::{Error, Result};

/// # Errors
/// `Conflict` (`message-not-failed`) unless it failed.
pub fn retry(op: &mut Op<'_>, message: Permit<policy::Retry, OutboxMessage>) -> Result<()> {
    let message = message.into_inner();
    if message.status != MessageStatus::Failed {
        return Err(Error::Conflict("message-not-failed"));
    }
    let again = OutboxMessage { status: MessageStatus::Waiting, next_attempt_at: op.now(), ..message };
    store::settle(op.db(), &again)?;
    op.wake.mail = true;
    op.record(Event::MessageRetried { message: again.id })
}
