//! The reports of what is on the board, computed once a change.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::board::{Board, Evaluated};
use super::guard::fault_words;
use super::kept::Kept;
use super::live::{Known, Live, Shown};
use super::stage::{Staged, State};
use super::worker::{Answer, Request};
use crate::analysis::measures::Measure;
use crate::analysis::uncertainty::Intervals;
use crate::analysis::{Baseline, Case, Engine, Report};
use crate::model::{GroupingId, Slide, Workspace};

/// Reports by case, and those of the board in order.
#[derive(Debug, Default)]
pub struct Results {
    by_case: Mutex<Kept<Case, Arc<Report>>>,
    /// What the workspace on the screen says.
    pub board: Board,
    /// The slides that are looked at, with their answers; empty while none is.
    pub staged: Vec<Staged>,
    staged_stamp: u64,
    /// By what it is told whether what the slides show has changed.
    states: Vec<State>,
    last: Mutex<(usize, Duration)>,
    /// Cases whose decision weights cannot be resolved more finely than they are.
    finest: HashSet<Case>,
    pub(super) live: Live,
}

impl Results {
    /// Reports kept beyond those on the board, so that undo is instant.
    const KEPT: usize = 400;

    /// Brings the results in line with the workspace; `selected` decides what the baselines stand beside.
    pub fn refresh(
        &mut self,
        engine: &Engine,
        workspace: &Workspace,
        selected: Option<GroupingId>,
        slides: &[Arc<Slide>],
    ) {
        let start = Instant::now();
        let before = self.kept().len();
        let mut board = self.board_of(engine, workspace, selected);
        board.take_over(&self.board);
        self.board = board;
        let computed = self.kept().len().saturating_sub(before);
        if computed > 0 {
            *self.last.lock().unwrap_or_else(PoisonError::into_inner) = (computed, start.elapsed());
        }
        self.forget();
        self.restage(engine, slides);
        let [groupings, baselines] = self.board.cases();
        let staged = self.staged.iter().flat_map(Staged::cases).collect();
        self.live.refresh([groupings, baselines, staged], (workspace.assumptions.draws, workspace.assumptions.seed));
        self.settle();
    }

    /// Gives everything that is shown the intervals that are known.
    fn settle(&mut self) {
        self.board.settle(&self.live);
        self.staged.iter_mut().for_each(|staged| staged.settle(&self.live));
        let now: Vec<State> = self.staged.iter().map(Staged::state).collect();
        let same = now.len() == self.states.len() && now.iter().zip(&self.states).all(|(now, before)| now.is(before));
        if !same {
            self.states = now;
            self.staged_stamp += 1;
        }
    }

    /// Brings the slides in line with those that are looked at; the answers of those that stay stay.
    fn restage(&mut self, engine: &Engine, slides: &[Arc<Slide>]) {
        let mut before = std::mem::take(&mut self.staged);
        for slide in slides {
            let known = before.iter().position(|staged| staged.answers_alike(slide));
            let staged = known.map(|at| before.swap_remove(at).of_slide(slide.clone()));
            let staged = staged.unwrap_or_else(|| Staged::of(engine, slide.clone(), |case| self.report(engine, case)));
            self.staged.push(staged);
        }
    }

    /// A slide with its answers, and the intervals that are known.
    #[must_use]
    pub fn stage(&self, engine: &Engine, slide: &Arc<Slide>) -> Staged {
        let mut staged = Staged::of(engine, slide.clone(), |case| self.report(engine, case));
        staged.settle(&self.live);
        staged
    }

    /// A number that is another one whenever what the slides show may have changed.
    #[must_use]
    pub fn staged_stamp(&self) -> u64 {
        self.staged_stamp
    }

    /// What a workspace says, with the intervals that are known; it may be another than the one on the screen.
    #[must_use]
    pub fn board_of(&self, engine: &Engine, workspace: &Workspace, selected: Option<GroupingId>) -> Board {
        let mut board = Board::of(engine, workspace, selected, |case| self.report(engine, case));
        board.settle(&self.live);
        board
    }

    /// Keeps memory small: what was asked for the longest ago goes, but nothing that is shown.
    fn forget(&mut self) {
        let staged: Vec<Case> = self.staged.iter().flat_map(Staged::cases).collect();
        let shown: HashSet<&Case> = self.board.answers().map(|(case, _)| case).chain(&staged).collect();
        let mut kept = self.by_case.lock().unwrap_or_else(PoisonError::into_inner);
        kept.forget_oldest(Self::KEPT, &shown);
        self.finest.retain(|case| kept.has(case));
    }

