//! From a design to its place among the others: values, bounds, keys.

use std::sync::atomic::Ordering;

use super::counted::{Counted, Voted};
use super::front::{Design, Front, Keys, key};
use super::quick::{Quick, Sums};
use super::{Objective, Progress, Search};
use crate::analysis::engine::Engine;
use crate::analysis::measures;
use crate::analysis::stability;
use crate::analysis::whatif;

/// What all designs of a search share.
pub(super) struct Weigher<'a> {
    pub engine: &'a Engine,
    pub search: &'a Search,
    pub quick: Quick,
    pub counted: Option<Counted>,
    pub progress: &'a Progress,
}

/// Values by objective; `None` where a measure is not defined, or nobody asks for it.
pub(super) type Values = [Option<f64>; Objective::ALL.len()];

impl<'a> Weigher<'a> {
    pub fn new(engine: &'a Engine, search: &'a Search, progress: &'a Progress) -> Self {
        let convened = search.is_convened();
        Self {
            engine,
            search,
            quick: Quick::new(engine, &search.base, convened),
            counted: Counted::new(engine, &search.base, search.size[1], convened),
            progress,
        }
    }

    fn asks(&self, objective: Objective) -> bool {
        self.search.objectives.contains(&objective) || self.search.bounds.of(objective).is_some()
    }

    /// Whether deadlock risk or reach matter at all.
    pub fn asks_votes(&self) -> bool {
        [Objective::Deadlock, Objective::Reach, Objective::Cost].into_iter().any(|objective| self.asks(objective))
    }

    /// What does not depend on votes.
    pub fn figures(&self, sums: &Sums) -> Values {
        let mut values = Values::default();
        if self.asks(Objective::Legitimacy) {
            values[Objective::Legitimacy as usize] = self.quick.legitimacy(sums);
        }
        if self.asks(Objective::Microlateral) {
            values[Objective::Microlateral as usize] = Some(self.quick.microlateral(sums));
        }
        values
    }

    /// Whether the bounds on what does not depend on votes are kept.
    pub fn may_be(&self, values: &Values) -> bool {
        [Objective::Legitimacy, Objective::Microlateral].into_iter().all(|objective| self.keeps(objective, values))
    }

    /// The rest.
    pub fn after_votes(&self, sums: &Sums, voted: Option<Voted>, values: &mut Values) {
        let Some(voted) = voted else { return };
        let risk = measures::compound(voted.single, self.search.base.mandate.questions);
        values[Objective::Deadlock as usize] = Some(100.0 * risk);
        values[Objective::Reach as usize] = Some(100.0 * voted.reach);
        values[Objective::Cost as usize] = self.quick.cost(sums, risk);
    }

    /// All values of a design by the way that every rule takes.
    pub fn slowly(&self, design: &Design) -> Values {
        let case = self.search.case(design);
        let found = whatif::now(self.engine, &case);
        Objective::ALL.map(|objective| found.get(objective.measure()).ok())
    }

    fn keeps(&self, objective: Objective, values: &Values) -> bool {
        self.search.bounds.of(objective).is_none_or(|bound| {
            values[objective as usize].is_some_and(|value| objective.measure().is_better(value, bound))
        })
    }

    /// How far the bounds are not kept, in points.
    pub fn gap(&self, values: &Values) -> f64 {
        let gap = |objective: Objective| {
            let Some(bound) = self.search.bounds.of(objective) else { return 0.0 };
            values[objective as usize].map_or(100.0, |value| (objective.more(bound) - objective.more(value)).max(0.0))
        };
        Objective::ALL.into_iter().map(gap).sum()
    }

    /// Whether no design with these members, and more, can keep the bounds on deadlock risk and reach.
    pub fn excludes(&self, best: Voted) -> bool {
        let bounds = &self.search.bounds;
        let risk = 100.0 * measures::compound(best.single, self.search.base.mandate.questions);
        // A little room for rounding.
        bounds.deadlock_below.is_some_and(|bound| risk >= bound + 1e-7)
            || bounds.reach_above.is_some_and(|bound| 100.0 * best.reach <= bound - 1e-7)
    }

    /// Puts a design among the others if it keeps the bounds and nothing beats it.
    pub fn offer(&self, front: &mut Front, values: &Values, design: impl FnOnce() -> Design) {
        if !Objective::ALL.into_iter().all(|objective| self.keeps(objective, values)) {
            return;
        }
        let mut keys = [0; 3];
        for (at, objective) in self.search.objectives.iter().take(3).enumerate() {
            let Some(value) = values[*objective as usize] else { return };
            keys[at] = key(objective.more(value));
        }
        let keys = &keys[..self.search.objectives.len().min(3)];
        let Some(design) = front.accepts(keys, design) else { return };
        if let Some(bound) = self.search.bounds.exclusion_below {
            let case = self.search.case(&design);
            let found = stability::stability(self.engine, &case, &self.engine.settled(&case));
            if !found.exclusion_needed.is_ok_and(|needed| needed < bound) {
                return;
            }
        }
        self.progress.note(keys[0], &design);
        front.insert(Keys::from(keys), design);
    }

    /// Notes designs that were considered; whether to go on.
    pub fn count(&self, designs: u64) -> bool {
        self.progress.considered.fetch_add(designs, Ordering::Relaxed);
        if self.progress.is_paused() {
            self.progress.wait();
        }
        !self.progress.cancel.load(Ordering::Relaxed)
    }
}
