//! Gauss–Legendre quadrature.

/// Nodes and weights on [−1, 1]; `count` of them integrate polynomials up to degree 2·`count` − 1 exactly.
///
/// Nodes are the zeros of the Legendre polynomial, by Newton's method from the usual cosine guess; in ascending
/// order, symmetric about 0 to the last bit. The weights are scaled so that they sum to 2.
pub fn gauss_legendre(count: usize) -> Vec<(f64, f64)> {
    let mut rule = vec![(0.0, 0.0); count];
    for at in 0..count.div_ceil(2) {
        let (node, weight) =
            if 2 * at + 1 == count { (0.0, weight(0.0, slope(count, 0.0))) } else { positive_zero(count, at) };
        rule[at] = (-node, weight);
        rule[count - 1 - at] = (node, weight);
    }
    let total: f64 = rule.iter().map(|(_, weight)| weight).sum();
    for (_, weight) in &mut rule {
        *weight *= 2.0 / total;
    }
    rule
}

fn weight(node: f64, slope: f64) -> f64 {
    2.0 / ((1.0 - node * node) * slope * slope)
}

/// The zero number `at` from above, with its weight.
#[expect(clippy::cast_precision_loss, reason = "a count of nodes")]
fn positive_zero(count: usize, at: usize) -> (f64, f64) {
    let mut node = (std::f64::consts::PI * (at as f64 + 0.75) / (count as f64 + 0.5)).cos();
    for _ in 0..100 {
        let step = legendre(count, node) / slope(count, node);
        node -= step;
        if step.abs() < 1e-16 {
            break;
        }
    }
    (node, weight(node, slope(count, node)))
}

/// The values of the Legendre polynomials of degree `degree` − 1 and `degree`.
#[expect(clippy::cast_precision_loss, reason = "a degree")]
fn pair(degree: usize, x: f64) -> (f64, f64) {
    let (mut before, mut value) = (0.0, 1.0);
    for k in 0..degree {
        let k = k as f64;
        (before, value) = (value, ((2.0 * k + 1.0) * x * value - k * before) / (k + 1.0));
    }
    (before, value)
}

fn legendre(degree: usize, x: f64) -> f64 {
    pair(degree, x).1
}

#[expect(clippy::cast_precision_loss, reason = "a degree")]
fn slope(degree: usize, x: f64) -> f64 {
    let (before, value) = pair(degree, x);
    degree as f64 * (x * value - before) / (x * x - 1.0)
}

#[cfg(test)]
mod tests {
    use super::gauss_legendre;

    #[test]
    fn polynomials_are_integrated_exactly() {
        for count in [1, 2, 3, 8, 95, 250] {
            let rule = gauss_legendre(count);
            let highest = 2 * count - 1;
            for degree in [0, 1, 2, highest - 1, highest].into_iter().filter(|degree| *degree <= highest) {
                let found: f64 = rule.iter().map(|(x, w)| w * x.powi(i32::try_from(degree).unwrap_or(0))).sum();
                #[expect(clippy::cast_precision_loss, reason = "a degree")]
                let expected = if degree % 2 == 0 { 2.0 / (degree as f64 + 1.0) } else { 0.0 };
                assert!((found - expected).abs() < 1e-14, "{count} nodes, x^{degree}: {found}");
            }
        }
    }
}
