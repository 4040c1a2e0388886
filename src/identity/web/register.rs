//! Registering a supplier: the form, and the link in the mail.
use super::login::open_session;
use super::{is_good_link, logged_in, refused};
use crate::app::Caller;
use crate::identity::{self, ChosenPassword, Login, Next, Secret};
use crate::op::Op;
use crate::platform::db::types::Timestamp;
use crate::platform::language::Language;
use crate::platform::wording;
use crate::suppliers::{self, Opened, Registration, RegistrationId, RegistrationWords, SupplierKind};
use crate::web::form::{self, Choice, Errors, Field, Refused};
use crate::web::{self, ClientAddress, Flash, FormKey, Page, Posted, Visitor, page, see_other, view};
use crate::{App, Error, FieldError, Result};
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
    match take_registration(&app, visitor.caller(), from, words.clone(), posted.key).await {
        Ok(()) => Ok(see_other(&visitor, "/registrer/sendt", None)),
        Err(e) => show_registration(&app, visitor, words, refused(e, "email")?).await,
    }
}

async fn show_registration(app: &App, visitor: Visitor, typed: RegistrationWords, refused: Refused) -> web::Result {
    let language = visitor.language();
    let page =
        move |op: &mut Op<'_>, errors: &[FieldError]| Ok(RegisterPage::new(typed, errors, today(op.now()), language));
    form::show(app, visitor, refused, page).await
}

/// Both doors register in the same steps: nothing is hashed inside a transaction.
pub(in crate::identity) async fn take_registration(
    app: &App,
    caller: Caller,
    from: ClientAddress,
    words: RegistrationWords,
    key: Option<FormKey>,
) -> Result<()> {
    let language = caller.language;
    let (registration, hash) = app
        .blocking(move |app| {
            let now = app.clock.now();
            let (registration, password) = words.parse(app.config.environment, today(now))?;
            let registrant = (registration.email(), from.0.as_str());
            let rules = &app.config.identity;
            let hash = identity::hash_new(&app.db, registrant, &password, &app.passwords, rules, now)?;
            Ok((registration, hash))
        })
        .await?;
    let enter = || {
        let (registration, hash, key) = (registration.clone(), hash.clone(), key.clone());
        app.write(caller.clone(), move |op| {
            let email = registration.email().as_str().to_owned();
            // Whoever registers is nobody yet: it is the registration itself that is known again.
            let id = key.as_ref().map_or_else(RegistrationId::new, |key| RegistrationId::from(key.of_what_waits()));
            form::once_for(op, &email, key.as_ref(), |op| suppliers::register(op, id, registration, hash, language))
        })
    };
    match enter().await {
        // Two came at the same time. Now the other one is there to be seen.
        Err(Error::Conflict("already-there")) => enter().await,
        done => done,
    }
}

fn today(now: Timestamp) -> NaiveDate {
    wording::in_norway(now).date_naive()
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
    match opened(&app, visitor.caller(), &token).await? {
        Some(Opened::Newcomer(registration)) => {
            let password = posted.fields.get("password").to_owned();
            match let_in(&app, &visitor, secret, &registration, password, from).await {
                Ok(session) => Ok(logged_in(&app, &visitor, session, "/min-side", Flash::success("registered"))?),
                Err(e) => {
                    let (refused, found) = (refused(e, "password")?, Some(Opened::Newcomer(registration)));
                    show_opened(&app, visitor, &token, found, refused).await
                }
            }
        }
        Some(Opened::ForYou(_)) => {
            app.write(visitor.caller(), move |op| suppliers::confirm_as_member(op, &secret)).await?;
            Ok(see_other(&visitor, "/min-side", Flash::success("organisation-registered")))
        }
        found => show_opened(&app, visitor, &token, found, Refused::not_yet()).await,
    }
}

/// Makes the login of a newcomer who knows the password, and opens a session.
async fn let_in(
    app: &App,
    visitor: &Visitor,
    secret: Secret,
    registration: &Registration,
    password: String,
    from: ClientAddress,
) -> Result<Secret> {
    let login = Login { email: registration.email.clone(), password, address: from.0 };
    let hash = registration.password_hash.clone();
    let chosen: ChosenPassword = app
        .blocking(move |app| {
            let (rules, now) = (&app.config.identity, app.clock.now());
            identity::prove_chosen(&app.db, &login, &hash, &app.passwords, rules, now)
        })
        .await?;
    let confirmed =
        app.write(visitor.caller(), move |op: &mut Op<'_>| suppliers::confirm_as_newcomer(op, &secret, &chosen));
    open_session(app, visitor.caller(), confirmed.await?).await
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
        Some(Opened::Confirmed) => (State::Confirmed, None),
        None => (State::Useless, None),
    };
    let refused = match state {
        State::Taken => Refused::with(StatusCode::CONFLICT, Vec::new()),
        State::Useless => Refused::with(StatusCode::NOT_FOUND, Vec::new()),
        _ => refused,
    };
    let (organisation, number, email) = registration
        .map(|r| (r.organisation_name, view::number_text(&r.organisation_number), r.email))
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
