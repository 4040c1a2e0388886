//! The cases in Brobygger itself: needs that were published, and what came of their dialogue. Kept apart from notices, and
//! divided by the same things.
use super::observation::Observation;
use super::rounding::Rounding;
use super::store;
use crate::Result;
use crate::needs::NeedId;
use crate::platform::db::Db;
use crate::platform::db::types::Timestamp;
use crate::suppliers::{Employees, SupplierKind};
use chrono::TimeDelta;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// How old an answer about cases may be.
const AGE: TimeDelta = TimeDelta::minutes(1);

/// Who took part in the dialogue about a need: how many organisations responded, and how many of these are of a kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Participants {
    pub all: u16,
    /// Each is of one kind. Below zero only as the public may see it, as those after it.
    pub startups: i16,
    pub social_entrepreneurs: i16,
    pub established: i16,
    /// Small and medium-sized ones, and large ones, of which it is known ([`Employees::is_sme`]).
    pub small: i16,
    pub large: i16,
}

impl Participants {
    fn add(&mut self, kind: SupplierKind, size: Option<Employees>) {
        self.all = self.all.saturating_add(1);
        if let Some(is_sme) = size.and_then(Employees::is_sme) {
            let of_size = if is_sme { &mut self.small } else { &mut self.large };
            *of_size = of_size.saturating_add(1);
        }
        let of_kind = match kind {
            SupplierKind::Startup => &mut self.startups,
            SupplierKind::SocialEntrepreneur => &mut self.social_entrepreneurs,
            SupplierKind::Established => &mut self.established,
        };
        *of_kind = of_kind.saturating_add(1);
    }

    /// As the public may see it. Where nobody responded there is nobody to hide, and nothing is moved.
    fn veiled(self, need: NeedId, rounding: &Rounding) -> Self {
        if self.all == 0 {
            return self;
        }
        let of_kind = |number: i16, kind: SupplierKind| rounding.veiled(number, need, kind.as_str());
        Self {
            all: rounding.rounded(self.all, need, "all"),
            startups: of_kind(self.startups, SupplierKind::Startup),
            social_entrepreneurs: of_kind(self.social_entrepreneurs, SupplierKind::SocialEntrepreneur),
            established: of_kind(self.established, SupplierKind::Established),
            small: rounding.veiled(self.small, need, "small"),
            large: rounding.veiled(self.large, need, "large"),
        }
    }
}

/// A need that was published.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Case {
    /// When, where and about what: by this it is divided and selected.
    pub place: Observation,
    pub participants: Participants,
    /// The same as the public may see it.
    pub veiled: Participants,
    /// Buyers that joined: public.
    pub joiners: u16,
    /// Questions that were answered, and with that made public.
    pub answered: u16,
    /// Whether the deadline for responses has passed, or the outcome was told.
    pub is_over: bool,
    pub has_outcome: bool,
}

/// All cases.
///
/// # Errors
/// When the database refuses.
pub fn load(db: &mut Db, rounding: &Rounding, now: Timestamp) -> Result<Vec<Case>> {
    let mut responders: HashMap<NeedId, Participants> = HashMap::new();
    for (need, kind, size) in store::responders(db)? {
        responders.entry(need).or_default().add(kind, size);
    }
    let answered: HashMap<NeedId, i64> = store::answered(db)?.into_iter().collect();
    let rows = store::published(db)?;
    let case = |row: &store::Published| {
        let participants = responders.get(&row.id).copied().unwrap_or_default();
        let has_outcome = row.is_concluded();
        Case {
            place: Observation::of_need(row),
            participants,
            veiled: participants.veiled(row.id, rounding),
            joiners: small(row.joiners.into()),
            answered: small(answered.get(&row.id).copied().unwrap_or(0)),
            is_over: has_outcome || row.response_deadline.is_some_and(|deadline| deadline < now),
            has_outcome,
        }
    };
    Ok(rows.iter().map(case).collect())
}

fn small(number: i64) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

/// The cases of a running server, at most a minute old: nothing tells when somebody responds.
#[derive(Default)]
pub struct Remembered(RwLock<Option<(Timestamp, Arc<Vec<Case>>)>>);

impl Remembered {
    /// # Errors
    /// When the database refuses.
    pub fn current(&self, db: &mut Db, rounding: &Rounding, now: Timestamp) -> Result<Arc<Vec<Case>>> {
        if let Some((at, cases)) = &*self.0.read().unwrap_or_else(PoisonError::into_inner)
            && *at + AGE > now
        {
            return Ok(cases.clone());
        }
        let cases = Arc::new(load(db, rounding, now)?);
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some((now, cases.clone()));
        Ok(cases)
    }
}
