//! The honest-broker score (*Honest broker* in `METHODS.md`).

use crate::analysis::normal::normal_cdf;
use crate::analysis::view::View;
use crate::data::Subject;

/// How an honest broker is told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Broker {
    /// The numbers of the two rival great powers.
    pub poles: [usize; 2],
    /// Persons at which `small` is ½.
    pub half: f64,
    /// How fast distance from the middle between the poles counts.
    pub steepness: f64,
}

impl Broker {
    /// The score of an actor, 0 to 1: the geometric mean of its three factors.
    ///
    /// `None` where a figure is missing or the poles have the same ideal point.
    #[must_use]
    pub fn score(&self, view: &View<'_>, actor: usize) -> Option<f64> {
        let [small, equidistance, governance] = self.parts(view, actor)?;
        Some((small * equidistance * governance).cbrt())
    }

    /// The three factors: small, equidistance, governance, each 0 to 1.
    #[must_use]
    pub fn parts(&self, view: &View<'_>, actor: usize) -> Option<[f64; 3]> {
        // All are read before one that is missing ends it, so that the record has them all.
        let ideal = |actor| view.figure(Subject::IdealPoint, actor);
        let (own, governance, small) =
            (ideal(actor), view.figure(Subject::Governance, actor), small(view, actor, self.half));
        let [one, other] = self.poles.map(ideal);
        let (own, one, other) = (own?, one?, other?);
        let span = (one - other).abs();
        if span == 0.0 {
            return None;
        }
        let delta = ((own - one).abs() - (own - other).abs()).abs() / span;
        let equidistance = (-self.steepness * delta * delta).exp();
        Some([small?, equidistance, normal_cdf(governance?)])
    }
}

/// `small` of the honest-broker score: 1 for the smallest, ½ at `half` persons.
#[must_use]
pub fn small(view: &View<'_>, actor: usize, half: f64) -> Option<f64> {
    let ratio = view.figure(Subject::Population, actor)? / half;
    Some(1.0 / (1.0 + ratio * ratio))
}
