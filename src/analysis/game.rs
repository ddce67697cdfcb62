//! A decision rule applied to a list of voters: a simple game with vetoes.

use super::threshold::{Threshold, in_units};
use super::turnout::Turnout;
use super::undefined::Undefined;
use crate::model::{Basis, CustomRule, Of, Veto};

/// How finely weights are resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// As they are.
    Exact,
    /// Rounded half up to this many units in all, with the quota on the rounded total.
    Units(u32),
}

/// A rule for `n` voters. A proposal passes when every criterion is met and no veto holder votes no.
#[derive(Clone, Debug, PartialEq)]
pub struct Game {
    /// The number of voters.
    pub n: usize,
    /// The least number of yes votes, from the criteria that only count voters.
    pub least_yes: usize,
    /// The criteria with unequal weights.
    pub criteria: Vec<Threshold>,
    /// The criteria of those who vote yes or no.
    pub turnouts: Vec<Turnout>,
    /// Which voters hold a veto.
    pub veto: Vec<bool>,
    /// If fewer than this many voters fail to vote yes, the unequal criteria count as met.
    pub blocking_minority: Option<usize>,
}

impl Game {
    /// A game from criteria, vetoes and a blocking minority.
    ///
    /// ```
    /// use convenor::analysis::{Game, Threshold};
    ///
    /// // Three voters with 50, 30 and 20 votes; 60 are enough, and the last holds a veto.
    /// let threshold = Threshold::new(vec![50.0, 30.0, 20.0], 60.0, false);
    /// let game = Game::new(vec![threshold], vec![false, false, true], None)?;
    /// assert!(game.is_enough(&[true, true, false]));
    /// assert!(!game.is_enough(&[false, true, true]));
    /// assert!(game.veto[2]);
    /// # Ok::<(), convenor::analysis::Undefined>(())
    /// ```
    ///
    /// # Errors
    /// There is no voter, or the weights of a criterion are all zero.
    pub fn new(
        thresholds: Vec<Threshold>,
        veto: Vec<bool>,
        blocking_minority: Option<usize>,
    ) -> Result<Self, Undefined> {
        let n = veto.len();
        if n == 0 {
            return Err(Undefined::NoVotingMember);
        }
        let mut game = Self { n, least_yes: 0, criteria: Vec::new(), turnouts: Vec::new(), veto, blocking_minority };
        for threshold in thresholds {
            if threshold.weights.iter().all(|weight| *weight <= 0.0) {
                return Err(Undefined::NoWeight);
            }
            if threshold.counts_voters() {
                game.least_yes = game.least_yes.max(threshold.least_count());
            } else {
                game.criteria.push(threshold);
            }
        }
        Ok(game)
    }

    /// The rule applied to voters whose weight on each basis `weight` tells; a missing weight is 0.
    ///
    /// # Errors
    /// There is no voter, or the weights of a criterion are all zero.
    pub fn of_rule(
        rule: &CustomRule,
        n: usize,
        weight: impl Fn(usize, &crate::model::Criterion) -> f64,
        holds_veto: impl Fn(usize) -> bool,
    ) -> Result<Self, Undefined> {
        let mut thresholds = Vec::with_capacity(rule.criteria.len());
        let mut turnouts: Vec<Turnout> = Vec::new();
        let mut least_yes = 0;
        for criterion in &rule.criteria {
            if criterion.of == Of::Voting {
                // Sums over those who vote are compared to the last unit where weights are whole.
                let weights = in_units((0..n).map(|voter| weight(voter, criterion)).collect());
                let (share, strict) = (criterion.share, criterion.strict);
                turnouts.push(Turnout { weights, share, strict, waivable: criterion.basis != Basis::Members });
                continue;
            }
            let weights = in_units((0..n).map(|voter| weight(voter, criterion)).collect());
            let total: f64 = weights.iter().sum();
            let threshold = Threshold::new(weights, criterion.share.value() * total, criterion.strict);
            // A criterion on members is never waived; one on equal weights of another kind may be.
            if criterion.basis == Basis::Members {
                least_yes = least_yes.max(threshold.least_count());
            } else {
                thresholds.push(threshold);
            }
        }
        let veto = (0..n).map(|voter| rule.veto == Veto::All || holds_veto(voter)).collect();
        let minority = rule.blocking_minority.map(|minority| minority as usize);
        let waivable = minority.is_some() && thresholds.iter().any(Threshold::counts_voters);
        let mut game = if waivable {
            let mut game = Self::new(Vec::new(), veto, minority)?;
            if thresholds.iter().any(|threshold| threshold.weights.iter().all(|weight| *weight <= 0.0)) {
                return Err(Undefined::NoWeight);
            }
            game.criteria = thresholds;
            game
        } else {
            Self::new(thresholds, veto, minority)?
        };
        game.least_yes = game.least_yes.max(least_yes);
        if turnouts.iter().any(|turnout| turnout.weights.iter().all(|weight| *weight <= 0.0)) {
            return Err(Undefined::NoWeight);
        }
        turnouts.retain(|turnout| !turnout.follows_from(game.least_yes));
        game.turnouts = turnouts;
        Ok(game)
    }

