//! Sending a mail: rendering it, and handing it to a mail server or a folder.
mod render;
mod transport;

pub use render::{Letters, Rendered};
pub use transport::{Outcome, Route, Transport};
