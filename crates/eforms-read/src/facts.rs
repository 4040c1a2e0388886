//! The facts of a notice, as types: what it says, and what is wrong with it.
mod amount;
mod award;
mod code;
pub mod codelists;
mod flag;
mod letters;
mod lot;
mod moment;
mod notice;
mod organisation;
mod project;
mod reference;

pub use amount::{Amount, Decimal};
pub use award::{
    Contract, Count, GroupFramework, LotResult, NoticeResult, Statistic, Tender, Tenderer, TenderingParty,
};
pub(crate) use code::WITHHELD;
pub use code::{Code, Codelist};
pub use flag::{Flag, FlagKind};
pub(crate) use letters::Letters;
pub use letters::{Country, Currency, Language};
pub use lot::{AwardCriterion, Lot, Process, Terms, Weight};
pub use moment::{Date, Moment, Time, Zone};
pub use notice::{
    Change, Customization, DocumentKind, LegalReference, Modification, Notice, Procedure, Profile, Publication,
    SdkVersion, Withheld,
};
pub use organisation::{Buyer, Organisation, TouchPoint};
pub use project::{Cpv, Duration, Place, Project, Strategy, Text};
pub use reference::{NoticeReference, PreviousNotice, Reference};
