//! Counting: one pass over all observations.
use super::cases::Case;
use super::dimension::{Dimension, Key};
use super::indicator::{Figure, Indicator};
use super::observation::{Day, Observation};
use super::observations::Observations;
use super::question::Question;
use super::sums::Sums;
use super::withheld;
use chrono::NaiveDate;
use std::collections::{BTreeSet, HashMap, HashSet};

/// The longest gap between two periods that is filled.
const MOST_FILLED: Key = 120;

/// The most groups of two dimensions to which those without anything are added: months of a lifetime by municipality are more rows
/// than anybody reads, and most of them empty.
const MOST_GROUPS: usize = 100_000;

/// What was counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub by: Vec<Dimension>,
    /// The groups in the order of their keys, those that do not say last. Only groups with a notice in them; of periods, also those
    /// between them, for every group of the other dimension.
    pub groups: Vec<Group>,
    /// All groups together.
    pub total: Sums,
    /// The first and the last day of what was counted: of what has a date.
    pub period: Option<(NaiveDate, NaiveDate)>,
    /// The same about those that the selection is compared with.
    pub peers: Option<PeerSums>,
    /// It is counted over what was made up for a demonstration.
    pub is_invented: bool,
}

/// What those have that the selection is compared with.
#[derive(Debug, Clone, PartialEq)]
pub struct PeerSums {
    groups: HashMap<Vec<Key>, Sums>,
    total: Sums,
}

/// The notices that are alike in what was asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// One for each dimension.
    pub keys: Vec<Key>,
    pub sums: Sums,
}

impl Group {
    pub fn figure(&self, indicator: Indicator) -> Figure {
        indicator.of(&self.sums)
    }
}

/// Who reads the figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// Numbers about participants are veiled.
    Public,
    /// Whoever sees the responses, or their numbers, anyway.
    Trusted,
}

impl Answer {
    /// Counts notices. Takes some nanoseconds for each observation, and for each that fits.
    pub fn to(question: &Question, observations: &Observations) -> Self {
        let all = observations.all().iter();
        Self::over(question, all, |notice| notice, Sums::add)
    }

    /// Counts cases.
    pub fn about_cases(question: &Question, cases: &[Case], reader: Reader) -> Self {
        let add = |sums: &mut Sums, case: &Case| sums.add_case(case, reader);
        let mut answer = Self::over(question, cases.iter(), |case| &case.place, add);
        withheld::mark(&mut answer.groups);
        answer
    }

    /// Puts the answer about peers beside this one.
    pub(super) fn beside(mut self, peers: Self) -> Self {
        let groups = peers.groups.into_iter().map(|group| (group.keys, group.sums)).collect();
        self.peers = Some(PeerSums { groups, total: peers.total });
        self
    }

    /// What peers have in the same group; None where they are not asked about.
    pub fn figure_of_peers(&self, keys: &[Key], indicator: Indicator) -> Option<Figure> {
        let group = self.peers.as_ref()?.groups.get(keys);
        Some(group.map_or_else(|| indicator.of(&Sums::default()), |sums| indicator.of(sums)))
    }

    /// What peers have in all.
    pub fn total_of_peers(&self, indicator: Indicator) -> Option<Figure> {
        Some(indicator.of(&self.peers.as_ref()?.total))
    }

