//! Building diagrams: one for each weighted criterion by the interval method, then their product with the count.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use super::{Diagram, FAILS, Family, NO, PASSES, STAY, Start, TooLarge, YES};
use crate::analysis::game::{Game, Resolution};
use crate::analysis::turnout::{Steps, Turnout};

impl Diagram {
    /// Builds the diagram of a game with at most `most` nodes.
    ///
    /// # Errors
    /// It would need more.
    pub fn build(game: &Game, resolution: Resolution, most: usize) -> Result<Self, TooLarge> {
        let game = game.resolved(resolution);
        Self::in_order(&game, heaviest_first(&game), most)
    }

    /// The diagram of a game that asks one voter last. What leads to its node are then just the cases in which it
    /// decides, so that [`Diagram::swings`] sums them without subtracting anything.
    ///
    /// # Errors
    /// It would need more than `most` nodes.
    pub fn asking_last(game: &Game, last: usize, most: usize) -> Result<Self, TooLarge> {
        let mut order = heaviest_first(game);
        order.retain(|voter| *voter != last);
        order.push(last);
        Self::in_order(game, order, most)
    }

    fn in_order(game: &Game, order: Vec<usize>, most: usize) -> Result<Self, TooLarge> {
        let steps: Vec<Steps> = game.turnouts.iter().map(Turnout::steps).collect();
        let start = Start::of(game, &steps, |_| 0.0);
        Self::from_starts(
            game,
            order,
            &Family { waived_from: game.waived_from(), steps: &steps, starts: &[start] },
            most,
        )
    }

    fn from_starts(game: &Game, order: Vec<usize>, family: &Family<'_>, most: usize) -> Result<Self, TooLarge> {
        let Family { waived_from, steps, starts } = *family;
        let mut lines = Vec::with_capacity(game.criteria.len() + game.turnouts.len());
        for (at, threshold) in game.criteria.iter().enumerate() {
            let steps = order.iter().map(|voter| [threshold.weights[*voter], 0.0]).collect();
            let quotas: Vec<f64> = starts.iter().map(|start| start.least[at]).collect();
            lines.push(Line { waivable: true, ..Line::build(steps, &quotas, most)? });
        }
        for (at, (turnout, steps)) in game.turnouts.iter().zip(steps).enumerate() {
            let steps = order.iter().map(|voter| steps.of(turnout.weights[*voter])).collect();
            let quotas: Vec<f64> = starts.iter().map(|start| start.voting[at]).collect();
            lines.push(Line { waivable: turnout.waivable, ..Line::build(steps, &quotas, most)? });
        }
        let states = starts.iter().enumerate().map(|(at, start)| State {
            yes: start.yes,
            waivable: waived_from.is_some(),
            lines: lines.iter().map(|line| line.roots[at]).collect(),
        });
        let states = states.collect();
        Product { game, waived_from, lines: &lines, most }.build(order, states)
    }

    /// The diagram of a game with rounded weights, with three starts: the quotas as they are, as low and as high as the exact
    /// ones can lie (`margins`, one pair a criterion).
    ///
    /// # Errors
    /// It would need more than `most` nodes.
    pub(in crate::analysis) fn bracketed(game: &Game, margins: &[[f64; 2]], most: usize) -> Result<Self, TooLarge> {
        // Sums of rounding errors are themselves rounded.
        let slack = 1e-6;
        let steps: Vec<Steps> = game.turnouts.iter().map(Turnout::steps).collect();
        let start = |shift: &dyn Fn(&[f64; 2]) -> f64| Start::of(game, &steps, |at| shift(&margins[at]));
        let starts = [start(&|_| 0.0), start(&|[below, _]| -below - slack), start(&|[_, above]| above + slack)];
        Self::family(game, &Family { waived_from: game.waived_from(), steps: &steps, starts: &starts }, most)
    }

    /// One diagram for many games with the same voters that differ in what they still ask for, such as a grouping
    /// with each of two hundred candidates. `game` gives voters, weights and the least number of yes votes (those in
    /// `Start::yes` included).
    ///
    /// # Errors
    /// It would need more than `most` nodes.
    pub fn family(game: &Game, family: &Family<'_>, most: usize) -> Result<Self, TooLarge> {
        Self::from_starts(game, heaviest_first(game), family, most)
    }
}

impl Start {
    /// Where a game itself starts, with the sum that each criterion asks for shifted: first the weighted ones, then those of
    /// who votes yes or no.
    fn of(game: &Game, steps: &[Steps], shift: impl Fn(usize) -> f64) -> Self {
        let weighted = game.criteria.len();
        let least = game.criteria.iter().enumerate().map(|(at, threshold)| threshold.least() + shift(at)).collect();
        let voting = steps.iter().enumerate().map(|(at, steps)| steps.least + shift(weighted + at)).collect();
        Self { yes: 0, least, voting }
    }
}

