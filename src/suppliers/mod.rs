//! Who answers: startups, social entrepreneurs and established firms, with a profile that is written once.
mod add;
pub mod api;
mod edit;
mod policy;
mod profile;
mod register;
mod store;
pub mod web;

pub use add::{add, enter};
pub use edit::{ProfileWords, edit};
pub use profile::{Employees, Profile, SocialTraits, SupplierKind};
pub use register::{Registration, RegistrationWords, register};
pub use store::{Supplier, find, matching, profile_of};
