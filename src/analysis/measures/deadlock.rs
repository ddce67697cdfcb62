//! Deadlock risk and reach (`model.md`, section 1).

use crate::analysis::case::{Case, Voter};
use crate::analysis::diagram::{Diagram, LANES, Lanes, Scratch};
use crate::analysis::facts::{Facts, Subject};
use crate::analysis::game::{Game, Resolution, Threshold};
use crate::analysis::report::{ConvenorPart, Deadlock, Defined, Undefined};
use crate::analysis::votes::Agenda;
use crate::data::Atlas;
use crate::model::{Basis, Criterion, Veto};

/// How many nodes a diagram may have while the user waits.
const MOST_NODES: usize = 400_000;
/// How many nodes it may have in the background.
const REFINED_NODES: usize = 1_500_000;
/// Members beyond which exact diagrams of weights of any kind are not even tried.
const MOST_EXACT: usize = 56;
/// Units to which weights are rounded where exact ones need too many nodes, finest first.
pub(in crate::analysis) const UNITS: [u32; 4] = [1 << 16, 1 << 13, 1 << 10, 1 << 8];

/// The decision rule of a case, ready to be evaluated on any roll calls.
#[derive(Debug)]
pub struct Power {
    game: Game,
    diagram: Diagram,
    units: Option<u32>,
}

impl Power {
    /// Applies the rule of a case to its voters, as finely as the user can wait for.
    ///
    /// # Errors
    /// Nobody votes, the weights of a criterion are all zero, or the rule is too large.
    pub fn new(atlas: &Atlas, facts: &Facts, case: &Case) -> Defined<Self> {
        Self::within(game_of(atlas, facts, case)?, MOST_NODES)
    }

    /// The same, as finely as can be done in the background.
    ///
    /// # Errors
    /// As [`Power::new`].
    pub fn refined(atlas: &Atlas, facts: &Facts, case: &Case) -> Defined<Self> {
        Self::within(game_of(atlas, facts, case)?, REFINED_NODES)
    }

    /// Builds the diagram of a game, exact if possible, else with rounded weights.
    ///
    /// # Errors
    /// Even with the coarsest weights the rule is too large.
    pub fn of_game(game: Game) -> Defined<Self> {
        Self::within(game, MOST_NODES)
    }

    #[expect(clippy::cast_precision_loss, reason = "counts of members and nodes")]
    fn within(game: Game, most: usize) -> Defined<Self> {
        let fits = |resolution| Diagram::build(&game, resolution, most).ok();
        // About what a grid of so many units comes to; where that is far too much, the attempt is spared.
        let grid = |units: f64| game.n as f64 * units / 2.0 <= most as f64;
        let whole = |threshold: &Threshold| {
            threshold.weights.iter().all(|weight| weight.fract() == 0.0) && grid(threshold.weights.iter().sum())
        };
        if (game.n <= MOST_EXACT || game.criteria.iter().all(whole))
            && let Some(diagram) = fits(Resolution::Exact)
        {
            return Ok(Self { game, diagram, units: None });
        }
        let rounded = UNITS
            .into_iter()
            .filter(|units| grid(f64::from(*units)))
            .find_map(|units| Some((fits(Resolution::Units(units))?, units)));
        let (diagram, units) = rounded.ok_or(Undefined::TooLarge)?;
        Ok(Self { game, diagram, units: Some(units) })
    }

    /// The rule with quotas that rounding cannot have made too high, and too low; `None` where weights are exact.
    ///
    /// Weights rounded to units are off by half a unit each, so that a sum is misplaced by at most n/2 units.
    #[expect(clippy::cast_precision_loss, reason = "a count of members")]
    fn bracket(&self) -> Option<[Self; 2]> {
        let rounded = self.game.resolved(Resolution::Units(self.units?));
        let shifted = |units: f64| {
            let mut game = rounded.clone();
            for threshold in &mut game.criteria {
                threshold.quota += units;
            }
            let diagram = Diagram::build(&game, Resolution::Exact, 2 * REFINED_NODES).ok()?;
            Some(Self { game, diagram, units: self.units })
        };
        let half = self.game.n as f64 / 2.0;
        Some([shifted(-half)?, shifted(half)?])
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
        let yes = vec![[0.5; LANES]; self.game.n];
        let stay: Vec<Lanes> = self.game.veto.iter().map(|veto| [if *veto { 0.0 } else { 0.5 }; LANES]).collect();
        self.diagram.chance(&yes, &stay, &mut Scratch::default())[0]
    }

