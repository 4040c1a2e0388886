//! Users: who they are, how they prove it, and for how long we believe it.
pub mod api;
mod credentials;
mod email;
mod login;
mod password;
mod register;
mod reset;
mod secret;
mod session;
mod store;
mod throttle;
mod token;
mod user;
pub mod web;

pub use credentials::{Credentials, authenticate};
pub use email::{Email, mask};
pub use login::{Login, Proven, prove};
pub use password::{Password, Passwords};
pub use register::{NewUser, Registered, add_user, confirm, register_supplier};
pub use reset::{ask as ask_reset, finish as finish_reset};
pub use secret::Secret;
pub use session::{Refreshed, Session, SessionId, Tokens, end, open_api, open_browser, refresh, switch};
pub use store::{counts, find_by_email, find_user, people_of};
pub use token::{Claims, Keys};
pub use user::{User, UserId};
