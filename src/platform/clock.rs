//! What time it is: the machine's clock, or one that a test sets.
use super::db::types::Timestamp;
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Where the time comes from.
#[derive(Debug, Clone, Default)]
pub enum Clock {
    #[default]
    System,
    /// Microseconds since 1970; stands still until it is moved.
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `at`.
    pub fn standing(at: DateTime<Utc>) -> Self {
        Self::Set(Arc::new(AtomicI64::new(at.timestamp_micros())))
    }

    /// The time.
    pub fn now(&self) -> Timestamp {
        match self {
            #[expect(clippy::disallowed_methods, reason = "this is the one place that asks the machine")]
            Self::System => Utc::now().into(),
            Self::Set(t) => DateTime::from_timestamp_micros(t.load(Ordering::SeqCst)).unwrap_or_default().into(),
        }
    }

    /// Moves a set clock on; the machine's clock cannot be moved.
    pub fn advance(&self, by: TimeDelta) {
        if let Self::Set(t) = self {
            t.fetch_add(by.num_microseconds().unwrap_or(i64::MAX / 2), Ordering::SeqCst);
        }
    }
}
