//! The rules of ARCHITECTURE.md that the compiler does not know. Each is shown to fail on a source that breaks it.
#![expect(clippy::unwrap_used, reason = "a test may stop where it cannot go on")]
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

struct Rule {
    says: &'static str,
    /// What breaks the rule in `source`, if it stands at `path` (below `src/`, with `/`).
    broken_by: fn(path: &str, source: &str) -> Option<String>,
}

const RULES: [Rule; 8] = [
    Rule { says: "SQL stands in store.rs files and in platform/", broken_by: sql_elsewhere },
    Rule { says: "only policy.rs files give permits", broken_by: permit_elsewhere },
    Rule { says: "only commands act without a person", broken_by: nobody_elsewhere },
    Rule { says: "a module is named for what it does", broken_by: drawer },
    Rule { says: "the domain does not know HTTP", broken_by: http_elsewhere },
    Rule { says: "the ground knows nothing of the domain", broken_by: ground_that_knows },
    Rule { says: "only the doors know the doors", broken_by: door_elsewhere },
    Rule { says: "what all pages or endpoints share knows nothing of the domain", broken_by: kit_that_knows },
];

/// What users talk about.
const DOMAIN: [&str; 10] =
    ["needs", "dialogue", "suppliers", "portfolio", "notifications", "notices", "statistics", "ocds", "changes", "cpv"];

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The source without its tests and its comments: these may say what they like.
fn code(source: &str) -> String {
    let source = source.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    source.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn first_of(source: &str, words: &[&str]) -> Option<String> {
    let code = code(source);
    words.iter().find(|word| code.contains(**word)).map(|word| (*word).to_owned())
}

fn sql_elsewhere(path: &str, source: &str) -> Option<String> {
    let allowed = file_name(path) == "store.rs" || path.starts_with("platform/") || path.contains("/store/");
    let verbs = [
        "RunQueryDsl",
        ".execute(",
        ".load(",
        ".load::<",
        ".get_result(",
        ".get_result::<",
        ".get_results(",
        "diesel::insert_into",
        "diesel::update(",
        "diesel::delete(",
        "diesel::sql_query",
        "batch_execute",
        // What every query begins with, whatever verb it ends with.
        "::table.",
        "::table\n",
        "::table)",
    ];
    // `Index::load`, `Pages::load` and their like have no connection in their hands.
    if allowed { None } else { first_of(source, &verbs) }
}

fn permit_elsewhere(path: &str, source: &str) -> Option<String> {
    if file_name(path) == "policy.rs" || path.ends_with("/policy.rs") {
        None
    } else {
        first_of(source, &["Permit::check"])
    }
}

fn nobody_elsewhere(path: &str, source: &str) -> Option<String> {
    // Where it is defined, and where credentials become an actor.
    let passed_on = matches!(path, "app.rs" | "identity/credentials.rs");
    let made = ["Caller::system(", "Credentials::System(", "Actor::System(Reason", "Actor::System(*"];
    if path.starts_with("cli/") || passed_on { None } else { first_of(source, &made) }
}

fn drawer(path: &str, source: &str) -> Option<String> {
    const DRAWERS: [&str; 7] = ["util", "utils", "common", "helper", "helpers", "misc", "shared"];
    let stem = path.trim_end_matches(".rs");
    let named = stem.split('/').find(|part| DRAWERS.contains(part)).map(str::to_owned);
    named.or_else(|| {
        let code = code(source);
        DRAWERS.iter().map(|d| format!("mod {d} {{")).find(|inline| code.contains(inline.as_str()))
    })
}

fn http_elsewhere(path: &str, source: &str) -> Option<String> {
    let start = matches!(path, "app.rs" | "serve.rs" | "main.rs");
    if is_door(path) || start { None } else { first_of(source, &["actix_web", "actix_multipart"]) }
}

/// Pages, endpoints and commands, of whatever slice.
fn is_door(path: &str) -> bool {
    let kit = path.starts_with("web/") || path.starts_with("api/") || path.starts_with("cli/");
    kit || is_door_of_slice(path)
}

fn is_door_of_slice(path: &str) -> bool {
    path.contains("/web/") || path.contains("/api/") || matches!(file_name(path), "web.rs" | "api.rs")
}

fn door_elsewhere(path: &str, source: &str) -> Option<String> {
    // The desk is a door of its own; the app holds the pages, and the server opens the doors.
    if is_door(path) || path.starts_with("me/") || matches!(path, "app.rs" | "serve.rs") {
        return None;
    }
    let code = code(source);
    let uses = code.split(';').map(str::trim_start).filter(|statement| statement.starts_with("use "));
    let names_one = |statement: &str| {
        statement.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| matches!(word, "web" | "api"))
    };
    let mut uses = uses.filter(|statement| names_one(statement)).map(str::to_owned);
    uses.next().or_else(|| first_of(source, &["::web::", "::api::"]))
}

