//! From what someone typed to the words of a need: every error at once.
use super::need::{Budget, Contact, Content, Description, DesiredEffect, InnovationKind};
use crate::identity::Email;
use crate::input::Input;
use crate::platform::area::Area;
use crate::platform::db::types::Timestamp;
use crate::platform::language::Language;
use crate::regulations::{Region, StrategicArea, is_currency};
use crate::{Error, FieldError, Result, cpv};
use chrono::{DateTime, Datelike, SecondsFormat};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// DFØ's advice for a summary (anskaffelser.no, verifisering av behovet).
const SUMMARY_WORDS: usize = 150;
const LINE: usize = 200;
const TEXT: usize = 10_000;
pub(super) const EFFECTS: usize = 20;
const CODES: usize = 50;
/// Of a list that is too long, so many are looked at: what is wrong with them is told too.
const LOOKED_AT: usize = 100;
/// Kroner. More than the public sector buys for in ten years is a slip of the keyboard.
const BUDGET: std::ops::RangeInclusive<i64> = 0..=9_999_999_999_999;

/// Of a deadline. No dialogue lasts that long: it is a slip of the keyboard.
pub(super) const LAST_YEAR: i32 = 2099;
/// The first that a deadline may lie in: what was drafted long ago is read, and a year of other than four digits is none.
pub(super) const FIRST_YEAR: i32 = 1970;

/// A need as it is written: by a form, or as JSON. What is left out is empty.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Words {
    /// One line.
    #[schema(required = true, max_length = 200)]
    pub title: String,
    /// At most 150 words.
    #[schema(max_length = 10000)]
    pub summary: String,
    /// What does not work as it should.
    #[schema(max_length = 10000)]
    pub problem: String,
    /// Who has the problem, and how many they are.
    #[schema(max_length = 10000)]
    pub affected: String,
    #[schema(max_length = 10000)]
    pub current_situation: String,
    #[schema(max_items = 20)]
    pub desired_effects: Vec<DesiredEffect>,
    /// What a solution must fit in with.
    #[schema(max_length = 10000)]
    pub constraints: String,
    /// What has been tried before.
    #[schema(max_length = 10000)]
    pub tried: String,
    /// What the buyer has not decided yet.
    #[schema(max_length = 10000)]
    pub undecided: String,
    /// CPV codes of eight digits.
    #[schema(max_items = 50)]
    pub cpv: Vec<String>,
    /// Numbers of counties (two digits) and municipalities (four).
    #[schema(max_items = 50)]
    pub region: Vec<String>,
    #[schema(value_type = Vec<Area>, max_items = 50)]
    pub areas: Vec<String>,
    #[schema(value_type = Option<InnovationKind>)]
    pub innovation_kind: Option<String>,
    pub budget: Option<Budget>,
    /// RFC 3339 with offset.
    #[schema(format = DateTime)]
    pub response_deadline: Option<String>,
    /// `nb`, `nn` or `en`; that of the buyer when left out.
    #[schema(value_type = Option<Language>)]
    pub language: Option<String>,
    pub contact: Contact,
}

impl Words {
    /// # Errors
    /// `Invalid` with everything that cannot be taken. What is merely missing is not an error: see `Content::missing`.
    pub fn parse(&self, language: Language, now: Timestamp) -> Result<Content> {
        let (content, errors) = self.read(language, now);
        if errors.is_empty() { Ok(content) } else { Err(Error::Invalid(errors)) }
    }

    /// What could be taken, and everything that could not.
    pub(super) fn read(&self, language: Language, now: Timestamp) -> (Content, Vec<FieldError>) {
        let mut input = Input::default();
        let content = Content {
            title: input.required_line("title", &self.title, LINE),
            summary: summary(&mut input, &self.summary),
            cpv: codes(&mut input, "cpv", &self.cpv, |c| cpv::take("cpv", c)),
            region: codes(&mut input, "region", &self.region, |r| {
                let region = Region::parse(r, crate::platform::wording::day_of(now)).map(|r| r.to_string());
                region.map_err(|_| FieldError::new("region", "region").with("value", r))
            }),
            areas: codes(&mut input, "areas", &self.areas, |a| {
                a.parse::<StrategicArea>().map_err(|_| FieldError::new("areas", "unknown").with("value", a))
            }),
            language: self
                .language
                .as_ref()
                .and_then(|l| input.parse("language", l.parse::<Language>().map_err(|_| "unknown")))
                .unwrap_or(language),
            innovation_kind: self
                .innovation_kind
                .as_ref()
                .and_then(|kind| input.parse("innovation_kind", kind.parse::<InnovationKind>().map_err(|_| "unknown"))),
            response_deadline: self.response_deadline.as_ref().and_then(|text| {
                let time = DateTime::parse_from_rfc3339(text.trim()).map_err(|_| "time");
                let time = time.map(|at| at.to_utc()).and_then(|at| match at.year() {
                    ..FIRST_YEAR => Err("time"),
                    FIRST_YEAR..=LAST_YEAR => Ok(at),
                    _ => Err("too-far"),
                });
                input.parse("response_deadline", time).map(Into::into)
            }),
            description: self.description(&mut input),
        };
        (content, input.into_errors())
    }

