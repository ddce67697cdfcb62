//! The decision rule of a case, applied to its voters.

use crate::analysis::case::{Case, Voter};
use crate::analysis::diagram::{Diagram, LANES, Lanes, Scratch, TooLarge, VoteChances};
use crate::analysis::game::{Game, Resolution};
use crate::analysis::threshold::EXACT_UNITS;
use crate::analysis::turnout::Turnout;
use crate::analysis::undefined::{Defined, Undefined};
use crate::analysis::view::View;
use crate::data::{Atlas, Subject};
use crate::model::{Basis, Criterion, Veto};

/// The name of deadlock risk in files, for which decision weights are read.
pub(super) const NAME: &str = "deadlock";
/// The part of deadlock risk that reads decision weights.
pub const RULE: &str = "rule";

/// How many nodes a diagram may have while the user waits: 60 ms with a thousand roll calls.
const LIVE_NODES: usize = 24_000;
/// How many it may have then with three starts, which are evaluated besides.
const LIVE_BRACKETED: usize = 16_000;
/// How many it may have where it is evaluated hundreds of times in the background, as for draws.
const QUICK_NODES: usize = 8_000;
/// How many it may have where it is evaluated a few times in the background.
const MOST_NODES: usize = 400_000;
/// How many it may have where one figure is computed as finely as possible in the background.
const FINEST_NODES: usize = 3_000_000;
/// Members beyond which exact diagrams of weights of any kind are not even tried.
const MOST_EXACT: usize = 56;
/// Units to which weights are rounded where exact ones need too many nodes, finest first.
pub(in crate::analysis) const UNITS: [u32; 4] = [1 << 16, 1 << 13, 1 << 10, 1 << 8];

/// Units to which weights are rounded while the user waits where the coarsest of these need too many nodes, finest first. What
/// that does to the figures is not known until finer ones take their place.
const ROUGH: [u32; 3] = [200, 100, 50];

/// Units to which weights are rounded where the finest of these still move deadlock risk noticeably.
const FINEST_UNITS: u32 = 1 << 18;

/// The decision rule of a case, ready to be evaluated on any roll calls.
#[derive(Debug)]
pub struct Power {
    game: Game,
    /// Where weights are rounded and their effect is to be bounded, with three starts ([`Diagram::bracketed`]).
    diagram: Diagram,
    units: Option<u32>,
}

impl Power {
    /// Applies the rule of a case to its voters, as finely as can be evaluated a few times in the background.
    ///
    /// # Errors
    /// Nobody votes, the weights of a criterion are all zero, or the rule is too large.
    pub fn new(atlas: &Atlas, view: &View<'_>, case: &Case) -> Defined<Self> {
        Self::of_game(game_of(atlas, view, case)?)
    }

    /// The same for a game.
    ///
    /// # Errors
    /// Even with the coarsest weights the rule is too large.
    pub fn of_game(game: Game) -> Defined<Self> {
        Self::within(game, UNITS[0], MOST_NODES)
    }

    /// As finely as can be evaluated hundreds of times, as for draws.
    ///
    /// # Errors
    /// As [`Power::new`].
    pub fn quick(atlas: &Atlas, view: &View<'_>, case: &Case) -> Defined<Self> {
        Self::within(game_of(atlas, view, case)?, UNITS[0], QUICK_NODES)
    }

    /// As finely as the user can wait for, with no more than so many units: for games that are nearly the same and are to be
    /// compared.
    ///
    /// # Errors
    /// As [`Power::of_game`].
    pub fn coarser(game: Game, most_units: u32) -> Defined<Self> {
        Self::within(game, most_units, LIVE_NODES)
    }

    /// Exact within so many nodes, else rounded to as many units as fit; to the fewest where none do.
    fn within(game: Game, most_units: u32, most: usize) -> Defined<Self> {
        if let Some(diagram) = exact(&game, most).or_else(|| all_counted(&game)) {
            return Ok(Self { game, diagram, units: None });
        }
        let fits = |units, most| Some((Diagram::build(&game, Resolution::Units(units), most).ok()?, units));
        let found = UNITS.into_iter().filter(|units| *units <= most_units).find_map(|units| fits(units, most));
        let found = found.or_else(|| fits(UNITS[UNITS.len() - 1], MOST_NODES));
        let (diagram, units) = found.ok_or(Undefined::TooLarge)?;
        Ok(Self { game, diagram, units: Some(units) })
    }

