//! A form as it is shown: for the first time, or once more with what was typed and what is wrong with it.
use super::page::{Page, page, page_with_status};
use super::view::Seen;
use super::{Flash, FormKey, Posted, Visitor, see_other};
use crate::app::Caller;
use crate::fields::Fields;
use crate::op::Op;
use crate::platform::language::Language;
use crate::platform::wording;
use crate::{App, Error, FieldError, Result, once};
use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path};
use serde::Serialize;
use serde::de::DeserializeOwned;

// ---- what comes of a form ----------------------------------------------------------------------------------------

/// Where a form leads that was taken, and what is said there.
#[derive(Debug, Clone)]
pub struct Onward {
    path: String,
    flash: Option<Flash>,
}

impl Onward {
    /// To a page of ours, without the prefix of the language.
    pub fn to(path: impl Into<String>) -> Self {
        Self { path: path.into(), flash: None }
    }
    /// With a word about what was done: the text `flash-<key>`.
    pub fn saying(self, key: &'static str) -> Self {
        Self { flash: Flash::success(key), ..self }
    }
    /// With a word about what should be known.
    pub fn warning(self, key: &'static str) -> Self {
        Self { flash: Flash::warning(key), ..self }
    }
    /// Leads there.
    pub fn go(self, visitor: &Visitor) -> HttpResponse {
        see_other(visitor, &self.path, self.flash)
    }
    /// The form itself is shown, and not where it leads: what is said there is said here.
    pub fn said_to(&self, mut visitor: Visitor) -> Visitor {
        visitor.flash.clone_from(&self.flash);
        visitor
    }

    fn kept(&self) -> once::Answer {
        once::Answer {
            status: StatusCode::SEE_OTHER.as_u16(),
            location: Some(self.path.clone()),
            body: self.flash.as_ref().map(Flash::written).unwrap_or_default(),
        }
    }
    fn again(kept: once::Answer) -> Self {
        Self { path: kept.location.unwrap_or_else(|| "/".to_owned()), flash: Flash::read(&kept.body) }
    }
}

/// Writes what a form says, as whoever is logged in, once for each time that the form was shown: when it is sent again
/// as it was (by a double click, or on the way back), nothing changes, and it leads where it led the first time.
pub async fn once(
    app: &App,
    caller: Caller,
    key: Option<FormKey>,
    f: impl FnOnce(&mut Op<'_>) -> Result<Onward> + Send + 'static,
) -> Result<Onward> {
    app.write(caller, move |op| {
        let Some(key) = key else { return f(op) };
        let key = key.of(op.actor())?;
        once::once(op, key, |op| Ok(f(op)?.kept())).map(Onward::again)
    })
    .await
}

/// Where a form led that has been sent before, for those who do something slow before they write.
pub async fn repeated(app: &App, caller: Caller, key: Option<&FormKey>) -> Result<Option<Onward>> {
    let Some(key) = key.cloned() else { return Ok(None) };
    app.read(caller, move |op| {
        let (user, key) = (op.person()?.user, key.of(op.actor())?);
        Ok(once::answered(op, user, &key)?.map(Onward::again))
    })
    .await
}

/// Why a form is shown once more.
#[derive(Debug)]
pub struct Refused {
    status: StatusCode,
    errors: Vec<FieldError>,
    retry_after_seconds: Option<i64>,
}

impl Refused {
    /// A form that nobody has sent yet.
    pub fn not_yet() -> Self {
        Self::with(StatusCode::OK, Vec::new())
    }
    /// With a status of its own.
    pub fn with(status: StatusCode, errors: Vec<FieldError>) -> Self {
        Self { status, errors, retry_after_seconds: None }
    }
    /// What is wrong is told at the fields.
    ///
    /// # Errors
    /// Those that no form tells come back.
    pub fn of(error: Error) -> Result<Self> {
        match error {
            Error::Invalid(errors) => Ok(Self::with(StatusCode::UNPROCESSABLE_ENTITY, errors)),
            error => Err(error),
        }
    }
    pub fn status(&self) -> StatusCode {
        self.status
    }
    /// It will be taken after so many seconds.
    pub fn until(self, seconds: i64) -> Self {
        Self { retry_after_seconds: Some(seconds), ..self }
    }
}

/// On to where the form leads; or the form again, from what was typed and what is wrong with it.
pub async fn answer<P: Page + Send + 'static>(
    app: &App,
    visitor: Visitor,
    taken: Result<Onward>,
    again: impl FnOnce(&mut Op<'_>, &[FieldError]) -> Result<P> + Send + 'static,
) -> super::Result {
    match taken {
        Ok(onward) => Ok(onward.go(&visitor)),
        Err(e) => show(app, visitor, Refused::of(e)?, again).await,
    }
}

/// The form, with the status that fits what is wrong with it.
pub async fn show<P: Page + Send + 'static>(
    app: &App,
    visitor: Visitor,
    refused: Refused,
    page: impl FnOnce(&mut Op<'_>, &[FieldError]) -> Result<P> + Send + 'static,
) -> super::Result {
    let Refused { status, errors, retry_after_seconds } = refused;
    let mut response = page_with_status(app, visitor, status, move |op| page(op, &errors)).await?;
    if let Some(seconds) = retry_after_seconds {
        response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from(seconds));
    }
    Ok(response)
}

