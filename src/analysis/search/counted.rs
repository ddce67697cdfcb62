//! Deadlock risk and reach of designs under rules that only count members, one member at a time.
//!
//! For every roll call the chance of each number of yes votes is a polynomial; a member multiplies it by s + y·x. With a convenor
//! it starts as u·yes_l·x. Without one, each member tables in turn: beside the polynomial P run D = Σ_l c_l·P⁽ˡ⁾ and R, of which
//! a member that tables makes y·D·x + s·D + c·P·x. The last member needs no polynomial, only what passes given its yes and given
//! that it stays out of the way: two sums a roll call.

use crate::analysis::case::Case;
use crate::analysis::diagram::LANES;
use crate::analysis::engine::Engine;
use crate::analysis::game::Game;
use crate::analysis::votes::Agenda;
use crate::model::{Basis, Of, Veto};
use std::sync::Arc;

/// A rule that counts members, and how every actor votes.
#[derive(Debug)]
pub(super) struct Counted {
    agenda: Arc<Agenda>,
    columns: usize,
    total: f64,
    /// By number of members: how many have to vote yes.
    need: Vec<usize>,
    /// By actor: the chance to stay out of the way, one a column.
    stay: Vec<f64>,
    /// By actor: u·yes, one a column.
    tables: Vec<f64>,
    /// By actor: Σ u·yes.
    support: Vec<f64>,
    convened: bool,
}

/// Polynomials of the members so far: P alone, or P, D and R; by plane, then by number of yes votes, then by column.
#[derive(Clone, Debug, Default)]
pub(super) struct Level {
    planes: Vec<Vec<f64>>,
    members: usize,
    convenor: Option<usize>,
    /// How many of the members table anything, where nobody convenes.
    tabling: usize,
}

/// What passes with one member more: given its yes, and given that it stays out of the way; by plane.
#[derive(Clone, Debug, Default)]
pub(super) struct Tails(Vec<[Vec<f64>; 2]>);

/// D₁ and R, both 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Voted {
    pub single: f64,
    pub reach: f64,
}

impl Counted {
    /// `None` where the rule does not only count members of all, or votes are coin flips, or no roll call is usable.
    pub fn new(engine: &Engine, base: &Case, most: usize, convened: bool) -> Option<Self> {
        let rule = &base.rule.full;
        let counts = rule.criteria.iter().all(|criterion| criterion.basis == Basis::Members && criterion.of == Of::All);
        if !counts || base.settings.a_priori {
            return None;
        }
        let need = (0..=most + 1).map(|n| {
            let game = Game::of_rule(rule, n.max(1), |_, _| 1.0, |_| false).ok()?;
            Some(game.least_yes)
        });
        let need: Vec<usize> = need.collect::<Option<_>>()?;
        let agenda = engine.agenda_of(base);
        let total = agenda.total_weight();
        if total.partial_cmp(&0.0) != Some(std::cmp::Ordering::Greater) {
            return None;
        }
        let columns = agenda.columns();
        let actors = engine.atlas.countries.len();
        let (mut stay, mut tables) = (vec![0.0; actors * columns], vec![0.0; actors * columns]);
        let mut support = Vec::with_capacity(actors);
        for actor in 0..actors {
            let id = engine.atlas.countries[actor].id;
            let veto = match &rule.veto {
                Veto::None => false,
                Veto::All => true,
                Veto::List(holders) => holders.contains(&id),
            };
            let (yes, no) = (agenda.yes(actor), agenda.no(actor));
            for column in 0..columns {
                stay[actor * columns + column] = 1.0 - yes[column] - if veto { no[column] } else { 0.0 };
                tables[actor * columns + column] = agenda.weights[column] * yes[column];
            }
            support.push(agenda.support(actor));
        }
        Some(Self { agenda, columns, total, need, stay, tables, support, convened })
    }

