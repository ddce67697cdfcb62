//! The figures as they were when a file was saved.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Extra, GroupingId};

/// The figures as they were when a file was saved, and what they were computed with.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StoredFigures {
    /// The number of the method.
    pub method: u32,
    /// The edition of the data, year-month-day.
    pub data: String,
    /// By grouping.
    pub groupings: Vec<StoredGrouping>,
    /// Fields of a later version.
    #[serde(flatten)]
    pub extra: Extra,
}

/// The figures of a grouping as they were when a file was saved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StoredGrouping {
    /// Its key.
    pub id: GroupingId,
    /// A mark of all that its figures depend on but method and data: where it is another, they were of another design.
    pub design: String,
    /// The figures by the name of the measure; null where one was not defined.
    pub figures: BTreeMap<String, Option<f64>>,
}
