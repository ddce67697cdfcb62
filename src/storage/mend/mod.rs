//! Mending files field by field: what cannot be read loses only itself, and the user is told.
//!
//! This works on JSON before it becomes a [`Workspace`](crate::model::Workspace). A field that would not be
//! read is taken out, so that its default applies; how a field is read stays the model's business alone.

mod assumptions;
mod grouping;
mod questions;
mod rule;
mod slide;

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::data::Atlas;
use crate::model::{MOST_AMOUNT, MOST_LETTERS, MOST_STATED, cut};

/// The fields of a JSON object.
type Fields = Map<String, Value>;

/// Something that was wrong in a file, told in one sentence (its `Display`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    sentence: String,
    /// Whether the workspace now differs from the file; otherwise it only needed saying.
    pub changes: bool,
}

impl Repair {
    /// Something that only needs saying.
    pub(super) fn told(sentence: &str) -> Self {
        Self { sentence: sentence.to_owned(), changes: false }
    }

    /// A key that stands twice at a place of the file.
    pub(super) fn repeated(place: String) -> Self {
        Self {
            sentence: format!("{} stands twice in the file: the last counts.", shown(&Value::from(place))),
            changes: true,
        }
    }
}

impl fmt::Display for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)
    }
}

/// Mends the fields of a file of the current version; `name` is the file's.
pub(super) fn mend(mut fields: Fields, name: &str, atlas: &Atlas) -> (Fields, Vec<Repair>) {
    let mut mender = Mender { atlas, repairs: Vec::new() };
    fields.shift_remove("format");
    fields.shift_remove("version");
    mender.title(&mut fields, name);
    if let Some(bad) = take_bad::<String>(&mut fields, "notes", |_| true) {
        mender.tell(format!("The notes of the workspace were {}, not text; they are empty now.", shown(&bad)));
    }
    mender.assumptions(&mut fields);
    if let Some(Value::Array(entries)) = fields.get_mut("groupings") {
        *entries = mender.groupings(std::mem::take(entries));
    }
    mender.cut(&mut fields, "title", MOST_LETTERS, "The title of the workspace");
    for (key, what) in [("organisation", "organisation"), ("handling", "handling mark")] {
        mender.cut(&mut fields, key, MOST_STATED, &format!("The {what} of the workspace"));
        if let Some(bad) = take_bad::<String>(&mut fields, key, |_| true) {
            mender.tell(format!("The {what} of the workspace was {}, not text; it is empty now.", shown(&bad)));
        }
    }
    if let Some(bad) = take_bad::<Vec<Value>>(&mut fields, "slides", |_| true) {
        mender.tell(format!("The slides were {}, not a list; there are none now.", shown(&bad)));
    }
    if let Some(Value::Array(entries)) = fields.get_mut("slides") {
        *entries = mender.slides(std::mem::take(entries));
    }
    (fields, mender.repairs)
}

struct Mender<'a> {
    atlas: &'a Atlas,
    repairs: Vec<Repair>,
}

impl Mender<'_> {
    /// Tells of a repair.
    fn tell(&mut self, sentence: String) {
        self.repairs.push(Repair { sentence, changes: true });
    }

    /// Tells of something that was left as it is.
    fn note(&mut self, sentence: String) {
        self.repairs.push(Repair { sentence, changes: false });
    }

    /// Cuts a text that no screen could bear.
    fn cut(&mut self, fields: &mut Fields, key: &str, most: usize, what: &str) {
        let Some(short) = fields.get(key).and_then(Value::as_str).and_then(|text| cut(text, most)) else { return };
        self.tell(format!(
            "{what} was longer than {most} letters; it is cut now: {}",
            shown(&Value::from(short.as_str()))
        ));
        fields.insert(key.to_owned(), short.into());
    }

    fn title(&mut self, fields: &mut Fields, name: &str) {
        if fields.get("title").and_then(Value::as_str).is_some_and(|title| !title.trim().is_empty()) {
            return;
        }
        let stem = Path::new(name).file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let title = stem.filter(|stem| !stem.trim().is_empty()).unwrap_or_else(|| "Untitled".to_owned());
        self.tell(format!("The workspace had no title; it is called “{title}” now."));
        fields.insert("title".to_owned(), title.into());
    }

    fn groupings(&mut self, entries: Vec<Value>) -> Vec<Value> {
        let mut taken = grouping::Taken::of(&entries);
        let mut kept = Vec::with_capacity(entries.len());
        for (at, entry) in entries.into_iter().enumerate() {
            match entry {
                Value::Object(mut fields) => {
                    self.grouping(&mut fields, at + 1, &mut taken);
                    kept.push(Value::Object(fields));
                }
                other => self.tell(format!("Grouping {} was {} and was left out.", at + 1, shown(&other))),
            }
        }
        kept
    }
}

/// Takes a field out if it does not read as a `T` that `holds`; gives what it was.
fn take_bad<T: DeserializeOwned>(fields: &mut Fields, key: &str, holds: impl Fn(&T) -> bool) -> Option<Value> {
    let good = T::deserialize(fields.get(key)?).is_ok_and(|value| holds(&value));
    if good { None } else { fields.shift_remove(key) }
}

/// Takes an object's entries out where they are not good; gives what they were.
fn take_bad_entries(entries: &mut Fields, good: impl Fn(&str, &Value) -> bool) -> Vec<(String, Value)> {
    let bad: Vec<String> =
        entries.iter().filter(|(key, value)| !good(key, value)).map(|(key, _)| key.clone()).collect();
    bad.into_iter().filter_map(|key| entries.shift_remove_entry(&key)).collect()
}

/// A number of a JSON value that is not below zero, and no more than is ever meant.
fn is_amount(value: &Value) -> bool {
    value.as_f64().is_some_and(|number| (0.0..=MOST_AMOUNT).contains(&number))
}

/// What is not among the keys that are known.
fn unknown<'a>(fields: &'a Fields, known: &[&str]) -> Vec<&'a str> {
    fields.keys().map(String::as_str).filter(|key| !known.contains(key)).collect()
}

/// The smallest number from 0 that is not taken.
fn free_number(taken: &BTreeSet<u32>) -> u32 {
    (0..u32::MAX).find(|number| !taken.contains(number)).unwrap_or_default()
}

/// A value as a sentence quotes it.
fn shown(value: &Value) -> String {
    const MOST: usize = 40;
    match value {
        Value::Null => "left empty (null)".to_owned(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::String(text) if text.chars().count() > MOST => {
            format!("“{}…”", text.chars().take(MOST).collect::<String>())
        }
        Value::String(text) => format!("“{text}”"),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "a set of fields".to_owned(),
    }
}
