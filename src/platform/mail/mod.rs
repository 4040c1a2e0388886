//! Sending a mail: rendering it, and handing it to a mail server or a folder.
mod render;
mod smtp;
mod transport;

pub use render::{Letters, Rendered};
pub use smtp::{BEFORE_HANDING_OVER, TAKING_OVER};
pub use transport::{Outcome, Route, Transport};
