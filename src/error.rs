//! What can go wrong, in words of the domain. The doors (`web`, `api`) decide how it looks.
use std::borrow::Cow;

/// What can fail for one of our reasons.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why something is not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("not logged in")]
    Unauthenticated,
    /// There is none; or there is one, but the caller may not know that.
    #[error("{0} was not found")]
    NotFound(&'static str),
    #[error("may not {}", .0.verb)]
    Forbidden(Refusal),
    /// Every bad field at once.
    #[error("the input is not valid")]
    Invalid(Vec<FieldError>),
    /// The request cannot be understood: an unknown parameter, broken JSON, a cursor of another list.
    #[error("the request cannot be understood: {detail}")]
    Malformed { code: &'static str, detail: String },
    /// The request is right, but the thing is in a state that does not allow it. The text stands in `texts/`.
    #[error("conflict: {0}")]
    Conflict(&'static str),
    /// Someone else changed the thing in the meantime.
    #[error("stale version")]
    Stale,
    #[error("too large")]
    TooLarge,
    #[error("not acceptable content: {0}")]
    UnsupportedMedia(String),
    #[error("too many attempts")]
    TooMany { retry_after_seconds: i64 },
    #[error("{0} is not available")]
    Unavailable(&'static str),
    /// Opaque to the user, logged once with its chain.
    #[error("something went wrong on our side")]
    Internal(#[source] anyhow::Error),
}

/// What someone may not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    pub verb: &'static str,
    /// Who may, where one role says it.
    pub who_may: Option<Only>,
}

/// Whose alone something is to do; they who may not are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Only {
    /// Those who buy, and those who administer the buyer.
    Buyers,
    Administrators,
    Suppliers,
    Advisers,
}

impl Only {
    /// As a policy says it: `Only::Buyers.may("publish it")`.
    pub fn may(self, verb: &'static str) -> Refusal {
        Refusal { verb, who_may: Some(self) }
    }
}

/// No one role says who may.
impl From<&'static str> for Refusal {
    fn from(verb: &'static str) -> Self {
        Self { verb, who_may: None }
    }
}

/// What is wrong with one field. The sentence stands in `texts/` as `error-<code>`.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldError {
    pub field: Cow<'static, str>,
    pub code: &'static str,
    /// Numbers and words that the sentence needs.
    pub args: Vec<(&'static str, String)>,
}

impl FieldError {
    /// An argument that is a number of bytes; a sentence tells it in the unit that fits.
    pub const MAX_BYTES: &str = "max_bytes";

    /// An error without arguments.
    pub fn new(field: impl Into<Cow<'static, str>>, code: &'static str) -> Self {
        Self { field: field.into(), code, args: Vec::new() }
    }
    /// With a number or a word that the sentence needs.
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

impl From<diesel::result::Error> for Error {
    fn from(e: diesel::result::Error) -> Self {
        use diesel::result::DatabaseErrorKind::{ClosedConnection, UnableToSendCommand, UniqueViolation};
        use diesel::result::Error::DatabaseError;
        match e {
            // Two came at the same time, and both found nothing there.
            DatabaseError(UniqueViolation, _) => Self::Conflict("already-there"),
            DatabaseError(ClosedConnection | UnableToSendCommand, _) => Self::Unavailable("database"),
            e => Self::Internal(anyhow::Error::new(e).context("a database statement failed")),
        }
    }
}
impl From<anyhow::Error> for Error {
    fn from(e: anyhow::Error) -> Self {
        Self::Internal(e)
    }
}

impl Error {
    /// With all that led to it: for the operator, never for a visitor.
    pub fn in_full(&self) -> String {
        match self {
            Self::Internal(e) => format!("{e:#}"),
            e => e.to_string(),
        }
    }

    /// One bad field.
    pub fn field(field: &'static str, code: &'static str) -> Self {
        Self::Invalid(vec![FieldError::new(field, code)])
    }
}
