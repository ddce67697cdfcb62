//! Figures as they are put to people in a room.

use super::super::words::{rounded, told};
use crate::analysis::Baseline;
use crate::analysis::measures::{self, Measure, Spoken};
use crate::analysis::uncertainty::{Comparison, Intervals, Verdict, beats};

/// A measure's name in a room: “Risk that it deadlocks”, “Cost to the United States”.
#[must_use]
pub fn spoken(measure: &Measure, sponsor: &str) -> Option<String> {
    measure.spoken.map(|Spoken { label, .. }| label.replace("{sponsor}", sponsor))
}

/// The measures that are put to a room, in order.
pub fn told_measures() -> impl Iterator<Item = &'static Measure> {
    measures::ALL.into_iter().filter(|measure| measure.spoken.is_some())
}

/// A venue in a sentence: “the G20”.
#[must_use]
pub fn venue_in_sentence(baseline: Baseline) -> String {
    match baseline {
        Baseline::Alone => "going alone".to_owned(),
        other => format!("the {}", other.label()),
    }
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
