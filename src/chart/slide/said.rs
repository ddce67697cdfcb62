//! Figures as they are put to people in a room.

use super::super::words::rounded;
use super::super::{Of, Whisker};
use super::Stage;
use crate::analysis::measures::{Measure, Spoken};
use crate::analysis::uncertainty::{Comparison, Intervals, Verdict, beats};

/// A measure's name in a room: “Risk that it deadlocks”, “Cost to the United States”.
#[must_use]
pub fn spoken(measure: &Measure, sponsor: &str) -> Option<String> {
    measure.spoken.map(|Spoken { label, .. }| label.replace("{sponsor}", sponsor))
}

/// A figure with its unit: “18 %”, “52”.
pub(super) fn told(measure: &Measure, value: f64) -> String {
    if measure.unit.is_empty() { rounded(value) } else { format!("{} {}", rounded(value), measure.unit) }
}

/// How sure a figure is, in words: “between 12 and 26 %”. `None` without an interval.
#[must_use]
pub fn between_words(measure: &Measure, draws: Option<&Intervals>) -> Option<String> {
    let interval = draws?.of(measure).ok()?;
    let [low, high] = [interval.low, interval.high].map(rounded);
    if low == high {
        return Some(format!("about {}", told(measure, interval.low)));
    }
    let unit = if measure.unit.is_empty() { String::new() } else { format!(" {}", measure.unit) };
    Some(format!("between {low} and {high}{unit}"))
}

/// The interval of a measure of what a mark stands for.
pub(super) fn range(stage: &Stage<'_>, of: Of, measure: &Measure) -> Option<Whisker> {
    let draws = match of {
        Of::Grouping(id) => stage.groupings.iter().find(|(grouping, _)| grouping.id == id)?.1.draws,
        Of::Baseline(baseline) => stage.baseline.as_ref().filter(|(of, _)| *of == baseline)?.1.draws,
        _ => None,
    };
    let interval = draws?.of(measure).ok()?;
    Some(Whisker { low: interval.low, high: interval.high, stale: false })
}

/// What may be said of two on a measure.
pub(super) fn verdict(measure: &Measure, one: Option<&Intervals>, other: Option<&Intervals>) -> Option<Verdict> {
    beats(one?, other?, measure).as_ref().map(Comparison::verdict)
}

/// The same in a phrase: “better than the G20”, “the difference is within the noise”.
#[must_use]
pub fn plain_verdict(verdict: Verdict, other: &str) -> String {
    match verdict {
        Verdict::First => format!("better than {other}"),
        Verdict::Second => format!("worse than {other}"),
        Verdict::Equal => format!("the same as {other}"),
        Verdict::NotDistinguishable => format!("within the noise of {other}"),
    }
}
