//! Who answers: startups, social entrepreneurs and established firms, with a profile that is written once.
mod add;
pub mod api;
mod confirm;
mod edit;
mod policy;
mod profile;
mod register;
mod registration;
mod store;
mod tell;
pub mod web;

pub use add::{add, enter};
pub use confirm::{Opened, confirm_as_member, confirm_as_newcomer, open as open_registration};
pub use edit::{ProfileWords, edit};
pub use profile::{Employees, Profile, SocialTraits, SupplierKind};
pub use register::{NewRegistration, RegistrationWords, register};
pub use registration::{LASTS as REGISTRATION_LASTS, Registration, RegistrationId};
pub use store::{
    Interest, Supplier, chosen_password, count_waiting, find, find_registration, forget_registrations,
    forget_registrations_of, matching, profile_of,
};
pub use tell::{stop_telling, tell_again};
