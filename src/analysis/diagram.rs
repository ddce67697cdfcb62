//! Exact chances to pass, by a decision diagram.
//!
//! Voters are taken one after another, heaviest first. After each of them, what matters of the votes so far is only how
//! they limit the rest: the number of yes votes, and for each weighted criterion the interval of quotas that the rest
//! could still be asked for with the same outcome. Votes that lead to the same state share a node, so a rule on
//! members needs n²/2 nodes and twenty members with any weights a few thousand. The diagram belongs to the rule; the
//! chances of each roll call are then sent through it, several roll calls side by side ([`LANES`]).
//!
//! A voter votes yes with chance y and stays out of the way with chance s: no or abstain, but for a veto holder only
//! abstain. P(pass) is the sum over winning sets of yes voters of Π y · Π s; it is linear in the chances of each voter,
//! so a pass down and a pass up give every voter's two cofactors at once ([`Diagram::cofactors`]).
//!
//! The interval method for thresholds follows the idea of threshold decision diagrams (Hosaka and others 1997;
//! Behle 2007, “On threshold BDDs and the optimal variable ordering problem”).

use std::collections::{BTreeMap, HashMap};

use super::game::{Game, Resolution};

/// How many roll calls are computed side by side.
pub const LANES: usize = 8;

/// Chances on [`LANES`] roll calls.
pub type Lanes = [f64; LANES];

const FAILS: u32 = 0;
const PASSES: u32 = 1;

/// The diagram would need more nodes than allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the rule needs more than {0} nodes")]
pub struct TooLarge(pub usize);

/// The decision diagram of a game.
#[derive(Clone, Debug)]
pub struct Diagram {
    /// Which voter is asked at each level.
    order: Vec<usize>,
    /// By level: for each node the references to follow on a yes and otherwise.
    levels: Vec<Vec<[u32; 2]>>,
    root: u32,
}

/// Room for one evaluation, kept between calls so that nothing is allocated in the loop.
#[derive(Default)]
pub struct Scratch {
    values: Vec<Vec<Lanes>>,
    mass: Vec<Vec<Lanes>>,
    free: Vec<Lanes>,
}

impl Diagram {
    /// Builds the diagram of a game with at most `most` nodes.
    ///
    /// # Errors
    /// It would need more.
    pub fn build(game: &Game, resolution: Resolution, most: usize) -> Result<Self, TooLarge> {
        let game = game.resolved(resolution);
        let order = heaviest_first(&game);
        let lines = game
            .criteria
            .iter()
            .map(|threshold| {
                let weights: Vec<f64> = order.iter().map(|voter| threshold.weights[*voter]).collect();
                Line::build(&weights, threshold.least(), most)
            })
            .collect::<Result<Vec<Line>, TooLarge>>()?;
        Product { game: &game, lines: &lines, most }.build(order)
    }

    /// The number of nodes.
    #[must_use]
    pub fn nodes(&self) -> usize {
        self.levels.iter().map(Vec::len).sum()
    }

    /// The chance to pass, when voter `v` votes yes with chance `yes[v]` and stays out of the way with `stay[v]`.
    pub fn chance(&self, yes: &[Lanes], stay: &[Lanes], scratch: &mut Scratch) -> Lanes {
        self.fill_values(yes, stay, scratch);
        value_of(self.root, scratch.values.first(), scratch.free[0])
    }

    /// For each voter the chance to pass given its yes, and given that it stays out of the way: P = y·A + s·B.
    ///
    /// `each` is called once a voter with (voter, A, B).
    pub fn cofactors(
        &self,
        yes: &[Lanes],
        stay: &[Lanes],
        scratch: &mut Scratch,
        mut each: impl FnMut(usize, Lanes, Lanes),
    ) {
        self.fill_values(yes, stay, scratch);
        let Scratch { values, mass, free } = scratch;
        mass.resize_with(self.levels.len() + 1, Vec::new);
        for (level, nodes) in self.levels.iter().enumerate() {
            mass[level].clear();
            mass[level].resize(nodes.len(), [0.0; LANES]);
        }
        mass[self.levels.len()].clear();
        // What has already passed, whatever the rest do, as long as no veto falls.
        let mut passed = [0.0; LANES];
        match self.root {
            FAILS => {}
            PASSES => passed = [1.0; LANES],
            node => mass[0][node as usize - 2] = [1.0; LANES],
        }
        for (level, nodes) in self.levels.iter().enumerate() {
            let voter = self.order[level];
            let (y, s) = (&yes[voter], &stay[voter]);
            let below = values.get(level + 1);
            let (here, next) = mass.split_at_mut(level + 1);
            let (here, next) = (&here[level], &mut next[0]);
            let rest = free[level + 1];
            let mut with = multiply(&passed, &rest);
            let mut without = with;
            for lane in 0..LANES {
                passed[lane] *= y[lane] + s[lane];
            }
            for ([high, low], came) in nodes.iter().zip(here) {
                add_product(&mut with, came, &value_of(*high, below, rest));
                add_product(&mut without, came, &value_of(*low, below, rest));
                for (child, chance) in [(*high, y), (*low, s)] {
                    match child {
                        FAILS => {}
                        PASSES => add_product(&mut passed, came, chance),
                        node => add_product(&mut next[node as usize - 2], came, chance),
                    }
                }
            }
            each(voter, with, without);
        }
    }

