//! One's own account: name, language and password.
use super::{prove, refused};
use crate::fields::Fields;
use crate::identity::{self, Login, Password, ProfileWords};
use crate::input::both;
use crate::op::Op;
use crate::platform::language::Language;
use crate::tenancy;
use crate::web::form::{self, Choice, Errors, Field, Onward, Refused};
use crate::web::{self, ClientAddress, Flash, Page, Posted, Visitor, page, see_other};
use crate::{App, Error, FieldError, Result};
use actix_web::web::Data;
use serde::Serialize;

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
        let person = op.person()?;
        let memberships = tenancy::memberships_of(op.db(), person.user)?
            .into_iter()
            .map(|(organisation, role)| MembershipView {
                organisation: organisation.name,
                role: language.text(&format!("role-{}", role.as_str())),
            })
            .collect();
        let typed =
            typed.unwrap_or_else(|| ProfileWords { name: person.name, language: person.language.as_str().to_owned() });
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
            email: person.email,
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
        "password" => edit_password(&app, visitor, from, posted).await,
        _ => edit_profile(&app, visitor, &posted.fields).await,
    }
}

async fn edit_profile(app: &App, mut visitor: Visitor, fields: &Fields) -> web::Result {
    let words = ProfileWords { name: fields.get("name").to_owned(), language: fields.get("language").to_owned() };
    let typed = words.clone();
    match app.write(visitor.caller(), move |op| identity::edit_profile(op, &words)).await {
        Ok(language) => {
            // Without the prefix, the choice decides.
            visitor.root = "";
            let mut response = see_other(&visitor, "/min-side/konto", Flash::success("account-saved"));
            response.add_cookie(&visitor.language_cookie(language)).map_err(anyhow::Error::new)?;
            Ok(response)
        }
        Err(e) => show_account(app, visitor, Some(typed), refused(e, "name")?).await,
    }
}

async fn edit_password(app: &App, visitor: Visitor, from: ClientAddress, posted: Posted) -> web::Result {
    // The second time, what was the present password is no longer.
    if let Some(onward) = form::repeated(app, visitor.caller(), posted.key.as_ref()).await? {
        return Ok(onward.go(&visitor));
    }
    match change_password(app, &visitor, from, posted).await {
        Ok(onward) => Ok(onward.go(&visitor)),
        Err(e) => show_account(app, visitor, None, refused(e, "current_password")?).await,
    }
}

/// The present password is proven, and the new one hashed, before the transaction. Wrong ones count as failed logins:
/// a session that was left open is no place to guess the password in.
async fn change_password(app: &App, visitor: &Visitor, from: ClientAddress, posted: Posted) -> Result<Onward> {
    let email = app.read(visitor.caller(), |op| Ok(op.person()?.email)).await?;
    let current = posted.fields.get("current_password").to_owned();
    let new = Password::parse("new_password", posted.fields.get("new_password")).map_err(|e| Error::Invalid(vec![e]));
    let login = Login { email, password: current, address: from.0 };
    let (proven, hash) = app
        .blocking(move |app| {
            let proven = match login.password.as_str() {
                "" => Err(Error::field("current_password", "required")),
                _ => prove(app, &login).map_err(|e| match e {
                    Error::Invalid(_) => Error::field("current_password", "wrong"),
                    e => e,
                }),
            };
            let (proven, new) = both(proven, new)?;
            Ok((proven, app.passwords.hash(&new)?))
        })
        .await?;
    form::once(app, visitor.caller(), posted.key, move |op| {
        identity::change_password(op, &proven, &hash)?;
        Ok(Onward::to("/min-side/konto").saying("password-changed"))
    })
    .await
}

async fn show_account(app: &App, visitor: Visitor, typed: Option<ProfileWords>, refused: Refused) -> web::Result {
    let language = visitor.language();
    form::show(app, visitor, refused, move |op, errors| AccountPage::read(op, typed, errors, language)).await
}
