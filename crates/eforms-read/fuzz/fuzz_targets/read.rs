//! Any document is read or refused, and whichever it is, as the reader promises.
#![no_main]
use eforms_read_fuzz::mutate;
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

#[path = "../../tests/promises/mod.rs"]
mod promises;

fuzz_target!(|document: &[u8]| promises::hold(document));

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate::document(data, size, max_size, seed)
});
