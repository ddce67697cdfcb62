//! Who could join: one decision diagram of the present members for all candidates.
//!
//! With H the chance to pass given the candidate's yes and L given that it stays out of the way, the chance to pass is
//! y·H + s·L. The rule of n + 1 members fixes what the n present ones still have to bring in either case: two starts in
//! one diagram, and for weighted criteria two a candidate. Where a no differs from an abstention there are three.

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::{Estimates, Move, Row, Voted, joining};
use crate::analysis::case::Case;
use crate::analysis::diagram::joint::{self, Chances, Room, Tabling, Triple};
use crate::analysis::diagram::{self, Diagram, LANES, Lanes, Start, TooLarge};
use crate::analysis::engine::Engine;
use crate::analysis::game::Game;
use crate::analysis::measures;
use crate::analysis::threshold::Threshold;
use crate::analysis::turnout::{Steps, Turnout};
use crate::analysis::undefined::{Defined, Undefined};
use crate::analysis::view::View;
use crate::analysis::votes::Agenda;
use crate::model::{Basis, Criterion, CustomRule, Of, Share, Veto};

/// Nodes that the diagram for all candidates may have.
const MOST_NODES: usize = 400_000;
/// Nodes that it may have where a no differs from an abstention and there are three starts a candidate.
const MOST_VOTING: usize = 100_000;
/// Nodes that it may have where nothing could be rounded to need fewer.
const MOST_COUNTED: usize = 1_500_000;
/// Parts into which the roll calls are cut, to be summed side by side.
const PARTS: usize = 8;
/// Bytes that the values of nodes may take on all threads together.
const MOST_BYTES: usize = 256 << 20;

/// The measures after every actor that does not vote yet has joined: as a member, and as a convenor. `None` if `cancel` was
/// set before the end.
pub fn additions_until(engine: &Engine, case: &Case, cancel: &AtomicBool) -> Option<Vec<Row>> {
    let inside = |actor: &usize| case.voters.binary_search_by_key(actor, |voter| voter.actor).is_ok();
    let actors: Vec<usize> = (0..engine.atlas.countries.len()).filter(|actor| !inside(actor)).collect();
    let family = Family::new(engine, case, &actors);
    let units = family.as_ref().ok().and_then(|family| family.units);
    let found = family.and_then(|family| votes(engine, case, &family, cancel));
    if cancel.load(Ordering::Relaxed) {
        return None;
    }
    let before = units.map(|units| super::now_within(engine, case, units).0);
    let facts = engine.facts_of(case);
    let view = View::silent(&facts);
    let mut after = case.clone();
    let mut rows = Vec::with_capacity(2 * actors.len());
    for (at, actor) in actors.into_iter().enumerate() {
        let place = case.voters.partition_point(|voter| voter.actor < actor);
        after.voters.insert(place, joining(actor, false));
        for convenor in [false, true] {
            after.voters[place].convenor = convenor;
            let voted = found.as_ref().map_err(|reason| *reason).and_then(|found| found[at][usize::from(convenor)]);
            let change = if convenor { Move::AddConvenor(actor) } else { Move::AddMember(actor) };
            rows.push(Row { change, estimates: Estimates::from_votes(engine, &view, &after, voted), units, before });
        }
        after.voters.remove(place);
    }
    Some(rows)
}

/// The present members under the rule with one more, from the starts of every candidate.
struct Family {
    diagram: Diagram,
    /// Which present members hold a veto.
    veto: Vec<bool>,
    candidates: Vec<Candidate>,
    /// Units to which weights were rounded.
    units: Option<u32>,
}

struct Candidate {
    actor: usize,
    veto: bool,
    /// References into the diagram: given its yes, given that it stays out of the way, and given its no without a veto.
    roots: [u32; 3],
    /// Whether all weights of a criterion are zero, itself included.
    weightless: bool,
}

/// What a candidate does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Vote {
    Yes,
    Abstain,
    No,
}

/// A criterion with weights as they are, or rounded to units.
struct Weights {
    present: Vec<f64>,
    candidates: Vec<f64>,
    share: Share,
    strict: bool,
    /// Whether those are the total who vote yes or no.
    of_those_voting: bool,
    /// Whether each member counts one, which is never waived and never rounded.
    on_members: bool,
}

