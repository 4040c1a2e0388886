//! Taking in what people type: trimmed, checked, and with every error told at once.
use crate::identity::Email;
use crate::{Error, FieldError, Result};
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

/// Collects what is wrong while a form or a body is read field by field.
#[derive(Debug, Default)]
pub struct Input {
    errors: Vec<FieldError>,
}

impl Input {
    pub fn error(&mut self, field: impl Into<Cow<'static, str>>, code: &'static str) {
        self.errors.push(FieldError::new(field, code));
    }

    pub fn push(&mut self, error: FieldError) {
        self.errors.push(error);
    }

    /// One line, perhaps empty; at most `max` characters.
    pub fn line(&mut self, field: impl Into<Cow<'static, str>>, value: &str, max: usize) -> String {
        let field = field.into();
        if value.trim().contains(['\n', '\r']) {
            self.error(field.clone(), "one-line");
        }
        self.text(field, value, max)
    }

    /// Text of any number of lines, perhaps empty; at most `max` characters. Line ends become `\n`.
    pub fn text(&mut self, field: impl Into<Cow<'static, str>>, value: &str, max: usize) -> String {
        let field = field.into();
        let text = value.trim().replace("\r\n", "\n").replace('\r', "\n");
        let length = text.chars().count();
        if length > max {
            self.push(FieldError::new(field.clone(), "too-long").with("max", max).with("length", length));
        }
        // A NUL ends a string in C, and PostgreSQL refuses it; the others are invisible and never meant.
        if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
            self.error(field, "control-character");
        }
        text
    }

    pub fn required_line(&mut self, field: &'static str, value: &str, max: usize) -> String {
        let text = self.line(field, value, max);
        self.require(field, &text);
        text
    }

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
