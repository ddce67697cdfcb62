//! Voting power of the rule itself (*Voting power and explanations* in `METHODS.md`): every vote a yes or a no, no
//! abstention, no preferences.
//!
//! Exact up to the rounding of double precision, whose effect is bounded and told ([`Indices::relative_error`]).
//! Two methods: generating functions for one criterion with whole weights (`weighted`), also beside a number of members
//! (`counted`), and decision diagrams for everything else that is small enough (`by_diagram`). A game that neither can do
//! is refused, at once if it has many members.

mod by_diagram;
mod counted;
mod cumulated;
mod quadrature;
mod weighted;

use super::game::Game;
use super::threshold::{TOLERANCE, Threshold};
use super::undefined::Undefined;
use counted::CountedGame;
use weighted::WeightedGame;

/// Unit roundoff of a double.
const ROUNDING: f64 = f64::EPSILON / 2.0;
/// Bound on the relative errors of nodes and weights of the quadrature.
const QUADRATURE_ERROR: f64 = 1e-13;
/// The largest relative error that is shown.
pub const PRECISION: f64 = 1e-9;
/// Members: beyond, the counts of coalitions leave the range of a double.
const MOST_VOTERS: usize = 1000;
/// Nodes of a diagram for the indices; under many criteria, each of which has states of its own, fewer: memory stays below 1 GB.
const MOST_NODES: usize = 4_000_000;

fn most_nodes(game: &Game) -> usize {
    MOST_NODES / game.criteria.len().div_ceil(4).max(1)
}

/// Work that the generating functions may take where a diagram might be quicker.
const QUICK_WORK: u64 = 50_000_000;
/// Members up to which a diagram has a fair chance whatever the weights.
const FEW: usize = 40;
/// Members beyond which a diagram of weights that are not few whole numbers is not even tried: it would only cost time.
const MOST_TRIED: usize = 56;

/// The indices of one member; for a game, not for preferences.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MemberPower {
    /// Absolute Banzhaf index (Penrose 1946, Banzhaf 1965), 0 to 1: the chance that its yes decides when the others
    /// flip coins.
    pub banzhaf_absolute: f64,
    /// Normalised Banzhaf index, 0 to 1: its share in all swings; `None` where nobody has any.
    pub banzhaf: Option<f64>,
    /// Shapley–Shubik index (1954), 0 to 1: the chance that it is pivotal in a random order.
    pub shapley_shubik: f64,
    /// Coleman's power to prevent action (1971), 0 to 1: the share of winning coalitions that need it; `None` where
    /// nothing can pass.
    pub prevent: Option<f64>,
    /// Coleman's power to initiate action (1971), 0 to 1: the share of losing coalitions that it would make win;
    /// `None` where nothing can fail.
    pub initiate: Option<f64>,
}

/// How the indices were computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// From the distribution of the weight of the yes votes.
    GeneratingFunctions,
    /// Through the decision diagram of the rule.
    DecisionDiagram,
}

impl Method {
    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::GeneratingFunctions => "generating functions",
            Self::DecisionDiagram => "decision diagram",
        }
    }
}

/// The voting power of all members.
#[derive(Clone, Debug, PartialEq)]
pub struct Indices {
    /// Coleman's power of the collectivity to act (1971), 0 to 1: the share of coalitions that win.
    pub power_to_act: f64,
    /// In the order of the game.
    pub members: Vec<MemberPower>,
    /// How they were computed.
    pub method: Method,
    /// Bound on the relative error of power to act, absolute Banzhaf and Shapley–Shubik indices; at most
    /// [`PRECISION`].
    pub relative_error: f64,
}

