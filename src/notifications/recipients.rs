//! Who hears of what. A new event does not compile until someone has decided here.
use super::stop::Subject;
use super::{MessageStatus, OutboxMessage, store};
use crate::Result;
use crate::audit::{Event, EventId};
use crate::dialogue::{self, Attachment, AttachmentId, OutcomeKind};
use crate::identity::{self, User, UserId};
use crate::needs::{self, Need, NeedId};
use crate::op::Op;
use crate::platform::db::types::{Id, Json};
use crate::platform::db::{Deed, Rows};
use crate::platform::language::Language;
use crate::platform::wording;
use crate::suppliers::{self, RegistrationId};
use crate::tenancy::{self, Colleague, OrganisationId, Receiver, Role};
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};

/// A need fits what a supplier offers.
const MATCHING: &str = "needs/matching_profile";

/// Someone to tell, and for which organisation they hear it.
struct Recipient {
    user: Option<UserId>,
    name: String,
    email: String,
    language: Language,
    organisation: Option<(OrganisationId, String)>,
}

/// The mails about `event`, to be queued in its transaction.
///
/// # Errors
/// When the database refuses.
pub fn announce(op: &mut Op<'_>, event_id: EventId, event: &Event) -> Result<Deed> {
    let mut post = Post { op, event_id, batch: Vec::new(), told: HashSet::new() };
    post.address(event)?;
    let batch = post.batch;
    if batch.is_empty() {
        return Ok(Deed::new());
    }
    op.wake.mail = true;
    Ok(vec![Box::new(Rows(batch))])
}

/// Everyone who follows a need, asked about it or responded, each once, with the organisation that they did it for. The
/// buyer's own people are left out. Whoever has left that organisation hears nothing for it any more; if nobody of it is
/// left who took part, those who administer it hear instead.
///
/// # Errors
/// When the database refuses.
pub fn everyone_in(op: &mut Op<'_>, need: &Need) -> Result<HashMap<UserId, OrganisationId>> {
    let mut all = needs::followers_of(op.db(), need.id)?;
    all.extend(dialogue::participants_of(op.db(), need.id)?);
    all.retain(|(_, organisation)| *organisation != need.tenant_id);
    let users: Vec<UserId> = all.iter().map(|(user, _)| *user).collect();
    let members = tenancy::members_among(op.db(), &users)?;
    let (here, gone): (Vec<_>, Vec<_>) = all.into_iter().partition(|who| members.contains(who));
    let mut people: HashMap<UserId, OrganisationId> = here.into_iter().collect();
    let mut silent: Vec<OrganisationId> = gone.into_iter().map(|(_, organisation)| organisation).collect();
    silent.retain(|organisation| !people.values().any(|other| other == organisation));
    if !silent.is_empty() {
        for (user, organisation) in tenancy::administrators_of(op.db(), &silent)? {
            people.entry(user).or_insert(organisation);
        }
    }
    Ok(people)
}

struct Post<'a, 'b> {
    op: &'a mut Op<'b>,
    event_id: EventId,
    batch: Vec<OutboxMessage>,
    /// The addresses in it.
    told: HashSet<String>,
}

