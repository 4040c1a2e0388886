//! Open data by the Open Contracting Data Standard, OCDS 1.1: needs, dialogues and notices as releases.
//!
//! A release tells what was known of a contracting process at one time. Releases with one `ocid` are of one process: a
//! procedure (BT-04), or a need. Source: standard.open-contracting.org/1.1, and its profile for eForms.
pub mod api;
mod codes;
mod need;
mod notice;
mod package;
mod release;
mod removed;
mod source;

pub use need::{Told, releases_of as releases_of_need};
pub use notice::{Origin, releases_of as releases_of_notice};
pub use package::{Header, Package};
pub use release::{Published, Release};
pub use source::{Batch, Place, next_batch};

pub use crate::platform::config::Ocds as Settings;
