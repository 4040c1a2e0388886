//! A supplier registers, and confirms its address.
use super::{is_good_link, refused};
use crate::app::Caller;
use crate::identity::{self, Secret};
use crate::op::Op;
use crate::platform::db::types::Timestamp;
use crate::platform::language::Language;
use crate::platform::wording;
use crate::suppliers::{self, RegistrationWords, SupplierKind};
use crate::web::form::{self, Choice, Errors, Field, Refused};
use crate::web::{self, ClientAddress, FormKey, Page, Posted, Visitor, page, page_with_status, see_other, view};
use crate::{App, Error, FieldError, Result};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use chrono::NaiveDate;
use serde::Serialize;

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
    match enter_supplier(&app, visitor.caller(), from, words.clone(), posted.key).await {
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
pub(in crate::identity) async fn enter_supplier(
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
            form::once_for(op, &email, key.as_ref(), |op| suppliers::register(op, registration, hash, language))
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

#[derive(Serialize)]
struct ConfirmedPage {
    confirmed: bool,
}

impl Page for ConfirmedPage {
    const TEMPLATE: &'static str = "web/identity/confirmed";
    fn title(&self, language: Language) -> String {
        language.text(if self.confirmed { "identity-confirmed-title" } else { "identity-unconfirmed-title" })
    }
}

/// `GET /bekreft-epost/{token}`. Confirms at once: doing it twice is harmless, and mail scanners that open links may do
/// it for the owner of the address, who asked for it.
pub async fn confirm(app: Data<App>, visitor: Visitor, token: Path<String>) -> web::Result {
    let secret = Secret::presented(&token);
    let confirmed =
        is_good_link(app.write(visitor.caller(), move |op| identity::confirm(op, &secret)).await)?.is_some();
    let status = if confirmed { StatusCode::OK } else { StatusCode::NOT_FOUND };
    page_with_status(&app, visitor, status, move |_| Ok(ConfirmedPage { confirmed })).await
}
