//! Telling what became of it, to all who took part.
use super::{Outcome, OutcomeKind, policy, store};
use crate::Result;
use crate::audit::Event;
use crate::input::Input;
use crate::needs::{self, Need, Status};
use crate::op::Op;
use crate::tenancy::Permit;

/// Characters of an outcome.
const TEXT: usize = 20_000;

/// The outcome as it was chosen and written, checked.
///
/// # Errors
/// `Invalid`: no kind that there is, no text, or too much of it.
pub fn outcome_words(kind: &str, text: &str) -> Result<(OutcomeKind, String)> {
    let mut input = Input::default();
    let kind = input.parse("kind", kind.parse::<OutcomeKind>().map_err(|_| "no-outcome-kind"));
    let text = input.required_text("text", text, TEXT);
    input.finish()?;
    // Without an error there is a kind.
    Ok((kind.unwrap_or(OutcomeKind::Other), text))
}

/// The need is concluded, the outcome public, and everyone who followed, asked or responded is told. The same outcome twice changes
/// nothing.
///
/// # Errors
/// `Conflict` unless the need is published.
pub fn conclude(
    op: &mut Op<'_>,
    need: Permit<policy::Conclude, Need>,
    kind: OutcomeKind,
    text: String,
) -> Result<Outcome> {
    let need = need.into_inner();
    if need.status == Status::Concluded
        && let Some(told) = store::outcome(op.db(), need.id)?
        && (told.kind, &told.text) == (kind, &text)
    {
        return Ok(told);
    }
    let need = needs::conclude(op, need)?;
    let outcome = Outcome { need_id: need.id, kind, text, told_by: op.member()?.user, told_at: op.now() };
    store::insert_outcome(op.db(), &outcome)?;
    op.record(Event::OutcomeTold { tenant: need.tenant_id, need: need.id })?;
    Ok(outcome)
}
