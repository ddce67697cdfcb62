//! All measures of a case, given its deadlock risk and reach.

use super::cost::{coordination, cost};
use super::legitimacy::legitimacy;
use super::measure::{Evaluation, PerMeasure};
use super::microlateral::microlateral;
use crate::analysis::case::Case;
use crate::analysis::parts::{Cost, Legitimacy, Microlateral};
use crate::analysis::undefined::Defined;
use crate::analysis::view::View;
use crate::data::Atlas;

/// What follows from deadlock risk, reach and the figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluated {
    /// L and its components.
    pub legitimacy: Defined<Legitimacy>,
    /// C and its parts.
    pub cost: Defined<Cost>,
    /// K, US$ million a year; defined also where C is not.
    pub coordination_musd: Defined<f64>,
    /// M and its factors.
    pub microlateral: Defined<Microlateral>,
    /// Every measure.
    pub values: PerMeasure<Defined<f64>>,
}

/// Evaluates all measures of a case, given its deadlock risk and reach, both in per cent.
#[must_use]
pub fn evaluate(atlas: &Atlas, view: &View<'_>, case: &Case, deadlock: Defined<f64>, reach: Defined<f64>) -> Evaluated {
    let legitimacy = legitimacy(atlas, view, case);
    let coordination_musd = coordination(view, case);
    let cost = deadlock.and_then(|risk| cost(atlas, view, case, risk / 100.0));
    let microlateral = microlateral(view, case);
    let score = |found: &Defined<Legitimacy>| found.as_ref().map(|found| found.score).map_err(|reason| *reason);
    let evaluation = Evaluation {
        atlas,
        view: *view,
        case,
        deadlock,
        reach,
        legitimacy: score(&legitimacy),
        cost: cost.as_ref().map(|cost| cost.index).map_err(|reason| *reason),
        microlateral: microlateral.map(|fit| fit.score),
    };
    let values = PerMeasure::new(|measure| (measure.value)(&evaluation));
    Evaluated { legitimacy, cost, coordination_musd, microlateral, values }
}
