//! The form of a need: from what was typed to the words of the need, and back.
use crate::FieldError;
use crate::cpv::web::{Picker, TypedCodes};
use crate::fields::Fields;
use crate::needs::wording::{EFFECTS, FIRST_YEAR, LAST_YEAR};
use crate::needs::{Budget, Contact, Content, DesiredEffect, InnovationKind, Words, amount};
use crate::platform::language::Language;
use crate::platform::wording;
use crate::regulations::{Place, Region, places};
use crate::tenancy::{Member, Organisation};
use crate::web::form::{Choice, Choices, Errors, Field};
use crate::web::view;
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeZone, Timelike};
use chrono_tz::Europe::Oslo;
use chrono_tz::Tz;
use serde::Serialize;

/// Rows for desired effects, if there are not more of them.
const ROWS: usize = 3;
/// The parts of a desired effect, as the fields of its row are called.
const PARTS: [&str; 4] = ["metric", "baseline", "target", "by"];
/// The button that adds a row.
const ADD_EFFECT: &str = "effect";
/// The button that gives the municipality that was chosen a box of its own.
const ADD_REGION: &str = "region";
/// The boxes of files that are to go with a correction; of a draft, the buttons that take one away at once.
pub const REMOVE: &str = "remove";
const NOON: &str = "12:00";
/// The currencies of a budget to choose from; the first unless another is chosen.
const CURRENCIES: [&str; 6] = ["NOK", "EUR", "USD", "GBP", "SEK", "DKK"];

/// What was typed, or stands in the need.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    title: String,
    summary: String,
    problem: String,
    affected: String,
    current_situation: String,
    constraints: String,
    tried: String,
    undecided: String,
    pub cpv: TypedCodes,
    budget_amount: String,
    budget_currency: String,
    deadline_date: String,
    deadline_time: String,
    contact_name: String,
    contact_email: String,
    contact_phone: String,
    pub change_note: String,
    /// The files that are to go with the correction, by their ids.
    pub removed: Vec<String>,
    areas: Vec<String>,
    region: Vec<String>,
    innovation_kind: String,
    language: String,
    effects: Vec<[String; 4]>,
    /// Someone asked for one more row for effects, and for nothing else.
    pub adds_effect: bool,
}

impl Typed {
    /// An empty form: what we know of the writer is filled in.
    pub fn empty(member: &Member, organisation: &Organisation) -> Self {
        Self {
            deadline_time: NOON.to_owned(),
            contact_name: member.name.clone(),
            contact_email: member.email.clone(),
            region: organisation.municipality.iter().cloned().collect(),
            language: organisation.language.as_str().to_owned(),
            ..Self::default()
        }
    }

    pub fn of_form(fields: &Fields) -> Self {
        let get = |name: &str| fields.get(name).to_owned();
        let sent = |row: &usize| PARTS.iter().any(|part| fields.has(&format!("effect_{part}_{row}")));
        let rows = (0..EFFECTS).rev().find(sent).map_or(0, |last| last + 1);
        let row = |i| PARTS.map(|part| get(&format!("effect_{part}_{i}")));
        let mut effects: Vec<[String; 4]> = (0..rows).map(row).collect();
        let adds_effect = fields.get("action") == ADD_EFFECT;
        if adds_effect && rows < EFFECTS {
            effects.push(Default::default());
        }
        Self {
            title: get("title"),
            summary: get("summary"),
            problem: get("problem"),
            affected: get("affected"),
            current_situation: get("current_situation"),
            constraints: get("constraints"),
            tried: get("tried"),
            undecided: get("undecided"),
            cpv: TypedCodes::of_form(fields),
            budget_amount: get("budget_amount"),
            budget_currency: get("budget_currency"),
            deadline_date: get("response_deadline_date"),
            deadline_time: get("response_deadline_time"),
            contact_name: get("contact_name"),
            contact_email: get("contact_email"),
            contact_phone: get("contact_phone"),
            change_note: get("change_note"),
            removed: fields.all(REMOVE).map(str::to_owned).collect(),
            areas: fields.all("areas").map(str::to_owned).collect(),
            region: fields.all("region").map(str::to_owned).collect(),
            innovation_kind: get("innovation_kind"),
            language: get("language"),
            effects,
            adds_effect,
        }
    }

