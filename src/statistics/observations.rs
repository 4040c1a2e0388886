//! All observations, kept in step with the database.
use super::earlier::Links;
use super::observation::{Day, NO_DAYS, Observation, Told};
use super::store::{self, Row};
use super::winners::Winners;
use crate::Result;
use crate::notices::codelists::FormType;
use crate::platform::db::Db;
use chrono::NaiveDate;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::watch;

/// Rows that are read at once.
const BATCH: i64 = 20_000;

/// Every notice, and up to where in the feed they reach; with what notices and the directory of suppliers tell only together.
#[derive(Debug, Clone, Default)]
pub struct Observations {
    all: Vec<Observation>,
    links: Links,
    winners: Winners,
    position: i64,
}

impl Observations {
    /// Whether there is more in the database than was taken in.
    ///
    /// # Errors
    /// When the database refuses.
    fn is_behind(&self, db: &mut Db) -> Result<bool> {
        Ok(store::has_changed(db, self.position)? || store::has_registered(db, self.winners.position())?)
    }

    /// Takes in what has changed.
    ///
    /// # Errors
    /// When the database refuses; what was taken in before stays, and counts.
    pub fn follow(&mut self, db: &mut Db) -> Result<()> {
        let mut changed = Changed::default();
        let followed = self.follow_suppliers(db, &mut changed).and_then(|()| self.follow_notices(db, &mut changed));
        if changed.notices {
            self.all.shrink_to_fit();
            self.winners.shrink_to_fit();
            self.relate();
        } else if changed.suppliers {
            self.winners.mark(&mut self.all);
        }
        followed
    }

    fn follow_suppliers(&mut self, db: &mut Db, changed: &mut Changed) -> Result<()> {
        loop {
            let suppliers = store::registered_after(db, self.winners.position(), BATCH)?;
            if suppliers.is_empty() {
                return Ok(());
            }
            for supplier in &suppliers {
                changed.suppliers |= self.winners.register(supplier);
            }
        }
    }

    fn follow_notices(&mut self, db: &mut Db, changed: &mut Changed) -> Result<()> {
        let mut rows = store::changed_after(db, self.position, BATCH)?;
        let homes = if rows.is_empty() { HashMap::new() } else { store::homes(db)? };
        while let Some(last) = rows.last().map(|row| row.position) {
            self.take_in(&rows, &homes);
            changed.notices = true;
            self.position = last;
            rows = store::changed_after(db, last, BATCH)?;
        }
        Ok(())
    }

    /// Takes in rows, in the place of those that are here with the same keys.
    fn take_in(&mut self, rows: &[Row], homes: &HashMap<String, u16>) {
        let fresh: Vec<Observation> =
            rows.iter().map(|row| Observation::of(row, |number| homes.get(number).copied())).collect();
        if !self.all.is_empty() {
            let keys: HashSet<u64> = fresh.iter().map(|observation| observation.key).collect();
            self.all.retain(|observation| !keys.contains(&observation.key));
            self.links.forget(&keys);
            self.winners.forget(&keys);
        }
        for (row, observation) in rows.iter().zip(&fresh) {
            self.links.take(row, observation);
            self.winners.take(row, observation);
        }
        self.all.extend(fresh);
    }

    /// What a notice tells only together with others, and with the directory of suppliers.
    fn relate(&mut self) {
        self.find_decision_days();
        self.links.mark(&mut self.all);
        self.winners.mark(&mut self.all);
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

/// What was new when observations followed the database.
#[derive(Default)]
struct Changed {
    notices: bool,
    /// Some call themselves something else than before, or have registered.
    suppliers: bool,
}

/// The observations of a running server: whoever asks sees what was committed before.
#[derive(Default)]
pub struct Watched {
    current: Mutex<Arc<Observations>>,
    /// Somebody takes in what has changed.
    following: watch::Sender<bool>,
}

/// Says that the following is over, however it ended.
struct Following<'a>(&'a watch::Sender<bool>);

impl Drop for Following<'_> {
    fn drop(&mut self) {
        self.0.send_replace(false);
    }
}

impl Watched {
    /// Waits while others take in what has changed, which takes seconds for a million: whoever has no connection to the
    /// database yet should not hold one in the meantime.
    pub async fn settled(&self) {
        // Never an error: the sender lives as long as this.
        let _ = self.following.subscribe().wait_for(|following| !*following).await;
    }

