//! One need, as everybody reads it and as those see it who may do more.
use super::can::Can;
use super::questions::{AskForm, QuestionView, UnansweredView, answered, unanswered, unanswered_title};
use super::{need_url, readable, status_view, withdrawn};
use crate::cpv::web::{Named, named};
use crate::dialogue::{self, Attachment};
use crate::needs::{self, Counts, Joiner, Need, Status, policy, store};
use crate::op::Op;
use crate::platform::db::types::Timestamp;
use crate::platform::language::Language;
use crate::platform::wording;
use crate::regulations::Region;
use crate::tenancy::{self, Actor, Organisation};
use crate::web::form::{self, Errors, Onward};
use crate::web::view::{self, Deadline, Seen, StatusView, When};
use crate::web::{self, Failure, Page, Posted, Visitor, page};
use crate::{App, Error, FieldError, Result, suppliers};
use actix_web::web::{Data, Path};
use serde::Serialize;

#[derive(Serialize)]
pub struct NeedPage {
    need: NeedView,
    can: Can,
    actions_any: bool,
    invite: Option<Invite>,
    banner: Option<Banner>,
    own_response: Option<OwnResponse>,
    outcome: Option<OutcomeView>,
    withdrawn: Option<()>,
    counts: CountsView,
    joiners: Vec<JoinerView>,
    attachments: Vec<AttachmentView>,
    next_steps: Vec<NextStep>,
    questions: Vec<QuestionView>,
    unanswered: Vec<UnansweredView>,
    unanswered_title: Option<String>,
    form: AskForm,
    errors: Errors,
}

impl Page for NeedPage {
    const TEMPLATE: &'static str = "web/needs/show";
    fn title(&self, _: Language) -> String {
        self.need.title.clone()
    }
    fn description(&self) -> Option<String> {
        Some(self.need.summary.chars().take(160).collect())
    }
    fn repeats(&self) -> bool {
        true
    }
}

#[derive(Serialize)]
pub struct NeedView {
    reference: String,
    url: String,
    language: Language,
    status: StatusView,
    innovation_text: Option<String>,
    area_tags: Vec<String>,
    title: String,
    buyer: Buyer,
    region_text: String,
    published_at: Option<When>,
    deadline: Option<Deadline>,
    contact: Option<ContactView>,
    budget_text: Option<String>,
    regions: Vec<String>,
    cpv: Vec<Named>,
    version: i32,
    summary: String,
    problem: String,
    affected: String,
    current_situation: String,
    desired_effects: Vec<EffectView>,
    constraints: String,
    tried: String,
    undecided: String,
}

#[derive(Serialize)]
struct Buyer {
    name: String,
    number: String,
}

#[derive(Serialize)]
struct ContactView {
    name: String,
    email: String,
    phone: String,
    phone_text: String,
}

#[derive(Serialize)]
struct EffectView {
    metric: String,
    baseline: String,
    target: String,
    by: String,
}

#[derive(Serialize)]
struct Invite {
    login_url: String,
    register_url: String,
}

#[derive(Serialize)]
struct Banner {
    kind: &'static str,
    text: String,
    url: Option<String>,
    url_text: Option<String>,
}

#[derive(Serialize)]
struct OwnResponse {
    text: String,
    url: String,
}

#[derive(Serialize)]
struct OutcomeView {
    kind_text: String,
    text: String,
    url: Option<String>,
    at: When,
}

#[derive(Serialize)]
struct CountsView {
    followers: i64,
    questions: i64,
    /// How many questions wait for an answer, where not all of them are shown.
    waiting: usize,
    /// Only the buyer is told how many have responded.
    responses: Option<i64>,
}

#[derive(Serialize)]
struct JoinerView {
    name: String,
    volume: String,
    note: Option<String>,
}

#[derive(Serialize)]
pub(super) struct AttachmentView {
    pub name: String,
    pub url: String,
    pub kind: String,
    pub size: String,
}

#[derive(Serialize)]
struct NextStep {
    title: String,
    text: String,
    current: bool,
}

/// `GET /behov/{reference}`
pub async fn show(app: Data<App>, visitor: Visitor, reference: Path<String>) -> web::Result {
    let (reference, seen) = (reference.into_inner(), Seen::by(&visitor));
    let (of_need, asker) = (reference.clone(), visitor.clone());
    let shown = page(&app, visitor, move |op| {
        need_page(op, &of_need, AskForm { text: crate::web::Field::default() }, Errors::default(), seen)
    });
    match shown.await {
        Err(Failure(Error::NotFound(_))) => withdrawn::instead(&app, asker, reference).await,
        shown => shown,
    }
}

