//! Which coalitions do best: every design within bounds that no other beats (*Search* in `METHODS.md`).

mod choose;
mod cloud;
mod counted;
mod exact;
mod front;
mod local;
mod quick;
mod weigh;

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};

use choose::subsets;
pub use cloud::cloud;
pub use front::{Design, Front, key};
use weigh::Weigher;

use super::case::{Case, Voter};
use super::engine::Engine;
use super::measures::{Better, COST, DEADLOCK, LEGITIMACY, MICROLATERAL, Measure, REACH};
use super::real::Real;
use super::report::Report;
use super::undefined::Defined;
use crate::model::{Basis, Of};

/// What designs are compared by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Objective {
    /// L, more is better.
    Legitimacy,
    /// C, less is better.
    Cost,
    /// D, less is better.
    Deadlock,
    /// R, more is better.
    Reach,
    /// M, more is better.
    Microlateral,
}

impl Objective {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Legitimacy, Self::Cost, Self::Deadlock, Self::Reach, Self::Microlateral];

    /// The measure.
    #[must_use]
    pub fn measure(self) -> &'static Measure {
        match self {
            Self::Legitimacy => &LEGITIMACY,
            Self::Cost => &COST,
            Self::Deadlock => &DEADLOCK,
            Self::Reach => &REACH,
            Self::Microlateral => &MICROLATERAL,
        }
    }

    /// The objective of a name in files.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|objective| objective.measure().name == name)
    }

    /// A value turned so that more is better.
    #[must_use]
    pub fn more(self, value: f64) -> f64 {
        match self.measure().better {
            Better::More => value,
            Better::Less => -value,
        }
    }
}

/// What a design must keep, strictly; per cent or points as the measures have it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "the measure and the direction are the name")]
pub struct Bounds {
    pub deadlock_below: Option<f64>,
    pub reach_above: Option<f64>,
    pub legitimacy_above: Option<f64>,
    pub cost_below: Option<f64>,
    pub microlateral_above: Option<f64>,
    pub exclusion_below: Option<f64>,
}

impl Bounds {
    /// The bound on an objective.
    #[must_use]
    pub fn of(&self, objective: Objective) -> Option<f64> {
        match objective {
            Objective::Legitimacy => self.legitimacy_above,
            Objective::Cost => self.cost_below,
            Objective::Deadlock => self.deadlock_below,
            Objective::Reach => self.reach_above,
            Objective::Microlateral => self.microlateral_above,
        }
    }
}

/// What is searched for. Actors by number.
#[derive(Clone, Debug)]
pub struct Search {
    /// Issue, rule, mandate, form and assumptions; its voters do not matter.
    pub base: Case,
    /// Who may convene: nobody, or each of a list. One convenes at a time; it need not be a candidate.
    pub convenors: Vec<Option<usize>>,
    /// Who must be in.
    pub must: Vec<usize>,
    /// Who may be in, in order.
    pub candidates: Vec<usize>,
    /// The least and the greatest number of voting members, the convenor counted.
    pub size: [usize; 2],
    /// What designs are compared by: one to three.
    pub objectives: Vec<Objective>,
    /// What they must keep.
    pub bounds: Bounds,
}

impl Search {
    fn is_convened(&self) -> bool {
        self.convenors.iter().any(Option::is_some)
    }

    /// The candidates that may be chosen freely beside a convenor.
    fn free(&self, convenor: Option<usize>) -> Vec<usize> {
        let is_free = |actor: &usize| Some(*actor) != convenor && !self.must.contains(actor);
        self.candidates.iter().copied().filter(is_free).collect()
    }

    /// How many designs there are.
    #[must_use]
    pub fn designs(&self) -> u128 {
        let of = |convenor: &Option<usize>| {
            let (n, free) = (exact::fixed(self, *convenor).len(), self.free(*convenor).len());
            let [least, most] = self.size;
            let sizes = least.max(1).max(n)..=most;
            sizes.fold(0_u128, |sum, size| sum.saturating_add(subsets(free, size - n)))
        };
        self.convenors.iter().map(of).fold(0, u128::saturating_add)
    }

    /// Whether the rule only counts members, so that millions of designs can be gone through.
    #[must_use]
    pub fn is_counted(&self) -> bool {
        let criteria = &self.base.rule.full.criteria;
        let counts = criteria.iter().all(|criterion| criterion.basis == Basis::Members && criterion.of == Of::All);
        counts && !self.base.settings.a_priori
    }

    /// The case of a design, everybody with full domestic backing.
    #[must_use]
    pub fn case(&self, design: &Design) -> Case {
        let voter = |actor: &usize| Voter {
            actor: *actor,
            convenor: design.convenor == Some(*actor),
            backing: Real::from(1.0),
        };
        Case { voters: design.members.iter().map(voter).collect(), ..self.base.clone() }
    }
}

/// How far to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How many designs to consider at most.
    pub designs: u64,
    /// Which part of how many, counted from 0: parts that are merged give the whole.
    pub part: [usize; 2],
    /// The seed, where not every design can be considered.
    pub seed: u64,
}

/// Designs that can be considered where the rule only counts members: about half a minute on two cores.
pub const MOST_COUNTED: u64 = 120_000_000;
/// The same for other rules, of which each design takes a thousand times as long.
pub const MOST_WEIGHTED: u64 = 100_000;

