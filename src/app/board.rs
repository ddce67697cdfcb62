//! What a workspace says, as a plain value: every grouping with its answer, and the baselines beside the selected one.

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::Arc;

use super::live::{Held, Known, Live, Shown};
use crate::analysis::measures::Measure;
use crate::analysis::{Baseline, Case, Engine, Report};
use crate::model::{Grouping, GroupingId, Workspace, visible};

/// A grouping with its answer.
#[derive(Clone, Debug)]
pub struct Evaluated {
    /// The grouping.
    pub grouping: Arc<Grouping>,
    /// All that the answer depends on.
    pub case: Case,
    /// The answer.
    pub report: Arc<Report>,
    held: Option<Held>,
}

/// A baseline beside the selected grouping.
#[derive(Clone, Debug)]
pub struct Beside {
    /// Which one.
    pub baseline: Baseline,
    /// All that the answer depends on.
    pub case: Case,
    /// The answer.
    pub report: Arc<Report>,
    held: Option<Held>,
}

/// What has intervals, once they are computed.
macro_rules! with_intervals {
    ($what:ty) => {
        impl $what {
            /// The interval of a measure; `None` where there is none yet, or none at all.
            #[must_use]
            pub fn interval(&self, measure: &Measure) -> Option<Shown> {
                self.held.as_ref()?.shown(measure)
            }

            /// Every draw; `None` while they are being computed.
            #[must_use]
            pub fn draws(&self) -> Option<Arc<Known>> {
                self.held.as_ref()?.fresh()
            }
        }
    };
}

with_intervals!(Evaluated);
with_intervals!(Beside);

/// What a workspace says. A plain value: it can be kept, and one of another workspace asked for beside the one on the screen.
/// It is read like a list of its groupings.
#[derive(Clone, Debug, Default)]
pub struct Board {
    /// Every grouping, in order.
    groupings: Vec<Evaluated>,
    /// The baselines beside the selected grouping.
    pub baselines: Vec<Beside>,
}

impl Deref for Board {
    type Target = [Evaluated];

    fn deref(&self) -> &[Evaluated] {
        &self.groupings
    }
}

impl<'a> IntoIterator for &'a Board {
    type Item = &'a Evaluated;
    type IntoIter = std::slice::Iter<'a, Evaluated>;

    fn into_iter(self) -> Self::IntoIter {
        self.groupings.iter()
    }
}

/// A grouping as it is shown: letters of its name that are not seen are marks.
fn shown(grouping: &Arc<Grouping>) -> Arc<Grouping> {
    match visible(&grouping.name) {
        Cow::Borrowed(_) => grouping.clone(),
        Cow::Owned(name) => Arc::new(Grouping { name, ..(**grouping).clone() }),
    }
}

impl Board {
    /// What a workspace says; `selected` decides what the baselines stand beside. `answer` gives the report of a case. Without
    /// intervals: [`Self::settle`] brings those that are known.
    pub(super) fn of(
        engine: &Engine,
        workspace: &Workspace,
        selected: Option<GroupingId>,
        answer: impl Fn(&Case) -> Arc<Report>,
    ) -> Self {
        Self::with(engine, workspace, selected, &Baseline::ALL, answer)
    }

    /// The same beside some baselines alone.
    pub(super) fn with(
        engine: &Engine,
        workspace: &Workspace,
        selected: Option<GroupingId>,
        baselines: &[Baseline],
        answer: impl Fn(&Case) -> Arc<Report>,
    ) -> Self {
        let evaluated = |grouping: &Arc<Grouping>| {
            let case = Case::of(&engine.atlas, grouping, &workspace.assumptions);
            let report = answer(&case);
            Evaluated { grouping: shown(grouping), case, report, held: None }
        };
        let groupings: Vec<Evaluated> = workspace.groupings.iter().map(evaluated).collect();
        let chosen = groupings.iter().find(|evaluated| Some(evaluated.grouping.id) == selected);
        let baselines = chosen.or(groupings.first()).map_or_else(Vec::new, |of| {
            let beside = |baseline: Baseline| {
                let case = baseline.beside(&engine.atlas, &of.case);
                let report = answer(&case);
                Beside { baseline, case, report, held: None }
            };
            baselines.iter().copied().map(beside).collect()
        });
        Self { groupings, baselines }
    }

