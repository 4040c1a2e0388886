//! Questions that come at the same time, answered together.
//!
//! A statement on PostgreSQL is two switches between processes away, which take longer than many a statement itself. So threads of
//! their own take all that has gathered meanwhile, and answer it in one go. An answer begins after all that it answers have
//! asked: nobody gets what was true before they asked, and whoever is alone waits for nobody.
use crate::{Error, Result};
use anyhow::{Context, anyhow};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use tokio::sync::oneshot;

/// Questions that are answered together, at most.
pub(super) const LARGEST: usize = 64;
/// Answers of one kind that are under way at once, so that one that hangs does not hold up all. The more there are, the fewer
/// are answered together.
pub(super) const THREADS: usize = 2;

/// Somebody who waits for an answer.
struct Asked<Q, A> {
    question: Q,
    tell: oneshot::Sender<Result<A>>,
}

pub(super) struct Crowd<Q, A> {
    /// The way to the threads; when it is dropped, they end.
    asked: mpsc::Sender<Asked<Q, A>>,
}

impl<Q: Send + 'static, A: Send + 'static> Crowd<Q, A> {
    /// Starts the threads, and names them. `answer` gives as many answers as there are questions, in their order.
    ///
    /// # Errors
    /// If none can be started.
    pub(super) fn start(name: &str, answer: impl Fn(&[Q]) -> Vec<Result<A>> + Send + Sync + 'static) -> Result<Self> {
        let (asked, waiting) = mpsc::channel();
        let (waiting, answer) = (Arc::new(Mutex::new(waiting)), Arc::new(answer));
        for _ in 0..THREADS {
            let (waiting, answer) = (waiting.clone(), answer.clone());
            thread::Builder::new()
                .name(name.to_owned())
                .spawn(move || work(&waiting, &*answer))
                .with_context(|| format!("a thread for {name} cannot be started"))?;
        }
        Ok(Self { asked })
    }

    /// # Errors
    /// Those of the answer; `Unavailable` if there is nobody left who answers.
    pub(super) async fn ask(&self, question: Q) -> Result<A> {
        let (tell, told) = oneshot::channel();
        self.asked.send(Asked { question, tell }).map_err(|_| Error::Unavailable("database"))?;
        told.await.map_err(|_| Error::Unavailable("database"))?
    }
}

/// Answers, as many at once as have asked, until nobody can ask any more.
fn work<Q, A>(waiting: &Mutex<Receiver<Asked<Q, A>>>, answer: &dyn Fn(&[Q]) -> Vec<Result<A>>) {
    while let Some(asked) = next(waiting) {
        let (questions, tell): (Vec<Q>, Vec<_>) = asked.into_iter().map(|a| (a.question, a.tell)).unzip();
        let answers = catch_unwind(AssertUnwindSafe(|| answer(&questions))).unwrap_or_default();
        let answers = answers.into_iter().map(Some).chain(std::iter::repeat_with(|| None));
        for (tell, answer) in tell.into_iter().zip(answers) {
            // Whoever asked may have hung up.
            let _ = tell.send(answer.unwrap_or_else(|| Err(anyhow!("what many asked at once panicked").into())));
        }
    }
}

/// Waits until somebody asks, and takes those who have asked meanwhile as well. `None` when nobody can any more.
fn next<Q, A>(waiting: &Mutex<Receiver<Asked<Q, A>>>) -> Option<Vec<Asked<Q, A>>> {
    let waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
    let first = waiting.recv().ok()?;
    Some(std::iter::once(first).chain(waiting.try_iter().take(LARGEST - 1)).collect())
}

/// The same failure, for each of those who asked together.
pub(super) fn same(failure: &Error) -> Error {
    match failure {
        Error::Unavailable(what) => Error::Unavailable(what),
        e => anyhow!("what many asked at once failed: {e:?}").into(),
    }
}
