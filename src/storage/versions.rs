//! Earlier versions: what was saved before, kept apart from the user's folders.
//!
//! Each file has a folder of its own, named after its place. In it stand the versions that were saved last, named by the
//! milliseconds since 1970 at which they were.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use directories::ProjectDirs;

use super::{EXTENSION, SaveError, atomic};

/// How many versions of a file are kept.
pub const MOST: usize = 10;
/// How many bytes all versions of a file may have; the newest is kept whatever its size.
const MOST_BYTES: u64 = 32 << 20;
/// How many files have versions; those that were saved the longest ago lose theirs.
const MOST_FILES: usize = 100;

/// Where earlier versions are kept; `None` where the system names no home.
#[must_use]
pub fn folder() -> Option<PathBuf> {
    let dirs = ProjectDirs::from("org", "convenor", "Convenor")?;
    Some(dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir()).join("versions"))
}

/// A version that was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Where it is.
    pub copy: PathBuf,
    /// When it was saved.
    pub saved: SystemTime,
}

/// The folder of the versions of a file.
fn of(folder: &Path, file: &Path) -> PathBuf {
    let file = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let mut hash = DefaultHasher::new();
    file.hash(&mut hash);
    folder.join(format!("{:016x}", hash.finish()))
}

/// Keeps what was saved to a file; the oldest versions go.
///
/// # Errors
/// Says in one sentence why not; the file itself is not touched.
pub fn keep(folder: &Path, file: &Path, text: &str) -> Result<(), SaveError> {
    let own = of(folder, file);
    let known = list(folder, file);
    let newest = known.first().and_then(|version| fs::read(&version.copy).ok());
    if newest.is_some_and(|newest| newest == text.as_bytes()) {
        return Ok(());
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    // Two in the same millisecond, or a clock that went back: the order stays.
    let last = known.first().and_then(|version| number(&version.copy)).unwrap_or(0);
    let name = u64::try_from(now).unwrap_or(u64::MAX).max(last.saturating_add(1));
    atomic::replace_in_new_folder(&own.join(format!("{name}.{EXTENSION}")), text.as_bytes())?;
    prune(folder, file);
    Ok(())
}

/// Removes what is too much. What cannot be removed is tried again with the next version.
fn prune(folder: &Path, file: &Path) {
    let mut bytes = 0;
    for (at, version) in list(folder, file).iter().enumerate() {
        bytes += fs::metadata(&version.copy).map_or(0, |known| known.len());
        if at >= MOST || (at > 0 && bytes > MOST_BYTES) {
            let _ = fs::remove_file(&version.copy);
        }
    }
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut files: Vec<(SystemTime, PathBuf)> = entries
        .flatten()
        .filter_map(|entry| Some((entry.metadata().and_then(|known| known.modified()).ok()?, entry.path())))
        .collect();
    files.sort();
    let surplus = files.len().saturating_sub(MOST_FILES);
    for (_, old) in files.into_iter().take(surplus) {
        let _ = fs::remove_dir_all(old);
    }
}

fn number(copy: &Path) -> Option<u64> {
    copy.file_stem()?.to_str()?.parse().ok()
}

/// The versions of a file, newest first.
#[must_use]
pub fn list(folder: &Path, file: &Path) -> Vec<Version> {
    let Ok(entries) = fs::read_dir(of(folder, file)) else { return Vec::new() };
    let mut found: Vec<(u64, Version)> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|copy| copy.extension().is_some_and(|ending| ending == EXTENSION))
        .filter_map(|copy| {
            let number = number(&copy)?;
            Some((number, Version { copy, saved: UNIX_EPOCH + Duration::from_millis(number) }))
        })
        .collect();
    found.sort_by_key(|(number, _)| std::cmp::Reverse(*number));
    found.into_iter().map(|(_, version)| version).collect()
}

/// Removes all versions of a file.
///
/// # Errors
/// If the system does not remove them.
pub fn clear(folder: &Path, file: &Path) -> io::Result<()> {
    match fs::remove_dir_all(of(folder, file)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}
