//! What someone sees first when they are logged in: by what their organisation is here for.
mod adviser;
mod buyer;
mod followed;
mod operator;
mod supplier;
pub mod web;