    fn row<'a>(&self, rows: &'a [f64], actor: usize) -> &'a [f64] {
        &rows[actor * self.columns..(actor + 1) * self.columns]
    }

    /// Nobody but the convenor, if there is one.
    pub fn start(&self, convenor: Option<usize>, level: &mut Level) {
        let columns = self.columns;
        level.planes.resize_with(if self.convened { 1 } else { 3 }, Vec::new);
        for plane in &mut level.planes {
            plane.clear();
        }
        (level.convenor, level.tabling) = (convenor, 0);
        if let Some(convenor) = convenor {
            level.members = 1;
            level.planes[0].resize(columns, 0.0);
            level.planes[0].extend_from_slice(self.row(&self.tables, convenor));
        } else {
            level.members = 0;
            level.planes[0].resize(columns, 1.0);
            for plane in &mut level.planes[1..] {
                plane.resize(columns, 0.0);
            }
        }
    }

    /// One member more that does not convene.
    pub fn push(&self, from: &Level, actor: usize, to: &mut Level) {
        let columns = self.columns;
        let (yes, stay) = (self.agenda.yes(actor), self.row(&self.stay, actor));
        to.planes.resize_with(from.planes.len(), Vec::new);
        (to.members, to.convenor) = (from.members + 1, from.convenor);
        to.tabling = from.tabling + usize::from(!self.convened && self.support[actor] > 0.0);
        for (old, new) in from.planes.iter().zip(&mut to.planes) {
            new.clear();
            new.resize((from.members + 2) * columns, 0.0);
            for k in 0..=from.members {
                let old = &old[k * columns..(k + 1) * columns];
                let (low, high) = new[k * columns..(k + 2) * columns].split_at_mut(columns);
                for column in 0..columns {
                    low[column] += stay[column] * old[column];
                    high[column] += yes[column] * old[column];
                }
            }
        }
        if self.convened || self.support[actor] <= 0.0 {
            return;
        }
        let tables = self.row(&self.tables, actor);
        let shares = [1.0 / self.support[actor], 1.0 / self.total];
        for (plane, share) in to.planes[1..].iter_mut().zip(shares) {
            for k in 0..=from.members {
                let old = &from.planes[0][k * columns..(k + 1) * columns];
                let new = &mut plane[(k + 1) * columns..(k + 2) * columns];
                for column in 0..columns {
                    new[column] += share * tables[column] * old[column];
                }
            }
        }
    }

    /// What passes with one member more.
    pub fn tails(&self, level: &Level, tails: &mut Tails) {
        let columns = self.columns;
        let need = self.need.get(level.members + 1).copied().unwrap_or(usize::MAX);
        tails.0.resize_with(level.planes.len(), Default::default);
        for (plane, [with, without]) in level.planes.iter().zip(&mut tails.0) {
            without.clear();
            without.resize(columns, 0.0);
            for k in need..=level.members {
                add(without, &plane[k * columns..(k + 1) * columns]);
            }
            with.clear();
            with.extend_from_slice(without);
            // With its yes one vote less is needed of the others.
            match need.checked_sub(1) {
                Some(k) if k <= level.members => add(with, &plane[k * columns..(k + 1) * columns]),
                _ => {}
            }
        }
    }

    /// D₁ and R with one member more; `None` where nobody tables anything.
    pub fn with_last(&self, level: &Level, tails: &Tails, actor: usize) -> Option<Voted> {
        let (yes, stay) = (self.agenda.yes(actor), self.row(&self.stay, actor));
        let pass = |[with, without]: &[Vec<f64>; 2]| dot(yes, with) + dot(stay, without);
        if self.convened {
            return self.convened_voted(level, pass(&tails.0[0]));
        }
        let own = if self.support[actor] > 0.0 { dot(self.row(&self.tables, actor), &tails.0[0][0]) } else { 0.0 };
        let share = if self.support[actor] > 0.0 { own / self.support[actor] } else { 0.0 };
        let (passed, reached) = (pass(&tails.0[1]) + share, pass(&tails.0[2]) + own / self.total);
        open_voted(passed, reached, level.tabling + usize::from(self.support[actor] > 0.0))
    }

    /// D₁ and R of the members as they are; `None` where nobody tables anything.
    pub fn voted(&self, level: &Level) -> Option<Voted> {
        let need = self.need.get(level.members).copied().unwrap_or(usize::MAX);
        let sum = |plane: &Vec<f64>| plane.iter().skip(need.saturating_mul(self.columns)).sum::<f64>();
        if level.members == 0 {
            return None;
        }
        if self.convened {
            return self.convened_voted(level, sum(&level.planes[0]));
        }
        open_voted(sum(&level.planes[1]), sum(&level.planes[2]), level.tabling)
    }

    fn convened_voted(&self, level: &Level, passed: f64) -> Option<Voted> {
        let support = level.convenor.map(|convenor| self.support[convenor]).filter(|support| *support > 0.0)?;
        Some(Voted { single: (1.0 - passed / support).clamp(0.0, 1.0), reach: passed / self.total })
    }

    /// The least D₁ and the most R that any design with these members, and more, can have; `None` without a convenor.
    ///
    /// Proof: whatever a proposal needs, it passes only if no veto holder votes no. The sum of the polynomial's terms is u·yes_l
    /// times the product of 1 − no over the veto holders so far (for all others yes and stay sum to 1), and a further member
    /// multiplies it by at most 1. So Σ u·yes_l·P(pass) of every larger design is at most the sum of all terms.
    pub fn best(&self, level: &Level) -> Option<Voted> {
        let all: f64 = if self.convened { level.planes[0].iter().sum() } else { return None };
        self.convened_voted(level, all)
    }
}

#[expect(clippy::cast_precision_loss, reason = "a count of members")]
fn open_voted(passed: f64, reached: f64, tabling: usize) -> Option<Voted> {
    let count = tabling as f64;
    (tabling > 0).then(|| Voted { single: (1.0 - passed / count).clamp(0.0, 1.0), reach: reached / count })
}

fn add(to: &mut [f64], from: &[f64]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to += from;
    }
}

/// Σ a·b over whole lanes, each lane summed by itself.
fn dot(one: &[f64], other: &[f64]) -> f64 {
    let mut sums = [0.0; LANES];
    for (one, other) in one.chunks_exact(LANES).zip(other.chunks_exact(LANES)) {
        for lane in 0..LANES {
            sums[lane] += one[lane] * other[lane];
        }
    }
    sums.iter().sum()
}