    /// Someone wants the form itself to be another one: codes looked for, one more row, one more municipality.
    pub fn is_not_ready(&self, fields: &Fields) -> bool {
        self.adds_effect || fields.get("action") == ADD_REGION || self.cpv.is_search(fields)
    }

    pub fn of_content(content: &Content) -> Self {
        let d = &content.description;
        let deadline = content.response_deadline.map(wording::in_norway);
        let effects = d.desired_effects.iter().map(|e| {
            [e.metric.clone(), e.baseline.clone(), e.target.clone(), e.by.map(|d| d.to_string()).unwrap_or_default()]
        });
        Self {
            title: content.title.clone(),
            summary: content.summary.clone(),
            problem: d.problem.clone(),
            affected: d.affected.clone(),
            current_situation: d.current_situation.clone(),
            constraints: d.constraints.clone(),
            tried: d.tried.clone(),
            undecided: d.undecided.clone(),
            cpv: TypedCodes::of_codes(&content.cpv),
            budget_amount: d.budget.as_ref().map(|b| b.amount.to_string()).unwrap_or_default(),
            budget_currency: d.budget.as_ref().map(|b| b.currency.clone()).unwrap_or_default(),
            deadline_date: deadline.map(|d| d.date_naive().to_string()).unwrap_or_default(),
            deadline_time: deadline.map_or(NOON.to_owned(), |d| d.format("%H:%M").to_string()),
            contact_name: d.contact.name.clone(),
            contact_email: d.contact.email.clone(),
            contact_phone: d.contact.phone.clone(),
            change_note: String::new(),
            removed: Vec::new(),
            areas: content.areas.iter().map(|a| a.as_str().to_owned()).collect(),
            region: content.region.clone(),
            innovation_kind: content.innovation_kind.map(|k| k.as_str().to_owned()).unwrap_or_default(),
            language: content.language.as_str().to_owned(),
            effects: effects.collect(),
            adds_effect: false,
        }
    }

    /// The words, and what cannot even be read as such. `before` is what the form does not show: it stays as it is.
    pub fn words(&self, before: Option<&Content>) -> (Words, Vec<FieldError>) {
        let mut errors = Vec::new();
        let words = Words {
            title: self.title.clone(),
            summary: self.summary.clone(),
            problem: self.problem.clone(),
            affected: self.affected.clone(),
            current_situation: self.current_situation.clone(),
            desired_effects: self.desired_effects(&mut errors),
            constraints: self.constraints.clone(),
            tried: self.tried.clone(),
            undecided: self.undecided.clone(),
            cpv: self.cpv.each(),
            region: self.region.clone(),
            areas: self.areas.clone(),
            innovation_kind: Some(self.innovation_kind.clone()).filter(|k| !k.is_empty()),
            budget: self.budget(before, &mut errors),
            response_deadline: self.deadline(before, &mut errors),
            language: Some(self.language.clone()).filter(|l| !l.is_empty()),
            contact: Contact {
                name: self.contact_name.clone(),
                email: self.contact_email.clone(),
                phone: self.contact_phone.clone(),
            },
        };
        (words, errors)
    }

    fn desired_effects(&self, errors: &mut Vec<FieldError>) -> Vec<DesiredEffect> {
        let mut effects = Vec::new();
        for (i, [metric, baseline, target, by]) in self.effects.iter().enumerate() {
            let day = by.trim().parse::<NaiveDate>().ok();
            if day.is_none() && !by.trim().is_empty() {
                errors.push(FieldError::new(format!("desired_effects.{i}.by"), "date"));
            }
            effects.push(DesiredEffect {
                metric: metric.clone(),
                baseline: baseline.clone(),
                target: target.clone(),
                by: day,
            });
        }
        effects
    }

