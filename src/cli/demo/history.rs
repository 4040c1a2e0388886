//! What has happened in the demo, replayed day by day through the same verbs that people use.
use super::people::Cast;
use crate::dialogue::{self, FileChanges, NewFile, NewResponse, OutcomeKind, QuestionId, ResponseId, Written};
use crate::needs::{self, Budget, Contact, DesiredEffect, Need, NeedId, Words};
use crate::op::Op;
use crate::platform::db::types::Timestamp;
use crate::platform::language::Language;
use crate::platform::wording;
use crate::tenancy::{Actor, Member};
use crate::{App, Error, FieldError, Result};
use anyhow::Context;
use chrono::TimeDelta;
use serde::Deserialize;
use serde_json::Value;
use std::cell::RefCell;
use std::collections::HashMap;

#[derive(Deserialize, Clone)]
struct NeedRow {
    key: String,
    buyer: String,
    status: String,
    language: Language,
    title: String,
    summary: String,
    problem: String,
    affected: String,
    current_situation: String,
    desired_effects: Vec<DesiredEffect>,
    constraints: String,
    tried: String,
    undecided: String,
    cpv: Vec<String>,
    region: Vec<String>,
    areas: Vec<String>,
    innovation_kind: String,
    budget_amount: Option<i64>,
    deadline_in_days: Option<i64>,
    contact: Contact,
    published_days_ago: Option<i64>,
    corrections: Vec<Correction>,
    joiners: Vec<JoinerRow>,
    followers: Vec<String>,
    questions: Vec<QuestionRow>,
    responses: Vec<ResponseRow>,
    outcome: Option<OutcomeRow>,
    withdrawal: Option<Withdrawal>,
}

#[derive(Deserialize, Clone)]
struct Correction {
    days_ago: i64,
    change_note: String,
    changes: serde_json::Map<String, Value>,
    #[serde(default)]
    files: Vec<FileRow>,
}

/// A text that came with a correction.
#[derive(Deserialize, Clone)]
struct FileRow {
    name: String,
    text: String,
}

#[derive(Deserialize, Clone)]
struct JoinerRow {
    organisation: String,
    volume: String,
    days_ago: i64,
}

#[derive(Deserialize, Clone)]
struct QuestionRow {
    supplier: String,
    text: String,
    answer: Option<String>,
    days_ago: i64,
    answered_days_ago: Option<i64>,
}

#[derive(Deserialize, Clone)]
struct ResponseRow {
    supplier: String,
    body: String,
    confidential: Option<String>,
    confidential_reason: Option<String>,
    days_ago: i64,
    read: bool,
    thanks: Option<String>,
}

#[derive(Deserialize, Clone)]
struct OutcomeRow {
    kind: OutcomeKind,
    text: String,
    days_ago: i64,
}

#[derive(Deserialize, Clone)]
struct Withdrawal {
    reason: String,
    days_ago: i64,
}

/// What someone did, to be done again.
type Doing<'a> = Box<dyn FnOnce(&mut Op<'_>) -> Result<()> + 'a>;

/// Something that someone did on a day.
struct Deed<'a> {
    days_ago: i64,
    who: Member,
    what: Doing<'a>,
}

/// What has been made so far, by the key that the data know it by.
#[derive(Default)]
struct Made {
    needs: HashMap<String, NeedId>,
    questions: HashMap<(String, usize), QuestionId>,
    responses: HashMap<(String, usize), ResponseId>,
}

/// Replays everything in the order in which it happened.
///
/// # Errors
/// Whatever a verb refuses: the data must obey the same rules as people.
pub fn replay(app: &App, cast: &Cast) -> Result<()> {
    let rows: Vec<NeedRow> =
        serde_json::from_str(include_str!("../../../demo/needs.json")).context("demo/needs.json")?;
    let made = RefCell::new(Made::default());
    let mut deeds = Vec::new();
    let today = app.clock.now();
    for row in &rows {
        deeds_of(app, row, cast, &made, today, &mut deeds)?;
    }
    deeds.sort_by_key(|deed| -deed.days_ago);
    let count = i64::try_from(deeds.len()).unwrap_or(1);
    for (i, deed) in (0..).zip(deeds) {
        // Within a day one thing comes after the other.
        let at = today - TimeDelta::days(deed.days_ago) - TimeDelta::seconds(count - i);
        app.write_as(Actor::Member(Box::new(deed.who)), at, "demo", deed.what)?;
    }
    Ok(())
}

