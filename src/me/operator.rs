//! The operator's desk: does it run?
use crate::Result;
use crate::notifications::{self, MessageStatus};
use crate::op::Op;
use crate::platform::language::Language;
use crate::tenancy::{self, OrganisationKind};
use crate::web::view::When;
use crate::{identity, needs, suppliers};
use chrono::TimeDelta;
use serde::Serialize;

#[derive(Serialize)]
pub struct OperatorDesk {
    outbox: Outbox,
    oldest_waiting: Option<When>,
    counts: Counts,
}

#[derive(Serialize)]
struct Outbox {
    waiting: i64,
    /// In the last day and night.
    sent: i64,
    failed: i64,
}

#[derive(Serialize)]
struct Counts {
    buyers: i64,
    suppliers: i64,
    users: i64,
    /// Registrations that are not confirmed yet.
    waiting: i64,
    needs: i64,
}

impl OperatorDesk {
    pub fn read(op: &mut Op<'_>, language: Language) -> Result<Self> {
        let messages = notifications::counts(op.db())?;
        let day_ago = op.now() - TimeDelta::days(1);
        let organisations = tenancy::counts(op.db())?;
        let now = op.now();
        let messages_in = |status| messages.iter().find(|(s, _)| *s == status).map_or(0, |(_, n)| *n);
        let of_kind = |kind| organisations.iter().find(|(k, _)| *k == kind).map_or(0, |(_, n)| *n);
        Ok(Self {
            outbox: Outbox {
                waiting: messages_in(MessageStatus::Waiting) + messages_in(MessageStatus::Sending),
                sent: notifications::sent_since(op.db(), day_ago)?,
                failed: messages_in(MessageStatus::Failed),
            },
            oldest_waiting: notifications::oldest_waiting(op.db())?.map(|at| When::short(at, language)),
            counts: Counts {
                buyers: of_kind(OrganisationKind::Buyer),
                suppliers: of_kind(OrganisationKind::Supplier),
                users: identity::count(op.db())?,
                waiting: suppliers::count_waiting(op.db(), now)?,
                needs: needs::totals(op.db())?.iter().filter(|(s, _)| s.is_public()).map(|(_, n)| n).sum(),
            },
        })
    }
}
