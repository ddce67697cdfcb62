//! What comes from outside: bytes of files and of standard input, without the mark that some programs put first.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// Files beyond this size are refused.
pub const MOST_BYTES: u64 = 64 << 20;

/// What tells the order of bytes in other encodings, and stands at the head of UTF-8 too by a habit of spreadsheets.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// Why there is no text: the thing and the cure.
#[derive(Debug, thiserror::Error)]
pub enum TextError {
    /// The system did not hand over the bytes.
    #[error("“{name}” could not be read: {error}")]
    Read {
        /// What it was called.
        name: String,
        /// What the system said.
        #[source]
        error: io::Error,
    },
    /// There is more than the program takes.
    #[error("“{name}” is larger than {} MB: split it", MOST_BYTES >> 20)]
    TooLarge {
        /// What it was called.
        name: String,
    },
    /// The bytes are no text that the program reads.
    #[error("“{name}” is not text in UTF-8: save it as UTF-8 (in a spreadsheet: “CSV UTF-8”)")]
    NotText {
        /// What it was called.
        name: String,
    },
}

/// Bytes without a byte-order mark at their head.
#[must_use]
pub fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(MARK).unwrap_or(bytes)
}

/// The text of a file, or of standard input for `-`.
///
/// # Errors
/// It cannot be read, is too large, or is no text.
pub fn read_text(path: &Path) -> Result<String, TextError> {
    let name = path.display().to_string();
    let bytes = if path.as_os_str() == "-" { up_to_most(io::stdin()) } else { File::open(path).and_then(up_to_most) };
    match bytes {
        Ok(Some(bytes)) => match std::str::from_utf8(without_mark(&bytes)) {
            Ok(text) => Ok(text.to_owned()),
            Err(_) => Err(TextError::NotText { name }),
        },
        Ok(None) => Err(TextError::TooLarge { name }),
        Err(error) => Err(TextError::Read { name, error }),
    }
}

/// The bytes of a file of its own, neither a folder nor a device; `None` if there are too many.
pub(super) fn read_file(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let known = fs::metadata(path)?;
    if known.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if !known.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    if known.len() > MOST_BYTES { Ok(None) } else { File::open(path).and_then(up_to_most) }
}

fn up_to_most(from: impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    from.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= MOST_BYTES).then_some(bytes))
}
