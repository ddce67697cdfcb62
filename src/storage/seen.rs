//! What a file held when it was read or written: whether another program changed it since.

use std::hash::{DefaultHasher, Hasher as _};
use std::io;
use std::path::Path;

use super::outside::read_file;

/// What tells the contents of a file apart from others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    length: usize,
    hash: u64,
}

impl Seen {
    /// That of bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        let mut hash = DefaultHasher::new();
        hash.write(bytes);
        Self { length: bytes.len(), hash: hash.finish() }
    }

    /// That of a file as it is now; `None` where there is no file, or one that is too large to be a workspace.
    ///
    /// # Errors
    /// If the file is there and the system does not read it.
    pub fn now(path: &Path) -> io::Result<Option<Self>> {
        match read_file(path) {
            Ok(bytes) => Ok(bytes.map(|bytes| Self::of(&bytes))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}
