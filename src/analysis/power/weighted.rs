//! Indices of one weighted criterion with whole weights, by generating functions.
//!
//! With every vote a yes with chance p, the distribution of the weight of the yes votes is built up one voter at a
//! time, in ascending order of weight so that the arrays stay short as long as possible. What a voter i adds is then
//! taken out again, for the few sums that are needed: with F the cumulated distribution of all and F₋ᵢ that of the
//! others, F(t) = (1 − p)·F₋ᵢ(t) + p·F₋ᵢ(t − w), so that for p ≤ ½
//!
//! F₋ᵢ(q − 1) − F₋ᵢ(q − 1 − w) = Σ_k (−r)^k · [F(q − 1 − k·w) − F(q − 1 − (k + 1)·w)] ÷ (1 − p), r = p/(1 − p) ≤ 1,
//!
//! the chance that i is decisive. Each cell of the distribution enters exactly once, with a factor of at most 2, so
//! rounding errors do not grow. For p > ½ all yes and no are exchanged, which asks for W − q + 1 instead of q. Where
//! the bound on rounding errors is too wide for a very light voter, its swings are summed from the distribution of the
//! others instead.
//!
//! Sources: Brams and Affuso 1976 (generating functions); Owen 1972 and 1975 (the Shapley value as an integral of
//! Banzhaf probabilities); the removal of one voter goes back to Uno 2012, “Efficient computation of power indices for
//! weighted majority games”.

use rayon::prelude::*;

use super::cumulated::Cumulated;
use super::quadrature::gauss_legendre;
use super::{ROUNDING, Raw, Swing};

/// Cells of the largest array: 128 MB.
pub const MOST_CELLS: u64 = 1 << 24;
/// Updates of cells in all.
const MOST_WORK: u64 = 40_000_000_000;
/// Bytes that all arrays together may take.
const MOST_BYTES: usize = 160 << 20;
/// Light voters whose swings may be summed one by one.
const MOST_DIRECT: usize = 12;

/// A game of one criterion: a coalition wins if all who hold a veto are in it and its weight reaches the quota.
#[derive(Clone, Debug, PartialEq)]
pub struct WeightedGame {
    /// One weight a voter.
    weights: Vec<u64>,
    /// The least weight that wins.
    quota: u64,
    veto: Vec<bool>,
    work: u64,
}

/// The total of weights that are too large for this method, and up to about which total it would do with these voters; `None` where
/// they are not too large.
pub(super) fn possible(weights: Vec<u64>, veto: Vec<bool>) -> Option<[u64; 2]> {
    let (sum, work) = WeightedGame { weights, quota: 0, veto, work: 0 }.size()?;
    if sum < MOST_CELLS && work <= MOST_WORK {
        return None;
    }
    // The work grows with the total.
    let scaled = u128::from(sum) * u128::from(MOST_WORK) / u128::from(work.max(1));
    let most = u64::try_from(scaled).unwrap_or(u64::MAX).min(MOST_CELLS - 1);
    // Two digits: it is about as much.
    let unit = 10_u64.pow(most.checked_ilog10().unwrap_or(0).saturating_sub(1));
    Some([sum, most / unit * unit])
}

impl WeightedGame {
    /// A game, if it is small enough for this method.
    pub fn new(weights: Vec<u64>, quota: u64, veto: Vec<bool>) -> Option<Self> {
        let mut game = Self { weights, quota, veto, work: 0 };
        let (sum, work) = game.size()?;
        game.work = work;
        let fits = sum < MOST_CELLS && work <= MOST_WORK;
        fits.then_some(game)
    }

    /// The total weight of those without a veto, and about how many updates of cells the indices need.
    fn size(&self) -> Option<(u64, u64)> {
        let (mut sum, mut work) = (0_u64, 0_u64);
        for (weight, _) in &self.free() {
            sum = sum.checked_add(*weight)?;
            work = work.saturating_add(sum);
        }
        Some((sum, work.saturating_mul(1 + self.veto.len() as u64 / 4)))
    }

    /// About how many updates of cells the indices need.
    pub fn work(&self) -> u64 {
        self.work
    }

