//! Documents are found in files, folders and archives, whatever those who made them had in mind.
#![expect(clippy::unwrap_used, reason = "a test may stop where it cannot go on")]
use eforms_read::MOST_BYTES;
use eforms_read::sources::{self, Document, HowCome, Unopened};
use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use std::io::{Cursor, Write};
use std::path::Path;
use zip::write::SimpleFileOptions;

/// The names of what was read, with its size, and of what was not, with the reason.
type Told = Vec<Result<(String, usize), (String, String)>>;

fn told(file: &[u8]) -> Told {
    let mut told = Vec::new();
    sources::read_file("a", Cursor::new(file), &mut |found| {
        if found.as_ref().is_err_and(|unopened| unopened.how_come == HowCome::PassedOver) {
            return true;
        }
        told.push(found.map(|d| (d.name, d.bytes.len())).map_err(|u| (u.name, u.reason)));
        true
    });
    told
}

fn read(name: &str, size: usize) -> Result<(String, usize), (String, String)> {
    Ok((name.to_owned(), size))
}

/// The only thing that was told, which is wrong.
fn reason(told: &Told, name: &str) -> String {
    match told.as_slice() {
        [.., Err((told, reason))] => {
            assert_eq!(told, name, "{reason}");
            reason.clone()
        }
        other => panic!("{other:?}"),
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

fn tar(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (name, bytes) in entries {
        tar.append(&header(name, tar::EntryType::Regular, bytes.len() as u64), *bytes).unwrap();
    }
    tar.into_inner().unwrap()
}

/// A header with any name, which the library would not write.
fn header(name: &str, kind: tar::EntryType, size: u64) -> tar::Header {
    let mut header = tar::Header::new_ustar();
    header.as_mut_bytes()[..name.len().min(100)].copy_from_slice(&name.as_bytes()[..name.len().min(100)]);
    header.set_entry_type(kind);
    header.set_size(size);
    header.set_mode(0o644);
    header.set_cksum();
    header
}

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn documents_are_found_in_every_kind_of_archive() {
    let entries: [(&str, &[u8]); 3] = [("a/1.xml", b"<a/>"), ("les meg.txt", b"hei"), ("b/2.XML.gz", &gzip(b"<bb/>"))];
    let expected = [read("a!a/1.xml", 4), read("a!b/2.XML.gz", 5)];
    for archive in [tar(&entries), gzip(&tar(&entries)), zip(&entries)] {
        assert_eq!(told(&archive), expected);
    }
    assert_eq!(told(b"<a/>"), [read("a", 4)]);
    assert_eq!(told(&gzip(b"<a/>")), [read("a", 4)]);
    assert_eq!(told(b""), [read("a", 0)]);
}

/// Whoever pipes something in gives nothing to go back in, and a zip must be gone back in.
#[test]
fn what_comes_once_is_read_as_a_file_is() {
    let entries: [(&str, &[u8]); 2] = [("1.xml", b"<a/>"), ("2.xml.gz", &gzip(b"<bb/>"))];
    for file in [tar(&entries), gzip(&tar(&entries)), zip(&entries), b"<a/>".to_vec(), Vec::new(), zip(&[])] {
        let mut all = Vec::new();
        sources::read_stream("a", file.as_slice(), &mut |found| {
            all.push(found.map(|d| (d.name, d.bytes.len())).map_err(|u| (u.name, u.reason)));
            true
        });
        assert_eq!(all, told(&file));
    }
}

/// Files may be called anything, and what is told of them may stand on a terminal.
#[cfg(unix)]
#[test]
fn names_of_files_in_folders_move_no_cursor() {
    let folder = tempfile::tempdir().unwrap();
    let bad = folder.path().join("\u{1b}[2J\nFerdig");
    std::fs::create_dir(&bad).unwrap();
    for name in ["a\u{1b}[31m.xml", "b\n.txt", "c\r.zip"] {
        std::fs::write(bad.join(name), "<a/>").unwrap();
    }
    std::os::unix::fs::symlink("/nowhere", bad.join("d\u{7}.xml")).unwrap();
    let mut told = Vec::new();
    sources::read(folder.path(), &mut |found| {
        told.push(found.map_or_else(|unopened| format!("{}: {}", unopened.name, unopened.reason), |d| d.name));
        true
    });
    assert_eq!(told.len(), 4, "{told:?}");
    for said in told {
        assert!(!said.contains(char::is_control) && said.contains("\u{fffd}[2J\u{fffd}Ferdig"), "{said:?}");
    }
}

/// What macOS puts beside each file is none; and whoever named the wrong folder is told, not answered with silence.
#[test]
fn where_there_is_nothing_that_is_told() {
    let aside: (&str, &[u8]) = ("__MACOSX/a/._1.xml", b"\0\x05\x16\x07");
    assert_eq!(told(&zip(&[aside, ("a/1.xml", b"<a/>")])), [read("a!a/1.xml", 4)]);
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("._1.xml"), aside.1).unwrap();
    std::fs::write(folder.path().join("1.eforms"), "<a/>").unwrap();
    std::fs::write(folder.path().join("empty.zip"), zip(&[aside])).unwrap();
    let told_of = |path: &Path| {
        let mut told = Vec::new();
        sources::read(path, &mut |found: Result<Document, Unopened>| {
            told.push(found.unwrap_err());
            true
        });
        // The other file is told of as well, as one that was passed over.
        let is_other = |unopened: &Unopened| unopened.how_come == HowCome::PassedOver;
        told.sort_by_key(is_other);
        let other = told.iter().position(is_other);
        assert_eq!(other.is_some(), path.is_dir(), "{told:?}");
        if let Some(other) = other {
            assert!(told.pop().unwrap().name.ends_with("1.eforms") && other == told.len());
        }
        told
    };
    let empty = folder.path().join("empty.zip");
    for path in [folder.path(), &empty] {
        let told = told_of(path);
        assert_eq!((told.len(), &told[0].name), (1, &empty.display().to_string()), "{told:?}");
        assert!(told[0].reason.contains(".xml") && told[0].how_come == HowCome::Empty, "{told:?}");
    }
    std::fs::remove_file(&empty).unwrap();
    let told = told_of(folder.path());
    assert_eq!((told.len(), &told[0].name), (1, &folder.path().display().to_string()), "{told:?}");
    assert_eq!(told[0].how_come, HowCome::Empty);
}

/// What compresses as it goes writes small pieces.
#[test]
fn an_archive_is_known_however_little_of_it_comes_at_a_time() {
    let archive = tar(&[("1.xml", b"<a/>")]);
    let pieces: Vec<u8> = [&gzip(b"")[..], &gzip(&archive[..100]), &gzip(&archive[100..])].concat();
    assert_eq!(told(&pieces), [read("a!1.xml", 4)]);
}

#[test]
fn names_lead_nowhere_and_move_no_cursor() {
    let folder = tempfile::tempdir().unwrap();
    let entries: [(&str, &[u8]); 3] =
        [("../../../../tmp/x.xml", b"<a/>"), ("/etc/x.xml", b"<a/>"), ("\u{1b}[2J\nx.xml", b"<a/>")];
    for (archive, name) in [(tar(&entries), "a.tar"), (gzip(&tar(&entries)), "a.tgz")] {
        std::fs::write(folder.path().join(name), archive).unwrap();
    }
    let mut names = Vec::new();
    sources::read(folder.path(), &mut |found: Result<Document, Unopened>| {
        names.push(found.unwrap().name.replace(&folder.path().display().to_string(), ""));
        true
    });
    let inside = ["../../../../tmp/x.xml", "/etc/x.xml", "\u{fffd}[2J\u{fffd}x.xml"];
    let expected: Vec<String> =
        ["/a.tar", "/a.tgz"].iter().flat_map(|name| inside.map(|inside| format!("{name}!{inside}"))).collect();
    assert_eq!(names, expected);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    assert_eq!(told(&zip(&entries)).len(), 3);
}

#[test]
fn names_of_any_length_are_read_as_both_kinds_of_tar_write_them() {
    let long = format!("{}.xml", "kunngjøring/".repeat(30));
    let mut gnu = tar::Builder::new(Vec::new());
    let mut plain = tar::Header::new_gnu();
    plain.set_size(4);
    gnu.append_data(&mut plain, &long, &b"<a/>"[..]).unwrap();
    assert_eq!(told(&gnu.into_inner().unwrap()), [read(&format!("a!{long}"), 4)]);
    let mut pax = tar::Builder::new(Vec::new());
    pax.append_pax_extensions([("path", long.as_bytes()), ("comment", b"x")]).unwrap();
    pax.append(&header("kort.xml", tar::EntryType::Regular, 4), &b"<a/>"[..]).unwrap();
    pax.append(&header("2.xml", tar::EntryType::Regular, 4), &b"<b/>"[..]).unwrap();
    assert_eq!(told(&pax.into_inner().unwrap()), [read(&format!("a!{long}"), 4), read("a!2.xml", 4)]);
}

#[test]
fn what_is_cut_is_read_up_to_there_and_named() {
    let archive = tar(&[("1.xml", b"<a/>"), ("2.xml", &[b'x'; 5_000])]);
    let told_of = told(&archive[..2_000]);
    assert_eq!(told_of[0], read("a!1.xml", 4));
    assert_eq!(told_of[1].as_ref().unwrap_err().0, "a!2.xml");
    let packed = gzip(&tar(&[("1.xml", b"<a/>"), ("2.xml", &noise(20_000))]));
    let told_of = told(&packed[..packed.len() - 5_000]);
    assert_eq!(told_of[0], read("a!1.xml", 4));
    assert_eq!(told_of[1].as_ref().unwrap_err().0, "a!2.xml");
    let packed = gzip(b"<a/>");
    reason(&told(&packed[..packed.len() - 3]), "a");
    let archive = zip(&[("1.xml", b"<a/>")]);
    reason(&told(&archive[..archive.len() - 10]), "a");
}

/// Bytes that do not compress, the same each time.
fn noise(count: usize) -> Vec<u8> {
    let mut state = 1_u32;
    let next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    std::iter::repeat_with(next).take(count).collect()
}

#[test]
fn a_year_of_months_is_opened_and_what_lies_deeper_is_told() {
    let files: [(&str, &[u8]); 2] = [("1.xml", b"<a/>"), ("2.xml", b"<bb/>")];
    let deeper = zip(&[("uke.zip", &zip(&files)), ("3.xml", b"<c/>")]);
    let months: [(&str, Vec<u8>); 5] = [
        ("01.tar.gz", gzip(&tar(&files))),
        ("02.tar", tar(&files)),
        ("03.zip", zip(&files)),
        ("04.zip", deeper),
        ("05.zip", b"PK og ikke mer".to_vec()),
    ];
    let entries: Vec<(&str, &[u8])> = months.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    for year in [tar(&entries), gzip(&tar(&entries)), zip(&entries)] {
        let told = told(&year);
        let of = |month: &str| [read(&format!("a!{month}!1.xml"), 4), read(&format!("a!{month}!2.xml"), 5)];
        assert_eq!(told[..6], [of("01.tar.gz"), of("02.tar"), of("03.zip")].concat());
        let (name, reason) = told[6].as_ref().unwrap_err();
        assert!(name == "a!04.zip!uke.zip" && reason.contains("in an archive in an archive"), "{told:?}");
        assert_eq!(told[7], read("a!04.zip!3.xml", 4));
        assert_eq!((told[8].as_ref().unwrap_err().0.as_str(), told.len()), ("a!05.zip", 9), "{told:?}");
    }
    // Each archive may be a bomb: all have the room of the one that was given.
    let bomb = gzip(&vec![b' '; MOST_BYTES]);
    let month = tar(&[("1.xml.gz", &bomb), ("2.xml.gz", &bomb), ("3.xml.gz", &bomb)]);
    let year = gzip(&tar(&[("1.tar", &month), ("2.tar", &month), ("3.tar", &month)]));
    assert!(reason(&told(&year), "a").contains("times its size"));
    // A document packed twice is no document.
    assert_eq!(told(&tar(&[("1.xml.gz", &gzip(&gzip(b"<a/>")))]))[0], read("a!1.xml.gz", gzip(b"<a/>").len()));
}

#[test]
fn a_document_without_end_is_read_as_far_as_the_reader_goes() {
    let bomb = gzip(&vec![b' '; MOST_BYTES + 1_000_000]);
    assert_eq!(told(&bomb), [read("a", MOST_BYTES + 1)]);
    assert_eq!(
        told(&tar(&[("1.xml.gz", &bomb), ("2.xml", b"<a/>")])),
        [read("a!1.xml.gz", MOST_BYTES + 1), read("a!2.xml", 4)]
    );
}

#[test]
fn an_archive_that_unpacks_without_end_is_left_and_told_once() {
    let bomb = gzip(&vec![b' '; MOST_BYTES]);
    let names: Vec<String> = (0..50).map(|nth| format!("{nth}.xml.gz")).collect();
    let entries: Vec<(&str, &[u8])> = names.iter().map(|name| (&**name, &*bomb)).collect();
    // Small archives of the same thing fifty times.
    for archive in [gzip(&tar(&entries)), overlapping(&bomb, 50)] {
        let told = told(&archive);
        assert!(told.len() < 6, "{} were told", told.len());
        assert!(reason(&told, "a").contains("times its size"), "{told:?}");
    }
}

/// A zip with one packed file that stands in it so many times.
fn overlapping(packed: &[u8], times: u16) -> Vec<u8> {
    let size = u32::try_from(packed.len()).unwrap().to_le_bytes();
    let name = b"1.xml.gz";
    // What follows the version in both headers: no flags, stored, no time, no sum, sizes, lengths of names.
    let common = [&[0; 12][..], &size, &size, &[name.len() as u8, 0, 0, 0]].concat();
    let mut zip = [b"PK\x03\x04\x14\x00", &common[..], name, packed].concat();
    let directory = zip.len() as u32;
    for _ in 0..times {
        zip.extend([b"PK\x01\x02\x14\x00\x14\x00", &common[..], &[0; 14], name].concat());
    }
    let length = zip.len() as u32 - directory;
    let (times, length, directory) = (times.to_le_bytes(), length.to_le_bytes(), directory.to_le_bytes());
    zip.extend([b"PK\x05\x06\0\0\0\0", &times[..], &times, &length, &directory, &[0, 0]].concat());
    zip
}

#[test]
fn sizes_that_lie_are_told_by_name() {
    let plain = zip(&[("1.xml", &[b'x'; 1_000]), ("2.xml", b"<a/>")]);
    let directory = plain.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    // Of the first entry in the directory: the sum, the packed size and the unpacked size.
    for (at, value) in [(16, 0), (20, 1), (24, 5)] {
        let mut lying = plain.clone();
        lying[directory + at..directory + at + 4].copy_from_slice(&u32::to_le_bytes(value));
        let told = told(&lying);
        assert!(told.len() <= 2, "{told:?}");
        assert!(
            told.iter().any(|one| one.as_ref().is_err_and(|(name, _)| name == "a!1.xml" || name == "a")),
            "{at} {told:?}"
        );
    }
    let mut huge = tar(&[]);
    let header = header("1.xml", tar::EntryType::Regular, u64::MAX - 600);
    huge.splice(0..0, header.as_bytes().iter().copied());
    assert!(told(&huge).iter().any(Result::is_err));
}

#[test]
fn a_name_without_end_is_refused() {
    for kind in [tar::EntryType::GNULongName, tar::EntryType::XHeader] {
        let name = vec![b'x'; 20_000_000];
        let mut builder = tar::Builder::new(Vec::new());
        builder.append(&header("n", kind, name.len() as u64), &*name).unwrap();
        builder.append(&header("1.xml", tar::EntryType::Regular, 4), &b"<a/>"[..]).unwrap();
        assert!(reason(&told(&gzip(&builder.into_inner().unwrap())), "a").contains("longer than any"));
    }
}

#[test]
fn two_entries_of_one_name_are_both_read() {
    let same: [(&str, &[u8]); 2] = [("1.xml", b"<a/>"), ("1.xml", b"<bb/>")];
    assert_eq!(told(&tar(&same)), [read("a!1.xml", 4), read("a!1.xml", 5)]);
    let renamed = zip(&[("1.xml", b"<a/>"), ("2.xml", b"<bb/>")]);
    let renamed = String::from_utf8_lossy(&renamed).into_owned();
    // The bytes are ASCII or changed by this in the same way: only the names are asked for.
    assert!(renamed.contains("2.xml"));
    let mut same = zip(&[("1.xml", b"<a/>"), ("2.xml", b"<bb/>")]);
    while let Some(at) = same.windows(5).position(|five| five == b"2.xml") {
        same[at] = b'1';
    }
    assert_eq!(told(&same), [read("a!1.xml", 4), read("a!1.xml", 5)]);
}

#[test]
fn what_is_encrypted_or_packed_in_a_way_we_do_not_know_is_told_by_name() {
    let plain = zip(&[("1.xml", b"<a/>"), ("2.xml", b"<bb/>")]);
    let directory = plain.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    for (at, value) in [(8, 1), (10, 99)] {
        let mut other = plain.clone();
        other[directory + at] = value;
        let told = told(&other);
        assert_eq!((told.len(), told[0].as_ref().unwrap_err().0.as_str()), (2, "a!1.xml"), "{told:?}");
        assert_eq!(told[1], read("a!2.xml", 5));
    }
}

#[test]
fn a_file_that_is_packed_by_another_program_is_told_to_be_that_and_no_bad_xml() {
    for (beginning, packer) in [
        (b"BZh91AY&SY".as_slice(), "bzip2"),
        (b"\xfd7zXZ\0\0\x04", "xz"),
        (b"\x28\xb5\x2f\xfd$", "zstd"),
        (b"7z\xbc\xaf\x27\x1c\0", "7-Zip"),
        (b"Rar!\x1a\x07\x01", "RAR"),
        (b"\x04\x22\x4d\x18d", "LZ4"),
    ] {
        let told = told(&[beginning, b"<ContractNotice/>"].concat());
        let told = reason(&told, "a");
        assert!(told.starts_with(&format!("it is packed with {packer}, which is not opened here")), "{told}");
    }
}

/// As `tar --format=v7` writes it: nothing in it says `ustar`.
#[test]
fn a_tar_of_the_old_kind_is_opened() {
    let mut old = tar::Builder::new(Vec::new());
    for (name, bytes) in [("1.xml", b"<a/>".as_slice()), ("2.xml", b"<bb/>")] {
        let mut header = tar::Header::new_old();
        header.set_path(name).unwrap();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        old.append(&header, bytes).unwrap();
    }
    let old = old.into_inner().unwrap();
    assert!(!old.windows(5).any(|five| five == b"ustar"));
    assert_eq!(told(&old), [read("a!1.xml", 4), read("a!2.xml", 5)]);
    assert_eq!(told(&gzip(&old)), [read("a!1.xml", 4), read("a!2.xml", 5)]);
}

/// `tar` writes a link for a file that it has written before under another name.
#[test]
fn a_link_in_an_archive_is_told_and_not_followed() {
    let mut tar = tar::Builder::new(Vec::new());
    tar.append(&header("1.xml", tar::EntryType::Regular, 4), &b"<a/>"[..]).unwrap();
    for (name, kind) in
        [("2.xml", tar::EntryType::Link), ("3.xml", tar::EntryType::Symlink), ("4.xml", tar::EntryType::Directory)]
    {
        tar.append(&header(name, kind, 0), &b""[..]).unwrap();
    }
    let told = told(&tar.into_inner().unwrap());
    let link = |name: &str| Err((name.to_owned(), "it is no file".to_owned()));
    assert_eq!(told, [read("a!1.xml", 4), link("a!2.xml"), link("a!3.xml")]);
}

#[cfg(unix)]
#[test]
fn a_pipe_in_a_folder_is_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let made = std::process::Command::new("mkfifo").arg(folder.path().join("1.xml")).status();
    if !made.is_ok_and(|made| made.success()) {
        return;
    }
    std::os::unix::fs::symlink("/dev/zero", folder.path().join("2.xml")).unwrap();
    std::os::unix::fs::symlink(folder.path(), folder.path().join("3.xml")).unwrap();
    std::fs::write(folder.path().join("4.xml"), "<a/>").unwrap();
    let mut read = Vec::new();
    sources::read(folder.path(), &mut |found: Result<Document, Unopened>| {
        let name = found.as_ref().map_or_else(|u| &u.name, |d| &d.name);
        read.push((Path::new(name).file_name().unwrap().to_string_lossy().into_owned(), found.is_ok()));
        true
    });
    let expected = [("1.xml", false), ("2.xml", false), ("3.xml", false), ("4.xml", true)];
    assert_eq!(read, expected.map(|(name, is_ok)| (name.to_owned(), is_ok)));
}

