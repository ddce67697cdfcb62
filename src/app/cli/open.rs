//! A grouping of a workspace file, by its name.

use std::path::Path;

use super::cases::Asked;
use super::failure::Failure;
use crate::analysis::{Case, Engine};
use crate::model::{Grouping, Workspace};
use crate::storage;

/// Opens a file and finds a grouping by name; upper and lower case do not matter unless two names differ by it alone.
///
/// # Errors
/// The file cannot be opened, has no such grouping, or more than one.
pub fn grouping(engine: &Engine, path: &Path, name: &str) -> Result<Asked, Failure> {
    let workspace = workspace(engine, path)?;
    let grouping = named(&workspace, path, name)?;
    let case = Case::of(&engine.atlas, grouping, &workspace.assumptions);
    Ok(Asked { name: grouping.name.clone(), case })
}

/// Opens a file.
///
/// # Errors
/// It cannot be opened.
pub fn workspace(engine: &Engine, path: &Path) -> Result<Workspace, Failure> {
    storage::open(path, &engine.atlas).map(|opened| opened.workspace).map_err(Failure::of)
}

/// Finds a grouping of the workspace in a file by name; upper and lower case do not matter unless two names differ by it alone.
///
/// # Errors
/// There is no such grouping, or more than one.
pub fn named<'a>(workspace: &'a Workspace, path: &Path, name: &str) -> Result<&'a Grouping, Failure> {
    let groupings = &workspace.groupings;
    let folded = name.trim().to_lowercase();
    let all = |is: &dyn Fn(&Grouping) -> bool| -> Vec<&Grouping> {
        groupings.iter().map(AsRef::as_ref).filter(|grouping| is(grouping)).collect()
    };
    let mut found = all(&|grouping| grouping.name == name);
    if found.is_empty() {
        found = all(&|grouping| grouping.name.to_lowercase() == folded);
    }
    if found.len() > 1 {
        let letters: Vec<String> = found.iter().map(|grouping| grouping.letter()).collect();
        let letters = letters.join(" and ");
        return Err(Failure(format!(
            "“{}” has {} groupings “{name}” ({letters}): give each a name of its own",
            path.display(),
            found.len()
        )));
    }
    let Some(grouping) = found.first() else {
        let names: Vec<String> = groupings.iter().map(|grouping| format!("“{}”", grouping.name)).collect();
        let known = if names.is_empty() { "it has none".to_owned() } else { format!("it has {}", names.join(", ")) };
        return Err(Failure(format!("“{}” has no grouping “{name}”: {known}", path.display())));
    };
    Ok(grouping)
}
