//! A quota on weights.

/// Relative tolerance within which a sum counts as reaching its quota.
pub const TOLERANCE: f64 = 1e-9;

/// The most units in all that whole weights may have to count as exact (*Rule* in `METHODS.md`).
pub(super) const EXACT_UNITS: f64 = 65_536.0;

/// One criterion: the weights of those who vote yes must reach (or exceed) a quota.
#[derive(Clone, Debug, PartialEq)]
pub struct Threshold {
    /// One weight a voter, none negative.
    pub weights: Vec<f64>,
    /// In the unit of the weights.
    pub quota: f64,
    /// Whether the quota must be exceeded.
    pub strict: bool,
    /// Relative tolerance within which a sum counts as reaching the quota.
    pub tolerance: f64,
}

impl Threshold {
    /// A criterion with the tolerance of the model.
    #[must_use]
    pub fn new(weights: Vec<f64>, quota: f64, strict: bool) -> Self {
        Self { weights, quota, strict, tolerance: TOLERANCE }
    }

    /// The least sum that is enough.
    #[must_use]
    pub fn least(&self) -> f64 {
        let slack = self.tolerance * self.quota.abs();
        if self.strict { (self.quota + slack).next_up() } else { self.quota - slack }
    }

    /// Whether all weights are the same, so that the criterion only counts voters.
    #[must_use]
    pub fn counts_voters(&self) -> bool {
        all_alike(&self.weights)
    }

    /// The least number of yes votes that is enough, where all weights are the same.
    pub(super) fn least_count(&self) -> usize {
        let Some(&weight) = self.weights.first() else { return 0 };
        let n = self.weights.len();
        let least = self.least();
        #[expect(clippy::cast_precision_loss, reason = "a count of voters")]
        (0..=n).find(|count| *count as f64 * weight >= least).unwrap_or(n + 1)
    }

    /// Weights rounded half up to units of the total, with the quota on the rounded total, and how far below and above
    /// that quota the exact one can lie.
    ///
    /// With e the rounding errors of the weights, in units, a coalition S has the exact weight Σ_S r − Σ_S e, and the
    /// exact quota is q·(R − Σe), q the share of the total and R the rounded total. Σ_S e lies between the sums of the
    /// negative and of the positive errors, whoever is in S: both differ by at most n/2 units.
    pub(super) fn rounded(&self, units: u32) -> (Self, [f64; 2]) {
        let total: f64 = self.weights.iter().sum();
        let (scale, share) = (f64::from(units) / total, self.quota / total);
        let weights: Vec<f64> = self.weights.iter().map(|weight| (weight * scale + 0.5).floor()).collect();
        let (mut more, mut less) = (0.0, 0.0);
        for (rounded, weight) in weights.iter().zip(&self.weights) {
            let error = rounded - weight * scale;
            more += error.max(0.0);
            less += (-error).max(0.0);
        }
        let rounded_total: f64 = weights.iter().sum();
        let rounded = Self { quota: share * rounded_total, weights, ..*self };
        (rounded, [share * more + (1.0 - share) * less, (1.0 - share) * more + share * less])
    }
}

/// Whether all weights are the same.
#[expect(clippy::float_cmp, reason = "equal weights are equal to the last bit")]
pub(super) fn all_alike(weights: &[f64]) -> bool {
    weights.windows(2).all(|pair| pair[0] == pair[1])
}

/// Weights that become whole by a power of ten up to 10^6, and then total at most [`EXACT_UNITS`], in these units; others as
/// they are.
pub(super) fn in_units(weights: Vec<f64>) -> Vec<f64> {
    let is_whole = |number: f64| (number - number.round()).abs() <= 1e-9 * number.abs();
    let total: f64 = weights.iter().sum();
    let factor = (0..=6).map(|power| 10_f64.powi(power)).take_while(|factor| total * factor <= EXACT_UNITS + 0.5);
    match factor.into_iter().find(|factor| weights.iter().all(|weight| is_whole(weight * factor))) {
        Some(factor) => weights.into_iter().map(|weight| (weight * factor).round()).collect(),
        None => weights,
    }
}
