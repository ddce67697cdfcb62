//! Every design, depth first.

use rayon::prelude::*;

use super::Search;
use super::choose::subsets;
use super::counted::{Level, Tails};
use super::front::{Design, Front};
use super::quick::{Quick, Sums};
use super::weigh::{Values, Weigher};

/// A part of the designs: those of a convenor, alone with those that must be in, or with a candidate as the first of more.
#[derive(Clone, Copy, Debug)]
struct Task {
    convenor: Option<usize>,
    first: Option<usize>,
}

/// One branch of the tree of designs.
struct Branch<'a, 'b> {
    weigher: &'b Weigher<'a>,
    convenor: Option<usize>,
    free: Vec<usize>,
    members: Vec<usize>,
    levels: Vec<Level>,
    tails: Vec<Tails>,
    front: Front,
    prunes: bool,
    /// Designs considered that are not told yet.
    untold: u64,
    goes_on: bool,
}

/// The front of the designs of one part of `of`, counted from 0.
pub(super) fn front(weigher: &Weigher<'_>, part: usize, of: usize) -> Front {
    let search = weigher.search;
    let tasks = search.convenors.iter().flat_map(|convenor| {
        let firsts = (0..search.free(*convenor).len()).map(Some);
        std::iter::once(None).chain(firsts).map(|first| Task { convenor: *convenor, first })
    });
    let tasks: Vec<Task> = tasks.enumerate().filter(|(at, _)| at % of.max(1) == part).map(|(_, task)| task).collect();
    tasks.into_par_iter().with_max_len(1).map(|task| of_task(weigher, task)).reduce(Front::default, |mut one, other| {
        one.merge(other);
        one
    })
}

/// The members that a design of a convenor has in any case, in the order in which sums are taken.
pub(super) fn fixed(search: &Search, convenor: Option<usize>) -> Vec<usize> {
    let mut fixed: Vec<usize> = convenor.into_iter().collect();
    fixed.extend(search.must.iter().copied().filter(|actor| Some(*actor) != convenor));
    fixed
}

/// Sums and polynomials of some members, the convenor first.
pub(super) fn built(weigher: &Weigher<'_>, members: &[usize], convenor: Option<usize>) -> (Sums, Level) {
    let mut sums = Quick::nobody();
    for actor in members {
        sums = weigher.quick.with(&sums, *actor, Some(*actor) == convenor);
    }
    let mut level = Level::default();
    if let Some(counted) = &weigher.counted {
        counted.start(convenor, &mut level);
        for actor in members.iter().filter(|actor| Some(**actor) != convenor) {
            let mut next = Level::default();
            counted.push(&level, *actor, &mut next);
            level = next;
        }
    }
    (sums, level)
}

/// The values of a design as a whole.
pub(super) fn values(weigher: &Weigher<'_>, members: &[usize], convenor: Option<usize>) -> Values {
    let Some(counted) = &weigher.counted else { return weigher.slowly(&design(members, convenor)) };
    let (sums, level) = built(weigher, members, convenor);
    let mut values = weigher.figures(&sums);
    weigher.after_votes(&sums, counted.voted(&level), &mut values);
    values
}

pub(super) fn design(members: &[usize], convenor: Option<usize>) -> Design {
    let mut members = members.to_vec();
    members.sort_unstable();
    Design { members, convenor }
}

fn of_task(weigher: &Weigher<'_>, task: Task) -> Front {
    let search = weigher.search;
    let members = fixed(search, task.convenor);
    let free = search.free(task.convenor);
    let bounds = &search.bounds;
    let mut branch = Branch {
        weigher,
        convenor: task.convenor,
        members,
        levels: Vec::new(),
        tails: Vec::new(),
        front: Front::default(),
        prunes: bounds.deadlock_below.is_some() || bounds.reach_above.is_some(),
        free,
        untold: 0,
        goes_on: weigher.count(0),
    };
    if !branch.goes_on {
        return branch.front;
    }
    let [least, most] = search.size;
    let n = branch.members.len();
    match task.first {
        None if (least..=most).contains(&n) && n > 0 => {
            branch.untold += 1;
            let values = values(weigher, &branch.members, task.convenor);
            weigher.offer(&mut branch.front, &values, || design(&branch.members, task.convenor));
        }
        Some(first) if n < most => {
            let (sums, level) = built(weigher, &branch.members, task.convenor);
            branch.levels.push(level);
            branch.descend(0, &sums, first..first + 1);
        }
        _ => {}
    }
    weigher.count(branch.untold);
    branch.front
}

impl Branch<'_, '_> {
    /// All designs of the members so far with one of the candidates in a range as the next, and any behind it.
    fn descend(&mut self, depth: usize, sums: &Sums, range: std::ops::Range<usize>) {
        const TELLS: u64 = 4096;
        let weigher = self.weigher;
        let [least, most] = weigher.search.size;
        let n = self.members.len() + 1;
        let is_design = n >= least;
        if self.levels.len() <= depth + 1 {
            self.levels.push(Level::default());
        }
        if self.tails.len() <= depth {
            self.tails.push(Tails::default());
        }
        let asks_votes = weigher.asks_votes();
        if let Some(counted) = weigher.counted.as_ref().filter(|_| is_design && asks_votes) {
            counted.tails(&self.levels[depth], &mut self.tails[depth]);
        }
        for at in range {
            if !self.goes_on || n + (self.free.len() - at - 1) < least {
                return;
            }
            let actor = self.free[at];
            let with = weigher.quick.with(sums, actor, false);
            if is_design {
                self.untold += 1;
                self.consider(depth, &with, actor);
            }
            if n < most && at + 1 < self.free.len() {
                self.members.push(actor);
                if let Some(counted) = &weigher.counted {
                    let (here, below) = self.levels.split_at_mut(depth + 1);
                    counted.push(&here[depth], actor, &mut below[0]);
                    let best = self.prunes.then(|| counted.best(&self.levels[depth + 1])).flatten();
                    if best.is_some_and(|best| weigher.excludes(best)) {
                        self.untold += self.behind(n, at + 1);
                        self.members.pop();
                        continue;
                    }
                }
                self.descend(depth + 1, &with, at + 1..self.free.len());
                self.members.pop();
            }
            if self.untold >= TELLS {
                self.goes_on = weigher.count(std::mem::take(&mut self.untold));
            }
        }
    }

    fn consider(&mut self, depth: usize, sums: &Sums, actor: usize) {
        let weigher = self.weigher;
        let Self { members, front, convenor, .. } = self;
        let whole = || {
            let mut members = members.clone();
            members.push(actor);
            design(&members, *convenor)
        };
        let Some(counted) = &weigher.counted else {
            let design = whole();
            let values = weigher.slowly(&design);
            return weigher.offer(front, &values, || design);
        };
        let mut values = weigher.figures(sums);
        if !weigher.may_be(&values) {
            return;
        }
        if weigher.asks_votes() {
            let voted = counted.with_last(&self.levels[depth], &self.tails[depth], actor);
            weigher.after_votes(sums, voted, &mut values);
        }
        weigher.offer(front, &values, whole);
    }

    /// How many designs have `n` members and at least one of the candidates from `from` on besides.
    fn behind(&self, n: usize, from: usize) -> u64 {
        let [least, most] = self.weigher.search.size;
        let rest = self.free.len() - from;
        let more = (least.saturating_sub(n).max(1)..=most - n).map(|k| subsets(rest, k));
        u64::try_from(more.fold(0_u128, u128::saturating_add)).unwrap_or(u64::MAX)
    }
}
