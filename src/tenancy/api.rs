//! The people of one's own organisation as JSON.
use super::web::{own_invitation, own_member};
use super::{Invitation, Membership, NewInvitation, Role, policy, store};
use crate::api::{self, Body, Client, Created, Paging};
use crate::fields::Fields;
use crate::identity::UserId;
use crate::platform::db::types::Id;
use crate::platform::wording::rfc3339;
use crate::{App, Error, Result};
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A member of one's own organisation.
#[derive(Debug, Serialize, ToSchema)]
pub struct MemberBody {
    #[schema(format = "uuid")]
    pub id: String,
    pub name: String,
    pub email: String,
    pub role: Role,
    /// RFC 3339.
    #[schema(format = DateTime)]
    pub member_since: String,
}

#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct InviteBody {
    #[schema(required = true, max_length = 254)]
    pub email: String,
    /// `admin`, `buyer`, `evaluator` or `reader` at a buyer; `admin` or `member` at a supplier.
    #[schema(required = true, value_type = Role)]
    pub role: String,
}

/// An invitation that waits. Its secret goes by mail only.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvitationBody {
    #[schema(format = "uuid")]
    pub id: String,
    pub email: String,
    pub role: Role,
    /// RFC 3339.
    #[schema(format = DateTime)]
    pub expires_at: String,
}

impl From<Invitation> for InvitationBody {
    fn from(invitation: Invitation) -> Self {
        Self {
            id: invitation.id.to_string(),
            email: invitation.email,
            role: invitation.role,
            expires_at: rfc3339(invitation.expires_at),
        }
    }
}

#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RoleBody {
    /// One of the organisation's kind, as in an invitation.
    #[schema(required = true, value_type = Role)]
    pub role: String,
}

impl From<Membership> for MemberBody {
    fn from(who: Membership) -> Self {
        Self {
            id: who.user.to_string(),
            name: who.name,
            email: who.email,
            role: who.role,
            member_since: rfc3339(who.since),
        }
    }
}

/// `GET /api/v1/organisations/me/members`
pub async fn members(app: Data<App>, client: Client, query: Fields) -> api::Result {
    let paging = Paging::<UserId>::parse(&query)?;
    let page = app.read(client.caller(), move |op| {
        let own = op.member()?.organisation;
        let organisation = store::organisation(op.db(), own)?;
        let organisation = policy::see_members(op.actor(), organisation)?.into_inner();
        let roster = store::roster(op.db(), organisation.id)?;
        Ok(one_page(roster, &paging))
    });
    Ok(HttpResponse::Ok().json(page.await?))
}

/// By id, because names change between two pages.
fn one_page(
    mut roster: Vec<(super::Colleague, crate::platform::db::types::Timestamp)>,
    paging: &Paging<UserId>,
) -> api::Page<MemberBody> {
    roster.sort_by_key(|(colleague, _)| colleague.user);
    api::Page::of_all(
        roster,
        paging,
        |(colleague, _)| colleague.user,
        |(colleague, since)| MemberBody {
            id: colleague.user.to_string(),
            name: colleague.name,
            email: colleague.email,
            role: colleague.role,
            member_since: rfc3339(since),
        },
    )
}

/// `POST /api/v1/organisations/me/invitations`
pub async fn invite(app: Data<App>, client: Client, body: Body<InviteBody>) -> api::Result {
    let created = api::create(&app, &client, body.fingerprint, move |op| -> Result<Created> {
        let permit = super::web::own_to_administer(op)?;
        let new = body.value.read(|body| NewInvitation::parse(&body.email, &body.role))?;
        let invitation = super::invite(op, permit, new)?;
        Created::at("/api/v1/organisations/me/invitations".to_owned(), &InvitationBody::from(invitation))
    });
    Ok(created.await?)
}

/// `PUT /api/v1/organisations/me/members/{member}/role`
pub async fn change_role(app: Data<App>, client: Client, path: Path<String>, body: Body<RoleBody>) -> api::Result {
    let changed = app.write(client.caller(), move |op| {
        let who = own_member(op, &path)?;
        let permit = policy::change_role(op.actor(), who)?;
        let role = body.value.read(|body| super::parse_role(&body.role).map_err(|code| Error::field("role", code)))?;
        super::change_role(op, permit, role)
    });
    Ok(HttpResponse::Ok().json(MemberBody::from(changed.await?)))
}

/// `DELETE /api/v1/organisations/me/members/{member}`
pub async fn remove(app: Data<App>, client: Client, path: Path<String>) -> api::Result {
    let removed = app.write(client.caller(), move |op| {
        let who = own_member(op, &path)?;
        let permit = policy::remove(op.actor(), who)?;
        super::remove(op, permit)
    });
    removed.await?;
    Ok(HttpResponse::NoContent().finish())
}

/// `GET /api/v1/organisations/me/invitations`
pub async fn invitations(app: Data<App>, client: Client, query: Fields) -> api::Result {
    let paging = Paging::<Id<Invitation>>::parse(&query)?;
    let page = app.read(client.caller(), move |op| {
        let (own, now) = (op.member()?.organisation, op.now());
        let organisation = store::organisation(op.db(), own)?;
        let organisation = policy::see_members(op.actor(), organisation)?.into_inner();
        let mut open = store::invitations_of(op.db(), organisation.id, now)?;
        open.sort_by_key(|invitation| invitation.id);
        Ok(api::Page::of_all(open, &paging, |invitation| invitation.id, InvitationBody::from))
    });
    Ok(HttpResponse::Ok().json(page.await?))
}

/// `DELETE /api/v1/organisations/me/invitations/{invitation}`
pub async fn call_back(app: Data<App>, client: Client, path: Path<String>) -> api::Result {
    let called = app.write(client.caller(), move |op| {
        let invitation = own_invitation(op, &path)?;
        let permit = policy::call_back(op.actor(), invitation)?;
        super::call_back(op, permit)
    });
    called.await?;
    Ok(HttpResponse::NoContent().finish())
}
