//! What `database.url` says, looked at before anybody is asked.
//!
//! PostgreSQL's client repeats what it cannot read of an address, and of an address with a password that is not encoded that is
//! a part of the password. So what it would not read as we do is refused here, in words that repeat nothing.
use percent_encoding::percent_decode_str;

/// What begins an address of PostgreSQL.
const POSTGRES: [&str; 2] = ["postgres://", "postgresql://"];
/// What begins the path of a file of SQLite.
const SQLITE: &str = "sqlite://";

/// The parameters of PostgreSQL's client (libpq 18) that take one of some words. Without TLS it does not take all of them.
const WORDS: [(&str, &[&str]); 8] = [
    ("sslmode", &["disable", "allow", "prefer", "require", "verify-ca", "verify-full"]),
    ("sslnegotiation", &["postgres", "direct"]),
    ("sslcertmode", &["disable", "allow", "require"]),
    ("channel_binding", &["disable", "prefer", "require"]),
    ("gssencmode", &["disable", "prefer"]),
    ("target_session_attrs", &["any", "read-write", "primary", "prefer-standby", "read-only", "standby"]),
    ("load_balance_hosts", &["disable", "random"]),
    ("ssl", &["true"]),
];
/// The same of a build without TLS.
const WORDS_WITHOUT_TLS: [(&str, &[&str]); 5] = [
    ("sslmode", &["disable", "allow", "prefer"]),
    ("sslnegotiation", &["postgres"]),
    ("sslcertmode", &["disable", "allow"]),
    ("channel_binding", &["disable", "prefer"]),
    ("ssl", &[]),
];
/// Those that take a number.
const NUMBERS: [&str; 6] =
    ["connect_timeout", "keepalives", "keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout"];
/// Those that take any text.
const TEXTS: [&str; 29] = [
    "application_name",
    "client_encoding",
    "dbname",
    "fallback_application_name",
    "gssdelegation",
    "gsslib",
    "host",
    "hostaddr",
    "krbsrvname",
    "max_protocol_version",
    "min_protocol_version",
    "options",
    "passfile",
    "password",
    "port",
    "require_auth",
    "requirepeer",
    "service",
    "ssl_max_protocol_version",
    "ssl_min_protocol_version",
    "sslcert",
    "sslcompression",
    "sslcrl",
    "sslcrldir",
    "sslkey",
    "sslpassword",
    "sslrootcert",
    "sslsni",
    "user",
];

/// Can this build talk to PostgreSQL over TLS?
const HAS_TLS: bool = cfg!(feature = "postgres-tls");

/// An address that can be tried.
pub(super) enum Address<'a> {
    Postgres(&'a str),
    /// The path of the file.
    Sqlite(&'a str),
}

/// Reads an address.
///
/// # Errors
/// All that is wrong with it, each in a sentence that begins with the key and repeats nothing of the address.
pub(super) fn read(url: &str) -> Result<Address<'_>, Vec<String>> {
    let found = if let Some(rest) = POSTGRES.iter().find_map(|scheme| url.strip_prefix(scheme)) {
        let problems = postgres(rest, HAS_TLS);
        if problems.is_empty() {
            return Ok(Address::Postgres(url));
        }
        problems
    } else if let Some(path) = url.strip_prefix(SQLITE) {
        match file(path) {
            None => return Ok(Address::Sqlite(path)),
            Some(problem) => vec![problem],
        }
    } else if url.starts_with("sqlite:") || url == ":memory:" {
        vec!["is no file: write it as sqlite://var/brobygger.db, with two slashes before the path".to_owned()]
    } else {
        vec!["must be sqlite://PATH or postgres://USER:PASSWORD@HOST/NAME".to_owned()]
    };
    Err(found.into_iter().map(|problem| format!("database.url {problem}")).collect())
}

/// What is wrong with the path of a file.
fn file(path: &str) -> Option<String> {
    let write = "write it as sqlite://var/brobygger.db";
    if path.is_empty() {
        Some(format!("names no file: {write}"))
    } else if path == ":memory:" || path.starts_with("file:") {
        Some(format!("names no file but one in memory, which each connection has for itself: {write}"))
    } else if path.contains('?') {
        Some(format!("has something behind a ?, but SQLite is given the path alone: {write}"))
    } else if path.ends_with('/') {
        Some(format!("names a folder, not a file: {write}"))
    } else {
        None
    }
}