impl Weights {
    fn new(engine: &Engine, case: &Case, actors: &[usize], criterion: &Criterion) -> Self {
        let facts = engine.facts_of(case);
        let view = View::silent(&facts);
        let weight = |voter| measures::weight_of(&engine.atlas, &view, criterion, &voter);
        Self {
            present: case.voters.iter().map(|voter| weight(*voter)).collect(),
            candidates: actors.iter().map(|actor| weight(joining(*actor, false))).collect(),
            share: criterion.share,
            strict: criterion.strict,
            of_those_voting: criterion.of == Of::Voting && !case.settings.a_priori,
            on_members: criterion.basis == Basis::Members,
        }
    }

    /// Rounded half up to units of the present members' total.
    fn rounded(&self, units: u32) -> Self {
        if self.on_members {
            return Self { present: self.present.clone(), candidates: self.candidates.clone(), ..*self };
        }
        let total: f64 = self.present.iter().sum();
        let scale = if total > 0.0 { f64::from(units) / total } else { 1.0 };
        let round = |weights: &[f64]| weights.iter().map(|weight| (weight * scale + 0.5).floor()).collect();
        Self { present: round(&self.present), candidates: round(&self.candidates), ..*self }
    }

    /// The least sum that is asked for once a candidate has joined.
    fn least(&self, candidate: usize) -> f64 {
        let total = self.present.iter().sum::<f64>() + self.candidates[candidate];
        Threshold::new(Vec::new(), self.share.value() * total, self.strict).least()
    }

    /// What votes add where only those who vote count; the same for all candidates.
    fn steps(&self) -> Steps {
        Steps::new(self.present.iter().chain(&self.candidates).copied(), self.share, self.strict)
    }

    fn turnout(&self) -> Turnout {
        let (weights, waivable) = (self.present.clone(), !self.on_members);
        Turnout { weights, share: self.share, strict: self.strict, waivable }
    }
}

impl Family {
    fn new(engine: &Engine, case: &Case, actors: &[usize]) -> Defined<Self> {
        let rule = &case.rule.full;
        let all = rule.criteria.iter().map(|criterion| Weights::new(engine, case, actors, criterion));
        let exact: Vec<Weights> = all.filter(|weights| weights.of_those_voting || !weights.on_members).collect();
        if let Ok(family) = Self::build(engine, case, actors, &exact) {
            return Ok(family);
        }
        let rounded = |units: u32| exact.iter().map(|weights| weights.rounded(units)).collect::<Vec<Weights>>();
        measures::UNITS
            .into_iter()
            .find_map(|units| {
                let family = Self::build(engine, case, actors, &rounded(units)).ok()?;
                Some(Self { units: Some(units), ..family })
            })
            .ok_or(Undefined::TooLarge)
    }

