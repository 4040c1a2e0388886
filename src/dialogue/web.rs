//! The dialogue as pages: questions, responses, the outcome, attachments.
mod answer;
mod ask;
mod attachments;
mod conclude;
mod read;
mod respond;

pub use answer::Answer;
pub use ask::ask;
pub(super) use attachments::file;
pub use attachments::{attach, attachment, detach, supplement, written};
pub use conclude::Conclude;
pub use read::{mark_read, response, responses, thank};
pub use respond::{respond, respond_form};

use crate::needs::web::need_url;
use crate::needs::{Need, NeedId};
use crate::{Error, FieldError, Result};

/// A thing of another need than the address says is not there.
fn belongs(to: NeedId, need: &Need, what: &'static str) -> Result<()> {
    if to == need.id { Ok(()) } else { Err(Error::NotFound(what)) }
}

/// Where questions and answers stand.
fn questions_of(reference: &str) -> String {
    format!("{}#questions", need_url("", reference))
}

/// A browser forgets the files of a form that is shown again, so each that was fine is named. `files`: their fields and names.
fn to_choose_again(files: &[(String, String)], errors: &mut Vec<FieldError>) {
    for (field, name) in files {
        if !errors.iter().any(|error| error.field == *field) {
            errors.push(FieldError::new(field.clone(), "file-again").with("name", name));
        }
    }
}

/// The verbs call it `text`; the form has a name of its own for it.
fn text_is(field: &'static str, errors: &[FieldError]) -> Vec<FieldError> {
    let renamed = |e: &FieldError| FieldError { field: field.into(), ..e.clone() };
    errors.iter().map(|e| if e.field == "text" { renamed(e) } else { e.clone() }).collect()
}