    fn description(&self, input: &mut Input) -> Description {
        Description {
            problem: input.text("problem", &self.problem, TEXT),
            affected: input.text("affected", &self.affected, TEXT),
            current_situation: input.text("current_situation", &self.current_situation, TEXT),
            desired_effects: effects(input, &self.desired_effects),
            constraints: input.text("constraints", &self.constraints, TEXT),
            tried: input.text("tried", &self.tried, TEXT),
            undecided: input.text("undecided", &self.undecided, TEXT),
            budget: self.budget.as_ref().and_then(|budget| money(input, budget)),
            contact: contact(input, &self.contact),
        }
    }
}

impl From<&Content> for Words {
    fn from(content: &Content) -> Self {
        let d = content.description.clone();
        Self {
            title: content.title.clone(),
            summary: content.summary.clone(),
            problem: d.problem,
            affected: d.affected,
            current_situation: d.current_situation,
            desired_effects: d.desired_effects,
            constraints: d.constraints,
            tried: d.tried,
            undecided: d.undecided,
            cpv: content.cpv.clone(),
            region: content.region.clone(),
            areas: content.areas.iter().map(|a| a.as_str().to_owned()).collect(),
            innovation_kind: content.innovation_kind.map(|k| k.as_str().to_owned()),
            budget: d.budget,
            response_deadline: content.response_deadline.map(in_norway),
            language: Some(content.language.as_str().to_owned()),
            contact: d.contact,
        }
    }
}

/// In Norwegian time, and to the very instant: what is read again is the same.
fn in_norway(at: Timestamp) -> String {
    crate::platform::wording::in_norway(at).to_rfc3339_opts(SecondsFormat::AutoSi, false)
}

fn summary(input: &mut Input, text: &str) -> String {
    let text = input.text("summary", text, TEXT);
    let words = text.split_whitespace().count();
    if words > SUMMARY_WORDS {
        input.push(FieldError::new("summary", "too-many-words").with("max", SUMMARY_WORDS).with("count", words));
    }
    text
}

/// Each code once, in the order given.
fn codes<T: PartialEq>(
    input: &mut Input,
    field: &'static str,
    given: &[String],
    parse: impl Fn(&str) -> Result<T, FieldError>,
) -> Vec<T> {
    if given.len() > CODES {
        input.push(FieldError::new(field, "too-many").with("max", CODES));
    }
    let mut codes = Vec::new();
    for code in given.iter().take(LOOKED_AT).map(|code| code.trim()).filter(|code| !code.is_empty()) {
        match parse(code) {
            Ok(code) if !codes.contains(&code) => codes.push(code),
            Ok(_) => {}
            Err(problem) => input.push(problem),
        }
    }
    codes
}

fn effects(input: &mut Input, given: &[DesiredEffect]) -> Vec<DesiredEffect> {
    if given.len() > EFFECTS {
        input.push(FieldError::new("desired_effects", "too-many").with("max", EFFECTS));
    }
    given
        .iter()
        .take(LOOKED_AT)
        .enumerate()
        .filter(|(_, effect)| **effect != DesiredEffect::default())
        .map(|(i, effect)| {
            let field = |name: &str| format!("desired_effects.{i}.{name}");
            let metric = input.line(field("metric"), &effect.metric, LINE);
            if metric.is_empty() {
                input.error(field("metric"), "required");
            }
            if effect.by.is_some_and(|day| !(FIRST_YEAR..=LAST_YEAR).contains(&day.year())) {
                input.error(field("by"), "date");
            }
            DesiredEffect {
                metric,
                baseline: input.line(field("baseline"), &effect.baseline, LINE),
                target: input.line(field("target"), &effect.target, LINE),
                by: effect.by,
            }
        })
        .collect()
}

fn money(input: &mut Input, budget: &Budget) -> Option<Budget> {
    if !BUDGET.contains(&budget.amount) {
        input.error("budget", "amount");
        return None;
    }
    let currency = budget.currency.trim().to_uppercase();
    if !is_currency(&currency) {
        input.error("budget", "currency");
        return None;
    }
    Some(Budget { amount: budget.amount, currency })
}

fn contact(input: &mut Input, given: &Contact) -> Contact {
    let email = if given.email.trim().is_empty() {
        String::new()
    } else {
        input.parse("contact.email", Email::parse(&given.email)).map(Email::into_string).unwrap_or_default()
    };
    let phone = input.line("contact.phone", &given.phone, 40);
    if !phone.chars().all(|c| c.is_ascii_digit() || " +-()./".contains(c)) {
        input.error("contact.phone", "phone-malformed");
    }
    Contact { name: input.line("contact.name", &given.name, LINE), email, phone }
}