/// Why there are no indices.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum PowerError {
    /// The rule has no meaning for these members.
    #[error("{0}")]
    Undefined(#[from] Undefined),
    /// Neither method applies.
    #[error(
        "the rule is too large for exact indices: {members} members with {}{}. Exact are up to about 30 members with any \
         weights; one criterion of whole weights (or with at most six decimals), the fewer members the larger: a total of up to 16 \
         million for 100 members, of about 400,000 for 1,000; and such a criterion beside a number of members, as long as the number \
         of members who may be missing times the weight that may be missing is at most about 67 million",
        in_words(*criteria, *counts),
        total_words(*total)
    )]
    TooLarge {
        /// How many members.
        members: usize,
        /// How many criteria that do not merely count members.
        criteria: usize,
        /// Whether a number of members is asked for besides.
        counts: bool,
        /// Of one criterion of whole weights: their total, and up to about which total it would be exact for these members.
        total: Option<[u64; 2]>,
    },
    /// Some index is too small beside the others.
    #[error("double precision does not tell the indices of the lightest members to a relative error of 1e-9")]
    Imprecise,
    /// The Shapley–Shubik indices do not add up: a fault of the program.
    #[error("the Shapley–Shubik indices sum to {0} and not to what the rule asks for: please report this game")]
    Alarm(f64),
}

/// “2 weighted criteria beside a number of members”.
fn total_words(total: Option<[u64; 2]>) -> String {
    total.map_or_else(String::new, |[is, possible]| {
        let [is, possible] = [is, possible].map(crate::analysis::words::whole);
        format!(" whose whole weights total {is}, where these members may have up to about {possible}: scale the weights down and round them")
    })
}

fn in_words(criteria: usize, counts: bool) -> String {
    let noun = if criteria == 1 { "criterion" } else { "criteria" };
    let beside = if counts { " beside a number of members" } else { "" };
    format!("{criteria} weighted {noun}{beside}")
}

/// A value with a bound on its absolute error.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Swing {
    value: f64,
    error: f64,
}

impl Swing {
    fn plus(self, other: Self) -> Self {
        Self { value: self.value + other.value, error: self.error + other.error }
    }

    fn times(self, factor: f64) -> Self {
        Self { value: self.value * factor, error: self.error * factor }
    }

    fn is_precise(self) -> bool {
        self.error <= 0.9 * PRECISION * self.value
    }

    fn relative_error(self) -> f64 {
        if self.error == 0.0 { 0.0 } else { self.error / self.value }
    }
}

/// What the methods find.
struct Raw {
    to_act: Swing,
    banzhaf: Vec<Swing>,
    /// Empty if not asked for.
    shapley: Vec<Swing>,
}

impl Raw {
    /// Whether the indices of a voter are told to [`PRECISION`]. One that is never decisive is not pivotal either.
    fn tells(&self, voter: usize) -> bool {
        let banzhaf = self.banzhaf[voter];
        let never = banzhaf.value == 0.0 && banzhaf.error == 0.0;
        never || (banzhaf.is_precise() && self.shapley.get(voter).is_none_or(|shapley| shapley.is_precise()))
    }

    /// Whether the indices of every voter are.
    fn is_precise(&self) -> bool {
        (0..self.banzhaf.len()).all(|voter| self.tells(voter))
    }
}

/// The voting power of every member of a game.
///
/// ```
/// use convenor::analysis::power::indices;
/// use convenor::analysis::{Game, Threshold};
///
/// // The Security Council as a weighted game: 39 of seven votes for each permanent member and one for each other.
/// let weights: Vec<f64> = [[7.0; 5].as_slice(), &[1.0; 10]].concat();
/// let game = Game::new(vec![Threshold::new(weights, 39.0, false)], vec![false; 15], None)?;
/// let found = indices(&game)?;
/// assert!((found.power_to_act - 848.0 / 32768.0).abs() < 1e-9);
/// assert!((found.members[0].shapley_shubik - 421.0 / 2145.0).abs() < 1e-9);
/// assert!((found.members[14].shapley_shubik - 4.0 / 2145.0).abs() < 1e-9);
/// # Ok::<(), convenor::analysis::power::PowerError>(())
/// ```
///
/// # Errors
/// The game is too large for exact indices, or they cannot be told precisely.
pub fn indices(game: &Game) -> Result<Indices, PowerError> {
    let (raw, method) = find(game, true)?;
    finish(game, &raw, method)
}

/// The absolute Banzhaf index of every member alone, which is much quicker.
///
/// # Errors
/// As [`indices`].
pub fn banzhaf(game: &Game) -> Result<Vec<f64>, PowerError> {
    let (raw, _) = find(game, false)?;
    if raw.banzhaf.iter().all(|swing| swing.relative_error() <= PRECISION) {
        Ok(raw.banzhaf.into_iter().map(|swing| swing.value).collect())
    } else {
        Err(PowerError::Imprecise)
    }
}

