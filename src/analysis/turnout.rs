//! Criteria of those who vote yes or no (*Rule* in `METHODS.md`).
//!
//! With w the weight of a voter and s the share, Σ_yes w ≥ s·Σ_yes,no w is a sum of steps: a yes adds (1 − s)·w, a no takes
//! s·w, an abstention nothing, and the sum must be at least 0. That somebody must vote is in the same sum: every vote adds a
//! little that only matters where there is nothing else.

use super::threshold::{TOLERANCE, Threshold, all_alike, in_units};
use crate::model::Share;

/// A criterion whose share is of the weight of yes and no together; not met where nobody with any weight votes so.
#[derive(Clone, Debug, PartialEq)]
pub struct Turnout {
    /// One weight a voter, none negative.
    pub weights: Vec<f64>,
    /// The share of the weight of yes and no that is asked for.
    pub share: Share,
    /// Whether the share must be exceeded.
    pub strict: bool,
    /// Whether a blocking minority that does not come together waives it.
    pub waivable: bool,
}

/// What each vote adds, by the weight of who casts it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Steps {
    yes: f64,
    no: f64,
    /// What any vote of a voter with a weight adds.
    vote: f64,
    /// The least sum that is enough.
    pub least: f64,
}

/// The largest sum up to which no whole number is within the tolerance of another.
const EXACT_SUM: f64 = 1e8;

impl Steps {
    /// The steps for voters with such weights. Whole weights with a share that is a fraction are compared to the last unit;
    /// others within the relative tolerance of the model.
    #[must_use]
    pub fn new(weights: impl Iterator<Item = f64> + Clone, share: Share, strict: bool) -> Self {
        let counted = weights.filter(|weight| *weight > 0.0);
        let (mut total, mut lightest, mut count, mut whole) = (0.0, f64::INFINITY, 0_u32, true);
        for weight in counted {
            total += weight;
            lightest = lightest.min(weight);
            count += 1;
            whole &= weight.fract() == 0.0;
        }
        if let Share::Fraction(above, below) = share
            && whole
            && total * f64::from(below) <= EXACT_SUM
        {
            let (p, q) = (f64::from(above), f64::from(below));
            // A power of two, so that sums stay exact; all votes together add less than a unit.
            let little = 0.5_f64.powi(i32::try_from(32 - count.leading_zeros()).unwrap_or(32));
            let (vote, least) = if strict { (0.0, 1.0) } else { (little, little) };
            return Self { yes: q - p, no: -p, vote, least };
        }
        let share = share.value();
        // Any vote adds more than this once the tolerance is taken off the share.
        let trifle = if lightest.is_finite() { 0.5 * lightest } else { 1.0 };
        match (strict, share > 0.0) {
            (true, _) => {
                let share = share * (1.0 + TOLERANCE);
                Self { yes: 1.0 - share, no: -share, vote: 0.0, least: f64::MIN_POSITIVE }
            }
            (false, true) => {
                let share = share * (1.0 - TOLERANCE);
                Self { yes: 1.0 - share, no: -share, vote: 0.0, least: trifle * share * TOLERANCE }
            }
            (false, false) => Self { yes: 1.0, no: 1.0, vote: 0.0, least: trifle },
        }
    }

    /// What a yes and a no of a voter with such a weight add.
    #[must_use]
    pub fn of(&self, weight: f64) -> [f64; 2] {
        if weight > 0.0 { [self.yes, self.no].map(|step| step * weight + self.vote) } else { [0.0; 2] }
    }
}

impl Turnout {
    /// What each vote adds.
    #[must_use]
    pub fn steps(&self) -> Steps {
        Steps::new(self.weights.iter().copied(), self.share, self.strict)
    }

    /// Whether all weights are the same, so that the criterion only counts voters and nothing is ever rounded.
    #[must_use]
    pub fn counts_voters(&self) -> bool {
        all_alike(&self.weights)
    }

    /// The same criterion where everybody votes yes or no.
    pub(super) fn without_abstention(&self) -> Threshold {
        let weights = in_units(self.weights.clone());
        let total: f64 = weights.iter().sum();
        Threshold::new(weights, self.share.value() * total, self.strict)
    }

    /// Whether so many yes votes meet it whoever else votes: it counts voters, and all others may vote no.
    pub(super) fn follows_from(&self, least_yes: usize) -> bool {
        let n = self.weights.len();
        if least_yes == 0 || least_yes > n || !self.counts_voters() {
            return false;
        }
        let yes: Vec<bool> = (0..n).map(|voter| voter < least_yes).collect();
        let no: Vec<bool> = yes.iter().map(|yes| !yes).collect();
        self.is_met(&yes, &no)
    }

