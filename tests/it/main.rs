//! Stories over real HTTP: each has its own server, database, clock and people.
#![expect(clippy::unwrap_used, reason = "a test may stop where it cannot go on")]
mod account;
mod app;
mod away;
mod changes;
mod commands;
mod cpv;
mod dialogue;
mod feeds;
mod forms;
mod health;
mod hostile;
mod identity;
mod mail;
mod members;
mod needs;
mod notice_drafts;
mod notices;
mod ocds;
mod outbox;
mod pages;
mod pdf;
mod person;
mod portfolio;
mod programs;
mod registration;
#[path = "../support/schema.rs"]
mod schema;
mod search;
mod security;
mod statistics;
mod statistics_report;
mod stopping;
mod twice;
mod upkeep;
