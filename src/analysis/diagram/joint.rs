//! The chance to pass together with its sums over all who table, in one pass.
//!
//! With P⁽ˡ⁾ the chance that a proposal tabled by l passes, and c_l any weights, D = Σ_l c_l·P⁽ˡ⁾ obeys a recursion like
//! that of P itself: at a node whose voter votes yes with chance y and stays out of the way with s, and whose children
//! have (P, D) = (H, D_H) and (L, D_L),
//!
//! P = y·H + s·L and D = y·D_H + s·D_L + c·(d·H + (1 − d)·L),
//!
//! (with + n·N and + n·D_N where a no differs from an abstention, s being the chance to abstain then),
//!
//! where d is the voter's backing: it votes for what it tables. So a grouping of any size needs one pass where nobody
//! convenes, rather than one for each member. The pass back gives the derivatives by every voter's y and s, that is, the
//! same sums over all who table but the voter itself, given its yes and given that it stays out of the way.

use super::{Diagram, FAILS, LANES, Lanes, PASSES};
use crate::analysis::case::Case;
use crate::analysis::undefined::{Defined, Undefined};
use crate::analysis::votes::Agenda;

/// The chance to pass, and its sums over those who table for deadlock risk and for reach.
pub type Triple = [Lanes; 3];
/// The first two of these.
type Pair = [Lanes; 2];

const ZERO: Triple = [[0.0; LANES]; 3];

/// The voters on one block of roll calls.
#[derive(Debug, Default)]
pub struct Chances {
    /// The chance of a yes that survives at home.
    pub yes: Vec<Lanes>,
    /// The chance to stay out of the way: to abstain where a no differs from that.
    pub stay: Vec<Lanes>,
    /// The chance of a no without a veto where it differs from an abstention; else empty.
    pub no: Vec<Lanes>,
    /// What the voter's own proposals count: for deadlock risk and for reach; zero for those who do not table.
    pub tables: Vec<[Lanes; 2]>,
    /// Domestic backing.
    pub backing: Vec<f64>,
}

/// Who tables, and what each proposal counts: the convenors, or every voting member where nobody convenes.
#[derive(Debug)]
pub struct Tabling<'a> {
    case: &'a Case,
    agenda: &'a Agenda,
    /// By voter: 1 ÷ Σ u·yes; zero for those who table nothing.
    shares: Vec<f64>,
    /// Σ u.
    pub total: f64,
    /// How many table anything.
    pub count: usize,
}

impl<'a> Tabling<'a> {
    /// Those who table in a case.
    ///
    /// # Errors
    /// No roll call has any weight.
    pub fn new(case: &'a Case, agenda: &'a Agenda) -> Defined<Self> {
        let total = agenda.total_weight();
        if total.partial_cmp(&0.0) != Some(std::cmp::Ordering::Greater) {
            return Err(Undefined::NoRollCall);
        }
        let convened = case.is_convened();
        let share = |support: f64| if support > 0.0 { 1.0 / support } else { 0.0 };
        let shares: Vec<f64> = case
            .voters
            .iter()
            .map(|voter| if voter.convenor || !convened { share(agenda.support(voter.actor)) } else { 0.0 })
            .collect();
        let count = shares.iter().filter(|share| **share > 0.0).count();
        Ok(Self { case, agenda, shares, total, count })
    }

    /// The same, unless nobody tables anything.
    ///
    /// # Errors
    /// Nobody does.
    pub fn not_idle(self) -> Defined<Self> {
        if self.count > 0 { Ok(self) } else { Err(Undefined::NothingTabled) }
    }

    /// Whether a voter tables anything.
    pub fn tables(&self, voter: usize) -> bool {
        self.shares[voter] > 0.0
    }

    /// The voters on the block of roll calls that starts at column `from`, for a diagram.
    pub fn fill(&self, veto: &[bool], diagram: &Diagram, from: usize, chances: &mut Chances) {
        let n = self.case.voters.len();
        chances.yes.resize(n, [0.0; LANES]);
        chances.stay.resize(n, [0.0; LANES]);
        chances.no.resize(if diagram.tells_no() { n } else { 0 }, [0.0; LANES]);
        let into = [&mut chances.yes[..], &mut chances.stay, &mut chances.no];
        fill_chances(self.case, veto, self.agenda, from, into);
        chances.backing.clear();
        chances.tables.clear();
        let weights = &self.agenda.weights[from..from + LANES];
        for (voter, share) in self.case.voters.iter().zip(&self.shares) {
            chances.backing.push(voter.backing.get());
            let mut tables = [[0.0; LANES]; 2];
            if *share > 0.0 {
                let yes = &self.agenda.yes(voter.actor)[from..from + LANES];
                for lane in 0..LANES {
                    tables[0][lane] = weights[lane] * yes[lane] * share;
                    tables[1][lane] = weights[lane] * yes[lane] / self.total;
                }
            }
            chances.tables.push(tables);
        }
    }
}