fn kit_that_knows(path: &str, source: &str) -> Option<String> {
    // The tables and what tells of the whole are about all slices.
    const OF_ALL: [&str; 5] = ["web/routes.rs", "web/health.rs", "web/datasets.rs", "api/routes.rs", "api/openapi.rs"];
    if !path.starts_with("web/") && !path.starts_with("api/") || OF_ALL.contains(&path) {
        return None;
    }
    let code = code(source);
    DOMAIN.iter().find(|slice| imports(&code, slice)).map(|slice| (*slice).to_owned())
}

fn ground_that_knows(path: &str, source: &str) -> Option<String> {
    const ABOVE: [&str; 9] = ["tenancy", "identity", "audit", "web", "api", "me", "once", "upkeep", "cli"];
    if !path.starts_with("platform/") {
        return None;
    }
    let code = code(source);
    DOMAIN.iter().chain(&ABOVE).find(|slice| imports(&code, slice)).map(|slice| (*slice).to_owned())
}

#[test]
fn every_source_keeps_every_rule() {
    let mut broken = Vec::new();
    for (path, source) in sources(Path::new("src")) {
        for rule in &RULES {
            if let Some(what) = (rule.broken_by)(&path, &source) {
                broken.push(format!("src/{path}: {} (`{what}`)", rule.says));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_rule_fails_when_it_is_broken() {
    let breaches = [
        ("needs/publish.rs", "fn f(db: &mut Db) { needs::table.load(db) }"),
        ("needs/publish.rs", "let p = Permit::check(actor, need, true, true, \"\", \"\")?;"),
        ("needs/publish.rs", "app.write_now(&Caller::system(Reason::Demo), f)"),
        ("needs/util.rs", "pub fn f() {}"),
        ("needs/publish.rs", "use actix_web::HttpResponse;"),
        ("platform/clock.rs", "use crate::needs::Need;"),
        ("needs/publish.rs", "use crate::{Result, suppliers::web::name};"),
        ("web/view.rs", "use crate::needs::Need;"),
    ];
    for (rule, (path, source)) in RULES.iter().zip(breaches) {
        assert!((rule.broken_by)(path, source).is_some(), "`{}` does not see {source} in {path}", rule.says);
        let others = RULES.iter().filter(|other| other.says != rule.says && (other.broken_by)(path, source).is_some());
        assert_eq!(others.count(), 0, "{source} in {path} breaks more than one rule");
    }
    let kept = [
        ("needs/store.rs", breaches[0].1),
        ("needs/policy.rs", breaches[1].1),
        ("cli/user.rs", breaches[2].1),
        ("notices/policy.rs", "let allowed = matches!(actor, Actor::System(_));"),
        ("needs/utility_meter.rs", breaches[3].1),
        ("needs/web/show.rs", breaches[4].1),
        ("needs/publish.rs", breaches[5].1),
        ("needs/web/show.rs", breaches[6].1),
        ("me/buyer.rs", breaches[6].1),
        ("web/routes.rs", breaches[7].1),
        ("needs/publish.rs", "// Permit::check would be wrong here"),
        ("needs/publish.rs", "fn f() {}\n#[cfg(test)]\nmod tests { use diesel::RunQueryDsl; }"),
    ];
    for (path, source) in kept {
        let broken: Vec<_> =
            RULES.iter().filter(|rule| (rule.broken_by)(path, source).is_some()).map(|r| r.says).collect();
        assert!(broken.is_empty(), "{source} in {path} is said to break {broken:?}");
    }
}

/// What slices know of others, and of the crates, is told in one place and nowhere else.
#[test]
fn slices_know_of_each_other_what_the_architecture_says() {
    let page = std::fs::read_to_string("ARCHITECTURE.md").unwrap();
    let list = page.split("its own pages and endpoints aside:\n\n```\n").nth(1).unwrap().split("```").next().unwrap();
    let told: BTreeMap<String, BTreeSet<String>> = list
        .lines()
        .map(|line| {
            let (slice, others) = line.split_once('→').unwrap();
            // What stands behind two spaces is for people.
            let others = others.trim().split("  ").next().unwrap().split(", ").filter(|other| !other.is_empty());
            (slice.trim().to_owned(), others.map(str::to_owned).collect())
        })
        .collect();
    let top = |path: &str| path.split('/').next().unwrap_or_default().to_owned();
    let others: Vec<String> = told.keys().filter(|slice| !slice.contains('/')).cloned().collect();
    // All may know who is who.
    let everyones = ["identity", "tenancy", "audit"];
    let mut known: BTreeMap<String, BTreeSet<String>> =
        told.keys().map(|slice| (slice.clone(), BTreeSet::new())).collect();
    for (path, source) in sources(Path::new("src")) {
        let below = told.keys().find(|slice| slice.contains('/') && path.starts_with(&format!("{slice}/")));
        let slice = below.cloned().unwrap_or_else(|| top(&path));
        if is_door_of_slice(&path) || !told.contains_key(&slice) {
            continue;
        }
        let code = code(&source);
        let names = others.iter().map(String::as_str).filter(|other| !everyones.contains(other));
        let ours = names.filter(|name| **name != *slice && imports(&code, name));
        let crates = ["eforms_read", "eforms_write"].into_iter().filter(|name| code.contains(&format!("{name}::")));
        known.entry(slice.clone()).or_default().extend(ours.chain(crates).map(str::to_owned));
    }
    assert_eq!(known, told);
}

/// Does this code name a module of ours, by itself or among others?
fn imports(code: &str, name: &str) -> bool {
    let groups =
        code.match_indices("use crate::{").filter_map(|(at, found)| code[at + found.len()..].split(';').next());
    let mut members = groups.flat_map(|group| group.split([',', '{', '}', ' ', '\n']));
    code.contains(&format!("crate::{name}::"))
        || code.contains(&format!("use crate::{name};"))
        || members.any(|member| member == name || member.starts_with(&format!("{name}::")))
}

#[test]
fn an_import_is_seen_however_it_is_written() {
    for code in
        ["use crate::needs::Need;", "use crate::needs;", "use crate::{Result, needs};", "crate::needs::find(db)?"]
    {
        assert!(imports(code, "needs"), "{code}");
    }
    for code in ["use crate::{\n    Error,\n    needs::{self, Need},\n};", "use crate::{audit::Event, needs::Need};"] {
        assert!(imports(code, "needs"), "{code}");
    }
    assert!(!imports("use crate::{Error, Result};\nlet needs = dialogue::needs();", "needs"));
}

#[test]
fn every_module_begins_by_saying_what_it_is() {
    let crates = crates().into_iter().map(|folder| folder.join("src"));
    let all = crates.chain([PathBuf::from("src")]).flat_map(|folder| sources(&folder));
    let silent: Vec<_> = all.filter(|(_, s)| !s.starts_with("//! ")).map(|(path, _)| path).collect();
    assert!(silent.is_empty(), "{silent:?}");
}

/// The compiler sees to it that they know nothing of the server, which depends on them.
#[test]
fn a_crate_knows_no_other_of_ours_but_regulations() {
    let crates = crates();
    assert!(crates.len() > 2, "{crates:?}");
    for folder in crates {
        let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        let ours = manifest.lines().filter(|line| line.contains("path = \"") && line.contains(" = {"));
        let others: Vec<_> = ours.filter(|line| !line.starts_with("regulations = ")).collect();
        assert!(others.is_empty(), "{} knows {others:?}", folder.display());
    }
}

fn crates() -> Vec<PathBuf> {
    std::fs::read_dir("crates").unwrap().map(|entry| entry.unwrap().path()).collect()
}

/// Every source in a folder of sources, by its path there.
fn sources(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inside) = folders.pop() {
        for entry in std::fs::read_dir(inside).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                found.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}
