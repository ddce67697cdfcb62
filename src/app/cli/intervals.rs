//! Intervals in the answers of the command line.

use std::sync::atomic::AtomicBool;

use super::answer::{self, Answer};
use super::cases::Asked;
use super::fields::{ByMeasure, Fields, Range};
use crate::analysis::uncertainty::{self, Intervals};
use crate::analysis::{Case, Engine};
use crate::model::Assumptions;

/// How many cases are computed together: enough to keep all cores busy, few enough to keep memory small.
const TOGETHER: usize = 64;
/// Which share of the draws an interval holds.
pub(super) const LEVEL: f64 = 0.9;

/// Intervals of many cases with the number of draws and the seed of `assumptions`, in order. Memory grows with the cases
/// only by what is returned.
#[must_use]
pub fn of_cases(engine: &Engine, cases: &[Case], assumptions: &Assumptions) -> Vec<Intervals> {
    let never = AtomicBool::new(false);
    let found = uncertainty::run(engine, cases, assumptions.draws, assumptions.seed, &never, &|_| ());
    let mut found = found.unwrap_or_default();
    for (intervals, case) in found.iter_mut().zip(cases) {
        intervals.set_middle(&engine.settled(case));
    }
    found
}

/// The answers to cases, each with its intervals, in order.
pub fn answers<'a>(
    engine: &'a Engine,
    asked: &'a [Asked],
    assumptions: &'a Assumptions,
) -> impl Iterator<Item = Answer> + 'a {
    asked.chunks(TOGETHER).flat_map(move |asked| {
        let cases: Vec<Case> = asked.iter().map(|asked| asked.case.clone()).collect();
        let intervals = of_cases(engine, &cases, assumptions);
        asked.iter().zip(intervals).map(|(asked, intervals)| answer(engine, asked, &intervals)).collect::<Vec<_>>()
    })
}

/// The answer to a case with its intervals.
#[must_use]
pub fn answer(engine: &Engine, asked: &Asked, intervals: &Intervals) -> Answer {
    Answer { intervals: Some(by_measure(intervals)), ..answer::answer(engine, asked) }
}

fn by_measure(intervals: &Intervals) -> ByMeasure {
    let range = |found: uncertainty::Interval| Range {
        low: found.low,
        middle: found.middle,
        high: found.high,
        defined: found.defined,
    };
    ByMeasure {
        measures: Fields::of_measures(|measure| intervals.of(measure).ok().map(range)),
        level: LEVEL,
        draws: intervals.draws(),
    }
}