/// By the method that is likely to be quicker; where it cannot tell the indices precisely, by the other one.
fn find(game: &Game, with_shapley: bool) -> Result<(Raw, Method), PowerError> {
    if !game.turnouts.is_empty() {
        // Where nobody abstains, those who vote are all.
        return find(&game.without_abstention(), with_shapley);
    }
    let counts = game.least_yes > 0 || game.waived_from().is_some();
    let total = total_of(game);
    let too_large = PowerError::TooLarge { members: game.n, criteria: game.criteria.len(), counts, total };
    if game.n > MOST_VOTERS {
        return Err(too_large);
    }
    let few_units =
        |criterion: &Threshold| whole_numbers(criterion).is_some_and(|(weights, _)| has_few_units(&weights));
    let has_chance = game.n <= MOST_TRIED || game.criteria.iter().all(few_units);
    let diagram = || {
        let raw = has_chance.then(|| by_diagram::indices(game, with_shapley, most_nodes(game)).ok()).flatten()?;
        Some((raw, Method::DecisionDiagram))
    };
    let Some(functions) = functions_of(game) else { return diagram().ok_or(too_large) };
    let quick = functions.work() <= QUICK_WORK;
    if !quick
        && game.n <= FEW
        && let Some(found) = diagram()
    {
        return Ok(found);
    }
    match functions.indices(with_shapley) {
        Some(raw) if raw.is_precise() => Ok((raw, Method::GeneratingFunctions)),
        // It subtracts: where a vote is next to never decisive, little is left of it. The diagram does not.
        _ => diagram().ok_or(PowerError::Imprecise),
    }
}

/// Whether weights total so little that a diagram is small however many voters there are.
fn has_few_units(weights: &[u64]) -> bool {
    weights.iter().try_fold(0_u64, |sum, weight| sum.checked_add(*weight)).is_some_and(|total| total <= 1 << 16)
}

/// A game that generating functions can do.
enum Functions {
    Weighted(WeightedGame),
    Counted(CountedGame),
}

impl Functions {
    fn work(&self) -> u64 {
        match self {
            Self::Weighted(game) => game.work(),
            Self::Counted(game) => game.work(),
        }
    }

    /// `None` where a double cannot tell them precisely enough.
    fn indices(&self, with_shapley: bool) -> Option<Raw> {
        match self {
            Self::Weighted(game) => game.indices(with_shapley),
            Self::Counted(game) => Some(game.indices()),
        }
    }
}

fn finish(game: &Game, raw: &Raw, method: Method) -> Result<Indices, PowerError> {
    let swings: f64 = raw.banzhaf.iter().map(|swing| swing.value).sum();
    let (acts, fails) = (raw.to_act.value, 1.0 - raw.to_act.value);
    let over = |swing: f64, all: f64| (all > 0.0).then(|| (swing / all).clamp(0.0, 1.0) + 0.0);
    let mut relative_error = raw.to_act.relative_error();
    let mut members = Vec::with_capacity(game.n);
    for (banzhaf, shapley) in raw.banzhaf.iter().zip(&raw.shapley) {
        // Who is never decisive is not pivotal either, whatever rounding says.
        let shapley = if banzhaf.value == 0.0 && banzhaf.error == 0.0 { Swing::default() } else { *shapley };
        let quadrature = if shapley.value > 0.0 { QUADRATURE_ERROR } else { 0.0 };
        relative_error = relative_error.max(banzhaf.relative_error()).max(shapley.relative_error() + quadrature);
        members.push(MemberPower {
            // Nothing summed up is −0.
            banzhaf_absolute: banzhaf.value + 0.0,
            banzhaf: over(banzhaf.value, swings),
            shapley_shubik: shapley.value + 0.0,
            prevent: over(banzhaf.value / 2.0, acts),
            initiate: over(banzhaf.value / 2.0, fails),
        });
    }
    if relative_error.is_nan() || relative_error > PRECISION {
        return Err(PowerError::Imprecise);
    }
    let sum: f64 = members.iter().map(|member| member.shapley_shubik).sum();
    let wins = |vote: bool| game.is_enough(&vec![vote; game.n]) && (vote || !game.veto.contains(&true));
    let expected = f64::from(u8::from(wins(true))) - f64::from(u8::from(wins(false)));
    if (sum - expected).abs() > PRECISION {
        return Err(PowerError::Alarm(sum));
    }
    Ok(Indices { power_to_act: acts + 0.0, members, method, relative_error })
}

