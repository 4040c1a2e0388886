//! How fast notices are read, beside what others do with the same files in the same run: the XML library's bare
//! tokenizer, the same library's resolver of namespaces, a tree in memory (roxmltree), and a Python extraction with lxml.
//!
//! ```sh
//! NOTICES_CORPUS=FOLDER PYTHON=.venv/bin/python cargo bench --bench notices
//! ```
//!
//! One thread; the files are in memory before the clock starts, for everybody.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark prints what it measured, is told by the environment where its data is, and stops where it fails"
)]
use quick_xml::events::Event;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use walkdir::WalkDir;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Each way is measured for at least so long.
const LEAST: Duration = Duration::from_secs(3);

fn main() {
    let folder = std::env::var_os("NOTICES_CORPUS").map_or("tests/fixtures".into(), PathBuf::from);
    let files = load(&folder);
    let bytes: usize = files.iter().map(Vec::len).sum();
    println!("{} notices, {:.1} MB, one thread", files.len(), mb(bytes));
    let ours = measure("ours", &files, |xml| {
        black_box(eforms_read::read(xml).unwrap());
    });
    let tokens = measure("quick-xml, bare tokenizer", &files, tokenize);
    measure("quick-xml, with namespaces", &files, resolve);
    measure("roxmltree, tree only", &files, |xml| {
        let text = std::str::from_utf8(xml).unwrap();
        black_box(roxmltree::Document::parse(text.trim_start_matches('\u{feff}')).unwrap());
    });
    println!("ours reads at {:.0} % of the bare tokenizer", 100.0 * ours / tokens);
    python(&folder, files.len(), bytes);
}

fn load(folder: &Path) -> Vec<Vec<u8>> {
    let paths = WalkDir::new(folder).sort_by_file_name().into_iter().map(|entry| entry.unwrap().into_path());
    let files: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|e| e == "xml"))
        .map(|path| std::fs::read(path).unwrap())
        .collect();
    assert!(!files.is_empty(), "no notices in {}", folder.display());
    files
}

/// The best time of each file, in as many passes as there is time for: the others were disturbed. Answers notices a
/// second.
fn measure(name: &str, files: &[Vec<u8>], one: impl Fn(&[u8])) -> f64 {
    let start = Instant::now();
    let mut best = vec![Duration::MAX; files.len()];
    while start.elapsed() < LEAST {
        for (xml, best) in files.iter().zip(&mut best) {
            let begin = Instant::now();
            one(xml);
            *best = begin.elapsed().min(*best);
        }
    }
    let seconds = best.iter().sum::<Duration>().as_secs_f64();
    report(name, files.len(), files.iter().map(Vec::len).sum(), seconds)
}

fn report(name: &str, notices: usize, bytes: usize, seconds: f64) -> f64 {
    let rate = notices as f64 / seconds;
    println!("{name:28} {rate:9.0} notices/s {:8.1} MB/s", mb(bytes) / seconds);
    rate
}

fn mb(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

fn tokenize(xml: &[u8]) {
    let mut reader = quick_xml::Reader::from_reader(xml);
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => break,
            event => black_box(event),
        };
    }
}

fn resolve(xml: &[u8]) {
    let mut reader = quick_xml::NsReader::from_reader(xml);
    loop {
        match reader.read_resolved_event().unwrap() {
            (_, Event::Eof) => break,
            event => black_box(event),
        };
    }
}

/// The same files in Python, if there is one with lxml.
fn python(folder: &Path, notices: usize, bytes: usize) {
    let python = std::env::var_os("PYTHON").unwrap_or("python3".into());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/notices/extract.py");
    let output = Command::new(python).arg(script).arg(folder).output();
    let seconds =
        output.ok().filter(|o| o.status.success()).and_then(|o| String::from_utf8(o.stdout).ok()?.trim().parse().ok());
    match seconds {
        Some(seconds) => {
            report("Python, lxml and XPath", notices, bytes, seconds);
        }
        None => println!("Python, lxml and XPath: not measured, for want of a Python with lxml (PYTHON=…)"),
    }
}