/// The page of the need, with a question that could not be sent still in its form.
pub fn with_question(
    op: &mut Op<'_>,
    reference: &str,
    typed: String,
    errors: &[FieldError],
    seen: Seen,
) -> Result<NeedPage> {
    let errors = Errors::new(errors, seen.language);
    need_page(op, reference, AskForm { text: errors.field("text", typed) }, errors, seen)
}

fn need_page(op: &mut Op<'_>, reference: &str, form: AskForm, errors: Errors, seen: Seen) -> Result<NeedPage> {
    let Seen { root, language } = seen;
    let need = readable(op, reference)?.into_inner();
    let buyer = tenancy::organisation(op.db(), need.tenant_id)?;
    let follows = needs::is_followed(op, need.id)?;
    let joiners = store::joiners_of(op.db(), need.id)?;
    let joined = joiners.iter().any(|joiner| op.actor().belongs_to(joiner.organisation));
    let can = Can::new(op.actor(), &need, follows, joined, op.now());
    let counts = store::counts(op.db(), &[need.id])?.remove(&need.id).unwrap_or_default();
    let questions = dialogue::questions_of(op.db(), need.id)?;
    let unanswered = unanswered(op, &need, &questions, root, language)?;
    let waiting = questions.iter().filter(|question| question.answered_at.is_none()).count();
    let waiting = if waiting > unanswered.len() { waiting } else { 0 };
    Ok(NeedPage {
        actions_any: can.any(),
        // Of a need that is over there is nothing to ask or to answer.
        invite: (matches!(op.actor(), Actor::Anonymous) && need.open_for_dialogue(op.now()).is_ok())
            .then(|| invite(&need, root)),
        banner: banner(need.status, language),
        own_response: own_response(op, &need, root, language)?,
        outcome: outcome(op, &need, language)?,
        withdrawn: None,
        counts: counts_view(op.actor(), &need, counts, waiting),
        joiners: joiners.into_iter().map(joiner_view).collect(),
        attachments: attachments(op, &need, root, language)?,
        next_steps: next_steps(&need, op.now(), language),
        unanswered_title: unanswered_title(op.actor(), &need, unanswered.len(), language),
        unanswered,
        questions: answered(op.actor(), questions, language),
        form,
        errors,
        can,
        need: need_view(&need, &buyer, op.now(), root, language),
    })
}

fn invite(need: &Need, root: &str) -> Invite {
    let back: String = url::form_urlencoded::byte_serialize(format!("/behov/{}", need.reference).as_bytes()).collect();
    Invite { login_url: format!("{root}/logg-inn?neste={back}"), register_url: format!("{root}/registrer") }
}

fn banner(status: Status, language: Language) -> Option<Banner> {
    let (kind, key) = match status {
        Status::Draft => ("warning", "needs-banner-draft"),
        Status::Withdrawn => ("warning", "needs-banner-withdrawn"),
        Status::Concluded => ("info", "needs-banner-concluded"),
        Status::Published => return None,
    };
    Some(Banner { kind, text: language.text(key), url: None, url_text: None })
}

fn own_response(op: &mut Op<'_>, need: &Need, root: &str, language: Language) -> Result<Option<OwnResponse>> {
    let Ok(member) = op.member() else { return Ok(None) };
    if !op.actor().is_supplier() {
        return Ok(None);
    }
    let own = dialogue::response_of(op.db(), need.id, member.organisation)?;
    Ok(own.map(|response| OwnResponse {
        text: language.text_with(
            "needs-show-own-response-text",
            [("date", wording::date_time(response.sent_at, language).into())],
        ),
        url: format!("{root}/behov/{}/svar/{}", need.reference, response.id),
    }))
}

fn outcome(op: &mut Op<'_>, need: &Need, language: Language) -> Result<Option<OutcomeView>> {
    if need.status != Status::Concluded {
        return Ok(None);
    }
    Ok(dialogue::outcome(op.db(), need.id)?.map(|o| OutcomeView {
        kind_text: language.text(&format!("needs-outcome-{}", o.kind.as_str())),
        text: o.text,
        url: None,
        at: When::day(o.told_at, language),
    }))
}

fn counts_view(actor: &Actor, need: &Need, counts: Counts, waiting: usize) -> CountsView {
    CountsView {
        followers: counts.followers,
        questions: counts.questions,
        waiting,
        responses: actor.belongs_to(need.tenant_id).then_some(counts.responses),
    }
}

fn joiner_view(joiner: Joiner) -> JoinerView {
    JoinerView { name: joiner.name, volume: joiner.volume, note: None }
}

pub(super) fn attachments(op: &mut Op<'_>, need: &Need, root: &str, language: Language) -> Result<Vec<AttachmentView>> {
    let files = dialogue::attachments_of_need(op.db(), need.id)?;
    Ok(attachment_views(&files, need, root, language))
}

