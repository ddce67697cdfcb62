//! The key of an actor.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The key of an actor: three capital letters, ISO 3166-1 alpha-3 (Kosovo: the user-assigned `XKX`).
///
/// A `CountryId` need not be in the atlas: a file may name an actor that this program does not know.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryId([u8; 3]);

impl CountryId {
    /// The key for three capital ASCII letters known when the program is written.
    #[must_use]
    pub const fn new(code: [u8; 3]) -> Self {
        Self(code)
    }

    /// The three letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }

    /// A dense number below 26³, for look-up tables.
    #[must_use]
    pub(crate) fn slot(self) -> usize {
        self.0.iter().fold(0, |sum, byte| sum * 26 + usize::from(byte - b'A'))
    }
}

/// The text was not three capital letters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a country code: three capital letters are expected, such as NOR")]
pub struct NotACode(pub String);

impl FromStr for CountryId {
    type Err = NotACode;

    fn from_str(text: &str) -> Result<Self, NotACode> {
        match text.as_bytes() {
            &[a, b, c] if [a, b, c].iter().all(u8::is_ascii_uppercase) => Ok(Self([a, b, c])),
            _ => Err(NotACode(text.to_owned())),
        }
    }
}

impl fmt::Display for CountryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for CountryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for CountryId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for CountryId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
