//! The measures, and the list that charts, tables, export and help loop over.
//!
//! A new measure is one file here, with a [`Measure`] that says everything about it, and its line in the list below.

mod applied;
mod broker;
mod cost;
mod deadlock;
mod evaluate;
mod legitimacy;
mod measure;
mod microlateral;
#[cfg(test)]
mod sixth;
mod terms;

pub use applied::{Power, RULE, game_of};
pub(in crate::analysis) use applied::{UNITS, holds_veto, weight_of};
pub use broker::{Broker, small};
pub use cost::{BURDEN, COORDINATION, COST, burden_words, coordination, cost, delivered};
pub use deadlock::{DEADLOCK, Influence, REACH, VOTES, deadlock, deadlock_until, deadlock_with, influence};
pub(in crate::analysis) use deadlock::{compound, read_votes};
pub use evaluate::{Evaluated, evaluate};
pub use legitimacy::{LEGITIMACY, legitimacy};
pub use measure::{Better, Drawn, Evaluation, Explained, Measure, PerMeasure, Spoken};
pub use microlateral::{MICROLATERAL, PARTICIPATION, SMALL_LEAD, microlateral};
#[cfg(test)]
pub use sixth::SIXTH;
pub use terms::single_terms;

/// Every headline measure, in the order in which they are shown.
const LIST: &[&Measure] = &[
    &LEGITIMACY,
    &COST,
    &DEADLOCK,
    &REACH,
    &MICROLATERAL,
    #[cfg(test)]
    &SIXTH,
];

/// How many measures there are.
pub const COUNT: usize = LIST.len();

/// Every headline measure, in the order in which they are shown.
pub const ALL: [&Measure; COUNT] = {
    let mut all = [&LEGITIMACY; COUNT];
    let mut at = 0;
    while at < COUNT {
        all[at] = LIST[at];
        at += 1;
    }
    all
};
