//! Taking in a code that someone wrote.
use crate::FieldError;
use crate::regulations::{Cpv, CpvError};

/// The eight digits.
///
/// # Errors
/// `cpv` for what is no code; `cpv-unknown` for one that the list does not have, with the nearest that it has, or
/// `cpv-no-division` if there is none.
pub fn take(field: &'static str, text: &str) -> Result<String, FieldError> {
    Cpv::parse(text).map(|code| code.to_string()).map_err(|e| match e {
        CpvError::Malformed => FieldError::new(field, "cpv").with("value", text),
        CpvError::Unknown { nearest: None } => FieldError::new(field, "cpv-no-division").with("value", text),
        CpvError::Unknown { nearest: Some(nearest) } => {
            FieldError::new(field, "cpv-unknown").with("value", text).with("nearest", nearest)
        }
    })
}
