//! Suggestions: a few changes of seats towards a target.
//!
//! Greedy: of all moves, the one that leaves least to be desired, again and again. Then swaps: each move in turn is left
//! out if it is not needed, or replaced by a better one. All this from several first moves, the best of each kind, since the
//! best single move may lead astray; the best end counts. The result is good, not proven best.
//!
//! How few moves meet a target is proven apart from that, by trying all of them: one, then two, then three where that is not too much.

use std::cmp::Ordering;
use std::sync::atomic::{self, AtomicBool};

use rayon::prelude::*;

use super::case::Case;
use super::engine::Engine;
use super::measures;
use super::whatif::{self, Estimates, Move, Row};
use crate::model::Basis;

/// How many moves are suggested at most.
pub const MOST_MOVES: usize = 5;
/// How often all moves are gone through for swaps.
const ROUNDS: usize = 3;
/// What is missing where a measure of the target is not defined, in points.
const UNDEFINED: f64 = 100.0;
/// Differences below this do not count.
const SAME: f64 = 1e-9;
/// What a move must gain to be worth a seat, in points, unless it is the one that meets the target.
const WORTH: f64 = 0.05;
/// First moves of each kind that are tried.
const STARTS: usize = 3;
/// The same for weighted criteria, which take longer; beyond [`FEW`] members only the very best first move is tried.
const WEIGHTED_STARTS: usize = 1;
const FEW: usize = 40;
/// Three moves are tried where these are no more changes than this, whatever the machine.
pub const MOST_TRIED: usize = 1_000_000;

/// What is aimed at; several aims hold together.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Target {
    /// Deadlock risk below this, per cent.
    pub deadlock_below: Option<f64>,
    /// Reach above this, per cent.
    pub reach_above: Option<f64>,
    /// Legitimacy above this, 0 to 100.
    pub legitimacy_above: Option<f64>,
}

impl Target {
    /// Whether nothing is aimed at.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// How far the measures are from every aim, in points, negative where it is met with room to spare.
    fn gaps(&self, estimates: &Estimates) -> impl Iterator<Item = f64> {
        let aims = [
            (self.deadlock_below, &measures::DEADLOCK, 1.0),
            (self.reach_above, &measures::REACH, -1.0),
            (self.legitimacy_above, &measures::LEGITIMACY, -1.0),
        ];
        aims.map(|(aim, measure, sign)| {
            aim.map(|aim| estimates.get(measure).map_or(UNDEFINED, |value| sign * (value - aim)))
        })
        .into_iter()
        .flatten()
    }

    /// How much is missing, summed over the aims, in points; 0 where every aim is at least touched.
    #[must_use]
    pub fn shortfall(&self, estimates: &Estimates) -> f64 {
        self.gaps(estimates).map(|gap| gap.max(0.0)).sum()
    }

    /// Whether every aim is met.
    #[must_use]
    pub fn is_met(&self, estimates: &Estimates) -> bool {
        self.gaps(estimates).all(|gap| gap < 0.0)
    }
}

/// A move with what it leads to, after those before it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// The move.
    pub change: Move,
    /// The measures after it.
    pub estimates: Estimates,
    /// What is still missing, in points.
    pub shortfall: f64,
}

/// Moves towards a target.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// The measures before.
    pub start: Estimates,
    /// What is missing before, in points.
    pub shortfall: f64,
    /// In order, at most [`MOST_MOVES`]; empty where the target is met already or no move helps.
    pub steps: Vec<Step>,
    /// Whether the target is met in the end.
    pub met: bool,
    /// All of up to so many moves were tried: what is not among the steps does not meet the target.
    pub tried: usize,
}

impl Suggestion {
    /// Whether it is proven that no fewer moves meet the target.
    #[must_use]
    pub fn is_fewest(&self) -> bool {
        self.met && self.steps.len() <= self.tried + 1
    }

    /// What is proven, in a sentence; `None` where nothing is.
    #[must_use]
    pub fn proof_words(&self) -> Option<&'static str> {
        let fewer = if self.met { self.steps.len().saturating_sub(1).min(self.tried) } else { self.tried };
        match (fewer, self.is_fewest()) {
            (0, _) => None,
            (1, _) => Some("Proven: no single change does it."),
            (2, _) => Some("Proven: no two changes do it."),
            _ => Some("Proven: no three changes do it."),
        }
    }
}

