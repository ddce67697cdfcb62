//! What moved since a file was saved, in words.

use super::words::{listed, told};
use crate::analysis::edition::{Moved, reasons};
use crate::model::StoredFigures;

/// A sentence for every figure that is not what it was when the file was saved, after one that says why.
#[must_use]
pub fn moved_words(stored: &StoredFigures, moved: &[Moved]) -> Vec<String> {
    if moved.is_empty() {
        return Vec::new();
    }
    let reasons = reasons(stored);
    let why = if reasons.is_empty() {
        "with the same method and the same data: please report this file".to_owned()
    } else {
        listed(&reasons)
    };
    let mut words = vec![format!("Figures have moved since this file was saved: {why}.")];
    words.extend(moved.iter().map(|Moved { grouping, measure, was, is }| {
        let value = |value: &Option<f64>| value.map_or_else(|| "not defined".to_owned(), |value| told(measure, value));
        format!("{} of “{grouping}” was {} and is {} now.", measure.label, value(was), value(is))
    }));
    words
}
