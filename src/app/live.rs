//! Intervals of what is on the board, as they arrive: the old ones stay, marked stale, until the new ones are there.

use std::collections::HashSet;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};

use super::kept::Kept;
use super::worker::Request;
use crate::analysis::measures::{Measure, PerMeasure};
use crate::analysis::uncertainty::{self, Interval, Intervals, Sensitivity};
use crate::analysis::{Case, Engine};
use crate::model::Assumptions;

/// Cases that are kept though they are not on the board, so that undo brings their intervals back at once.
const KEPT: usize = 40;

/// The intervals of one case, ready to be shown.
#[derive(Debug)]
pub struct Known {
    /// Every draw.
    pub intervals: Intervals,
    figures: PerMeasure<Option<Interval>>,
    /// What moves each measure, looked for when it is first asked.
    sensitivity: PerMeasure<OnceLock<Vec<Sensitivity>>>,
}

impl Known {
    /// The intervals of cases with the draws of some assumptions, computed here and now.
    pub(super) fn of_cases(engine: &Engine, cases: &[Case], assumptions: &Assumptions) -> Vec<Arc<Self>> {
        let never = AtomicBool::new(false);
        let found = uncertainty::run(engine, cases, assumptions.draws, assumptions.seed, &never, &|_| ());
        let mut found = found.unwrap_or_default();
        for (intervals, case) in found.iter_mut().zip(cases) {
            intervals.set_middle(&engine.settled(case));
        }
        found.into_iter().map(|intervals| Arc::new(Self::new(intervals))).collect()
    }

    fn new(intervals: Intervals) -> Self {
        let figures = PerMeasure::new(|measure| intervals.of(measure).ok());
        Self { intervals, figures, sensitivity: PerMeasure::new(|_| OnceLock::new()) }
    }

    /// What moves a measure, strongest first.
    #[must_use]
    pub fn sensitivity(&self, measure: &Measure) -> &[Sensitivity] {
        self.sensitivity[measure].get_or_init(|| self.intervals.sensitivity(measure))
    }

    /// The interval of a measure as it would be without drift; `None` where it has no meaning.
    #[must_use]
    pub fn without_drift(&self, measure: &Measure) -> Option<Interval> {
        self.intervals.without_drift(measure).ok()
    }

    /// The interval of a measure; `None` where it has no meaning.
    #[must_use]
    pub fn of(&self, measure: &Measure) -> Option<Interval> {
        self.figures[measure]
    }
}

/// An interval as it is to be shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shown {
    /// The interval.
    pub interval: Interval,
    /// Whether it belongs to the grouping as it was before the last edit: the new one is being computed.
    pub stale: bool,
    /// From how many draws.
    pub draws: usize,
}

/// The intervals that stand beside a figure.
#[derive(Clone, Debug)]
pub(super) struct Held {
    known: Arc<Known>,
    stale: bool,
}

impl Held {
    /// Intervals that are those of now.
    pub(super) fn fresh_of(known: Arc<Known>) -> Self {
        Self { known, stale: false }
    }

    /// The interval of a measure as it is to be shown.
    pub(super) fn shown(&self, measure: &Measure) -> Option<Shown> {
        let interval = self.known.of(measure)?;
        Some(Shown { interval, stale: self.stale, draws: self.known.intervals.draws() })
    }

    /// Every draw, unless they are those from before the last edit.
    pub(super) fn fresh(&self) -> Option<Arc<Known>> {
        (!self.stale).then(|| self.known.clone())
    }
}

/// Intervals by case.
#[derive(Debug, Default)]
pub struct Live {
    by_case: Kept<Case, Arc<Known>>,
    /// Cases that the program fails on.
    failed: HashSet<Case>,
    settings: (u32, u64),
    /// What is on the board now, then the baselines beside it, then the slides.
    cases: [Vec<Case>; 3],
    /// Whether others are wanted than those asked for last.
    pub(super) changed: bool,
    missing: bool,
}

impl Live {
    /// Brings the intervals in line with what is on the board and beside it.
    pub(super) fn refresh(&mut self, cases: [Vec<Case>; 3], settings: (u32, u64)) {
        if self.settings != settings {
            self.by_case.clear();
            self.failed.clear();
            self.settings = settings;
        } else if cases == self.cases {
            return;
        }
        self.changed = true;
        self.cases = cases;
        self.forget();
        self.look();
    }

    /// Keeps memory small.
    fn forget(&mut self) {
        let here: HashSet<&Case> = self.cases.iter().flatten().collect();
        self.by_case.forget_oldest(KEPT, &here);
        self.failed.retain(|case| here.contains(case));
    }

    /// Whether any are still to be computed.
    pub(super) fn lacks_any(&self) -> bool {
        self.missing
    }

    /// The intervals of a case; where there are none yet, those that were held are stale.
    pub(super) fn settled(&self, held: Option<Held>, case: &Case) -> Option<Held> {
        match self.by_case.peek(case) {
            Some(known) => Some(Held { known: known.clone(), stale: false }),
            // Those from before the last edit would wait for new ones in vain.
            None if self.failed.contains(case) => None,
            None => held.map(|held| Held { stale: true, ..held }),
        }
    }

    /// Looks what is missing.
    fn look(&mut self) {
        for case in self.cases.iter().flatten() {
            self.by_case.touch(case);
        }
        self.missing = self.cases.iter().flatten().any(|case| self.lacks(case));
    }

    /// Whether the intervals of a case are to be computed.
    fn lacks(&self, case: &Case) -> bool {
        !self.by_case.has(case) && !self.failed.contains(case)
    }

    /// What is still to be computed, the groupings before the baselines; `None` if nothing is.
    #[must_use]
    pub(super) fn wanted(&self, refine: Vec<(Case, u32)>) -> Option<Request> {
        let mut seen: HashSet<&Case> = HashSet::new();
        let batches: Vec<Vec<Case>> = self
            .cases
            .iter()
            .map(|cases| {
                let missing = cases.iter().filter(|case| self.lacks(case));
                missing.filter(|case| seen.insert(*case)).cloned().collect()
            })
            .collect();
        let (draws, seed) = self.settings;
        let any = !refine.is_empty() || batches.iter().any(|batch| !batch.is_empty());
        any.then_some(Request { refine, batches, draws, seed })
    }

    /// Takes in that there will be no intervals of a case.
    pub(super) fn accept_failure(&mut self, case: Case) {
        self.failed.insert(case);
        self.look();
    }

    /// Takes intervals in.
    pub(super) fn accept(&mut self, settings: (u32, u64), found: Vec<Intervals>) {
        if settings != self.settings {
            return;
        }
        for mut intervals in found {
            if let Some(other) = self.by_case.any() {
                intervals.share_draws(&other.intervals);
            }
            self.by_case.insert(intervals.case().clone(), Arc::new(Known::new(intervals)));
        }
        self.look();
    }
}