    /// The observations, as of now. Whoever comes while others take in what has changed waits for them.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn current(&self, db: &mut Db) -> Result<Arc<Observations>> {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        if !current.is_behind(db)? {
            return Ok(current.clone());
        }
        self.following.send_replace(true);
        let _following = Following(&self.following);
        // Copied only if someone is counting over them.
        Arc::make_mut(&mut current).follow(db)?;
        Ok(current.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::super::store::Registered;
    use super::*;
    use crate::notices::Outcome;
    use crate::platform::db::types::Json;
    use crate::suppliers::SupplierKind;
    use proptest::prelude::*;
    use uuid::Uuid;

    /// A notice with a name of a digit, on a day of May.
    fn row(name: u8, form: &str, day: u32, procedure: Option<&str>, number: Option<&str>, points_at: &[&str]) -> Row {
        Row {
            id: Uuid::from_u64_pair(name.into(), 0).into(),
            position: 0,
            notice_id: Some(format!("d6748562-d6bd-4518-a623-e3271398900{name}")),
            procedure_id: procedure.map(str::to_owned),
            publication_id: number.map(str::to_owned),
            form: Some(form.to_owned()),
            procedure_type: None,
            issued_on: NaiveDate::from_ymd_opt(2026, 5, day),
            country: None,
            buyer_number: None,
            buyer_type: None,
            buyer_nuts: None,
            nature: None,
            cpv: None,
            estimated_value: None,
            estimated_currency: None,
            awarded_value: None,
            awarded_currency: None,
            lots: 1,
            innovation: Json(Vec::new()),
            aims: Json(Vec::new()),
            is_change: false,
            is_newest: true,
            follows_notice: !points_at.is_empty(),
            previous_notices: Json(points_at.iter().map(|name| (*name).to_owned()).collect()),
            tender_deadline_on: None,
            decided_on: None,
            outcome: Json(Outcome::default()),
            winner_numbers: Json(Vec::new()),
        }
    }

    /// What is found when these come in, so many at a time. No notice is twice in one batch.
    fn marks(rows: &[Row], batch: usize) -> Vec<(u64, bool, bool)> {
        let mut observations = Observations::default();
        for rows in rows.chunks(batch) {
            observations.take_in(rows, &HashMap::new());
            observations.relate();
        }
        let marks = |o: &Observation| (o.key, o.marks.planned, o.marks.consulted);
        let mut marks: Vec<_> = observations.all.iter().map(marks).filter(|(_, planned, _)| *planned).collect();
        marks.sort_unstable();
        marks
    }

    fn family() -> Vec<Row> {
        let uuid = |name: u8| format!("d6748562-d6bd-4518-a623-e3271398900{name}");
        vec![
            row(0, "consultation", 1, None, None, &[]),
            row(1, "planning", 2, Some("p"), Some("00053150-2026"), &[&uuid(0)]),
            row(2, "consultation", 10, Some("p"), None, &[]),
            row(3, "competition", 10, None, None, &[&uuid(0), "1-2020"]),
            // A consultation through planning, by its number on TED; and a competition is none.
            row(4, "competition", 11, None, None, &["53150-2026", &uuid(3)]),
            // Of the procedure, on the day of the consultation and on the day after.
            row(5, "competition", 10, Some("p"), None, &[]),
            row(6, "competition", 11, Some("p"), None, &[]),
            // What is not here.
            row(7, "competition", 11, Some("UNKNOWN"), None, &["2023-335407"]),
            row(8, "consultation", 1, Some("unknown"), None, &[]),
            row(9, "result", 20, Some("p"), None, &[&uuid(0)]),
        ]
    }

    #[test]
    fn a_competition_follows_what_it_points_at_and_what_is_older_in_its_procedure() {
        let expected = [(3, true, true), (4, true, true), (5, true, false), (6, true, true)];
        assert_eq!(marks(&family(), 100), expected);
    }

    #[test]
    fn a_notice_that_is_read_again_as_something_else_is_no_longer_found() {
        let mut rows = family();
        let planning = Row { form: Some("planning".to_owned()), ..row(0, "", 1, None, None, &[]) };
        rows.push(planning);
        assert!(marks(&rows, 3).contains(&(3, true, false)));
        rows.push(row(3, "competition", 10, None, None, &[]));
        assert!(marks(&rows, 3).iter().all(|(key, ..)| *key != 3));
    }

    /// A result that these won; and a supplier that calls itself something.
    fn won_by(name: u8, winners: &[&str]) -> Row {
        let winner_numbers = Json(winners.iter().map(|number| (*number).to_owned()).collect());
        Row { winner_numbers, ..row(name, "result", 20, None, None, &[]) }
    }

    fn registered(number: &str, kind: SupplierKind) -> Registered {
        Registered { position: 0, number: number.to_owned(), kind }
    }

    /// Of each result how many winners gave a number, and how many of these are startups and social entrepreneurs.
    fn numbered(observations: &Observations) -> Vec<(u64, u16, u16, u16)> {
        let each = |o: &Observation| (o.key, o.numbered.winners, o.numbered.startups, o.numbered.social_entrepreneurs);
        let mut each: Vec<_> = observations.all.iter().map(each).collect();
        each.sort_unstable();
        each
    }

    #[test]
    fn a_winner_counts_as_what_it_calls_itself_now() {
        let mut observations = Observations::default();
        assert!(observations.winners.register(&registered("974760673", SupplierKind::Startup)));
        observations.take_in(&[won_by(1, &["974760673", "974683520"]), won_by(2, &[])], &HashMap::new());
        observations.relate();
        assert_eq!(numbered(&observations), [(1, 2, 1, 0), (2, 0, 0, 0)]);
        let mut told = |number, kind| {
            let is_new = observations.winners.register(&registered(number, kind));
            observations.winners.mark(&mut observations.all);
            (is_new, numbered(&observations)[0])
        };
        // What changes nothing is told, so that a million need not be looked through.
        assert_eq!(told("974760673", SupplierKind::Startup), (false, (1, 2, 1, 0)));
        assert_eq!(told("974683520", SupplierKind::Established), (false, (1, 2, 1, 0)));
        assert_eq!(told("974683520", SupplierKind::SocialEntrepreneur), (true, (1, 2, 1, 1)));
        assert_eq!(told("974760673", SupplierKind::Established), (true, (1, 2, 0, 1)));
        // The notice is read again, with another winner.
        observations.take_in(&[won_by(1, &["958935420"])], &HashMap::new());
        observations.relate();
        assert_eq!(numbered(&observations), [(1, 1, 0, 0), (2, 0, 0, 0)]);
    }

    /// Something that comes in: a notice, or somebody who registers.
    #[derive(Debug, Clone)]
    enum Coming {
        Notice(u8, &'static [&'static str]),
        Supplier(&'static str, SupplierKind),
    }

    fn all_that_comes() -> Vec<Coming> {
        vec![
            Coming::Notice(1, &["974760673", "974683520"]),
            Coming::Notice(2, &["974760673"]),
            Coming::Notice(3, &["839953062", "958935420", "974683520"]),
            Coming::Notice(4, &[]),
            Coming::Supplier("974760673", SupplierKind::Startup),
            Coming::Supplier("974683520", SupplierKind::SocialEntrepreneur),
            Coming::Supplier("958935420", SupplierKind::Established),
            // It wins nothing.
            Coming::Supplier("964965226", SupplierKind::Startup),
        ]
    }

    proptest! {
        #[test]
        fn who_is_registered_does_not_depend_on_the_order_of_import_and_registration(
            first in Just(all_that_comes()).prop_shuffle(),
            again in Just(all_that_comes()).prop_shuffle(),
        ) {
            let expected = [(1, 2, 1, 1), (2, 1, 1, 0), (3, 3, 0, 1), (4, 0, 0, 0)];
            let mut observations = Observations::default();
            // All of it twice: the second time changes nothing.
            for (nth, coming) in first.into_iter().chain(again).enumerate() {
                match coming {
                    Coming::Notice(name, winners) => {
                        observations.take_in(&[won_by(name, winners)], &HashMap::new());
                        observations.relate();
                    }
                    Coming::Supplier(number, kind) => {
                        let is_new = observations.winners.register(&registered(number, kind));
                        prop_assert!(!is_new || nth < 8, "{number} is new twice");
                        if is_new {
                            observations.winners.mark(&mut observations.all);
                        }
                    }
                }
                prop_assert!(nth < 7 || numbered(&observations) == expected, "{:?}", numbered(&observations));
            }
        }

        #[test]
        fn what_came_before_does_not_depend_on_the_order_of_import(
            rows in Just(family().iter().map(|row| row.id).collect::<Vec<_>>()).prop_shuffle(),
            batch in 1_usize..11,
        ) {
            let mut family = family();
            family.sort_by_key(|row| rows.iter().position(|id| *id == row.id));
            let once = marks(&family, batch);
            prop_assert_eq!(&once, &[(3, true, true), (4, true, true), (5, true, false), (6, true, true)]);
            // Again, in another order, changes nothing: the second time begins with a batch of its own.
            family.extend(self::family());
            let batch = if batch % 2 == 0 { 10 } else { 1 };
            prop_assert_eq!(marks(&family, batch), once);
        }
    }
}
