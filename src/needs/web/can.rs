//! What a visitor may do on the page of a need. The verbs behind the buttons ask again.
use crate::needs::{Need, Status};
use crate::platform::db::types::Timestamp;
use crate::tenancy::Actor;
use serde::Serialize;

/// What this visitor may do here.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub(super) struct Can {
    pub edit: bool,
    pub publish: bool,
    pub withdraw: bool,
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
    pub fn new(actor: &Actor, need: &Need, follows: bool, now: Timestamp) -> Self {
        let logged_in = actor.member().is_ok();
        let (writes, own) = (actor.buys_for(need.tenant_id), actor.belongs_to(need.tenant_id));
        let open = need.open_for_dialogue(now).is_ok();
        let published = need.status == Status::Published;
        Self {
            edit: writes && matches!(need.status, Status::Draft | Status::Published),
            publish: writes && matches!(need.status, Status::Draft | Status::Withdrawn),
            withdraw: writes && published,
            follow: logged_in && !own && !follows && published,
            unfollow: logged_in && follows,
            ask: logged_in && !own && open,
            respond: actor.is_supplier() && open,
            join: actor.is_buyer() && !own && published,
            conclude: writes && published,
            see_responses: own && need.status != Status::Draft,
            draft_e1: writes && open,
            draft_plan: writes && need.status != Status::Withdrawn,
        }
    }

    pub fn any(self) -> bool {
        self.edit
            || self.publish
            || self.withdraw
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
