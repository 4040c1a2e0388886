//! The pages of an organisation's people: members, invitations, and which organisation one acts for.
mod member;

pub use member::{call_back, change_role, member, remove};
pub(super) use member::{own_invitation, own_member};

use super::{Invitation, NewInvitation, Newcomer, Opened, Organisation, OrganisationKind, Role, policy, store};
use crate::fields::Fields;
use crate::identity::web::Entered;
use crate::identity::{self, Next, Password, Secret};
use crate::input::Input;
use crate::once::Whole;
use crate::op::Op;
use crate::platform::language::Language;
use crate::regulations::OrganisationNumber;
use crate::web::form::{self, Choice, Choices, Errors, Field, Onward, Refused};
use crate::web::view::When;
use crate::web::{self, Flash, FormKey, Page, Posted, Visitor, page, see_other};
use crate::{App, Error, FieldError, Result, once};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use serde::Serialize;

// ---- the organisation that one acts for --------------------------------------------------------------------------

/// `POST /min-side/organisasjon`
pub async fn switch(app: Data<App>, visitor: Visitor, posted: Posted) -> web::Result {
    let number = OrganisationNumber::parse(posted.fields.get("organisation"));
    app.write(visitor.caller(), move |op| {
        op.person()?;
        let number = number.map_err(|_| Error::NotFound("the organisation"))?;
        let to = store::find_by_number(op.db(), number.as_str())?.ok_or(Error::NotFound("the organisation"))?;
        identity::switch(op, to.id)
    })
    .await?;
    Ok(Onward::to("/min-side").saying("organisation-switched").go(&visitor))
}

// ---- members -----------------------------------------------------------------------------------------------------

#[derive(Serialize)]
struct MembersPage {
    organisation: String,
    members: Vec<MemberView>,
    is_alone: bool,
    invitations: Vec<InvitationView>,
    can_invite: bool,
    action: String,
    form: InviteForm,
    errors: Errors,
}

#[derive(Serialize)]
struct MemberView {
    name: String,
    email: String,
    role_text: String,
    since: When,
    is_you: bool,
    /// Where something can be done about them; oneself can always leave.
    url: Option<String>,
}

#[derive(Serialize)]
struct InvitationView {
    email: String,
    role_text: String,
    sent: When,
    expires: When,
    call_back_url: Option<String>,
}

#[derive(Serialize)]
struct InviteForm {
    email: Field,
    role: Choices,
}

impl Page for MembersPage {
    const TEMPLATE: &'static str = "web/tenancy/members";
    fn title(&self, language: Language) -> String {
        language.text_with("desk-members-heading", [("organisation", self.organisation.as_str().into())])
    }
}

/// What was typed into the form that invites.
#[derive(Clone, Default)]
struct Typed {
    email: String,
    role: String,
}

impl MembersPage {
    fn read(op: &mut Op<'_>, visitor: &Visitor, typed: Typed, errors: &[FieldError]) -> Result<Self> {
        let (member, language, now) = (op.member()?, visitor.language(), op.now());
        let organisation = store::organisation(op.db(), member.organisation)?;
        let can_invite = policy::administer(op.actor(), organisation.clone()).is_ok();
        let organisation = policy::see_members(op.actor(), organisation)?.into_inner();
        let errors = Errors::new(errors, language);
        let root = visitor.root;
        let members: Vec<MemberView> = store::roster(op.db(), organisation.id)?
            .into_iter()
            .map(|(colleague, since)| MemberView {
                is_you: colleague.user == member.user,
                url: (can_invite || colleague.user == member.user)
                    .then(|| format!("{root}/min-side/medlemmer/{}", colleague.user)),
                role_text: role_name(colleague.role, language),
                name: colleague.name,
                email: colleague.email,
                since: When::day(since, language),
            })
            .collect();
        let invitations: Vec<InvitationView> = store::invitations_of(op.db(), organisation.id, now)?
            .into_iter()
            .map(|invitation| InvitationView {
                role_text: role_name(invitation.role, language),
                call_back_url: can_invite.then(|| format!("{root}/min-side/invitasjoner/{}/trekk", invitation.id)),
                email: invitation.email,
                sent: When::day(invitation.created_at, language),
                expires: When::day(invitation.expires_at, language),
            })
            .collect();
        Ok(Self {
            is_alone: members.len() == 1 && invitations.is_empty(),
            members,
            invitations,
            can_invite,
            action: format!("{root}/min-side/medlemmer"),
            form: InviteForm {
                email: errors.field("email", typed.email),
                role: errors.choices("role", role_choices(organisation.kind, &typed.role, language)),
            },
            organisation: organisation.name,
            errors,
        })
    }
}