/// The chances of every voter to vote yes, to stay out of the way, and to vote no without a veto, on the [`LANES`] roll calls
/// from column `from` on, before anybody convenes. Where there is no room for the last, such a no is to stay out of the way.
pub fn fill_chances(case: &Case, veto: &[bool], agenda: &Agenda, from: usize, [yes, stay, no]: [&mut [Lanes]; 3]) {
    let tells_no = !no.is_empty();
    for (at, voter) in case.voters.iter().enumerate() {
        let votes = (&agenda.yes(voter.actor)[from..from + LANES], &agenda.no(voter.actor)[from..from + LANES]);
        let backing = voter.backing.get();
        for lane in 0..LANES {
            let survives = backing * votes.0[lane];
            yes[at][lane] = survives;
            stay[at][lane] = 1.0 - survives - if veto[at] || tells_no { votes.1[lane] } else { 0.0 };
            if tells_no {
                no[at][lane] = if veto[at] { 0.0 } else { votes.1[lane] };
            }
        }
    }
}

/// Room for one evaluation.
#[derive(Debug, Default)]
pub struct Room {
    values: Vec<Vec<Triple>>,
    /// What a proposal that has enough votes already still has to pass, by level.
    free: Vec<Triple>,
    /// The derivatives by the nodes of a level, and by those of the next.
    mass: [Vec<Triple>; 2],
    /// The values of the nodes of a level, and of the next, where they are not kept.
    pairs: [Vec<Pair>; 2],
}

impl Room {
    /// The values of a reference at a level.
    fn at(&self, level: usize, reference: u32) -> &Triple {
        match reference {
            FAILS => &ZERO,
            PASSES => &self.free[level],
            node => self.values.get(level).map_or(&ZERO, |values| &values[node as usize - 2]),
        }
    }

    /// The values at a start of the diagram.
    pub fn root(&self, reference: u32) -> &Triple {
        self.at(0, reference)
    }
}

/// What a voter makes of the children of a node: the chance to pass and the first N − 1 of its sums.
#[inline]
fn step<const N: usize>(votes: &Chances, voter: usize, [high, low, against]: [&[Lanes; N]; 3]) -> [Lanes; N] {
    let (y, s) = (&votes.yes[voter], &votes.stay[voter]);
    let mut value = [[0.0; LANES]; N];
    for part in 0..N {
        for lane in 0..LANES {
            value[part][lane] = y[lane] * high[part][lane] + s[lane] * low[part][lane];
        }
    }
    if let Some(no) = votes.no.get(voter) {
        for part in 0..N {
            for lane in 0..LANES {
                value[part][lane] += no[lane] * against[part][lane];
            }
        }
    }
    let backing = votes.backing[voter];
    for (part, tables) in votes.tables[voter].iter().take(N - 1).enumerate() {
        for lane in 0..LANES {
            let tabled = backing * high[0][lane] + (1.0 - backing) * low[0][lane];
            value[part + 1][lane] += tables[lane] * tabled;
        }
    }
    value
}

/// Fills the values of all nodes.
pub fn fill(diagram: &Diagram, votes: &Chances, room: &mut Room) {
    let n = diagram.levels.len();
    room.values.resize_with(n, Vec::new);
    room.free.clear();
    room.free.resize(n + 1, [[1.0; LANES], [0.0; LANES], [0.0; LANES]]);
    for level in (0..n).rev() {
        let voter = diagram.order[level];
        room.free[level] = step(votes, voter, [&room.free[level + 1]; 3]);
        let mut here = std::mem::take(&mut room.values[level]);
        here.clear();
        let children = diagram.levels[level].iter();
        here.extend(children.map(|children| step(votes, voter, children.map(|child| room.at(level + 1, child)))));
        room.values[level] = here;
    }
}

