//! Intervals of what is on the board, and refined figures, as they arrive: the old ones stay, intervals marked stale, until the
//! new ones are there.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};

use super::App;
use super::guard::fault_words;
use super::kept::Kept;
use super::later::Wake;
use super::notice::Weight;
use super::results::{Evaluated, Results};
use super::worker::{Answer, Request, Worker};
use crate::analysis::measures::{Measure, PerMeasure};
use crate::analysis::uncertainty::{self, Interval, Intervals, Sensitivity};
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

/// How the figures stand that are computed in the background.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Standing {
    /// Nobody computes any.
    Off,
    /// Every grouping on the board has its intervals, and its figures as finely as can be.
    UpToDate,
    /// Some are being computed; how far that is, 0 to 1, once it has taken long enough to be told.
    Updating(Option<f32>),
}

#[derive(Clone, Debug)]
struct Held {
    known: Arc<Known>,
    stale: bool,
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
    changed: bool,
    missing: bool,
}

impl Live {
    /// Brings the intervals in line with what is on the board.
    pub fn refresh(&mut self, engine: &Engine, board: &[Evaluated], beside: Option<&Case>, draws: u32, seed: u64) {
        let groupings: Vec<GroupingId> = board.iter().map(|evaluated| evaluated.grouping.id).collect();
        let cases: Vec<Case> = board.iter().map(|evaluated| evaluated.case.clone()).collect();
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
    fn wanted(&self, refine: Vec<(Case, u32)>) -> Option<Request> {
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
    fn accept_failure(&mut self, case: Case) {
        self.failed.insert(case);
        self.place();
    }

    /// Takes intervals in.
    fn accept(&mut self, settings: (u32, u64), found: Vec<Intervals>) {
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

impl Results {
    /// Takes in what was computed in the background; what is to be told, if the program failed.
    fn accept(&mut self, answer: Answer) -> Option<String> {
        match answer {
            Answer::Refined(case, report) => self.accept_refined(*case, report),
            Answer::Intervals { draws, seed, intervals } => self.live.accept((draws, seed), intervals),
            Answer::Failed { case, refining, why } => {
                let what = if refining { "Finer figures" } else { "Intervals" };
                let words = fault_words(&format!("{what} of {}", self.name_of(&case)), &why);
                if refining {
                    self.accept_refined(*case, None);
                } else {
                    self.live.accept_failure(*case);
                }
                return Some(words);
            }
        }
        None
    }

    /// What a case is that of.
    fn name_of(&self, case: &Case) -> String {
        let on_board = self.board.iter().find(|evaluated| evaluated.case == *case);
        let beside = || self.baselines.iter().zip(self.live.baseline_cases()).find(|(_, of)| *of == case);
        match on_board {
            Some(evaluated) => format!("“{}”", evaluated.grouping.name),
            None => beside().map_or("a grouping", |((baseline, _), _)| baseline.label()).to_owned(),
        }
    }

    /// What is still to be computed in the background; `None` if nothing is.
    fn wanted(&self) -> Option<Request> {
        self.live.wanted(self.unsettled())
    }

    /// The interval of a measure of a grouping on the board; `None` where there is none yet, or none at all.
    #[must_use]
    pub fn interval(&self, id: GroupingId, measure: &Measure) -> Option<Shown> {
        let held = self.live.board.get(&id)?;
        shown(held, measure)
    }

    /// The interval of a measure of a baseline beside the selected grouping.
    #[must_use]
    pub fn baseline_interval(&self, baseline: Baseline, measure: &Measure) -> Option<Shown> {
        shown(self.live.baselines.get(&baseline)?, measure)
    }

    /// Every draw of a grouping on the board; `None` while they are being computed.
    #[must_use]
    pub fn draws(&self, id: GroupingId) -> Option<Arc<Known>> {
        self.live.board.get(&id).filter(|held| !held.stale).map(|held| held.known.clone())
    }

    /// Every draw of a baseline beside the selected grouping; `None` while they are being computed.
    #[must_use]
    pub fn baseline_draws(&self, baseline: Baseline) -> Option<Arc<Known>> {
        self.live.baselines.get(&baseline).filter(|held| !held.stale).map(|held| held.known.clone())
    }
}

fn shown(held: &Held, measure: &Measure) -> Option<Shown> {
    let interval = held.known.of(measure)?;
    Some(Shown { interval, stale: held.stale, draws: held.known.intervals.draws() })
}

impl App {
    /// Computes intervals in the background from now on; `wake` is called when there is something new to show.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start_worker(&mut self, wake: Wake) -> std::io::Result<()> {
        self.worker = Some(Worker::start(self.engine.clone(), wake)?);
        self.results.live.changed = true;
        self.poll(false);
        Ok(())
    }

    /// Once a frame: takes what the worker has found, and asks for what is missing. While something is held down nothing
    /// new is asked, because the next frame would give it up again.
    pub fn poll(&mut self, held: bool) {
        for (what, fault) in [
            ("What every change of a seat would do", self.moves.take_fault()),
            ("What some of the charts show", self.study.take_fault()),
            ("The track record by year", self.years.take_fault()),
        ] {
            if let Some(why) = fault {
                self.notices.tell(Weight::Error, fault_words(what, &why));
            }
        }
        let Some(worker) = &self.worker else { return };
        for answer in worker.take() {
            if let Some(words) = self.results.accept(answer) {
                self.notices.tell(Weight::Error, words);
            }
        }
        if !self.results.live.changed {
            return;
        }
        match self.results.wanted() {
            Some(request) if !held => {
                worker.ask(request);
                self.results.live.changed = false;
            }
            // The case under way is no longer on the board.
            Some(_) => worker.cancel(),
            None => {
                worker.cancel();
                self.results.live.changed = false;
            }
        }
    }

    /// Computes what is missing at once, without a worker.
    pub fn compute_intervals(&mut self) {
        let never = AtomicBool::new(false);
        while let Some((case, units)) = self.results.unsettled().into_iter().next() {
            let report = self.engine.refined(&case, units, &never).map(Box::new);
            self.results.accept_refined(case, report);
        }
        let Some(Request { batches, draws, seed, .. }) = self.results.wanted() else { return };
        for batch in &batches {
            let found = uncertainty::run(&self.engine, batch, draws, seed, &never, &|_| ());
            self.results.live.accept((draws, seed), found.unwrap_or_default());
        }
    }

    /// How the figures stand that are computed in the background.
    #[must_use]
    pub fn standing(&self) -> Standing {
        match (&self.worker, self.results.live.missing || !self.results.unsettled().is_empty()) {
            (Some(worker), true) => Standing::Updating(worker.progress()),
            (None, true) => Standing::Off,
            (_, false) => Standing::UpToDate,
        }
    }
}
