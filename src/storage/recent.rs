//! The files that were opened or saved last, latest first.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use directories::ProjectDirs;
use serde_json::{Value, json};

use super::error::file_name;
use super::outside::without_mark;
use super::{SaveError, atomic};

/// How many files are remembered.
pub const MOST: usize = 12;

/// The list as it was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recent {
    /// The files, latest first; they may be gone by now.
    pub files: Vec<PathBuf>,
    /// What the user should be told, if the list could not be read.
    pub complaint: Option<String>,
}

/// Where the user's list is kept; `None` where the system names no home.
#[must_use]
pub fn list_path() -> Option<PathBuf> {
    ProjectDirs::from("org", "convenor", "Convenor").map(|dirs| dirs.config_dir().join("recent.json"))
}

/// Reads a list. One that is not there is empty; one that is damaged is empty too, and says so.
#[must_use]
pub fn load(list: &Path) -> Recent {
    let text = match fs::read(list) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Recent::default(),
        Err(error) => return unreadable(list, &error.to_string()),
    };
    match serde_json::from_slice::<Value>(without_mark(&text)) {
        Ok(Value::Object(fields)) => match fields.get("files") {
            Some(Value::Array(files)) => {
                Recent { files: tidy(files.iter().filter_map(Value::as_str)), complaint: None }
            }
            _ => unreadable(list, "there is no list of files in it"),
        },
        Ok(_) => unreadable(list, "there is no list of files in it"),
        Err(error) => unreadable(list, &error.to_string()),
    }
}

/// Writes a list, making its folder if that is missing. Paths that are not Unicode cannot be kept and are left out.
///
/// # Errors
/// Says in one sentence why not; the list is as it was.
pub fn write(list: &Path, files: &[PathBuf]) -> Result<(), SaveError> {
    let files = tidy(files.iter().filter_map(|file| file.to_str()));
    let text = format!("{:#}\n", json!({ "files": files }));
    atomic::replace_in_new_folder(list, text.as_bytes())
}

/// Puts a file first in a list, which is read again before, as another window may have changed it; gives the list.
///
/// # Errors
/// Says in one sentence why not; the list is as it was.
pub fn remember(list: &Path, file: &Path) -> Result<Vec<PathBuf>, SaveError> {
    let file = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let mut files = load(list).files;
    files.retain(|known| *known != file);
    files.insert(0, file);
    files.truncate(MOST);
    write(list, &files)?;
    Ok(files)
}

/// Each file once, at most [`MOST`].
fn tidy<'a>(paths: impl Iterator<Item = &'a str>) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = Vec::new();
    for path in paths.map(PathBuf::from) {
        if files.len() < MOST && !files.contains(&path) {
            files.push(path);
        }
    }
    files
}

fn unreadable(list: &Path, why: &str) -> Recent {
    let name = file_name(list);
    let complaint = format!("The list of recent files, “{name}”, could not be read ({why}); it starts anew.");
    Recent { files: Vec::new(), complaint: Some(complaint) }
}
