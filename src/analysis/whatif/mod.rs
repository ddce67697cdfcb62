//! What if: the measures after every possible change of one seat (*What-if and suggestions* in `METHODS.md`).
//!
//! The figures are those that [`Engine::report`] gives for the changed case, to rounding, but from shared work: one
//! decision diagram for all two hundred candidates, one pass for all members that could go.

mod additions;
mod removals;

use std::sync::atomic::AtomicBool;

use super::case::{Case, Voter};
use super::engine::Engine;
use super::measures::{self, Measure, PerMeasure};
use super::real::Real;
use super::report::Report;
use super::undefined::{Defined, Undefined};
use super::view::View;
use crate::data::Atlas;

use additions::additions_until;
pub use removals::convenors;
use removals::removals_until;

/// A change of one seat. Actors are numbers in the atlas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Move {
    /// An actor joins as a member, with full domestic backing.
    AddMember(usize),
    /// An actor joins as a convenor beside those there are, with full domestic backing.
    AddConvenor(usize),
    /// A voting member leaves.
    Remove(usize),
    /// A voting member convenes instead of all others that do.
    Convene(usize),
}

impl Move {
    /// Whose seat it is.
    #[must_use]
    pub fn actor(self) -> usize {
        match self {
            Self::AddMember(actor) | Self::AddConvenor(actor) | Self::Remove(actor) | Self::Convene(actor) => actor,
        }
    }

    /// The name in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AddMember(_) => "add_member",
            Self::AddConvenor(_) => "add_convenor",
            Self::Remove(_) => "remove",
            Self::Convene(_) => "convene",
        }
    }

    /// In words, such as “Norway joins as a member”.
    #[must_use]
    pub fn words(self, atlas: &Atlas) -> String {
        let name = &atlas.countries[self.actor()].name;
        match self {
            Self::AddMember(_) => format!("{name} joins as a member"),
            Self::AddConvenor(_) => format!("{name} joins as a convenor"),
            Self::Remove(_) => format!("{name} leaves"),
            Self::Convene(_) => format!("{name} convenes alone"),
        }
    }

    /// The case after the move; `None` if the actor is in already, or not in.
    #[must_use]
    pub fn applied(self, case: &Case) -> Option<Case> {
        let place = case.voters.binary_search_by_key(&self.actor(), |voter| voter.actor);
        let mut after = case.clone();
        match (self, place) {
            (Self::AddMember(actor), Err(at)) => after.voters.insert(at, joining(actor, false)),
            (Self::AddConvenor(actor), Err(at)) => after.voters.insert(at, joining(actor, true)),
            (Self::Remove(_), Ok(at)) => {
                after.voters.remove(at);
            }
            (Self::Convene(actor), Ok(_)) => {
                for voter in &mut after.voters {
                    voter.convenor = voter.actor == actor;
                }
            }
            _ => return None,
        }
        Some(after)
    }
}

/// A new voter: full backing.
fn joining(actor: usize, convenor: bool) -> Voter {
    Voter { actor, convenor, backing: Real::from(1.0) }
}

/// The headline measures of a case.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimates(PerMeasure<Defined<f64>>);

impl Estimates {
    /// The headline figures of a report.
    #[must_use]
    pub fn of(report: &Report) -> Self {
        Self(report.values)
    }

    /// One of them.
    ///
    /// # Errors
    /// The reason why the measure is not defined.
    pub fn get(&self, measure: &Measure) -> Defined<f64> {
        self.0[measure]
    }

    /// This minus that; `None` where one of them is not defined.
    #[must_use]
    pub fn change_of(&self, measure: &Measure, before: &Self) -> Option<f64> {
        Some(self.get(measure).ok()? - before.get(measure).ok()?)
    }

    /// The figures of a case whose deadlock risk and reach for one question are known, both 0 to 1.
    fn from_votes(engine: &Engine, view: &View<'_>, case: &Case, votes: Defined<Voted>) -> Self {
        let deadlock = votes.map(|voted| 100.0 * measures::compound(voted.single, case.mandate.questions));
        let reach =
            if case.settings.a_priori { Err(Undefined::APriori) } else { votes.map(|voted| 100.0 * voted.reach) };
        Self(measures::evaluate(&engine.atlas, view, case, deadlock, reach).values)
    }
}