    /// As finely as the user can wait for; what rounding can do to the figures is known ([`Power::is_bracketed`]) unless the
    /// rule is too large even for that.
    ///
    /// # Errors
    /// As [`Power::new`].
    pub fn live(atlas: &Atlas, view: &View<'_>, case: &Case) -> Defined<Self> {
        let game = game_of(atlas, view, case)?;
        if let Some(diagram) = exact(&game, LIVE_NODES).or_else(|| all_counted(&game)) {
            return Ok(Self { game, diagram, units: None });
        }
        // Coarsest first: finer units need more nodes, and what needs too many is soon given up.
        let bracketed = |units: &u32| Some((bracketed(&game, *units, LIVE_BRACKETED).ok()?, *units));
        let rough = |units, most| Some((Diagram::build(&game, Resolution::Units(units), most).ok()?, units));
        let found = UNITS.iter().rev().map_while(bracketed).last();
        let found = found.or_else(|| ROUGH.into_iter().find_map(|units| rough(units, LIVE_NODES)));
        let found = found.or_else(|| rough(ROUGH[ROUGH.len() - 1], MOST_NODES));
        let (diagram, units) = found.ok_or(Undefined::TooLarge)?;
        Ok(Self { game, diagram, units: Some(units) })
    }

    /// The same rule with weights resolved more finely than in so many units: exact if that is within reach, else in the next
    /// finer units. `None` where neither is.
    #[must_use]
    pub fn finer(atlas: &Atlas, view: &View<'_>, case: &Case, units: u32) -> Option<Self> {
        let game = game_of(atlas, view, case).ok()?;
        let most = if has_few_units(&game) { FINEST_NODES } else { MOST_NODES };
        if let Some(diagram) = exact(&game, most) {
            return Some(Self { game, diagram, units: None });
        }
        let units = UNITS.into_iter().rev().chain([FINEST_UNITS]).find(|finer| *finer > units)?;
        let diagram = bracketed(&game, units, FINEST_NODES).ok()?;
        Some(Self { game, diagram, units: Some(units) })
    }

    /// Whether the diagram also has the starts with the quotas as low and as high as exact ones can lie.
    #[must_use]
    pub fn is_bracketed(&self) -> bool {
        self.diagram.roots.len() == 3
    }

    /// Units to which weights were rounded; `None` where they are exact.
    #[must_use]
    pub fn units(&self) -> Option<u32> {
        self.units
    }

    /// Nodes of the diagram.
    #[must_use]
    pub fn nodes(&self) -> usize {
        self.diagram.nodes()
    }

    /// Coleman's power of the collectivity to act: the chance to pass when every vote is a coin flip between yes and
    /// no. A veto holder must vote yes.
    #[must_use]
    pub fn to_act(&self) -> f64 {
        let [yes, stay, no] = &self.coin_flips();
        self.diagram.chance(VoteChances { yes, stay, no }, &mut Scratch::default())[0]
    }

    /// The same with the quotas as low and as high as exact ones can lie; `None` where weights are exact.
    pub(in crate::analysis) fn to_act_between(&self) -> Option<[f64; 2]> {
        let [yes, stay, no] = &self.coin_flips();
        let mut scratch = Scratch::default();
        let mut found =
            self.diagram.chances(VoteChances { yes, stay, no }, &mut scratch).skip(1).map(|chances| chances[0]);
        Some([found.next()?, found.next()?])
    }

    /// Every vote a coin flip between yes and no: the chances of a yes, to stay out of the way, and of a no.
    fn coin_flips(&self) -> [Vec<Lanes>; 3] {
        let yes = vec![[0.5; LANES]; self.game.n];
        let no = self.game.veto.iter().map(|veto| [if *veto { 0.0 } else { 0.5 }; LANES]).collect();
        if self.diagram.tells_no() { [yes, vec![[0.0; LANES]; self.game.n], no] } else { [yes, no, Vec::new()] }
    }

    /// The chance to pass given each voter's yes and given its no, every vote of the others a coin flip between yes and no; in
    /// the order of the voters, 0 to 1.
    #[must_use]
    pub fn passes_given(&self) -> Vec<[f64; 2]> {
        let [yes, stay, no] = &self.coin_flips();
        let mut passes = vec![[0.0; 2]; self.game.n];
        self.diagram.cofactors(VoteChances { yes, stay, no }, &mut Scratch::default(), |voter, [with, _, against]| {
            // The no of a veto holder fails the proposal whatever the others do.
            passes[voter] = [with[0], if self.game.veto[voter] { 0.0 } else { against[0] }];
        });
        passes
    }

