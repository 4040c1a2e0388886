//! Who may say and read what in a dialogue.
use super::{Attachment, Question, Response};
use crate::Result;
use crate::error::Only;
use crate::needs::{self, Need};
use crate::tenancy::{Actor, OrganisationId, Permit};
use std::borrow::Borrow;

/// Asking about a need.
pub struct Ask;
/// Answering a question.
pub struct Answer;
/// Responding to a need.
pub struct Respond;
/// Reading all the responses to a need.
pub struct ReadResponses;
/// Having a list of those that one sees.
pub struct ListResponses;
/// Reading one response.
pub struct ReadResponse;
/// Marking a response as read, and thanking for it.
pub struct Receive;
/// Telling the outcome.
pub struct Conclude;
/// Adding a file to a response.
pub struct Supplement;
/// Fetching a file.
pub struct Download;

/// How much of what is not public someone sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    Everything,
    /// What this organisation has sent itself.
    Own(OrganisationId),
    Nothing,
}

/// Anyone with a login who is not of the tenant.
pub fn ask<N: Borrow<Need>>(actor: &Actor, need: N) -> Result<Permit<Ask, N>> {
    let visible = needs::policy::can_see(actor, need.borrow());
    let allowed = actor.member().is_ok() && !actor.belongs_to(need.borrow().tenant_id);
    Permit::check(actor, need, visible, allowed, "the need", "ask about it")
}

/// May the question be seen by those who see its need? Once answered by everybody; before that by the asker's organisation and the tenant.
pub fn can_see_question(actor: &Actor, question: &Question) -> bool {
    question.answered_at.is_some() || knows_asker(actor, question)
}

/// The same for all the questions about a need: how many of the unanswered ones are seen.
pub fn unanswered(actor: &Actor, need: &Need) -> Reach {
    match actor.member() {
        Ok(_) if actor.belongs_to(need.tenant_id) => Reach::Everything,
        Ok(member) => Reach::Own(member.organisation),
        Err(_) => Reach::Nothing,
    }
}

/// Is told who asked: the tenant. The asker's colleagues know that it was one of them.
pub fn sees_askers(actor: &Actor, question: &Question) -> bool {
    actor.belongs_to(question.tenant_id)
}

/// May know who asked.
pub fn knows_asker(actor: &Actor, question: &Question) -> bool {
    actor.belongs_to(question.tenant_id) || actor.member().is_ok_and(|m| m.organisation == question.organisation_id)
}

/// A question is nowhere to be seen where its need is not: an answered one of a withdrawn need is the tenant's alone.
pub fn answer(actor: &Actor, question: Question, need: &Need) -> Result<Permit<Answer, Question>> {
    let visible = needs::policy::can_see(actor, need) && can_see_question(actor, &question);
    let allowed = actor.buys_for(question.tenant_id);
    Permit::check(actor, question, visible, allowed, "the question", Only::Buyers.may("answer it"))
}

/// Whoever supplies, also once the deadline has passed: the verb tells of that.
pub fn respond<N: Borrow<Need>>(actor: &Actor, need: N) -> Result<Permit<Respond, N>> {
    let visible = needs::policy::can_see(actor, need.borrow());
    Permit::check(actor, need, visible, actor.is_supplier(), "the need", Only::Suppliers.may("respond to it"))
}

/// All the responses to a need: the tenant's own people, in whatever role.
pub fn read_responses<N: Borrow<Need>>(actor: &Actor, need: N) -> Result<Permit<ReadResponses, N>> {
    let (visible, allowed) = (needs::policy::can_see(actor, need.borrow()), actor.belongs_to(need.borrow().tenant_id));
    Permit::check(actor, need, visible, allowed, "the need", "read its responses")
}

/// A list of responses: the tenant sees all of them, a supplier its own, also those to a need that has been taken back (`has_responded`).
pub fn list_responses(actor: &Actor, need: Need, has_responded: bool) -> Result<Permit<ListResponses, (Need, Reach)>> {
    let visible = has_responded || needs::policy::can_see(actor, &need);
    let reach = match actor.member() {
        Ok(_) if actor.belongs_to(need.tenant_id) => Reach::Everything,
        Ok(member) if actor.is_supplier() => Reach::Own(member.organisation),
        Ok(_) | Err(_) => Reach::Nothing,
    };
    Permit::check(actor, (need, reach), visible, reach != Reach::Nothing, "the need", "read its responses")
}

/// One response: the tenant and the supplier who sent it. To all others it does not exist.
pub fn read_response(actor: &Actor, response: Response) -> Result<Permit<ReadResponse, Response>> {
    let visible = actor.belongs_to(response.tenant_id) || actor.supplies_for(response.organisation_id);
    Permit::check(actor, response, visible, visible, "the response", "read it")
}

/// Mark a response as read, and thank for it.
pub fn receive(actor: &Actor, response: Response) -> Result<Permit<Receive, Response>> {
    let visible = actor.belongs_to(response.tenant_id) || actor.supplies_for(response.organisation_id);
    let allowed = actor.buys_for(response.tenant_id);
    Permit::check(actor, response, visible, allowed, "the response", Only::Buyers.may("receive it"))
}

/// Those who buy for the tenant.
pub fn conclude<N: Borrow<Need>>(actor: &Actor, need: N) -> Result<Permit<Conclude, N>> {
    let (visible, allowed) = (needs::policy::can_see(actor, need.borrow()), actor.buys_for(need.borrow().tenant_id));
    Permit::check(actor, need, visible, allowed, "the need", Only::Buyers.may("conclude it"))
}

/// Add a file to a response: only who sent it.
pub fn supplement(actor: &Actor, response: Response) -> Result<Permit<Supplement, Response>> {
    let allowed = actor.supplies_for(response.organisation_id);
    let visible = allowed || actor.belongs_to(response.tenant_id);
    Permit::check(actor, response, visible, allowed, "the response", "attach to it")
}

/// What belongs to a need is read by those who read the need, as its versions are; what belongs to a response, by the tenant and the sender.
pub fn download(actor: &Actor, attachment: Attachment, need: &Need) -> Result<Permit<Download, Attachment>> {
    let visible = match attachment.response_id {
        None => needs::policy::can_see(actor, need),
        Some(_) => actor.belongs_to(need.tenant_id) || actor.supplies_for(attachment.organisation_id),
    };
    Permit::check(actor, attachment, visible, visible, "the attachment", "download it")
}
