//! Which of those who won are registered here, and as what: found in the directory of suppliers by the organisation numbers that
//! notices give.
use super::observation::{Numbered, Observation};
use super::store::{Registered, Row};
use crate::suppliers::SupplierKind;
use std::collections::{HashMap, HashSet};

/// What links notices and the directory, beside what an [`Observation`] keeps.
#[derive(Debug, Clone, Default)]
pub(super) struct Winners {
    won: Vec<Won>,
    /// What suppliers call themselves, by organisation number. Established ones are left out: nobody asks for them.
    suppliers: HashMap<u32, SupplierKind>,
    /// Up to where in the feed the directory was read.
    position: i64,
}

/// Somebody won in a notice.
#[derive(Debug, Clone, Copy)]
struct Won {
    /// [`Observation::key`].
    notice: u64,
    /// The organisation number.
    winner: u32,
}

impl Winners {
    /// Takes in who won in a notice.
    pub fn take(&mut self, row: &Row, observation: &Observation) {
        let notice = observation.key;
        let numbers = row.winner_numbers.0.iter().filter_map(|number| number.parse().ok());
        self.won.extend(numbers.map(|winner| Won { notice, winner }));
    }

    pub fn shrink_to_fit(&mut self) {
        self.won.shrink_to_fit();
    }

    pub fn forget(&mut self, notices: &HashSet<u64>) {
        self.won.retain(|won| !notices.contains(&won.notice));
    }

    /// Takes in a supplier that registered, or changed its profile. Gives whether that makes another figure.
    pub fn register(&mut self, supplier: &Registered) -> bool {
        self.position = supplier.position;
        // Never another: the database keeps nine digits.
        let Ok(number) = supplier.number.parse() else { return false };
        match supplier.kind {
            SupplierKind::Established => self.suppliers.remove(&number).is_some(),
            kind => self.suppliers.insert(number, kind) != Some(kind),
        }
    }

    /// Counts the winners of every notice that are registered. Done when something has changed, so that no question has to.
    pub fn mark(&self, all: &mut [Observation]) {
        let known = self.won.iter().filter_map(|won| Some((won.notice, *self.suppliers.get(&won.winner)?)));
        let mut known: Vec<(u64, SupplierKind)> = known.collect();
        known.sort_unstable_by_key(|(notice, _)| *notice);
        for notice in all.iter_mut().filter(|notice| notice.numbered.winners > 0) {
            let first = known.partition_point(|(key, _)| *key < notice.key);
            let of_notice = known.iter().skip(first).take_while(|(key, _)| *key == notice.key);
            notice.numbered = Numbered { winners: notice.numbered.winners, ..Numbered::default() };
            of_notice.for_each(|(_, kind)| notice.numbered.count(*kind));
        }
    }

    pub fn position(&self) -> i64 {
        self.position
    }
}
