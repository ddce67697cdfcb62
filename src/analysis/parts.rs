//! What the measures are made of.

use super::flag::rests_on;
use super::undefined::Defined;
use crate::model::Component;

/// What one convenor would bring about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ConvenorPart {
    /// The actor's number.
    pub actor: usize,
    /// D₁ with it as the single convenor, 0 to 1.
    pub deadlock: f64,
    /// The share of the agenda it would table, 0 to 1.
    pub tables: f64,
    /// Reach with it as the single convenor, 0 to 1.
    pub reach: f64,
}

/// Deadlock risk and its companion.
#[derive(Clone, Debug, PartialEq)]
pub struct Deadlock {
    /// D in per cent: the chance that the mandate fails.
    pub risk: f64,
    /// D₁ in per cent: the chance that one question fails.
    pub single: f64,
    /// Roll calls used.
    pub calls: usize,
    /// Among them, those on the issue itself.
    pub direct: usize,
    /// Of these, questions of the user's own.
    pub own: usize,
    /// Among them, those that are only related to the issue.
    pub related: usize,
    /// (Σu)²/Σu²: how many equally weighted roll calls carry as much.
    pub effective_calls: f64,
    /// By convenor; by voting member where nobody convenes.
    pub parts: Vec<ConvenorPart>,
    /// Units to which weights were rounded; `None` where the figure is exact.
    pub units: Option<u32>,
    /// Where weights were rounded: how far D can be off because of that, in points. It is the chance that the weight of
    /// the yes votes lies so near to a quota that the rounding errors decide, at most n/2 units. `None` where the figure is
    /// exact, and in draws.
    pub error_bound: Option<f64>,
}

impl Deadlock {
    /// What the figure rests on: “62 direct and 78 related roll calls, worth 40”.
    #[must_use]
    pub fn rests_on(&self) -> String {
        rests_on([self.direct - self.own.min(self.direct), self.related, self.own], self.effective_calls)
    }
}

/// Rounded weights are resolved more finely in the background until they move deadlock risk by less than this, in points.
pub const SETTLED: f64 = 0.1;

/// One of the seven components of legitimacy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ComponentPart {
    /// Which one.
    pub component: Component,
    /// 0 to 1.
    pub value: Defined<f64>,
    /// Its weight as a share of those that count, 0 to 1.
    pub weight: f64,
}

/// Legitimacy.
#[derive(Clone, Debug, PartialEq)]
pub struct Legitimacy {
    /// L, 0 to 100.
    pub score: f64,
    /// In the order of [`Component::ALL`].
    pub parts: [ComponentPart; 7],
}

/// What one member pays.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Payer {
    /// The actor's number.
    pub actor: usize,
    /// Share of the burden, 0 to 1.
    pub share: f64,
    /// Expected US$ million a year for coordination and programme, if the grouping does not deadlock.
    pub musd: f64,
    /// C as if it were the sponsor.
    pub index: f64,
}

/// Cost to the sponsor.
#[derive(Clone, Debug, PartialEq)]
pub struct Cost {
    /// C: going alone = 100.
    pub index: f64,
    /// The part of C for coordination.
    pub coordination: f64,
    /// The part of C for the own share of the programme.
    pub own_share: f64,
    /// The part of C for going alone after all when the grouping deadlocks.
    pub fallback: f64,
    /// Whether the sponsor does not vote in the grouping.
    pub stays_out: bool,
    /// K, US$ million a year.
    pub coordination_musd: f64,
    /// B, US$ million a year.
    pub programme_musd: f64,
    /// Expected cost to the sponsor, US$ million a year.
    pub expected_musd: f64,
    /// Months that count for the whole mandate.
    pub months: f64,
    /// Every voting member.
    pub payers: Vec<Payer>,
}

/// Microlateral fit with its four factors, each 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Microlateral {
    /// M, 0 to 100.
    pub score: f64,
    /// Mean `small` of those who lead; `None` where none of them has a population.
    pub small_lead: Option<f64>,
    /// Share of world GDP held by members that do not convene, over ½, at most 1.
    pub participation: f64,
    /// 1/k.
    pub niche: f64,
    /// 24/months, at most 1.
    pub timebound: f64,
}