// ---- a form on a page of its own ---------------------------------------------------------------------------------

/// A form that has a page to itself, as what is typed into it. Whoever comes to the page and whoever sent what cannot be taken are shown
/// the same, made in one place.
pub trait Form: Clone + Default + Send + 'static {
    /// What its address tells: the reference of a need, the id of a question.
    type At: Clone + DeserializeOwned + Send + 'static;
    type Page: Page + Send + 'static;
    /// What was typed.
    fn of(fields: &Fields) -> Self;
    /// Does what it says.
    ///
    /// # Errors
    /// `Invalid` is told at its fields, everything else on a page that keeps what was typed.
    fn write(self, op: &mut Op<'_>, at: &Self::At) -> Result<Onward>;
    /// The page, with what was typed and what is wrong with it.
    ///
    /// # Errors
    /// When whoever asks may not write, or nobody can any more.
    fn page(self, op: &mut Op<'_>, at: &Self::At, seen: Seen, errors: &[FieldError]) -> Result<Self::Page>;
}

/// `GET` of such a form.
pub async fn look<F: Form>(app: Data<App>, visitor: Visitor, at: Path<F::At>) -> super::Result {
    let seen = Seen::by(&visitor);
    page(&app, visitor, move |op| F::default().page(op, &at, seen, &[])).await
}

/// `POST` of such a form.
pub async fn send<F: Form>(app: Data<App>, visitor: Visitor, at: Path<F::At>, posted: Posted) -> super::Result {
    let (at, seen, typed) = (at.into_inner(), Seen::by(&visitor), F::of(&posted.fields));
    let (there, words) = (at.clone(), typed.clone());
    let taken = once(&app, visitor.caller(), posted.key, move |op| words.write(op, &there)).await;
    answer(&app, visitor, taken, move |op, errors| typed.page(op, &at, seen, errors)).await
}

// ---- its fields --------------------------------------------------------------------------------------------------

/// A field of a form as the template shows it: what was typed, and what is wrong with it. Never with a `maxlength`: a
/// browser cuts off without a word what is pasted, while the rule says how much is too much and keeps it all.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Field {
    pub value: String,
    pub error: Option<String>,
}

impl Field {
    pub fn new(value: impl Into<String>, error: Option<String>) -> Self {
        Self { value: value.into(), error }
    }
}

/// A choice of a list.
#[derive(Debug, Clone, Serialize)]
pub struct Choice {
    pub value: String,
    pub text: String,
    pub selected: bool,
}

/// A list to choose from, and what is wrong with what was chosen.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Choices {
    pub options: Vec<Choice>,
    pub error: Option<String>,
}

/// What is wrong with a form, in the visitor's language.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(transparent)]
pub struct Errors(Vec<Shown>);

/// What is wrong with a field, as the summary of the form has it.
#[derive(Debug, Clone, Serialize)]
pub struct Shown {
    pub field: String,
    /// What the form calls the field; the page knows it (`labels.rs`).
    pub label: Option<String>,
    pub message: String,
}

impl Errors {
    pub fn new(errors: &[FieldError], language: Language) -> Self {
        Self(
            errors
                .iter()
                .map(|e| Shown { field: e.field.to_string(), label: None, message: wording::sentence(e, language) })
                .collect(),
        )
    }
    /// The fields of the form have other names than those of the need; `rename` knows them.
    pub fn renamed(mut self, rename: impl Fn(&str) -> String) -> Self {
        for shown in &mut self.0 {
            shown.field = rename(&shown.field);
        }
        self
    }
    /// The first thing that is wrong with `field`.
    pub fn of(&self, field: &str) -> Option<String> {
        self.0.iter().find(|e| e.field == field).map(|e| e.message.clone())
    }
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// A field of the form with its value and its error.
    pub fn field(&self, name: &str, value: impl Into<String>) -> Field {
        Field::new(value, self.of(name))
    }
    /// A list of the form with its error.
    pub fn choices(&self, name: &str, options: Vec<Choice>) -> Choices {
        Choices { options, error: self.of(name) }
    }
}