    /// Those without a veto whose weight is not zero, in ascending order of weight, with their numbers.
    fn free(&self) -> Vec<(u64, usize)> {
        let mut free: Vec<(u64, usize)> = (0..self.weights.len())
            .filter(|at| !self.veto[*at] && self.weights[*at] > 0)
            .map(|at| (self.weights[at], at))
            .collect();
        free.sort_unstable();
        free
    }

    /// Absolute Banzhaf and, if asked for, Shapley–Shubik indices with bounds on their errors; `None` where a double
    /// cannot tell them precisely enough.
    pub fn indices(&self, with_shapley: bool) -> Option<Raw> {
        let plan = Plan::new(self);
        let (to_act, mut banzhaf) = plan.banzhaf();
        let mut shapley = with_shapley.then(|| plan.shapley());
        plan.refine(&mut banzhaf, shapley.as_mut())?;
        let spread = |of: &Totals| (0..self.weights.len()).map(|at| of.of(self, &plan, at)).collect();
        let shapley = shapley.as_ref().map(spread).unwrap_or_default();
        Some(Raw { to_act, banzhaf: spread(&banzhaf), shapley })
    }
}

/// The game of those without a veto.
struct Plan {
    /// Ascending, none zero.
    weights: Vec<usize>,
    /// The different ones.
    distinct: Vec<usize>,
    /// What the veto holders leave to be reached.
    quota: usize,
    /// What must be missing for a proposal to fail: W − quota + 1.
    blocks: usize,
    vetoes: i32,
    /// Voters with a weight or a veto: one more than the degree of the swings as polynomials in p.
    voters: usize,
}

/// Swings of each distinct weight, and of a veto holder.
#[derive(Clone)]
struct Totals {
    by_weight: Vec<Swing>,
    veto: Swing,
}

impl Totals {
    fn of(&self, game: &WeightedGame, plan: &Plan, at: usize) -> Swing {
        if game.veto[at] {
            return self.veto;
        }
        let weight = usize::try_from(game.weights[at]).unwrap_or(0);
        plan.distinct.binary_search(&weight).map_or(Swing::default(), |found| self.by_weight[found])
    }
}

impl Plan {
    fn new(game: &WeightedGame) -> Self {
        let whole = |weight: u64| usize::try_from(weight).unwrap_or(usize::MAX);
        let weights: Vec<usize> = game.free().into_iter().map(|(weight, _)| whole(weight)).collect();
        let held: u64 = game.weights.iter().zip(&game.veto).filter(|(_, veto)| **veto).map(|(weight, _)| weight).sum();
        let total: usize = weights.iter().sum();
        let quota = whole(game.quota.saturating_sub(held)).min(total + 1);
        let vetoes = game.veto.iter().filter(|veto| **veto).count();
        let mut distinct = weights.clone();
        distinct.dedup();
        Self {
            distinct,
            quota,
            blocks: total + 1 - quota,
            vetoes: i32::try_from(vetoes).unwrap_or(i32::MAX),
            voters: weights.len() + vetoes,
            weights,
        }
    }

    /// Bound on the relative error of a cell, and of a sum of cells.
    #[expect(clippy::cast_precision_loss, clippy::float_cmp, reason = "a count of voters; ½ is exact")]
    fn cell_error(&self, p: f64) -> f64 {
        // With p = ½ cells are counts of coalitions, exact up to 2^53.
        if p == 0.5 && self.weights.len() <= 53 { 0.0 } else { ROUNDING * (4 * self.weights.len() + 80) as f64 }
    }

    /// Power to act, and swings with every vote a coin flip.
    fn banzhaf(&self) -> (Swing, Totals) {
        // Yes and no are alike: the smaller of the two quotas does.
        let quota = self.quota.min(self.blocks);
        let spread = Distribution::new(&self.weights, 0.5, quota, Vec::new());
        let error = self.cell_error(0.5);
        let below = spread.up_to(quota, 1) / spread.scale;
        let (reached, reached_error) =
            if quota < self.quota { (below, error * below) } else { (1.0 - below, error * (1.0 + below)) };
        let all = 0.5_f64.powi(self.vetoes);
        let by_weight = self.distinct.iter().map(|weight| spread.swing(*weight, quota, error).times(all)).collect();
        let veto = Swing { value: reached, error: reached_error }.times(2.0 * all);
        (Swing { value: reached, error: reached_error }.times(all), Totals { by_weight, veto })
    }

