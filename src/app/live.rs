//! Intervals of what is on the board, as they arrive: the old ones stay, marked stale, until the new ones are there.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use super::kept::Kept;
use super::worker::Request;
use crate::analysis::measures::{Measure, PerMeasure};
use crate::analysis::uncertainty::{Interval, Intervals, Sensitivity};
use crate::analysis::{Baseline, Case, Engine};
use crate::model::GroupingId;

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

/// The intervals that stand beside a grouping.
#[derive(Clone, Debug)]
pub(super) struct Held {
    known: Arc<Known>,
    stale: bool,
}

impl Held {
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

/// Intervals by case, and those of the board.
#[derive(Debug, Default)]
pub struct Live {
    by_case: Kept<Case, Arc<Known>>,
    /// Cases that the program fails on.
    failed: HashSet<Case>,
    settings: (u32, u64),
    board: HashMap<GroupingId, Held>,
    baselines: HashMap<Baseline, Held>,
    /// What is on the board now, then the baselines beside it.
    cases: [Vec<Case>; 2],
    groupings: Vec<GroupingId>,
    order: Vec<Baseline>,
    /// Whether others are wanted than those asked for last.
    pub(super) changed: bool,
    missing: bool,
}

impl Live {
    /// Brings the intervals in line with what is on the board.
    pub fn refresh(
        &mut self,
        engine: &Engine,
        board: impl IntoIterator<Item = (GroupingId, Case)>,
        beside: Option<&Case>,
        (draws, seed): (u32, u64),
    ) {
        let (groupings, cases): (Vec<GroupingId>, Vec<Case>) = board.into_iter().unzip();
        let others: Vec<Case> = beside.map_or_else(Vec::new, |case| {
            Baseline::ALL.into_iter().map(|baseline| baseline.beside(&engine.atlas, case)).collect()
        });
        if self.settings != (draws, seed) {
            self.by_case.clear();
            self.failed.clear();
            self.settings = (draws, seed);
        } else if groupings == self.groupings && cases == self.cases[0] && others == self.cases[1] {
            return;
        }
        self.changed = true;
        self.groupings = groupings;
        self.order = if others.is_empty() { Vec::new() } else { Baseline::ALL.to_vec() };
        self.cases = [cases, others];
        self.forget();
        self.place();
    }

    /// Intervals that would be shown as those before the last edit; what is known by case stays.
    pub(super) fn forget_board(&mut self) {
        self.board.clear();
        self.baselines.clear();
    }

    /// The cases of the baselines beside the selected grouping, in their order.
    pub(super) fn baseline_cases(&self) -> &[Case] {
        &self.cases[1]
    }

    /// Keeps memory small.
    fn forget(&mut self) {
        let here: HashSet<&Case> = self.cases.iter().flatten().collect();
        self.by_case.forget_oldest(KEPT, &here);
        self.failed.retain(|case| here.contains(case));
        self.board.retain(|id, _| self.groupings.contains(id));
    }

    /// The intervals beside a grouping on the board.
    pub(super) fn beside_grouping(&self, id: GroupingId) -> Option<&Held> {
        self.board.get(&id)
    }

    /// The intervals of a baseline beside the selected grouping.
    pub(super) fn beside_baseline(&self, baseline: Baseline) -> Option<&Held> {
        self.baselines.get(&baseline)
    }

    /// Whether any are still to be computed.
    pub(super) fn lacks_any(&self) -> bool {
        self.missing
    }

    /// Gives every grouping the intervals of its case; where there are none yet, the old ones are stale.
    fn place(&mut self) {
        let mut settle = |held: Option<&Held>, case: &Case| match self.by_case.get(case) {
            Some(known) => Some(Held { known, stale: false }),
            // Those from before the last edit would wait for new ones in vain.
            None if self.failed.contains(case) => None,
            None => held.map(|held| Held { known: held.known.clone(), stale: true }),
        };
        for (id, case) in self.groupings.iter().zip(&self.cases[0]) {
            match settle(self.board.get(id), case) {
                Some(held) => self.board.insert(*id, held),
                None => self.board.remove(id),
            };
        }
        for (baseline, case) in self.order.iter().zip(&self.cases[1]) {
            match settle(self.baselines.get(baseline), case) {
                Some(held) => self.baselines.insert(*baseline, held),
                None => self.baselines.remove(baseline),
            };
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
        self.place();
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
        self.place();
    }
}