/// Up to five moves towards a target. The seats of actors in `locked` (numbers in the atlas) stay as they are: they
/// neither join nor leave, and neither start nor stop convening.
///
/// ```
/// use convenor::analysis::suggest::{Target, suggest};
/// use convenor::analysis::{Case, Engine, measures};
/// use convenor::model::{Assumptions, Grouping, GroupingId, Role, Seat};
///
/// let engine = Engine::embedded().unwrap();
/// let mut grouping = Grouping::new(GroupingId(1), "Four", 0);
/// grouping.seats = ["SWE", "NOR", "USA", "IND"].map(|code| Seat::new(code.parse().unwrap(), Role::Member)).to_vec();
/// let case = Case::of(&engine.atlas, &grouping, &Assumptions::default());
///
/// let now = engine.report(&case).value(&measures::DEADLOCK).unwrap();
/// let target = Target { deadlock_below: Some(now - 5.0), ..Target::default() };
/// let sweden = engine.atlas.actor("SWE".parse().unwrap()).unwrap();
/// let found = suggest(&engine, &case, &target, &[sweden]);
/// assert!(found.met);
/// assert!(found.steps.iter().all(|step| step.change.actor() != sweden));
/// let last = found.steps.last().unwrap();
/// assert!(last.estimates.get(&measures::DEADLOCK).unwrap() < now - 5.0);
/// ```
#[must_use]
pub fn suggest(engine: &Engine, case: &Case, target: &Target, locked: &[usize]) -> Suggestion {
    found(&Search { engine, case, target, locked, cancel: &AtomicBool::new(false) })
}

/// The same; `None` if `cancel` was set before the end.
#[must_use]
pub fn suggest_until(
    engine: &Engine,
    case: &Case,
    target: &Target,
    locked: &[usize],
    cancel: &AtomicBool,
) -> Option<Suggestion> {
    let found = found(&Search { engine, case, target, locked, cancel });
    (!cancel.load(atomic::Ordering::Relaxed)).then_some(found)
}

/// The same suggestion, or one with fewer moves, after all of one and two moves were tried, and of three where that is at most
/// [`MOST_TRIED`] changes; of weighted rules beyond forty members all single moves alone. `None` if `cancel` was set before the end.
#[must_use]
pub fn proven_until(
    engine: &Engine,
    case: &Case,
    target: &Target,
    locked: &[usize],
    found: &Suggestion,
    cancel: &AtomicBool,
) -> Option<Suggestion> {
    Search { engine, case, target, locked, cancel }.proven(found)
}

fn found(search: &Search<'_>) -> Suggestion {
    let Search { engine, case, target, .. } = search;
    let start = whatif::now(engine, case);
    let moves = if target.is_met(&start) { Vec::new() } else { search.run(&start) };
    search.suggestion(start, moves, 0)
}