    /// ∫ swings dp.
    fn shapley(&self) -> Totals {
        self.integrate(|plan, p, buffer| {
            let longest = plan.quota.max(plan.blocks);
            let spread = Distribution::new(&plan.weights, p, longest, buffer);
            let error = plan.cell_error(p);
            let at = |quota: usize, p: f64, reached: f64| {
                let rest = p.powi(plan.vetoes);
                let swing = |weight: &usize| spread.swing(*weight, quota, error).times(rest);
                let veto = Swing { value: reached, error }.times(p.powi(plan.vetoes - 1));
                Totals { by_weight: plan.distinct.iter().map(swing).collect(), veto }
            };
            let likely = at(plan.quota, p, 1.0 - spread.up_to(plan.quota, 1) / spread.scale);
            let unlikely = at(plan.blocks, 1.0 - p, spread.up_to(plan.blocks, 1) / spread.scale);
            (likely, unlikely, spread.cells.cells)
        })
    }

    /// Sums what is found at p and at 1 − p over the nodes; every node p ≤ ½ is visited once.
    fn integrate(&self, at: impl Fn(&Self, f64, Vec<f64>) -> (Totals, Totals, Vec<f64>) + Sync) -> Totals {
        let rule = gauss_legendre(self.voters.div_ceil(2));
        let lower: Vec<(f64, f64)> = rule.into_iter().filter(|(node, _)| *node <= 0.0).collect();
        let bytes = 8 * self.quota.max(self.blocks).max(1);
        let groups = rayon::current_num_threads().min(MOST_BYTES / bytes).clamp(1, lower.len().max(1));
        let found: Vec<Vec<Totals>> = lower
            .par_chunks(lower.len().div_ceil(groups).max(1))
            .map(|nodes| {
                let mut buffer = Vec::new();
                let mut sums = Vec::with_capacity(nodes.len());
                for (node, weight) in nodes {
                    let (here, mirrored, used) = at(self, 0.5 + 0.5 * node, std::mem::take(&mut buffer));
                    buffer = used;
                    // On [0, 1] weights are half of those on [−1, 1]; the middle is its own mirror.
                    let share = if *node == 0.0 { 0.25 } else { 0.5 } * weight;
                    sums.push(here.plus(&mirrored).times(share));
                }
                sums
            })
            .collect();
        let zero = Totals { by_weight: vec![Swing::default(); self.distinct.len()], veto: Swing::default() };
        found.into_iter().flatten().fold(zero, |sum, next| sum.plus(&next))
    }

    /// Sums the swings of those too light for the quick way from the distribution of the others.
    fn refine(&self, banzhaf: &mut Totals, mut shapley: Option<&mut Totals>) -> Option<()> {
        let precise = |totals: &Totals, at: usize| totals.by_weight[at].is_precise();
        let light: Vec<usize> = (0..self.distinct.len())
            .filter(|at| !precise(banzhaf, *at) || shapley.as_ref().is_some_and(|totals| !precise(totals, *at)))
            .collect();
        if light.len() > MOST_DIRECT {
            return None;
        }
        for at in light {
            let weight = self.distinct[at];
            let mut others = self.weights.clone();
            others.remove(others.binary_search(&weight).ok()?);
            let direct = |spread: &Distribution, quota: usize| {
                let value = spread.between(quota.saturating_sub(weight), quota) / spread.scale;
                Swing { value, error: value * (self.cell_error(0.0) + ROUNDING * 16_384.0) }
            };
            let quota = self.quota.min(self.blocks);
            let half = Distribution::new(&others, 0.5, quota, Vec::new());
            banzhaf.by_weight[at] = direct(&half, quota).times(0.5_f64.powi(self.vetoes));
            let Some(shapley) = &mut shapley else { continue };
            let only = |swing: Swing| Totals { by_weight: vec![swing], veto: Swing::default() };
            let found = self.integrate(|plan, p, buffer| {
                let spread = Distribution::new(&others, p, plan.quota.max(plan.blocks), buffer);
                let here = direct(&spread, plan.quota).times(p.powi(plan.vetoes));
                let mirrored = direct(&spread, plan.blocks).times((1.0 - p).powi(plan.vetoes));
                (only(here), only(mirrored), spread.cells.cells)
            });
            shapley.by_weight[at] = *found.by_weight.first()?;
        }
        Some(())
    }
}