    /// One pass: `place` says by what a thing is selected and divided, `add` counts it.
    fn over<'a, T: 'a>(
        question: &Question,
        things: impl Iterator<Item = &'a T>,
        place: impl Fn(&'a T) -> &'a Observation,
        add: impl Fn(&mut Sums, &'a T),
    ) -> Self {
        let filter = question.filter();
        let (first, second) = (question.by.first().copied(), question.by.get(1).copied());
        let key = |by: Option<Dimension>, place: &Observation| by.map_or(0, |by| by.key(place));
        let mut places: HashMap<(Key, Key), usize> = HashMap::new();
        let mut groups: Vec<((Key, Key), Sums)> = Vec::new();
        // Things come in the order in which they were taken in: neighbours are often in one group.
        let mut last: Option<((Key, Key), usize)> = None;
        let mut period: Option<(Day, Day)> = None;
        for thing in things.filter(|thing| filter.fits(place(thing))) {
            let day = place(thing).issued;
            if !day.is_none() {
                period = Some(period.map_or((day, day), |(first, last)| (first.min(day), last.max(day))));
            }
            let keys = (key(first, place(thing)), key(second, place(thing)));
            let at = match last {
                Some((known, at)) if known == keys => at,
                _ => *places.entry(keys).or_insert_with(|| {
                    groups.push((keys, Sums::default()));
                    groups.len() - 1
                }),
            };
            last = Some((keys, at));
            if let Some((_, sums)) = groups.get_mut(at) {
                add(sums, thing);
            }
        }
        let mut total = Sums::default();
        groups.iter().for_each(|(_, sums)| total.take_in(sums));
        let last_if_not_told = |key: Key| (key == 0, key);
        groups.sort_by_key(|((first, second), _)| (last_if_not_told(*first), last_if_not_told(*second)));
        let width = question.by.len();
        let groups = groups
            .into_iter()
            .map(|((first, second), sums)| Group { keys: [first, second].into_iter().take(width).collect(), sums })
            .collect::<Vec<_>>();
        let groups = with_every_period(&question.by, groups);
        let period = period.and_then(|(first, last)| Some((first.date()?, last.date()?)));
        Self { by: question.by.clone(), groups, total, period, peers: None, is_invented: false }
    }
}

/// With the periods in which there was nothing, between those in which there was something; of two dimensions, each group has every
/// period, so that all can be held against each other.
fn with_every_period(by: &[Dimension], mut groups: Vec<Group>) -> Vec<Group> {
    let told = |at: usize| -> BTreeSet<Key> { groups.iter().filter_map(|group| group.keys.get(at).copied()).collect() };
    let wanted: Vec<Vec<Key>> = match by {
        [by] if by.is_time() => filled(told(0)).into_iter().map(|key| vec![key]).collect(),
        [first, second] => match (first.months(), second.months()) {
            // A month lies in one year: the longer of the two follows from the shorter.
            (Some(first), Some(second)) => {
                let shorter = first.min(second);
                let within = |key: Key| vec![key * shorter / first, key * shorter / second];
                filled(told(usize::from(second == shorter))).into_iter().map(within).collect()
            }
            (None, None) => return groups,
            (months, _) => {
                let (firsts, seconds) =
                    if months.is_some() { (filled(told(0)), told(1)) } else { (told(0), filled(told(1))) };
                if firsts.len() * seconds.len() > MOST_GROUPS {
                    return groups;
                }
                firsts.iter().flat_map(|first| seconds.iter().map(|second| vec![*first, *second])).collect()
            }
        },
        _ => return groups,
    };
    let there: HashSet<Vec<Key>> = groups.iter().map(|group| group.keys.clone()).collect();
    let missing = wanted.into_iter().filter(|keys| !there.contains(keys));
    groups.extend(missing.map(|keys| Group { keys, sums: Sums::default() }));
    groups.sort_by_cached_key(|group| group.keys.iter().map(|key| (*key == 0, *key)).collect::<Vec<_>>());
    groups
}

/// With the periods between. A notice with a wrong date opens a gap of thousands, which stays one, and one without a date has no
/// place in time.
fn filled(keys: BTreeSet<Key>) -> BTreeSet<Key> {
    let between =
        keys.iter().zip(keys.iter().skip(1)).filter(|(last, next)| **last > 0 && *next - *last <= MOST_FILLED);
    let between: Vec<Key> = between.flat_map(|(last, next)| last + 1..*next).collect();
    keys.into_iter().chain(between).collect()
}
