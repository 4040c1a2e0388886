//! Notices as those who use the writer see them.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
mod arbitrary; // random facts
mod examples; // the examples, as they are written
mod problems; // what is told of facts that are wrong
mod properties;
mod spoil; // and what can go wrong with them // what holds for all of them
