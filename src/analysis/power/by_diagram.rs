//! Indices of any rule, through its decision diagram.

use super::quadrature::gauss_legendre;
use super::{ROUNDING, Raw, Swing};
use crate::analysis::diagram::{Diagram, LANES, Lanes, Scratch, TooLarge};
use crate::analysis::game::{Game, Resolution};

/// Nodes of all diagrams together that may be built for voters one by one.
const MOST_DIRECT: usize = 40_000_000;

/// Absolute Banzhaf and, if asked for, Shapley–Shubik indices with bounds on their errors.
///
/// A swing is the difference of two chances to pass. Where these are so close that little is left of it, the diagram is
/// built again with that voter asked last, which needs no difference.
///
/// # Errors
/// The diagram would need more than `most` nodes.
pub fn indices(game: &Game, with_shapley: bool, most: usize) -> Result<Raw, TooLarge> {
    let diagram = Diagram::build(game, Resolution::Exact, most)?;
    let mut raw = through(&diagram, game, with_shapley);
    let light: Vec<usize> = (0..game.n).filter(|voter| !raw.tells(*voter)).collect();
    if light.len() * diagram.nodes() <= MOST_DIRECT {
        for voter in light {
            let last = through(&Diagram::asking_last(game, voter, most)?, game, with_shapley);
            raw.banzhaf[voter] = last.banzhaf[voter];
            if with_shapley {
                raw.shapley[voter] = last.shapley[voter];
            }
        }
    }
    Ok(raw)
}

fn through(diagram: &Diagram, game: &Game, with_shapley: bool) -> Raw {
    let mut raw = Raw {
        to_act: Swing::default(),
        banzhaf: vec![Swing::default(); game.n],
        shapley: if with_shapley { vec![Swing::default(); game.n] } else { Vec::new() },
    };
    // The chance of a yes, and what it counts in the integral; the first is the coin flip of Banzhaf.
    let mut points = vec![(0.5, 0.0)];
    if with_shapley {
        let rule = gauss_legendre(game.n.div_ceil(2));
        points.extend(rule.iter().map(|(node, weight)| (0.5 + 0.5 * node, 0.5 * weight)));
    }
    let mut scratch = Scratch::default();
    for (round, points) in points.chunks(LANES).enumerate() {
        let mut p = [0.5; LANES];
        let mut weight = [0.0; LANES];
        for (lane, point) in points.iter().enumerate() {
            (p[lane], weight[lane]) = *point;
        }
        let yes = vec![p; game.n];
        let stay: Vec<Lanes> = game.veto.iter().map(|veto| p.map(|p| if *veto { 0.0 } else { 1.0 - p })).collect();
        let mut found: Vec<[Swing; LANES]> = vec![[Swing::default(); LANES]; game.n];
        let passes = diagram.swings(&yes, &stay, &mut scratch, |voter, swing, size| {
            for lane in 0..LANES {
                found[voter][lane] = Swing { value: swing[lane], error: error(game.n, p[lane]) * size[lane] };
            }
        });
        for (voter, swings) in found.iter_mut().enumerate() {
            for lane in 0..LANES {
                if game.veto[voter] {
                    // Without its yes nothing passes.
                    let value = passes[lane] / p[lane];
                    swings[lane] = Swing { value, error: error(game.n, p[lane]) * value };
                }
                if let Some(sum) = raw.shapley.get_mut(voter) {
                    *sum = sum.plus(swings[lane].times(weight[lane]));
                }
            }
            if round == 0 {
                raw.banzhaf[voter] = swings[0];
            }
        }
        if round == 0 {
            raw.to_act = Swing { value: passes[0], error: error(game.n, 0.5) * passes[0] };
        }
    }
    raw
}

/// Bound on the relative error of a sum over all levels. With p = ½ all figures are multiples of 2^−n.
#[expect(clippy::cast_precision_loss, clippy::float_cmp, reason = "a count of voters; ½ is exact")]
fn error(n: usize, p: f64) -> f64 {
    if p == 0.5 && n <= 53 { 0.0 } else { ROUNDING * (6 * n + 8) as f64 }
}
