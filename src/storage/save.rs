//! Writing a workspace.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::{EXTENSION, FORMAT, SaveError, Seen, VERSION, atomic};
use crate::model::{StoredFigures, Workspace};

#[derive(Serialize)]
struct Written<'a> {
    format: &'static str,
    version: u32,
    #[serde(flatten)]
    workspace: &'a Workspace,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_saved: Option<&'a StoredFigures>,
}

/// The text of a file: JSON, two spaces a level, a line end at the end. The same workspace gives the same text.
///
/// # Errors
/// None that is known: a workspace has nothing that JSON could not hold.
pub fn to_text(workspace: &Workspace) -> Result<String, serde_json::Error> {
    to_text_with(workspace, None)
}

/// The same with the figures as they are now.
///
/// # Errors
/// None that is known.
pub fn to_text_with(workspace: &Workspace, as_saved: Option<&StoredFigures>) -> Result<String, serde_json::Error> {
    let mut text = serde_json::to_string_pretty(&Written { format: FORMAT, version: VERSION, workspace, as_saved })?;
    text.push('\n');
    Ok(text)
}

/// Saves to a file, which is replaced as a whole or not at all; what it holds now. A symbolic link stays one, permissions stay.
///
/// # Errors
/// Says in one sentence why not, and what to do; what was there before is still there.
pub fn save(path: &Path, workspace: &Workspace) -> Result<Seen, SaveError> {
    save_with(path, workspace, None)
}

/// Saves with the figures as they are now, so that a later version of the program can tell what moved.
///
/// # Errors
/// As [`save`].
pub fn save_with(path: &Path, workspace: &Workspace, as_saved: Option<&StoredFigures>) -> Result<Seen, SaveError> {
    let text = to_text_with(workspace, as_saved).map_err(|error| SaveError::new(path, path, io::Error::from(error)))?;
    atomic::replace(path, text.as_bytes())?;
    Ok(Seen::of(text.as_bytes()))
}

/// Saves a text to a file, which is replaced as a whole or not at all.
///
/// # Errors
/// As [`save`].
pub fn save_text(path: &Path, text: &str) -> Result<(), SaveError> {
    atomic::replace(path, text.as_bytes())
}

/// Saves bytes to a file, which is replaced as a whole or not at all.
///
/// # Errors
/// As [`save`].
pub fn save_bytes(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    atomic::replace(path, bytes)
}

/// The path with `.convenor` behind it, unless it is there already.
#[must_use]
pub fn with_extension(path: &Path) -> PathBuf {
    with_this_extension(path, EXTENSION)
}

/// The path with an extension behind it, unless it is there already.
#[must_use]
pub fn with_this_extension(path: &Path, wanted: &str) -> PathBuf {
    if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(wanted)) {
        return path.to_owned();
    }
    let mut whole = OsString::from(path);
    whole.push(".");
    whole.push(wanted);
    PathBuf::from(whole)
}
