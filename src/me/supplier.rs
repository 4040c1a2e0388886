//! The supplier's desk: what was sent, what is followed, and what could fit.
use super::followed::{self, Followed};
use crate::Result;
use crate::dialogue::{self, Question, Response};
use crate::needs::Finder;
use crate::needs::web::{NeedCard, need_url};
use crate::needs::{self, Listed, NeedId, Search, Sort};
use crate::op::Op;
use crate::platform::db::types::Timestamp;
use crate::platform::language::Language;
use crate::suppliers::{self, Profile};
use crate::tenancy::{self, Member, OrganisationId};
use crate::web::view::{Deadline, When};
use serde::Serialize;
use std::collections::HashSet;

const RESPONSES: i64 = 20;
const QUESTIONS: i64 = 10;
const MATCHES: usize = 5;

#[derive(Serialize)]
pub struct SupplierDesk {
    empty: bool,
    profile_complete: bool,
    told_of_new_needs: bool,
    /// Whoever looks has stopped that for themselves.
    is_silent: bool,
    needs_url: String,
    next_deadline: Option<NextDeadline>,
    follows: Vec<Followed>,
    responses: Vec<Sent>,
    questions: Vec<Asked>,
    matches: Vec<NeedCard>,
}

#[derive(Serialize)]
struct NextDeadline {
    title: String,
    url: String,
    deadline: Deadline,
    respond_url: Option<String>,
}

#[derive(Serialize)]
struct Sent {
    need_title: String,
    url: String,
    buyer: String,
    sent: When,
    read: Option<When>,
    thanked: Option<When>,
    outcome: Option<String>,
}

#[derive(Serialize)]
struct Asked {
    need_title: String,
    url: String,
    text: String,
    asked: When,
    answer: Option<Answer>,
}

#[derive(Serialize)]
struct Answer {
    text: String,
    when: When,
}

impl SupplierDesk {
    pub fn read(op: &mut Op<'_>, finder: &Finder, member: &Member, root: &str, language: Language) -> Result<Self> {
        let now = op.now();
        let profile = suppliers::profile_of(op.db(), member.organisation)?;
        let followed = followed::by(op, member)?;
        let responses = dialogue::responses_by(op.db(), member.organisation, None, RESPONSES)?;
        let questions = dialogue::questions_asked_by(op.db(), member.user, member.organisation, None, QUESTIONS)?;
        let responded: HashSet<NeedId> = responses.iter().map(|(r, ..)| r.need_id).collect();
        let known: HashSet<NeedId> = responded.iter().copied().chain(followed.iter().map(|n| n.id)).collect();
        let complete = profile.as_ref().is_some_and(Profile::is_complete);
        let matches = match &profile {
            Some(profile) if complete => matches(op, finder, profile, &known)?,
            Some(_) | None => Vec::new(),
        };
        let is_told = profile.is_some_and(|p| p.tell_me_of_new_needs);
        let wants_none = tenancy::wants_no_new_needs(op.db(), member.organisation, member.user)?;
        Ok(Self {
            empty: followed.is_empty() && responses.is_empty() && questions.is_empty(),
            profile_complete: complete,
            told_of_new_needs: is_told && !wants_none,
            is_silent: is_told && wants_none,
            needs_url: format!("{root}/"),
            next_deadline: NextDeadline::among(&followed, &responded, now, root, language),
            responses: sent(op, responses, root, language)?,
            questions: questions.into_iter().map(|q| Asked::new(q, root, language)).collect(),
            matches: matches.into_iter().map(|n| NeedCard::new(n, None, root, now, language)).collect(),
            follows: followed::shown(followed, now, root, language),
        })
    }
}

/// Open needs in the areas and places of the profile that the supplier does not know already, the newest first.
fn matches(op: &mut Op<'_>, finder: &Finder, profile: &Profile, known: &HashSet<NeedId>) -> Result<Vec<Listed>> {
    let mut regions = profile.regions.0.clone();
    // A need of the whole county is one of each municipality in it.
    regions.extend(profile.regions.0.iter().filter_map(|r| r.get(..2)).map(str::to_owned));
    regions.sort();
    regions.dedup();
    let search = Search {
        regions,
        areas: profile.areas.0.iter().map(|a| a.as_str().to_owned()).collect(),
        deadline_after: Some(op.now()),
        sort: Some(Sort::Newest),
        limit: MATCHES + known.len().min(100),
        ..Search::default()
    };
    let mut found = needs::search(op, finder, &search)?.needs;
    found.retain(|need| !known.contains(&need.id));
    found.truncate(MATCHES);
    Ok(found)
}

fn sent(
    op: &mut Op<'_>,
    responses: Vec<(Response, String, String)>,
    root: &str,
    language: Language,
) -> Result<Vec<Sent>> {
    let tenants: Vec<OrganisationId> = responses.iter().map(|(r, ..)| r.tenant_id).collect();
    let needs: Vec<NeedId> = responses.iter().map(|(r, ..)| r.need_id).collect();
    let buyers = tenancy::names_of(op.db(), &tenants)?;
    let outcomes = dialogue::outcomes_of(op.db(), &needs)?;
    Ok(responses
        .into_iter()
        .map(|(response, reference, need_title)| Sent {
            need_title,
            url: format!("{}/svar/{}", need_url(root, &reference), response.id),
            buyer: buyers.get(&response.tenant_id).cloned().unwrap_or_default(),
            sent: When::day(response.sent_at, language),
            read: response.read_at.map(|at| When::short(at, language)),
            thanked: response.thanked_at.map(|at| When::short(at, language)),
            outcome: outcomes
                .get(&response.need_id)
                .map(|kind| language.text(&format!("needs-outcome-{}", kind.as_str()))),
        })
        .collect())
}

impl NextDeadline {
    /// The nearest deadline of what is followed but not responded to.
    fn among(
        followed: &[Listed],
        responded: &HashSet<NeedId>,
        now: Timestamp,
        root: &str,
        language: Language,
    ) -> Option<Self> {
        let open = |need: &&Listed| {
            need.status == needs::Status::Published
                && need.response_deadline.is_some_and(|at| at > now)
                && !responded.contains(&need.id)
        };
        let need = followed.iter().filter(open).min_by_key(|need| need.response_deadline)?;
        let url = need_url(root, &need.reference);
        Some(Self {
            title: need.title.clone(),
            deadline: Deadline::new(need.response_deadline?, now, language),
            respond_url: Some(format!("{url}/svar/nytt")),
            url,
        })
    }
}

impl Asked {
    fn new((question, reference, need_title): (Question, String, String), root: &str, language: Language) -> Self {
        let answered = question.answer.zip(question.answered_at);
        Self {
            need_title,
            url: need_url(root, &reference),
            text: question.text,
            asked: When::day(question.asked_at, language),
            answer: answered.map(|(text, at)| Answer { text, when: When::day(at, language) }),
        }
    }
}