    /// The answer for a grouping.
    #[must_use]
    pub fn find(&self, id: GroupingId) -> Option<&Evaluated> {
        self.groupings.iter().find(|evaluated| evaluated.grouping.id == id)
    }

    /// The answer for a grouping, else the first one.
    #[must_use]
    pub fn find_or_first(&self, id: Option<GroupingId>) -> Option<&Evaluated> {
        id.and_then(|id| self.find(id)).or(self.groupings.first())
    }

    /// A baseline beside the selected grouping.
    #[must_use]
    pub fn baseline(&self, baseline: Baseline) -> Option<&Beside> {
        self.baselines.iter().find(|beside| beside.baseline == baseline)
    }

    /// The cases of the groupings, then those of the baselines.
    pub(super) fn cases(&self) -> [Vec<Case>; 2] {
        let groupings = self.groupings.iter().map(|evaluated| evaluated.case.clone()).collect();
        [groupings, self.baselines.iter().map(|beside| beside.case.clone()).collect()]
    }

    /// Takes over the intervals from before a change; [`Self::settle`] decides which of them are stale.
    pub(super) fn take_over(&mut self, before: &Self) {
        for evaluated in &mut self.groupings {
            evaluated.held = before.find(evaluated.grouping.id).and_then(|old| old.held.clone());
        }
        for beside in &mut self.baselines {
            beside.held = before.baseline(beside.baseline).and_then(|old| old.held.clone());
        }
    }

    /// Gives everything the intervals of its case; where there are none yet, the old ones are stale.
    pub(super) fn settle(&mut self, live: &Live) {
        for evaluated in &mut self.groupings {
            evaluated.held = live.settled(evaluated.held.take(), &evaluated.case);
        }
        for beside in &mut self.baselines {
            beside.held = live.settled(beside.held.take(), &beside.case);
        }
    }

    /// Gives everything the intervals that `of` knows for its case.
    pub(super) fn settle_by(&mut self, of: impl Fn(&Case) -> Option<Arc<Known>>) {
        let held = |case: &Case| of(case).map(Held::fresh_of);
        for evaluated in &mut self.groupings {
            evaluated.held = held(&evaluated.case);
        }
        for beside in &mut self.baselines {
            beside.held = held(&beside.case);
        }
    }

    /// Forgets all intervals.
    pub(super) fn forget_intervals(&mut self) {
        self.groupings.iter_mut().for_each(|evaluated| evaluated.held = None);
        self.baselines.iter_mut().for_each(|beside| beside.held = None);
    }

    /// Puts a finer answer in place of that of a case.
    pub(super) fn refine(&mut self, case: &Case, report: &Arc<Report>) {
        let reports = self.groupings.iter_mut().map(|evaluated| (&evaluated.case, &mut evaluated.report));
        let beside = self.baselines.iter_mut().map(|beside| (&beside.case, &mut beside.report));
        for (_, shown) in reports.chain(beside).filter(|(of, _)| *of == case) {
            *shown = report.clone();
        }
    }

    /// Every case with its answer.
    pub(super) fn answers(&self) -> impl Iterator<Item = (&Case, &Arc<Report>)> {
        let groupings = self.groupings.iter().map(|evaluated| (&evaluated.case, &evaluated.report));
        groupings.chain(self.baselines.iter().map(|beside| (&beside.case, &beside.report)))
    }

    /// What a case is that of.
    pub(super) fn name_of(&self, case: &Case) -> String {
        if let Some(evaluated) = self.groupings.iter().find(|evaluated| evaluated.case == *case) {
            return format!("“{}”", evaluated.grouping.name);
        }
        let beside = self.baselines.iter().find(|beside| beside.case == *case);
        beside.map_or("a grouping", |beside| beside.baseline.label()).to_owned()
    }
}