/// The total of one criterion of whole weights, and up to about which it would be exact; `None` where that is not what is in the way.
fn total_of(game: &Game) -> Option<[u64; 2]> {
    let [criterion] = game.criteria.as_slice() else { return None };
    let (weights, _) = whole_numbers(criterion).filter(|_| count_follows(game, criterion))?;
    weighted::possible(weights, game.veto.clone())
}

/// The game as one criterion of whole weights, alone or beside a number of members, where it is one.
fn functions_of(game: &Game) -> Option<Functions> {
    let veto = || game.veto.clone();
    match game.criteria.as_slice() {
        [] => WeightedGame::new(vec![1; game.n], game.least_yes as u64, veto()).map(Functions::Weighted),
        [criterion] => {
            let (weights, quota) = whole_numbers(criterion)?;
            if count_follows(game, criterion) {
                return WeightedGame::new(weights, quota, veto()).map(Functions::Weighted);
            }
            CountedGame::new(&weights, quota, game.least_yes, game.waived_from(), veto()).map(Functions::Counted)
        }
        _ => None,
    }
}

/// Whether who meets the criterion also has the yes votes that are asked for, and who is waived it would meet it
/// anyway.
fn count_follows(game: &Game, criterion: &Threshold) -> bool {
    let mut ascending = criterion.weights.clone();
    ascending.sort_by(f64::total_cmp);
    let heaviest: f64 = ascending.iter().rev().take(game.least_yes.saturating_sub(1)).sum();
    let enough = game.least_yes == 0 || heaviest < criterion.least();
    let waived = game
        .waived_from()
        .is_none_or(|from| from > game.n || ascending.iter().take(from).sum::<f64>() >= criterion.least());
    enough && waived
}

/// Weights and the least sum in whole numbers, if a power of ten up to 10^6 makes them whole.
fn whole_numbers(criterion: &Threshold) -> Option<(Vec<u64>, u64)> {
    let factor = decimal_factor(&criterion.weights)?;
    let weights: Vec<u64> = criterion.weights.iter().map(|weight| whole(weight * factor)).collect();
    let least = whole((criterion.least() * factor).ceil().max(0.0));
    let divisor = weights.iter().copied().fold(0, greatest_common_divisor).max(1);
    Some((weights.into_iter().map(|weight| weight / divisor).collect(), least.div_ceil(divisor)))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole, not negative, below 2^53")]
fn whole(number: f64) -> u64 {
    number.round() as u64
}

/// The least power of ten up to 10^6 that makes all weights whole numbers that a double can add exactly.
fn decimal_factor(weights: &[f64]) -> Option<f64> {
    const EXACT: f64 = 9e15;
    let is_whole = |number: f64| (number - number.round()).abs() <= 1e-13 * number.abs();
    let sum: f64 = weights.iter().sum();
    (0..=6)
        .map(|power| 10_f64.powi(power))
        .find(|factor| sum * factor < EXACT && weights.iter().all(|weight| *weight >= 0.0 && is_whole(weight * factor)))
}

fn greatest_common_divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

/// A criterion on votes as given. Whole weights, and those with up to six decimals, are compared with the quota to the
/// last unit; other weights within the relative tolerance of the model.
#[must_use]
pub fn threshold(weights: Vec<f64>, quota: f64, strict: bool) -> Threshold {
    match decimal_factor(&weights) {
        None => Threshold::new(weights, quota, strict),
        Some(factor) => {
            let weights = weights.into_iter().map(|weight| (weight * factor).round()).collect();
            let quota = quota * factor;
            // A quota computed as a share of a total is off by a little; no unit is smaller than 1.
            let tolerance = TOLERANCE.min(1e-3 / quota.abs().max(1.0));
            Threshold { weights, quota, strict, tolerance }
        }
    }
}