fn role_name(role: Role, language: Language) -> String {
    language.text(&format!("desk-members-role-{}", role.as_str()))
}

/// The roles of this kind of organisation, each with what it may do. The one that does the daily work is chosen until
/// another is.
fn role_choices(kind: OrganisationKind, typed: &str, language: Language) -> Vec<Choice> {
    let roles = kind.roles();
    let usual = roles.get(1).or(roles.first()).map_or("", |r| r.as_str());
    let chosen = if typed.is_empty() { usual } else { typed };
    roles
        .iter()
        .map(|role| Choice {
            value: role.as_str().to_owned(),
            text: language.text(&format!("desk-members-role-hint-{}-{}", kind.as_str(), role.as_str())),
            selected: role.as_str() == chosen,
        })
        .collect()
}

/// `GET /min-side/medlemmer`
pub async fn members(app: Data<App>, visitor: Visitor) -> web::Result {
    let at = visitor.clone();
    page(&app, visitor, move |op| MembersPage::read(op, &at, Typed::default(), &[])).await
}

/// `POST /min-side/medlemmer`
pub async fn invite(app: Data<App>, visitor: Visitor, posted: Posted) -> web::Result {
    let typed = Typed { email: posted.fields.get("email").to_owned(), role: posted.fields.get("role").to_owned() };
    let words = typed.clone();
    let invited = form::once(&app, visitor.caller(), posted.key, move |op| {
        let permit = own_to_administer(op)?;
        super::invite(op, permit, NewInvitation::parse(&words.email, &words.role)?)?;
        Ok(Onward::to("/min-side/medlemmer").saying("member-invited"))
    });
    let at = visitor.clone();
    form::answer(&app, visitor, invited.await, move |op, errors| MembersPage::read(op, &at, typed, errors)).await
}

/// The organisation that the member acts for, to invite people into.
pub(super) fn own_to_administer(op: &mut Op<'_>) -> Result<super::Permit<policy::Administer, Organisation>> {
    let organisation = own_organisation(op)?;
    policy::administer(op.actor(), organisation)
}

fn own_organisation(op: &mut Op<'_>) -> Result<Organisation> {
    let own = op.member()?.organisation;
    store::organisation(op.db(), own)
}

// ---- accepting an invitation -------------------------------------------------------------------------------------

#[derive(Serialize)]
struct AcceptPage {
    /// Nothing when there is none for this visitor.
    invitation: Option<OpenedView>,
    form: AcceptForm,
    errors: Errors,
}

#[derive(Serialize)]
struct OpenedView {
    organisation: String,
    inviter: String,
    role: String,
    email: String,
    action: String,
    expires: When,
    /// The visitor chooses a name and a password.
    is_new: bool,
    /// Where the visitor logs in first.
    login_url: Option<String>,
}

#[derive(Default, Serialize)]
struct AcceptForm {
    name: Field,
    password: Field,
}

impl Page for AcceptPage {
    const TEMPLATE: &'static str = "web/tenancy/accept";
    fn title(&self, language: Language) -> String {
        match &self.invitation {
            Some(opened) => {
                language.text_with("identity-accept-title", [("organisation", opened.organisation.as_str().into())])
            }
            None => language.text("identity-accept-invalid-title"),
        }
    }
}

