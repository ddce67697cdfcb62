//! Fields of a file that this version does not know: kept and written back.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Unknown fields, in the order in which they were read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Extra(pub Map<String, Value>);

impl Extra {
    /// The name of the first unknown field.
    #[must_use]
    pub fn first(&self) -> Option<&str> {
        self.0.keys().next().map(String::as_str)
    }
}

/// Writes a value without the fields that equal those of `default`, so that files stay short.
pub(crate) fn sparse<T: Serialize, E: serde::ser::Error>(value: &T, default: &T) -> Result<Value, E> {
    let mut written = serde_json::to_value(value).map_err(E::custom)?;
    let default = serde_json::to_value(default).map_err(E::custom)?;
    if let (Value::Object(fields), Value::Object(defaults)) = (&mut written, &default) {
        fields.retain(|key, field| defaults.get(key) != Some(field));
    }
    Ok(written)
}
