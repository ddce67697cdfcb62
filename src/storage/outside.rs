//! What comes from outside: bytes of files and of standard input, without the mark that some programs put first.

use std::borrow::Cow;
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
    #[error(
        "“{name}” is not text in UTF-8: line {line} has letters of an older encoding (Latin-1, Windows-1252 or another; which one the \
         file does not say). Save it as UTF-8 (in a spreadsheet: “CSV UTF-8”)"
    )]
    NotText {
        /// What it was called.
        name: String,
        /// The first line, from 1, that is none.
        line: usize,
    },
}

/// Bytes without a byte-order mark at their head.
#[must_use]
pub fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(MARK).unwrap_or(bytes)
}

/// Text in UTF-16 that says so by its mark, in UTF-8; other bytes as they are.
#[must_use]
pub fn in_utf8(bytes: &[u8]) -> Cow<'_, [u8]> {
    let order: fn([u8; 2]) -> u16 = match bytes {
        [0xFF, 0xFE, ..] => u16::from_le_bytes,
        [0xFE, 0xFF, ..] => u16::from_be_bytes,
        _ => return Cow::Borrowed(bytes),
    };
    let (pairs, rest) = bytes[2..].as_chunks::<2>();
    let text: Result<String, _> = char::decode_utf16(pairs.iter().map(|pair| order(*pair))).collect();
    match text {
        Ok(text) if rest.is_empty() => Cow::Owned(text.into_bytes()),
        _ => Cow::Borrowed(bytes),
    }
}

/// In which line, from 1, a byte is.
fn line_of(bytes: &[u8], at: usize) -> usize {
    1 + bytes.iter().take(at).filter(|byte| **byte == b'\n').count()
}

/// The text of a file, or of standard input for `-`.
///
/// # Errors
/// It cannot be read, is too large, or is no text.
pub fn read_text(path: &Path) -> Result<String, TextError> {
    let name = path.display().to_string();
    let bytes = if path.as_os_str() == "-" { up_to_most(io::stdin()) } else { File::open(path).and_then(up_to_most) };
    match bytes {
        Ok(Some(bytes)) => match std::str::from_utf8(without_mark(&in_utf8(&bytes))) {
            Ok(text) => Ok(text.to_owned()),
            Err(fault) => Err(TextError::NotText { name, line: line_of(&bytes, fault.valid_up_to()) }),
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
