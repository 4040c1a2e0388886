//! Writing an event, in the caller's transaction, and telling those concerned.
use super::{Event, EventId, store};
use crate::Result;
use crate::op::Op;
use crate::platform::db::types::Json;
use crate::platform::db::{Deed, Rows, insert_together};
use crate::tenancy::Actor;
use anyhow::Context;

impl Op<'_> {
    /// Enters `event` into the trail and queues the mails about it. Both happen if the transaction does.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn record(&mut self, event: Event) -> Result<()> {
        let deed = self.entry(event)?;
        insert_together(self.db(), &[deed])
    }

    /// `event` as a line of the trail, and the mails about it, yet to be written.
    ///
    /// # Errors
    /// When the database refuses to tell who is concerned.
    pub fn entry(&mut self, event: Event) -> Result<Deed> {
        let id = EventId::new();
        let (tenant, need) = event.case().unzip();
        let tenant = tenant.or(event.concerns());
        let (user, organisation, reason) = match &self.actor {
            Actor::Member(m) => (Some(m.user), Some(m.organisation), None),
            Actor::Alone(person) => (Some(person.user), None, None),
            Actor::System(reason) => (None, None, Some(reason.as_str().to_owned())),
            Actor::Anonymous => match event.by_mail() {
                // Theirs is the link; that it was they who opened it, nobody has shown.
                Some((user, organisation)) => (Some(user), Some(organisation), Some("mail-link".to_owned())),
                None => (None, None, Some("self-service".to_owned())),
            },
        };
        let payload = serde_json::to_value(&event).context("an event could not be written as JSON")?;
        let recorded = store::Recorded {
            id,
            at: self.now,
            name: event.name().to_owned(),
            tenant_id: tenant.filter(|_| event.tenant_may_see()),
            organisation_id: organisation,
            user_id: user,
            need_id: need,
            reason,
            request_id: self.request_id.to_owned(),
            payload: Json(payload),
        };
        let mails = (self.announce)(self, id, &event)?;
        let mut deed: Deed = vec![Box::new(Rows(vec![recorded]))];
        deed.extend(mails);
        Ok(deed)
    }
}