/// What is wrong with an address behind its scheme: wherever PostgreSQL's client would understand something else than was meant.
fn postgres(rest: &str, has_tls: bool) -> Vec<String> {
    let mut found = Vec::new();
    if rest.chars().any(|c| c.is_control() || c == ' ') {
        found.push("has a space or a control character in it: write it as %20, or take it out".to_owned());
    }
    if !percents_are_encoded(rest) {
        found.push(
            "has a % that begins no encoded character: in user and password, write % as %25 (and %00 is none)"
                .to_owned(),
        );
    }
    // The client takes the first @ for the end of the password, if no / comes before it.
    let (login, place) = match rest.split_once('@') {
        Some((login, place)) if !login.contains('/') => (Some(login), place),
        _ => (None, rest),
    };
    let encode = "in user and password, write @ as %40, / as %2F, : as %3A, ? as %3F and # as %23";
    let has_parameters = |login: &str| login.split_once('?').is_some_and(|(_, after)| after.contains('='));
    if place.contains('@') || login.is_some_and(has_parameters) {
        found.push(format!("cannot be read, as a character of user or password stands for something else: {encode}"));
        return found;
    }
    let (place, parameters) = place.split_once('?').unwrap_or((place, ""));
    let (hosts, _name) = place.split_once('/').unwrap_or((place, ""));
    if !hosts.split(',').all(is_place) {
        found.push(format!(
            "has no HOST or HOST:PORT before the name of the database: write postgres://USER:PASSWORD@HOST:PORT/NAME, and {encode}"
        ));
    }
    if !parameters.is_empty() {
        let problems = parameters.split('&').enumerate().filter_map(|(n, given)| parameter(n + 1, given, has_tls));
        found.extend(problems);
    }
    found
}

/// Is it empty, a host, or a host and a port?
fn is_place(place: &str) -> bool {
    let (is_host, port) = match place.strip_prefix('[') {
        Some(rest) => match rest.split_once(']') {
            Some((address, after)) => (!address.is_empty(), after),
            None => return false,
        },
        None => (true, &place[place.find(':').unwrap_or(place.len())..]),
    };
    let is_port = match port.strip_prefix(':') {
        Some(port) => port.is_empty() || port.parse::<u16>().is_ok_and(|port| port > 0),
        None => port.is_empty(),
    };
    is_host && is_port
}

/// What is wrong with the n-th parameter. What is not known may be a piece of a password.
fn parameter(n: usize, given: &str, has_tls: bool) -> Option<String> {
    let mut halves = given.split('=');
    let (Some(name), Some(value), None) = (halves.next(), halves.next(), halves.next()) else {
        return Some(format!(
            "has something behind the ? that is no NAME=VALUE (number {n}): write & as %26 and = as %3D"
        ));
    };
    let decoded = percent_decode_str(value).decode_utf8_lossy();
    if let Some((name, words)) = WORDS.iter().find(|(known, _)| *known == name) {
        let with_tls = words.contains(&&*decoded);
        let without = WORDS_WITHOUT_TLS.iter().find(|(known, _)| known == name).map_or(*words, |(_, words)| words);
        return match (with_tls, has_tls || without.contains(&&*decoded)) {
            (true, true) => None,
            (true, false) => Some(format!(
                "wants TLS ({name}), and this build has none to PostgreSQL: build with --features postgres-tls, or take it out \
                 if the way there is safe"
            )),
            (false, _) => {
                let known = if has_tls || without.is_empty() { words } else { without };
                Some(format!("has a {name} that is none of {}", known.join(", ")))
            }
        };
    }
    if NUMBERS.contains(&name) {
        let is_number = decoded.parse::<i32>().is_ok();
        return (!is_number).then(|| format!("has a {name} that is no whole number"));
    }
    (!TEXTS.contains(&name)).then(|| {
        format!("has a parameter behind the ? that is not known here (number {n}): take it out, or see what PostgreSQL calls it")
    })
}

