//! Opening a workspace for the command line.

use std::path::Path;

use super::cli::Failure;
use crate::data::Atlas;
use crate::model::Workspace;
use crate::storage;

/// Reads a workspace; what had to be repaired goes to standard error.
///
/// # Errors
/// The file cannot be read, or does not hold a workspace.
pub fn open_workspace(path: &Path, atlas: &Atlas) -> Result<Workspace, Failure> {
    let opened = storage::open(path, atlas).map_err(|error| Failure(error.to_string()))?;
    for repair in &opened.repairs {
        eprintln!("convenor: {repair}");
    }
    Ok(opened.workspace)
}