    /// A form without a currency leaves that of before.
    fn budget(&self, before: Option<&Content>, errors: &mut Vec<FieldError>) -> Option<Budget> {
        if self.budget_amount.trim().is_empty() {
            return None;
        }
        let Some(amount) = amount::read(&self.budget_amount) else {
            errors.push(FieldError::new("budget", "unclear-amount"));
            return None;
        };
        let currency = match self.budget_currency.trim() {
            "" => before.and_then(|b| b.description.budget.as_ref()).map_or(CURRENCIES[0], |b| b.currency.as_str()),
            chosen => chosen,
        };
        Some(Budget { amount, currency: currency.to_owned() })
    }

    /// The form shows no seconds; those of before stay.
    fn deadline(&self, before: Option<&Content>, errors: &mut Vec<FieldError>) -> Option<String> {
        if self.deadline_date.trim().is_empty() {
            return None;
        }
        let time = if self.deadline_time.trim().is_empty() { NOON } else { self.deadline_time.trim() };
        let time = NaiveTime::parse_from_str(&time.replace('.', ":"), "%H:%M").ok();
        // A year that the rules refuse is told here: they would ask for a form of writing that this form does not have.
        let day = self.deadline_date.trim().parse::<NaiveDate>().map_err(|_| "date");
        let day = day.and_then(|day| match day.year() {
            ..FIRST_YEAR => Err("deadline-passed"),
            FIRST_YEAR..=LAST_YEAR => Ok(day),
            _ => Err("too-far"),
        });
        let day = day.map_err(|code| errors.push(FieldError::new("response_deadline", code))).ok();
        if time.is_none() {
            errors.push(FieldError::new("response_deadline_time", "time-of-day"));
        }
        // When the clocks go forward, an hour is left out.
        let at = Oslo.from_local_datetime(&day?.and_time(time?)).earliest();
        if at.is_none() {
            errors.push(FieldError::new("response_deadline_time", "no-such-hour"));
        }
        let before = before.and_then(|b| b.response_deadline).map(wording::in_norway);
        let shown = |at: DateTime<Tz>| at.naive_local().with_second(0).and_then(|at| at.with_nanosecond(0));
        let kept = before.filter(|before| shown(*before) == at.and_then(shown));
        kept.or(at).map(|at| at.to_rfc3339())
    }
}

/// The name of a need's field in the form.
pub fn form_field(field: &str) -> String {
    match field.split('.').collect::<Vec<_>>().as_slice() {
        ["desired_effects", i, part] => format!("effect_{part}_{i}"),
        ["contact"] => "contact_email".to_owned(),
        ["contact", part] => format!("contact_{part}"),
        ["budget"] => "budget_amount".to_owned(),
        ["attachments"] => "file".to_owned(),
        ["response_deadline"] => "response_deadline_date".to_owned(),
        _ => field.to_owned(),
    }
}

// ---- as the template shows it ------------------------------------------------------------------------------------

#[derive(Debug, Serialize)]
pub struct NeedForm {
    title: Field,
    summary: Field,
    problem: Field,
    affected: Field,
    current_situation: Field,
    constraints: Field,
    tried: Field,
    undecided: Field,
    cpv: Picker,
    budget_amount: Field,
    budget_currency: Choices,
    response_deadline_date: Field,
    response_deadline_time: Field,
    contact_name: Field,
    contact_email: Field,
    contact_phone: Field,
    change_note: Field,
    areas: Choices,
    region: Choices,
    /// One more municipality, of those that are not among the choices of `region`.
    municipalities: Vec<County>,
    innovation_kind: Choices,
    language: Choices,
}

/// A county with its municipalities, to choose one from.
#[derive(Debug, Serialize)]
struct County {
    name: String,
    municipalities: Vec<Choice>,
}

#[derive(Debug, Serialize)]
pub struct EffectRow {
    index: usize,
    number: usize,
    open: bool,
    metric: Field,
    baseline: Field,
    target: Field,
    by: Field,
}