/// What was done about one need, by whom and when, is put beside what was done about the others.
struct Story<'a, 'r> {
    row: &'a NeedRow,
    buyer: &'r Member,
    cast: &'r Cast,
    made: &'a RefCell<Made>,
    deeds: &'r mut Vec<Deed<'a>>,
}

fn deeds_of<'a>(
    app: &'a App,
    row: &'a NeedRow,
    cast: &Cast,
    made: &'a RefCell<Made>,
    today: Timestamp,
    deeds: &mut Vec<Deed<'a>>,
) -> Result<()> {
    let mut story = Story { row, buyer: cast.of(&row.buyer)?, cast, made, deeds };
    story.is_described(today);
    let Some(published) = row.published_days_ago else { return Ok(()) };
    debug_assert!(row.status != "draft");
    story.is_published(published);
    story.is_followed(published)?;
    story.is_corrected(app)?;
    story.is_joined()?;
    story.is_asked_about()?;
    story.is_responded_to()?;
    story.ends();
    Ok(())
}

impl<'a> Story<'a, '_> {
    fn add(&mut self, days_ago: i64, who: &Member, what: impl FnOnce(&mut Op<'_>) -> Result<()> + 'a) {
        self.deeds.push(Deed { days_ago, who: who.clone(), what: Box::new(what) });
    }

    /// What finds the need when it is there.
    fn find(&self) -> impl Fn(&mut Op<'_>) -> Result<Need> + Copy + use<'a> {
        let (made, key) = (self.made, &self.row.key);
        move |op| {
            let id = *made.borrow().needs.get(key).context("the need comes first")?;
            needs::find(op.db(), id)
        }
    }

    fn is_described(&mut self, today: Timestamp) {
        let (row, made) = (self.row, self.made);
        let words = words(row, today);
        self.add(row.published_days_ago.map_or(2, |d| d + 4), self.buyer, move |op| {
            let tenant = needs::policy::describe(op.actor())?;
            let content = words.parse(row.language, op.now())?;
            let need = needs::describe(op, tenant, content)?;
            made.borrow_mut().needs.insert(row.key.clone(), need.id);
            Ok(())
        });
    }

    fn is_published(&mut self, days_ago: i64) {
        let find = self.find();
        self.add(days_ago, self.buyer, move |op| {
            let need = find(op)?;
            let permit = needs::policy::publish(op.actor(), need)?;
            needs::publish(op, permit).map(|_| ())
        });
    }

    fn is_followed(&mut self, published: i64) -> Result<()> {
        let find = self.find();
        for follower in &self.row.followers {
            self.add((published - 1).max(0), self.cast.of(follower)?, move |op| {
                let need = find(op)?;
                let permit = needs::policy::follow(op.actor(), need)?;
                needs::follow(op, permit)
            });
        }
        Ok(())
    }

    fn is_corrected(&mut self, app: &'a App) -> Result<()> {
        let (find, language) = (self.find(), self.row.language);
        for correction in &self.row.corrections {
            let added = written(app, &correction.files)?;
            self.add(correction.days_ago, self.buyer, move |op| {
                let need = find(op)?;
                let mut words = serde_json::to_value(Words::from(&need.content())).context("words")?;
                for (field, text) in &correction.changes {
                    words[field] = text.clone();
                }
                let words: Words = serde_json::from_value(words).context("a correction")?;
                let content = words.parse(language, op.now())?;
                let permit = needs::policy::edit(op.actor(), need)?;
                let files = FileChanges { added, removed: Vec::new() };
                let note = &correction.change_note;
                dialogue::edit_with_files(op, permit, None, content, files, note, &app.attachments).map(|_| ())
            });
        }
        Ok(())
    }

    fn is_joined(&mut self) -> Result<()> {
        let find = self.find();
        for joiner in &self.row.joiners {
            self.add(joiner.days_ago, self.cast.of(&joiner.organisation)?, move |op| {
                let need = find(op)?;
                let permit = needs::policy::join(op.actor(), need)?;
                needs::join(op, permit, &joiner.volume).map(|_| ())
            });
        }
        Ok(())
    }

    /// Questions and their answers.
    fn is_asked_about(&mut self) -> Result<()> {
        let (row, made, find) = (self.row, self.made, self.find());
        for (i, question) in row.questions.iter().enumerate() {
            self.add(question.days_ago, self.cast.of(&question.supplier)?, move |op| {
                let need = find(op)?;
                let permit = dialogue::policy::ask(op.actor(), need)?;
                let asked = dialogue::ask(op, permit, question.text.clone())?;
                made.borrow_mut().questions.insert((row.key.clone(), i), asked.id);
                Ok(())
            });
            let Some(answer) = &question.answer else { continue };
            self.add(question.answered_days_ago.unwrap_or(question.days_ago), self.buyer, move |op| {
                let id = *made.borrow().questions.get(&(row.key.clone(), i)).context("the question comes first")?;
                let question = dialogue::find_question(op.db(), id)?;
                let need = find(op)?;
                let permit = dialogue::policy::answer(op.actor(), question, &need)?;
                dialogue::answer(op, permit, answer.clone()).map(|_| ())
            });
        }
        Ok(())
    }

    /// Responses, which the buyer reads and thanks for.
    fn is_responded_to(&mut self) -> Result<()> {
        let (row, made, find) = (self.row, self.made, self.find());
        for (i, response) in row.responses.iter().enumerate() {
            self.add(response.days_ago, self.cast.of(&response.supplier)?, move |op| {
                let need = find(op)?;
                let permit = dialogue::policy::respond(op.actor(), need)?;
                let new = NewResponse::parse(
                    &response.body,
                    response.confidential.as_deref().unwrap_or_default(),
                    response.confidential_reason.as_deref().unwrap_or_default(),
                    &[],
                )?;
                let sent = dialogue::respond(op, permit, new, Vec::new())?;
                made.borrow_mut().responses.insert((row.key.clone(), i), sent.id);
                Ok(())
            });
            if !response.read && response.thanks.is_none() {
                continue;
            }
            self.add((response.days_ago - 1).max(0), self.buyer, move |op| {
                let id = *made.borrow().responses.get(&(row.key.clone(), i)).context("the response comes first")?;
                let sent = dialogue::find_response(op.db(), id)?;
                let permit = dialogue::policy::receive(op.actor(), sent)?;
                match &response.thanks {
                    Some(thanks) => dialogue::thank(op, permit, thanks.clone()).map(|_| ()),
                    None => dialogue::mark_read(op, permit).map(|_| ()),
                }
            });
        }
        Ok(())
    }

    /// With an outcome, or by being taken back.
    fn ends(&mut self) {
        let find = self.find();
        if let Some(outcome) = &self.row.outcome {
            self.add(outcome.days_ago, self.buyer, move |op| {
                let need = find(op)?;
                let permit = dialogue::policy::conclude(op.actor(), need)?;
                dialogue::conclude(op, permit, outcome.kind, outcome.text.clone()).map(|_| ())
            });
        }
        if let Some(withdrawal) = &self.row.withdrawal {
            self.add(withdrawal.days_ago, self.buyer, move |op| {
                let need = find(op)?;
                let permit = needs::policy::publish(op.actor(), need)?;
                needs::withdraw(op, permit, &withdrawal.reason).map(|_| ())
            });
        }
    }
}

fn written(app: &App, rows: &[FileRow]) -> Result<Vec<Written>> {
    let rules = app.attachments.rules();
    let file = |row: &FileRow| NewFile::parse(&row.name, row.text.clone().into_bytes(), false, rules);
    let files = rows.iter().map(file).collect::<Result<_, FieldError>>();
    app.attachments.write(files.map_err(|e| Error::Invalid(vec![e]))?)
}

fn words(row: &NeedRow, today: Timestamp) -> Words {
    // What was published without a deadline in the data gets a month.
    let deadline = row.deadline_in_days.or_else(|| Some(30 - row.published_days_ago?));
    Words {
        title: row.title.clone(),
        summary: row.summary.clone(),
        problem: row.problem.clone(),
        affected: row.affected.clone(),
        current_situation: row.current_situation.clone(),
        desired_effects: row.desired_effects.clone(),
        constraints: row.constraints.clone(),
        tried: row.tried.clone(),
        undecided: row.undecided.clone(),
        cpv: row.cpv.clone(),
        region: row.region.clone(),
        areas: row.areas.clone(),
        innovation_kind: Some(row.innovation_kind.clone()),
        budget: row.budget_amount.map(|amount| Budget { amount, currency: "NOK".to_owned() }),
        response_deadline: deadline.map(|days| noon(today + TimeDelta::days(days))),
        language: Some(row.language.as_str().to_owned()),
        contact: row.contact.clone(),
    }
}

/// Noon in Norway on that day.
fn noon(at: Timestamp) -> String {
    let day = wording::day_of(at);
    let noon = day.and_hms_opt(12, 0, 0).and_then(|n| n.and_local_timezone(chrono_tz::Europe::Oslo).earliest());
    noon.map(|n| n.to_rfc3339()).unwrap_or_default()
}
