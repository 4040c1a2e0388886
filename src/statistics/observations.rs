//! All observations, kept in step with the database.
use super::observation::{Day, NO_DAYS, Observation, Told};
use super::store;
use crate::Result;
use crate::notices::codelists::FormType;
use crate::platform::db::Db;
use chrono::NaiveDate;
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

/// Rows that are read at once.
const BATCH: i64 = 20_000;

/// Every notice, and up to where in the feed they reach.
#[derive(Debug, Clone, Default)]
pub struct Observations {
    all: Vec<Observation>,
    position: i64,
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
        self.all.shrink_to_fit();
        self.find_decision_days();
        Ok(true)
    }

    /// Finds for every result the deadline of its competition: that of the last notice of the procedure that tells one, for a
    /// deadline may be moved. Done when something has changed, so that no question has to.
    fn find_decision_days(&mut self) {
        let competitions = self.all.iter().filter(|o| o.form == Told::As(FormType::Competition) && o.procedure != 0);
        let mut deadlines: Vec<(u64, Day, Day)> =
            competitions.filter(|o| !o.deadline.is_none()).map(|o| (o.procedure, o.issued, o.deadline)).collect();
        deadlines.sort_unstable_by(|a, b| b.cmp(a));
        deadlines.dedup_by_key(|(procedure, _, _)| *procedure);
        deadlines.reverse();
        for result in &mut self.all {
            let is_decision = result.procedure != 0 && !result.decided.is_none();
            let at =
                is_decision.then(|| deadlines.binary_search_by_key(&result.procedure, |(procedure, _, _)| *procedure));
            let deadline = at.and_then(|at| deadlines.get(at.ok()?)).map(|(_, _, deadline)| *deadline);
            let days = deadline.and_then(|deadline| result.decided.days_after(deadline));
            result.decision_days = days.unwrap_or(NO_DAYS);
        }
    }

    pub fn all(&self) -> &[Observation] {
        &self.all
    }

    /// The day of the last notice.
    pub fn last_issued(&self) -> Option<NaiveDate> {
        self.all.iter().map(|notice| notice.issued).max().and_then(Day::date)
    }

    pub fn position(&self) -> i64 {
        self.position
    }
}

/// The observations of a running server: whoever asks sees what was committed before.
#[derive(Default)]
pub struct Watched(Mutex<Arc<Observations>>);

impl Watched {
    /// The observations, as of now. Whoever comes while others take in what has changed waits for them.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn current(&self, db: &mut Db) -> Result<Arc<Observations>> {
        let mut current = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !store::has_changed(db, current.position)? {
            return Ok(current.clone());
        }
        // Copied only if someone is counting over them.
        Arc::make_mut(&mut current).follow(db)?;
        Ok(current.clone())
    }
}
