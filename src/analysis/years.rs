//! The track record by year: deadlock risk predicted from the roll calls before a year, beside the share of the year's questions
//! that failed with the votes as cast (*Track record by year* in `METHODS.md`).

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::case::Case;
use super::engine::Engine;
use super::measures::{DEADLOCK, Power, deadlock_with};
use super::uncertainty::{self, Interval};
use super::undefined::{Defined, Undefined};
use super::view::View;
use super::votes::VoteSettings;
use crate::model::Mandate;

/// The first year that is predicted.
pub const FIRST: u16 = 2016;
/// Years with fewer questions are left out.
pub const FEWEST: usize = 5;

/// One year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Year {
    /// The year.
    pub year: u16,
    /// How many of its questions bear on the issue.
    pub questions: usize,
    /// D₁ from the roll calls before it, per cent, with its 90 % interval.
    pub predicted: Interval,
    /// The share of its questions that failed under the rule with the votes as cast, per cent.
    pub happened: f64,
}

impl Year {
    /// What happened minus what was predicted, in points.
    #[must_use]
    pub fn miss(&self) -> f64 {
        self.happened - self.predicted.middle
    }

    /// Whether what happened lies in the interval.
    #[must_use]
    pub fn is_inside(&self) -> bool {
        (self.predicted.low..=self.predicted.high).contains(&self.happened)
    }
}

/// Why a year is not there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LeftOut {
    /// It has so few questions on the issue.
    Few(usize),
    /// Before it, or in it, deadlock risk is not defined.
    Undefined(Undefined),
}

/// The track record by year.
#[derive(Clone, Debug, PartialEq)]
pub struct Years {
    /// In order.
    pub years: Vec<Year>,
    /// Years that are left out, with the reason.
    pub left_out: Vec<(u16, LeftOut)>,
    /// How many draws the intervals are from.
    pub draws: u32,
}

impl Years {
    /// Mean distance between what happened and what was predicted, in points; `None` without a year.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a count of years")]
    pub fn mean_miss(&self) -> Option<f64> {
        let misses = self.years.iter().map(|year| year.miss().abs()).sum::<f64>();
        (!self.years.is_empty()).then(|| misses / self.years.len() as f64)
    }
}

/// The track record of a case by year: one question, whatever the mandate. `None` if `cancel` was set before the end.
///
/// # Errors
/// Deadlock risk has no meaning here, or votes are coin flips.
pub fn by_year(engine: &Engine, case: &Case, draws: u32, seed: u64, cancel: &AtomicBool) -> Option<Defined<Years>> {
    let power = match Power::new(&engine.atlas, &View::silent(&engine.facts_of(case)), case) {
        _ if case.settings.a_priori => return Some(Err(Undefined::APriori)),
        _ if case.is_own_alone() => return Some(Err(Undefined::OwnQuestions)),
        Ok(power) => power,
        Err(reason) => return Some(Err(reason)),
    };
    // Nobody has voted on questions of the user's own: what happened is known of the roll calls alone.
    let single = Case { mandate: Mandate { questions: 1, ..case.mandate }, own: None, ..case.clone() };
    let last = engine.atlas.roll_calls.latest_year().unwrap_or(0);
    let found: Vec<(u16, Result<Year, LeftOut>)> = (FIRST..=last)
        .into_par_iter()
        .map(|year| Some((year, of_year(engine, &single, &power, year, (draws, seed), cancel)?)))
        .collect::<Option<_>>()?;
    let mut years = Years { years: Vec::new(), left_out: Vec::new(), draws };
    for (year, found) in found {
        match found {
            Ok(found) => years.years.push(found),
            Err(reason) => years.left_out.push((year, reason)),
        }
    }
    Some(Ok(years))
}

fn of_year(
    engine: &Engine,
    case: &Case,
    power: &Power,
    year: u16,
    (draws, seed): (u32, u64),
    cancel: &AtomicBool,
) -> Option<Result<Year, LeftOut>> {
    if cancel.load(Ordering::Relaxed) {
        return None;
    }
    let cast = VoteSettings { model_share: 0.0.into(), ..case.settings.votes };
    let agenda = engine.votes.agenda_of_year(case.issue, &cast, year);
    if agenda.calls < FEWEST {
        return Some(Err(LeftOut::Few(agenda.calls)));
    }
    let happened = match deadlock_with(power, case, &agenda) {
        Ok(found) => found.single,
        Err(reason) => return Some(Err(LeftOut::Undefined(reason))),
    };
    let past = engine.before(year);
    let found = uncertainty::run(&past, std::slice::from_ref(case), draws, seed, cancel, &|_| ())?;
    let predicted = found.first().map_or(Err(Undefined::NoDraw), |intervals| intervals.of(&DEADLOCK));
    Some(match predicted {
        Ok(predicted) => Ok(Year { year, questions: agenda.calls, predicted, happened }),
        Err(reason) => Err(LeftOut::Undefined(reason)),
    })
}
