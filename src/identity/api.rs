//! Logging in, and registering a supplier, as JSON.
use super::{Login, Refreshed, Secret, Tokens};
use crate::api::{self, Body, Client, Stranger};
use crate::once::Whole;
use crate::platform::language::Language;
use crate::suppliers::RegistrationWords;
use crate::tenancy::{self, Organisation, OrganisationKind, Role};
use crate::web::ClientAddress;
use crate::{App, Error};
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Data;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LoginBody {
    pub email: String,
    pub password: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefreshBody {
    pub refresh_token: String,
}

/// Who is logged in.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionBody {
    pub user: UserBody,
    /// The organisation that the user acts for; another is picked with `X-Organisation`.
    pub organisation: MembershipBody,
    /// All the organisations of the user.
    pub organisations: Vec<MembershipBody>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct UserBody {
    pub name: String,
    pub email: String,
    pub language: Language,
}

/// What the user is in an organisation.
#[derive(Debug, Serialize, ToSchema)]
pub struct MembershipBody {
    pub organisation_number: String,
    pub name: String,
    pub kind: OrganisationKind,
    pub role: Role,
}

impl From<(Organisation, Role)> for MembershipBody {
    fn from((organisation, role): (Organisation, Role)) -> Self {
        Self { organisation_number: organisation.number, name: organisation.name, kind: organisation.kind, role }
    }
}

/// `POST /api/v1/session`
pub async fn login(app: Data<App>, client: Stranger, from: ClientAddress, body: Body<LoginBody>) -> api::Result {
    let LoginBody { email, password } = body.value.read(Ok)?;
    let login = Login { email, password, address: from.0 };
    let proven = app.blocking(move |app| super::web::prove(app, &login)).await?;
    let (keys, rules) = (app.keys.clone(), app.config.identity.clone());
    let tokens = app.write(client.0.caller(), move |op| {
        let user = proven.still(op)?;
        super::open_api(op, user, &keys, &rules)
    });
    let tokens = tokens.await?;
    Ok(hand_out(&tokens))
}

/// `POST /api/v1/session/refresh`
pub async fn refresh(app: Data<App>, client: Stranger, body: Body<RefreshBody>) -> api::Result {
    let presented = Secret::presented(&body.value.read(Ok)?.refresh_token);
    let (keys, rules) = (app.keys.clone(), app.config.identity.clone());
    let refreshed = app.write(client.0.caller(), move |op| super::refresh(op, &presented, &keys, &rules)).await?;
    match refreshed {
        Refreshed::Tokens(tokens) => Ok(hand_out(&tokens)),
        // Only told after the transaction: the end of the session is committed.
        Refreshed::Reused => Err(Error::Unauthenticated.into()),
    }
}

fn hand_out(tokens: &Tokens) -> HttpResponse {
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(tokens)
}

/// `DELETE /api/v1/session`
pub async fn logout(app: Data<App>, client: Client) -> api::Result {
    app.write(client.caller(), |op| {
        let session = op.person()?.session;
        super::end(op, session)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// `GET /api/v1/session`
pub async fn show(app: Data<App>, client: Client) -> api::Result {
    let body = app
        .read(client.caller(), |op| {
            let member = op.member()?;
            let organisations = tenancy::memberships_of(op.db(), member.user)?;
            Ok(SessionBody {
                user: UserBody { name: member.name, email: member.email, language: member.language },
                organisation: MembershipBody {
                    organisation_number: member.organisation_number,
                    name: member.organisation_name,
                    kind: member.kind,
                    role: member.role,
                },
                organisations: organisations.into_iter().map(MembershipBody::from).collect(),
            })
        })
        .await?;
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(body))
}

/// `POST /api/v1/suppliers`. The answer does not tell whether the address has a login here, nor whether the organisation is
/// here: a mail does.
pub async fn register(
    app: Data<App>,
    client: Stranger,
    from: ClientAddress,
    body: Body<RegistrationWords>,
) -> api::Result {
    let sent = client.0.idempotency_key.as_ref().map(|key| Whole::of(&["api", key, &body.fingerprint]));
    let read = move |environment, today| body.value.read(|words| words.parse(environment, today));
    super::web::take_registration(&app, client.0.caller(), from, read, sent).await?;
    Ok(HttpResponse::Accepted().finish())
}
