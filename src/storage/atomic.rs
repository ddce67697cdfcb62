//! Replacing a file as a whole or not at all.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::SaveError;
use super::error::file_name;

/// How the names of files begin and end that are being written.
const PREFIX: &str = ".convenor-";
const SUFFIX: &str = ".tmp";

/// Symbolic links followed before giving up.
const MOST_LINKS: usize = 40;

/// Puts bytes in place of what a file has: written beside it, made durable, and renamed over it.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    replace_by(path, |file| file.write_all(bytes))
}

/// The same, with the folder made if it is missing; for our own folders only.
pub(super) fn replace_in_new_folder(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    let folder = folder_of(path);
    fs::create_dir_all(folder).map_err(|error| SaveError::new(path, folder, error))?;
    replace(path, bytes)
}

fn replace_by(path: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> Result<(), SaveError> {
    let target = target_of(path);
    let folder = folder_of(&target);
    let permissions = writable(&target).map_err(|error| match error.kind() {
        io::ErrorKind::InvalidInput => SaveError::NotAFile { name: file_name(path) },
        _ => SaveError::new(path, folder, error),
    })?;
    put(&target, permissions, write).map_err(|error| SaveError::new(path, folder, error))
}

/// Where a path leads, through links; the last link may lead to a file that is not there yet.
fn target_of(path: &Path) -> PathBuf {
    let mut target = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&target) {
            Ok(next) => target = folder_of(&target).join(next),
            Err(_not_a_link) => break,
        }
    }
    target
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Checks that what is there may be replaced, as renaming would not; gives its permissions.
fn writable(target: &Path) -> io::Result<Option<Permissions>> {
    let known = match fs::metadata(target) {
        Ok(known) => known,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    if !known.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    if known.permissions().readonly() {
        return Err(io::ErrorKind::ReadOnlyFilesystem.into());
    }
    OpenOptions::new().write(true).open(target)?;
    Ok(Some(known.permissions()))
}

/// The temporary file is removed when anything fails.
fn put(
    target: &Path,
    permissions: Option<Permissions>,
    write: impl FnOnce(&mut File) -> io::Result<()>,
) -> io::Result<()> {
    let folder = folder_of(target);
    // Clearing up stops no save, not even where the standard library asserts that a folder can be closed and it cannot.
    let _ = std::panic::catch_unwind(|| sweep(folder));
    let mut temporary = builder().tempfile_in(folder)?;
    if let Some(permissions) = permissions
        && temporary.as_file().metadata()?.permissions() != permissions
    {
        temporary.as_file().set_permissions(permissions)?;
    }
    keep_owner(target, temporary.as_file());
    write(temporary.as_file_mut())?;
    temporary.as_file_mut().flush()?;
    temporary.as_file().sync_all()?;
    temporary.persist(target).map_err(|error| error.error)?;
    sync_folder(folder);
    Ok(())
}

/// What a save left behind that was killed goes with a later one. What is younger may be another program's that still saves.
fn sweep(folder: &Path) {
    const AGE: std::time::Duration = std::time::Duration::from_mins(10);
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let is_ours = name.to_str().is_some_and(|name| name.starts_with(PREFIX) && name.ends_with(SUFFIX));
        let is_old = || {
            let written = entry.metadata().ok().filter(fs::Metadata::is_file)?.modified().ok()?;
            Some(written.elapsed().is_ok_and(|age| age > AGE))
        };
        if is_ours && is_old() == Some(true) {
            // Whoever may not remove it may still save.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// The new file belongs to whom the old one belonged, where the system lets us.
#[cfg(unix)]
fn keep_owner(target: &Path, file: &File) {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    let (Ok(old), Ok(new)) = (fs::metadata(target), file.metadata()) else { return };
    if (old.uid(), old.gid()) != (new.uid(), new.gid()) {
        // The group alone may be ours to give.
        let _ = fchown(file, Some(old.uid()), Some(old.gid())).or_else(|_| fchown(file, None, Some(old.gid())));
    }
}

#[cfg(not(unix))]
fn keep_owner(_: &Path, _: &File) {}

/// A new file gets the permissions that the user's other new files get.
#[cfg(unix)]
fn builder() -> tempfile::Builder<'static, 'static> {
    use std::os::unix::fs::PermissionsExt;
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX).permissions(Permissions::from_mode(0o666));
    builder
}

#[cfg(not(unix))]
fn builder() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    builder
}

/// Makes the renaming durable. The file itself is safe by now, and some file systems cannot do this for a folder, so
/// a failure is no reason to say that saving failed.
#[cfg(unix)]
fn sync_folder(folder: &Path) {
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) {}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn a_full_disk_leaves_the_old_file_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.convenor");
        fs::write(&path, "old").unwrap();
        let full = |file: &mut File| {
            file.write_all(b"ne")?;
            Err(io::ErrorKind::StorageFull.into())
        };
        let error = replace_by(&path, full).unwrap_err();
        assert_eq!(
            error.to_string(),
            "“a.convenor” was not saved, because the disk is full: free some space, or save it on another disk."
        );
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(names(folder.path()), ["a.convenor"]);
    }

    #[test]
    fn a_failed_first_save_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let broken = |_: &mut File| Err(io::Error::other("the cable fell out"));
        let error = replace_by(&folder.path().join("a.convenor"), broken).unwrap_err();
        assert!(matches!(error, SaveError::Other { .. }));
        assert!(names(folder.path()).is_empty());
    }
}
