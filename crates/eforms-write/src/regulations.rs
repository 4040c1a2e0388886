//! Stands in for the product's `regulations`, from which one file is copied: remove when the writer moves in.
#[path = "organisation_number.rs"]
mod organisation_number;
pub use organisation_number::OrganisationNumber;
