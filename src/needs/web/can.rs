//! What a visitor may do on the page of a need: what the policies allow, where the need is in a state for it. The verbs behind the
//! buttons ask again.
use crate::dialogue;
use crate::needs::{Need, Status, policy};
use crate::platform::db::types::Timestamp;
use crate::tenancy::Actor;
use serde::Serialize;

/// What this visitor may do here.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub(super) struct Can {
    pub edit: bool,
    pub publish: bool,
    pub withdraw: bool,
    pub delete: bool,
    pub follow: bool,
    pub unfollow: bool,
    pub ask: bool,
    pub respond: bool,
    pub join: bool,
    pub conclude: bool,
    pub see_responses: bool,
    pub draft_e1: bool,
    pub draft_plan: bool,
}

impl Can {
    /// `follows`: this person does; `joined`: their organisation has.
    pub fn new(actor: &Actor, need: &Need, follows: bool, joined: bool, now: Timestamp) -> Self {
        let open = need.open_for_dialogue(now).is_ok();
        let published = need.status == Status::Published;
        let writes = policy::edit(actor, need).is_ok();
        let publishes = policy::publish(actor, need).is_ok();
        let drafts = policy::draft_notice(actor, need).is_ok();
        Self {
            edit: writes && need.status != Status::Concluded,
            publish: publishes && matches!(need.status, Status::Draft | Status::Withdrawn),
            withdraw: publishes && published,
            delete: need.status == Status::Draft && policy::delete(actor, need).is_ok(),
            // One's own is told of without being followed.
            follow: !follows && published && !actor.belongs_to(need.tenant_id) && policy::follow(actor, need).is_ok(),
            unfollow: follows && policy::unfollow(actor, need, follows).is_ok(),
            ask: open && dialogue::policy::ask(actor, need).is_ok(),
            respond: open && dialogue::policy::respond(actor, need).is_ok(),
            join: published && !joined && policy::join(actor, need).is_ok(),
            conclude: published && dialogue::policy::conclude(actor, need).is_ok(),
            see_responses: need.status != Status::Draft && dialogue::policy::read_responses(actor, need).is_ok(),
            draft_e1: drafts && open,
            draft_plan: drafts && need.status != Status::Withdrawn,
        }
    }

    pub fn any(self) -> bool {
        self.edit
            || self.publish
            || self.withdraw
            || self.delete
            || self.follow
            || self.unfollow
            || self.ask
            || self.respond
            || self.join
            || self.conclude
            || self.see_responses
            || self.draft_e1
            || self.draft_plan
    }
}
