//! Looking through facts before they are published: every problem is told, at once, with its place and a stable code.
use crate::codes::{Code, Cpv, List};
use crate::dispatch::Edition;
use crate::facts::Amount;
use crate::languages::Text;
use serde::Serialize;
use std::fmt::Display;

/// eForms counts no further.
pub(crate) const MAX_NUMBER: u32 = 9_999;

/// Something that keeps a notice from being valid. The sentences stand in the `texts/` of the product, as `error-<code>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{field}{}: {code}", term_in_brackets(term))]
pub struct Problem {
    /// Where in the facts: `lots[0].title`.
    pub field: String,
    /// What eForms calls it: `BT-21`. Empty where the facts could not be read so far that this is known.
    pub term: &'static str,
    /// What is wrong: `too-long`.
    pub code: &'static str,
    /// Numbers and words that a sentence about it needs.
    pub args: Vec<(&'static str, String)>,
}

/// A way through the facts: where we are, and what was found so far.
pub(crate) struct Check<'a> {
    pub edition: &'a Edition,
    path: String,
    problems: Vec<Problem>,
}

impl<'a> Check<'a> {
    pub fn new(edition: &'a Edition) -> Self {
        Self { edition, path: String::new(), problems: Vec::new() }
    }

    pub fn into_problems(self) -> Vec<Problem> {
        self.problems
    }

    /// Something is wrong with `field` of the thing we are in; with the thing itself, if that is empty.
    pub fn problem(&mut self, field: &str, term: &'static str, code: &'static str) {
        self.problem_with(field, term, code, []);
    }

    pub fn problem_with<const N: usize>(
        &mut self,
        field: &str,
        term: &'static str,
        code: &'static str,
        args: [(&'static str, String); N],
    ) {
        let field = join(&self.path, field);
        self.problems.push(Problem { field, term, code, args: args.into() });
    }

    pub fn problem_if(&mut self, wrong: bool, field: &str, term: &'static str, code: &'static str) {
        if wrong {
            self.problem(field, term, code);
        }
    }

    /// Looks at what is in `field`.
    pub fn within(&mut self, field: impl Display, look: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        self.path = join(&self.path, &field.to_string());
        look(self);
        self.path.truncate(length);
    }

    /// Looks at what is in `field`, if there is anything.
    pub fn optional<T>(&mut self, field: &str, thing: Option<&T>, look: impl FnOnce(&mut Self, &T)) {
        if let Some(thing) = thing {
            self.within(field, |check| look(check, thing));
        }
    }

    /// Looks at each thing in the list `field`.
    pub fn each<T>(&mut self, field: &str, things: &[T], mut look: impl FnMut(&mut Self, &T)) {
        for (i, thing) in things.iter().enumerate() {
            self.within(format_args!("{field}[{i}]"), |check| look(check, thing));
        }
    }

    /// A text must be there in each language of the notice, and no longer than `max` characters.
    pub fn text(&mut self, field: &str, term: &'static str, text: &Text, max: usize) {
        let edition = self.edition;
        for language in edition.languages() {
            match text.in_language(language) {
                None => self.problem_with(field, term, "text-not-in-language", [("language", language.to_owned())]),
                Some(words) => self.line(field, term, words, max),
            }
        }
        self.problem_if(text.foreign().next().is_some(), field, term, "no-such-language");
    }

    pub fn optional_text(&mut self, field: &str, term: &'static str, text: Option<&Text>, max: usize) {
        if let Some(text) = text {
            self.text(field, term, text, max);
        }
    }

    /// Words in one language, or in none.
    pub fn line(&mut self, field: &str, term: &'static str, words: &str, max: usize) {
        self.problem_if(words.trim().is_empty(), field, term, "empty");
        self.length(field, term, words, max);
        self.problem_if(!words.chars().all(may_stand_in_xml), field, term, "control-character");
    }

    /// What something is called by machines as well: nothing may stand around it that people do not see.
    pub fn identifier(&mut self, field: &str, term: &'static str, id: Option<&str>, max: usize) {
        self.optional_line(field, term, id, max);
        let padded = id.is_some_and(|id| id != id.trim() && !id.trim().is_empty());
        self.problem_if(padded, field, term, "spaces-around");
    }

    pub fn length(&mut self, field: &str, term: &'static str, words: &str, max: usize) {
        let length = words.chars().count();
        if length > max {
            let args = [("length", length.to_string()), ("max", max.to_string())];
            self.problem_with(field, term, "too-long", args);
        }
    }

    pub fn optional_line(&mut self, field: &str, term: &'static str, words: Option<&str>, max: usize) {
        if let Some(words) = words {
            self.line(field, term, words, max);
        }
    }

    /// A number of things: at least one, and no more than eForms counts to.
    pub fn number(&mut self, field: &str, term: &'static str, number: impl Into<u32>) {
        let number = number.into();
        self.problem_if(number == 0, field, term, "zero");
        self.problem_if(number > MAX_NUMBER, field, term, "number-too-large");
    }

    pub fn amount(&mut self, field: &str, term: &'static str, amount: Option<Amount>) {
        let unlikely = amount.is_some_and(|amount| amount > Amount::LIKELY);
        self.problem_if(unlikely, field, term, "amount-unlikely");
    }

    /// Something that this form must have.
    pub fn required<T>(&mut self, field: &str, term: &'static str, value: Option<&T>) {
        self.problem_if(value.is_none(), field, term, "required");
    }

    pub fn code<L: List>(&mut self, field: &str, term: &'static str, code: &Code<L>) {
        self.problem_if(!code.is_listed(), field, term, "code-unknown");
    }

    pub fn codes<L: List + Ord>(&mut self, field: &str, term: &'static str, codes: &[Code<L>]) {
        self.each(field, codes, |check, code| check.code("", term, code));
        self.distinct(field, term, codes);
    }

    pub fn cpv(&mut self, field: &str, term: &'static str, cpv: &Cpv) {
        self.problem_if(!cpv.is_listed(), field, term, "code-unknown");
    }

    /// Nothing is said twice.
    pub fn distinct<T: Ord>(&mut self, field: &str, term: &'static str, things: &[T]) {
        let mut sorted: Vec<&T> = things.iter().collect();
        sorted.sort_unstable();
        self.problem_if(sorted.windows(2).any(|two| two[0] == two[1]), field, term, "twice");
    }
}

fn term_in_brackets(term: &str) -> String {
    if term.is_empty() { String::new() } else { format!(" ({term})") }
}

fn join(path: &str, field: &str) -> String {
    match (path.is_empty(), field.is_empty()) {
        (true, _) => field.to_owned(),
        (_, true) => path.to_owned(),
        _ => format!("{path}.{field}"),
    }
}

/// XML 1.0, 2.2. A carriage return may too, but would come out as a line feed: it is not worth a problem.
fn may_stand_in_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}