    /// Each voter's swings, in the order of the voters: how often its vote is decisive when every vote of the others is a
    /// coin flip between yes and no, 0 to 1.
    #[must_use]
    pub fn swings(&self) -> Vec<f64> {
        self.passes_given().into_iter().map(|[with, against]| with - against).collect()
    }

    /// Each voter's share of Banzhaf power, in the order of the voters: its swings, scaled to a sum of 1. `None` where no
    /// vote is ever decisive.
    #[must_use]
    pub fn banzhaf_shares(&self) -> Option<Vec<f64>> {
        let swings = self.swings();
        let total: f64 = swings.iter().sum();
        (total > 0.0).then(|| swings.into_iter().map(|swing| (swing / total).clamp(0.0, 1.0)).collect())
    }

    /// The rule.
    pub(in crate::analysis) fn game(&self) -> &Game {
        &self.game
    }

    /// Its diagram.
    pub(in crate::analysis) fn diagram(&self) -> &Diagram {
        &self.diagram
    }
}

/// The diagram with weights as they are, if there is a fair chance that it needs no more than so many nodes.
fn exact(game: &Game, most: usize) -> Option<Diagram> {
    let has_chance = game.n <= MOST_EXACT || has_few_units(game);
    has_chance.then(|| Diagram::build(game, Resolution::Exact, most).ok()).flatten()
}

/// The exact diagram of a rule that only counts who votes how: nothing in it could be rounded, so that one that needs many
/// nodes only takes longer.
fn all_counted(game: &Game) -> Option<Diagram> {
    let counted = game.criteria.is_empty() && game.turnouts.iter().all(Turnout::counts_voters);
    counted.then(|| Diagram::build(game, Resolution::Exact, FINEST_NODES).ok()).flatten()
}

/// Whether all weights are whole and no finer than those to which others are rounded.
fn has_few_units(game: &Game) -> bool {
    let few = |weights: &Vec<f64>| {
        let whole = weights.iter().all(|weight| weight.fract() == 0.0);
        whole && weights.iter().sum::<f64>() <= EXACT_UNITS
    };
    game.criteria.iter().all(|threshold| few(&threshold.weights))
        && game.turnouts.iter().all(|turnout| turnout.counts_voters() || few(&turnout.weights))
}

fn bracketed(game: &Game, units: u32, most: usize) -> Result<Diagram, TooLarge> {
    let (rounded, margins) = game.rounded(units);
    Diagram::bracketed(&rounded, &margins, most)
}

/// The rule of a case applied to its voters.
///
/// # Errors
/// Nobody votes, or the weights of a criterion are all zero.
pub fn game_of(atlas: &Atlas, view: &View<'_>, case: &Case) -> Defined<Game> {
    let view = view.reading_for(NAME, RULE);
    let weight = |voter: usize, criterion: &Criterion| weight_of(atlas, &view, criterion, &case.voters[voter]);
    let game = Game::of_rule(&case.rule.full, case.voters.len(), weight, |voter| holds_veto(atlas, case, voter))?;
    // Coin flips fall on yes or no.
    Ok(if case.settings.a_priori { game.without_abstention() } else { game })
}

/// Whether a voter's no blocks.
pub(in crate::analysis) fn holds_veto(atlas: &Atlas, case: &Case, voter: usize) -> bool {
    match &case.rule.full.veto {
        Veto::None => false,
        Veto::All => true,
        Veto::List(holders) => holders.contains(&atlas.countries[case.voters[voter].actor].id),
    }
}

/// The weight of a voter in a criterion; a missing weight is 0.
pub(in crate::analysis) fn weight_of(atlas: &Atlas, view: &View<'_>, criterion: &Criterion, voter: &Voter) -> f64 {
    let fact = |subject| view.weight(subject, voter.actor);
    match criterion.basis {
        Basis::Members => 1.0,
        Basis::Population => fact(Subject::Population),
        Basis::Gdp => fact(Subject::Gdp),
        Basis::Assessment => fact(Subject::Assessment),
        Basis::Custom => criterion.custom.get(&atlas.countries[voter.actor].id).copied().unwrap_or(0.0),
    }
}
