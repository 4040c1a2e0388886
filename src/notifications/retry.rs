//! Sending a failed mail once more, because someone decided so.
use super::{MessageStatus, OutboxMessage, policy, store};
use crate::Result;
use crate::audit::Event;
use crate::op::Op;
use crate::tenancy::Permit;

/// One that has not failed, or no more, is on its way or has arrived: that changes nothing.
///
/// # Errors
/// When the database refuses.
pub fn retry(op: &mut Op<'_>, message: Permit<policy::Retry, OutboxMessage>) -> Result<()> {
    let message = message.into_inner();
    if message.status != MessageStatus::Failed {
        return Ok(());
    }
    let again = OutboxMessage { status: MessageStatus::Waiting, next_attempt_at: op.now(), ..message };
    store::settle(op.db(), &again)?;
    op.wake.mail = true;
    op.record(Event::MessageRetried { message: again.id })
}