fn percents_are_encoded(text: &str) -> bool {
    let is_encoded = |after: &str| {
        let digits = after.as_bytes().get(..2).filter(|two| two.iter().all(u8::is_ascii_hexdigit));
        digits.is_some_and(|digits| digits != b"00")
    };
    text.split('%').skip(1).all(is_encoded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn problems(url: &str) -> usize {
        read(url).err().map_or(0, |problems| problems.len())
    }

    #[test]
    fn an_address_that_postgres_reads_as_it_was_meant_is_taken() {
        for url in [
            "postgres://brobygger@127.0.0.1/brobygger",
            "postgresql://brobygger:p%40ss%2Fw%3A%23%3F%25@db.kommune.no:5432/brobygger",
            "postgres://brobygger:med:kolon#og?tegn@db.kommune.no/brobygger",
            "postgres:///brobygger?host=/var/run/postgresql&user=brobygger",
            "postgres://%2Fvar%2Frun%2Fpostgresql/brobygger",
            "postgres://[::1]:5432/brobygger?sslmode=disable",
            "postgres://a.kommune.no,b.kommune.no:5433/brobygger?target_session_attrs=read-write&connect_timeout=5",
            "postgres://brobygger@127.0.0.1/brobygger?options=-csearch_path%3Dtest_1",
            "postgres://",
            "sqlite://var/brobygger.db",
            "sqlite:///var/lib/brobygger/brobygger.db",
        ] {
            assert_eq!(read(url).err(), None, "{url}");
        }
    }

    #[test]
    fn what_cannot_work_is_told_all_at_once() {
        for (url, number) in [
            ("mysql://x", 1),
            ("sqlite::memory:", 1),
            ("sqlite:var/brobygger.db", 1),
            (":memory:", 1),
            ("sqlite://", 1),
            ("sqlite://:memory:", 1),
            ("sqlite://file:x?mode=memory", 1),
            ("sqlite://var/x.db?mode=rwc", 1),
            ("sqlite://var/", 1),
            ("postgres://u:100%@h/n", 1),
            ("postgres://u:p%00@h/n", 1),
            ("postgres://u:p w@h/n", 1),
            ("postgres://u:p@w@h/n", 1),
            ("postgres://u:p/w@h/n", 1),
            ("postgres://h?password=p@w", 1),
            ("postgres://u:pw", 1),
            ("postgres://u@h:99999/n", 1),
            ("postgres://u@h:0/n", 1),
            ("postgres://u@[::1/n", 1),
            ("postgres://u@[::1]x/n", 1),
            ("postgres://u@h/n?sslmode=always&connect_timeout=soon&tull=1&tull", 4),
            ("postgres://u@h/n?gssencmode=require", 1),
            ("postgres://u:10%@h:99999/n?sslmode=always", 3),
        ] {
            assert_eq!(problems(url), number, "{url}");
        }
        let of = |has_tls| postgres("u@h/n?sslmode=verify-full&channel_binding=require&ssl=true", has_tls);
        assert_eq!((of(true).len(), of(false).len()), (0, 3));
        assert!(of(false)[0].contains("--features postgres-tls"), "{:?}", of(false));
    }

    proptest! {
        /// Whatever is refused is refused without a piece of the password.
        #[test]
        fn nothing_of_an_address_is_repeated(password in "([@/:?#&=% \\[\\]]|[A-ZÆØÅ0-9]{4,6}){1,6}") {
            for url in [
                format!("postgres://kari:{password}@localhost:5432/brobygger"),
                format!("postgres://kari:{password}"),
                format!("postgres://localhost/brobygger?user=kari&password={password}"),
                format!("mysql://kari:{password}@localhost/brobygger"),
            ] {
                let told = read(&url).err().unwrap_or_default().join("\n");
                let pieces = password.split(|c: char| !c.is_alphanumeric()).filter(|piece| piece.len() >= 4);
                for piece in pieces {
                    prop_assert!(!told.contains(piece), "{told}");
                }
            }
        }
    }
}