pub(super) fn attachment_views(
    files: &[Attachment],
    need: &Need,
    root: &str,
    language: Language,
) -> Vec<AttachmentView> {
    let kind = |name: &str| name.rsplit_once('.').map(|(_, e)| e.to_uppercase()).unwrap_or_default();
    let view = |a: &Attachment| AttachmentView {
        url: format!("{root}/behov/{}/vedlegg/{}", need.reference, a.id),
        kind: kind(&a.name),
        size: wording::size(a.bytes, language),
        name: a.name.clone(),
    };
    files.iter().map(view).collect()
}

fn next_steps(need: &Need, now: Timestamp, language: Language) -> Vec<NextStep> {
    if need.status != Status::Published {
        return Vec::new();
    }
    let open = need.open_for_dialogue(now).is_ok();
    [("dialogue", open), ("reading", !open), ("outcome", false)]
        .into_iter()
        .map(|(step, current)| NextStep {
            title: language.text(&format!("needs-show-next-{step}")),
            text: language.text(&format!("needs-show-next-{step}-text")),
            current,
        })
        .collect()
}

pub(super) fn need_view(need: &Need, buyer: &Organisation, now: Timestamp, root: &str, language: Language) -> NeedView {
    let d = &need.description.0;
    NeedView {
        reference: need.reference.clone(),
        url: need_url(root, &need.reference),
        language: need.language,
        status: status_view(need.status, need.response_deadline, now, language),
        innovation_text: need.innovation_kind.map(|k| language.text(&format!("needs-innovation-{}", k.as_str()))),
        area_tags: need.areas.0.iter().map(|a| view::area_text(*a, language)).collect(),
        title: need.title.clone(),
        buyer: Buyer { name: buyer.name.clone(), number: buyer.number.clone() },
        region_text: wording::regions(&need.region.0),
        published_at: need.published_at.map(|at| When::day(at, language)),
        deadline: need.response_deadline.map(|at| Deadline::new(at, now, language)),
        contact: (!d.contact.email.is_empty()).then(|| ContactView {
            name: d.contact.name.clone(),
            email: d.contact.email.clone(),
            phone: d.contact.phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect(),
            phone_text: d.contact.phone.clone(),
        }),
        budget_text: d.budget.as_ref().map(|b| wording::amount(b.amount, &b.currency, language)),
        regions: need.region.0.iter().map(|r| Region::name_of(r).unwrap_or(r).to_owned()).collect(),
        cpv: named(&need.cpv.0, language),
        version: need.version,
        summary: need.summary.clone(),
        problem: d.problem.clone(),
        affected: d.affected.clone(),
        current_situation: d.current_situation.clone(),
        desired_effects: d
            .desired_effects
            .iter()
            .map(|e| EffectView {
                metric: e.metric.clone(),
                baseline: e.baseline.clone(),
                target: e.target.clone(),
                by: e.by.map(|day| wording::date(day, language)).unwrap_or_default(),
            })
            .collect(),
        constraints: d.constraints.clone(),
        tried: d.tried.clone(),
        undecided: d.undecided.clone(),
    }
}

/// How many suppliers would be told of it.
pub(super) fn receivers(op: &mut Op<'_>, need: &Need) -> Result<usize> {
    Ok(suppliers::matching(op.db(), &need.areas.0, &need.region.0)?.len())
}

/// `POST /behov/{reference}/folg`. A question that stands on the page, and has not been sent, stands there still.
pub async fn follow(app: Data<App>, visitor: Visitor, reference: Path<String>, posted: Posted) -> web::Result {
    let (reference, seen) = (reference.into_inner(), Seen::by(&visitor));
    let stop = posted.fields.get("action") == "unfollow";
    let typed = posted.fields.get("text").to_owned();
    let of_need = reference.clone();
    let followed = form::once(&app, visitor.caller(), posted.key, move |op| {
        let need = store::find_by_reference(op.db(), &of_need)?;
        if !stop {
            let permit = policy::follow(op.actor(), need)?;
            needs::follow(op, permit)?;
            return Ok(Onward::to(need_url("", &of_need)).saying("need-followed"));
        }
        let follows = needs::is_followed(op, need.id)?;
        // One that has been taken back has no page for them.
        let gone = !policy::can_see(op.actor(), &need);
        let permit = policy::unfollow(op.actor(), need, follows)?;
        needs::unfollow(op, permit)?;
        let back = if gone { "/min-side".to_owned() } else { need_url("", &of_need) };
        Ok(Onward::to(back).saying("need-unfollowed"))
    });
    let followed = followed.await?;
    if typed.is_empty() {
        return Ok(followed.go(&visitor));
    }
    page(&app, followed.said_to(visitor), move |op| with_question(op, &reference, typed, &[], seen)).await
}
