//! Scales that step rarely, so that pictures hold still while figures move.

use super::words::figured;

/// The end of a scale that holds `most`: the first of 1, 1.5, 2, 3 and 5 times a power of ten that does, and not less than
/// `least`.
///
/// ```
/// use convenor::chart::scale_to;
/// assert_eq!(scale_to(47.0, 100.0), 100.0);
/// assert_eq!(scale_to(139.0, 100.0), 150.0);
/// assert_eq!(scale_to(2.3, 1.0), 3.0);
/// ```
#[must_use]
pub fn scale_to(most: f64, least: f64) -> f64 {
    if !most.is_finite() || most <= least {
        return least;
    }
    let power = 10_f64.powf(most.log10().floor());
    let steps = [1.0, 1.5, 2.0, 3.0, 5.0, 10.0].map(|step| step * power);
    steps.into_iter().find(|step| *step >= most - 1e-9 * power).unwrap_or(10.0 * power).max(least)
}

/// Where numbers stand on a scale: its ends and its middle.
#[must_use]
pub fn ticks(from: f64, to: f64) -> [f64; 3] {
    [from, f64::midpoint(from, to), to]
}

/// The number at a tick: “0”, “7.5”, “1500”.
#[must_use]
pub fn tick_words(value: f64) -> String {
    let text = figured(value, 2);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::{scale_to, tick_words, ticks};

    #[test]
    fn a_scale_holds_what_it_must_and_steps_rarely() {
        let mut last = 0.0;
        let mut steps = 0;
        for tenths in 0..20_000 {
            let most = f64::from(tenths) / 10.0;
            let to = scale_to(most, 100.0);
            assert!(to >= most && to <= most.max(100.0) * 2.0, "{most}: {to}");
            steps += u32::from(to > last);
            last = to;
        }
        assert_eq!(steps, 8, "100, 150, 200, 300, 500, 1000, 1500 and 2000");
        assert!((scale_to(f64::NAN, 10.0) - 10.0).abs() < 1e-12);
    }

    #[test]
    fn numbers_at_ticks_are_short() {
        assert_eq!(ticks(0.0, 15.0).map(tick_words), ["0", "7.5", "15"]);
        assert_eq!(ticks(0.0, 1500.0).map(tick_words), ["0", "750", "1500"]);
    }
}
