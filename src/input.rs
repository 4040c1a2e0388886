//! Taking in what people type: trimmed, without what cannot be seen, checked, and with every error told at once.
use crate::identity::Email;
use crate::platform::db::types::Timestamp;
use crate::{Error, FieldError, Result};
use chrono::{DateTime, NaiveDate, NaiveTime};
use chrono_tz::Europe::Oslo;
use std::borrow::Cow;

/// Both, or everything that is wrong with either.
///
/// # Errors
/// Those of both, if both are `Invalid`; otherwise the first.
pub fn both<A, B>(one: Result<A>, other: Result<B>) -> Result<(A, B)> {
    match (one, other) {
        (Err(Error::Invalid(mut errors)), Err(Error::Invalid(more))) => {
            errors.extend(more);
            Err(Error::Invalid(errors))
        }
        (one, other) => Ok((one?, other?)),
    }
}

/// A day in Norway, from its beginning, or an instant.
pub fn instant(text: &str) -> Option<Timestamp> {
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Some(at.to_utc().into());
    }
    let day: NaiveDate = text.parse().ok()?;
    let midnight = day.and_time(NaiveTime::MIN);
    let local = midnight.and_local_timezone(Oslo).earliest()?;
    Some(local.to_utc().into())
}

/// Collects what is wrong while a form or a body is read field by field.
#[derive(Debug, Default)]
pub struct Input {
    errors: Vec<FieldError>,
}

impl Input {
    /// Something is wrong with `field`.
    pub fn error(&mut self, field: impl Into<Cow<'static, str>>, code: &'static str) {
        self.errors.push(FieldError::new(field, code));
    }

    /// The same, with what the sentence needs.
    pub fn push(&mut self, error: FieldError) {
        self.errors.push(error);
    }

    /// One line, perhaps empty; at most `max` characters.
    pub fn line(&mut self, field: impl Into<Cow<'static, str>>, value: &str, max: usize) -> String {
        let (field, text) = (field.into(), tidied(value));
        if text.contains('\n') {
            self.error(field.clone(), "one-line");
        }
        self.text(field, &text, max)
    }

    /// Text of any number of lines, perhaps empty; at most `max` characters. Line ends become `\n`, and what was copied along
    /// with the text without being seen is gone.
    pub fn text(&mut self, field: impl Into<Cow<'static, str>>, value: &str, max: usize) -> String {
        let (field, text) = (field.into(), tidied(value));
        let length = text.chars().count();
        if length > max {
            self.push(FieldError::new(field.clone(), "too-long").with("max", max).with("length", length));
        }
        // A NUL ends a string in C, and PostgreSQL refuses it; the others are invisible and never meant.
        if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
            self.error(field.clone(), "control-character");
        }
        // They turn text around, or hide a text in another: what is read is not what stands there.
        if let Some(unseen) = text.chars().find(|c| is_invisible(*c) && !c.is_control() && !joins(*c)) {
            let character = format!("U+{:04X}", u32::from(unseen));
            self.push(FieldError::new(field, "invisible-character").with("character", character));
        }
        text
    }

    /// The same as `line`, and something must be there.
    pub fn required_line(&mut self, field: &'static str, value: &str, max: usize) -> String {
        let text = self.line(field, value, max);
        self.require(field, &text);
        text
    }

    /// The same as `text`, and something must be there.
    pub fn required_text(&mut self, field: &'static str, value: &str, max: usize) -> String {
        let text = self.text(field, value, max);
        self.require(field, &text);
        text
    }

    fn require(&mut self, field: &'static str, text: &str) {
        if text.is_empty() {
            self.error(field, "required");
        }
    }

    /// An address, which must be there.
    pub fn required_email(&mut self, field: &'static str, value: &str) -> Option<Email> {
        if value.trim().is_empty() {
            self.error(field, "required");
            return None;
        }
        self.parse(field, Email::parse(value))
    }

    /// The value, or the error under `field`.
    pub fn parse<T>(&mut self, field: impl Into<Cow<'static, str>>, result: Result<T, &'static str>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(code) => {
                self.error(field, code);
                None
            }
        }
    }

    /// Everything that was collected.
    pub fn into_errors(self) -> Vec<FieldError> {
        self.errors
    }

    /// # Errors
    /// `Invalid` with everything that was collected.
    pub fn finish(self) -> Result<()> {
        if self.errors.is_empty() { Ok(()) } else { Err(Error::Invalid(self.errors)) }
    }
}

/// Without what shows nothing and means nothing where text runs from left to right, and comes along when a text is copied from a
/// document or a telephone number from a contact.
fn tidied(value: &str) -> String {
    let text = value.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n").replace(is_copied_along, "");
    let shows_nothing = |c: char| c.is_whitespace() || c == '\u{ad}' || joins(c);
    if text.chars().all(shows_nothing) { String::new() } else { text.trim().to_owned() }
}

/// Byte order mark, spaces without a width, and marks that say "from left to right".
fn is_copied_along(c: char) -> bool {
    matches!(
        c,
        '\u{feff}'
            | '\u{200b}'
            | '\u{2060}'
            | '\u{200e}'
            | '\u{202a}'
            | '\u{202c}'
            | '\u{2066}'
            | '\u{2068}'
            | '\u{2069}'
    )
}

/// Some scripts are not written rightly without them, and neither are people in pictures (👩‍👧).
fn joins(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Of the characters for control and format (Cc and Cf, with the separators Zl and Zp) those that show nothing. The soft hyphen is
/// none of them: at the end of a line it can be seen.
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(text: &str) -> (String, Vec<&'static str>) {
        let mut input = Input::default();
        let line = input.line("title", text, 200);
        (line, input.into_errors().into_iter().map(|e| e.code).collect())
    }

    #[test]
    fn what_was_copied_along_is_gone() {
        for copied in ["\u{feff}Færre fall", "Færre\u{200b} fall\u{2060}", " \u{feff} Færre fall\u{200e}\r\n"] {
            assert_eq!(taken(copied), ("Færre fall".to_owned(), vec![]), "{copied:?}");
        }
        assert_eq!(taken("\u{202a}+47 912 34 567\u{202c}").0, "+47 912 34 567");
        for nothing in ["\u{feff}", "\u{200b} \u{200d}", "\u{ad}"] {
            assert_eq!(taken(nothing), (String::new(), vec![]), "{nothing:?}");
        }
    }

    #[test]
    fn what_turns_or_hides_a_text_is_refused_and_named() {
        for character in
            ["\u{202e}", "\u{202d}", "\u{202b}", "\u{2067}", "\u{200f}", "\u{61c}", "\u{e0041}", "\u{2062}"]
        {
            assert_eq!(taken(&format!("Faktura {character}fdp.exe")).1, ["invisible-character"], "{character:?}");
        }
        let mut input = Input::default();
        input.text("summary", "a\u{202e}b", 10);
        assert_eq!(input.into_errors()[0].args, [("character", "U+202E".to_owned())]);
        assert_eq!(taken("a\u{0}b").1, ["control-character"]);
        assert_eq!(taken("to\u{2028}linjer").1, ["one-line"]);
    }

    #[test]
    fn what_a_language_needs_is_kept() {
        for good in ["Sykehjems\u{ad}plass", "👩\u{200d}👧 i Bodø", "می\u{200c}خواهم", "Guovdageainnu suohkan"]
        {
            assert_eq!(taken(good), (good.to_owned(), vec![]), "{good:?}");
        }
    }
}
