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
//! Where a criterion counts only those who vote yes or no, a no is not the same as an abstention: each node has a third
//! branch, which is taken with the chance of a no ([`VoteChances::no`]), and s is the chance to abstain.
//!
//! The interval method for thresholds follows the idea of threshold decision diagrams (Hosaka and others 1997;
//! Behle 2007, “On threshold BDDs and the optimal variable ordering problem”).

mod build;
pub(in crate::analysis) mod joint;

use super::turnout::Steps;

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
    /// By level: for each node the references to follow on a yes, otherwise, and on a no where that is different.
    pub(super) levels: Vec<Vec<[u32; 3]>>,
    /// Where to start; one but for [`Diagram::family`] and [`Diagram::bracketed`].
    pub(super) roots: Vec<u32>,
    /// By level: how many nodes, all of them before the others, the first game comes to.
    pub(super) first: Vec<usize>,
    /// Whether a no differs from an abstention.
    pub(super) three: bool,
}

/// Which of the references of a node to follow.
const YES: usize = 0;
const STAY: usize = 1;
const NO: usize = 2;

/// The chances of every voter.
#[derive(Clone, Copy, Debug)]
pub struct VoteChances<'a> {
    /// Of a yes.
    pub yes: &'a [Lanes],
    /// To stay out of the way: to abstain, or to vote no without a veto where that comes to the same.
    pub stay: &'a [Lanes],
    /// Of a no without a veto, where it differs from an abstention ([`Diagram::tells_no`]); else not looked at, and may be
    /// empty.
    pub no: &'a [Lanes],
}

/// Games that share their voters.
#[derive(Clone, Copy, Debug)]
pub struct Family<'a> {
    /// The number of yes votes at which weighted criteria are waived.
    pub waived_from: Option<usize>,
    /// What votes add in each criterion of those who vote.
    pub steps: &'a [Steps],
    /// Where each game starts.
    pub starts: &'a [Start],
}

/// Where one game of a family starts: what the votes outside the diagram have left to be reached.
#[derive(Clone, Debug, PartialEq)]
pub struct Start {
    /// Yes votes cast already.
    pub yes: usize,
    /// For each weighted criterion the least sum that is still asked for.
    pub least: Vec<f64>,
    /// For each criterion of those who vote, likewise.
    pub voting: Vec<f64>,
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

    /// Whether a no differs from an abstention, so that [`VoteChances::no`] is needed.
    #[must_use]
    pub fn tells_no(&self) -> bool {
        self.three
    }

    /// The chance to pass.
    pub fn chance(&self, votes: VoteChances<'_>, scratch: &mut Scratch) -> Lanes {
        self.fill_values(votes, scratch, |level| self.first[level]);
        value_of(self.root(), scratch.values.first(), scratch.free[0])
    }

