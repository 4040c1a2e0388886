//! What is left of a need that was taken back, for those who took part: that it was, when and why.
use super::{NeedHead, head};
use crate::needs::{self, policy, store};
use crate::op::Op;
use crate::platform::language::Language;
use crate::web::view::{Seen, When};
use crate::web::{self, Page, Visitor, page_with_status};
use crate::{App, Error, Result, audit, dialogue};
use actix_web::http::StatusCode;
use serde::Serialize;

#[derive(Serialize)]
struct WithdrawnPage {
    need: NeedHead,
    at: When,
    reason: String,
    /// Whoever follows it may stop.
    can_unfollow: bool,
}

impl Page for WithdrawnPage {
    const TEMPLATE: &'static str = "web/needs/withdrawn";
    fn title(&self, language: Language) -> String {
        language.text("needs-show-withdrawn")
    }
}

/// In place of the page of a need that `visitor` may not read.
///
/// # Errors
/// `NotFound` unless it was withdrawn and they took part in it.
pub(super) async fn instead(app: &App, visitor: Visitor, reference: String) -> web::Result {
    let seen = Seen::by(&visitor);
    page_with_status(app, visitor, StatusCode::GONE, move |op| withdrawn_page(op, &reference, seen)).await
}

fn withdrawn_page(op: &mut Op<'_>, reference: &str, seen: Seen) -> Result<WithdrawnPage> {
    let need = store::find_by_reference(op.db(), reference)?;
    let follows = needs::is_followed(op, need.id)?;
    let took_part = follows || has_spoken(op, need.id)?;
    let need = policy::read_withdrawal(op.actor(), need, took_part)?.into_inner();
    let (at, reason) = audit::withdrawal(op.db(), need.id)?.ok_or(Error::NotFound("the need"))?;
    Ok(WithdrawnPage { at: seen.when(at), reason, can_unfollow: follows, need: head(op, &need, seen)? })
}

/// Asked, responded or joined, they or their colleagues: they were told by mail.
fn has_spoken(op: &mut Op<'_>, need: needs::NeedId) -> Result<bool> {
    let Ok(own) = op.member().map(|member| member.organisation) else { return Ok(false) };
    let joined = store::joiners_of(op.db(), need)?.iter().any(|joiner| joiner.organisation == own);
    Ok(joined || dialogue::participants_of(op.db(), need)?.iter().any(|(_, organisation)| *organisation == own))
}
