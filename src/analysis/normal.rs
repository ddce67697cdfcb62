//! The standard normal distribution.

use std::f64::consts::{FRAC_1_SQRT_2, PI};
use std::sync::LazyLock;

/// Φ(x): the chance that a standard normal deviate is at most `x`.
#[must_use]
pub fn normal_cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x * FRAC_1_SQRT_2)
}

/// φ(x): the density of the standard normal distribution.
#[must_use]
pub fn normal_pdf(x: f64) -> f64 {
    (-0.5 * x * x).exp() / (2.0 * PI).sqrt()
}

/// Φ from a table, for the many draws of an interval: within 2e-9 of [`normal_cdf`] everywhere, between 0 and 1, and several
/// times as fast.
///
/// Cubic pieces of width 1/32 that meet Φ and φ at their ends (Hermite); their error is at most h⁴/384 · max|φ‴|.
/// Beyond ±6.5 it is 0 or 1. NaN stays NaN.
#[derive(Debug)]
pub struct NormalTable {
    pieces: Vec<[f64; 4]>,
}

impl NormalTable {
    const PER_UNIT: f64 = 32.0;
    const REACH: f64 = 6.5;
    const PIECES: u32 = 416;

    /// The table, made when it is first asked for.
    #[must_use]
    pub fn get() -> &'static Self {
        static TABLE: LazyLock<NormalTable> = LazyLock::new(NormalTable::new);
        &TABLE
    }

    fn new() -> Self {
        let pieces = (0..Self::PIECES)
            .map(|piece| {
                let from = f64::from(piece) / Self::PER_UNIT - Self::REACH;
                let to = f64::from(piece + 1) / Self::PER_UNIT - Self::REACH;
                let (start, end) = (normal_cdf(from), normal_cdf(to));
                let (slope, last) = (normal_pdf(from) / Self::PER_UNIT, normal_pdf(to) / Self::PER_UNIT);
                let rise = end - start;
                [start, slope, 3.0 * rise - 2.0 * slope - last, slope + last - 2.0 * rise]
            })
            .collect();
        Self { pieces }
    }

    /// Φ(x).
    #[must_use]
    #[inline]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "the position is between 0 and the number of pieces; a NaN becomes 0 and the rest stays NaN"
    )]
    pub fn cdf(&self, x: f64) -> f64 {
        let place = (x.clamp(-Self::REACH, Self::REACH) + Self::REACH) * Self::PER_UNIT;
        let piece = (place as usize).min(self.pieces.len() - 1);
        let rest = place - piece as f64;
        let [c0, c1, c2, c3] = self.pieces[piece];
        ((c3 * rest + c2) * rest + c1) * rest + c0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_within_its_bound() {
        let table = NormalTable::get();
        for step in -90_000..=90_000 {
            let x = f64::from(step) / 10_000.0;
            let found = table.cdf(x);
            assert!((found - normal_cdf(x)).abs() < 2e-9, "{x}: {found}");
            assert!((0.0..=1.0).contains(&found), "{x}: {found}");
        }
        assert!(table.cdf(f64::NAN).is_nan());
        for end in [f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::MIN] {
            assert!((table.cdf(end) - normal_cdf(end)).abs() < 1e-10);
        }
    }
}
