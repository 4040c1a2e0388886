//! Full-text search in Norwegian: what is public, found by its words.
//!
//! The index is a follower of the database's change feed. It is only ever given public
//! documents, so there is nothing in it that could leak, and it can be thrown away at any
//! time: the follower then feeds it again from position 0.
//!
//! Reading order: `cut`, `fold` and `stem` are the steps by which `words` turns text into terms, `compounds` finds the words inside
//! compounds, `terms` weighs the terms of a document, `index` keeps them on disk and takes a `picture` for searches, `query`
//! plans a search, `cursor` keeps its place, `walk` and `relevance` carry it out on `lists`, and `snippet` shows
//! where a text matched. `spoken` compares words of lists that are not in the index.

mod compounds;
mod cursor;
mod cut;
mod fold;
mod index;
mod lists;
mod picture;
mod query;
#[cfg(test)]
mod random;
mod relevance;
mod snippet;
mod spoken;
mod stem;
mod terms;
mod walk;
mod words;

pub use cursor::{Cursor, WrongCursor};
pub use index::{Change, Document, Index};
pub use query::{Hits, Matched, Order, Query, Total};
pub use snippet::Marker;
pub use spoken::{Named, Spoken, named, spoken};
