//! The pages of logging in, a forgotten password, and one's own account; registering in a file of its own.
mod register;

pub(super) use register::take_registration;
pub use register::{check_mail, confirm, confirm_form, register, register_form};

use super::{Email, Login, Next, Password, ProfileWords, Secret, UserId};
use crate::app::Caller;
use crate::input::Input;
use crate::op::Op;
use crate::platform::language::Language;
use crate::tenancy;
use crate::web::ClientAddress;
use crate::web::form::{Choice, Errors, Field};
use crate::web::{self, Fields, Flash, Page, Posted, Visitor, page, page_with_status, see_other};
use crate::{App, Error, FieldError, Result};
use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path};
use serde::Serialize;

// ---- logging in and out ------------------------------------------------------------------------------------------

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
    show_login(&app, visitor, next, String::new(), Refused::none()).await
}

/// `POST /logg-inn`
pub async fn login(app: Data<App>, visitor: Visitor, from: ClientAddress, posted: Posted) -> web::Result {
    let next = Next::or_home(posted.fields.get("next"));
    let email = posted.fields.get("email").to_owned();
    let login = Login { email: email.clone(), password: posted.fields.get("password").to_owned(), address: from.0 };
    match app.blocking(move |app| prove(app, &login)).await {
        Ok(proven) => {
            let user = proven.user().clone();
            let session = open_session(&app, visitor.caller(), user.id).await?;
            let mut response = logged_in(&app, &visitor, session, next.as_str(), None)?;
            response.add_cookie(&visitor.language_cookie(user.language)).map_err(anyhow::Error::new)?;
            Ok(response)
        }
        Err(e) => show_login(&app, visitor, next, email, Refused::of(e, "email")?).await,
    }
}

async fn show_login(app: &App, visitor: Visitor, next: Next, email: String, refused: Refused) -> web::Result {
    let language = visitor.language();
    let errors = Errors::new(&refused.errors, language);
    let form = LoginForm { email: errors.field("email", email), password: errors.field("password", "") };
    let shown = LoginPage { next: next.to_string(), form, errors };
    Ok(refused.sign(page_with_status(app, visitor, refused.status, move |_| Ok(shown)).await?))
}

/// `POST /logg-ut`
pub async fn logout(app: Data<App>, visitor: Visitor, _: Posted) -> web::Result {
    let ended = app.write(visitor.caller(), |op| match op.member() {
        Ok(member) => super::end(op, member.session),
        Err(_) => Ok(()),
    });
    ended.await?;
    let mut response = see_other(&visitor, "/", Flash::success("logged-out"));
    response.add_cookie(&web::clear_session(&visitor)).map_err(anyhow::Error::new)?;
    Ok(response)
}

/// For `App::blocking`: the hash is slow on purpose.
pub(super) fn prove(app: &App, login: &Login) -> Result<super::Proven> {
    super::prove(&app.db, login, &app.passwords, &app.config.identity, app.clock.now())
}

async fn open_session(app: &App, caller: Caller, user: UserId) -> Result<Secret> {
    let rules = app.config.identity.clone();
    app.write(caller, move |op| super::open_browser(op, user, &rules)).await
}

/// On to another page, with the cookie of the new session.
pub fn logged_in(
    app: &App,
    visitor: &Visitor,
    session: Secret,
    to: &str,
    flash: Option<Flash>,
) -> Result<HttpResponse> {
    let cookie = web::session_cookie(visitor, session, app.config.identity.session_hours);
    let mut response = see_other(visitor, to, flash);
    response.add_cookie(&cookie).map_err(anyhow::Error::new)?;
    Ok(response)
}

/// What a form cannot do, told at its fields.
struct Refused {
    status: StatusCode,
    errors: Vec<FieldError>,
    retry_after_seconds: Option<i64>,
}

impl Refused {
    /// A form that nobody has sent yet.
    fn none() -> Self {
        Self { status: StatusCode::OK, errors: Vec::new(), retry_after_seconds: None }
    }