    fn fill_values(&self, yes: &[Lanes], stay: &[Lanes], scratch: &mut Scratch) {
        let n = self.levels.len();
        let Scratch { values, free, .. } = scratch;
        values.resize_with(n, Vec::new);
        free.clear();
        free.resize(n + 1, [1.0; LANES]);
        for level in (0..n).rev() {
            let voter = self.order[level];
            let (y, s) = (&yes[voter], &stay[voter]);
            for lane in 0..LANES {
                free[level][lane] = free[level + 1][lane] * (y[lane] + s[lane]);
            }
            let rest = free[level + 1];
            let (above, below) = values.split_at_mut(level + 1);
            let (here, below) = (&mut above[level], below.first());
            here.clear();
            here.extend(self.levels[level].iter().map(|[high, low]| {
                let (high, low) = (value_of(*high, below, rest), value_of(*low, below, rest));
                let mut value = [0.0; LANES];
                for lane in 0..LANES {
                    value[lane] = y[lane] * high[lane] + s[lane] * low[lane];
                }
                value
            }));
        }
    }
}

#[inline]
fn value_of(reference: u32, level: Option<&Vec<Lanes>>, passes: Lanes) -> Lanes {
    match (reference, level) {
        (PASSES, _) => passes,
        (FAILS, _) | (_, None) => [0.0; LANES],
        (node, Some(level)) => level[node as usize - 2],
    }
}

#[inline]
fn multiply(one: &Lanes, other: &Lanes) -> Lanes {
    let mut product = *one;
    for lane in 0..LANES {
        product[lane] *= other[lane];
    }
    product
}

#[inline]
fn add_product(sum: &mut Lanes, one: &Lanes, other: &Lanes) {
    for lane in 0..LANES {
        sum[lane] += one[lane] * other[lane];
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
    root: u32,
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
    fn build(weights: &[f64], least: f64, most: usize) -> Result<Self, TooLarge> {
        let n = weights.len();
        let mut rest = vec![0.0; n + 1];
        for level in (0..n).rev() {
            rest[level] = rest[level + 1] + weights[level];
        }
        let line = Self { weights: weights.to_vec(), rest, levels: vec![Vec::new(); n], root: FAILS };
        let mut builder = LineBuilder { line, spans: vec![BTreeMap::new(); n], made: 0, most };
        let (root, _) = builder.node(0, least)?;
        builder.line.root = root;
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

/// The diagram of the whole rule: the number of yes votes beside the diagrams of the weighted criteria.
struct Product<'a> {
    game: &'a Game,
    lines: &'a [Line],
    most: usize,
}

impl Product<'_> {
    fn build(&self, order: Vec<usize>) -> Result<Diagram, TooLarge> {
        let start = State {
            yes: 0,
            waivable: self.game.waived_from().is_some(),
            lines: self.lines.iter().map(|line| line.root).collect(),
        };
        let mut levels: Vec<Vec<[u32; 2]>> = Vec::with_capacity(self.game.n);
        let mut frontier: Vec<State> = Vec::new();
        let root = match self.settle(start, 0) {
            Settled::Fails => FAILS,
            Settled::Passes => PASSES,
            Settled::Open(state) => {
                frontier.push(state);
                reference(0)
            }
        };
        let mut made = 0;
        for level in 0..self.game.n {
            let mut next: Vec<State> = Vec::new();
            let mut known: HashMap<State, u32> = HashMap::new();
            let mut nodes = Vec::with_capacity(frontier.len());
            for state in &frontier {
                nodes.push([true, false].map(|yes| match self.settle(self.child(state, level, yes), level + 1) {
                    Settled::Fails => FAILS,
                    Settled::Passes => PASSES,
                    Settled::Open(child) => *known.entry(child.clone()).or_insert_with(|| {
                        next.push(child);
                        reference(next.len() - 1)
                    }),
                }));
            }
            made += nodes.len();
            if made > self.most {
                return Err(TooLarge(self.most));
            }
            levels.push(nodes);
            frontier = next;
        }
        Ok(Diagram { order, levels, root })
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
        let waived_from = self.game.waived_from().unwrap_or(usize::MAX);
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
