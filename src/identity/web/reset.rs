//! A forgotten password, and a new one.
use super::{is_good_link, refused};
use crate::app::Caller;
use crate::fields::Fields;
use crate::identity::{self, Email, Password, Secret};
use crate::input::Input;
use crate::op::Op;
use crate::platform::language::Language;
use crate::web::form::{self, Errors, Field, Refused};
use crate::web::{self, ClientAddress, Flash, Page, Posted, Visitor, see_other};
use crate::{App, Error, FieldError, Result, once};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use serde::Serialize;

#[derive(Serialize)]
struct ForgotPage {
    sent: bool,
    form: ForgotForm,
    errors: Errors,
}

#[derive(Serialize)]
struct ForgotForm {
    email: Field,
}

impl Page for ForgotPage {
    const TEMPLATE: &'static str = "web/identity/forgot";
    fn title(&self, language: Language) -> String {
        language.text("identity-forgot-title")
    }
}

/// `GET /glemt-passord`, and what is shown once the form is sent.
pub async fn forgot_form(app: Data<App>, visitor: Visitor, query: Fields) -> web::Result {
    show_forgot(&app, visitor, query.has("sendt"), String::new(), Refused::not_yet()).await
}

/// `POST /glemt-passord`
pub async fn forgot(app: Data<App>, visitor: Visitor, from: ClientAddress, posted: Posted) -> web::Result {
    let typed = posted.fields.get("email").to_owned();
    let email = typed.clone();
    let rules = app.config.identity.clone();
    let asked = app.write(visitor.caller(), move |op| {
        let mut input = Input::default();
        let email = input.required_email("email", &email);
        input.finish()?;
        let Some(email): Option<Email> = email else { return Ok(()) };
        let sent = posted.key.map(|key| key.of_anyone());
        once::by_anyone(op, sent.as_ref(), |op| identity::ask_reset(op, &email, &from.0, &rules))
    });
    match asked.await {
        Ok(()) => Ok(see_other(&visitor, "/glemt-passord?sendt", None)),
        Err(e) => show_forgot(&app, visitor, false, typed, refused(e, "email")?).await,
    }
}

async fn show_forgot(app: &App, visitor: Visitor, sent: bool, email: String, refused: Refused) -> web::Result {
    let language = visitor.language();
    let page = move |_: &mut Op<'_>, errors: &[FieldError]| {
        let errors = Errors::new(errors, language);
        Ok(ForgotPage { sent, form: ForgotForm { email: errors.field("email", email) }, errors })
    };
    form::show(app, visitor, refused, page).await
}

#[derive(Serialize)]
struct ResetPage {
    valid: bool,
    action: String,
    /// For the password manager.
    email: Option<String>,
    form: ResetForm,
    errors: Errors,
}

#[derive(Serialize)]
struct ResetForm {
    password: Field,
}

impl Page for ResetPage {
    const TEMPLATE: &'static str = "web/identity/reset";
    fn title(&self, language: Language) -> String {
        language.text("identity-reset-title")
    }
}

/// `GET /nytt-passord/{token}`
pub async fn reset_form(app: Data<App>, visitor: Visitor, token: Path<String>) -> web::Result {
    let email = whose(&app, visitor.caller(), &token).await?;
    show_reset(&app, visitor, &token, email, Refused::not_yet()).await
}

/// `POST /nytt-passord/{token}`
pub async fn reset(app: Data<App>, visitor: Visitor, token: Path<String>, posted: Posted) -> web::Result {
    let sent = posted.key.map(|key| key.of_anyone());
    // Nobody makes us hash anything with a link that is worth nothing.
    let email = whose(&app, visitor.caller(), &token).await?;
    if email.is_none() {
        let came = app.read(visitor.caller(), move |op| once::has_come(op, sent.as_ref())).await?;
        return if came {
            Ok(to_log_in(&visitor)?)
        } else {
            show_reset(&app, visitor, &token, None, Refused::not_yet()).await
        };
    }
    let password = match Password::parse("password", posted.fields.get("password")) {
        Ok(password) => password,
        Err(e) => return show_reset(&app, visitor, &token, email, Refused::of(Error::Invalid(vec![e]))?).await,
    };
    let hash = app.blocking(move |app| app.passwords.hash(&password)).await?;
    let secret = Secret::presented(&token);
    let set = app.write(visitor.caller(), move |op| {
        once::by_anyone(op, sent.as_ref(), |op| identity::finish_reset(op, &secret, &hash).map(|_| ()))
    });
    match is_good_link(set.await)? {
        Some(()) => Ok(to_log_in(&visitor)?),
        None => show_reset(&app, visitor, &token, None, Refused::not_yet()).await,
    }
}

/// Every session has ended, that of this browser too.
fn to_log_in(visitor: &Visitor) -> Result<HttpResponse> {
    let mut response = see_other(visitor, "/logg-inn", Flash::success("password-reset"));
    response.add_cookie(&web::clear_session(visitor)).map_err(anyhow::Error::new)?;
    Ok(response)
}

/// The address of whom the link was sent to, if it is still good.
async fn whose(app: &App, caller: Caller, token: &str) -> Result<Option<String>> {
    let secret = Secret::presented(token);
    let user = app.read(caller, move |op| identity::whose_reset(op, &secret)).await;
    Ok(is_good_link(user)?.map(|user| user.email))
}

async fn show_reset(app: &App, visitor: Visitor, token: &str, email: Option<String>, refused: Refused) -> web::Result {
    let refused = if email.is_some() { refused } else { Refused::with(StatusCode::NOT_FOUND, Vec::new()) };
    let (language, action) = (visitor.language(), format!("{}/nytt-passord/{token}", visitor.root));
    let page = move |_: &mut Op<'_>, errors: &[FieldError]| {
        let errors = Errors::new(errors, language);
        let form = ResetForm { password: errors.field("password", "") };
        Ok(ResetPage { valid: email.is_some(), action, email, form, errors })
    };
    form::show(app, visitor, refused, page).await
}
