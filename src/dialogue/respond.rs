//! A supplier's response, and how the buyer receives it.
use super::attach;
use super::files::{NewFile, Written};
use super::{Response, ResponseId, policy, store};
use crate::audit::Event;
use crate::input::Input;
use crate::needs::{Need, StaysOpen};
use crate::op::Op;
use crate::platform::db::{Deed, Rows, insert_together};
use crate::tenancy::{self, Permit, Receiver};
use crate::{Error, Result};

/// Characters of a response, and of its confidential part.
const TEXT: usize = 50_000;
/// Characters of why something is confidential.
const REASON: usize = 2_000;
/// Characters of thanks.
const THANKS: usize = 5_000;

/// A response as it was written, checked.
#[derive(Debug, Default, Clone)]
pub struct NewResponse {
    body: String,
    confidential: String,
    confidential_reason: String,
}

impl NewResponse {
    /// `files` are those that come with it; some may be confidential.
    ///
    /// # Errors
    /// `Invalid`: it says nothing, is too long, or keeps something confidential without saying why.
    pub fn parse(body: &str, confidential: &str, confidential_reason: &str, files: &[NewFile]) -> Result<Self> {
        let mut input = Input::default();
        let new = Self {
            body: input.required_text("body", body, TEXT),
            confidential: input.text("confidential", confidential, TEXT),
            confidential_reason: input.text("confidential_reason", confidential_reason, REASON),
        };
        let confidential = !new.confidential.is_empty() || files.iter().any(NewFile::is_confidential);
        says_why(&mut input, confidential, &new.confidential_reason);
        input.finish()?;
        Ok(new)
    }
}

/// Whoever keeps something confidential says why: it is the buyer who decides when someone asks for access.
fn says_why(input: &mut Input, confidential: bool, reason: &str) {
    if confidential && reason.is_empty() {
        input.error("confidential_reason", "required");
    }
}

impl Response {
    /// Why something in it is confidential, when a file is added: the response says it once, as it is sent or with the first file
    /// that wants it.
    ///
    /// # Errors
    /// `Invalid` (`confidential_reason`): the file is confidential, and nobody says why; it is said already, and otherwise.
    pub fn reason_with(&self, typed: &str, confidential: bool) -> Result<String> {
        let mut input = Input::default();
        let reason = input.text("confidential_reason", typed, REASON);
        let said = self.confidential_reason.as_str();
        if said.is_empty() {
            says_why(&mut input, confidential, &reason);
        } else if !reason.is_empty() && reason != said {
            input.error("confidential_reason", "already-said");
        }
        input.finish()?;
        Ok(if said.is_empty() { reason } else { said.to_owned() })
    }
}

/// Sends a response with its attachments. A supplier who forgot something sends another; nothing sent is changed.
///
/// # Errors
/// `Conflict` if the need is not open, or its deadline has passed.
pub fn respond(
    op: &mut Op<'_>,
    need: Permit<policy::Respond, Need>,
    new: NewResponse,
    files: Vec<Written>,
) -> Result<Response> {
    let need = need.into_inner();
    let receiver = tenancy::receiver(op.db(), need.tenant_id)?;
    let (response, deed) = sending(op, &need, receiver, new, files.len())?;
    insert_together(op.db(), &[deed])?;
    attach::keep(op, &need, Some(response.id), files)?;
    Ok(response)
}

/// A response without attachments, and what is to be written for it to be sent; `receiver` is the need's buyer.
///
/// # Errors
/// `Conflict` if the need is not open, or its deadline has passed.
pub fn respond_in_words(
    op: &mut Op<'_>,
    need: Permit<policy::Respond, Need>,
    receiver: Receiver,
    new: NewResponse,
) -> Result<(Response, Deed)> {
    sending(op, &need.into_inner(), receiver, new, 0)
}

fn sending(
    op: &mut Op<'_>,
    need: &Need,
    receiver: Receiver,
    new: NewResponse,
    attachments: usize,
) -> Result<(Response, Deed)> {
    need.open_for_dialogue(op.now())?;
    let member = op.member()?;
    let response = Response {
        id: ResponseId::new(),
        tenant_id: need.tenant_id,
        need_id: need.id,
        organisation_id: member.organisation,
        sent_by: member.user,
        body: new.body,
        confidential: new.confidential,
        confidential_reason: new.confidential_reason,
        sent_at: op.now(),
        read_by: None,
        read_at: None,
        thanks: None,
        thanked_by: None,
        thanked_at: None,
    };
    let sent = Event::ResponseSent {
        tenant: need.tenant_id,
        need: need.id,
        response: response.id,
        attachments,
        reference: need.reference.clone(),
        title: need.title.clone(),
        receiver,
    };
    let mut deed: Deed = vec![Box::new(StaysOpen(need.id)), Box::new(Rows(vec![response.clone()]))];
    deed.extend(op.entry(sent)?);
    Ok((response, deed))
}

/// Someone at the buyer has read it, and the supplier gets to know. The second time changes nothing.
pub fn mark_read(op: &mut Op<'_>, response: Permit<policy::Receive, Response>) -> Result<Response> {
    let response = response.into_inner();
    if response.read_at.is_some() {
        return Ok(response);
    }
    let (user, now) = (op.member()?.user, op.now());
    if !store::mark_read(op.db(), response.id, user, now)? {
        return store::find_response(op.db(), response.id);
    }
    let read = Response { read_by: Some(user), read_at: Some(now), ..response };
    op.record(Event::ResponseRead { tenant: read.tenant_id, need: read.need_id, response: read.id })?;
    Ok(read)
}

/// # Errors
/// `Invalid` (`text`): it says nothing, or is too long.
pub fn thanks_text(typed: &str) -> Result<String> {
    let mut input = Input::default();
    let text = input.required_text("text", typed, THANKS);
    input.finish()?;
    Ok(text)
}

/// Thanks for it; whoever thanks has read. In the same words twice changes nothing.
///
/// # Errors
/// `Conflict` (`already-thanked`) if it was thanked for in other words.
pub fn thank(op: &mut Op<'_>, response: Permit<policy::Receive, Response>, text: String) -> Result<Response> {
    let response = response.into_inner();
    if response.thanked_at.is_some() {
        return thanked_before(response, &text);
    }
    let (user, now) = (op.member()?.user, op.now());
    let thanked = Response {
        read_by: response.read_by.or(Some(user)),
        read_at: response.read_at.or(Some(now)),
        thanks: Some(text),
        thanked_by: Some(user),
        thanked_at: Some(now),
        ..response
    };
    store::mark_read(op.db(), thanked.id, user, now)?;
    if !store::mark_thanked(op.db(), thanked.id, thanked.thanks.as_deref().unwrap_or_default(), user, now)? {
        // A colleague was faster.
        let response = store::find_response(op.db(), thanked.id)?;
        return thanked_before(response, thanked.thanks.as_deref().unwrap_or_default());
    }
    op.record(Event::ResponseThanked { tenant: thanked.tenant_id, need: thanked.need_id, response: thanked.id })?;
    Ok(thanked)
}

fn thanked_before(response: Response, text: &str) -> Result<Response> {
    if response.thanks.as_deref() == Some(text) { Ok(response) } else { Err(Error::Conflict("already-thanked")) }
}