impl Post<'_, '_> {
    fn address(&mut self, event: &Event) -> Result<()> {
        match event {
            Event::RegistrationAsked { registration, secret } => self.tell_registrant(*registration, secret),
            Event::RegisteredAgain { organisation, email, language } => {
                self.tell_registrant_again(*organisation, email, *language)
            }
            Event::ResetAsked { user, secret } => {
                let payload =
                    json!({"url": format!("/nytt-passord/{secret}"), "minutes": identity::RESET_LASTS.num_minutes()});
                self.tell_user(*user, "identity/reset_password", &payload)
            }
            Event::MemberInvited { organisation, email, role, secret } => {
                self.tell_invited(*organisation, email, *role, secret)
            }
            Event::MemberJoined { organisation, member, over, name, role } => {
                store::drop_invitations(self.op.db(), over)?;
                self.tell_administrators(*organisation, *member, name, *role)
            }
            Event::InvitationCalledBack { over, .. } => store::drop_invitations(self.op.db(), over),
            Event::MemberRemoved { organisation, member } => self.tell_removed(*organisation, *member),
            Event::MemberLeft { organisation, member, name } => self.tell_of_leaver(*organisation, *member, name),
            Event::RoleChanged { organisation, member, role } => self.tell_of_role(*organisation, *member, *role),
            // Nothing is sent to them any more, this neither, and the outbox keeps no address of someone who asked to be
            // forgotten: what waits is dropped, and what was sent, or failed, is forgotten with it.
            Event::AccountDeleted { user, email } => store::drop_all(self.op.db(), *user, email),
            Event::NeedPublished { need, version, .. } => self.tell_of_new_need(*need, *version),
            Event::NeedCorrected { need, version, note, .. } => self.tell_of_correction(*need, *version, note),
            Event::NeedWithdrawn { need, cause, .. } => {
                let need = needs::find(self.op.db(), *need)?;
                // The page is gone for them, so there is nothing to link to.
                self.tell_everyone_in(&need, "needs/withdrawn", |p, _| p["reason"] = json!(cause))
            }
            Event::NeedJoined { need, joiner, volume, .. } => self.tell_of_joiner(*need, *joiner, volume),
            Event::QuestionAsked { need, question, .. } => self.tell_of_question(*need, *question),
            Event::QuestionAnswered { need, question, changed, .. } => self.tell_of_answer(*need, *question, *changed),
            Event::ResponseSent { tenant, response, attachments, reference, title, receiver, .. } => {
                let about = about(reference, title);
                self.tell_of_response(*tenant, receiver, about, reference, *response, *attachments)
            }
            Event::ResponseSupplemented { need, response, attachment, .. } => {
                self.tell_of_supplement(*need, *response, *attachment)
            }
            Event::ResponseRead { need, response, .. } => {
                self.tell_responder(*need, *response, "dialogue/response_read")
            }
            Event::ResponseThanked { need, response, .. } => self.tell_responder(*need, *response, "dialogue/thanked"),
            Event::OutcomeTold { need, .. } => self.tell_outcome(*need),
            // Of a published need they are a part of a correction, which is told of.
            Event::AttachmentAdded { .. } | Event::AttachmentRemoved { .. } => Ok(()),
            // One's own doing, or nobody's business but one's own.
            Event::OrganisationAdded { .. }
            | Event::SupplierRegistered { .. }
            | Event::UserRegistered { .. }
            | Event::PasswordReset { .. }
            | Event::SessionRevoked { .. }
            | Event::MemberAdded { .. }
            | Event::SupplierProfileEdited { .. }
            | Event::NewNeedsStopped { .. }
            | Event::NewNeedsWanted { .. }
            | Event::NeedDescribed { .. }
            | Event::NeedEdited { .. }
            | Event::NeedDeleted { .. }
            | Event::NeedFollowed { .. }
            | Event::NeedUnfollowed { .. }
            | Event::MessageRetried { .. }
            | Event::NoticesImported { .. } => Ok(()),
        }
    }

    // ---- who -----------------------------------------------------------------------------------------------------

    /// Nothing that was typed stands in these mails, names neither: they must be no way to send words to strangers.
    fn tell_registrant(&mut self, registration: RegistrationId, secret: &str) -> Result<()> {
        let registration = suppliers::find_registration(self.op.db(), registration)?;
        let payload = json!({
            "number": registration.organisation_number,
            "url": format!("/bekreft-epost/{secret}"),
            "hours": suppliers::REGISTRATION_LASTS.num_hours(),
        });
        match identity::find_by_email(self.op.db(), &registration.email)? {
            Some(user) => self.queue("identity/one_more_organisation", recipient(user, None), payload),
            None => {
                let to = stranger(registration.email, registration.language);
                self.queue("identity/confirm_email", to, payload);
            }
        }
        Ok(())
    }

    fn tell_registrant_again(&mut self, at: OrganisationId, email: &str, language: Language) -> Result<()> {
        let organisation = tenancy::organisation(self.op.db(), at)?;
        let user = identity::find_by_email(self.op.db(), email)?;
        let is_member = match &user {
            Some(user) => tenancy::member_of(self.op.db(), user.id, at)?.is_some(),
            None => false,
        };
        let has_login = user.is_some();
        let to = user.map_or_else(|| stranger(email.to_owned(), language), |user| recipient(user, None));
        let mut payload = json!({"registered": organisation.name, "number": organisation.number});
        if is_member {
            payload["login_url"] = json!("/logg-inn");
            payload["reset_url"] = json!("/glemt-passord");
            self.queue("identity/already_registered", to, payload);
        } else {
            payload["has_login"] = json!(has_login);
            payload["help_url"] = json!("/personvern");
            self.queue("identity/organisation_taken", to, payload);
        }
        Ok(())
    }

