//! The form of a file, as a JSON Schema.

use schemars::generate::SchemaSettings;
use schemars::json_schema;
use serde_json::Value;

use super::{FORMAT, VERSION};
use crate::model::{StoredFigures, Workspace};

/// The JSON Schema (draft 2020-12) of a workspace file of this version. Fields that it does not name are kept when a file is opened
/// and saved.
#[must_use]
pub fn schema() -> Value {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = generator.root_schema_for::<Workspace>();
    schema.insert("title".to_owned(), "A Convenor workspace".into());
    let head = json_schema!({
        "format": { "description": "What kind of file it is.", "const": FORMAT },
        "version": { "description": "The version of the format.", "type": "integer", "minimum": 1, "maximum": VERSION },
    });
    let mut properties = head.to_value();
    let as_saved = generator.subschema_for::<StoredFigures>().to_value();
    if let (Value::Object(all), Some(Value::Object(others))) = (&mut properties, schema.get("properties")) {
        all.extend(others.clone());
        all.insert("as_saved".to_owned(), as_saved);
    }
    schema.insert("properties".to_owned(), properties);
    schema.insert("required".to_owned(), serde_json::json!(["format", "version"]));
    // What only the stored figures refer to.
    if let Some(Value::Object(known)) = schema.get_mut("$defs") {
        for (name, of) in generator.take_definitions(true) {
            known.entry(name).or_insert(of);
        }
    }
    schema.to_value()
}
