//! Registering a supplier: the form, and the link in the mail.
use super::login::{Entered, come_in_again, open_newcomer};
use super::{is_good_link, logged_in, refused};
use crate::app::Caller;
use crate::identity::{self, ChosenPassword, Login, Next, Password, Secret};
use crate::once::Whole;
use crate::op::Op;
use crate::platform::config::Environment;
use crate::platform::language::Language;
use crate::platform::wording;
use crate::suppliers::{self, NewRegistration, Opened, Registration, RegistrationWords, SupplierKind};
use crate::web::form::{self, Choice, Errors, Field, Refused};
use crate::web::{self, ClientAddress, Flash, Page, Posted, Visitor, page, see_other, view};
use crate::{App, FieldError, Result, once};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use chrono::NaiveDate;
use serde::Serialize;

// ---- the form ----------------------------------------------------------------------------------------------------

#[derive(Serialize)]
struct RegisterPage {
    kind_options: Vec<Choice>,
    region_options: Vec<Choice>,
    form: RegisterForm,
    errors: Errors,
}

#[derive(Serialize)]
struct RegisterForm {
    organisation_number: Field,
    organisation_name: Field,
    kind: Field,
    region: Field,
    name: Field,
    email: Field,
    password: Field,
}

impl Page for RegisterPage {
    const TEMPLATE: &'static str = "web/identity/register";
    fn title(&self, language: Language) -> String {
        language.text("identity-register-title")
    }
}

impl RegisterPage {
    fn new(typed: RegistrationWords, errors: &[FieldError], today: NaiveDate, language: Language) -> Self {
        let errors = Errors::new(errors, language);
        let kind_options = SupplierKind::ALL
            .iter()
            .map(|kind| Choice {
                value: kind.as_str().to_owned(),
                text: language.text(&format!("suppliers-kind-{}", kind.as_str())),
                selected: typed.kind == kind.as_str(),
            })
            .collect();
        let counties = view::county_choices(std::slice::from_ref(&typed.region), today);
        Self {
            kind_options,
            region_options: view::with_any(language.text("identity-region-choose"), counties),
            form: RegisterForm {
                organisation_number: errors.field("organisation_number", typed.organisation_number),
                organisation_name: errors.field("organisation_name", typed.organisation_name),
                kind: errors.field("kind", typed.kind),
                region: errors.field("region", typed.region),
                name: errors.field("name", typed.name),
                email: errors.field("email", typed.email),
                password: errors.field("password", ""),
            },
            errors,
        }
    }
}

/// `GET /registrer`
pub async fn register_form(app: Data<App>, visitor: Visitor) -> web::Result {
    show_registration(&app, visitor, RegistrationWords::default(), Refused::not_yet()).await
}

/// `POST /registrer`
pub async fn register(app: Data<App>, visitor: Visitor, from: ClientAddress, posted: Posted) -> web::Result {
    let get = |name: &str| posted.fields.get(name).to_owned();
    let words = RegistrationWords {
        organisation_number: get("organisation_number"),
        organisation_name: get("organisation_name"),
        kind: get("kind"),
        region: get("region"),
        name: get("name"),
        email: get("email"),
        password: get("password"),
    };
    let typed = words.clone();
    let read = move |environment, today| typed.parse(environment, today);
    match take_registration(&app, visitor.caller(), from, read, posted.key.map(|key| key.of_anyone())).await {
        Ok(()) => Ok(see_other(&visitor, "/registrer/sendt", None)),
        Err(e) => show_registration(&app, visitor, words, refused(e, "email")?).await,
    }
}

async fn show_registration(app: &App, visitor: Visitor, typed: RegistrationWords, refused: Refused) -> web::Result {
    let language = visitor.language();
    let page = move |op: &mut Op<'_>, errors: &[FieldError]| {
        Ok(RegisterPage::new(typed, errors, wording::day_of(op.now()), language))
    };
    form::show(app, visitor, refused, page).await
}