    /// Whoever must wait reads so at `field`.
    ///
    /// # Errors
    /// Those that no form tells come back.
    fn of(error: Error, field: &'static str) -> Result<Self> {
        match error {
            Error::Invalid(errors) => {
                Ok(Self { status: StatusCode::UNPROCESSABLE_ENTITY, errors, retry_after_seconds: None })
            }
            Error::Conflict("email-not-confirmed") => Ok(Self {
                status: StatusCode::CONFLICT,
                errors: vec![FieldError::new("email", "not-confirmed")],
                retry_after_seconds: None,
            }),
            Error::TooMany { retry_after_seconds } => Ok(Self {
                status: StatusCode::TOO_MANY_REQUESTS,
                errors: vec![FieldError::new(field, "wait").with("minutes", minutes(retry_after_seconds))],
                retry_after_seconds: Some(retry_after_seconds),
            }),
            error => Err(error),
        }
    }

    fn sign(&self, mut response: HttpResponse) -> HttpResponse {
        if let Some(seconds) = self.retry_after_seconds {
            response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from(seconds));
        }
        response
    }
}

/// Begun minutes: whoever waits so long has waited long enough.
fn minutes(seconds: i64) -> i64 {
    seconds.div_euclid(60) + i64::from(seconds % 60 > 0)
}

// ---- links in mails -----------------------------------------------------------------------------------------------

/// Nothing if the link was never one of ours, was used, or has run out: the visitor is told the same.
fn is_good_link<T>(found: Result<T>) -> Result<Option<T>> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(Error::NotFound(_) | Error::Conflict("link-expired")) => Ok(None),
        Err(e) => Err(e),
    }
}

// ---- a forgotten password ----------------------------------------------------------------------------------------

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
    show_forgot(&app, visitor, query.has("sendt"), String::new(), Refused::none()).await
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
        email.map_or(Ok(()), |email: Email| super::ask_reset(op, &email, &from.0, &rules))
    });
    match asked.await {
        Ok(()) => Ok(see_other(&visitor, "/glemt-passord?sendt", None)),
        Err(e) => show_forgot(&app, visitor, false, typed, Refused::of(e, "email")?).await,
    }
}

async fn show_forgot(app: &App, visitor: Visitor, sent: bool, email: String, refused: Refused) -> web::Result {
    let errors = Errors::new(&refused.errors, visitor.language());
    let shown = ForgotPage { sent, form: ForgotForm { email: errors.field("email", email) }, errors };
    Ok(refused.sign(page_with_status(app, visitor, refused.status, move |_| Ok(shown)).await?))
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
    show_reset(&app, visitor, &token, email, Refused::none()).await
}

/// `POST /nytt-passord/{token}`
pub async fn reset(app: Data<App>, visitor: Visitor, token: Path<String>, posted: Posted) -> web::Result {
    // Nobody makes us hash anything with a link that is worth nothing.
    let email = whose(&app, visitor.caller(), &token).await?;
    if email.is_none() {
        return show_reset(&app, visitor, &token, None, Refused::none()).await;
    }
    let password = match Password::parse("password", posted.fields.get("password")) {
        Ok(password) => password,
        Err(e) => {
            return show_reset(&app, visitor, &token, email, Refused::of(Error::Invalid(vec![e]), "password")?).await;
        }
    };
    let hash = app.blocking(move |app| app.passwords.hash(&password)).await?;
    let secret = Secret::presented(&token);
    match is_good_link(app.write(visitor.caller(), move |op| super::finish_reset(op, &secret, &hash)).await)? {
        Some(_) => {
            let mut response = see_other(&visitor, "/logg-inn", Flash::success("password-reset"));
            response.add_cookie(&web::clear_session(&visitor)).map_err(anyhow::Error::new)?;
            Ok(response)
        }
        None => show_reset(&app, visitor, &token, None, Refused::none()).await,
    }
}

