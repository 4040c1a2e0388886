//! From a need and what someone adds to a notice that is valid, or to everything that keeps it from being one.
use super::case::case_of;
use super::facts::{complete, facts_of};
use crate::needs::{Need, Status};
use crate::platform::db::types::Timestamp;
use crate::platform::wording;
use crate::tenancy::Organisation;
use crate::{Error, Result};
use anyhow::Context;
use eforms_write::suggest::{Suggestion, suggest};
use eforms_write::{Dispatch, Facts, FormName, Problem, Tailoring};
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

/// A file of facts larger than this, in bytes, is not read. A notice with a thousand lots is a tenth of it.
pub const MAX_FACTS: u64 = 16 * 1024 * 1024;
/// BT-757 counts no further.
const LAST_VERSION: i32 = 99;

/// What is known before anything is added.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    pub need: &'a Need,
    pub buyer: &'a Organisation,
    /// Where people read the need: links in the notice begin with it.
    pub public_url: &'a str,
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Order {
    pub form: FormName,
    pub tailoring: Tailoring,
    /// BT-01, as `data/legal-bases.csv` of `eforms-write` names it. When left out, national rules.
    pub legal_basis: Option<String>,
    /// Write what the need says under every language of the notice, whichever it is said in.
    pub untranslated: bool,
    /// What someone adds, field by field over what the need knows (`crates/eforms-write/docs/facts.md`).
    pub facts: Value,
    /// What someone adds to the first of the buyers in the same way, in whose list it cannot be told.
    pub buyer: Value,
}

/// A notice that is valid.
#[derive(Debug, Clone)]
pub struct Draft {
    pub xml: Vec<u8>,
    /// OPP-070.
    pub subtype: &'static str,
    /// OPT-002.
    pub customization: String,
    pub dispatch: Dispatch,
}

/// Makes a notice.
///
/// The same need, version and form always have the same identifier (BT-701) and version (BT-757): who draws a notice up
/// twice has one notice.
///
/// # Errors
/// `Conflict` where the need is in a state of which such a notice tells nothing. The problems, all of them at once, are no
/// error of the request but an answer to it.
pub fn draft(
    source: Option<&Source<'_>>,
    order: &Order,
    now: Timestamp,
) -> Result<std::result::Result<Draft, Vec<Problem>>> {
    if let Some(source) = source {
        match order.form {
            FormName::E1 => source.need.open_for_dialogue(now)?,
            FormName::Planning | FormName::Competition | FormName::Result => {
                if source.need.status == Status::Withdrawn {
                    return Err(Error::Conflict("need-withdrawn"));
                }
            }
        }
    }
    let json = facts(source, order);
    let dispatch = dispatch(source, order, &json, now);
    let (_, notice) = match Facts::gather(order.form, json, &dispatch) {
        Ok(good) => good,
        Err(problems) => return Ok(Err(said_once(problems, order))),
    };
    let mut xml = Vec::new();
    notice.write_to(&mut xml).context("a notice could not be written")?;
    Ok(Ok(Draft { xml, subtype: notice.subtype().code(), customization: notice.profile().customization(), dispatch }))
}

/// What is wrong with the whole is wrong with its only lot too, unless someone has told of lots.
fn said_once(mut problems: Vec<Problem>, order: &Order) -> Vec<Problem> {
    let of_whole: Vec<Problem> = problems.iter().filter(|p| p.field.starts_with("subject")).cloned().collect();
    for pieces in ["lots", "parts"] {
        if order.facts.get(pieces).is_none() {
            let beginning = format!("{pieces}[0].");
            problems.retain(|problem| {
                let field = problem.field.strip_prefix(&beginning);
                !of_whole.iter().any(|whole| Some(whole.field.as_str()) == field && whole.code == problem.code)
            });
        }
    }
    problems
}

/// Codes for innovation, environment and people (BT-06, BT-774, BT-775, BT-776) that fit the case. A person confirms them
/// by adding them to the facts; nothing is put in by itself.
pub fn suggestions(source: Option<&Source<'_>>, order: &Order) -> Vec<Suggestion> {
    let added = facts(source, order);
    let mut suggestions = suggest(&case_of(source, &added));
    suggestions.retain(|suggestion| !is_told(&added, suggestion));
    suggestions
}

/// Whether a lot has the code already. BT-06 follows from which aims are there.
fn is_told(facts: &Value, suggestion: &Suggestion) -> bool {
    let aim = match (suggestion.term, suggestion.code) {
        ("BT-776", _) | (_, "inn-pur") => "innovation",
        ("BT-774", _) | (_, "env-imp") => "environment",
        _ => "social",
    };
    let aims = facts["lots"].as_array().into_iter().flatten().map(|lot| &lot["strategic"][aim]);
    aims.filter(|aim| aim.is_object()).any(|aim| {
        let kinds = aim["kinds"].as_array().into_iter().flatten();
        suggestion.term == "BT-06" || kinds.into_iter().any(|kind| kind == suggestion.code)
    })
}

fn facts(source: Option<&Source<'_>>, order: &Order) -> Value {
    let known = source.map(|source| facts_of(source, order));
    complete(known, order)
}

fn dispatch(source: Option<&Source<'_>>, order: &Order, json: &Value, now: Timestamp) -> Dispatch {
    let version = source.map_or(1, |source| source.need.version.clamp(1, LAST_VERSION));
    Dispatch {
        notice_id: notice_id(source, order, json),
        version: u8::try_from(version).unwrap_or(1),
        issued: wording::in_norway(now).fixed_offset(),
        tailoring: order.tailoring,
    }
}

/// BT-701 wants a random UUID. What it is made of here is as good as random: nobody else has that need or procedure.
fn notice_id(source: Option<&Source<'_>>, order: &Order, json: &Value) -> Uuid {
    let mut hash = Sha256::new();
    hash.update(form_word(order.form).as_bytes());
    match source {
        Some(source) => hash.update(source.need.id.to_string().as_bytes()),
        None => hash.update(json["procedure_id"].as_str().map_or_else(|| json.to_string(), str::to_owned).as_bytes()),
    }
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(hash.finalize().iter()).for_each(|(to, from)| *to = *from);
    Builder::from_random_bytes(bytes).into_uuid()
}

/// The form as commands and addresses name it.
pub(super) const fn form_word(form: FormName) -> &'static str {
    match form {
        FormName::E1 => "e1",
        FormName::Planning => "planning",
        FormName::Competition => "competition",
        FormName::Result => "result",
    }
}
