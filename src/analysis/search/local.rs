//! The best that is found where there are too many designs: many starts, each bettered by changes of one seat.

use rand::rngs::ChaCha8Rng;
use rand::{RngExt as _, SeedableRng as _};
use rayon::prelude::*;

use super::exact::{design, fixed, values};
use super::front::Front;
use super::weigh::{Values, Weigher};

/// Into how many parts the work is cut; it does not depend on the machine, so that neither does the answer.
const STREAMS: u64 = 32;
/// After how many changes in vain it starts anew.
const IN_VAIN: usize = 60;

/// The front of what was found among so many designs.
pub(super) fn front(weigher: &Weigher<'_>, designs: u64, seed: u64) -> Front {
    let each = designs.div_ceil(STREAMS);
    (0..STREAMS)
        .into_par_iter()
        .map(|stream| of_stream(weigher, each, ChaCha8Rng::seed_from_u64(seed.wrapping_add(stream << 32))))
        .reduce(Front::default, |mut one, other| {
            one.merge(other);
            one
        })
}

/// A design that is to be bettered: the members beyond those in any case, by place among the candidates.
#[derive(Clone)]
struct State {
    convenor: Option<usize>,
    chosen: Vec<usize>,
}

fn of_stream(weigher: &Weigher<'_>, designs: u64, mut rng: ChaCha8Rng) -> Front {
    let mut front = Front::default();
    let mut left = designs;
    while left > 0 {
        let Some(mut state) = start(weigher, &mut rng) else { return front };
        let weights: Vec<f64> = weigher.search.objectives.iter().map(|_| rng.random_range(0.05..1.0)).collect();
        let mut score = weigh(weigher, &state, &weights, &mut front);
        left -= 1;
        let mut in_vain = 0;
        while left > 0 && in_vain < IN_VAIN {
            if !weigher.count(1) {
                return front;
            }
            let next = changed(weigher, &state, &mut rng);
            let found = weigh(weigher, &next, &weights, &mut front);
            left -= 1;
            if found > score {
                (state, score, in_vain) = (next, found, 0);
            } else {
                in_vain += 1;
            }
        }
        weigher.count(1);
    }
    front
}

/// How many members may be chosen beside those in any case.
fn room(weigher: &Weigher<'_>, convenor: Option<usize>) -> Option<[usize; 2]> {
    let search = weigher.search;
    let (n, free) = (fixed(search, convenor).len(), search.free(convenor).len());
    let [least, most] = search.size;
    let (low, high) = (least.saturating_sub(n), most.checked_sub(n)?.min(free));
    (low <= high && n + high > 0).then_some([low, high])
}

fn start(weigher: &Weigher<'_>, rng: &mut ChaCha8Rng) -> Option<State> {
    let convenors = &weigher.search.convenors;
    let able: Vec<Option<usize>> =
        convenors.iter().copied().filter(|convenor| room(weigher, *convenor).is_some()).collect();
    let convenor = *able.get(rng.random_range(0..able.len().max(1)))?;
    let [low, high] = room(weigher, convenor)?;
    let wanted = rng.random_range(low..=high);
    let free = weigher.search.free(convenor);
    let mut chosen = Vec::with_capacity(wanted);
    while chosen.len() < wanted {
        let actor = free[rng.random_range(0..free.len())];
        if !chosen.contains(&actor) {
            chosen.push(actor);
        }
    }
    Some(State { convenor, chosen })
}

/// One seat changed: somebody in place of another, one more, one less, or another convenor.
fn changed(weigher: &Weigher<'_>, state: &State, rng: &mut ChaCha8Rng) -> State {
    let mut next = state.clone();
    let convenors = &weigher.search.convenors;
    if convenors.len() > 1 && rng.random_bool(0.25) {
        let convenor = convenors[rng.random_range(0..convenors.len())];
        next.chosen.retain(|actor| Some(*actor) != convenor);
        let fits = room(weigher, convenor).is_some_and(|[low, high]| (low..=high).contains(&next.chosen.len()));
        return if fits { State { convenor, ..next } } else { state.clone() };
    }
    let Some([low, high]) = room(weigher, state.convenor) else { return next };
    let free = weigher.search.free(state.convenor);
    let outside: Vec<usize> = free.into_iter().filter(|actor| !next.chosen.contains(actor)).collect();
    let n = next.chosen.len();
    let (adds, removes) = (n < high && !outside.is_empty(), n > low && n > 0);
    match rng.random_range(0..4) {
        0 if adds => next.chosen.push(outside[rng.random_range(0..outside.len())]),
        1 if removes => {
            next.chosen.swap_remove(rng.random_range(0..n));
        }
        _ if n > 0 && !outside.is_empty() => {
            let place = rng.random_range(0..n);
            next.chosen[place] = outside[rng.random_range(0..outside.len())];
        }
        _ => {}
    }
    next
}

/// How good a design is by weights of the objectives; it is offered to the front.
fn weigh(weigher: &Weigher<'_>, state: &State, weights: &[f64], front: &mut Front) -> f64 {
    let mut chosen = state.chosen.clone();
    chosen.sort_unstable();
    let mut members = fixed(weigher.search, state.convenor);
    members.extend(chosen);
    let values: Values = values(weigher, &members, state.convenor);
    weigher.offer(front, &values, || design(&members, state.convenor));
    let score =
        weigher.search.objectives.iter().zip(weights).map(|(objective, weight)| {
            values[*objective as usize].map_or(-1e6, |value| weight * objective.more(value))
        });
    score.sum::<f64>() - 10.0 * weigher.gap(&values)
}
