//! How many ways there are to choose.

/// How many subsets of `k` of `n` there are; at most `u128::MAX`.
#[must_use]
pub(super) fn subsets(n: usize, k: usize) -> u128 {
    if k > n {
        return 0;
    }
    let k = k.min(n - k) as u128;
    let n = n as u128;
    (0..k).try_fold(1_u128, |ways, at| Some(ways.checked_mul(n - at)? / (at + 1))).unwrap_or(u128::MAX)
}

#[cfg(test)]
mod tests {
    use super::subsets;

    #[test]
    fn as_in_the_triangle() {
        assert_eq!((subsets(5, 0), subsets(5, 2), subsets(5, 5), subsets(5, 6)), (1, 10, 1, 0));
        assert_eq!(subsets(192, 4), 54_870_480);
        assert_eq!(subsets(60, 6), 50_063_860);
        assert_eq!(subsets(200, 100), u128::MAX);
    }
}
