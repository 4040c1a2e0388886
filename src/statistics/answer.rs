//! Counting: one pass over all observations.
use super::dimension::{Dimension, Key};
use super::indicator::{Figure, Indicator};
use super::observations::Observations;
use super::question::Question;
use super::sums::Sums;
use std::collections::HashMap;

/// What was counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub by: Vec<Dimension>,
    /// The groups in the order of their keys, those that do not say last. Only groups with a notice in them.
    pub groups: Vec<Group>,
    /// All groups together.
    pub total: Sums,
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

impl Answer {
    /// Counts. Takes some nanoseconds for each observation, and for each that fits.
    pub fn to(question: &Question, observations: &Observations) -> Self {
        let filter = question.filter();
        let (first, second) = (question.by.first().copied(), question.by.get(1).copied());
        let key = |by: Option<Dimension>, notice: &_| by.map_or(0, |by| by.key(notice));
        let mut places: HashMap<(Key, Key), usize> = HashMap::new();
        let mut groups: Vec<((Key, Key), Sums)> = Vec::new();
        let mut total = Sums::default();
        // Notices come in the order in which they were imported: neighbours are mostly in one group.
        let mut last: Option<((Key, Key), usize)> = None;
        for notice in observations.all().iter().filter(|notice| filter.fits(notice)) {
            let keys = (key(first, notice), key(second, notice));
            let at = match last {
                Some((known, at)) if known == keys => at,
                _ => *places.entry(keys).or_insert_with(|| {
                    groups.push((keys, Sums::default()));
                    groups.len() - 1
                }),
            };
            last = Some((keys, at));
            if let Some((_, sums)) = groups.get_mut(at) {
                sums.add(notice, observations);
            }
            total.add(notice, observations);
        }
        let last_if_not_told = |key: Key| (key == 0, key);
        groups.sort_by_key(|((first, second), _)| (last_if_not_told(*first), last_if_not_told(*second)));
        let width = question.by.len();
        let groups = groups
            .into_iter()
            .map(|((first, second), sums)| Group { keys: [first, second].into_iter().take(width).collect(), sums })
            .collect();
        Self { by: question.by.clone(), groups, total }
    }
}
