//! What came before a competition: planning and market consultations, found among the notices that were brought in.
use super::observation::{Day, Observation, Told, hash};
use super::store::Row;
use crate::notices::NoticeReference;
use crate::notices::codelists::FormType;
use std::collections::HashSet;

/// How far a competition may be from a consultation that it reaches through planning: as many notices of planning between them as
/// any procedure has, and an end where notices point at each other in a long row.
const BETWEEN: usize = 8;

/// What links notices, beside what an [`Observation`] keeps: the names of planning and of consultations, and what they and
/// competitions point at. Others have none, so it is small beside the observations.
#[derive(Debug, Clone, Default)]
pub(super) struct Links {
    plans: Vec<Plan>,
    pointers: Vec<Pointer>,
}

/// A name of a notice of planning or consultation, whatever version of it.
#[derive(Debug, Clone, Copy)]
struct Plan {
    /// [`Observation::key`].
    notice: u64,
    /// [`NoticeReference::name`], as a hash.
    name: u64,
    /// It is a consultation; or leads to one, once that is followed.
    consulted: bool,
}

/// What a competition or a notice of planning points at (BT-125, OPP-090).
#[derive(Debug, Clone, Copy)]
struct Pointer {
    /// [`Observation::key`].
    notice: u64,
    /// [`NoticeReference::name`], as a hash.
    name: u64,
}

impl Links {
    /// Takes in what a notice is called, or what it points at.
    pub fn take(&mut self, row: &Row, observation: &Observation) {
        let notice = observation.key;
        if is_plan(observation) || observation.form == Told::As(FormType::Competition) {
            let names = row.previous_notices.0.iter();
            self.pointers.extend(names.map(|name| Pointer { notice, name: hash(name) }));
        }
        if is_plan(observation) {
            // Its number on TED, as others write it.
            let number = row.publication_id.as_deref().and_then(|id| NoticeReference::new(id).name());
            let names = row.notice_id.as_deref().into_iter().chain(number.as_deref());
            let consulted = is_consultation(observation);
            self.plans.extend(names.map(|name| Plan { notice, name: hash(name), consulted }));
        }
    }

    pub fn forget(&mut self, notices: &HashSet<u64>) {
        self.plans.retain(|plan| !notices.contains(&plan.notice));
        self.pointers.retain(|pointer| !notices.contains(&pointer.notice));
    }

    /// Marks every competition that follows planning or a consultation which is here: one that it points at, or that leads to, or an
    /// earlier one of the same procedure (BT-04). Done when something has changed, so that no question has to.
    pub fn mark(&self, all: &mut [Observation]) {
        let pointed = self.pointed();
        let (plans, consultations) = (first_days(all, is_plan), first_days(all, is_consultation));
        for notice in all.iter_mut().filter(|notice| notice.form == Told::As(FormType::Competition)) {
            let found = find(&pointed, notice.key);
            let is_earlier = |days: &[(u64, Day)]| find(days, notice.procedure).is_some_and(|day| day < notice.issued);
            let consulted = found == Some(true) || is_earlier(&consultations);
            let planned = found.is_some() || is_earlier(&plans);
            (notice.marks.planned, notice.marks.consulted) = (planned, consulted);
        }
    }

    /// The notices that point at planning or a consultation here, and whether a consultation is reached, also through planning that
    /// points at one itself.
    fn pointed(&self) -> Vec<(u64, bool)> {
        let mut plans = self.plans.clone();
        let mut found = self.followed(&plans);
        for _ in 0..BETWEEN {
            let mut further = false;
            for plan in plans.iter_mut().filter(|plan| !plan.consulted) {
                plan.consulted = find(&found, plan.notice) == Some(true);
                further |= plan.consulted;
            }
            if !further {
                break;
            }
            found = self.followed(&plans);
        }
        found
    }

    fn followed(&self, plans: &[Plan]) -> Vec<(u64, bool)> {
        let names = largest_of_each(plans.iter().map(|plan| (plan.name, plan.consulted)).collect());
        let found = self.pointers.iter().filter_map(|pointer| Some((pointer.notice, find(&names, pointer.name)?)));
        largest_of_each(found.collect())
    }
}

fn is_plan(notice: &Observation) -> bool {
    matches!(notice.form, Told::As(FormType::Planning | FormType::Consultation))
}

fn is_consultation(notice: &Observation) -> bool {
    notice.form == Told::As(FormType::Consultation)
}

/// The day of the first notice of each procedure that has such, in the order of procedures.
fn first_days(all: &[Observation], of: impl Fn(&Observation) -> bool) -> Vec<(u64, Day)> {
    let told = all.iter().filter(|notice| notice.procedure != 0 && !notice.issued.is_none() && of(notice));
    let mut days: Vec<(u64, Day)> = told.map(|notice| (notice.procedure, notice.issued)).collect();
    days.sort_unstable();
    days.dedup_by_key(|(procedure, _)| *procedure);
    days
}

/// Each key once, with the largest value, in the order of keys.
fn largest_of_each(mut pairs: Vec<(u64, bool)>) -> Vec<(u64, bool)> {
    pairs.sort_unstable_by(|a, b| b.cmp(a));
    pairs.dedup_by_key(|(key, _)| *key);
    pairs.reverse();
    pairs
}

fn find<T: Copy>(sorted: &[(u64, T)], key: u64) -> Option<T> {
    let at = sorted.binary_search_by_key(&key, |(key, _)| *key).ok()?;
    sorted.get(at).map(|(_, value)| *value)
}
