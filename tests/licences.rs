//! What Brobygger is built from: only under licences that fit the EUPL, from one registry, and without what it has chosen
//! not to have. Asks `cargo metadata`, without a network.
//!
//! The packages are those of the machine that runs the test, tests and builds included.
#![expect(clippy::unwrap_used, reason = "a test may stop where it cannot go on")]
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// SPDX ids that anything may have: they ask for a notice, and MPL-2.0 for the source of its own files, which everybody
/// can get where we got it. Not here: GPL, AGPL, LGPL, SSPL, BUSL, and whatever else nobody has decided on.
const ALLOWED: [&str; 17] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "EUPL-1.2",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "PostgreSQL",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Packages that must not come in, and why.
const BANNED: [(&str, &str); 6] = [
    ("actix-governor", "GPL-3.0; identity::throttle does what we need"),
    ("diesel-async", "the domain is synchronous (ARCHITECTURE.md)"),
    ("native-tls", "rustls is the TLS of this program"),
    ("openssl", "rustls is the TLS of this program; only the feature postgres-tls links openssl-sys"),
    ("jiff", "chrono is the calendar of this program"),
    ("time-tz", "chrono-tz has the zones of this program"),
];

/// Packages of which there must be one version: they keep state, or their types are in our signatures.
const ONE_VERSION: [&str; 16] = [
    "actix-web",
    "aws-lc-rs",
    "chrono",
    "chrono-tz",
    "diesel",
    "fluent-bundle",
    "handlebars",
    "libsqlite3-sys",
    "mimalloc",
    "openssl-sys",
    "pq-sys",
    "rustls",
    "serde",
    "tantivy",
    "tokio",
    "tracing",
];

struct Package {
    name: String,
    version: String,
    licence: String,
    source: Option<String>,
}

#[test]
fn every_licence_is_one_that_we_allow() {
    let refused: Vec<String> = packages()
        .into_iter()
        .filter(|p| !may_be_used(&p.licence))
        .map(|p| format!("{} {}: {}", p.name, p.version, p.licence))
        .collect();
    assert!(refused.is_empty(), "licences that nobody has allowed (ALLOWED in this file):\n{}", refused.join("\n"));
}

#[test]
fn nothing_comes_from_elsewhere_than_the_registry() {
    let all: BTreeSet<_> = packages().into_iter().filter_map(|p| p.source).collect();
    assert!(all.len() == 1 && all.iter().all(|s| s.starts_with("registry+")), "{all:#?}");
}

#[test]
fn nothing_banned_is_there_and_nothing_important_is_there_twice() {
    let mut versions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for package in packages() {
        versions.entry(package.name).or_default().insert(package.version);
    }
    assert!(versions.len() > 100, "that cannot be all: {}", versions.len());
    for (name, reason) in BANNED {
        assert!(!versions.contains_key(name), "{name} is banned: {reason}");
    }
    for name in ONE_VERSION {
        let found = versions.get(name);
        assert!(found.is_none_or(|v| v.len() == 1), "{name} is there more than once: {found:?}");
    }
}

#[test]
fn licences_are_read_as_spdx_means_them() {
    for fits in [
        "MIT",
        "MIT/Apache-2.0",
        "MIT OR GPL-3.0-only",
        "Apache-2.0 OR GPL-2.0-only",
        "(Apache-2.0 OR MIT) AND BSD-3-Clause",
        "ISC AND (Apache-2.0 OR ISC)",
        "Apache-2.0 WITH LLVM-exception OR GPL-2.0",
        "GPL-2.0 OR MIT AND Unicode-3.0",
    ] {
        assert!(may_be_used(fits), "{fits}");
    }
    for unfit in [
        "",
        "GPL-3.0-only",
        "MIT AND GPL-3.0",
        "MIT AND (LGPL-3.0 OR AGPL-3.0)",
        "GPL-2.0 WITH Classpath-exception-2.0",
    ] {
        assert!(!may_be_used(unfit), "{unfit}");
    }
}

/// Whether an SPDX expression can be met with what is allowed. `/` is what people wrote before SPDX for `OR`.
fn may_be_used(expression: &str) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let mut words = spaced.split_whitespace().collect::<Vec<_>>();
    words.reverse();
    let met = any_of(&mut words);
    met && words.is_empty()
}

fn any_of(words: &mut Vec<&str>) -> bool {
    let mut met = all_of(words);
    while words.last() == Some(&"OR") {
        words.pop();
        met |= all_of(words);
    }
    met
}

fn all_of(words: &mut Vec<&str>) -> bool {
    let mut met = one(words);
    while words.last() == Some(&"AND") {
        words.pop();
        met &= one(words);
    }
    met
}

fn one(words: &mut Vec<&str>) -> bool {
    match words.pop() {
        Some("(") => {
            let met = any_of(words);
            words.pop() == Some(")") && met
        }
        Some(id) if words.last() == Some(&"WITH") => {
            words.pop();
            let exception = words.pop().unwrap_or_default();
            ALLOWED.contains(&format!("{id} WITH {exception}").as_str())
        }
        Some(id) => ALLOWED.contains(&id),
        None => false,
    }
}

/// Everything that is built here, ourselves included.
fn packages() -> Vec<Package> {
    let metadata =
        run(&[env!("CARGO"), "metadata", "--format-version=1", "--locked", "--offline", "--filter-platform", &host()]);
    let metadata: Value = serde_json::from_str(&metadata).unwrap();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let packages = metadata["packages"].as_array().unwrap().iter().map(|p| Package {
        name: text(&p["name"]).unwrap(),
        version: text(&p["version"]).unwrap(),
        licence: text(&p["license"]).unwrap_or_default(),
        source: text(&p["source"]),
    });
    packages.collect()
}

fn host() -> String {
    let version = run(&["rustc", "-vV"]);
    version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap().to_owned()
}

fn run(command: &[&str]) -> String {
    let done = Command::new(command[0]).args(&command[1..]).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    assert!(done.status.success(), "{command:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}
