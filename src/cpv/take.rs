//! Taking in a code that someone wrote.
use crate::regulations::{Cpv, CpvEntry, CpvError, cpv_entry};
use crate::{Error, FieldError, Result};

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

/// The digits that codes begin with, of a filter: two to eight of them, or a whole code as it is printed, with its check digit.
///
/// # Errors
/// `cpv-beginning` for anything else; `cpv-check-digit`, with the code as it is printed, for another check digit: it is a slip
/// somewhere in the code.
pub fn beginning(text: &str) -> Result<String, FieldError> {
    let text = text.trim();
    let digits = match text.split_once('-') {
        Some((code, check)) if code.len() == 8 && check.len() == 1 && check.bytes().all(|b| b.is_ascii_digit()) => code,
        _ => text,
    };
    if !(2..=8).contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(FieldError::new("cpv", "cpv-beginning"));
    }
    match cpv_entry(digits).map(CpvEntry::printed) {
        Some(printed) if digits != text && printed != text => {
            Err(FieldError::new("cpv", "cpv-check-digit").with("value", text).with("printed", printed))
        }
        _ => Ok(digits.to_owned()),
    }
}

/// The same of a query, for programs.
///
/// # Errors
/// `Malformed` (`bad-parameter`)
pub fn beginning_of_query(text: &str) -> Result<String> {
    beginning(text).map_err(|e| {
        let printed = e.args.iter().find(|(name, _)| *name == "printed").map(|(_, printed)| printed);
        let detail = match printed {
            Some(printed) => format!("cpv has a wrong check digit: the code is {printed}"),
            None => "cpv cannot be understood".to_owned(),
        };
        Error::Malformed { code: "bad-parameter", detail }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_the_beginning_of_a_code_or_a_whole_one() {
        for (typed, taken) in [("72", "72"), (" 7200 ", "7200"), ("72000000", "72000000"), ("72000000-5", "72000000")] {
            assert_eq!(beginning(typed).as_deref(), Ok(taken), "{typed}");
        }
        for typed in ["", "7", "72-5", "720000005", "72000000-", "72000000-55", "72000000-x", "datatenester", "７２"]
        {
            assert_eq!(beginning(typed).map_err(|e| e.code), Err("cpv-beginning"), "{typed}");
        }
        let slip = FieldError::new("cpv", "cpv-check-digit").with("value", "72000000-4").with("printed", "72000000-5");
        assert_eq!(beginning("72000000-4"), Err(slip));
    }
}
