//! What came before a competition: planning and market consultations, found among the notices that were brought in.
use super::observation::{Day, Observation, Told, hash};
use super::store::Row;
use crate::notices::NoticeReference;
use crate::notices::codelists::FormType;
use std::collections::HashSet;

/// What links notices, beside what an [`Observation`] keeps: the names of planning and of consultations, and what competitions
/// point at. Others have none, so it is small beside the observations.
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
    is_consultation: bool,
}

/// What a competition points at (BT-125, OPP-090).
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
        if observation.form == Told::As(FormType::Competition) {
            let names = row.previous_notices.0.iter();
            self.pointers.extend(names.map(|name| Pointer { notice, name: hash(name) }));
        } else if is_plan(observation) {
            // Its number on TED, as others write it.
            let number = row.publication_id.as_deref().and_then(|id| NoticeReference::new(id).name());
            let names = row.notice_id.as_deref().into_iter().chain(number.as_deref());
            let is_consultation = is_consultation(observation);
            self.plans.extend(names.map(|name| Plan { notice, name: hash(name), is_consultation }));
        }
    }

    pub fn forget(&mut self, notices: &HashSet<u64>) {
        self.plans.retain(|plan| !notices.contains(&plan.notice));
        self.pointers.retain(|pointer| !notices.contains(&pointer.notice));
    }

    /// Marks every competition that follows planning or a consultation which is here: one that it points at, or an earlier one
    /// of the same procedure (BT-04). Done when something has changed, so that no question has to.
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

    /// The competitions that point at something here, and whether any of it is a consultation.
    fn pointed(&self) -> Vec<(u64, bool)> {
        let names = largest_of_each(self.plans.iter().map(|plan| (plan.name, plan.is_consultation)).collect());
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