    /// The same for every game of the diagram, in the order of their starts.
    pub(in crate::analysis) fn chances<'a>(
        &'a self,
        votes: VoteChances<'_>,
        scratch: &'a mut Scratch,
    ) -> impl Iterator<Item = Lanes> + 'a {
        self.fill_values(votes, scratch, |level| self.levels[level].len());
        self.roots.iter().map(|root| value_of(*root, scratch.values.first(), scratch.free[0]))
    }

    /// For each voter the chance to pass given its yes, given that it stays out of the way, and given its no without a veto:
    /// P = y·A + s·B, and + n·C where a no differs from an abstention; else C is B.
    ///
    /// `each` is called once a voter with (voter, [A, B, C]).
    pub fn cofactors(&self, votes: VoteChances<'_>, scratch: &mut Scratch, mut each: impl FnMut(usize, [Lanes; 3])) {
        let add = |sums: &mut [Lanes; 3], came: &Lanes, below: &[Lanes; 3]| {
            for (sum, below) in sums.iter_mut().zip(below) {
                add_product(sum, came, below);
            }
        };
        self.descend(votes, scratch, add, |voter, mut given, passed| {
            for given in &mut given {
                for lane in 0..LANES {
                    given[lane] += passed[lane];
                }
            }
            each(voter, given);
        });
    }

    /// For each voter A − B, the chance that its yes decides, without the cancellation of large equal parts. Returns
    /// the chance to pass. For games where a no does not differ from an abstention.
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
        let add = |sums: &mut [Lanes; 3], came: &Lanes, [high, low, _]: &[Lanes; 3]| {
            for lane in 0..LANES {
                let (high, low) = (high[lane], low[lane]);
                sums[0][lane] += came[lane] * (high - low);
                sums[1][lane] += if high > low { came[lane] * (high + low) } else { 0.0 };
            }
        };
        let votes = VoteChances { yes, stay, no: &[] };
        self.descend(votes, scratch, add, |voter, [swing, size, _], _| each(voter, swing, size));
        value_of(self.root(), scratch.values.first(), scratch.free[0])
    }

    /// The pass down: `add` is called for each node with the chance to come there and the values of its children;
    /// `each` once a voter with the sums, and with the chance that the vote has passed already without any veto.
    fn descend(
        &self,
        votes: VoteChances<'_>,
        scratch: &mut Scratch,
        add: impl Fn(&mut [Lanes; 3], &Lanes, &[Lanes; 3]),
        mut each: impl FnMut(usize, [Lanes; 3], Lanes),
    ) {
        self.fill_values(votes, scratch, |level| self.first[level]);
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
            let chances = [&votes.yes[voter], &votes.stay[voter], self.no(votes, voter)];
            let ways = if self.three { 3 } else { 2 };
            let below = values.get(level + 1);
            next.clear();
            next.resize(self.first.get(level + 1).copied().unwrap_or(0), [0.0; LANES]);
            let rest = free[level + 1];
            let through = multiply(&passed, &rest);
            passed = multiply(&passed, &total(&chances[..ways]));
            let mut sums = [[0.0; LANES]; 3];
            for (children, came) in nodes.iter().zip(here.iter()) {
                add(&mut sums, came, &children.map(|child| value_of(child, below, rest)));
                for (child, chance) in children.iter().zip(&chances[..ways]) {
                    match *child {
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

    /// The chance of a voter's no where it differs from an abstention.
    fn no<'a>(&self, votes: VoteChances<'a>, voter: usize) -> &'a Lanes {
        if self.three { &votes.no[voter] } else { &[0.0; LANES] }
    }

    /// Fills the values of the first nodes of each level, as many as `count` says.
    fn fill_values(&self, votes: VoteChances<'_>, scratch: &mut Scratch, count: impl Fn(usize) -> usize) {
        if self.three {
            self.fill_ways::<3>(votes, scratch, count);
        } else {
            self.fill_ways::<2>(votes, scratch, count);
        }
    }

    /// The same with so many ways to go from each node.
    fn fill_ways<const WAYS: usize>(
        &self,
        votes: VoteChances<'_>,
        scratch: &mut Scratch,
        count: impl Fn(usize) -> usize,
    ) {
        let n = self.levels.len();
        let Scratch { values, free, .. } = scratch;
        values.resize_with(n, Vec::new);
        free.clear();
        free.resize(n + 1, [1.0; LANES]);
        for level in (0..n).rev() {
            let voter = self.order[level];
            let chances = [&votes.yes[voter], &votes.stay[voter], self.no(votes, voter)];
            let rest = free[level + 1];
            free[level] = multiply(&rest, &total(&chances[..WAYS]));
            let (above, below) = values.split_at_mut(level + 1);
            let (here, below) = (&mut above[level], below.first());
            here.clear();
            here.extend(self.levels[level][..count(level)].iter().map(|children| {
                let mut value = [0.0; LANES];
                for way in 0..WAYS {
                    add_product(&mut value, chances[way], &value_of(children[way], below, rest));
                }
                value
            }));
        }
    }
}

#[inline]
fn total(chances: &[&Lanes]) -> Lanes {
    let mut sum = [0.0; LANES];
    for chance in chances {
        for lane in 0..LANES {
            sum[lane] += chance[lane];
        }
    }
    sum
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