/// What follows from the votes.
#[derive(Clone, Copy, Debug)]
struct Voted {
    /// D₁, 0 to 1.
    single: f64,
    /// R, 0 to 1.
    reach: f64,
}

impl Voted {
    /// Means over `count` that table, from the sums of what passes.
    #[expect(clippy::cast_precision_loss, reason = "a count of members")]
    fn mean(passed: f64, reach: f64, count: usize) -> Defined<Self> {
        if count == 0 {
            return Err(Undefined::NothingTabled);
        }
        let count = count as f64;
        Ok(Self { single: (1.0 - passed / count).clamp(0.0, 1.0), reach: reach / count })
    }
}

/// A move and what follows from it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// The move.
    pub change: Move,
    /// The measures after it.
    pub estimates: Estimates,
    /// Units to which weights of members were rounded; `None` where the figures are exact.
    pub units: Option<u32>,
    /// Where weights were rounded: the measures as they are, rounded alike.
    pub before: Option<Estimates>,
}

impl Row {
    /// What the move does to a measure, where the measures are `now` what they are; `None` where one of the figures is not
    /// defined. Where weights are rounded, both sides are taken with the same rounding.
    #[must_use]
    pub fn change_of(&self, measure: &Measure, now: &Estimates) -> Option<f64> {
        self.estimates.change_of(measure, self.before.as_ref().unwrap_or(now))
    }
}

/// The measures of a case as it is, without flags.
#[must_use]
pub fn now(engine: &Engine, case: &Case) -> Estimates {
    now_within(engine, case, measures::UNITS[0]).0
}

/// The same with no more than so many units, and the units to which weights were rounded.
fn now_within(engine: &Engine, case: &Case, most_units: u32) -> (Estimates, Option<u32>) {
    let facts = engine.facts_of(case);
    let game = measures::game_of(&engine.atlas, &View::silent(&facts), case);
    let power = game.and_then(|game| measures::Power::coarser(game, most_units));
    let units = power.as_ref().ok().and_then(measures::Power::units);
    let deadlock = power.and_then(|power| measures::deadlock_with(&power, case, &engine.agenda_of(case)));
    (Estimates::of(&engine.report_from(&facts, case, deadlock)), units)
}

/// Every possible change of one seat: additions, removals, convenors.
///
/// ```
/// use convenor::analysis::whatif::{self, Estimates, Move};
/// use convenor::analysis::{Case, Engine, measures};
/// use convenor::model::{Assumptions, Grouping, GroupingId, Role, Seat};
///
/// let engine = Engine::embedded().unwrap();
/// let mut grouping = Grouping::new(GroupingId(1), "Nordic two", 0);
/// grouping.seats = ["SWE", "NOR"].map(|code| Seat::new(code.parse().unwrap(), Role::Member)).to_vec();
/// let case = Case::of(&engine.atlas, &grouping, &Assumptions::default());
/// let before = Estimates::of(&engine.report(&case));
///
/// let rows = whatif::all(&engine, &case);
/// let india = engine.atlas.actor("IND".parse().unwrap()).unwrap();
/// let joins = rows.iter().find(|row| row.change == Move::AddMember(india)).unwrap();
/// // By consensus a member more can only block more.
/// assert!(joins.change_of(&measures::DEADLOCK, &before).unwrap() > 0.0);
/// ```
#[must_use]
pub fn all(engine: &Engine, case: &Case) -> Vec<Row> {
    all_until(engine, case, &AtomicBool::new(false)).unwrap_or_default()
}

/// The same; `None` if `cancel` was set before the end.
#[must_use]
pub fn all_until(engine: &Engine, case: &Case, cancel: &AtomicBool) -> Option<Vec<Row>> {
    let mut rows = additions_until(engine, case, cancel)?;
    rows.extend(removals_until(engine, case, cancel)?);
    rows.extend(convenors(engine, case));
    Some(rows)
}

/// The measures after every actor that does not vote yet has joined: as a member, and as a convenor.
#[must_use]
pub fn additions(engine: &Engine, case: &Case) -> Vec<Row> {
    additions_until(engine, case, &AtomicBool::new(false)).unwrap_or_default()
}

/// The measures after every voting member in turn has left; convenors and veto holders among them.
#[must_use]
pub fn removals(engine: &Engine, case: &Case) -> Vec<Row> {
    removals_until(engine, case, &AtomicBool::new(false)).unwrap_or_default()
}