/// The address of whom the link was sent to, if it is still good.
async fn whose(app: &App, caller: Caller, token: &str) -> Result<Option<String>> {
    let secret = Secret::presented(token);
    let user = app.read(caller, move |op| super::whose_reset(op, &secret)).await;
    Ok(is_good_link(user)?.map(|user| user.email))
}

async fn show_reset(app: &App, visitor: Visitor, token: &str, email: Option<String>, refused: Refused) -> web::Result {
    let errors = Errors::new(&refused.errors, visitor.language());
    let status = if email.is_some() { refused.status } else { StatusCode::NOT_FOUND };
    let shown = ResetPage {
        valid: email.is_some(),
        action: format!("{}/nytt-passord/{token}", visitor.root),
        email,
        form: ResetForm { password: errors.field("password", "") },
        errors,
    };
    page_with_status(app, visitor, status, move |_| Ok(shown)).await
}

// ---- the account -------------------------------------------------------------------------------------------------

#[derive(Serialize)]
struct AccountPage {
    email: String,
    memberships: Vec<MembershipView>,
    language_options: Vec<Choice>,
    form: AccountForm,
    errors: Errors,
}

#[derive(Serialize)]
struct MembershipView {
    organisation: String,
    role: String,
}

#[derive(Serialize)]
struct AccountForm {
    name: Field,
    language: Field,
    current_password: Field,
    new_password: Field,
}

impl Page for AccountPage {
    const TEMPLATE: &'static str = "web/identity/account";
    fn title(&self, language: Language) -> String {
        language.text("layout-account")
    }
}

impl AccountPage {
    fn read(op: &mut Op<'_>, typed: Option<ProfileWords>, errors: &[FieldError], language: Language) -> Result<Self> {
        let member = op.member()?;
        let memberships = tenancy::memberships_of(op.db(), member.user)?
            .into_iter()
            .map(|(organisation, role)| MembershipView {
                organisation: organisation.name,
                role: language.text(&format!("role-{}", role.as_str())),
            })
            .collect();
        let typed =
            typed.unwrap_or_else(|| ProfileWords { name: member.name, language: member.language.as_str().to_owned() });
        let errors = Errors::new(errors, language);
        // Each language is called what it calls itself.
        let language_options =
            [(Language::Nb, "Bokmål"), (Language::Nn, "Nynorsk"), (Language::En, "English")].map(|(language, name)| {
                Choice {
                    value: language.as_str().to_owned(),
                    text: name.to_owned(),
                    selected: typed.language == language.as_str(),
                }
            });
        Ok(Self {
            email: member.email,
            memberships,
            language_options: language_options.into(),
            form: AccountForm {
                name: errors.field("name", typed.name),
                language: errors.field("language", typed.language),
                current_password: errors.field("current_password", ""),
                new_password: errors.field("new_password", ""),
            },
            errors,
        })
    }
}

/// `GET /min-side/konto`
pub async fn account(app: Data<App>, visitor: Visitor) -> web::Result {
    let language = visitor.language();
    page(&app, visitor, move |op| AccountPage::read(op, None, &[], language)).await
}

/// `POST /min-side/konto`
pub async fn edit_account(app: Data<App>, visitor: Visitor, from: ClientAddress, posted: Posted) -> web::Result {
    match posted.fields.get("action") {
        "password" => edit_password(&app, visitor, from, &posted.fields).await,
        _ => edit_profile(&app, visitor, &posted.fields).await,
    }
}

async fn edit_profile(app: &App, mut visitor: Visitor, fields: &Fields) -> web::Result {
    let words = ProfileWords { name: fields.get("name").to_owned(), language: fields.get("language").to_owned() };
    let typed = words.clone();
    match app.write(visitor.caller(), move |op| super::edit_profile(op, &words)).await {
        Ok(language) => {
            // Without the prefix, the choice decides.
            visitor.root = "";
            let mut response = see_other(&visitor, "/min-side/konto", Flash::success("account-saved"));
            response.add_cookie(&visitor.language_cookie(language)).map_err(anyhow::Error::new)?;
            Ok(response)
        }
        Err(e) => show_account(app, visitor, Some(typed), Refused::of(e, "name")?).await,
    }
}