/// What passes of what is tabled for deadlock risk at every start, as [`fill`] has it, in less room: only two levels are kept.
/// `each` is called with the number of the start and the sums.
pub fn each_root(diagram: &Diagram, votes: &Chances, room: &mut Room, mut each: impl FnMut(usize, &Lanes)) {
    const NOTHING: &Pair = &[[0.0; LANES]; 2];
    fn at<'a>(reference: u32, level: &'a [Pair], free: &'a Pair) -> &'a Pair {
        match reference {
            FAILS => NOTHING,
            PASSES => free,
            node => level.get(node as usize - 2).unwrap_or(NOTHING),
        }
    }
    let [mut here, mut below] = std::mem::take(&mut room.pairs);
    below.clear();
    let mut free = [[1.0; LANES], [0.0; LANES]];
    for level in (0..diagram.levels.len()).rev() {
        let voter = diagram.order[level];
        here.clear();
        let children = diagram.levels[level].iter();
        here.extend(children.map(|children| step(votes, voter, children.map(|child| at(child, &below, &free)))));
        free = step(votes, voter, [&free; 3]);
        std::mem::swap(&mut here, &mut below);
    }
    for (number, root) in diagram.roots.iter().enumerate() {
        each(number, &at(*root, &below, &free)[1]);
    }
    room.pairs = [here, below];
}

/// The derivatives of the values at a start by each voter's chances, after [`fill`]: `each` is called once a voter with
/// (voter, [given its yes, given that it stays out of the way, given its no without a veto]). The last two are the same where
/// a no does not differ from an abstention.
pub fn derivatives(
    diagram: &Diagram,
    root: u32,
    votes: &Chances,
    room: &mut Room,
    mut each: impl FnMut(usize, [Triple; 3]),
) {
    let [mut here, mut next] = std::mem::take(&mut room.mass);
    here.clear();
    here.resize(diagram.levels.first().map_or(0, Vec::len), ZERO);
    let start = [[1.0; LANES], [0.0; LANES], [0.0; LANES]];
    let mut passed = ZERO;
    match root {
        FAILS => {}
        PASSES => passed = start,
        node => here[node as usize - 2] = start,
    }
    let ways = if diagram.tells_no() { 3 } else { 2 };
    for (level, nodes) in diagram.levels.iter().enumerate() {
        let voter = diagram.order[level];
        next.clear();
        next.resize(diagram.levels.get(level + 1).map_or(0, Vec::len), ZERO);
        let mut whatever = ZERO;
        add_weighted(&mut whatever, &passed, &room.free[level + 1]);
        let mut given = [whatever; 3];
        let ones = [1.0; LANES];
        let (yes, stay, no) = (&votes.yes[voter], &votes.stay[voter], votes.no.get(voter).unwrap_or(&[0.0; LANES]));
        passed = push(&passed, votes, voter, &add(&add(yes, stay), no), &ones);
        let backing = votes.backing[voter];
        // A convenor whose yes does not survive at home abstains; it never votes no on what it tables.
        let branches = [(yes, [backing; LANES]), (stay, [1.0 - backing; LANES]), (no, [0.0; LANES])];
        for (children, came) in nodes.iter().zip(&here) {
            for way in 0..ways {
                let child = children[way];
                add_weighted(&mut given[way], came, room.at(level + 1, child));
                let to = match child {
                    FAILS => continue,
                    PASSES => &mut passed,
                    node => &mut next[node as usize - 2],
                };
                let (chance, tabled) = &branches[way];
                let pushed = push(came, votes, voter, chance, tabled);
                for part in 0..3 {
                    for lane in 0..LANES {
                        to[part][lane] += pushed[part][lane];
                    }
                }
            }
        }
        if ways == 2 {
            given[2] = given[1];
        }
        each(voter, given);
        std::mem::swap(&mut here, &mut next);
    }
    room.mass = [here, next];
}

fn add(one: &Lanes, other: &Lanes) -> Lanes {
    let mut sum = *one;
    for lane in 0..LANES {
        sum[lane] += other[lane];
    }
    sum
}

/// The derivative of the values at a child by the way that led there: `chance` and what is tabled on it.
#[inline]
fn push(came: &Triple, votes: &Chances, voter: usize, chance: &Lanes, tabled: &Lanes) -> Triple {
    let mut pushed = ZERO;
    for lane in 0..LANES {
        pushed[0][lane] = came[0][lane] * chance[lane];
    }
    for (part, tables) in votes.tables[voter].iter().enumerate() {
        for lane in 0..LANES {
            pushed[part + 1][lane] = came[part + 1][lane] * chance[lane] + came[0][lane] * tables[lane] * tabled[lane];
        }
    }
    pushed
}

/// Σ over the ways here: the sum of what they tabled before times the chance below, and what is tabled below.
#[inline]
fn add_weighted(sum: &mut Triple, came: &Triple, below: &Triple) {
    for lane in 0..LANES {
        sum[0][lane] += came[0][lane] * below[0][lane];
    }
    for part in 1..3 {
        for lane in 0..LANES {
            sum[part][lane] += came[0][lane] * below[part][lane] + came[part][lane] * below[0][lane];
        }
    }
}
