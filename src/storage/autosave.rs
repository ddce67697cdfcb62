//! Recovery copies: what was not saved when the program ended unexpectedly.
//!
//! Each running program has a copy of its own, named after its process, and holds a lock beside it for as long as it
//! runs. A copy whose lock nobody holds was left behind: [`find`] offers it. The copy is a workspace file like any
//! other, with the path of the document as one more field.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use directories::ProjectDirs;

use super::{EXTENSION, OpenError, Opened, SaveError, atomic, open, to_text};
use crate::data::Atlas;
use crate::model::Workspace;

/// The field that names the file to which the document belongs.
const ORIGIN: &str = "recovery_of";

/// The extension of locks.
const LOCK: &str = "lock";

/// Where recovery copies are kept; `None` where the system names no home.
#[must_use]
pub fn folder() -> Option<PathBuf> {
    let dirs = ProjectDirs::from("org", "convenor", "Convenor")?;
    Some(dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir()).join("recovery"))
}

/// The recovery copy of this running program.
#[derive(Debug)]
pub struct Autosave {
    folder: PathBuf,
    claim: Option<Claim>,
}

/// A name of our own, with the lock that says so.
#[derive(Debug)]
struct Claim {
    copy: PathBuf,
    _lock: File,
}

impl Autosave {
    /// A copy in a folder. Nothing is written, not even the folder, before there is something to keep.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into(), claim: None }
    }

    /// Keeps the document; `origin` is the file to which it belongs.
    ///
    /// # Errors
    /// Says in one sentence why not; the copy before is still there.
    pub fn write(&mut self, workspace: &Workspace, origin: Option<&Path>) -> Result<(), SaveError> {
        let other = |error| SaveError::new(&self.folder, &self.folder, error);
        let mut workspace = workspace.clone();
        workspace.extra.0.shift_remove(ORIGIN);
        if let Some(origin) = origin.map(|path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned()))
            && let Some(origin) = origin.to_str()
        {
            workspace.extra.0.insert(ORIGIN.to_owned(), origin.into());
        }
        let text = to_text(&workspace).map_err(|error| other(error.into()))?;
        let claim = match self.claim.take() {
            Some(claim) => claim,
            None => claim(&self.folder).map_err(other)?,
        };
        let done = atomic::replace_in_new_folder(&claim.copy, text.as_bytes());
        self.claim = Some(claim);
        done
    }

    /// Removes the copy: the document is saved, or the user gave it up.
    ///
    /// # Errors
    /// If the system does not remove it.
    pub fn clear(&mut self) -> io::Result<()> {
        self.claim.as_ref().map_or(Ok(()), |claim| remove(&claim.copy))
    }
}

impl Drop for Autosave {
    /// Leaves no lock behind where there is no copy; a lock that stays does no harm.
    fn drop(&mut self) {
        if let Some(claim) = self.claim.take()
            && !claim.copy.exists()
        {
            let _ = remove(&claim.copy.with_extension(LOCK));
        }
    }
}

/// Takes the first name for this process that is neither locked nor left behind by an earlier one.
fn claim(folder: &Path) -> io::Result<Claim> {
    const MOST: usize = 1000;
    fs::create_dir_all(folder)?;
    let process = std::process::id();
    for round in 1..=MOST {
        let name = if round == 1 { process.to_string() } else { format!("{process}-{round}") };
        let copy = folder.join(name).with_extension(EXTENSION);
        if copy.exists() {
            continue;
        }
        let lock = OpenOptions::new().write(true).create(true).truncate(false).open(copy.with_extension(LOCK))?;
        // Where the file system has no locks, a copy is offered while its program still runs: better than never.
        if !matches!(lock.try_lock(), Err(TryLockError::WouldBlock)) {
            return Ok(Claim { copy, _lock: lock });
        }
    }
    Err(io::Error::other("too many recovery copies are waiting"))
}

/// A copy that was left behind.
#[derive(Debug)]
pub struct Found {
    /// Where it is.
    pub copy: PathBuf,
    /// The file to which the document belonged.
    pub origin: Option<PathBuf>,
    /// When it was written, where the system knows.
    pub written: Option<SystemTime>,
    /// The document. It is unsaved until the user saves it.
    pub opened: Result<Opened, OpenError>,
    /// What it holds beyond that file, in sentences, where somebody looked.
    pub differs: Vec<String>,
}

impl Found {
    /// Removes the copy: the document was saved or kept elsewhere, or the user gave it up.
    ///
    /// # Errors
    /// If the system does not remove it.
    pub fn discard(&self) -> io::Result<()> {
        remove(&self.copy)?;
        remove(&self.copy.with_extension(LOCK))
    }
}

/// The copies that were left behind in a folder, latest first.
///
/// # Errors
/// If the system does not list the folder; one that is not there has none.
pub fn find(folder: &Path, atlas: &Atlas) -> io::Result<Vec<Found>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut found = Vec::new();
    for entry in entries {
        let copy = entry?.path();
        if copy.extension().is_some_and(|extension| extension == EXTENSION) && !is_in_use(&copy) {
            found.push(read(copy, atlas));
        }
    }
    found.sort_by(|a, b| (b.written, &a.copy).cmp(&(a.written, &b.copy)));
    Ok(found)
}

fn is_in_use(copy: &Path) -> bool {
    let lock = OpenOptions::new().write(true).open(copy.with_extension(LOCK));
    lock.is_ok_and(|lock| matches!(lock.try_lock(), Err(TryLockError::WouldBlock)))
}

fn read(copy: PathBuf, atlas: &Atlas) -> Found {
    let written = fs::metadata(&copy).and_then(|known| known.modified()).ok();
    let mut opened = open(&copy, atlas);
    let origin = opened.as_mut().ok().and_then(|opened| opened.workspace.extra.0.shift_remove(ORIGIN));
    Found {
        origin: origin.as_ref().and_then(|origin| origin.as_str()).map(PathBuf::from),
        copy,
        written,
        opened,
        differs: Vec::new(),
    }
}

/// Removes a file, which may be gone already.
fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}
