//! Users: who they are, how they prove it, and for how long we believe it.
mod account;
pub mod api;
mod credentials;
mod delete;
mod email;
mod login;
mod next;
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

pub use account::{NAME, ProfileWords, change_password, edit_profile};
pub use credentials::{Credentials, Sessions, authenticate};
pub use delete::delete_account;
pub use email::{Email, mask};
pub use login::{ChosenPassword, Login, Proven, prove, prove_chosen};
pub use next::Next;
pub use password::{Password, Passwords};
pub use register::{NewUser, add_user, hash_new};
pub use reset::{LASTS as RESET_LASTS, ask as ask_reset, finish as finish_reset, whose as whose_reset};
pub use secret::Secret;
pub use session::{Refreshed, Session, SessionId, Tokens, end, is_as_it_came, open_api, open_browser, refresh, switch};
pub use store::{
    count, find_by_email, find_user, forget_links, forget_refresh_tokens, forget_sessions, hold_user, people_of,
};
pub use throttle::forget as forget_attempts;
pub use token::{Claims, Keys};
pub use user::{User, UserId, shown_name};
