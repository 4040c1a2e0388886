//! The buyer's desk: what waits for an answer, and all the needs.
use super::followed::{self, Followed};
use crate::Result;
use crate::api;
use crate::dialogue;
use crate::needs::web::{form_field, need_url, status_view};
use crate::needs::{self, Need, NeedId};
use crate::op::Op;
use crate::platform::language::Language;
use crate::platform::wording;
use crate::tenancy::{self, Member, OrganisationId};
use crate::web::view::{self, StatusView, When};
use serde::Serialize;

/// Needs on a page.
const LENGTH: usize = 20;
/// Of each kind of thing that waits.
const WAITING: i64 = 20;

#[derive(Serialize)]
pub struct BuyerDesk {
    empty: bool,
    new_url: String,
    nothing_waits: bool,
    next: Next,
    needs: Vec<NeedRow>,
    next_url: Option<String>,
    follows: Vec<Followed>,
    /// The figures of the own municipality beside those that it is like, and the report of a year.
    statistics_url: String,
    report_url: String,
}

/// What waits for the buyer.
#[derive(Default, Serialize)]
struct Next {
    unread: i64,
    questions: Vec<AskedView>,
    responses: Vec<Unread>,
    outcomes: Vec<Awaited>,
    drafts: Vec<Draft>,
}

#[derive(Serialize)]
struct AskedView {
    need_title: String,
    url: String,
    text: String,
    asked: When,
}

#[derive(Serialize)]
struct Unread {
    need_title: String,
    url: String,
    unread: i64,
}

#[derive(Serialize)]
struct Awaited {
    need_title: String,
    url: String,
    deadline: When,
    responses: i64,
}

#[derive(Serialize)]
struct Draft {
    title: String,
    edit_url: String,
    preview_url: String,
    saved: When,
    missing: Vec<Missing>,
}

#[derive(Serialize)]
struct Missing {
    field: String,
    message: String,
}

#[derive(Serialize)]
struct NeedRow {
    reference: String,
    title: String,
    url: String,
    status: StatusView,
    deadline: Option<When>,
    followers: i64,
    questions: i64,
    responses: i64,
}

impl BuyerDesk {
    pub fn read(
        op: &mut Op<'_>,
        member: &Member,
        before: Option<NeedId>,
        root: &str,
        path: &str,
        language: Language,
    ) -> Result<Self> {
        let tenant = member.organisation;
        let now = op.now();
        let rows = i64::try_from(LENGTH).unwrap_or(100);
        let mut needs = needs::of_tenant(op.db(), tenant, None, before, rows + 1)?;
        let more = needs.len() > LENGTH;
        needs.truncate(LENGTH);
        // Those who only read are not asked to do what they may not.
        let awaited = if op.actor().buys_for(tenant) {
            dialogue::outcomes_awaited(op.db(), tenant, now, WAITING)?
        } else {
            Vec::new()
        };
        let ids: Vec<NeedId> = needs.iter().map(|n| n.id).chain(awaited.iter().map(|(id, ..)| *id)).collect();
        let counts = needs::counts(op.db(), &ids)?;
        let count = |id: &NeedId| counts.get(id).copied().unwrap_or_default();
        let outcomes = awaited
            .into_iter()
            .map(|(id, reference, need_title, deadline)| Awaited {
                need_title,
                url: format!("{}/utfall", need_url(root, &reference)),
                deadline: When::short(deadline, language),
                responses: count(&id).responses,
            })
            .collect();
        let next = Next { outcomes, ..Next::read(op, tenant, root, language)? };
        let place = tenancy::organisation(op.db(), tenant)?.municipality;
        let of_place = place.map(|number| format!("?region={number}&compare=kostra-group")).unwrap_or_default();
        let statistics_url = format!("{root}/statistikk{of_place}");
        let followed = followed::by(op, member)?;
        Ok(Self {
            follows: followed::shown(followed, now, root, language),
            empty: before.is_none() && needs.is_empty(),
            new_url: format!("{root}/behov/nytt"),
            nothing_waits: next.questions.is_empty()
                && next.responses.is_empty()
                && next.outcomes.is_empty()
                && next.drafts.is_empty(),
            next,
            report_url: format!("{statistics_url}#report"),
            statistics_url,
            next_url: needs
                .last()
                .filter(|_| more)
                .map(|n| format!("{root}{}", view::with_parameter(path, "cursor", &api::encode(&n.id)))),
            needs: needs
                .into_iter()
                .map(|n| NeedRow {
                    url: need_url(root, &n.reference),
                    status: status_view(n.status, n.response_deadline, now, language),
                    deadline: n.response_deadline.map(|at| When::short(at, language)),
                    followers: count(&n.id).followers,
                    questions: count(&n.id).questions,
                    responses: count(&n.id).responses,
                    reference: n.reference,
                    title: n.title,
                })
                .collect(),
        })
    }
}

impl Next {
    /// All but the outcomes.
    fn read(op: &mut Op<'_>, tenant: OrganisationId, root: &str, language: Language) -> Result<Self> {
        // Those who only read are told of nothing to do.
        if !op.actor().buys_for(tenant) {
            return Ok(Self::default());
        }
        let unread = dialogue::unread_by_need(op.db(), tenant)?;
        let responses = Self {
            unread: unread.iter().map(|(n, ..)| n).sum(),
            responses: unread
                .into_iter()
                .map(|(unread, reference, need_title)| Unread {
                    need_title,
                    url: format!("{}/svar", need_url(root, &reference)),
                    unread,
                })
                .collect(),
            ..Self::default()
        };
        let questions = dialogue::unanswered_of(op.db(), tenant, WAITING)?
            .into_iter()
            .map(|(question, reference, need_title)| AskedView {
                need_title,
                url: format!("{}/sporsmal/{}", need_url(root, &reference), question.id),
                asked: When::short(question.asked_at, language),
                text: question.text,
            })
            .collect();
        let drafts = needs::drafts_of(op.db(), tenant, WAITING)?;
        let drafts = drafts.into_iter().map(|need| Draft::new(need, op, root, language)).collect();
        Ok(Self { questions, drafts, ..responses })
    }
}

impl Draft {
    fn new(need: Need, op: &Op<'_>, root: &str, language: Language) -> Self {
        let url = need_url(root, &need.reference);
        let missing = need.content().missing(op.now());
        Self {
            edit_url: format!("{url}/rediger"),
            preview_url: format!("{url}/forhandsvis"),
            saved: When::short(need.updated_at, language),
            missing: missing
                .iter()
                .map(|e| Missing { field: form_field(&e.field), message: wording::sentence(e, language) })
                .collect(),
            title: need.title,
        }
    }
}