/// Heaviest first: large weights early settle the outcome soonest and keep the diagram small.
fn heaviest_first(game: &Game) -> Vec<usize> {
    let heaviness = |voter: usize| {
        let weights = game.criteria.iter().map(|threshold| &threshold.weights);
        weights
            .chain(game.turnouts.iter().map(|turnout| &turnout.weights))
            .map(|weights| weights[voter] / weights.iter().sum::<f64>())
            .fold(0.0, f64::max)
    };
    let mut order: Vec<usize> = (0..game.n).collect();
    order.sort_by(|a, b| heaviness(*b).total_cmp(&heaviness(*a)));
    order
}

fn reference(node: usize) -> u32 {
    u32::try_from(node + 2).unwrap_or(u32::MAX)
}

/// An interval of quotas, open below and closed above, that lead to the same outcomes.
#[derive(Clone, Copy)]
struct Span {
    above: f64,
    to: f64,
}

/// The diagram of one criterion on a sum.
struct Line {
    /// By level: what a yes and a no add.
    steps: Vec<[f64; 2]>,
    /// By level: the most and the least that the votes from there on can add.
    rest: Vec<[f64; 2]>,
    levels: Vec<Vec<[u32; 3]>>,
    /// Whether a blocking minority that does not come together waives it.
    waivable: bool,
    /// One a quota.
    roots: Vec<u32>,
}

struct LineBuilder {
    line: Line,
    /// By level: the nodes by the upper end of their span.
    spans: Vec<BTreeMap<u64, (Span, u32)>>,
    made: usize,
    most: usize,
}

/// Numbers in their order.
fn key(number: f64) -> u64 {
    let bits = number.to_bits();
    if number.is_sign_negative() { !bits } else { bits | 1 << 63 }
}

impl Line {
    fn build(steps: Vec<[f64; 2]>, quotas: &[f64], most: usize) -> Result<Self, TooLarge> {
        let n = steps.len();
        let mut rest = vec![[0.0_f64; 2]; n + 1];
        for level in (0..n).rev() {
            let ([most, least], [yes, no]) = (rest[level + 1], steps[level]);
            rest[level] = [most + yes.max(no).max(0.0), least + yes.min(no).min(0.0)];
        }
        let line = Self { steps, rest, levels: vec![Vec::new(); n], waivable: true, roots: Vec::new() };
        let mut builder = LineBuilder { line, spans: vec![BTreeMap::new(); n], made: 0, most };
        for quota in quotas {
            let (root, _) = builder.node(0, *quota)?;
            builder.line.roots.push(root);
        }
        Ok(builder.line)
    }
}

impl LineBuilder {
    /// The node for a remaining quota at a level, with the span of quotas that it serves.
    fn node(&mut self, level: usize, quota: f64) -> Result<(u32, Span), TooLarge> {
        let [most, least] = self.line.rest[level];
        if quota <= least {
            return Ok((PASSES, Span { above: f64::NEG_INFINITY, to: least }));
        }
        if quota > most {
            return Ok((FAILS, Span { above: most, to: f64::INFINITY }));
        }
        if let Some((_, &(span, node))) = self.spans[level].range(key(quota)..).next()
            && span.above < quota
        {
            return Ok((node, span));
        }
        let [yes, no] = self.line.steps[level];
        let (high, high_span) = self.node(level + 1, quota - yes)?;
        let (stay, stay_span) = self.node(level + 1, quota)?;
        let (mut low, mut low_span, mut no_is_more) = (stay, stay_span, 0.0);
        if no != 0.0 {
            (low, low_span) = self.node(level + 1, quota - no)?;
            no_is_more = no;
        }
        // Rounding must not push the quota itself out of its span.
        let above = (high_span.above + yes).max(stay_span.above).max(low_span.above + no_is_more);
        let to = (high_span.to + yes).min(stay_span.to).min(low_span.to + no_is_more);
        let span = Span { above: above.min(quota.next_down()), to: to.max(quota) };
        self.made += 1;
        if self.made > self.most {
            return Err(TooLarge(self.most));
        }
        let nodes = &mut self.line.levels[level];
        nodes.push([high, stay, low]);
        let node = reference(nodes.len() - 1);
        self.spans[level].insert(key(span.to), (span, node));
        Ok((node, span))
    }
}