impl Totals {
    fn plus(mut self, other: &Self) -> Self {
        for (sum, next) in self.by_weight.iter_mut().zip(&other.by_weight) {
            *sum = sum.plus(*next);
        }
        Self { veto: self.veto.plus(other.veto), ..self }
    }

    fn times(mut self, factor: f64) -> Self {
        for swing in &mut self.by_weight {
            *swing = swing.times(factor);
        }
        Self { veto: self.veto.times(factor), ..self }
    }
}

/// The distribution of the weight of the yes votes below a limit, times a common factor.
struct Distribution {
    cells: Cumulated,
    p: f64,
    /// (1 − p)^−n: what the cells must be divided by.
    scale: f64,
}

impl Distribution {
    /// `weights` ascend; `cells` is room from an earlier call.
    fn new(weights: &[usize], p: f64, limit: usize, mut cells: Vec<f64>) -> Self {
        let ratio = p / (1.0 - p);
        cells.clear();
        cells.resize(limit.max(1), 0.0);
        cells[0] = 1.0;
        let mut length = 1;
        for weight in weights {
            length = (length + weight).min(cells.len());
            add_shifted(&mut cells[..length], *weight, ratio);
        }
        let count = i32::try_from(weights.len()).unwrap_or(i32::MAX);
        let scale = (1.0 - p).recip().powi(count);
        Self { cells: Cumulated::new(cells), p, scale }
    }

    /// The sum of the cells below `end` − `step` + 1, that is up to `end` − `step`; 0 where that is negative.
    fn up_to(&self, end: usize, step: usize) -> f64 {
        end.checked_sub(step).map_or(0.0, |last| self.cells.through(last))
    }

    /// The sum of the cells from `from` to before `to`.
    fn between(&self, from: usize, to: usize) -> f64 {
        if to - from <= 4096 {
            self.cells.cells[from..to].iter().sum()
        } else {
            self.up_to(to, 1) - self.up_to(from, 1)
        }
    }

    /// The chance that a voter of the game is decisive at a quota. `error` bounds the relative error of a cell.
    fn swing(&self, weight: usize, quota: usize, error: f64) -> Swing {
        let ratio = self.p / (1.0 - self.p);
        let (mut value, mut size, mut ends) = (0.0, 0.0, 0.0);
        let (mut factor, mut sign) = (1.0, 1.0);
        let (mut upper, mut step) = (self.up_to(quota, 1), 1);
        while upper * factor > 0.0 {
            step += weight;
            let lower = self.up_to(quota, step);
            value += sign * factor * (upper - lower);
            size += factor * (upper - lower);
            ends += factor * upper;
            upper = lower;
            factor *= ratio;
            sign = -sign;
        }
        let scale = self.scale * (1.0 - self.p);
        let differences = if error > 0.0 { 4.0 * ROUNDING * ends } else { 0.0 };
        Swing { value: value / scale, error: (error * size + differences) / scale }
    }
}

/// cells[t] += ratio · cells[t − by], all at once.
fn add_shifted(cells: &mut [f64], by: usize, ratio: f64) {
    let mut end = cells.len();
    while end > by {
        // From the top, in blocks that do not overlap with what they are fed from.
        let start = end.saturating_sub(by).max(by);
        let (below, above) = cells.split_at_mut(start);
        for (cell, from) in above[..end - start].iter_mut().zip(&below[start - by..end - by]) {
            *cell += ratio * from;
        }
        end = start;
    }
}