    /// Each voter's swings, in the order of the voters: how often its vote is decisive when every vote of the others is a
    /// coin flip between yes and no, 0 to 1.
    #[must_use]
    pub fn swings(&self) -> Vec<f64> {
        let yes = vec![[0.5; LANES]; self.game.n];
        let stay: Vec<Lanes> = self.game.veto.iter().map(|veto| [if *veto { 0.0 } else { 0.5 }; LANES]).collect();
        let mut swings = vec![0.0; self.game.n];
        self.diagram.cofactors(&yes, &stay, &mut Scratch::default(), |voter, with, without| {
            // The no of a veto holder fails the proposal whatever the others do.
            swings[voter] = with[0] - if self.game.veto[voter] { 0.0 } else { without[0] };
        });
        swings
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

/// The rule of a case applied to its voters.
///
/// # Errors
/// Nobody votes, or the weights of a criterion are all zero.
pub fn game_of(atlas: &Atlas, facts: &Facts, case: &Case) -> Defined<Game> {
    let weight = |voter: usize, criterion: &Criterion| weight_of(atlas, facts, criterion, &case.voters[voter]);
    Game::of_rule(&case.rule.full, case.voters.len(), weight, |voter| holds_veto(atlas, case, voter))
}

/// Whether a voter's no blocks.
pub(in crate::analysis) fn holds_veto(atlas: &Atlas, case: &Case, voter: usize) -> bool {
    match &case.rule.full.veto {
        Veto::None => false,
        Veto::All => true,
        Veto::List(holders) => holders.contains(&atlas.countries[case.voters[voter].actor].id),
    }
}

/// Coleman's power of a collectivity to act.
///
/// # Errors
/// See [`Power::new`].
pub fn power_to_act(game: Game) -> Defined<f64> {
    Ok(Power::of_game(game)?.to_act())
}

/// The weight of a voter in a criterion; a missing weight is 0.
pub(in crate::analysis) fn weight_of(atlas: &Atlas, facts: &Facts, criterion: &Criterion, voter: &Voter) -> f64 {
    let fact = |subject| facts.value(subject, voter.actor).unwrap_or(0.0);
    match criterion.basis {
        Basis::Members => 1.0,
        Basis::Population => fact(Subject::Population),
        Basis::Gdp => fact(Subject::Gdp),
        Basis::Assessment => fact(Subject::Assessment),
        Basis::Custom => criterion.custom.get(&atlas.countries[voter.actor].id).copied().unwrap_or(0.0),
    }
}

/// What is summed up for each actor that tables proposals.
#[derive(Clone, Copy, Default)]
struct Tabled {
    /// Σ u·yes.
    weight: f64,
    /// Σ u·yes·P(pass).
    passed: f64,
}

/// Deadlock risk with what each convenor brings about.
///
/// # Errors
/// Nobody votes, no roll call is usable, or the rule has no meaning for these voters.
pub fn deadlock(atlas: &Atlas, facts: &Facts, case: &Case, agenda: &Agenda) -> Defined<Deadlock> {
    bounded(&Power::new(atlas, facts, case)?, case, agenda)
}

/// The same as finely as can be done in the background.
///
/// # Errors
/// As [`deadlock`].
pub fn refined_deadlock(atlas: &Atlas, facts: &Facts, case: &Case, agenda: &Agenda) -> Defined<Deadlock> {
    bounded(&Power::refined(atlas, facts, case)?, case, agenda)
}

/// Deadlock risk with the bound on what rounded weights can do to it.
fn bounded(power: &Power, case: &Case, agenda: &Agenda) -> Defined<Deadlock> {
    let mut found = deadlock_with(power, case, agenda)?;
    if power.units.is_some() {
        let risk = |power: &Power| deadlock_with(power, case, agenda).map(|found| found.risk);
        let bound = match power.bracket() {
            Some([low, high]) => risk(&high)? - risk(&low)?,
            None => 100.0,
        };
        found.error_bound = Some(bound.max(0.0));
    }
    Ok(found)
}

/// The same with the rule already applied, which depends on the case alone: one [`Power`] serves any number of agendas.
///
/// # Errors
/// No roll call is usable, or the convenors would table nothing.
pub fn deadlock_with(power: &Power, case: &Case, agenda: &Agenda) -> Defined<Deadlock> {
    if case.settings.a_priori {
        return Ok(finish(case, agenda, power, 1.0 - power.to_act(), Vec::new()));
    }
    let total = agenda.total_weight();
    if total.partial_cmp(&0.0) != Some(std::cmp::Ordering::Greater) {
        return Err(Undefined::NoRollCall);
    }
    let mut tabled = vec![Tabled::default(); case.voters.len()];
    each_tabled(power, case, agenda, |at, from, passes| {
        let yes = &agenda.yes(case.voters[at].actor)[from..from + LANES];
        tabled[at].add(&agenda.weights[from..from + LANES], yes, passes);
    });
    let parts: Vec<ConvenorPart> = tabled
        .iter()
        .zip(&case.voters)
        .filter(|(tabled, _)| tabled.weight > 0.0)
        .map(|(tabled, voter)| ConvenorPart {
            actor: voter.actor,
            deadlock: (1.0 - tabled.passed / tabled.weight).clamp(0.0, 1.0),
            tables: tabled.weight / total,
            reach: tabled.passed / total,
        })
        .collect();
    if parts.is_empty() {
        return Err(Undefined::NothingTabled);
    }
    let single = mean(parts.iter().map(|part| part.deadlock));
    Ok(finish(case, agenda, power, single, parts))
}

#[expect(clippy::cast_precision_loss, reason = "a count of members")]
fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let n = values.len() as f64;
    values.sum::<f64>() / n
}

fn finish(case: &Case, agenda: &Agenda, power: &Power, single: f64, parts: Vec<ConvenorPart>) -> Deadlock {
    Deadlock {
        risk: 100.0 * compound(single, case.mandate.questions),
        single: 100.0 * single,
        calls: agenda.calls,
        effective_calls: agenda.effective_calls(),
        parts,
        units: power.units,
        error_bound: None,
    }
}

/// D = 1 − (1 − D₁)^k for a mandate of k questions, without losing small D₁; 0 to 1.
pub(in crate::analysis) fn compound(single: f64, questions: u32) -> f64 {
    -(f64::from(questions) * (-single).ln_1p()).exp_m1()
}

/// The chances of every voter on the roll calls of one block, before anybody convenes.
struct Block {
    yes: Vec<Lanes>,
    stay: Vec<Lanes>,
}

impl Block {
    fn new(voters: usize) -> Self {
        Self { yes: vec![[0.0; LANES]; voters], stay: vec![[0.0; LANES]; voters] }
    }

