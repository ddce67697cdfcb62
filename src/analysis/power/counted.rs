//! Indices of one weighted criterion with whole weights beside a number of members, such as the amendment of the Articles
//! of the Monetary Fund (three fifths of the members with 85 % of the votes), by generating functions.
//!
//! A proposal passes as long as those who are missing, the set T of those who do not vote yes, are few and light enough: at
//! most M members with a weight of at most B. One table holds how many sets of s members have the weight t, for s ≤ M and
//! t ≤ B, and is built up one voter at a time, in ascending order of weight, so that it stays small as long as possible.
//! What a voter i of weight w adds is taken out again for the few sums that are needed: with A(s, x) the number of sets of s
//! members of at most the weight x and A₋ᵢ that of the sets without i, A(s, x) = A₋ᵢ(s, x) + A₋ᵢ(s − 1, x − w), so that
//!
//! A₋ᵢ(s, x) = Σ_k (−1)^k · A(s − k, x − k·w).
//!
//! Voter i decides if T passes without its vote and not with it in T: where M are missing already, or where the weight of T
//! lies in (B − w, B]. These numbers by size give the Banzhaf index, which counts all sizes alike, as well as the
//! Shapley–Shubik index, which counts s missing ones s!·(n − 1 − s)!/n!, so that no integral is needed. Below a blocking
//! minority the weight does not matter, and binomial coefficients take the place of A.

use rayon::prelude::*;

use super::cumulated::Cumulated;
use super::{ROUNDING, Raw, Swing};

/// Cells of the table: 512 MB.
pub const MOST_CELLS: u64 = 1 << 26;
/// Updates of cells in all.
const MOST_WORK: u64 = 6_000_000_000;
/// Cells that one thread updates at a time.
const TOGETHER: usize = 1 << 15;

/// A game of one criterion beside a number of members: a coalition wins if all who hold a veto are in it, it has enough
/// members, and its weight reaches the quota, unless so few are missing that the weight is waived.
#[derive(Clone, Debug, PartialEq)]
pub struct CountedGame {
    veto: Vec<bool>,
    weights: Vec<usize>,
    /// The numbers of those without a veto, lightest first.
    free: Vec<usize>,
    /// By number of voters: the weight of so many of the lightest of these.
    lightest: Vec<usize>,
    /// How many of them may be missing.
    most_missing: usize,
    /// How many may be missing whatever they weigh.
    waived: Option<usize>,
    /// How much weight may be missing; `None` where the quota is out of reach.
    spare: Option<usize>,
    work: u64,
}

impl CountedGame {
    /// A game of `weights` with a quota and a least number of yes votes, weights waived from a number of yes votes on; `None`
    /// if nothing ever passes or the table would be too large.
    pub fn new(
        weights: &[u64],
        quota: u64,
        least_yes: usize,
        waived_from: Option<usize>,
        veto: Vec<bool>,
    ) -> Option<Self> {
        let weights: Vec<usize> = weights.iter().map(|weight| usize::try_from(*weight).ok()).collect::<Option<_>>()?;
        let n = weights.len();
        let mut free: Vec<usize> = (0..n).filter(|at| !veto[*at]).collect();
        free.sort_by_key(|at| weights[*at]);
        let mut lightest = vec![0_usize];
        for at in &free {
            lightest.push(lightest.last()?.checked_add(weights[*at])?);
        }
        let total = weights.iter().try_fold(0_usize, |sum, weight| sum.checked_add(*weight))?;
        let most_missing = n.checked_sub(least_yes)?.min(free.len());
        let waived = waived_from.and_then(|from| n.checked_sub(from)).map(|waived| waived.min(most_missing));
        let spare = usize::try_from(quota).ok().and_then(|quota| total.checked_sub(quota));
        let mut game = Self { veto, weights, free, lightest, most_missing, waived, spare, work: 0 };
        let (cells, work) = game.size()?;
        game.work = work;
        (cells <= MOST_CELLS && work <= MOST_WORK).then_some(game)
    }

    /// About how many updates of cells the indices need.
    pub fn work(&self) -> u64 {
        self.work
    }