/// What matters of the votes so far.
#[derive(Clone, PartialEq, Eq, Hash)]
struct State {
    yes: usize,
    /// Whether the weighted criteria can still be waived.
    waivable: bool,
    lines: Vec<u32>,
}

enum Settled {
    Fails,
    Passes,
    Open(State),
}

/// The open states of one level.
#[derive(Default)]
struct Frontier {
    states: Vec<State>,
    known: HashMap<State, u32, BuildHasherDefault<Mixer>>,
}

impl Frontier {
    fn reference(&mut self, settled: Settled) -> u32 {
        match settled {
            Settled::Fails => FAILS,
            Settled::Passes => PASSES,
            Settled::Open(state) => {
                if let Some(known) = self.known.get(&state) {
                    return *known;
                }
                let new = reference(self.states.len());
                self.states.push(state.clone());
                self.known.insert(state, new);
                new
            }
        }
    }
}

/// A quick hash for states, which come from the rule and from nobody who would attack it.
#[derive(Default)]
struct Mixer(u64);

impl Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.0 = (self.0.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        }
    }
}

/// The diagram of the whole rule: the number of yes votes beside the diagrams of the weighted criteria.
struct Product<'a> {
    game: &'a Game,
    waived_from: Option<usize>,
    lines: &'a [Line],
    most: usize,
}

impl Product<'_> {
    fn build(&self, order: Vec<usize>, starts: Vec<State>) -> Result<Diagram, TooLarge> {
        let three = !self.game.turnouts.is_empty();
        let mut levels: Vec<Vec<[u32; 3]>> = Vec::with_capacity(self.game.n);
        let mut frontier = Frontier::default();
        let roots: Vec<u32> = starts.into_iter().map(|start| frontier.reference(self.settle(start, 0))).collect();
        let mut made = 0;
        // States are numbered as they are met, and those that the first start leads to are met first.
        let mut first = Vec::with_capacity(self.game.n);
        let mut of_first = usize::from(roots.first().is_some_and(|root| !matches!(*root, FAILS | PASSES)));
        for level in 0..self.game.n {
            let mut next = Frontier::default();
            let mut nodes = Vec::with_capacity(frontier.states.len());
            let mut leads_to = 0;
            first.push(of_first);
            for (at, state) in frontier.states.iter().enumerate() {
                let mut follow = |vote| next.reference(self.settle(self.child(state, level, vote), level + 1));
                let (yes, stay) = (follow(YES), follow(STAY));
                nodes.push([yes, stay, if three { follow(NO) } else { stay }]);
                if at + 1 == of_first {
                    leads_to = next.states.len();
                }
            }
            of_first = leads_to;
            made += nodes.len();
            if made > self.most {
                return Err(TooLarge(self.most));
            }
            levels.push(nodes);
            frontier = next;
        }
        Ok(Diagram { order, levels, roots, first, three })
    }

    fn child(&self, state: &State, level: usize, vote: usize) -> State {
        let follow = |line: &Line, node: u32| match node {
            FAILS | PASSES => node,
            node => line.levels[level][node as usize - 2][vote],
        };
        State {
            yes: state.yes + usize::from(vote == YES),
            waivable: state.waivable,
            lines: self.lines.iter().zip(&state.lines).map(|(line, node)| follow(line, *node)).collect(),
        }
    }

    /// Whether the outcome is known; if not, the state without what no longer matters.
    fn settle(&self, mut state: State, level: usize) -> Settled {
        let left = self.game.n - level;
        let waived_from = self.waived_from.unwrap_or(usize::MAX);
        state.waivable &= state.yes.saturating_add(left) >= waived_from;
        let those = |waivable: bool| {
            let lines = self.lines.iter().zip(&state.lines);
            lines.filter(move |(line, _)| line.waivable == waivable).map(|(_, node)| *node)
        };
        let lost = those(true).any(|node| node == FAILS);
        let won = those(true).all(|node| node == PASSES) || (state.waivable && state.yes >= waived_from);
        let lost_for_good = those(false).any(|node| node == FAILS);
        let rest_won = those(false).all(|node| node == PASSES);
        let enough = state.yes >= self.game.least_yes;
        if state.yes + left < self.game.least_yes || lost_for_good || (lost && !won && !state.waivable) {
            return Settled::Fails;
        }
        if won && rest_won && enough {
            return Settled::Passes;
        }
        if won || lost {
            let settled = if won { PASSES } else { FAILS };
            for (line, node) in self.lines.iter().zip(&mut state.lines) {
                if line.waivable {
                    *node = settled;
                }
            }
            state.waivable &= !won;
        }
        if enough && !state.waivable {
            state.yes = self.game.least_yes;
        }
        Settled::Open(state)
    }
}
