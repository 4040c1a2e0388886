//! One need, as everybody reads it and as those see it who may do more.
use super::readable;
use crate::cpv::web::{Named, named};
use crate::dialogue::{self, Question};
use crate::needs::{Counts, Joiner, Need, Status, policy, store};
use crate::op::Op;
use crate::platform::db::types::Timestamp;
use crate::platform::language::Language;
use crate::platform::wording;
use crate::regulations::Region;
use crate::tenancy::{self, Actor, Organisation};
use crate::web::form::{Errors, Field, Posted};
use crate::web::view::{self, Deadline, StatusView, When};
use crate::web::{Flash, Page, Visitor, page_with_status, see_other};
use crate::{App, FieldError, Result, suppliers};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use serde::Serialize;
use std::collections::HashMap;

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

/// What this visitor may do here.
#[derive(Debug, Clone, Copy, Default, Serialize)]
struct Can {
    edit: bool,
    publish: bool,
    withdraw: bool,
    follow: bool,
    unfollow: bool,
    ask: bool,
    respond: bool,
    join: bool,
    conclude: bool,
    see_responses: bool,
    draft_e1: bool,
    draft_plan: bool,
}

impl Can {
    fn any(self) -> bool {
        self.edit
            || self.publish
            || self.withdraw
            || self.follow
            || self.unfollow
            || self.ask
            || self.respond
            || self.join
            || self.conclude
            || self.see_responses
            || self.draft_e1
            || self.draft_plan
    }
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

#[derive(Serialize)]
struct QuestionView {
    text: String,
    own: bool,
    asked_at: When,
    answer: String,
    answered_at: When,
}

#[derive(Serialize)]
struct UnansweredView {
    text: String,
    asker: Option<String>,
    asked_at: When,
    answer_url: Option<String>,
}

#[derive(Serialize)]
struct AskForm {
    text: Field,
}

/// `GET /behov/{reference}`
pub async fn show(app: Data<App>, visitor: Visitor, reference: Path<String>) -> crate::web::Result {
    show_with(app, visitor, reference.into_inner(), None).await
}

/// The page of the need, with a question that could not be sent still in its form.
pub async fn show_with(
    app: Data<App>,
    visitor: Visitor,
    reference: String,
    asked: Option<(String, Vec<FieldError>)>,
) -> crate::web::Result {
    let (root, language) = (visitor.root, visitor.language());
    let status = if asked.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page_with_status(&app, visitor, status, move |op| need_page(op, &reference, asked, root, language)).await
}

fn need_page(
    op: &mut Op<'_>,
    reference: &str,
    asked: Option<(String, Vec<FieldError>)>,
    root: &'static str,
    language: Language,
) -> Result<NeedPage> {
    let need = readable(op, reference)?.into_inner();
    let buyer = tenancy::organisation(op.db(), need.tenant_id)?;
    let follows = match op.actor().member().map(|m| m.user) {
        Ok(user) => store::follows(op.db(), need.id, user)?,
        Err(_) => false,
    };
    let can = can(op.actor(), &need, follows, op.now());
    let counts = store::counts(op.db(), &[need.id])?.remove(&need.id).unwrap_or_default();
    let questions = dialogue::questions_of(op.db(), need.id)?;
    let (text, errors) = asked.unwrap_or_default();
    let errors = Errors::new(&errors, language);
    let unanswered = unanswered(op, &need, &questions, root, language)?;
    Ok(NeedPage {
        actions_any: can.any(),
        invite: matches!(op.actor(), Actor::Anonymous).then(|| invite(&need, root)),
        banner: banner(need.status, language),
        own_response: own_response(op, &need, root, language)?,
        outcome: outcome(op, &need, language)?,
        withdrawn: None,
        counts: counts_view(op.actor(), &need, counts),
        joiners: store::joiners_of(op.db(), need.id)?.into_iter().map(joiner_view).collect(),
        attachments: attachments(op, &need, root, language)?,
        next_steps: next_steps(&need, op.now(), language),
        unanswered_title: unanswered_title(op.actor(), &need, unanswered.len(), language),
        unanswered,
        questions: answered(op.actor(), questions, language),
        form: AskForm { text: errors.field("text", text) },
        errors,
        can,
        need: need_view(&need, &buyer, op.now(), root, language),
    })
}

fn can(actor: &Actor, need: &Need, follows: bool, now: Timestamp) -> Can {
    let logged_in = actor.member().is_ok();
    let (writes, own) = (actor.buys_for(need.tenant_id), actor.belongs_to(need.tenant_id));
    let open = need.open_for_dialogue(now).is_ok();
    let published = need.status == Status::Published;
    Can {
        edit: writes && matches!(need.status, Status::Draft | Status::Published),
        publish: writes && matches!(need.status, Status::Draft | Status::Withdrawn),
        withdraw: writes && published,
        follow: logged_in && !own && !follows && published,
        unfollow: logged_in && follows,
        ask: logged_in && !own && open,
        respond: actor.is_supplier() && open,
        join: actor.is_buyer() && !own && published,
        conclude: writes && published,
        see_responses: own && need.status != Status::Draft,
        draft_e1: writes && open,
        draft_plan: writes && need.status != Status::Withdrawn,
    }
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

fn counts_view(actor: &Actor, need: &Need, counts: Counts) -> CountsView {
    CountsView {
        followers: counts.followers,
        questions: counts.questions,
        responses: actor.belongs_to(need.tenant_id).then_some(counts.responses),
    }
}

fn joiner_view(joiner: Joiner) -> JoinerView {
    JoinerView { name: joiner.name, volume: joiner.volume, note: None }
}

pub(super) fn attachments(op: &mut Op<'_>, need: &Need, root: &str, language: Language) -> Result<Vec<AttachmentView>> {
    let kind = |name: &str| name.rsplit_once('.').map(|(_, e)| e.to_uppercase()).unwrap_or_default();
    Ok(dialogue::attachments_of_need(op.db(), need.id)?
        .into_iter()
        .map(|a| AttachmentView {
            url: format!("{root}/behov/{}/vedlegg/{}", need.reference, a.id),
            kind: kind(&a.name),
            size: view::size_text(a.bytes, language),
            name: a.name,
        })
        .collect())
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

fn answered(actor: &Actor, questions: Vec<Question>, language: Language) -> Vec<QuestionView> {
    let asker = actor.member().map(|m| m.user).ok();
    questions
        .into_iter()
        .filter_map(|q| {
            Some(QuestionView {
                own: Some(q.asked_by) == asker,
                asked_at: When::day(q.asked_at, language),
                answered_at: When::day(q.answered_at?, language),
                answer: q.answer?,
                text: q.text,
            })
        })
        .collect()
}

/// The buyer sees what waits for an answer, and who asks; a supplier what its own people wait for.
fn unanswered(
    op: &mut Op<'_>,
    need: &Need,
    questions: &[Question],
    root: &str,
    language: Language,
) -> Result<Vec<UnansweredView>> {
    let (buyer, may_answer) = (op.actor().belongs_to(need.tenant_id), op.actor().buys_for(need.tenant_id));
    let waiting: Vec<&Question> =
        questions.iter().filter(|q| q.answered_at.is_none() && dialogue::policy::knows_asker(op.actor(), q)).collect();
    let askers: Vec<_> = waiting.iter().map(|q| q.organisation_id).collect();
    let names = if buyer { tenancy::names_of(op.db(), &askers)? } else { HashMap::new() };
    Ok(waiting
        .into_iter()
        .map(|q| UnansweredView {
            text: q.text.clone(),
            asker: names.get(&q.organisation_id).cloned(),
            asked_at: When::day(q.asked_at, language),
            answer_url: may_answer.then(|| format!("{root}/behov/{}/sporsmal/{}", need.reference, q.id)),
        })
        .collect())
}

fn unanswered_title(actor: &Actor, need: &Need, count: usize, language: Language) -> Option<String> {
    let count = i64::try_from(count).ok().filter(|n| *n > 0)?;
    Some(if actor.belongs_to(need.tenant_id) {
        language.text_with("needs-show-unanswered", [("count", count.into())])
    } else {
        language.text("needs-show-unanswered-own")
    })
}

fn need_view(need: &Need, buyer: &Organisation, now: Timestamp, root: &str, language: Language) -> NeedView {
    let d = &need.description.0;
    NeedView {
        reference: need.reference.clone(),
        url: view::need_url(root, &need.reference),
        language: need.language,
        status: StatusView::of_need(need.status, need.response_deadline, now, language),
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

/// `POST /behov/{reference}/folg`
pub async fn follow(app: Data<App>, visitor: Visitor, reference: Path<String>, posted: Posted) -> crate::web::Result {
    let reference = reference.into_inner();
    let stop = posted.fields.get("action") == "unfollow";
    let path = format!("/behov/{reference}");
    app.write(visitor.caller(), move |op| {
        let need = store::find_by_reference(op.db(), &reference)?;
        let permit = policy::follow(op.actor(), need)?;
        if stop { crate::needs::unfollow(op, permit) } else { crate::needs::follow(op, permit) }
    })
    .await?;
    let flash = if stop { Flash::success("need-unfollowed") } else { Flash::success("need-followed") };
    Ok(see_other(&visitor, &path, flash))
}
