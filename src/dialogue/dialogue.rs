//! What is said in a dialogue: a question, a response, an outcome.
use crate::identity::UserId;
use crate::needs::NeedId;
use crate::platform::db::schema::{outcomes, questions, responses};
use crate::platform::db::types::{Id, Timestamp};
use crate::tenancy::OrganisationId;
use crate::text_enum;
use diesel::prelude::*;

pub type QuestionId = Id<Question>;
pub type ResponseId = Id<Response>;

/// A question from the market. The answer is read by everybody; who asked, by the asker and the tenant only.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = questions, treat_none_as_default_value = false)]
pub struct Question {
    pub id: QuestionId,
    pub tenant_id: OrganisationId,
    pub need_id: NeedId,
    pub organisation_id: OrganisationId,
    pub asked_by: UserId,
    pub text: String,
    pub asked_at: Timestamp,
    pub answer: Option<String>,
    pub answered_by: Option<UserId>,
    pub answered_at: Option<Timestamp>,
}

/// What a supplier writes to the buyer about how the need could be met. Read by these two only.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = responses, treat_none_as_default_value = false)]
pub struct Response {
    pub id: ResponseId,
    pub tenant_id: OrganisationId,
    pub need_id: NeedId,
    pub organisation_id: OrganisationId,
    pub sent_by: UserId,
    pub body: String,
    /// What the supplier holds to be a trade secret (fvl. § 13), and why. Marking is the supplier's advice; the buyer
    /// decides when someone asks for access.
    pub confidential: String,
    pub confidential_reason: String,
    pub sent_at: Timestamp,
    pub read_by: Option<UserId>,
    pub read_at: Option<Timestamp>,
    pub thanks: Option<String>,
    pub thanked_by: Option<UserId>,
    pub thanked_at: Option<Timestamp>,
}

text_enum! {
    /// What became of a need.
    #[derive(utoipa::ToSchema)]
    pub enum OutcomeKind {
        Procurement = "procurement", DirectPurchase = "direct_purchase", Pilot = "pilot",
        OwnSolution = "own_solution", NoAction = "no_action", Other = "other",
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = outcomes)]
pub struct Outcome {
    pub need_id: NeedId,
    pub kind: OutcomeKind,
    pub text: String,
    pub told_by: UserId,
    pub told_at: Timestamp,
}
