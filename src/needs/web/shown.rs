//! What many pages show of a need: where its page is, its state, and its head.
use crate::needs::{Need, Status};
use crate::op::Op;
use crate::platform::db::types::Timestamp;
use crate::platform::language::Language;
use crate::web::view::{Deadline, Seen, StatusView};
use crate::{Result, tenancy};
use serde::Serialize;

/// The need that a page is about, at its top.
#[derive(Debug, Clone, Serialize)]
pub struct NeedHead {
    pub reference: String,
    pub url: String,
    pub title: String,
    pub buyer: String,
    pub deadline: Option<Deadline>,
}

/// The address of the page of a need.
pub fn need_url(root: &str, reference: &str) -> String {
    format!("{root}/behov/{reference}")
}

/// The need of a page, as whoever looks at it may know it.
pub fn head(op: &mut Op<'_>, need: &Need, seen: Seen) -> Result<NeedHead> {
    let is_own = op.actor().belongs_to(need.tenant_id);
    let now = op.now();
    Ok(NeedHead {
        reference: need.reference.clone(),
        url: need_url(seen.root, &need.reference),
        title: if is_own { need.title.clone() } else { need.told_title().to_owned() },
        buyer: tenancy::organisation(op.db(), need.tenant_id)?.name,
        deadline: need.response_deadline.map(|at| Deadline::new(at, now, seen.language)),
    })
}

/// What state a need is in. A published one whose deadline has passed is shown as closed; it can still be followed and concluded.
pub fn status_view(status: Status, deadline: Option<Timestamp>, now: Timestamp, language: Language) -> StatusView {
    let closed = status == Status::Published && deadline.is_some_and(|d| d < now);
    let code = if closed { "closed" } else { status.as_str() };
    StatusView { code, text: language.text(&format!("needs-status-{code}")) }
}
