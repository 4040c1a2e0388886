//! All observations, kept in step with the database.
use super::observation::{Day, Observation, Told};
use super::store;
use crate::Result;
use crate::notices::codelists::FormType;
use crate::platform::db::Db;
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// Rows that are read at once.
const BATCH: i64 = 20_000;

/// Every notice, and up to where in the feed they reach.
#[derive(Debug, Clone, Default)]
pub struct Observations {
    all: Vec<Observation>,
    position: i64,
    /// The deadline of a procedure's competition: the first, where there are several. Sorted by procedure.
    deadlines: Vec<(u64, Day)>,
}

impl Observations {
    /// Takes in what has changed. Gives whether anything has.
    ///
    /// # Errors
    /// When the database refuses; what was taken in before stays.
    pub fn follow(&mut self, db: &mut Db) -> Result<bool> {
        let mut rows = store::changed_after(db, self.position, BATCH)?;
        if rows.is_empty() {
            return Ok(false);
        }
        let homes = store::homes(db)?;
        while let Some(last) = rows.last().map(|row| row.position) {
            let fresh: Vec<Observation> =
                rows.iter().map(|row| Observation::of(row, |number| homes.get(number).copied())).collect();
            if !self.all.is_empty() {
                let keys: HashSet<u64> = fresh.iter().map(|observation| observation.key).collect();
                self.all.retain(|observation| !keys.contains(&observation.key));
            }
            self.all.extend(fresh);
            self.position = last;
            rows = store::changed_after(db, last, BATCH)?;
        }
        self.find_deadlines();
        Ok(true)
    }

    fn find_deadlines(&mut self) {
        let competitions = self.all.iter().filter(|o| o.form == Told::As(FormType::Competition) && o.procedure != 0);
        self.deadlines = competitions.filter(|o| !o.deadline.is_none()).map(|o| (o.procedure, o.deadline)).collect();
        self.deadlines.sort_unstable();
        self.deadlines.dedup_by_key(|(procedure, _)| *procedure);
    }

    /// Days from the deadline of a competition to the decision that a result tells of. None where one of the two is not
    /// known.
    pub fn decision_days(&self, result: &Observation) -> Option<u16> {
        if result.procedure == 0 {
            return None;
        }
        let at = self.deadlines.binary_search_by_key(&result.procedure, |(procedure, _)| *procedure).ok()?;
        result.decided.days_after(self.deadlines.get(at)?.1)
    }

    pub fn all(&self) -> &[Observation] {
        &self.all
    }

    pub fn position(&self) -> i64 {
        self.position
    }
}

/// The observations of a running server: whoever asks sees what was committed before.
#[derive(Default)]
pub struct Watched {
    current: RwLock<Arc<Observations>>,
    /// Whoever holds it takes in what has changed.
    following: Mutex<()>,
}

impl Watched {
    /// The observations, as of now.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn current(&self, db: &mut Db) -> Result<Arc<Observations>> {
        let _turn = self.following.lock().unwrap_or_else(PoisonError::into_inner);
        let known = self.current.read().unwrap_or_else(PoisonError::into_inner).clone();
        if store::changed_after(db, known.position, 1)?.is_empty() {
            return Ok(known);
        }
        // A copy: someone may be counting over what is known.
        let mut next = (*known).clone();
        drop(known);
        next.follow(db)?;
        let next = Arc::new(next);
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = next.clone();
        Ok(next)
    }
}
