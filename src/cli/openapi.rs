//! `brobygger openapi`
use super::{Failure, answer};
use crate::api::openapi;

pub fn run() -> Result<(), Failure> {
    let document = serde_json::to_string_pretty(&openapi::document());
    answer(&document.map_err(|e| Failure::Failed(e.to_string()))?)
}