    fn tell_user(&mut self, user: UserId, template: &'static str, payload: &Value) -> Result<()> {
        let user = identity::find_user(self.op.db(), user)?;
        self.queue(template, recipient(user, None), payload.clone());
        Ok(())
    }

    fn tell_invited(&mut self, at: OrganisationId, email: &str, role: Role, secret: &str) -> Result<()> {
        let organisation = tenancy::organisation(self.op.db(), at)?;
        let known = identity::find_by_email(self.op.db(), email)?;
        let inviter = self.op.actor().member().map(|m| m.name.clone()).unwrap_or_default();
        let to = match known {
            Some(user) => recipient(user, None),
            None => Recipient {
                user: None,
                name: String::new(),
                email: email.to_owned(),
                language: organisation.language,
                organisation: None,
            },
        };
        let payload = json!({
            "inviting_organisation": organisation.name,
            "inviter": inviter,
            "role": role_text(role, to.language),
            "url": format!("/invitasjon/{secret}"),
            "days": tenancy::INVITATION_LASTS.num_days(),
        });
        self.queue(OutboxMessage::INVITATION, to, payload);
        Ok(())
    }

    fn tell_administrators(&mut self, at: OrganisationId, member: UserId, name: &str, role: Role) -> Result<()> {
        let organisation = tenancy::organisation(self.op.db(), at)?;
        for colleague in tenancy::colleagues_with(self.op.db(), at, Role::ADMINISTERING)? {
            if colleague.user == member {
                continue;
            }
            let payload = json!({
                "member": name,
                "role": role_text(role, colleague.language),
                "url": "/min-side/medlemmer",
            });
            self.queue("tenancy/member_joined", colleague_of(colleague, at, &organisation.name), payload);
        }
        Ok(())
    }

    /// What waits for them as a member is not sent any more.
    fn tell_removed(&mut self, from: OrganisationId, member: UserId) -> Result<()> {
        store::drop_unsent(self.op.db(), member, from)?;
        let organisation = tenancy::organisation(self.op.db(), from)?;
        let user = identity::find_user(self.op.db(), member)?;
        let payload = json!({"removed_from": organisation.name, "by": self.op.member()?.name});
        self.queue("tenancy/member_removed", recipient(user, None), payload);
        Ok(())
    }

    fn tell_of_leaver(&mut self, from: OrganisationId, member: UserId, name: &str) -> Result<()> {
        store::drop_unsent(self.op.db(), member, from)?;
        let organisation = tenancy::organisation(self.op.db(), from)?;
        for colleague in tenancy::colleagues_with(self.op.db(), from, Role::ADMINISTERING)? {
            let payload = json!({"member": name, "url": "/min-side/medlemmer"});
            self.queue("tenancy/member_left", colleague_of(colleague, from, &organisation.name), payload);
        }
        Ok(())
    }

    fn tell_of_role(&mut self, at: OrganisationId, member: UserId, role: Role) -> Result<()> {
        let by = self.op.member()?;
        if by.user == member {
            return Ok(());
        }
        let organisation = tenancy::organisation(self.op.db(), at)?;
        let user = identity::find_user(self.op.db(), member)?;
        let payload = json!({"by": by.name, "role": role_text(role, user.language), "url": "/min-side/medlemmer"});
        self.queue("tenancy/role_changed", recipient(user, Some((at, organisation.name))), payload);
        Ok(())
    }

