//! What fuzzing reached: documents at which a promise of the reader was once broken (`findings/`), and a few hundred that
//! come through nearly all of its code (`seeds/`). `fuzz/README.md` says how they were made.
#![expect(clippy::unwrap_used, reason = "a test may stop where it cannot go on")]
use std::path::Path;

mod promises;

#[test]
fn what_was_found_once_is_not_found_again() {
    assert!(hold_for_all_in("findings") > 0);
}

#[test]
fn what_the_fuzzer_reached_is_read_as_promised() {
    assert!(hold_for_all_in("seeds") > 100);
}

fn hold_for_all_in(folder: &str) -> usize {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in &files {
        let document = std::fs::read(file).unwrap();
        if std::panic::catch_unwind(|| promises::hold(&document)).is_err() {
            panic!("{}", file.display());
        }
    }
    files.len()
}
