//! Statistics on public procurement: what notices tell, counted.
//!
//! [`Observations`] holds one small record for each notice in memory and follows the feed of changes. A [`Question`] says
//! which of them count and how they are divided; one pass over all of them gives the [`Answer`], whatever was asked. So a
//! question costs some nanoseconds for each notice, on either database, and never more.
mod answer;
pub mod api;
mod ask;
mod cases;
mod chart;
mod dimension;
mod earlier;
pub mod export;
mod indicator;
mod observation;
mod observations;
mod picture;
pub mod policy;
mod press;
mod question;
mod references;
pub mod report;
mod rounding;
mod selection;
mod shown;
pub mod store;
mod sums;
pub mod web;
mod winners;
mod withheld;

pub use answer::{Answer, Group, Reader};
pub use ask::Statistics;
pub use cases::{Case, Participants, Remembered};
pub use dimension::Dimension;
pub use indicator::{Figure, Indicator, Source, Theme, Unit};
pub use observation::{Observation, Told};
pub use observations::{Observations, Watched};
pub use question::{PARAMETERS, Peers, Place, Question};
pub use references::{Reference, references};
pub use rounding::Rounding;
pub use sums::Sums;
