//! Drift: questions and alignments move from year to year by more than roll calls scatter (*Drift* in `METHODS.md`).
//!
//! It is measured on random groups: for each year, deadlock risk predicted from the years before against what happened, on the
//! logit scale. What all groups of a year are off by together is the common part; what one group is off by beyond that, and
//! beyond what the other draws explain, is its own.

use crate::data::Complaint;

/// How far a coming year lies from the years before, as standard deviations on the logit of D₁.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Drift {
    /// σ_year: common to all groupings.
    pub year: f64,
    /// σ_own: of each grouping by itself.
    pub own: f64,
}

/// What random groups were off by in one year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct YearDrift {
    /// The year that was predicted.
    pub year: u16,
    /// Its questions.
    pub questions: usize,
    /// Mean over the groups of logit(actual) − logit(predicted).
    pub mean: f64,
    /// Variance of that within the year.
    pub variance: f64,
    /// Mean variance of logit(predicted) over the other draws.
    pub draws: f64,
}

impl Drift {
    /// σ from what groups were off by; nothing without a year.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a count of years")]
    pub fn of(years: &[YearDrift]) -> Self {
        if years.is_empty() {
            return Self::default();
        }
        let mean = |value: &dyn Fn(&YearDrift) -> f64| years.iter().map(value).sum::<f64>() / years.len() as f64;
        let own = mean(&|year| year.variance) - mean(&|year| year.draws);
        Self { year: mean(&|year| year.mean * year.mean).sqrt(), own: own.max(0.0).sqrt() }
    }

    /// σ from all years but one, so that it can be judged on that year.
    #[must_use]
    pub fn without(years: &[YearDrift], year: u16) -> Self {
        let others: Vec<YearDrift> = years.iter().filter(|other| other.year != year).copied().collect();
        Self::of(&others)
    }

    /// D₁ (0 to 1) moved by deviates of the year and of the grouping itself. Where it is exactly 0 or 1 it stays.
    ///
    /// ```
    /// use convenor::analysis::Drift;
    ///
    /// let drift = Drift { year: 0.2, own: 0.1 };
    /// assert_eq!(drift.moved(0.5, 0.0, 0.0), 0.5);
    /// assert!(drift.moved(0.5, 1.0, 0.0) > 0.54);
    /// assert_eq!(drift.moved(0.0, 3.0, 3.0), 0.0);
    /// ```
    #[must_use]
    pub fn moved(self, single: f64, of_year: f64, of_its_own: f64) -> f64 {
        let shift = self.year * of_year + self.own * of_its_own;
        if single <= 0.0 || single >= 1.0 || shift == 0.0 {
            return single;
        }
        expit(logit(single) + shift)
    }
}

/// ln(p ÷ (1 − p)).
#[must_use]
pub fn logit(share: f64) -> f64 {
    share.ln() - (-share).ln_1p()
}

/// The share with a logit.
#[must_use]
pub fn expit(logit: f64) -> f64 {
    1.0 / (1.0 + (-logit).exp())
}

/// A share kept away from 0 and 1 by half a question of `questions`.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "a count of questions")]
pub fn clipped(share: f64, questions: usize) -> f64 {
    let half = 0.5 / questions.max(1) as f64;
    share.clamp(half, 1.0 - half)
}

/// Writes the asset `drift.csv`.
#[must_use]
pub fn write_drift(years: &[YearDrift]) -> String {
    use std::fmt::Write as _;
    let mut text = String::from("year,questions,mean,variance,draws\n");
    for YearDrift { year, questions, mean, variance, draws } in years {
        let _ = writeln!(text, "{year},{questions},{mean:.6},{variance:.6},{draws:.6}");
    }
    text
}

/// Reads the asset `drift.csv`.
///
/// # Errors
/// Names the row that does not parse.
pub fn parse_drift(text: &str) -> Result<Vec<YearDrift>, Complaint> {
    let read = |line: &str| -> Option<YearDrift> {
        let mut fields = line.split(',');
        let (year, questions) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
        let mut number = || fields.next()?.parse().ok().filter(|value: &f64| value.is_finite());
        Some(YearDrift { year, questions, mean: number()?, variance: number()?, draws: number()? })
    };
    let complain = |at: usize| Complaint {
        file: "drift.csv".to_owned(),
        row: at + 2,
        message: "year, questions, mean, variance and draws are expected, all numbers".to_owned(),
    };
    text.lines().skip(1).enumerate().map(|(at, line)| read(line).ok_or_else(|| complain(at))).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn year(year: u16, mean: f64, variance: f64, draws: f64) -> YearDrift {
        YearDrift { year, questions: 90, mean, variance, draws }
    }

    #[test]
    fn sigma_is_what_years_are_off_by() {
        let years = [year(2016, 0.3, 0.06, 0.02), year(2017, -0.4, 0.04, 0.02)];
        let drift = Drift::of(&years);
        assert!((drift.year - (0.125_f64).sqrt()).abs() < 1e-12);
        assert!((drift.own - (0.03_f64).sqrt()).abs() < 1e-12);
        assert_eq!(Drift::without(&years, 2017), Drift { year: 0.3, own: (0.06_f64 - 0.02).sqrt() });
        assert_eq!(Drift::of(&[year(2016, 0.0, 0.01, 0.02)]), Drift::default(), "never below zero");
        assert_eq!(Drift::of(&[]), Drift::default());
    }

    #[test]
    fn the_asset_is_read_as_it_is_written() {
        let years = vec![year(2016, 0.25, 0.0625, 0.015_625)];
        assert_eq!(parse_drift(&write_drift(&years)).unwrap(), years);
        assert_eq!(parse_drift("head\n2016,many,0,0,0\n").unwrap_err().row, 2);
    }
}
