//! Older files, brought up step by step.

use serde_json::{Map, Value};

use super::VERSION;

/// Turns the fields of one version into those of the next.
type Step = fn(Map<String, Value>) -> Map<String, Value>;

/// The first step leads from version 1 to version 2, and so on up to [`VERSION`]; there is none yet.
const STEPS: [Step; VERSION as usize - 1] = [];

/// Brings the fields of a file from a version, 1 being the first, up to [`VERSION`].
pub(super) fn migrate(fields: Map<String, Value>, from: u32) -> Map<String, Value> {
    let done = from.saturating_sub(1) as usize;
    STEPS.iter().skip(done).fold(fields, |fields, step| step(fields))
}