    fn build(engine: &Engine, case: &Case, actors: &[usize], weights: &[Weights]) -> Result<Self, TooLarge> {
        let rule = &case.rule.full;
        let n = case.voters.len();
        let holds_veto = |actor: usize| match &rule.veto {
            Veto::None => false,
            Veto::All => true,
            Veto::List(holders) => holders.contains(&engine.atlas.countries[actor].id),
        };
        let veto: Vec<bool> = case.actors().map(holds_veto).collect();
        let (voting, of_all): (Vec<&Weights>, Vec<&Weights>) =
            weights.iter().partition(|weights| weights.of_those_voting);
        let steps: Vec<Steps> = voting.iter().map(|weights| weights.steps()).collect();
        let game = Game {
            n,
            least_yes: least_yes(rule, n + 1, case.settings.a_priori),
            criteria: of_all.iter().map(|weights| Threshold::new(weights.present.clone(), 0.0, false)).collect(),
            veto: veto.clone(),
            turnouts: voting.iter().map(|weights| weights.turnout()).collect(),
            blocking_minority: None,
        };
        let waived_from = rule
            .blocking_minority
            .filter(|_| weights.iter().any(|weights| !weights.on_members))
            .map(|minority| (n + 2).saturating_sub(minority as usize));
        let start = |vote: Vote, at: usize| {
            let own = |weight: f64| if vote == Vote::Yes { weight } else { 0.0 };
            let least = |weights: &&Weights| weights.least(at) - own(weights.candidates[at]);
            let of_voting = |(weights, steps): (&&Weights, &Steps)| {
                let [yes, no] = steps.of(weights.candidates[at]);
                steps.least
                    - match vote {
                        Vote::Yes => yes,
                        Vote::Abstain => 0.0,
                        Vote::No => no,
                    }
            };
            Start {
                yes: usize::from(vote == Vote::Yes),
                least: of_all.iter().map(least).collect(),
                voting: voting.iter().zip(&steps).map(of_voting).collect(),
            }
        };
        // Without weights all candidates ask the same of the others.
        let alike = weights.iter().all(|weights| weights.on_members);
        let ways: &[Vote] =
            if voting.is_empty() { &[Vote::Yes, Vote::Abstain] } else { &[Vote::Yes, Vote::Abstain, Vote::No] };
        let different = if alike { actors.len().min(1) } else { actors.len() };
        let starts: Vec<Start> = (0..different)
            .flat_map(|at| ways.iter().map(move |vote| (*vote, at)))
            .map(|(vote, at)| start(vote, at))
            .collect();
        let family = diagram::Family { waived_from, steps: &steps, starts: &starts };
        let most = match (alike, voting.is_empty()) {
            (true, _) => MOST_COUNTED,
            (false, true) => MOST_NODES,
            (false, false) => MOST_VOTING,
        };
        let diagram = Diagram::family(&game, &family, most)?;
        let candidates = actors.iter().enumerate().map(|(at, actor)| {
            let first = if alike { 0 } else { ways.len() * at };
            let root = |way: usize| diagram.roots[first + way];
            let weighs = |weights: &Weights| weights.present.iter().sum::<f64>() + weights.candidates[at] > 0.0;
            Candidate {
                actor: *actor,
                veto: holds_veto(*actor),
                roots: [root(0), root(1), root(ways.len() - 1)],
                weightless: !weights.iter().all(weighs),
            }
        });
        Ok(Self { candidates: candidates.collect(), veto, diagram, units: None })
    }
}

/// The least number of yes votes that the criteria on members ask of `n`.
fn least_yes(rule: &CustomRule, n: usize, a_priori: bool) -> usize {
    let counts = |criterion: &&Criterion| criterion.basis == Basis::Members && (a_priori || criterion.of == Of::All);
    let members = rule.criteria.iter().filter(counts);
    #[expect(clippy::cast_precision_loss, reason = "a count of members")]
    let least = |criterion: &Criterion| {
        Threshold::new(vec![1.0; n], criterion.share.value() * n as f64, criterion.strict).least_count()
    };
    members.map(least).max().unwrap_or(0)
}

/// For each candidate what follows from the votes: as a member, and as a convenor. After `cancel` was set it means nothing.
fn votes(engine: &Engine, case: &Case, family: &Family, cancel: &AtomicBool) -> Defined<Vec<[Defined<Voted>; 2]>> {
    let votes = |found: &dyn Fn(usize) -> [Defined<Voted>; 2]| {
        let candidates = family.candidates.iter().enumerate();
        candidates.map(|(at, of)| if of.weightless { [Err(Undefined::NoWeight); 2] } else { found(at) }).collect()
    };
    if case.settings.a_priori {
        let acts = coin_flips(family);
        return Ok(votes(&|at| [Ok(Voted { single: (1.0 - acts[at]).clamp(0.0, 1.0), reach: 0.0 }); 2]));
    }
    let agenda = engine.agenda_of(case);
    let tabling = Tabling::new(case, &agenda)?;
    let sums = sums(family, &tabling, &agenda, cancel);
    let convened = case.is_convened();
    Ok(votes(&|at| {
        let [passed, reached, own, support] = sums[at];
        // Its own proposals, if it tables any.
        let (more, own_passed, own_reached) =
            if support > 0.0 { (1, own / support, own / tabling.total) } else { (0, 0.0, 0.0) };
        let others = Voted::mean(passed, reached, tabling.count);
        let with_own = Voted::mean(passed + own_passed, reached + own_reached, tabling.count + more);
        let alone = Voted::mean(own_passed, own_reached, more);
        if convened { [others, with_own] } else { [with_own, alone] }
    }))
}