/// `GET /invitasjon/{token}`
pub async fn accept_form(app: Data<App>, visitor: Visitor, token: Path<String>) -> web::Result {
    show_invitation(&app, visitor, &token, String::new(), Refused::not_yet()).await
}

/// `POST /invitasjon/{token}`
pub async fn accept(app: Data<App>, visitor: Visitor, token: Path<String>, posted: Posted) -> web::Result {
    let secret = Secret::presented(&token);
    let sent = posted.key.as_ref().map(FormKey::of_anyone);
    let opened = app.read(visitor.caller(), move |op| super::open_invitation(op, &secret)).await;
    match usable(opened)? {
        None => match let_in_again(&app, &visitor, &token, sent).await? {
            Some(entered) => welcome(&app, &visitor, entered),
            None => show_invitation(&app, visitor, &token, String::new(), Refused::not_yet()).await,
        },
        Some(Opened::LogInFirst(_)) => Ok(see_other(&visitor, &back_here(&token).login_path(), None)),
        Some(Opened::ForYou(_)) => {
            let secret = Secret::presented(&token);
            let accepted = app.write(visitor.caller(), move |op| {
                once::by_anyone(op, sent.as_ref(), |op| super::accept_as_member(op, &secret))
            });
            accepted.await?;
            Ok(see_other(&visitor, "/min-side", Flash::success("invitation-accepted")))
        }
        Some(Opened::Newcomer(_)) => {
            let typed = posted.fields.get("name").to_owned();
            match let_in(&app, &visitor, &token, &posted.fields, sent).await {
                Ok(entered) => welcome(&app, &visitor, entered),
                Err(e) => show_invitation(&app, visitor, &token, typed, Refused::of(e)?).await,
            }
        }
    }
}

fn welcome(app: &App, visitor: &Visitor, entered: Entered) -> web::Result {
    Ok(identity::web::logged_in(app, visitor, entered, "/min-side", Flash::success("invitation-accepted"))?)
}

/// Makes the login of a newcomer, accepts, and opens a session.
async fn let_in(app: &App, visitor: &Visitor, token: &str, typed: &Fields, sent: Option<Whole>) -> Result<Entered> {
    let mut input = Input::default();
    let name = input.required_line("name", typed.get("name"), identity::NAME);
    let password = Password::parse("password", typed.get("password")).map_err(|e| input.push(e)).ok();
    input.finish()?;
    let password = password.ok_or(Error::field("password", "required"))?;
    let hash = app.blocking(move |app| app.passwords.hash(&password)).await?;
    let new = Newcomer { name, language: visitor.language(), password_hash: hash };
    let (secret, rules) = (Secret::presented(token), app.config.identity.clone());
    app.write(visitor.caller(), move |op| {
        let email = store::find_invitation(op.db(), &secret.hash())?.email;
        once::by_anyone(op, sent.as_ref(), |op| super::accept_as_newcomer(op, &secret, new).map(|_| ()))?;
        identity::web::open_newcomer(op, &email, &rules)
    })
    .await
}

async fn let_in_again(app: &App, visitor: &Visitor, token: &str, sent: Option<Whole>) -> Result<Option<Entered>> {
    let (secret, rules) = (Secret::presented(token), app.config.identity.clone());
    let found = app.write(visitor.caller(), move |op| {
        let email = store::find_invitation(op.db(), &secret.hash())?.email;
        identity::web::come_in_again(op, sent.as_ref(), &email, &rules)
    });
    Ok(usable(found.await)?.flatten())
}

