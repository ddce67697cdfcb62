//! Numbers as keys.

/// A number that can be compared and hashed to the last bit.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Real(u64);

impl From<f64> for Real {
    fn from(value: f64) -> Self {
        Self(value.to_bits())
    }
}

impl Real {
    /// The number.
    #[must_use]
    pub fn get(self) -> f64 {
        f64::from_bits(self.0)
    }
}