    /// The first and the last weight of a set of `size` of the `among` lightest that fits in the table; `None` if none does.
    fn window(&self, size: usize, among: usize) -> Option<(usize, usize)> {
        let heaviest = self.lightest[among] - self.lightest[among.checked_sub(size)?];
        let (least, most) = (self.lightest[size], heaviest.min(self.spare?));
        (least <= most).then_some((least, most))
    }

    /// Cells of the table, and updates.
    fn size(&self) -> Option<(u64, u64)> {
        let length = |size: usize, among: usize| {
            let length = self.window(size, among).map_or(0, |(least, most)| most - least + 1);
            u64::try_from(length).ok()
        };
        let (mut cells, mut work) = (0_u64, 0_u64);
        for size in 0..=self.most_missing {
            cells = cells.checked_add(length(size, self.free.len())?)?;
            for among in size.max(1)..=self.free.len() {
                work = work.checked_add(length(size, among)?)?;
            }
        }
        Some((cells, work))
    }

    /// Absolute Banzhaf and Shapley–Shubik indices with bounds on their errors.
    pub fn indices(&self) -> Raw {
        let table = Table::new(self);
        let sums = Sums::new(self.weights.len());
        let winning: Vec<Swing> = (0..=self.most_missing).map(|size| table.passing(size, None, false)).collect();
        let of_veto = sums.of(&winning);
        let mut distinct: Vec<usize> = self.free.iter().map(|at| self.weights[*at]).collect();
        distinct.dedup();
        let by_weight: Vec<[Swing; 2]> = distinct
            .iter()
            .map(|weight| {
                let found = sums.of(&table.swings(*weight, false));
                let tells = found.iter().all(|swing| swing.is_precise());
                // Little is left of the differences: cell by cell then.
                if tells { found } else { sums.of(&table.swings(*weight, true)) }
            })
            .collect();
        let of = |at: usize| match distinct.binary_search(&self.weights[at]) {
            Ok(found) if !self.veto[at] => by_weight[found],
            _ => of_veto,
        };
        let [banzhaf, shapley] = [0, 1].map(|index| (0..self.weights.len()).map(|at| of(at)[index]).collect());
        // Banzhaf indices are shares in the coalitions of the others, which are half of all.
        Raw { to_act: of_veto[0].times(0.5), banzhaf, shapley }
    }
}

/// From numbers of coalitions by the number of those missing to indices.
struct Sums {
    /// 2^(1 − n).
    each: f64,
    /// The share of the orders of all voters in which a given one comes right before so many.
    orders: Vec<f64>,
}

impl Sums {
    #[expect(clippy::cast_precision_loss, reason = "a count of voters")]
    fn new(n: usize) -> Self {
        let mut orders = vec![1.0 / n as f64];
        for missing in 1..n {
            orders.push(orders[missing - 1] * (missing as f64 / (n - missing) as f64));
        }
        Self { each: 2.0 * 0.5_f64.powi(i32::try_from(n).unwrap_or(i32::MAX)), orders }
    }

    /// The absolute Banzhaf and the Shapley–Shubik index of who decides so often.
    fn of(&self, by_size: &[Swing]) -> [Swing; 2] {
        let all = by_size.iter().fold(Swing::default(), |sum, next| sum.plus(*next));
        let weighted = by_size.iter().zip(&self.orders).map(|(swings, share)| swings.times(*share));
        let orders = weighted.fold(Swing::default(), Swing::plus);
        // The shares are rounded, and so is the sum.
        let rounded = orders.value * rounding(4 * self.orders.len());
        [all.times(self.each), Swing { error: orders.error + rounded, ..orders }]
    }
}

/// How many sets of missing voters have which weight, by their size.
struct Table<'a> {
    game: &'a CountedGame,
    /// By size; the first cell is that of the least weight of so many.
    rows: Vec<Cumulated>,
    /// Of all voters without a veto, and of all but one: how many sets there are, by their size.
    sets: [Vec<f64>; 2],
    /// Bound on the relative error of a cell.
    error: f64,
}

