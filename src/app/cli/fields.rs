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
