//! Deleting one's own account.
use super::{prove, refused};
use crate::identity::{self, Login};
use crate::input::Input;
use crate::op::Op;
use crate::platform::language::Language;
use crate::tenancy::{self, Others};
use crate::web::form::{self, Errors, Field, Onward, Refused};
use crate::web::{self, ClientAddress, Page, Posted, Visitor};
use crate::{App, Error, FieldError, Result};
use actix_web::web::Data;
use serde::Serialize;

#[derive(Serialize)]
struct DeletePage {
    email: String,
    /// Where nobody else administers, and there are others: it cannot be done.
    last_in: Vec<String>,
    /// Where nobody else is.
    alone_in: Vec<String>,
    form: DeleteForm,
    errors: Errors,
}

#[derive(Serialize)]
struct DeleteForm {
    current_password: Field,
}

impl Page for DeletePage {
    const TEMPLATE: &'static str = "web/identity/delete";
    fn title(&self, language: Language) -> String {
        language.text("identity-delete-title")
    }
}

impl DeletePage {
    fn read(op: &mut Op<'_>, errors: &[FieldError], language: Language) -> Result<Self> {
        let person = op.person()?;
        let (mut last_in, mut alone_in) = (Vec::new(), Vec::new());
        for (organisation, others) in tenancy::others_everywhere(op, person.user)? {
            match others {
                Others::Administer => {}
                Others::NeedAnAdministrator => last_in.push(organisation.name),
                Others::None => alone_in.push(organisation.name),
            }
        }
        let errors = Errors::new(errors, language);
        Ok(Self {
            email: person.email,
            last_in,
            alone_in,
            form: DeleteForm { current_password: errors.field("current_password", "") },
            errors,
        })
    }
}

/// `GET /min-side/konto/slett`
pub async fn delete_form(app: Data<App>, visitor: Visitor) -> web::Result {
    show_delete(&app, visitor, Refused::not_yet()).await
}

/// `POST /min-side/konto/slett`
pub async fn delete(app: Data<App>, visitor: Visitor, from: ClientAddress, posted: Posted) -> web::Result {
    match delete_account(&app, &visitor, from, &posted).await {
        Ok(()) => {
            let mut response = Onward::to("/").saying("account-deleted").go(&visitor);
            response.add_cookie(&web::clear_session(&visitor)).map_err(anyhow::Error::new)?;
            Ok(response)
        }
        Err(e) => show_delete(&app, visitor, refused(e, "current_password")?).await,
    }
}

/// The password is proven before the transaction. Wrong ones count as failed logins, as where it is changed. Nothing is kept for
/// a form that is sent twice: nobody is there to send it again.
async fn delete_account(app: &App, visitor: &Visitor, from: ClientAddress, posted: &Posted) -> Result<()> {
    let email = app.read(visitor.caller(), |op| Ok(op.person()?.email)).await?;
    let password = posted.fields.get("current_password").to_owned();
    let mut input = Input::default();
    if password.is_empty() {
        input.error("current_password", "required");
    }
    input.finish()?;
    let login = Login { email, password, address: from.0 };
    let proven = app.blocking(move |app| prove(app, &login)).await.map_err(|e| match e {
        Error::Invalid(_) => Error::field("current_password", "wrong"),
        e => e,
    })?;
    app.write(visitor.caller(), move |op| identity::delete_account(op, &proven)).await
}

async fn show_delete(app: &App, visitor: Visitor, refused: Refused) -> web::Result {
    let language = visitor.language();
    form::show(app, visitor, refused, move |op, errors| DeletePage::read(op, errors, language)).await
}
