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

mod build;
pub(in crate::analysis) mod joint;

/// How many roll calls are computed side by side.
pub const LANES: usize = 8;

/// Chances on [`LANES`] roll calls.
pub type Lanes = [f64; LANES];

pub(in crate::analysis) const FAILS: u32 = 0;
pub(in crate::analysis) const PASSES: u32 = 1;

/// The diagram would need more nodes than allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the rule needs more than {0} nodes")]
pub struct TooLarge(pub usize);

/// The decision diagram of a game, or of several games that share their voters.
#[derive(Clone, Debug)]
pub struct Diagram {
    /// Which voter is asked at each level.
    pub(super) order: Vec<usize>,
    /// By level: for each node the references to follow on a yes and otherwise.
    pub(super) levels: Vec<Vec<[u32; 2]>>,
    /// Where to start; one but for [`Diagram::family`] and [`Diagram::bracketed`].
    pub(super) roots: Vec<u32>,
    /// By level: how many nodes, all of them before the others, the first game comes to.
    pub(super) first: Vec<usize>,
}

/// Where one game of a family starts: what the votes outside the diagram have left to be reached.
#[derive(Clone, Debug, PartialEq)]
pub struct Start {
    /// Yes votes cast already.
    pub yes: usize,
    /// For each weighted criterion the least sum that is still asked for.
    pub least: Vec<f64>,
}

/// Room for one evaluation, kept between calls so that nothing is allocated in the loop.
#[derive(Default)]
pub struct Scratch {
    pub(super) values: Vec<Vec<Lanes>>,
    /// The chances to come to the nodes of a level, and to those of the next.
    mass: [Vec<Lanes>; 2],
    /// By level: the chance that no veto falls from there on.
    pub(super) free: Vec<Lanes>,
}

impl Diagram {
    /// Where the only, or the first, game starts.
    fn root(&self) -> u32 {
        self.roots.first().copied().unwrap_or(FAILS)
    }

    /// The number of nodes.
    #[must_use]
    pub fn nodes(&self) -> usize {
        self.levels.iter().map(Vec::len).sum()
    }

    /// The chance to pass, when voter `v` votes yes with chance `yes[v]` and stays out of the way with `stay[v]`.
    pub fn chance(&self, yes: &[Lanes], stay: &[Lanes], scratch: &mut Scratch) -> Lanes {
        self.fill_values(yes, stay, scratch, |level| self.first[level]);
        value_of(self.root(), scratch.values.first(), scratch.free[0])
    }

    /// The same for every game of the diagram, in the order of their starts.
    pub(in crate::analysis) fn chances<'a>(
        &'a self,
        yes: &[Lanes],
        stay: &[Lanes],
        scratch: &'a mut Scratch,
    ) -> impl Iterator<Item = Lanes> + 'a {
        self.fill_values(yes, stay, scratch, |level| self.levels[level].len());
        self.roots.iter().map(|root| value_of(*root, scratch.values.first(), scratch.free[0]))
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
        let add = |sums: &mut [Lanes; 2], came: &Lanes, high: &Lanes, low: &Lanes| {
            add_product(&mut sums[0], came, high);
            add_product(&mut sums[1], came, low);
        };
        self.descend(yes, stay, scratch, add, |voter, [mut with, mut without], passed| {
            for lane in 0..LANES {
                with[lane] += passed[lane];
                without[lane] += passed[lane];
            }
            each(voter, with, without);
        });
    }

    /// For each voter A − B, the chance that its yes decides, without the cancellation of large equal parts. Returns
    /// the chance to pass.
    ///
    /// `each` is called once a voter with (voter, A − B, sum of what was subtracted from each other); rounding errors
    /// are relative to the latter.
    pub fn swings(
        &self,
        yes: &[Lanes],
        stay: &[Lanes],
        scratch: &mut Scratch,
        mut each: impl FnMut(usize, Lanes, Lanes),
    ) -> Lanes {
        let add = |sums: &mut [Lanes; 2], came: &Lanes, high: &Lanes, low: &Lanes| {
            for lane in 0..LANES {
                let (high, low) = (high[lane], low[lane]);
                sums[0][lane] += came[lane] * (high - low);
                sums[1][lane] += if high > low { came[lane] * (high + low) } else { 0.0 };
            }
        };
        self.descend(yes, stay, scratch, add, |voter, [swing, size], _| each(voter, swing, size));
        value_of(self.root(), scratch.values.first(), scratch.free[0])
    }

    /// The pass down: `add` is called for each node with the chance to come there and the values of its children;
    /// `each` once a voter with the sums, and with the chance that the vote has passed already without any veto.
    fn descend(
        &self,
        yes: &[Lanes],
        stay: &[Lanes],
        scratch: &mut Scratch,
        add: impl Fn(&mut [Lanes; 2], &Lanes, &Lanes, &Lanes),
        mut each: impl FnMut(usize, [Lanes; 2], Lanes),
    ) {
        self.fill_values(yes, stay, scratch, |level| self.first[level]);
        let Scratch { values, mass, free } = scratch;
        let [here, next] = mass;
        here.clear();
        here.resize(self.first.first().copied().unwrap_or(0), [0.0; LANES]);
        // What has already passed, whatever the rest do, as long as no veto falls.
        let mut passed = [0.0; LANES];
        match self.root() {
            FAILS => {}
            PASSES => passed = [1.0; LANES],
            node => here[node as usize - 2] = [1.0; LANES],
        }
        for (level, nodes) in self.levels.iter().enumerate() {
            let voter = self.order[level];
            let (y, s) = (&yes[voter], &stay[voter]);
            let below = values.get(level + 1);
            next.clear();
            next.resize(self.first.get(level + 1).copied().unwrap_or(0), [0.0; LANES]);
            let rest = free[level + 1];
            let through = multiply(&passed, &rest);
            for lane in 0..LANES {
                passed[lane] *= y[lane] + s[lane];
            }
            let mut sums = [[0.0; LANES]; 2];
            for ([high, low], came) in nodes.iter().zip(here.iter()) {
                add(&mut sums, came, &value_of(*high, below, rest), &value_of(*low, below, rest));
                for (child, chance) in [(*high, y), (*low, s)] {
                    match child {
                        FAILS => {}
                        PASSES => add_product(&mut passed, came, chance),
                        node => add_product(&mut next[node as usize - 2], came, chance),
                    }
                }
            }
            each(voter, sums, through);
            std::mem::swap(here, next);
        }
    }

    /// Fills the values of the first nodes of each level, as many as `count` says.
    fn fill_values(&self, yes: &[Lanes], stay: &[Lanes], scratch: &mut Scratch, count: impl Fn(usize) -> usize) {
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
            here.extend(self.levels[level][..count(level)].iter().map(|[high, low]| {
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
