//! A need: something a public buyer wants solved, described without naming the solution.
mod amount;
pub mod api;
mod changes;
mod delete;
mod describe;
mod filters;
mod follow;
mod need;
mod newest;
pub mod policy;
mod publish;
mod search;
mod store;
pub mod web;
mod wording;

pub use changes::announce as announce_change;
pub use delete::delete;
pub use describe::{Files, change_note, describe, edit, rewrite};
pub use filters::{SEARCH, search_of};
pub use follow::{follow, is_followed, join, unfollow, unfollow_by_mail, volume};
pub use need::{Budget, Contact, Content, Description, DesiredEffect, InnovationKind, Need, NeedId, Status};
pub use publish::{CHANGE_NOTE, REASON, conclude, publish, withdraw};
pub use search::{
    Finder, Found, Place, Search, Sort, bad_cursor, find as search, find_ids as search_ids, follow_changes,
};
pub use store::{
    Counts, Joiner, Listed, StaysOpen, Version, change_after, count_of_tenant, counts, drafts_of, find,
    find_by_reference, follow_elsewhere, followed_by, followers_of, hold, insert_published, joiners_of, last_change,
    listed_in_order, of_tenant, public_after, told_title, totals, unfollow_everything, version, versions_of,
    with_buyers,
};
pub use wording::Words;
