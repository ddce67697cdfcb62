//! Does the vote table foresee what groups do? (*Track record, and a check on held-out votes* in `METHODS.md`)
//!
//! Random groups of 2 to 19 members are judged: how often did every member present vote yes, and how often did none vote no?
//! As for the issue “general”, votes on the Palestinian conflict (topic `me`) are used on neither side. [`backtest`] predicts a
//! votes file from the built-in roll calls, up to a year if one is given; [`rolling`] predicts each year of the built-in ones
//! from those before it, D₁ under consensus among them.
//!
//! **What is predicted.** Each roll call j from before stands for a question to come, with weight `u_j`. Member i is there with
//! chance `π_i`, its weighted share of ballots that were cast; if it is there, it votes as the vote table says (observed votes
//! with a little of the model, absences filled in by the model). So the chance that i does not break unanimity on j is
//! `1 − π_i·(1 − yes_ij)`, and a group's prediction is the mean of their product, weighted `u_j`; for “none voted no”,
//! `1 − π_i·no_ij` takes its place. With a convenor l the weights are `u_j·yes_lj`, and the others are judged.
//!
//! **Intervals.** The prediction is repeated in every draw, and its logit moved by drift, as deadlock risk is. Coverage is the
//! share of groups whose actual share lies between the 5 % and the 95 % quantile. In [`rolling`], drift is that of the other
//! years, so that no year is judged by what it taught.
//!
//! **No peeking.** Roll calls after the year are dropped, the curves are fitted anew to what is left, and ideal points after
//! the year are dropped too, also where they would stand for an actor without a seat. The yearly ideal points themselves are
//! published estimates that were made with the votes of all years; that cannot be undone here.
//!
//! **Baselines.** Independent members: each votes at its own past rate, whatever the others do. Past frequency: the group
//! behaves as often in that way as it did on the roll calls before, weighted `u_j`.

mod bench;
mod rolling;

pub use bench::{Score, Scores, Targets};
pub use rolling::{Check, Rolling, drift_in, rolling};

use super::engine::Engine;
use crate::data::{CountryId, RollCall, RollCalls};
use crate::model::{Assumptions, Issue};
use bench::{Bench, Worlds};

/// What to check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The last year of the built-in roll calls that may be used; all of them without one. [`rolling`] does not look at it.
    pub until: Option<u16>,
    /// How many random groups.
    pub groups: u32,
    /// How many draws for intervals; none without.
    pub draws: u32,
    /// Seed of the groups and draws.
    pub seed: u64,
}

impl Default for Plan {
    fn default() -> Self {
        Self { until: None, groups: 500, draws: 200, seed: Assumptions::default().seed }
    }
}

/// Why there is nothing to check; a sentence with the cure.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BacktestError {
    /// No built-in roll call is early enough.
    #[error("no built-in roll call is of {until} or earlier: they begin in {first}")]
    NothingBuiltIn {
        /// The year that was asked for.
        until: u16,
        /// The first year there is.
        first: u16,
    },
    /// There is no roll call to judge.
    #[error("there is no roll call to judge (votes with the topic “me” are never used)")]
    NothingToJudge,
    /// The file has too few actors.
    #[error("the file has {0} actors with built-in votes: at least 2 are needed")]
    TooFewActors(usize),
}

/// What came out.
#[derive(Clone, Debug, PartialEq)]
pub struct Backtest {
    /// The vote table.
    pub model: Targets,
    /// Members that vote independently at their own past rates.
    pub independent: Targets,
    /// The group's own past frequency.
    pub past_frequency: Targets,
    /// Built-in roll calls that were used.
    pub built_in_calls: usize,
    /// The latest year of these.
    pub built_in_until: u16,
    /// Roll calls of the file that were judged.
    pub judged_calls: usize,
    /// Roll calls of the file that were left out (topic `me`).
    pub left_out: usize,
    /// Judged roll calls that are also among the built-in ones used: above 0, the check is not a held-out one.
    pub repeated: usize,
    /// Actors of the file that groups were drawn from.
    pub actors: usize,
    /// Actors of the file that were left out, because they have no built-in votes.
    pub without_votes: Vec<CountryId>,
}

/// Whether a roll call counts for the issue “general”.
fn usable(call: &RollCall) -> bool {
    Issue::General.relevance(call.topics).is_some()
}

/// Checks predictions from the built-in roll calls against a votes file.
///
/// # Errors
/// There is nothing to predict from, nothing to judge, or nobody to judge.
pub fn backtest(engine: &Engine, file: &RollCalls, plan: Plan) -> Result<Backtest, BacktestError> {
    let until = plan.until.unwrap_or(u16::MAX);
    let built_in = engine.atlas.roll_calls.filtered(|call| call.year <= until && usable(call));
    let Some(built_in_until) = built_in.latest_year() else {
        let first = engine.atlas.roll_calls.list.iter().map(|call| call.year).min().unwrap_or(0);
        return Err(BacktestError::NothingBuiltIn { until, first });
    };
    let judged = file.filtered(usable);
    if judged.list.is_empty() {
        return Err(BacktestError::NothingToJudge);
    }
    let before;
    let past = match plan.until {
        Some(until) => {
            before = engine.before(until.saturating_add(1));
            &*before
        }
        None => engine,
    };
    let repeated = |call: &&RollCall| built_in.list.iter().any(|known| known.resolution == call.resolution);
    let bench = Bench::new(past, &judged)?;
    let groups = bench.groups(plan);
    let actors: Vec<usize> = (0..bench.len()).map(|member| bench.actor(member)).collect();
    let worlds = Worlds::new(past, &actors, (plan.draws, plan.seed), |agenda| bench.predict(agenda, &groups));
    let [model, independent, past_frequency] = bench.judge(past, &groups, &worlds, engine.drift()).targets();
    Ok(Backtest {
        model,
        independent,
        past_frequency,
        built_in_calls: built_in.list.len(),
        built_in_until,
        judged_calls: judged.list.len(),
        left_out: file.list.len() - judged.list.len(),
        repeated: judged.list.iter().filter(repeated).count(),
        actors: bench.len(),
        without_votes: judged.voters.iter().copied().filter(|id| !bench.has(*id)).collect(),
    })
}