    /// The buyer's people get a receipt; suppliers whose profile fits hear of it, once. If it was there before and was taken back,
    /// those who took part hear that they can go on, and that only.
    fn tell_of_new_need(&mut self, need: NeedId, version: i32) -> Result<()> {
        let need = needs::find(self.op.db(), need)?;
        let buyer = tenancy::organisation(self.op.db(), need.tenant_id)?;
        self.tell_buyers(&need, "needs/published_receipt", |p, language| {
            p["reference"] = json!(need.reference);
            p["deadline"] = deadline(&need, language);
        })?;
        let mut told = HashSet::new();
        if version > 1 {
            self.tell_everyone_in(&need, "needs/published_again", |p, language| {
                p["deadline"] = deadline(&need, language);
            })?;
            told = store::told(self.op.db(), need.id, MATCHING)?;
        }
        let matching = suppliers::matching(self.op.db(), &need.areas.0, &need.region.0)?;
        let ids: Vec<OrganisationId> = matching.iter().map(|supplier| supplier.organisation).collect();
        let mut members = tenancy::told_of_new_needs(self.op.db(), &ids)?;
        for supplier in matching {
            let id = supplier.organisation;
            let colleagues = members.remove(&id).unwrap_or_default();
            for colleague in colleagues.into_iter().filter(|colleague| !told.contains(&colleague.user)) {
                let language = colleague.language;
                let mut payload = about(&need.reference, &need.title);
                payload["buyer"] = json!(buyer.name);
                payload["summary"] = json!(need.summary);
                payload["deadline"] = deadline(&need, language);
                payload["reasons"] = json!(reasons(&supplier, &need, language));
                payload["profile_url"] = json!("/min-side/leverandor");
                payload[Subject::FIELD] = json!(Subject::NewNeeds(id));
                self.queue(MATCHING, colleague_of(colleague, id, &supplier.name), payload);
            }
        }
        Ok(())
    }

    /// What was written of it, and the files that came and went, by their names.
    fn tell_of_correction(&mut self, need: NeedId, version: i32, note: &str) -> Result<()> {
        let need = needs::find(self.op.db(), need)?;
        let mut files = dialogue::files_of_versions(self.op.db(), need.id, version - 1..=version)?;
        let (before, now) =
            (files.remove(&(version - 1)).unwrap_or_default(), files.remove(&version).unwrap_or_default());
        let names = |of: &[Attachment], but: &[Attachment]| {
            let others: HashSet<AttachmentId> = but.iter().map(|file| file.id).collect();
            of.iter().filter(|file| !others.contains(&file.id)).map(|file| file.name.clone()).collect::<Vec<_>>()
        };
        let (added, removed) = (names(&now, &before), names(&before, &now));
        self.tell_everyone_in(&need, "needs/corrected", |p, language| {
            p["version"] = json!(version);
            p["url"] = json!(format!("/behov/{}/versjoner/{version}", need.reference));
            p["note"] = json!(note);
            p["files_added"] = json!(added);
            p["files_removed"] = json!(removed);
            p["deadline"] = deadline(&need, language);
        })
    }

    fn tell_of_joiner(&mut self, need: NeedId, joiner: OrganisationId, volume: &str) -> Result<()> {
        let need = needs::find(self.op.db(), need)?;
        let joiner = tenancy::organisation(self.op.db(), joiner)?;
        self.tell_buyers(&need, "needs/joined", |p, _| {
            p["joining_organisation"] = json!(joiner.name);
            p["volume"] = json!(volume);
        })
    }

    fn tell_of_question(&mut self, need: NeedId, question: dialogue::QuestionId) -> Result<()> {
        let need = needs::find(self.op.db(), need)?;
        let question = dialogue::find_question(self.op.db(), question)?;
        let url = format!("/behov/{}/sporsmal/{}", need.reference, question.id);
        self.tell_buyers(&need, "dialogue/question_asked", |p, _| {
            p["question"] = json!(question.text);
            p["url"] = json!(url);
        })
    }

    fn tell_of_answer(&mut self, need: NeedId, question: dialogue::QuestionId, changed: bool) -> Result<()> {
        let need = needs::find(self.op.db(), need)?;
        let question = dialogue::find_question(self.op.db(), question)?;
        self.tell_everyone_in(&need, "dialogue/question_answered", |p, _| {
            p["question"] = json!(question.text);
            p["answer"] = json!(question.answer);
            p["changed"] = json!(changed);
        })
    }

