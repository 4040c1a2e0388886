//! Asking: what every door does with a question.
use super::export::AllNotices;
use super::{Answer, Observations, Question, Reader, Remembered, Rounding, Source, Watched};
use crate::Result;
use crate::op::Op;
use crate::platform::db::Db;
use crate::tenancy::Actor;
use std::sync::Arc;
use tempfile::NamedTempFile;

/// What a running server counts over.
pub struct Statistics {
    notices: Watched,
    cases: Remembered,
    rounding: Rounding,
    /// Everything here is made up for a demonstration.
    pub is_invented: bool,
    pub(super) parquet: AllNotices,
}

impl Statistics {
    /// `is_invented`: every figure says so where it tells its source, and every file.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn open(db: &mut Db, is_invented: bool) -> Result<Self> {
        Ok(Self {
            notices: Watched::default(),
            cases: Remembered::default(),
            rounding: Rounding::load(db)?,
            is_invented,
            parquet: AllNotices::default(),
        })
    }

    /// Waits until no other takes in notices: doors do, before they take a connection to the database.
    pub async fn settled(&self) {
        self.notices.settled().await;
    }

    /// Counts, for whoever asks.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn ask(&self, op: &mut Op<'_>, question: &Question) -> Result<Answer> {
        let answer = Answer { is_invented: self.is_invented, ..self.count(op, question)? };
        match question.about_peers() {
            None => Ok(answer),
            Some(about_peers) => Ok(answer.beside(self.count(op, &about_peers)?)),
        }
    }

    fn count(&self, op: &mut Op<'_>, question: &Question) -> Result<Answer> {
        match question.source {
            Source::Notices => Ok(Answer::to(question, &*self.observations(op.db())?)),
            Source::Cases => {
                let (reader, now) = (reader(op.actor(), question), op.now());
                let cases = self.cases.current(op.db(), &self.rounding, now)?;
                Ok(Answer::about_cases(question, &cases, reader))
            }
        }
    }

    /// All notices as Parquet. Whoever has no connection yet waits for its [`turn`](AllNotices::turn) first.
    ///
    /// # Errors
    /// When the database or the disk refuses.
    pub fn parquet(&self, op: &mut Op<'_>) -> Result<Arc<NamedTempFile>> {
        let (position, now) = (self.observations(op.db())?.position(), op.now());
        self.parquet.current(op.db(), position, now, self.is_invented)
    }

    /// All notices, as of now.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn observations(&self, db: &mut Db) -> Result<Arc<Observations>> {
        self.notices.current(db)
    }
}

/// Advisers see how many have responded to each need anyway, and so does a buyer about its own.
pub(super) fn reader(actor: &Actor, question: &Question) -> Reader {
    let own = |number: &str| question.buyer.as_ref().is_some_and(|buyer| buyer.as_str() == number);
    match actor {
        Actor::System(_) => Reader::Trusted,
        Actor::Member(member) if actor.is_adviser() || own(&member.organisation_number) => Reader::Trusted,
        Actor::Member(_) | Actor::Alone(_) | Actor::Anonymous => Reader::Public,
    }
}