impl Typed {
    pub fn form(&self, errors: &Errors, own: Option<&str>, today: NaiveDate, language: Language) -> NeedForm {
        NeedForm {
            title: errors.field("title", &self.title),
            summary: errors.field("summary", &self.summary),
            problem: errors.field("problem", &self.problem),
            affected: errors.field("affected", &self.affected),
            current_situation: errors.field("current_situation", &self.current_situation),
            constraints: errors.field("constraints", &self.constraints),
            tried: errors.field("tried", &self.tried),
            undecided: errors.field("undecided", &self.undecided),
            cpv: Picker::new(&self.cpv, errors.of("cpv"), language),
            budget_amount: errors.field("budget_amount", &self.budget_amount),
            budget_currency: errors.choices("budget_currency", self.currencies()),
            response_deadline_date: errors.field("response_deadline_date", &self.deadline_date),
            response_deadline_time: errors.field("response_deadline_time", &self.deadline_time),
            contact_name: errors.field("contact_name", &self.contact_name),
            contact_email: errors.field("contact_email", &self.contact_email),
            contact_phone: errors.field("contact_phone", &self.contact_phone),
            change_note: errors.field("change_note", &self.change_note),
            areas: errors.choices("areas", view::area_choices(&self.areas, language)),
            municipalities: self.municipalities(own, today),
            region: errors.choices("region", self.regions(own, today)),
            innovation_kind: errors.choices("innovation_kind", self.kinds(language)),
            language: errors.choices("language", self.languages(language)),
        }
    }

    /// One's own municipality, whatever else the need names, and the counties.
    fn regions(&self, own: Option<&str>, today: NaiveDate) -> Vec<Choice> {
        let counties = view::county_choices(&self.region, today);
        let mut numbers: Vec<&str> = own.into_iter().collect();
        for number in &self.region {
            if !numbers.contains(&number.as_str()) && !counties.iter().any(|c| c.value == *number) {
                numbers.push(number);
            }
        }
        let mut choices: Vec<Choice> = numbers
            .into_iter()
            .map(|number| Choice {
                value: number.to_owned(),
                text: Region::name_of(number).unwrap_or(number).to_owned(),
                selected: self.region.iter().any(|r| r == number),
            })
            .collect();
        choices.extend(counties);
        choices
    }

    /// All the municipalities of today but those that have a box of their own.
    fn municipalities(&self, own: Option<&str>, today: NaiveDate) -> Vec<County> {
        let has_a_box = |number: &str| own == Some(number) || self.region.iter().any(|region| region == number);
        let choice = |place: &Place| Choice { value: place.number.clone(), text: place.name.clone(), selected: false };
        places()
            .counties(today)
            .map(|county| {
                let mut municipalities: Vec<Choice> = places()
                    .municipalities_of(&county.number, today)
                    .filter(|place| !has_a_box(&place.number))
                    .map(choice)
                    .collect();
                // Å is the last letter.
                municipalities.sort_by_key(|choice| choice.text.to_lowercase().replace('å', "þ"));
                County { name: county.name.clone(), municipalities }
            })
            .filter(|county| !county.municipalities.is_empty())
            .collect()
    }

    /// Those that a Norwegian buyer meets, and the one that stands there.
    fn currencies(&self) -> Vec<Choice> {
        let chosen = Some(self.budget_currency.as_str()).filter(|code| !code.is_empty()).unwrap_or(CURRENCIES[0]);
        let other = Some(chosen).filter(|code| !CURRENCIES.contains(code));
        let choice = |code: &str| Choice { value: code.to_owned(), text: code.to_owned(), selected: code == chosen };
        CURRENCIES.into_iter().chain(other).map(choice).collect()
    }

    fn kinds(&self, language: Language) -> Vec<Choice> {
        [InnovationKind::InnovationFriendly, InnovationKind::InnovativeSolution, InnovationKind::Innovation]
            .into_iter()
            .map(|kind| Choice {
                value: kind.as_str().to_owned(),
                text: language.text(&format!("needs-form-innovation-kind-{}", kind.as_str().replace('_', "-"))),
                selected: self.innovation_kind == kind.as_str(),
            })
            .collect()
    }

    fn languages(&self, language: Language) -> Vec<Choice> {
        Language::ALL
            .iter()
            .map(|l| Choice {
                value: l.as_str().to_owned(),
                text: language.text(&format!("needs-form-language-{}", l.as_str())),
                selected: self.language == l.as_str(),
            })
            .collect()
    }