    /// The buyer hears that there is a response, not what it says; the sender gets a receipt with reference and time
    /// (eForvaltningsforskriften § 6). No statement: responses come in crowds just before a deadline.
    fn tell_of_response(
        &mut self,
        tenant: OrganisationId,
        receiver: &Receiver,
        about: Value,
        reference: &str,
        response: dialogue::ResponseId,
        attachments: usize,
    ) -> Result<()> {
        let member = self.op.member()?;
        let url = format!("/behov/{reference}/svar/{response}");
        let mut payload = about.clone();
        payload["buyer"] = json!(receiver.name);
        payload["reference"] = json!(reference);
        payload["sent_at"] = json!(wording::date_time(self.op.now(), member.language));
        payload["attachments"] = json!(attachments);
        payload["url"] = json!(url);
        let sender = Recipient {
            user: Some(member.user),
            name: member.name,
            email: member.email,
            language: member.language,
            organisation: Some((member.organisation, member.organisation_name.clone())),
        };
        // The receipt first: it is owed also to someone who works for the buyer as well.
        self.queue("dialogue/response_receipt", sender, payload);
        for colleague in receiver.acting.clone() {
            let mut payload = about.clone();
            payload["supplier"] = json!(member.organisation_name);
            payload["url"] = json!(url);
            self.queue("dialogue/response_received", colleague_of(colleague, tenant, &receiver.name), payload);
        }
        Ok(())
    }

    /// What came, and when, is in the response; the buyer may have read it before the file was there. Programs send their files one
    /// by one after the response: those are no news.
    fn tell_of_supplement(
        &mut self,
        need: NeedId,
        id: dialogue::ResponseId,
        file: dialogue::AttachmentId,
    ) -> Result<()> {
        let response = dialogue::find_response(self.op.db(), id)?;
        if !response.is_news(file, dialogue::attachments_of_responses(self.op.db(), &[id])?) {
            return Ok(());
        }
        let need = needs::find(self.op.db(), need)?;
        let supplier = self.op.member()?.organisation_name;
        let url = format!("/behov/{}/svar/{id}", need.reference);
        self.tell_buyers(&need, "dialogue/response_supplemented", |p, _| {
            p["supplier"] = json!(supplier);
            p["url"] = json!(url);
        })
    }

    fn tell_responder(&mut self, need: NeedId, response: dialogue::ResponseId, template: &'static str) -> Result<()> {
        let need = needs::find(self.op.db(), need)?;
        let response = dialogue::find_response(self.op.db(), response)?;
        let buyer = tenancy::organisation(self.op.db(), need.tenant_id)?;
        let supplier = tenancy::organisation(self.op.db(), response.organisation_id)?;
        for user in self.sender_of(&response)? {
            let mut payload = about(&need.reference, need.told_title());
            payload["buyer"] = json!(buyer.name);
            payload["url"] = json!(format!("/behov/{}/svar/{}", need.reference, response.id));
            payload["text"] = json!(response.thanks);
            payload["read_at"] = json!(response.read_at.map(|at| wording::date_time(at, user.language)));
            self.queue(template, recipient(user, Some((supplier.id, supplier.name.clone()))), payload);
        }
        Ok(())
    }

    /// Whoever sent the response, while they are with the supplier; after that those who administer it.
    fn sender_of(&mut self, response: &dialogue::Response) -> Result<Vec<User>> {
        let (sender, supplier) = (response.sent_by, response.organisation_id);
        let people = match tenancy::member_of(self.op.db(), sender, supplier)? {
            Some(_) => vec![sender],
            None => tenancy::administrators_of(self.op.db(), &[supplier])?.into_iter().map(|(user, _)| user).collect(),
        };
        let mut users = identity::people_of(self.op.db(), &people)?;
        users.sort_by_key(|user| user.id);
        Ok(users)
    }

    fn tell_outcome(&mut self, need: NeedId) -> Result<()> {
        let need = needs::find(self.op.db(), need)?;
        let Some(outcome) = dialogue::outcome(self.op.db(), need.id)? else { return Ok(()) };
        self.tell_everyone_in(&need, "dialogue/outcome", |p, language| {
            p["outcome"] = json!(outcome_text(outcome.kind, language));
            p["text"] = json!(outcome.text);
        })
    }