impl Search<'_> {
    /// What moves lead to, one after another.
    fn suggestion(&self, start: Estimates, moves: Vec<Move>, tried: usize) -> Suggestion {
        let Search { engine, case, target, .. } = self;
        let mut steps = Vec::with_capacity(moves.len());
        let mut at = (*case).clone();
        for change in moves {
            let Some(after) = change.applied(&at) else { break };
            let estimates = whatif::now(engine, &after);
            steps.push(Step { change, estimates, shortfall: target.shortfall(&estimates) });
            at = after;
        }
        let met = target.is_met(steps.last().map_or(&start, |step| &step.estimates));
        Suggestion { start, shortfall: target.shortfall(&start), steps, met, tried }
    }

    /// Tries all of one move, two, three, until some meet the target, or as many as are suggested already.
    fn proven(&self, found: &Suggestion) -> Option<Suggestion> {
        let short = if found.met { found.steps.len() } else { MOST_MOVES + 1 };
        let mut tried = 0;
        let mut firsts = vec![Vec::new()];
        while tried + 1 < short {
            let level = self.level(&firsts)?;
            if let Some(moves) = level.meets {
                return Some(self.suggestion(found.start, moves, tried));
            }
            tried += 1;
            let weighted = self.case.rule.full.criteria.iter().any(|criterion| criterion.basis != Basis::Members);
            let too_large = weighted && self.case.voters.len() > FEW;
            let next = level.free.len().saturating_mul(level.free.len() / firsts.len().max(1));
            if too_large || (tried >= 2 && next > MOST_TRIED) || tried >= 3 {
                break;
            }
            firsts = level.free;
        }
        (!self.cancel.load(atomic::Ordering::Relaxed)).then(|| Suggestion { tried, ..found.clone() })
    }

    /// Every move after each of the sequences; `None` where it is given up.
    fn level(&self, firsts: &[Vec<Move>]) -> Option<Level> {
        let after = |first: &Vec<Move>| {
            let case = self.after(first)?;
            let rows = whatif::all_until(self.engine, &case, self.cancel)?;
            let free: Vec<Row> = rows.into_iter().filter(|row| self.is_free(&case, row.change)).collect();
            let meets = free.iter().filter(|row| self.target.is_met(&row.estimates));
            let best = meets.min_by(|a, b| self.compare(&a.estimates, &b.estimates)).copied();
            Some((best, free.iter().map(|row| row.change).collect::<Vec<Move>>()))
        };
        let levels: Vec<_> = firsts.par_iter().map(|first| (first, after(first))).collect();
        if self.cancel.load(atomic::Ordering::Relaxed) {
            return None;
        }
        let mut level = Level { meets: None, free: Vec::new() };
        let mut best: Option<Row> = None;
        for (first, after) in levels {
            let Some((meets, free)) = after else { continue };
            let with = |change| first.iter().copied().chain([change]).collect::<Vec<Move>>();
            if let Some(row) = meets
                && best.as_ref().is_none_or(|best| self.compare(&row.estimates, &best.estimates) == Ordering::Less)
            {
                level.meets = Some(with(row.change));
                best = Some(row);
            }
            level.free.extend(free.into_iter().map(with));
        }
        Some(level)
    }
}

/// What all moves after some others lead to.
struct Level {
    /// The best of those that meet the target.
    meets: Option<Vec<Move>>,
    /// All sequences.
    free: Vec<Vec<Move>>,
}

struct Search<'a> {
    engine: &'a Engine,
    case: &'a Case,
    target: &'a Target,
    locked: &'a [usize],
    /// Once it is set, no move is found any more, so that the search ends soon.
    cancel: &'a AtomicBool,
}