    /// Whether these votes meet it. The plain reading of the criterion, for checks.
    #[must_use]
    pub fn is_met(&self, yes: &[bool], no: &[bool]) -> bool {
        let sum = |votes: &[bool]| -> f64 {
            self.weights.iter().zip(votes).filter(|(_, vote)| **vote).map(|(weight, _)| weight).sum()
        };
        let (yes, no) = (sum(yes), sum(no));
        let quota = self.share.value() * (yes + no);
        yes + no > 0.0 && yes >= Threshold::new(Vec::new(), quota, self.strict).least()
    }

    /// Weights rounded half up to units of the total, and how far below and above the least sum the exact one can lie.
    ///
    /// With e the rounding error of a weight, in units, its yes adds (1 − s)·e too much and its no s·e too little.
    pub(super) fn rounded(&self, units: u32) -> (Self, [f64; 2]) {
        if self.counts_voters() {
            return (self.clone(), [0.0; 2]);
        }
        let total: f64 = self.weights.iter().sum();
        let scale = f64::from(units) / total;
        let weights: Vec<f64> = self.weights.iter().map(|weight| (weight * scale + 0.5).floor()).collect();
        let share = self.share.value();
        let (mut above, mut below) = (0.0, 0.0);
        for (rounded, weight) in weights.iter().zip(&self.weights) {
            let error = rounded - weight * scale;
            above += ((1.0 - share) * error).max(-share * error).max(0.0);
            below += (-(1.0 - share) * error).max(share * error).max(0.0);
        }
        let rounded = Self { weights, ..self.clone() };
        // The sums are in units of the steps, and a vote of a member without any unit left adds nothing.
        let unit = match rounded.steps() {
            Steps { yes, no, .. } if yes > no => yes - no,
            _ => 1.0,
        };
        (rounded, [below, above].map(|margin| margin * unit + 1.0))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shares() -> impl Strategy<Value = Share> {
        prop_oneof![
            prop::sample::select(vec![(0, 1), (1, 2), (2, 3), (3, 4), (1, 3), (11, 20), (1, 1)])
                .prop_map(|(above, below)| Share::Fraction(above, below)),
            prop::sample::select(vec![0.0, 0.5, 0.55, 0.6667, 1.0]).prop_map(Share::Number),
        ]
    }

    proptest! {
        /// Ties among them: the weights are few.
        #[test]
        fn steps_tell_what_the_criterion_says(
            votes in prop::collection::vec((prop::sample::select(vec![0.0, 1.0, 2.0, 0.5, 1.4e9, 3e4]), 0..3_u8), 1..9),
            share in shares(),
            strict in any::<bool>(),
        ) {
            let weights = votes.iter().map(|(weight, _)| *weight).collect();
            let turnout = Turnout { weights, share, strict, waivable: false };
            let steps = turnout.steps();
            let sum: f64 = votes.iter().map(|(weight, vote)| match vote {
                0 => steps.of(*weight)[1],
                1 => 0.0,
                _ => steps.of(*weight)[0],
            }).sum();
            let [yes, no] = [2, 0].map(|wanted| votes.iter().map(|(_, vote)| *vote == wanted).collect::<Vec<bool>>());
            prop_assert_eq!(sum >= steps.least, turnout.is_met(&yes, &no), "{:?} of {:?}", turnout, votes);
        }

        /// Rounding moves the sum by no more than the margins say.
        #[test]
        fn margins_hold_whoever_votes(
            votes in prop::collection::vec((0.0..1e6_f64, 0..3_u8), 2..9),
            share in shares(),
            strict in any::<bool>(),
        ) {
            let weights: Vec<f64> = votes.iter().map(|(weight, _)| *weight).collect();
            prop_assume!(weights.iter().sum::<f64>() > 1.0);
            let turnout = Turnout { weights, share, strict, waivable: true };
            let (rounded, [below, above]) = turnout.rounded(16);
            let steps = rounded.steps();
            let sum: f64 = votes.iter().zip(&rounded.weights).map(|((_, vote), weight)| match vote {
                0 => steps.of(*weight)[1],
                1 => 0.0,
                _ => steps.of(*weight)[0],
            }).sum();
            let [yes, no] = [2, 0].map(|wanted| votes.iter().map(|(_, vote)| *vote == wanted).collect::<Vec<bool>>());
            let met = turnout.is_met(&yes, &no);
            prop_assert!(!met || sum >= steps.least - below, "met, but {} with {:?}", sum, rounded);
            prop_assert!(met || sum < steps.least + above, "not met, but {} with {:?}", sum, rounded);
        }
    }
}