    /// Those at the buyer who act.
    fn tell_buyers(&mut self, need: &Need, template: &'static str, fill: impl Fn(&mut Value, Language)) -> Result<()> {
        let buyer = tenancy::receiver(self.op.db(), need.tenant_id)?;
        for colleague in buyer.acting {
            let mut payload = about(&need.reference, &need.title);
            fill(&mut payload, colleague.language);
            self.queue(template, colleague_of(colleague, need.tenant_id, &buyer.name), payload);
        }
        Ok(())
    }

    /// Everyone who follows, asked or responded, each once; the buyer's own people know already. Those who follow are told where they
    /// can stop.
    fn tell_everyone_in(
        &mut self,
        need: &Need,
        template: &'static str,
        fill: impl Fn(&mut Value, Language),
    ) -> Result<()> {
        let buyer = tenancy::organisation(self.op.db(), need.tenant_id)?;
        let people = everyone_in(self.op, need)?;
        let ids: Vec<UserId> = people.keys().copied().collect();
        let following: HashSet<UserId> =
            needs::followers_of(self.op.db(), need.id)?.into_iter().map(|(user, _)| user).collect();
        let mut users = identity::people_of(self.op.db(), &ids)?;
        users.sort_by_key(|user| user.id);
        for user in users {
            let mut payload = about(&need.reference, &need.title);
            payload["buyer"] = json!(buyer.name);
            if following.contains(&user.id) {
                payload[Subject::FIELD] = json!(Subject::Followed(need.id));
            }
            fill(&mut payload, user.language);
            let organisation = people.get(&user.id).map(|id| (*id, String::new()));
            self.queue(template, recipient(user, organisation), payload);
        }
        Ok(())
    }

    // ---- how -----------------------------------------------------------------------------------------------------

    /// Never two mails about one event to one recipient: the first it is.
    fn queue(&mut self, template: &'static str, to: Recipient, mut payload: Value) {
        if !self.told.insert(to.email.clone()) {
            return;
        }
        let (organisation_id, organisation) = to.organisation.unzip();
        payload["name"] = json!(to.name);
        payload["organisation"] = json!(organisation.unwrap_or_default());
        let now = self.op.now();
        self.batch.push(OutboxMessage {
            id: Id::new(),
            event_id: self.event_id,
            organisation_id,
            user_id: to.user,
            email: to.email,
            template: template.to_owned(),
            language: to.language,
            payload: Json(payload),
            status: MessageStatus::Waiting,
            attempts: 0,
            next_attempt_at: now,
            sent_at: None,
            failure: None,
            created_at: now,
        });
    }
}

/// Whoever an address belongs to that has no login here.
fn stranger(email: String, language: Language) -> Recipient {
    Recipient { user: None, name: String::new(), email, language, organisation: None }
}

fn recipient(user: User, organisation: Option<(OrganisationId, String)>) -> Recipient {
    Recipient { user: Some(user.id), name: user.name, email: user.email, language: user.language, organisation }
}

fn colleague_of(colleague: Colleague, organisation: OrganisationId, name: &str) -> Recipient {
    Recipient {
        user: Some(colleague.user),
        name: colleague.name,
        email: colleague.email,
        language: colleague.language,
        organisation: Some((organisation, name.to_owned())),
    }
}

/// What every mail about a need shows.
fn about(reference: &str, title: &str) -> Value {
    json!({"need_title": title, "url": format!("/behov/{reference}")})
}

fn deadline(need: &Need, language: Language) -> Value {
    json!(need.response_deadline.map(|at| wording::date_time(at, language)))
}

fn role_text(role: Role, language: Language) -> String {
    language.text(&format!("role-{}", role.as_str()))
}

fn outcome_text(kind: OutcomeKind, language: Language) -> String {
    language.text(&format!("needs-outcome-{}", kind.as_str()))
}

/// Why we think that the supplier wants to hear of it, in words.
fn reasons(supplier: &suppliers::Interest, need: &Need, language: Language) -> Vec<String> {
    let mut reasons: Vec<String> = (need.areas.0.iter())
        .filter(|area| supplier.areas.0.contains(area))
        .map(|area| {
            language
                .text_with("reason-area", [("area", language.text(&format!("needs-area-{}", area.as_str())).into())])
        })
        .collect();
    if supplier.regions.0.is_empty() {
        reasons.push(language.text("reason-everywhere"));
    } else {
        reasons.push(language.text_with("reason-region", [("region", wording::regions(&need.region.0).into())]));
    }
    reasons
}