    /// The same rule where everybody votes yes or no, as for voting power.
    #[must_use]
    pub fn without_abstention(&self) -> Self {
        let mut game = Self { turnouts: Vec::new(), ..self.clone() };
        for turnout in &self.turnouts {
            let threshold = turnout.without_abstention();
            let waived = turnout.waivable && self.blocking_minority.is_some();
            if threshold.counts_voters() && !waived {
                game.least_yes = game.least_yes.max(threshold.least_count());
            } else {
                game.criteria.push(threshold);
            }
        }
        game
    }

    /// The same game with weights rounded to units.
    #[must_use]
    pub fn resolved(&self, resolution: Resolution) -> Self {
        match resolution {
            Resolution::Exact => self.clone(),
            Resolution::Units(units) => self.rounded(units).0,
        }
    }

    /// The same game with weights rounded to units, and for each criterion how far below and above its quota the exact
    /// one can lie, in units: at the first every coalition wins that wins with exact weights, at the second none wins that
    /// does not.
    /// Those of the criteria of those who vote come last.
    pub(super) fn rounded(&self, units: u32) -> (Self, Vec<[f64; 2]>) {
        let (criteria, mut margins): (Vec<Threshold>, Vec<[f64; 2]>) =
            self.criteria.iter().map(|threshold| threshold.rounded(units)).unzip();
        let (turnouts, more): (Vec<Turnout>, Vec<[f64; 2]>) =
            self.turnouts.iter().map(|turnout| turnout.rounded(units)).unzip();
        margins.extend(more);
        (Self { criteria, turnouts, ..self.clone() }, margins)
    }

    /// The least number of yes votes at which the unequal criteria are waived; `None` if they never are.
    #[must_use]
    pub fn waived_from(&self) -> Option<usize> {
        let waivable = !self.criteria.is_empty() || self.turnouts.iter().any(|turnout| turnout.waivable);
        let minority = self.blocking_minority.filter(|_| waivable)?;
        Some((self.n + 1).saturating_sub(minority))
    }

    /// Whether the yes votes of those in `yes` are enough, vetoes aside, where all others vote no. The plain reading of the
    /// rule, for checks.
    #[must_use]
    pub fn is_enough(&self, yes: &[bool]) -> bool {
        let no: Vec<bool> = yes.iter().map(|yes| !yes).collect();
        self.is_enough_against(yes, &no)
    }

    /// Whether the yes votes of those in `yes` are enough against those in `no`, vetoes aside.
    #[must_use]
    pub fn is_enough_against(&self, yes: &[bool], no: &[bool]) -> bool {
        let count = yes.iter().filter(|vote| **vote).count();
        let met = |threshold: &Threshold| {
            let sum: f64 = threshold.weights.iter().zip(yes).filter(|(_, vote)| **vote).map(|(weight, _)| weight).sum();
            sum >= threshold.least()
        };
        let waived = self.waived_from().is_some_and(|from| count >= from);
        count >= self.least_yes
            && (waived || self.criteria.iter().all(met))
            && self.turnouts.iter().all(|turnout| (turnout.waivable && waived) || turnout.is_met(yes, no))
    }
}