impl<'a> Table<'a> {
    fn new(game: &'a CountedGame) -> Self {
        let all = game.free.len();
        let mut rows: Vec<Vec<f64>> = (0..=game.most_missing)
            .map(|size| vec![0.0; game.window(size, all).map_or(0, |(least, most)| most - least + 1)])
            .collect();
        if let Some(nobody) = rows[0].first_mut() {
            *nobody = 1.0;
        }
        for (at, voter) in game.free.iter().enumerate() {
            for size in (1..=game.most_missing.min(at + 1)).rev() {
                add_voter(game, &mut rows, size, at, game.weights[*voter]);
            }
        }
        // Cells are numbers of sets, exact up to 2^53.
        let error = if all <= 53 { 0.0 } else { rounding(4 * all + 80) };
        let sets = [sets_of(all), sets_of(all.saturating_sub(1))];
        Self { game, rows: rows.into_iter().map(Cumulated::new).collect(), sets, error }
    }

    /// How many sets of `size` missing voters have at most the weight `most`.
    fn up_to(&self, size: usize, most: usize) -> f64 {
        let row = &self.rows[size];
        match most.checked_sub(self.game.lightest[size]) {
            Some(last) if !row.cells.is_empty() => row.through(last.min(row.cells.len() - 1)),
            _ => 0.0,
        }
    }

    /// The same, but summed cell by cell above the weight `above`.
    fn between(&self, size: usize, above: usize, most: usize) -> f64 {
        let (cells, least) = (&self.rows[size].cells, self.game.lightest[size]);
        let place = |weight: usize| (weight + 1).saturating_sub(least).min(cells.len());
        cells[place(above)..place(most)].iter().sum()
    }

    /// How many sets of `size` missing voters, without one of the weight `without` if there is any, have a weight above `above`
    /// if there is any and at most `most`; without differences of large sums where `one_by_one`.
    fn count(&self, size: usize, [above, most]: [Option<usize>; 2], without: Option<usize>, one_by_one: bool) -> Swing {
        let (mut value, mut spread, mut ends, mut sign) = (0.0, 0.0, 0.0, 1.0);
        let most_taken = if without.is_some() { size } else { 0 };
        for taken in 0..=most_taken {
            let left = |bound: Option<usize>| bound?.checked_sub(taken * without.unwrap_or(0));
            let Some(most) = left(most) else { break };
            let rest = size - taken;
            let sets = match left(above) {
                None => self.up_to(rest, most),
                Some(above) if one_by_one => self.between(rest, above, most),
                Some(above) => {
                    let upper = self.up_to(rest, most);
                    ends += upper;
                    upper - self.up_to(rest, above)
                }
            };
            value += sign * sets;
            spread += sets;
            sign = -sign;
        }
        let differences = if self.error > 0.0 { 4.0 * ROUNDING * ends } else { 0.0 };
        Swing { value, error: self.error * spread + differences }
    }

    /// How many sets of `size` missing voters, without one of the weight `without` if there is any, leave enough.
    fn passing(&self, size: usize, without: Option<usize>, one_by_one: bool) -> Swing {
        if self.game.waived.is_some_and(|waived| size <= waived) {
            return self.sets(size, without);
        }
        self.count(size, [None, self.game.spare], without, one_by_one)
    }

    /// All sets of `size` voters without a veto, without one of them if `without` is any.
    fn sets(&self, size: usize, without: Option<usize>) -> Swing {
        let value = self.sets[usize::from(without.is_some())].get(size).copied().unwrap_or(0.0);
        Swing { value, error: value * self.error }
    }

    /// How many sets of missing voters a voter of a weight decides on, by their size.
    fn swings(&self, weight: usize, one_by_one: bool) -> Vec<Swing> {
        let (without, spare) = (Some(weight), self.game.spare);
        let still = spare.and_then(|spare| spare.checked_sub(weight));
        let by_size = |size: usize| {
            if size == self.game.most_missing {
                return self.passing(size, without, one_by_one);
            }
            match self.game.waived {
                // With it they are still few enough that the weight does not matter.
                Some(waived) if size < waived => Swing::default(),
                Some(waived) if size == waived => {
                    let (all, still) = (self.sets(size, without), self.count(size, [None, still], without, one_by_one));
                    Swing { value: all.value - still.value, error: all.error + still.error }
                }
                _ if weight == 0 => Swing::default(),
                _ => self.count(size, [still, spare], without, one_by_one),
            }
        };
        (0..=self.game.most_missing).map(by_size).collect()
    }
}