impl Limits {
    /// As many as a person waits for, all in one part.
    #[must_use]
    pub fn of(search: &Search) -> Self {
        let designs = if search.is_counted() { MOST_COUNTED } else { MOST_WEIGHTED };
        Self { designs, part: [0, 1], seed: 1 }
    }
}

/// How far a search is, and whether to give it up; shared between threads.
#[derive(Debug, Default)]
pub struct Progress {
    /// Designs considered, or excluded by a proven bound.
    pub considered: AtomicU64,
    /// Set to end the search: what was found so far is the answer, and not exact.
    pub cancel: AtomicBool,
    is_paused: AtomicBool,
    gate: Mutex<()>,
    opened: Condvar,
    best: Mutex<Option<(i64, Design)>>,
}

impl Progress {
    /// Lets the search wait, or go on.
    pub fn pause(&self, pause: bool) {
        let _gate = self.gate.lock().unwrap_or_else(PoisonError::into_inner);
        self.is_paused.store(pause, Ordering::Relaxed);
        self.opened.notify_all();
    }

    /// Whether the search waits.
    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.is_paused.load(Ordering::Relaxed)
    }

    /// Ends the search, also while it waits: what was found so far is the answer.
    pub fn stop(&self) {
        self.cancel.store(true, Ordering::Relaxed);
        self.pause(false);
    }

    /// The best design so far on the first objective.
    #[must_use]
    pub fn best(&self) -> Option<Design> {
        self.best.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(|(_, design)| design.clone())
    }

    fn wait(&self) {
        let mut gate = self.gate.lock().unwrap_or_else(PoisonError::into_inner);
        while self.is_paused() && !self.cancel.load(Ordering::Relaxed) {
            gate = self.opened.wait(gate).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn note(&self, key: i64, design: &Design) {
        let mut best = self.best.lock().unwrap_or_else(PoisonError::into_inner);
        if best.as_ref().is_none_or(|(known, _)| key > *known) {
            *best = Some((key, design.clone()));
        }
    }
}

/// A design of the front with its measures.
#[derive(Clone, Debug, PartialEq)]
pub struct Best {
    /// The design.
    pub design: Design,
    /// The measures in the order of [`Objective::ALL`].
    pub values: [Defined<f64>; Objective::ALL.len()],
}

impl Best {
    fn of(report: &Report, design: Design) -> Self {
        Self { values: Objective::ALL.map(|objective| report.value(objective.measure())), design }
    }

    /// The value of a measure.
    ///
    /// # Errors
    /// Why it has none.
    pub fn value(&self, objective: Objective) -> Defined<f64> {
        self.values[objective as usize]
    }
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Whether every design (of the part) was considered, or excluded by a proven bound.
    pub exact: bool,
    /// Designs considered, or excluded by a proven bound.
    pub considered: u64,
    /// How many there are in all.
    pub designs: u128,
    /// Those that no other beats, best on the first objective first.
    pub front: Vec<Best>,
}

/// Searches: exactly where there are no more designs than the limit, else for the best that is found among so many.
///
/// ```
/// use convenor::analysis::search::{Bounds, Limits, Objective, Progress, Search, search};
/// use convenor::analysis::{Case, Engine};
/// use convenor::model::{Assumptions, Grouping, GroupingId};
///
/// let engine = Engine::embedded().unwrap();
/// let actor = |code: &str| engine.atlas.actor(code.parse().unwrap()).unwrap();
/// let base = Case::of(&engine.atlas, &Grouping::new(GroupingId(1), "any", 0), &Assumptions::default());
/// let asked = Search {
///     base,
///     convenors: vec![Some(actor("SWE")), Some(actor("USA"))],
///     must: vec![],
///     candidates: ["FIN", "JPN", "CAN", "USA"].map(actor).to_vec(),
///     size: [2, 4],
///     objectives: vec![Objective::Legitimacy, Objective::Deadlock],
///     bounds: Bounds::default(),
/// };
/// // Sweden with one to three of four; the United States with one to three of three.
/// assert_eq!(asked.designs(), 4 + 6 + 4 + 3 + 3 + 1);
/// let found = search(&engine, &asked, &Limits::of(&asked), &Progress::default());
/// assert!(found.exact && found.considered == 21 && !found.front.is_empty());
/// ```
#[must_use]
pub fn search(engine: &Engine, search: &Search, limits: &Limits, progress: &Progress) -> Found {
    let weigher = Weigher::new(engine, search, progress);
    let designs = search.designs();
    let most = if weigher.counted.is_some() { limits.designs } else { limits.designs.min(MOST_WEIGHTED) };
    let all = designs <= u128::from(most);
    let [part, of] = limits.part;
    let front = if all {
        exact::front(&weigher, part, of)
    } else {
        let seed = limits.seed.wrapping_add((part as u64) << 48);
        local::front(&weigher, most, seed)
    };
    let best = |design: Design| Best::of(&engine.settled(&search.case(&design)), design);
    Found {
        exact: all && !progress.cancel.load(Ordering::Relaxed),
        considered: progress.considered.load(Ordering::Relaxed),
        designs,
        front: front.into_designs().into_iter().map(best).collect(),
    }
}
