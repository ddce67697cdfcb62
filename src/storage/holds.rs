//! Which files are open in a window: a lock for each in the program's own folder, so that nothing lies beside the user's files. The system
//! gives it up when the program ends, however it ends.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io;
use std::path::{Path, PathBuf};

use directories::ProjectDirs;

/// Where the locks are; `None` where the system names no home.
#[must_use]
pub fn folder() -> Option<PathBuf> {
    let dirs = ProjectDirs::from("org", "convenor", "Convenor")?;
    Some(dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir()).join("open"))
}

/// A file that is held open by this window, until it is dropped.
#[derive(Debug)]
pub struct Hold {
    path: PathBuf,
    lock: PathBuf,
    _file: File,
}

impl Hold {
    /// Whether it is about a file.
    #[must_use]
    pub fn is_of(&self, path: &Path) -> bool {
        self.path == plain(path)
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        // Removed while it is still locked: nobody else can hold it between.
        let _ = fs::remove_file(&self.lock);
    }
}

/// The one path of a file, whatever links lead to it.
fn plain(path: &Path) -> PathBuf {
    fs::canonicalize(path).or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned())
}

/// Holds a file open; `None` where another window does.
///
/// # Errors
/// The folder cannot be written, or has no locks: then nobody knows.
pub fn hold(folder: &Path, path: &Path) -> io::Result<Option<Hold>> {
    fs::create_dir_all(folder)?;
    let path = plain(path);
    let mut hash = DefaultHasher::new();
    path.hash(&mut hash);
    let lock = folder.join(format!("{:016x}.lock", hash.finish()));
    // One that was removed between opening and locking is no lock for the next: it is looked whether it is still there.
    for _ in 0..8 {
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(&lock)?;
        match file.try_lock() {
            Ok(()) if lock.exists() => return Ok(Some(Hold { path, lock, _file: file })),
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
    Err(io::Error::other("the lock comes and goes"))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn one_holds_a_file_until_it_lets_go_and_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let locks = folder.path().join("open");
        let file = folder.path().join("a.convenor");
        fs::write(&file, "x").unwrap();
        let first = hold(&locks, &file).unwrap().unwrap();
        assert!(first.is_of(&file) && hold(&locks, &file).unwrap().is_none());
        // By another way to it.
        assert!(hold(&locks, &folder.path().join("open/../a.convenor")).unwrap().is_none());
        assert!(hold(&locks, &folder.path().join("b.convenor")).unwrap().is_some());
        drop(first);
        assert!(hold(&locks, &file).unwrap().is_some());
        assert_eq!(fs::read_dir(&locks).unwrap().count(), 0);
    }
}
