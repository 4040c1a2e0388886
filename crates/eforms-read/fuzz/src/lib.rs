//! What the fuzzer knows of eForms.
pub mod mutate;
