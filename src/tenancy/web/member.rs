//! One member: another role, out of the organisation, or leaving it oneself.
use super::{own_organisation, role_choices, role_name};
use crate::api;
use crate::identity::UserId;
use crate::op::Op;
use crate::platform::language::Language;
use crate::tenancy::{self, Invitation, Membership, Others, policy, store};
use crate::web::form::{self, Choices, Errors, Onward};
use crate::web::view::When;
use crate::web::{self, Page, Posted, Visitor, page};
use crate::{App, Error, FieldError, Result};
use actix_web::web::{Data, Path};
use serde::Serialize;

#[derive(Serialize)]
struct MemberPage {
    organisation: String,
    name: String,
    email: String,
    role_text: String,
    since: When,
    is_you: bool,
    /// Nobody else administers it, and there are others: nothing can be done before somebody else does.
    is_last: bool,
    /// Nobody else is there.
    is_alone: bool,
    /// Where the role is changed, and to what; not where there is one role only.
    role_action: Option<String>,
    remove_action: String,
    members_url: String,
    form: RoleForm,
    errors: Errors,
}

#[derive(Serialize)]
struct RoleForm {
    role: Choices,
}

impl Page for MemberPage {
    const TEMPLATE: &'static str = "web/tenancy/member";
    fn title(&self, language: Language) -> String {
        if self.is_you {
            return language.text_with("desk-member-you-title", [("organisation", self.organisation.as_str().into())]);
        }
        self.name.clone()
    }
}

impl MemberPage {
    /// Who may neither change the role nor take them out has nothing to do here.
    fn read(op: &mut Op<'_>, id: &str, visitor: &Visitor, typed: &str, errors: &[FieldError]) -> Result<Self> {
        let language = visitor.language();
        let who = own_member(op, id)?;
        let may_change = policy::change_role(op.actor(), who.clone()).is_ok();
        let who = policy::remove(op.actor(), who)?.into_inner();
        let organisation = own_organisation(op)?;
        let others = Others::among(op, &who)?;
        let errors = Errors::new(errors, language);
        let at = format!("{}/min-side/medlemmer", visitor.root);
        let chosen = if typed.is_empty() { who.role.as_str() } else { typed };
        let choices = role_choices(who.kind, chosen, language);
        Ok(Self {
            is_you: op.actor().is_member(who.user, who.organisation),
            is_last: who.role.administers() && others == Others::NeedAnAdministrator,
            is_alone: others == Others::None,
            role_action: (may_change && choices.len() > 1 && others != Others::None)
                .then(|| format!("{at}/{}/rolle", who.user)),
            remove_action: format!("{at}/{}/fjern", who.user),
            members_url: at,
            form: RoleForm { role: errors.choices("role", choices) },
            organisation: organisation.name,
            role_text: role_name(who.role, language),
            since: When::day(who.since, language),
            name: who.name,
            email: who.email,
            errors,
        })
    }
}

/// The member of one's own organisation with this id.
pub(in crate::tenancy) fn own_member(op: &mut Op<'_>, id: &str) -> Result<Membership> {
    let own = op.member()?.organisation;
    let id: UserId = api::id(id, "the member")?;
    store::membership(op.db(), own, id)
}

/// `GET /min-side/medlemmer/{id}`
pub async fn member(app: Data<App>, visitor: Visitor, id: Path<String>) -> web::Result {
    let at = visitor.clone();
    page(&app, visitor, move |op| MemberPage::read(op, &id, &at, "", &[])).await
}

/// `POST /min-side/medlemmer/{id}/rolle`
pub async fn change_role(app: Data<App>, visitor: Visitor, id: Path<String>, posted: Posted) -> web::Result {
    let (id, typed) = (id.into_inner(), posted.fields.get("role").to_owned());
    let (of, role) = (id.clone(), typed.clone());
    let changed = form::once(&app, visitor.caller(), posted.key, move |op| {
        let who = own_member(op, &of)?;
        let permit = policy::change_role(op.actor(), who)?;
        let role = tenancy::parse_role(&role).map_err(|code| Error::field("role", code))?;
        tenancy::change_role(op, permit, role)?;
        Ok(Onward::to("/min-side/medlemmer").saying("member-role-changed"))
    });
    let at = visitor.clone();
    form::answer(&app, visitor, changed.await, move |op, errors| MemberPage::read(op, &id, &at, &typed, errors)).await
}

/// `POST /min-side/medlemmer/{id}/fjern`
pub async fn remove(app: Data<App>, visitor: Visitor, id: Path<String>, posted: Posted) -> web::Result {
    let gone = form::once(&app, visitor.caller(), posted.key, move |op| {
        let who = own_member(op, &id)?;
        let is_you = op.actor().is_member(who.user, who.organisation);
        let permit = policy::remove(op.actor(), who)?;
        tenancy::remove(op, permit)?;
        Ok(match is_you {
            true => Onward::to("/min-side").saying("organisation-left"),
            false => Onward::to("/min-side/medlemmer").saying("member-removed"),
        })
    });
    Ok(gone.await?.go(&visitor))
}

/// `POST /min-side/invitasjoner/{id}/trekk`
pub async fn call_back(app: Data<App>, visitor: Visitor, id: Path<String>, posted: Posted) -> web::Result {
    let called = form::once(&app, visitor.caller(), posted.key, move |op| {
        let invitation = own_invitation(op, &id)?;
        let permit = policy::call_back(op.actor(), invitation)?;
        tenancy::call_back(op, permit)?;
        Ok(Onward::to("/min-side/medlemmer").saying("invitation-called-back"))
    });
    Ok(called.await?.go(&visitor))
}

/// The open invitation of one's own organisation with this id.
pub(in crate::tenancy) fn own_invitation(op: &mut Op<'_>, id: &str) -> Result<Invitation> {
    let (own, now) = (op.member()?.organisation, op.now());
    let id = api::id(id, "the invitation")?;
    store::open_invitation(op.db(), own, id, now)
}
