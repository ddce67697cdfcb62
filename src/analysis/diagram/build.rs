//! Building diagrams: one for each weighted criterion by the interval method, then their product with the count.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use super::{Diagram, FAILS, PASSES, Start, TooLarge};
use crate::analysis::game::{Game, Resolution};

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
        let lines = game
            .criteria
            .iter()
            .map(|threshold| {
                let weights: Vec<f64> = order.iter().map(|voter| threshold.weights[*voter]).collect();
                Line::build(&weights, &[threshold.least()], most)
            })
            .collect::<Result<Vec<Line>, TooLarge>>()?;
        let start = State {
            yes: 0,
            waivable: game.waived_from().is_some(),
            lines: lines.iter().filter_map(|line| line.roots.first().copied()).collect(),
        };
        Product { game, waived_from: game.waived_from(), lines: &lines, most }.build(order, vec![start])
    }

    /// The diagram of a game with rounded weights, with three starts: the quotas as they are, as low and as high as the exact
    /// ones can lie (`margins`, one pair a criterion).
    ///
    /// # Errors
    /// It would need more than `most` nodes.
    pub(in crate::analysis) fn bracketed(game: &Game, margins: &[[f64; 2]], most: usize) -> Result<Self, TooLarge> {
        let start = |shift: &dyn Fn(&[f64; 2]) -> f64| {
            let least = game.criteria.iter().zip(margins).map(|(threshold, margin)| threshold.least() + shift(margin));
            Start { yes: 0, least: least.collect() }
        };
        // Sums of rounding errors are themselves rounded.
        let slack = 1e-6;
        let starts = [start(&|_| 0.0), start(&|[below, _]| -below - slack), start(&|[_, above]| above + slack)];
        Self::family(game, game.waived_from(), &starts, most)
    }

    /// One diagram for many games with the same voters that differ in what they still ask for, such as a grouping
    /// with each of two hundred candidates. `game` gives voters, weights and the least number of yes votes (those in
    /// `Start::yes` included); `waived_from` the number of yes votes at which weighted criteria are waived.
    ///
    /// # Errors
    /// It would need more than `most` nodes.
    pub fn family(game: &Game, waived_from: Option<usize>, starts: &[Start], most: usize) -> Result<Self, TooLarge> {
        let order = heaviest_first(game);
        let mut lines = Vec::with_capacity(game.criteria.len());
        for (at, threshold) in game.criteria.iter().enumerate() {
            let weights: Vec<f64> = order.iter().map(|voter| threshold.weights[*voter]).collect();
            let quotas: Vec<f64> = starts.iter().map(|start| start.least[at]).collect();
            lines.push(Line::build(&weights, &quotas, most)?);
        }
        let states = starts.iter().enumerate().map(|(at, start)| State {
            yes: start.yes,
            waivable: waived_from.is_some(),
            lines: lines.iter().map(|line| line.roots[at]).collect(),
        });
        Product { game, waived_from, lines: &lines, most }.build(order, states.collect())
    }
}

/// Heaviest first: large weights early settle the outcome soonest and keep the diagram small.
fn heaviest_first(game: &Game) -> Vec<usize> {
    let heaviness = |voter: usize| {
        game.criteria
            .iter()
            .map(|threshold| threshold.weights[voter] / threshold.weights.iter().sum::<f64>())
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

/// The diagram of one weighted criterion.
struct Line {
    weights: Vec<f64>,
    /// Sum of the weights from each level on.
    rest: Vec<f64>,
    levels: Vec<Vec<[u32; 2]>>,
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

/// Positive numbers keep their order as bits.
fn key(positive: f64) -> u64 {
    positive.to_bits()
}

impl Line {
    fn build(weights: &[f64], quotas: &[f64], most: usize) -> Result<Self, TooLarge> {
        let n = weights.len();
        let mut rest = vec![0.0; n + 1];
        for level in (0..n).rev() {
            rest[level] = rest[level + 1] + weights[level];
        }
        let line = Self { weights: weights.to_vec(), rest, levels: vec![Vec::new(); n], roots: Vec::new() };
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
        let rest = self.line.rest[level];
        if quota <= 0.0 {
            return Ok((PASSES, Span { above: f64::NEG_INFINITY, to: 0.0 }));
        }
        if quota > rest {
            return Ok((FAILS, Span { above: rest, to: f64::INFINITY }));
        }
        if let Some((_, &(span, node))) = self.spans[level].range(key(quota)..).next()
            && span.above < quota
        {
            return Ok((node, span));
        }
        let weight = self.line.weights[level];
        let (high, high_span) = self.node(level + 1, quota - weight)?;
        let (low, low_span) = self.node(level + 1, quota)?;
        // Rounding must not push the quota itself out of its span.
        let span = Span {
            above: (high_span.above + weight).max(low_span.above).min(quota.next_down()),
            to: (high_span.to + weight).min(low_span.to).max(quota),
        };
        self.made += 1;
        if self.made > self.most {
            return Err(TooLarge(self.most));
        }
        let nodes = &mut self.line.levels[level];
        nodes.push([high, low]);
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
        let mut levels: Vec<Vec<[u32; 2]>> = Vec::with_capacity(self.game.n);
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
                let follow = |yes| self.settle(self.child(state, level, yes), level + 1);
                nodes.push([true, false].map(|yes| next.reference(follow(yes))));
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
        Ok(Diagram { order, levels, roots, first })
    }

    fn child(&self, state: &State, level: usize, yes: bool) -> State {
        let follow = |line: &Line, node: u32| match node {
            FAILS | PASSES => node,
            node => line.levels[level][node as usize - 2][usize::from(!yes)],
        };
        State {
            yes: state.yes + usize::from(yes),
            waivable: state.waivable,
            lines: self.lines.iter().zip(&state.lines).map(|(line, node)| follow(line, *node)).collect(),
        }
    }

    /// Whether the outcome is known; if not, the state without what no longer matters.
    fn settle(&self, mut state: State, level: usize) -> Settled {
        let left = self.game.n - level;
        let waived_from = self.waived_from.unwrap_or(usize::MAX);
        state.waivable &= state.yes.saturating_add(left) >= waived_from;
        let lost = state.lines.contains(&FAILS);
        let won = state.lines.iter().all(|node| *node == PASSES) || (state.waivable && state.yes >= waived_from);
        let enough = state.yes >= self.game.least_yes;
        if state.yes + left < self.game.least_yes || (lost && !won && !state.waivable) {
            return Settled::Fails;
        }
        if won && enough {
            return Settled::Passes;
        }
        if won {
            state.lines.fill(PASSES);
            state.waivable = false;
        } else if lost {
            state.lines.fill(FAILS);
        }
        if enough && !state.waivable {
            state.yes = self.game.least_yes;
        }
        Settled::Open(state)
    }
}