    fn fill(&mut self, power: &Power, case: &Case, agenda: &Agenda, from: usize) {
        fill_chances(case, &power.game.veto, agenda, from, &mut self.yes, &mut self.stay);
    }
}

/// The chances of every voter to vote yes, and to stay out of the way, on the [`LANES`] roll calls from column `from` on,
/// before anybody convenes.
pub(in crate::analysis) fn fill_chances(
    case: &Case,
    veto: &[bool],
    agenda: &Agenda,
    from: usize,
    yes: &mut [Lanes],
    stay: &mut [Lanes],
) {
    for (at, voter) in case.voters.iter().enumerate() {
        let votes = (&agenda.yes(voter.actor)[from..from + LANES], &agenda.no(voter.actor)[from..from + LANES]);
        let backing = voter.backing.get();
        for lane in 0..LANES {
            let survives = backing * votes.0[lane];
            yes[at][lane] = survives;
            stay[at][lane] = 1.0 - survives - if veto[at] { votes.1[lane] } else { 0.0 };
        }
    }
}

/// For every actor that tables proposals, the chance that each of them passes. `each` is called with the position of the
/// voter, the first of [`LANES`] columns, and the chances. Where nobody convenes, every voting member tables in turn.
fn each_tabled(power: &Power, case: &Case, agenda: &Agenda, mut each: impl FnMut(usize, usize, &Lanes)) {
    let mut block = Block::new(case.voters.len());
    let mut scratch = Scratch::default();
    let convenors: Vec<usize> = (0..case.voters.len()).filter(|at| case.voters[*at].convenor).collect();
    for from in (0..agenda.columns()).step_by(LANES) {
        block.fill(power, case, agenda, from);
        for &at in &convenors {
            let kept = (block.yes[at], block.stay[at]);
            (block.yes[at], block.stay[at]) = tabling(&case.voters[at]);
            let passes = power.diagram.chance(&block.yes, &block.stay, &mut scratch);
            (block.yes[at], block.stay[at]) = kept;
            each(at, from, &passes);
        }
        if !convenors.is_empty() {
            continue;
        }
        // One pass down and up gives all of them.
        power.diagram.cofactors(&block.yes, &block.stay, &mut scratch, |at, with, without| {
            let (yes, stay) = tabling(&case.voters[at]);
            let mut passes = [0.0; LANES];
            for lane in 0..LANES {
                passes[lane] = yes[lane] * with[lane] + stay[lane] * without[lane];
            }
            each(at, from, &passes);
        });
    }
}

/// What each roll call adds to D₁ and to reach: by column, to first order in its weight.
#[derive(Clone, Debug, PartialEq)]
pub struct Influence {
    /// ∂D₁/∂u, one a column.
    pub deadlock: Vec<f64>,
    /// The share of the roll call that would be tabled and pass, mean over those who table; 0 to 1, one a column.
    pub reach: Vec<f64>,
}

/// How each roll call bears on deadlock risk and reach.
///
/// # Errors
/// As [`deadlock_with`].
#[expect(clippy::cast_precision_loss, reason = "a count of members")]
pub fn influence(power: &Power, case: &Case, agenda: &Agenda) -> Defined<Influence> {
    let parts = deadlock_with(power, case, agenda)?.parts;
    let mut found = Influence { deadlock: vec![0.0; agenda.columns()], reach: vec![0.0; agenda.columns()] };
    let total = agenda.total_weight();
    let share = 1.0 / parts.len().max(1) as f64;
    each_tabled(power, case, agenda, |at, from, passes| {
        let actor = case.voters[at].actor;
        let Some(part) = parts.iter().find(|part| part.actor == actor) else { return };
        let yes = &agenda.yes(actor)[from..from + LANES];
        for lane in 0..LANES {
            let fails = 1.0 - passes[lane] - part.deadlock;
            found.deadlock[from + lane] += share * yes[lane] * fails / (part.tables * total);
            found.reach[from + lane] += share * yes[lane] * passes[lane];
        }
    });
    Ok(found)
}

/// A convenor votes for what it tables; where its yes does not survive at home, it abstains.
fn tabling(voter: &Voter) -> (Lanes, Lanes) {
    let backing = voter.backing.get();
    ([backing; LANES], [1.0 - backing; LANES])
}

impl Tabled {
    fn add(&mut self, weights: &[f64], yes: &[f64], passes: &Lanes) {
        for ((weight, yes), passes) in weights.iter().zip(yes).zip(passes) {
            self.weight += weight * yes;
            self.passed += weight * yes * passes;
        }
    }
}
