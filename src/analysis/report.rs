//! The answer to a case.

use super::case::Case;
use super::flag::Flag;
use super::measures::{Explained, Measure, PerMeasure};
use super::parts::{Cost, Deadlock, Legitimacy, Microlateral, SETTLED};
use super::undefined::Defined;
use super::view::Readings;
use crate::data::{Atlas, CountryId};

/// The answer to a case: the headline measures with their parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The number of voting members.
    pub voters: usize,
    /// The capital whose costs are watched.
    pub sponsor: CountryId,
    /// Whether votes are coin flips.
    pub a_priori: bool,
    /// Every measure.
    pub values: PerMeasure<Defined<f64>>,
    /// D and its parts.
    pub deadlock: Defined<Deadlock>,
    /// L and its components.
    pub legitimacy: Defined<Legitimacy>,
    /// C and its parts.
    pub cost: Defined<Cost>,
    /// K, US$ million a year; defined also where C is not.
    pub coordination_musd: Defined<f64>,
    /// M and its factors.
    pub microlateral: Defined<Microlateral>,
    /// Every figure that was read for these numbers.
    pub readings: Readings,
    /// What must stand beside these numbers.
    pub flags: Vec<Flag>,
}

impl Report {
    /// The figure of a measure, in its unit.
    ///
    /// # Errors
    /// The reason why the measure has no meaning here.
    pub fn value(&self, measure: &Measure) -> Defined<f64> {
        self.values[measure]
    }

    /// What a measure is explained from.
    #[must_use]
    pub fn explained<'a>(&'a self, measure: &Measure, case: &'a Case, atlas: &'a Atlas) -> Explained<'a> {
        Explained {
            value: self.values[measure],
            deadlock: &self.deadlock,
            legitimacy: &self.legitimacy,
            cost: &self.cost,
            microlateral: &self.microlateral,
            sponsor: self.sponsor,
            case,
            atlas,
        }
    }

    /// Units to which weights were rounded, where that may move deadlock risk by [`SETTLED`] or more.
    #[must_use]
    pub fn unsettled(&self) -> Option<u32> {
        let deadlock = self.deadlock.as_ref().ok()?;
        deadlock.units.filter(|_| deadlock.error_bound.is_none_or(|bound| bound >= SETTLED))
    }
}
