//! Intervals in the answers of the command line.

use std::sync::atomic::AtomicBool;

use serde_json::{Map, Value, json};

use super::answer;
use super::cases::Asked;
use crate::analysis::uncertainty::{self, Intervals};
use crate::analysis::{Case, Engine, measures};
use crate::model::Assumptions;

/// How many cases are computed together: enough to keep all cores busy, few enough to keep memory small.
const TOGETHER: usize = 64;

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
) -> impl Iterator<Item = Value> + 'a {
    asked.chunks(TOGETHER).flat_map(move |asked| {
        let cases: Vec<Case> = asked.iter().map(|asked| asked.case.clone()).collect();
        let intervals = of_cases(engine, &cases, assumptions);
        asked.iter().zip(intervals).map(|(asked, intervals)| answer(engine, asked, &intervals)).collect::<Vec<Value>>()
    })
}

/// The answer to a case with its intervals under the key `intervals`.
#[must_use]
pub fn answer(engine: &Engine, asked: &Asked, intervals: &Intervals) -> Value {
    let mut answer = answer::answer(engine, asked);
    if let Value::Object(fields) = &mut answer {
        fields.insert("intervals".to_owned(), by_measure(intervals));
    }
    answer
}

/// Low, middle and high of every measure; null where it has no meaning.
fn by_measure(intervals: &Intervals) -> Value {
    let figures = measures::ALL.into_iter().map(|measure| {
        let value = match intervals.of(measure) {
            Ok(found) => json!({
                "low": found.low,
                "middle": found.middle,
                "high": found.high,
                "defined": found.defined,
            }),
            Err(_) => Value::Null,
        };
        (measure.name.to_owned(), value)
    });
    let mut fields: Map<String, Value> = figures.collect();
    fields.insert("level".to_owned(), json!(0.9));
    fields.insert("draws".to_owned(), json!(intervals.draws()));
    Value::Object(fields)
}
