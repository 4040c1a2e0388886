//! Asking: what every door does with a question.
use super::{Answer, Question, Reader, Source};
use crate::op::Op;
use crate::platform::db::Db;
use crate::platform::db::types::Timestamp;
use crate::statistics::{Observations, Remembered, Rounding, Watched};
use crate::tenancy::Actor;
use crate::{Result, statistics};
use std::sync::Arc;

/// What a running server counts over.
pub struct Statistics {
    notices: Watched,
    cases: Remembered,
    rounding: Rounding,
}

impl Statistics {
    /// # Errors
    /// When the database refuses.
    pub fn open(db: &mut Db) -> Result<Self> {
        Ok(Self { notices: Watched::default(), cases: Remembered::default(), rounding: Rounding::load(db)? })
    }

    /// Counts, for whoever asks.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn ask(&self, op: &mut Op<'_>, question: &Question) -> Result<Answer> {
        let mut answer = self.count(op, question)?;
        if let Some(about_peers) = question.about_peers() {
            answer.peers = Some(Box::new(self.count(op, &about_peers)?));
        }
        Ok(answer)
    }

    fn count(&self, op: &mut Op<'_>, question: &Question) -> Result<Answer> {
        let now = op.now();
        match question.source {
            Source::Notices => Ok(Answer::to(question, &*self.observations(op.db())?)),
            Source::Cases => {
                let reader = reader(op.actor(), question);
                Ok(Answer::about_cases(question, &self.cases(op.db(), now)?, reader))
            }
        }
    }

    /// All notices, as of now.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn observations(&self, db: &mut Db) -> Result<Arc<Observations>> {
        self.notices.current(db)
    }

    fn cases(&self, db: &mut Db, now: Timestamp) -> Result<Arc<Vec<statistics::Case>>> {
        self.cases.current(db, &self.rounding, now)
    }
}

/// Advisers and operators see how many have responded to each need anyway, and so does a buyer about its own.
fn reader(actor: &Actor, question: &Question) -> Reader {
    let own = |number: &str| question.buyer.as_ref().is_some_and(|buyer| buyer.as_str() == number);
    match actor {
        Actor::System(_) => Reader::Trusted,
        Actor::Member(member) if actor.is_adviser() || own(&member.organisation_number) => Reader::Trusted,
        Actor::Member(_) | Actor::Anonymous => Reader::Public,
    }
}
