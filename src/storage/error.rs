//! Why a file could not be opened or saved: the thing and the cure, in one sentence.

use std::io;
use std::path::Path;

/// Why a file could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The system did not hand over the bytes.
    #[error("{}", read_sentence(.name, .error))]
    Read {
        /// The file's name.
        name: String,
        /// What the system said.
        #[source]
        error: io::Error,
    },
    /// There is nothing in the file.
    #[error("“{name}” is empty: restore a copy of it, or choose another file.")]
    Empty {
        /// The file's name.
        name: String,
    },
    /// The file is something else.
    #[error("“{name}” is not a Convenor workspace: choose a file that was saved by Convenor.")]
    NotOurs {
        /// The file's name.
        name: String,
    },
    /// The file is a workspace, but no longer readable as one.
    #[error(
        "“{name}” is damaged at line {line}, column {column} ({what}): restore a copy of it, or mend that place in a text editor."
    )]
    Damaged {
        /// The file's name.
        name: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What is wrong there.
        what: String,
    },
    /// The file was written by a later version of the program.
    #[error(
        "“{name}” was saved by a newer Convenor (format {version}; this one reads up to {}): update Convenor to open it.",
        super::VERSION
    )]
    Newer {
        /// The file's name.
        name: String,
        /// The version of its format.
        version: u64,
    },
    /// The file holds more groupings than can be computed.
    #[error(
        "“{name}” holds {found} groupings; at most {} are taken: split it into several files.",
        super::MOST_GROUPINGS
    )]
    TooMany {
        /// The file's name.
        name: String,
        /// How many it holds.
        found: usize,
    },
    /// The file is larger than any workspace.
    #[error(
        "“{name}” is larger than {} MB, which no workspace is: choose a file that was saved by Convenor.",
        super::MOST_BYTES >> 20
    )]
    TooLarge {
        /// The file's name.
        name: String,
    },
}

impl OpenError {
    pub(super) fn damaged(name: &str, error: &serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        let what = match error.classify() {
            serde_json::error::Category::Eof => "it ends too early".to_owned(),
            _ => plain_words(&error.to_string().replace(&format!(" at line {line} column {column}"), "")),
        };
        Self::Damaged { name: name.to_owned(), line: line.max(1), column: column.max(1), what }
    }
}

/// What parsers and systems say, without their own words for things: no “sequence”, no “(os error 36)”.
///
/// ```
/// use convenor::storage::plain_words;
/// assert_eq!(plain_words("File name too long (os error 36)"), "File name too long");
/// ```
#[must_use]
pub fn plain_words(what: &str) -> String {
    let mut text = what
        .replace("a sequence", "a list")
        .replace("type: sequence", "type: list")
        .replace("type: map", "type: set of fields")
        .replace("a nonzero u64", "a whole number above 0")
        .replace("expected usize", "expected a whole number")
        .replace("expected u32", "expected a whole number")
        .replace("expected f64", "expected a number");
    while let Some(from) = text.find(" (os error ") {
        let Some(length) = text[from..].find(')') else { break };
        text.replace_range(from..=from + length, "");
    }
    text
}

fn read_sentence(name: &str, error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            format!("“{name}” is not there: it may have been moved or renamed, so choose it again.")
        }
        io::ErrorKind::PermissionDenied => {
            format!("Convenor is not allowed to read “{name}”: ask its owner for permission, or choose a copy.")
        }
        io::ErrorKind::IsADirectory => format!("“{name}” is a folder: choose a file in it."),
        io::ErrorKind::InvalidInput => format!("“{name}” is not an ordinary file: choose another one."),
        _ => format!("“{name}” could not be read ({error}): try again, or choose a copy."),
    }
}

/// Why a file could not be saved. What was there before is still there.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// The folder does not exist.
    #[error("“{name}” was not saved, because there is no folder “{folder}”: choose another folder.")]
    NoFolder {
        /// The file's name.
        name: String,
        /// The folder that is missing.
        folder: String,
    },
    /// The system forbids writing to the file or its folder.
    #[error(
        "“{name}” was not saved, because Convenor is not allowed to write to “{folder}”: save it under another name or in another folder."
    )]
    NoPermission {
        /// The file's name.
        name: String,
        /// The folder it is in.
        folder: String,
    },
    /// The file, or the disk that it is on, is read-only.
    #[error("“{name}” was not saved, because it is read-only: save it under another name or in another folder.")]
    ReadOnly {
        /// The file's name.
        name: String,
    },
    /// The name belongs to a folder or a device.
    #[error("“{name}” was not saved, because that is the name of a folder or a device: save it under another name.")]
    NotAFile {
        /// The file's name.
        name: String,
    },
    /// There is no room left.
    #[error("“{name}” was not saved, because the disk is full: free some space, or save it on another disk.")]
    DiskFull {
        /// The file's name.
        name: String,
    },
    /// Anything else.
    #[error("“{name}” was not saved ({error}): try again, or save it in another folder.")]
    Other {
        /// The file's name.
        name: String,
        /// What the system said.
        #[source]
        error: io::Error,
    },
}

impl SaveError {
    pub(super) fn new(path: &Path, folder: &Path, error: io::Error) -> Self {
        use io::ErrorKind as Kind;
        let name = file_name(path);
        let folder = folder.display().to_string();
        match error.kind() {
            Kind::NotFound | Kind::NotADirectory => Self::NoFolder { name, folder },
            Kind::PermissionDenied => Self::NoPermission { name, folder },
            Kind::ReadOnlyFilesystem => Self::ReadOnly { name },
            Kind::IsADirectory => Self::NotAFile { name },
            Kind::StorageFull | Kind::QuotaExceeded => Self::DiskFull { name },
            _ => Self::Other { name, error },
        }
    }
}

/// The last part of a path, for people.
pub(super) fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