/// Both doors register in the same steps: nothing is hashed inside a transaction.
pub(in crate::identity) async fn take_registration(
    app: &App,
    caller: Caller,
    from: ClientAddress,
    read: impl FnOnce(Environment, NaiveDate) -> Result<(NewRegistration, Password)> + Send + 'static,
    sent: Option<Whole>,
) -> Result<()> {
    let language = caller.language;
    let (registration, hash) = app
        .blocking(move |app| {
            let now = app.clock.now();
            let (registration, password) = read(app.config.environment, wording::day_of(now))?;
            let registrant = (registration.email(), from.0.as_str());
            let rules = &app.config.identity;
            let hash = identity::hash_new(&app.db, registrant, &password, &app.passwords, rules, now)?;
            Ok((registration, hash))
        })
        .await?;
    // Whoever registers is nobody yet.
    app.write(caller, move |op| {
        once::by_anyone(op, sent.as_ref(), |op| suppliers::register(op, registration, hash, language))
    })
    .await
}

#[derive(Serialize)]
struct CheckMailPage {}

impl Page for CheckMailPage {
    const TEMPLATE: &'static str = "web/identity/check_mail";
    fn title(&self, language: Language) -> String {
        language.text("identity-check-mail-title")
    }
}

/// `GET /registrer/sendt`
pub async fn check_mail(app: Data<App>, visitor: Visitor) -> web::Result {
    page(&app, visitor, |_| Ok(CheckMailPage {})).await
}

// ---- the link in the mail ----------------------------------------------------------------------------------------

#[derive(Serialize)]
struct ConfirmPage {
    state: State,
    organisation: String,
    number: String,
    email: String,
    action: String,
    /// Where the owner of the address logs in first.
    login_url: String,
    form: ConfirmForm,
    errors: Errors,
}

/// What is shown to whoever opens the link.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "kebab-case")]
enum State {
    /// Asks for the password that was chosen.
    Newcomer,
    LogInFirst,
    ForYou,
    Confirmed,
    Taken,
    /// Never was one of ours, or has run out.
    Useless,
}

#[derive(Serialize)]
struct ConfirmForm {
    password: Field,
}

impl Page for ConfirmPage {
    const TEMPLATE: &'static str = "web/identity/confirm";
    fn title(&self, language: Language) -> String {
        language.text(match self.state {
            State::Newcomer | State::LogInFirst | State::ForYou => "identity-confirm-title",
            State::Confirmed => "identity-confirmed-title",
            State::Taken => "identity-confirm-taken-title",
            State::Useless => "identity-confirm-useless-title",
        })
    }
}

/// `GET /bekreft-epost/{token}`. Only looks: programs that search mails for what is dangerous open links too.
pub async fn confirm_form(app: Data<App>, visitor: Visitor, token: Path<String>) -> web::Result {
    let found = opened(&app, visitor.caller(), &token).await?;
    show_opened(&app, visitor, &token, found, Refused::not_yet()).await
}

/// `POST /bekreft-epost/{token}`
pub async fn confirm(
    app: Data<App>,
    visitor: Visitor,
    from: ClientAddress,
    token: Path<String>,
    posted: Posted,
) -> web::Result {
    let secret = Secret::presented(&token);
    let sent = posted.key.map(|key| key.of_anyone());
    match opened(&app, visitor.caller(), &token).await? {
        Some(Opened::Newcomer(registration)) => {
            let password = posted.fields.get("password").to_owned();
            let login = Login { email: registration.email.clone(), password, address: from.0 };
            match let_in(&app, &visitor, secret, &registration, login, sent).await {
                Ok(entered) => Ok(welcome(&app, &visitor, entered)?),
                Err(e) => {
                    let (refused, found) = (refused(e, "password")?, Some(Opened::Newcomer(registration)));
                    show_opened(&app, visitor, &token, found, refused).await
                }
            }
        }
        Some(Opened::ForYou(_)) => {
            let confirmed = app.write(visitor.caller(), move |op| {
                once::by_anyone(op, sent.as_ref(), |op| suppliers::confirm_as_member(op, &secret))
            });
            confirmed.await?;
            Ok(now_yours(&visitor))
        }
        Some(Opened::Confirmed(registration)) => {
            let (email, chose) = (registration.email.clone(), posted.fields.has("password"));
            match again(&app, &visitor, email, chose, sent).await? {
                Some(response) => Ok(response),
                None => {
                    show_opened(&app, visitor, &token, Some(Opened::Confirmed(registration)), Refused::not_yet()).await
                }
            }
        }
        found => show_opened(&app, visitor, &token, found, Refused::not_yet()).await,
    }
}