/// Adds the sets of `size` that the voter number `at` of those without a veto makes with `size` − 1 lighter ones.
fn add_voter(game: &CountedGame, rows: &mut [Vec<f64>], size: usize, at: usize, weight: usize) {
    let Some((before, _)) = game.window(size - 1, at) else { return };
    let Some((least, most)) = game.window(size, at + 1) else { return };
    let first = least.max(before + weight);
    if first > most {
        return;
    }
    let (smaller, here) = rows.split_at_mut(size);
    let here = &mut here[0][first - least..=most - least];
    let from = &smaller[size - 1][first - weight - before..=most - weight - before];
    here.par_chunks_mut(TOGETHER).zip(from.par_chunks(TOGETHER)).for_each(|(here, from)| {
        for (cell, more) in here.iter_mut().zip(from) {
            *cell += more;
        }
    });
}

/// How many sets there are of `n`, by their size.
fn sets_of(n: usize) -> Vec<f64> {
    let mut sets = vec![0.0; n + 1];
    sets[0] = 1.0;
    for among in 1..=n {
        for size in (1..=among).rev() {
            sets[size] += sets[size - 1];
        }
    }
    sets
}

#[expect(clippy::cast_precision_loss, reason = "a count of roundings")]
fn rounding(steps: usize) -> f64 {
    ROUNDING * steps as f64
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::weighted::WeightedGame;
    use super::*;

    /// The votes of the 110 members of the Monetary Fund with the fewest.
    fn fund() -> Vec<u64> {
        let table = include_str!("../../../assets/data/imf_votes.csv");
        let votes = table.lines().skip(1).map(|row| row.split(',').nth(1).unwrap().parse().unwrap());
        let mut votes: Vec<u64> = votes.collect();
        votes.sort_unstable();
        votes.truncate(110);
        votes
    }

    /// Where a number of members is asked for that the weight asks for anyway, it is the game of the weight alone.
    #[test]
    fn a_number_that_follows_from_the_weight_changes_nothing() {
        let weights = fund();
        let quota = weights.iter().sum::<u64>() / 100 * 95;
        let mut veto = vec![false; weights.len()];
        for vetoes in [0, 3] {
            veto[..vetoes].fill(true);
            let alone = WeightedGame::new(weights.clone(), quota, veto.clone()).unwrap().indices(true).unwrap();
            let beside = CountedGame::new(&weights, quota, 60, None, veto.clone()).unwrap().indices();
            let pairs = |of: fn(&Raw) -> &Vec<Swing>| of(&alone).clone().into_iter().zip(of(&beside).clone());
            let all = pairs(|raw| &raw.banzhaf).chain(pairs(|raw| &raw.shapley));
            for (one, other) in all.chain([(alone.to_act, beside.to_act)]) {
                assert!(other.is_precise(), "{other:?}");
                assert!((one.value / other.value - 1.0).abs() < 1e-10, "{one:?} and {other:?}");
            }
        }
    }

    /// Where the weight asks for nothing, it is a game of numbers: binomial coefficients.
    #[test]
    fn a_weight_that_is_always_there_changes_nothing() {
        let weights: Vec<u64> = (0..90).map(|at| at % 7).collect();
        let found = CountedGame::new(&weights, 0, 60, Some(85), vec![false; 90]).unwrap().indices();
        let sets = sets_of(89);
        let swings = sets[59] * 2.0_f64.powi(-89);
        for (banzhaf, shapley) in found.banzhaf.iter().zip(&found.shapley) {
            assert!((banzhaf.value / swings - 1.0).abs() < 1e-13, "{banzhaf:?}");
            assert!((shapley.value * 90.0 - 1.0).abs() < 1e-13, "{shapley:?}");
        }
    }

    #[test]
    fn what_is_out_of_reach_never_passes() {
        let found = CountedGame::new(&[3, 2, 1], 7, 2, None, vec![false; 3]).unwrap().indices();
        assert_eq!((found.to_act, found.banzhaf[0], found.shapley[2]), Default::default());
        assert!(CountedGame::new(&[3, 2, 1], 3, 4, None, vec![false; 3]).is_none());
        assert!(CountedGame::new(&[1 << 40, 1 << 41, 3], 1, 2, None, vec![false; 3]).is_none(), "too large");
    }
}
