//! What the configuration asks of this machine: looked at by `config check`, before the server runs into it.
use super::config::Config;
use super::db::Database;
use super::mail::Route;
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read};
use std::net::TcpListener;
use std::path::{Path, PathBuf};

/// How a file of SQLite begins.
const SQLITE: &[u8; 16] = b"SQLite format 3\0";

/// Everything that this machine refuses, each with the way to mend it. That a port is taken is none of it: it may be by the
/// server that runs already.
pub fn obstacles(config: &Config) -> Vec<String> {
    let mut found = Vec::new();
    if let Ok(Some(path)) = Database::check_address(&config.database.url) {
        found.extend(database(path));
    }
    found.extend(folder("search.path", &config.search.path));
    found.extend(folder("attachments.path", &config.attachments.path));
    if let Ok(Route::Folder(path)) = Route::parse(&config.mail.url) {
        found.extend(folder("mail.url", &path));
    }
    found.extend(listening(&config.server.host, config.server.port));
    found
}

fn database(path: &Path) -> Option<String> {
    let key = "database.url";
    let shown = path.display();
    if path.is_dir() {
        return Some(format!("{key}: {shown} is a folder: name a file in it, as {shown}/brobygger.db"));
    }
    // What lies beside it (-wal, -shm) is written by SQLite too.
    let around = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    if let Some(problem) = folder(key, around) {
        return Some(problem);
    }
    let mut file = match OpenOptions::new().read(true).append(true).open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == ErrorKind::NotFound => return None,
        Err(e) => {
            return Some(format!(
                "{key}: {shown} cannot be written ({e}): give it to the user that the server runs as"
            ));
        }
    };
    let is_database = begins_as_sqlite(&mut file).unwrap_or(true);
    (!is_database).then(|| format!("{key}: {shown} is no database of SQLite: name another file"))
}

/// Empty files become databases.
fn begins_as_sqlite(file: &mut File) -> std::io::Result<bool> {
    let mut start = Vec::new();
    file.take(SQLITE.len() as u64).read_to_end(&mut start)?;
    Ok(start.is_empty() || start == SQLITE)
}

/// A folder must be there and take files, or be one that can be made.
fn folder(key: &str, path: &Path) -> Option<String> {
    if path.as_os_str().is_empty() {
        // That is told already.
        return None;
    }
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let nearest: PathBuf = whole.ancestors().find(|folder| folder.exists()).unwrap_or(&whole).to_owned();
    let (shown, there) = (path.display(), nearest.display());
    if !nearest.is_dir() {
        return Some(format!("{key}: {shown} cannot be a folder, as {there} is a file: name another"));
    }
    let e = tempfile::tempfile_in(&nearest).err()?;
    // Only the reason: where it was tried is told already.
    let reason = e.kind();
    Some(if nearest == whole {
        format!(
            "{key}: nothing can be written to the folder {shown} ({reason}): give it to the user that the server runs as"
        )
    } else {
        format!(
            "{key}: the folder {shown} is not there and cannot be made in {there} ({reason}): make it, and give it to the user that \
             the server runs as"
        )
    })
}

fn listening(host: &str, port: u16) -> Option<String> {
    let e = TcpListener::bind((host, port)).err()?;
    match e.kind() {
        ErrorKind::PermissionDenied => Some(format!(
            "server.port: this user may not listen on {port}: choose one from 1024 on, behind a proxy, or give the service \
             AmbientCapabilities=CAP_NET_BIND_SERVICE"
        )),
        ErrorKind::AddrNotAvailable => Some(format!(
            "server.host: {host} is no address of this machine: write 127.0.0.1 behind a proxy here, or 0.0.0.0 to be reached from \
             elsewhere"
        )),
        // It is taken, or it is no host, which is told already.
        _ => None,
    }
}
