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

/// The digits that codes begin with, of a filter: two to eight of them, or a whole code as the finder shows it, with its
/// check digit.
pub fn beginning(text: &str) -> Option<String> {
    let text = text.trim();
    let digits = match text.split_once('-') {
        Some((code, check)) if code.len() == 8 && check.len() == 1 && check.bytes().all(|b| b.is_ascii_digit()) => code,
        _ => text,
    };
    ((2..=8).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())).then(|| digits.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_the_beginning_of_a_code_or_a_whole_one() {
        for (typed, taken) in [("72", "72"), (" 7200 ", "7200"), ("72000000", "72000000"), ("72000000-5", "72000000")] {
            assert_eq!(beginning(typed).as_deref(), Some(taken), "{typed}");
        }
        for typed in ["", "7", "72-5", "720000005", "72000000-", "72000000-55", "72000000-x", "datatenester", "７２"]
        {
            assert_eq!(beginning(typed), None, "{typed}");
        }
    }
}
