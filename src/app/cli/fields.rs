//! Values by name, in an order of their own, as JSON writes them.

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use crate::analysis::measures::{self, Measure};

/// Values by name, in order: an object in JSON.
#[derive(Clone, Debug, PartialEq)]
pub struct Fields<T>(pub Vec<(String, T)>);

impl<T> Fields<T> {
    /// One value a measure, by the measure's name.
    #[must_use]
    pub fn of_measures(mut value: impl FnMut(&'static Measure) -> T) -> Self {
        Self(measures::ALL.into_iter().map(|measure| (measure.name.to_owned(), value(measure))).collect())
    }

    /// The value of a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&T> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }
}

impl<T: Serialize> Serialize for Fields<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

/// An interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Range {
    /// 5 % of the draws are below.
    pub low: f64,
    /// The point estimate.
    pub middle: f64,
    /// 5 % of the draws are above.
    pub high: f64,
    /// The share of the draws in which the measure has a meaning.
    pub defined: f64,
}

/// The interval of every measure, null where it has no meaning.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ByMeasure {
    /// By name.
    #[serde(flatten)]
    pub measures: Fields<Option<Range>>,
    /// Which share of the draws an interval holds.
    pub level: f64,
    /// How many draws there are.
    pub draws: usize,
}
