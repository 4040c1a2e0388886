//! Logging in and out.
use super::refused;
use crate::app::Caller;
use crate::fields::Fields;
use crate::identity::{self, Login, Next, Proven, Secret};
use crate::once::Whole;
use crate::op::Op;
use crate::platform::config;
use crate::platform::language::Language;
use crate::web::form::{self, Errors, Field, Refused};
use crate::web::{self, ClientAddress, Flash, Page, Posted, Visitor, see_other};
use crate::{App, FieldError, Result, once};
use actix_web::HttpResponse;
use actix_web::web::Data;
use anyhow::Context;
use serde::Serialize;

#[derive(Serialize)]
struct LoginPage {
    next: String,
    form: LoginForm,
    errors: Errors,
}

#[derive(Serialize)]
struct LoginForm {
    email: Field,
    password: Field,
}

impl Page for LoginPage {
    const TEMPLATE: &'static str = "web/identity/login";
    fn title(&self, language: Language) -> String {
        language.text("identity-login-title")
    }
}

/// `GET /logg-inn?neste=`
pub async fn login_form(app: Data<App>, visitor: Visitor, query: Fields) -> web::Result {
    let next = Next::or_home(query.get("neste"));
    show_login(&app, visitor, next, String::new(), Refused::not_yet()).await
}

/// `POST /logg-inn`
pub async fn login(app: Data<App>, visitor: Visitor, from: ClientAddress, posted: Posted) -> web::Result {
    let next = Next::or_home(posted.fields.get("next"));
    let email = posted.fields.get("email").to_owned();
    let login = Login { email: email.clone(), password: posted.fields.get("password").to_owned(), address: from.0 };
    let proven = app.blocking(move |app| prove(app, &login)).await;
    let entered = match proven {
        Ok(proven) => open_session(&app, visitor.caller(), proven).await,
        Err(e) => Err(e),
    };
    match entered {
        Ok(entered) => Ok(logged_in(&app, &visitor, entered, next.as_str(), None)?),
        Err(e) => show_login(&app, visitor, next, email, refused(e, "email")?).await,
    }
}

async fn show_login(app: &App, visitor: Visitor, next: Next, email: String, refused: Refused) -> web::Result {
    let language = visitor.language();
    let page = move |_: &mut Op<'_>, errors: &[FieldError]| {
        let errors = Errors::new(errors, language);
        let form = LoginForm { email: errors.field("email", email), password: errors.field("password", "") };
        Ok(LoginPage { next: next.to_string(), form, errors })
    };
    form::show(app, visitor, refused, page).await
}

/// `POST /logg-ut`
pub async fn logout(app: Data<App>, visitor: Visitor, _: Posted) -> web::Result {
    let ended = app.write(visitor.caller(), |op| match op.person() {
        Ok(person) => identity::end(op, person.session),
        Err(_) => Ok(()),
    });
    ended.await?;
    let mut response = see_other(&visitor, "/", Flash::success("logged-out"));
    response.add_cookie(&web::clear_session(&visitor)).map_err(anyhow::Error::new)?;
    Ok(response)
}

/// For `App::blocking`: the hash is slow on purpose.
pub(in crate::identity) fn prove(app: &App, login: &Login) -> Result<Proven> {
    identity::prove(&app.db, login, &app.passwords, &app.config.identity, app.clock.now())
}

async fn open_session(app: &App, caller: Caller, proven: Proven) -> Result<Entered> {
    let rules = app.config.identity.clone();
    let language = proven.user().language;
    let opened = app.write(caller, move |op| {
        let user = proven.still(op)?;
        identity::open_browser(op, user, &rules)
    });
    Ok(Entered { session: opened.await?, language })
}

/// A session that was opened just now, and the language that its owner reads.
pub struct Entered {
    session: Secret,
    language: Language,
}

/// A session for whoever got their login in this transaction, or in that of the same form.
///
/// # Errors
/// `Internal` if there is none.
pub fn open_newcomer(op: &mut Op<'_>, email: &str, rules: &config::Identity) -> Result<Entered> {
    let user = identity::find_by_email(op.db(), email)?.context("a newcomer has no login")?;
    let session = identity::open_browser(op, user.id, rules)?;
    Ok(Entered { session, language: user.language })
}

/// A session for someone whose browser sent the form twice, and perhaps never saw the first answer. Nobody else knows the
/// key that stood in that form, and what was typed is the same. Whoever has logged out since, or has another password, has
/// seen it: then it is as if the form had not come.
///
/// # Errors
/// When the database refuses.
pub fn come_in_again(
    op: &mut Op<'_>,
    sent: Option<&Whole>,
    email: &str,
    rules: &config::Identity,
) -> Result<Option<Entered>> {
    if !once::has_come(op, sent)? || !identity::is_as_it_came(op, email)? {
        return Ok(None);
    }
    open_newcomer(op, email, rules).map(Some)
}

/// On to another page, with the cookies of the new session: pages without a language in their address come in its owner's.
pub fn logged_in(
    app: &App,
    visitor: &Visitor,
    entered: Entered,
    to: &str,
    flash: Option<Flash>,
) -> Result<HttpResponse> {
    let cookie = web::session_cookie(visitor, entered.session, app.config.identity.session_hours);
    let mut response = see_other(visitor, to, flash);
    response.add_cookie(&cookie).map_err(anyhow::Error::new)?;
    response.add_cookie(&visitor.language_cookie(entered.language)).map_err(anyhow::Error::new)?;
    Ok(response)
}