/// Where the same form led the first time. Newcomers, who chose a password, get a session as they did then.
async fn again(
    app: &App,
    visitor: &Visitor,
    email: String,
    chose: bool,
    sent: Option<Whole>,
) -> Result<Option<HttpResponse>> {
    let rules = app.config.identity.clone();
    if chose {
        let entered = app.write(visitor.caller(), move |op| come_in_again(op, sent.as_ref(), &email, &rules)).await?;
        return entered.map(|entered| welcome(app, visitor, entered)).transpose();
    }
    let came = app.read(visitor.caller(), move |op| once::has_come(op, sent.as_ref())).await?;
    Ok(came.then(|| now_yours(visitor)))
}

fn welcome(app: &App, visitor: &Visitor, entered: Entered) -> Result<HttpResponse> {
    logged_in(app, visitor, entered, "/min-side", Flash::success("registered"))
}

fn now_yours(visitor: &Visitor) -> HttpResponse {
    see_other(visitor, "/min-side", Flash::success("organisation-registered"))
}

/// Makes the login of a newcomer who knows the password, and opens a session.
async fn let_in(
    app: &App,
    visitor: &Visitor,
    secret: Secret,
    registration: &Registration,
    login: Login,
    sent: Option<Whole>,
) -> Result<Entered> {
    let (email, hash) = (registration.email.clone(), registration.password_hash.clone());
    let rules = app.config.identity.clone();
    let chosen: ChosenPassword = app
        .blocking(move |app| {
            let (rules, now) = (&app.config.identity, app.clock.now());
            identity::prove_chosen(&app.db, &login, &hash, &app.passwords, rules, now)
        })
        .await?;
    app.write(visitor.caller(), move |op| {
        let confirm = |op: &mut Op<'_>| suppliers::confirm_as_newcomer(op, &secret, &chosen).map(|_| ());
        once::by_anyone(op, sent.as_ref(), confirm)?;
        open_newcomer(op, &email, &rules)
    })
    .await
}

async fn opened(app: &App, caller: Caller, token: &str) -> Result<Option<Opened>> {
    let secret = Secret::presented(token);
    is_good_link(app.read(caller, move |op| suppliers::open_registration(op, &secret)).await)
}

async fn show_opened(app: &App, visitor: Visitor, token: &str, found: Option<Opened>, refused: Refused) -> web::Result {
    let here = Next::or_home(&format!("/bekreft-epost/{token}"));
    let (state, registration) = match found {
        Some(Opened::Newcomer(registration)) => (State::Newcomer, Some(registration)),
        Some(Opened::ForYou(registration)) => (State::ForYou, Some(registration)),
        Some(Opened::LogInFirst(registration)) => (State::LogInFirst, Some(registration)),
        Some(Opened::Taken(registration)) => (State::Taken, Some(registration)),
        Some(Opened::Confirmed(_)) => (State::Confirmed, None),
        None => (State::Useless, None),
    };
    let refused = match state {
        State::Taken => Refused::with(StatusCode::CONFLICT, Vec::new()),
        State::Useless => Refused::with(StatusCode::NOT_FOUND, Vec::new()),
        _ => refused,
    };
    let (organisation, number, email) = registration
        .map(|r| (r.organisation_name, wording::organisation_number(&r.organisation_number), r.email))
        .unwrap_or_default();
    let action = format!("{}{here}", visitor.root);
    let login_url = format!("{}{}", visitor.root, here.login_path());
    let language = visitor.language();
    let page = move |_: &mut Op<'_>, errors: &[FieldError]| {
        let errors = Errors::new(errors, language);
        let form = ConfirmForm { password: errors.field("password", "") };
        Ok(ConfirmPage { state, organisation, number, email, action, login_url, form, errors })
    };
    form::show(app, visitor, refused, page).await
}
