//! The reports of what is on the board, computed once a change.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::guard::fault_words;
use super::kept::Kept;
use super::live::{Known, Live, Shown};
use super::worker::{Answer, Request};
use crate::analysis::measures::Measure;
use crate::analysis::{Baseline, Case, Engine, Report};
use crate::model::{Assumptions, Grouping, GroupingId, Workspace};

/// A grouping on the board with its answer.
#[derive(Clone, Debug)]
pub struct Evaluated {
    /// The grouping.
    pub grouping: Arc<Grouping>,
    /// All that the answer depends on.
    pub case: Case,
    /// The answer.
    pub report: Arc<Report>,
}

/// Reports by case, and those of the board in order.
#[derive(Debug, Default)]
pub struct Results {
    by_case: Mutex<Kept<Case, Arc<Report>>>,
    /// Every grouping, in the order of the board.
    pub board: Vec<Evaluated>,
    /// The baselines beside the selected grouping.
    pub baselines: Vec<(Baseline, Arc<Report>)>,
    last: Mutex<(usize, Duration)>,
    /// Cases whose decision weights cannot be resolved more finely than they are.
    finest: HashSet<Case>,
    pub(super) live: Live,
}

impl Results {
    /// Reports kept beyond those on the board, so that undo is instant.
    const KEPT: usize = 2000;

    /// Brings the results in line with the workspace; `selected` decides what the baselines stand beside.
    pub fn refresh(&mut self, engine: &Engine, workspace: &Workspace, selected: Option<GroupingId>) {
        let start = Instant::now();
        let before = self.kept().len();
        let mut board = Vec::with_capacity(workspace.groupings.len());
        for grouping in &workspace.groupings {
            let case = Case::of(&engine.atlas, grouping, &workspace.assumptions);
            let report = self.report(engine, &case);
            board.push(Evaluated { grouping: grouping.clone(), case, report });
        }
        self.board = board;
        let beside = selected.and_then(|id| self.of(id)).or(self.board.first()).map(|evaluated| evaluated.case.clone());
        let others: Vec<(Baseline, Case)> = beside.map_or_else(Vec::new, |case| {
            Baseline::ALL.into_iter().map(|baseline| (baseline, baseline.beside(&engine.atlas, &case))).collect()
        });
        self.baselines = others.iter().map(|(baseline, case)| (*baseline, self.report(engine, case))).collect();
        let computed = self.kept().len().saturating_sub(before);
        if computed > 0 {
            *self.last.lock().unwrap_or_else(PoisonError::into_inner) = (computed, start.elapsed());
        }
        self.forget(&others);
    }

    /// Keeps memory small: what was asked for the longest ago goes, but nothing that is shown.
    fn forget(&mut self, beside: &[(Baseline, Case)]) {
        let on_board = self.board.iter().map(|evaluated| &evaluated.case);
        let shown: HashSet<&Case> = on_board.chain(beside.iter().map(|(_, case)| case)).collect();
        let mut kept = self.by_case.lock().unwrap_or_else(PoisonError::into_inner);
        kept.forget_oldest(Self::KEPT, &shown);
        self.finest.retain(|case| kept.has(case));
    }

    /// Brings the intervals in line with the board: what changed is stale.
    pub(super) fn refresh_intervals(
        &mut self,
        engine: &Engine,
        assumptions: &Assumptions,
        selected: Option<GroupingId>,
    ) {
        let beside = selected.and_then(|id| self.of(id)).or(self.board.first()).map(|evaluated| evaluated.case.clone());
        let board = self.board.iter().map(|evaluated| (evaluated.grouping.id, evaluated.case.clone()));
        self.live.refresh(engine, board, beside.as_ref(), (assumptions.draws, assumptions.seed));
    }

    /// Another document is opened: what belongs to the groupings of the old one is not that of the new ones with their
    /// numbers.
    pub(super) fn forget_board(&mut self) {
        self.live.forget_board();
    }

    /// The cases on the board, and beside it, whose figures rounded weights may move noticeably, with the units they are rounded
    /// to.
    pub(super) fn unsettled(&self) -> Vec<(Case, u32)> {
        let of_board = self.board.iter().map(|evaluated| (&evaluated.case, &evaluated.report));
        let of_baselines = self.live.baseline_cases().iter().zip(self.baselines.iter().map(|(_, report)| report));
        let mut found: Vec<(Case, u32)> = Vec::new();
        for (case, report) in of_board.chain(of_baselines) {
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
        for evaluated in self.board.iter_mut().filter(|evaluated| evaluated.case == case) {
            evaluated.report = report.clone();
        }
        for ((_, shown), of) in self.baselines.iter_mut().zip(self.live.baseline_cases()) {
            if *of == case {
                *shown = report.clone();
            }
        }
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
        self.board.iter().find(|evaluated| evaluated.grouping.id == id)
    }
}

impl Results {
    /// Takes in what was computed in the background; what is to be told, if the program failed.
    pub(super) fn accept(&mut self, answer: Answer) -> Option<String> {
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
    pub(super) fn wanted(&self) -> Option<Request> {
        self.live.wanted(self.unsettled())
    }

    /// The interval of a measure of a grouping on the board; `None` where there is none yet, or none at all.
    #[must_use]
    pub fn interval(&self, id: GroupingId, measure: &Measure) -> Option<Shown> {
        self.live.beside_grouping(id)?.shown(measure)
    }

    /// The interval of a measure of a baseline beside the selected grouping.
    #[must_use]
    pub fn baseline_interval(&self, baseline: Baseline, measure: &Measure) -> Option<Shown> {
        self.live.beside_baseline(baseline)?.shown(measure)
    }

    /// Every draw of a grouping on the board; `None` while they are being computed.
    #[must_use]
    pub fn draws(&self, id: GroupingId) -> Option<Arc<Known>> {
        self.live.beside_grouping(id)?.fresh()
    }

    /// Every draw of a baseline beside the selected grouping; `None` while they are being computed.
    #[must_use]
    pub fn baseline_draws(&self, baseline: Baseline) -> Option<Arc<Known>> {
        self.live.beside_baseline(baseline)?.fresh()
    }
}
