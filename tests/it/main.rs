//! Stories over real HTTP: each has its own server, database, clock and people.
#![expect(clippy::unwrap_used, reason = "a test may stop where it cannot go on")]
mod app;
mod dialogue;
mod hostile;
mod identity;
mod mail;
mod needs;
mod outbox;
mod pages;
mod person;
mod search;
mod security;
mod twice;
