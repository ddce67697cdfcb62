//! The measures, and the list that charts, tables, export and help loop over.

mod applied;
mod cost;
mod deadlock;
mod legitimacy;
mod microlateral;

pub use applied::{Power, game_of, power_to_act};
pub(in crate::analysis) use applied::{UNITS, holds_veto, weight_of};
pub use cost::{coordination, cost};
pub use deadlock::{Influence, deadlock, deadlock_until, deadlock_with, influence};
pub(in crate::analysis) use deadlock::{compound, fill_chances};
pub use legitimacy::legitimacy;
pub use microlateral::microlateral;

use super::report::{Defined, Report};

/// Which way a measure is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// More is better.
    More,
    /// Less is better.
    Less,
}

/// A headline measure: everything that a chart, a table or a help page says of it.
#[derive(Debug)]
pub struct Measure {
    /// The name in files and on the command line.
    pub name: &'static str,
    /// The name on screen.
    pub label: &'static str,
    /// The short name where space is scarce.
    pub short: &'static str,
    /// The unit behind a figure: “%” or nothing.
    pub unit: &'static str,
    /// What the scale is and which way is better, in a phrase.
    pub scale: &'static str,
    /// Which way is better.
    pub better: Better,
    /// The usual end of the scale; a figure may exceed it (cost).
    pub top: f64,
    /// What it means, in a sentence.
    pub meaning: &'static str,
    /// The formula, as `model.md` has it.
    pub formula: &'static str,
    /// Takes the figure out of a report.
    pub value: fn(&Report) -> Defined<f64>,
}

impl PartialEq for Measure {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// L.
pub const LEGITIMACY: Measure = Measure {
    name: "legitimacy",
    label: "Legitimacy",
    short: "legitimacy",
    unit: "",
    scale: "0–100, more is better",
    better: Better::More,
    top: 100.0,
    meaning: "How far the grouping can claim to speak and act for those concerned: whom it represents, how its members \
              are governed, who leads it, and what it can deliver.",
    formula: "L = 100 · Σ weight · component ÷ Σ weight, over seven components between 0 and 1",
    value: |report| report.legitimacy.as_ref().map(|legitimacy| legitimacy.score).map_err(|reason| *reason),
};

/// C.
pub const COST: Measure = Measure {
    name: "cost",
    label: "Cost",
    short: "cost",
    unit: "",
    scale: "going alone = 100, less is better",
    better: Better::Less,
    top: 100.0,
    meaning: "What the sponsor expects to spend on the programme with this grouping, relative to doing it alone: \
              coordination, its own share, and going alone after all if the grouping deadlocks.",
    formula: "C = 100 · [K · s + B · ((1 − D) · s ÷ τ + D)] ÷ B, with K coordination, B programme, s the sponsor's \
              share, τ the share delivered, D deadlock risk",
    value: |report| report.cost.as_ref().map(|cost| cost.index).map_err(|reason| *reason),
};

/// D.
pub const DEADLOCK: Measure = Measure {
    name: "deadlock",
    label: "Deadlock risk",
    short: "deadlock",
    unit: "%",
    scale: "%, less is better; reach beside it",
    better: Better::Less,
    top: 100.0,
    meaning: "The chance that the mandate fails under the grouping's decision rule, if members vote on proposals as they \
              did on General Assembly roll calls of the issue.",
    formula: "D = 1 − (1 − D₁)^k, with D₁ = 1 − Σ ω · P(pass) over roll calls weighted by what the convenor would table",
    value: |report| report.deadlock.as_ref().map(|deadlock| deadlock.risk).map_err(|reason| *reason),
};

/// R.
pub const REACH: Measure = Measure {
    name: "reach",
    label: "Reach",
    short: "reach",
    unit: "%",
    scale: "%, more is better",
    better: Better::More,
    top: 100.0,
    meaning: "The share of the issue's whole agenda that the grouping would both table and pass. A convenor that supports \
              little fails seldom because it tables little: read deadlock risk and reach together.",
    formula: "R = mean over convenors of Σ u · yes · P(pass) ÷ Σ u",
    value: |report| report.reach,
};

/// M.
pub const MICROLATERAL: Measure = Measure {
    name: "microlateral",
    label: "Microlateral fit",
    short: "microlateral fit",
    unit: "",
    scale: "0–100, more is closer to the design",
    better: Better::More,
    top: 100.0,
    meaning: "How far the design is small-country leadership with large-state participation, niche and time-bound.",
    formula: "M = 100 · (small lead · participation · niche · time-bound)^¼",
    value: |report| report.microlateral.as_ref().map(|fit| fit.score).map_err(|reason| *reason),
};

/// Every headline measure, in the order in which they are shown.
pub const ALL: [&Measure; 5] = [&LEGITIMACY, &COST, &DEADLOCK, &REACH, &MICROLATERAL];

/// The measure with a name.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Measure> {
    ALL.into_iter().find(|measure| measure.name == name)
}