async fn show_invitation(app: &App, visitor: Visitor, token: &str, name: String, refused: Refused) -> web::Result {
    let (secret, at) = (Secret::presented(token), back_here(token));
    let (root, language) = (visitor.root, visitor.language());
    let found = app.read(visitor.caller(), move |op| {
        let opened = super::open_invitation(op, &secret)?;
        OpenedView::read(op, opened, root, &at, language)
    });
    let invitation = usable(found.await)?;
    let refused = if invitation.is_some() { refused } else { Refused::with(StatusCode::NOT_FOUND, Vec::new()) };
    let page = move |_: &mut Op<'_>, errors: &[FieldError]| {
        let errors = Errors::new(errors, language);
        let form = AcceptForm { name: errors.field("name", name), password: errors.field("password", "") };
        Ok(AcceptPage { invitation, form, errors })
    };
    form::show(app, visitor, refused, page).await
}

/// Nothing if there is no such invitation, it was for someone else, was accepted, or has run out: it looks the same.
fn usable<T>(found: Result<T>) -> Result<Option<T>> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(Error::NotFound(_) | Error::Conflict("invitation-used" | "invitation-expired")) => Ok(None),
        Err(e) => Err(e),
    }
}

/// The page of the invitation.
fn back_here(token: &str) -> Next {
    Next::or_home(&format!("/invitasjon/{token}"))
}

impl OpenedView {
    fn read(op: &mut Op<'_>, opened: Opened, root: &str, at: &Next, language: Language) -> Result<Self> {
        let (invitation, is_new, login_url) = match opened {
            Opened::ForYou(invitation) => (invitation, false, None),
            Opened::LogInFirst(invitation) => (invitation, false, Some(format!("{root}{}", at.login_path()))),
            Opened::Newcomer(invitation) => (invitation, true, None),
        };
        let organisation = store::organisation(op.db(), invitation.organisation_id)?;
        let inviter = inviter(op, &invitation, &organisation)?;
        Ok(Self {
            organisation: organisation.name,
            inviter,
            role: language.text(&format!("role-{}", invitation.role.as_str())),
            email: invitation.email,
            action: format!("{root}{at}"),
            expires: When::at(invitation.expires_at, language),
            is_new,
            login_url,
        })
    }
}

/// The name of whoever invited; the organisation itself, when a command did or whoever it was has deleted their account.
fn inviter(op: &mut Op<'_>, invitation: &Invitation, organisation: &Organisation) -> Result<String> {
    match invitation.invited_by {
        Some(user) => {
            let name = identity::find_user(op.db(), user)?.name;
            Ok(if name.is_empty() { organisation.name.clone() } else { name })
        }
        None => Ok(organisation.name.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_of_every_kind_has_its_texts() {
        for language in Language::ALL.iter().copied() {
            for kind in OrganisationKind::ALL.iter().copied() {
                for choice in role_choices(kind, "", language) {
                    assert!(!choice.text.starts_with("desk-"), "{}", choice.text);
                }
            }
            for role in Role::ALL {
                for key in [format!("role-{}", role.as_str()), format!("desk-members-role-{}", role.as_str())] {
                    assert!(language.has(&key), "{key}");
                }
            }
        }
    }

    #[test]
    fn one_role_is_always_chosen() {
        let chosen = |kind, typed| {
            let choices = role_choices(kind, typed, Language::Nb);
            choices.into_iter().filter(|c| c.selected).map(|c| c.value).collect::<Vec<_>>()
        };
        assert_eq!(chosen(OrganisationKind::Buyer, ""), ["buyer"]);
        assert_eq!(chosen(OrganisationKind::Buyer, "reader"), ["reader"]);
        assert_eq!(chosen(OrganisationKind::Supplier, ""), ["member"]);
        assert_eq!(chosen(OrganisationKind::Operator, ""), ["operator"]);
    }

    #[test]
    fn the_login_leads_back_to_the_invitation() {
        assert_eq!(back_here("aB-_9").login_path(), "/logg-inn?neste=%2Finvitasjon%2FaB-_9");
    }
}