async fn edit_password(app: &App, visitor: Visitor, from: ClientAddress, fields: &Fields) -> web::Result {
    let (current, new) = (fields.get("current_password").to_owned(), fields.get("new_password").to_owned());
    match change_password(app, visitor.caller(), from, current, &new).await {
        Ok(()) => Ok(see_other(&visitor, "/min-side/konto", Flash::success("password-changed"))),
        Err(e) => show_account(app, visitor, None, Refused::of(e, "current_password")?).await,
    }
}

/// The present password is proven, and the new one hashed, before the transaction. Wrong ones count as failed logins:
/// a session that was left open is no place to guess the password in.
async fn change_password(app: &App, caller: Caller, from: ClientAddress, current: String, new: &str) -> Result<()> {
    let email = app.read(caller.clone(), |op| Ok(op.member()?.email)).await?;
    let mut input = Input::default();
    if current.is_empty() {
        input.error("current_password", "required");
    }
    let new = Password::parse("new_password", new).map_err(|e| input.push(e)).ok();
    input.finish()?;
    let Some(new) = new else { return Ok(()) };
    let login = Login { email, password: current, address: from.0 };
    let (proven, hash) = app
        .blocking(move |app| {
            let proven = prove(app, &login).map_err(|e| match e {
                Error::Invalid(_) => Error::field("current_password", "wrong"),
                e => e,
            })?;
            Ok((proven, app.passwords.hash(&new)?))
        })
        .await?;
    app.write(caller, move |op| super::change_password(op, &proven, &hash)).await
}

async fn show_account(app: &App, visitor: Visitor, typed: Option<ProfileWords>, refused: Refused) -> web::Result {
    let language = visitor.language();
    let errors = refused.errors.clone();
    let shown =
        page_with_status(app, visitor, refused.status, move |op| AccountPage::read(op, typed, &errors, language));
    Ok(refused.sign(shown.await?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::RESET_LASTS;
    use crate::suppliers::REGISTRATION_LASTS;
    use crate::tenancy::INVITATION_LASTS;

    #[test]
    fn whoever_waits_the_minutes_that_are_told_has_waited_long_enough() {
        assert_eq!([1, 59, 60, 61, 900].map(minutes), [1, 1, 1, 2, 15]);
    }

    #[test]
    fn only_what_a_form_can_tell_is_told_there() {
        let status = |e| Refused::of(e, "email").map(|r| r.status.as_u16()).ok();
        assert_eq!(status(Error::field("password", "wrong-login")), Some(422));
        assert_eq!(status(Error::Conflict("email-not-confirmed")), Some(409));
        assert_eq!(status(Error::TooMany { retry_after_seconds: 61 }), Some(429));
        assert_eq!(status(Error::Conflict("stale")), None);
        assert_eq!(status(Error::Unauthenticated), None);
    }

    /// The pages promise for how long links work and how long passwords are; the rules stand in the code.
    #[test]
    fn the_texts_promise_what_the_code_does() {
        for language in Language::ALL.iter().copied() {
            for (key, promised) in [
                ("identity-check-mail-text", REGISTRATION_LASTS.num_hours()),
                ("identity-forgot-sent", RESET_LASTS.num_minutes()),
                ("desk-members-invite-text", INVITATION_LASTS.num_days()),
                ("identity-new-password-hint", 12),
            ] {
                let text = language.text(key);
                let numbers: Vec<i64> =
                    text.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
                assert_eq!(numbers, [promised], "{key}: {text}");
            }
        }
        assert!(Password::parse("password", "tolv tegn ja").is_ok());
        assert!(Password::parse("password", "elleve tegn").is_err());
    }
}
