//! Any file is read to its end or told to be wrong, within bounds of time and memory.
#![no_main]
use eforms_read::MOST_BYTES;
use eforms_read::sources;
use libfuzzer_sys::fuzz_target;
use std::io::Cursor;

fuzz_target!(|file: &[u8]| {
    let (mut documents, mut all) = (0_usize, 0_usize);
    sources::read_file("a", Cursor::new(file), &mut |found| {
        documents += 1;
        let name = match found {
            Ok(document) => {
                assert!(document.bytes.len() <= MOST_BYTES + 1);
                all += document.bytes.len();
                document.name
            }
            Err(unopened) => {
                assert!(!unopened.reason.is_empty());
                unopened.name
            }
        };
        assert!(name == "a" || name.starts_with("a!"), "{name:?}");
        assert!(!name.contains(char::is_control), "{name:?}");
        true
    });
    // An entry of a tar takes 512 bytes before it is compressed a thousandfold.
    assert!(documents <= 2 + file.len() * 3, "{documents} of {} bytes", file.len());
    assert!(all <= 3 * MOST_BYTES + 200 * file.len(), "{all} of {} bytes", file.len());
});