    /// Another document is opened: what belongs to the groupings of the old one is not that of the new ones with their
    /// numbers.
    pub(super) fn forget_board(&mut self) {
        self.board.forget_intervals();
    }

    /// The cases on the board, and beside it, whose figures rounded weights may move noticeably, with the units they are rounded
    /// to.
    pub(super) fn unsettled(&self) -> Vec<(Case, u32)> {
        let mut found: Vec<(Case, u32)> = Vec::new();
        for (case, report) in self.board.answers() {
            if let Some(units) = report.unsettled()
                && !self.finest.contains(case)
                && !found.iter().any(|(other, _)| other == case)
            {
                found.push((case.clone(), units));
            }
        }
        found
    }

    /// Takes a refined answer in; without one, the case is as fine as it gets.
    pub(super) fn accept_refined(&mut self, case: Case, report: Option<Box<Report>>) {
        let Some(report) = report.map(|report| Arc::new(*report)) else {
            self.finest.insert(case);
            return;
        };
        self.board.refine(&case, &report);
        self.staged.iter_mut().for_each(|staged| staged.refine(&case, &report));
        self.settle();
        self.kept().insert(case, report);
    }

    fn kept(&self) -> MutexGuard<'_, Kept<Case, Arc<Report>>> {
        self.by_case.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The answer to a case, computed if it is new.
    pub fn report(&self, engine: &Engine, case: &Case) -> Arc<Report> {
        if let Some(report) = self.kept().get(case) {
            return report;
        }
        let start = Instant::now();
        let report = Arc::new(engine.report(case));
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = (1, start.elapsed());
        self.kept().insert(case.clone(), report.clone());
        report
    }

    /// How many cases the last change made necessary to compute, and how long that took.
    #[must_use]
    pub fn last(&self) -> (usize, Duration) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The answer for a grouping on the board.
    #[must_use]
    pub fn of(&self, id: GroupingId) -> Option<&Evaluated> {
        self.board.find(id)
    }
}

impl Results {
    /// Takes in what was computed in the background; what is to be told, if the program failed.
    pub(super) fn accept(&mut self, answer: Answer) -> Option<String> {
        match answer {
            Answer::Refined(case, report) => self.accept_refined(*case, report),
            Answer::Intervals { draws, seed, intervals } => self.accept_intervals((draws, seed), intervals),
            Answer::Failed { case, refining, why } => {
                let what = if refining { "Finer figures" } else { "Intervals" };
                let words = fault_words(&format!("{what} of {}", self.board.name_of(&case)), &why);
                if refining {
                    self.accept_refined(*case, None);
                } else {
                    self.live.accept_failure(*case);
                    self.settle();
                }
                return Some(words);
            }
        }
        None
    }

    /// Takes intervals in.
    pub(super) fn accept_intervals(&mut self, settings: (u32, u64), found: Vec<Intervals>) {
        self.live.accept(settings, found);
        self.settle();
    }

    /// What is still to be computed in the background; `None` if nothing is.
    pub(super) fn wanted(&self) -> Option<Request> {
        self.live.wanted(self.unsettled())
    }

    /// The interval of a measure of a grouping on the board; `None` where there is none yet, or none at all.
    #[must_use]
    pub fn interval(&self, id: GroupingId, measure: &Measure) -> Option<Shown> {
        self.of(id)?.interval(measure)
    }

    /// The interval of a measure of a baseline beside the selected grouping.
    #[must_use]
    pub fn baseline_interval(&self, baseline: Baseline, measure: &Measure) -> Option<Shown> {
        self.board.baseline(baseline)?.interval(measure)
    }

    /// Every draw of a grouping on the board; `None` while they are being computed.
    #[must_use]
    pub fn draws(&self, id: GroupingId) -> Option<Arc<Known>> {
        self.of(id)?.draws()
    }

    /// Every draw of a baseline beside the selected grouping; `None` while they are being computed.
    #[must_use]
    pub fn baseline_draws(&self, baseline: Baseline) -> Option<Arc<Known>> {
        self.board.baseline(baseline)?.draws()
    }
}
