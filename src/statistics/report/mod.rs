//! The year of a tenant as a PDF: its needs in Brobygger and the notices of its municipality, kept apart, with everything one
//! needs to understand them.
//!
//! [`write()`] asks the same questions as the page and the endpoint, and makes [`Content`] of the answers: plain texts, tables and
//! charts. `typeset` makes a PDF of that and knows nothing of statistics.
mod content;
mod gather;
mod legible;
mod order;
mod part;
mod summary;
mod typeset;

use self::order::Order;
use super::Statistics;
use crate::Result;
use crate::fields::Fields;
use crate::op::Op;
use crate::platform::language::Language;

pub use content::Content;
pub use order::{PARAMETERS, year_of, years};
pub use typeset::typeset;

/// The report that the parameters order, for whoever may have it. `public_url` is where its links lead.
///
/// # Errors
/// `Invalid` for a year or a number that is none, `Unauthenticated`, `Forbidden` or `NotFound` for a report that one may not have.
pub fn write(
    op: &mut Op<'_>,
    statistics: &Statistics,
    query: &Fields,
    language: Language,
    public_url: &str,
) -> Result<Content> {
    if !op.actor().is_system() {
        op.member()?;
    }
    let order = Order::parse(query, op.now())?;
    let tenant = order.tenant(op)?;
    gather::gather(op, statistics, tenant, order.year, language, public_url)
}

/// What the report is called when it is saved: `statistikk-2026-964965226.pdf`.
pub fn file_name(content: &Content) -> String {
    format!("statistikk-{}-{}.pdf", content.year, content.number)
}