/// A shell makes one of `<(curl …)`.
#[cfg(unix)]
#[test]
fn a_pipe_that_is_named_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("kunngjøringer");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    if !made.is_ok_and(|made| made.success()) {
        return;
    }
    let zip = zip(&[("1.xml", b"<a/>"), ("2.xml", b"<bb/>")]);
    let mut read = Vec::new();
    std::thread::scope(|scope| {
        scope.spawn(|| std::fs::write(&pipe, &zip).unwrap());
        sources::read(&pipe, &mut |found: Result<Document, Unopened>| {
            read.push(found.map(|document| document.bytes));
            true
        });
    });
    assert_eq!(read, [Ok(b"<a/>".to_vec()), Ok(b"<bb/>".to_vec())]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_file_is_read_or_told_to_be_wrong(
        which in 0_usize..4,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        length in any::<prop::sample::Index>(),
    ) {
        let entries: [(&str, &[u8]); 3] = [("a/1.xml", b"<a/>"), ("b", b"hei"), ("2.xml.gz", &gzip(b"<bb/>"))];
        let mut file = [tar(&entries), gzip(&tar(&entries)), zip(&entries), gzip(b"<a/>")][which].clone();
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        file.truncate(file.len() - length.index(file.len()) / 4);
        for one in told(&file) {
            let name = match &one {
                Ok((name, _)) => name,
                Err((name, reason)) => {
                    prop_assert!(!reason.is_empty());
                    name
                }
            };
            prop_assert!(name == "a" || name.starts_with("a!"));
        }
    }
}
