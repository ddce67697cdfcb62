//! Small statistics: quantiles and correlations.

/// The quantile `share` (0 to 1) of values in ascending order, between neighbours by linear interpolation; `None` without
/// values.
#[must_use]
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a position in a short list"
)]
pub fn quantile(ascending: &[f64], share: f64) -> Option<f64> {
    let last = ascending.len().checked_sub(1)?;
    let place = share.clamp(0.0, 1.0) * last as f64;
    let below = place.floor() as usize;
    let above = (below + 1).min(last);
    Some(ascending[below] + (place - below as f64) * (ascending[above] - ascending[below]))
}

/// Pearson's correlation of two lists of equal length, −1 to 1; `None` where one of them does not vary.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "the length of a list")]
pub fn correlation(one: &[f64], other: &[f64]) -> Option<f64> {
    let n = one.len().min(other.len()) as f64;
    let (mean_one, mean_other) = (one.iter().sum::<f64>() / n, other.iter().sum::<f64>() / n);
    let (mut both, mut own, mut its) = (0.0, 0.0, 0.0);
    for (x, y) in one.iter().zip(other) {
        let (x, y) = (x - mean_one, y - mean_other);
        both += x * y;
        own += x * x;
        its += y * y;
    }
    let scale = (own * its).sqrt();
    (scale > 0.0).then(|| (both / scale).clamp(-1.0, 1.0))
}

/// The ranks of values, from 0; equal values share the mean of their ranks.
#[must_use]
#[expect(clippy::cast_precision_loss, clippy::float_cmp, reason = "ranks in a short list; ties are exact")]
pub fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut from = 0;
    while from < order.len() {
        let value = values[order[from]];
        let ties = order[from..].iter().take_while(|at| values[**at] == value).count().max(1);
        let mean = from as f64 + (ties - 1) as f64 / 2.0;
        for at in &order[from..from + ties] {
            ranks[*at] = mean;
        }
        from += ties;
    }
    ranks
}

/// Spearman's rank correlation, −1 to 1; `None` where one of the lists does not vary.
#[must_use]
pub fn rank_correlation(one: &[f64], other: &[f64]) -> Option<f64> {
    correlation(&ranks(one), &ranks(other))
}

/// The mean of absolute differences; `None` without values.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "the length of a list")]
pub fn mean_absolute_error(found: &[f64], expected: &[f64]) -> Option<f64> {
    let n = found.len().min(expected.len());
    (n > 0).then(|| found.iter().zip(expected).map(|(x, y)| (x - y).abs()).sum::<f64>() / n as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_interpolate() {
        let values = [1.0, 2.0, 3.0, 5.0];
        assert_eq!(quantile(&values, 0.0), Some(1.0));
        assert_eq!(quantile(&values, 0.5), Some(2.5));
        assert_eq!(quantile(&values, 1.0), Some(5.0));
        assert_eq!(quantile(&[], 0.5), None);
        assert_eq!(quantile(&[7.0], 0.3), Some(7.0));
    }

    #[test]
    fn ties_share_their_rank() {
        assert_eq!(ranks(&[3.0, 1.0, 3.0, 2.0]), [2.5, 0.0, 2.5, 1.0]);
        assert_eq!(ranks(&[]), [0.0; 0]);
    }

    #[test]
    fn a_rising_curve_has_rank_correlation_one() {
        let x = [0.1, 0.5, 0.9, 2.0];
        let y: Vec<f64> = x.iter().map(|x: &f64| x.exp().powi(3)).collect();
        assert!((rank_correlation(&x, &y).unwrap_or_default() - 1.0).abs() < 1e-12);
        assert!(correlation(&x, &y).unwrap_or_default() < 0.95);
        assert_eq!(correlation(&x, &[1.0; 4]), None);
    }

    #[test]
    fn errors_average() {
        assert_eq!(mean_absolute_error(&[1.0, 2.0], &[2.0, 0.0]), Some(1.5));
        assert_eq!(mean_absolute_error(&[], &[]), None);
    }
}
