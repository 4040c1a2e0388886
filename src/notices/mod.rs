//! Notices of public procurement: what Doffin and TED publish, as typed facts. [`eforms::read`] makes a [`Notice`] of one
//! XML document.
//!
//! A fact is what the notice says. What it leaves out is `None` or empty, what it says wrongly is a [`Flag`], and nothing
//! is filled in.
mod amount;
pub mod api;
mod award;
mod code;
pub mod codelists;
pub mod draft;
pub mod eforms;
mod flag;
pub mod import;
mod keep;
mod letters;
mod lot;
mod moment;
mod notice;
mod organisation;
mod outcome;
pub mod policy;
mod project;
mod reference;
mod sources;
pub mod store;
mod stored;

pub use amount::{Amount, Decimal};
pub use award::{Contract, Count, LotResult, NoticeResult, Statistic, Tender, Tenderer, TenderingParty};
pub use code::{Code, Codelist};
pub use flag::{Flag, FlagKind};
pub use keep::{Kept, keep};
pub use letters::{Country, Currency, Language};
pub use lot::{AwardCriterion, Lot, Process, Terms, Weight};
pub use moment::{Date, Moment, Time, Zone};
pub use notice::{
    Change, Customization, DocumentKind, LegalReference, Modification, Notice, Procedure, Profile, Publication,
    SdkVersion, Withheld,
};
pub use organisation::{Buyer, Organisation, TouchPoint};
pub use outcome::Outcome;
pub use project::{Cpv, Duration, Place, Project, Strategy, Text};
pub use reference::{NoticeReference, Reference};
pub use stored::{Stored, StoredId};