impl Search<'_> {
    fn all(&self, case: &Case) -> Vec<Row> {
        whatif::all_until(self.engine, case, self.cancel).unwrap_or_default()
    }

    /// The best of what several first moves lead to.
    fn run(&self, start: &Estimates) -> Vec<Move> {
        let ends: Vec<(Vec<Move>, Estimates)> = self
            .first_moves(start)
            .into_par_iter()
            .filter_map(|first| {
                let moves = self.improved(self.greedy(vec![first]));
                let end = whatif::now(self.engine, &self.after(&moves)?);
                Some((moves, end))
            })
            .collect();
        let better = |a: &(Vec<Move>, Estimates), b: &(Vec<Move>, Estimates)| {
            let (nearer, farther) = (self.is_nearer(&a.1, &b.1), self.is_nearer(&b.1, &a.1));
            farther.cmp(&nearer).then(a.0.len().cmp(&b.0.len())).then_with(|| self.compare(&a.1, &b.1))
        };
        let best = ends.into_iter().reduce(|a, b| if better(&b, &a) == Ordering::Less { b } else { a });
        best.map_or_else(Vec::new, |(moves, _)| moves)
    }

    /// The best moves of each kind that help at all.
    fn first_moves(&self, start: &Estimates) -> Vec<Move> {
        let weighted = self.case.rule.full.criteria.iter().any(|criterion| criterion.basis != Basis::Members);
        let (each, all) = match (weighted, self.case.voters.len() > FEW) {
            (false, _) => (STARTS, usize::MAX),
            (true, false) => (WEIGHTED_STARTS, usize::MAX),
            (true, true) => (WEIGHTED_STARTS, 1),
        };
        let mut rows: Vec<Row> = self
            .all(self.case)
            .into_iter()
            .filter(|row| self.is_free(self.case, row.change) && self.is_nearer(&row.estimates, start))
            .collect();
        rows.sort_by(|a, b| self.compare(&a.estimates, &b.estimates));
        let mut first: Vec<Move> = Vec::new();
        for row in rows {
            if first.iter().filter(|other| other.name() == row.change.name()).count() < each && first.len() < all {
                first.push(row.change);
            }
        }
        first
    }

    /// The case after some moves; `None` if one of them is no longer possible.
    fn after(&self, moves: &[Move]) -> Option<Case> {
        moves.iter().try_fold(self.case.clone(), |case, change| change.applied(&case))
    }

    /// Whether a move leaves locked seats alone.
    fn is_free(&self, case: &Case, change: Move) -> bool {
        let locked = |actor: usize| self.locked.contains(&actor);
        let unseats = matches!(change, Move::Convene(actor)
            if case.convenors().any(|convenor| convenor != actor && locked(convenor)));
        !locked(change.actor()) && !unseats
    }

    /// Which of two is nearer to the target: less is missing, then more legitimacy.
    fn compare(&self, one: &Estimates, other: &Estimates) -> Ordering {
        let (a, b) = (self.target.shortfall(one), self.target.shortfall(other));
        if (a - b).abs() > SAME {
            return a.total_cmp(&b);
        }
        let legitimacy = |of: &Estimates| of.get(&measures::LEGITIMACY).unwrap_or(f64::NEG_INFINITY);
        self.target.is_met(other).cmp(&self.target.is_met(one)).then(legitimacy(other).total_cmp(&legitimacy(one)))
    }

    /// The best single move from a case.
    fn best(&self, case: &Case) -> Option<Row> {
        self.all(case)
            .into_iter()
            .filter(|row| self.is_free(case, row.change))
            .min_by(|a, b| self.compare(&a.estimates, &b.estimates))
    }

    /// Whether one is nearer to the target than the other by more than a trifle: less is missing, or it is met at last.
    fn is_nearer(&self, one: &Estimates, other: &Estimates) -> bool {
        let gained = self.target.shortfall(other) - self.target.shortfall(one);
        gained > WORTH || (gained > -SAME && self.target.is_met(one) && !self.target.is_met(other))
    }

    /// The best move, again and again, until the target is met, no move helps, or there are enough.
    fn greedy(&self, mut moves: Vec<Move>) -> Vec<Move> {
        let Some(mut case) = self.after(&moves) else { return moves };
        let mut now = whatif::now(self.engine, &case);
        while moves.len() < MOST_MOVES && !self.target.is_met(&now) {
            let Some(best) = self.best(&case).filter(|best| self.is_nearer(&best.estimates, &now)) else { break };
            let Some(after) = best.change.applied(&case) else { break };
            (case, now) = (after, best.estimates);
            moves.push(best.change);
        }
        moves
    }

    /// Moves left out where the target is met without them, or replaced by better ones.
    fn improved(&self, mut moves: Vec<Move>) -> Vec<Move> {
        for _ in 0..ROUNDS {
            let before = moves.clone();
            let mut at = 0;
            while at < moves.len() {
                moves = self.swapped(moves, at);
                at += 1;
            }
            moves = self.greedy(moves);
            if moves == before {
                break;
            }
        }
        moves
    }

    /// The moves without one of them, or with another one in its place, if that is better.
    fn swapped(&self, moves: Vec<Move>, at: usize) -> Vec<Move> {
        let mut others = moves.clone();
        others.remove(at);
        let (Some(whole), Some(rest)) = (self.after(&moves), self.after(&others)) else { return moves };
        let now = whatif::now(self.engine, &whole);
        let without = whatif::now(self.engine, &rest);
        if !self.is_nearer(&now, &without) {
            return others;
        }
        match self.best(&rest) {
            Some(best) if self.is_nearer(&best.estimates, &now) => {
                others.push(best.change);
                others
            }
            _ => moves,
        }
    }
}
