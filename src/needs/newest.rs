//! The newest public needs, which most visitors ask for: remembered for as long as nothing public changes.
use super::{Listed, store};
use crate::Result;
use crate::platform::db::Db;
use std::sync::{Arc, Mutex, PoisonError};

/// As many as the longest page shows, and one to tell whether there are more.
const KEPT: usize = 101;

/// A memory of the database's answer. It is out of date never: the position of the last public change, which is entered
/// in the same transaction as the change, is asked for each time, by those who come at the same time together.
#[derive(Debug, Clone, Default)]
pub struct Newest(Arc<Mutex<Option<Remembered>>>);

#[derive(Debug, Clone)]
struct Remembered {
    position: i64,
    /// All, if they are fewer than `KEPT`.
    needs: Arc<Vec<Listed>>,
}

impl Newest {
    /// At most so many, the newest first. `position`: of the last public change, if it is known already.
    pub(super) fn first(&self, db: &mut Db, position: Option<i64>, limit: usize) -> Result<Vec<Listed>> {
        if limit > KEPT {
            return store::newest(db, None, limit);
        }
        // Before the needs: what is changed in between is then looked for again, and not the other way round.
        let position = position.map_or_else(|| store::last_change(db), Ok)?;
        let remembered = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let needs = match remembered {
            Some(remembered) if remembered.position == position => remembered.needs,
            _ => {
                let needs = Arc::new(store::newest(db, None, KEPT)?);
                let remembered = Remembered { position, needs: needs.clone() };
                *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(remembered);
                needs
            }
        };
        Ok(needs.iter().take(limit).cloned().collect())
    }
}
