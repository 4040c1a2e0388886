//! Writing a need down, and rewriting it.
use super::{Content, Need, policy, store};
use crate::audit::Event;
use crate::input::Input;
use crate::op::Op;
use crate::platform::{db, wording};
use crate::tenancy::{OrganisationId, Permit};
use crate::{Error, Result};
use chrono::Datelike;

const CHANGE_NOTE: &str = "change_note";
/// Characters of what changed, and why.
const NOTE: usize = 2_000;

/// What was changed, and why, as someone typed it; a correction must say.
pub fn change_note(input: &mut Input, typed: &str, is_correction: bool) -> String {
    let note = input.text(CHANGE_NOTE, typed, NOTE);
    if is_correction && note.is_empty() {
        input.error(CHANGE_NOTE, "required");
    }
    note
}

/// A new draft.
pub fn describe(op: &mut Op<'_>, tenant: Permit<policy::Describe, OrganisationId>, content: Content) -> Result<Need> {
    let tenant = tenant.into_inner();
    let by = op.member()?.user;
    let year = wording::day_of(op.now()).year();
    let number = db::next_number(op.db(), &format!("needs-{year}"))?;
    let need = Need::draft(tenant, format!("{year}-{number:04}"), content, by, op.now());
    store::insert(op.db(), &need)?;
    op.record(Event::NeedDescribed { tenant, need: need.id })?;
    Ok(need)
}

/// New words for a draft, or the correction of a published need: a new version, the old one stays readable, and those
/// who follow are told. `note` says what changed and why; a correction needs it.
///
/// # Errors
/// `Stale` if someone changed it after `expected_revision`; `Invalid` (`change_note`) for a correction without a note;
/// what `Need::describe` refuses.
pub fn edit(
    op: &mut Op<'_>,
    need: Permit<policy::Edit, Need>,
    expected_revision: Option<i32>,
    content: Content,
    note: &str,
) -> Result<Need> {
    let before = need.into_inner();
    if expected_revision.is_some_and(|expected| expected != before.revision) {
        return Err(Error::Stale);
    }
    rewrite(op, before, content, Files::AsTheyWere, note)
}

/// Were the files of a need changed together with its words?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Files {
    AsTheyWere,
    Changed,
}

/// The same once its files have been changed: of a published need that is a correction too, whatever its words are, and the new
/// version shows the files that are there now. The dialogue does this, which keeps the files, after it has asked who may.
///
/// # Errors
/// Those of `edit`.
pub fn rewrite(op: &mut Op<'_>, before: Need, content: Content, files: Files, note: &str) -> Result<Need> {
    let public = before.status.is_public();
    let content = content.in_the_order_of(&before.content());
    // What is attached to a draft is nobody's business yet.
    let is_changed = content != before.content() || (public && files == Files::Changed);
    if !is_changed {
        return Ok(before);
    }
    if public && note.is_empty() {
        return Err(Error::field(CHANGE_NOTE, "required"));
    }
    let now = op.now();
    let need = before.describe(content, now)?;
    store::update(op.db(), &need)?;
    let (tenant, id) = (need.tenant_id, need.id);
    if public {
        super::publish::keep_version(op, &need, note)?;
        super::changes::announce(op, id)?;
        op.record(Event::NeedCorrected { tenant, need: id, version: need.version, note: note.to_owned() })?;
    } else {
        op.record(Event::NeedEdited { tenant, need: id, revision: need.revision })?;
    }
    Ok(need)
}