    /// Where the next row would be, until there are as many as a need may have.
    pub fn next_effect(rows: &[EffectRow]) -> Option<usize> {
        Some(rows.len()).filter(|rows| *rows < EFFECTS)
    }

    pub fn effect_rows(&self, errors: &Errors) -> Vec<EffectRow> {
        let empty = [const { String::new() }; 4];
        let written = self.effects.iter().rposition(|row| row.iter().any(|part| !part.is_empty()));
        // All there are and an empty one; a row that someone asked for stays.
        let rows = written.map_or(0, |last| last + 2).max(self.effects.len()).clamp(ROWS, EFFECTS);
        let added = self.effects.len().checked_sub(1).filter(|_| self.adds_effect);
        (0..rows)
            .map(|index| {
                let [metric, baseline, target, by] = self.effects.get(index).unwrap_or(&empty);
                let field = |part: &str, value: &String| errors.field(&format!("effect_{part}_{index}"), value);
                let row =
                    [field("metric", metric), field("baseline", baseline), field("target", target), field("by", by)];
                let open =
                    index == 0 || added == Some(index) || row.iter().any(|f| !f.value.is_empty() || f.error.is_some());
                let [metric, baseline, target, by] = row;
                EffectRow { index, number: index + 1, open, metric, baseline, target, by }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_deadline_is_told_in_the_words_of_the_form() {
        let told = |date: &str, time: &str| {
            let fields = format!("response_deadline_date={date}&response_deadline_time={time}");
            let (words, errors) = Typed::of_form(&Fields::parse(fields.as_bytes())).words(None);
            assert_eq!(words.response_deadline.is_some(), errors.is_empty());
            errors.into_iter().map(|e| format!("{}: {}", e.field, e.code)).collect::<Vec<_>>()
        };
        assert_eq!(told("2027-03-28", "03:30"), [""; 0]);
        assert_eq!(told("2027-03-28", "02:30"), ["response_deadline_time: no-such-hour"]);
        assert_eq!(told("2027-03-28", "halv tre"), ["response_deadline_time: time-of-day"]);
        for (date, code) in [("0001-01-01", "deadline-passed"), ("2100-01-01", "too-far"), ("i morgen", "date")] {
            assert_eq!(told(date, "12:00"), [format!("response_deadline: {code}")]);
        }
    }

    #[test]
    fn a_budget_has_the_currency_that_was_chosen_or_that_of_before() {
        let budget = |typed: &str, before: Option<&Content>| {
            let (words, errors) = Typed::of_form(&Fields::parse(typed.as_bytes())).words(before);
            (words.budget.map(|b| format!("{} {}", b.amount, b.currency)), errors.iter().map(|e| e.code).collect())
        };
        let taken = |amount: &str| (Some(amount.to_owned()), Vec::<&str>::new());
        assert_eq!(budget("budget_amount=1,5+mill", None), taken("1500000 NOK"));
        assert_eq!(budget("budget_amount=1,5+mill&budget_currency=EUR", None), taken("1500000 EUR"));
        assert_eq!(budget("budget_amount=mye&budget_currency=EUR", None), (None, vec!["unclear-amount"]));
        assert_eq!(budget("budget_amount=&budget_currency=EUR", None), (None, vec![]));
        let typed = Typed::of_form(&Fields::parse(b"title=T&budget_amount=5&budget_currency=CHF"));
        let (before, _) =
            typed.words(None).0.read(Language::Nb, crate::platform::db::types::Timestamp::from(DateTime::UNIX_EPOCH));
        assert_eq!(budget("budget_amount=6", Some(&before)), taken("6 CHF"));
        let chosen = |typed: &Typed| typed.currencies().into_iter().find(|c| c.selected).map(|c| c.value);
        assert_eq!(chosen(&Typed::of_content(&before)), Some("CHF".to_owned()));
        assert_eq!(chosen(&Typed::default()), Some("NOK".to_owned()));
    }
}
