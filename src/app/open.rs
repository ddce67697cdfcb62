//! Opening a workspace for the command line.

use std::path::Path;

use super::cli::Failure;
use crate::model::Workspace;

/// Reads a workspace.
///
/// # Errors
/// The file cannot be read, or does not hold a workspace.
pub fn open_workspace(path: &Path) -> Result<Workspace, Failure> {
    let bytes =
        std::fs::read(path).map_err(|error| Failure(format!("“{}” could not be read: {error}", path.display())))?;
    serde_json::from_slice(&bytes)
        .map_err(|error| Failure(format!("“{}” does not hold a workspace: {error}", path.display())))
}
