//! Who could go, and who could convene instead.

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::{Estimates, Move, Row, Voted, now_within};
use crate::analysis::case::Case;
use crate::analysis::diagram::joint::{self, Chances, Room, Tabling};
use crate::analysis::diagram::{Diagram, LANES};
use crate::analysis::engine::Engine;
use crate::analysis::game::{Game, Resolution};
use crate::analysis::measures;
use crate::analysis::turnout::Turnout;
use crate::analysis::undefined::{Defined, Undefined};
use crate::analysis::view::View;
use crate::model::Basis;

/// Nodes that the diagram for all members may have; beyond, each case is computed by itself.
const MOST_NODES: usize = 1_500_000;

/// The measures after every voting member in turn has left; convenors and veto holders among them. `None` if `cancel` was set
/// before the end.
pub fn removals_until(engine: &Engine, case: &Case, cancel: &AtomicBool) -> Option<Vec<Row>> {
    let counted = case.rule.full.criteria.iter().all(|criterion| criterion.basis == Basis::Members);
    let quick = counted && !case.settings.a_priori && case.voters.len() > 1;
    let found = if quick { without_each(engine, case).ok() } else { None };
    let finest = measures::UNITS[0];
    let now = (!counted).then(|| now_within(engine, case, finest));
    let facts = engine.facts_of(case);
    let row = |at: usize| {
        let view = View::silent(&facts);
        if cancel.load(Ordering::Relaxed) {
            return None;
        }
        let change = Move::Remove(case.voters[at].actor);
        let after = change.applied(case)?;
        // Where the only convenor goes, every member tables.
        let (estimates, units) = match &found {
            Some(found) if after.is_convened() == case.is_convened() => {
                (Estimates::from_votes(engine, &view, &after, found[at]), None)
            }
            _ => now_within(engine, &after, now.and_then(|(_, units)| units).unwrap_or(finest)),
        };
        Some(Row { change, estimates, units, before: now.filter(|_| units.is_some()).map(|(now, _)| now) })
    };
    let rows: Vec<Row> = (0..case.voters.len()).into_par_iter().filter_map(row).collect();
    (!cancel.load(Ordering::Relaxed)).then_some(rows)
}

/// For rules on members: what follows from the votes without each voter, all in one pass.
fn without_each(engine: &Engine, case: &Case) -> Defined<Vec<Defined<Voted>>> {
    let rule = &case.rule.full;
    let n = case.voters.len();
    // The rule of one member less, asked of all: who is left out stays out of the way of the others.
    let smaller = Game::of_rule(rule, n - 1, |_, _| 1.0, |_| false)?;
    let one_more = |mut turnout: Turnout| {
        turnout.weights.push(1.0);
        turnout
    };
    let turnouts = smaller.turnouts.iter().cloned().map(one_more).collect();
    let game = Game {
        n,
        turnouts,
        veto: (0..n).map(|voter| measures::holds_veto(&engine.atlas, case, voter)).collect(),
        ..smaller
    };
    let diagram = Diagram::build(&game, Resolution::Exact, MOST_NODES).map_err(|_| Undefined::TooLarge)?;
    let agenda = engine.agenda_of(case);
    let tabling = Tabling::new(case, &agenda)?;
    let mut sums = vec![[[0.0; LANES]; 2]; n];
    let (mut chances, mut room) = (Chances::default(), Room::default());
    for from in (0..agenda.columns()).step_by(LANES) {
        tabling.fill(&game.veto, &diagram, from, &mut chances);
        joint::fill(&diagram, &chances, &mut room);
        joint::derivatives(&diagram, diagram.roots[0], &chances, &mut room, |voter, [_, without, _]| {
            for part in 0..2 {
                for lane in 0..LANES {
                    sums[voter][part][lane] += without[part + 1][lane];
                }
            }
        });
    }
    let voted = sums.iter().enumerate().map(|(at, sums)| {
        let [passed, reached] = sums.map(|lanes| lanes.iter().sum());
        Voted::mean(passed, reached, tabling.count - usize::from(tabling.tables(at)))
    });
    Ok(voted.collect())
}

/// The measures if each voting member in turn convened, and nobody else did. The only convenor there is is left out.
#[must_use]
pub fn convenors(engine: &Engine, case: &Case) -> Vec<Row> {
    let mut open = case.clone();
    for voter in &mut open.voters {
        voter.convenor = false;
    }
    let facts = engine.facts_of(case);
    let view = View::silent(&facts);
    let game = measures::game_of(&engine.atlas, &view, &open);
    let power = game.and_then(|game| measures::Power::coarser(game, measures::UNITS[0]));
    let units = power.as_ref().ok().and_then(measures::Power::units);
    let deadlock = power.and_then(|power| measures::deadlock_with(&power, &open, &engine.agenda_of(case)));
    let before = units.map(|units| now_within(engine, case, units).0);
    let only = |actor: usize| case.convenors().eq([actor]);
    let row = |actor: usize| {
        let change = Move::Convene(actor);
        let after = change.applied(case)?;
        let voted = deadlock.as_ref().map_err(|reason| *reason).and_then(|found| {
            if case.settings.a_priori {
                return Ok(Voted { single: found.single / 100.0, reach: 0.0 });
            }
            let part = found.parts.iter().find(|part| part.actor == actor).ok_or(Undefined::NothingTabled)?;
            Ok(Voted { single: part.deadlock, reach: part.reach })
        });
        // Where all would table nothing, so would one.
        Some(Row { change, estimates: Estimates::from_votes(engine, &view, &after, voted), units, before })
    };
    case.actors().filter(|actor| !only(*actor)).filter_map(row).collect()
}
