//! Reading a workspace.

use std::num::NonZeroU64;
use std::path::Path;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use super::error::file_name;
use super::mend::mend;
use super::migrate::migrate;
use super::outside::{in_utf8, read_file, without_mark};
use super::{FORMAT, MOST_GROUPINGS, OpenError, Repair, Seen, VERSION, repeated_keys};
use crate::data::Atlas;
use crate::model::{StoredFigures, Workspace};

/// A workspace that was read, and what had to be mended in it.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The workspace.
    pub workspace: Workspace,
    /// What the user should be told, in the order of the file.
    pub repairs: Vec<Repair>,
    /// The figures as they were when it was saved; `None` where none are stored.
    pub as_saved: Option<StoredFigures>,
    /// What the file held.
    pub seen: Seen,
}

impl Opened {
    /// Whether the workspace differs from the file because something was mended.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.repairs.iter().any(|repair| repair.changes)
    }
}

/// Opens a file.
///
/// # Errors
/// Says in one sentence why not, and what to do.
pub fn open(path: &Path, atlas: &Atlas) -> Result<Opened, OpenError> {
    let name = file_name(path);
    match read_file(path) {
        Ok(Some(bytes)) => parse(&bytes, &name, atlas),
        Ok(None) => Err(OpenError::TooLarge { name }),
        Err(error) => Err(OpenError::Read { name, error }),
    }
}

/// Reads the bytes of a file; `name` is what messages call it.
///
/// ```
/// use convenor::data::Atlas;
/// use convenor::storage;
///
/// let atlas = Atlas::embedded().unwrap();
/// let text = r#"{"format": "convenor-workspace", "version": 1, "groupings": [{"name": "Two", "members": ["SWE", "NOR"]}]}"#;
/// let opened = storage::parse(text.as_bytes(), "two.convenor", &atlas)?;
/// assert_eq!(opened.workspace.groupings[0].seats.len(), 2);
/// let refused = storage::parse(b"Dear Sir", "letter.txt", &atlas).unwrap_err();
/// assert!(refused.to_string().contains("letter.txt"));
/// # Ok::<(), storage::OpenError>(())
/// ```
///
/// # Errors
/// Says in one sentence why not, and what to do.
pub fn parse(bytes: &[u8], name: &str, atlas: &Atlas) -> Result<Opened, OpenError> {
    let seen = Seen::of(bytes);
    let bytes = &*in_utf8(bytes);
    let bytes = without_mark(bytes);
    if bytes.trim_ascii().is_empty() {
        return Err(OpenError::Empty { name: name.to_owned() });
    }
    let fields = our_fields(bytes, name)?;
    let version = version(bytes, name)?;
    let fields = migrate(fields, version);
    if let Some(Value::Array(groupings)) = fields.get("groupings")
        && groupings.len() > MOST_GROUPINGS
    {
        return Err(OpenError::TooMany { name: name.to_owned(), found: groupings.len() });
    }
    let mut fields = fields;
    let as_saved = fields.shift_remove("as_saved").map(serde_json::from_value::<StoredFigures>);
    let (fields, mut repairs) = mend(fields, name, atlas);
    if matches!(as_saved, Some(Err(_))) {
        repairs.push(Repair::told(
            "The figures that were stored with the file cannot be read: what moved since is not told.",
        ));
    }
    repairs.extend(repeated_keys(bytes).into_iter().map(Repair::repeated));
    let workspace = serde_json::from_value(Value::Object(fields)).map_err(|e| OpenError::damaged(name, &e))?;
    Ok(Opened { workspace, repairs, as_saved: as_saved.and_then(Result::ok), seen })
}

/// The fields of a file that is ours.
fn our_fields(bytes: &[u8], name: &str) -> Result<Map<String, Value>, OpenError> {
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(fields)) if fields.get("format").is_some_and(|format| format == FORMAT) => Ok(fields),
        Err(error) if bytes.windows(FORMAT.len()).any(|part| part == FORMAT.as_bytes()) => {
            Err(OpenError::damaged(name, &error))
        }
        _ => Err(OpenError::NotOurs { name: name.to_owned() }),
    }
}

/// The version, asked for before anything else: the rest of a newer file may look different.
fn version(bytes: &[u8], name: &str) -> Result<u32, OpenError> {
    #[derive(Deserialize)]
    struct Head {
        version: NonZeroU64,
    }
    /// What cannot be mended field by field; read once more from the text, for the place in it.
    #[derive(Deserialize)]
    struct Body {
        #[serde(default, rename = "groupings")]
        _groupings: Vec<IgnoredAny>,
        #[serde(rename = "title")]
        _title: Option<IgnoredAny>,
        #[serde(rename = "notes")]
        _notes: Option<IgnoredAny>,
        #[serde(rename = "assumptions")]
        _assumptions: Option<IgnoredAny>,
    }
    let damaged = |error: serde_json::Error| OpenError::damaged(name, &error);
    let version = serde_json::from_slice::<Head>(bytes).map_err(damaged)?.version.get();
    match u32::try_from(version) {
        Ok(version) if version < VERSION => Ok(version),
        Ok(VERSION) => serde_json::from_slice::<Body>(bytes).map(|_| VERSION).map_err(damaged),
        _ => Err(OpenError::Newer { name: name.to_owned(), version }),
    }
}