/// The power to act with each candidate, every vote a coin flip.
fn coin_flips(family: &Family) -> Vec<f64> {
    let n = family.veto.len();
    let chances = Chances {
        yes: vec![[0.5; LANES]; n],
        stay: family.veto.iter().map(|veto| [if *veto { 0.0 } else { 0.5 }; LANES]).collect(),
        no: Vec::new(),
        tables: vec![[[0.0; LANES]; 2]; n],
        backing: vec![1.0; n],
    };
    let mut room = Room::default();
    joint::fill(&family.diagram, &chances, &mut room);
    let act = |candidate: &Candidate| {
        let [with, _, without] = candidate.roots.map(|root| room.root(root)[0][0]);
        0.5 * with + if candidate.veto { 0.0 } else { 0.5 * without }
    };
    family.candidates.iter().map(act).collect()
}

/// By candidate: what passes of what the others table, for deadlock risk and for reach; Σ u·yes·P(pass) of what it would
/// table itself; Σ u·yes.
///
/// The roll calls are cut into parts that do not depend on the machine, so that neither do the sums.
fn sums(family: &Family, tabling: &Tabling<'_>, agenda: &Agenda, cancel: &AtomicBool) -> Vec<[f64; 4]> {
    let blocks: Vec<usize> = (0..agenda.columns()).step_by(LANES).collect();
    let parts: Vec<&[usize]> = blocks.chunks(blocks.len().div_ceil(PARTS).max(1)).collect();
    let bytes = size_of::<Triple>() * family.diagram.nodes().max(1);
    let threads = rayon::current_num_threads().min(MOST_BYTES / bytes).clamp(1, PARTS);
    let found: Vec<Vec<[Lanes; 4]>> = parts
        .par_chunks(parts.len().div_ceil(threads).max(1))
        .flat_map_iter(|parts| {
            let (mut chances, mut room) = (Chances::default(), Room::default());
            let sums = |part: &&[usize]| {
                let blocks = part.iter().copied().take_while(|_| !cancel.load(Ordering::Relaxed));
                part_sums(family, tabling, agenda, blocks, (&mut chances, &mut room))
            };
            parts.iter().map(sums).collect::<Vec<Vec<[Lanes; 4]>>>()
        })
        .collect();
    let mut sums = vec![[0.0; 4]; family.candidates.len()];
    for part in &found {
        for (sum, lanes) in sums.iter_mut().zip(part) {
            for (sum, lanes) in sum.iter_mut().zip(lanes) {
                *sum += lanes.iter().sum::<f64>();
            }
        }
    }
    sums
}

/// The sums over some blocks of roll calls.
fn part_sums(
    family: &Family,
    tabling: &Tabling<'_>,
    agenda: &Agenda,
    blocks: impl Iterator<Item = usize>,
    (chances, room): (&mut Chances, &mut Room),
) -> Vec<[Lanes; 4]> {
    let mut sums = vec![[[0.0; LANES]; 4]; family.candidates.len()];
    for from in blocks {
        tabling.fill(&family.veto, &family.diagram, from, chances);
        joint::fill(&family.diagram, chances, room);
        let mut weights = [0.0; LANES];
        weights.copy_from_slice(&agenda.weights[from..from + LANES]);
        for (candidate, sums) in family.candidates.iter().zip(&mut sums) {
            let mut yes = [0.0; LANES];
            yes.copy_from_slice(&agenda.yes(candidate.actor)[from..from + LANES]);
            let mut no = [0.0; LANES];
            if candidate.veto || family.diagram.tells_no() {
                no.copy_from_slice(&agenda.no(candidate.actor)[from..from + LANES]);
            }
            let mut stay = [0.0; LANES];
            for lane in 0..LANES {
                stay[lane] = 1.0 - yes[lane] - no[lane];
            }
            if candidate.veto {
                no = [0.0; LANES];
            }
            add(sums, &weights, [&yes, &stay, &no], candidate.roots.map(|root| room.root(root)));
        }
    }
    sums
}

#[inline]
fn add(sums: &mut [Lanes; 4], weights: &Lanes, [yes, stay, no]: [&Lanes; 3], [with, without, against]: [&Triple; 3]) {
    for lane in 0..LANES {
        let tabled = weights[lane] * yes[lane];
        for part in 0..2 {
            sums[part][lane] += yes[lane] * with[part + 1][lane]
                + stay[lane] * without[part + 1][lane]
                + no[lane] * against[part + 1][lane];
        }
        // It votes for what it tables.
        sums[2][lane] += tabled * with[0][lane];
        sums[3][lane] += tabled;
    }
}
